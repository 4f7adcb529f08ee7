"""The fonts of the nineties, TCVN3 and VNI: which Latin-1 signs stood for which Vietnamese letters.

TCVN3 (TCVN 5712:1993, fonts named `.Vn…`) has one sign a letter and tonal letters in lower case only: capitals come
from a font of its own (`.Vn…H`). VNI (fonts named `VNI-…`) writes most letters as a base and a mark, so the longest
match counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Literal

from pipeline.knowledge.load import Knowledge, Row, load_knowledge

CharsetName = Literal["tcvn3", "vni"]
NAMES: tuple[CharsetName, ...] = ("tcvn3", "vni")
# PDF names carry a subset prefix (`ABCDEF+.VnTime`), and both a style (`.VnTimeH,Bold`).
_TCVN3_FONT = re.compile(r"(?:^|\+)(?:\.[Vv][Nn]|Vn[A-Z])")
_VNI_FONT = re.compile(r"(?:^|\+)VNI[- ]", re.IGNORECASE)
_LONGEST_FONT = 100
_STYLE_OF_FONT = re.compile(r"(?:[-,_ ]?(?:Bold|Italic|Oblique|Regular))+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LegacyLetterRow(Row):
    """One letter: the code points that stood for it, and the letter (NFC).

    `examples` are words as seen and as meant (`h×nh=hình`), `not_examples` Unicode words that hold the same signs.
    """

    TABLE: ClassVar[str] = "legacy_letters"
    charset: CharsetName
    code_points: str
    letter: str

    @property
    def seen(self) -> str:
        """What a program that does not know the font shows."""
        return "".join(chr(int(point.removeprefix("U+"), 16)) for point in self.code_points.split())


class Charset:
    """One of the old character sets, ready to decode."""

    def __init__(self, name: CharsetName, letters: dict[str, str]) -> None:
        self.name = name
        self._letters = letters
        self._seen = re.compile("|".join(re.escape(seen) for seen in sorted(letters, key=len, reverse=True)))

    @property
    def label(self) -> str:
        """The name as people write it."""
        return self.name.upper()

    def decode(self, text: str) -> str:
        """The text as it was meant, NFC; signs that the set does not have stay."""
        return self._seen.sub(lambda seen: self._letters[seen[0]], text)

    def covers(self, text: str) -> bool:
        """Whether every letter of a text that is not ASCII belongs to the set."""
        return self._seen.sub("", text).isascii()


def charsets() -> tuple[Charset, ...]:
    """Both character sets, made once from the table."""
    return load_knowledge().derived(_charsets)


def charset_named(name: CharsetName) -> Charset:
    """A character set by its name."""
    return charsets()[NAMES.index(name)]


def legacy_signs() -> str:
    """Every sign outside ASCII that the old fonts use, each once, sorted."""
    return "".join(sorted({sign for row in load_knowledge().rows(LegacyLetterRow) for sign in row.seen if sign > "\x7f"}))


def _charsets(knowledge: Knowledge) -> tuple[Charset, ...]:
    letters: dict[CharsetName, dict[str, str]] = {name: {} for name in NAMES}
    for row in knowledge.rows(LegacyLetterRow):
        letters[row.charset][row.seen] = row.letter
    # VNI keyboards leave the mark small after a capital: `Uûy ban`.
    for seen, letter in list(letters["vni"].items()):
        letters["vni"].setdefault(seen[0] + seen[1:].lower(), letter)
    return tuple(Charset(name, letters[name]) for name in NAMES)


@dataclass(frozen=True, slots=True)
class FontReading:
    """How text in an old font is read: its character set, and whether the font shows every letter as a capital."""

    charset: CharsetName
    capitals: bool = False


@lru_cache(maxsize=1_000)
def reading_of_font(name: str) -> FontReading | None:
    """The reading that a font's name asks for (Word's name or a PDF's, subset prefix and style included), or None."""
    name = name[:_LONGEST_FONT]
    if _VNI_FONT.search(name):
        return FontReading("vni")
    if _TCVN3_FONT.search(name):
        return FontReading("tcvn3", _STYLE_OF_FONT.sub("", name).endswith("H"))
    return None
