"""Bytes -> lines, grids and pages: the one place that knows file formats."""

from __future__ import annotations

from pipeline.errors import ReadError
from pipeline.extract.archive import open_archive
from pipeline.extract.container import Container, Member
from pipeline.extract.office.converter import BYTES_AT_ONCE, FILES_AT_ONCE, READ_WITHOUT_OFFICE, Office
from pipeline.extract.office.guard import FORMATS as OFFICE_FORMATS
from pipeline.extract.office.guard import check as check_office
from pipeline.extract.sniff import MediaType, sniff
from pipeline.knowledge import Knowledge
from pipeline.settings import Limits
from pipeline.values import Extracted, Source

__all__ = [
    "BYTES_AT_ONCE",
    "DEFAULT_LIMITS",
    "FILES_AT_ONCE",
    "PAGE_NOT_READ",
    "READ_WITHOUT_OFFICE",
    "Container",
    "MediaType",
    "Member",
    "Office",
    "extract",
    "is_annex",
    "is_container",
    "ocr_works",
    "open_container",
    "sniff",
]

DEFAULT_LIMITS = Limits()
PAGE_NOT_READ = "page_not_read"  # the finding of a page that only its picture could tell
_CONTAINERS = {MediaType.ZIP, MediaType.MAIL}
_PACKED = {MediaType.RAR, MediaType.SEVEN_ZIP, MediaType.OUTLOOK_MAIL, MediaType.OUTLOOK_ATTACHMENTS}
_ANNEXES = {MediaType.XLSX, MediaType.XLS, MediaType.ODS, MediaType.PPTX, MediaType.PPT, MediaType.ODP}
_PICTURES = {MediaType.PNG, MediaType.JPEG, MediaType.TIFF, MediaType.BMP, MediaType.WEBP, MediaType.GIF}


def extract(
    source: Source, limits: Limits = DEFAULT_LIMITS, office: Office | None = None, knowledge: Knowledge | None = None
) -> Extracted:
    """Reads a received file by what its bytes are, whatever its name says. `office` converts old Word files.

    `knowledge` has the titles of tables' columns, the program's own unless given.

    Raises ReadError with one of the causes `empty_file`, `too_large`, `unknown_format`, `format_not_read`,
    `archive_not_read`, `annex_not_read`, `container_given` (the format's name in the detail of these four),
    `damaged_file`, `truncated_file`, `password_protected`, `too_complex`, `no_text_layer`.
    `office_missing`, `unreadable_io` (no room for a temporary file), and of scans `ocr_missing`, `ocr_failed`,
    `unreadable_scan`.
    """
    if not source.data:
        raise ReadError("empty_file", "0 bytes")
    if len(source.data) > limits.file_bytes:
        raise ReadError("too_large", f"{len(source.data)} bytes")
    kind = sniff(source.data, source.file_name)
    if kind is MediaType.PDF:
        from pipeline.extract.pdf import read_pdf  # noqa: PLC0415 - pdfium is loaded only for a PDF

        return read_pdf(source.data, limits, knowledge)
    if kind is MediaType.DOCX:
        from pipeline.extract.docx import read_docx  # noqa: PLC0415 - lxml is loaded only for a Word file

        return read_docx(source.data, limits)
    if kind in OFFICE_FORMATS:
        from pipeline.extract.office.reading import read_office  # noqa: PLC0415

        return read_office(source, kind, limits, office or Office(limits))
    if kind in (MediaType.HTML, MediaType.MHTML):
        from pipeline.extract.html import read_html  # noqa: PLC0415 - lxml is loaded only for a page

        return read_html(source.data, limits, archive=kind is MediaType.MHTML)
    if kind in (MediaType.TEXT, MediaType.MARKDOWN):
        from pipeline.extract.plain import read_plain  # noqa: PLC0415

        return read_plain(source.data, kind is MediaType.MARKDOWN, limits, knowledge)
    if kind in _PICTURES:
        from pipeline.extract.images import read_image  # noqa: PLC0415 - numpy and Pillow are loaded only for a picture

        return read_image(source.data, kind, limits, knowledge)
    if kind is MediaType.OLE:
        check_office(source.data, MediaType.DOC, limits)  # a Word file cut short shows no Word part
    if kind is MediaType.OFFICE_PACKAGE:  # of a Word file cut short, no more may be left to see than that it was one
        open_archive(source.data, limits)
    raise _not_read(kind, source.data)


def _not_read(kind: MediaType, data: bytes) -> ReadError:
    if kind is MediaType.LOCKED_OFFICE:
        return ReadError("password_protected", "encrypted Office file")
    if kind in _CONTAINERS:
        return ReadError("container_given", kind.label)
    if kind in _PACKED:
        return ReadError("archive_not_read", kind.label)
    if kind in _ANNEXES:
        return ReadError("annex_not_read", kind.label)
    if kind is not MediaType.UNKNOWN:
        return ReadError("format_not_read", kind.label)
    return ReadError("empty_file" if not data.strip(b"\0 \t\r\n") else "unknown_format", "no known format")


def ocr_works() -> bool:
    """Whether pages can be read from their pictures on this machine."""
    from pipeline.extract.tesseract import found  # noqa: PLC0415 - numpy and Pillow are loaded only when it is asked for

    return found()


def is_container(source: Source) -> bool:
    """Whether a file holds received files (an archive, a message) and is no document itself."""
    return sniff(source.data, source.file_name) in _CONTAINERS


def is_annex(source: Source) -> bool:
    """Whether a file is a sheet or slides, which come with a plan and are listed without being read."""
    return sniff(source.data, source.file_name) in _ANNEXES


def open_container(source: Source, limits: Limits = DEFAULT_LIMITS) -> Container:
    """What lies in a container; nothing is unpacked before a member is read.

    Raises ReadError: `truncated_file`, `damaged_file`, `too_large`, `container_too_complex`.
    """
    if sniff(source.data, source.file_name) is MediaType.ZIP:
        from pipeline.extract.zip_container import open_zip  # noqa: PLC0415

        return open_zip(source.data, limits)
    from pipeline.extract.mail_container import open_mail  # noqa: PLC0415 - only few offices send messages

    return open_mail(source.data, limits)
