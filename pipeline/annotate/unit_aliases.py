"""Short names that a document gives its units itself: "Ban Chỉ đạo … (sau đây gọi tắt là BCĐ)".

From its definition on, the short name means the unit, whether the tables know it or not. What stands in brackets behind a
unit may also name something else ("Quyết định … của UBND tỉnh (sau đây gọi tắt là Quyết định 35)"), so a short name must
be made of the unit's own words or initials, or be found as a unit of the same kind.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.knowledge.text import UPPER, fold, squash
from pipeline.values import UnitMention

_CALLED = re.compile(
    r"\s{0,2}[(,]?\s{0,2}(?:(?:sau|dưới) đây\s{1,2})?(?:được\s{1,2})?(?:gọi|viết)\s{1,2}(?:(?:chung|tắt)\s{1,2}){0,2}là:?"
    rf"\s{{1,2}}[\"“‘']?([{UPPER}][^()\"“”‘’',;.:\n]{{1,60}}?)[\"”’']?\s{{0,2}}(?=[),;.:\n])"
)
_ACRONYM = re.compile(rf"\s{{0,2}}\(\s?([{UPPER}][{UPPER}0-9&.\- ]{{0,18}}[{UPPER}])\s?\)")
_OPENS = re.compile(r"\s{0,2}[(,]")
_LONGEST = 8
_MOST = 50  # short names of one document; each costs a search of the text


@dataclass(frozen=True, slots=True)
class _Alias:
    """A short name, where its definition ends, and the unit it stands for."""

    text: str
    start: int
    unit: UnitMention


def settle_aliases(text: str, units: Sequence[UnitMention]) -> tuple[UnitMention, ...]:
    """The mentions with short names that the text defines read in full, and those added that only it makes known."""
    aliases = _aliases(text, units)
    if not aliases:
        return tuple(units)
    named = [_named(text, unit, aliases) for unit in units]
    for alias in aliases.values():
        if _is_telling(alias.text):
            named += _further(text, alias, units)
    return tuple(sorted(named, key=lambda unit: unit.start))


def _aliases(text: str, units: Sequence[UnitMention]) -> dict[str, _Alias]:
    """Short names by their key; one that was given to two units means neither for certain."""
    found: dict[str, _Alias] = {}
    twice: set[str] = set()
    for at, unit in enumerate(units):
        if not _OPENS.match(text, unit.end) or len(found) >= _MOST:
            continue
        defined = _CALLED.match(text, unit.end) or _ACRONYM.match(text, unit.end)
        if defined is None or not _stands_for(defined[1], unit, _at(defined.start(1), units[at + 1 : at + 2])):
            continue
        key = squash(defined[1])
        if key in found and found[key].unit.name != unit.name:
            twice.add(key)
        found.setdefault(key, _Alias(defined[1].strip(), defined.start(1), unit))
    return {key: alias for key, alias in found.items() if key not in twice}


def _at(start: int, following: Sequence[UnitMention]) -> UnitMention | None:
    return next((unit for unit in following if unit.start == start), None)


def _stands_for(short: str, unit: UnitMention, found: UnitMention | None) -> bool:
    words, full = fold(short).split(), fold(unit.name).split()
    if not words or len(words) > _LONGEST or squash(short) == squash(unit.name):
        return False
    if words[0] == full[0] or (found is not None and found.kind == unit.kind):
        return True
    initials = iter(word[0] for word in full if word[0].isalpha())
    return short.upper() == short and all(letter in initials for letter in fold(short) if letter.isalpha())


def _named(text: str, unit: UnitMention, aliases: dict[str, _Alias]) -> UnitMention:
    alias = aliases.get(squash(text[unit.start : unit.end]))
    if alias is None or unit.start < alias.start or unit.collective:
        return unit
    return replace(unit, name=alias.unit.name, kind=alias.unit.kind, level=alias.unit.level, rule="unit:defined")


def _is_telling(short: str) -> bool:
    """Whether a short name is found by its form alone: an abbreviation, or words of which the first is a capital."""
    return short.isupper() or " " in short


def _further(text: str, alias: _Alias, units: Sequence[UnitMention]) -> Iterator[UnitMention]:
    """Places of a short name where no unit was found; `units` stand in reading order and apart."""
    starts = [unit.start for unit in units]
    for place in re.finditer(rf"(?<![\w/&-]){re.escape(alias.text)}(?![\w/&-])", text[alias.start :]):
        start, end = place.start() + alias.start, place.end() + alias.start
        before = bisect_left(starts, end) - 1
        if before < 0 or units[before].end <= start:
            yield replace(alias.unit, start=start, end=end, rule="unit:defined", collective=False, confidence=0.9)
