"""Letters that a broken character map or a faulty conversion put in the place of others, put right by rule.

Only where one reading is possible: what stands there cannot be Vietnamese, the damage is a known one that shows
elsewhere in the document too, and undoing it makes a syllable. Everything else stays as it was received, and
`damage` tells of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from pipeline.knowledge.syllables import is_syllable, misread_syllables
from pipeline.knowledge.text import UPPER
from pipeline.values import Grid, Line

Mend = Callable[[str], str]

# The letter ƣ is in no Vietnamese alphabet of today, and the motto is the same everywhere: either shows the broken map.
_HORN_OF_MAP = ("ƣ", "Ƣ")
_MOTTO_OF_MAP = re.compile(r"CỘNG\s+HÕA\s+XÃ\s+HỘI")
_WITH_TILDE = re.compile(r"(?<![^\W\d_])[^\W\d_]{0,6}[õÕ][^\W\d_]{0,6}(?![^\W\d_])")
# `XÃ HỘI` in bytes of one code page read in another: Ã and the blank after it became one à.
_MAY_BE_GLUED = re.compile(rf"à[{UPPER}]{{2}}")
_GLUED = re.compile(rf"(?<![^\W_])(X|Đ|M|NG)à([{UPPER}]{{2,7}})(?![^\W_])")
# No rime is -ơng: Unicode that went through a converter for VNI, which takes ô for ơ.
_SHIFTED = re.compile(r"(?<![^\W_])[^\W\d_]{0,3}(?<![ưƯuU])[ơƠ](?:ng|NG)(?![^\W_])")
LEAST_SHIFTED = 2
_TO_CIRCUMFLEX = str.maketrans("ơƠ", "ôÔ")


def mended(received: Iterable[Line | Grid], cleaned: list[Line | Grid]) -> list[Line | Grid]:
    """The cleaned blocks without the damage that rules can undo; `received` are the blocks before cleaning."""
    mends = [*_mends_of_map("\n".join(map(text_of, received))), *_mends_of_text("\n".join(map(text_of, cleaned)))]
    for mend in mends:
        cleaned = [_mended(block, mend) for block in cleaned]
    return cleaned


def text_of(block: Line | Grid) -> str:
    """All words of a block, cells and their paragraphs parted by newlines."""
    if isinstance(block, Line):
        return block.text
    return "\n".join(cell.text for row in block.rows for cell in row)


def shifted_words(text: str) -> set[str]:
    """The different words, in lower case, that a converter for VNI made of words with -ông."""
    if text.count("ơng") == text.count("ương"):
        return set()
    words = {word.lower() for word in _SHIFTED.findall(text)}
    return {word for word in words if is_syllable(word.translate(_TO_CIRCUMFLEX))}


def _mends_of_map(received: str) -> list[Mend]:
    broken = any(horn in received for horn in _HORN_OF_MAP) or _MOTTO_OF_MAP.search(received)
    return [_as_printed] if broken else []


def _mends_of_text(text: str) -> list[Mend]:
    found: list[Mend] = []
    if _MAY_BE_GLUED.search(text):
        found.append(lambda line: _GLUED.sub(_parted, line))
    if len(shifted_words(text)) >= LEAST_SHIFTED:
        found.append(lambda line: _SHIFTED.sub(_shifted_back, line))
    return found


def _as_printed(text: str) -> str:
    return _WITH_TILDE.sub(lambda word: _in_case(misread_syllables().get(word[0].lower()), word[0]), text)


def _in_case(printed: str | None, word: str) -> str:
    if printed is None:
        return word
    return "".join(new.upper() if old.isupper() else new for new, old in zip(printed, word, strict=True))


def _parted(word: re.Match[str]) -> str:
    """`XÃ HỘI` of `XàHỘI`; a word that is a syllable as it stands is a slip of the keyboard."""
    return word[0] if is_syllable(word[0]) or not is_syllable(word[2]) else f"{word[1]}Ã {word[2]}"


def _shifted_back(word: re.Match[str]) -> str:
    back = word[0].translate(_TO_CIRCUMFLEX)
    return back if is_syllable(back) else word[0]


def _mended(block: Line | Grid, mend: Mend) -> Line | Grid:
    if isinstance(block, Line):
        return replace(block, text=mend(block.text))
    rows = tuple(tuple(replace(cell, text=mend(cell.text)) for cell in row) for row in block.rows)
    return replace(block, rows=rows)
