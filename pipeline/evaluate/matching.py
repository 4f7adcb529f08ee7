"""Which found item answers which wanted one: the same value, then the same with more around it, then an overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from pipeline.evaluate.items import SINGLE, Item
from pipeline.knowledge.text import words

# Of these a value that shares half its words is read in part; a number or a day that differs is another one.
_PROSE = frozenset({"sections", "tasks", "header.title", "references", "recipients"})
# Said many times in one document: each value counts once, however often it stands there.
_ONCE = frozenset({"references", "dates", "units", "assignees", "findings"})
_HALF = 0.5


class Closeness(IntEnum):
    """How well a found value fits the wanted one."""

    OTHER = 0
    OVERLAP = 1
    SAME = 2


@dataclass(frozen=True, slots=True)
class Pair:
    """A wanted item and what was found for it; one of them may be None."""

    want: Item | None
    got: Item | None
    closeness: Closeness = Closeness.OTHER

    @property
    def same_kind(self) -> bool:
        """Whether both are of one kind: type of document, mark of a heading, of a task who leads it and by when."""
        if self.want is None or self.got is None:
            return False
        if self.want.measure == "tasks":
            return all(_same_parts(self.want, self.got, measure) for measure in ("tasks.assignees", "tasks.deadline"))
        return self.want.kind == self.got.kind


def distinct(items: Sequence[Item]) -> list[Item]:
    """The items without repetitions, where a value counts once a document; else as they are."""
    if not items or items[0].measure not in _ONCE:
        return list(items)
    return list({(item.value, item.kind): item for item in reversed(items)}.values())[::-1]


def paired(want: Sequence[Item], got: Sequence[Item]) -> list[Pair]:
    """Every item of one measure of one document once, with its partner if it has one, in the order wanted, then found."""
    matcher = _Matcher(distinct(want), distinct(got))
    return list(matcher.pairs())


def _same_parts(want: Item, got: Item, measure: str) -> bool:
    """Whether two items have the same parts of one measure, none missing and none too many."""
    sides = [[part for part in item.parts if part.measure == measure] for item in (want, got)]
    return all(pair.closeness == Closeness.SAME for pair in paired(*sides))


class _Matcher:
    """Pairs the items of one measure, the surest pairs first."""

    def __init__(self, want: list[Item], got: list[Item]) -> None:
        self.want, self.got = want, got
        self.partner: dict[int, tuple[int, Closeness]] = {}
        self.used: set[int] = set()

    def pairs(self) -> Iterator[Pair]:
        """The pairs, then what is left over."""
        self._by_key(with_kind=True)
        self._by_key(with_kind=False)
        self._shared()
        self._framed()
        self._overlapping()
        self._forced()
        for at, want in enumerate(self.want):
            if at in self.partner:
                index, closeness = self.partner[at]
                yield Pair(want, self.got[index], closeness)
            else:
                yield Pair(want, None)
        known = frozenset[str]().union(*(want.keys for want in self.want))
        for index, got in enumerate(self.got):
            repeated = got.measure in _ONCE and got.value in known  # one more wording of what was found
            if index not in self.used and not repeated:
                yield Pair(None, got)

    def _join(self, at: int, index: int, closeness: Closeness) -> None:
        self.partner[at] = (index, closeness)
        self.used.add(index)

    def _open(self) -> list[int]:
        return [at for at in range(len(self.want)) if at not in self.partner]

    def _free(self) -> list[int]:
        return [index for index in range(len(self.got)) if index not in self.used]

    def _by_key(self, *, with_kind: bool) -> None:
        """The same value, in order; first where the kind is the same too, and by the first wording before others."""
        for keys_of in (_first_key, _every_key):
            waiting: dict[tuple[str, str], list[int]] = defaultdict(list)
            for index in reversed(self._free()):
                for key in keys_of(self.got[index]):
                    waiting[key, self.got[index].kind if with_kind else ""].append(index)
            for at in self._open():
                kind = self.want[at].kind if with_kind else ""
                self._take_first(at, [waiting[key, kind] for key in keys_of(self.want[at])])

    def _take_first(self, at: int, lists: list[list[int]]) -> None:
        for candidates in lists:
            while candidates and candidates[-1] in self.used:
                candidates.pop()
        found = min((candidates[-1] for candidates in lists if candidates), default=None)
        if found is not None:
            self._join(at, found, Closeness.SAME)

    def _shared(self) -> None:
        """A found item may answer two wanted ones where values count once: `UBND xã` and its full name."""
        if not self.got or self.got[0].measure not in _ONCE:
            return
        where = {key: index for index, got in reversed(list(enumerate(self.got))) for key in got.keys}
        for at in self._open():
            index = next((where[key] for key in sorted(self.want[at].keys) if key in where), None)
            if index is not None and self.want[at].kind == self.got[index].kind:
                self._join(at, index, Closeness.SAME)

    def _framed(self) -> None:
        """A wording with more or less around it is the same, where items allow it."""
        for at in self._open():
            want = self.want[at]
            for index in self._free():
                got = self.got[index]
                framed = want.framed and got.kind == want.kind
                if framed and any(_contains(one, other) for one in want.keys for other in got.keys):
                    self._join(at, index, Closeness.SAME)
                    break

    def _overlapping(self) -> None:
        """What is left, the most alike first."""
        free = [(index, _bag(self.got[index])) for index in self._free()]
        found = []
        for at in self._open():
            want, bag = self.want[at], _bag(self.want[at])
            for index, other in free:
                likeness = _likeness(want, bag, self.got[index], other)
                if likeness:
                    found.append((-likeness, want.kind != self.got[index].kind, abs(at - index), at, index))
        for _, _, _, at, index in sorted(found):
            if at not in self.partner and index not in self.used:
                self._join(at, index, Closeness.OVERLAP)

    def _forced(self) -> None:
        """A single value that is neither: the wrong one."""
        if self.want and self.want[0].measure in SINGLE:
            for at, index in zip(self._open(), self._free(), strict=False):
                self._join(at, index, Closeness.OTHER)


def _first_key(item: Item) -> list[str]:
    return [item.value]


def _every_key(item: Item) -> list[str]:
    return sorted(item.keys)


def _bag(item: Item) -> frozenset[str]:
    return frozenset(words(item.value))


def _contains(one: str, other: str) -> bool:
    """Whether one wording holds the other whole."""
    short, long = sorted((one, other), key=len)
    return bool(short) and f" {short} " in f" {long} "


def _likeness(want: Item, bag: frozenset[str], got: Item, other: frozenset[str]) -> float:
    """The share of words that both have (0 to 1), 0 where that is no overlap for this measure."""
    shared = len(bag & other)
    if not shared:
        return 0.0
    share = shared / max(len(bag), len(other))
    if share >= _HALF and want.measure in _PROSE:
        return share
    return share if shared == min(len(bag), len(other)) and _holds(want.value, got.value) else 0.0


def _holds(one: str, other: str) -> bool:
    """Whether the words of one value stand in a row in the other: `2025-01` in `2025-01-15`."""
    short, long = sorted((words(one), words(other)), key=len)
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))
