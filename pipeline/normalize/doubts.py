"""Where in the text stand the words that a reader of pictures was not sure of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.values import Anchor, Box, SeenWord, Span

# Below this confidence (0 to 100) a word is doubtful; points by which a word may stand out of its line's box.
_SURE, _SLACK = 70, 2.0


def doubts_in(text: str, anchors: Sequence[Anchor], seen: Sequence[SeenWord]) -> tuple[Span, ...]:
    """The spans of doubtful words in a text whose lines are the anchors, in reading order."""
    doubtful = [word for word in seen if word.confidence < _SURE]
    if not doubtful:
        return ()
    ends = [*(after.start for _, after in pairwise(anchors)), len(text)]
    lines = [(anchor, anchor.box, end) for anchor, end in zip(anchors, ends, strict=True) if anchor.box is not None]
    found = set()
    for word in doubtful:
        places = (place for anchor, box, end in lines if (place := _place(text, word, anchor, box, end)) is not None)
        found.update(list(places)[:1])
    return tuple(sorted(found))


def _place(text: str, word: SeenWord, anchor: Anchor, box: Box, end: int) -> Span | None:
    """Where a word stands in a line, the place nearest to where it was seen; None where it is not of that line."""
    if anchor.page != word.page or not _holds(box, word.box):
        return None
    share = (word.box.x0 - box.x0) / max(1.0, box.x1 - box.x0)
    wanted = anchor.start + share * (end - anchor.start)
    starts = list(_starts(text, word.text, anchor.start, end))
    if not starts:
        return None
    start = min(starts, key=lambda at: abs(at - wanted))
    return Span(start, start + len(word.text))


def _starts(text: str, part: str, start: int, end: int) -> Iterator[int]:
    at = text.find(part, start, end)
    while at >= 0:
        yield at
        at = text.find(part, at + 1, end)


def _holds(line: Box, word: Box) -> bool:
    across, down = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return line.x0 - _SLACK < across < line.x1 + _SLACK and line.top - _SLACK < down < line.bottom + _SLACK
