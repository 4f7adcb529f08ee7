"""A PDF as lines and grids: pdfium reads, geometry orders, joins and tells paragraphs apart.

Pages whose text layer is missing or false are looked at as pictures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import pypdfium2 as pypdfium
import pypdfium2.raw as pdfium

from pipeline.errors import ReadError
from pipeline.extract.layout import rows_of
from pipeline.extract.legacy_text import Verdict
from pipeline.extract.pages import ReadPage, blocks_of, unread_tables, wants_words
from pipeline.extract.pdf_guard import check_bytes, check_document
from pipeline.extract.pdf_legacy import read_segments
from pipeline.extract.pdf_objects import hidden_share, page_objects
from pipeline.extract.pdf_page import Apart, PageText, open_page, open_text
from pipeline.extract.pdf_pictures import pictures_of
from pipeline.extract.pdf_signatures import read_signatures
from pipeline.extract.pdf_tables import find_frames, split_tables
from pipeline.extract.pdf_trust import Trust, judge
from pipeline.extract.pdf_widgets import WidgetReader, WidgetText, has_widgets, with_widgets
from pipeline.extract.scan import ENGINE as SCAN_ENGINE
from pipeline.extract.scan import Scanned, check_pictures, notices_of, read_pictures
from pipeline.extract.syllables import WORD, share_of_syllables
from pipeline.knowledge import Knowledge
from pipeline.settings import Limits
from pipeline.values import Box, Extracted, Loose, Notice, PageInfo

MEDIA_TYPE = "application/pdf"
_ENGINE = "pdfium"
# Fewer trusted pages than this share, and the file is a scan with a cover sheet.
_LEAST_TRUSTED = 0.05
# Why a page is looked at as a picture, as findings.
_REASONS: dict[Trust, str] = {"picture": "no_text_layer", "damaged": "damaged_text", "unreadable": "damaged_text"}
_TAIL = 4_096


class _Read(NamedTuple):
    """A page, how far its text layer may be trusted, and the words of its widgets; or what its picture shows."""

    page: ReadPage
    trust: Trust
    loose: tuple[Loose, ...] = ()
    detail: str = ""
    legacy: Verdict | None = None
    characters: int = 0
    scanned: Scanned | None = None

    @property
    def info(self) -> PageInfo:
        """How the page was read."""
        if self.scanned is None:
            return PageInfo(self.page.number, self.page.width, self.page.height, _ENGINE)
        return PageInfo(self.page.number, self.page.width, self.page.height, SCAN_ENGINE, self.scanned.confidence)


def read_pdf(data: bytes, limits: Limits, knowledge: Knowledge | None = None) -> Extracted:
    """Reads a PDF: its text layer where that can be trusted, the picture of a page where it cannot.

    `knowledge` has the titles of tables' columns, the program's own unless given.

    Pages read from their picture get a notice with the reason (`no_text_layer`, `damaged_text`), and
    `low_ocr_confidence` where it is poor; pages that cannot be read at all `page_not_read`. Raises ReadError:
    password_protected, truncated_file, damaged_file, too_many_pages, too_complex, or, where next to no page can be
    read, ocr_missing, ocr_failed, unreadable_scan, no_text_layer.
    """
    check_bytes(data, limits)
    with _open_document(data) as document:
        count = len(document)
        if count > limits.pages:
            raise ReadError("too_many_pages", f"{count} pages")
        check_document(document, limits)
        with WidgetReader(data, limits) as widgets:
            pages = _Pages(document.raw, widgets, limits, knowledge)
            reads = [pages.read(number) for number in range(1, count + 1)]
        _check(reads, data)
        reads = _with_pictures(document, reads, limits)
        signatures = read_signatures(document.raw)
    blocks = tuple(blocks_of([read.page for read in reads], knowledge))
    return Extracted(
        media_type=MEDIA_TYPE,
        blocks=blocks,
        pages=tuple(read.info for read in reads),
        encoding=_encoding(reads),
        signatures=signatures,
        loose=tuple(loose for read in reads for loose in read.loose),
        seen=tuple(word for read in reads if read.scanned for word in read.scanned.seen),
        notices=(*_notices(reads), *_unread(reads, knowledge)),
    )


def _with_pictures(document: Any, reads: Sequence[_Read], limits: Limits) -> list[_Read]:
    """The pages, those without a trusted text layer read from their pictures."""
    wanted = [read.page.number for read in reads if read.trust in _REASONS and not read.detail]
    if not wanted:
        return list(reads)
    few = sum(read.trust in ("sound", "damaged") and not read.detail for read in reads) <= _LEAST_TRUSTED * len(reads)
    try:
        scanned = read_pictures(pictures_of(document, wanted, limits), limits)
    except ReadError:
        # Without tesseract the sound pages are still worth reading; of nothing but pictures nothing would be left.
        if few:
            raise
        return list(reads)
    if few:
        check_pictures(list(scanned.values()))
    return [_better(read, scanned[read.page.number]) if read.page.number in scanned else read for read in reads]


def _better(read: _Read, scanned: Scanned) -> _Read:
    """A page by its picture, unless a damaged text layer reads better than that."""
    if read.trust == "damaged" and (scanned.trouble or _well_formed(read.page) > scanned.well_formed):
        return read
    return read._replace(page=scanned.page, scanned=scanned, loose=(), legacy=None)


def _well_formed(page: ReadPage) -> float:
    return share_of_syllables(WORD.findall(" ".join(piece.text for row in page.rows for piece in row.pieces)))


def _encoding(reads: Sequence[_Read]) -> str | None:
    """The old character set that all pages with text are in, or None."""
    found = {read.legacy for read in reads if read.page.rows or read.page.tables}
    only = found.pop() if len(found) == 1 else None
    return only.charset.name if only is not None and only.whole else None


def _notices(reads: Sequence[_Read]) -> Iterator[Notice]:
    for label in sorted({read.legacy.charset.label for read in reads if read.legacy}):
        yield Notice("legacy_encoding", detail=label)
    for read in reads:
        reason = _REASONS.get(read.trust)
        if reason is not None and read.scanned is not None:
            yield from notices_of(read.scanned, reason)
        elif reason is not None:
            yield Notice("damaged_text" if read.trust == "damaged" else "page_not_read", read.page.number, read.detail)


def _unread(reads: Sequence[_Read], knowledge: Knowledge | None) -> Iterator[Notice]:
    for number in unread_tables([read.page for read in reads], knowledge):
        yield Notice("table_not_read", number)


@contextmanager
def _open_document(data: bytes) -> Iterator[Any]:
    """The document, closed at the end. A password for its owner only does not keep anyone from reading it."""
    # pdfium remembers its last error: after a locked file, one without pages would be told as locked too.
    pdfium.FPDF_LoadMemDocument64(b"", 0, None)
    try:
        document = pypdfium.PdfDocument(data)
    except pypdfium.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise ReadError("password_protected", str(error)) from error
        raise ReadError(_cause_of_damage(data), str(error)) from error
    try:
        yield document
    finally:
        document.close()


def _cause_of_damage(data: bytes) -> str:
    return "damaged_file" if b"%%EOF" in data[-_TAIL:] or b"%PDF-" not in data[:_TAIL] else "truncated_file"


class _Pages:
    """Reads the pages of one document in order, until they hold more text than the limits allow."""

    def __init__(self, document: Any, widgets: WidgetReader, limits: Limits, knowledge: Knowledge | None) -> None:
        self._document = document
        self._widgets = widgets
        self._limits = limits
        self._knowledge = knowledge
        self._last: ReadPage | None = None
        self._characters = 0

    def read(self, number: int) -> _Read:
        """One page. A page that cannot be loaded is told, not fatal: the others may hold the plan."""
        try:
            with open_page(self._document, number) as page, open_text(page, self._limits) as text:
                read = self._read_open(page, text, number)
        except ReadError as error:
            if error.cause != "damaged_file":
                raise
            read = _Read(ReadPage(number, 0.0, 0.0, []), "damaged", (), error.detail)
        self._characters += read.characters
        if self._characters > self._limits.text_characters:
            raise ReadError("too_complex", f"{self._characters} characters up to page {number}")
        self._last = read.page
        return read

    def _read_open(self, page: Any, text: PageText, number: int) -> _Read:
        objects = page_objects(page, self._limits)
        cover = _cover([Box(*text.upright(*picture)) for picture in objects.pictures], text)
        trust = judge(text.text, cover, hidden_share(page) if cover > 0.5 else 0.0)
        typed = self._widgets.read(number, text.turned) if has_widgets(page) else WidgetText()
        read, legacy = ReadPage(number, text.width, text.height, []), None
        if trust not in ("picture", "unreadable"):
            rulings = (Box(*text.upright(*ruling)) for ruling in objects.rulings)
            frames = find_frames([ruling for ruling in rulings if text.shows(ruling)])
            apart = [Apart(frame.box, frame.edges) for frame in frames]
            apart += [Apart(Box(*word[1:5])) for word in typed.printed]
            segments, legacy = read_segments(text, apart)
            pieces = with_widgets(segments, typed.printed)
            read.tables, outside = split_tables(frames, pieces, number)
            read.rows = rows_of(outside)
            if wants_words(read, self._last, self._knowledge):
                whole = Apart(Box(0.0, 0.0, text.width, text.height))
                read.words = with_widgets(read_segments(text, [whole])[0], typed.printed)
        return _Read(read, trust, typed.loose, legacy=legacy, characters=len(text.text))


def _cover(pictures: Sequence[Box], text: PageText) -> float:
    """The share of the page under pictures; a scan may come as many strips."""
    area = 0.0
    for box in filter(text.shows, pictures):
        width = min(box.x1, text.width) - max(box.x0, 0.0)
        height = min(box.bottom, text.height) - max(box.top, 0.0)
        area += max(0.0, width) * max(0.0, height)
    return min(1.0, area / max(1.0, text.width * text.height))


def _check(reads: Sequence[_Read], data: bytes) -> None:
    """Raises ReadError where no page of the file can be loaded."""
    if not reads:
        raise ReadError(_cause_of_damage(data), "no page")
    if all(read.detail for read in reads):
        raise ReadError(_cause_of_damage(data), reads[0].detail)
