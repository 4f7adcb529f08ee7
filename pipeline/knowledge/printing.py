"""Phrases that administrative print is made of, to put right what a reader of pictures takes for another letter.

Small marks are what scans lose first: `kê hoạch`, `TÔ CHỨC`, `MỤC ĐỊCH`. A phrase of two syllables or more that is in
the table but for its marks, and that is no phrase of the table as it was read, can have been printed in one way only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from pipeline.knowledge.load import Knowledge, Row, load_knowledge
from pipeline.knowledge.text import old_tones

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 5
# Letters without their marks that a phrase must have for one wrong letter among its capitals to be forgiven.
_LONG = 7

Bare = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedPhraseRow(Row):
    """Phrases of one kind in lower case. `examples` are misread forms of some, `not_examples` stay as they are.

    `frame`: phrases of letterhead, headings and signature, so marked that one wrong letter among capitals is forgiven.
    """

    TABLE: ClassVar[str] = "printed_phrases"
    phrases: tuple[str, ...]
    frame: bool


@dataclass(frozen=True, slots=True)
class PrintedPhrases:
    """The phrases by their letters without marks; None where two phrases share them."""

    by_bare: dict[Bare, Bare | None]
    frame: frozenset[Bare]

    @classmethod
    def of(cls, knowledge: Knowledge) -> PrintedPhrases:
        """The index over the table `printed_phrases`."""
        found: dict[Bare, Bare | None] = {}
        frame: set[Bare] = set()
        for row in knowledge.rows(PrintedPhraseRow):
            for phrase in row.phrases:
                syllables = tuple(phrase.split())
                bare = tuple(map(without_marks, syllables))
                found[bare] = syllables if found.get(bare, syllables) == syllables else None
                frame.update([bare] if row.frame else [])
        return cls(found, frozenset(frame))

    def restored(self, words: Sequence[str]) -> list[str]:
        """The words of one line (with their punctuation), phrases of the table put right; as many words as before."""
        cores = [match[0] if (match := _WORD.search(word)) else "" for word in words]
        made = list(words)
        at = 0
        while at < len(words):
            length, phrase = self._at(words, cores, at)
            for offset, syllable in enumerate(phrase):
                made[at + offset] = words[at + offset].replace(cores[at + offset], _cased(syllable, cores[at + offset]), 1)
            at += length
        return made

    def _at(self, words: Sequence[str], cores: Sequence[str], at: int) -> tuple[int, Bare]:
        """How many words the phrase at a place has, and its syllables; one word and none where there is no phrase."""
        for length in range(min(_LONGEST, len(words) - at), 1, -1):
            read = cores[at : at + length]
            # Punctuation inside parts two phrases.
            if not all(read) or any(not word.endswith(core) for word, core in zip(words[at:], read[:-1], strict=False)):
                continue
            phrase = self._phrase(read)
            if phrase is not None:
                return length, phrase
        return 1, ()

    def _phrase(self, read: Sequence[str]) -> Bare | None:
        bare = tuple(without_marks(core) for core in read)
        capitals = all(map(str.isupper, read))
        if bare not in self.by_bare:
            return self._nearly(bare) if capitals and sum(map(len, bare)) >= _LONG else None
        phrase = self.by_bare[bare]
        # Two chance neighbours (`tiêu chí | thi đua`) agree with a phrase in neither of their marks.
        return phrase if phrase and (capitals or 2 * _wrong(read, phrase) <= len(phrase)) else None

    def _nearly(self, bare: Bare) -> Bare | None:
        """The one phrase that differs from capitals in a single letter."""
        near = {self.by_bare[other] for other in self.frame if len(other) == len(bare) and _one_apart(bare, other)}
        return near.pop() if len(near) == 1 else None


def printed_phrases() -> PrintedPhrases:
    """The phrases of the tables that come with the program."""
    return load_knowledge().derived(PrintedPhrases.of)


@lru_cache(maxsize=20_000)
def without_marks(word: str) -> str:
    """A word in lower case without any mark: `Đổi` -> `doi`."""
    letters = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _wrong(read: Sequence[str], phrase: Bare) -> int:
    """How many syllables were read otherwise than the phrase has them."""
    return sum(old_tones(core.lower()) != syllable for core, syllable in zip(read, phrase, strict=True))


def _one_apart(one: Bare, other: Bare) -> bool:
    """Whether two phrases of equal syllable lengths differ in one letter."""
    if any(len(a) != len(b) for a, b in zip(one, other, strict=True)):
        return False
    return sum(a != b for a, b in zip("".join(one), "".join(other), strict=True)) == 1


def _cased(syllable: str, read: str) -> str:
    """A syllable in the letter case, and with the tone placement, in which it was read."""
    if old_tones(read.lower()) == syllable:
        return read
    if read.isupper():
        return syllable.upper()
    return syllable.capitalize() if read[0].isupper() else syllable
