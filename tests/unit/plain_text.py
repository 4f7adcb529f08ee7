"""Plain text and Markdown read by the reader, and its lines shown one a row."""

from __future__ import annotations

from pipeline.extract.plain import read_plain
from pipeline.values import Extracted, Grid, Line

OPENS = {True: "T", False: "F", None: "."}


def lines_of(extracted: Extracted) -> list[Line]:
    return [block for block in extracted.blocks if isinstance(block, Line)]


def grid_of(extracted: Extracted) -> Grid:
    return next(block for block in extracted.blocks if isinstance(block, Grid))


def read(text: str, markdown: bool = False) -> Extracted:
    return read_plain(text.encode(), markdown)


def shown(extracted: Extracted) -> list[str]:
    """`T|text` for a line that opens, `.|text` where the words decide; `#` marks a hint, `<` and `>` a side."""
    marks = {"full": "", "left": "<", "right": ">"}
    return [
        f"{OPENS[line.opens]}{'#' if line.hint else ''}{marks[line.side]}|{line.text}" for line in lines_of(extracted)
    ]
