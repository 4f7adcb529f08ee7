"""Automatic numbers as Word shows them (ECMA-376 part 1, 17.9).

Counters belong to the abstract list, so that instances of one list go on counting; an instance with a start override
begins anew when it is first met. A level that was never used shows its start value and counts as used.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.extract.docx_package import VAL, Element, child, w
from pipeline.extract.docx_styles import Styles, is_on, to_int
from pipeline.extract.docx_symbols import bullet_of
from pipeline.extract.legacy_text import decode
from pipeline.knowledge.legacy import charset_named, reading_of_font

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_HIGHEST_ROMAN = 3999
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list as it is defined."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    gap: str = " "
    legal: bool = False
    hidden: bool = False
    restarts_after: int | None = None
    style: str | None = None
    symbol_font: str = ""


@dataclass(slots=True)
class _List:
    """An instance (w:num): its abstract list, its own levels, and the levels that it starts anew."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Lists:
    """The lists of a document; each is read when it is first used, for templates define dozens and use few."""

    def __init__(self, elements: dict[str, tuple[Element, Element]]) -> None:
        self._elements = elements
        self._read: dict[str, _List] = {}

    def get(self, num_id: str) -> _List | None:
        """A list by its id, or None."""
        if num_id not in self._read and num_id in self._elements:
            self._read[num_id] = _list_of(*self._elements[num_id])
        return self._read.get(num_id)


@dataclass
class Numbering:
    """The lists of one document. One object counts through one story (the body, the footnotes, …)."""

    lists: Lists
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)
    _met: set[tuple[str, int]] = field(default_factory=set)

    def anew(self) -> Numbering:
        """The same lists, nothing counted yet: for another story of the document."""
        return Numbering(self.lists)

    def level_of_style(self, num_id: str, style_id: str) -> int | None:
        """The level that a list links to a paragraph style, or None."""
        found = self.lists.get(num_id)
        for index, level in found.levels.items() if found else ():
            if level.style == style_id:
                return index
        return None

    def is_bullet(self, num_id: str, level: int) -> bool:
        """Whether a level has a mark instead of a number."""
        found = self.lists.get(num_id)
        return bool(found and level in found.levels and found.levels[level].form == "bullet")

    def marker(self, num_id: str, level: int) -> str:
        """Counts one paragraph and gives its marker with the blank that follows; empty where none is shown."""
        found = self.lists.get(num_id)
        if found is None or level not in found.levels:
            return ""
        self._count(num_id, found, level)
        shown = found.levels[level]
        if shown.hidden or (shown.form == "none" and "%" not in shown.text):
            return ""
        text = self._text(found, level)
        return text + shown.gap if text else ""

    def _count(self, num_id: str, found: _List, level: int) -> None:
        counts = self._counts.setdefault(found.abstract, {})
        if level in found.starts and (num_id, level) not in self._started:
            counts.pop(level, None)
        self._started.add((num_id, level))
        for above in range(level - 1, -1, -1):
            if (found.abstract, above) in self._met or above not in found.levels:
                break
            counts[above] = self._start(found, above)
            self._met.add((found.abstract, above))
        counts[level] = counts[level] + 1 if level in counts else self._start(found, level)
        self._met.add((found.abstract, level))
        for below in [index for index in counts if index > level]:
            restart = found.levels[below].restarts_after if below in found.levels else None
            if restart is None or (restart and level < restart):
                del counts[below]

    @staticmethod
    def _start(found: _List, level: int) -> int:
        return found.starts.get(level, found.levels[level].start)

    def _text(self, found: _List, level: int) -> str:
        shown = found.levels[level]
        if shown.form == "bullet":
            return bullet_of(shown.text, shown.symbol_font)
        counts = self._counts[found.abstract]

        def number(placeholder: re.Match[str]) -> str:
            index = int(placeholder[1]) - 1
            other = found.levels.get(index)
            if other is None or other.form in ("bullet", "none"):
                return ""
            form = "decimal" if shown.legal and index < level else other.form
            return formatted(counts.get(index, self._start(found, index)), form)

        return _PLACEHOLDER.sub(number, shown.text).strip()


def formatted(number: int, form: str) -> str:
    """A number in one of Word's forms; decimal for a form unknown here."""
    write = _FORMS.get(form)
    return write(number) if write else str(number)


def _roman(number: int) -> str:
    if not 0 < number <= _HIGHEST_ROMAN:
        return str(number)
    parts = []
    for value, letters in _ROMAN:
        parts.append(letters * (number // value))
        number %= value
    return "".join(parts)


def _letters(number: int) -> str:
    """a … z, aa, bb …: Word doubles the letter, it does not count in letters."""
    if number < 1:
        return str(number)
    return _ALPHABET[(number - 1) % 26] * min((number - 1) // 26 + 1, 30)


_FORMS: dict[str, Callable[[int], str]] = {
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "decimalZero": lambda number: f"{number:02d}",
    "none": lambda number: "",
}


def read_numbering(root: Element | None, styles: Styles) -> Numbering:
    """The lists of a numbering part; `styles` resolve the lists that are defined by a numbering style."""
    if root is None:
        return Numbering(Lists({}))
    abstracts = {element.get(w("abstractNumId"), ""): element for element in root.iter(w("abstractNum"))}
    instances = {element.get(w("numId"), ""): element for element in root.iter(w("num"))}
    lists = {}
    for num_id, element in instances.items():
        abstract = _abstract_of(element, abstracts, instances, styles)
        if abstract is not None:
            lists[num_id] = (element, abstract)
    return Numbering(Lists(lists))


def _abstract_of(
    num: Element, abstracts: dict[str, Element], instances: dict[str, Element], styles: Styles
) -> Element | None:
    """The abstract list of an instance, through one numbering style where it only points to that."""
    abstract = abstracts.get(_child_value(num, "abstractNumId") or "")
    link = _child_value(abstract, "numStyleLink") if abstract is not None else None
    if link is None:
        return abstract
    target = instances.get(styles.get(link).num_id or "")
    return abstracts.get(_child_value(target, "abstractNumId") or "") if target is not None else abstract


def _list_of(num: Element, abstract: Element) -> _List:
    levels = {to_int(lvl.get(w("ilvl")), 0): _level_of(lvl) for lvl in abstract.iter(w("lvl"))}
    starts: dict[int, int] = {}
    for override in num.iter(w("lvlOverride")):
        index = to_int(override.get(w("ilvl")), 0)
        own = child(override, w("lvl"))
        if own is not None:
            levels[index] = _level_of(own)
        start = _child_value(override, "startOverride")
        if start is not None:
            starts[index] = to_int(start, 1)
    levels = {index: level for index, level in levels.items() if 0 <= index < _LEVELS}
    return _List(abstract.get(w("abstractNumId"), ""), levels, starts)


def _level_of(lvl: Element) -> Level:
    run = child(lvl, w("rPr"))
    fonts = child(run, w("rFonts")) if run is not None else None
    restart = _child_value(lvl, "lvlRestart")
    form = _child_value(lvl, "numFmt") or "decimal"
    font = fonts.get(w("ascii"), "") if fonts is not None else ""
    gap = {"nothing": "", "space": " "}.get(_child_value(lvl, "suff") or "tab", " ")
    return Level(
        start=to_int(_child_value(lvl, "start"), 0 if form != "bullet" else 1),
        form=form,
        text=_shown(_child_value(lvl, "lvlText") or "", font),
        gap=gap,
        legal=bool(is_on(child(lvl, w("isLgl")))),
        hidden=bool(run is not None and is_on(child(run, w("vanish")))),
        restarts_after=to_int(restart, 0) if restart is not None else None,
        style=_child_value(lvl, "pStyle"),
        symbol_font=font,
    )


def _shown(text: str, font: str) -> str:
    """The words around a number as their font shows them: `§iÒu %1` in an old one."""
    reading = reading_of_font(font)
    return text if reading is None else decode(text, charset_named(reading.charset), reading.capitals)


def _child_value(element: Element, name: str) -> str | None:
    found = child(element, w(name))
    value: str | None = found.get(VAL) if found is not None else None
    return value
