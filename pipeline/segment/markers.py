"""The marks that number headings and items: `PHẦN I`, `A.`, `I.`/`I-`/`I/`, `1.`/`1/`, `1.1.`, `a)`/`a/`, `-`, `+`, `*`.

The decree's own order is Phần > I. > 1. > a) > - (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II, khoản 6); plans add A., 1.1.,
`+` and `*`, and leave marks off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from pipeline.knowledge.text import UPPER, fold


class Kind(IntEnum):
    """Kinds of marks, from the outermost to the innermost as the decree orders them."""

    PHAN = 0
    LETTER = 1
    ROMAN = 2
    NUMBER = 3
    ALPHA = 4
    STAR = 5
    DASH = 6
    PLUS = 7


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark at the start of a paragraph: `text` without punctuation, its place in the count, where the wording starts.

    `path` holds the numbers of a dotted mark (`1.2.1` -> (1, 2, 1)); for other counting marks one number; empty for bullets.
    `valid` is false for a Roman numeral that is none (`IIII`), `bare` true where no punctuation follows the mark.
    """

    kind: Kind
    text: str
    path: tuple[int, ...]
    end: int
    valid: bool = True
    bare: bool = False

    @property
    def number(self) -> int | None:
        """The last number of the mark, None for a bullet."""
        return self.path[-1] if self.path else None


_PHAN = re.compile(r"(?:PHẦN|Phần)\s+(?:(?:THỨ|Thứ|thứ)\s+\w+|[IVX]{1,5}\b|[A-D]\b|\d{1,2}\b)\s*[.:\-–/]?\s*")
_DIEU = re.compile(r"((?:Điều|ĐIỀU)\s+(\d{1,2}))\s?[.:]\s*")
_ROMAN = re.compile(r"(?![Vv]/[Vv]\b)([IVX]{1,6})\s?(?:/\.|[.\-–/):])\s*(?=\S|$)")
_ROMAN_BARE = re.compile(rf"([IVX]{{1,6}})\s+(?=[{UPPER}])")
_LETTER = re.compile(r"([A-HKLMNĐ])\s?(?:/\.|[.\-–/)])\s*(?=[^\W\d_])")
_SYMBOL = r"(?!\d{1,2}\s?/\s?[A-ZĐ][A-Za-zđ]{1,4}[-–/][A-ZĐ])"  # `27/KH-UBND` goes on with a citation
_NUMBER = re.compile(_SYMBOL + r"(\d{1,2}(?:\.\d{1,2}){0,4})\s?(?:/\.|[.)/:]|[-–](?=\s))\s*(?=[^\W\d_]|[\"“(‘+*•–—-]|\s\d|$)")
_NUMBER_SPACED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})[.)]\s+(?=\S)")
_DOTTED_BARE = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4})\s+(?=[^\W\d_])")
_NUMBER_BARE = re.compile(rf"(\d{{1,2}})\s+(?=[{UPPER}])")
_ALPHA = re.compile(r"([a-zđ]\d?|[a-z]\.\d{1,2})\s?(?:\)|/(?![a-z]\b)|[.,–-](?=\s))\s*(?=\S)")
_BULLET = re.compile(r"([-–—]|[+]|[*•●])\s*(?=[^\s*+\d]|\d|\.{2})")
_DASHES = {"-": Kind.DASH, "–": Kind.DASH, "—": Kind.DASH, "+": Kind.PLUS, "*": Kind.STAR, "•": Kind.STAR, "●": Kind.STAR}
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_ROMAN_FORM = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_ORDINALS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8}
_ALPHABET = "abcdđeghiklmnopqrstuvxy"


def roman(numeral: str) -> int:
    """The value of a Roman numeral of I, V, X; malformed ones are added up digit by digit."""
    total = 0
    for here, after in zip(numeral, numeral[1:] + " ", strict=True):
        value = _ROMAN_VALUES[here]
        total += -value if _ROMAN_VALUES.get(after, 0) > value else value
    return total


def parse_marker(text: str) -> Marker | None:
    """The mark at the start of a paragraph, or None. Marks without punctuation (`I MỤC ĐÍCH`) count before capitals only."""
    first = text[:1]
    if first in _DASHES:
        found = _BULLET.match(text)
        return Marker(_DASHES[first], "-" if first in "–—" else first, (), found.end()) if found else None
    if first.isdigit():
        return _number(text)
    if first == "Đ" and (found := _DIEU.match(text)):
        return Marker(Kind.ROMAN, found[1], (int(found[2]),), found.end())
    if first in "PH" and (found := _PHAN.match(text)):
        return _phan(text, found)
    if first in "IVX" and (found := _ROMAN.match(text)):
        numeral = found[1]
        return Marker(Kind.ROMAN, numeral, (roman(numeral),), found.end(), bool(_ROMAN_FORM.fullmatch(numeral)))
    if first in "IVX" and (found := _ROMAN_BARE.match(text)):
        return Marker(Kind.ROMAN, found[1], (roman(found[1]),), found.end(), bool(_ROMAN_FORM.fullmatch(found[1])), True)
    if first.isupper() and (found := _LETTER.match(text)):
        return Marker(Kind.LETTER, found[1], (_ALPHABET.find(found[1].lower()) + 1,), found.end())
    if first.islower() and (found := _ALPHA.match(text)):
        return Marker(Kind.ALPHA, found[1], (_ALPHABET.find(first) + 1,), found.end())
    return None


def _number(text: str) -> Marker | None:
    for pattern in (_NUMBER, _NUMBER_SPACED, _DOTTED_BARE, _NUMBER_BARE):
        found = pattern.match(text)
        if found:
            path = tuple(int(part) for part in found[1].split("."))
            return Marker(Kind.NUMBER, found[1], path, found.end(), bare=pattern is _NUMBER_BARE)
    return None


def _phan(text: str, found: re.Match[str]) -> Marker:
    mark = " ".join(text[: found.end()].rstrip(" .:-–/").split())
    last = fold(mark).split()[-1]
    numeral = mark.split()[-1]
    if last in _ORDINALS:
        number = _ORDINALS[last]
    elif _ROMAN_FORM.fullmatch(numeral):
        number = roman(numeral)
    else:
        number = int(numeral) if numeral.isdigit() else ord(numeral[0]) - ord("A") + 1
    return Marker(Kind.PHAN, mark, (number,), found.end())
