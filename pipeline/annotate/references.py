"""Cited documents: what is cited, by which number and date, issued by whom, and why."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.annotate.reference_bare import find_bare, find_short
from pipeline.annotate.reference_context import article_before, basis_sections, relation_of
from pipeline.annotate.reference_keys import province_of, with_own_keys
from pipeline.annotate.reference_laws import find_laws
from pipeline.annotate.reference_links import linked
from pipeline.annotate.reference_numbers import find_numbered
from pipeline.annotate.reference_reading import Found, OwnNumber, Reading
from pipeline.annotate.reference_tail import title_at
from pipeline.annotate.reference_titles import find_meetings, find_oral, find_titled
from pipeline.knowledge.document_keys import status_at
from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.text import squash
from pipeline.values import DateMention, ReferenceMention, UnitMention

_JOINTS = ("và ", ", ", "; ", "(")
_OWN_SERIAL = re.compile(r"[0-9]+[a-zđ]?")
_ENCLOSED_WITH = ("kèm theo ", "ban hành kèm ", "kèm ")


def find_references(
    text: str,
    dates: Sequence[DateMention],
    units: Sequence[UnitMention],
    knowledge: Knowledge,
    own: OwnNumber | None = None,
) -> tuple[ReferenceMention, ...]:
    """The documents that a text cites, in reading order and without overlaps.

    `text` is NFC with a newline or tab between paragraphs and cells; `dates` and `units` are its mentions in reading
    order; `own` says what the plan itself is. Offsets are code points; a span runs from the type word to the last of
    number and date, and never crosses a newline or tab.
    """
    reading = Reading.of(text, dates, units, knowledge, own)
    numbered = find_numbered(reading)
    found = _without_overlaps(
        find_laws(reading),
        numbered,
        find_meetings(reading),
        find_bare(reading),
        find_short(reading, numbered),
        find_titled(reading),
        find_oral(reading),
    )
    kept = _without_own_serial([each for each in found if not _is_own(reading, each, own)], own)
    described = [_described(reading, each, limit) for each, limit in _with_limits(kept, len(text))]
    province = (own.province if own else None) or province_of(reading)
    keyed = linked(reading, with_own_keys(reading, described, province))
    sections = basis_sections(reading)
    return tuple(_mention(reading, each, sections) for each in keyed)


def _with_limits(found: list[Found], end: int) -> Iterator[tuple[Found, int]]:
    """Each citation with the start of the next one, or the end of the text."""
    return zip(found, [*(each.start for each in found[1:]), end], strict=False)


def _described(reading: Reading, found: Found, limit: int) -> Found:
    return replace(found, article=article_before(reading, found.start), title=_title(reading, found, limit))


def _without_overlaps(*kinds: Iterable[Found]) -> list[Found]:
    """All citations in reading order; where two overlap, the one of the earlier kind stays."""
    kept: list[Found] = []
    for kind in kinds:
        starts = [each.start for each in kept]
        fresh: list[Found] = []
        for each in kind:
            index = bisect_right(starts, each.start)
            before_free = index == 0 or kept[index - 1].end <= each.start
            after_free = index == len(kept) or each.end <= kept[index].start
            if before_free and after_free and (not fresh or fresh[-1].end <= each.start):
                fresh.append(each)
        kept = sorted(kept + fresh, key=lambda each: each.start)
    return kept


def _is_own(reading: Reading, found: Found, own: OwnNumber | None) -> bool:
    """Whether a mention is the plan itself: in its header, by its number, or as what an annex is enclosed with."""
    if own is None:
        return False
    if any(zone.start <= found.start < zone.end for zone in own.spans):
        return True
    if found.number is None or found.doc_type != own.doc_type:
        return False
    if _dated_otherwise(found, own):
        return False
    same = own.canonical is not None and squash(own.canonical) == squash(found.number.canonical)
    if same:
        return not _is_followed(reading, found)
    before = reading.folded[max(0, found.start - 16) : found.start]
    blank = own.canonical is None or own.canonical[:1] in "/-"
    return blank and before.endswith(_ENCLOSED_WITH)


def _without_own_serial(found: list[Found], own: OwnNumber | None) -> list[Found]:
    """The citations without those that mean the plan by its serial alone (Kế hoạch số 12), where nothing else bears it."""
    serial = _OWN_SERIAL.match((own.canonical or "") if own else "")
    if own is None or serial is None:
        return found
    printed = serial[0].lstrip("0")
    numbers = (each.number for each in found if each.doc_type == own.doc_type)
    if any(number is not None and (number.serial or "").lstrip("0") == printed for number in numbers):
        return found
    return [
        each
        for each in found
        if each.number is not None
        or each.date is not None
        or each.doc_type != own.doc_type
        or (each.printed_number or "").lstrip("0") != printed
    ]


def _dated_otherwise(found: Found, own: OwnNumber) -> bool:
    """Whether a citation's date contradicts the plan's own as far as both are known (XX stands for any day)."""
    if not found.date or not own.date:
        return False
    pairs = zip(found.date.split("-"), own.date.split("-"), strict=False)
    return any(a != b and "X" not in a + b for a, b in pairs)


def _is_followed(reading: Reading, found: Found) -> bool:
    """Whether the plan says that it rests on the document: then it is another one that bears the same number."""
    before = reading.folded[max(reading.line_start(found.start), found.start - 12) : found.start]
    return before.rstrip().endswith(("căn cứ", "thực hiện", "thi hành"))


def _mention(reading: Reading, found: Found, sections: list[tuple[int, int]]) -> ReferenceMention:
    status, replaced_by = status_at(reading.knowledge, found.key, reading.issued)
    return ReferenceMention(
        start=found.start,
        end=found.end,
        doc_type=found.doc_type,
        rule=found.rule,
        number=found.printed_number,
        date=found.date,
        issuer=found.issuer,
        title=found.title,
        article=found.article,
        relation=relation_of(reading, found, sections),
        key=found.key,
        candidates=found.candidates,
        status=status,
        replaced_by=replaced_by,
        confidence=found.confidence,
    )


def _title(reading: Reading, found: Found, limit: int) -> str | None:
    """The title; a citation that it contains belongs to it, one that follows after "và" or a comma does not."""
    joint = reading.text[max(found.after, limit - 5) : limit]
    ends = limit if joint.endswith(_JOINTS) else len(reading.text)
    return title_at(reading, found.after, max(ends, found.after), identified=bool(found.date or found.issuer))


__all__ = ["OwnNumber", "find_references"]
