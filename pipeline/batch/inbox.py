"""Lists the received files of a folder in an order that is the same on every machine."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.store import LOCK_FILE

_SYSTEM_FILES = {"thumbs.db", "desktop.ini"}
_HALF_WRITTEN = (".part", ".tmp", ".crdownload")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Received:
    """A file of the inbox: its path below it (NFC, `/`), where it is, or why its folder could not be opened."""

    path: str
    file: Path
    trouble: str | None = None

    @classmethod
    def of(cls, path: Path) -> Received:
        """A file that somebody names, links followed."""
        return cls(_readable(path.name), path.resolve())

    @property
    def name(self) -> str:
        """The file's own name, NFC."""
        return self.path.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Size in bytes and time of last change in nanoseconds: what tells a changed file from an old one."""

    size_bytes: int
    changed_ns: int

    @classmethod
    def of(cls, found: os.stat_result) -> Stamp:
        """The stamp of what the system says about a file."""
        return cls(found.st_size, found.st_mtime_ns)

    @property
    def modified(self) -> str:
        """The time of last change as ISO 8601 in UTC, to the microsecond."""
        return (_EPOCH + timedelta(microseconds=self.changed_ns // 1000)).isoformat(timespec="microseconds")

    @property
    def received_at(self) -> str:
        """The same to the second, as the record tells it."""
        return (_EPOCH + timedelta(seconds=self.changed_ns // 1_000_000_000)).isoformat()


@dataclass(frozen=True, slots=True)
class Inbox:
    """What lies in an inbox: the received files, and what was left aside with the reason (`hidden`, `link`, …)."""

    files: tuple[Received, ...]
    ignored: Mapping[str, str] = field(default_factory=dict)


def list_inbox(inbox: Path, out: Path | None = None) -> Inbox:
    """All files below `inbox`, sorted by path; hidden, temporary and linked ones and output folders are left aside.

    A sub-folder that cannot be opened stands among the files with its trouble: what it holds must not be forgotten.
    """
    ignored: dict[str, str] = {}
    found = list(_walk(inbox, "", out.resolve() if out else None, ignored))
    found.sort(key=lambda received: (received.path.split("/"), os.fsencode(received.file)))
    return Inbox(tuple(_with_unique_paths(found)), dict(sorted(ignored.items())))


def _walk(folder: Path, prefix: str, out: Path | None, ignored: dict[str, str]) -> Iterator[Received]:
    pending = [(folder, prefix)]
    while pending:
        current, prefix = pending.pop()
        try:
            with os.scandir(current) as listing:
                entries = list(listing)
        except OSError as error:
            yield Received(prefix or "./", current, trouble=error.strerror or type(error).__name__)
            continue
        for entry in entries:
            path = prefix + _readable(entry.name)
            reason = _reason_to_ignore(entry, out)
            if reason == "output":
                continue
            if reason is not None:
                ignored[path] = reason
            elif entry.is_dir(follow_symlinks=False):
                pending.append((Path(entry.path), path + "/"))
            else:
                yield Received(path, Path(entry.path))


def _reason_to_ignore(entry: os.DirEntry[str], out: Path | None) -> str | None:
    name = entry.name.lower()
    if entry.is_symlink():
        return "link"
    if name.startswith("."):
        return "hidden"
    if entry.is_dir(follow_symlinks=False):
        folder = Path(entry.path)
        return "output" if folder.resolve() == out or (folder / LOCK_FILE).exists() else None
    if not entry.is_file(follow_symlinks=False):
        return "no_file"
    if name.startswith("~$") or name.endswith(_HALF_WRITTEN):
        return "temporary"
    return "system" if name in _SYSTEM_FILES else None


def _readable(name: str) -> str:
    """A file name as text: bytes that are no UTF-8 become the replacement character."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))


def _with_unique_paths(found: list[Received]) -> Iterator[Received]:
    """Names that differ only in their bytes (NFC and NFD twins) get a count, so that each keeps a row of its own."""
    seen: Counter[str] = Counter()
    for received in found:
        seen[received.path] += 1
        count = seen[received.path]
        yield received if count == 1 else Received(f"{received.path} ({count})", received.file, received.trouble)


def stamp_of(received: Received) -> Stamp:
    """The file's stamp as it is now. Raises ReadError where it is gone or its folder cannot be opened."""
    if received.trouble is not None:
        raise ReadError("unreadable_io", received.trouble)
    try:
        return Stamp.of(received.file.lstat())
    except OSError as error:
        raise ReadError("unreadable_io", error.strerror or type(error).__name__) from error
