"""Joining lines into paragraphs, page furniture, characters, and the way back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize import normalize
from pipeline.normalize.characters import clean
from pipeline.values import Box, Cell, Extracted, Grid, Line, NormalText, PageInfo
from tests.unit.growth import grows_within

PAGE = PageInfo(1, 595.0, 842.0, "plain")


def read(text: str) -> NormalText:
    """Plain text, one Line a physical line, nothing known about paragraphs."""
    lines = tuple(Line(line) for line in text.split("\n"))
    return normalize(Extracted("text/plain", lines, (PAGE,)))


def paragraphs(normal: NormalText) -> list[str]:
    return [normal.text[p.start : p.end] for p in normal.paragraphs]


# `|` stands where a line ends inside a paragraph, a new row of the tuple is a new paragraph.
JOINS = {
    "number cut from its word": ("Số:|3012/KH-UBND", "KẾ HOẠCH"),
    "date cut at every word": ("Sơn Hạ, ngày 18|tháng 01|năm 2025", "KẾ HOẠCH"),
    "short date cut": ("Thực hiện Công văn số 12/UBND-VX ngày 16/7/|2024 của UBND huyện;",),
    "heading over two lines": ("I. MỤC ĐÍCH,|YÊU CẦU", "1. Mục đích"),
    "heading that ends in the type word": ("I. CĂN CỨ LẬP|KẾ HOẠCH", "1. Luật Trẻ em;"),
    "issuer over two lines": ("ỦY BAN NHÂN DÂN|XÃ SƠN HẠ", "Số: 12/KH-UBND"),
    "issuer cut inside": ("ỦY|BAN NHÂN DÂN|XÃ SƠN HẠ", "Số: 12/KH-UBND"),
    "motto": ("CỘNG|HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập - Tự do - Hạnh phúc", "Sơn Hạ, ngày 05 tháng 3 năm 2025"),
    "place cut": ("Số: 12/KH-UBND", "Sơn|Hạ, ngày 05 tháng 3 năm 2025"),
    "type and title are two": ("KẾ HOẠCH", "Công tác cải cách hành chính năm 2025"),
    "symbol keeps its hyphen": ("Căn cứ Công văn số 11/CT-|UBND ngày 02/3/2024 của UBND huyện;",),
    "range over a line end": ("Thực hiện chương trình giai đoạn 2021-|2025 trên địa bàn xã;",),
    "a year ends a heading": ("2. Mục tiêu đến năm 2030", "- 65% hộ dân dùng nước sạch;"),
    "a year goes on with a year": ("Thực hiện Đề án 06 giai đoạn 2021|- 2025 trên địa bàn xã;",),
    "a number begins the next line": ("Thực hiện Kế hoạch số|27/KH-UBND ngày 02/3/2021 của UBND huyện;",),
    "a quarter's number": ("b) Tham mưu tổ chức tập huấn cho cộng tác viên trong quý|II/2023.", "c) Tổng hợp kết quả."),
    "brackets in small letters": ("- Tổng hợp, báo cáo trước ngày 15 tháng 6|(báo cáo 6 tháng), trước ngày 15 tháng 11.",),
    "brackets with a capital": ("Công tác trẻ em năm 2025", "(Kèm theo Quyết định số 12/QĐ-UBND)"),
    "to whom it goes": ("- Xây dựng kế hoạch thực hành tiết kiệm, gửi|UBND phường trước ngày 20/3/2026.",),
    "bullets": ("- Nâng cao chất lượng;", "- Bảo đảm tiến độ."),
    "dash inside a phrase": ("Đăng ký với Hội đồng Thi đua|- khen thưởng của huyện trước tháng 3.",),
    "signature lines": ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    "items": ("a) Rà soát hộ nghèo;", "b) Lập danh sách."),
    "date is no item": ("Hội nghị tổ chức vào ngày|12. Các đơn vị chuẩn bị.",),
    "posting time stands alone": ("THÔNG BÁO Về việc ra quân", "Ngày 26/06/2019 00:00:00"),
    "cut syllable": ("XÃ KHÁNH S|ƠN",),
    "mark torn from its heading": ("III.|KINH PHÍ THỰC HIỆN", "2.|Yêu cầu", "a)|Rà soát hộ nghèo;"),
    "mark torn off behind a heading": ("2. Phát triển hạ tầng, dữ liệu số", "a)|Rà soát hộ nghèo;"),
    "day torn from its sentence": ("Hội nghị tổ chức vào ngày|12.", "Các đơn vị chuẩn bị."),
    "name over two lines": ("PHÓ CHỦ TỊCH", "Phạm Văn|Thuận"),
}  # fmt: skip


@pytest.mark.parametrize("name", JOINS)
def test_wrapped_lines_join_into_paragraphs(name: str) -> None:
    rows = JOINS[name]
    text = "\n".join(row.replace("|", "\n") for row in rows)
    expected = [row.replace("-|", "-").replace("7/|", "7/").replace("S|Ơ", "SƠ").replace("|", " ") for row in rows]
    assert paragraphs(read(text)) == expected


def test_prose_wrapped_at_a_width_joins_and_a_short_line_ends_the_paragraph() -> None:
    text = (
        "Nâng cao trách nhiệm của cấp ủy, chính quyền trong chỉ đạo, điều hành phong trào của\n"
        "Ủy ban nhân dân xã và các đoàn thể xã.\n"
        "Tạo sự chuyển biến trong nhận thức của người dân."
    )
    assert "phong trào của Ủy ban nhân dân xã" in paragraphs(read(text))[0]
    assert paragraphs(read(text))[-1].startswith("Tạo sự chuyển biến")


def test_double_spaced_text_reads_like_single_spaced() -> None:
    single = "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Nâng cao nhận thức của cán bộ và\nnhân dân trong xã về phòng cháy."
    double = single.replace("\n", "\n\n")
    assert read(single).text == read(double).text


def test_page_numbers_go_and_row_numbers_of_a_table_stay() -> None:
    prose = [f"Dòng văn bản thứ {n} của kế hoạch còn tiếp tục ở dòng sau nữa và" for n in range(40)]
    paged = [*prose[:15], "2", *prose[15:30], "3", *prose[30:]]
    assert " 2 " not in read("\n".join(paged)).text.replace("thứ 2 của", "")
    table = "TT\nNội dung\n1\nHọp dân\n2\nLập danh sách\n3\nNiêm yết"
    assert "1" in paragraphs(read(table))


def test_letterhead_columns_glued_in_one_line_are_parted() -> None:
    assert paragraphs(read("ỦY BAN NHÂN DÂN XÃ VẠN HẢICỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 4/KH-UBND"))[:2] == [
        "ỦY BAN NHÂN DÂN XÃ VẠN HẢI",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ]


def test_letterhead_columns_in_the_same_lines_give_one_issuer() -> None:
    lines = "UỶ BAN NHÂN DÂN CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ VẠN HẢI Độc lập - Tự do - Hạnh phúc\nSố: 4/KH-UBND"
    assert paragraphs(read(lines))[0] == "UỶ BAN NHÂN DÂN XÃ VẠN HẢI"


def test_a_signature_glued_to_the_filing_line_is_parted() -> None:
    assert paragraphs(read("Nơi nhận:\n- Lưu: VT.TM. ỦY BAN NHÂN DÂN"))[1:] == ["- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN"]


def test_a_signature_beside_the_recipients_follows_them() -> None:
    beside = "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Sở TT&TT; KT. CHỦ TỊCH\n- TT HĐND xã; PHÓ CHỦ TỊCH\n- Lưu: VT, VHTT. (đã ký)\nLê Thị Ý"
    left, right = ["Nơi nhận:", "- Sở TT&TT;", "- TT HĐND xã;", "- Lưu: VT, VHTT."], ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "(đã ký)"]
    assert paragraphs(read(beside)) == [*left, *right, "Lê Thị Ý"]


def test_both_columns_glued_line_by_line_are_parted() -> None:
    glued = "Nơi nhận:TM. UỶ BAN NHÂN DÂN\n- UBND huyện (b/c);KT. CHỦ TỊCH\n- TT. Đảng uỷ, HĐND xã;PHÓ CHỦ TỊCH\n- Các thôn, bon;\n- Lưu VT.Lê Thị Ý"
    left, right = ["Nơi nhận:", "- UBND huyện (b/c);", "- TT. Đảng uỷ, HĐND xã;", "- Các thôn, bon;", "- Lưu VT."], ["TM. UỶ BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Thị Ý"]
    assert paragraphs(read(glued)) == [*left, *right]


def test_an_abbreviation_among_the_recipients_is_no_signature() -> None:
    beside = "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Lưu: VT, TYT, VP.\nLê Thị Ý"
    assert paragraphs(read(beside)) == ["Nơi nhận:", "- Lưu: VT, TYT, VP.", "TM. ỦY BAN NHÂN DÂN", "Lê Thị Ý"]


def test_the_dash_of_an_offices_name_at_a_lines_start_is_no_bullet() -> None:
    torn = "Thực hiện Quyết định số 10/2007/QĐ-BVHTT ngày 04/5/2007 của Bộ Văn hóa\n- Thông tin; Quyết định số 329/QĐ-TTg ngày 15/3/2017 của Thủ tướng"
    assert len(paragraphs(read(torn))) == 1
    listed = "Tuyên truyền trên các lĩnh vực của đời sống nhân dân, nhất là về văn hóa:\n- Thông tin; kịp thời phổ biến chính sách mới của Nhà nước."
    assert len(paragraphs(read(listed))) == 2


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("NÐ\u2011CP", "NĐ-CP"),
        ("Số:\u00a0\u00a012", "Số: 12"),
        ("11/CT\ufffe", "11/CT-"),
        ("hƣớng dẫn", "hướng dẫn"),
        (unicodedata.normalize("NFD", "Ủy ban nhân dân"), "Ủy ban nhân dân"),
        ("a\u200bb\x07", "ab"),
        ("“Đoàn kết – sáng tạo”", "“Đoàn kết – sáng tạo”"),
    ],
)
def test_one_spelling_for_every_character(raw: str, expected: str) -> None:
    assert clean(raw) == expected


def test_offsets_lead_back_to_page_and_box() -> None:
    lines = (
        Line("1. Mục đích của", 1, Box(50, 700, 300, 715), True),
        Line("kế hoạch", 2, Box(50, 40, 300, 55), False),
    )
    normal = normalize(Extracted("application/pdf", lines, (PAGE, PageInfo(2, 595.0, 842.0, "pdfium"))))
    at = normal.text.index("kế hoạch")
    assert (normal.page_at(0), normal.page_at(at)) == (1, 2)
    assert normal.anchor_at(at) is not None and normal.anchor_at(at).box == Box(50, 40, 300, 55)  # type: ignore[union-attr]


def test_a_table_row_is_one_paragraph_with_cells_parted_by_tabs() -> None:
    rows = ((Cell("STT", 0), Cell("Nội dung", 1)), (Cell("1", 0), Cell("Họp dân\n- Các thôn", 1)), (Cell("", 0), Cell("", 1)))
    normal = normalize(Extracted("x", (Line("Bảng"), Grid(rows, 2, 1), Line("Sau bảng")), (PAGE,)))
    assert paragraphs(normal) == ["Bảng", "STT\tNội dung", "1\tHọp dân - Các thôn", "Sau bảng"]
    cell = normal.grids[0].rows[1][1]
    assert [normal.text[slice(*part)] for part in cell.parts] == ["Họp dân", "- Các thôn"]


@given(st.lists(st.text(alphabet="aăÂđ1.-/ \t:;(IVX\u0301\u00a0\ufffe", max_size=30), max_size=12))
def test_any_lines_give_a_text_whose_spans_hold(lines: list[str]) -> None:
    normal = normalize(Extracted("x", tuple(Line(line) for line in lines), (PAGE,)))
    assert unicodedata.is_normalized("NFC", normal.text)
    assert [normal.text[p.start : p.end] for p in normal.paragraphs] == [t for t in normal.text.split("\n") if t]
    assert all(a.start <= b.start for a, b in zip(normal.anchors, normal.anchors[1:], strict=False))


def test_time_grows_with_the_lines_of_one_paragraph() -> None:
    def work(times: int) -> None:
        read("Các thôn tổ chức thực hiện tốt việc này,\n\n" * times)

    assert len(paragraphs(read("Các thôn tổ chức thực hiện tốt việc này,\n\n" * 50))) == 1
    assert grows_within(lambda: work(500), lambda: work(2_000), factor=8, slack=0.05)
