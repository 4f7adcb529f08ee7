"""How far a text that was read is from the true one: letters, words, and words read in another place.

Letters: Levenshtein distance (Myers 1999, one row as one integer). Words: longest common subsequence on the letters
without their marks, so that `thi dua` for `thi đua` is the same word with a wrong mark, not another word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field

WORD = re.compile(r"[^\W_]+")
RUN = 3
"""Words that must stand together before they count as read in another place: fewer come again by chance."""


@dataclass(frozen=True)
class TextErrors:
    """Counts for one text. `characters` and `words` are those of the truth.

    `wrong_characters` is in order on the whole text; `wrong_in_place` the same without the runs that were read rightly
    but elsewhere (`moved` words). `marks` are (true, read) words that differ in marks only, `others` the stretches that
    differ otherwise and `other_words` their words.
    """

    characters: int
    wrong_characters: int
    wrong_in_place: int
    words: int
    moved: int
    other_words: int
    marks: list[tuple[str, str]] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch between two words that agree: half-open word positions in the truth and in what was read."""

    true_start: int
    true_end: int
    read_start: int
    read_end: int


def squeeze(text: str) -> str:
    """NFC, with any blank space as one blank."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def bare(word: str) -> str:
    """The letters of a word without tone and vowel marks and the bar of đ."""
    parts = unicodedata.normalize("NFD", word)
    kept = "".join(part for part in parts if not unicodedata.combining(part))
    return kept.replace("đ", "d").replace("Đ", "D")


def positions(sequence: Sequence[Hashable]) -> dict[Hashable, int]:
    """Where each symbol stands, as the set bits of an integer."""
    found: dict[Hashable, int] = {}
    for index, symbol in enumerate(sequence):
        found[symbol] = found.get(symbol, 0) | 1 << index
    return found


def distance(first: Sequence[Hashable], second: Sequence[Hashable]) -> int:
    """Least number of insertions, deletions and replacements that turn one sequence into the other."""
    if not second:
        return len(first)
    where, every, last = positions(second), (1 << len(second)) - 1, 1 << (len(second) - 1)
    plus, minus, score = every, 0, len(second)
    for symbol in first:
        equal = where.get(symbol, 0)
        diagonal = ((((equal & plus) + plus) ^ plus) | equal | minus) & every
        up, down = minus | (every & ~(diagonal | plus)), diagonal & plus
        score += bool(up & last) - bool(down & last)
        up, down = ((up << 1) | 1) & every, (down << 1) & every
        plus, minus = down | (every & ~(diagonal | up)), up & diagonal
    return score


def pairs(first: Sequence[Hashable], second: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Positions of a longest common subsequence, in order."""
    where, every = positions(second), (1 << len(second)) - 1
    rows = [every]
    for symbol in first:
        row, equal = rows[-1], where.get(symbol, 0)
        rows.append(((row + (row & equal)) | (row & ~equal)) & every)
    found, i, j = [], len(first), len(second)
    while i and j:
        if rows[i] >> (j - 1) & 1:
            j -= 1
        elif first[i - 1] == second[j - 1]:
            i, j = i - 1, j - 1
            found.append((i, j))
        else:
            i -= 1
    return found[::-1]


def gaps(same: list[tuple[int, int]], true_words: int, read_words: int) -> Iterator[Gap]:
    """What stands between the pairs that agree."""
    i = j = 0
    for next_i, next_j in [*same, (true_words, read_words)]:
        if next_i > i or next_j > j:
            yield Gap(i, next_i, j, next_j)
        i, j = next_i + 1, next_j + 1


def runs(words: Sequence[str], start: int, end: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every RUN words that stand together between two positions, with the first position."""
    for index in range(start, end - RUN + 1):
        yield index, tuple(words[index : index + RUN])


def moved_words(stretches: list[tuple[int, int]], words: Sequence[str], elsewhere: set[tuple[str, ...]]) -> set[int]:
    """Positions of the words of some stretches whose run stands in the other text's stretches."""
    return {
        position
        for start, end in stretches
        for index, run in runs(words, start, end)
        if run in elsewhere
        for position in range(index, index + RUN)
    }


def without(text: str, spans: list[tuple[int, int]], dropped: set[int]) -> str:
    """A text without some of its words and what stands between two words dropped in a row."""
    kept, position = "", 0
    for index in sorted(dropped):
        start, end = spans[index]
        kept += "" if index - 1 in dropped else text[position:start]
        position = end
    return squeeze(kept + text[position:])


def compare(truth: str, read: str) -> TextErrors:
    """Everything that is wrong in a text that was read."""
    truth, read = squeeze(truth), squeeze(read)
    true_spans, read_spans = ([match.span() for match in WORD.finditer(text)] for text in (truth, read))
    true_words, read_words = [truth[a:b] for a, b in true_spans], [read[a:b] for a, b in read_spans]
    true_bare, read_bare = [bare(word) for word in true_words], [bare(word) for word in read_words]
    same = pairs(true_bare, read_bare)
    holes = list(gaps(same, len(true_words), len(read_words)))
    lost, added = [(h.true_start, h.true_end) for h in holes], [(h.read_start, h.read_end) for h in holes]
    lost_runs = {run for start, end in lost for _, run in runs(true_bare, start, end)}
    added_runs = {run for start, end in added for _, run in runs(read_bare, start, end)}
    away = moved_words(lost, true_bare, added_runs)
    come = moved_words(added, read_bare, lost_runs)
    other_words, others = 0, []
    for hole in holes:
        want = [true_words[i] for i in range(hole.true_start, hole.true_end) if i not in away]
        got = [read_words[j] for j in range(hole.read_start, hole.read_end) if j not in come]
        other_words += max(len(want), len(got))
        others += [(" ".join(want), " ".join(got))] if want or got else []
    in_place = distance(without(truth, true_spans, away), without(read, read_spans, come)) if away else None
    in_order = distance(truth, read)
    return TextErrors(
        len(truth), in_order, in_order if in_place is None else in_place, len(true_words), len(away), other_words,
        [(true_words[i], read_words[j]) for i, j in same if true_words[i] != read_words[j]], others,
    )  # fmt: skip
