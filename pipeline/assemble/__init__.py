"""Head, mentions, tasks and closing -> the plan record."""

from __future__ import annotations

import hashlib

from models import EngineUse, Header, Page, PlanRecord, Section, SourceInfo, Task, Unit
from pipeline.assemble.closing import read_closing
from pipeline.assemble.header import OwnHead, read_head
from pipeline.assemble.issuer import find_issuers
from pipeline.assemble.mentions import make_issuer, make_measure, make_mentions, make_person, make_unit
from pipeline.assemble.places import Places
from pipeline.assemble.task_text import task_text
from pipeline.assemble.tasks_prose import tasks_from_prose
from pipeline.assemble.tasks_table import tasks_from_tables
from pipeline.assemble.unit_codes import with_codes
from pipeline.assemble.years import plan_years
from pipeline.knowledge.admin_units import places_in
from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.text import fold, squash
from pipeline.values import Annotations, Extracted, Node, NormalText, Outline, Source

_DASHES = "–—−"


def assemble(
    source: Source,
    extracted: Extracted,
    normal: NormalText,
    outline: Outline,
    head: OwnHead,
    annotations: Annotations,
    knowledge: Knowledge,
) -> PlanRecord:
    """The record of one document, without its findings and without the engine's name (the flow adds both)."""
    places = Places(normal, outline)
    closing = read_closing(normal, outline, places, extracted.signatures, knowledge)
    issuers = find_issuers(normal, outline.frame, annotations.units, head, closing, knowledge)
    issuer = make_issuer(normal.text, issuers.issuer, places) if issuers.issuer else None
    parent = make_unit(normal.text, "parent_issuer", issuers.parent, places, None) if issuers.parent else None
    mentions = make_mentions(normal, annotations, places, issuer)
    years, years_evidence = plan_years(normal, outline, mentions, places)
    evidence = dict(head.evidence) | ({"plan_years": years_evidence} if years_evidence else {})
    given = task_text(normal.text)
    tasks = tasks_from_tables(normal, given, mentions, places, knowledge)
    tasks += tasks_from_prose(normal, given, outline, mentions, places, knowledge)
    tasks.sort(key=lambda task: (task.start, task.end))
    header = Header(
        doc_type=head.doc_type,
        number=head.number,
        place=head.place,
        issue_date=head.issue_date,
        issuer=issuer,
        parent_issuer=parent,
        title=head.title,
        topic=head.topic,
        plan_years=years,
        evidence=evidence,
    )
    header, units = with_codes(normal.text, header, mentions.references, mentions.units, knowledge)
    return PlanRecord(
        plan_id=source.plan_id,
        text_id=_text_id(normal.text),
        plan_key=_plan_key(header, issuer),
        source=_source(source, extracted),
        engine="",
        text=normal.text,
        pages=_pages(normal),
        header=header,
        sections=tuple(_section(node, places) for node in outline.nodes),
        references=mentions.references,
        dates=mentions.dates,
        units=units,
        tasks=tuple(_numbered(n, task) for n, task in enumerate(tasks, 1)),
        closing=closing,
        people=tuple(make_person(normal.text, n, p, places) for n, p in enumerate(annotations.people, 1)),
        measures=tuple(make_measure(normal.text, n, m, places) for n, m in enumerate(annotations.measures, 1)),
    )


def _text_id(text: str) -> str:
    """The same for a signed and an unsigned copy: letter case, tone placement, dashes and blanks do not count."""
    folded = " ".join(fold(text).split())
    for dash in _DASHES:
        folded = folded.replace(dash, "-")
    for printed in (" - ", "- ", " -"):
        folded = folded.replace(printed, "-")
    return hashlib.sha256(folded.encode()).hexdigest()[:16]


def _numbered(number: int, task: Task) -> Task:
    return task.model_copy(update={"id": f"t{number}"})


def _section(node: Node, places: Places) -> Section:
    return Section(
        id=node.id,
        kind=node.kind,
        marker=node.marker,
        level=node.level,
        title=node.title,
        role=node.role,
        start=node.start,
        end=node.end,
        page=places.page(node.start),
        rule=node.rule,
        children=tuple(_section(child, places) for child in node.children),
    )


def _source(source: Source, extracted: Extracted) -> SourceInfo:
    engines: dict[str, list[int]] = {}
    for page in extracted.pages:
        engines.setdefault(page.engine, []).append(page.number)
    return SourceInfo(
        file_name=source.file_name,
        sha256=source.sha256,
        size_bytes=len(source.data),
        media_type=extracted.media_type,
        page_count=len(extracted.pages) or None,
        received_at=source.received_at,
        engines=tuple(EngineUse(name=name, pages=tuple(pages)) for name, pages in engines.items()),
        encoding=extracted.encoding,
    )


def _pages(normal: NormalText) -> tuple[Page, ...]:
    """Each page with the stretch of text that begins on it; a paragraph over a page break belongs to both in part."""
    starts: dict[int, int] = {}
    for anchor in normal.anchors:
        starts.setdefault(anchor.page, anchor.start)
    pages = []
    ordered = sorted(starts.items())
    bounds = dict(ordered)
    for info in normal.pages:
        start = bounds.get(info.number)
        later = [s for n, s in ordered if n > info.number and s >= (start or 0)]
        end = later[0] if later else len(normal.text)
        start = end if start is None else start
        pages.append(
            Page(
                number=info.number, start=min(start, end), end=end, width=info.width, height=info.height,
                engine=info.engine, ocr_confidence=info.ocr_confidence,
            )
        )  # fmt: skip
    return tuple(pages)


def _plan_key(header: Header, issuer: Unit | None) -> str | None:
    """Issuer, number and year, or issuer, topic and plan year: the same for all versions of one plan.

    An issuer that every place has (`BAN CHỈ ĐẠO 35`) is told apart by the body above it.
    """
    if issuer is None:
        return None
    above = header.parent_issuer
    name = squash(issuer.name if above is None or places_in(issuer.name) else f"{above.name} {issuer.name}")
    number, issued = header.number, header.issue_date
    if number is not None and number.serial is not None:
        year = issued.edtf[:4] if issued else str(number.year or "")
        return f"{name}|{squash(number.canonical)}|{year}" if year else None
    if header.topic and header.plan_years:
        return f"{name}|{header.topic}|{'-'.join(map(str, header.plan_years))}"
    return None


__all__ = ["OwnHead", "assemble", "read_head"]
