"""The issuer's name in full: what a letterhead leaves out stands in the line above it, in the body or in the dateline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.knowledge.admin_units import AdminUnits, places_in
from pipeline.knowledge.text import UPPER, fold
from pipeline.values import UnitMention

BARE_COMMITTEE = "ủy ban nhân dân"
_LEVEL_ONLY = re.compile(r"(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường)$")
_LEVELS_BY_PLACE = ("xã", "phường", "thị trấn")
_LEVEL_START = re.compile(r"(?:xã|phường|thị trấn)\s")
_LEVEL_INSIDE = re.compile(r"\b(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường)\b(?! hội)")
_VILLAGE = re.compile(r"\b(?:thôn|bản|làng|ấp|buôn|xóm|khóm|khu phố|khối phố|khu dân cư|tổ dân phố)\b")
# Bodies of which every place has one of its own, so that only the place tells them apart.
_OF_A_PLACE = re.compile(
    r"(?:sở|phòng|văn phòng|ban chỉ đạo|ban chỉ huy|ban tổ chức|ban quản lý|ban bầu cử|ủy ban bầu cử|hội đồng|tổ công tác|"
    r"tổ giúp việc|tiểu ban|trung tâm|công an|thanh tra)\b.*"
)
# An event with a name of its own tells its organisers apart already: "Ban Tổ chức lễ hội Đền Thượng".
_OWN_EVENT = re.compile(rf"Ban Tổ chức (?:lễ hội|ngày hội|hội|giải|cuộc thi|hội thi) [{UPPER}]\w*(?: [{UPPER}]\w*)+")
_STANDING = {
    fold(name): name
    for name in ("Ban Thường trực", "Ban Thường vụ", "Ban Chấp hành", "Thường trực", "Đoàn Chủ tịch", "Ủy ban Kiểm tra")
}
_PROVINCIAL = re.compile(r"sở \w.*")


def completed(
    issuer: UnitMention,
    parent: UnitMention | None,
    units: Sequence[UnitMention],
    place: str | None,
    register: AdminUnits,
) -> UnitMention:
    """The issuer with the rest of its name and the rule that found it; unchanged where its name is whole or nothing tells.

    A name in capitals is one that the tables do not know and stays as printed.
    """
    settled = _standing(issuer, parent) or _registered(issuer, register)
    if settled is not None or issuer.name.isupper():
        return settled or issuer
    named = _by_parent(issuer, parent) or _by_province(issuer, parent, place, register)
    return named or _by_body_or_place(issuer, units, place, register)


def _standing(issuer: UnitMention, parent: UnitMention | None) -> UnitMention | None:
    """`BAN THƯỜNG TRỰC` below the committee of the Front is that committee's."""
    name = _STANDING.get(fold(issuer.name))
    if name is None or parent is None or parent.kind not in ("dang", "mat_tran_doan_the"):
        return None
    return _named(issuer, f"{name} {parent.name}", "completed_by_parent", kind=parent.kind, level=parent.level)


def _registered(issuer: UnitMention, register: AdminUnits) -> UnitMention | None:
    """`ỦY BAN NHÂN DÂN XÃ VĂN MINH`: a name made of common words, told in capitals only by the register."""
    if not issuer.name.isupper() or not fold(issuer.name).startswith(BARE_COMMITTEE + " "):
        return None
    named = register.named(issuer.name[len(BARE_COMMITTEE) + 1 :])
    if not named:
        return None
    place = f"{named[0].name[:1].lower()}{named[0].name[1:]}"
    return _named(issuer, f"Ủy ban nhân dân {place}", issuer.rule, kind="uy_ban", level=named[0].level)


def _by_parent(issuer: UnitMention, parent: UnitMention | None) -> UnitMention | None:
    """`Sở Tư pháp` below `UBND tỉnh Hải Dương`: every province has one."""
    if parent is None:
        return None
    name, places = fold(issuer.name), places_in(parent.name)
    if not places or _LEVEL_INSIDE.search(name) or parent.kind not in ("uy_ban", "dang"):
        return None
    if issuer.kind == "dang" and parent.kind == "dang" and not _VILLAGE.search(name):
        return _named(issuer, f"{issuer.name} {parent.name}", "completed_by_parent", level=parent.level)
    if _OF_A_PLACE.fullmatch(name) and not _OWN_EVENT.match(issuer.name):
        return _named(issuer, f"{issuer.name} {places[-1]}", "completed_by_parent", level=parent.level)
    return None


def _by_province(
    issuer: UnitMention, parent: UnitMention | None, place: str | None, register: AdminUnits
) -> UnitMention | None:
    """`Sở Y tế`, `Kiên Giang, ngày …`: the dateline of a provincial office bears the province's name."""
    whole = parent is not None and fold(parent.name) != BARE_COMMITTEE
    if place is None or whole or not _PROVINCIAL.fullmatch(fold(issuer.name)) or _LEVEL_INSIDE.search(fold(issuer.name)):
        return None
    names = [name for name in (f"tỉnh {place}", f"thành phố {place}") if _is_province(name, register)]
    return _named(issuer, f"{issuer.name} {names[0]}", "completed_by_place") if len(names) == 1 else None


def _is_province(name: str, register: AdminUnits) -> bool:
    return any(unit.is_province for unit in register.named(name))


def _by_body_or_place(
    issuer: UnitMention, units: Sequence[UnitMention], place: str | None, register: AdminUnits
) -> UnitMention:
    """"Ủy ban nhân dân xã" gets its name from a longer mention of the same body, or from the dateline's place."""
    name = fold(issuer.name)
    bare = name == BARE_COMMITTEE
    if not bare and not _LEVEL_ONLY.search(name):
        return issuer
    longer = {u.name for u in units if u.kind == issuer.kind and not u.collective and fold(u.name).startswith(name + " ")}
    if len(longer) == 1 and not bare:
        return _named(issuer, longer.pop(), "completed_by_body")
    if place is None:
        return issuer
    if name.endswith(_LEVELS_BY_PLACE):
        own = [n for n in longer if fold(n).endswith(" " + fold(place))]
        if own or not longer:
            return _named(issuer, own[0] if own else f"{issuer.name} {place}", "completed_by_place")
    if name.endswith(" tỉnh") and _is_province(f"tỉnh {place}", register):
        return _named(issuer, f"{issuer.name} {place}", "completed_by_place")
    if bare and _LEVEL_START.match(fold(place)):
        return _named(issuer, f"{issuer.name} {place[0].lower()}{place[1:]}", "completed_by_place")
    return issuer


def _named(unit: UnitMention, name: str, rule: str, **told: object) -> UnitMention:
    return replace(unit, name=name, rule=rule, confidence=0.8, **told)  # type: ignore[arg-type]
