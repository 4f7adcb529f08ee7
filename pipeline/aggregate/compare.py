"""Two plans compared, or two folders of plans, such as those of last year and of this year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from models import PlanRecord, Unit
from pipeline.aggregate.compare_references import compare_references
from pipeline.aggregate.compare_sections import compare_sections
from pipeline.aggregate.compare_tasks import compare_tasks
from pipeline.aggregate.comparison import Comparison, FolderComparison, PlanName
from pipeline.aggregate.similar import Pair, best_pairs, likeness, yearless
from pipeline.knowledge.text import squash

TITLE_ALIKE = 0.5
_LEVEL_WORD = re.compile(r"\b(?:xã|phường|thị trấn|đặc khu|thị xã|huyện|quận|thành phố|tỉnh)\b ?")
_COMMITTEE = re.compile(r"^(?:ubnd|ủy ban nhân dân)\b ?")


def compare_plans(old: PlanRecord, new: PlanRecord) -> Comparison:
    """What the new plan keeps, changes, adds and drops against the old one; the same records give the same result."""
    return Comparison(
        old=PlanName.of(old),
        new=PlanName.of(new),
        sections=compare_sections(old.sections, new.sections),
        directives=compare_references(old.references, new.references),
        tasks=compare_tasks(old, new),
    )


def compare_folders(old: Sequence[PlanRecord], new: Sequence[PlanRecord]) -> FolderComparison:
    """Every old plan compared with the new plan of the same issuer and topic; the plans without a partner listed.

    A commune keeps its identity through a change of its level word (thị trấn, xã, phường) and of the district above
    it. A plan whose issuer was not read finds no partner.
    """
    first, second = sorted(old, key=_order), sorted(new, key=_order)
    pairs = sorted(_pair(first, second), key=lambda pair: (pair.new, pair.old))
    with_partner = {pair.old for pair in pairs}, {pair.new for pair in pairs}
    return FolderComparison(
        pairs=tuple(compare_plans(first[pair.old], second[pair.new]) for pair in pairs),
        only_old=tuple(PlanName.of(record) for at, record in enumerate(first) if at not in with_partner[0]),
        only_new=tuple(PlanName.of(record) for at, record in enumerate(second) if at not in with_partner[1]),
    )


def issuer_key(unit: Unit | None) -> str | None:
    """What stays of an issuer's name through a reform: body and own name, without level words and the bodies above.

    A People's Committee is the unit itself: letterheads often name the commune alone.
    """
    if unit is None:
        return None
    own = squash(unit.name).split(",")[0]
    return _LEVEL_WORD.sub("", _COMMITTEE.sub("", own)).strip() or None


def _order(record: PlanRecord) -> tuple[str, str, str, str]:
    header = record.header
    return (issuer_key(header.issuer) or "~", header.topic or "~", record.source.file_name, record.plan_id)


def _pair(old: Sequence[PlanRecord], new: Sequence[PlanRecord]) -> list[Pair]:
    by_issuer: dict[str, list[int]] = defaultdict(list)
    for at, record in enumerate(old):
        if key := issuer_key(record.header.issuer):
            by_issuer[key].append(at)
    found = []
    for at, record in enumerate(new):
        for other in by_issuer.get(issuer_key(record.header.issuer) or "", ()):
            score = _closeness(old[other], record)
            if score is not None:
                found.append(Pair(other, at, score))
    return best_pairs(found)


def _closeness(old: PlanRecord, new: PlanRecord) -> float | None:
    """How well two plans of one issuer fit, None where they cannot be a pair: other levels, topics or titles."""
    first, second = old.header, new.header
    levels = {unit.level for unit in (first.issuer, second.issuer) if unit and unit.level}
    titles = likeness(yearless(first.title or ""), yearless(second.title or ""))
    if len(levels) > 1 or (first.topic and second.topic and first.topic != second.topic):
        return None
    if not (first.topic and second.topic) and titles < TITLE_ALIKE:
        return None
    same_topic = 1.0 if first.topic and first.topic == second.topic else 0.0
    above = issuer_key(first.parent_issuer), issuer_key(second.parent_issuer)
    return same_topic + titles + (0.5 if above[0] and above[0] == above[1] else 0.0)
