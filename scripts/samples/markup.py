"""Sentences that carry their own truth: tags around a mention say what it is, and never reach the published text.

    <ref Nghị định; 98/2023/NĐ-CP; 2023-12-31; Chính phủ>Nghị định số 98/2023/NĐ-CP <date>ngày 31/12/2023</date></ref>
        a cited document: type; number; EDTF date; issuer: leave a field empty where the text does not tell it
    <opt>Luật Thi đua</opt>             a mention that a reader may list as a reference or pass over
    <date 2025-06>tháng 6/2025</date>   a time and its EDTF; `null` where EDTF has no form; without a value inside a
                                        <ref> it is that document's date; a second word `due` makes it the deadline of
                                        its task, `period` the period of the tasks below it
    <task>…</task>                      what somebody has to do
    <who>…</who>  <with>…</with>        who does it, and who helps
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TAG = re.compile(r"<(/?)(ref|opt|date|task|who|with)\b([^<>]*)>")
BREAK = " // "


class MarkupError(ValueError):
    """A tag is unknown, not closed, or closed in the wrong order."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One tagged stretch: `args` are the words after the tag's name; offsets count in the plain text."""

    kind: str
    args: tuple[str, ...]
    start: int
    end: int
    raw: str
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """A line without its tags (`text`, in which ` // ` still marks a forced line break) and what the tags said."""

    text: str
    marks: tuple[Mark, ...]

    @property
    def joined(self) -> str:
        """The text on one line."""
        return joined(self.text)

    def of(self, *kinds: str) -> list[Mark]:
        """The marks of some kinds, in the order in which they begin."""
        return [mark for mark in self.marks if mark.kind in kinds]


def joined(text: str) -> str:
    """The text with forced line breaks turned into blanks."""
    return text.replace(BREAK, " ")


def arguments(kind: str, text: str) -> tuple[str, ...]:
    """The fields of a tag: parted by `;` in a reference, by blanks elsewhere."""
    if kind == "ref":
        fields = tuple(field.strip() for field in text.split(";"))
        if len(fields) != 4:
            raise MarkupError(f"<ref{text}> needs four fields: type; number; date; issuer")
        return fields
    return tuple(text.split())


def parse(line: str) -> Marked:
    """Part a line into its plain text and its marks. Raises MarkupError on a tag that does not fit."""
    plain, open_tags, marks, position = "", list[tuple[str, tuple[str, ...], int]](), list[Mark](), 0
    for tag in TAG.finditer(line):
        plain += line[position : tag.start()]
        position = tag.end()
        closing, kind, rest = tag.groups()
        if not closing:
            open_tags.append((kind, arguments(kind, rest), len(plain)))
            continue
        if not open_tags or open_tags[-1][0] != kind:
            raise MarkupError(f"</{kind}> closes nothing in: {line[:90]}")
        _, args, start = open_tags.pop()
        outer = next((found for name, found, _ in reversed(open_tags) if name == "ref"), ())
        marks.append(Mark(kind, args, start, len(plain), joined(plain[start:]), outer))
    plain += line[position:]
    if open_tags or re.search(r"</?[a-z]+[ >]", plain):
        raise MarkupError(f"a tag is open or unknown in: {line[:90]}")
    return Marked(plain, tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end))))
