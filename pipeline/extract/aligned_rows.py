"""Rows without ruling lines: where the lines of a table part into its rows.

A row's number stands at its first line or in the middle of its lines. The blank between two rows is wider than the one
between two lines, or the lines stand so around the numbers that there is only one way to part them. Where nothing tells,
the answer is none: a task with the words of its neighbour is worse than no task.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median, median_low
from typing import NamedTuple

from pipeline.extract.aligned_columns import is_serial
from pipeline.extract.layout import Row
from pipeline.extract.paragraphs import starts_lower

# Line heights: what lines of one table do not share, around their middles; how much wider a blank is that is clearly
# wider, and how much wider it may be where blanks are alike. Boxes of one line differ by the letters in them.
_CORE, _CLEAR, _ALIKE = 0.3, 0.2, 0.15
# Line heights: how far two middles on one line may lie apart, and a number from the middle of its row.
_SAME_LINE, _OFF_MIDDLE = 0.3, 0.7
_MOSTLY, _MANY = 0.85, 0.6


class Cut(NamedTuple):
    """A blank between lines that runs through all columns."""

    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """The y where it parts them."""
        return (self.top + self.bottom) / 2

    @property
    def width(self) -> float:
        """Its height on the page."""
        return self.bottom - self.top


class Parting(NamedTuple):
    """Where rows part; `sure` where the blanks tell it, not only the places of the numbers.

    `at_top` says whether every number can stand at the first line of its row.
    """

    cuts: list[Cut]
    sure: bool
    at_top: bool


def middle_of(row: Row) -> float:
    """The y of a line's middle."""
    return (row.top + row.bottom) / 2


def number_middle(row: Row) -> float:
    """The y of the middle of a row's number; words beside it may stand a little higher or lower."""
    return (row.pieces[0].top + row.pieces[0].bottom) / 2


def cuts_of(rows: Sequence[Row], height: float) -> list[Cut]:
    """The blanks between the lines, from top to bottom. Boxes of neighbouring lines may touch, their cores do not."""
    middles = sorted((piece.top + piece.bottom) / 2 for row in rows for piece in row.pieces)
    core = _CORE * height
    return [Cut(above + core, below - core) for above, below in pairwise(middles) if below - above > 2 * core]


def part_numbered(rows: Sequence[Row], anchors: Sequence[Row], height: float) -> Parting | None:
    """The cut between each two anchors (the lines of the head's title and of the rows' numbers), or None."""
    cuts = cuts_of(rows, height)
    numbers = [number_middle(anchor) for anchor in anchors]
    between = [[cut for cut in cuts if above < cut.middle < below] for above, below in pairwise(numbers)]
    if not all(between):
        return None
    last = [one[-1] for one in between]
    widest = [max(one, key=lambda cut: cut.width) for one in between]
    at_top = all(_is_line(cut, anchor, height) for cut, anchor in zip(last, anchors[1:], strict=True))
    at_top = at_top and _are_first_lines(anchors)
    short = [(most.width - cut.width) / height for cut, most in zip(last, widest, strict=True)]
    if at_top and max(short, default=0.0) < _ALIKE:
        return Parting(last, True, at_top)
    told = _told_by_blanks(cuts, between, height)
    if told is not None:
        return Parting(told, True, at_top)
    if at_top and sum(less < 2 * _ALIKE for less in short) >= _MOSTLY * len(short):
        return Parting(last, False, at_top)
    around = _around_middles(rows, anchors, between, height)
    return None if around is None else Parting(around, False, at_top)


def _are_first_lines(anchors: Sequence[Row]) -> bool:
    """Whether words stand beside nearly all numbers, and nearly nowhere the middle of a sentence."""
    numbers = [anchor for anchor in anchors if is_serial(anchor.pieces[0].text)]
    begun = sum(len(anchor.pieces) > 1 and not starts_lower(anchor.pieces[1].text) for anchor in numbers)
    return begun >= _MOSTLY * len(numbers)


def _is_line(cut: Cut, anchor: Row, height: float) -> bool:
    """Whether the first line below a cut is the anchor's."""
    return abs(cut.bottom + _CORE * height - middle_of(anchor)) < _SAME_LINE * height


def _told_by_blanks(cuts: Sequence[Cut], between: Sequence[Sequence[Cut]], height: float) -> list[Cut] | None:
    """The widest cut between each two anchors, where it is clear; beside many clear ones a few that are only like them."""
    widest = [max(one, key=lambda cut: cut.width) for one in between]
    clear = [
        cut
        for cut, one in zip(widest, between, strict=True)
        if all(cut is other or cut.width - other.width >= _CLEAR * height for other in one)
    ]
    if len(clear) == len(widest):
        return widest
    lines = [cut.width for cut in cuts if cut not in widest and cut.width > _CORE * height]
    if len(clear) < _MANY * len(widest) or not lines:
        return None
    limit = (median(cut.width for cut in clear) + median(lines)) / 2
    if limit - median(lines) < _CLEAR * height / 2 or any(sum(cut.width > limit for cut in one) != 1 for one in between):
        return None
    return widest


def _around_middles(
    rows: Sequence[Row], anchors: Sequence[Row], between: Sequence[Sequence[Cut]], height: float
) -> list[Cut] | None:
    """The cuts that leave every number in the middle of its row's lines."""
    found: list[Cut] = []
    top = min(row.top for row in rows)
    for anchor, candidates in zip(anchors, between, strict=False):
        wanted = 2 * number_middle(anchor) - top
        best = min(candidates, key=lambda cut: abs(cut.top - wanted))
        if found and abs(best.top - wanted) > _OFF_MIDDLE * 2 * height:
            return None
        found.append(best)
        top = best.bottom
    off = number_middle(anchors[-1]) - (top + max(row.bottom for row in rows)) / 2
    return found if abs(off) < _OFF_MIDDLE * height else None


def part_by_blanks(rows: Sequence[Row], height: float) -> Iterator[list[Cut]]:
    """What the cuts of a table can be whose rows have no numbers: all, or those that are clearly wider than the others."""
    cuts = cuts_of(rows, height)
    widths = sorted(cut.width for cut in cuts)
    if widths and widths[-1] - widths[0] < _ALIKE * height:
        yield cuts
    for narrow, wide in pairwise(widths):
        if wide - narrow >= _CLEAR * height:
            yield [cut for cut in cuts if cut.width >= wide]


def other_cuts(rows: Sequence[Row], chosen: Sequence[Cut], height: float) -> list[Cut]:
    """The blanks that are as wide as the chosen ones, clearly wider than the rest: they part off rows without a number.

    Between two numbers only where they are much wider, for a row more is a number lost.
    """
    others = [cut for cut in cuts_of(rows, height) if cut not in chosen]
    if not chosen or not others:
        return []
    least = min(cut.width for cut in chosen) - _ALIKE * height
    if least < median_low([cut.width for cut in others]) + _ALIKE * height:
        return []
    usual = median(cut.width for cut in chosen)
    apart = usual - median_low([cut.width for cut in others]) >= 2 * _CLEAR * height
    inside = (chosen[0].middle, chosen[-1].middle)
    return [
        cut
        for cut in others
        if cut.width >= least
        and (not inside[0] < cut.middle < inside[1] or (apart and cut.width >= usual - _ALIKE * height))
    ]
