"""Looks at a PDF before pdfium draws its pages, for bombs that no engine survives.

A page's content of a few kilobytes can unpack to gigabytes of drawing, be named a thousand times, or draw forms that
draw one another twice, level below level. What a page draws is added up here without drawing it. What takes its time
without much to draw (shadings, dashes) is for the limits of the process that reads.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from pipeline.errors import ReadError
from pipeline.extract.pdf_filters import unpacked
from pipeline.extract.pdf_plain import PlainDocument, plain_name
from pipeline.settings import Limits

# Deflate cannot make more of a byte than this.
_MOST_UNPACKED = 1_032
# A drawing operation takes at least so many bytes.
_OPERATION_BYTES = 80
# The drawings of all pages together against the largest of one page.
_PAGES_OF_DRAWING = 16
# What is unpacked here at most, against the same; and in how many surroundings forms may be drawn.
_PAGES_LOOKED_AT = 64
_MOST_WAYS = 100_000
_MOST_FONT_BYTES = 64 * 1024 * 1024
_DICTIONARY_BYTES = 4_096
_DEEPEST = 40
_PACKED = re.compile(rb"/(?:FlateDecode|Fl)\b")
# Pictures and fonts are unpacked by their own code, within their declared size.
_NO_DRAWING = re.compile(rb"/Subtype\s?/Image|/Length1\b|/Subtype\s?/(?:Type1C|CIDFontType0C|OpenType|XML)\b")
_FORM = re.compile(rb"/Subtype/Form\b")
_CALL = re.compile(rb"/([^\s\0/<>\[\]()%]{1,255})(?:[\s\0]|%[^\r\n]*[\r\n])+Do\b")
_NAMED = re.compile(rb"/([^\s/<>\[\]()%]{1,255}) (\d{1,9}) 0 R\b")
_CONTENTS = re.compile(rb"/Contents(?: (\d{1,9}) 0 R|\[([^\]]*)\])")
_PARENT = re.compile(rb"/Parent (\d{1,9}) 0 R\b")
_FONT_FILE = re.compile(rb"/(?:FontFile[23]?|ToUnicode) (\d{1,9}) 0 R\b")
_MASK = re.compile(rb"/S?Mask (\d{1,9}) 0 R\b")
_WIDTH, _HEIGHT = re.compile(rb"/Width (\d{1,9})\b"), re.compile(rb"/Height (\d{1,9})\b")
# Entries whose value may stand in an object of its own.
_RESOURCES = re.compile(rb"/(?:Resources|XObject) (\d{1,9}) 0 R\b")
_APPEARANCES = re.compile(rb"/(?:AP|N) (\d{1,9}) 0 R\b")
_ANNOTATIONS = re.compile(rb"/Annots (\d{1,9}) 0 R\b")
_GLYPHS = re.compile(rb"/CharProcs (\d{1,9}) 0 R\b")

_Names: TypeAlias = Mapping[bytes, Sequence[int]]
_NO_NAMES: _Names = {}


class _Content(NamedTuple):
    """What is known of a form: its bytes unpacked, and how often it calls which names."""

    size: int
    calls: Counter[bytes]


def check_bytes(data: bytes, limits: Limits) -> None:
    """Raises ReadError(too_complex) where a stream that is no picture unpacks too far: before pdfium opens the file."""
    most = _most(limits)
    for dictionary, start, end in _streams(data):
        layers = len(_PACKED.findall(dictionary))
        if layers == 0 or (end - start) * _MOST_UNPACKED**layers <= most or _NO_DRAWING.search(dictionary):
            continue
        if len(unpacked(data[start:end], [b"FlateDecode"] * layers, most)) > most:
            raise ReadError("too_complex", f"a stream of more than {most} bytes")


def check_document(document: Any, limits: Limits) -> None:
    """Raises ReadError(too_complex) where the pages of an open document draw too much, `damaged_file` where it is none."""
    guard = _Guard(PlainDocument(document), limits)
    guard.check_fonts()
    guard.check_masks()
    guard.check_pages()


def _most(limits: Limits) -> int:
    return limits.page_objects * _OPERATION_BYTES


def _streams(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Dictionary and place of the streams in their order; those of a damaged file as far as they can be told."""
    at = data.find(b"stream")
    while at >= 0:
        end = data.find(b"endstream", at + 6)
        if end < 0:
            return
        head = data[max(0, at - _DICTIONARY_BYTES) : at]
        start = at + 6 + (2 if data[at + 6 : at + 8] == b"\r\n" else 1)
        yield head[max(0, head.rfind(b" obj")) :], start, end
        at = data.find(b"stream", end + 9)


class _Guard:
    """Adds up, in bytes, what is drawn when a page, a form or a glyph is."""

    def __init__(self, plain: PlainDocument, limits: Limits) -> None:
        self._plain = plain
        self._limits = limits
        self._most = _most(limits)
        self._forms = {number for number, one in plain.objects.items() if plain.is_stream(number) and _FORM.search(one.head)}
        self._looked_at: dict[int, _Content] = {}
        self._bytes_left = _PAGES_LOOKED_AT * self._most
        self._drawn: dict[tuple[int, int], int] = {}
        self._names: dict[tuple[bytes, int], _Names] = {}

    def check_fonts(self) -> None:
        """Holds the programs and maps of fonts, and glyphs that are drawings, against the limits."""
        for one in self._plain.objects.values():
            for number in map(int, _FONT_FILE.findall(one.head)):
                if len(self._content(number, _MOST_FONT_BYTES)) > _MOST_FONT_BYTES:
                    raise ReadError("too_complex", f"a font of more than {_MOST_FONT_BYTES} bytes")
            if b"/CharProcs" in one.head:
                glyphs = self._plain.references(self._plain.gathered(one.head, _GLYPHS))
                self._held(sum(self._weight(number, _NO_NAMES, 0) for number in glyphs))

    def check_masks(self) -> None:
        """Refuses masks, which are unpacked whole, beyond the limit of a picture."""
        for one in self._plain.objects.values():
            for number in map(int, _MASK.findall(one.head)):
                head = self._plain.head(number)
                width, height = _WIDTH.search(head), _HEIGHT.search(head)
                if width and height and int(width[1]) * int(height[1]) > self._limits.page_pixels:
                    raise ReadError("too_complex", f"a mask of {int(width[1])} x {int(height[1])} pixels")

    def check_pages(self) -> None:
        """Adds up the pages: their contents as often as they name them, and what stands in their annotations."""
        whole = 0
        for one in self._plain.objects.values():
            if b"/Contents" in one.head or b"/Annots" in one.head:
                whole += self._held(self._contents(one.head) + self._annotations(one.head))
        self._held(whole, _PAGES_OF_DRAWING * self._most)

    def _held(self, weight: int, most: int | None = None) -> int:
        if weight > (most or self._most):
            raise ReadError("too_complex", f"a drawing of more than {most or self._most} bytes")
        return weight

    def _contents(self, page: bytes) -> int:
        """A page's contents are drawn as one: a name may stand in one of them and its call in the next."""
        parts: list[bytes] = []
        weight = 0
        for found in _CONTENTS.finditer(page):
            for number in self._content_numbers(found):
                parts.append(self._content(number, self._most))
                weight = self._held(weight + len(parts[-1]))
        calls = _calls(b" ".join(parts)) if self._forms else None
        return weight + self._called(calls, self._page_names(page), 0) if calls else weight

    def _content_numbers(self, found: re.Match[bytes]) -> list[int]:
        if found[1] is None:
            return self._plain.references(found[2])
        number = int(found[1])
        return [number] if self._plain.is_stream(number) else self._plain.references(self._plain.head(number))

    def _annotations(self, page: bytes) -> int:
        """What the appearances of a page's annotations draw, each as often as it is named."""
        weight = self._appearances(page) if b"/AP" in page else 0
        for number in self._plain.references(self._plain.gathered(page, _ANNOTATIONS)):
            mark = self._plain.head(number)
            if b"/Rect" in mark:
                weight = self._held(weight + self._appearances(mark))
        return weight

    def _appearances(self, mark: bytes) -> int:
        shown = self._plain.references(self._plain.gathered(mark, _APPEARANCES))
        return sum(self._weight(number, _NO_NAMES, 0) for number in shown if number in self._forms)

    def _weight(self, number: int, outer: _Names, depth: int) -> int:
        """What is drawn when a form or glyph is: a name that it does not know itself is known to what draws it.

        Forms that draw themselves, or lie too deep in one another, are refused.
        """
        if depth > _DEEPEST or len(self._drawn) > _MOST_WAYS:
            raise ReadError("too_complex", "forms that draw one another")
        size, calls = self._look_at(number)
        if not calls:
            return size
        names = self._names_in(self._plain.head(number), outer)
        key = (number, id(names))
        if key not in self._drawn:
            self._drawn[key] = self._held(size + self._called(calls, names, depth))
        return self._drawn[key]

    def _called(self, calls: Mapping[bytes, int], names: _Names, depth: int) -> int:
        """What is drawn by calls, each so many times; of twins by name the larger one counts."""
        weight = 0
        for name, times in calls.items():
            numbers = names.get(name, ())
            once = max((self._weight(number, names, depth + 1) for number in numbers), default=0)
            weight = self._held(weight + times * once)
        return weight

    def _look_at(self, number: int) -> _Content:
        if number not in self._looked_at:
            content = self._content(number, self._most)
            self._looked_at[number] = _Content(self._held(len(content)), _calls(content))
        return self._looked_at[number]

    def _content(self, number: int, most: int) -> bytes:
        content = self._plain.unpacked(number, most) if self._plain.is_stream(number) else b""
        self._bytes_left -= len(content)
        if self._bytes_left < 0:
            raise ReadError("too_complex", "too much to draw")
        return content

    def _page_names(self, page: bytes) -> _Names:
        """The forms that a page names; it may have its resources from the tree above it."""
        heads = [page]
        while len(heads) < _DEEPEST and (above := _PARENT.search(heads[-1])) is not None:
            heads.append(self._plain.head(int(above[1])))
        return self._names_in(b" ".join(heads), _NO_NAMES)

    def _names_in(self, head: bytes, outer: _Names) -> _Names:
        """Names with the forms that they stand for, none for a picture, laid over those known outside."""
        key = (head, id(outer))
        if key not in self._names:
            own: dict[bytes, list[int]] = {}
            for name, number in _NAMED.findall(self._plain.gathered(head, _RESOURCES)):
                forms = own.setdefault(plain_name(name), [])
                if int(number) in self._forms:
                    forms.append(int(number))
            self._names[key] = {**outer, **own}
        return self._names[key]


def _calls(content: bytes) -> Counter[bytes]:
    """The names that a content calls, and how often."""
    return Counter(map(plain_name, _CALL.findall(content) if b"Do" in content else ()))
