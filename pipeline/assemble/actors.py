"""Cuts the words that name actors into single actors: a table cell, a heading, the phrase behind "phối hợp với"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models import Actor, Unit
from pipeline.knowledge.text import fold
from pipeline.values import Span

_CELL_BREAK = re.compile(r"\s*;\s*(?:[-–+]\s*)?|\s*\.\s*[-–+]\s*|\n")
_BULLET = re.compile(r"^[-–—+•*\s]+")
_SUPPORT = re.compile(r"(?:[,(]?\s*(?:cùng |và )?phối hợp(?: thực hiện)?|liên quan phối hợp)[\s.)]*$")
_EDGE = " \t.,;:-–"


def actor(text: str, start: int, units: Sequence[Unit]) -> Actor:
    """One actor from its words at an offset; the unit mention that covers most of them gives the full name."""
    end = start + len(text)
    inside = [u for u in units if u.start < end and start < u.end]
    best = max(inside, key=lambda u: min(u.end, end) - max(u.start, start), default=None)
    if best is None or (min(best.end, end) - max(best.start, start)) < 0.6 * len(text):
        return Actor(text=text, name=text)
    name = best.name if best.start <= start + 12 and best.end >= end - 2 else text
    return Actor(text=text, name=name, unit_id=best.id)


def cut_cell(text: str, parts: Sequence[Span], units: Sequence[Unit]) -> tuple[list[Actor], list[Actor]]:
    """The actors of a table cell: those who lead and those who are said to co-operate ("… phối hợp")."""
    lead: list[Actor] = []
    support: list[Actor] = []
    for part in parts:
        for piece in _pieces(text, part):
            helping = _SUPPORT.search(fold(text[piece.start : piece.end]))
            named = trimmed(text, Span(piece.start, piece.start + helping.start())) if helping else piece
            for span in by_units(text, named, units) if named.end > named.start else ():
                one = actor(text[span.start : span.end], span.start, units)
                (support if helping else lead).append(one)
    return lead, support


def _pieces(text: str, part: Span) -> list[Span]:
    """A cell's paragraph cut at semicolons and at dashes behind a full stop; bullets and end marks fall away."""
    pieces, start = [], part.start
    cuts = [(m.start() + part.start, m.end() + part.start) for m in _CELL_BREAK.finditer(text[part.start : part.end])]
    for cut_start, cut_end in [*cuts, (part.end, part.end)]:
        piece = trimmed(text, Span(start, cut_start))
        if piece.start < piece.end:
            pieces.append(piece)
        start = cut_end
    return pieces


def trimmed(text: str, span: Span) -> Span:
    """A span without bullets, blanks and marks at its ends."""
    words = text[span.start : span.end]
    bullet = _BULLET.match(words)
    start = span.start + (bullet.end() if bullet else 0)
    end = span.start + len(words.rstrip(_EDGE))
    return Span(min(start, end), end)


def by_units(text: str, piece: Span, units: Sequence[Unit]) -> list[Span]:
    """`Công an xã, Ban CHQS xã` is two actors where every part between commas is a unit of its own; else one."""
    inside = [u for u in units if piece.start <= u.start and u.end <= piece.end]
    if len(inside) < 2:
        return [piece]
    position = piece.start
    for unit in inside:
        gap = text[position : unit.start].strip()
        if gap not in (("",) if position == piece.start else (",", "và", ", và")):
            return [piece]
        position = unit.end
    if text[position : piece.end].strip(_EDGE):
        return [piece]
    return [Span(u.start, u.end) for u in inside]
