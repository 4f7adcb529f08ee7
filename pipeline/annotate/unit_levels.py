"""Levels in a row that close one name: "UBND các huyện, thị xã, thành phố", "UBND xã, thị trấn", "cấp xã/phường"."""

from __future__ import annotations

from models.mentions import UnitLevel
from pipeline.annotate.unit_lexicon import Lexicon
from pipeline.annotate.unit_pieces import Piece
from pipeline.annotate.unit_words import JOINTS, Words
from pipeline.knowledge.units import level_of

_FEWEST = 3
_FEWEST_TOLD = 2
_CENTRAL = ("trực thuộc trung ương", "trực thuộc tw")


def level_list(words: Words, lexicon: Lexicon, at: int) -> Piece | None:
    """Levels without "các": three or more, two joined by a slash ("xã/phường") or two of one rank ("xã, thị trấn").

    No place is both a commune and a township, so that two of one rank are a list even without a third.
    """
    after, names, ranks = at, list[str](), list[str | None]()
    slashed = False
    while (found := lexicon.level_at(words, after)) is not None:
        names.append(found.value.name)
        ranks.append(found.value.level)
        after = found.after
        if words.low[after] not in JOINTS and words.low[after] != "/":
            break
        slashed = slashed or words.low[after] == "/"
        after += 1
    known = {rank for rank in ranks if rank is not None}  # "thành phố" is of the rank of those beside it
    one_rank = len(known) == 1 and len(set(names)) == len(names)
    if len(names) < (_FEWEST_TOLD if slashed or one_rank else _FEWEST):
        return None
    return Piece(words.last_word(at, after), ", ".join(names), level_of(known.pop()) if one_rank else None)


def places_of(words: Words, lexicon: Lexicon, at: int) -> Piece | None:
    """ "các huyện, thị xã, thành phố (trực thuộc trung ương)"."""
    after, names = at + 1, list[str]()
    first: UnitLevel | None = None
    while (found := lexicon.groups.longest(words, after)) and found.value.kind == "don_vi_hanh_chinh":
        if lexicon.compound_after(words, after) > found.after:  # "các thành viên"
            break
        names.append(words.printed(after, found.after).lower())
        first, after = first or level_of(found.value.level), found.after
        if words.low[after] not in JOINTS:
            break
        after += 1
    if not names:
        return None
    after = words.last_word(at, after)
    name = "các " + ", ".join(names)
    for central in _CENTRAL:
        size = len(central.split())
        if " ".join(words.low[after : after + size]) == central:
            after, name = after + size, f"{name} trực thuộc Trung ương"
    return Piece(after, name, first)
