"""Compares records with gold read by hand: what was found, what was missed, what was found wrongly.

Strict on purpose: a heading counts with marker and title, a citation with type, number and date, a task with its text,
its actors, deadline and period. Letter case, dashes, blanks and tone placement do not count. Where gold lists mentions as
optional, finding them is neither right nor wrong.

Tasks are also measured one thing at a time. A found task is the gold's when four fifths of the words of the shorter text stand
in the longer one; the likest pairs are joined first, each task once. Then `task_rows` counts joined tasks, `task_assignees`
those whose assignees are all named and no other, `task_deadlines` deadlines (EDTF) of joined tasks, `task_coordinators` names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from models import PlanRecord, Section, Task
from pipeline.knowledge.text import squash, words

Gold = dict[str, Any]
_COMMITTEE = re.compile(r"\bubnd\b")
_EDGE = " .,;:()\"“”'"


@dataclass
class Score:
    """Counts and names of hits, misses and wrong finds per measure."""

    hits: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)

    def compare(self, measure: str, want: set[str], got: set[str], *, exhaustive: bool) -> None:
        """Counts a set of expected values against those found."""
        self.hits[measure] += len(want & got)
        self.missed += [(measure, value) for value in sorted(want - got)]
        if exhaustive:
            self.wrong += [(measure, value) for value in sorted(got - want)]

    def recall(self, measure: str) -> float:
        """Share of the expected values that were found."""
        missed = sum(m == measure for m, _ in self.missed)
        return self.hits[measure] / max(1, self.hits[measure] + missed)

    def precision(self, measure: str) -> float:
        """Share of the found values that were expected, where the gold lists everything."""
        wrong = sum(m == measure for m, _ in self.wrong)
        return self.hits[measure] / max(1, self.hits[measure] + wrong)


def key(value: object) -> str:
    """A value for comparison."""
    return _COMMITTEE.sub("ủy ban nhân dân", squash(str(value or ""))).strip(_EDGE)


def score(record: PlanRecord, gold: Gold, total: Score) -> None:
    """Adds one record's hits and misses to the total."""
    exhaustive = bool(gold.get("exhaustive"))
    want, got = _header(record, gold)
    total.compare("header", want, got & want, exhaustive=True)
    headings = list(_headings(record.sections))
    total.compare(
        "sections",
        {key(m) + " " + key(t) for m, t, _, _ in gold["sections"]},
        {key(s.marker) + " " + key(s.title) for s in headings},
        exhaustive=exhaustive,
    )
    roles = {key(s.marker) + " " + key(s.title): s.role for s in headings}
    for marker, title, role, _ in gold["sections"]:
        name = key(marker) + " " + key(title)
        if role and name in roles:
            total.compare("roles", {f"{name}: {role}"}, {f"{name}: {roles[name]}"}, exhaustive=False)
    total.compare(
        "references",
        {_reference(t, n, d) for _, t, n, d, _ in gold["references"] if n},
        {_reference(r.doc_type, r.number, r.date) for r in record.references if r.number and not _optional(r.text, gold)},
        exhaustive=True,
    )
    dates = {str(e) for _, e in gold["dates"] if e}
    passed_over = {e for _, e in gold.get("dates_optional", [])} - dates
    total.compare("dates", dates, {str(d.edtf) for d in record.dates if d.edtf} - passed_over, exhaustive=exhaustive)
    _score_units(record, gold, total)
    total.compare("findings", set(gold.get("warnings", [])), {f.code for f in record.findings}, exhaustive=False)
    total.compare("tasks", {_gold_task(t) for t in gold.get("tasks", [])}, {_task(t) for t in record.tasks}, exhaustive="tasks" in gold)
    if "tasks" in gold:
        _score_task_fields(record.tasks, gold["tasks"], total)


def _optional(text: str, gold: Gold) -> bool:
    return any(key(text) in key(passed) or key(passed) in key(text) for passed in gold.get("references_optional", []))


def _score_units(record: PlanRecord, gold: Gold, total: Score) -> None:
    want = {key(u) for u in gold["units"]}
    names = {key(u.text) for u in record.units} | {key(u.name) for u in record.units}
    total.compare("units", want, names, exhaustive=False)
    if gold.get("exhaustive") and "units_optional" in gold:
        passed_over = [key(u) for u in gold["units_optional"]]
        others = {key(u.text) for u in record.units} - want
        total.wrong += [("units", text) for text in sorted(others) if not any(text in passed for passed in passed_over)]


def _score_task_fields(found: tuple[Task, ...], gold: list[Gold], total: Score) -> None:
    """One row of each kind per task; a row begins with the gold's text, or the found one where gold has no such task."""
    joined = join_tasks([task.text for task in found], [task["text"] for task in gold])
    labels = [f"{number} {task['text'][:60]}" for number, task in enumerate(gold)]
    got = [(labels[joined[i]] if i in joined else f"+{i} {task.text[:60]}", task) for i, task in enumerate(found)]
    total.compare("task_rows", set(labels), {label for label, _ in got}, exhaustive=True)
    total.compare(
        "task_assignees",
        {f"{label} | {_names(task['assignees'])}" for label, task in zip(labels, gold, strict=True)},
        {f"{label} | {_names(a.text for a in task.assignees)}" for label, task in got},
        exhaustive=True,
    )
    total.compare(
        "task_deadlines",
        {f"{label} | {task['deadline']}" for label, task in zip(labels, gold, strict=True) if task["deadline"]},
        {f"{label} | {task.deadline.edtf}" for label, task in got if task.deadline and task.deadline.edtf},
        exhaustive=True,
    )
    total.compare(
        "task_coordinators",
        {f"{label} | {key(name)}" for label, task in zip(labels, gold, strict=True) for name in task["coordinators"]},
        {f"{label} | {key(a.text)}" for label, task in got for a in task.coordinators},
        exhaustive=True,
    )


def join_tasks(found: list[str], gold: list[str]) -> dict[int, int]:
    """Which found task is which of the gold: index of the found to index of the gold, each used once, likest first."""
    pairs = []
    for i, one in enumerate(found):
        for j, other in enumerate(gold):
            a, b = set(words(one)), set(words(other))
            common = len(a & b)
            if common and common >= 0.8 * min(len(a), len(b)):
                pairs.append((-2 * common / (len(a) + len(b)), i, j))
    joined: dict[int, int] = {}
    for _, i, j in sorted(pairs):
        if i not in joined and j not in joined.values():
            joined[i] = j
    return joined


def _names(names: Iterable[str]) -> str:
    return "; ".join(sorted({key(name) for name in names}))


def _headings(sections: tuple[Section, ...]) -> list[Section]:
    found = []
    for section in sections:
        if section.kind == "heading" and section.role != "phu_luc":
            found.append(section)
        found += _headings(section.children)
    return found


def _reference(doc_type: str, number: str | None, date: str | None) -> str:
    return f"{key(doc_type)} {key(number)} {date or ''}"


def _header(record: PlanRecord, gold: Gold) -> tuple[set[str], set[str]]:
    header = record.header
    signer = record.closing.signers[0] if record.closing.signers else None
    got = {
        "doc_type": header.doc_type,
        "number": header.number.canonical if header.number else None,
        "place": header.place,
        "issue_date": header.issue_date.edtf if header.issue_date else None,
        "issuer": header.issuer.name if header.issuer else None,
        "title": header.title,
        "plan_years": list(header.plan_years),
        "signer": signer.name if signer else None,
        "position": signer.position if signer else None,
        "authority": signer.authority if signer else None,
        "recipients": len(record.closing.recipients),
    }
    want = {name: gold[name] for name in got if name in gold and name not in ("signer", "position", "authority")}
    if "signer" in gold:
        want |= {"signer": gold["signer"]["name"], "position": gold["signer"]["position"], "authority": gold["signer"]["authority"]}
    return {f"{n}: {key(v)}" for n, v in want.items()}, {f"{n}: {key(v)}" for n, v in got.items()}


def _gold_task(task: Gold) -> str:
    return _joined(task["text"], task["assignees"], task["deadline"], task["period"])


def _task(task: Any) -> str:
    return _joined(task.text, [a.text for a in task.assignees], task.deadline.edtf if task.deadline else None, task.period)


def _joined(text: str, actors: list[str], deadline: str | None, period: str | None) -> str:
    return f"{key(text)} | {'; '.join(sorted(key(a) for a in actors))} | {deadline or ''} | {period or ''}"
