"""What tesseract makes of stamps, signatures and Roman numerals, put right word by word.

It reads strokes of a pen as words, runs neighbours together, and takes the stems of `II` and `III` for an `H`. Only
what is certain is mended; what is neither a word nor sure is dropped, for a wrong figure is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from statistics import median

import numpy as np

from pipeline.extract.picture import Ink
from pipeline.extract.tesseract import Word
from pipeline.knowledge.printing import printed_phrases
from pipeline.knowledge.syllables import is_syllable
from pipeline.knowledge.text import fold

# Taller than this many usual lines is no print; below these confidences a word, or strokes that are none, is dropped.
_TALL, _UNSURE, _UNSURE_STROKES = 2.2, 40, 75
# The mean confidence of a line in which a doubtful syllable is kept.
_SURE_LINE = 75
_LETTERS = re.compile(r"[^\W\d_]+")
_PRINTED = re.compile(r"[\w(“\"/][\w()/.,:;%–\-“”\"'+&]*[\w).,:;%/”\"\-]?|[-–—+*•.,:;…]{1,3}|\.{2,}|%")
# A numeral of stems alone, as it is and as it is misread, with what stands around it.
_STEMS = re.compile(r"([(“\"]?)([IHTl1|ÌÍÏìíïiị!L]{1,4})([.,;:)/”\"]*)")
# The head of a column of numbers, and the one numeral that is never misread.
_NO_NUMERAL = ("TT", "I")
_BEFORE_NUMERAL = re.compile(r"(?:quý|thứ|khóa|phần|phụ lục|chương|mục|kỳ|đợt|hạng|loại|bậc|cấp|tập|bảng|biểu)$")
_ROMAN = re.compile(r"([XV]{1,3}|I?[XV])([HIlT1]{1,4})([.,;:)/]*)")
_STEM_HEIGHT = 0.75
_NUMBER_WORD = re.compile(r"[Ss][ốôóòõỗỔÔÓÒÕỖ]")
# A figure or a symbol run together with the word beside it: `26tháng`, `ngày05`, `NĐ-CPngày`, `SỞY`, `KT.GIÁM`.
_GLUED = re.compile(
    r"(\d{1,4})(?:tháng|năm|ngày|của)|(.*[A-ZĐ]{2}[a-zđ]?)(?:ngày|của)|(ngày|tháng|năm|số)\d{1,4}(?:[/.].*)?|(SỞ|Sở)Y"
    r"|((?:TM|KT|TL|TUQ|Q)\.)[A-ZĐÀ-Ỹ]{2,}"
)


def tidied(words: Sequence[Word], ink: Ink) -> list[Word]:
    """The words of a page without what is no print, numerals and glued words put right."""
    usual = median(word.line.bottom - word.line.top for word in words) if words else 0.0
    found: list[Word] = []
    for _, line in groupby(words, key=lambda word: word.number):
        found.extend(_restored(_mended(_printed(list(line), usual), ink)))
    return found


def _printed(line: list[Word], usual: float) -> list[Word]:
    """The words of a line that are print; a doubtful syllable is one among words that are sure."""
    sure = sum(word.confidence for word in line) / len(line) >= _SURE_LINE
    return [word for word in line if _is_print(word, usual, sure)]


def _mended(line: list[Word], ink: Ink) -> list[Word]:
    """The words of a line with numerals, letter case and glued words put right."""
    found: list[Word] = []
    for index, word in enumerate(line):
        before = line[index - 1] if index else None
        after = line[index + 1] if index + 1 < len(line) else None
        text = _numeral(word, before, after, ink) or _lead(word.text, after) or _even_case(word.text)
        found.extend(_parted(word._replace(text=text)))
    return found


def _restored(line: list[Word]) -> list[Word]:
    """The words of one line, phrases that lost their marks put right."""
    texts = printed_phrases().restored([word.text for word in line])
    return [word._replace(text=text) for word, text in zip(line, texts, strict=True)]


def _is_print(word: Word, usual: float, sure_line: bool) -> bool:
    """Whether a word is printed text, and sure enough to be kept."""
    if word.box.bottom - word.box.top > _TALL * usual:
        return False
    if not _PRINTED.fullmatch(word.text):
        return word.confidence >= _UNSURE_STROKES and any(map(str.isalnum, word.text))
    letters = _LETTERS.findall(word.text)
    sound = bool(letters) and all(is_syllable(part) or part.isupper() for part in letters)
    return (sound and sure_line) or word.confidence >= (_UNSURE / 2 if sound else _UNSURE)


# ------------------------------------------------------------------ numerals


def _numeral(word: Word, before: Word | None, after: Word | None, ink: Ink) -> str | None:
    """The Roman numeral that a word is, where its place says that it is one; None where it is something else."""
    if not _is_numeral_place(word, before, after):
        return None
    mixed = _ROMAN.fullmatch(word.text)
    if mixed:
        tail = "".join("II" if sign == "H" else "I" for sign in mixed[2])
        return mixed[1] + tail + mixed[3] if len(tail) <= 3 else None
    stems = _STEMS.fullmatch(word.text)
    if stems is None or stems[2] in _NO_NUMERAL or set(stems[2]) == {"1"}:
        return None
    count = _count_stems(ink, word, stems[3])
    return stems[1] + "I" * count + stems[3] if 1 <= count <= 3 else None


def _is_numeral_place(word: Word, before: Word | None, after: Word | None) -> bool:
    """At the head of a line in capitals, alone, or after a word that a number follows."""
    if before is not None:
        return _BEFORE_NUMERAL.search(fold(before.text)) is not None
    return after is None or (word.text[-1] in "./)" and after.text[:2].isupper())


def _count_stems(ink: Ink, word: Word, closing: str) -> int:
    """How many upright stems a word has: columns of its picture that are inked from top to bottom."""
    x0, top, x1, bottom = map(round, word.box)
    picture = ink[max(0, top) : bottom, max(0, x0 - 1) : x1 + 1]
    rows = np.flatnonzero(picture.any(axis=1))
    if not len(rows):
        return 0
    picture = picture[rows[0] : rows[-1] + 1]
    full = picture.mean(axis=0) >= _STEM_HEIGHT
    return int(np.count_nonzero(np.diff(np.pad(full, 1).astype(np.int8)) == 1))


# ------------------------------------------------------------------ letters


def _lead(text: str, after: Word | None) -> str | None:
    """`SÓ 1050/QĐ-SCT` as `SỐ`: before a figure no other word of these letters stands."""
    if after is None or not after.text[0].isdigit() or not _NUMBER_WORD.fullmatch(text):
        return None
    return "SỐ" if text.isupper() else f"{text[0]}ố"


def _even_case(text: str) -> str:
    """`sỐ` as `số`: a word that begins small has no capital inside."""
    letters = _LETTERS.fullmatch(text.rstrip(".,;:"))
    return text.lower() if letters and text[0].islower() and is_syllable(letters[0]) else text


def _parted(word: Word) -> list[Word]:
    """A word, or the two words that it is run together from where there is one way to part them."""
    cut = _place_to_part(word.text)
    if not cut:
        return [word]
    share = cut / len(word.text)
    middle = word.box.x0 + share * (word.box.x1 - word.box.x0)
    return [
        word._replace(text=word.text[:cut], box=word.box._replace(x1=middle), line=word.line._replace(x1=middle)),
        word._replace(text=word.text[cut:], box=word.box._replace(x0=middle), line=word.line._replace(x0=middle)),
    ]


def _place_to_part(text: str) -> int:
    """Where two words were run together, 0 where nowhere or where it is not certain."""
    core = text.rstrip(".,;:!?)")
    figures = _GLUED.fullmatch(core)
    if figures:
        return len(next(filter(None, figures.groups())))
    if not core.isalpha() or not (core.islower() or core[1:].islower()) or is_syllable(core):
        return 0
    places = [at for at in range(2, len(core) - 1) if is_syllable(core[:at]) and is_syllable(core[at:]) and _marked(core, at)]
    return places[0] if len(places) == 1 else 0


def _marked(text: str, at: int) -> bool:
    """Whether both parts bear a mark of Vietnamese, as most of its words do and few chance syllables."""
    return not text[:at].isascii() and not text[at:].isascii()
