"""Cuts the words that name actors into single actors: a table cell, a heading, the phrase behind "phối hợp với"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from models import Actor, Unit
from pipeline.assemble.task_text import TaskText
from pipeline.knowledge.tasks import TaskWords
from pipeline.knowledge.text import LOWER, UPPER
from pipeline.values import Span

_CELL_BREAK = re.compile(r"\s*;\s*(?:[-–+]\s*)?|\s*\.\s*[-–+]\s*|\n")
_BULLET = re.compile(r"[-–—+•*,;\s]+")
# Parts of a cell that say which part an actor plays: before its name (`Phối hợp: …`), behind it (`… chủ trì`).
_LABEL = re.compile(
    r"(?:(?:đơn vị|cơ quan|bộ phận|người)\s+)?(?P<part>chủ trì|phối hợp|thực hiện|phụ trách)(?: thực hiện)?\s*:\s*"
)
_LEADS = re.compile(
    r"[\s,(-]*(?:là (?:đơn vị|cơ quan) )?(?:chủ trì|chịu trách nhiệm chính|phụ trách|tham mưu|đảm nhiệm|đảm nhận)?"
    r"(?: ?thực hiện)?(?: thường xuyên)?[\s)]*$"
)
_SUPPORT = re.compile(r"(?:[,(]?\s*(?:cùng |và )?phối hợp(?: thực hiện)?|liên quan phối hợp)[\s.)]*$")
_TOGETHER = re.compile(
    r"(?<!hội đồng)[\s,]*(?<!hội đồng )(?:chủ trì[\s,]*)?(?:phối hợp|kết hợp)(?: chặt chẽ)?(?: với| cùng)?\s+"
)
_AND = re.compile(r"\s*(?:,\s*(?:và\s+)?|\+\s*|;\s*|\bvà\s+|\bcùng\s+(?!với))")
_COLLECTIVE = re.compile(
    r"(?:(?:lãnh đạo|thủ trưởng|trưởng|người đứng đầu|đại diện|cán bộ|công chức)\s+)?(?:các|những|mọi|toàn thể|tất cả)\s"
)
# Kinds of offices: behind a comma they go on with "các …" (`các cơ quan, đơn vị`).
_KINDS = re.compile(
    r"(?:phòng|ban|ngành|cơ quan|đơn vị|đoàn thể|bộ phận|địa phương|tổ chức|cá nhân|thôn|bản|ấp|xóm|tổ|khu|hội|xã|phường)\b"
)
_PERSON = re.compile(rf"[{UPPER}][{LOWER}]*(?: [{UPPER}][{LOWER}]+){{1,4}}")
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


def cut_cell(
    given: TaskText, parts: Sequence[Span], units: Sequence[Unit], words: TaskWords
) -> tuple[list[Actor], list[Actor]]:
    """The actors of a table cell: those who lead and those who are said to co-operate (`A chủ trì, B phối hợp`)."""
    lead: list[Actor] = []
    support: list[Actor] = []
    for part in parts:
        for piece in _pieces(given.text, part):
            for named, helping in _by_part(given, piece, units, words):
                for span in single_actors(given, named, units, words) if named.end > named.start else ():
                    one = actor(given.text[span.start : span.end], span.start, units)
                    (support if helping else lead).append(one)
    return lead, support


def _by_part(given: TaskText, piece: Span, units: Sequence[Unit], words: TaskWords) -> Iterator[tuple[Span, bool]]:
    """The names of a piece of a cell, each with whether it only helps."""
    text, folded = given
    label = _LABEL.match(folded, piece.start, piece.end)
    if label is not None:
        yield trimmed(text, Span(label.end(), piece.end)), label["part"] == "phối hợp"
        return
    helping = _SUPPORT.search(folded, piece.start, piece.end)
    if helping is not None:
        first = folded.rfind("chủ trì", piece.start, helping.start())
        middle = first + len("chủ trì") if first > piece.start else piece.start
        if middle > piece.start:
            yield _leading(given, Span(piece.start, middle)), False
        yield trimmed(text, Span(middle, helping.start())), True
        return
    together = _TOGETHER.search(folded, piece.start, piece.end)
    named = together is not None and _names(folded, Span(together.end(), piece.end), units, words)
    if together is not None and named and together.start() - piece.start > 2:
        yield _leading(given, Span(piece.start, together.start())), False
        yield trimmed(text, Span(together.end(), piece.end)), True
        return
    yield _leading(given, piece), False


def _names(folded: str, span: Span, units: Sequence[Unit], words: TaskWords) -> bool:
    """Whether an actor is named at the beginning of a span."""
    return (
        any(u.start <= span.start < u.end for u in units)
        or words.actor.match(folded, span.start, span.end) is not None
        or folded.startswith("các ", span.start, span.end)
    )


def _leading(given: TaskText, piece: Span) -> Span:
    """A piece without the words "chủ trì" behind its name."""
    said = _LEADS.search(given.folded, piece.start, piece.end)
    return trimmed(given.text, Span(piece.start, said.start()) if said and said.start() - piece.start > 2 else piece)


def _pieces(text: str, part: Span) -> list[Span]:
    """A cell's paragraph cut at semicolons and at dashes behind a full stop; bullets and end marks fall away."""
    pieces, start = [], part.start
    cuts = [cut.span() for cut in _CELL_BREAK.finditer(text, part.start, part.end)]
    for cut_start, cut_end in [*cuts, (part.end, part.end)]:
        piece = trimmed(text, Span(start, cut_start))
        if piece.start < piece.end:
            pieces.append(piece)
        start = cut_end
    return pieces


def trimmed(text: str, span: Span) -> Span:
    """A span without bullets, blanks and marks at its ends."""
    if span.start < span.end and text[span.start].isalnum() and text[span.end - 1] not in _EDGE:
        return span
    bullet = _BULLET.match(text, span.start, span.end)
    start = bullet.end() if bullet else span.start
    end = span.start + len(text[span.start : span.end].rstrip(_EDGE))
    return Span(min(start, end), end)


def single_actors(given: TaskText, piece: Span, units: Sequence[Unit], words: TaskWords) -> list[Span]:
    """The single actors of a list: `Công an xã, Ban CHQS xã và già làng` is three, `các ngành, đoàn thể` one.

    It is cut where another actor begins behind a comma or "và": an office, or people and groups by their first word.
    """
    inside = [u for u in units if piece.start <= u.start and u.end <= piece.end]
    starts = {u.start for u in inside}
    found, start = [], piece.start
    text, folded = given
    for joint in _AND.finditer(folded, piece.start, piece.end):
        at, behind = joint.span()
        if _PERSON.fullmatch(text, start, at) and not any(start <= u.start < at for u in inside):
            continue  # `Trần Văn Hải, Trưởng Công an xã` is one
        many = folded.startswith("các ", behind, piece.end)
        if at == piece.start or (not many and any(u.start < at and behind < u.end for u in inside)):
            continue
        collective = _COLLECTIVE.match(folded, start, at)
        goes_on = _KINDS.match(folded, behind, piece.end) and (collective or _KINDS.fullmatch(folded, start, at))
        # `các huyện ủy, thành ủy trực thuộc` is one: kinds of offices in small letters, none by its name.
        kinds = collective and text[behind : piece.end].islower()
        office = behind in starts and not kinds
        if many or office or (not goes_on and words.actor.match(folded, behind, piece.end)):
            found.append(trimmed(text, Span(start, at)))
            start = behind
    found.append(trimmed(text, Span(start, piece.end)))
    return [span for span in found if span.end > span.start]
