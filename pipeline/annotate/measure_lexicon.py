"""The words of measures, compiled once from the knowledge tables into look-ups by syllable."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from models.mentions import Qualifier
from pipeline.annotate.date_lexicon import lexicon as date_lexicon
from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.measures import MeasureUnit, MeasureWord, UnitKind, WordGroup
from pipeline.knowledge.text import fold

REACH = 48  # characters before a number in which its qualifier stands
LONGEST = 6  # syllables of the longest form that is looked up
FILLERS = 3
QUALIFIERS: dict[str | None, Qualifier] = {">=": ">=", "<=": "<=", ">": ">", "<": "<", "=": "=", "~": "~"}
_FORWARD = re.compile(r"(?:[ \xa0]{0,3}|-)([^\W\d_]+(?:[23²³](?!\d))?|[%‰°])")
_BACKWARD = re.compile(r"[^\W_]+|[^\w\s]")
V = TypeVar("V")


class Unit(NamedTuple):
    """What a number counts: the unit's name, its kind and the table row it comes from."""

    name: str
    kind: UnitKind
    row: str


class Word(NamedTuple):
    """A word before a number: which part it plays and what it says."""

    group: WordGroup
    value: str | None


class Lead(NamedTuple):
    """What stands before a number: where it begins, and the qualifier; `names` where it makes the number a name."""

    start: int
    qualifier: Qualifier | None = None
    names: bool = False
    word: str = ""


class Phrases(Generic[V]):
    """Phrases looked up forward from a place in the text, by syllable, the longest one first."""

    def __init__(self, forms: Mapping[str, V]) -> None:
        self.forms = forms
        self._begins = frozenset(
            " ".join(parts[:size]) for parts in map(str.split, forms) for size in range(1, len(parts) + 1)
        )

    def longest(self, low: str, at: int) -> tuple[int, V] | None:
        """Where the longest phrase that begins at a place ends, and what it stands for."""
        first = _FORWARD.match(low, at)
        if first is None or first[1] not in self._begins:
            return None
        key, best = "", None
        for token, end in _tokens(low, at):
            key = f"{key} {token}" if key else token
            if key not in self._begins:
                break
            if key in self.forms:
                best = (end, self.forms[key])
        return best


@dataclass(frozen=True)
class Lexicon:
    """The tables of measures, ready to use on folded text."""

    units: Phrases[Unit]
    words: Mapping[str, Word]
    scales: Phrases[float]
    numbers: Phrases[int]
    after: re.Pattern[str]
    far_after: re.Pattern[str]
    qualifier_after: Mapping[str, Qualifier]

    def unit_at(self, low: str, at: int) -> tuple[int, Unit] | None:
        """The longest unit that begins at a place, and its end; None for a word that only begins like a unit."""
        found = self.units.longest(low, at)
        return None if found is None or found[1].kind == "none" else found

    def scale_at(self, low: str, at: int) -> tuple[int, float] | None:
        """Where a word like "triệu" ends and what it multiplies by."""
        return self.scales.longest(low, at)

    def number_at(self, low: str, at: int) -> tuple[int, int] | None:
        """Where a number in words ends, and the number."""
        return self.numbers.longest(low, at)

    def lead(self, low: str, at: int, printed: str) -> Lead:
        """What the words before a number say of it; `printed` is the number as it stands."""
        first = max(low.rfind("\n", 0, at), low.rfind("\t", max(0, at - REACH), at), at - REACH - 1) + 1
        tokens = [(token[0], token.start()) for token in _BACKWARD.finditer(low, first, at)]
        end, skipped = len(tokens), 0
        while end:
            size, word = self._phrase_before(tokens, end)
            if word is None or (skipped == FILLERS and word.group == "filler"):
                break
            begins = tokens[end - size][1]
            if word.group != "filler":
                if skipped and size == 1 and tokens[end][0] != "từ":
                    break  # "gần (05 hộ)", "dưới có 02 ao": the short words qualify only what touches them
                if word.group in ("label", "name"):
                    before = tokens[end - size - 1][0] if end > size else ""
                    return Lead(at, names=self._names(word, before, printed))
                return Lead(begins if word.value else at, QUALIFIERS.get(word.value), word=tokens[end - 1][0])
            end, skipped = end - size, skipped + 1
        return Lead(at)

    def _phrase_before(self, tokens: list[tuple[str, int]], end: int) -> tuple[int, Word | None]:
        for size in range(min(LONGEST, end), 0, -1):
            word = self.words.get(" ".join(token for token, _ in tokens[end - size : end]))
            if word is not None and word.group != "each":
                return size, word
        return 0, None

    def _names(self, word: Word, before: str, printed: str) -> bool:
        """Whether a label makes the number behind it a name: "Điều 9", "xóm 7", not "mỗi tháng 02", "tổ 05 người"."""
        each = self.words.get(before)
        if before.isdigit() or (each is not None and each.group == "each"):
            return False
        if word.group == "name" and printed.startswith("0"):
            return False
        return word.value is None or (printed.isdigit() and int(printed) <= int(word.value))


def _tokens(low: str, at: int) -> Iterator[tuple[str, int]]:
    """The syllables and signs from a place on, on one line, with their ends."""
    for _ in range(LONGEST):
        found = _FORWARD.match(low, at)
        if found is None:
            return
        at = found.end()
        yield found[1], at


def _key(form: str) -> str:
    return " ".join(token for token, _ in _tokens(fold(form.strip()), 0))


def lexicon(knowledge: Knowledge) -> Lexicon:
    """The words of the tables, compiled; meant for `Knowledge.derived`."""
    rows = knowledge.rows(MeasureWord)
    after = {fold(form): QUALIFIERS[row.value] for row in rows if row.group == "after" for form in row.forms}
    either = "|".join(sorted(map(re.escape, after), key=len, reverse=True))
    return Lexicon(
        units=Phrases(
            {
                _key(form): Unit(row.name or form, row.kind, row.id)
                for row in reversed(knowledge.rows(MeasureUnit))  # of two spellings with one key the first is the name
                for form in reversed(row.forms)
            }
        ),
        words={
            " ".join(_BACKWARD.findall(fold(form))): Word(row.group, row.value)
            for row in rows
            if row.group not in ("after", "scale")
            for form in row.forms
        },
        scales=Phrases({_key(form): float(row.value or 1) for row in rows if row.group == "scale" for form in row.forms}),
        numbers=Phrases(date_lexicon(knowledge).numbers),
        after=re.compile(rf"[ \xa0]{{0,3}}({either})(?!\w)"),
        far_after=re.compile(rf"[^.,;:\n\t0-9]{{1,60}}?(?<!\w)({either})(?!\w)"),
        qualifier_after=after,
    )
