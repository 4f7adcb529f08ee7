"""The registers of administrative units, proven by what must hold throughout, and the look-up by name and day."""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest

from pipeline.knowledge import load_knowledge
from pipeline.knowledge.admin_units import (
    LAST_OLD_DAY,
    REFORM,
    AdminUnit,
    AdminUnits,
    Period,
    name_key,
    places_in,
)
from pipeline.knowledge.load import REGISTERS, register_lines

REGISTER: AdminUnits = load_knowledge().derived(AdminUnits)
UNITS = list(REGISTER)
SHAPES = {2: r"(?:Tỉnh|Thành phố) \S.*", 3: r"(?:Quận|Huyện|Thị xã|Thành phố) \S.*", 5: r"(?:Xã|Phường|Thị trấn|Đặc khu) \S.*"}


def stood(unit: AdminUnit, day: str) -> bool:
    return unit.valid_from <= day and (not unit.valid_to or day <= unit.valid_to)


def standing(day: str, digits: int) -> list[AdminUnit]:
    return [unit for unit in UNITS if len(unit.code) == digits and stood(unit, day)]


@pytest.mark.parametrize(
    ("day", "provinces", "districts", "communes"),
    [
        ("2021-11-01", 63, 705, 10599),
        ("2025-06-30", 63, 696, 10035),
        ("2025-07-01", 34, 0, 3321),
        ("2026-06-01", 34, 0, 3321),
    ],
)
def test_there_are_as_many_units_as_the_acts_say(day, provinces, districts, communes):
    assert [len(standing(day, digits)) for digits in (2, 3, 5)] == [provinces, districts, communes]


def test_every_row_has_the_form_of_its_level_and_days_in_order():
    for unit in UNITS:
        assert unit.code.isdigit()
        assert re.fullmatch(SHAPES[len(unit.code)], unit.name), unit
        assert "  " not in unit.name
        days = [day for day in (unit.valid_from, unit.valid_to) if day]
        assert [str(date.fromisoformat(day)) for day in days] == sorted(days), unit


def test_a_code_means_one_unit_on_a_day():
    rows = defaultdict(list)
    for unit in UNITS:
        rows[unit.code].append(unit)
    for code, held in rows.items():
        held.sort(key=lambda unit: unit.valid_from)
        for one, other in pairwise(held):
            assert one.valid_to and one.valid_to < other.valid_from, code


def test_every_unit_stands_in_one_that_stood_on_the_same_days():
    for unit in UNITS:
        if unit.is_province:
            assert unit.parent == ""
            continue
        first, last = unit.valid_from or "2021-11-01", unit.valid_to or "2026-06-01"
        held = REGISTER.coded(unit.parent)
        assert any(stood(row, first) for row in held), unit
        assert any(stood(row, last) for row in held), unit


def test_old_communes_stand_in_districts_and_new_ones_in_provinces():
    for unit in UNITS:
        if len(unit.code) == 5:
            assert len(unit.parent) == (2 if unit.valid_from >= REFORM else 3), unit


def test_no_two_units_of_one_parent_have_one_name_on_a_day():
    for day in ("2021-11-01", LAST_OLD_DAY, REFORM, "2026-06-01"):
        names = Counter((u.parent, name_key(u.name)) for digits in (2, 3, 5) for u in standing(day, digits))
        assert [name for name, count in names.items() if count > 1] == []


def test_every_unit_of_the_last_old_day_has_successors_that_stood_on_the_next():
    new = {unit.code for digits in (2, 5) for unit in standing(REFORM, digits)}
    for digits in (2, 3, 5):
        for unit in standing(LAST_OLD_DAY, digits):
            followers = REGISTER.successors(unit)
            assert (followers or not unit.valid_to) and set(followers) <= new, unit
            if digits != 3 and followers:
                assert len({len(code) for code in followers}) == 1


def test_successors_lie_in_the_successor_of_the_province():
    for unit in standing(LAST_OLD_DAY, 5):
        province = REGISTER.above(unit)[-1]
        heir = REGISTER.successors(province) or (province.code,)
        parents = {row.parent for code in REGISTER.successors(unit) for row in REGISTER.coded(code) if row.valid_from >= REFORM}
        assert parents == set(heir), unit


def test_every_new_commune_follows_an_old_unit():
    heirs = {code for digits in (3, 5) for unit in standing(LAST_OLD_DAY, digits) for code in REGISTER.successors(unit)}
    assert {unit.code for unit in standing(REFORM, 5)} - heirs == set()


def test_splits_are_kept():
    split = [unit for unit in standing(LAST_OLD_DAY, 5) if len(REGISTER.successors(unit)) > 1]
    assert 400 < len(split) < 500


def test_registers_are_plain_and_have_their_sources_beside_them():
    readme = (REGISTERS / "README.md").read_text(encoding="utf-8")
    for path in REGISTERS.glob("*.csv"):
        assert path.name in readme
        lines = register_lines(path.stem)
        assert not any('"' in line or line != line.strip() for line in lines)
        assert len(set(lines)) == len(lines)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("xã Dương Quang", "00568"),
        ("Thị xã Mĩ Hào", "328"),
        ("thị xã Mỹ Hào", "328"),
        ("TỈNH BÀ RỊA – VŨNG TÀU", "77"),
        ("tỉnh Bà Rịa-Vũng Tàu", "77"),
        ("huyện Đăk Hà", "615"),
        ("huyện Ea H’leo", "645"),
        ("xã K’Dang", "23698"),
        ("tỉnh Thanh Hoá", "38"),
        ("huyện Thủy Nguyên", "311"),
        ("huyện Thuỷ Nguyên", "311"),
        ("Quận 01", "760"),
        ("quận số 1", "760"),
        ("đặc khu Lý Sơn", "21548"),
    ],
)
def test_spellings_of_one_name_meet(printed, code):
    assert code in {unit.code for unit in REGISTER.named(printed)}


@pytest.mark.parametrize("printed", ["xã hội", "xã", "phường An Toàn Giao Thông", "", "xã ,", "Xã\nDương Quang"])
def test_what_is_no_unit_has_no_row(printed):
    assert REGISTER.named(printed) == ()


def test_a_code_is_another_unit_after_the_reform():
    assert [unit.name for unit in REGISTER.coded("00004")] == ["Phường Trúc Bạch", "Phường Ba Đình"]


def test_days_tell_apart_units_of_one_name():
    before, after = Period("2024-03-01", "2024-03-01"), Period("2025-03-01", "2025-03-01")
    assert [unit.code for unit in REGISTER.named("thành phố Huế") if unit.stands_in(before)] == ["474"]
    assert [unit.code for unit in REGISTER.named("thành phố Huế") if unit.stands_in(after)] == ["46"]
    assert [unit.name for unit in REGISTER.above(REGISTER.named("phường Thủy Xuân")[0], before)] == [
        "Thành phố Huế", "Tỉnh Thừa Thiên Huế",
    ]


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("Ủy ban nhân dân xã Đông Hạ huyện Quảng Hòa", ("huyện Quảng Hòa", "xã Đông Hạ")),
        ("Huyện ủy Kim Động", ("huyện Kim Động",)),
        ("Tỉnh Đoàn Hưng Yên", ("tỉnh Hưng Yên",)),
        ("Thành ủy Hải Phòng", ("thành phố Hải Phòng",)),
        ("thị xã Mỹ Hào", ("thị xã Mỹ Hào",)),
        ("phường 5", ("phường 5",)),
        ("Phòng Văn hóa - Xã hội", ()),
        ("Ủy ban nhân dân các xã, phường", ()),
        ("Tỉnh ủy", ()),
        ("Ủy ban nhân dân xã", ()),
        ("Chủ tịch Ủy ban nhân dân thành phố Hồ Chí Minh", ("thành phố Hồ Chí Minh",)),
    ],
)
def test_the_places_that_a_name_holds(name, places):
    assert places_in(name) == places


def test_a_look_up_costs_some_microseconds():
    names = [unit.name for unit in UNITS[::50]]
    for name in names:
        REGISTER.named(name)
    began = time.process_time()
    for name in names * 10:
        REGISTER.named(name)
    assert (time.process_time() - began) / (10 * len(names)) < 20e-6 * 2  # twice the aim: other work runs beside the tests
