"""Files that hold received files: a ZIP archive, an e-mail message. What lies in them, and a way to its bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.extract.member_names import distinct, reason_by_path


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a container: its label (NFC, harmless, unique there, `/` between folders) and its size as declared."""

    label: str
    size_bytes: int
    unpack: Callable[[], bytes] = field(repr=False, compare=False)

    def read(self) -> bytes:
        """The file's bytes, unpacked now. Raises ReadError where they cannot be had."""
        return self.unpack()


@dataclass(frozen=True, slots=True)
class Container:
    """An open container: its members, and what was left aside in it with the reason (`hidden`, `system`, …).

    `about` tells where it came from (sender and subject of a message). `fault` is a cause of the causes table where it
    is itself damaged, though members could be seen. `parts` and `unpacked_bytes` are what it takes of the limits.
    """

    members: tuple[Member, ...]
    ignored: Mapping[str, str]
    parts: int
    unpacked_bytes: int
    about: str = ""
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Something found in a container under a harmless name that twins may share; `reason` is why it is left aside."""

    name: str
    size_bytes: int
    unpack: Callable[[], bytes] = field(repr=False, compare=False)
    reason: str | None = None


def sorted_out(parts: Iterable[Part]) -> tuple[tuple[Member, ...], dict[str, str]]:
    """The members among the parts, with labels of their own, and what is left aside with the reason."""
    found = list(parts)
    members: list[Member] = []
    ignored: dict[str, str] = {}
    for part, label in zip(found, distinct(part.name for part in found), strict=True):
        reason = part.reason or reason_by_path(part.name)
        if reason is None:
            members.append(Member(label, part.size_bytes, part.unpack))
        else:
            ignored[label] = reason
    return tuple(members), ignored
