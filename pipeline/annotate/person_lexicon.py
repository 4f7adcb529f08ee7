"""The words around names and the shape of a name, compiled once from the knowledge tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.patterns import any_of
from pipeline.knowledge.people import PersonGroup, PersonWord
from pipeline.knowledge.signatures import Surname
from pipeline.knowledge.text import LOWER, UPPER, fold

SHORTEST, LONGEST = 2, 5  # syllables of a name
_SYLLABLE = rf"[{UPPER}](?:[{LOWER}]+|['’][{UPPER}]?[{LOWER}]+|(?![{UPPER}{LOWER}]))"
_TITLE_CASE = re.compile(rf"{_SYLLABLE}(?:[ \xa0]{{1,2}}{_SYLLABLE}){{1,7}}")
_CAPITALS = re.compile(rf"[{UPPER}]{{2,7}}(?:[ \xa0]{{1,2}}[{UPPER}]{{1,7}}){{1,4}}(?![{UPPER}{LOWER}])")
_WORD = re.compile(r"[^ \xa0]+")
_BLANK = r"[ \xa0]{1,2}"


@dataclass(frozen=True)
class Lexicon:
    """Compiled words, for folded text; `called` finds a form of address with the ranks behind it.

    Patterns that are searched begin with plain letters, which is four times as fast as looking back first: whoever
    searches makes sure with `opens` that no word goes on there.
    """

    called: re.Pattern[str]
    honorifics: Mapping[str, str | None]
    wordy: frozenset[str]
    rank: re.Pattern[str]
    office: re.Pattern[str]
    duties: frozenset[str]
    becomes: re.Pattern[str]
    ends: re.Pattern[str]
    label: re.Pattern[str]
    memory: re.Pattern[str]
    known: frozenset[str]
    surnames: frozenset[str]

    @staticmethod
    def opens(low: str, at: int) -> bool:
        """Whether a word may begin at a place."""
        return at == 0 or not low[at - 1].isalnum()

    def name_at(self, text: str, low: str, at: int, least: int = SHORTEST) -> int | None:
        """Where the name that begins at a place ends: it begins with a family name and stops before an office."""
        run = _TITLE_CASE.match(text, at) or _CAPITALS.match(text, at)
        if run is None or self.called.match(low, at):  # "Ông" is a family name too
            return None
        words = [(at + word.start(), at + word.end()) for word in _WORD.finditer(run[0])]
        if low[words[0][0] : words[0][1]] not in self.surnames:
            return None
        for number, (start, _) in enumerate(words):
            if number and self._office_begins(low, start, within=number < SHORTEST):
                words = words[:number]
                break
        if not least <= len(words) <= LONGEST:
            return None
        end = words[-1][1]
        goes_on = text[end : end + 1].isalnum()
        return None if goes_on or " ".join(low[at:end].split()) in self.known else end

    def _office_begins(self, low: str, start: int, *, within: bool) -> bool:
        """Whether an office begins at a syllable of a run; early on "Trưởng" and "Phó" alone may belong to the name."""
        found = self.office.match(low, start)
        return found is not None and (not within or " " in found[0])


def lexicon(knowledge: Knowledge) -> Lexicon:
    """The words of the table, compiled; meant for `Knowledge.derived`."""
    rows = knowledge.rows(PersonWord)
    forms: dict[PersonGroup, dict[str, str | None]] = {}
    for row in rows:
        forms.setdefault(row.group, {}).update({fold(form): row.value for form in row.forms})
    calls = forms["honorific"] | forms["wordy"]
    rank = rf"(?:(?:{any_of(forms['rank'], _BLANK)})[ \xa0.]{{1,3}}){{0,3}}"
    return Lexicon(
        called=re.compile(rf"({any_of(calls, _BLANK)})(?!\w)[.:]?[ \xa0]{{0,3}}{rank}"),
        honorifics=calls,
        wordy=frozenset(forms["wordy"]),
        rank=re.compile(rank),
        office=re.compile(rf"(?:{any_of(forms['office'] | forms['duty'], _BLANK)})(?!\w)"),
        duties=frozenset(forms["duty"]),
        becomes=re.compile(rf"(?<!\w)(?:{any_of(forms['becomes'], _BLANK)})(?!\w)"),
        ends=re.compile(rf"(?<!\w)(?:{any_of(forms['ends'], _BLANK)})(?!\w)"),
        label=re.compile(rf"(?:{any_of(forms['label'], _BLANK)})[ \xa0]?:[ \xa0]{{0,3}}{rank}"),
        memory=re.compile(rf"(?<!\w)(?:{any_of(forms['memory'], _BLANK)})(?!\w)"),
        known=frozenset(forms["known"]),
        surnames=frozenset(row.id for row in knowledge.rows(Surname)),
    )
