"""The text as it is to be understood: known wordings of headings and frame with the tone marks that they have lost.

`TÔ CHƯC THỰC HIÊN` is not what anybody wrote, and every rule that asks for wordings would pass it by. What stands on the
page stays in the text; beside it stands, letter for letter, what the lines that head and frame a document mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.knowledge.syllables import is_syllable
from pipeline.knowledge.text import bare, fold
from pipeline.knowledge.wordings import has_lost, known_pairs
from pipeline.normalize.joins import MARKER, is_capitals
from pipeline.values import Paragraph

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_HEADING = 130
_SHORT = 60
_LEAST = 2  # words that have lost marks, before a document counts as damaged; one that cannot be a syllable is enough
Restored = dict[int, str]  # where a word begins, and the word as it is known, folded


def reading_of(text: str, paragraphs: Sequence[Paragraph]) -> str:
    """The text with known wordings put right in short lines and labels; of the same length, letter for letter.

    Nothing is put right in a document that shows too little damage: one odd word may be a name.
    """
    found: Restored = {}
    for start, end in _regions(text, paragraphs):
        found |= _restored(text, start, end)
    lost = {fold(text[at : at + len(word)]) for at, word in found.items()}
    if len(lost) < _LEAST and all(map(is_syllable, lost)):
        return text
    letters = list(text)
    for at, word in found.items():
        printed = text[at : at + len(word)]
        letters[at : at + len(word)] = [new.upper() if old.isupper() else new for new, old in zip(word, printed, strict=True)]
    return "".join(letters)


def _regions(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    """Lines that can be headings or belong to the frame, and the label before the colon of a longer one."""
    for paragraph in paragraphs:
        start, end = paragraph.start, paragraph.end
        if paragraph.grid is not None:
            continue
        if end - start > _LONGEST_HEADING or (end - start > _SHORT and text[end - 1] != ":"):
            colon = text.find(":", start, start + _LONGEST_HEADING)
            line = text[start:end] if end - start <= _LONGEST_HEADING else ""
            if not is_capitals(line) and not MARKER.match(text, start, min(end, start + _SHORT)):
                continue
            if colon > 0:
                end = colon
            elif not line:
                continue
        yield start, end


def _restored(text: str, start: int, end: int) -> Restored:
    """The words of a stretch that a known pair puts right."""
    folded = fold(text[start:end])
    plain, pairs = bare(folded), known_pairs()
    found: Restored = {}
    for one, other in pairwise(_WORD.finditer(folded)):
        if folded[one.end() : other.start()] != " ":
            continue
        true = pairs.get((plain[one.start() : one.end()], plain[other.start() : other.end()]))
        if true is None or true == (one[0], other[0]):
            continue
        fits = [printed == known or has_lost(printed, known) for printed, known in zip((one[0], other[0]), true, strict=True)]
        if all(fits):
            found |= {start + word.start(): known for word, known in zip((one, other), true, strict=True) if word[0] != known}
    return found
