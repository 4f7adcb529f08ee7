"""Persons whom a plan names in its text: a name is one only where something vouches for it.

Streets, schools, communes and prizes bear the names of persons. So a name counts behind a form of address ("ông",
"đ/c"), behind a label ("Đầu mối liên hệ:"), or at the start of a line with an office behind it ("1. Trần Văn Bách, Chủ
tịch UBND xã - Trưởng ban"), and it begins with a family name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.annotate.person_lexicon import Lexicon, lexicon
from pipeline.knowledge import Knowledge
from pipeline.knowledge.text import fold
from pipeline.values import PersonMention, UnitMention

CERTAIN, USUAL, LIKELY = 1.0, 0.9, 0.85
FULL_NAME = 3  # syllables of a name that needs no other witness
LONGEST_OFFICE = 110
_MEMORY_REACH = 60
_LINE = re.compile(r"[\n\t][-–—+•* \xa0]{0,4}(?:(?:[0-9]{1,2}|[a-zđ])[.)/][ \xa0.]{0,3})?")
_BEFORE_OFFICE = re.compile(r"[ \xa0]{0,2}[,:(–—-]?[ \xa0]{0,2}(?:nay[ \xa0]là[ \xa0]|chức vụ[ \xa0]?:?[ \xa0]?)?")
_MARKED = re.compile(r"[ \xa0]{0,2}[,:(–—-]")
_CUT = re.compile(r"[;.:()\n\t,]|[ \xa0][-–—][ \xa0]|[ \xa0]")
_ALSO = re.compile(r"[ \xa0]{0,2}(?:[,;]|và)[ \xa0]{1,2}")
_ABBREVIATED = re.compile(r"(?<!\w)(?:p|tp|tt|q|ths|ts|bs)\Z")


@dataclass(frozen=True, slots=True)
class _Office:
    """An office behind a name, and the duty that the plan adds to it; `end` where both end."""

    end: int
    role: str | None = None
    duty: str | None = None


def find_people(text: str, units: Sequence[UnitMention], knowledge: Knowledge) -> tuple[PersonMention, ...]:
    """The persons named in an NFC text, in reading order; a span is the name alone, in code points.

    `units` tell where an office's name goes on over a comma or a dash. Nothing is raised.
    """
    reader = _Reader(text, fold(text), knowledge.derived(lexicon), units, [unit.start for unit in units])
    found: dict[int, PersonMention] = {}
    for person in (*reader.called(), *reader.labelled(), *reader.listed()):
        found.setdefault(person.start, person)
    return tuple(found[start] for start in sorted(found))


@dataclass(slots=True)
class _Reader:
    text: str
    low: str
    lexicon: Lexicon
    units: Sequence[UnitMention]
    unit_starts: list[int]

    def called(self) -> Iterator[PersonMention]:
        """Persons behind a form of address, and those that follow in the same list."""
        for call in self.lexicon.called.finditer(self.low):
            if not self.lexicon.opens(self.low, call.start()):
                continue
            form = call[1]
            least = FULL_NAME if form in self.lexicon.wordy else 2
            end = self.lexicon.name_at(self.text, self.low, call.end(), least)
            if end is None or self._is_memory(call.start()):
                continue
            honorific = self.lexicon.honorifics[form]
            office = self._office(end)
            before = None if office.role else self._office_before(call.start())
            role, confidence = office.role or before, CERTAIN if office.role or before else USUAL
            yield self._person(call.end(), end, "person:called", replace(office, role=role), honorific, confidence)
            yield from self._others(office.end, honorific)

    def _others(self, end: int, honorific: str | None) -> Iterator[PersonMention]:
        """The further names of a list that a form of address opens ("các đồng chí: …, …")."""
        while also := _ALSO.match(self.low, end):
            start = also.end()
            after = self.lexicon.name_at(self.text, self.low, start, FULL_NAME)
            if after is None:
                return
            office = self._office(after)
            yield self._person(start, after, "person:list", office, honorific, USUAL)
            end = office.end

    def labelled(self) -> Iterator[PersonMention]:
        """Persons behind "Đầu mối liên hệ:" and the like."""
        for label in self.lexicon.label.finditer(self.low):
            end = self.lexicon.name_at(self.text, self.low, label.end(), FULL_NAME)
            if end is not None and self.lexicon.opens(self.low, label.start()):
                yield self._person(label.end(), end, "person:label", self._office(end), None, LIKELY)

    def listed(self) -> Iterator[PersonMention]:
        """Persons at the start of a line, with an office behind the name and a mark between them."""
        for line in _LINE.finditer(f"\n{self.text}"):
            rank = self.lexicon.rank.match(self.low, line.end() - 1)
            start = rank.end() if rank else line.end() - 1
            end = self.lexicon.name_at(self.text, self.low, start)
            if end is None or not _MARKED.match(self.low, end):
                continue
            office = self._office(end)
            if office.role is not None:
                yield self._person(start, end, "person:line", office, None, LIKELY)

    def _person(
        self, start: int, end: int, rule: str, office: _Office, honorific: str | None, confidence: float
    ) -> PersonMention:
        name = shown_name(self.text[start:end])
        return PersonMention(start, end, name, rule, office.role, office.duty, honorific, confidence)

    def _is_memory(self, at: int) -> bool:
        """Whether the words before speak of somebody to be remembered: "ngày sinh đồng chí …"."""
        begins = max(0, at - _MEMORY_REACH, self.low.rfind("\n", 0, at) + 1)
        before = self.low[begins:at]
        return self.lexicon.memory.search(before, max(before.rfind(";"), before.rfind("."), 0)) is not None

    # ------------------------------------------------------------- offices

    def _office(self, end: int) -> _Office:
        """The office behind a name: from its first word to a mark, a verb, or the duty it leads to."""
        gap = _BEFORE_OFFICE.match(self.low, end)
        at = gap.end() if gap else end
        if at > end and (became := self.lexicon.becomes.match(self.low, at)):
            after = became.end() + 1
            duty = self._phrase(after)[0] if self.lexicon.office.match(self.low, after) else after
            return _Office(duty, duty=self._words(after, duty)) if duty > after else _Office(end)
        if at == end or not self.lexicon.office.match(self.low, at):
            return _Office(end)
        after, next_at = self._phrase(at)
        if next_at is None:
            return _Office(after, self._words(at, after))
        last = self._phrase(next_at)[0]
        if self.low[after:next_at].strip(" \xa0,-–—") or self.low[next_at:last] in self.lexicon.duties:
            return _Office(last, self._words(at, after), self._words(next_at, last))
        return _Office(last, self._words(at, last))  # two offices of one person: "Huyện ủy viên, Chủ tịch UBND huyện"

    def _phrase(self, at: int) -> tuple[int, int | None]:
        """Where an office ends, and where a second one begins behind a comma, a dash or "làm"."""
        limit = min(len(self.low), at + LONGEST_OFFICE)
        office = self.lexicon.office.match(self.low, at)
        for cut in _CUT.finditer(self.low, office.end() if office else at, limit):
            here, after = cut.start(), cut.end()
            if self._inside_unit(here):
                continue
            if cut[0] in " \xa0":
                if became := self.lexicon.becomes.match(self.low, after):
                    second = became.end() + 1
                    return here, second if self.lexicon.office.match(self.low, second) else None
                if self._verb_begins(after):
                    return here, None
                continue
            if cut[0] == "." and _ABBREVIATED.search(self.low, max(at, here - 4), here):
                continue
            if cut[0][0] in ", \xa0":
                blank = after + (self.low[after : after + 1] == " ")
                return here, blank if self.lexicon.office.match(self.low, blank) else None
            return here, None
        return limit, None

    def _verb_begins(self, at: int) -> bool:
        """Whether a verb closes the office here; in "Ban Chỉ đạo" and "ban tổ chức" it is a part of its name."""
        if self.text[at : at + 1].isupper() or self.low[max(0, at - 4) : at].strip() == "ban":
            return False
        return self.lexicon.ends.match(self.low, at) is not None

    def _inside_unit(self, at: int) -> bool:
        """Whether a mark is part of an office's name: "công chức Văn hóa - Xã hội"."""
        index = bisect_right(self.unit_starts, at) - 1
        return index >= 0 and self.units[index].end > at + 1

    def _office_before(self, at: int) -> str | None:
        """The office before a form of address: "Trưởng đoàn: ông …"."""
        begins = max(self.low.rfind(mark, max(0, at - LONGEST_OFFICE), at) for mark in "\n\t;.(,") + 1
        words = self.low[begins:at]
        start = begins + len(words) - len(words.lstrip(" \xa0-–—+•*"))
        end = begins + len(words.rstrip(" \xa0-–—:"))
        if end <= start or not self.lexicon.office.match(self.low, start) or self.low[end : end + 1].isalnum():
            return None
        marked = words[end - begins :].strip() != ""
        return self._words(start, end) if marked and self._phrase(start)[0] >= end else None

    def _words(self, start: int, end: int) -> str | None:
        return " ".join(self.text[start:end].split()).strip(" ,-–—") or None


def shown_name(printed: str) -> str:
    """A name with single blanks; one in capitals gets a capital for each syllable."""
    parts = printed.split()
    return " ".join(part.title() if printed.isupper() and len(part) > 1 else part for part in parts)
