"""Units of the letterhead: a name set in several lines is one mention, and the motto is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.annotate.units import find_units
from pipeline.knowledge import Knowledge
from pipeline.values import Frame, Span, UnitMention

_IN_LINE = re.compile(r"\n")


def settle_letterhead(
    text: str, units: Sequence[UnitMention], frame: Frame, knowledge: Knowledge
) -> tuple[UnitMention, ...]:
    """The mentions with those of the issuer's lines read over their line breaks and those of the motto left out.

    Lines are read together only where nothing but blanks stands between them, so that a mention's span stays whole.
    """
    blocks = list(_blocks(text, frame.issuer_lines))
    kept = [unit for unit in units if not _within(unit, blocks) and not (frame.motto and unit.start in frame.motto)]
    for block in blocks:
        joined = _IN_LINE.sub(" ", text[block.start : block.end])
        kept += [
            replace(unit, start=unit.start + block.start, end=unit.end + block.start)
            for unit in find_units(joined, knowledge)
        ]
    return tuple(sorted(kept, key=lambda unit: unit.start))


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
