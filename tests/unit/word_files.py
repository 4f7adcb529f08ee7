"""Binary Word files, RTF and ODT made from their parts, for the tests of the office formats.

`word` builds the container of [MS-CFB], the header, one piece a part and one formatted page of paragraphs and letters;
what it makes opens in LibreOffice too.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
ENCRYPTED = 0x0100
TEXT_AT = 2048  # where the text begins in the main stream
IN_TABLE = b"\x16\x24\x01"
ROW_END = IN_TABLE + b"\x17\x24\x01"
BOLD, HIDDEN, DELETED = b"\x35\x08\x01", b"\x3c\x08\x01", b"\x00\x08\x01"
ODT_TYPE = "application/vnd.oasis.opendocument.text"
SPACES = {
    "office": "office:1.0", "text": "text:1.0", "table": "table:1.0", "style": "style:1.0", "draw": "drawing:1.0",
    "fo": "xsl-fo-compatible:1.0", "manifest": "manifest:1.0",
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A stretch of text: a piece of its own, narrow (Windows-1252) or wide; `letters` are its look."""

    text: str
    wide: bool = True
    letters: bytes = b""


def container(streams: dict[str, bytes]) -> bytes:
    """A compound file; its streams are padded to 4096 bytes, so that none is a small one."""
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    bodies = [streams[name].ljust(-(-max(len(streams[name]), 4096) // SECTOR) * SECTOR, b"\0") for name in names]
    sizes = [len(body) // SECTOR for body in bodies]
    directories = -(-(len(names) + 1) // 4)
    tables = -(-(sum(sizes) + directories) // (SECTOR // 4 - 1))
    chains = [FAT] * tables
    starts = []
    for size in (directories, *sizes):
        starts.append(len(chains))
        chains += [*range(len(chains) + 1, len(chains) + size), END]
    entries = _entry("Root Entry", 5, END, 0, child=1)
    for number, (name, body) in enumerate(zip(names, bodies, strict=True), 1):
        entries += _entry(name, 2, starts[number], len(body), right=number + 1 if number < len(names) else FREE)
    header = struct.pack("<8s16xHHHHH6xLLLLLLLLL", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, tables,
                         starts[0], 0, 4096, END, 0, END, 0)  # fmt: skip
    header += struct.pack("<109L", *range(tables), *[FREE] * (109 - tables))
    chains += [FREE] * (tables * SECTOR // 4 - len(chains))
    packed = struct.pack(f"<{len(chains)}L", *chains)
    return header + packed + entries.ljust(directories * SECTOR, b"\0") + b"".join(bodies)


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE, right: int = FREE) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBBLLL16xL16xLQ", encoded, len(encoded), kind, 1, FREE, right, child, 0, start, size)


def word(*parts: Part | str, looks: Sequence[bytes] = (), flags: int = 0, version: int = 0xC1) -> bytes:
    """A Word file of these parts; `looks` are those of its paragraphs in order, the rest look plain."""
    pieces = [part if isinstance(part, Part) else Part(part) for part in parts]
    return container(word_streams(pieces, looks, flags, version))


def word_streams(pieces: Sequence[Part], looks: Sequence[bytes], flags: int = 0, version: int = 0xC1) -> dict[str, bytes]:
    """The two streams of a Word file."""
    text, places, positions, runs = b"", b"", [0], []
    for piece in pieces:
        at = TEXT_AT + len(text)
        encoded = piece.text.encode("utf-16-le") if piece.wide else piece.text.encode("cp1252")
        places += struct.pack("<HLH", 0, at if piece.wide else at * 2 | 0x40000000, 0)
        positions.append(positions[-1] + len(encoded) // (2 if piece.wide else 1))
        text += encoded
        runs.append((at, at + len(encoded), piece.letters))
    first_page = (TEXT_AT + len(text)) // SECTOR + 1
    starts, pages = _paragraph_pages([end for ends in _paragraph_ends(pieces) for end in ends], looks)
    table = b"\x02" + struct.pack("<L", 4 * len(positions) + len(places)) + struct.pack(f"<{len(positions)}L", *positions)
    table += places
    numbers = range(first_page + 1, first_page + 1 + len(pages))
    bins = {12: struct.pack("<LLL", TEXT_AT, TEXT_AT + len(text), first_page),
            13: struct.pack(f"<{2 * len(pages) + 1}L", *starts, *numbers)}  # fmt: skip
    pairs = bytearray(93 * 8)
    struct.pack_into("<LL", pairs, 33 * 8, 0, len(table))
    for number, content in bins.items():
        struct.pack_into("<LL", pairs, number * 8, len(table), len(content))
        table += content
    header = struct.pack("<HHHHHHLBBHHLL", 0xA5EC, version, 0, 0x0409, 0, 0x0200 | flags, 0, 0, 0, 0, 0, TEXT_AT, 0)
    counts = struct.pack("<HLLLL", 22, TEXT_AT + len(text), 0, 0, positions[-1]).ljust(2 + 88, b"\0")
    main = header.ljust(32, b"\0") + struct.pack("<H", 14) + bytes(28) + counts + struct.pack("<H", 93) + bytes(pairs)
    main = (main.ljust(TEXT_AT, b"\0") + text).ljust(first_page * SECTOR, b"\0")
    return {"1Table": table, "WordDocument": main + _letters_page(runs) + b"".join(pages)}


def _paragraph_ends(pieces: Sequence[Part]) -> Iterator[list[int]]:
    """Where in the main stream each paragraph ends, piece by piece."""
    at = TEXT_AT
    for piece in pieces:
        width = 2 if piece.wide else 1
        yield [at + (i + 1) * width for i, letter in enumerate(piece.text) if letter in "\r\x07\x0c"]
        at += len(piece.text) * width


def _letters_page(runs: Sequence[tuple[int, int, bytes]]) -> bytes:
    positions = [runs[0][0], *(end for _, end, _ in runs)]
    return _page(positions, [bytes([len(look)]) + look if look else b"" for _, _, look in runs], entry=1)


def _paragraph_pages(ends: Sequence[int], looks: Sequence[bytes]) -> tuple[list[int], list[bytes]]:
    """Pages of three paragraphs each, and where the stretches of the pages begin and the last one ends."""
    made = []
    for number in range(len(ends)):
        look = b"\0\0" + (looks[number] if number < len(looks) else b"")
        made.append(b"\0" + bytes([(len(look) + 1) // 2]) + look.ljust((len(look) + 1) // 2 * 2, b"\0"))
    bounds = [TEXT_AT, *ends]
    firsts = range(0, len(ends), 3)
    pages = [_page(bounds[first : first + 4], made[first : first + 3], entry=13) for first in firsts]
    return [*(bounds[first] for first in firsts), bounds[-1]], pages


def _page(positions: Sequence[int], looks: Sequence[bytes], entry: int) -> bytes:
    page = bytearray(SECTOR)
    struct.pack_into(f"<{len(positions)}L", page, 0, *positions)
    behind, at = len(positions) * 4, SECTOR - 2
    stored: dict[bytes, int] = {b"": 0}
    for number, look in enumerate(looks):
        if look not in stored:
            at = (at - len(look)) // 2 * 2
            page[at : at + len(look)] = look
            stored[look] = at // 2
        page[behind + number * entry] = stored[look]
    page[-1] = len(looks)
    assert behind + len(looks) * entry <= at, "too many paragraphs for one page"
    return bytes(page)


def row_shape(edges: Sequence[int], flags: Sequence[int] = (), line: int = 1) -> bytes:
    """What the end of a row tells of its cells: their edges, their merging, and whether they have lines."""
    cells = b"".join(struct.pack("<HH", flag, 0) + bytes([4, line, 0, 0] * 4) for flag in flags or [0] * (len(edges) - 1))
    shape = bytes([len(edges) - 1]) + struct.pack(f"<{len(edges)}h", *edges) + cells
    return ROW_END + b"\x08\xd6" + struct.pack("<H", len(shape) + 1) + shape


def odt(body: str, styles: str = "", manifest: str = "", before: str = "") -> bytes:
    """An OpenDocument text with that body and automatic styles."""
    spaces = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}"' for short, name in SPACES.items())
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}">{inner}</manifest:file-entry>'
        for path, kind, inner in (("/", ODT_TYPE, ""), ("content.xml", "text/xml", manifest))
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", ODT_TYPE)
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest {spaces}>{entries}</manifest:manifest>")
        archive.writestr(
            "content.xml",
            f'{before}<office:document-content {spaces} office:version="1.2"><office:automatic-styles>{styles}'
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
    return stream.getvalue()


def rtf(body: str) -> bytes:
    """An RTF; letters outside ASCII are told by their number, as Word does."""
    told = "".join(letter if ord(letter) < 128 else f"\\u{ord(letter)}?" for letter in body)
    return ("{\\rtf1\\ansi\\ansicpg1252\\uc1 " + told + "}").encode("ascii")
