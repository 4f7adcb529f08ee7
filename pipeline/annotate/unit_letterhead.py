"""Units of the letterhead: a name set in several lines is one mention, and the motto is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.annotate.units import find_units
from pipeline.knowledge import Knowledge
from pipeline.knowledge.units import UnitHead
from pipeline.values import Frame, Span, UnitMention


def settle_letterhead(
    text: str, units: Sequence[UnitMention], frame: Frame, knowledge: Knowledge
) -> tuple[UnitMention, ...]:
    """The mentions with those of the issuer's lines read over their line breaks and those of the motto left out.

    Lines are read together only where nothing but blanks stands between them, so that a mention's span stays whole.
    """
    blocks = list(_blocks(text, frame.issuer_lines))
    kept = [unit for unit in units if not _within(unit, blocks) and not (frame.motto and unit.start in frame.motto)]
    for block in blocks:
        joined = _joined(text[block.start : block.end], knowledge)
        kept += [
            replace(unit, start=unit.start + block.start, end=unit.end + block.start)
            for unit in find_units(joined, knowledge)
        ]
    return tuple(sorted(kept, key=lambda unit: unit.start))


def _joined(block: str, knowledge: Knowledge) -> str:
    """The lines of a block as one, but for breaks between two units complete in themselves ("CHI CỤC …", "HẠT …")."""
    lines = block.split("\n")
    joined = lines[0]
    for above, line in pairwise(lines):
        joined += ("\n" if _is_complete(above, knowledge) and _is_office(line, knowledge) else " ") + line
    return joined


def _is_complete(line: str, knowledge: Knowledge) -> bool:
    """Whether a line is one unit's name with more than its kind: "CHI CỤC KIỂM LÂM", not "BAN THƯỜNG VỤ"."""
    unit = _whole(line, knowledge)
    heads = {f"unit:{row.id}": row.name for row in knowledge.rows(UnitHead)} if unit else {}
    return unit is not None and unit.rule in heads and unit.name != heads[unit.rule]


def _is_office(line: str, knowledge: Knowledge) -> bool:
    unit = _whole(line, knowledge)
    return unit is not None and unit.kind not in ("don_vi_hanh_chinh", "chuc_danh")


def _whole(line: str, knowledge: Knowledge) -> UnitMention | None:
    """The only unit of a line, where it fills it."""
    found = find_units(line, knowledge)
    return found[0] if len(found) == 1 and len(line.strip()) == found[0].end - found[0].start else None


def _blocks(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    """Issuer lines that follow each other, as one span each."""
    current: Span | None = None
    for line in sorted(lines):
        if current is not None and not text[current.end : line.start].strip():
            current = Span(current.start, max(current.end, line.end))
        else:
            if current is not None:
                yield current
            current = line
    if current is not None:
        yield current


def _within(unit: UnitMention, blocks: Sequence[Span]) -> bool:
    return any(block.start < unit.end and unit.start < block.end for block in blocks)
