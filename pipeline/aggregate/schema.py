"""The tidy tables' columns: their names, kinds and order. Analysts' notebooks depend on these names.

Kinds: `text`, `integer`, `number`, `flag`, `day` (a calendar day), `texts` and `integers` (lists). A list that is
useful to read as it stands has a `text` column of the same content joined by "; " beside it.
"""

from __future__ import annotations

from typing import Literal

Kind = Literal["text", "integer", "number", "flag", "day", "texts", "integers"]
Columns = dict[str, Kind]

PLANS: Columns = {
    "plan_id": "text", "text_id": "text", "plan_key": "text", "schema_version": "text", "engine": "text",
    "file_name": "text", "sha256": "text", "size_bytes": "integer", "media_type": "text", "encoding": "text",
    "received_at": "text", "page_count": "integer", "reading_engines": "text", "lowest_ocr_confidence": "number",
    "doc_type": "text", "number": "text", "number_raw": "text", "number_serial": "text", "number_year": "integer",
    "number_symbol": "text", "place": "text", "issue_date": "text", "issue_day": "day", "issue_date_raw": "text",
    "issue_date_source": "text", "issuer": "text", "issuer_printed": "text", "issuer_kind": "text",
    "issuer_level": "text", "issuer_code": "text", "issuer_successor_codes": "text", "parent_issuer": "text",
    "province": "text", "title": "text", "topic": "text", "plan_years": "text", "plan_year_list": "integers",
    "plan_year_first": "integer", "plan_year_last": "integer", "signer": "text", "signer_position": "text",
    "signer_authority": "text", "signed_on_behalf_of": "text", "signer_list": "texts", "recipients": "integer",
    "digital_signatures": "integer", "characters": "integer", "headings": "integer", "items": "integer",
    "references": "integer", "dates": "integer", "units": "integer", "tasks": "integer", "measures": "integer",
    "people": "integer", "errors": "integer", "warnings": "integer", "infos": "integer",
}  # fmt: skip

SECTIONS: Columns = {
    "plan_id": "text", "position": "integer", "section_id": "text", "parent_id": "text", "path": "text",
    "depth": "integer", "kind": "text", "marker": "text", "level": "integer", "title": "text", "role": "text",
    "own_text": "text", "start": "integer", "end": "integer", "page": "integer", "rule": "text",
}  # fmt: skip

_MENTION: Columns = {
    "plan_id": "text", "mention_id": "text", "text": "text", "section_id": "text", "section_role": "text",
    "page": "integer", "start": "integer", "end": "integer", "rule": "text", "confidence": "number",
}  # fmt: skip

REFERENCES: Columns = _MENTION | {
    "doc_type": "text", "number": "text", "date": "text", "day": "day", "issuer": "text", "title": "text",
    "article": "text", "relation": "text", "key": "text", "status": "text", "replaced_by": "text",
}  # fmt: skip

DATES: Columns = _MENTION | {
    "kind": "text", "edtf": "text", "start_date": "day", "end_date": "day", "recurrence": "text", "calendar": "text",
    "in_reference": "text",
}  # fmt: skip

UNITS: Columns = _MENTION | {
    "name": "text", "kind": "text", "level": "text", "code": "text", "candidates": "integer",
    "candidate_codes": "text", "candidate_code_list": "texts", "successor_codes": "text",
    "successor_code_list": "texts", "same_as_issuer": "flag", "issuer": "text",
}  # fmt: skip

MEASURES: Columns = _MENTION | {
    "value": "number", "value_to": "number", "out_of": "number", "unit": "text", "qualifier": "text",
}  # fmt: skip

PEOPLE: Columns = _MENTION | {"name": "text", "role": "text", "duty": "text", "honorific": "text"}

TASKS: Columns = {
    "plan_id": "text", "task_id": "text", "text": "text", "section_id": "text", "section_role": "text",
    "assignees": "text", "assignee_list": "texts", "coordinators": "text", "coordinator_list": "texts",
    "reports_to": "text", "deadline": "text", "deadline_edtf": "text", "deadline_start": "day", "deadline_end": "day",
    "period": "text", "product": "text", "origin": "text",
    "table_page": "integer", "table_row": "integer", "table_columns": "text",
    "page": "integer", "start": "integer", "end": "integer", "rule": "text", "confidence": "number",
}  # fmt: skip

FINDINGS: Columns = {
    "plan_id": "text", "position": "integer", "code": "text", "severity": "text", "message": "text", "hint": "text",
    "excerpt": "text", "page": "integer", "start": "integer", "end": "integer", "stage": "text",
}  # fmt: skip

TABLES: dict[str, Columns] = {
    "plans": PLANS, "sections": SECTIONS, "references": REFERENCES, "dates": DATES, "units": UNITS, "tasks": TASKS,
    "measures": MEASURES, "people": PEOPLE, "findings": FINDINGS,
}  # fmt: skip
