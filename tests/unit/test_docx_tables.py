from __future__ import annotations

import pytest
from docx_files import LETTERHEAD, cell, docx, grid, lines, p, r, table, tr

from pipeline.extract.docx import read_docx
from pipeline.values import Grid


def test_cells_merged_nested_and_with_paragraphs() -> None:
    inner = table(tr("Trước 30/6", "Sau 30/6"), ruled=False)
    body = table(
        tr("STT", "Nội dung", "Thời gian", look="<w:tblHeader/>"),
        tr("1", cell("Ban hành", "kế hoạch"), cell("Quý I", look='<w:vMerge w:val="restart"/>')),
        tr("2", f"<w:tc>{p('Tổ chức')}{inner}{p('')}</w:tc>", cell("", look="<w:vMerge/>")),
        tr(cell("II", look='<w:gridSpan w:val="2"/>'), "Quý II"),
    )
    found = grid(body)
    assert [[cell.text for cell in row] for row in found.rows] == [
        ["STT", "Nội dung", "Thời gian"],
        ["1", "Ban hành\nkế hoạch", "Quý I"],
        ["2", "Tổ chức\nTrước 30/6\nSau 30/6"],
        ["II", "Quý II"],
    ]
    assert found.rows[1][2].row_span == 2
    assert [(c.column, c.column_span) for c in found.rows[3]] == [(0, 2), (2, 1)]
    assert (found.columns, found.header_rows) == (3, 1)


def test_rows_deleted_hidden_and_in_controls() -> None:
    body = table(
        tr("STT", "Việc"),
        tr("1", "bỏ", look="<w:del/>"),
        tr("2", "ẩn", look="<w:hidden/>"),
        f"<w:sdt><w:sdtContent>{tr('3', 'giữ')}</w:sdtContent></w:sdt>",
    )
    assert [row[1].text for row in grid(body).rows] == ["Việc", "giữ"]


def test_letterhead_table_becomes_lines() -> None:
    assert [(line.side, line.opens, line.hint, line.text) for line in lines(LETTERHEAD)] == [
        ("left", True, False, "ỦY BAN NHÂN DÂN"),
        ("left", None, False, "XÃ AN HÒA"),
        ("right", True, False, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("right", None, False, "Độc lập - Tự do - Hạnh phúc"),
        ("left", True, False, "Số: 05/KH-UBND"),
        ("left", True, False, "V/v thi đua"),
        ("right", True, False, "An Hòa, ngày 02 tháng 01 năm 2025"),
    ]


@pytest.mark.parametrize("ruled", [True, False])
def test_signature_table_becomes_lines(ruled: bool) -> None:
    signs = cell("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "Trần Văn Bình")
    body = table(tr(cell("Nơi nhận:", "- Lưu: VT."), signs), ruled=ruled)
    assert [(line.side, line.text) for line in lines(body)] == [
        ("left", "Nơi nhận:"), ("left", "- Lưu: VT."), ("right", "TM. ỦY BAN NHÂN DÂN"), ("right", "CHỦ TỊCH"),
        ("right", "Trần Văn Bình"),
    ]  # fmt: skip
    assert all(line.opens for line in lines(body))


@pytest.mark.parametrize(
    ("body", "is_grid"),
    [
        (table(tr("STT", "Việc"), tr("1", "a"), ruled=False), True),
        (table(tr("Việc", "Đơn vị"), tr("a", "b")), True),
        (table(tr("Kính gửi:", "- Các phòng;"), ruled=False), False),
        (table(tr("Khung một ô")), False),
        (table(tr("", "CHỦ TỊCH"), tr("", ""), tr("", "Trần Văn Bình"), ruled=False), False),
        (table(tr("a", "b", "c", "d"), ruled=False), True),
        (table(*[tr("a", "b")] * 9, ruled=False), True),
    ],
)
def test_layout_or_data(body: str, is_grid: bool) -> None:
    blocks = read_docx(docx(p("trên") + body)).blocks
    assert any(isinstance(block, Grid) for block in blocks) == is_grid


def test_table_style_draws_the_lines() -> None:
    borders = '<w:tblPr><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr>'
    style = f'<w:style w:type="table" w:styleId="G">{borders}</w:style>'
    body = f'<w:tbl><w:tblPr><w:tblStyle w:val="G"/></w:tblPr>{tr("Việc", "Đơn vị")}{tr("a", "b")}</w:tbl>'
    assert grid(body, styles=style).columns == 2
    assert not [b for b in read_docx(docx(body)).blocks if isinstance(b, Grid)]


def test_letterhead_and_signature_set_with_tabs() -> None:
    tab = "</w:t><w:tab/><w:t>"
    body = (
        p(r(f"ỦY BAN NHÂN DÂN{tab}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
        + p(r(f"XÃ AN HÒA{tab}Độc lập - Tự do - Hạnh phúc"))
        + p("KẾ HOẠCH")
        + p(r(f"Nơi nhận:{tab}CHỦ TỊCH"))
        + p(r("- Lưu: VT."))
        + p(r(f"{tab}Trần Văn Bình"))
    )
    assert [(line.side, line.text) for line in lines(body)] == [
        ("left", "ỦY BAN NHÂN DÂN"), ("left", "XÃ AN HÒA"), ("right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("right", "Độc lập - Tự do - Hạnh phúc"), ("full", "KẾ HOẠCH"), ("left", "Nơi nhận:"), ("left", "- Lưu: VT."),
        ("right", "CHỦ TỊCH"), ("right", "Trần Văn Bình"),
    ]  # fmt: skip
