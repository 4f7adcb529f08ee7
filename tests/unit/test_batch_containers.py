"""A run over archives and messages: each member is a received file, and an unchanged container stays closed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from batch_fakes import OLD, FakeFlow, from_scratch, put, snapshot, states
from parcels import encrypted, mail, zipped

import pipeline.batch.containers as containers_module
from pipeline.batch import RunSummary, run_folder
from pipeline.errors import ExitStatus
from pipeline.extract import Container
from pipeline.settings import Limits, Settings
from pipeline.values import FileEntry, Source

PLANS = {"KH/một.txt": "một", "hai.txt": "hai"}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the containers that are opened."""
    names: list[str] = []
    really = containers_module.open_container

    def open_container(source: Source, limits: Limits) -> Container:
        names.append(source.file_name)
        return really(source, limits)

    monkeypatch.setattr(containers_module, "open_container", open_container)
    return names


def entry(summary: RunSummary, path: str) -> FileEntry:
    return next(entry for entry in summary.entries if entry.path == path)


def rows(out: Path) -> dict[str, dict[str, object]]:
    return {row["path"]: row for row in json.loads((out / "run.json").read_text())["files"]}


# ------------------------------------------------------------------ what becomes of containers


def test_each_member_is_a_received_file_behind_its_container(flow: FakeFlow, inbox: Path, out: Path) -> None:
    put(inbox, "a.txt", "một A")
    put(inbox, "thu/goi.zip", zipped({**PLANS, "Thumbs.db": "x"}))
    put(inbox, "thu/gui.eml", mail({"KH.txt": "ba", "bang.xlsx": "bang"}).as_bytes())
    put(inbox, "z.txt", "hai")
    summary = run_folder(inbox, out)
    assert list(states(summary).items()) == [
        ("a.txt", "read"), ("thu/goi.zip", "opened"), ("thu/goi.zip/KH/một.txt", "read"), ("thu/goi.zip/hai.txt", "read"),
        ("thu/gui.eml", "opened"), ("thu/gui.eml/KH.txt", "read"), ("thu/gui.eml/bang.xlsx", "set_aside"),
        ("z.txt", "duplicate"),
    ]  # fmt: skip
    assert entry(summary, "z.txt").duplicate_of == "thu/goi.zip/hai.txt"
    assert flow.read == ["a.txt", "một.txt", "hai.txt", "KH.txt", "bang.xlsx"]
    assert summary.ignored == {"thu/goi.zip/Thumbs.db": "system"}
    assert (summary.status, summary.records) == (ExitStatus.DONE, 4)
    written = rows(out)
    assert [path for path, row in written.items() if row["inside"] == "thu/goi.zip"] == [
        "thu/goi.zip/KH/một.txt", "thu/goi.zip/hai.txt",
    ]  # fmt: skip
    assert written["thu/gui.eml"]["detail"] == "Văn thư xã <vanthu@example.vn> — Gửi kế hoạch"
    record = json.loads((out / f"records/{written['thu/goi.zip/KH/một.txt']['plan_id']}.json").read_text())
    assert record["source"]["file_name"] == "một.txt"
    assert sorted(path.name for path in out.iterdir()) == [".kehoach.lock", "records", "run.json", "tables", "tong-hop.xlsx"]


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (mail().as_bytes(), "nothing_in_container"),
        (mail({"bang.xlsx": "bang"}).as_bytes(), "nothing_in_container"),
        (zipped({}), "nothing_in_container"),
        (zipped({"Thumbs.db": "x"}), "nothing_in_container"),
        (zipped(PLANS)[:-30], "truncated_file"),
        (mail({"a.txt": "một"}).as_bytes()[:-20], "truncated_file"),
        (zipped({"trong.zip": zipped({})}), None),
        (zipped({"a.txt": "khoa"}), None),
        (zipped({"a.txt": "hong"}), None),
        (encrypted(zipped({"a.txt": "x"})), None),
        (zipped({"a.txt": "cu"}), None),
    ],
)
def test_a_container_of_no_use_asks_for_a_person_and_one_whose_members_ask_does_not_ask_twice(
    flow: FakeFlow, inbox: Path, out: Path, data: bytes, cause: str | None
) -> None:
    put(inbox, "cu.txt", "cu")
    put(inbox, "goi", data)
    found = entry(run_folder(inbox, out), "goi")
    assert found.cause == cause
    assert (found.state == "opened") is (cause is None)


def test_members_that_cannot_be_had_keep_their_rows(flow: FakeFlow, inbox: Path, out: Path) -> None:
    put(inbox, "goi.zip", encrypted(zipped(PLANS)))
    summary = run_folder(inbox, out)
    assert states(summary) == {"goi.zip": "opened", "goi.zip/KH/một.txt": "needs_person", "goi.zip/hai.txt": "read"}
    locked = entry(summary, "goi.zip/KH/một.txt")
    assert (locked.cause, locked.plan_id, locked.size_bytes) == ("password_protected", "", len("một".encode()))
    assert summary.status == ExitStatus.NEEDS_PERSON
    assert states(run_folder(inbox, out)) == states(summary)


def test_containers_in_containers_are_opened_two_deep(flow: FakeFlow, inbox: Path, out: Path) -> None:
    deepest = zipped({"sâu.txt": "sâu"})
    inner = mail({"trong.txt": "trong", "nữa.zip": deepest}).as_bytes()
    put(inbox, "goi.zip", zipped({"thư.eml": inner, "ngoài.txt": "ngoài"}))
    summary = run_folder(inbox, out)
    assert states(summary) == {
        "goi.zip": "opened", "goi.zip/thư.eml": "opened", "goi.zip/thư.eml/trong.txt": "read",
        "goi.zip/thư.eml/nữa.zip": "needs_person", "goi.zip/ngoài.txt": "read",
    }  # fmt: skip
    assert entry(summary, "goi.zip/thư.eml/nữa.zip").cause == "container_too_deep"
    assert entry(summary, "goi.zip/thư.eml/trong.txt").inside == "goi.zip/thư.eml"


def test_what_a_container_holds_in_all_is_limited(flow: FakeFlow, inbox: Path, out: Path) -> None:
    inner = {f"{at}.zip": zipped({f"{at}-{n}.txt": f"{at} {n}" for n in range(9)}) for at in range(4)}
    put(inbox, "goi.zip", zipped(inner))
    put(inbox, "khac.zip", zipped(PLANS))
    summary = run_folder(inbox, out, Settings(limits=Limits(archive_parts=25)))
    assert [entry(summary, f"goi.zip/{at}.zip").cause for at in range(4)] == [
        None, None, "container_too_complex", "container_too_complex",
    ]  # fmt: skip
    assert entry(summary, "khac.zip").state == "opened"


def test_a_member_beyond_the_size_limit_is_not_unpacked(flow: FakeFlow, inbox: Path, out: Path) -> None:
    put(inbox, "goi.zip", zipped({"to.txt": "dài " * 5_000, "vua.txt": "x"}))
    summary = run_folder(inbox, out, Settings(limits=Limits(file_bytes=10_000)))
    assert [found.cause for found in summary.entries] == [None, "too_large", None]
    assert flow.read == ["vua.txt"]


def test_a_parcel_received_twice_is_opened_once(
    flow: FakeFlow, inbox: Path, out: Path, opened: list[str]
) -> None:
    for name in ("a.zip", "b.zip"):
        put(inbox, name, zipped(PLANS))
    assert states(run_folder(inbox, out))["b.zip"] == "duplicate"
    assert opened == ["a.zip"]
    (inbox / "a.zip").unlink()
    assert list(states(run_folder(inbox, out))) == ["b.zip", "b.zip/KH/một.txt", "b.zip/hai.txt"]
    assert snapshot(out) == from_scratch(inbox, out)


def test_a_folder_named_like_a_container_takes_no_row_from_it(flow: FakeFlow, inbox: Path, out: Path) -> None:
    put(inbox, "Kế.zip", zipped({"a.txt": "một"}))
    put(inbox, "Ke\u0302\u0301.zip/a.txt", "hai")
    assert states(run_folder(inbox, out)) == {"Kế.zip/a.txt": "read", "Kế.zip (2)": "opened", "Kế.zip (2)/a.txt": "read"}


def test_a_fault_while_opening_costs_no_other_file(
    flow: FakeFlow, inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Container:
        raise KeyError("lỗi")

    put(inbox, "a.txt", "một")
    put(inbox, "goi.zip", zipped(PLANS))
    monkeypatch.setattr(containers_module, "open_container", broken)
    summary = run_folder(inbox, out)
    assert [(found.state, found.cause) for found in summary.entries] == [("read", None), ("failed", "internal_error")]


# ------------------------------------------------------------------ again


def test_an_unchanged_container_stays_closed_and_the_results_are_the_same(
    flow: FakeFlow, inbox: Path, out: Path, opened: list[str]
) -> None:
    inner = zipped({"trong.txt": "trong", ".an": "x"})
    put(inbox, "goi.zip", zipped({**PLANS, "bang.xlsx": "bang", "trong.zip": inner, "__MACOSX/._a": "x"}))
    put(inbox, "thu.eml", mail({"a.txt": "Số: 2\nmột", "b.txt": "hai"}).as_bytes())
    run_folder(inbox, out)
    first = snapshot(out)
    opened.clear()
    flow.read.clear()
    summary = run_folder(inbox, out)
    assert (opened, flow.read) == ([], [])
    assert snapshot(out) == first
    assert states(summary)["goi.zip/KH/một.txt"] == "duplicate"


def test_a_container_of_another_time_with_the_same_bytes_stays_closed(
    flow: FakeFlow, inbox: Path, out: Path, opened: list[str]
) -> None:
    parcel = zipped(PLANS)
    put(inbox, "goi.zip", parcel)
    run_folder(inbox, out)
    put(inbox, "goi.zip", parcel, changed=OLD + 60)
    (inbox / "xa").mkdir()
    run_folder(inbox, out)
    assert opened == ["goi.zip"]
    assert snapshot(out) == from_scratch(inbox, out)


def test_members_that_failed_are_tried_again_and_no_other(
    flow: FakeFlow, inbox: Path, out: Path, opened: list[str]
) -> None:
    put(inbox, "goi.zip", zipped({"a.txt": "một", "b.txt": "khoa", "c.txt": "hai", "d.txt": "hong"}))
    run_folder(inbox, out)
    opened.clear()
    flow.read.clear()
    run_folder(inbox, out)
    assert flow.read == ["b.txt", "d.txt"]
    assert opened == ["goi.zip"]


def test_a_changed_container_is_opened_and_reads_what_is_new(flow: FakeFlow, inbox: Path, out: Path) -> None:
    put(inbox, "goi.zip", zipped({"a.txt": "một", "b.txt": "hai"}))
    run_folder(inbox, out)
    flow.read.clear()
    put(inbox, "goi.zip", zipped({"a.txt": "một", "c.txt": "ba"}), changed=OLD + 60)
    summary = run_folder(inbox, out)
    assert flow.read == ["c.txt"]
    assert (summary.removed, summary.records) == (1, 2)
    assert snapshot(out) == from_scratch(inbox, out)


def test_members_of_a_vanished_container_lose_their_records(flow: FakeFlow, inbox: Path, out: Path) -> None:
    gone = put(inbox, "goi.zip", zipped(PLANS))
    put(inbox, "z.txt", "hai")
    run_folder(inbox, out)
    gone.unlink()
    assert states(run_folder(inbox, out)) == {"z.txt": "read"}
    assert snapshot(out) == from_scratch(inbox, out)


def test_a_member_whose_double_vanished_is_read_from_the_closed_container(
    flow: FakeFlow, inbox: Path, out: Path, opened: list[str]
) -> None:
    gone = put(inbox, "a.txt", "Số: 7\nmột")
    put(inbox, "goi.zip", zipped({"b.txt": "một", "c.txt": "Số: 7\nmột"}))
    put(inbox, "khac.zip", zipped({"d.txt": "khác"}))
    assert list(states(run_folder(inbox, out)).values()) == ["read", "opened", "duplicate", "duplicate", "opened", "read"]
    gone.unlink()
    opened.clear()
    summary = run_folder(inbox, out)
    assert states(summary)["goi.zip/c.txt"] == "read"
    assert opened == ["goi.zip"]
    assert snapshot(out) == from_scratch(inbox, out)


def test_a_plan_that_moves_into_a_parcel_keeps_its_record(flow: FakeFlow, inbox: Path, out: Path) -> None:
    loose = put(inbox, "a.txt", "một")
    run_folder(inbox, out)
    loose.unlink()
    put(inbox, "goi.zip", zipped({"a.txt": "một"}))
    run_folder(inbox, out)
    assert flow.read == ["a.txt"]
    assert rows(out)["goi.zip/a.txt"]["inside"] == "goi.zip"
    assert snapshot(out) == from_scratch(inbox, out)


def test_a_run_killed_within_a_container_goes_on(flow: FakeFlow, inbox: Path, out: Path) -> None:
    put(inbox, "goi.zip", zipped({name: name for name in ("a.txt", "b.txt", "c.txt")}))
    flow.stop_after = 2
    with pytest.raises(KeyboardInterrupt):
        run_folder(inbox, out)
    flow.stop_after = None
    assert run_folder(inbox, out).reused == 2
    assert flow.read == ["a.txt", "b.txt", "c.txt"]
    assert snapshot(out) == from_scratch(inbox, out)


def test_what_a_killed_run_saw_of_another_parcel_is_not_taken_for_this_one(
    flow: FakeFlow, inbox: Path, out: Path
) -> None:
    first = zipped({"a.txt": "một", "b.txt": "hai"})
    put(inbox, "goi.zip", first)
    run_folder(inbox, out)
    put(inbox, "goi.zip", zipped({"a.txt": "ba", "c.txt": "bốn"}), changed=OLD + 60)
    flow.stop_after = len(flow.read) + 1
    with pytest.raises(KeyboardInterrupt):
        run_folder(inbox, out)
    flow.stop_after = None
    put(inbox, "goi.zip", first)
    run_folder(inbox, out)
    assert snapshot(out) == from_scratch(inbox, out)


def test_a_new_engine_opens_everything_again(
    flow: FakeFlow, inbox: Path, out: Path, tmp_path: Path, opened: list[str]
) -> None:
    put(inbox, "goi.zip", zipped(PLANS))
    run_folder(inbox, out)
    (tmp_path / "bang").mkdir()
    (tmp_path / "bang/moi.csv").write_text("id\n")
    run_folder(inbox, out, Settings(knowledge=tmp_path / "bang"))
    assert opened == ["goi.zip"] * 2
    assert flow.read == ["một.txt", "hai.txt"] * 2


def test_a_ledger_of_an_earlier_version_is_remembered(flow: FakeFlow, inbox: Path, out: Path) -> None:
    put(inbox, "a.txt", "một")
    run_folder(inbox, out)
    first = snapshot(out)
    content = json.loads((out / "run.json").read_text())
    for row in content["files"]:
        del row["inside"]
    (out / "run.json").write_text(json.dumps(content))
    assert run_folder(inbox, out).reused == 1
    assert snapshot(out) == first


def test_a_ledger_with_a_torn_row_makes_no_member_vanish(flow: FakeFlow, inbox: Path, out: Path) -> None:
    put(inbox, "goi.zip", zipped(PLANS))
    run_folder(inbox, out)
    first = snapshot(out)
    content = json.loads((out / "run.json").read_text())
    content["files"][2]["size_bytes"] = "?"
    (out / "run.json").write_text(json.dumps(content))
    run_folder(inbox, out)
    assert snapshot(out) == first
