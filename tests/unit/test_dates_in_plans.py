"""Times in whole plans: the year of the plan, the time column of a table, findings, and what never becomes a deadline."""

from __future__ import annotations

from datetime import date

import pytest

from models import PlanRecord, Task
from pipeline.flow import make_kit, read_stages
from pipeline.values import Source

KIT = make_kit()
HEAD = """ỦY BAN NHÂN DÂN
XÃ HỒNG KHÊ

Số: 15/KH-UBND

Hồng Khê, ngày 05 tháng 3 năm 2025

KẾ HOẠCH

{title}

Ủy ban nhân dân xã ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

{aims}

II. NỘI DUNG

{body}

III. TỔ CHỨC THỰC HIỆN

1. Văn phòng HĐND và UBND xã theo dõi, tổng hợp.
"""
TABLE = """| STT | Nội dung công việc | Đơn vị thực hiện | Thời gian |
|---|---|---|---|
| I | Quý II | | |
| 1 | Phát động phong trào trồng cây | Hội Nông dân xã | 19/5 |
| 2 | Tổ chức mít tinh | Đoàn Thanh niên xã | {cell} |
"""


def read(body: str, title: str = "Công tác tuyên truyền năm 2025", aims: str = "Nâng cao nhận thức.") -> PlanRecord:
    return read_stages(Source("ke-hoach.md", HEAD.format(body=body, title=title, aims=aims).encode()), KIT).record


def last_task(cell: str) -> Task:
    return [task for task in read(TABLE.format(cell=cell)).tasks if task.origin == "table"][-1]


CELLS = [
    ("15/4", "XXXX-04-15", date(2025, 4, 15)),
    ("Trước 20/6", "XXXX-06-20", date(2025, 6, 20)),
    ("Trước ngày 20/6/2025", "../2025-06-20", date(2025, 6, 20)),
    ("Quý II", "2025-34", date(2025, 6, 30)),
    ("Tháng 5 - 6", "XXXX-05/XXXX-06", date(2025, 6, 30)),
    ("6/2025", "2025-06", date(2025, 6, 30)),
    ("6 tháng đầu năm", None, date(2025, 6, 30)),
    ("Trước ngày 31/01 năm sau", "XXXX-01-31", None),
    ("Sau 05 ngày kể từ ngày khai mạc", None, None),
]


@pytest.mark.parametrize(("cell", "edtf", "last"), CELLS)
def test_the_time_column_is_the_deadline_and_the_group_row_the_period(cell: str, edtf: str | None, last: date | None) -> None:
    task = last_task(cell)
    assert task.deadline is not None and task.deadline.text == cell
    assert (task.deadline.edtf, task.deadline.end_date, task.period) == (edtf, last, "2025-34")


@pytest.mark.parametrize("cell", ["(19/5/1890 - 19/5/2025)", "Kỷ niệm 80 năm (1945 - 2025)", "31/02/2025", "Thường xuyên"])
def test_an_anniversary_and_an_impossible_day_are_no_deadline(cell: str) -> None:
    assert last_task(cell).deadline is None


def test_an_anniversary_is_no_year_of_the_plan_and_no_period() -> None:
    plan = read(
        "1. Văn phòng tổ chức mít tinh.", "Tổ chức kỷ niệm 80 năm Quốc khánh (1945 - 2025)", "Chào mừng (02/9/1945 - 02/9/2025)."
    )
    assert {d.kind for d in plan.dates if "1945" in d.text} == {"anniversary"}
    assert not any(task.period or task.deadline for task in plan.tasks)
    assert 1945 not in plan.header.plan_years


IMPOSSIBLE = ["ngày 31/02/2025", "ngày 31 tháng 4 năm 2025", "ngày 13/13/2025", "tháng 13/2025", "quý V/2025", "ngày 29/02/2025"]


@pytest.mark.parametrize("words", IMPOSSIBLE)
def test_an_impossible_time_is_a_finding(words: str) -> None:
    plan = read(f"1. Văn phòng hoàn thành báo cáo {words}.")
    [finding] = [finding for finding in plan.findings if finding.code == "impossible_date"]
    assert finding.start is not None and plan.text[finding.start : finding.end] == words


@pytest.mark.parametrize("words", ["ngày 28/02/2025", "ngày 29/02/2024", "ngày 2l/5/2025", "5/13 tiêu chí", "quý IV/2025"])
def test_a_possible_time_is_none(words: str) -> None:
    assert not [f for f in read(f"1. Văn phòng hoàn thành {words}.").findings if f.code == "impossible_date"]


def test_a_plan_without_a_year_gives_none_to_its_times() -> None:
    text = "KẾ HOẠCH\n\nTuyên truyền\n\nI. NỘI DUNG\n\n1. Quý II: họp trước ngày 20/6, sơ kết 6 tháng đầu năm.\n"
    plan = read_stages(Source("kh.txt", text.encode()), KIT).record
    assert [(d.edtf, d.start_date, d.end_date) for d in plan.dates] == [
        ("XXXX-04/XXXX-06", None, None),
        ("XXXX-06-20", None, None),
        (None, None, None),
    ]
