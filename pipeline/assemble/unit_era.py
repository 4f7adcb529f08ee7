"""When a plan was written, as closely as it tells: its date, what it cites, its plan year, and the offices it names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from models import Header, Reference, Unit
from pipeline.knowledge.admin_units import LAST_OLD_DAY, REFORM, Period
from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.units import UnitEraCue, era_key

_FULL_DAY = len("2025-07-01")
_EARLY_MONTH = "-09-01"  # a plan for a year is made from the autumn before on


def written_in(header: Header, references: Sequence[Reference], units: Sequence[Unit], knowledge: Knowledge) -> Period:
    """The days between which a plan was written; open where nothing tells.

    The issue date tells it alone. Else a plan is younger than what it cites and is made in or shortly before its year;
    where these leave both sides of the reform open, an office that one side did not have decides.
    """
    if header.issue_date is not None and header.issue_date.edtf[:4].isdigit():
        return _days(header.issue_date.edtf)
    cited = max((r.date for r in references if r.date and len(r.date) == _FULL_DAY and "X" not in r.date), default="")
    first, last = _of_years(header.plan_years)
    period = Period(max(first, cited), last) if cited <= last else Period(cited)
    if period.last < REFORM or period.first >= REFORM:
        return period
    era = _era(header, units, knowledge.rows(UnitEraCue))
    if era == "after":
        return Period(REFORM, period.last)
    return Period(period.first, LAST_OLD_DAY) if era == "before" else period


def _days(edtf: str) -> Period:
    """First and last day of a date of which the month or the day may be open."""
    return Period(edtf.replace("XX-XX", "01-01").replace("XX", "01"), edtf.replace("XX-XX", "12-31").replace("XX", "31"))


def _of_years(years: tuple[int, ...]) -> Period:
    return Period(f"{years[0] - 1}{_EARLY_MONTH}", f"{years[0]}-12-31") if years else Period()


def _era(header: Header, units: Sequence[Unit], cues: Iterable[UnitEraCue]) -> str | None:
    """What the named offices tell: an office of today decides, for a plan of today may well name a district of old."""
    level = header.issuer.level if header.issuer else None
    told = [cue for cue in cues if cue.issuer_level in (None, level)]
    names = era_key({unit.name for unit in (*units, header.issuer, header.parent_issuer) if unit is not None})
    for era in ("after", "before"):
        if any(cue.is_in(names) for cue in told if cue.era == era):
            return era
    return None
