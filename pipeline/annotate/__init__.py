"""Text and outline to mentions: dates, units and cited documents. `annotate` is the room's one public function."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from pipeline.annotate.reference_reading import OwnNumber
from pipeline.annotate.unit_letterhead import settle_letterhead
from pipeline.knowledge import Knowledge
from pipeline.values import Annotations, NormalText, Outline, ReferenceMention, Span, UnitMention

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

    found = _outside(read_mentions(normal.reading, knowledge, own=own, year=year), outline.frame.residue)
    return replace(found, units=settle_letterhead(normal.reading, found.units, outline.frame, knowledge))


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
