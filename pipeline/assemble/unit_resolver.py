"""What an administrative name means on the days in which a plan was written.

The name alone seldom tells. What stands beside it does ("xã A, huyện B"), then where the plan comes from, then which
districts and provinces it names. A name that what stands beside it contradicts means nothing: of places that do not
exist, and of misread names, nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.knowledge.admin_units import FIRST_LIST, OLD_DAYS, REFORM, AdminUnit, AdminUnits, Period, name_key

Province = tuple[str, bool]  # its code, and whether it is one of before the reform


class Reading(NamedTuple):
    """The units that a name may mean, why, and whether the one that stands is certain."""

    units: tuple[AdminUnit, ...] = ()
    reason: str = ""
    sure: bool = False


NOTHING = Reading()


@dataclass(frozen=True)
class Locality:
    """Where a plan comes from: its own unit and those above it as far as they are known, and what else it names."""

    unit: AdminUnit | None = None
    district: str | None = None
    provinces: frozenset[Province] = frozenset()
    place: str = ""
    named: frozenset[str] = frozenset()


@dataclass(frozen=True)
class UnitResolver:
    """Reads names against the register for the days in which one plan was written."""

    register: AdminUnits
    period: Period
    locality: Locality = Locality()
    read: dict[tuple[str, ...], Reading] = field(default_factory=dict)

    def reading(self, names: tuple[str, ...]) -> Reading:
        """What the last of some names means, those before it being the units above it."""
        if not names:
            return NOTHING
        if names not in self.read:
            self.read[names] = self._narrowed(self._found(names), names)
        return self.read[names]

    def _found(self, names: tuple[str, ...]) -> list[AdminUnit]:
        """Units of the name within the units above; a plan of today that names none of today means an old one."""
        named = [unit for unit in self.register.named(names[-1]) if self._lies_in(unit, names[:-1])]
        found = [unit for unit in named if unit.stands_in(self.period)]
        if self.period.first < REFORM or any(self._is_near(unit) for unit in found):
            return found
        old = [unit for unit in named if unit.stands_in(OLD_DAYS)]
        return [unit for unit in old if self._is_near(unit)] or found or old

    def _is_near(self, unit: AdminUnit) -> bool:
        return self.root(unit) in self.locality.provinces

    def _lies_in(self, unit: AdminUnit, above: tuple[str, ...]) -> bool:
        return not above or {name_key(name) for name in above} <= self._keys_above(unit)

    def _keys_above(self, unit: AdminUnit) -> set[str]:
        """The names of all that held a unit, those of a district that changed its name too."""
        keys: set[str] = set()
        holders = self.register.holders(unit) if unit.parent else ()
        for holder in holders:
            keys |= {name_key(holder.name)} | self._keys_above(holder)
        return keys

    def _narrowed(self, found: list[AdminUnit], names: tuple[str, ...]) -> Reading:
        if not found:
            return NOTHING
        if len({unit.is_province for unit in found}) > 1:  # thành phố Huế, before and since it stands under the centre
            return Reading(tuple(found), "undated")
        stated = len(names) > 1
        reason = "stated" if stated else ""
        for why, fits in self._tests():
            kept = [unit for unit in found if fits(unit)]
            if kept and (len(kept) < len(found) or not reason):
                found, reason = kept, reason or why
        if len(found) > 1:
            return Reading(tuple(found), "same_name" if len({u.code for u in found}) > 1 else "undated")
        if reason or found[0].is_province:
            return Reading(tuple(found), reason or "only", sure=True)
        if self.locality.provinces and not found[0].is_district:
            return Reading(tuple(found), "elsewhere")
        listed = self.period.first >= FIRST_LIST
        return Reading(tuple(found), "only" if listed else "undated", sure=listed)

    def _tests(self) -> Iterator[tuple[str, Callable[[AdminUnit], bool]]]:
        """What speaks for a unit, the strongest first."""
        own = self.locality
        if own.unit is not None:
            yield "issuer", lambda unit: unit == own.unit
        if own.district is not None:
            yield "own_district", lambda unit: own.district in (unit.code, unit.parent)
        if own.provinces:
            yield "own_province", lambda unit: self.root(unit) in own.provinces
        if own.place:
            yield "place", lambda unit: self._lies_at(unit, f" {own.place}")
        if own.named:
            yield "named", lambda unit: bool(own.named & self._keys_above(unit))

    def _lies_at(self, unit: AdminUnit, place: str) -> bool:
        """Whether a larger unit is called like the dateline's place; one that is called so itself proves nothing."""
        return not name_key(unit.name).endswith(place) and any(key.endswith(place) for key in self._keys_above(unit))

    def root(self, unit: AdminUnit) -> Province:
        """The code of the province, and whether it is one of before the reform."""
        top = (self.register.above(unit, self.period) or (unit,))[-1]
        return top.code, bool(unit.valid_to) and unit.valid_to < REFORM

    def provinces_of(self, found: Sequence[AdminUnit]) -> frozenset[Province]:
        """The province of some units, as it was before and as it is since the reform; empty where they lie in several."""
        roots = {self.root(unit) for unit in found}
        if len(roots) != 1:
            return frozenset()
        code, is_old = roots.pop()
        heirs = {unit.code: self.register.successors(unit) or (unit.code,) for unit in self.register.old_provinces}
        new = heirs[code][0] if is_old else code
        return frozenset({(new, False)} | {(old, True) for old, heir in heirs.items() if heir[0] == new})
