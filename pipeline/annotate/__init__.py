"""Text and outline to mentions: dates, units and cited documents. `annotate` is the room's one public function."""

from __future__ import annotations

from dataclasses import replace

from pipeline.annotate.reference_reading import OwnNumber
from pipeline.annotate.unit_letterhead import settle_letterhead
from pipeline.knowledge import Knowledge
from pipeline.values import Annotations, NormalText, Outline

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

    `own` tells the plan's own number, date and head, which are no citations; `year` is the year that times without a
    year mean (see `dates.resolve_year`). Nothing is raised: a text without mentions gives empty tuples. The first call
    loads spaCy, which takes about a second.
    """
    from pipeline.annotate.nlp import read_mentions  # noqa: PLC0415 - spaCy is loaded only when a document is read

    found = read_mentions(normal.text, knowledge, own=own, year=year)
    return replace(found, units=settle_letterhead(normal.text, found.units, outline.frame, knowledge))
