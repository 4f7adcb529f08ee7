"""Text and outline to mentions: dates, units, citations, measures, people. `annotate` is the room's one public function."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from typing import TypeVar

from pipeline.annotate.measure_cells import find_cell_measures
from pipeline.annotate.person_cells import find_cell_people
from pipeline.annotate.reference_reading import OwnNumber
from pipeline.annotate.unit_aliases import settle_aliases
from pipeline.annotate.unit_letterhead import settle_letterhead
from pipeline.knowledge import Knowledge
from pipeline.values import (
    Annotations,
    Frame,
    MeasureMention,
    NormalText,
    Outline,
    PersonMention,
    ReferenceMention,
    Span,
    UnitMention,
)

__all__ = ["OwnNumber", "annotate"]


def annotate(
    normal: NormalText,
    outline: Outline,
    knowledge: Knowledge,
    *,
    own: OwnNumber | None = None,
    year: int | None = None,
) -> Annotations:
    """All mentions of a document, each kind in reading order; offsets are code points of `normal.text`.

    Wordings are looked for in `normal.reading`, so that a unit whose tone marks were lost has its right name.

    `own` tells the plan's own number, date and head, which are no citations; `year` is the year that times without a
    year mean (see `dates.resolve_year`). Nothing is raised: a text without mentions gives empty tuples. The first call
    loads spaCy, which takes about a second.
    """
    from pipeline.annotate.nlp import read_mentions  # noqa: PLC0415 - spaCy is loaded only when a document is read

    frame = outline.frame
    found = _outside(read_mentions(normal.reading, knowledge, own=own, year=year), frame.residue)
    units = settle_letterhead(normal.reading, found.units, frame, knowledge)
    return replace(
        found,
        units=settle_aliases(normal.reading, units),
        measures=_within_plan(_joined(found.measures, find_cell_measures(normal, knowledge)), frame),
        people=_within_plan(_joined(find_cell_people(normal, knowledge), found.people), frame),
    )


M = TypeVar("M", MeasureMention, PersonMention)


def _joined(first: tuple[M, ...], second: tuple[M, ...]) -> tuple[M, ...]:
    """What was found in one way and in another, in reading order; of two at one place the first way knows more."""
    known = frozenset(mention.start for mention in first)
    both = first + tuple(mention for mention in second if mention.start not in known)
    return tuple(sorted(both, key=attrgetter("start")))


def _within_plan(mentions: Sequence[M], frame: Frame) -> tuple[M, ...]:
    """The mentions that stand in the plan itself: not in its head, not around the signature, not what a portal printed."""
    around = (frame.letterhead, frame.number_line, frame.dateline, frame.motto)
    zones = [zone for zone in around if zone is not None]
    zones += [*frame.residue, *frame.portal, *frame.recipients, *frame.signature]
    return tuple(m for m in mentions if not any(zone.start <= m.start < zone.end for zone in zones))


def _outside(found: Annotations, residue: Sequence[Span]) -> Annotations:
    """The mentions without the offices and documents that a portal names around the document; its times are times."""
    if not residue:
        return found
    starts = [span.start for span in residue]

    def kept(mention: ReferenceMention | UnitMention) -> bool:
        at = bisect_right(starts, mention.start) - 1
        return at < 0 or mention.start >= residue[at].end

    return replace(
        found,
        references=tuple(filter(kept, found.references)),
        units=tuple(filter(kept, found.units)),
    )
