"""Lists the received files of a folder in an order that is the same on every machine."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.extract.member_names import distinct, reason_by_name
from pipeline.store import LOCK_FILE

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Received:
    """A file of the inbox: its path below it (NFC, `/`), where it is, or why its folder could not be opened.

    A file that came in a container (a ZIP, an e-mail) lies `inside` that, under its `label` there, and has its `stamp`;
    `file` is the outermost container then.
    """

    path: str
    file: Path
    trouble: str | None = None
    inside: Received | None = None
    label: str = ""
    stamp: Stamp | None = None

    @classmethod
    def of(cls, path: Path) -> Received:
        """A file that somebody names, links followed."""
        return cls(_readable(path.name), path.resolve())

    def member(self, label: str, size_bytes: int, changed_ns: int) -> Received:
        """A file in this container, by its label there; it was received when the container was."""
        return Received(f"{self.path}/{label}", self.file, None, self, label, Stamp(size_bytes, changed_ns))

    @property
    def name(self) -> str:
        """The file's own name, NFC."""
        return self.path.rsplit("/", 1)[-1]

    @property
    def depth(self) -> int:
        """How many containers the file lies in."""
        return 0 if self.inside is None else self.inside.depth + 1


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
    if entry.is_symlink():
        return "link"
    is_folder = entry.is_dir(follow_symlinks=False)
    by_name = reason_by_name(entry.name, folder=is_folder)
    if by_name is not None:
        return by_name
    if not is_folder:
        return None if entry.is_file(follow_symlinks=False) else "no_file"
    folder = Path(entry.path)
    return "output" if folder.resolve() == out or (folder / LOCK_FILE).exists() else None


def _readable(name: str) -> str:
    """A file name as text: bytes that are no UTF-8 become the replacement character."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))


def _with_unique_paths(found: list[Received]) -> Iterator[Received]:
    """Names that differ only in their bytes (NFC and NFD twins) get a count, so that each keeps a row of its own."""
    for received, path in zip(found, distinct(received.path for received in found), strict=True):
        yield replace(received, path=path)


def stamp_of(received: Received) -> Stamp:
    """The file's stamp as it is now. Raises ReadError where it is gone or its folder cannot be opened."""
    if received.stamp is not None:
        return received.stamp
    if received.trouble is not None:
        raise ReadError("unreadable_io", received.trouble)
    try:
        return Stamp.of(received.file.lstat())
    except OSError as error:
        raise ReadError("unreadable_io", error.strerror or type(error).__name__) from error
