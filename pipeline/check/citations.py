"""Cited documents that do not fit: dates against number, table or one another, and documents replaced before the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models import PlanRecord, Reference
from pipeline.check.found import Found
from pipeline.knowledge.document_keys import Act, Acts
from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.text import fold

_SYMBOL_YEAR = re.compile(r"^[\d.]+[a-zđ]?/(\d{4})/")
_SAID_REPLACED = re.compile(r"[^;\n]{0,60}?(?:thay thế|hết hiệu lực|bãi bỏ)")
_LOOKING_BACK = re.compile(r"(?:tổng kết|sơ kết|kết quả|đánh giá|trước đây)[^.;\n]*$")
_WINDOW = 120


def check_references(record: PlanRecord, knowledge: Knowledge) -> Iterator[Found]:
    """Citations dated against their own number or the table, one number with two dates, and documents replaced before."""
    yield from _misdated(record, knowledge)
    yield from _two_dates(record)
    yield from _replaced(record)


def _misdated(record: PlanRecord, knowledge: Knowledge) -> Iterator[Found]:
    """The year in a number is the year of its date (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3); the table has the day."""
    said: set[tuple[str, str]] = set()
    for reference in record.references:
        name = (fold(reference.number or reference.text), reference.date or "")
        detail = _against_number(reference) or _against_table(reference, knowledge)
        if detail is not None and name not in said:
            said.add(name)
            yield Found("reference_date_conflict", detail, reference.start, reference.end)


def _against_number(reference: Reference) -> str | None:
    found = _SYMBOL_YEAR.match(reference.number or "")
    if found and reference.date and reference.date[:4].isdigit() and reference.date[:4] != found[1]:
        return f"{reference.number} nhưng ghi ngày {_shown(reference.date)}"
    return None


def _against_table(reference: Reference, knowledge: Knowledge) -> str | None:
    act = _act(reference, knowledge)
    if act is None or act.date is None or not act.verified or not reference.date or "X" in reference.date:
        return None
    if act.date.isoformat().startswith(reference.date):
        return None
    # A law is cited by the year of its amendment too (Luật Thi đua, khen thưởng năm 2013).
    if len(reference.date) < len("2025-01-01") and reference.number is None:
        return None
    name = f"{reference.doc_type} {reference.number}" if reference.number else reference.text
    return f"{name} ghi ngày {_shown(reference.date)}, văn bản này ban hành ngày {_shown(act.date.isoformat())}"


def _act(reference: Reference, knowledge: Knowledge) -> Act | None:
    """The act of the tables that a citation means; one that fits but for its date stands alone among its candidates."""
    by_key = knowledge.derived(Acts.of).by_key
    if reference.key is not None:
        return by_key.get(reference.key)
    dated = reference.date is not None and len(reference.candidates) == 1
    return by_key.get(reference.candidates[0]) if dated else None


def _two_dates(record: PlanRecord) -> Iterator[Found]:
    dated: dict[tuple[str, str], Reference] = {}
    for reference in record.references:
        if not reference.number or not reference.date or len(reference.date) < len("2025-01-01"):
            continue
        first = dated.setdefault((fold(reference.doc_type), fold(reference.number)), reference)
        if first.date != reference.date and _alike(first, reference):
            detail = f"{reference.doc_type} {reference.number} ghi ngày {_shown(first.date)} và {_shown(reference.date)}"
            yield Found("reference_date_conflict", detail, reference.start, reference.end)


def _alike(first: Reference, second: Reference) -> bool:
    """A number restarts every year, so two dates may be two documents; in the year or the day alone they are a slip."""
    a, b = (first.date or ""), (second.date or "")
    return a[4:] == b[4:] or a[:7] == b[:7]


def _replaced(record: PlanRecord) -> Iterator[Found]:
    """Each document once that had been replaced on the plan's day; none where the plan's day is unknown."""
    said: set[str] = set()
    if record.header.issue_date is None:
        return
    for reference in record.references:
        if reference.status != "replaced" or not reference.replaced_by or reference.key is None or reference.key in said:
            continue
        if not _rests_on(record, reference):
            continue
        said.add(reference.key)
        detail = f"{reference.text} (thay bằng {reference.replaced_by})"
        yield Found("replaced_reference", detail, reference.start, reference.end)


def _rests_on(record: PlanRecord, reference: Reference) -> bool:
    """Whether the plan still goes by the document: it does not replace it, look back at it or say that it was replaced."""
    if reference.relation in ("amends", "replaces"):
        return False
    before = fold(record.text[max(0, reference.start - _WINDOW) : reference.start]).rpartition("\n")[2]
    after = fold(record.text[reference.end : reference.end + _WINDOW])
    return not (_LOOKING_BACK.search(before) or _SAID_REPLACED.match(after))


def _shown(edtf: str | None) -> str:
    return "/".join(reversed((edtf or "").split("-")))
