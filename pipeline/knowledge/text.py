"""Folding of Vietnamese text for comparison: letter case, tone placement, dashes and blanks.

`fold` keeps every offset, so a match in the folded text is a match in the text itself. `squash` and `words` make keys
and lose offsets. Tone placement: `hoà` and `hòa` are one word in two spellings; the old placement (`hòa`, `thủy`) is
the common form here because official names use it. Only the open rimes oa, oe, uy move: `hoàn`, `hoài` and `quý` have
one spelling each.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Members of a character class `[...]`: the range À-Ỹ of Unicode would hold small letters too.
UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
LOWER = UPPER.lower()

_ROWS = {"a": "àáảãạ", "e": "èéẻẽẹ", "o": "òóỏõọ", "u": "ùúủũụ", "y": "ỳýỷỹỵ"}
_MOVED = {
    glide + new: old + vowel
    for glide, vowel in (("o", "a"), ("o", "e"), ("u", "y"))
    for new, old in zip(_ROWS[vowel], _ROWS[glide], strict=True)
}
# A letter after the rime closes it (hoàn), a q before it makes the u part of the consonant (quý). A search for a pattern
# whose branches all begin with letters skips to these at once; so it looks back from behind the rime.
_OPEN_RIME = re.compile(rf"o[{_ROWS['a']}{_ROWS['e']}](?![^\W\d_])|u[{_ROWS['y']}](?<!qu.)(?![^\W\d_])")
_CASED_RIME = re.compile(_OPEN_RIME.pattern, re.IGNORECASE)
_BARE = str.maketrans({letter: unicodedata.normalize("NFD", letter)[0] for letter in LOWER[3:]} | {"đ": "d"})
_DASH = re.compile(r"[‐-―−]")
_BLANK_AT_SIGN = re.compile(r" ?([-/]) ?")
_WORD = re.compile(r"[^\W_]+")
_WHOLE_TEXT = 1_000  # characters from which on a text is a document's own, which its readers fold one after the other


def fold(text: str) -> str:
    """NFC text in lower case with the old tone placement, letter for letter: `len(fold(text)) == len(text)`."""
    return _folded(text) if len(text) < _WHOLE_TEXT else _folded_whole(text)


def _folded(text: str) -> str:
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return _OPEN_RIME.sub(lambda rime: _MOVED[rime[0]], lower)


_folded_whole = lru_cache(maxsize=1)(_folded)


def old_tones(text: str) -> str:
    """NFC text with the old tone placement and its letter case kept, letter for letter."""
    return _CASED_RIME.sub(_move_cased, text)


def _move_cased(rime: re.Match[str]) -> str:
    moved = _MOVED[rime[0].lower()]
    return "".join(new.upper() if old.isupper() else new for old, new in zip(rime[0], moved, strict=True))


def bare(folded: str) -> str:
    """Folded text without tone and vowel marks and the bar of đ, letter for letter."""
    return folded.translate(_BARE)


def squash(text: str) -> str:
    """A key for comparing short texts: folded, every dash a hyphen, no blanks around `-` and `/`, single blanks."""
    plain = " ".join(_DASH.sub("-", fold(text)).split())
    return _BLANK_AT_SIGN.sub(r"\1", plain) if "-" in plain or "/" in plain else plain


def words(text: str) -> tuple[str, ...]:
    """The folded runs of letters and digits: syllables, numbers and the parts of symbols."""
    return tuple(_WORD.findall(fold(text)))
