"""What names an office after its head, where a level does not: a domain, a trade, a company's name."""

from __future__ import annotations

from pipeline.annotate.unit_names import NameReader
from pipeline.annotate.unit_pieces import Piece
from pipeline.annotate.unit_purposes import purpose

_OBJECTS = frozenset(
    (("kế", "hoạch"), ("chương", "trình"), ("nội", "dung"), ("quy", "chế"), ("kết", "quả"), ("báo", "cáo"), (",", "báo"))
)
_SHORT_HEAD = 2
_COMPANY_TOKENS = 10
_GLUES = frozenset("&-")


def domain(names: NameReader, after: int, at: int) -> Piece | None:
    """A domain of the table; after a short head, a verb that goes on with its object is none ("Sở xây dựng đề cương")."""
    words = names.words
    field = names.field(after, "office")
    if field is None or after - at > _SHORT_HEAD or words.is_capital(after) or not words.is_capital(at):
        return field
    verb = names.lexicon.openers.longest(words, after)
    following = tuple(words.low[field.after : field.after + 2])
    has_object = names.is_plain(field.after) or following in _OBJECTS
    return None if verb and verb.after == field.after and has_object else field


def cooperative(names: NameReader, after: int) -> Piece | None:
    """A cooperative's trade and name; a trade in small letters counts only before a name ("HTX xây dựng kế hoạch")."""
    words = names.words
    trade = names.field(after, "office")
    if words.is_capital(after):
        return trade or names.capital_run(after)
    return trade if trade is not None and words.is_capital(trade.after) else None


def named_after(names: NameReader, after: int, at: int) -> Piece | None:
    """A domain outside the table, told by its capital; in a line of capitals a one-syllable head proves nothing."""
    words = names.words
    if names.level_word(after) or names.begins_unit(after) or not words.is_capital(after) or _is_central(names, after):
        return None
    if after - at == 1 and not words.is_capital(at):
        return None
    if tuple(words.low[after : after + 3]) == ("phòng", ",", "chống"):
        return purpose(names, after, open_ended=False)
    shouted = words.is_shouted(after) and len(words.low[after]) > 1
    if shouted and not words.is_shouted(at):
        last = after + 1
        while words.low[last] in _GLUES and words.is_glued(last) and words.is_glued(last + 1) and words.is_shouted(last + 1):
            last += 2
        if words.low[last].isdigit() and words.is_glued(last):
            last += 1
        return Piece(last, words.text[words.start[after] : words.end[last - 1]], confidence=0.8)
    return None if shouted and after - at == 1 else names.capital_run(after)


def company(names: NameReader, at: int) -> Piece | None:
    """A company's form and name: words up to the end of its proper name ("cổ phần xây dựng" + "Hải Lâm")."""
    words = names.words
    trade = names.field(at, "office") if words.is_capital(at) else None
    last = trade.after if trade else at
    for k in range(last, at + _COMPANY_TOKENS):
        if not words.is_word(k) or words.low[k] in names.lexicon.followers:
            break
        if words.is_capital(k):
            last = k + 1
        elif last == k and k - at > 1 and words.is_capital(k - 2) and not words.is_shouted(k - 2):
            break
    return Piece(last, words.printed(at, last), confidence=0.8) if last > at else None


def _is_central(names: NameReader, at: int) -> bool:
    """Whether a level of the whole country stands here, which is no domain: "Ban Chỉ đạo" + "Quốc gia"."""
    found = names.lexicon.qualifiers.longest(names.words, at)
    return found is not None and found.value.level == "trung_uong"
