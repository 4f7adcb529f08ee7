"""Looks at the bytes of a PDF before pdfium does, for the two bombs that no engine survives.

A page's content of a few kilobytes can unpack to gigabytes of drawing, and forms that draw one another twice, level
below level, take forever. Both show in the file's streams, whose dictionaries stand unpacked in it. What hides better
than this is for the limits of the process that reads.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.errors import ReadError
from pipeline.settings import Limits

# Deflate cannot make more of a byte than this.
_MOST_UNPACKED = 1_032
# A drawing operation takes at least so many bytes.
_OPERATION_BYTES = 80
_DICTIONARY_BYTES = 4_096
_MOST_FORMS = 20_000
_FORM_CONTENT_BYTES = 1_000_000
_PACKED = re.compile(rb"/(?:FlateDecode|Fl)\b")
# Pictures and fonts are unpacked by their own code, within their declared size.
_NO_DRAWING = re.compile(rb"/Subtype\s?/Image|/Length1\b|/Subtype\s?/(?:Type1C|CIDFontType0C|OpenType|XML)\b")
_FORM = re.compile(rb"/Subtype\s?/Form\b")
_NUMBER = re.compile(rb"(\d{1,9}) \d{1,5} obj")
_CALL = re.compile(rb"/([^\s/<>\[\]()%]{1,127})\s{1,4}Do\b")
_NAMED = re.compile(rb"/([^\s/<>\[\]()%]{1,127})\s{1,4}(\d{1,9}) \d{1,5} R\b")
_RESOURCES = re.compile(rb"/Resources\s{1,4}(\d{1,9}) \d{1,5} R\b")


class _Stream(NamedTuple):
    """A stream as it stands in the file: its object's number, its dictionary, and where its packed bytes lie."""

    number: int
    dictionary: bytes
    start: int
    end: int


def check_bytes(data: bytes, limits: Limits) -> None:
    """Raises ReadError(too_complex) where the bytes hold a drawing that is too large or forms that multiply."""
    most = limits.page_objects * _OPERATION_BYTES
    forms: dict[int, _Stream] = {}
    for stream in _streams(data):
        if _FORM.search(stream.dictionary):
            forms[stream.number] = stream
        if (stream.end - stream.start) * _MOST_UNPACKED <= most or _NO_DRAWING.search(stream.dictionary):
            continue
        if len(_unpacked(data, stream, most + 1)) > most:
            raise ReadError("too_complex", f"a drawing of more than {most} bytes")
    if len(forms) > 2:
        _check_forms(data, forms)


def _streams(data: bytes) -> Iterator[_Stream]:
    """The streams of a file in their order; those of a damaged file as far as they can be told."""
    at = data.find(b"stream")
    while at >= 0:
        end = data.find(b"endstream", at + 6)
        if end < 0:
            return
        head = data[max(0, at - _DICTIONARY_BYTES) : at]
        begin = head.rfind(b" obj")
        if begin >= 0:
            numbers = _NUMBER.findall(head[max(0, begin - 16) : begin + 4])
            number = int(numbers[-1]) if numbers else -1
            start = at + 6 + (2 if data[at + 6 : at + 8] == b"\r\n" else 1)
            yield _Stream(number, head[begin + 4 :], start, end)
        at = data.find(b"stream", end + 9)


def _unpacked(data: bytes, stream: _Stream, most: int) -> bytes:
    """The first bytes of a stream, unpacked as often as it says; packed ones where they are no deflate (locked)."""
    content = data[stream.start : stream.end]
    for _ in _PACKED.findall(stream.dictionary):
        try:
            content = zlib.decompressobj().decompress(content, most)
        except zlib.error:
            return content
    return content[:most]


def _check_forms(data: bytes, forms: dict[int, _Stream]) -> None:
    """Raises ReadError(too_complex) where drawing one form means drawing far too many."""
    calls = {number: _calls(data, stream, forms) for number, stream in forms.items()}
    drawn: dict[int, int] = {}
    for number in calls:
        if _drawn(number, calls, drawn) > _MOST_FORMS:
            raise ReadError("too_complex", "forms that draw one another")


def _calls(data: bytes, stream: _Stream, forms: dict[int, _Stream]) -> list[int]:
    """The numbers of the forms that a form draws, as often as it draws them."""
    resources = stream.dictionary
    indirect = _RESOURCES.search(resources)
    if indirect:
        at = data.find(b"\n" + indirect[1] + b" 0 obj")
        resources = data[at : at + _DICTIONARY_BYTES] if at >= 0 else b""
    named = {name: int(number) for name, number in _NAMED.findall(resources)}
    content = _unpacked(data, stream, _FORM_CONTENT_BYTES)
    called = (named.get(name, -1) for name in _CALL.findall(content))
    return [number for number in called if number in forms]


def _drawn(number: int, calls: dict[int, list[int]], drawn: dict[int, int]) -> int:
    """How many forms are drawn when one is, itself included; a form that draws itself counts as too many."""
    waiting = [number]
    open_forms: set[int] = set()
    while waiting:
        here = waiting[-1]
        below = calls[here]
        missing = [one for one in set(below) if one not in drawn]
        if here in drawn or not missing:
            drawn.setdefault(here, 1 + sum(drawn[one] for one in below))
            open_forms.discard(here)
            waiting.pop()
        elif here in open_forms:
            return _MOST_FORMS + 1
        else:
            open_forms.add(here)
            waiting.extend(missing)
    return drawn[number]
