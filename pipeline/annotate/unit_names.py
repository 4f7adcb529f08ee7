"""How a unit's name goes on after its beginning: a domain, a proper name, the level and its place."""

from __future__ import annotations

from dataclasses import dataclass

from models.mentions import UnitLevel
from pipeline.annotate.unit_levels import level_list, places_of
from pipeline.annotate.unit_lexicon import Lexicon, Match
from pipeline.annotate.unit_pieces import Piece, WordTagger
from pipeline.annotate.unit_places import whole_name
from pipeline.annotate.unit_words import BREAKS, DASHES, JOINTS, ROMAN, Words, is_acronym, title_case
from pipeline.knowledge.units import UnitLevelWord, UnitQualifier, kind_of, level_of

NAME_SYLLABLES = 5
RUN_TOKENS = 16
ASK_TOKENS = 10
TAIL_PARTS = 4
LIST_LOOKAHEAD = 8
SINGLE_DIGITS = 3
USUAL_SYLLABLES = 2
OFFICE_SYLLABLES = 3
SIGNING_SHORT = frozenset(("tm", "kt", "tl", "tuq"))


@dataclass(frozen=True, slots=True)
class NameReader:
    """Reads the parts of names out of one text."""

    words: Words
    lexicon: Lexicon
    ask: WordTagger | None

    # ------------------------------------------------------------- domains

    def field(self, at: int, use: str) -> Piece | None:
        """A domain of the table, with further ones joined by a dash or `và` ("Bưu chính - Viễn thông - …")."""
        found = self._table_field(at, use)
        if found is None:
            return None
        after, name = found.after, found.value.name
        while (joint := self.words.low[after]) in DASHES or joint in ("và", "&"):
            following = self._table_field(after + 1, use)
            if following is None or (joint not in DASHES and self.lexicon.heads.longest(self.words, after + 1)):
                break
            name += (" - " if joint in DASHES else " và ") + following.value.name
            after = following.after
        return Piece(after, name, kind=kind_of(found.value.kind))

    def _table_field(self, at: int, use: str) -> Match | None:  # type: ignore[type-arg]
        for found in self.lexicon.fields.longest_first(self.words, at):
            if use in found.value.used_by:
                return found
        return None

    def capital_run(self, at: int) -> Piece | None:
        """A domain that no table knows: words that begin with a capital, each with the syllable that completes it."""
        words, after = self.words, at
        shouted = words.is_shouted(at) and words.is_shouted(at + 1)
        limit, capitals = at + RUN_TOKENS, at
        while after < limit and self._goes_on(after, first=after == at, shouted=shouted):
            after += 1
            if not shouted and not is_acronym(words.raw(after - 1)):
                completed = self._complete_word(capitals, after)
                capitals, after = (capitals if completed == after else completed), completed
            if words.low[after] in JOINTS and self._joins(after):
                after += 1
                capitals = after
        after = words.last_word(at, after)
        if after == at:
            return None
        printed = words.printed(at, after)
        return Piece(after, title_case(printed, every=False) if shouted else printed, confidence=0.8)

    def _goes_on(self, at: int, *, first: bool, shouted: bool) -> bool:
        words = self.words
        if not words.is_word(at) or not words.is_capital(at) or self.opens_clause(at):
            return False
        if shouted and (not words.is_shouted(at) or words.low[at] in self.lexicon.followers):
            return False
        return first or not (self.level_word(at) or self.begins_unit(at))

    def _complete_word(self, capitals: int, at: int) -> int:
        """The token after the lower-case syllables that belong to the word before `at`.

        Behind capitals that stand side by side from `capitals` on ("Hưng Tây") there is none, unless the tagger knows
        one ("Rau An toàn").
        """
        if not self.is_plain(at) or (at - capitals > 1 and not self._runs_over(capitals, at)):
            return at
        return self._nouns_until(at - 1, at + 1) if self.is_plain(at + 1) else at + 1

    def is_plain(self, at: int) -> bool:
        """Whether a token is a lower-case syllable that neither joins nor opens anything."""
        words = self.words
        return (
            words.low[at].isalpha()
            and not words.is_capital(at)
            and words.low[at] not in self.lexicon.followers
            and words.low[at] not in JOINTS
            and not self.level_word(at)
            and not self.lexicon.openers.longest(words, at)
        )

    def _runs_over(self, first: int, at: int) -> bool:
        """Whether a word other than a verb, by the tagger, begins before a token and runs over it."""
        for word, tag in self._tagged(first):
            first += len(word.split())
            if first >= at:
                return first > at and not tag.startswith("V")
        return False

    def _nouns_until(self, first: int, after: int) -> int:
        """How far nouns go on from a word, by the tagger; its words may be cut otherwise than ours, so each is checked."""
        at = first
        for word, tag in self._tagged(first):
            if at >= after and not tag.startswith("N"):
                break
            for _ in word.split():
                if at >= after and (not self.is_plain(at) or self.lexicon.verbs_after.longest(self.words, at)):
                    return at
                at += 1
        return max(after, at)

    def _joins(self, at: int) -> bool:
        """Whether a dash, `và` or comma at a token goes on a name; a comma only in a list that `và` or a dash closes."""
        words, following = self.words, at + 1
        if not words.is_word(following) or not words.is_capital(following):
            return False
        if self.begins_unit(following) or self.opens_clause(following) or self.level_word(following):
            return False
        if words.low[at] != ",":
            return True
        for ahead in range(following, following + LIST_LOOKAHEAD):
            if words.low[ahead] in ("và", "&"):
                return words.is_capital(ahead + 1) and not self.begins_unit(ahead + 1)
            if not words.is_word(ahead):
                return False
        return False

    # ------------------------------------------------------------- proper names

    def proper_name(self, at: int, *, numbered: bool = False) -> Piece | None:
        """A proper name: syllables that all begin with a capital, a name of the table, or a number ("phường 5")."""
        known = self.lexicon.places.longest(self.words, at)
        if known is not None and self.words.is_capital(at):
            return Piece(known.after, known.value.name, level_of(known.value.level))
        if numbered and (number := self.number(at)) is not None:
            return number
        words, after = self.words, at
        while after - at < NAME_SYLLABLES and self._is_name_syllable(at, after):
            after += 1
            if words.low[after] == "-" and words.is_glued(after) and words.is_glued(after + 1):
                after += 1
        after = words.last_word(at, after)
        if after == at:
            return None
        if after - at == 1 and self.is_plain(after) and words.raw(at) not in ROMAN and not self._stands_alone(at):
            return None
        printed = words.printed(at, after)
        return Piece(after, title_case(printed, every=True) if printed.isupper() else printed)

    def _stands_alone(self, at: int) -> bool:
        """Whether a single capital syllable before lower case is a proper name, by the tagger."""
        tagged = self._tagged(at)
        return bool(tagged) and tagged[0] == (self.words.raw(at), "Np")

    def number(self, at: int) -> Piece | None:
        """A number as a name: "số 3", "5"; none where it begins a date or a decimal."""
        words, number = self.words, at + 1 if self.words.low[at] == "số" else at
        if not words.low[number].isdigit() or len(words.low[number]) > SINGLE_DIGITS:
            return None
        if words.low[number + 1] in ("/", "-", ".", ",") and words.low[number + 2].isdigit():
            return None
        return Piece(number + 1, words.printed(at, number + 1).lower())

    def closing_number(self, at: int) -> Piece | None:
        """A number behind a school's name ("Phước Lại 1"); none where it counts what follows ("2 phòng học")."""
        number = self.number(at)
        counts = number is not None and (self.is_plain(number.after) or self.words.low[at].startswith("0"))
        return None if counts else number

    def term(self, at: int) -> Piece | None:
        """The term of a committee: "khóa XIII"."""
        words = self.words
        if words.low[at] not in ("khóa", "khoá") or words.raw(at + 1) not in ROMAN:
            return None
        return Piece(at + 2, f"khóa {words.raw(at + 1)}")

    def _is_name_syllable(self, first: int, at: int) -> bool:
        words = self.words
        if not words.low[at][0].isalpha() or not words.is_capital(at) or words.low[at] in JOINTS:
            return False
        if words.low[at] in self.lexicon.never or words.low[at] in SIGNING_SHORT:
            return False
        if at > first and (self.begins_unit(at) or self.level_word(at)):
            return False
        if at == first and self._begins_office(at):
            return False
        if not words.is_shouted(first) or (len(words.low[first]) == 1 and not self._in_capitals(first)):
            spelt = at == first or not words.is_shouted(at) or len(words.low[at]) == 1
            return spelt and not self._opens_within(first, at) and not self._opens_by_tagger(at)
        if not words.is_shouted(at) or (at > first and self.lexicon.compound_after(words, at) > at):
            return False
        usual = at - first < USUAL_SYLLABLES
        return not self._opens_long(at) and (usual or not self._ends_shouted(at))

    def _begins_office(self, at: int) -> bool:
        """Whether an office of three syllables or more begins here: "Hội Nông dân xã", "Ban quản lý" are two."""
        found = self.lexicon.heads.longest(self.words, at)
        return found is not None and found.after - at >= OFFICE_SYLLABLES

    def _in_capitals(self, first: int) -> bool:
        """Whether the word before is in capitals, so that a single capital says no more: "HUYỆN A LƯỚI"."""
        return first > 0 and self.words.is_shouted(first - 1) and len(self.words.low[first - 1]) > 1

    def _opens_within(self, first: int, at: int) -> bool:
        """Whether a clause opens here; a second syllable ("Thanh Lưu") only does with a word of more syllables."""
        if not self.opens_clause(at):
            return False
        return at - first != 1 or self._opens_long(at)

    def _ends_shouted(self, at: int) -> bool:
        return self.opens_clause(at) or self.words.low[at] in self.lexicon.followers

    def _opens_long(self, at: int) -> bool:
        """Whether what begins here surely is no name: a common word of two syllables, or one with a number ("NĂM 2025")."""
        found = self.lexicon.plain.longest(self.words, at)
        return found is not None and (found.after - at > 1 or self.words.low[found.after].isdigit())

    def opens_clause(self, at: int) -> bool:
        """Whether a word of the opener table begins here: in lower case after its capital, or in capitals throughout."""
        words = self.words
        found = self.lexicon.openers.longest(words, at)
        if found is None:
            return False
        last = found.after - 1
        if last == at:
            following = words.raw(at + 1)
            return following.islower() or following.isdigit() or (words.is_shouted(at) and len(words.low[at]) > 1)
        return words.raw(last).islower() or words.is_shouted(at)

    def _opens_by_tagger(self, at: int) -> bool:
        """Whether a capital and the lower case after it are one common word, by the tagger.

        Its tags for a single syllable are not asked: it takes "Cai" of a place's name for a verb.
        """
        if not self.is_plain(at + 1):
            return False
        tagged = self._tagged(at)
        return bool(tagged) and " " in tagged[0][0]

    def _tagged(self, at: int) -> tuple[tuple[str, str], ...]:
        """The words from a token on, a few of them and within the line; none where nobody can be asked."""
        if self.ask is None:
            return ()
        low, stop = self.words.low, at + ASK_TOKENS
        stop = next((k for k in range(at, stop) if low[k] in BREAKS), stop)
        return self.ask(self.words.text[self.words.start[at] : self.words.end[stop - 1]])

    # ------------------------------------------------------------- levels

    def level_word(self, at: int) -> Match[UnitLevelWord] | None:
        """The level word that begins at a token, unless a longer word does."""
        return self.lexicon.level_at(self.words, at)

    def after_level(self, level: Match[UnitLevelWord]) -> int:
        """The token after a level word; an abbreviation may carry a full stop ("TP. Hà Lâm")."""
        dotted = level.abbreviated and self.words.low[level.after] == "." and self.words.is_word(level.after + 1)
        return level.after + 1 if dotted else level.after

    def place(self, at: int) -> Piece | None:
        """A level word with the name of the place."""
        level = self.level_word(at)
        name = self.proper_name(self.after_level(level), numbered=level.value.numbered) if level else None
        if level is None or name is None:
            return None
        if level.value.numbered and level.value.level == "thon" and (number := self.number(name.after)) is not None:
            name = Piece(number.after, f"{name.name} {number.name}")
        name = whole_name(self.words, self.lexicon, level.value.name, self.after_level(level), name)
        known = name.level or level_of(level.value.level) or ("huyen" if level.value.id == "thanh_pho" else None)
        return Piece(name.after, f"{level.value.name} {name.name}", known)

    def tail(self, at: int) -> Piece | None:
        """Everything that closes a name: level words, places, "các xã, phường", "cấp huyện", "Trung ương"."""
        names: list[str] = []
        level: UnitLevel | None = None
        after = at
        for _ in range(TAIL_PARTS):
            piece = self._tail_part(after)
            if piece is None or (names and piece.name in self.lexicon.level_names):
                break
            names.append(piece.name)
            after, level = piece.after, level or piece.level
            if piece.name in self.lexicon.level_names:
                break
        return Piece(after, " ".join(names), level) if names else None

    def _tail_part(self, at: int) -> Piece | None:
        words, lexicon = self.words, self.lexicon
        qualifier = lexicon.qualifiers.longest(words, at)
        if qualifier is not None:
            return self._qualified(qualifier)
        if words.low[at] == "các":
            return self._schools_of(at) or places_of(words, lexicon, at)
        if words.low[at] == "ngành" and (field := self.field(at + 1, "office")) is not None:
            return Piece(field.after, f"ngành {field.name}")
        if words.low[at] == "trường":
            return self._own_school(at)
        place = self.place(at)
        if place is not None:
            return place
        level = self.level_word(at)
        if level is None:
            return None
        listed = level_list(words, lexicon, at)
        if listed is not None and self.proper_name(listed.after) is None:
            return listed
        return Piece(level.after, level.value.name, level_of(level.value.level))

    def _qualified(self, found: Match[UnitQualifier]) -> Piece:
        """ "cấp huyện", also "cấp xã/phường"; "khu vực" with its name or number."""
        words, row, after = self.words, found.value, found.after
        name, level = row.name, level_of(row.level)
        while words.low[after] == "/" and (further := self.level_word(after + 1)) is not None:
            name, after = f"{name}, {further.value.name}", further.after
        if row.named and (proper := self.proper_name(after, numbered=True)) is not None:
            name, after = f"{name} {proper.name}", proper.after
        elif row.named and (near := self.level_word(after)) is not None:  # "chi nhánh huyện"
            name, after, level = f"{name} {near.value.name}", near.after, level_of(near.value.level)
        return Piece(after, name, level)

    def _schools_of(self, at: int) -> Piece | None:
        """ "các trường (Mầm non, Tiểu học)", after a board that every one of them has."""
        if self.words.low[at + 1] != "trường" or self.lexicon.compound_after(self.words, at + 1) > at + 2:
            return None
        kinds = self.schools(at + 2)
        return Piece(kinds.after, f"các trường {kinds.name}") if kinds else Piece(at + 2, "các trường")

    def _own_school(self, at: int) -> Piece | None:
        """ "Đoàn Thanh niên" + "trường": the school that speaks, neither one with a name nor a longer word."""
        words, lexicon = self.words, self.lexicon
        longer = lexicon.compound_after(words, at) > at or lexicon.groups.longest(words, at + 1) is not None
        named = words.is_capital(at + 1) or self._table_field(at + 1, "school") is not None
        return None if longer or named or self.is_plain(at + 1) else Piece(at + 1, "trường")

    def schools(self, at: int) -> Piece | None:
        """Kinds of schools in a row: "Mầm non, Tiểu học và THCS"."""
        names, after = list[str](), at
        while (found := self._table_field(after, "school")) is not None:
            names.append(found.value.name)
            at = found.after
            if self.words.low[at] not in JOINTS:
                break
            after = at + 1
        return Piece(at, ", ".join(names)) if names else None

    # ------------------------------------------------------------- looking around

    def begins_unit(self, at: int) -> bool:
        """Whether another unit's name begins here for certain: a long beginning, an abbreviation, or with its domain."""
        found = self.lexicon.heads.longest(self.words, at)
        if found is None or self.lexicon.compound_after(self.words, at) > found.after:
            return False
        if found.abbreviated or found.after - at > 1:
            return True
        return self.lexicon.fields.longest(self.words, found.after) is not None
