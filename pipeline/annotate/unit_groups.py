"""Which words in a row make a collective: "các sở, ban, ngành", "các phòng, đơn vị"."""

from __future__ import annotations

from pipeline.annotate.unit_lexicon import Match
from pipeline.annotate.unit_names import NameReader
from pipeline.annotate.unit_words import JOINTS
from pipeline.knowledge.units import UnitGroup

GROUP_MEMBERS = 12
_OFFICES = frozenset(("co_quan", "don_vi", "dia_phuong"))
FEW_PLACES = 3


def group_members(names: NameReader, at: int, *, told: bool) -> list[Match[UnitGroup]]:
    """The members of a collective that begins at a token, `told` when "các" stands before it; empty where it is none.

    Members that say nothing themselves ("đơn vị") are left out at the end, but for the one that follows a single office.
    """
    if names.words.low[at] not in names.lexicon.group_starts or (not told and _ends_name(names, at)):
        return []
    listed = _listed(names, at)
    members = list(listed)
    while members and members[-1].value.weight == "weak":
        members.pop()
    if _is_collective(members, told=told):
        return members
    if told and len(members) == 1 and members[0].value.weight == "member":
        return listed[:2] if len(listed) > 1 else []
    return []


def weak_members_end(names: NameReader, at: int) -> int:
    """The token after members that say nothing themselves ("cơ quan, đơn vị"), 0 where others or none stand here."""
    listed = _listed(names, at)
    return listed[-1].after if listed and all(member.value.id in _OFFICES for member in listed) else 0


def _ends_name(names: NameReader, at: int) -> bool:
    """Whether the words before belong to a name that goes on here ("Tân Hội")."""
    words = names.words
    capitals = at > 0 and words.is_word(at - 1) and words.is_capital(at - 1) and words.is_capital(at)
    return capitals and not words.is_shouted(at) and not words.is_shouted(at - 1)


def _listed(names: NameReader, at: int) -> list[Match[UnitGroup]]:
    members, after, words = list[Match[UnitGroup]](), at, names.words
    while len(members) < GROUP_MEMBERS:
        found = names.lexicon.groups.longest(words, after)
        if found is None or names.lexicon.compound_after(words, after) > found.after:
            break
        if members and words.is_capital(after) and names.begins_unit(after):
            break
        members.append(found)
        if words.low[found.after] not in JOINTS:
            break
        after = found.after + 1
    return members


def _is_collective(members: list[Match[UnitGroup]], *, told: bool) -> bool:
    counted = [m.value for m in members if m.value.weight != "weak"]
    strong = any(row.weight == "strong" for row in counted)
    if told:
        return strong or len(counted) > 1
    if not members or members[0].value.weight == "weak":
        return False
    places = all(row.kind == "don_vi_hanh_chinh" for row in counted)
    return len(counted) >= (FEW_PLACES if places else 2)
