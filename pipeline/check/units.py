"""Units that cannot be told apart, and units that had ended when the plan gave them something to do."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from models import PlanRecord, Unit
from pipeline.check.found import Found
from pipeline.knowledge.admin_units import REFORM, places_in

_ENDED_LEVEL = re.compile(r"(?<!\w)(?:cấp huyện|huyện|quận|thị xã|thị trấn|Huyện ủy|Quận ủy|Thị ủy)(?!\w)")
_AUTHORITIES = ("uy_ban", "hdnd", "dang", "cong_an_quan_su", "don_vi_hanh_chinh")
_LARGER = re.compile(r"(?:tỉnh|thành phố|huyện|quận|thị xã)\s")
_SHOWN = 3


def check_units(record: PlanRecord) -> Iterator[Found]:
    """An issuer of which there are several, and units of the old order in a plan of the new one."""
    issued = record.header.issue_date.edtf.replace("XX", "00") if record.header.issue_date else ""
    issuer = record.header.issuer
    names = _of_its_name(record, issuer, issued) if issuer is not None and issuer.code is None else []
    if issuer is not None and len(names) > 1:
        detail = "; ".join(names[:_SHOWN]) + ("; …" if len(names) > _SHOWN else "")
        yield Found("ambiguous_unit", f"{issuer.name}: {detail}", issuer.start, issuer.end)
    if issued >= REFORM:
        yield from _ended(record, issued)


def _of_its_name(record: PlanRecord, issuer: Unit, issued: str) -> list[str]:
    """The units that the issuer may be; none where the plan names districts or provinces and all of them lie elsewhere.

    A unit that had ended before the plan's day did not issue it.
    """
    standing = [one for one in issuer.candidates if not issued or one.valid_to is None or one.valid_to.isoformat() >= issued]
    names = list({one.code: one.name for one in standing}.values())
    above = {place.casefold() for unit in record.units if unit.level in ("tinh", "huyen") for place in places_in(unit.name)}
    above = {place for place in above if _LARGER.match(place)}
    near = [name for name in names if any(place in name.casefold() for place in above)]
    return names if near or not above else []


def _ended(record: PlanRecord, issued: str) -> Iterator[Found]:
    """Authorities that must act or are sent the plan although they had ended; what is only told of them is history."""
    seen: set[str] = set()
    for unit in _acting(record):
        if unit.same_as_issuer:  # whoever issues a plan has not ended, whatever its name meant before
            continue
        if unit.kind in _AUTHORITIES and unit.name not in seen and _has_ended(unit, issued):
            seen.add(unit.name)
            yield Found("unit_abolished", unit.name, unit.start, unit.end)


def _acting(record: PlanRecord) -> Iterator[Unit]:
    tasks = record.tasks
    named = {actor.unit_id for task in tasks for actor in (*task.assignees, *task.coordinators, *task.reports_to)}
    sent = sorted((line.start, line.end) for line in record.closing.recipients)
    for unit in record.units:
        at = bisect_right(sent, (unit.start, len(record.text))) - 1
        if unit.id in named or (at >= 0 and unit.end <= sent[at][1]):
            yield unit


def _has_ended(unit: Unit, issued: str) -> bool:
    if unit.code is not None:
        last = unit.candidates[0].valid_to
        return last is not None and last.isoformat() < issued
    return not unit.candidates and _ENDED_LEVEL.search(unit.name) is not None
