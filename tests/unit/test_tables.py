"""Tidy tables: one row a thing, the same types always, the same bytes for the same records."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from pathlib import Path

import pandas
import pytest
from pandas.testing import assert_frame_equal

from models import Candidate
from pipeline.aggregate import make_tables, read_tables, write_tables
from pipeline.aggregate.rows import day_of, excerpt, province_of
from pipeline.aggregate.schema import TABLES
from tests.unit.records import Draft, commune_plan


def _records():
    return [commune_plan("An Bình", 2025).record(), commune_plan("Bình Phú", 2024).record()]


def test_each_table_has_its_columns_and_one_row_a_thing():
    tables = make_tables(_records())
    assert {name: list(table.columns) for name, table in tables.items()} == {n: list(c) for n, c in TABLES.items()}
    assert {name: len(table) for name, table in tables.items()} == {
        "plans": 2, "sections": 8, "references": 4, "dates": 2, "units": 2, "tasks": 4, "measures": 0, "people": 0, "findings": 0,
    }
    for table in tables.values():
        assert set(table["plan_id"]) <= set(tables["plans"]["plan_id"])


def test_no_records_give_the_same_types_as_some():
    empty, full = make_tables([]), make_tables(_records())
    assert {n: dict(t.dtypes) for n, t in empty.items()} == {n: dict(t.dtypes) for n, t in full.items()}
    assert all(len(table) == 0 for table in empty.values())


def test_plan_row_carries_header_counts_and_years():
    record = commune_plan("An Bình", 2025).record()
    plan = make_tables([record])["plans"].iloc[0]
    assert plan["number"] == "12/KH-UBND"
    assert plan["issuer"] == "Ủy ban nhân dân xã An Bình"
    assert plan["parent_issuer"] == "Ủy ban nhân dân huyện Nam Sơn"
    assert plan["signer"] == "Trần Văn Bách"
    assert plan["issue_day"] == pandas.Timestamp(2025, 1, 15)
    assert (plan["plan_year_first"], plan["plan_year_last"], plan["plan_year_list"]) == (2025, 2025, [2025])
    assert (plan["headings"], plan["items"], plan["tasks"], plan["references"]) == (4, 0, 2, 2)


def test_blank_values_stay_blank():
    plan = make_tables([Draft(issued=None, signer=None, parent=None, year=None, topic=None).record()])["plans"].iloc[0]
    blank = ["issue_date", "issue_day", "signer", "parent_issuer", "plan_year_first", "topic", "province", "encoding"]
    assert plan[blank].isna().all()
    assert plan["plan_year_list"] == []


def test_an_incomplete_issue_date_is_text_and_no_day():
    plan = make_tables([Draft(issued="2025-01-XX").record()])["plans"].iloc[0]
    assert plan["issue_date"] == "2025-01-XX"
    assert pandas.isna(plan["issue_day"])


def test_sections_are_flat_with_path_parent_and_own_text():
    sections = make_tables([commune_plan().record()])["sections"].set_index("section_id")
    child = sections.loc["I.1"]
    assert (child["path"], child["parent_id"], child["depth"]) == ("MỤC ĐÍCH, YÊU CẦU > Mục đích", "I", 2)
    assert sections.loc["I"]["own_text"] == "I. MỤC ĐÍCH, YÊU CẦU"
    assert pandas.isna(sections.loc["II"]["parent_id"])
    assert list(sections["position"]) == [0, 1, 2, 3]


def test_tasks_say_who_does_what_by_when():
    tasks = make_tables([commune_plan().record()])["tasks"]
    assert list(tasks["assignees"]) == ["Phòng Văn hóa - Xã hội", "Hội đồng Thi đua - Khen thưởng xã"]
    assert tasks["assignee_list"][0] == ["Phòng Văn hóa - Xã hội"]
    assert list(tasks["period"].dropna()) == ["2025-33"]
    assert tasks["deadline_end"][1] == pandas.Timestamp(2025, 12, 15)
    assert list(tasks["table_row"]) == [pandas.NA, 2]


def test_measures_and_people_have_a_row_each():
    draft = commune_plan()
    draft.measure("đạt ", "18/19 tiêu chí", "", value=18.0, out_of=19.0, unit="tiêu chí")
    draft.person("Lê Thị Cam", role="Phó Chủ tịch UBND xã", duty="Trưởng ban", honorific="bà")
    tables = make_tables([draft.record()])
    measure, person, plan = tables["measures"].iloc[0], tables["people"].iloc[0], tables["plans"].iloc[0]
    assert (measure["text"], measure["value"], measure["out_of"], measure["unit"]) == ("18/19 tiêu chí", 18, 19, "tiêu chí")
    assert pandas.isna(measure["value_to"]) and pandas.isna(measure["qualifier"])
    assert (person["name"], person["role"], person["duty"]) == ("Lê Thị Cam", "Phó Chủ tịch UBND xã", "Trưởng ban")
    assert (plan["measures"], plan["people"]) == (1, 1)


def test_units_name_the_plan_s_issuer():
    units = make_tables([commune_plan("An Bình").record()])["units"]
    assert units["issuer"][0] == "Ủy ban nhân dân xã An Bình"
    assert units["same_as_issuer"].dtype == bool


def test_the_order_of_the_records_does_not_matter_and_a_plan_id_stands_once():
    records = _records()
    for name, table in make_tables(records[::-1] + records).items():
        assert_frame_equal(table, make_tables(records)[name])


def test_written_tables_come_back_the_same(tmp_path: Path):
    tables = make_tables([*_records(), Draft(year=None).record()])
    write_tables(tables, tmp_path / "tables")
    back = read_tables(tmp_path / "tables")
    assert list(back) == list(tables)
    for name, table in tables.items():
        assert_frame_equal(back[name], table)
    assert not list((tmp_path / "tables").glob("*.tmp"))


def test_plain_pandas_reads_the_same_types(tmp_path: Path):
    tables = make_tables(_records())
    write_tables(tables, tmp_path)
    plans = pandas.read_parquet(tmp_path / "plans.parquet")
    assert dict(plans.dtypes) == dict(tables["plans"].dtypes)


def test_empty_tables_can_be_written_and_read(tmp_path: Path):
    write_tables(make_tables([]), tmp_path)
    assert {n: dict(t.dtypes) for n, t in read_tables(tmp_path).items()} == {
        n: dict(t.dtypes) for n, t in make_tables([]).items()
    }


_WRITE = """
import sys
from pathlib import Path
from models import Candidate
from pipeline.aggregate import make_tables, write_tables
from tests.unit.records import commune_plan
write_tables(make_tables([commune_plan("An Bình").record(), commune_plan("Bình Phú").record()]), Path(sys.argv[1]))
"""


def test_the_same_records_give_the_same_bytes_in_another_process(tmp_path: Path):
    root = Path(__file__).parents[2]
    write_tables(make_tables([commune_plan("Bình Phú").record(), commune_plan("An Bình").record()]), tmp_path / "here")
    environment = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": str(root)}
    subprocess.run([sys.executable, "-c", _WRITE, str(tmp_path / "there")], check=True, env=environment, cwd=root)
    for name in TABLES:
        here, there = ((tmp_path / place / f"{name}.parquet").read_bytes() for place in ("here", "there"))
        assert here == there, name


def test_a_failed_write_leaves_the_old_file(tmp_path: Path):
    write_tables(make_tables(_records()), tmp_path)
    before = (tmp_path / "tasks.parquet").read_bytes()
    broken = make_tables(_records()) | {"references": pandas.DataFrame({"plan_id": [1]})}
    with pytest.raises(KeyError):
        write_tables(broken, tmp_path)
    assert (tmp_path / "tasks.parquet").read_bytes() == before
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("edtf", "day"),
    [
        ("2025-01-15", datetime.date(2025, 1, 15)),
        ("2025-01-XX", None),
        ("2025", None),
        ("2025-02-30", None),
        ("../2025-12-15", None),
        (None, None),
    ],
)
def test_only_a_complete_day_is_a_day(edtf, day):
    assert day_of(edtf) == day


@pytest.mark.parametrize(
    ("issuer", "level", "parent", "named", "province"),
    [
        ("Ủy ban nhân dân xã An Bình", "xa", "Ủy ban nhân dân huyện Nam Sơn, tỉnh Hưng Yên", [], "Tỉnh Hưng Yên"),
        ("Sở Y tế tỉnh Kiên Giang", "tinh", None, ["tỉnh Cà Mau"], "Tỉnh Kiên Giang"),
        ("Ủy ban nhân dân thành phố Hải Phòng", "tinh", None, [], "Thành phố Hải Phòng"),
        ("ỦY BAN NHÂN DÂN TỈNH BÀ RỊA - VŨNG TÀU", "tinh", None, [], "Tỉnh Bà Rịa - Vũng Tàu"),
        ("Ủy ban nhân dân xã An Bình", "xa", None, ["Ban Thường vụ Tỉnh ủy", "Tỉnh Đoàn", "tỉnh ở xa"], None),
        ("Ủy ban nhân dân thành phố Nam Định", "huyen", None, [], None),
        ("Ủy ban nhân dân xã An Bình", "xa", None, ["tỉnh Hưng Yên", "Ủy ban nhân dân tỉnh Hưng Yên"], "Tỉnh Hưng Yên"),
        ("Ủy ban nhân dân xã An Bình", "xa", None, ["tỉnh Hưng Yên", "tỉnh Thái Bình"], None),
    ],
)
def test_the_province_is_named_only_where_the_plan_says_it(issuer, level, parent, named, province):
    draft = Draft(issuer=issuer, issuer_level=level, parent=parent)
    for name in named:
        draft.unit(name, "don_vi_hanh_chinh", level="tinh")
    assert province_of(draft.record()) == province


def test_the_province_is_that_of_the_issuer_s_unit():
    record = Draft(issuer="Ủy ban nhân dân xã Dương Quang", issuer_level="xa", parent=None).record()
    unit = Candidate(code="12112", name="Xã Dương Quang, thị xã Mỹ Hào, tỉnh Hưng Yên", reason="trùng tên")
    for code, province in (("12112", "Tỉnh Hưng Yên"), (None, None)):
        issuer = record.header.issuer.model_copy(update={"candidates": (unit,), "code": code})
        header = record.header.model_copy(update={"issuer": issuer})
        assert province_of(record.model_copy(update={"header": header})) == province


def test_an_excerpt_is_one_line_cut_at_a_blank():
    text = "Kế hoạch\nnăm 2024 " + "rất dài " * 100
    assert excerpt(text, 0, 17) == "Kế hoạch năm 2024"
    assert excerpt(text, 0, len(text)).endswith(" rất …")
    assert len(excerpt(text, 0, len(text))) <= 202
    assert excerpt(text, None, None) is None
