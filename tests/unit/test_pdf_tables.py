from __future__ import annotations

import pytest
from pdf_files import Sheet, grids, letterhead, made, paragraphs, read

from pipeline.extract.grids import make_grid
from pipeline.extract.pdf_tables import PageTable, Part, find_frames
from pipeline.values import Box, Cell, Grid

XS = (85, 125, 360, 540)
HEADER = ["STT", "Nội dung công việc", "Đơn vị"]


def only_grid(data: bytes) -> Grid:
    (grid,) = (block for block in read(data).blocks if isinstance(block, Grid))
    return grid


@pytest.mark.parametrize("thin_box", [False, True])
def test_rulings_are_strokes_or_thin_rectangles(thin_box: bool) -> None:
    rows = [HEADER, ["1", "Ban hành kế hoạch", "Văn phòng"], ["2", "Tổ chức hội nghị", "- Công an xã;\n- Trạm Y tế."]]
    grid = only_grid(made(lambda sheet: sheet.table(XS, 100, rows, thin_box=thin_box) and None))
    assert [[cell.text for cell in row] for row in grid.rows] == rows
    assert (grid.columns, grid.header_rows, grid.page) == (3, 1, 1)
    assert grid.box is not None
    assert tuple(grid.box) == pytest.approx((85, 100, 540, 182), abs=1)


def test_text_around_a_table_keeps_its_place_and_stands_once() -> None:
    def page(sheet: Sheet) -> None:
        sheet.y = 60
        sheet.paragraph("II. NỘI DUNG")
        end = sheet.table(XS, 100, [HEADER, ["1", "Họp", "Văn phòng"]])
        sheet.y = end + 30
        sheet.paragraph("III. TỔ CHỨC THỰC HIỆN")

    assert paragraphs(read(made(page))) == ["II. NỘI DUNG", "#", "III. TỔ CHỨC THỰC HIỆN"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Ban hành Công văn phát động\nphong trào thi đua", "Ban hành Công văn phát động phong trào thi đua"),
        ("- Văn phòng - Thống kê;\n- Các đơn vị liên quan.", "- Văn phòng - Thống kê;\n- Các đơn vị liên quan."),
        ("Thực hiện trước ngày rà soát\n30/6/2025", "Thực hiện trước ngày rà soát 30/6/2025"),
        ("Công chức Văn hóa thể dục thể\n- Xã hội", "Công chức Văn hóa thể dục thể - Xã hội"),
        ("Chỉ thị của Ủy ban số 11/CT-\nUBND", "Chỉ thị của Ủy ban số 11/CT-UBND"),
        ("Họp\nBáo cáo", "Họp\nBáo cáo"),
    ],
)
def test_lines_of_a_cell_are_joined_where_they_ran_over(cell: str, text: str) -> None:
    grid = only_grid(made(lambda sheet: sheet.table((85, 125, 300, 540), 100, [HEADER, ["1", cell, "Tổ"]]) and None))
    assert grid.rows[1][1].text == text


def test_merged_cells_keep_their_spans() -> None:
    rows = [HEADER, ["I", "Quý I", None], ["1", "Họp", "Văn phòng"]]
    grid = only_grid(made(lambda sheet: sheet.table(XS, 100, rows) and None))
    merged = grid.rows[1][1]
    assert (merged.text, merged.column, merged.column_span) == ("Quý I", 1, 2)
    assert [cell.column for cell in grid.rows[2]] == [0, 1, 2]


def test_a_cell_over_two_rows() -> None:
    def page(sheet: Sheet) -> None:
        for x0, y0, x1, y1 in (
            (85, 100, 540, 100), (85, 160, 540, 160), (125, 130, 540, 130), (85, 100, 85, 160),
            (125, 100, 125, 160), (360, 130, 360, 160), (540, 100, 540, 160),
        ):  # fmt: skip
            sheet.rule(x0, y0, x1, y1)
        for x, y, text in ((90, 120, "STT"), (130, 120, "Nội dung"), (130, 150, "Năm 2024"), (365, 150, "Năm 2025")):
            sheet.at(x, y, text, size=11)

    grid = only_grid(made(page))
    assert [(c.text, c.column, c.row_span, c.column_span) for row in grid.rows for c in row] == [
        ("STT", 0, 2, 1),
        ("Nội dung", 1, 1, 2),
        ("Năm 2024", 1, 1, 1),
        ("Năm 2025", 2, 1, 1),
    ]
    assert grid.header_rows == 2


def test_a_table_over_three_pages_is_one_grid() -> None:
    def first(sheet: Sheet) -> None:
        sheet.table(XS, 600, [HEADER, ["1", "Họp triển khai", "Văn phòng"], ["2", "Tổng kết đợt thi đua, tiến", "Tổ"]])

    def second(sheet: Sheet) -> None:
        sheet.middle(312, 30, "2")
        sheet.table(XS, 60, [HEADER, ["", "tới Đại hội", "- Công an xã."], ["3", "Báo cáo", "Văn phòng"]])

    def third(sheet: Sheet) -> None:
        sheet.middle(312, 30, "3")
        end = sheet.table(XS, 60, [["4", "Lưu hồ sơ", "Văn thư"]])
        sheet.y = end + 30
        sheet.paragraph("III. TỔ CHỨC THỰC HIỆN")

    data = made(first, second, third)
    assert grids(read(data)) == [
        [
            HEADER,
            ["1", "Họp triển khai", "Văn phòng"],
            ["2", "Tổng kết đợt thi đua, tiến tới Đại hội", "Tổ\n- Công an xã."],
            ["3", "Báo cáo", "Văn phòng"],
            ["4", "Lưu hồ sơ", "Văn thư"],
        ]
    ]
    assert [row[0].page for row in only_grid(data).rows] == [1, 1, 1, 2, 3]


def test_tables_with_text_between_them_stay_two() -> None:
    def page(sheet: Sheet) -> None:
        end = sheet.table(XS, 100, [HEADER, ["1", "Họp", "Văn phòng"]])
        sheet.at(85, end + 25, "Phụ lục 2 kèm theo Kế hoạch này")
        sheet.table(XS, end + 50, [HEADER, ["1", "Báo cáo", "Văn phòng"]])

    assert paragraphs(read(made(page))) == ["#", "Phụ lục 2 kèm theo Kế hoạch này", "#"]


def test_frames_that_only_lay_out_a_page_are_no_tables() -> None:
    def ruled_letterhead(sheet: Sheet) -> None:
        letterhead(sheet)
        for y in (40, 110):
            sheet.rule(70, y, 560, y)
        for x in (70, 250, 560):
            sheet.rule(x, 40, x, 110)

    def boxed(sheet: Sheet) -> None:
        sheet.canvas.rect(80, 640, 460, 120)
        sheet.at(90, 120, "Chủ đề: Đoàn kết, sáng tạo, tăng tốc")

    head = paragraphs(read(made(ruled_letterhead)))
    assert head[0] == "L: ỦY BAN NHÂN DÂN XÃ BÌNH SƠN"
    assert "R: Bình Sơn, ngày 15 tháng 01 năm 2025" in head
    assert paragraphs(read(made(boxed))) == ["Chủ đề: Đoàn kết, sáng tạo, tăng tốc"]


def test_shades_and_underlines_are_no_rulings() -> None:
    def page(sheet: Sheet) -> None:
        for number in range(6):
            y = 100 + 20 * number
            sheet.canvas.setFillGray(0.9)
            sheet.canvas.rect(85, 842 - y - 4, 200, 16, stroke=0, fill=1)
            sheet.canvas.rect(290, 842 - y - 4, 200, 16, stroke=0, fill=1)
            sheet.canvas.setFillGray(0)
            sheet.at(90, y, f"Nội dung thứ {number}.")
            sheet.rule(90, y + 2, 180, y + 2)

    assert paragraphs(read(made(page))) == [f"Nội dung thứ {number}." for number in range(6)]


def test_a_drawing_of_many_strokes_is_no_table() -> None:
    mesh = [Box(0, y, 500, y) for y in range(0, 800, 4)] + [Box(x, 0, x, 800) for x in range(0, 500, 4)]
    assert find_frames(mesh) == []


# ------------------------------------------------------------------ joining


def part(page: int, *rows: list[str], edges: tuple[float, ...] = XS) -> PageTable:
    """A part of a table with rows 20 points high; a row with fewer texts leaves out its first columns."""
    made_rows = []
    for number, row in enumerate(rows):
        first = len(edges) - 1 - len(row)
        top = 100.0 + 20 * number
        made_rows.append(
            [
                Part(text, Box(edges[first + at], top, edges[first + at + 1], top + 20), page)
                for at, text in enumerate(row)
            ]
        )
    return PageTable(page, Box(edges[0], 100, edges[-1], 100 + 20 * len(rows)), list(map(float, edges)), made_rows)


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


@pytest.mark.parametrize(
    ("last", "first", "joined"),
    [
        # a cut row: no number on the second page
        (["2", "Tổng kết", "Tổ"], ["", "đợt thi đua", ""], [["2", "Tổng kết đợt thi đua", "Tổ"]]),
        # the number stands on the second page only
        (["", "Tổng kết đợt thi đua, tiến", ""], ["2", "tới Đại hội", "Tổ"], None),
        # a row of its own
        (["2", "Tổng kết.", "Tổ"], ["3", "Báo cáo", "Tổ"], [["2", "Tổng kết.", "Tổ"], ["3", "Báo cáo", "Tổ"]]),
    ],
)
def test_rows_cut_by_a_page(last: list[str], first: list[str], joined: list[list[str]] | None) -> None:
    grid = make_grid([part(1, HEADER, ["1", "Họp.", "Tổ"], last), part(2, first)])
    if joined is None:
        assert len(grid.rows) == 3
        assert grid.rows[2][1].text == "Tổng kết đợt thi đua, tiến tới Đại hội"
    else:
        assert texts(grid)[2:] == joined


def test_a_header_cut_by_a_page_is_joined() -> None:
    grid = make_grid([part(1, ["STT", "Nội dung", "Bộ phận thực"]), part(2, ["", "", "hiện"], ["1", "Họp", "Tổ"])])
    assert texts(grid) == [["STT", "Nội dung", "Bộ phận thực hiện"], ["1", "Họp", "Tổ"]]


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ([HEADER, ["1", "Họp", "Tổ"]], 1),
        ([HEADER, ["(1)", "(2)", "(3)"], ["1", "Họp", "Tổ"]], 2),
        ([HEADER, ["A", "B", "1"], ["1", "Họp", "Tổ"]], 2),
        ([["1", "Họp", "Tổ"], ["2", "Báo cáo", "Tổ"]], 0),
        ([["Thời gian", "Nội dung", "Địa điểm"], ["7h00", "Đón tiếp đại biểu", "Hội trường"]], 1),
    ],
)
def test_header_rows(rows: list[list[str]], count: int) -> None:
    assert make_grid([part(1, *rows)]).header_rows == count


def test_the_parts_of_a_table_may_lie_off_one_another_and_split_a_column() -> None:
    finer = (95.0, 135.0, 370.0, 460.0, 550.0)
    grid = make_grid([part(1, HEADER, ["1", "Họp", "Tổ"]), part(2, ["2", "Báo cáo", "Tổ", "Quý I"], edges=finer)])
    assert grid.columns == 4
    assert [(cell.column, cell.column_span) for cell in grid.rows[1]] == [(0, 1), (1, 1), (2, 2)]
    assert isinstance(grid.rows[2][3], Cell)
