"""Counting, as SemEval-2013 task 9 and nervaluate do it: four ways to hold a found value against the wanted one.

- `strict`: value and kind are right;
- `exact`: the value is right, whatever the kind;
- `partial`: an overlapping value counts half;
- `type`: the kind is right and the values overlap.

Precision is right / (right + wrong + partly + extra), recall right / (right + wrong + partly + missed); `partial` adds
half of what is partly right above the line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, get_args

from pipeline.evaluate.matching import Closeness, Pair

Scheme = Literal["strict", "exact", "partial", "type"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
Verdict = Literal["right", "wrong", "partly", "missed", "extra"]


@dataclass(slots=True)
class Counts:
    """How many values were right, wrong, partly right, missed and extra."""

    right: int = 0
    wrong: int = 0
    partly: int = 0
    missed: int = 0
    extra: int = 0

    def add(self, other: Counts) -> None:
        """Adds other counts to these."""
        self.right += other.right
        self.wrong += other.wrong
        self.partly += other.partly
        self.missed += other.missed
        self.extra += other.extra

    @property
    def wanted(self) -> int:
        """How many values the gold asks for."""
        return self.right + self.wrong + self.partly + self.missed

    @property
    def found(self) -> int:
        """How many values were found."""
        return self.right + self.wrong + self.partly + self.extra

    @property
    def credit(self) -> float:
        """What was right, partly right values by half."""
        return self.right + self.partly / 2


@dataclass(slots=True)
class Score:
    """The counts of one measure under the four schemes.

    `judged` tells whether some gold lists everything. Where all gold is a sample, what else was found is neither right
    nor wrong, and there is no precision.
    """

    counts: dict[Scheme, Counts] = field(default_factory=lambda: {scheme: Counts() for scheme in SCHEMES})
    judged: bool = False

    def count(self, pair: Pair) -> None:
        """Counts one pair under every scheme."""
        for scheme, counts in self.counts.items():
            outcome = verdict(pair, scheme)
            setattr(counts, outcome, getattr(counts, outcome) + 1)

    def add(self, other: Score) -> None:
        """Adds another score to this one."""
        self.judged = self.judged or other.judged
        for scheme in SCHEMES:
            self.counts[scheme].add(other.counts[scheme])

    def recall(self, scheme: Scheme = "strict") -> float | None:
        """Share of the wanted values that were found; None where nothing was wanted."""
        counts = self.counts[scheme]
        return counts.credit / counts.wanted if counts.wanted else None

    def precision(self, scheme: Scheme = "strict") -> float | None:
        """Share of the found values that are right, of those that gold can judge; None where it judges none."""
        counts = self.counts[scheme]
        return counts.credit / counts.found if counts.found and self.judged else None

    def f1(self, scheme: Scheme = "strict") -> float | None:
        """Harmonic mean of precision and recall; None where one of them is."""
        precision, recall = self.precision(scheme), self.recall(scheme)
        if precision is None or recall is None:
            return None
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    @property
    def flawless(self) -> bool:
        """Whether everything wanted was found as it should be and nothing else."""
        counts = self.counts["strict"]
        return counts.right == counts.wanted and not counts.extra


def verdict(pair: Pair, scheme: Scheme) -> Verdict:
    """What a pair counts as under a scheme."""
    if pair.got is None:
        return "missed"
    if pair.want is None:
        return "extra"
    same, overlap = pair.closeness == Closeness.SAME, pair.closeness >= Closeness.OVERLAP
    if scheme == "partial":
        return "right" if same else "partly" if overlap else "wrong"
    right = {"strict": same and pair.same_kind, "exact": same, "type": overlap and pair.same_kind}[scheme]
    return "right" if right else "wrong"


def summed(scores: Iterable[Score]) -> Score:
    """All scores together."""
    total = Score()
    for score in scores:
        total.add(score)
    return total
