"""Text as the fonts of the nineties store it, written from the table of their letters."""

from __future__ import annotations

from pipeline.knowledge import load_knowledge
from pipeline.knowledge.legacy import CharsetName, LegacyLetterRow

ROWS = load_knowledge().rows(LegacyLetterRow)


def letters_of(charset: CharsetName) -> dict[str, str]:
    """Vietnamese letter -> the signs that stand for it."""
    return {row.letter: row.seen for row in ROWS if row.charset == charset}


def in_old_font(text: str, charset: CharsetName) -> str:
    """The text as a program shows it that does not know the font; TCVN3 has small tonal letters only."""
    letters = letters_of(charset)
    return "".join(letters.get(letter) or letters.get(letter.lower()) or letter for letter in text)
