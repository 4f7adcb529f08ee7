"""What an earlier text extraction left in plain text: page numbers, columns of head and foot glued in one line."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.knowledge.signatures import authority_of, built_in_words
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
    """The blocks with every letterhead line that holds both columns (`XÃ VẠN HẢICỘNG HÒA …`) cut in two.

    Of neighbouring lines the left halves come first: `ỦY BAN NHÂN DÂN` and `XÃ VẠN HẢI` below it are one name.
    """
    parted: list[Line | Grid] = []
    right: list[Line | Grid] = []
    for index, block in enumerate(blocks):
        found = None
        if index < _HEAD_LINES and isinstance(block, Line) and len(block.text) < 120:
            found = _RIGHT_COLUMN.search(block.text)
        if isinstance(block, Line) and found and block.text[: found.start()].isupper():
            parted.append(replace(block, text=block.text[: found.start()].strip()))
            right.append(replace(block, text=block.text[found.start() :], opens=True))
        else:
            parted += [*right, block]
            right.clear()
    return parted + right


_GLUED_SIGNATURE = re.compile(rf"(?i:lưu\s*:?\s*)[{UPPER}][^;.]{{1,40}}[;.](?=[{UPPER}]{{2}})")
_RECIPIENTS_BESIDE = re.compile(rf"Nơi nhận\s*:?\s*(?=[{UPPER}/]{{1,3}}[./]|[{UPPER}]{{2}})")
_BESIDE = re.compile(r"[;.,]\s*(?=[^\W\d_]{1,3}[./]|[^\W\d_]{2}|\(đã ký\))", re.IGNORECASE)
_RECIPIENT_LINES = 16
_SIGNATURE = built_in_words()


def with_parted_signature(blocks: list[Line | Grid]) -> list[Line | Grid]:
    """The blocks with the signature behind Nơi nhận: cut off where it is glued to it or stands beside it.

    `- Lưu: VT.TM. ỦY BAN NHÂN DÂN` is two lines; of `Nơi nhận: TM. ỦY BAN …`, `- Sở Y tế; KT. CHỦ TỊCH` the right halves
    follow the left ones.
    """
    parted: list[Line | Grid] = []
    right: list[Line | Grid] = []
    left = 0
    for block in blocks:
        if isinstance(block, Line) and not block.text:
            parted.append(block)
            continue
        cut = _signature_cut(block, beside=left > 0)
        listed = isinstance(block, Line) and (block.text[0] in "-–+•*" or cut is not None)
        left = _RECIPIENT_LINES if left == 0 and cut is not None and _opens_beside(block) else max(0, left - 1)
        if left == 0 or not listed:
            parted += right
            right, left = [], 0
        if cut is None or not isinstance(block, Line):
            parted.append(block)
            continue
        parted.append(replace(block, text=block.text[:cut].strip()))
        rest: Line | Grid = replace(block, text=block.text[cut:].strip(), opens=True)
        (right if left else parted).append(rest)
    return parted + right


def _opens_beside(block: Line | Grid) -> bool:
    return isinstance(block, Line) and _RECIPIENTS_BESIDE.match(block.text) is not None


def _signature_cut(block: Line | Grid, *, beside: bool) -> int | None:
    """Where the words of the signature begin in a line of Nơi nhận; None where they do not."""
    if not isinstance(block, Line):
        return None
    found = _RECIPIENTS_BESIDE.match(block.text) or (_GLUED_SIGNATURE.search(block.text) if "ưu" in block.text else None)
    if beside and found is None:
        return next((m.end() for m in _BESIDE.finditer(block.text) if _stands_beside(block.text, m)), None)
    return found.end() if found and _is_signature(block.text[found.end() :]) else None


def _stands_beside(line: str, mark: re.Match[str]) -> bool:
    """Whether the right column goes on behind a mark: with words of the signature, or with a name glued to the mark."""
    rest = line[mark.end() :]
    if _is_signature(rest):
        return True
    glued = mark[0] in ";." and " " in rest and _SIGNATURE.is_family_name(rest.split()[0])
    return glued and _SIGNATURE.person(rest) is not None


def _is_signature(rest: str) -> bool:
    """Whether the rest of a recipient's line is of the signature; a lone abbreviation is one more recipient ("VT, VP.")."""
    if rest.lower() == "(đã ký)":
        return True
    if not rest.isupper() or "," in rest:
        return False
    return " " in rest.strip() or authority_of(rest) is not None or _SIGNATURE.is_position(rest)
