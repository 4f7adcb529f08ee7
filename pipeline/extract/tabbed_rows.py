"""Lines of Word and web pages whose two columns are set apart with tabs or hard blanks, made into left and right lines."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.extract.columns import regions
from pipeline.extract.text_rows import without_drawn_lines
from pipeline.values import Grid, Line

_ITEM = re.compile(r"[a-zđ]\s?[).]")


def with_columns_apart(blocks: list[Line | Grid]) -> list[Line | Grid]:
    """Letterhead and signature rows set with tabs or blanks taken apart; elsewhere a tab is a blank. Drawn lines go."""
    rows = [block.text if isinstance(block, Line) and block.side == "full" else "" for block in blocks]
    pages = [block.page for block in blocks]
    found = {region.first: region for region in regions(rows, pages)}
    made: list[Line | Grid] = []
    at = 0
    while at < len(blocks):
        if at in found:
            made.extend(line for line in found[at].lines if line.text)
            made.extend(b for b in blocks[at : found[at].end] if isinstance(b, Grid) or b.side != "full")
            at = found[at].end
        else:
            block = blocks[at]
            made.append(block if isinstance(block, Grid) else _cleaned(block, made[-1] if made else None))
            at += 1
    return without_drawn_lines(made)


def _cleaned(line: Line, before: Line | Grid | None) -> Line:
    """A line with blanks for tabs. A title set over several paragraphs: one in small letters leaves it to the words."""
    text = line.text.replace("\t", " ").strip()
    split = text[0].islower() and isinstance(before, Line) and before.hint and line.hint and before.side == line.side
    return replace(line, text=text, opens=None if split and not _ITEM.match(text) else line.opens)
