"""The memory between runs: `run.json` (written last, whole) and a journal that grows line by line while a run works.

A run that is killed leaves the journal; the next run reads both, so nothing that was done is lost and every record
that we wrote is known as ours. What changes from run to run although nothing changed in the inbox (times, counts of
reused results) stands in `this_run` of run.json and nowhere else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

from pipeline.atomic import disk_trouble, write_atomic
from pipeline.errors import ExitStatus
from pipeline.values import FileEntry, State

RUN_FILE = "run.json"
JOURNAL_FILE = ".run.journal"
FORMAT = "kehoach-run/1"
_STATES = get_args(State)
_ADDED = {"inside"}  # fields that run.json of earlier versions does not have
_PLAN_ID = re.compile(r"(?:[0-9a-f]{16})?")  # empty where the file could not be read at all


@dataclass(frozen=True, slots=True)
class RunFile:
    """What run.json tells: the engine, every received file, what was left aside and why, and this run's figures."""

    engine: str
    status: ExitStatus
    counts: Mapping[str, int]
    files: tuple[FileEntry, ...]
    ignored: Mapping[str, str]
    this_run: Mapping[str, Any]

    def write(self, out: Path) -> None:
        """Puts run.json into the output folder and ends the journal. Raises KehoachError (73, 74)."""
        content = {
            "format": FORMAT,
            "engine": self.engine,
            "status": int(self.status),
            "counts": dict(self.counts),
            "files": [_as_json(entry) for entry in self.files],
            "ignored": [{"path": path, "reason": reason} for path, reason in self.ignored.items()],
            "this_run": dict(self.this_run),
        }
        data = json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"
        write_atomic(out / RUN_FILE, data, durable=True)
        (out / JOURNAL_FILE).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Memory:
    """What earlier runs left: engine and start of the last whole run, and the last known entry of every path.

    `read` holds the entries that may have a record, by plan_id. `members` and `ignored` are those of the last whole run
    alone: the members of each container by its path, and what was left aside and why.
    """

    engine: str | None = None
    started_at: datetime | None = None
    by_path: Mapping[str, FileEntry] = field(default_factory=dict)
    read: Mapping[str, FileEntry] = field(default_factory=dict)
    members: Mapping[str, Sequence[FileEntry]] = field(default_factory=dict)
    ignored: Mapping[str, str] = field(default_factory=dict)

    @property
    def owned(self) -> frozenset[str]:
        """The plans whose records we wrote."""
        return frozenset(self.read)


class Journal:
    """Grows by one line a finished file, so that a killed run is not lost."""

    def __init__(self, out: Path) -> None:
        self._path = out / JOURNAL_FILE

    def add(self, entry: FileEntry) -> None:
        """Notes what became of a file, before its record is written. Raises KehoachError (73, 74)."""
        line = json.dumps(_as_json(entry), ensure_ascii=False)
        try:
            with self._path.open("ab") as stream:
                stream.write(line.encode() + b"\n")
        except OSError as error:
            raise disk_trouble(error, self._path) from error


def read_memory(out: Path) -> Memory:
    """What earlier runs left in an output folder; an unreadable run.json or journal line is as good as none."""
    content = _content(out / RUN_FILE)
    return _memory(content, _known(_read_journal(out / JOURNAL_FILE)))


def _memory(content: Mapping[str, Any], journal: Sequence[FileEntry]) -> Memory:
    rows = content.get("files", [])
    whole = _known(map(_as_entry, rows))
    entries = [*whole, *journal]
    return Memory(
        engine=content.get("engine"),
        started_at=_moment(content.get("this_run", {}).get("started_at")),
        by_path={entry.path: entry for entry in entries},
        read={entry.plan_id: entry for entry in entries if entry.state in ("read", "needs_person") and entry.plan_id},
        members=_by_container(whole) if len(whole) == len(rows) else {},  # a lost row may have been a member
        ignored=_ignored(content.get("ignored")),
    )


def _by_container(entries: Iterable[FileEntry]) -> dict[str, list[FileEntry]]:
    members: dict[str, list[FileEntry]] = {}
    for entry in entries:
        if entry.inside is not None:
            members.setdefault(entry.inside, []).append(entry)
    return members


def _known(entries: Iterable[FileEntry | None]) -> list[FileEntry]:
    return [entry for entry in entries if entry is not None]


def _ignored(raw: object) -> dict[str, str]:
    rows = [row for row in raw if isinstance(row, dict)] if isinstance(raw, list) else []
    return {str(row["path"]): str(row["reason"]) for row in rows if {"path", "reason"} <= set(row)}


def is_run_file(path: Path) -> bool:
    """Whether a file is a run.json of ours."""
    return bool(_content(path))


def _content(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        return {}
    shape = {"engine": str, "files": list, "this_run": dict}
    return content if all(isinstance(content.get(name), kind) for name, kind in shape.items()) else {}


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text)).astimezone(UTC)
    except ValueError:
        return None


def _read_journal(path: Path) -> list[FileEntry | None]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return []
    entries: list[FileEntry | None] = []
    for line in lines:
        try:
            entries.append(_as_entry(json.loads(line)))
        except ValueError:
            continue
    return entries


def _as_json(entry: FileEntry) -> dict[str, Any]:
    content = asdict(entry)
    del content["reused"]
    return content


def _as_entry(raw: object) -> FileEntry | None:
    """An entry as it was written, or None where somebody else wrote it."""
    known = {f.name for f in fields(FileEntry)} - {"reused"}
    if not isinstance(raw, dict) or not known - _ADDED <= set(raw) <= known or raw["state"] not in _STATES:
        return None
    texts = (raw["path"], raw["plan_id"], raw["modified"], raw["detail"])
    if not all(isinstance(text, str) for text in texts) or not isinstance(raw["size_bytes"], int):
        return None
    if not isinstance(raw.get("inside"), str | None):
        return None
    if not _PLAN_ID.fullmatch(raw["plan_id"]):
        return None
    return FileEntry(**raw)
