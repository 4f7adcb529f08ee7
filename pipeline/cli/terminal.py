"""What the terminal can show: colours and width; both only where somebody looks."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TextIO

_WIDEST = 120


def is_terminal(stream: TextIO) -> bool:
    """Whether a person looks at the stream on a terminal that understands colours."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def wants_colour(asked: bool) -> bool:
    """Whether to colour standard output; the environment variable NO_COLOR says no, as elsewhere."""
    return asked and not os.environ.get("NO_COLOR") and is_terminal(sys.stdout)


def text_width() -> int | None:
    """Where to wrap text for a person, in columns; None where output goes to a file or another program."""
    return min(_WIDEST, shutil.get_terminal_size().columns) if is_terminal(sys.stdout) else None
