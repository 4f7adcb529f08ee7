"""A small reader that stands in for the flow, so that the batch's own behaviour is tested fast and alone.

A file's text decides what becomes of it: `khoa` needs a person, `hong` fails, `bang` is set aside, `loi` is a fault of
the program, anything else is read; a first line `Số: 12` gives the record a number of its own, all other lines are its text.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from models import Header, Number, PlanRecord, SourceInfo
from pipeline.batch import RunSummary, run_folder
from pipeline.knowledge import Knowledge
from pipeline.values import FileEntry, Outcome, Source, State

OLD = 1_700_000_000  # a time of last change well before any run
UNREAD: dict[str, tuple[State, str]] = {
    "khoa": ("needs_person", "password_protected"),
    "hong": ("failed", "damaged_file"),
    "bang": ("set_aside", "annex_not_read"),
}


class FakeFlow:
    """Counts what it reads; `engine` and `stop_after` can be set by a test."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.stop_after: int | None = None

    def process(self, source: Source, kit: object) -> Outcome:
        if self.stop_after is not None and len(self.read) >= self.stop_after:
            raise KeyboardInterrupt
        self.read.append(source.file_name)
        lines = source.data.decode().split("\n")
        if lines[0] == "loi":
            raise ValueError("boom\x1b[31m")
        if lines[0] in UNREAD:
            state, cause = UNREAD[lines[0]]
            return Outcome(source.file_name, state, source.plan_id, len(source.data), cause, "chi tiết")
        record = make_record(source, lines, kit.engine)  # type: ignore[attr-defined]
        return Outcome(source.file_name, "read", source.plan_id, len(source.data), record=record)


def make_record(source: Source, lines: Sequence[str], engine: str) -> PlanRecord:
    number = None
    if lines[0].startswith("Số: "):
        serial = lines[0].removeprefix("Số: ")
        number = Number(raw=lines[0], serial=serial, symbol="KH-UBND", canonical=f"{serial}/KH-UBND")
        lines = lines[1:]
    text = "\n".join(lines)
    return PlanRecord(
        plan_id=source.plan_id,
        text_id=hashlib.sha256(text.encode()).hexdigest()[:16],
        source=SourceInfo(
            file_name=source.file_name,
            sha256=source.sha256,
            size_bytes=len(source.data),
            media_type="text/plain",
            received_at=source.received_at,
        ),
        engine=engine,
        text=text,
        header=Header(number=number),
    )


def fake_tables(records: Sequence[PlanRecord]) -> dict[str, str]:
    return {"plans": "\n".join(record.plan_id for record in records)}


def fake_write_tables(tables: dict[str, str], folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name, content in tables.items():
        (folder / f"{name}.parquet").write_text(content)


def fake_workbook(
    records: Sequence[PlanRecord], files: Sequence[FileEntry], path: Path, knowledge: Knowledge
) -> None:
    path.write_text("\n".join(map(repr, files)))


def install(monkeypatch: pytest.MonkeyPatch) -> FakeFlow:
    """Puts the fakes in place of flow, tables and workbook."""
    flow = FakeFlow()
    monkeypatch.setattr("pipeline.batch.reading.process", flow.process)
    monkeypatch.setattr("pipeline.batch.run.make_tables", fake_tables)
    monkeypatch.setattr("pipeline.batch.run.write_tables", fake_write_tables)
    monkeypatch.setattr("pipeline.batch.run.write_workbook", fake_workbook)
    return flow


def put(inbox: Path, path: str, content: str | bytes, changed: int = OLD) -> Path:
    file = inbox / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    os.utime(file, (changed, changed))
    return file


def states(summary: RunSummary) -> dict[str, str]:
    return {entry.path: entry.state for entry in summary.entries}


def snapshot(out: Path) -> dict[str, bytes]:
    """Every file of an output folder by path; of run.json all but what may differ from run to run."""
    files = {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}
    run = json.loads(files["run.json"])
    del run["this_run"]
    files["run.json"] = json.dumps(run).encode()
    return files


def from_scratch(inbox: Path, out: Path) -> dict[str, bytes]:
    fresh = out.with_name("lai-tu-dau")
    run_folder(inbox, fresh)
    found = snapshot(fresh)
    shutil.rmtree(fresh)
    return found
