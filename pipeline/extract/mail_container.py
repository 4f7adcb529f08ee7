"""An e-mail message as a container: its attachments are received files, its body is none.

Messages are written by many programs and by nobody's rules: a header that cannot be understood never costs its part,
and a name is looked for in the header's own bytes where the library finds none.
"""

from __future__ import annotations

import binascii
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import CloseBoundaryNotFoundDefect, MessageError, StartBoundaryNotFoundDefect
from email.header import decode_header
from email.headerregistry import HeaderRegistry
from email.message import Message
from functools import partial
from typing import Any

from pipeline.errors import ReadError
from pipeline.extract.container import Container, Part, sorted_out
from pipeline.extract.member_names import decode_names, harmless
from pipeline.settings import Limits

_LONGEST_HEADER = 8_000  # characters of one header that are understood; real ones have some hundreds
_HEADERS = 500_000  # characters of all headers that are understood: the library's parser is slow
_MOST_STEPS = 20_000_000  # lines times boundaries: every line is held against every boundary that is open
_BOUNDARY = re.compile(rb"boundary[*0-9]*[ \t]*=", re.IGNORECASE)
_PICTURE_BYTES = 64 * 1024  # inline pictures below are logos of a signature; a photographed page has more
_LONGEST_ABOUT = 200
_SIGNATURES = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
_MESSAGES = {"message/rfc822", "message/global"}
_NOT_UNDERSTOOD = {"content-type": "application/octet-stream", "content-disposition": "attachment"}
_CUT = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)
_RAW_NAME = re.compile(r"""\b(?:file)?name\*?\s*=\s*("?)((?:[^";\\]|\\.)+)\1""", re.IGNORECASE)
_ENCODED_WORD = re.compile(r"=\?[^?\s]+\?[BbQq]\?[^?]*\?=")
# What the library's header parser is known to raise on headers that follow no rule.
_Malformed = (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError, AssertionError)


class _Headers:
    """Understands headers within limits; of a part whose headers are not understood, an attachment is made."""

    def __init__(self) -> None:
        self._parse = HeaderRegistry()
        self._known: dict[tuple[str, str], Any] = {}
        self._left = _HEADERS

    def __call__(self, name: str, value: str) -> Any:
        key = (name.lower(), value)
        if key not in self._known:
            self._known[key] = self._understood(name, value)
        return self._known[key]

    def _understood(self, name: str, value: str) -> Any:
        self._left -= len(value)
        if len(value) <= _LONGEST_HEADER and self._left >= 0:
            try:
                return self._parse(name, value)
            except _Malformed:
                pass
        return self._parse(name, _NOT_UNDERSTOOD.get(name.lower(), ""))


def open_mail(data: bytes, limits: Limits) -> Container:
    """The attachments of a message, forwarded messages among them as members of their own.

    Raises ReadError: `too_large`, or `container_too_complex` beyond the other limits.
    """
    if len(data) > limits.mail_bytes:
        raise ReadError("too_large", f"{len(data)} bytes")
    if data.count(b"\n") * (len(_BOUNDARY.findall(data)) + 1) > _MOST_STEPS:
        raise ReadError("container_too_complex", "too many parts and lines")
    lenient = policy.default.clone(header_factory=_Headers(), refold_source="none")
    try:
        message = message_from_bytes(data.removeprefix(BOM_UTF8).lstrip(), policy=lenient)
        leaves = list(_leaves(message, limits))
    except RecursionError as error:
        raise ReadError("container_too_complex", "messages in messages") from error
    parts = [_part(leaf, number) for number, leaf in enumerate(leaves, start=1) if _is_file(leaf)]
    members, ignored = sorted_out(parts)
    fault = "truncated_file" if any(_is_cut(part) for part in message.walk()) else None
    return Container(members, ignored, len(leaves), len(data), _about(message), fault)


def _leaves(message: Message, limits: Limits) -> Iterator[Message]:
    """The parts that hold something, in their order; a message in the message is one, whatever it holds."""
    pending, seen = [message], 0
    while pending:
        part = pending.pop()
        seen += 1
        if seen > limits.archive_parts:
            raise ReadError("container_too_complex", f"more than {limits.archive_parts} parts")
        if part.is_multipart() and part.get_content_type() not in _MESSAGES:
            pending.extend(reversed(_inner(part)))
        else:
            yield part


def _inner(part: Message) -> list[Message]:
    held = part.get_payload()
    return [inner for inner in held if isinstance(inner, Message)] if isinstance(held, list) else []


def _is_file(part: Message) -> bool:
    """Whether a part is an attachment: it has a name, is said to be one, or is no text and no notice of a server."""
    if part.get_content_type() in _MESSAGES or part.get_content_disposition() == "attachment" or _name(part):
        return True
    return part.get_content_maintype() not in ("text", "multipart", "message")


def _part(part: Message, number: int) -> Part:
    kind = part.get_content_type()
    if kind in _MESSAGES:
        inner = next(iter(_inner(part)), None)
        subject = _header(inner, "Subject").replace("/", "-") if inner is not None else ""
        name = _name(part) or subject or f"thư {number}"
        return Part(harmless(name if name.lower().endswith(".eml") else f"{name}.eml"), 0, partial(_message_bytes, part))
    name, size = harmless(_name(part) or f"đính kèm {number}"), _size(part)
    reason = "signature" if kind in _SIGNATURES else "inline_picture" if _is_small_picture(part, size) else None
    return Part(name, size, partial(_bytes, part), reason)


def _is_small_picture(part: Message, size: int) -> bool:
    shown = part.get_content_disposition() == "inline" or (
        part.get_content_disposition() is None and part["Content-ID"] is not None
    )
    return part.get_content_maintype() == "image" and shown and size < _PICTURE_BYTES


def _size(part: Message) -> int:
    """The bytes of a part as packed; base64 is a third longer than what it holds."""
    held = part.get_payload()
    packed = len(held) if isinstance(held, str) else 0
    return packed * 3 // 4 if _header(part, "Content-Transfer-Encoding").strip().lower() == "base64" else packed


def _bytes(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (binascii.Error, *_Malformed) as error:
        raise ReadError("damaged_file", "attachment") from error
    return data if isinstance(data, bytes) else b""


def _message_bytes(part: Message) -> bytes:
    """A forwarded message; some programs pack it as if it were a file, which leaves one without headers."""
    inner = next(iter(_inner(part)), None)
    try:
        if inner is None:
            return _bytes(part)
        if not inner.keys() and _header(part, "Content-Transfer-Encoding").strip().lower() == "base64":
            return binascii.a2b_base64(str(inner.get_payload()))
        return inner.as_bytes()
    except (binascii.Error, *_Malformed) as error:
        raise ReadError("damaged_file", "message") from error


def _name(part: Message) -> str:
    """The attachment's name: as the library finds it, else from the header's own words and bytes."""
    name = part.get_filename() or ""
    if name and "\ufffd" not in name and not _ENCODED_WORD.search(name):
        return name
    for header, raw in part.raw_items():
        if header.lower() in ("content-disposition", "content-type"):
            found = _RAW_NAME.search(str(raw)[:_LONGEST_HEADER])
            if found:
                return _decoded(found[2])
    return name


def _decoded(raw: str) -> str:
    """A name with encoded words or with bytes of some code page in it."""
    pieces = []
    try:
        for piece, charset in decode_header(raw) if _ENCODED_WORD.search(raw) else [(raw, None)]:
            data = piece.encode("utf-8", "surrogateescape") if isinstance(piece, str) else piece
            pieces.append(data.decode(charset, "replace") if charset else decode_names([data])[0])
    except _Malformed:
        return ""
    return "".join(pieces)


def _header(part: Message, name: str) -> str:
    value = part[name]
    return "" if value is None else str(value)


def _about(message: Message) -> str:
    told = [words for name in ("From", "Subject") if (words := _header(message, name).strip())]
    return " — ".join(told)[:_LONGEST_ABOUT]


def _is_cut(part: Message) -> bool:
    return any(isinstance(defect, _CUT) for defect in part.defects)
