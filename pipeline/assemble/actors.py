"""Cuts the words that name actors into single actors: a table cell, a heading, the phrase behind "phối hợp với"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from models import Actor, Unit
from pipeline.knowledge.tasks import TaskWords
from pipeline.knowledge.text import LOWER, UPPER, fold
from pipeline.values import Span

_CELL_BREAK = re.compile(r"\s*;\s*(?:[-–+]\s*)?|\s*\.\s*[-–+]\s*|\n")
_BULLET = re.compile(r"^[-–—+•*,;\s]+")
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


def cut_cell(text: str, parts: Sequence[Span], units: Sequence[Unit], words: TaskWords) -> tuple[list[Actor], list[Actor]]:
    """The actors of a table cell: those who lead and those who are said to co-operate (`A chủ trì, B phối hợp`)."""
    lead: list[Actor] = []
    support: list[Actor] = []
    for part in parts:
        for piece in _pieces(text, part):
            for named, helping in _by_part(text, piece, units, words):
                for span in single_actors(text, named, units, words) if named.end > named.start else ():
                    one = actor(text[span.start : span.end], span.start, units)
                    (support if helping else lead).append(one)
    return lead, support


def _by_part(text: str, piece: Span, units: Sequence[Unit], words: TaskWords) -> Iterator[tuple[Span, bool]]:
    """The names of a piece of a cell, each with whether it only helps."""
    folded = fold(text[piece.start : piece.end])
    label = _LABEL.match(folded)
    if label is not None:
        yield trimmed(text, Span(piece.start + label.end(), piece.end)), label["part"] == "phối hợp"
        return
    helping = _SUPPORT.search(folded)
    if helping is not None:
        first = folded.rfind("chủ trì", 0, helping.start())
        middle = piece.start + (first + len("chủ trì") if first > 0 else 0)
        if middle > piece.start:
            yield _leading(text, Span(piece.start, middle)), False
        yield trimmed(text, Span(middle, piece.start + helping.start())), True
        return
    together = _TOGETHER.search(folded)
    named = together is not None and _names(piece.start + together.end(), folded[together.end() :], units, words)
    if together is not None and named and together.start() > 2:
        yield _leading(text, Span(piece.start, piece.start + together.start())), False
        yield trimmed(text, Span(piece.start + together.end(), piece.end)), True
        return
    yield _leading(text, piece), False


def _names(start: int, folded: str, units: Sequence[Unit], words: TaskWords) -> bool:
    """Whether an actor is named at a place."""
    return any(u.start <= start < u.end for u in units) or words.actor.match(folded) is not None or folded.startswith("các ")


def _leading(text: str, piece: Span) -> Span:
    """A piece without the words "chủ trì" behind its name."""
    said = _LEADS.search(fold(text[piece.start : piece.end]))
    return trimmed(text, Span(piece.start, piece.start + said.start()) if said and said.start() > 2 else piece)


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


def single_actors(text: str, piece: Span, units: Sequence[Unit], words: TaskWords) -> list[Span]:
    """The single actors of a list: `Công an xã, Ban CHQS xã và già làng` is three, `các ngành, đoàn thể` one.

    It is cut where another actor begins behind a comma or "và": an office, or people and groups by their first word.
    """
    inside = [u for u in units if piece.start <= u.start and u.end <= piece.end]
    starts = {u.start for u in inside}
    found, start = [], piece.start
    folded = fold(text[piece.start : piece.end])
    for joint in _AND.finditer(folded):
        at, behind = piece.start + joint.start(), piece.start + joint.end()
        if _PERSON.fullmatch(text[start:at]) and not any(start <= u.start < at for u in inside):
            continue  # `Trần Văn Hải, Trưởng Công an xã` is one
        many = folded.startswith("các ", joint.end())
        if joint.start() == 0 or (not many and any(u.start < at and behind < u.end for u in inside)):
            continue
        left = folded[start - piece.start : joint.start()]
        goes_on = _KINDS.match(folded, joint.end()) and (_COLLECTIVE.match(left) or _KINDS.fullmatch(left))
        # `các huyện ủy, thành ủy trực thuộc` is one: kinds of offices in small letters, none by its name.
        kinds = _COLLECTIVE.match(left) and text[behind : piece.end].islower()
        if many or (behind in starts and not kinds) or (not goes_on and not kinds and words.actor.match(folded, joint.end())):
            found.append(trimmed(text, Span(start, at)))
            start = behind
    found.append(trimmed(text, Span(start, piece.end)))
    return [span for span in found if span.end > span.start]
