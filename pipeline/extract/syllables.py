"""What share of a text's words are well-formed Vietnamese syllables: the sign of sound text, layer or picture."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_LEAST_WORDS = 12
_TONES = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|th|tr|ch|ph|kh|gh|gi|qu|[bcdđghklmnpqrstvx])?[aăâeêioôơuưy]{1,3}(?:ng|nh|ch|[cmnpt])?$"
)
_ABBREVIATION = re.compile(r"[A-ZĐ]{1,6}$")
WORD = re.compile(r"[^\W\d_]+")


def share_of_syllables(words: Sequence[str]) -> float:
    """The share of well-formed syllables; abbreviations in capitals count neither way, too few words as all well."""
    kinds = list(map(_kind, words))
    told = len(kinds) - kinds.count(None)
    return kinds.count(True) / told if told >= _LEAST_WORDS else 1.0


@lru_cache(maxsize=20_000)
def _kind(word: str) -> bool | None:
    """Whether a word (NFC) could be a Vietnamese syllable by its letters; None for an abbreviation in capitals."""
    if _ABBREVIATION.match(word):
        return None
    if len(word) > 24:
        return False
    bare = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word.lower()).translate(_TONES))
    return _SYLLABLE.match(bare) is not None
