"""One record as rows of the tidy tables: plain values, in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from models import Actor, Mention, PlanRecord, Section, Unit

Row = dict[str, object]
Roles = dict[str, str]
EXCERPT = 200
_PROVINCE = re.compile(r"\b(tỉnh|thành phố) ", re.IGNORECASE)
_BODIES = ("ủy", "uỷ", "đoàn", "đội", "hội")  # Tỉnh ủy, Tỉnh Đoàn: a body, no place
_FULL_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def rows_of(record: PlanRecord) -> dict[str, list[Row]]:
    """The rows that one record adds to each of the tables."""
    sections = list(flat_sections(record.sections))
    roles: Roles = {section.id: section.role for section, _ in sections}
    return {
        "plans": [_plan(record, sections)],
        "sections": [_section(record, at, section, above) for at, (section, above) in enumerate(sections)],
        "references": [_reference(record, roles, at) for at in range(len(record.references))],
        "dates": [_date(record, roles, at) for at in range(len(record.dates))],
        "units": [_unit(record, roles, at) for at in range(len(record.units))],
        "tasks": [_task(record, roles, at) for at in range(len(record.tasks))],
        "measures": [_measure(record, roles, at) for at in range(len(record.measures))],
        "people": [_person(record, roles, at) for at in range(len(record.people))],
        "findings": [_finding(record, at) for at in range(len(record.findings))],
    }


def flat_sections(
    sections: Iterable[Section], above: tuple[Section, ...] = ()
) -> Iterator[tuple[Section, tuple[Section, ...]]]:
    """All sections of a tree in reading order, each with the sections above it, the top one first."""
    for section in sections:
        yield section, above
        yield from flat_sections(section.children, (*above, section))


def section_label(section: Section) -> str:
    """What a section is called in a path: its title, else its marker, else its role."""
    return section.title or section.marker or section.role


def day_of(edtf: str | None) -> date | None:
    """The calendar day that an EDTF text names; None where it is incomplete, a range or no day of the calendar."""
    if edtf is None or not _FULL_DAY.fullmatch(edtf):
        return None
    try:
        return date.fromisoformat(edtf)
    except ValueError:
        return None


def province_of(record: PlanRecord) -> str | None:
    """The province a plan comes from, `Tỉnh Hưng Yên`: that of its issuer's unit, else of its letterhead, else the only one
    its text names.
    """
    header = record.header
    if header.issuer is not None and header.issuer.code is not None:
        province = header.issuer.candidates[0].name.rpartition(", ")[2]
        return province[:1].upper() + province[1:]
    for unit in (header.issuer, header.parent_issuer):
        if unit is not None and (found := _province_in(unit)):
            return found
    named = {found for unit in record.units if unit.level == "tinh" and (found := _province_in(unit))}
    return named.pop() if len(named) == 1 else None


def _province_in(unit: Unit) -> str | None:
    """The province in a unit's name; "thành phố" is one only in a unit of that level."""
    for found in reversed(list(_PROVINCE.finditer(unit.name))):
        name = _proper_name(unit.name[found.end() :])
        if name and (found[1].lower() == "tỉnh" or unit.level == "tinh"):
            return f"{found[1].capitalize()} {name}"
    return None


def _proper_name(text: str) -> str:
    """The capitalised words that a text begins with, without the capitals of a letterhead."""
    taken: list[str] = []
    for word in re.split("[,;()]", text)[0].split():
        if word != "-" and not word[0].isupper():
            break
        taken.append(word.capitalize() if word.isupper() else word)
    name = " ".join(taken).rstrip(" -")
    return "" if name.lower().startswith(_BODIES) else name


def _join(texts: Iterable[object]) -> str | None:
    """Texts joined by "; ", each once; None where there are none."""
    return "; ".join(dict.fromkeys(str(text) for text in texts if text)) or None


def _plan(record: PlanRecord, sections: list[tuple[Section, tuple[Section, ...]]]) -> Row:
    kinds = Counter(section.kind for section, _ in sections)
    severities = Counter(finding.severity for finding in record.findings)
    return {
        "plan_id": record.plan_id,
        "text_id": record.text_id,
        "plan_key": record.plan_key,
        "schema_version": record.schema_version,
        "engine": record.engine,
        **_source(record),
        **_header(record),
        **_issuer(record),
        **_signers(record),
        "characters": len(record.text),
        "headings": kinds["heading"],
        "items": kinds["item"],
        "references": len(record.references),
        "dates": len(record.dates),
        "units": len(record.units),
        "tasks": len(record.tasks),
        "measures": len(record.measures),
        "people": len(record.people),
        "errors": severities["error"],
        "warnings": severities["warning"],
        "infos": severities["info"],
    }


def _source(record: PlanRecord) -> Row:
    source = record.source
    read = [page.ocr_confidence for page in record.pages if page.ocr_confidence is not None]
    return {
        "file_name": source.file_name,
        "sha256": source.sha256,
        "size_bytes": source.size_bytes,
        "media_type": source.media_type,
        "encoding": source.encoding,
        "received_at": source.received_at,
        "page_count": source.page_count,
        "reading_engines": _join(engine.name for engine in source.engines),
        "lowest_ocr_confidence": min(read, default=None),
    }


def _header(record: PlanRecord) -> Row:
    header = record.header
    number, issued, years = header.number, header.issue_date, header.plan_years
    return {
        "doc_type": header.doc_type,
        "number": number and number.canonical,
        "number_raw": number and number.raw,
        "number_serial": number and number.serial,
        "number_year": number and number.year,
        "number_symbol": number and number.symbol,
        "place": header.place,
        "issue_date": issued and issued.edtf,
        "issue_day": day_of(issued.edtf) if issued else None,
        "issue_date_raw": issued and issued.raw,
        "issue_date_source": issued and issued.source,
        "title": header.title,
        "topic": header.topic,
        "plan_years": _join(years),
        "plan_year_list": list(years),
        "plan_year_first": min(years, default=None),
        "plan_year_last": max(years, default=None),
    }


def _issuer(record: PlanRecord) -> Row:
    issuer, parent = record.header.issuer, record.header.parent_issuer
    return {
        "issuer": issuer and issuer.name,
        "issuer_printed": issuer and issuer.text,
        "issuer_kind": issuer and issuer.kind,
        "issuer_level": issuer and issuer.level,
        "issuer_code": issuer and issuer.code,
        "issuer_successor_codes": _join(issuer.successor_codes) if issuer else None,
        "parent_issuer": parent and parent.name,
        "province": province_of(record),
    }


def _signers(record: PlanRecord) -> Row:
    closing = record.closing
    first = closing.signers[0] if closing.signers else None
    return {
        "signer": first and first.name,
        "signer_position": first and first.position,
        "signer_authority": first and first.authority,
        "signed_on_behalf_of": first and first.on_behalf_of,
        "signer_list": [signer.name for signer in closing.signers if signer.name],
        "recipients": len(closing.recipients),
        "digital_signatures": len(closing.digital_signatures),
    }


def _section(record: PlanRecord, position: int, section: Section, above: tuple[Section, ...]) -> Row:
    own_end = section.children[0].start if section.children else section.end
    return {
        "plan_id": record.plan_id,
        "position": position,
        "section_id": section.id,
        "parent_id": above[-1].id if above else None,
        "path": " > ".join(section_label(part) for part in (*above, section)),
        "depth": len(above) + 1,
        "kind": section.kind,
        "marker": section.marker,
        "level": section.level,
        "title": section.title,
        "role": section.role,
        "own_text": record.text[section.start : own_end].strip(),
        "start": section.start,
        "end": section.end,
        "page": section.page,
        "rule": section.rule,
    }


def _mention(record: PlanRecord, roles: Roles, mention: Mention) -> Row:
    return {
        "plan_id": record.plan_id,
        "mention_id": mention.id,
        "text": mention.text,
        "section_id": mention.section_id,
        "section_role": roles.get(mention.section_id or ""),
        "page": mention.page,
        "start": mention.start,
        "end": mention.end,
        "rule": mention.rule,
        "confidence": mention.confidence,
    }


def _reference(record: PlanRecord, roles: Roles, at: int) -> Row:
    reference = record.references[at]
    return _mention(record, roles, reference) | {
        "doc_type": reference.doc_type,
        "number": reference.number,
        "date": reference.date,
        "day": day_of(reference.date),
        "issuer": reference.issuer,
        "title": reference.title,
        "article": reference.article,
        "relation": reference.relation,
        "key": reference.key,
        "status": reference.status,
        "replaced_by": reference.replaced_by,
    }


def _date(record: PlanRecord, roles: Roles, at: int) -> Row:
    time = record.dates[at]
    return _mention(record, roles, time) | {
        "kind": time.kind,
        "edtf": time.edtf,
        "start_date": time.start_date,
        "end_date": time.end_date,
        "recurrence": time.recurrence,
        "calendar": time.calendar,
        "in_reference": time.in_reference,
    }


def _unit(record: PlanRecord, roles: Roles, at: int) -> Row:
    unit = record.units[at]
    issuer = record.header.issuer
    codes = [candidate.code for candidate in unit.candidates]
    return _mention(record, roles, unit) | {
        "name": unit.name,
        "kind": unit.kind,
        "level": unit.level,
        "code": unit.code,
        "candidates": len(codes),
        "candidate_codes": _join(codes),
        "candidate_code_list": codes,
        "successor_codes": _join(unit.successor_codes),
        "successor_code_list": list(unit.successor_codes),
        "same_as_issuer": unit.same_as_issuer,
        "issuer": issuer and issuer.name,
    }


def _measure(record: PlanRecord, roles: Roles, at: int) -> Row:
    measure = record.measures[at]
    return _mention(record, roles, measure) | {
        "value": measure.value,
        "value_to": measure.value_to,
        "out_of": measure.out_of,
        "unit": measure.unit,
        "qualifier": measure.qualifier,
    }


def _person(record: PlanRecord, roles: Roles, at: int) -> Row:
    person = record.people[at]
    return _mention(record, roles, person) | {
        "name": person.name,
        "role": person.role,
        "duty": person.duty,
        "honorific": person.honorific,
    }


def _names(actors: tuple[Actor, ...]) -> list[str]:
    return list(dict.fromkeys(actor.name for actor in actors))


def _task(record: PlanRecord, roles: Roles, at: int) -> Row:
    task = record.tasks[at]
    deadline, table = task.deadline, task.table
    return {
        "plan_id": record.plan_id,
        "task_id": task.id,
        "text": task.text,
        "section_id": task.section_id,
        "section_role": roles.get(task.section_id or ""),
        "assignees": _join(_names(task.assignees)),
        "assignee_list": _names(task.assignees),
        "coordinators": _join(_names(task.coordinators)),
        "coordinator_list": _names(task.coordinators),
        "reports_to": _join(_names(task.reports_to)),
        "deadline": deadline and deadline.text,
        "deadline_edtf": deadline and deadline.edtf,
        "deadline_start": deadline and deadline.start_date,
        "deadline_end": deadline and deadline.end_date,
        "period": task.period,
        "product": task.product.text if task.product else None,
        "origin": task.origin,
        "table_page": table and table.page,
        "table_row": table and table.row,
        "table_columns": _join(table.columns) if table else None,
        "page": task.page,
        "start": task.start,
        "end": task.end,
        "rule": task.rule,
        "confidence": task.confidence,
    }


def _finding(record: PlanRecord, position: int) -> Row:
    finding = record.findings[position]
    return {
        "plan_id": record.plan_id,
        "position": position,
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "hint": finding.hint,
        "excerpt": excerpt(record.text, finding.start, finding.end),
        "page": finding.page,
        "start": finding.start,
        "end": finding.end,
        "stage": finding.stage,
    }


def excerpt(text: str, start: int | None, end: int | None) -> str | None:
    """The words a finding points at on one line, cut at a blank where long; None where it points at none."""
    if start is None or end is None or end <= start:
        return None
    found = " ".join(text[start : min(end, start + 4 * EXCERPT)].split())
    if len(found) <= EXCERPT:
        return found or None
    return found[:EXCERPT].rsplit(" ", 1)[0] + " …"
