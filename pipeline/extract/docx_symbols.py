"""Characters of symbol fonts: Word keeps them as private code points, readers need the letters that are seen."""

from __future__ import annotations

import re

_PRIVATE = re.compile("[\uf020-\uf0ff]")
_BULLET = "•"
_SYMBOL = {0x2D: "-", 0xB7: _BULLET, 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xA3: "≤", 0xB3: "≥", 0xB4: "×", 0xB8: "÷"}
_WINGDINGS = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x76: "❖", 0x9F: _BULLET, 0xA7: "▪", 0xA8: "☐", 0xD8: "➢",
    0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_DASHES = ("–", "—", "−", "‒", "―", "-", "‑", "")


def symbol(code: int, font: str) -> str:
    """The letter that a symbol font shows for a code; a bullet where the shape is not known."""
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    if low != code or font:
        table = _SYMBOL if font.lower().startswith("symbol") else _WINGDINGS
        if not font:
            table = {**_WINGDINGS, **_SYMBOL}
        if low in table:
            return table[low]
        if font.lower().startswith(("symbol", "wingdings", "webdings", "zapf")) or low > 0x7E:
            return _BULLET
    return chr(low) if low >= 0x20 else ""


def without_private(text: str) -> str:
    """A text with the private code points of symbol fonts replaced by what they show."""
    return _PRIVATE.sub(lambda letter: symbol(ord(letter[0]), ""), text)


def bullet_of(text: str, font: str) -> str:
    """A list mark as a reader would type it: dashes and plus signs as such, any other shape a bullet."""
    mark = text.strip()
    if not mark:
        return ""
    if len(mark) == 1 and (0xF000 <= ord(mark) <= 0xF0FF or font.lower().startswith(("symbol", "wingdings"))):
        mark = symbol(ord(mark), font)
    if mark in _DASHES:
        return "-"
    if mark == "o" and font.lower().startswith("courier"):
        return _BULLET
    return mark
