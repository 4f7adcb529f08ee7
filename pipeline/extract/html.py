"""Saved web pages -> lines and grids: portal pages, Word's "Web page", HTML under another name, single-file pages.

Nothing is fetched and nothing outside the bytes is opened: pictures, styles, frames and links are not followed, and no
entities but HTML's own are resolved.
"""

from __future__ import annotations

from pipeline.errors import ReadError
from pipeline.extract.html_source import markup_of
from pipeline.extract.html_tree import Survey, parse
from pipeline.extract.html_walk import Walker
from pipeline.extract.mhtml import page_in
from pipeline.extract.tabbed_rows import with_columns_apart
from pipeline.settings import Limits
from pipeline.values import Extracted, Grid, Line, Notice, PageInfo

ENGINE = "html"
DEFAULT_LIMITS = Limits()
_LEAST_TEXT = 80  # characters; the shortest head of a plan has more


def read_html(data: bytes, limits: Limits = DEFAULT_LIMITS, *, archive: bool = False) -> Extracted:
    """Paragraphs and tables of a page in document order; menus, page heads and feet, forms and lists of links left out.

    `archive`: the bytes are a single-file page (MHTML). Raises ReadError: `too_complex` beyond the limits,
    `unknown_format` where the bytes are no text, `damaged_file` where an archive holds no page, `no_text_layer` where
    there are pictures and hardly any text, `empty_file` where nothing is written.
    """
    page, declared = page_in(data) if archive else (data, "")
    source = markup_of(page, limits, declared)
    body = parse(source.text)
    walker = Walker(Survey(body), limits.text_characters)
    blocks = with_columns_apart(walker.read(body))
    _guard_text(blocks, has_images=walker.has_images)
    notices = [Notice("damaged_text", detail=f"{source.lost} characters lost")] if source.lost else []
    if walker.dropped:
        notices.append(Notice("page_furniture", detail=str(walker.dropped)))
    return Extracted(
        media_type="multipart/related" if archive else "text/html",
        blocks=tuple(blocks),
        pages=(PageInfo(1, None, None, ENGINE),),
        encoding=source.encoding,
        notices=tuple(notices),
    )


def _guard_text(blocks: list[Line | Grid], *, has_images: bool) -> None:
    """Raises ReadError where nothing was read, or next to nothing beside pictures: a scan shown on a page."""
    has_table = any(isinstance(block, Grid) for block in blocks)
    characters = sum(len(block.text) for block in blocks if isinstance(block, Line))
    if has_images and not has_table and characters < _LEAST_TEXT:
        raise ReadError("no_text_layer", "pictures and hardly any text")
    if not blocks:
        raise ReadError("empty_file", "no text on the page")
