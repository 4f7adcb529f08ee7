"""Text damage that no rule can undo, told by the page: letters or hyphens lost, vowels shifted, marks torn off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.normalize.mending import LEAST_SHIFTED, shifted_words
from pipeline.values import Grid, Line, Notice

_BARE = re.compile(r"\b[BCDĐGHKLMNPQRSTVXbcdđghklmnpqrstvx]{2,}\b")
_LONE_MARK = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_LOST_LETTER = re.compile(r"[^\W\d_]\?[^\W\d_]")
_HYPHEN = re.compile("[-–—]")
# Symbols of documents are never written so: `27/KHUBND`, `98/2023/NĐCP`.
_GLUED_SYMBOL = re.compile(
    r"\d/(?:\d{4}/)?(?:(?:NĐ|NQ|CT|CV)CP|(?:QĐ|CT)TTg|(?:KH|QĐ|NQ|CT|BC|TB|HD|CV|TTr)(?:UBND|HĐND|TU|HU|ĐU)|TTB[A-ZĐ]{1,6})\b"
)
# Words without a vowel: sound pages have up to 3 in 100, a page without its letters outside Latin-1 has 10 to 30.
_BARE_SHARE, _BARE_WORDS = 0.05, 5
_LEAST_MARKS = 2


def damage_notices(blocks: Sequence[Line | Grid]) -> tuple[Notice, ...]:
    """A notice `damaged_text` for every page of the cleaned blocks that shows such damage."""
    pages: dict[int, list[str]] = {}
    for page, text in _texts(blocks):
        pages.setdefault(page, []).append(text)
    whole = {page: "\n".join(texts) for page, texts in pages.items()}
    signs = _document_signs("\n".join(whole.values()))
    return tuple(
        Notice("damaged_text", page)
        for page, text in sorted(whole.items())
        if _lost_letters(text) or any(sign.search(text) for sign in signs)
    )


def _texts(blocks: Sequence[Line | Grid]) -> Iterator[tuple[int, str]]:
    for block in blocks:
        if isinstance(block, Line):
            yield block.page, block.text
        else:
            yield from ((cell.page, cell.text) for row in block.rows for cell in row)


def _document_signs(text: str) -> list[re.Pattern[str]]:
    """What to look for on each page, where the whole document shows that it is damage and not a slip."""
    signs = [_LONE_MARK] if len(_LONE_MARK.findall(text)) >= _LEAST_MARKS else []
    if not _HYPHEN.search(text):
        signs.append(_GLUED_SYMBOL)
    shifted = shifted_words(text)
    if len(shifted) >= LEAST_SHIFTED:
        signs.append(re.compile(rf"\b(?:{'|'.join(sorted(shifted))})\b", re.IGNORECASE))
    return signs


def _lost_letters(text: str) -> bool:
    """Whether letters are missing from the words of a page, or question marks stand in their place."""
    least = max(_BARE_WORDS, _BARE_SHARE * len(text.split()))
    if "?" in text and len(_LOST_LETTER.findall(text)) >= least:
        return True
    bare = [word for word in _BARE.findall(text) if not word.isupper()]
    return len(bare) >= least and len(set(bare)) >= _BARE_WORDS
