"""What an earlier text extraction left in plain text: page numbers, columns of head and foot glued in one line."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.knowledge.text import UPPER
from pipeline.values import Grid, Line

_LONE_NUMBER = re.compile(r"(?:Trang\s+)?(\d{1,3})(?:\s*/\s*\d{1,3})?")
_TRANG_GLUED = re.compile(rf"Trang \d{{1,3}}(?=[{UPPER}])")
_SPACING = 8  # a page has more lines than this; the row numbers of a shattered table have fewer between them


def without_page_numbers(blocks: list[Line | Grid]) -> list[Line | Grid]:
    """The blocks without lines that count the pages: lone numbers that grow by one, well apart from each other."""
    drop = _page_number_lines(blocks)
    kept: list[Line | Grid] = []
    for index, block in enumerate(blocks):
        if index in drop:
            continue
        if isinstance(block, Line) and block.text.startswith("Trang "):
            glued = _TRANG_GLUED.match(block.text)
            if glued:
                block = Line(block.text[glued.end() :], block.page, block.box, True, block.side, block.hint)  # noqa: PLW2901
        kept.append(block)
    return kept


def _page_number_lines(blocks: list[Line | Grid]) -> set[int]:
    lone = []
    for index, block in enumerate(blocks):
        if isinstance(block, Line) and block.opens is None and block.side == "full":
            found = _LONE_NUMBER.fullmatch(block.text)
            if found:
                lone.append((index, int(found[1])))
    chain: list[tuple[int, int]] = []
    for index, number in lone:
        if not chain:
            if number == 2 or (number == 1 and index == 0):
                chain.append((index, number))
        elif number == chain[-1][1] + 1 and index - chain[-1][0] > _SPACING:
            chain.append((index, number))
    crowded = len(lone) > 2 * len(chain) + 1
    if crowded or (len(chain) == 1 and not _inside_prose(blocks, chain[0][0])):
        return set()
    return {index for index, _ in chain}


def _inside_prose(blocks: list[Line | Grid], index: int) -> bool:
    """Whether the lines around a lone number are one sentence that the page break cut."""
    near = [b.text for b in blocks[max(0, index - 3) : index + 4] if isinstance(b, Line) and b.text]
    return index == 0 or any(len(text) > 40 for text in near)


_RIGHT_COLUMN = re.compile(rf"(?<=[{UPPER} ])(?:CỘNG\s+H[OÒ][AÀ]\s+XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM$|Độc lập\s*[-–])")
_HEAD_LINES = 24


def with_parted_letterhead(blocks: list[Line | Grid]) -> list[Line | Grid]:
    """The blocks with every letterhead line that holds both columns (`XÃ VẠN HẢICỘNG HÒA …`) cut in two."""
    parted: list[Line | Grid] = []
    for index, block in enumerate(blocks):
        found = None
        if index < _HEAD_LINES and isinstance(block, Line) and len(block.text) < 120:
            found = _RIGHT_COLUMN.search(block.text)
        if isinstance(block, Line) and found and block.text[: found.start()].isupper():
            parted.append(replace(block, text=block.text[: found.start()].strip()))
            parted.append(replace(block, text=block.text[found.start() :], opens=True))
        else:
            parted.append(block)
    return parted


_GLUED_SIGNATURE = re.compile(rf"(?i:lưu\s*:?\s*)[{UPPER}][^;.]{{1,40}}[;.](?=[{UPPER}]{{2}})")


def with_parted_signature(blocks: list[Line | Grid]) -> list[Line | Grid]:
    """The blocks with the `Lưu:` line cut where the signature is glued to it (`- Lưu: VT.TM. ỦY BAN NHÂN DÂN`)."""
    parted: list[Line | Grid] = []
    for block in blocks:
        found = _GLUED_SIGNATURE.search(block.text) if isinstance(block, Line) and "ưu" in block.text else None
        if isinstance(block, Line) and found and block.text[found.end() :].isupper():
            parted.append(replace(block, text=block.text[: found.end()]))
            parted.append(replace(block, text=block.text[found.end() :], opens=True))
        else:
            parted.append(block)
    return parted
