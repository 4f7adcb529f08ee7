"""The frozen values that travel between the rooms, in the order in which a document meets them.

    Source -> Extracted -> NormalText -> Outline -> Annotations -> PlanRecord (models) -> Outcome

Offsets are code points. Boxes are points (1/72 inch) with the origin at the top left of the upright page.
"""

from pipeline.values.extracted import (
    Cell,
    Extracted,
    Grid,
    GridOrigin,
    Line,
    Loose,
    Notice,
    PageInfo,
    SeenWord,
    Side,
    SignatureInfo,
    Source,
)
from pipeline.values.found import (
    Annotations,
    DateMention,
    MeasureMention,
    PersonMention,
    ReferenceMention,
    UnitMention,
)
from pipeline.values.normal import Anchor, CellSpan, NormalText, Paragraph, TextGrid
from pipeline.values.outcome import FileEntry, Outcome, State
from pipeline.values.outline import Fault, Frame, Node, Outline
from pipeline.values.places import Box, Span

__all__ = [
    "Anchor",
    "Annotations",
    "Box",
    "Cell",
    "CellSpan",
    "DateMention",
    "Extracted",
    "Fault",
    "FileEntry",
    "Frame",
    "Grid",
    "GridOrigin",
    "Line",
    "Loose",
    "MeasureMention",
    "Node",
    "NormalText",
    "Notice",
    "Outcome",
    "Outline",
    "PageInfo",
    "Paragraph",
    "PersonMention",
    "ReferenceMention",
    "SeenWord",
    "Side",
    "SignatureInfo",
    "Source",
    "Span",
    "State",
    "TextGrid",
    "UnitMention",
]
