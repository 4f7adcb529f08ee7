"""Headings of two plans matched: by role and title, then by title, by a role that each has once, by likeness."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Sequence

from models import Section
from pipeline.aggregate.comparison import SectionMatch
from pipeline.aggregate.rows import flat_sections
from pipeline.aggregate.similar import Words, match_texts, yearless

ALIKE = 0.5


class _Heading:
    """A heading with the keys it is matched by; `own_role` is None where the role is only its ancestor's."""

    def __init__(self, section: Section, above: tuple[Section, ...]) -> None:
        self.section = section
        self.words: Words = yearless(section.title or "")
        self.path = tuple(yearless(part.title or part.role) for part in above)
        inherited = bool(above) and above[-1].role == section.role
        self.own_role = None if inherited or section.role == "khac" else section.role


def compare_sections(old: Sequence[Section], new: Sequence[Section]) -> tuple[SectionMatch, ...]:
    """The headings of the new tree in its order, each kept or new, then those of the old tree that are gone.

    Years in titles do not count. Parts without a title (preamble, closing) are matched by their role. Items are no
    headings and stay out.
    """
    left, right = _headings(old), _headings(new)
    partner: dict[int, int] = {}
    for key in (_by_path, _by_role_and_title, _by_title):
        _match_by(key, left, right, partner)
    _match_by(_unique_role(left, right), left, right, partner)
    _match_alike(left, right, partner)
    kept = set(partner.values())
    found = [_match(left[partner[at]] if at in partner else None, heading) for at, heading in enumerate(right)]
    gone = [SectionMatch("gone", heading.section, None) for at, heading in enumerate(left) if at not in kept]
    return (*found, *gone)


def _headings(tree: Sequence[Section]) -> list[_Heading]:
    return [_Heading(section, above) for section, above in flat_sections(tree) if section.kind == "heading"]


def _match(old: _Heading | None, new: _Heading) -> SectionMatch:
    if old is None:
        return SectionMatch("new", None, new.section)
    return SectionMatch("kept", old.section, new.section, renamed=old.words != new.words)


def _by_path(heading: _Heading) -> Hashable:
    return (heading.section.role, heading.path, heading.words)


def _by_role_and_title(heading: _Heading) -> Hashable:
    return (heading.section.role, heading.words)


def _by_title(heading: _Heading) -> Hashable:
    return heading.words or None


def _unique_role(left: list[_Heading], right: list[_Heading]) -> Callable[[_Heading], Hashable]:
    """A key that is the heading's own role where each plan has exactly one heading of that role, else None."""
    counts = [Counter(heading.own_role for heading in side) for side in (left, right)]
    return lambda heading: heading.own_role if all(count[heading.own_role] == 1 for count in counts) else None


def _match_by(
    key: Callable[[_Heading], Hashable], left: list[_Heading], right: list[_Heading], partner: dict[int, int]
) -> None:
    """Pair the headings that are still alone and have the same key, in reading order."""
    taken = set(partner.values())
    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for at, heading in enumerate(left):
        if at not in taken:
            waiting[key(heading)].append(at)
    for at, heading in enumerate(right):
        wanted = key(heading)
        if at not in partner and wanted is not None and waiting[wanted]:
            partner[at] = waiting[wanted].popleft()


def _match_alike(left: list[_Heading], right: list[_Heading], partner: dict[int, int]) -> None:
    taken = set(partner.values())
    old = [at for at, heading in enumerate(left) if at not in taken and heading.words]
    new = [at for at, heading in enumerate(right) if at not in partner and heading.words]
    for pair in match_texts([left[at].words for at in old], [right[at].words for at in new], ALIKE):
        partner[new[pair.new]] = old[pair.old]
