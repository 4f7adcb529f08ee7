from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path

import pytest
from batch_fakes import OLD, FakeFlow, from_scratch, put, snapshot, states

import pipeline.batch.run as run_module
from pipeline.batch import list_inbox, run_folder
from pipeline.errors import ExitStatus, KehoachError
from pipeline.settings import Limits, Settings
from pipeline.store import LOCK_FILE

# ------------------------------------------------------------------ the inbox


def test_inbox_is_listed_by_path_and_tells_what_it_leaves_aside(inbox: Path, out: Path) -> None:
    for path in ("b.txt", "a/2.txt", "a/10.txt", "~$b.docx", "c.pdf.part", ".an.txt", "Thumbs.db", ".git/config"):
        put(inbox, path, "x")
    (inbox / "link.txt").symlink_to(inbox / "b.txt")
    os.mkfifo(inbox / "ong")
    put(inbox, "ra/records/1.json", "{}")
    put(inbox, f"cu/{LOCK_FILE}", "")
    put(inbox, "cu/run.json", "{}")
    listed = list_inbox(inbox, inbox / "ra")
    assert [received.path for received in listed.files] == ["a/10.txt", "a/2.txt", "b.txt"]
    assert listed.ignored == {
        ".an.txt": "hidden", ".git": "hidden", "Thumbs.db": "system", "c.pdf.part": "temporary", "link.txt": "link",
        "ong": "no_file", "~$b.docx": "temporary",
    }  # fmt: skip


def test_names_become_nfc_and_stay_apart(inbox: Path) -> None:
    for form in ("NFC", "NFD"):
        put(inbox, unicodedata.normalize(form, "Kế hoạch.txt"), form)
    (inbox / os.fsdecode(b"k\xea ho\xa1ch.txt")).write_text("x")
    assert [received.path for received in list_inbox(inbox).files] == [
        "Kế hoạch.txt", "Kế hoạch.txt (2)", "k\ufffd ho\ufffdch.txt",
    ]  # fmt: skip


# ------------------------------------------------------------------ what becomes of the files


def test_every_file_has_a_row_and_one_bad_file_never_stops_the_others(flow: FakeFlow, inbox: Path, out: Path) -> None:
    for name, text in {"a.txt": "một", "b.txt": "loi", "c.txt": "khoa", "d.txt": "hong", "e.txt": "hai"}.items():
        put(inbox, name, text)
    summary = run_folder(inbox, out)
    assert states(summary) == {
        "a.txt": "read", "b.txt": "failed", "c.txt": "needs_person", "d.txt": "failed", "e.txt": "read",
    }  # fmt: skip
    assert summary.status == ExitStatus.NEEDS_PERSON
    rows = {row["path"]: row for row in json.loads((out / "run.json").read_text())["files"]}
    assert list(rows) == ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"]
    assert rows["b.txt"]["cause"] == "internal_error"
    assert rows["b.txt"]["detail"].startswith("ValueError")
    assert rows["c.txt"]["cause"] == "password_protected"
    assert {path.stem for path in (out / "records").iterdir()} == {rows["a.txt"]["plan_id"], rows["e.txt"]["plan_id"]}
    assert (out / "tables/plans.parquet").exists()
    assert (out / "tong-hop.xlsx").exists()


@pytest.mark.parametrize(
    ("texts", "status"),
    [
        (["một", "hai"], ExitStatus.DONE),
        (["một", "một"], ExitStatus.DONE),
        (["một", "khoa"], ExitStatus.NEEDS_PERSON),
        (["một", "hong"], ExitStatus.NEEDS_PERSON),
        (["khoa", "hong"], ExitStatus.NOTHING_READABLE),
    ],
)
def test_status_of_a_run(flow: FakeFlow, inbox: Path, out: Path, texts: list[str], status: ExitStatus) -> None:
    for number, text in enumerate(texts):
        put(inbox, f"{number}.txt", text)
    assert run_folder(inbox, out).status == status


def test_missing_library_is_no_fault_of_a_file(
    flow: FakeFlow, inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_library(*_: object) -> None:
        raise ModuleNotFoundError("No module named 'lxml'")

    put(inbox, "a.txt", "một")
    monkeypatch.setattr("pipeline.batch.reading.process", without_library)
    with pytest.raises(KehoachError) as caught:
        run_folder(inbox, out)
    assert (caught.value.cause, caught.value.status) == ("broken_install", ExitStatus.COMPONENT_MISSING)


def test_too_large_and_unreadable_files_are_told(flow: FakeFlow, inbox: Path, out: Path) -> None:
    put(inbox, "to.txt", "x" * 100)
    put(inbox, "vua.txt", "x" * 10)
    summary = run_folder(inbox, out, Settings(limits=Limits(file_bytes=50)))
    entry = summary.entries[0]
    assert (entry.path, entry.state, entry.cause, entry.plan_id) == ("to.txt", "needs_person", "too_large", "")
    assert entry.size_bytes == 100
    assert flow.read == ["vua.txt"]


def test_a_file_gone_after_listing_is_told(
    flow: FakeFlow, inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, "a.txt", "một")
    gone = put(inbox, "b.txt", "hai")
    listed = list_inbox(inbox)
    gone.unlink()
    monkeypatch.setattr(run_module, "list_inbox", lambda *_: listed)
    summary = run_folder(inbox, out)
    assert [(entry.state, entry.cause) for entry in summary.entries] == [("read", None), ("failed", "unreadable_io")]


def test_received_files_are_never_changed(flow: FakeFlow, inbox: Path, out: Path) -> None:
    for name, text in {"a.txt": "một", "sau/b.txt": "hong"}.items():
        put(inbox, name, text)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in inbox.rglob("*.txt")}
    run_folder(inbox, out)
    assert before == {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in inbox.rglob("*") if path.is_file()}


# ------------------------------------------------------------------ duplicates


def test_same_bytes_are_one_plan(flow: FakeFlow, inbox: Path, out: Path) -> None:
    put(inbox, "xa-a/kh.txt", "một")
    put(inbox, "xa-b/kh-sao.txt", "một")
    summary = run_folder(inbox, out)
    assert states(summary) == {"xa-a/kh.txt": "read", "xa-b/kh-sao.txt": "duplicate"}
    assert summary.entries[1].duplicate_of == "xa-a/kh.txt"
    assert flow.read == ["kh.txt"]


def test_same_text_is_one_plan_and_the_fuller_copy_stands_for_it(flow: FakeFlow, inbox: Path, out: Path) -> None:
    put(inbox, "a.txt", "nội dung")
    put(inbox, "b.txt", "Số: 12\nnội dung")
    put(inbox, "c-nhu-a.txt", "nội dung")
    summary = run_folder(inbox, out)
    assert states(summary) == {"a.txt": "duplicate", "b.txt": "read", "c-nhu-a.txt": "duplicate"}
    assert [entry.duplicate_of for entry in summary.entries] == ["b.txt", None, "b.txt"]
    assert [path.stem for path in (out / "records").iterdir()] == [summary.entries[1].plan_id]
    assert summary.status == ExitStatus.DONE


def test_a_duplicate_takes_over_when_its_original_goes(flow: FakeFlow, inbox: Path, out: Path) -> None:
    put(inbox, "a.txt", "nội dung")
    original = put(inbox, "b.txt", "Số: 12\nnội dung")
    run_folder(inbox, out)
    original.unlink()
    assert states(run_folder(inbox, out)) == {"a.txt": "read"}
    assert len(list((out / "records").iterdir())) == 1


# ------------------------------------------------------------------ again


def test_second_run_reads_nothing_and_gives_the_same_bytes(flow: FakeFlow, inbox: Path, out: Path) -> None:
    for name, text in {"a.txt": "một", "b.txt": "một", "c.txt": "hai", "d.txt": "Số: 2\nhai"}.items():
        put(inbox, name, text)
    run_folder(inbox, out)
    first = snapshot(out)
    flow.read.clear()
    summary = run_folder(inbox, out)
    assert flow.read == []
    assert summary.reused == 3  # the two that were read and the duplicate by text; that by bytes costs nothing
    assert snapshot(out) == first


def test_what_failed_is_tried_again(flow: FakeFlow, inbox: Path, out: Path) -> None:
    put(inbox, "a.txt", "một")
    put(inbox, "b.txt", "khoa")
    run_folder(inbox, out)
    flow.read.clear()
    run_folder(inbox, out)
    assert flow.read == ["b.txt"]


def test_changed_bytes_are_read_again_and_the_old_record_goes(flow: FakeFlow, inbox: Path, out: Path) -> None:
    put(inbox, "a.txt", "một")
    old = run_folder(inbox, out).entries[0]
    put(inbox, "a.txt", "mot", changed=OLD + 5)
    new = run_folder(inbox, out)
    assert new.removed == 1
    assert new.entries[0].plan_id != old.plan_id
    assert [path.stem for path in (out / "records").iterdir()] == [new.entries[0].plan_id]


def test_a_change_within_one_tick_of_the_clock_is_seen(flow: FakeFlow, inbox: Path, out: Path) -> None:
    file = inbox / "a.txt"
    file.write_text("một")
    run_folder(inbox, out)
    stamp = file.stat().st_mtime_ns
    file.write_text("hai")
    os.utime(file, ns=(stamp, stamp))
    run_folder(inbox, out)
    assert flow.read == ["a.txt", "a.txt"]


def test_new_time_of_the_same_bytes_is_noted_without_reading_again(flow: FakeFlow, inbox: Path, out: Path) -> None:
    put(inbox, "a.txt", "một")
    run_folder(inbox, out)
    put(inbox, "a.txt", "một", changed=OLD + 3600)
    run_folder(inbox, out)
    assert flow.read == ["a.txt"]
    assert snapshot(out) == from_scratch(inbox, out)


def test_moved_file_keeps_its_record_and_renamed_file_is_read_again(flow: FakeFlow, inbox: Path, out: Path) -> None:
    file = put(inbox, "a.txt", "một")
    run_folder(inbox, out)
    (inbox / "xa").mkdir()
    file = file.rename(inbox / "xa/a.txt")
    assert run_folder(inbox, out).reused == 1
    file.rename(inbox / "xa/b.txt")
    run_folder(inbox, out)
    assert flow.read == ["a.txt", "b.txt"]
    assert snapshot(out) == from_scratch(inbox, out)


def test_vanished_file_loses_its_record_but_foreign_files_stay(flow: FakeFlow, inbox: Path, out: Path) -> None:
    put(inbox, "a.txt", "một")
    gone = put(inbox, "b.txt", "hai")
    run_folder(inbox, out)
    (out / "records/0123456789abcdef.json").write_text("của người khác")
    gone.unlink()
    summary = run_folder(inbox, out)
    assert summary.removed == 1
    assert {path.name for path in (out / "records").iterdir()} == {
        "0123456789abcdef.json", f"{summary.entries[0].plan_id}.json",
    }  # fmt: skip


def test_new_engine_reads_everything_again(
    flow: FakeFlow, inbox: Path, out: Path, tmp_path: Path
) -> None:
    put(inbox, "a.txt", "một")
    put(inbox, "b.txt", "Số: 1\nmột")
    run_folder(inbox, out)
    (tmp_path / "bang").mkdir()
    (tmp_path / "bang/moi.csv").write_text("id\n")
    run_folder(inbox, out, Settings(knowledge=tmp_path / "bang"))
    assert flow.read == ["a.txt", "b.txt"] * 2


@pytest.mark.parametrize("damage", ["", "{", '{"format": "kehoach-run/1", "files": [{"path": 1}]}'])
def test_damaged_memory_is_as_good_as_none(flow: FakeFlow, inbox: Path, out: Path, damage: str) -> None:
    put(inbox, "a.txt", "một")
    run_folder(inbox, out)
    first = snapshot(out)
    (out / "run.json").write_text(damage)
    run_folder(inbox, out)
    assert snapshot(out) == first


def test_torn_record_is_made_again(flow: FakeFlow, inbox: Path, out: Path) -> None:
    put(inbox, "a.txt", "một")
    entry = run_folder(inbox, out).entries[0]
    record = out / f"records/{entry.plan_id}.json"
    whole = record.read_bytes()
    record.write_bytes(whole[:100])
    run_folder(inbox, out)
    assert record.read_bytes() == whole


def test_many_steps_end_where_one_run_from_scratch_ends(flow: FakeFlow, inbox: Path, out: Path) -> None:
    put(inbox, "m.txt", "nội dung")
    put(inbox, "n.txt", "khác")
    run_folder(inbox, out)
    put(inbox, "p.txt", "Số: 9\nnội dung")
    run_folder(inbox, out)
    put(inbox, "b.txt", "nội dung")
    put(inbox, "z.txt", "khác")
    run_folder(inbox, out)
    (inbox / "p.txt").unlink()
    put(inbox, "n.txt", "khoa", changed=OLD + 9)
    run_folder(inbox, out)
    assert snapshot(out) == from_scratch(inbox, out)
