"""What a board is for, in words of small letters: "vệ sinh môi trường" + "xã", "chống khai thác IUU"."""

from __future__ import annotations

from pipeline.annotate.unit_names import NameReader
from pipeline.annotate.unit_pieces import Piece
from pipeline.annotate.unit_words import BREAKS, JOINTS, title_case

_TOKENS = 16
_SINGLE = 2
_PHRASE_ENDS = frozenset(".;:()")
# Words of time and of a predicate: no purpose holds them, a sentence about the board does.
_CLOSERS = frozenset(("trước", "này", "năm", "ngày", "tháng", "quý", "đã", "sẽ", "đang", "phải", "cần", "là", "xong", "gồm"))


def purpose(names: NameReader, at: int, *, open_ended: bool) -> Piece | None:
    """The purpose that begins at a token, up to the level word that closes the name.

    Where it is `open_ended` the end of the phrase closes it as well. Nothing where a predicate begins ("BCĐ đề nghị …").
    """
    words, lexicon = names.words, names.lexicon
    if not words.is_word(at) or (words.low[at] in lexicon.followers and names.number(at) is None):
        return None  # "báo cáo BCĐ trước 15/6"
    if lexicon.predicates.longest(words, at) is not None:
        return None
    after = words.last_word(at, _end(names, at, open_ended=open_ended))
    if after == at:
        return None
    printed = words.printed(at, after)
    return Piece(after, title_case(printed, every=False) if printed.isupper() else printed, confidence=0.8)


def _end(names: NameReader, at: int, *, open_ended: bool) -> int:
    """The token after the purpose; `at` where the sentence goes on without closing it."""
    words, openers, after = names.words, names.lexicon.openers, at
    verbal = openers.longest(words, at) is not None
    while after < at + _TOKENS:
        low = words.low[after]
        if names.tail(after) is not None:
            return after
        ends = low in BREAKS or low in _PHRASE_ENDS or (after > at and low in _CLOSERS)
        opener = openers.longest(words, after + 1) if low == "," else None
        ends = ends or (opener is not None and (not verbal or opener.after - after == _SINGLE))
        if ends or (low in JOINTS and names.begins_unit(after + 1)):
            return after if open_ended else at
        if not (words.is_word(after) or low in JOINTS or low == "/"):
            return at
        skip = names.lexicon.compound_after(words, after)
        enters = after > at and words.low[after - 1] not in JOINTS and skip == after and low != "về"
        if enters and openers.longest(words, after):
            return at
        after = max(skip, after + 1)
    return at
