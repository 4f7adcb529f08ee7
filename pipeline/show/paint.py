"""Colours for the terminal, and text of documents made harmless for it."""

from __future__ import annotations

import re
from typing import Literal

Style = Literal[
    "heading", "marker", "role", "reference", "date", "unit", "measure", "person", "error", "warning", "info", "faint",
    "good",
]  # fmt: skip

_CODES: dict[Style, str] = {
    "heading": "1",
    "marker": "1;36",
    "role": "2;36",
    "reference": "34",
    "date": "32",
    "unit": "35",
    "measure": "36",
    "person": "1;35",
    "error": "1;31",
    "warning": "33",
    "info": "36",
    "faint": "2",
    "good": "32",
}
# Control characters, marks that turn the writing direction, line and paragraph separators, surrogates without a partner.
_HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")


def visible(text: str) -> str:
    """A text from a document or a file name as one line that cannot steer the terminal: ESC is shown as `\\x1b`."""
    return _HARMFUL.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


class Painter:
    """Paints text in a style; without colour it leaves the text as it is. Makes the text harmless either way."""

    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def __call__(self, text: str, style: Style | None = None) -> str:
        """The text, harmless, in its style."""
        shown = visible(text)
        return f"\x1b[{_CODES[style]}m{shown}\x1b[0m" if self.colour and style and shown else shown
