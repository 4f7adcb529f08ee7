"""What changed between two runs over the same files: values that appeared, vanished or changed, findings, states.

Without gold nobody knows whether a change is for the better; this shows where to look.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from models import PlanRecord
from pipeline.evaluate.items import MEASURES, RECORDED_ONLY, Item, Place
from pipeline.evaluate.recorded import items_of
from pipeline.values import State

ChangeKind = Literal["changed", "new", "gone"]
FileKind = Literal["same", "changed", "new", "gone"]
_LISTED_ELSEWHERE = frozenset({"assignees", "recipients.count"})  # parts of the tasks, number of the recipients
ORDER = ("text", *RECORDED_ONLY, *(name for name in MEASURES if name not in _LISTED_ELSEWHERE))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a run made of one file. `read` loads its record, None where it has none or it cannot be read any more."""

    path: str
    plan_id: str
    state: State | None
    cause: str | None
    read: Callable[[], PlanRecord | None]


@dataclass(frozen=True, slots=True)
class Change:
    """One value that one run has and the other has not (or has otherwise); places are in the text of their own run."""

    measure: str
    kind: ChangeKind
    old: Item | None
    new: Item | None

    @property
    def place(self) -> Place:
        """Where it stands, in the new run where it has it."""
        item = self.new or self.old
        return item.place if item else Place()


@dataclass(frozen=True, slots=True)
class FileChanges:
    """One file in both runs, or in one of them only (`kind` new or gone); `old` and `new` are state and cause."""

    path: str
    kind: FileKind
    old: tuple[State | None, str | None]
    new: tuple[State | None, str | None]
    changes: tuple[Change, ...] = ()

    @property
    def lost(self) -> bool:
        """Whether the file was read and is no more: gone, failed, or for a person to look at."""
        return self.old[0] == "read" and self.new[0] != "read" and self.new[0] != "duplicate"


@dataclass(frozen=True, slots=True)
class RunChanges:
    """Every file of two runs, by path."""

    files: tuple[FileChanges, ...]

    def counts(self) -> dict[str, Counter[ChangeKind]]:
        """How many values of each field appeared, vanished and changed, fields in reading order."""
        found: dict[str, Counter[ChangeKind]] = defaultdict(Counter)
        for file in self.files:
            for change in file.changes:
                found[change.measure][change.kind] += 1
        return {measure: found[measure] for measure in ORDER if measure in found}

    def files_with(self, measure: str) -> int:
        """In how many files a field differs."""
        return sum(any(change.measure == measure for change in file.changes) for file in self.files)


def compare_runs(old: Iterable[Reading], new: Iterable[Reading]) -> RunChanges:
    """Compares two runs file by file: the same path, else the same bytes under another path."""
    left, right = ({reading.path: reading for reading in side} for side in (old, new))
    moved = _moved(left, right)
    pairs = [(left.get(moved.get(path, path)), reading) for path, reading in right.items()]
    met = {before.path for before, _ in pairs if before is not None}
    gone = [(before, None) for path, before in left.items() if path not in met]
    files = [_file(before, after) for before, after in (*pairs, *gone)]
    return RunChanges(tuple(sorted(files, key=lambda file: file.path)))


def _moved(left: dict[str, Reading], right: dict[str, Reading]) -> dict[str, str]:
    """Old path by new path, of files that only changed their path."""
    by_id = {reading.plan_id: path for path, reading in left.items() if path not in right and reading.plan_id}
    return {path: by_id[r.plan_id] for path, r in right.items() if path not in left and r.plan_id in by_id}


def _file(old: Reading | None, new: Reading | None) -> FileChanges:
    known = new or old
    assert known is not None  # every pair has a side
    states = ((old.state, old.cause) if old else (None, None)), ((new.state, new.cause) if new else (None, None))
    if old is None or new is None:
        return FileChanges(known.path, "new" if old is None else "gone", *states)
    first, second = old.read(), new.read()
    changes = tuple(compare_records(first, second)) if first and second else ()
    return FileChanges(known.path, "changed" if changes or states[0] != states[1] else "same", *states, changes)


def compare_records(old: PlanRecord, new: PlanRecord) -> Iterator[Change]:
    """Every value that two records of one file do not share, fields in reading order."""
    if old.text != new.text:
        yield Change("text", "changed", _text_item(old), _text_item(new))
    left, right = items_of(old), items_of(new)
    for measure in ORDER:
        pairs = _Pairing(left.get(measure, []), right.get(measure, []), same_text=old.text == new.text)
        yield from pairs.changes(measure)


def _text_item(record: PlanRecord) -> Item:
    return Item("text", str(len(record.text)), record.text_id, place=Place(1, 0, len(record.text)))


class _Pairing:
    """The values of one field in two records: equal ones are set aside, the rest paired by wording or place."""

    def __init__(self, old: Sequence[Item], new: Sequence[Item], *, same_text: bool) -> None:
        spare = Counter(map(_signature, new))
        self.old = [item for item in old if not _take(spare, _signature(item))]
        spare = Counter(map(_signature, old))
        self.new = [item for item in new if not _take(spare, _signature(item))]
        self.same_text = same_text

    def changes(self, measure: str) -> Iterator[Change]:
        """What is left over, changed values first."""
        partner = self._partners()
        taken = set(partner.values())
        for at, item in enumerate(self.new):
            before = self.old[partner[at]] if at in partner else None
            yield Change(measure, "changed" if before else "new", before, item)
        for at, item in enumerate(self.old):
            if at not in taken:
                yield Change(measure, "gone", item, None)

    def _partners(self) -> dict[int, int]:
        single = len(self.old) == len(self.new) == 1 and self.old[0].measure.startswith(("header.", "signers."))
        if single:
            return {0: 0}
        partner: dict[int, int] = {}
        for key_of in (_wording, _start) if self.same_text else (_wording,):
            waiting: dict[object, list[int]] = defaultdict(list)
            taken = set(partner.values())
            for at in reversed(range(len(self.old))):
                if at not in taken:
                    waiting[key_of(self.old[at])].append(at)
            for at, item in enumerate(self.new):
                if at not in partner and waiting[key_of(item)]:
                    partner[at] = waiting[key_of(item)].pop()
        return partner


def _take(spare: Counter[object], signature: object) -> bool:
    """Takes one from a stock; whether there was one."""
    spare[signature] -= 1
    return spare[signature] >= 0


def _signature(item: Item) -> object:
    """All that a value says; where it stands does not count, for a changed text moves everything."""
    return item.shown, item.value, item.kind, item.also, tuple(map(_signature, item.parts))


def _wording(item: Item) -> object:
    return item.shown


def _start(item: Item) -> object:
    return item.place.start
