"""Tasks of two plans matched by their wording, and what changed in a task that both have."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Sequence

from models import Actor, PlanRecord, Task
from pipeline.aggregate.comparison import Difference, Status, TaskMatch
from pipeline.aggregate.similar import Pair, Words, likeness, match_texts, yearless
from pipeline.knowledge.text import words

ALIKE = 0.45
SAME_WORDING = 0.9
SAME_ASSIGNEE = 0.05
SAME_SECTION = 0.05
_YEAR = re.compile(r"\b(?:\d{4}|XXXX)\b")
_NUMBER = re.compile(r"\d+")


class _Side:
    """The tasks of one plan, with the words they are matched by and the year their dates count from."""

    def __init__(self, record: PlanRecord) -> None:
        self.tasks = record.tasks
        self.base = _base_year(record)
        self.words = [_own_words(task) for task in record.tasks]
        roots = _titles(record)
        self.sections = [roots.get((task.section_id or "").split(".")[0], ()) for task in record.tasks]


def compare_tasks(old: PlanRecord, new: PlanRecord) -> tuple[TaskMatch, ...]:
    """The tasks of the new plan in its order, each kept, changed or new, then those of the old plan that are gone.

    A date that moved with the plan's year (15/12/2024 in a plan for 2024, 15/12/2025 in one for 2025) is no change.
    """
    left, right = _Side(old), _Side(new)
    partner: dict[int, Pair] = {}
    _match_exact(left, right, partner)
    _match_alike(left, right, partner)
    found = [
        _matched(left, right, partner[at]) if at in partner else TaskMatch("new", None, task)
        for at, task in enumerate(right.tasks)
    ]
    kept = {pair.old for pair in partner.values()}
    return (*found, *(TaskMatch("gone", task, None) for at, task in enumerate(left.tasks) if at not in kept))


def _base_year(record: PlanRecord) -> int | None:
    header = record.header
    if header.plan_years:
        return header.plan_years[0]
    issued = header.issue_date.edtf[:4] if header.issue_date else ""
    return int(issued) if issued.isdigit() else None


def _titles(record: PlanRecord) -> dict[str, Words]:
    return {section.id: yearless(section.title or section.role) for section in record.sections}


def _own_words(task: Task) -> Words:
    """The words of a task without its deadline, which is compared as a date."""
    text = task.text.replace(task.deadline.text, " ") if task.deadline else task.text
    return yearless(text) or yearless(task.text)


def _match_exact(left: _Side, right: _Side, partner: dict[int, Pair]) -> None:
    """Pair tasks of the same wording: first those of the same period and assignees too, then the others in order."""
    for with_circumstances in (True, False):
        taken = {pair.old for pair in partner.values()}
        waiting: dict[Hashable, deque[int]] = defaultdict(deque)
        for at in range(len(left.tasks)):
            if at not in taken:
                waiting[_exact_key(left, at, with_circumstances)].append(at)
        for at in range(len(right.tasks)):
            same = waiting[_exact_key(right, at, with_circumstances)]
            if at not in partner and same:
                partner[at] = Pair(same.popleft(), at, 1.0)


def _exact_key(side: _Side, at: int, with_circumstances: bool) -> Hashable:
    if not with_circumstances:
        return side.words[at]
    task = side.tasks[at]
    due = task.deadline.edtf if task.deadline else None
    return side.words[at], _actor_keys(task.assignees), _relative(task.period, side.base), _relative(due, side.base)


def _match_alike(left: _Side, right: _Side, partner: dict[int, Pair]) -> None:
    taken = {pair.old for pair in partner.values()}
    old = [at for at in range(len(left.tasks)) if at not in taken]
    new = [at for at in range(len(right.tasks)) if at not in partner]

    def bonus(first: int, second: int) -> float:
        one, other = old[first], new[second]
        same_assignee = _actor_keys(left.tasks[one].assignees) & _actor_keys(right.tasks[other].assignees)
        same_section = left.sections[one] and left.sections[one] == right.sections[other]
        return (SAME_ASSIGNEE if same_assignee else 0.0) + (SAME_SECTION if same_section else 0.0)

    for pair in match_texts([left.words[at] for at in old], [right.words[at] for at in new], ALIKE, bonus):
        partner[new[pair.new]] = Pair(old[pair.old], new[pair.new], pair.score)


def _matched(left: _Side, right: _Side, pair: Pair) -> TaskMatch:
    differences = _differences(left, right, pair)
    status: Status = "changed" if differences else "kept"
    return TaskMatch(status, left.tasks[pair.old], right.tasks[pair.new], differences, round(pair.score, 3))


def _differences(left: _Side, right: _Side, pair: Pair) -> tuple[Difference, ...]:
    old, new = left.tasks[pair.old], right.tasks[pair.new]
    found = []
    if _actor_keys(old.assignees) != _actor_keys(new.assignees):
        found.append(Difference("assignees", _names(old.assignees), _names(new.assignees)))
    if _actor_keys(old.coordinators) != _actor_keys(new.coordinators):
        found.append(Difference("coordinators", _names(old.coordinators), _names(new.coordinators)))
    due = (old.deadline.edtf if old.deadline else None, new.deadline.edtf if new.deadline else None)
    if not _same_time(due[0], left.base, due[1], right.base):
        found.append(Difference("deadline", due[0] or "", due[1] or ""))
    if not _same_time(old.period, left.base, new.period, right.base):
        found.append(Difference("period", old.period or "", new.period or ""))
    if not _same_wording(left.words[pair.old], right.words[pair.new]):
        found.append(Difference("wording", old.text, new.text))
    return tuple(found)


def _actor_keys(actors: Sequence[Actor]) -> frozenset[Words]:
    return frozenset(words(actor.name) for actor in actors)


def _names(actors: Sequence[Actor]) -> str:
    return "; ".join(dict.fromkeys(actor.name for actor in actors))


def _same_wording(old: Words, new: Words) -> bool:
    """Whether two wordings say the same: nearly all words, and every number (a target) the same."""
    if old == new:
        return True
    numbers = [Counter(word for word in side if _NUMBER.fullmatch(word)) for side in (old, new)]
    return numbers[0] == numbers[1] and likeness(old, new) >= SAME_WORDING


def _same_time(old: str | None, old_base: int | None, new: str | None, new_base: int | None) -> bool:
    """Whether two EDTF times are one as printed, or one seen from the years of their plans."""
    if old is None or new is None:
        return old == new
    if old.removeprefix("../") == new.removeprefix("../"):
        return True
    if old_base is None or new_base is None or "XXXX" in old + new:
        return _relative(old, None) == _relative(new, None)
    return _relative(old, old_base) == _relative(new, new_base)


def _relative(edtf: str | None, base: int | None) -> str | None:
    """An EDTF time with its years counted from the plan's year (`+0-12-15`), or left out where that is unknown."""
    if edtf is None:
        return None

    def from_base(year: re.Match[str]) -> str:
        return "Y" if base is None or not year[0].isdigit() else f"{int(year[0]) - base:+d}"

    return _YEAR.sub(from_base, edtf.removeprefix("../"))
