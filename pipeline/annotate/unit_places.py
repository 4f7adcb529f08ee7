"""Names of places that no rule of spelling reads to their end: the register of official units knows them."""

from __future__ import annotations

from pipeline.annotate.unit_lexicon import Lexicon
from pipeline.annotate.unit_pieces import Piece
from pipeline.annotate.unit_words import BREAKS, DASHES, Words, title_case

_FURTHER = 5


def whole_name(words: Words, lexicon: Lexicon, level: str, at: int, name: Piece) -> Piece:
    """A name that begins at a token, with what the register says belongs to it too ("Cổ Nhuế" + "2", "Vụ" + "Bản").

    Asked only where what follows could be part of a name: a capital, a number, a dash or an apostrophe.
    """
    first = name.after
    if not (words.is_capital(first) or words.low[first].isdigit() or words.low[first] in DASHES or words.low[first] in "'’"):
        return name
    last = next((k for k in range(first, first + _FURTHER) if words.low[k] in BREAKS), first + _FURTHER)
    for after in range(last, first, -1):
        printed = words.printed(at, after)
        if words.is_word(after - 1) and lexicon.is_unit(level, printed):
            return Piece(after, title_case(printed, every=True) if printed.isupper() else printed)
    return name
