"""Containers among the received files: opened in memory, one at a time, within limits that their members share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.batch.inbox import Received, Stamp
from pipeline.batch.reading import faults_told, process_guarded, read_source, unread
from pipeline.errors import ReadError
from pipeline.extract import Container, Member, is_container, open_container
from pipeline.flow import Kit
from pipeline.knowledge.causes import cause_named
from pipeline.settings import Limits
from pipeline.values import Outcome, Source


@dataclass(frozen=True, slots=True)
class _Held:
    """An open container, its members by their labels, and when it was received."""

    path: str
    members: Mapping[str, Member]
    stamp: Stamp


class Opener:
    """Gives the bytes of received files, of those in containers too.

    A container stays open until another is asked for, or as long as one of its members, a container too, is open.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._held: list[_Held] = []
        self._taken: dict[str, tuple[int, int]] = {}  # parts and bytes of all that was opened in the outermost one

    def source(self, received: Received) -> tuple[Source, Stamp]:
        """The bytes of a file or member. Raises ReadError, for a member that is not there any more `file_changing`."""
        if received.inside is None:
            return read_source(received, self._limits)
        held = self._holder(received.inside)
        member = held.members.get(received.label)
        if member is None:
            raise ReadError("file_changing", received.label)
        if member.size_bytes > self._limits.file_bytes:
            raise ReadError("too_large", f"{member.size_bytes / 1024**2:.0f} MiB")
        with faults_told():
            data = member.read()
        return Source(received.name, data, held.stamp.received_at), Stamp(len(data), held.stamp.changed_ns)

    def open(self, received: Received, source: Source, stamp: Stamp) -> tuple[Container, tuple[Received, ...]]:
        """Opens a container: what it is, and the files received in it.

        Raises ReadError: `container_too_deep`, `container_too_complex`, `too_large`, `truncated_file`, `damaged_file`.
        """
        if received.depth >= self._limits.container_depth:
            raise ReadError("container_too_deep", received.label)
        del self._held[received.depth :]
        with faults_told():
            container = open_container(source, self._limits)
        self._take(received, container)
        members = {member.label: member for member in container.members}
        self._held.append(_Held(received.path, members, stamp))
        return container, tuple(received.member(one.label, one.size_bytes, stamp.changed_ns) for one in container.members)

    def close(self) -> None:
        """Lets go of what is open."""
        self._held.clear()

    def _holder(self, received: Received) -> _Held:
        """The container, opened again where it is not open."""
        if len(self._held) <= received.depth or self._held[received.depth].path != received.path:
            self.open(received, *self.source(received))
        return self._held[received.depth]

    def _take(self, received: Received, container: Container) -> None:
        """Holds what the outermost container holds in all against the limits."""
        if received.inside is None:
            self._taken.clear()
        self._taken[received.path] = (container.parts, container.unpacked_bytes)
        parts, unpacked = map(sum, zip(*self._taken.values(), strict=True))
        if parts > self._limits.archive_parts or unpacked > self._limits.unpacked_bytes:
            del self._taken[received.path]
            raise ReadError("container_too_complex", f"{parts} parts, {unpacked} bytes in all")


def holds_files(source: Source) -> bool:
    """Whether a file is a container. Raises ReadError where telling fails."""
    with faults_told():
        return is_container(source)


def outcomes(received: Received, kit: Kit, opener: Opener) -> Iterator[tuple[str, Outcome]]:
    """What becomes of a file, or of each file in a container, without a memory of earlier runs; by path."""
    try:
        source, stamp = opener.source(received)
        if not holds_files(source):
            yield received.path, process_guarded(source, kit)
            return
        container, members = opener.open(received, source, stamp)
        if not members:
            raise ReadError("nothing_in_container", container.about)
    except ReadError as error:
        yield received.path, unread(received, error, kit)
        return
    for member in members:
        yield from outcomes(member, kit, opener)


def opened(source: Source, container: Container, kit: Kit, *, useful: bool) -> Outcome:
    """What became of a container; where nothing in it is of use, or it is cut short, a person must look at it."""
    cause = container.fault or (None if useful else "nothing_in_container")
    state = cause_named(kit.knowledge, cause).outcome if cause else "opened"
    return Outcome(source.file_name, state, source.plan_id, len(source.data), cause, container.about)
