"""Which texts of two lists say the same, years apart: rare words find the candidates, weighted pairs of words judge."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.knowledge.text import words

Words = tuple[str, ...]
Features = frozenset[Words]

RARE_FEATURES = 16
LONGEST_POSTING = 40
CANDIDATES = 20
_YEAR = re.compile(r"(?:19|20)\d\d")


class Pair(NamedTuple):
    """Positions in the old and the new list, and how alike the two texts are (0-1)."""

    old: int
    new: int
    score: float


def yearless(text: str) -> Words:
    """The folded words of a text without its years: "năm 2024" and "năm 2025" read the same."""
    return tuple(word for word in words(text) if not _YEAR.fullmatch(word))


def likeness(one: Words, other: Words) -> float:
    """How alike two short texts are (0-1): the Dice share of their words and pairs of neighbouring words."""
    first, second = _features(one), _features(other)
    total = len(first) + len(second)
    return 2 * len(first & second) / total if total else float(one == other)


def match_texts(
    old: Sequence[Words],
    new: Sequence[Words],
    threshold: float,
    bonus: Callable[[int, int], float] = lambda old, new: 0.0,
) -> list[Pair]:
    """The best one-to-one pairs of two lists that reach the threshold, the most alike first.

    Words count by their rarity in both lists together, so that "thi đua, khen thưởng" in every line joins nothing.
    `bonus` adds to the score of a pair (same assignee, same heading). Every text meets at most `CANDIDATES` others,
    found by its rarest words: the work grows with the number of texts, not with its square.
    """
    left, right = [_features(text) for text in old], [_features(text) for text in new]
    weights = _weights([*left, *right])
    totals = [math.fsum(weights[feature] for feature in features) for features in right]
    found = []
    for at, (features, candidates) in enumerate(zip(left, _candidates(left, right), strict=True)):
        own = math.fsum(weights[feature] for feature in features)
        for other in candidates:
            shared = math.fsum(weights[feature] for feature in features & right[other])
            score = min(1.0, 2 * shared / (own + totals[other]) + bonus(at, other))
            if score >= threshold:
                found.append(Pair(at, other, score))
    return best_pairs(found)


def best_pairs(pairs: list[Pair]) -> list[Pair]:
    """One-to-one pairs, taken greedily by score; of equal scores the pair whose places in the lists are nearest."""
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    chosen = []
    for pair in sorted(pairs, key=lambda pair: (-round(pair.score, 9), abs(pair.old - pair.new), pair.old, pair.new)):
        if pair.old not in taken_old and pair.new not in taken_new:
            taken_old.add(pair.old)
            taken_new.add(pair.new)
            chosen.append(pair)
    return chosen


def _features(text: Words) -> Features:
    """The words of a text and its pairs of neighbouring words: most Vietnamese words are two syllables."""
    return frozenset([*((word,) for word in text), *pairwise(text)])


def _weights(texts: Sequence[Features]) -> dict[Words, float]:
    counts = Counter(feature for features in texts for feature in features)
    return {feature: math.log(1 + len(texts) / count) for feature, count in counts.items()}


def _candidates(old: Sequence[Features], new: Sequence[Features]) -> list[list[int]]:
    """For each old text the new texts that share most of its rarest features."""
    postings: dict[Words, list[int]] = defaultdict(list)
    for at, features in enumerate(new):
        for feature in features:
            postings[feature].append(at)
    found = []
    for features in old:
        shared = sorted((feature for feature in features if feature in postings), key=lambda f: (len(postings[f]), f))
        votes = Counter(at for feature in shared[:RARE_FEATURES] for at in postings[feature][:LONGEST_POSTING])
        ranked = sorted(votes, key=lambda at: (-votes[at], at))
        found.append(ranked[:CANDIDATES])
    return found
