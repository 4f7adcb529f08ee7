"""Reads an old Word file, an RTF or an ODT: through LibreOffice and our reader of DOCX, or else roughly.

Where LibreOffice is missing, or fails on a file, the text is taken out of the file itself, and a notice tells so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pipeline.errors import ReadError
from pipeline.extract.docx import ENGINE as DOCX_ENGINE
from pipeline.extract.docx import read_docx
from pipeline.extract.office.converter import READ_WITHOUT_OFFICE, NotConvertedError, Office
from pipeline.extract.office.guard import FORMATS, check
from pipeline.extract.office.odt import odt_as_docx
from pipeline.extract.office.rtf import rtf_as_docx
from pipeline.extract.office.word_binary import word_as_docx
from pipeline.extract.sniff import MediaType
from pipeline.settings import Limits
from pipeline.values import Extracted, Notice, Source

ENGINE = f"libreoffice+{DOCX_ENGINE}"
_MISSING = "office_missing"
_ROUGH: dict[MediaType, Callable[[bytes, Limits], bytes]] = {
    MediaType.DOC: word_as_docx,
    MediaType.RTF: rtf_as_docx,
    MediaType.ODT: odt_as_docx,
}


def read_office(source: Source, kind: MediaType, limits: Limits, office: Office) -> Extracted:
    """Paragraphs and tables of a file of one of the three formats, in document order.

    Raises ReadError: `password_protected`, `truncated_file`, `damaged_file`, `too_complex`, `format_not_read`,
    `no_text_layer`, `empty_file`; `office_missing` where only LibreOffice could read it.
    """
    check(source.data, kind, limits)
    try:
        read = _converted(source, limits, office)
        return _told(read, kind, ENGINE)
    except NotConvertedError as failure:
        return _roughly(source, kind, limits, failure)


def _converted(source: Source, limits: Limits, office: Office) -> Extracted:
    """What LibreOffice's Word file holds; one that cannot be read is as good as none."""
    try:
        return read_docx(office.docx_of(source), limits)
    except ReadError as error:
        if error.cause in ("damaged_file", "truncated_file", "empty_file"):
            raise NotConvertedError("damaged_file", f"LibreOffice: {error}") from error
        raise


def _roughly(source: Source, kind: MediaType, limits: Limits, failure: NotConvertedError) -> Extracted:
    """The text taken out without LibreOffice; where that fails too, it is LibreOffice's failure that is told."""
    try:
        read = read_docx(_ROUGH[kind](source.data, limits), limits)
    except ReadError as error:
        if error.cause in ("damaged_file", "truncated_file"):
            raise ReadError(failure.cause, failure.detail) from error
        raise
    code = READ_WITHOUT_OFFICE if failure.cause == _MISSING else "office_failed"
    told = _told(read, kind, f"{FORMATS[kind]}-text")
    return replace(told, notices=(*told.notices, Notice(code, detail=kind.label)))


def _told(read: Extracted, kind: MediaType, engine: str) -> Extracted:
    """What was read, told of the file that was received."""
    return replace(read, media_type=kind.value, pages=tuple(replace(page, engine=engine) for page in read.pages))
