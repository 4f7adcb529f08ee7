"""Gold from a plan's data: what the hand-written tags and the `[gold]` table say, and nothing read by the program.

How the gold was written:
- A reference runs from its type word to the last of number and date; `dates` lists the dates inside references too.
- A task is the whole item without its bullet and without the label in front of it ("3. Công an xã: …"). Its assignees
  are those named in the item or the table row, else those of the label or heading above it. Its deadline is the time
  marked `due` in its item or row; its period the quarter row above it.
- `units` is a list by hand in the `[gold]` table: a sample, or everything where `exhaustive` stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from samples.markup import Mark, Marked
from samples.plan import Heading, Paragraph, Plan, Table

HEAD_FIELDS = ("doc_type", "number", "place", "issue_date", "issuer", "title", "signer", "recipients")


def edtf(mark: Mark) -> str | None:
    """The EDTF of a date mark: its own, else that of the reference it stands in; None for `null`."""
    value = mark.args[0] if mark.args else mark.within[2]
    return None if value == "null" else value


def references(plan: Plan) -> list[list[str | None]]:
    """[raw, type, number, date, issuer] of every cited document, in reading order."""
    marks = [mark for line in plan.lines() for mark in line.of("ref")]
    return [[mark.raw, *(value or None for value in mark.args)] for mark in marks]


def dates(plan: Plan) -> list[list[str | None]]:
    """[raw, EDTF] of every time, each pair once."""
    marks = [mark for line in plan.lines() for mark in line.of("date")]
    return [list(pair) for pair in dict.fromkeys((mark.raw, edtf(mark)) for mark in marks)]


def actors(lines: tuple[Marked, ...], kind: str) -> list[str]:
    """The texts marked `who` or `with` in some lines, each once."""
    return list(dict.fromkeys(mark.raw for line in lines for mark in line.of(kind)))


def marked_time(lines: tuple[Marked, ...], use: str) -> str | None:
    """The EDTF of the first date marked `due` or `period` in some lines."""
    return next((edtf(mark) for line in lines for mark in line.of("date") if use in mark.args), None)


@dataclass
class TaskReader:
    """Collects tasks in reading order; remembers who was named above and which quarter the rows belong to."""

    above: tuple[Marked, ...] = ()
    period: str | None = None

    def read(self, lines: tuple[Marked, ...], origin: str) -> Iterator[dict[str, Any]]:
        """The tasks of one paragraph or one table row."""
        period = marked_time(lines, "period")
        tasks = [mark for line in lines for mark in line.of("task")]
        if not tasks and period:
            self.period = period
        if not tasks and actors(lines, "who"):
            self.above = lines
        for task in tasks:
            yield {
                "text": task.raw.rstrip(" .;"),
                "assignees": actors(lines, "who") or actors(self.above, "who"),
                "coordinators": actors(lines, "with"),
                "deadline": marked_time(lines, "due"),
                "period": period or self.period,
                "origin": origin,
            }

    def read_plan(self, plan: Plan) -> Iterator[dict[str, Any]]:
        """The tasks of a whole plan."""
        for block in (*plan.body, *plan.appendix):
            if isinstance(block, Table):
                for row in block.rows:
                    yield from self.read(row, "table")
                self.period = None
            elif isinstance(block, Heading):
                self.above = ()
                yield from self.read((block.line,), "prose")
            elif isinstance(block, Paragraph):
                yield from self.read((block.line,), "prose")


def quarter_rows(plan: Plan) -> dict[str, int]:
    """Number of tasks under each quarter row of the task tables: {"Q1": 6, …}."""
    counts: dict[str, int] = {}
    for task in TaskReader().read_plan(plan):
        if task["origin"] == "table" and task["period"] and task["period"][-2:] in {"33", "34", "35", "36"}:
            key = f"Q{int(task['period'][-2:]) - 32}"
            counts[key] = counts.get(key, 0) + 1
    return counts


def build(plan: Plan) -> dict[str, Any]:
    """The gold of a plan, in the order in which people read it."""
    headings = [block for block in plan.body if isinstance(block, Heading)]
    tasks = list(TaskReader().read_plan(plan))
    gold: dict[str, Any] = {"file": plan.file} | {name: plan.gold.get(name) for name in HEAD_FIELDS}
    gold["signer"] = {"name": None, "position": None, "authority": None} | plan.gold["signer"]
    gold |= {name: plan.gold[name] for name in ("plan_years",) if name in plan.gold}
    gold["sections"] = [[head.marker, head.title, head.role, head.level] for head in headings]
    gold["references"] = references(plan)
    gold["references_optional"] = [mark.raw for line in plan.lines() for mark in line.of("opt")]
    gold["dates"] = dates(plan)
    gold["units"] = plan.gold["units"]
    gold["assignees"] = list(dict.fromkeys(name for task in tasks for name in task["assignees"]))
    gold["tasks"] = tasks
    if quarters := quarter_rows(plan):
        gold["table_tasks"] = quarters
    gold["warnings"] = plan.gold.get("warnings", [])
    if "scan" in plan.render:
        gold["scanned"] = True
    if plan.gold.get("exhaustive"):
        gold["exhaustive"] = True
    if plan.gold.get("note"):
        gold["note"] = plan.gold["note"]
    return gold
