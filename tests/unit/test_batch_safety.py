"""Runs that are stopped, and folders in which a run must not work."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from batch_fakes import FakeFlow, from_scratch, put, snapshot, states

import pipeline.batch.run as run_module
from pipeline.batch import run_folder
from pipeline.errors import ExitStatus, KehoachError
from pipeline.store import locked

# ------------------------------------------------------------------ stopped


def test_stopped_run_keeps_what_is_done_and_the_next_goes_on(flow: FakeFlow, inbox: Path, out: Path) -> None:
    for name in "abcd":
        put(inbox, f"{name}.txt", f"chữ {name}")
    flow.stop_after = 2
    with pytest.raises(KeyboardInterrupt):
        run_folder(inbox, out)
    assert len(list((out / "records").iterdir())) == 2
    assert not (out / "run.json").exists()
    flow.stop_after = None
    summary = run_folder(inbox, out)
    assert flow.read == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert summary.reused == 2
    assert snapshot(out) == from_scratch(inbox, out)


def test_records_of_a_stopped_run_are_known_as_ours(flow: FakeFlow, inbox: Path, out: Path) -> None:
    put(inbox, "a.txt", "một")
    put(inbox, "b.txt", "hai")
    flow.stop_after = 1
    with pytest.raises(KeyboardInterrupt):
        run_folder(inbox, out)
    flow.stop_after = None
    (inbox / "a.txt").unlink()
    (out / "records/.0123456789abcdef.json.part").write_text("nửa chừng")
    with (out / ".run.journal").open("a") as journal:
        journal.write('{"path": "b.t')
    assert run_folder(inbox, out).removed == 1
    assert snapshot(out) == from_scratch(inbox, out)


# ------------------------------------------------------------------ refused


@pytest.mark.parametrize("out_name", ["nhan", ".", ""])
def test_output_must_not_be_or_hold_the_inbox(flow: FakeFlow, inbox: Path, tmp_path: Path, out_name: str) -> None:
    put(inbox, "a.txt", "một")
    with pytest.raises(KehoachError) as caught:
        run_folder(inbox, tmp_path / out_name)
    assert (caught.value.cause, caught.value.status) == ("unsafe_folder", ExitStatus.BAD_SETTINGS)


def test_output_reached_through_a_link_is_still_the_inbox(flow: FakeFlow, inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "loi-tat").symlink_to(inbox)
    with pytest.raises(KehoachError, match="unsafe_folder"):
        run_folder(inbox, tmp_path / "loi-tat")


def test_output_inside_the_inbox_is_no_input(flow: FakeFlow, inbox: Path) -> None:
    put(inbox, "a.txt", "một")
    for _ in range(2):
        assert states(run_folder(inbox, inbox / "ket-qua")) == {"a.txt": "read"}


@pytest.mark.parametrize("name", ["tong-hop.xlsx", "run.json", "records/x", "tables/x"])
def test_foreign_files_are_never_replaced(flow: FakeFlow, inbox: Path, out: Path, name: str) -> None:
    put(inbox, "a.txt", "một")
    foreign = put(out, name, "của người khác")
    with pytest.raises(KehoachError) as caught:
        run_folder(inbox, out)
    assert (caught.value.cause, caught.value.status) == ("foreign_output", ExitStatus.BAD_SETTINGS)
    assert foreign.read_text() == "của người khác"


def test_nothing_is_written_through_a_link(flow: FakeFlow, inbox: Path, out: Path, tmp_path: Path) -> None:
    put(inbox, "a.txt", "một")
    run_folder(inbox, out)
    shutil.rmtree(out / "records")
    (tmp_path / "noi-khac").mkdir()
    (out / "records").symlink_to(tmp_path / "noi-khac")
    with pytest.raises(KehoachError, match="foreign_output"):
        run_folder(inbox, out)
    assert list((tmp_path / "noi-khac").iterdir()) == []


def test_another_run_at_work(flow: FakeFlow, inbox: Path, out: Path) -> None:
    put(inbox, "a.txt", "một")
    out.mkdir()
    with locked(out), pytest.raises(KehoachError) as caught:
        run_folder(inbox, out)
    assert (caught.value.cause, caught.value.status) == ("another_run", ExitStatus.ANOTHER_RUN)
    assert run_folder(inbox, out).status == ExitStatus.DONE


def test_missing_inbox_is_wrong_usage(flow: FakeFlow, inbox: Path, out: Path) -> None:
    with pytest.raises(KehoachError) as caught:
        run_folder(inbox / "khong-co", out)
    assert (caught.value.cause, caught.value.status) == ("inbox_missing", ExitStatus.USAGE)
    assert not out.exists()


def test_empty_inbox_is_no_success_and_wipes_nothing(flow: FakeFlow, inbox: Path, out: Path) -> None:
    file = put(inbox, "a.txt", "một")
    run_folder(inbox, out)
    before = snapshot(out)
    file.unlink()
    assert run_folder(inbox, out).status == ExitStatus.NOTHING_READABLE
    assert snapshot(out) == before


def test_output_is_a_file(flow: FakeFlow, inbox: Path, out: Path) -> None:
    put(inbox, "a.txt", "một")
    out.write_text("tệp")
    with pytest.raises(KehoachError) as caught:
        run_folder(inbox, out)
    assert caught.value.status == ExitStatus.CANNOT_WRITE


@pytest.mark.parametrize(
    ("error", "cause", "status"),
    [
        (OSError(28, "No space left on device"), "disk_full", ExitStatus.IO_TROUBLE),
        (OSError(13, "Permission denied"), "cannot_write", ExitStatus.CANNOT_WRITE),
        (RuntimeError(OSError(28, "No space left on device")), "disk_full", ExitStatus.IO_TROUBLE),
        (ValueError("x"), "output_failed", ExitStatus.IO_TROUBLE),
    ],
)
def test_fault_in_the_workbook_keeps_the_records(
    flow: FakeFlow, inbox: Path, out: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, cause: str,
    status: ExitStatus,
) -> None:  # fmt: skip
    def broken(*_: object) -> None:
        raise error

    put(inbox, "a.txt", "một")
    with monkeypatch.context() as broken_workbook:
        broken_workbook.setattr(run_module, "write_workbook", broken)
        with pytest.raises(KehoachError) as caught:
            run_folder(inbox, out)
    assert (caught.value.cause, caught.value.status) == (cause, status)
    assert run_folder(inbox, out).reused == 1
