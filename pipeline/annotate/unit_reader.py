"""Reads one unit mention where it begins: its head, what goes on the name, and the level that closes it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from models.mentions import UnitKind, UnitLevel
from pipeline.annotate.unit_contents import company, cooperative, domain, named_after
from pipeline.annotate.unit_groups import group_members, weak_members_end
from pipeline.annotate.unit_lexicon import MANY, Match
from pipeline.annotate.unit_names import NameReader
from pipeline.annotate.unit_pieces import Piece
from pipeline.annotate.unit_purposes import purpose
from pipeline.annotate.unit_words import BREAKS
from pipeline.knowledge.units import UnitHead, level_of

SIGNING = frozenset(("tm", "kt", "tl", "tuq", "q", "t", "m", "k", ".", "*", "/"))
OPENING = frozenset("([\"“‘'")
DEPTH = 4
LEADING = frozenset(("unit", "mustunit"))
BARE_OFFICES = frozenset(("sở", "bộ", "hội", "trạm"))
BARE_PAIRS = frozenset((("ủy", "ban"), ("trung", "tâm")))
SIGNING_TOKENS = 6
AREA = ("trên", "địa", "bàn")
DUTIES = frozenset(("phải", "cần"))


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
            comrades = low[at + 1] == "đồng" and low[at + 2] == "chí"
            return self._comrades(at) if comrades else self._many(at) if low[at + 1] in lexicon.starters else None
        listed = self._group(at, told=False) if lexicon.groups.may_begin(words, at) else None
        return listed or self.unit(at) or (self._place(at) if lexicon.levels.may_begin(words, at) else None)

    # ------------------------------------------------------------- heads

    def unit(self, at: int, depth: int = 0) -> Found | None:
        """A unit by its head: the longest head whose name can be completed."""
        names = self.names
        heads = names.lexicon.heads.longest_first(names.words, at)
        if heads and names.lexicon.is_commune_of_body(names.words, at):
            return None
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
        if "term" in row.follow:
            found = found.plus(self.names.term(found.after))
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
            piece = domain(names, after, at)
            if piece is not None and row.kind == "mat_tran_doan_the":
                piece = piece._replace(kind=None)  # a youth cell of the army stays one of the Youth Union
        elif "rolefield" in follow:
            piece = names.field(after, "role")
        elif "school" in follow:
            listed = at > 0 and names.words.low[at - 1] in MANY
            piece = names.schools(after) if listed else names.field(after, "school")
        elif "company" in follow:
            piece = company(names, after)
        elif "htx" in follow:
            piece = cooperative(names, after)
        open_ended = piece is None and ("work" in follow or "task" in follow) and names.tail(after) is None
        if open_ended and not ("unit" in follow and names.begins_unit(after)):
            piece = purpose(names, after, open_ended="task" in follow and names.words.is_capital(at))
        if piece is None and "field" in follow:
            piece = named_after(names, after, at)
        return found.plus(piece)

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
        if "about" in row.follow and (piece := self._about(found)) is not None:
            found = found.plus(piece).plus(names.tail(piece.after))
        return found

    def _about(self, found: Found) -> Piece | None:
        """What a board is about, behind its level: "về" and a domain; at the centre also the domain alone, if no verb."""
        names, at = self.names, found.after
        if names.words.low[at] == "về":
            field = names.field(at + 1, "office")
            return Piece(field.after, f"về {field.name}") if field else None
        field = names.field(at, "office") if found.level == "trung_uong" else None
        verb = names.lexicon.openers.longest(names.words, at)
        return None if field is None or (verb is not None and verb.after >= field.after) else field

    def _with_name(self, found: Found, row: UnitHead) -> Found:
        """The mention with a proper name: one syllable is enough where names are usual, else two."""
        names, at = self.names, found.after
        if names.tail(at) is not None or names.begins_unit(at):
            return found
        name = names.proper_name(at, numbered="name" in row.follow)
        if name is None or ("name" not in row.follow and name.after - at == 1):
            return found
        if "school" not in row.follow:
            return found.plus(name)
        numbered = names.words.low[name.after - 1].isdigit()
        return found.plus(name).plus(names.proper_name(name.after) if numbered else names.closing_number(name.after))

    def _is_any_school(self, after: int, at: int) -> bool:
        """Whether only a kind of school is named, in small letters: "Điều lệ trường trung học cơ sở"."""
        names, words = self.names, self.names.words
        field = names.field(after, "school") if words.low[at - 1] not in MANY or at == 0 else None
        if field is None or any(words.is_capital(k) for k in range(at, field.after)) or names.proper_name(field.after):
            return False
        return names.tail(field.after) is None and names.number(field.after) is None

    # ------------------------------------------------------------- may it stand

    def _is_allowed(self, row: UnitHead, at: int) -> bool:
        words = self.names.words
        if "apart" in row.follow and at > 0 and words.is_word(at - 1) and words.is_capital(at - 1):
            return words.low[at - 1].isdigit() or (words.low[at - 1] in self.names.lexicon.leads and words.is_capital(at))
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
        found = found or self._subject(at + 1)
        if found is None or found.rule == "unit:dang_cong_san":
            return None
        return self._in_area(replace(found, name=f"các {found.name}", collective=True))

    def _comrades(self, at: int) -> Found | None:
        """ "các đồng chí" + "Ủy viên Ban Chấp hành"."""
        found = self.unit(at + 3)
        if found is None or found.kind != "chuc_danh":
            return None
        return replace(found, name=f"các đồng chí {found.name}", collective=True)

    def _subject(self, at: int) -> Found | None:
        """ "Các đơn vị báo cáo …": they say who they are only as those of whom a sentence begins to tell."""
        names, words = self.names, self.names.words
        after = weak_members_end(names, at) if words.is_capital(at - 1) else 0
        if not after:
            return None
        verb = names.lexicon.openers.longest(words, after)
        begins = verb is not None and verb.after - after > 1  # "Các đơn vị được kiểm tra" are those of another office
        if not (begins or words.low[after] in DUTIES):
            return None
        return Found(after, words.printed(at, after).lower(), "khac", None, "unit:group_weak", confidence=0.8)

    def _in_area(self, found: Found) -> Found:
        """A collective with the area that bounds it: "các trường học" + "trên địa bàn xã"."""
        words, at = self.names.words, found.after
        if tuple(words.low[at : at + 3]) != AREA or (area := self.names.tail(at + 3)) is None:
            return found
        return found.plus(Piece(area.after, f"trên địa bàn {area.name}", area.level))

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
