"""Who, with whom and by when where an item says so in fields of its own.

`- Đơn vị chủ trì: …`, `- Thời gian: …` below an item, behind it in its paragraph, or in brackets at its end
(`(Công an xã chủ trì, xong trước 15/9)`). The names of the fields are those of the columns of task tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models import Actor, Date
from pipeline.assemble.actors import cut_cell, trimmed
from pipeline.assemble.mentions import Mentions
from pipeline.assemble.task_text import TaskText
from pipeline.assemble.task_words import deadline
from pipeline.knowledge.tasks import ColumnRole, TaskColumns, TaskWords
from pipeline.values import Span

_FIELD = re.compile(r"(?P<field>[ \t]*(?:[-–+•*][ \t]*)?(?P<name>[^\W\d_][^:;.,()\n]{2,44}?)[ \t]*:[ \t]*)")
_FURTHER_FIELD = re.compile(rf"[\n.;(]{_FIELD.pattern}")
_BRACKETS = re.compile(r"[(\[](?P<said>[^()\[\]\n]{4,240})[)\]]")
_PART = re.compile(
    r"\s*(?:chủ trì(?: thực hiện)?|phụ trách(?: chung)?|thực hiện(?: thường xuyên)?|đảm nhiệm|đảm nhận|tham mưu|"
    r"phối hợp(?: thực hiện)?)$"
)
_SAID_PART = re.compile(r"(?:chủ trì|phối hợp|thực hiện)\s*:\s*\S")
_TIME_CLAUSE = re.compile(
    r"(?:hoàn thành|xong|trước|chậm nhất|muộn nhất|trong|từ|đến|thời gian|thời hạn|ngày|tháng|quý|tuần|dự kiến|\d)"
)
_LEAD_IN, _LONGEST_NAME = 6, 12
_CLAUSE = re.compile(r"\s*[;,]\s*")
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Fields:
    """What the fields of an item say; `start` is where the first of them begins (code points)."""

    start: int
    lead: tuple[Actor, ...]
    support: tuple[Actor, ...]
    deadline: Date | None
    product: Span | None = None


class FieldReader:
    """Reads the fields of a stretch of text."""

    def __init__(self, given: TaskText, mentions: Mentions, columns: TaskColumns, words: TaskWords) -> None:
        self._given, self._mentions, self._columns, self._words = given, mentions, columns, words
        self._text = given.text
        self._read: dict[Span, Fields | None] = {}

    def read(self, span: Span) -> Fields | None:
        """The fields in a span; None where none of them names who is in charge. Each span is read once."""
        if span not in self._read:
            self._read[span] = self._fields_of(span)
        return self._read[span]

    def _fields_of(self, span: Span) -> Fields | None:
        found = list(self._fields(span))
        named = [value for role, _, value in found if role == "lead"]
        if not named:
            return self._in_brackets(span)
        lead, support = self._actors(named)
        helping = self._actors([value for role, _, value in found if role == "support"])
        # `Thời hạn: …` may be a part of the time itself, so the field's name is looked at too.
        times = [deadline_in(Span(start, value.end), self._mentions) for role, start, value in found if role == "time"]
        due = next((date for date in times if date is not None), None)
        if not lead:
            return None
        product = next((value for role, _, value in found if role == "product" and value.end > value.start), None)
        return Fields(found[0][1], tuple(lead), (*support, *helping[0], *helping[1]), due, product)

    def _fields(self, span: Span) -> Iterator[tuple[ColumnRole | None, int, Span]]:
        """Each field's role, where it begins, and its value: up to the next field or the end of its paragraph."""
        text = self._text
        heads = list(self._heads(span)) if text.find(":", span.start, span.end) >= 0 else []
        for number, head in enumerate(heads):
            role = self._columns.field(head["name"]) if len(head["name"].split()) <= _MOST_WORDS else None
            if role in ("lead", "support", "time", "product"):
                end = heads[number + 1].start("field") if number + 1 < len(heads) else span.end
                stop = text.find("\n", head.end(), end)
                yield role, head.start("field"), trimmed(text, Span(head.end(), end if stop < 0 else stop))

    def _heads(self, span: Span) -> Iterator[re.Match[str]]:
        """The names of fields: what the span begins with, and what stands behind a mark or at the head of a line."""
        first = _FIELD.match(self._text, span.start, span.end)
        if first is not None:
            yield first
        yield from _FURTHER_FIELD.finditer(self._text, first.end() if first else span.start, span.end)

    def _actors(self, values: list[Span]) -> tuple[list[Actor], list[Actor]]:
        lead: list[Actor] = []
        support: list[Actor] = []
        for value in values:
            named, helping = cut_cell(self._given, [value], self._mentions.units_in(value), self._words)
            lead += named
            support += helping
        return lead, support

    def _in_brackets(self, span: Span) -> Fields | None:
        """`(Công an xã chủ trì, Đoàn Thanh niên phối hợp, xong trước 15/9)`: brackets that say nothing but who and when."""
        if all(self._text.find(mark, span.start, span.end) < 0 for mark in ")]"):
            return None
        for brackets in reversed(list(_BRACKETS.finditer(self._text, span.start, span.end))):
            clauses = list(self._clauses(Span(*brackets.span("said"))))
            kinds = [self._kind(clause) for clause in clauses]
            ends = not self._text[brackets.end() : span.end].strip(" .;,\n")
            bare = ends and self._text[span.start : brackets.start()].rstrip().endswith((".", ";"))
            told = {"part"} <= set(kinds) or ("actor" in kinds and (bare or "time" in kinds))
            if None in kinds or not told:
                continue
            lead, support = self._actors([clause for clause, kind in zip(clauses, kinds, strict=True) if kind != "time"])
            if lead:
                return Fields(brackets.start(), tuple(lead), tuple(support), deadline(self._given, span, self._mentions))
        return None

    def actors_alone(self, span: Span) -> tuple[Actor, ...]:
        """The actors of a stretch that says nothing but who and when (`Phòng Nghiệp vụ, quý I/2024`); else none."""
        clauses = list(self._clauses(trimmed(self._text, span)))
        kinds = [self._kind(clause) for clause in clauses]
        if None in kinds or kinds[0] not in ("actor", "part"):
            return ()
        return tuple(self._actors([clause for clause, kind in zip(clauses, kinds, strict=True) if kind != "time"])[0])

    def _kind(self, clause: Span) -> str | None:
        """What a clause in brackets says: a time, an actor with its part, an actor alone; None where it says more."""
        words = self._given.folded[clause.start : clause.end].strip()
        if _TIME_CLAUSE.match(words) and self._mentions.dates_in(clause):
            return "time"
        units = [u for u in self._mentions.units_in(clause) if u.start - clause.start <= _LEAD_IN]
        if _SAID_PART.match(words):
            return "part"
        part = _PART.search(words)
        name = words[: part.start()] if part else words
        if units and part is None:
            return "actor" if clause.end - max(u.end for u in self._mentions.units_in(clause)) <= 1 else None
        known = units or self._words.actor.match(name) or name.startswith("các ")
        return ("part" if part else "actor") if known and len(name.split()) <= _LONGEST_NAME else None

    def _clauses(self, inside: Span) -> Iterator[Span]:
        start, units = inside.start, self._mentions.units_in(inside)
        for mark in _CLAUSE.finditer(self._text, inside.start, inside.end):
            if not any(u.start < mark.start() and mark.end() < u.end for u in units):
                yield trimmed(self._text, Span(start, mark.start()))
                start = mark.end()
        yield trimmed(self._text, Span(start, inside.end))


def deadline_in(value: Span, mentions: Mentions) -> Date | None:
    """The time that a cell or field of times names: a day or deadline before anything longer; an impossible day is none."""
    dates = [d for d in mentions.dates_in(value) if d.kind != "anniversary" and _tells_when(d)]
    return next((d for d in dates if d.kind in ("deadline", "exact")), next(iter(dates), None))


def _tells_when(date: Date) -> bool:
    return bool(date.edtf or date.recurrence or date.end_date or date.kind == "relative")
