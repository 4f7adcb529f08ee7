"""Pages of a PDF set in the fonts of the nineties: their pieces of text, decoded by font name or by their letters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.layout import Segment
from pipeline.extract.legacy_text import Verdict, decode, find_charset, is_in_unicode, read_line
from pipeline.extract.pdf_page import Apart, PageText
from pipeline.knowledge.legacy import charset_named

_LINE_END = re.compile("[\r\n\ufffe\x02]+")


def read_segments(text: PageText, apart: Sequence[Apart]) -> tuple[list[Segment], Verdict | None]:
    """The pieces of text of a page, and what old font it is in; of a page in Unicode they stay as they are."""
    verdict = find_charset(_LINE_END.split(text.text))
    if verdict is None:
        return text.segments(apart), None
    return [_decoded(piece, verdict) for piece in text.segments(apart, fonts=True)], verdict


def _decoded(piece: Segment, verdict: Verdict) -> Segment:
    font = piece.font
    if font is None or is_in_unicode(piece.text):
        return piece._replace(text=read_line(piece.text, verdict))
    return piece._replace(text=decode(piece.text, charset_named(font.charset), font.capitals))
