"""What a plan must have: number, date, issuer, title, signature, and the sections that every plan needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models import PlanRecord, Section
from models.outline import Role
from pipeline.check.found import Found
from pipeline.knowledge.columns import label
from pipeline.knowledge.headings import REQUIRED_ROLES
from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.text import fold, words
from pipeline.values import Frame

_MOTTO = re.compile(r"(?:cộnghòaxãhộichủnghĩaviệtnam)?(?:độclậptựdohạnhphúc)?|đảngcộngsảnviệtnam")
_PAGES = ("text/html", "multipart/related")
_ARTICLE = "tin, bài trên trang web"
_ANNEX = "phụ lục của một văn bản khác"
_ANNEX_TITLE = re.compile(r"\W*(?:phụ lục|phụ biểu|biểu mẫu|biểu số|mẫu số)\b")
_EXECUTION = re.compile(r"\b(?:tổ chức|phân công) (?:thực hiện|triển khai|nhiệm vụ|trách nhiệm)")
_PLAN_TYPES = ("kế hoạch", "phương án", "chương trình", "đề án")


def check_header(record: PlanRecord, frame: Frame) -> Iterator[Found]:
    """Number, date, issuer, title; the document's type; the motto's spelling. An annex that came alone has none of them."""
    header = record.header
    if _is_annex(record, frame):
        yield Found("not_a_plan", _ANNEX)
        return
    if header.number is None:
        yield Found("missing_number")
    elif header.number.serial is None:
        yield _at(record, "number", "missing_number_serial", header.number.raw)
    if header.issue_date is None:
        yield Found("missing_issue_date")
    elif "X" in header.issue_date.edtf:
        yield _at(record, "issue_date", "incomplete_issue_date", header.issue_date.raw)
    if header.issuer is None:
        yield Found("missing_issuer")
    if header.title is None and not _starts_late(record, frame):
        yield Found("missing_title")
    if header.doc_type is not None and not _is_plan(record, frame):
        yield _at(record, "doc_type", "not_a_plan", header.doc_type)
    elif _is_article(record, frame):
        yield Found("not_a_plan", _ARTICLE)
    if frame.motto is not None and not _is_seen(record, frame.motto.start):
        motto = record.text[frame.motto.start : frame.motto.end]
        if not _MOTTO.fullmatch("".join(words(motto))):
            yield Found("motto_misspelt", " ".join(motto.split()), frame.motto.start, frame.motto.end)


def _is_seen(record: PlanRecord, offset: int) -> bool:
    """Whether a page was read from a picture: a letter that is wrong there may be the reader's fault."""
    return any(page.ocr_confidence is not None and page.start <= offset < page.end for page in record.pages)


def _is_article(record: PlanRecord, frame: Frame) -> bool:
    """A web page with nothing that makes a document: no number, date, letterhead, signature, heading or table."""
    if record.source.media_type not in _PAGES and not frame.residue:
        return False
    official = record.header.number or record.header.issue_date or frame.letterhead or record.closing.signers
    return not official and not any(_is_part(section) for section in _walk(record.sections))


def _is_part(section: Section) -> bool:
    """A heading of a document: numbered, or worded as one. A bold line of an article is neither."""
    return section.kind == "heading" and (section.marker is not None or section.role != "khac")


def check_closing(record: PlanRecord, frame: Frame) -> Iterator[Found]:
    """A plan without a signer's name or office; of what is no plan only that is said."""
    if _is_annex(record, frame) or not _is_plan(record, frame):
        return
    if not any(signer.name or signer.position for signer in record.closing.signers):
        yield Found("missing_signature")


def _is_plan(record: PlanRecord, frame: Frame) -> bool:
    doc_type = record.header.doc_type
    return doc_type is None or frame.enclosed is not None or fold(doc_type).startswith(_PLAN_TYPES)


def _is_annex(record: PlanRecord, frame: Frame) -> bool:
    """Whether a plan's annex came without the plan: it says so in its first words and has no head of its own."""
    return frame.doc_type is None and frame.letterhead is None and _ANNEX_TITLE.match(fold(record.text[:40])) is not None


def _starts_late(record: PlanRecord, frame: Frame) -> bool:
    """Whether the first pages are not there: an end with its recipients or signature, and nothing of a head."""
    header = record.header
    headless = frame.letterhead is None and frame.doc_type is None and header.title is None
    return headless and (frame.closing is not None or bool(record.closing.signers))


def _ends_early(record: PlanRecord, frame: Frame) -> bool:
    """Whether the last pages are not there: a plan's head, and no closing sentence, recipients or signature."""
    closing = record.closing
    headed = frame.doc_type is not None and frame.letterhead is not None
    return headed and frame.closing is None and not (closing.signers or closing.recipients)


def check_sections(record: PlanRecord, frame: Frame, knowledge: Knowledge) -> Iterator[Found]:
    """The sections that every plan needs, and tasks of somebody; other types of document are not asked for them.

    What a plan lacks whose first or last pages are missing may stand on those: nothing is said of its sections.
    """
    if record.header.doc_type is not None and not fold(record.header.doc_type).startswith("kế hoạch"):
        return
    if _is_annex(record, frame):
        return
    sections = list(_walk(record.sections))
    roles = {section.role for section in sections}
    if "to_chuc_thuc_hien" in roles and not any(task.assignees for task in record.tasks):
        yield Found("no_tasks")
    roles |= {role for section in sections for role in _also(section)}
    if not (_starts_late(record, frame) or _ends_early(record, frame)):
        for role, accepted in REQUIRED_ROLES.items():
            if not roles & accepted:
                yield Found("missing_section", label(knowledge, "role", role))


def _also(section: Section) -> Iterator[Role]:
    """What a heading of several parts tells besides its first ("Biện pháp tổ chức thực hiện")."""
    if section.kind == "heading" and _EXECUTION.search(fold(section.title or "")):
        yield "to_chuc_thuc_hien"


def _walk(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _walk(section.children)


def _at(record: PlanRecord, field: str, code: str, detail: str) -> Found:
    where = record.header.evidence.get(field)
    return Found(code, detail, where.start if where else None, where.end if where else None, where.page if where else None)
