"""Tables without ruling lines in a PDF: their columns, rows and groups, over pages and from any engine."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from borderless import (
    CLEAN,
    ENDS,
    FOUR,
    LANDSCAPE,
    MEET,
    REPORT,
    STARTS,
    THREE,
    WIDE,
    Rows,
    aligned,
    cells,
    plain,
    table_page,
)
from pdf_files import Sheet, made, paragraphs, read

from pipeline.extract.aligned_columns import GUTTER
from pipeline.extract.layout import Segment, parted_finely, rows_of
from pipeline.extract.pages import ReadPage, blocks_of
from pipeline.values import Grid, Line

# ------------------------------------------------------------------ what is a table

SETS: dict[str, tuple[tuple[tuple[float, ...], tuple[float, ...]], Rows, tuple[float, float]]] = {
    "number, content, office": ((STARTS, ENDS), THREE, (595, 842)),
    "the time before the office": (
        FOUR,
        [
            ["TT", "Nhiệm vụ", "Thời gian thực hiện", "Đơn vị thực hiện"],
            ["1", MEET, "Trước ngày 15/4/2025", "Công an xã"],
            ["2", CLEAN, "Thường xuyên", "Các thôn"],
            ["3", REPORT, "Quý II", "Văn phòng HĐND và UBND xã"],
        ],
        (595, 842),
    ),
    "five columns and an empty one, on a broad page": (
        WIDE,
        [
            ["STT", "NỘI DUNG", "ĐƠN VỊ CHỦ TRÌ", "ĐƠN VỊ PHỐI HỢP", "THỜI GIAN", "GHI CHÚ"],
            ["1", MEET, "Công chức Tư pháp - Hộ tịch", "Các thôn", "Tháng 3/2025", ""],
            ["2", CLEAN, "Trạm Y tế xã", "", "Hằng tháng", ""],
            ["3", REPORT, "Văn phòng - thống kê", "Các ban, ngành", "Trước 20/6", ""],
        ],
        LANDSCAPE,
    ),
    "titles that no table of the program knows": (
        FOUR,
        [
            ["STT", "Tên công trình", "Địa điểm", "Quy mô"],
            ["1", "Nâng cấp kênh nội đồng từ trạm bơm đến đường liên thôn", "Thôn Đông", "450 m"],
            ["2", "Sửa chữa nhà văn hóa", "Thôn Đoài", "1 nhà"],
            ["3", "Đường trục chính nội đồng", "Thôn Thượng", "1,2 km"],
        ],
        (595, 842),
    ),
}


@pytest.mark.parametrize("middle", [False, True], ids=["cells at the top", "cells in the middle"])
@pytest.mark.parametrize("name", SETS)
def test_columns_below_a_head_are_a_grid(name: str, middle: bool) -> None:
    (starts, ends), rows, size = SETS[name]
    data = made(table_page(rows, starts, ends, middle=middle), size=size)
    (grid,) = cells(data)
    assert grid == plain(rows)
    lines = paragraphs(read(data))
    assert lines[0] == "II. NỘI DUNG" and lines.index("#") == 2 and lines[3] == "III. TỔ CHỨC THỰC HIỆN"


@pytest.mark.parametrize(("step", "gap"), [(13.5, 0), (15, 0), (15, 3), (17, 0), (17, 14)])
def test_rows_part_with_and_without_blanks_between_them(step: float, gap: float) -> None:
    (grid,) = cells(made(table_page(THREE, step=step, gap=gap)))
    assert grid == plain(THREE)


def test_columns_may_stand_as_close_as_one_blank_and_a_half() -> None:
    starts, ends = (85, 116, 372), (110, 366, 540)
    (grid,) = cells(made(table_page(THREE, starts, ends)))
    assert grid == plain(THREE)


def test_a_grid_knows_its_boxes_and_how_it_was_told() -> None:
    grid = next(block for block in read(made(table_page(THREE))).blocks if isinstance(block, Grid))
    assert (grid.origin, grid.header_rows, grid.columns, grid.page) == ("aligned", 1, 3, 1)
    assert grid.box is not None and grid.box.x0 < 90 and grid.box.x1 > 480
    boxes = [cell.box for row in grid.rows for cell in row]
    assert all(box is not None and grid.box.top - 1 <= box.top < box.bottom <= grid.box.bottom + 1 for box in boxes)


def test_a_title_over_two_columns() -> None:
    def page(sheet: Sheet) -> None:
        sheet.y = 100
        for x, text in ((97, "STT"), (210, "Nội dung"), (430, "Phân công đơn vị thực hiện")):
            sheet.middle(x, 100, text, bold=True, size=11)
        for x, text in ((372, "Chủ trì"), (487, "Phối hợp")):
            sheet.middle(x, 116, text, bold=True, size=11)
        sheet.y = 138
        rows = [["1", CLEAN, "Trạm Y tế xã", "Các thôn"], ["2", "Kiểm tra", "Công an xã", "Các thôn"]]
        aligned(sheet, (88, 115, 320, 435), (110, 310, 425, 540), rows, head=False)

    grid = next(block for block in read(made(page)).blocks if isinstance(block, Grid))
    assert [[(c.text, c.column, c.column_span) for c in row if c.text] for row in grid.rows[:2]] == [
        [("STT", 0, 1), ("Nội dung", 1, 1), ("Phân công đơn vị thực hiện", 2, 2)], [("Chủ trì", 2, 1), ("Phối hợp", 3, 1)],
    ]  # fmt: skip
    assert grid.header_rows == 2 and [cell.text for cell in grid.rows[2]] == ["1", CLEAN, "Trạm Y tế xã", "Các thôn"]


def test_rows_without_numbers_need_a_blank_between_them() -> None:
    rows: Rows = [["Nội dung", "Thời gian", "Người phụ trách"], *([t, "Tháng 3", "Công an xã"] for t in (MEET, CLEAN, REPORT))]
    columns = ((85, 300, 420), (285, 400, 540))
    assert cells(made(table_page(rows, *columns, gap=9))) == [plain(rows)]
    assert cells(made(table_page(rows, *columns, gap=0))) == []


GROUPS: dict[str, list[list[str]]] = {
    "a number and a period": [["I", "Quý I", ""], ["II", "Quý II", ""]],
    "a period alone": [["", "Quý I", ""], ["", "Quý II", ""]],
    "a title over all columns": [["A. NHIỆM VỤ THƯỜNG XUYÊN CỦA CÁC ĐƠN VỊ TRONG XÃ"], ["B. NHIỆM VỤ TRỌNG TÂM"]],
}


@pytest.mark.parametrize("name", GROUPS)
def test_groups_of_rows(name: str) -> None:
    first, second = GROUPS[name]
    rows: Rows = [THREE[0], first, *THREE[1:3], second, *THREE[1:4]]
    data = made(table_page(rows))
    filled = [[cell for cell in row if cell] for row in cells(data)[0]]
    assert filled == [[cell for cell in row if cell] for row in plain(rows)]


# ------------------------------------------------------------------ over pages


@pytest.mark.parametrize("repeated", [False, True], ids=["head once", "head on each page"])
@pytest.mark.parametrize("middle", [False, True], ids=["top", "middle"])
def test_a_table_goes_on_over_pages(repeated: bool, middle: bool) -> None:
    body = [[str(number), (MEET, CLEAN, REPORT)[number % 3], ("Công an xã", "Các thôn")[number % 2]] for number in range(1, 11)]

    def page(rows: Rows, number: int) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            sheet.middle(312, 30, str(number))
            sheet.y = 60
            head = number == 1 or repeated
            aligned(sheet, STARTS, ENDS, [THREE[0], *rows] if head else rows, head=head, middle=middle, gap=6)
            if number == 3:
                sheet.y += 10
                sheet.paragraph("III. TỔ CHỨC THỰC HIỆN", bold=True)

        return draw

    data = made(page(body[:4], 1), page(body[4:8], 2), page(body[8:], 3))
    assert cells(data) == [plain([THREE[0], *body])]
    assert paragraphs(read(data)) == ["#", "III. TỔ CHỨC THỰC HIỆN"]


def test_a_row_that_the_page_cuts_is_one_row() -> None:
    def first(sheet: Sheet) -> None:
        sheet.y = 60
        aligned(sheet, STARTS, ENDS, [*THREE[:3], ["3", "Rà soát, thống kê các hộ có nguy cơ sạt lở", "Ban Chỉ huy"]])

    def second(sheet: Sheet) -> None:
        sheet.y = 60
        aligned(sheet, STARTS, ENDS, [["", "để có phương án di dời", "quân sự xã"], ["4", CLEAN, "Các thôn"]], head=False)

    (grid,) = cells(made(first, second))
    assert grid[3] == ["3", "Rà soát, thống kê các hộ có nguy cơ sạt lở để có phương án di dời", "Ban Chỉ huy quân sự xã"]
    assert grid[4] == ["4", CLEAN, "Các thôn"]


def test_the_next_page_may_be_set_a_little_off() -> None:
    def second(sheet: Sheet) -> None:
        sheet.y = 62
        off = [x + 6 for x in STARTS], [x + 6 for x in ENDS]
        aligned(sheet, *off, [["4", MEET, "Công an xã"], ["5", CLEAN, "Các thôn"]], head=False)

    def first(sheet: Sheet) -> None:
        sheet.y = 60
        aligned(sheet, STARTS, ENDS, THREE)

    assert len(cells(made(first, second))) == 1 and len(cells(made(first, second))[0]) == 6


# ------------------------------------------------------------------ any engine


@pytest.mark.parametrize("seed", range(8))
def test_boxes_that_jitter_as_those_of_ocr(seed: int) -> None:
    """Single words, each box off by up to a fifth of the line height in y and a tenth in x."""
    chance = random.Random(seed)
    words: list[Segment] = []
    y = 100.0
    for row in plain(THREE):
        texts = [[" ".join(part) for part in _chunks(cell.split(), 5)] for cell in row]
        depth = max(map(len, texts))
        for lines, x in zip(texts, (85, 125, 380), strict=True):
            for at, line in enumerate(lines):
                left = float(x)
                for word in line.split():
                    dy, dx, width = chance.uniform(-2.4, 2.4), chance.uniform(-1.2, 1.2), 5.5 * len(word)
                    top = y + at * 16 + dy
                    words.append(Segment(word, left + dx, top, left + dx + width, top + 12))
                    left += width + 4
        y += depth * 16 + 8
    page = ReadPage(1, 595, 842, rows_of(words), words=words)
    (grid,) = (block for block in blocks_of([page]) if isinstance(block, Grid))
    assert [[cell.text.replace("\n", " ") for cell in row] for row in grid.rows] == plain(THREE)


def _chunks(words: list[str], size: int) -> list[list[str]]:
    return [words[at : at + size] for at in range(0, len(words), size)]


def test_numbers_that_ocr_passes_over_leave_the_rows_as_they_are() -> None:
    """tesseract skips lone digits: blanks part the rows, and a number that was read must fit."""
    rows: Rows = [THREE[0], ["I", "Quý I", ""], *THREE[1:], ["II", "Quý II", ""], *THREE[1:]]
    bare = [[cell if number == 0 or not cell.isdigit() else "" for cell in row] for number, row in enumerate(rows)]
    assert cells(made(table_page(bare, gap=9))) == [plain(bare)]
    some = [*bare[:3], *rows[3:]]
    assert cells(made(table_page(some, gap=9))) == [plain(some)]
    assert cells(made(table_page([*bare[:3], ["7", *rows[3][1:]], *rows[4:]], gap=9))) == []


def test_a_row_is_only_parted_by_its_own_words() -> None:
    (row,) = rows_of([Segment("STT Nội dung", 85, 100, 160, 112)])
    own = [Segment("STT", 85, 100, 105, 112), Segment("Nội", 112, 100, 130, 112), Segment("dung", 133, 100, 160, 112)]
    assert [piece.text for piece in parted_finely(row, own, GUTTER).pieces] == ["STT", "Nội dung"]
    assert parted_finely(row, own[:2], GUTTER) is row


NORULING = Path(__file__).parents[3] / "shared" / "rebuilt" / "003_noruling.pdf"


@pytest.mark.skipif(not NORULING.exists(), reason="needs ../shared/rebuilt")
def test_the_rebuilt_plan_without_ruling_lines() -> None:
    extracted = read(NORULING.read_bytes())
    (grid,) = (block for block in extracted.blocks if isinstance(block, Grid))
    numbers = [row[0].text for row in grid.rows]
    assert numbers == ["STT", "I", *"123456", "II", *"123", "III", *"123", "IV", *"1234"]
    assert all(row[1].text and row[2].text for row in grid.rows if row[0].text.isdigit())
    assert not any(isinstance(block, Line) and block.text.isdigit() for block in extracted.blocks)
