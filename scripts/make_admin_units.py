"""Make the registers `admin_units.csv` and `unit_successors.csv` from files of dated official lists.

    python scripts/make_admin_units.py FOLDER

FOLDER holds `unit_history.csv` (communes by code in dated snapshots), `unit_mapping_2025.csv` (old commune to new ones)
and `province_mapping.csv`. `admin_units/earlier_districts.csv`, beside this script, names the districts whose name of
30 June 2025 is not the one they had before, and the island districts, which had no communes. Sources and licence stand in
`pipeline/knowledge/registers/README.md`. Running twice gives equal bytes.

What is changed on the way: tone marks stand in the old place; consecutive snapshots of one name under one parent are one
row; a mapping that only a name match of a third party claims is left out; a new code that no list of communes has is
replaced by the one of the same name in the same province.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from pipeline.knowledge.text import old_tones

REGISTERS = Path(__file__).resolve().parent.parent / "pipeline" / "knowledge" / "registers"
EARLIER_DISTRICTS = Path(__file__).resolve().parent / "admin_units" / "earlier_districts.csv"
FIRST_SNAPSHOT = "2021-11-01"
REFORM = "2025-07-01"
LAST_OLD_DAY = "2025-06-30"
DONG_NAI_CITY = "2026-04-30"
HUE_CITY = "2025-01-01"
HUE, OLD_HUE = "46", "Tỉnh Thừa Thiên Huế"
ISLANDS = {"318": "11948", "471": "19742", "498": "20333", "536": "21548", "755": "26732"}
_STATE_FARM = re.compile(r"(?<!\w)N\.?T(?!\w)")
_SMALL = {"phố", "xã", "trấn", "khu", "trường"}
Records = list[dict[str, str]]


class Unit(NamedTuple):
    """A row of the register; empty days are open, `valid_to` is the last day."""

    code: str
    name: str
    parent: str
    valid_from: str
    valid_to: str


def read(path: Path) -> Records:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def day_before(day: str) -> str:
    """The day before an ISO day, "" before none."""
    return str(date.fromisoformat(day) - timedelta(days=1)) if day else ""


def day_after(day: str) -> str:
    """The day after an ISO day."""
    return str(date.fromisoformat(day) + timedelta(days=1))


def spelt(name: str) -> str:
    """A name as it is kept: single blanks, capitals, tone marks in the old place, `Nông trường` in full."""
    plain = _STATE_FARM.sub("Nông trường", old_tones(name).replace("''", "'"))
    first, *others = plain.split()
    return " ".join([first[:1].upper() + first[1:], *(w if w in _SMALL else w[:1].upper() + w[1:] for w in others)])


def communes(history: Records) -> Iterator[Unit]:
    """Communes, wards, towns and special zones."""
    by_code: dict[str, list[Unit]] = defaultdict(list)
    for row in sorted(history, key=lambda row: (row["code"], row["first_snapshot"])):
        since = "" if row["first_snapshot"] == FIRST_SNAPSHOT else row["first_snapshot"]
        until = day_before(row["absent_or_changed_in_snapshot"])
        unit = Unit(row["code"], spelt(row["full_name"]), row["parent_code"], since, until)
        rows = by_code[unit.code]
        goes_on = rows and rows[-1][1:3] == unit[1:3] and rows[-1].valid_to and day_after(rows[-1].valid_to) == since
        if goes_on:
            rows[-1] = rows[-1]._replace(valid_to=until)
        else:
            rows.append(unit)
    for rows in by_code.values():
        yield from rows


def districts(mapping: Records, earlier: Records, history: Records) -> Iterator[Unit]:
    """Districts, which ended on 30 June 2025."""
    ended: dict[str, str] = {}
    for row in earlier:
        yield Unit(row["code"], spelt(row["name"]), row["province"], row["valid_from"], row["valid_to"])
        ended[row["code"]] = row["valid_to"]
    first: dict[str, str] = {}
    for row in history:
        first[row["parent_code"]] = min(first.get(row["parent_code"], "9"), row["first_snapshot"])
    last = {(row["old_district_code"], row["old_district"], row["old_province_code"]) for row in mapping}
    for code, name, province in sorted(last):
        since = day_after(ended[code]) if code in ended else first[code].replace(FIRST_SNAPSHOT, "")
        yield Unit(code, spelt(name), province, since, LAST_OLD_DAY)


def provinces(mapping: Records) -> Iterator[Unit]:
    """Provinces and central cities; those that the reform left alone have one row."""
    merged = defaultdict(set)
    for row in mapping:
        merged[row["new_code"]].add(row["old_code"])
    for row in mapping:
        code, name = row["old_code"], spelt(row["old_name"])
        alone = merged[row["new_code"]] == {code} == {row["new_code"]}
        since = HUE_CITY if code == HUE else ""
        if code == HUE:
            yield Unit(code, OLD_HUE, "", "", day_before(HUE_CITY))
        yield Unit(code, name, "", since, "" if alone else LAST_OLD_DAY)
    for code in sorted(code for code, old in merged.items() if old != {code}):
        row = next(row for row in mapping if row["new_code"] == code)
        first, last = spelt(row["new_name_2025-07-01"]), spelt(row["new_name_2026-04-30"])
        yield Unit(code, first, "", REFORM, "" if first == last else day_before(DONG_NAI_CITY))
        if first != last:
            yield Unit(code, last, "", DONG_NAI_CITY, "")


def successors(mapping: Records, provinces_of: Records, units: Iterable[Unit]) -> Iterator[tuple[str, str]]:
    """Old code and its new ones, of communes, of island districts and of provinces."""
    new = {unit.code: unit for unit in units if unit.valid_to == "" or unit.valid_to >= REFORM}
    by_name = {(unit.name, unit.parent): unit.code for unit in new.values()}
    found: dict[str, set[str]] = defaultdict(set)
    for row in mapping:
        if row["in_gso_table"] == "1":
            code = row["new_code"]
            found[row["old_code"]].add(code if code in new else by_name[spelt(row["new_name"]), row["new_province_code"]])
    for old, code in ISLANDS.items():
        found[old].add(code)
    for row in provinces_of:
        found[row["old_code"]].add(row["new_code"])
    for old in sorted(found, key=lambda code: (len(code), code)):
        yield old, " ".join(sorted(found[old]))


def write(name: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Writes a register; no cell needs quoting."""
    lines = [",".join(row) for row in (header, *rows)]
    assert all(line.count(",") == len(header) - 1 for line in lines)
    (REGISTERS / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(folder: Path) -> None:
    """Reads the lists and writes both registers."""
    history, mapping = read(folder / "unit_history.csv"), read(folder / "unit_mapping_2025.csv")
    provinces_of = read(folder / "province_mapping.csv")
    units = [*provinces(provinces_of), *districts(mapping, read(EARLIER_DISTRICTS), history), *communes(history)]
    units.sort(key=lambda unit: (len(unit.code), unit.code, unit.valid_from))
    write("admin_units.csv", Unit._fields, units)
    write("unit_successors.csv", ("code", "successors"), successors(mapping, provinces_of, units))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
