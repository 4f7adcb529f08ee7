"""The work on one inbox: each file is held over from an earlier run, recognised as a duplicate, opened, or read."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.batch.containers import Opener, holds_files, opened
from pipeline.batch.duplicates import Fullness, settle_same_text
from pipeline.batch.inbox import Received, Stamp, stamp_of
from pipeline.batch.reading import process_guarded, unread
from pipeline.batch.summary import Reporter
from pipeline.batch.together import Together, Waiting
from pipeline.errors import ReadError
from pipeline.flow import Kit
from pipeline.store import Journal, Memory, RecordFolder
from pipeline.values import FileEntry, Outcome, Source, State


@dataclass(frozen=True, slots=True)
class _Visit:
    """A file as it was met: its stamp, its plan_id, and its bytes where they had to be read to know that."""

    received: Received
    stamp: Stamp
    plan_id: str
    source: Source | None


class Work:
    """Goes through the received files one by one; what is done is stored at once."""

    def __init__(
        self,
        kit: Kit,
        memory: Memory,
        records: RecordFolder,
        journal: Journal,
        *,
        trusted_before: str,
        reporter: Reporter,
    ) -> None:
        self._kit = kit
        self._memory = memory
        self._records = records
        self._journal = journal
        self._trusted_before = trusted_before
        self._reporter = reporter
        self._opener = Opener(kit.settings.limits)
        self._first_path: dict[str, str] = {}
        self._fullness: dict[str, Fullness] = {}
        self._entries: dict[str, FileEntry] = {}
        self._waiting: list[_Visit] = []
        self._members: dict[str, list[str]] = {}
        self._ignored: dict[str, str] = {}
        self._together = Together(kit.office)

    def all(self, files: Iterable[Received]) -> tuple[FileEntry, ...]:
        """The entry of every received file, in their order, behind each container those of the files in it.

        Raises KehoachError where the whole run must stop.
        """
        paths = []
        for received in files:
            paths.append(received.path)
            self._meet(received)
        self._read_together()
        for visit in self._waiting:
            self._same_text_or_read(visit)
        self._read_together()
        return tuple(self._settled([self._entries[path] for path in self._with_members(paths)]))

    @property
    def ignored(self) -> Mapping[str, str]:
        """What was left aside in containers, by path, with the reason."""
        return self._ignored

    def _meet(self, received: Received) -> None:
        self._reporter.begun(received.path)
        visit = self._visit(received)
        if visit is not None:
            self._place(visit)

    def _place(self, visit: _Visit) -> None:
        first = self._first_path.setdefault(visit.plan_id, visit.received.path)
        if first != visit.received.path:
            self._finish(_duplicate(visit, first), 0.0)
        elif self._may_still_be_same_text(visit):
            self._waiting.append(replace(visit, source=None))
        else:
            self._hold_or_read(visit)

    def _visit(self, received: Received) -> _Visit | None:
        """Knows the file by size and time where an earlier run saw it, else by its bytes; None if it cannot be had."""
        stamp = None
        try:
            stamp = stamp_of(received)
            known = self._memory.by_path.get(received.path) if received.inside is None else None
            if known and known.plan_id and self._same_file(known, stamp):
                return _Visit(received, stamp, known.plan_id, None)
            source, stamp = self._opener.source(received)
        except ReadError as error:
            self._finish(_entry(received, stamp, unread(received, error, self._kit)), 0.0)
            return None
        return _Visit(received, stamp, source.plan_id, source)

    def _same_file(self, known: FileEntry, stamp: Stamp) -> bool:
        """A file changed just before it was read may change again within one tick of its clock: only time proves it."""
        unchanged = known.size_bytes == stamp.size_bytes and known.modified == stamp.modified
        return unchanged and stamp.modified < self._trusted_before

    def _hold_or_read(self, visit: _Visit) -> None:
        if visit.received.path in self._memory.members and self._same_as_before(visit, "opened"):
            self._hold_members(visit)
            return
        held = self._held(visit)
        if held is not None:
            self._finish(held, 0.0)
        else:
            self._read(visit)

    def _held(self, visit: _Visit) -> FileEntry | None:
        """The entry of an earlier run where its record still holds: same bytes, same name, same engine."""
        if self._same_as_before(visit, "set_aside"):
            return self._again(self._memory.by_path[visit.received.path], visit)
        known = self._memory.read.get(visit.plan_id)
        record = self._records.read(visit.plan_id) if known else None
        if known is None or record is None:
            return None
        if not self._kit.would_read_alike(record) or record.source.file_name != visit.received.name:
            return None
        if record.source.received_at != visit.stamp.received_at:
            source = record.source.model_copy(update={"received_at": visit.stamp.received_at})
            self._records.write(record.model_copy(update={"source": source}))
        self._fullness[visit.plan_id] = Fullness.of(record)
        return self._again(known, visit)

    def _read(self, visit: _Visit) -> None:
        source, stamp = visit.source, visit.stamp
        try:
            if source is None:
                source, stamp = self._opener.source(visit.received)
            if holds_files(source):
                self._open(visit.received, source, stamp)
                return
        except ReadError as error:
            self._finish(_entry(visit.received, stamp, unread(visit.received, error, self._kit)), 0.0)
            return
        if not self._kit.office.wants(source):
            self._process(Waiting(visit.received, source, stamp))
            return
        self._together.add(Waiting(visit.received, source, stamp))
        if self._together.is_full:
            self._read_together()

    def _read_together(self) -> None:
        for waiting in self._together.converted():
            self._process(waiting)

    def _process(self, waiting: Waiting) -> None:
        began = time.monotonic()
        outcome = process_guarded(waiting.source, self._kit)
        entry = _entry(waiting.received, waiting.stamp, outcome)
        self._journal.add(entry)
        if outcome.record is not None:
            self._records.write(outcome.record)
            self._fullness[entry.plan_id] = Fullness.of(outcome.record)
        self._finish(entry, waiting.seconds + time.monotonic() - began)

    def _open(self, received: Received, source: Source, stamp: Stamp) -> None:
        """Opens a container: the files in it are received like others, and its own row says what came of that."""
        try:
            container, members = self._opener.open(received, source, stamp)
        except ReadError as error:
            outcome = replace(unread(received, error, self._kit), plan_id=source.plan_id)
            self._finish(_entry(received, stamp, outcome), 0.0)
            return
        self._ignored.update({f"{received.path}/{label}": reason for label, reason in container.ignored.items()})
        self._found(received, [member.path for member in members])
        for member in members:
            self._meet(member)
        useful = any(self._is_of_use(member.path) for member in members)
        self._finish(_entry(received, stamp, opened(source, container, self._kit, useful=useful)), 0.0)
        if received.inside is None:
            self._opener.close()

    def _is_of_use(self, path: str) -> bool:
        """Whether a member is more than an annex: a plan, or a file that asks for a person itself."""
        entry = self._entries.get(path)
        if entry is not None and entry.state == "duplicate":
            entry = self._entries.get(entry.duplicate_of or "")
        return entry is None or entry.state != "set_aside"  # without an entry: one that waits, the same text as a plan

    def _hold_members(self, visit: _Visit) -> None:
        """Goes through the files that the last run found in the same container, without opening it.

        It is opened for those alone whose results do not hold any more.
        """
        inside = f"{visit.received.path}/"
        known = self._memory.members[visit.received.path]
        self._ignored.update({path: why for path, why in self._memory.ignored.items() if path.startswith(inside)})
        self._found(visit.received, [member.path for member in known])
        for before in known:
            label = before.path.removeprefix(inside)
            member = visit.received.member(label, before.size_bytes, visit.stamp.changed_ns)
            again = _Visit(member, stamp_of(member), before.plan_id, None)
            self._reporter.begun(before.path)
            if before.plan_id:
                self._place(again)
            else:  # its bytes could not be had, and they are the same still
                self._finish(self._again(before, again), 0.0)
        self._finish(self._again(self._memory.by_path[visit.received.path], visit), 0.0)

    def _found(self, received: Received, members: list[str]) -> None:
        self._members[received.path] = members
        self._reporter.found(len(members))

    def _with_members(self, paths: Iterable[str]) -> Iterator[str]:
        for path in paths:
            yield path
            yield from self._with_members(self._members.get(path, ()))

    def _again(self, known: FileEntry, visit: _Visit) -> FileEntry:
        """An entry of an earlier run, for the file as it was met now."""
        path, inside = visit.received.path, _holder(visit.received)
        return replace(known, path=path, modified=visit.stamp.modified, inside=inside, reused=True)

    def _same_as_before(self, visit: _Visit, state: State) -> bool:
        """Whether the last run, of this engine, met the same bytes there and left them in that state."""
        known = self._memory.by_path.get(visit.received.path)
        same = known is not None and known.state == state and known.plan_id == visit.plan_id
        return same and self._memory.engine == self._kit.engine

    def _may_still_be_same_text(self, visit: _Visit) -> bool:
        """Whether an earlier run of this engine found the file to be the same text as another, in other bytes."""
        if not self._same_as_before(visit, "duplicate"):
            return False
        original = self._memory.by_path.get(self._memory.by_path[visit.received.path].duplicate_of or "")
        return original is not None and original.state == "read"

    def _same_text_or_read(self, visit: _Visit) -> None:
        """Keeps a duplicate by text where the file that stood for it still stands; else it is a file like any other."""
        known = self._memory.by_path[visit.received.path]
        before = self._memory.by_path.get(known.duplicate_of or "")
        now = self._entries.get(known.duplicate_of or "")
        stands = before and now and now.reused and now.state == "read" and now.plan_id == before.plan_id
        if stands:
            self._finish(self._again(known, visit), 0.0)
        else:
            self._hold_or_read(visit)

    def _finish(self, entry: FileEntry, seconds: float) -> None:
        self._entries[entry.path] = entry
        self._reporter.done(entry, seconds)

    def _settled(self, entries: list[FileEntry]) -> list[FileEntry]:
        settled = settle_same_text(entries, self._fullness)
        for before, after in zip(entries, settled, strict=True):
            if before.state != after.state:
                self._reporter.duplicate(after)
        return settled


def _entry(received: Received, stamp: Stamp | None, outcome: Outcome) -> FileEntry:
    return FileEntry(
        path=received.path,
        plan_id=outcome.plan_id,
        size_bytes=stamp.size_bytes if stamp else 0,
        modified=stamp.modified if stamp else "",
        state=outcome.state,
        cause=outcome.cause,
        detail=outcome.detail,
        duplicate_of=outcome.duplicate_of,
        inside=_holder(received),
    )


def _duplicate(visit: _Visit, first: str) -> FileEntry:
    return FileEntry(
        path=visit.received.path,
        plan_id=visit.plan_id,
        size_bytes=visit.stamp.size_bytes,
        modified=visit.stamp.modified,
        state="duplicate",
        duplicate_of=first,
        inside=_holder(visit.received),
    )


def _holder(received: Received) -> str | None:
    return received.inside.path if received.inside else None
