"""One spelling for every character: NFC, look-alike letters, blanks, hyphens. Works line by line, before joining."""

from __future__ import annotations

import re
import unicodedata

from pipeline.knowledge.syllables import toned

# Letters of other alphabets that fonts and keyboards put in the place of Vietnamese ones.
_LOOK_ALIKES = {"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ", "ƣ": "ư", "Ƣ": "Ư"}
# Hyphens that look like one: U+FFFE and U+0002 are what pdfium leaves for a hyphen at a line end.
_HYPHENS = "\u2010\u2011\u2212\ufffe\x02\uf02d"
_BLANKS = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_NOTHING = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffc"
_BULLETS = "\uf0b7\uf0a7\uf0d8\uf0fc\u25cf\u25aa"

_TABLE: dict[int, str | None] = {
    **{code: None for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)},
    **dict.fromkeys(range(0x7F, 0xA0)),
    **{ord(old): new for old, new in _LOOK_ALIKES.items()},
    **{ord(c): " " for c in _BLANKS},
    **{ord(c): None for c in _NOTHING},
    **{ord(c): "•" for c in _BULLETS},
    **{ord(c): "-" for c in _HYPHENS},
    0x0A: " ",
    0x0D: " ",
    0x2028: " ",
    0x2029: " ",
}
_PLAIN = re.compile(r"[ !-~À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ–—“”‘’…]*")
_RUN = re.compile(r" {2,}")
# A tone mark that no letter before it can carry, or that a consonant carries: torn off its vowel, left behind its word.
_MARKED_END = re.compile("[ńǹṇḿṃćǵḥṭṕŃǸṆḾṂĆǴḤṬṔ\u0300\u0301\u0303\u0309\u0323](?![^\\W\\d_])")
_TORN = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,8})( ?)([\u0300\u0301\u0303\u0309\u0323])(?![\u0300-\u036f])")


def clean(text: str) -> str:
    """A line in NFC with ordinary letters, single blanks and plain hyphens; long dashes and quotes stay as printed."""
    if not _PLAIN.fullmatch(text):
        text = unicodedata.normalize("NFC", text.translate(_TABLE))
        if _MARKED_END.search(text):
            text = _MARKED_END.sub(lambda end: unicodedata.normalize("NFD", end[0]), text)
            text = unicodedata.normalize("NFC", _TORN.sub(_with_mark_in_place, text))
    if "  " in text:
        text = _RUN.sub(" ", text)
    return text.strip()


def _with_mark_in_place(torn: re.Match[str]) -> str:
    """The word with its mark back where a syllable has it, a mark that it has already dropped; else as it was."""
    word, gap, mark = torn.groups()
    if mark in unicodedata.normalize("NFD", word):
        return word + gap
    return (None if gap else toned(word, mark)) or torn[0]
