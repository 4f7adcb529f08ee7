"""Names of files in a parcel: decoded, made harmless, told apart, and which of them are no received files.

A name is only ever a label for people: nothing is written under it. It must still not look like another place
(`../x`, `C:\\x`), turn the writing direction, or hide a file behind a twin.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.knowledge.text import LOWER, UPPER

_LONGEST_NAME = 120  # characters of one folder or file; file systems allow 255 bytes
_LONGEST_LABEL = 400
_UNNAMED = "không tên"
_DRIVE = re.compile(r"^(?: *[A-Za-z]:)+")
_SEPARATOR = re.compile(r"[/\\]")
_BLANKS = re.compile(r"\s+")
_EXTENSION = re.compile(r"\.[^. ]{1,10}$")
_INVISIBLE = ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")
_MARKED = frozenset(unicodedata.normalize("NFC", letter) for letter in UPPER.removeprefix("A-Z") + LOWER.removeprefix("a-z"))
_SYSTEM_FILES = {"thumbs.db", "desktop.ini"}
_SYSTEM_FOLDERS = {"__macosx"}
_HALF_WRITTEN = (".part", ".tmp", ".crdownload")


def decode_names(names: Sequence[bytes]) -> list[str]:
    """Names whose encoding nobody tells: UTF-8 where they are that, else the code page that makes them Vietnamese.

    Windows packs names in the code page of its language, 1258 for Vietnamese, 437 for English; the names of one
    parcel come from one machine, so that all of them vote.
    """
    decoded = [_as_utf8(name) for name in names]
    other = [name for name, text in zip(names, decoded, strict=True) if text is None]
    page = max(("cp437", "cp1258"), key=lambda page: sum(_vote(name.decode(page, "replace")) for name in other))
    return [
        name.decode(page, "replace") if text is None else text for name, text in zip(names, decoded, strict=True)
    ]


def _as_utf8(name: bytes) -> str | None:
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _vote(name: str) -> int:
    """Vietnamese letters speak for a code page, any other sign beyond ASCII (a box, a lone tone) against it."""
    beyond = [letter for letter in unicodedata.normalize("NFC", name) if not letter.isascii()]
    return sum(1 if letter in _MARKED else -1 for letter in beyond)


def harmless(name: str) -> str:
    """A name as a relative path of visible characters, NFC, with `/` between folders; never empty."""
    parts = [_DRIVE.sub("", _visible(part)).strip() for part in _SEPARATOR.split(name)]
    kept = [_shortened(part) for part in parts if part.strip(". ")]
    while len(kept) > 1 and sum(map(len, kept)) + len(kept) > _LONGEST_LABEL:
        del kept[0]
    return "/".join(kept) or _UNNAMED


def _visible(part: str) -> str:
    """Without controls, direction marks and the like; runs of any blanks become one."""
    seen = (letter for letter in part if letter.isspace() or unicodedata.category(letter) not in _INVISIBLE)
    return unicodedata.normalize("NFC", _BLANKS.sub(" ", "".join(seen))).strip()


def _shortened(part: str) -> str:
    """A long name loses its middle: its beginning tells what it is, its end which kind of file."""
    if len(part) <= _LONGEST_NAME:
        return part
    ending = _EXTENSION.search(part)
    tail = ending[0] if ending else ""
    return f"{part[: _LONGEST_NAME - len(tail) - 1]}…{tail}"


def distinct(labels: Iterable[str]) -> list[str]:
    """The labels, twins with a count behind them; a file named like a folder of another file counts as its twin."""
    wanted = list(labels)
    counts = Counter({folder: 1 for label in wanted for folder in _folders(label)})
    found = []
    for label in wanted:
        unique = label
        while counts[unique]:
            counts[label] += 1
            unique = f"{label} ({counts[label]})"
        counts[unique] += 1
        found.append(unique)
    return found


def _folders(label: str) -> list[str]:
    parts = label.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]


def reason_by_name(name: str, *, folder: bool = False) -> str | None:
    """Why a file or folder of that name is no received one (`hidden`, `temporary`, `system`), or None."""
    lower = name.lower()
    if lower.startswith("."):
        return "hidden"
    if folder:
        return "system" if lower in _SYSTEM_FOLDERS else None
    if lower.startswith("~$") or lower.endswith(_HALF_WRITTEN):
        return "temporary"
    return "system" if lower in _SYSTEM_FILES else None


def reason_by_path(label: str) -> str | None:
    """The reason of the first folder on the way, or of the file itself, that is no received one; else None."""
    *folders, name = label.split("/")
    reasons = [reason_by_name(one, folder=True) for one in folders] + [reason_by_name(name)]
    return next((reason for reason in reasons if reason), None)
