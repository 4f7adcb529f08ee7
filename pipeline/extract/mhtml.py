"""Pages saved as one file (MHTML): a MIME message whose root part is the page, the pictures beside it."""

from __future__ import annotations

import binascii
import quopri
import re
from email.message import Message
from email.parser import BytesHeaderParser

from pipeline.errors import ReadError

_PAGES = ("text/html", "application/xhtml+xml")
_HEAD = 64 * 1024
_NESTED = 2  # a page inside the alternatives of a page
_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")


def page_in(data: bytes, depth: int = 0) -> tuple[bytes, str]:
    """The bytes of the page in a single-file archive and the encoding that its part names ("" for none).

    Raises ReadError: `damaged_file` where no page is in it.
    """
    head, body = _parted(data)
    kind = head.get_content_type()
    boundary = head.get_boundary()
    if kind in _PAGES:
        return _decoded(body, str(head.get("Content-Transfer-Encoding", ""))), head.get_content_charset() or ""
    if head.get_content_maintype() == "multipart" and boundary and depth < _NESTED:
        for part in _parts(body, boundary.encode("ascii", "replace")):
            inner = _parted(part)[0]
            if inner.get_content_type() in _PAGES or inner.get_content_maintype() == "multipart":
                return page_in(part, depth + 1)
    raise ReadError("damaged_file", "no page in the archive")


def _parted(data: bytes) -> tuple[Message, bytes]:
    """The fields of a message or part, and what stands below them."""
    gap = _BLANK_LINE.search(data, 0, _HEAD)
    if gap is None:
        return Message(), data
    return BytesHeaderParser().parsebytes(data[: gap.start()].lstrip(b"\r\n")), data[gap.end() :]


def _parts(body: bytes, boundary: bytes) -> list[bytes]:
    """The parts between boundaries; text before the first is for readers that know no MIME."""
    return re.split(rb"(?:^|\r?\n)--" + re.escape(boundary) + rb"(?:--)?[ \t]*(?=\r?\n|$)", body)[1:]


def _decoded(body: bytes, encoding: str) -> bytes:
    """Raises ReadError: `damaged_file` where the part's own encoding is broken."""
    encoding = encoding.strip().lower()
    try:
        if encoding == "quoted-printable":
            return quopri.decodestring(body)
        if encoding == "base64":
            return binascii.a2b_base64(body)
    except binascii.Error as error:
        raise ReadError("damaged_file", "the page's encoding is broken") from error
    return body
