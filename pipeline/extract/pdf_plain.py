"""A PDF written out plainly: every object by its number, nothing packed in object streams, encrypted or spelt oddly.

pdfium itself writes it, without looking at a page; so what a hostile file hides from a search of its bytes shows here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2 as pypdfium
import pypdfium2.raw as pdfium

from pipeline.errors import ReadError
from pipeline.extract.pdf_filters import unpacked

_MOST_OBJECTS = 500_000
_TABLE = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_ROW = re.compile(rb"(\d{10}) \d{5} n")
_HEAD = re.compile(rb"(\d+) \d+ obj\r\n([^\r\n]*)(\r\n)?")
_OPENS, _CLOSES = b">>stream", b"\r\nendstream\r\nendobj\r\n"
_FILTERS = re.compile(rb"/Filter(?:(/\w+)|\[([^\]]*)\]| (\d+) 0 R)")
_NAME = re.compile(rb"/(\w+)")
_REFERENCE = re.compile(rb"\b(\d{1,9}) 0 R\b")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STEPS = 2


def plain_name(name: bytes) -> bytes:
    """A name without escapes."""
    return _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), name)


class PlainObject(NamedTuple):
    """An object: its dictionary, array or value as it is written, and for a stream its packed bytes."""

    head: bytes
    content: bytes | None


class PlainDocument:
    """The objects of a document."""

    def __init__(self, document: Any) -> None:
        buffer = io.BytesIO()
        try:
            document.save(buffer, flags=pdfium.FPDF_REMOVE_SECURITY)
        except pypdfium.PdfiumError as error:
            raise ReadError("damaged_file", str(error)) from error
        self.objects = dict(_objects(buffer.getvalue()))

    def head(self, number: int) -> bytes:
        """The dictionary of an object; empty where there is none."""
        found = self.objects.get(number)
        return found.head if found is not None else b""

    def gathered(self, head: bytes, entries: re.Pattern[bytes]) -> bytes:
        """A dictionary with those that its `entries` refer to, and that these refer to: the pattern finds their numbers."""
        found = [head]
        for _ in range(_STEPS):
            numbers = {int(number) for number in entries.findall(found[-1])}
            found.append(b" ".join(self.head(number) for number in numbers if not self.is_stream(number)))
        return b" ".join(found)

    def references(self, head: bytes) -> list[int]:
        """The numbers of the objects that a dictionary or array refers to, as often as it does."""
        return [int(number) for number in _REFERENCE.findall(head)]

    def is_stream(self, number: int) -> bool:
        """Whether an object is a stream."""
        found = self.objects.get(number)
        return found is not None and found.content is not None

    def unpacked(self, number: int, most: int) -> bytes:
        """The first bytes of a stream, unpacked; more than `most` tells that it is larger."""
        found = self.objects[number]
        return unpacked(found.content or b"", self._filters(found.head), most)

    def _filters(self, head: bytes) -> list[bytes]:
        found = _FILTERS.search(head)
        if found is None:
            return []
        return _NAME.findall(found[1] or found[2] or self.head(int(found[3])))


def _objects(data: bytes) -> Iterator[tuple[int, PlainObject]]:
    """The objects between the places that the table names; pdfium writes them one behind the other."""
    end = _TABLE.search(data, max(0, len(data) - 64))
    table = int(end[1]) if end else len(data)
    places = sorted(int(row[1]) for row in _ROW.finditer(data, table))
    if len(places) > _MOST_OBJECTS:
        raise ReadError("too_complex", f"{len(places)} objects")
    for at, following in zip(places, [*places[1:], table], strict=True):
        found = _HEAD.match(data, at, following)
        if found is not None:
            is_stream = found[2].endswith(_OPENS)
            content = data[found.end() : following - len(_CLOSES)] if is_stream else None
            yield int(found[1]), PlainObject(found[2], content)
