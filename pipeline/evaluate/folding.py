"""What does not count as a difference when a record is held against gold or against another record.

Letter case, kinds of dashes, blanks (around `-` and `/` any), tone placement, marks at the ends of a wording, and
`UBND` for `Ủy ban nhân dân`.
"""

from __future__ import annotations

import re
import unicodedata

from pipeline.knowledge.text import squash

_COMMITTEE = re.compile(r"\bubnd\b")
_EDGE = " .,;:()\"'“”‘’*"
_QUARTER = re.compile(r"-Q([1-4])(?![0-9])")
_UNKNOWN_END = re.compile(r"(?:-XX)+$")
_CLOCK = re.compile(r"T[0-9:.Z+-]*$")


def key(value: object) -> str:
    """A wording for comparison; None gives the empty key."""
    if value is None:
        return ""
    text = squash(unicodedata.normalize("NFC", str(value)))
    return _COMMITTEE.sub("ủy ban nhân dân", text).strip(_EDGE)


def time_key(edtf: str | None) -> str:
    """An EDTF time in one spelling: `2025-Q1` is `2025-33`, `2025-01-XX` is `2025-01`, `../2025-12-15` its day."""
    text = _QUARTER.sub(lambda quarter: f"-{int(quarter[1]) + 32}", (edtf or "").strip())
    text = _CLOCK.sub("", text.removeprefix("../").removesuffix("/.."))
    return _UNKNOWN_END.sub("", text)
