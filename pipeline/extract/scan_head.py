"""A second and a third look at a scan's own number and dateline, where figures are often written by hand.

Nghị định 30/2020/NĐ-CP leaves both to the clerk who registers the document. A figure that two looks at two sizes do not
agree on, or that none is sure of, is left blank: a plan without a number can be asked for, a wrong one misleads.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.extract.closer import SeenLine, lines_of
from pipeline.extract.picture import Grey, resized
from pipeline.extract.tesseract import Word, read_lines
from pipeline.values import Box

# The share of a page, from its top, where a letterhead stands; and how sure a line must be to be left alone.
_UPPER, _SURE = 0.4, 85
# The looks: enlarged so many times; in line heights the room before a line (for a lost `Số:`), after, above and below.
_ENLARGED = (1.5, 2.0)
_BEFORE, _AFTER, _ABOVE, _BELOW, _EDGE = 3.5, 0.5, 0.25, 0.15, 8
# A figure counts that so many looks agree on, one of them with this confidence.
_AGREED, _BELIEVED = 2, 70
_MOST_WORDS = 14
# Below this confidence strokes are no word.
_A_WORD = 40

_NUMBER = re.compile(
    r"[\W_]*(?:S[ốôóòõỗoơ]\w?\s*[:.;,]?)?\s*(?P<serial>[^\s/]*?)\s*(?P<symbol>[/-]\s?[A-ZĐ]{2}[\w&/. –-]*)\W*$"
)
_NUMBER_WORD = re.compile(r"S[ốôóòõỗ]\b|S[ốôóòõỗ][:.]|[/-]\s?[A-ZĐ]{2}")
_DATELINE = re.compile(
    r"(?P<place>(?:[^\s\d]+\s+){0,4}?[^\s\d]+?)[,.;]?\s*[nN]g[aàáảä]y\W?(?P<day>.{0,12}?)\s*[tT]h[aáàâä]ng\s*(?P<month>.{0,12}?)\s*n[aăâ]m\s*"
    r"(?P<year>\S{0,12})\W*$"
)
_OTHER_WORD = re.compile(r"[^\W\d_]{3}")
_BASIS = re.compile(r"[\W_]*(?:Căn cứ|Thực hiện|Theo|Xét|Thi hành|Trên)\b")
_LEAD = re.compile(r"[\W_]*S[ốôóòõỗ]\W*$")
_SERIAL = re.compile(r"\d{1,5}[a-zđ]?")
_FIGURES = {"day": re.compile(r"\d{1,2}"), "month": re.compile(r"\d{1,2}"), "year": re.compile(r"\d{4}")}


class _Look(NamedTuple):
    """One reading of a line, taken apart by its form."""

    words: Sequence[Word]
    match: re.Match[str]

    def sureness(self, figure: str) -> int:
        """The confidence of the word that holds a figure."""
        return max((word.confidence for word in self.words if figure in word.text), default=0)


def with_head_looked_at_again(words: list[Word], grey: Grey, dpi: int, seconds: float) -> list[Word]:
    """The words of a page, unsure number and dateline settled by further looks, unsettled figures in them left out."""
    found: list[Word] = []
    for line in lines_of(words):
        form = _form(line, grey)
        if form is None:
            found.extend(line.words)
            continue
        begun = any(_LEAD.match(word.text) and _is_beside(word, line) for word in words)
        settled = _settled(line, form, grey, dpi, seconds)
        found.extend(settled[1:] if begun and form is _NUMBER else settled)
    return found


def _is_beside(word: Word, line: SeenLine) -> bool:
    """Whether a word stands to the left of a line, on the same level."""
    middle = (line.box.top + line.box.bottom) / 2
    return word.box.x1 < line.box.x0 and word.line.top < middle < word.line.bottom


def _form(line: SeenLine, grey: Grey) -> re.Pattern[str] | None:
    """The form of a line that must be looked at again, None for all others."""
    if line.box.top > _UPPER * grey.shape[0] or len(line.words) > _MOST_WORDS:
        return None
    text = _text(line.words)
    form = _DATELINE if _DATELINE.match(text) and not _BASIS.match(text) else None
    if form is None:
        # Dots and strokes on a blank for the number are read as words that nothing is sure of.
        text = _text([word for word in line.words if word.confidence >= _A_WORD])
        is_number = _NUMBER_WORD.search(text) and _NUMBER.match(text) and not _OTHER_WORD.match(text)
        form = _NUMBER if is_number else None
    sure = min((word.confidence for word in line.words), default=0) >= _SURE
    return None if form is None or (sure and _is_clean(form, text)) else form


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _is_clean(form: re.Pattern[str], text: str) -> bool:
    match = form.match(text)
    if match is None:
        return False
    if form is _NUMBER:
        return not match["serial"] or _SERIAL.fullmatch(match["serial"]) is not None
    return all(pattern.fullmatch(match[name]) for name, pattern in _FIGURES.items())


def _settled(line: SeenLine, form: re.Pattern[str], grey: Grey, dpi: int, seconds: float) -> list[Word]:
    """The words of a number line or a dateline as its looks agree on them."""
    readings = [line.words, *read_lines(_enlarged(line, grey), dpi, seconds)]
    looks = [_Look(words, match) for words in readings if (match := form.match(_text(words)))]
    if not looks:
        return line.words
    if form is _NUMBER:
        symbols = Counter(look.match["symbol"].replace(" ", "") for look in looks)
        return _words(line, ["Số:", _agreed(looks, "serial", _SERIAL) + symbols.most_common(1)[0][0]])
    day, month, year = (_agreed(looks, name, pattern) for name, pattern in _FIGURES.items())
    place = looks[0].match["place"].strip(" ,.;")
    parts = [*f"{place},".split(), "ngày", day, "tháng", month, "năm", year]
    return _words(line, [part for part in parts if part])


def _enlarged(line: SeenLine, grey: Grey) -> list[Grey]:
    """The picture of a line with room around it, at several sizes."""
    height, width = grey.shape
    left = max(0, int(line.box.x0 - _BEFORE * line.height))
    top = max(0, int(line.box.top - _ABOVE * line.height))
    right = min(width, int(line.box.x1 + _AFTER * line.height))
    bottom = min(height, int(line.box.bottom + _BELOW * line.height))
    cut = grey[top:bottom, left:right]
    return [np.pad(resized(cut, scale), _EDGE, constant_values=255) for scale in _ENLARGED]


def _agreed(looks: Sequence[_Look], name: str, form: re.Pattern[str]) -> str:
    """The figure that the looks agree on; nothing where they do not or none is sure."""
    votes = Counter(look.match[name] for look in looks if form.fullmatch(look.match[name]))
    if not votes:
        return ""
    figure, count = votes.most_common(1)[0]
    believed = max(look.sureness(figure) for look in looks if look.match[name] == figure) >= _BELIEVED
    return figure if count >= _AGREED and believed else ""


def _words(line: SeenLine, texts: Sequence[str]) -> list[Word]:
    """Words over the length of a line, each as long as its share of the letters."""
    letters = sum(map(len, texts)) + len(texts) - 1
    step = (line.box.x1 - line.box.x0) / max(1, letters)
    found = []
    at = line.box.x0
    for text in texts:
        end = at + step * len(text)
        level = line.words[0].line
        found.append(
            Word(
                text,
                Box(at, line.box.top, end, line.box.bottom),
                Box(at, level.top, end, level.bottom),
                line.words[0].number,
                round(line.sureness),
            )
        )
        at = end + step
    return found
