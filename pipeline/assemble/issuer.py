"""Who issued the plan: from the letterhead, else from the sentence that announces it; completed by place and body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models import Unit
from pipeline.assemble.places import Places
from pipeline.knowledge.text import fold, squash
from pipeline.values import Frame, NormalText, Span, UnitMention

_ANNOUNCES = re.compile(
    r"\s*[,)]?\s*(?:\w+\s+){0,6}?(?:ban hành|xây dựng|lập|triển khai|tổ chức|đề ra|có)\s+(?:\w+\s+){0,4}?"
    r"(?:kế hoạch|phương án|phương số|chương trình)"
)
_CITED = re.compile(r"(?:của|tại|theo đề nghị của|do)\s+$")
_BODY_START = re.compile(
    r"(?:cục|chi cục|đoàn|ban|phòng|trung tâm|trường|hội|đội|tổ|văn phòng|viện|trạm|liên đội|hạt|đồn|thanh tra|chi nhánh|"
    r"công ty|khoa|sở|hội đồng|câu lạc bộ)\b"
)
# Abbreviations whose full form is certain; others stay as printed in the issuer's name.
_CERTAIN = {"ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "mttq": "mặt trận tổ quốc"}
_LEVEL_ONLY = re.compile(r"(?:tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường)$")
_LEVELS_BY_PLACE = ("xã", "phường", "thị trấn")
_COMMITTEE_OF = re.compile(r"Ủy ban nhân dân ((?:tỉnh|thành phố|huyện|quận|thị xã) .+)")
_DEPARTMENT = re.compile(r"(?:sở|phòng) (?:(?!\b(?:tỉnh|thành phố|huyện|quận|thị xã)\b).)+")
_LEVEL_START = re.compile(r"(?:xã|phường|thị trấn)\s")


@dataclass(frozen=True, slots=True)
class Issuers:
    """The issuing body and its parent as unit values without id; `rule` says where the issuer was read."""

    issuer: UnitMention | None
    parent: UnitMention | None


def find_issuers(normal: NormalText, frame: Frame, units: Sequence[UnitMention], place: str | None) -> Issuers:
    """The issuer and its parent; null rather than a guess where neither letterhead nor body names one."""
    found = _from_letterhead(normal, frame, units)
    if found.issuer is None:
        announced = _from_body(normal, frame, units)
        found = Issuers(announced, None)
    if found.issuer is None:
        return found
    issuer = _named_by_parent(found.issuer, found.parent) or _completed(found.issuer, normal, units, place)
    return Issuers(issuer, found.parent)


def issuer_unit(mention: UnitMention | None, text: str, unit_id: str, places: Places) -> Unit | None:
    """The issuer as a unit of the record."""
    if mention is None:
        return None
    return Unit(
        id=unit_id,
        text=text[mention.start : mention.end],
        start=mention.start,
        end=mention.end,
        page=places.page(mention.start),
        section_id=None,
        rule=mention.rule,
        confidence=mention.confidence,
        name=mention.name,
        kind=mention.kind,
        level=mention.level,
        same_as_issuer=unit_id == "issuer",
    )


def _from_letterhead(normal: NormalText, frame: Frame, units: Sequence[UnitMention]) -> Issuers:
    """The last body in the issuer lines issued, the one above it is its parent (Nghị định 30/2020, Phụ lục I, II.2)."""
    lines = frame.issuer_lines
    if not lines:
        return Issuers(None, None)
    zone = Span(lines[0].start, lines[-1].end)
    inside = [u for u in units if zone.start <= u.start and u.end <= zone.end and u.kind != "don_vi_hanh_chinh"]
    inside = [u for u in inside if any(line.start <= u.start and u.end <= line.end for line in lines)]
    whole = _printed(normal, lines[-1], inside)
    if whole is not None:
        inside = [u for u in inside if u.end <= whole.start] + [whole]
    if not inside:
        return Issuers(None, None)
    issuer = _as_printed(normal, inside[-1])
    parent = inside[-2] if len(inside) > 1 else None
    return Issuers(_ruled(issuer, "letterhead", 1.0), _ruled(parent, "letterhead", 1.0) if parent else None)


def _printed(normal: NormalText, line: Span, inside: Sequence[UnitMention]) -> UnitMention | None:
    """A body that no rule knows by name, as printed: where the known names cover less than most of the last line."""
    ours = [u for u in inside if line.start <= u.start]
    covered = sum(u.end - u.start for u in ours)
    if ours and covered >= 0.8 * (line.end - line.start):
        return None
    start = line.start
    if ours:
        rest = normal.reading[ours[-1].end : line.end]
        if _BODY_START.match(fold(rest.strip())):
            start = line.end - len(rest.lstrip())
        elif ours[-1].start - line.start > 0.3 * (line.end - line.start):
            return None
    return UnitMention(start, line.end, " ".join(normal.reading[start : line.end].split()), "khac", None, "printed")


def _as_printed(normal: NormalText, unit: UnitMention) -> UnitMention:
    """The issuer's name keeps abbreviations that could be read in more than one way."""
    printed = " ".join(normal.reading[unit.start : unit.end].split())
    full = " ".join(_CERTAIN.get(word, word) for word in fold(printed).split())
    return unit if squash(full) == squash(unit.name) else replace(unit, name=printed)


def _from_body(normal: NormalText, frame: Frame, units: Sequence[UnitMention]) -> UnitMention | None:
    """The body that "ban hành Kế hoạch" in the preamble or a portal's sentence; else the one in the closing sentence."""
    for zone in (frame.preamble, frame.closing):
        if zone is None:
            continue
        for unit in units:
            if unit.collective or not zone.start <= unit.start < zone.end or unit.kind in ("don_vi_hanh_chinh", "chuc_danh"):
                continue
            before = fold(normal.text[max(zone.start, unit.start - 20) : unit.start])
            if not _CITED.search(before) and _ANNOUNCES.match(fold(normal.text[unit.end : unit.end + 90])):
                return _ruled(unit, "announces", 0.9)
    return None


def _named_by_parent(issuer: UnitMention, parent: UnitMention | None) -> UnitMention | None:
    """`Sở Tư pháp` below `UBND tỉnh Hải Dương` is `Sở Tư pháp tỉnh Hải Dương`: every province has one."""
    place = _COMMITTEE_OF.fullmatch(parent.name) if parent else None
    if place is None or not _DEPARTMENT.fullmatch(fold(issuer.name)):
        return None
    return _named(issuer, f"{issuer.name} {place[1]}", "completed_by_parent")


def _completed(issuer: UnitMention, normal: NormalText, units: Sequence[UnitMention], place: str | None) -> UnitMention:
    """"Ủy ban nhân dân xã" gets its name from a longer mention of the same body, or from the dateline's place."""
    name = fold(issuer.name)
    bare = name == "ủy ban nhân dân"
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
    if bare and _LEVEL_START.match(fold(place)):
        return _named(issuer, f"{issuer.name} {place[0].lower()}{place[1:]}", "completed_by_place")
    return issuer


def _named(unit: UnitMention, name: str, rule: str) -> UnitMention:
    return replace(unit, name=name, rule=rule, confidence=0.8)


def _ruled(unit: UnitMention, rule: str, confidence: float) -> UnitMention:
    return replace(unit, rule=rule, confidence=min(confidence, unit.confidence))
