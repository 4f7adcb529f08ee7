"""What changed between two runs, for the terminal and as tables for a file."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.evaluate import Change, FileChanges, RunChanges
from pipeline.evaluate.items import Item
from pipeline.knowledge.columns import label
from pipeline.knowledge.ui import Words
from pipeline.report.evaluation_text import full_name
from pipeline.report.plain_table import NOTHING, safe, short, table
from pipeline.report.sheet_files import Row, Sheet

_VALUE = 160
_SIGNS = {"new": "+", "gone": "-", "changed": "~", "same": "="}
_KINDS = ("new", "gone", "changed")


def render_changes(found: RunChanges, words: Words, *, details: bool = True) -> str:
    """A table of gains and losses by field, the files whose state changed, and every change where asked."""
    changed = [file for file in found.files if file.kind != "same"]
    lines = [words("changes_title", total=len(found.files), changed=len(changed))]
    states = [line for file in changed if (line := _state_line(file, words))]
    if states:
        lines += ["", words("changes_states"), *states]
    if found.counts():
        lines += ["", *_summary(found, words)]
    if details:
        lines += [line for file in changed if file.changes for line in _details(file, words)]
    return "\n".join(lines) + "\n"


def _summary(found: RunChanges, words: Words) -> Iterator[str]:
    head = [words("evaluate_field"), *(words(f"changes_{kind}") for kind in _KINDS), words("changes_files")]
    rows = []
    for measure, counts in found.counts().items():
        name = full_name(measure, words)
        rows.append([name, *(str(counts[kind]) for kind in ("new", "gone", "changed")), str(found.files_with(measure))])
    yield from table(head, rows)


def _state_line(file: FileChanges, words: Words) -> str:
    if file.kind in ("new", "gone"):
        return f"  {_SIGNS[file.kind]} {safe(file.path)}: {words(f'changes_only_{file.kind}')}"
    if file.old == file.new:
        return ""
    return f"  ~ {safe(file.path)}: {_state(*file.old, words)} → {_state(*file.new, words)}"


def _state(state: str | None, cause: str | None, words: Words) -> str:
    name = label(words.knowledge, "state", state, words.lang) or NOTHING
    return f"{name} ({cause})" if cause else name


def _details(file: FileChanges, words: Words) -> Iterator[str]:
    yield ""
    yield f"{safe(file.path)}:"
    for change in file.changes:
        name = full_name(change.measure, words)
        place = change.place
        where = "" if place.start is None else f" ({words('at_place', page=place.page or NOTHING, start=place.start)})"
        yield f"  {_SIGNS[change.kind]} {name}: {_change_words(change, words)}{where}"


def _change_words(change: Change, words: Words) -> str:
    if change.measure == "text" and change.old and change.new:
        return words("changes_text", old=change.old.shown, new=change.new.shown)
    sides = [short(said(item), _VALUE) for item in (change.old, change.new) if item is not None]
    return " → ".join(sides)


def said(item: Item) -> str:
    """A value for people: its wording, and what was made of it where the wording does not tell."""
    parts = [item.shown]
    if item.measure == "dates":
        parts.append(f"= {item.value}")
    if item.parts:
        parts.append(f"[{' | '.join(part.shown for part in item.parts)}]")
    return " ".join(parts)


def changes_sheets(found: RunChanges, words: Words) -> list[Sheet]:
    """Totals by field, files, and every change as tables."""
    totals: list[Row] = [
        {
            "field": measure,
            "field_name": full_name(measure, words),
            "appeared": counts["new"],
            "vanished": counts["gone"],
            "changed": counts["changed"],
            "files": found.files_with(measure),
        }
        for measure, counts in found.counts().items()
    ]
    files: list[Row] = [
        {
            "document": file.path,
            "verdict": words(f"changes_{file.kind}"),
            "old_state": _state(*file.old, words),
            "new_state": _state(*file.new, words),
            "changed": len(file.changes),
        }
        for file in found.files
    ]
    changes = [_change_row(file, change, words) for file in found.files for change in file.changes]
    return [
        Sheet("thay_doi", words("sheet_totals"), totals),
        Sheet("thay_doi_tep", words("sheet_files"), files),
        Sheet("thay_doi_muc", words("sheet_changes"), changes),
    ]


def _change_row(file: FileChanges, change: Change, words: Words) -> Row:
    return {
        "document": file.path,
        "field": change.measure,
        "field_name": full_name(change.measure, words),
        "verdict": words(f"changes_{change.kind}"),
        "old_value": said(change.old) if change.old else None,
        "new_value": said(change.new) if change.new else None,
        "page": change.place.page,
        "start": change.place.start,
        "end": change.place.end,
    }
