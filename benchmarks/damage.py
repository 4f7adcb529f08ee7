"""Sound text made worse in known ways: wraps, lost hyphens, lost tone marks, doubled blanks, letter swaps, NFD.

Every damage gives, for each character of the text, what stands in its place. So what became of any stretch of the sound
text is known, and gold can be true to the damaged page: a heading that has lost a tone mark is right as it now stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from random import Random
from typing import Any, Literal

Level = Literal["mild", "medium", "hard"]
LEVELS: tuple[Level, ...] = ("mild", "medium", "hard")
Pieces = list[str]
Damage = Callable[[str, Level, Random], Pieces]

WIDTH = {"mild": 90, "medium": 60, "hard": 36}
TORN = {"mild": 0.02, "medium": 0.08, "hard": 0.2}
TORN_INSIDE = {"mild": 0.0, "medium": 0.0, "hard": 0.005}
HYPHENS = {"mild": 0.05, "medium": 0.3, "hard": 1.0}
TONES = {"mild": 0.1, "medium": 0.4, "hard": 1.0}
BLANKS = {"mild": 0.05, "medium": 0.25, "hard": 0.6}
SWAPS = {"mild": 0.002, "medium": 0.01, "hard": 0.03}
NFD = {"mild": 0.2, "medium": 0.6, "hard": 1.0}

# Letters that OCR takes for one another: lost or wrong marks, and strokes that look alike.
LOOK_ALIKE = {
    "ă": "â", "â": "ă", "ấ": "ắ", "ầ": "ẩ", "ế": "ể", "ề": "ê", "ể": "ế", "ệ": "ê", "ồ": "ổ", "ố": "ỗ", "ộ": "ô", "ờ": "ở",
    "ớ": "ó", "ợ": "ọ", "ơ": "o", "ư": "u", "ừ": "ù", "ứ": "ú", "ữ": "ũ", "ự": "ụ", "đ": "d", "ị": "i", "ỉ": "í", "ạ": "a",
    "ả": "á", "ã": "à", "ẽ": "è", "ỏ": "ó", "l": "i", "i": "l", "e": "c", "c": "e", "h": "b", "n": "u", "g": "q", "t": "f",
    "m": "rn", "o": "e",
}  # fmt: skip
_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_HYPHEN = re.compile(r"(?<=\w)[-–](?=\w)")
_TABLE_ROW = re.compile(r"[|\t]")
_HEADING = re.compile(r"(?:PHẦN\s|[IVX]{1,5}\s?[.\-/)]|\d{1,2}(?:\.\d{1,2})*\s?[.)/])\s*\S[^\n]{2,90}$")
_LONGEST_HEADING = 110


def wrapped(text: str, level: Level, random: Random) -> Pieces:
    """Every line of prose broken at a fixed width."""
    pieces, width = list(text), WIDTH[level]
    for start, end in _lines(text):
        if _TABLE_ROW.search(text, start, end):
            continue
        begun = start
        while end - begun > width:
            cut = text.rfind(" ", begun + 1, begun + width + 1)
            if cut < 0:
                break
            pieces[cut], begun = "\n", cut + 1
    return pieces


def torn(text: str, level: Level, random: Random) -> Pieces:
    """Line breaks anywhere: at blanks, at the hard level inside words too."""
    pieces = list(text)
    for start, end in _lines(text):
        if _TABLE_ROW.search(text, start, end):
            continue
        for at in range(start, end):
            between_words = text[at] == " " and " " not in (text[at - 1 : at], text[at + 1 : at + 2])  # no columns' gap
            if between_words and random.random() < TORN[level]:
                pieces[at] = "\n"
            elif text[at].isalpha() and text[at + 1 : at + 2].isalpha() and random.random() < TORN_INSIDE[level]:
                pieces[at] += "\n"
    return pieces


def without_hyphens(text: str, level: Level, random: Random) -> Pieces:
    """Hyphens inside symbols, ranges and names are gone."""
    pieces = list(text)
    for hyphen in _HYPHEN.finditer(text):
        if random.random() < HYPHENS[level]:
            pieces[hyphen.start()] = ""
    return pieces


def without_tones(text: str, level: Level, random: Random) -> Pieces:
    """Words of headings (numbered or in capitals) have lost their tone marks."""
    pieces = list(text)
    for start, end in _lines(text):
        line = text[start:end].strip()
        heading = len(line) < _LONGEST_HEADING and (bool(_HEADING.match(line)) or (line.isupper() and len(line) > 3))
        for word in re.finditer(r"[^\W\d_]+", text[start:end]) if heading else ():
            if random.random() < TONES[level]:
                for at in range(start + word.start(), start + word.end()):
                    pieces[at] = _toneless(text[at])
    return pieces


def with_blanks(text: str, level: Level, random: Random) -> Pieces:
    """Blanks doubled or tripled."""
    return [
        letter * random.choice((2, 2, 3)) if letter == " " and random.random() < BLANKS[level] else letter for letter in text
    ]


def with_swaps(text: str, level: Level, random: Random) -> Pieces:
    """Letters taken for others that look alike; figures stay."""
    return [_swapped(letter) if random.random() < SWAPS[level] else letter for letter in text]


def decomposed(text: str, level: Level, random: Random) -> Pieces:
    """Words in NFD among words in NFC."""
    pieces = list(text)
    for word in re.finditer(r"\w+", text):
        if random.random() < NFD[level]:
            pieces[word.start() : word.end()] = [unicodedata.normalize("NFD", letter) for letter in word[0]]
    return pieces


DAMAGES: dict[str, Damage] = {
    "wrapped": wrapped, "torn": torn, "hyphens": without_hyphens, "tones": without_tones, "blanks": with_blanks,
    "swaps": with_swaps, "nfd": decomposed,
}  # fmt: skip
# These change letters: what stands on the page is another wording. The others are to be undone by whoever reads.
CHANGES_WORDING = {"hyphens", "tones", "swaps"}


def damaged(text: str, name: str, level: Level, seed: int) -> Pieces:
    """The pieces of an NFC text under a damage; the same seed gives the same damage."""
    return DAMAGES[name](text, level, Random(f"{seed} {name} {level} {len(text)}"))


def page_true(gold: dict[str, Any], text: str, pieces: Pieces) -> dict[str, Any]:
    """Gold that lets a wording pass as it now stands on the page, wherever the sound text has it.

    A motto that lost its marks is misspelt on the page: to say so is not wrong.
    """
    also = {wording: found for wording in sorted(_wordings(gold)) if (found := sorted(_now(wording, text, pieces)))}
    return gold | {"also_right": also, "warnings_optional": [*gold.get("warnings_optional", ()), "motto_misspelt"]}


def _now(wording: str, text: str, pieces: Pieces) -> set[str]:
    words = [re.escape(word) for word in re.split(r"[\s\-–—/]+", wording) if word]
    found = re.finditer(r"[\s\-–—/]{0,3}".join(words), text, re.IGNORECASE)
    forms = {" ".join("".join(pieces[match.start() : match.end()]).split()) for match in found}
    return forms - {wording}


def _wordings(gold: dict[str, Any]) -> set[str]:
    """Every wording of the gold that is compared as it is printed."""
    found = [gold.get("title"), gold.get("issuer"), gold.get("place"), *(gold.get("units") or ())]
    found += [*(gold.get("assignees") or ()), *(section[1] for section in gold.get("sections", ()))]
    found += [value for reference in gold.get("references", ()) for value in (reference[0], reference[4])]
    found += list((gold.get("signer") or {}).values())
    for task in gold.get("tasks") or ():
        found += [task["text"], *task.get("assignees", ()), *task.get("coordinators", ())]
    return {wording for wording in found if isinstance(wording, str) and wording}


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for line in re.finditer(r"[^\n]+", text):
        yield line.span()


def _toneless(letter: str) -> str:
    kept = "".join(part for part in unicodedata.normalize("NFD", letter) if part not in _TONE_MARKS)
    return unicodedata.normalize("NFC", kept)


def _swapped(letter: str) -> str:
    other = LOOK_ALIKE.get(letter.lower(), letter)
    return other.upper() if letter.isupper() else other
