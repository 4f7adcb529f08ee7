"""The sheet `Căn cứ – viện dẫn`: which plan cites what, and how many plans cite the same document."""

from __future__ import annotations

from collections import defaultdict

from models import PlanRecord, Reference
from pipeline.knowledge.columns import columns_of
from pipeline.knowledge.wording import document_name
from pipeline.report.material import Material
from pipeline.report.workbook_plans import day_cell
from pipeline.report.workbook_sheet import Book, Cell, Cells, Tone, write_table

TITLE = "Căn cứ – viện dẫn"
_WEIGHT = {"basis": 0, "implements": 1, "replaces": 2, "amends": 3, "mentions": 4}


def write_citations(book: Book, material: Material) -> None:
    """Add the sheet: one row for each document that a plan cites, however often it mentions it."""
    citing = citing_plans(material.records)
    rows = [
        _row(material, record, mentions, citing)
        for record in material.records
        for mentions in documents_of(record)
    ]
    in_force = material.name("document", "in_force")

    def tone(key: str, value: Cell) -> Tone:
        return "warn" if key == "status" and value not in (None, "", in_force) else "plain"

    write_table(book, TITLE, columns_of(material.knowledge, "vien_dan"), rows, tone)


def citing_plans(records: tuple[PlanRecord, ...]) -> dict[str, set[str]]:
    """For each document key the plans that cite it."""
    citing: dict[str, set[str]] = defaultdict(set)
    for record in records:
        for reference in record.references:
            if reference.key is not None:
                citing[reference.key].add(record.plan_id)
    return citing


def documents_of(record: PlanRecord) -> list[list[Reference]]:
    """The mentions of a plan by document, in the order of first mention; one without a key stands by its words."""
    found: dict[tuple[str, str], list[Reference]] = defaultdict(list)
    for reference in record.references:
        identity = ("key", reference.key) if reference.key else ("text", " ".join(reference.text.split()))
        found[identity].append(reference)
    return list(found.values())


def _row(material: Material, record: PlanRecord, mentions: list[Reference], citing: dict[str, set[str]]) -> Cells:
    shown = min(mentions, key=lambda mention: (mention.date is None, mention.issuer is None, mention.start))
    relation = min((mention.relation for mention in mentions), key=_WEIGHT.__getitem__)
    return material.plan_cells(record) | {
        "doc_type": shown.doc_type,
        "cited_number": shown.number,
        "cited_date": shown.date if shown.date and shown.date.isdigit() else day_cell(shown.date),
        "cited_issuer": shown.issuer,
        "title": shown.title or (None if shown.number else document_name(shown)),
        "relation": material.name("relation", relation),
        "plans": len(citing[shown.key]) if shown.key else None,
        "status": _status(material, shown),
        "text": " ".join(shown.text.split()),
        "page": shown.page,
    }


def _status(material: Material, reference: Reference) -> str:
    status = material.name("document", reference.status)
    if not reference.replaced_by:
        return status
    joint = " bằng " if reference.status == "replaced" else ", thay bằng "
    return f"{status}{joint}{reference.replaced_by}"
