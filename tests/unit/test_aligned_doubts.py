"""What only looks like a table without ruling lines, what is not sure about one, and that no word is lost either way."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

import pytest
from borderless import CLEAN, ENDS, MEET, REPORT, STARTS, THREE, aligned, cells, plain, table_page, words_of
from pdf_files import LEFT, Sheet, letterhead, made, paragraphs, read

from models import Task
from pipeline.flow import make_kit, process
from pipeline.values import Grid, Source


def _signature(sheet: Sheet) -> None:
    sheet.y = 60
    sheet.paragraph("Trên đây là Kế hoạch công tác thi đua, khen thưởng năm 2025 của Ủy ban nhân dân xã Bình Sơn./.")
    for at, (left, right) in enumerate(
        [("Nơi nhận:", "TM. ỦY BAN NHÂN DÂN"), ("- UBND huyện (b/c);", "CHỦ TỊCH"), ("- Các thôn;", ""), ("- Lưu: VT.", "")]
    ):
        sheet.at(85, 120 + 16 * at, left, size=11)
        sheet.middle(430, 120 + 16 * at, right, bold=True)
    sheet.middle(430, 240, "Trần Văn Bình", bold=True)


def _numbered_list(sheet: Sheet) -> None:
    sheet.y = 60
    sheet.paragraph("Nội dung, thời gian, đơn vị thực hiện cụ thể như sau:")
    for number, text in enumerate((MEET[:60], CLEAN, REPORT[:60], "Kiểm tra việc thực hiện", "Tổng kết"), start=1):
        sheet.at(85, sheet.y, str(number), size=12)
        sheet.at(121, sheet.y, text, size=12)
        sheet.y += 17


def _tabs(sheet: Sheet) -> None:
    sheet.y = 60
    for left, middle, right in (
        ("Họ và tên", "Chức vụ", "Điện thoại"), ("Trưởng ban", "Chủ tịch UBND xã", "Trực 24/24"),
        ("Phó ban", "Trưởng Công an xã", "Trực 24/24"), ("Ủy viên", "Công chức Văn hóa", "Giờ hành chính"),
    ):  # fmt: skip
        for x, text in ((85, left), (230, middle), (400, right)):
            sheet.at(x, sheet.y, text, size=12)
        sheet.y += 17


def _prose(sheet: Sheet) -> None:
    sheet.y = 60
    for _ in range(6):
        sheet.paragraph(f"1. Nội dung: {MEET}. Thời gian thực hiện: quý II năm 2025. Đơn vị chủ trì: Công an xã. {REPORT}.")


def _titles(sheet: Sheet) -> None:
    letterhead(sheet)
    for at, text in enumerate(("PHỤ LỤC", "NỘI DUNG, THỜI GIAN VÀ ĐƠN VỊ THỰC HIỆN", "(Kèm theo Kế hoạch số 27/KH-UBND)")):
        sheet.middle(312, 240 + 18 * at, text, bold=True)
    sheet.y = 320
    sheet.paragraph(MEET)


def _head_alone(sheet: Sheet) -> None:
    sheet.y = 60
    for x, text in ((85, "STT"), (180, "Nội dung"), (420, "Đơn vị thực hiện")):
        sheet.at(x, 60, text, bold=True, size=11)
    sheet.y = 84
    for _ in range(3):
        sheet.paragraph(f"{MEET}. {REPORT}.")


def _columns_of_signers(sheet: Sheet) -> None:
    for x, office, name in ((120, "NGƯỜI LẬP", "Lê Thị Hoa"), (300, "KẾ TOÁN", "Vũ Văn Sơn"), (480, "CHỦ TỊCH", "Trần Văn Bình")):
        sheet.middle(x, 80, office, bold=True)
        sheet.middle(x, 160, name, bold=True)


TRAPS = [letterhead, _signature, _numbered_list, _tabs, _prose, _titles, _head_alone, _columns_of_signers]


@pytest.mark.parametrize("draw", TRAPS, ids=lambda draw: draw.__name__.strip("_"))
def test_what_only_looks_like_a_table_is_none(draw: Callable[[Sheet], None]) -> None:
    extracted = read(made(draw))
    assert not any(isinstance(block, Grid) for block in extracted.blocks)
    assert not [notice for notice in extracted.notices if notice.code == "table_not_read"]


def test_text_below_a_table_is_not_drawn_into_it() -> None:
    def page(sheet: Sheet) -> None:
        sheet.y = 60
        aligned(sheet, STARTS, ENDS, THREE)
        end = sheet.y + 10
        sheet.at(LEFT, end, "Nơi nhận:", size=11)
        sheet.at(LEFT, end + 15, "- Các thôn;", size=11)
        sheet.middle(450, end, "TM. ỦY BAN NHÂN DÂN", bold=True)
        sheet.middle(450, end + 16, "CHỦ TỊCH", bold=True)
        sheet.middle(450, end + 80, "Trần Văn Bình", bold=True)

    data = made(page)
    assert cells(data) == [plain(THREE)]
    assert paragraphs(read(data)) == [
        "#", "L: Nơi nhận:", "L: - Các thôn;", "R: TM. ỦY BAN NHÂN DÂN", "R: CHỦ TỊCH", "R: Trần Văn Bình",
    ]  # fmt: skip


# ------------------------------------------------------------------ nothing lost, nothing made up


def _crooked(sheet: Sheet) -> None:
    """Numbers that do not count up."""
    aligned_rows = [THREE[0], ["1", MEET, "Công an xã"], ["5", CLEAN, "Các thôn"], ["3", REPORT, "Văn phòng"]]
    table_page(aligned_rows)(sheet)


def _colliding(sheet: Sheet) -> None:
    """A line of the second column that reaches into the third."""
    table_page(THREE)(sheet)
    sheet.at(125, 175, "một dòng dài chạy qua cả hai cột của bảng không kẻ đường này đến hết trang", size=11)


@pytest.mark.parametrize("draw", [_crooked, _colliding], ids=lambda draw: draw.__name__.strip("_"))
def test_a_table_that_is_not_sure_stays_as_lines_and_is_told(draw: Callable[[Sheet], None]) -> None:
    extracted = read(made(draw))
    assert not any(isinstance(block, Grid) for block in extracted.blocks)
    assert [(notice.code, notice.page) for notice in extracted.notices] == [("table_not_read", 1)]


@pytest.mark.parametrize("seed", range(12))
def test_no_word_is_lost_or_doubled(seed: int) -> None:
    chance = random.Random(seed)
    texts = [MEET, CLEAN, REPORT, "Kiểm tra", "Xây dựng kế hoạch; xử lý vi phạm", "Họp thôn"]
    rows: list[list[str]] = [["STT", "Nội dung", "Đơn vị thực hiện"]]
    for number in range(1, chance.randint(3, 14)):
        rows.append([str(number), chance.choice(texts), chance.choice(["Công an xã", "- Các thôn;\n- Trường học", ""])])
    options = {"step": chance.choice([13.5, 15, 17]), "gap": chance.choice([0, 2, 6]), "middle": chance.random() < 0.5}
    extracted = read(made(table_page(rows, **options)))
    expected = Counter(" ".join(" ".join(row) for row in rows).split())
    expected += words_of(read(made(table_page([]))))
    assert words_of(extracted) == expected


def tasks_of(data: bytes, name: str = "ke-hoach.pdf") -> list[Task]:
    record = process(Source(name, data), make_kit()).record
    assert record is not None and all(record.text[task.start : task.end] == task.text for task in record.tasks)
    return [task for task in record.tasks if task.origin == "table"]


def test_its_tasks_are_less_sure_than_those_of_a_ruled_table() -> None:
    def ruled(sheet: Sheet) -> None:
        sheet.table((85, 125, 360, 540), 60, [[cell[:34] for cell in row] for row in THREE])

    found = tasks_of(made(table_page(THREE)))
    assert [task.text for task in found] == [MEET, CLEAN, REPORT]
    assert [[actor.text for actor in task.assignees] for task in found] == [
        ["Công chức Tư pháp - Hộ tịch"], ["Các thôn"], ["Văn phòng - thống kê"],
    ]  # fmt: skip
    assert {task.confidence for task in found} == {0.85} and {task.confidence for task in tasks_of(made(ruled))} == {0.95}
