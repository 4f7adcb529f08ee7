"""Vietnamese syllables as they are spelt: which words can be one, and where the tone mark stands.

A syllable is an initial, one of the rimes of the table `rimes` and at most one tone; initials choose their rimes
(`k` before e, ê, i, y; `c` before the others) and rimes that end in c, ch, p or t carry the tones sắc and nặng only.
That is strict on purpose: it tells a word that cannot be Vietnamese, and so text that is not what was printed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from pipeline.knowledge.load import Knowledge, Row, load_knowledge
from pipeline.knowledge.text import old_tones

_INITIALS = (
    "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu", "r", "s",
    "t", "th", "tr", "v", "x", "",
)  # fmt: skip
_FRONT = frozenset("eêiy")
_AFTER_QU = frozenset("aăâeêiyơ")
_ONLY_AFTER_QU = frozenset(("ynh", "yt"))
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOP_TONES = ("\u0301", "\u0323")
_STOPS = ("c", "ch", "p", "t")
_HATTED = frozenset("ăâêôơư")


@dataclass(frozen=True, slots=True)
class RimeRow(Row):
    """A rime without its tone (the id); `examples` are syllables with it, `not_examples` misspelt ones."""

    TABLE: ClassVar[str] = "rimes"


@dataclass(frozen=True, slots=True)
class MisreadRow(Row):
    """A syllable (the id) that no Vietnamese word has and that a broken character map makes of a real one, `printed`.

    The map of old versions of Times New Roman gives ò as õ and ư as ƣ. `examples` are phrases as the map gives them,
    `not_examples` the same as printed. Syllables that are real with either letter (`vòng`, `võng`) are not in the table.
    """

    TABLE: ClassVar[str] = "misread_syllables"
    printed: str


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether an NFC word, in any letter case, is spelt as a Vietnamese syllable can be."""
    if not 0 < len(word) < 8:
        return False
    bare, tones = _parted(word.lower())
    if len(tones) > 1 or bare not in load_knowledge().derived(_spellings):
        return False
    return not bare.endswith(_STOPS) or tones in _STOP_TONES


@lru_cache(maxsize=20_000)
def is_well_placed(word: str) -> bool:
    """Whether a word is a syllable with its tone where it belongs, in the old placement or the new (`hòa`, `hoà`)."""
    if not is_syllable(word):
        return False
    bare, tones = _parted(word.lower())
    return not tones or toned(bare, tones) == old_tones(word.lower())


def toned(word: str, tone: str) -> str | None:
    """A syllable without a tone given the combining mark of one; None where that makes no Vietnamese syllable."""
    _, tones = _parted(word.lower())
    at = _tone_place(word.lower())
    if tones or at is None:
        return None
    made = unicodedata.normalize("NFC", word[: at + 1] + tone + word[at + 1 :])
    return made if is_syllable(made) else None


def misread_syllables() -> dict[str, str]:
    """Syllables in lower case as a broken map gives them, and as they were printed."""
    return load_knowledge().derived(_misread_syllables)


def _misread_syllables(knowledge: Knowledge) -> dict[str, str]:
    return {row.id: row.printed for row in knowledge.rows(MisreadRow)}


def _parted(word: str) -> tuple[str, str]:
    """A word without its tone marks (NFC), and the marks."""
    letters = unicodedata.normalize("NFD", word)
    bare = "".join(letter for letter in letters if letter not in _TONES)
    return unicodedata.normalize("NFC", bare), "".join(letter for letter in letters if letter in _TONES)


def _spellings(knowledge: Knowledge) -> frozenset[str]:
    """Every initial with every rime that it goes with."""
    rimes = [row.id for row in knowledge.rows(RimeRow)]
    return frozenset(initial + rime for initial in _INITIALS for rime in rimes if _go_together(initial, rime))


def _go_together(initial: str, rime: str) -> bool:
    front = rime[0] in _FRONT
    if initial == "qu":
        return rime[0] in _AFTER_QU or rime == "ôc"
    if rime in _ONLY_AFTER_QU or (rime[0] == "y" and rime != "y" and initial):
        return False
    if initial == "k":
        return front
    if initial in ("gh", "ngh"):
        return front and rime[0] != "y"
    if initial == "g":
        return rime[0] not in "eêy"
    return not (front and initial in ("c", "ng"))


def _tone_place(word: str) -> int | None:
    """Where a toneless lower-case syllable carries its tone: on a hatted vowel, else as the old placement has it."""
    vowels = list(_vowels(word))
    hatted = [at for at in vowels if word[at] in _HATTED]
    if hatted or not vowels:
        return hatted[-1] if hatted else None
    closed = vowels[-1] < len(word) - 1
    if len(vowels) == 1 or (len(vowels) == 2 and not closed):
        return vowels[0]
    return vowels[1]


def _vowels(word: str) -> Iterator[int]:
    """The places of the vowels of a word that belong to its rime: not the u of `qu` nor the i of `gi`."""
    start = 2 if word[:2] in ("qu", "gi") and word[2:3] and word[2] in "aăâeêioôơuưy" else 0
    for at in range(start, len(word)):
        if word[at] in "aăâeêioôơuưy":
            yield at
