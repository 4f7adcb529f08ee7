"""Bytes -> lines, grids and pages: the one place that knows file formats."""

from __future__ import annotations

from pipeline.errors import ReadError
from pipeline.extract.docx_archive import open_archive
from pipeline.extract.sniff import MediaType, sniff
from pipeline.settings import Limits
from pipeline.values import Extracted, Source

__all__ = ["DEFAULT_LIMITS", "MediaType", "extract", "sniff"]

DEFAULT_LIMITS = Limits()


def extract(source: Source, limits: Limits = DEFAULT_LIMITS) -> Extracted:
    """Reads a received file by what its bytes are, whatever its name says.

    Raises ReadError with one of the causes `empty_file`, `too_large`, `unknown_format`, `format_not_read` (the format's
    name in the detail), `damaged_file`, `truncated_file`, `password_protected`, `too_complex`, `no_text_layer`.
    """
    if not source.data:
        raise ReadError("empty_file", "0 bytes")
    if len(source.data) > limits.file_bytes:
        raise ReadError("too_large", f"{len(source.data)} bytes")
    kind = sniff(source.data, source.file_name)
    if kind is MediaType.PDF:
        from pipeline.extract.pdf import read_pdf  # noqa: PLC0415 - pdfium is loaded only for a PDF

        return read_pdf(source.data, limits)
    if kind is MediaType.DOCX:
        from pipeline.extract.docx import read_docx  # noqa: PLC0415 - lxml is loaded only for a Word file

        return read_docx(source.data, limits)
    if kind in (MediaType.HTML, MediaType.MHTML):
        from pipeline.extract.html import read_html  # noqa: PLC0415 - lxml is loaded only for a page

        return read_html(source.data, limits, archive=kind is MediaType.MHTML)
    if kind in (MediaType.TEXT, MediaType.MARKDOWN):
        from pipeline.extract.plain import read_plain  # noqa: PLC0415

        return read_plain(source.data, kind is MediaType.MARKDOWN, limits)
    if kind is MediaType.ZIP:
        open_archive(source.data, limits)
    raise _not_read(kind, source.data)


def _not_read(kind: MediaType, data: bytes) -> ReadError:
    if kind is MediaType.LOCKED_OFFICE:
        return ReadError("password_protected", "encrypted Office file")
    if kind is not MediaType.UNKNOWN:
        return ReadError("format_not_read", kind.label)
    return ReadError("empty_file" if not data.strip(b"\0 \t\r\n") else "unknown_format", "no known format")
