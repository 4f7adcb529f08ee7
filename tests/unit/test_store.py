from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest

from models import Header, PlanRecord, SourceInfo
from pipeline.atomic import clear_parts, disk_trouble, part_path, write_atomic
from pipeline.errors import ExitStatus, KehoachError
from pipeline.store import Journal, Memory, RecordFolder, RunFile, locked, read_memory, record_json  # fmt: skip
from pipeline.values import FileEntry


def record(plan_id: str = "0123456789abcdef", text: str = "Kế hoạch") -> PlanRecord:
    source = SourceInfo(file_name="kh.txt", sha256="0" * 64, size_bytes=1, media_type="text/plain")
    return PlanRecord(plan_id=plan_id, text_id="1" * 16, source=source, engine="0", text=text, header=Header())


def entry(path: str, plan_id: str = "0123456789abcdef", **more: object) -> FileEntry:
    content = {"size_bytes": 3, "modified": "2025-01-10T00:00:00.000000+00:00", "state": "read", **more}
    return FileEntry(path, plan_id, **content)  # type: ignore[arg-type]


def run_file(*files: FileEntry) -> RunFile:
    this_run = {"started_at": "2025-02-01T08:00:00.000000+00:00"}
    return RunFile("0.1.0+abc", ExitStatus.DONE, {"read": len(files)}, files, {"a": "hidden"}, this_run)


# ------------------------------------------------------------------ atomic writing


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"cu")
    write_atomic(path, "mới".encode(), durable=True)
    assert path.read_text() == "mới"
    assert list(tmp_path.iterdir()) == [path]


def test_half_written_files_are_cleared_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "khac").write_text("x")
    for name in (".a.json.part", ".b.parquet.part", ".gitkeep", "c.part"):
        (tmp_path / name).write_text("x")
    (tmp_path / ".link.part").symlink_to(tmp_path / "khac")
    clear_parts(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {".gitkeep", "c.part", "khac", ".link.part"}


def test_the_part_stands_beside_its_file() -> None:
    assert part_path(Path("ra/records/1.json")) == Path("ra/records/.1.json.part")


@pytest.mark.parametrize(
    ("number", "cause", "status"),
    [
        (errno.ENOSPC, "disk_full", 74),
        (errno.EDQUOT, "disk_full", 74),
        (errno.EACCES, "cannot_write", 73),
        (errno.EROFS, "cannot_write", 73),
        (errno.EIO, "disk_trouble", 74),
        (errno.ESTALE, "disk_trouble", 74),
    ],
)
def test_trouble_with_the_disk_has_its_status(number: int, cause: str, status: int) -> None:
    trouble = disk_trouble(OSError(number, "lý do"), Path("ra/run.json"))
    assert (trouble.cause, trouble.status, trouble.detail) == (cause, status, "run.json: lý do")


def test_writing_where_no_folder_is(tmp_path: Path) -> None:
    with pytest.raises(KehoachError) as caught:
        write_atomic(tmp_path / "khong-co/a.json", b"x")
    assert caught.value.status == ExitStatus.IO_TROUBLE


# ------------------------------------------------------------------ records


def test_a_record_comes_back_as_it_was_written(tmp_path: Path) -> None:
    folder = RecordFolder(tmp_path / "records")
    folder.prepare()
    folder.write(record())
    assert folder.read("0123456789abcdef") == record()
    written = (tmp_path / "records/0123456789abcdef.json").read_bytes()
    assert written == record_json(record())
    assert '"text": "Kế hoạch"' in written.decode()
    assert written.endswith(b"}\n")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"plan_id": "0123456789abcdef"}', b"\xff\xfe"])
def test_a_broken_record_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "0123456789abcdef.json").write_bytes(content)
    assert RecordFolder(tmp_path).read("0123456789abcdef") is None


def test_a_record_under_another_name_is_none(tmp_path: Path) -> None:
    (tmp_path / "0123456789abcdef.json").write_bytes(record_json(record("f" * 16)))
    assert RecordFolder(tmp_path).read("0123456789abcdef") is None


@pytest.mark.parametrize("plan_id", ["", "../../etc/passwd", "0123456789ABCDEF", "0123456789abcde", "0123456789abcdef\n"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, plan_id: str) -> None:
    with pytest.raises(ValueError, match="no plan_id"):
        RecordFolder(tmp_path).path(plan_id)


def test_removing_tells_whether_there_was_one(tmp_path: Path) -> None:
    folder = RecordFolder(tmp_path)
    folder.write(record())
    assert folder.remove("0123456789abcdef")
    assert not folder.remove("0123456789abcdef")


# ------------------------------------------------------------------ memory


def test_memory_of_a_whole_run(tmp_path: Path) -> None:
    lost = entry("b.txt", "", state="failed", cause="unreadable_io", reused=True)
    run_file(entry("a.txt"), lost).write(tmp_path)
    memory = read_memory(tmp_path)
    assert memory.engine == "0.1.0+abc"
    assert memory.started_at is not None
    assert memory.started_at.isoformat() == "2025-02-01T08:00:00+00:00"
    assert list(memory.by_path) == ["a.txt", "b.txt"]
    assert memory.owned == {"0123456789abcdef"}


def test_what_changes_from_run_to_run_stands_in_one_place(tmp_path: Path) -> None:
    run_file(entry("a.txt", reused=True)).write(tmp_path)
    content = json.loads((tmp_path / "run.json").read_text())
    assert "reused" not in content["files"][0]
    assert list(content) == ["format", "engine", "status", "counts", "files", "ignored", "this_run"]
    assert content["ignored"] == [{"path": "a", "reason": "hidden"}]


def test_journal_is_read_after_the_run_file_and_ends_with_the_next(tmp_path: Path) -> None:
    run_file(entry("a.txt"), entry("b.txt", "b" * 16)).write(tmp_path)
    journal = Journal(tmp_path)
    journal.add(entry("a.txt", "a" * 16, size_bytes=9))
    with (tmp_path / ".run.journal").open("ab") as stream:
        stream.write(b'\xff\n{"path": "c.txt"}\n[]\n{"path": "d.t')
    memory = read_memory(tmp_path)
    assert {path: known.size_bytes for path, known in memory.by_path.items()} == {"a.txt": 9, "b.txt": 3}
    assert memory.owned == {"0123456789abcdef", "a" * 16, "b" * 16}
    run_file(*memory.by_path.values()).write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"run.json"}


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "[]",
        "null",
        '{"format": "khac/1", "files": []}',
        '{"format": "kehoach-run/1"}',
        '{"format": "kehoach-run/1", "files": [null, {}, {"path": "x"}]}',
        '{"format": "kehoach-run/1", "files": null, "this_run": null, "engine": 3}',
        '{"format": "kehoach-run/1", "files": [], "this_run": {"started_at": "hôm qua"}}',
    ],
)
def test_a_damaged_run_file_is_no_memory(tmp_path: Path, damage: str) -> None:
    (tmp_path / "run.json").write_text(damage)
    assert read_memory(tmp_path) == Memory()


@pytest.mark.parametrize(
    "change", [{"plan_id": "../x"}, {"state": "done"}, {"size_bytes": "3"}, {"path": None}, {"extra": 1}]
)
def test_an_entry_that_we_did_not_write_is_left_out(tmp_path: Path, change: dict[str, object]) -> None:
    run_file(entry("a.txt")).write(tmp_path)
    content = json.loads((tmp_path / "run.json").read_text())
    content["files"][0].update(change)
    (tmp_path / "run.json").write_text(json.dumps(content))
    assert read_memory(tmp_path).by_path == {}


# ------------------------------------------------------------------ lock


def test_a_lock_is_held_by_one_process_and_given_back_when_it_is_killed(tmp_path: Path) -> None:
    script = (
        "import sys, time, pathlib\n"
        "from pipeline.store.lock import locked\n"
        "with locked(pathlib.Path(sys.argv[1])):\n"
        "    print('held', flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(KehoachError) as caught, locked(tmp_path):
            pass
        other.kill()
    assert caught.value.status == ExitStatus.ANOTHER_RUN
    with locked(tmp_path):
        assert (tmp_path / ".kehoach.lock").exists()


def test_a_lock_is_no_link(tmp_path: Path) -> None:
    (tmp_path / "khac").write_text("x")
    (tmp_path / ".kehoach.lock").symlink_to(tmp_path / "khac")
    with pytest.raises(KehoachError), locked(tmp_path):
        pass
    assert (tmp_path / "khac").read_text() == "x"
