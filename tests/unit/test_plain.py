from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ReadError
from pipeline.extract.columns import regions
from pipeline.extract.markdown import without_marks
from pipeline.extract.plain import read_plain
from pipeline.extract.table_head import head_rows
from pipeline.settings import Limits
from tests.unit.plain_text import grid_of, lines_of, read, shown


def test_plain_text_keeps_its_lines_and_leaves_paragraphs_to_the_words() -> None:
    text = "KẾ HOẠCH\r\n\r\n  Công tác thi đua\nnăm 2025  \n* Thuận lợi:\n\f2\nhết"
    extracted = read(text)
    assert shown(extracted) == [
        ".|KẾ HOẠCH", ".|", ".|Công tác thi đua", ".|năm 2025", ".|* Thuận lợi:", ".|", ".|2", ".|hết",
    ]  # fmt: skip
    assert [line.page for line in lines_of(extracted)] == [1, 1, 1, 1, 1, 1, 2, 2]
    assert [page.number for page in extracted.pages] == [1, 2]
    assert (extracted.encoding, extracted.media_type) == ("utf-8", "text/plain")


@pytest.mark.parametrize("rule", ["-------", "|", "***", "=====", "_______________", "----------o0o----------", "│"])
def test_a_drawn_line_is_dropped_and_what_follows_opens(rule: str) -> None:
    assert shown(read(f"TỈNH HÀ LÂM\n{rule}\nCỘNG\nHÒA XÃ HỘI")) == [".|TỈNH HÀ LÂM", "T|CỘNG", ".|HÒA XÃ HỘI"]


@pytest.mark.parametrize("text", ["-", "…………", "- 2 -", "+", "Số: ……/KH-UBND", ". . ."])
def test_what_is_no_drawn_line_stays(text: str) -> None:
    assert shown(read(f"trên\n{text}\ndưới"))[1] == f".|{text}"


def test_letterhead_cells_with_bars_are_taken_apart() -> None:
    text = (
        "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n"
        "Số: 20/KH-UBND | Tây Sơn, ngày 08 tháng 5 năm 2019 |\n"
        "Thực hiện Quyết định"
    )
    assert shown(read(text)) == [
        "T<|ỦY BAN NHÂN DÂN",
        "T>|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "T<|Số: 20/KH-UBND",
        "T>|Tây Sơn, ngày 08 tháng 5 năm 2019",
        "T|Thực hiện Quyết định",
    ]


def test_residue_of_web_pages_is_taken_off() -> None:
    text = (
        "null\n<p>An Hòa, <i>ngày 05 tháng 10</i></p> năm 2022\n"
        "Dòng một\\r\\nDòng hai<br>Dòng&nbsp;ba &amp; bốn\n5 < 7 & 8 > 3"
    )
    assert shown(read(text)) == [
        ".|", ".|An Hòa, ngày 05 tháng 10", ".|năm 2022", ".|Dòng một", ".|Dòng hai", ".|Dòng ba & bốn", ".|5 < 7 & 8 > 3",
    ]  # fmt: skip


LAYOUT = """\
      SỞ CÔNG THƯƠNG                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
       ĐOÀN KIỂM TRA                         Độc lập - Tự do - Hạnh phúc
     THEO QUYẾT ĐỊNH
      SỐ 50/QĐ-SCT                       An Hòa, ngày 10 tháng 3 năm 2026

        Số: 11/KH-ĐKT

                                KẾ HOẠCH
                    Kiểm tra việc chấp hành pháp luật

Nơi nhận:                                         TM. ĐOÀN KIỂM TRA
- Giám đốc Sở (để báo cáo);
- Văn phòng Sở (bố trí kinh phí, phương              TRƯỞNG ĐOÀN
tiện phục vụ Đoàn kiểm tra);
- Lưu: VT.



                                                     Trần Văn Bình
                                                     PHỤ LỤC I
"""


def test_two_columns_are_read_left_then_right() -> None:
    assert shown(read(LAYOUT)) == [
        "T<|SỞ CÔNG THƯƠNG",
        ".<|ĐOÀN KIỂM TRA",
        ".<|THEO QUYẾT ĐỊNH",
        ".<|SỐ 50/QĐ-SCT",
        "T>|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        ".>|Độc lập - Tự do - Hạnh phúc",
        "T<|Số: 11/KH-ĐKT",
        "T>|An Hòa, ngày 10 tháng 3 năm 2026",
        ".|",
        "T|KẾ HOẠCH",
        ".|Kiểm tra việc chấp hành pháp luật",
        ".|",
        "T<|Nơi nhận:",
        "T<|- Giám đốc Sở (để báo cáo);",
        "T<|- Văn phòng Sở (bố trí kinh phí, phương",
        ".<|tiện phục vụ Đoàn kiểm tra);",
        "T<|- Lưu: VT.",
        "T>|TM. ĐOÀN KIỂM TRA",
        "T>|TRƯỞNG ĐOÀN",
        ".>|",
        ".>|Trần Văn Bình",
        "T|PHỤ LỤC I",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ["1. Chủ tịch    giao Văn phòng    chủ trì", "2. Công an xã    phối hợp"],
        ["Nơi nhận:", "- UBND huyện;", "- Lưu: VT.", "CHỦ TỊCH", "Trần Văn Bình"],
        ["STT        Nội dung        Đơn vị", "1          Ban hành         Văn phòng"],
        ["Căn cứ Quyết định số 12 ngày 03 tháng 4 năm 2024"],
    ],
)
def test_prose_lists_and_tables_are_no_columns(rows: list[str]) -> None:
    assert regions(rows, [1] * len(rows)) == []


def test_tabs_part_columns_too() -> None:
    rows = [
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "XÃ AN HÒA\t\tĐộc lập - Tự do - Hạnh phúc",
        "\tAn Hòa, ngày 02 tháng 01 năm 2025",
        "KẾ HOẠCH",
    ]
    (region,) = regions(rows, [1] * 4)
    assert region.end == 3
    assert [(line.side, line.text) for line in region.lines] == [
        ("left", "ỦY BAN NHÂN DÂN"),
        ("left", "XÃ AN HÒA"),
        ("right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("right", "Độc lập - Tự do - Hạnh phúc"),
        ("right", "An Hòa, ngày 02 tháng 01 năm 2025"),
    ]


def test_first_line_indents_open_paragraphs() -> None:
    paragraph = "      Thực hiện Quyết định của Giám đốc Sở về việc\nkiểm tra, Trưởng đoàn\nlập kế hoạch như sau:\n"
    found = shown(read(paragraph * 6 + "      với chữ thường"))
    assert found[:4] == [
        "T|Thực hiện Quyết định của Giám đốc Sở về việc", ".|kiểm tra, Trưởng đoàn", ".|lập kế hoạch như sau:",
        "T|Thực hiện Quyết định của Giám đốc Sở về việc",
    ]  # fmt: skip
    assert found[-1] == ".|với chữ thường"


def test_a_table_laid_out_with_blanks_that_is_not_read_is_reported() -> None:
    table = "Mục    Nội dung    Đơn vị\nA1    Ban hành    Văn phòng\nA2    Tổ chức    Công an xã"
    assert [(notice.code, notice.page) for notice in read("đầu\f" + table).notices] == [("table_not_read", 2)]
    assert read("Số:      /KH-UBND\nKẾ HOẠCH").notices == ()


MARKDOWN = """\
Số: /KH-UBND

**KẾ HOẠCH**  
**Công tác thi đua, khen thưởng năm 2025**

**I. MỤC ĐÍCH, YÊU CẦU**

Các đơn vị tăng cường phối hợp, chú trọng xây dựng và phát

triển các chuyên mục tuyên truyền;
dòng gãy giữa câu.

## **II. TỔ CHỨC THỰC HIỆN**
1\\. Văn phòng *chủ trì*, xem [trang xã](https://example.vn/a_b)
\\- Lưu ý `mã` và snake_case, 2 * 3 * 4
* Thuận lợi:

### **Nơi nhận:**

- UBND huyện;
- Lưu: VT.

**TM. ỦY BAN NHÂN DÂN**\\
**CHỦ TỊCH**
"""


def test_markdown_marks_become_knowledge() -> None:
    found = [line for line in shown(read(MARKDOWN, markdown=True)) if not line.endswith("|")]
    assert found == [
        "T|Số: /KH-UBND",
        "T#|KẾ HOẠCH",
        "T#|Công tác thi đua, khen thưởng năm 2025",
        "T#|I. MỤC ĐÍCH, YÊU CẦU",
        "T|Các đơn vị tăng cường phối hợp, chú trọng xây dựng và phát",
        ".|triển các chuyên mục tuyên truyền;",
        ".|dòng gãy giữa câu.",
        "T#|II. TỔ CHỨC THỰC HIỆN",
        "T|1. Văn phòng chủ trì, xem trang xã",
        "T|- Lưu ý mã và snake_case, 2 * 3 * 4",
        "T|* Thuận lợi:",
        "T#|Nơi nhận:",
        "T|- UBND huyện;",
        "T|- Lưu: VT.",
        "T#|TM. ỦY BAN NHÂN DÂN",
        "T#|CHỦ TỊCH",
    ]


def test_markdown_wraps_go_on() -> None:
    text = "Đẩy mạnh phong trào thi đua, phát huy sức mạnh tổng hợp của cả hệ\nthống chính trị và các tầng lớp nhân dân"
    assert shown(read(text, markdown=True))[1].startswith("F|")
    torn = "**III. ĐỐI TƯỢNG,\nPHẠM VI**\nToàn xã."
    assert shown(read(torn, markdown=True)) == ["T#|III. ĐỐI TƯỢNG,", ".#|PHẠM VI", "T|Toàn xã."]


def test_markdown_underlined_heading() -> None:
    assert shown(read("KẾ HOẠCH\n========\nnăm 2025", markdown=True)) == ["T#|KẾ HOẠCH", "T|năm 2025"]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("***đậm nghiêng*** và __gạch__", "đậm nghiêng và gạch"),
        ("~~bỏ~~ giữ", "bỏ giữ"),
        ("![ảnh](a.png)Số: 5", "Số: 5"),
        ("(**) Ghi chú, (*) Ghi chú", "(**) Ghi chú, (*) Ghi chú"),
        ("\\*\\*không đậm\\*\\*", "**không đậm**"),
        ("17,4 * 3,0", "17,4 * 3,0"),
        ("Luật số 12\\_2024 \\[2\\]", "Luật số 12_2024 [2]"),
        ("_Độc lập - Tự do_", "Độc lập - Tự do"),
    ],
)
def test_inline_marks(marked: str, plain: str) -> None:
    assert without_marks(marked) == plain


def test_markdown_table_becomes_a_grid() -> None:
    text = (
        "| STT | Nội dung | Đơn vị |\n|:--|:-:|---|\n| (1) | (2) | (3) |\n"
        "| 1 | **Ban hành**<br>kế hoạch | Văn phòng |\n| I | Quý I |\n\nHết"
    )
    extracted = read(text, markdown=True)
    grid = grid_of(extracted)
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["STT", "Nội dung", "Đơn vị"],
        ["(1)", "(2)", "(3)"],
        ["1", "Ban hành\nkế hoạch", "Văn phòng"],
        ["I", "Quý I", ""],
    ]
    assert (grid.columns, grid.header_rows) == (3, 2)
    assert shown(extracted)[-1] == "T|Hết"


def test_markdown_letterhead_table_is_no_grid() -> None:
    text = "| ỦY BAN NHÂN DÂN<br>XÃ AN HÒA | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n|---|---|\n| Số: 5/KH-UBND | An Hòa |"
    assert shown(read(text, markdown=True)) == [
        "T<|ỦY BAN NHÂN DÂN", ".<|XÃ AN HÒA", "T>|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "T<|Số: 5/KH-UBND", ".>|An Hòa",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "marked", "span", "head"),
    [
        ([["STT", "Nội dung"], ["1", "a"]], 0, 1, 1),
        ([["TT", "Nội dung"], ["Chủ trì", "Phối hợp"], ["1", "a"]], 0, 2, 2),
        ([["STT", "Nội dung"], ["(1)", "(2)"], ["1", "a"]], 1, 1, 2),
        ([["TT", "Việc"], ["A", "B"], ["1", "a"]], 0, 1, 1),
        ([["TT", "Việc", "Tiền"], ["1", "2", "3=1+2"], ["1", "a", "5"]], 0, 1, 2),
        ([["3", "tiếp theo"], ["4", "b"]], 0, 1, 0),
        ([["I", "Quý I"], ["1", "b"]], 0, 1, 0),
        ([["Nội dung", "Đơn vị"], ["a", "b"]], 0, 1, 1),
        ([], 0, 1, 0),
    ],
)
def test_head_rows(rows: list[list[str]], marked: int, span: int, head: int) -> None:
    assert head_rows(rows, marked, span) == head


def test_limits_and_empty_files() -> None:
    for text, limits, cause in (
        ("a" * 11, Limits(text_characters=10), "too_complex"),
        ("a\fb\fc", Limits(pages=2), "too_complex"),
        ("\n \n----\n", Limits(), "empty_file"),
    ):
        with pytest.raises(ReadError) as error:
            read_plain(text.encode(), False, limits)
        assert error.value.cause == cause


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_zero_bytes_in_and_behind_a_text_are_dirt(encoding: str) -> None:
    text = "Uy ban nhân dân xã ban hành\nkê hoach nam nay\n" * 20
    dirty = text.replace("\n", "\n\0") + "\0" * 4_000
    assert [line.text for line in lines_of(read_plain(dirty.encode(encoding), False))] == text.splitlines()


def test_lost_characters_are_reported() -> None:
    data = "Kế hoạch năm 2025 của Ủy ban nhân dân xã ".encode() * 50
    extracted = read_plain(data + b"\xe1\xba", False)
    assert [notice.code for notice in extracted.notices] == ["damaged_text"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aĐ*_#|-~`\\[]()<>&; \n\t\f1.", max_size=200), st.booleans())
def test_any_text_is_read_or_empty(text: str, markdown: bool) -> None:
    try:
        extracted = read(text, markdown)
    except ReadError as error:
        assert error.cause in ("empty_file", "unknown_format")
    else:
        assert lines_of(extracted) or grid_of(extracted)
        assert all("\n" not in line.text for line in lines_of(extracted))
