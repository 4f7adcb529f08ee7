"""The document's own head: type, number, place and date, title, topic. Cited documents are never asked for these."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models import Evidence, IssueDate, Number
from pipeline.assemble.places import Places
from pipeline.knowledge.documents import DocTypeRow
from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.numbers import parse_number
from pipeline.knowledge.text import fold
from pipeline.knowledge.topics import topics
from pipeline.values import Frame, Loose, NormalText, Outline, Span

_BLANKS = r"[.…_\s]"
_FIELD = rf"({_BLANKS}*\d{{1,4}}|{_BLANKS}*)"
_LONG_DATE = re.compile(rf"ngày{_FIELD}{_BLANKS}*tháng{_FIELD}{_BLANKS}*năm{_BLANKS}*(\d{{4}})?")
_TITLE_YEAR = re.compile(r"năm (20\d\d)\b(?!\s*[-–]\s*20\d\d)")
_ADDRESSEE = re.compile(r"^kính gửi", re.IGNORECASE | re.MULTILINE)
_LEADING_MARK = re.compile(r"^[\s*:.–-]+")
_SYMBOL_REST = re.compile(r"(?:^|\n)([A-ZĐ&-]{1,12})(?:\n|$)")


@dataclass(frozen=True, slots=True)
class OwnHead:
    """What the document says of itself above its body, before any mention is looked for."""

    doc_type: str | None
    number: Number | None
    place: str | None
    issue_date: IssueDate | None
    title: str | None
    topic: str | None
    evidence: dict[str, Evidence]
    spans: tuple[Span, ...]

    @property
    def year(self) -> int | None:
        """The year that times without a year mean: the one in the title, else the year of issue."""
        named = _TITLE_YEAR.search(fold(self.title or ""))
        if named:
            return int(named[1])
        return int(self.issue_date.edtf[:4]) if self.issue_date and self.issue_date.edtf[:4].isdigit() else None


def read_head(normal: NormalText, outline: Outline, knowledge: Knowledge) -> OwnHead:
    """Reads type, number, dateline and title from their own zones; what is blank there stays null."""
    frame, places = outline.frame, Places(normal, outline)
    evidence: dict[str, Evidence] = {}
    doc_type = _doc_type(normal, frame, knowledge, evidence, places)
    number = _number(normal, frame, doc_type, knowledge, evidence, places)
    place, issue_date = _dateline(normal, frame, evidence, places)
    title = _title(normal, frame, evidence, places)
    topic = knowledge.derived(topics).of(title) if title else None
    if topic and frame.title:
        evidence["topic"] = places.evidence(frame.title, f"topics.{topic.id}", 0.9)
    own = (frame.number_line, frame.dateline, frame.doc_type)
    return OwnHead(
        doc_type=doc_type,
        number=number,
        place=place,
        issue_date=issue_date,
        title=title,
        topic=topic.id if topic else None,
        evidence=evidence,
        spans=tuple(span for span in own if span is not None),
    )


def _doc_type(
    normal: NormalText, frame: Frame, knowledge: Knowledge, evidence: dict[str, Evidence], places: Places
) -> str | None:
    """The type line, in the type's own spelling; a letter (Kính gửi and no type line) is a công văn."""
    if frame.doc_type is not None:
        printed = " ".join(fold(normal.reading[slice(*frame.doc_type)]).split())
        evidence["doc_type"] = places.evidence(frame.doc_type, "type_line")
        for row in knowledge.rows(DocTypeRow):
            if fold(row.name) == printed:
                return row.name
        return printed[:1].upper() + printed[1:]
    head = normal.text[: frame.body.start + 400] if frame.body else normal.text[:400]
    letter = _ADDRESSEE.search(head)
    if letter is None:
        return None
    evidence["doc_type"] = places.evidence(Span(letter.start(), letter.end()), "addressee", 0.8)
    return "Công văn"


def _number(
    normal: NormalText,
    frame: Frame,
    doc_type: str | None,
    knowledge: Knowledge,
    evidence: dict[str, Evidence],
    places: Places,
) -> Number | None:
    """The own number from its line in the letterhead alone; a symbol cut by the dateline is put together."""
    if frame.number_line is None:
        return None
    raw = " ".join(normal.text[slice(*frame.number_line)].split()).strip(" *")
    whole = raw
    if raw.endswith("-") and frame.letterhead is not None:
        rest = _SYMBOL_REST.search(normal.text, frame.number_line.end, frame.letterhead.end + 1)
        whole = raw + rest[1] if rest else raw
    parsed = parse_number(whole, doc_type, knowledge)
    if parsed is None:
        return None
    source = _widget(normal, frame.number_line)
    evidence["number"] = places.evidence(frame.number_line, "number_widget" if source else "number_line")
    return Number(raw=raw, serial=parsed.serial, year=parsed.year, symbol=parsed.symbol, canonical=parsed.canonical)


def _widget(normal: NormalText, span: Span) -> Loose | None:
    """The form or signature widget whose words stand in a span, if any."""
    text = normal.text[span.start : span.end]
    for loose in normal.loose:
        words = loose.text.split()
        if words and words[0] in text and loose.page == normal.page_at(span.start) and any(c.isdigit() for c in loose.text):
            return loose
    return None


def _dateline(
    normal: NormalText, frame: Frame, evidence: dict[str, Evidence], places: Places
) -> tuple[str | None, IssueDate | None]:
    if frame.dateline is None:
        return None, None
    line = normal.text[slice(*frame.dateline)]
    found = _LONG_DATE.search(fold(line))
    if found is None:
        return None, None
    place = _LEADING_MARK.sub("", line[: found.start()]).strip(" ,.…") or None
    if place:
        evidence["place"] = places.evidence(Span(frame.dateline.start, frame.dateline.start + found.start()), "dateline")
    edtf = _edtf(found)
    if edtf is None:
        return place, None
    span = Span(frame.dateline.start + found.start(), frame.dateline.start + found.end())
    widget = _widget(normal, span)
    evidence["issue_date"] = places.evidence(span, "date_widget" if widget else "dateline")
    raw = line[found.start() : found.end()].strip()
    return place, IssueDate(raw=raw, edtf=edtf, source=widget.kind if widget else "dateline")


def _edtf(found: re.Match[str]) -> str | None:
    """`ngày … tháng 01 năm 2025` -> 2025-01-XX: what is blank stays open; without a year there is no date."""
    day, month = (re.sub(r"\D", "", group) for group in found.groups()[:2])
    if not found[3]:
        return None
    if month and not 1 <= int(month) <= 12:
        return None
    if day and not 1 <= int(day) <= 31:
        return None
    return f"{found[3]}-{int(month):02d}-{int(day):02d}" if day and month else _open(found[3], month, day)


def _open(year: str, month: str, day: str) -> str:
    return f"{year}-{f'{int(month):02d}' if month else 'XX'}-{f'{int(day):02d}' if day else 'XX'}"


def _title(normal: NormalText, frame: Frame, evidence: dict[str, Evidence], places: Places) -> str | None:
    if frame.title is None:
        return None
    evidence["title"] = places.evidence(frame.title, "below_type_line")
    return " ".join(normal.text[slice(*frame.title)].split()).strip(" *:") or None
