"""Reads one unit mention where it begins: its head, what goes on the name, and the level that closes it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from models.mentions import UnitKind, UnitLevel
from pipeline.annotate.unit_groups import group_members
from pipeline.annotate.unit_lexicon import MANY, Match
from pipeline.annotate.unit_names import NameReader
from pipeline.annotate.unit_pieces import Piece
from pipeline.annotate.unit_words import BREAKS
from pipeline.knowledge.units import UnitHead, level_of

SIGNING = frozenset(("tm", "kt", "tl", "tuq", "q", "t", "m", "k", ".", "*", "/"))
OBJECTS = frozenset(
    (("kế", "hoạch"), ("chương", "trình"), ("nội", "dung"), ("quy", "chế"), ("kết", "quả"), ("báo", "cáo"), (",", "báo"))
)
SHORT_HEAD = 2
OPENING = frozenset("([\"“‘'")
DEPTH = 4
LEADING = frozenset(("unit", "mustunit"))
BARE_OFFICES = frozenset(("sở", "bộ", "hội", "trạm"))
BARE_PAIRS = frozenset((("ủy", "ban"), ("trung", "tâm")))
SIGNING_TOKENS = 6
COMPANY_TOKENS = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A mention as it is read: the token after it, its name so far, and whether more than its head was found."""

    after: int
    name: str
    kind: UnitKind
    level: UnitLevel | None
    rule: str
    tied: bool = False
    collective: bool = False
    confidence: float = 1.0

    def plus(self, piece: Piece | None) -> Found:
        """The mention with another part of its name; unchanged where there is none."""
        if piece is None:
            return self
        return Found(
            after=piece.after,
            name=f"{self.name} {piece.name}",
            kind=piece.kind or self.kind,
            level=piece.level or self.level,
            rule=self.rule,
            tied=True,
            collective=self.collective,
            confidence=min(self.confidence, piece.confidence),
        )


@dataclass(frozen=True, slots=True)
class UnitReader:
    """Reads mentions out of one text."""

    names: NameReader

    def read(self, at: int) -> Found | None:
        """The mention that begins at a token, or None."""
        words, lexicon = self.names.words, self.names.lexicon
        low = words.low
        if low[at] in MANY and lexicon.compound_after(words, at) > at:
            return None
        if low[at] in MANY:
            return self._many(at) if low[at + 1] in lexicon.starters else None
        listed = self._group(at, told=False) if lexicon.groups.may_begin(words, at) else None
        return listed or self.unit(at) or (self._place(at) if lexicon.levels.may_begin(words, at) else None)

    # ------------------------------------------------------------- heads

    def unit(self, at: int, depth: int = 0) -> Found | None:
        """A unit by its head: the longest head whose name can be completed."""
        names = self.names
        heads = names.lexicon.heads.longest_first(names.words, at)
        skip = names.lexicon.compound_after(names.words, at) if heads else at
        for head in heads:
            if skip > head.after or (head.abbreviated and self._in_symbol(at)):
                continue
            found = self._complete(head, at, depth)
            if found is not None:
                return found
        return None

    def _complete(self, head: Match[UnitHead], at: int, depth: int) -> Found | None:
        row = head.value
        found = Found(head.after, row.name, row.kind, level_of(row.level), f"unit:{row.id}")
        if "none" in row.follow:
            return found if self._may_stand_alone(row, head, at) else None
        if "school" in row.follow and depth == 0 and self._is_any_school(head.after, at):
            return None
        found = self._alias(self._with_content(found, row, at))
        inner = self._of_many(found, row, at) or self._inner(found, row, depth)
        if inner is not None:
            found = inner
        elif found.tied or not self._needs_field(head, at):
            found = self._with_tail(found, row)
        if found.tied and self._is_allowed(row, at):
            return found
        return replace(found, confidence=0.8) if self._may_stand_alone(row, head, at) else None

    def _needs_field(self, head: Match[UnitHead], at: int) -> bool:
        """Whether a level alone makes no name of a head: "phòng" + "huyện"."""
        follow = head.value.follow
        if "mustunit" in follow or "rolefield" in follow:
            return True
        return "field" in follow and head.after - at == 1 and not head.abbreviated and "must" not in follow

    def _with_content(self, found: Found, row: UnitHead, at: int) -> Found:
        """The mention with its domain, task or kind."""
        names, after, follow = self.names, found.after, row.follow
        piece: Piece | None = None
        if "boardfield" in follow:
            piece = names.field(after, "board")
        elif "eventfield" in follow:
            piece = names.field(after, "event")
        if piece is not None:
            return found.plus(piece)
        if "field" in follow:
            piece = self._domain(after, at)
            if piece is not None and row.kind == "mat_tran_doan_the":
                piece = piece._replace(kind=None)  # a youth cell of the army stays one of the Youth Union
        elif "rolefield" in follow:
            piece = names.field(after, "role")
        elif "school" in follow:
            listed = at > 0 and names.words.low[at - 1] in MANY
            piece = names.schools(after) if listed else names.field(after, "school")
        elif "company" in follow:
            piece = self._company(after)
        elif "htx" in follow:
            piece = self._cooperative(after)
        open_ended = piece is None and ("work" in follow or "task" in follow) and names.tail(after) is None
        if open_ended and not ("unit" in follow and names.begins_unit(after)):
            piece = names.task(after, to_phrase_end="task" in follow and names.words.is_capital(at))
        if piece is None and "field" in follow:
            piece = self._named_after(after, at)
        return found.plus(piece)

    def _domain(self, after: int, at: int) -> Piece | None:
        """A domain of the table; after a short head, a verb that goes on with its object is none ("Sở xây dựng đề cương")."""
        names, words = self.names, self.names.words
        field = names.field(after, "office")
        if field is None or after - at > SHORT_HEAD or words.is_capital(after) or not words.is_capital(at):
            return field
        verb = names.lexicon.openers.longest(words, after)
        following = tuple(words.low[field.after : field.after + 2])
        has_object = names.is_plain(field.after) or following in OBJECTS
        return None if verb and verb.after == field.after and has_object else field

    def _cooperative(self, after: int) -> Piece | None:
        """A cooperative's trade and name; a trade in small letters counts only before a name ("HTX xây dựng kế hoạch")."""
        names, words = self.names, self.names.words
        trade = names.field(after, "office")
        if words.is_capital(after):
            return trade or names.capital_run(after)
        return trade if trade is not None and words.is_capital(trade.after) else None

    def _named_after(self, after: int, at: int) -> Piece | None:
        """A domain outside the table, told by its capital; in a line of capitals a one-syllable head proves nothing."""
        names, words = self.names, self.names.words
        if names.level_word(after) or names.begins_unit(after) or not words.is_capital(after):
            return None
        if after - at == 1 and not words.is_capital(at):
            return None
        if tuple(words.low[after : after + 3]) == ("phòng", ",", "chống"):
            return names.task(after, to_phrase_end=False)
        shouted = words.is_shouted(after) and len(words.low[after]) > 1
        if shouted and not words.is_shouted(at):
            last = after + 1
            if words.low[last].isdigit() and words.is_glued(last):
                last += 1
            return Piece(last, words.text[words.start[after] : words.end[last - 1]], confidence=0.8)
        return None if shouted and after - at == 1 else names.capital_run(after)

    def _company(self, at: int) -> Piece | None:
        """A company's form and name: words up to the end of its proper name ("cổ phần xây dựng" + "Hải Lâm")."""
        words = self.names.words
        trade = self.names.field(at, "office") if words.is_capital(at) else None
        last = trade.after if trade else at
        for k in range(last, at + COMPANY_TOKENS):
            if not words.is_word(k) or words.low[k] in self.names.lexicon.followers:
                break
            if words.is_capital(k):
                last = k + 1
            elif last == k and k - at > 1 and words.is_capital(k - 2) and not words.is_shouted(k - 2):
                break
        return Piece(last, words.printed(at, last), confidence=0.8) if last > at else None

    def _alias(self, found: Found) -> Found:
        """The mention past an abbreviation in brackets, where its name goes on behind it: "Ủy ban nhân dân (UBND) xã"."""
        words, at = self.names.words, found.after
        if words.low[at] != "(" or words.low[at + 2] != ")" or not words.is_shouted(at + 1):
            return found
        return replace(found, after=at + 3) if self.names.tail(at + 3) else found

    def _inner(self, found: Found, row: UnitHead, depth: int) -> Found | None:
        """The mention with the unit that follows at once: "Văn phòng" + "UBND xã"."""
        wants = "unit" in row.follow or "mustunit" in row.follow
        if not wants or depth >= DEPTH or not self.names.words.is_word(found.after):
            return None
        if "rolefield" in row.follow and not found.tied:
            return None
        inner = self.unit(found.after, depth + 1)
        if inner is None or inner.kind == "chuc_danh" or inner.rule == "unit:dang_cong_san":
            return self._bare_inner(found, as_unit="as_unit" in row.follow)
        kind = inner.kind if "as_unit" in row.follow else found.kind
        return replace(found.plus(Piece(inner.after, inner.name, inner.level, inner.confidence)), kind=kind)

    def _of_many(self, found: Found, row: UnitHead, at: int) -> Found | None:
        """Those who lead units of one kind: "Trưởng" + "các thôn", "Thủ trưởng" + "các cơ quan chuyên môn"."""
        words = self.names.words
        if words.low[found.after] != "các" or row.kind != "chuc_danh" or LEADING.isdisjoint(row.follow):
            return None
        if "verb" in row.follow and not words.is_capital(at):
            return None
        many = self._many(found.after)
        if many is None or many.kind == "chuc_danh":
            return None
        return replace(found.plus(Piece(many.after, many.name, many.level)), collective=True)

    def _bare_inner(self, found: Found, *, as_unit: bool = False) -> Found | None:
        """ "Lãnh đạo Sở", "Thường trực Ủy ban": an office named by its kind alone."""
        words, at = self.names.words, found.after
        after = at + 2 if (words.low[at], words.low[at + 1]) in BARE_PAIRS else at + 1
        if after == at + 1 and words.low[at] not in BARE_OFFICES:
            return None
        if not words.is_capital(at) or words.is_capital(after) or self.names.lexicon.compound_after(words, at) > at:
            return None
        kind: UnitKind | None = "uy_ban" if as_unit and words.low[at] == "ủy" else None
        return found.plus(Piece(after, words.printed(at, after), kind=kind))

    def _with_tail(self, found: Found, row: UnitHead) -> Found:
        names = self.names
        if "name" in row.follow or "pairname" in row.follow or (found.tied and row.kind != "chuc_danh"):
            found = self._with_name(found, row)
        if "number" in row.follow and found.tied:
            found = found.plus(names.number(found.after))
        found = found.plus(names.tail(found.after))
        if "about" in row.follow and names.words.low[found.after] == "về":
            field = names.field(found.after + 1, "office")
            if field is not None:
                found = found.plus(Piece(field.after, f"về {field.name}")).plus(names.tail(field.after))
        return found

    def _with_name(self, found: Found, row: UnitHead) -> Found:
        """The mention with a proper name: one syllable is enough where names are usual, else two."""
        names, at = self.names, found.after
        if names.tail(at) is not None or names.begins_unit(at):
            return found
        name = names.proper_name(at, numbered="name" in row.follow)
        if name is None or ("name" not in row.follow and name.after - at == 1):
            return found
        numbered = "school" in row.follow and names.words.low[name.after - 1].isdigit()
        return found.plus(name).plus(names.proper_name(name.after) if numbered else None)

    def _is_any_school(self, after: int, at: int) -> bool:
        """Whether only a kind of school is named, in small letters: "Điều lệ trường trung học cơ sở"."""
        names, words = self.names, self.names.words
        field = names.field(after, "school") if words.low[at - 1] not in MANY or at == 0 else None
        if field is None or any(words.is_capital(k) for k in (*range(at, field.after), field.after)):
            return False
        return names.tail(field.after) is None and names.number(field.after) is None

    # ------------------------------------------------------------- may it stand

    def _is_allowed(self, row: UnitHead, at: int) -> bool:
        words = self.names.words
        if "apart" in row.follow and at > 0 and words.is_word(at - 1) and words.is_capital(at - 1):
            return words.low[at - 1].isdigit()
        return "capmust" not in row.follow or words.is_capital(at)

    def _may_stand_alone(self, row: UnitHead, head: Match[UnitHead], at: int) -> bool:
        words = self.names.words
        if row.alone == "yes":
            return True
        if row.alone == "abbr":
            return head.abbreviated
        if row.alone == "noun":
            if row.kind == "chuc_danh" and words.low[head.after] in MANY:
                return False
            is_rank = at > 0 and words.low[at - 1] == "cấp"
            shouted = words.is_shouted(at) and not self._fills_line(at, head.after)
            return words.is_capital(at) and not is_rank and not shouted
        if self._fills_line(at, head.after):
            return row.alone in ("line", "capital") and words.is_capital(at)
        return row.alone == "capital" and words.is_capital(at) and self._inside_sentence(head, at)

    def _inside_sentence(self, head: Match[UnitHead], at: int) -> bool:
        words = self.names.words
        if at == 0:
            return False
        if words.is_shouted(at):  # a title, unless it is an abbreviation among small letters: "báo cáo BCĐ trước"
            return head.abbreviated and words.raw(at - 1).islower()
        before = words.low[at - 1]
        return before[0].isalnum() or before == "," or before in OPENING

    def _fills_line(self, at: int, after: int) -> bool:
        low = self.names.words.low
        if low[after] not in BREAKS and low[after] != "*":
            return False
        for k in range(at - 1, at - SIGNING_TOKENS, -1):
            if k < 0 or low[k] in BREAKS:
                return True
            if low[k] not in SIGNING:
                return False
        return False

    def _in_symbol(self, at: int) -> bool:
        """Whether an abbreviation is part of a document's symbol: 12/KH-UBND, 25 - KH/ĐU, 48/UBND-SYT."""
        words = self.names.words
        if at == 0 or words.low[at - 1] not in ("-", "–", "/", "_"):
            return False
        before = at - 2
        if before < 0 or not words.is_word(before):
            return False
        if words.is_glued(at) and words.is_glued(at - 1):
            in_number = before > 0 and words.low[before - 1] == "/" and words.is_glued(before)
            return in_number or not self.names.lexicon.heads.longest(words, before)
        opened = ("/",) if words.low[at - 1] != "/" else ("-", "–", "/")
        return words.is_shouted(before) and before > 0 and words.low[before - 1] in opened

    # ------------------------------------------------------------- collectives and places

    def _many(self, at: int) -> Found | None:
        """ "các …": a list of members, or units of one kind."""
        found = self._group(at + 1, told=True)
        one = self.unit(at + 1)
        if found is None or (one is not None and one.after > found.after):
            found = one
        if found is None or found.rule == "unit:dang_cong_san":
            return None
        return replace(found, name=f"các {found.name}", collective=True)

    def _group(self, at: int, *, told: bool) -> Found | None:
        """A list of members ("sở, ban, ngành"); `told` when "các" stands before it; none where a name ends ("Tân Hội")."""
        members = group_members(self.names, at, told=told)
        if not members:
            return None
        first = next(m.value for m in members if m.value.weight != "weak")
        after = members[-1].after
        name = self.names.words.printed(at, after).lower()
        found = Found(after, name, first.kind, level_of(first.level), f"unit:group_{first.id}", collective=True)
        if first.kind == "don_vi_hanh_chinh" and first.level != "thon":
            return None if self.names.proper_name(after) else found
        return self._of_whom(found)

    def _of_whom(self, found: Found) -> Found:
        """A collective with the unit to which its members belong: "các đơn vị trực thuộc" + "Sở", "… thuộc" + "UBND xã"."""
        names, after = self.names, found.after
        belongs = names.words.low[after] == "thuộc"
        at = after + 1 if belongs else after
        inner = self.unit(at, depth=1) if names.begins_unit(at) else None
        if inner is not None:
            between = "thuộc " if belongs else ""
            return found.plus(Piece(inner.after, between + inner.name, inner.level))
        bare = self._bare_inner(replace(found, after=at)) if belongs or names.words.low[after - 1] == "thuộc" else None
        return bare or found.plus(names.tail(after))

    def _place(self, at: int) -> Found | None:
        is_rank = at > 0 and self.names.words.low[at - 1] == "cấp"
        place = None if is_rank else self.names.place(at)
        if place is None:
            return None
        return Found(place.after, place.name, "don_vi_hanh_chinh", place.level, "unit:place", tied=True)
