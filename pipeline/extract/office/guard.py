"""Looks at an old Word file, an RTF or an ODT before any program opens it: is it what it says, whole, and not locked.

LibreOffice makes a document of anything, and waits for a password that nobody gives.
"""

from __future__ import annotations

import re

from pipeline.errors import ReadError
from pipeline.extract.archive import open_archive
from pipeline.extract.office.word_storage import open_word
from pipeline.extract.prologs import refuse_doctypes
from pipeline.extract.sniff import MediaType, sniff
from pipeline.settings import Limits
from pipeline.values import Source

# Each with the extension under which LibreOffice gets it: the received name never reaches it.
FORMATS = {MediaType.DOC: "doc", MediaType.RTF: "rtf", MediaType.ODT: "odt"}
_HEADS = (b"\xd0\xcf\x11\xe0", b"{\\rtf", b"PK")
_MANIFEST = "META-INF/manifest.xml"
_BINARY = re.compile(rb"(?<!\\)(?:\\\\)*\\bin(\d{1,10}) ?")
_BRACES = ((b"{", 1), (b"\\{", -1), (b"}", -1), (b"\\}", 1))


def kind_of(source: Source) -> MediaType | None:
    """Which of the formats that LibreOffice converts a file has, or None."""
    if not source.data.startswith(_HEADS):
        return None
    kind = sniff(source.data, source.file_name)
    return kind if kind in FORMATS else None


def check(data: bytes, kind: MediaType, limits: Limits) -> None:
    """Raises ReadError: `password_protected`, `truncated_file`, `damaged_file`, `too_complex`, `format_not_read`."""
    if kind is MediaType.DOC:
        _check_word(data)
    elif kind is MediaType.ODT:
        _check_odt(data, limits)
    else:
        _check_rtf(data)


def _check_word(data: bytes) -> None:
    with open_word(data) as storage:
        storage.check()


def _check_odt(data: bytes, limits: Limits) -> None:
    archive = open_archive(data, limits)
    if archive.has(_MANIFEST) and b"encryption-data" in archive.read(_MANIFEST):
        raise ReadError("password_protected", "ODT")
    if not archive.has("content.xml"):
        raise ReadError("damaged_file", "content.xml")
    refuse_doctypes(archive)


def _check_rtf(data: bytes) -> None:
    """A group that is not closed, or binary data that end too early, tell of a file cut short.

    LibreOffice waits for the end of such data without end. Binary pictures may hold braces of their own.
    """
    at, binary = 0, False
    while (found := _BINARY.search(data, at)) is not None:
        at, binary = found.end() + int(found[1]), True
        if at > len(data):
            raise ReadError("truncated_file", f"{found[1].decode()} bytes of binary data")
    plain = data.replace(b"\\\\", b"")
    depth = sum(sign * plain.count(mark) for mark, sign in _BRACES)
    if depth > 0 and not binary:
        raise ReadError("truncated_file", f"{depth} open groups")
