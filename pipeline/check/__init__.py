"""Record -> findings: what a person should look at, each with a message and a hint from the findings table."""

from __future__ import annotations

from collections.abc import Sequence

from models import Finding, PlanRecord
from pipeline.check.citations import check_references
from pipeline.check.completeness import check_closing, check_header, check_sections
from pipeline.check.consistency import check_dates, check_left_over, check_years
from pipeline.check.found import Found
from pipeline.check.reading import check_doubts
from pipeline.check.units import check_units
from pipeline.knowledge.findings import FindingRow
from pipeline.knowledge.load import Knowledge
from pipeline.values import Fault, Frame, Notice, Span

# Findings of a page or of a value: their message leaves it to the detail to say which.
_OF_PAGE_OR_VALUE = ("low_ocr_confidence",)
_ORDER = {"error": 0, "warning": 1, "info": 2}


def check(
    record: PlanRecord,
    frame: Frame,
    faults: Sequence[Fault],
    notices: Sequence[Notice],
    knowledge: Knowledge,
    doubts: Sequence[Span] = (),
) -> tuple[Finding, ...]:
    """All findings of a record, the severest first, then in reading order.

    `faults` are those of the numbering, `notices` what the reader had to tell about how it read, `doubts` the
    words it was not sure of.
    """
    found: list[Found] = [
        *check_header(record, frame),
        *check_closing(record),
        *check_sections(record, knowledge),
        *check_years(record, frame),
        *check_left_over(record),
        *check_references(record, knowledge),
        *check_dates(record),
        *check_units(record),
        *(Found(fault.code, fault.detail, fault.start, fault.end) for fault in faults),
        *_from_notices(notices),
        *check_doubts(record, doubts),
    ]
    if frame.residue:
        found.append(Found("portal_residue", str(len(frame.residue)), frame.residue[0].start, frame.residue[0].end))
    if frame.second_document is not None:
        found.append(Found("several_documents", "", frame.second_document.start, frame.second_document.end))
    rows = {row.id: row for row in knowledge.rows(FindingRow)}
    findings = [_finding(one, rows[one.code], record) for one in found]
    findings.sort(key=lambda f: (_ORDER[f.severity], f.start if f.start is not None else -1, f.code))
    return tuple(findings)


def _from_notices(notices: Sequence[Notice]) -> list[Found]:
    """One finding a code, with all its pages named."""
    pages: dict[str, list[int]] = {}
    details: dict[str, str] = {}
    for notice in notices:
        pages.setdefault(notice.code, []).extend([notice.page] if notice.page else [])
        details.setdefault(notice.code, notice.detail)
    found = []
    for code, numbers in pages.items():
        detail = ", ".join(map(str, sorted(set(numbers)))) if numbers else details[code]
        named = f"trang {detail}" if code in _OF_PAGE_OR_VALUE else detail
        found.append(Found(code, named, page=min(numbers, default=None)))
    return found


def _finding(one: Found, row: FindingRow, record: PlanRecord) -> Finding:
    page = one.page
    if page is None and one.start is not None:
        page = next((p.number for p in record.pages if p.start <= one.start < max(p.end, p.start + 1)), None)
    return Finding(
        code=one.code,
        severity=row.severity,
        message=row.message.replace("{detail}", one.detail or "…"),
        hint=row.hint,
        start=one.start,
        end=one.end,
        page=page,
        stage=row.stage,
    )
