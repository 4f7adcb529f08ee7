"""Who issued the plan: from the letterhead, else from the sentence that announces it, else from what stands below it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from models import Closing
from pipeline.assemble.header import OwnHead
from pipeline.assemble.issuer_names import BARE_COMMITTEE, completed
from pipeline.knowledge.admin_units import AdminUnits
from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.syllables import is_syllable
from pipeline.knowledge.text import fold, squash
from pipeline.values import Frame, NormalText, Span, UnitMention

_ANNOUNCES = re.compile(
    r"\s*[,)]?\s*(?:\w+\s+){0,6}?(?:ban hành|xây dựng|lập|triển khai|tổ chức|đề ra|có)\s+(?:\w+\s+){0,4}?"
    r"(?:kế hoạch|phương án|phương số|chương trình)"
)
# What a body says in its closing sentence: "Trên đây là Kế hoạch …, UBND xã đề nghị …".
_ASKS = re.compile(r"\s*,?\s*(?:kính )?(?:đề nghị|yêu cầu)\b")
_SPEAKS_NEXT = re.compile(r"(?:^|[,;.:])\s*$")
# Whose plan it is: "Trên đây là Kế hoạch … năm 2026 của Sở …"; a cited document in between may be another body's.
_OWN_PLAN = re.compile(
    r"trên đây là (?:toàn bộ )?(?:nội dung )?(?:bản )?(?:kế hoạch|phương án|chương trình)\b(?P<topic>[^.;:]*)\bcủa\s+$"
)
_CITES = re.compile(
    r"\bsố\b|\b(?:nghị quyết|chỉ thị|quyết định|kế hoạch|chương trình|đề án|kết luận|thông tư|công văn|hướng dẫn)\b"
)
_CITED = re.compile(r"(?:của|tại|theo đề nghị của|do)\s+$")
_BODY_START = re.compile(
    r"(?:cục|chi cục|đoàn|ban|phòng|trung tâm|trường|hội|đội|tổ|văn phòng|viện|trạm|liên đội|hạt|đồn|thanh tra|chi nhánh|"
    r"công ty|khoa|sở|hội đồng|câu lạc bộ|ủy ban)\b"
)
# Abbreviations whose full form is certain; a name with another one stays as printed.
_CERTAIN = {
    "ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "mttq": "mặt trận tổ quốc", "tp": "thành phố", "tx": "thị xã",
    "tt": "thị trấn",
} | dict.fromkeys(
    (
        "mttqvn", "ubmttq", "ubmttqvn", "ubmt", "vn", "hcm", "tphcm", "tncs", "lđlđ", "lhpn", "hlhpn", "pn", "hnd",
        "ccb", "hccb", "nct", "ctđ", "tnxp", "đtn", "bch", "btv", "btt", "ttyt", "bhxh", "chqs", "nvqs", "tđkt", "htx",
        "gd", "đt", "gdđt", "gdnn", "gdtx", "bcđ", "nn", "ptnt", "tn", "mt", "lđ", "tbxh",
    ),
    "",
)  # fmt: skip
_YOUTH_UNION = "đoàn thanh niên cộng sản hồ chí minh"
_LETTERS = re.compile(r"[^\W\d_]+")
_ON_BEHALF = re.compile(r"t\s?[./]?\s?m\s?[.*/]?\s{0,2}$")
_FILED = re.compile(r"\W{0,4}lưu\b")
_COMMITTEE_SYMBOL = re.compile(r"(?:^|[-/])UBND(?:-|$)")
_COMMUNE_COMMITTEE = re.compile(rf"{BARE_COMMITTEE} (?:xã|phường|thị trấn|đặc khu)")
_NO_ISSUERS = ("don_vi_hanh_chinh", "chuc_danh")
_NO_FILERS = (*_NO_ISSUERS, "phong_ban")


@dataclass(frozen=True, slots=True)
class Issuers:
    """The issuing body and its parent as unit values without id; `rule` says where the issuer was read."""

    issuer: UnitMention | None
    parent: UnitMention | None


def find_issuers(
    normal: NormalText, frame: Frame, units: Sequence[UnitMention], head: OwnHead, closing: Closing, knowledge: Knowledge
) -> Issuers:
    """The issuer and its parent, the rule telling where they were read; null rather than a guess where nothing names one."""
    found = _from_letterhead(normal, frame, units)
    if found.issuer is None:
        found = Issuers(next(_below(normal, frame, units, head, closing), None), None)
    if found.issuer is None:
        return found
    issuer = _levelled(found.issuer, normal, frame, units)
    issuer = completed(issuer, found.parent, units, head.place, knowledge.derived(AdminUnits))
    return Issuers(issuer, found.parent)


def _below(
    normal: NormalText, frame: Frame, units: Sequence[UnitMention], head: OwnHead, closing: Closing
) -> Iterator[UnitMention]:
    """Issuers that a plan without a letterhead tells otherwise, the surest first."""
    bodies = [unit for unit in units if unit.kind not in _NO_ISSUERS and not unit.collective]
    sources: tuple[tuple[Callable[[], UnitMention | None], str, float], ...] = (
        (lambda: _announced(normal, frame, bodies), "announces", 0.9),
        (lambda: _by_symbol(bodies, head), "symbol_and_place", 0.7),
        (lambda: _closes(normal, frame, bodies), "closing_sentence", 0.8),
        (lambda: _signed_for(normal, frame, bodies), "signature", 0.8),
        (lambda: _filed_by(normal, frame, bodies), "filing", 0.5),
        (lambda: _signed_by(bodies, closing), "digital_signature", 0.7),
    )
    for find, rule, confidence in sources:
        unit = find()
        if unit is not None:
            yield _ruled(unit, rule, confidence)


def _by_symbol(bodies: Sequence[UnitMention], head: OwnHead) -> UnitMention | None:
    """`12/KH-UBND` and `Sơn Hạ, ngày …`: the committee of the commune, where the text names committees of one level only."""
    if head.place is None or head.number is None or not _COMMITTEE_SYMBOL.search(head.number.symbol):
        return None
    committees = [unit for unit in bodies if unit.kind == "uy_ban" and _COMMUNE_COMMITTEE.fullmatch(fold(unit.name))]
    return committees[0] if len({fold(unit.name) for unit in committees}) == 1 else None


def _signed_for(normal: NormalText, frame: Frame, bodies: Sequence[UnitMention]) -> UnitMention | None:
    """The body behind `TM.` above the signature."""
    for unit, line in _in_lines(bodies, frame.signature):
        if _ON_BEHALF.search(fold(normal.text[line.start : unit.start])):
            return unit
    return None


def _filed_by(normal: NormalText, frame: Frame, bodies: Sequence[UnitMention]) -> UnitMention | None:
    """The body that the line `Lưu:` names."""
    lines = [line for line in frame.recipients if _FILED.match(fold(normal.text[line.start : line.end]))]
    inside = [unit for unit, _ in _in_lines(bodies, lines) if unit.kind not in _NO_FILERS]
    return inside[0] if len(inside) == 1 else None


def _in_lines(units: Sequence[UnitMention], lines: Sequence[Span]) -> Iterator[tuple[UnitMention, Span]]:
    """Units that stand wholly in one of the lines, with their line."""
    ordered = sorted(lines)
    for unit in units:
        at = bisect_right(ordered, unit.start, key=lambda line: line.start) - 1
        if at >= 0 and unit.end <= ordered[at].end:
            yield unit, ordered[at]


def _signed_by(bodies: Sequence[UnitMention], closing: Closing) -> UnitMention | None:
    """The body that a digital signature names as its signer's organisation, where the text names it too."""
    owners = [squash(signature.organisation) for signature in closing.digital_signatures if signature.organisation]
    named = [unit for unit in bodies if any(squash(unit.name) in owner for owner in owners)]
    return max(named, key=lambda unit: len(unit.name), default=None)


def _levelled(
    issuer: UnitMention, normal: NormalText, frame: Frame, units: Sequence[UnitMention]
) -> UnitMention:
    """A letterhead's `ỦY BAN NHÂN DÂN` with the level that the announcing sentence gives it: "UBND tỉnh ban hành …"."""
    if fold(issuer.name) != BARE_COMMITTEE:
        return issuer
    announced = _announced(normal, frame, [unit for unit in units if unit.kind == "uy_ban" and not unit.collective])
    if announced is None or announced.level is None:
        return issuer
    return replace(issuer, name=announced.name, level=announced.level, rule="completed_by_body", confidence=0.8)


def _from_letterhead(normal: NormalText, frame: Frame, units: Sequence[UnitMention]) -> Issuers:
    """The last body in the issuer lines issued, the one above it is its parent (Nghị định 30/2020, Phụ lục I, II.2)."""
    lines = frame.issuer_lines
    if not lines:
        return Issuers(None, None)
    zone = Span(lines[0].start, lines[-1].end)
    inside = [u for u in units if zone.start <= u.start and u.end <= zone.end and u.kind != "don_vi_hanh_chinh"]
    inside = [u for u in inside if _begins_in(u, lines) and _ends_in(u, lines)]
    whole = _printed(normal, lines[-1], inside)
    if whole is not None:
        inside = [u for u in inside if u.end <= whole.start] + [whole]
    # The Youth Union sets its name where the state sets its motto: beside the bodies that issued, it is none of them.
    inside = [u for u in inside if fold(u.name) != _YOUTH_UNION] or inside
    if not inside:
        return Issuers(None, None)
    issuer = _as_printed(normal, inside[-1])
    parent = inside[-2] if len(inside) > 1 else None
    return Issuers(_ruled(issuer, "letterhead", 1.0), _ruled(parent, "letterhead", 1.0) if parent else None)


def _begins_in(unit: UnitMention, lines: Sequence[Span]) -> bool:
    return any(line.start <= unit.start < line.end for line in lines)


def _ends_in(unit: UnitMention, lines: Sequence[Span]) -> bool:
    return any(line.start < unit.end <= line.end for line in lines)


def _printed(normal: NormalText, line: Span, inside: Sequence[UnitMention]) -> UnitMention | None:
    """A body that no rule knows by name, as printed: where the known names cover less than most of the last line."""
    ours = [u for u in inside if line.start < u.end]
    covered = sum(u.end - max(u.start, line.start) for u in ours)
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
    full = " ".join(_CERTAIN.get(word) or word for word in fold(printed).replace(".", " ").split())
    short = (word for word in _LETTERS.findall(fold(printed)) if word not in _CERTAIN)
    whole = squash(full) == squash(unit.name) or all(map(is_syllable, short))
    return unit if whole else replace(unit, name=printed)


def _announced(normal: NormalText, frame: Frame, bodies: Sequence[UnitMention]) -> UnitMention | None:
    """The body that "ban hành Kế hoạch" in the preamble or a portal's sentence; else the one in the closing sentence."""
    for zone in (frame.preamble, frame.closing):
        if zone is None:
            continue
        for unit in bodies:
            if not zone.start <= unit.start < zone.end:
                continue
            before = fold(normal.text[max(zone.start, unit.start - 20) : unit.start])
            if not _CITED.search(before) and _ANNOUNCES.match(fold(normal.text[unit.end : unit.end + 90])):
                return unit
    return None


def _closes(normal: NormalText, frame: Frame, bodies: Sequence[UnitMention]) -> UnitMention | None:
    """The body whose plan the closing sentence calls it, else the one that asks there for its execution."""
    if frame.closing is None:
        return None
    inside = [unit for unit in bodies if frame.closing.start <= unit.start < frame.closing.end]
    for unit in inside:
        owned = _OWN_PLAN.search(fold(normal.reading[frame.closing.start : unit.start]))
        if owned is not None and not _CITES.search(owned["topic"]):
            return unit
    for unit in inside:
        before = fold(normal.reading[max(frame.closing.start, unit.start - 20) : unit.start])
        if _SPEAKS_NEXT.search(before) and _ASKS.match(fold(normal.reading[unit.end : unit.end + 30])):
            return unit
    return None


def _ruled(unit: UnitMention, rule: str, confidence: float) -> UnitMention:
    return replace(unit, rule=rule, confidence=min(confidence, unit.confidence))
