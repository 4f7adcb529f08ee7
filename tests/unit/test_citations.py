"""What is said of citations whose dates do not fit, and of documents that had been replaced on the plan's day."""

from __future__ import annotations

import pytest
from plan_texts import LETTERHEAD

from models import PlanRecord
from pipeline.check.citations import check_references
from pipeline.flow import make_kit, read_stages
from pipeline.values import Source

KIT = make_kit()

HEAD = LETTERHEAD + """
Công tác thi đua, khen thưởng năm 2025

"""
DAY = "05 tháng 9 năm 2025"


def read(sentence: str, day: str = DAY) -> PlanRecord:
    text = HEAD.format(day=day) + sentence + "\n\nI. MỤC ĐÍCH, YÊU CẦU\n\nNâng cao nhận thức.\n"
    return read_stages(Source("plan.txt", text.encode()), KIT).record


def said(sentence: str, day: str = DAY) -> list[tuple[str, str]]:
    return [(found.code, found.detail) for found in check_references(read(sentence, day), KIT.knowledge)]


DATES = [
    ("Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31/12/2022 của Chính phủ;", "98/2023/NĐ-CP nhưng ghi ngày 31/12/2022"),
    ("Theo Nghị định số 30/2020/NĐ-CP ngày 06/3/2020 của Chính phủ;",
     "Nghị định 30/2020/NĐ-CP ghi ngày 06/03/2020, văn bản này ban hành ngày 05/03/2020"),
    ("Thực hiện Chỉ thị số 05-CT/TW ngày 16/5/2016 của Bộ Chính trị;",
     "Chỉ thị 05-CT/TW ghi ngày 16/05/2016, văn bản này ban hành ngày 15/05/2016"),
    ("Căn cứ Luật Thi đua, khen thưởng ngày 16/6/2022;",
     "Luật Thi đua, khen thưởng ngày 16/6/2022 ghi ngày 16/06/2022, văn bản này ban hành ngày 15/06/2022"),
    ("Căn cứ Quyết định số 749/QĐ-TTg ngày 03/6/2021 của Thủ tướng Chính phủ phê duyệt Chương trình Chuyển đổi số quốc gia;",
     "Quyết định 749/QĐ-TTg ghi ngày 03/06/2021, văn bản này ban hành ngày 03/06/2020"),
    ("Thực hiện Kế hoạch số 35/KH-UBND ngày 13/02/2025 của UBND tỉnh; Kế hoạch số 35/KH-UBND ngày 13/02/2024 của UBND tỉnh;",
     "Kế hoạch 35/KH-UBND ghi ngày 13/02/2025 và 13/02/2024"),
]  # fmt: skip
DATES_THAT_FIT = [
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020; Luật Thi đua, khen thưởng ngày 15/6/2022; Luật Đất đai năm 2024;",
    "Căn cứ Luật Phòng, chống tham nhũng năm 2018; Luật Thi đua, khen thưởng năm 2013; Nghị quyết số 18-NQ/TW năm 2022;",
    "Quyết định số 942/QĐ-TTg ngày 05/8/2022 về hành động giảm phát thải; Quyết định số 942/QĐ-TTg ngày 15/6/2021;",
    "Kế hoạch số 35/KH-UBND ngày 13/02/2025 của UBND tỉnh; Kế hoạch số 35/KH-UBND ngày 02/01/2024 của UBND xã Tây Sơn;",
    "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22/11/2019;",
]


@pytest.mark.parametrize(("sentence", "detail"), DATES)
def test_a_date_that_cannot_be(sentence: str, detail: str) -> None:
    assert [found for found in said(sentence) if found[0] == "reference_date_conflict"] == [("reference_date_conflict", detail)]


@pytest.mark.parametrize("sentence", DATES_THAT_FIT)
def test_dates_that_fit(sentence: str) -> None:
    assert [code for code, _ in said(sentence) if code == "reference_date_conflict"] == []


REPLACED = [
    "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ;",
    "Hồ sơ thực hiện theo quy định tại Nghị định số 98/2023/NĐ-CP.",
    "Căn cứ Nghị định số 98/2023/NĐ-CP; thực hiện Điều 5 Nghị định số 98/2023/NĐ-CP và Nghị định 98.",
]
STILL_RIGHT = [
    ("Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ;", "05 tháng 3 năm 2025"),
    ("Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ;", "… tháng … năm 2025"),
    ("Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14/6/2025 của Chính phủ;", DAY),
    ("Nghị định số 152/2025/NĐ-CP thay thế Nghị định số 98/2023/NĐ-CP.", DAY),
    ("Nghị định số 98/2023/NĐ-CP đã được thay thế bởi Nghị định số 152/2025/NĐ-CP.", DAY),
    ("Tổng kết việc thực hiện Nghị định số 98/2023/NĐ-CP trên địa bàn xã.", DAY),
    ("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025;", DAY),
    ("Căn cứ Luật Công đoàn năm 2012;", DAY),  # its successor was not compared with a publication
]


@pytest.mark.parametrize("sentence", REPLACED)
def test_a_document_replaced_before_the_plan_is_told_once(sentence: str) -> None:
    (found,) = said(sentence)
    assert found[0] == "replaced_reference"
    assert found[1].endswith("(thay bằng 152/2025/NĐ-CP)")


@pytest.mark.parametrize(("sentence", "day"), STILL_RIGHT)
def test_a_document_that_holds_or_is_said_to_be_replaced(sentence: str, day: str) -> None:
    assert [code for code, _ in said(sentence, day) if code == "replaced_reference"] == []


def test_no_day_of_the_plan_no_finding() -> None:
    record = read("Căn cứ Nghị định số 91/2017/NĐ-CP;")
    header = record.header.model_copy(update={"issue_date": None})
    assert list(check_references(record.model_copy(update={"header": header}), KIT.knowledge)) == []
