"""Sentences with the truth written into them, for the tests of cited documents.

`<r type='…' number='…' date='…' …>` is a reference to be found, `<d edtf>` a date and `<u>` a unit found before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.annotate.references import OwnNumber, find_references
from pipeline.knowledge import load_knowledge
from pipeline.values import DateMention, ReferenceMention, UnitMention

KNOWLEDGE = load_knowledge()
TAG = re.compile(r"<(/?)([rdu])((?:[ \w]+='[^']*')*|[ 0-9X-]*)>")
ATTRIBUTE = re.compile(r"(\w+)='([^']*)'")
SHORT_DATE = re.compile(r"ngày (\d{2})/(\d{1,2})/(\d{4})|năm (\d{4})")


@dataclass
class Sample:
    text: str = ""
    references: list[tuple[int, int, dict[str, str]]] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    units: list[UnitMention] = field(default_factory=list)


def sample(marked: str) -> Sample:
    """Takes the tags out of a marked sentence and keeps what they say."""
    found, open_tags, last = Sample(), [], 0
    for tag in TAG.finditer(marked):
        found.text += marked[last : tag.start()]
        last = tag.end()
        if not tag[1]:
            open_tags.append((tag[2], len(found.text), tag[3].strip()))
            continue
        kind, start, said = open_tags.pop()
        end = len(found.text)
        if kind == "r":
            found.references.append((start, end, dict(ATTRIBUTE.findall(said))))
        elif kind == "d":
            found.dates.append(DateMention(start, end, said, "year" if len(said) == 4 else "exact", "test"))
        else:
            found.units.append(UnitMention(start, end, found.text[start:end], "uy_ban", None, "test"))
    found.text += marked[last:]
    found.references.sort()
    return found


def found_in(marked: str, own: OwnNumber | None = None) -> tuple[Sample, tuple[ReferenceMention, ...]]:
    truth = sample(marked)
    return truth, find_references(truth.text, truth.dates, truth.units, KNOWLEDGE, own)


def one(marked: str, own: OwnNumber | None = None) -> ReferenceMention:
    _, found = found_in(marked, own)
    assert len(found) == 1, found
    return found[0]


def plain(text: str) -> tuple[ReferenceMention, ...]:
    dates = []
    for match in SHORT_DATE.finditer(text):
        day, month, year, only = match.groups()
        edtf = only or f"{year}-{int(month):02}-{day}"
        dates.append(DateMention(*match.span(), edtf, "year" if only else "exact", "test"))
    return find_references(text, dates, (), KNOWLEDGE)


def check(marked: str, own: OwnNumber | None = None) -> None:
    truth, found = found_in(marked, own)
    shown = [(truth.text[r.start : r.end], r) for r in found]
    assert [(r.start, r.end) for r in found] == [(s, e) for s, e, _ in truth.references], shown
    for mention, (_, _, wanted) in zip(found, truth.references, strict=True):
        got = {"type": mention.doc_type, "number": mention.number, "date": mention.date, "issuer": mention.issuer}
        got |= {"article": mention.article, "title": mention.title, "key": mention.key, "relation": mention.relation}
        assert {name: got[name] or "" for name in wanted} == wanted
