"""Whether the text layer of a page says what the page shows.

Four signs decide: how many characters there are, how much of the page a picture covers, how much of the text is
invisible, and what share of its words are well-formed Vietnamese syllables (sound pages 0.95 to 1.00, a broken
character map 0.16 to 0.80, an OCR layer made for English 0.83).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from pipeline.extract.legacy_text import decode
from pipeline.extract.syllables import WORD, share_of_syllables
from pipeline.knowledge.legacy import charsets
from pipeline.knowledge.text import fold

Trust = Literal["sound", "damaged", "unreadable", "picture", "blank"]

_LEAST_CHARACTERS = 60
# Characters of a long page that its words are judged by, at the start, in the middle and at the end.
_STRETCH = 300
_SYLLABLES, _MARKED, _BROKEN = 0.88, 0.10, 0.02
# Below this share of syllables next to no word is right: what a broken map leaves would only mislead.
_LEGIBLE = 0.5
_PICTURE, _WHOLE_PICTURE = 0.3, 0.6
# A page picture with fewer characters than this over it carries a stamp's words, not its text.
_STAMP_CHARACTERS, _LEAST_PRINTED = 400, 150
# The label words of a signature's visible appearance, folded; programs of several makers write them.
SIGNATURE_LABEL = re.compile(
    r"ký bởi|người ký|ngày ký|giờ ký|thời gian ký|ký điện tử|ký số|cơ quan\s?:|e-?mail\s?:|signed|signature|\bdate\s?:"
    r"|\d{2}:\d{2}:\d{2}"
)

_BAD = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf01f\uf0ff-\uf8ff]")


def judge(text: str, picture_cover: float, hidden_share: float) -> Trust:
    """How far to trust the text layer of a page.

    `picture_cover` is the share of the page under its largest picture, `hidden_share` that of invisible text.
    """
    characters = len(text) - sum(map(text.count, " \r\n\t"))
    if characters < 2:
        return "picture" if picture_cover > _PICTURE else "blank"
    if picture_cover > _WHOLE_PICTURE and characters < _STAMP_CHARACTERS and (hidden_share > 0.5 or _is_stamp(text)):
        return "picture"
    if picture_cover > _WHOLE_PICTURE:
        return "sound" if _is_vietnamese(text, characters) and _is_marked(text) else "picture"
    if _is_vietnamese(text, characters):
        return "sound"
    # A page without one marked letter is in another language: nothing shows that its characters are wrong.
    if text.isascii() and not _is_broken(text, characters):
        return "sound"
    lost = len(_BAD.findall(text)) > (1 - _LEGIBLE) * characters
    legible = not lost and share_of_syllables(WORD.findall(unicodedata.normalize("NFC", text))) >= _LEGIBLE
    return "damaged" if legible else "unreadable"


def _is_stamp(text: str) -> bool:
    """Whether a short text on a picture is a signature's or a registry's stamp rather than printed text."""
    words = fold(unicodedata.normalize("NFC", text))
    return len(words) < _LEAST_PRINTED or SIGNATURE_LABEL.search(words) is not None


def _is_vietnamese(text: str, characters: int) -> bool:
    """Whether a text reads as Vietnamese, in Unicode or in an old font; too little to tell counts as if it did."""
    if _is_broken(text, characters):
        return False
    if characters < _LEAST_CHARACTERS:
        return True
    if share_of_syllables(WORD.findall(unicodedata.normalize("NFC", _stretches(text)))) >= _SYLLABLES:
        return True
    return any(share_of_syllables(WORD.findall(decode(text, charset))) >= _SYLLABLES for charset in charsets())


def _stretches(text: str) -> str:
    """The start, the middle and the end of a long page: what is wrong with its font is wrong everywhere."""
    if len(text) <= 4 * _STRETCH:
        return text
    middle = len(text) // 2
    return " ".join((text[:_STRETCH], text[middle : middle + _STRETCH], text[-_STRETCH:]))


def _is_broken(text: str, characters: int) -> bool:
    """Whether too many characters are controls, private or replacement signs: the map of a font is missing."""
    return len(_BAD.findall(text)) > _BROKEN * characters


def _is_marked(text: str) -> bool:
    words = WORD.findall(text)
    return sum(not word.isascii() for word in words) > _MARKED * len(words)
