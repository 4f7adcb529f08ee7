from __future__ import annotations

import pytest

from pipeline.extract.layout import Body, Placed, Segment, is_centred, measure, rows_of
from pipeline.extract.layout_columns import place
from pipeline.extract.pages import ReadPage, blocks_of, drop_running_lines
from pipeline.extract.paragraphs import MARK, Laid, openings, starts_lower
from pipeline.extract.pdf_widgets import with_widgets
from pipeline.values import Line

WIDTH = 600.0
BODY = Body(left=80, right=520, leading=16, indent=36)
SIGN = 6.0


def piece(x0: float, y: float, text: str, *, height: float = 14, bold: bool = False, x1: float = 0) -> Segment:
    """A piece of text, every sign six points wide unless x1 says otherwise."""
    return Segment(text, x0, y, x1 or x0 + SIGN * len(text), y + height, bold)


def middle(x: float, y: float, text: str, *, bold: bool = False) -> Segment:
    return piece(x - SIGN * len(text) / 2, y, text, bold=bold)


def shown(rows: list[Segment]) -> list[list[str]]:
    return [[one.text for one in row.pieces] for row in rows_of(rows)]


# ------------------------------------------------------------------ rows


@pytest.mark.parametrize(
    ("pieces", "rows"),
    [
        # words in any order become lines
        ([piece(110, 20, "hai"), piece(80, 0, "Một"), piece(80, 20, "Dòng"), piece(104, 1, "dòng")],
         [["Một dòng"], ["Dòng hai"]]),
        # a wide blank parts columns
        ([piece(80, 0, "TRÁI"), piece(200, 0, "PHẢI")], [["TRÁI", "PHẢI"]]),
        # pieces that touch are one word, but a number never sticks to a word
        ([piece(80, 0, "KH"), piece(92, 0, "-UBND")], [["KH-UBND"]]),
        ([piece(80, 0, "ngày"), piece(104, 0, "05")], [["ngày 05"]]),
        # lines of different size side by side do not chain over several lines
        ([piece(80, 0, "nhỏ một", height=10), piece(300, 4, "LỚN MỘT", height=16), piece(80, 12, "nhỏ hai", height=10)],
         [["nhỏ một", "LỚN MỘT"], ["nhỏ hai"]]),
        # a raised figure belongs to its line
        ([piece(80, 10, "nghị quyết"), piece(141, 8, "1", height=8)], [["nghị quyết 1"]]),
    ],
)  # fmt: skip
def test_rows(pieces: list[Segment], rows: list[list[str]]) -> None:
    assert shown(pieces) == rows


def test_measure_finds_margins_leading_and_indent() -> None:
    page = [
        one
        for start in range(0, 400, 80)
        for one in (
            piece(116, start, "a" * 20, x1=520),
            piece(80, start + 18, "b" * 20, x1=520),
            piece(80, start + 36, "c" * 20, x1=400),
        )
    ]
    body = measure([rows_of(page)], WIDTH)
    assert (body.left, body.right, body.leading, body.indent) == (80, 520, 18, 36)


@pytest.mark.parametrize(
    ("one", "centred"),
    [
        (middle(300, 0, "KẾ HOẠCH"), True),
        (piece(116, 0, "1. Mục đích"), False),
        (piece(116, 0, "Một tiêu đề dài bằng khổ", x1=484), False),
        (piece(80, 0, "Một dòng đầy", x1=520), False),
    ],
)
def test_centred(one: Segment, centred: bool) -> None:
    assert is_centred(one, BODY) is centred


# ------------------------------------------------------------------ columns


def order(pieces: list[Segment]) -> list[tuple[str, str]]:
    return [(line.side, line.piece.text) for line in place(rows_of(pieces), BODY, WIDTH)]


LETTERHEAD = [
    middle(150, 50, "ỦY BAN NHÂN DÂN"),
    middle(150, 68, "XÃ AN HÒA"),
    middle(390, 50, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    middle(390, 68, "Độc lập - Tự do - Hạnh phúc"),
    piece(110, 92, "Số:"),
    piece(150, 92, "/KH-UBND"),
    middle(390, 92, "An Hòa, ngày 05 tháng 6 năm 2025"),
]


def test_a_letterhead_is_issuer_motto_number_dateline_and_the_title_below_it_is_not_its_part() -> None:
    title = [middle(300, 120, "KẾ HOẠCH"), piece(116, 150, "Căn cứ Luật", x1=520)]
    assert order([*LETTERHEAD, *title]) == [
        ("left", "ỦY BAN NHÂN DÂN"),
        ("left", "XÃ AN HÒA"),
        ("right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("right", "Độc lập - Tự do - Hạnh phúc"),
        ("left", "Số: /KH-UBND"),
        ("right", "An Hòa, ngày 05 tháng 6 năm 2025"),
        ("full", "KẾ HOẠCH"),
        ("full", "Căn cứ Luật"),
    ]


def test_a_signature_block_begins_on_the_right_and_reaches_down_to_the_name() -> None:
    pieces = [
        piece(80, 10, "thực hiện nghiêm túc./.", x1=300),
        middle(420, 40, "TM. ỦY BAN NHÂN DÂN"),
        middle(420, 58, "CHỦ TỊCH"),
        piece(80, 58, "Nơi nhận:", height=12),
        piece(80, 71, "- Lưu: VT.", height=12),
        middle(420, 180, "Lê Văn Bình"),
    ]
    assert order(pieces) == [
        ("full", "thực hiện nghiêm túc./."),
        ("left", "Nơi nhận:"),
        ("left", "- Lưu: VT."),
        ("right", "TM. ỦY BAN NHÂN DÂN"),
        ("right", "CHỦ TỊCH"),
        ("right", "Lê Văn Bình"),
    ]


def test_list_marks_and_wide_blanks_in_text_are_no_columns() -> None:
    lines = [
        piece(80, 10, "Nội dung một dòng dài", x1=520),
        *(one for y in range(30, 110, 16) for one in (piece(80, y, "-"), piece(110, y, "việc cần làm", x1=400))),
    ]
    assert {side for side, _ in order(lines)} == {"full"}
    assert order(lines)[1] == ("full", "- việc cần làm")


def test_the_end_of_a_sentence_above_the_signature_is_not_its_part() -> None:
    pieces = [
        piece(116, 10, "Trên đây là Kế hoạch của Ủy ban nhân dân xã", x1=520),
        piece(80, 28, "An Hòa./."),
        piece(80, 48, "Nơi nhận:"),
        middle(420, 48, "TM. ỦY BAN NHÂN DÂN"),
        middle(420, 66, "CHỦ TỊCH"),
    ]
    assert order(pieces)[:3] == [
        ("full", "Trên đây là Kế hoạch của Ủy ban nhân dân xã"),
        ("full", "An Hòa./."),
        ("left", "Nơi nhận:"),
    ]


# ------------------------------------------------------------------ paragraphs


def laid(*pieces: Segment, page: int = 1, body: Body = BODY) -> list[Laid]:
    return [Laid(Placed(one, "full", 0), page, body) for one in pieces]


FULL = 520.0
FLUSH = Body(left=80, right=520, leading=16, indent=None)


@pytest.mark.parametrize(
    ("above", "line", "opens"),
    [
        # the next word would not have fitted: the sentence runs on, whatever it begins with
        (piece(116, 0, "Thực hiện", x1=FULL), piece(80, 16, "Ủy ban nhân dân"), False),
        (piece(116, 0, "phát triển kinh tế", x1=FULL), piece(80, 16, "- Xã hội của xã"), False),
        # it would have fitted
        (piece(80, 0, "năm 2025", x1=300), piece(80, 16, "Ủy ban nhân dân"), True),
        # first-line indent below a line that happens to be full
        (piece(80, 0, "năm 2025.", x1=FULL), piece(116, 16, "Ủy ban nhân dân"), True),
        (piece(116, 0, "Các đơn vị.", x1=FULL), piece(116, 16, "Ủy ban nhân dân"), True),
        # a small letter after an open line runs on
        (piece(80, 0, "các cơ quan, đơn vị", x1=450), piece(80, 16, "trên địa bàn"), False),
        # more blank than between lines
        (piece(80, 0, "năm 2025.", x1=FULL), piece(80, 24, "Ủy ban nhân dân"), True),
        # hanging indent below an item's own first line
        (piece(80, 0, "- Văn phòng", x1=FULL), piece(100, 16, "Hội đồng nhân dân"), False),
        # a title that ran over, and the next title
        (middle(300, 0, "Công tác thi đua khen thưởng năm"), middle(300, 16, "2025 trên địa bàn xã"), False),
        (middle(300, 0, "Phát triển kinh tế tư nhân và"), middle(300, 16, "chuyển đổi số"), False),
        (middle(300, 0, "PHỤ LỤC"), middle(300, 16, "DANH MỤC NHIỆM VỤ NĂM 2025"), True),
        (middle(300, 0, "DANH MỤC NHIỆM VỤ NĂM 2025"), middle(300, 16, "(Kèm theo Kế hoạch này)"), True),
        (middle(300, 0, "KẾ HOẠCH TUYÊN TRUYỀN VẬN ĐỘNG"), middle(300, 16, "Năm 2025 của xã An Hòa"), None),
    ],
)
def test_openings(above: Segment, line: Segment, opens: bool | None) -> None:
    assert openings(laid(above, line)) == [True, opens]


def test_openings_without_first_line_indents() -> None:
    lines = laid(
        piece(80, 0, "Các đơn vị phối hợp.", x1=FULL),
        piece(80, 16, "- Văn phòng chủ trì", x1=FULL),
        piece(80, 32, "- xã hội theo quy định", x1=FULL),
        piece(80, 48, "II. TỔ CHỨC THỰC HIỆN"),
        body=FLUSH,
    )
    assert openings(lines) == [True, True, False, True]


def test_a_wrapped_reference_at_the_start_of_a_line_is_no_mark() -> None:
    assert [bool(MARK.match(text)) for text in ("1. Mục đích", "1.1. Mục", "a) Họp", "I- MỤC", "- Họp", "Điều 2")] == [
        True, True, True, False, True, True,
    ]  # fmt: skip
    assert not any(map(MARK.match, ("30/6/2025", "7.500 đồng", "2025 và", "và", "CT/TW", "19:00 họp")))
    assert [starts_lower(text) for text in ("“và", "Và", "- xã", "30")] == [True, False, True, False]


def test_a_paragraph_over_a_page_break_and_one_after_it() -> None:
    first = ReadPage(1, WIDTH, 800, rows_of([piece(116, 700, "Thực hiện Kế hoạch", x1=FULL)]))
    second = ReadPage(2, WIDTH, 800, rows_of([piece(80, 60, "của huyện.", x1=200), piece(116, 76, "Các xã.", x1=300)]))
    blocks = blocks_of([first, second])
    assert [(one.text, one.page, one.opens) for one in blocks if isinstance(one, Line)] == [
        ("Thực hiện Kế hoạch", 1, True),
        ("của huyện.", 2, False),
        ("Các xã.", 2, True),
    ]


@pytest.mark.parametrize(
    ("row", "stays"),
    [
        (middle(300, 20, "2"), False),
        (middle(300, 20, "- 12 -"), False),
        (middle(300, 780, "Trang 2/5"), False),
        (piece(505, 780, "3"), False),
        (piece(80, 20, "12"), True),
        (middle(300, 20, "2025"), True),
        (middle(300, 400, "2"), True),
    ],
)
def test_page_numbers(row: Segment, stays: bool) -> None:
    page = ReadPage(1, WIDTH, 800, rows_of([piece(80, 200, "Nội dung", x1=520), row]))
    drop_running_lines([page])
    assert (len(page.rows) == 2) is stays


# ------------------------------------------------------------------ widgets


@pytest.mark.parametrize(
    ("printed", "word", "text"),
    [
        ([piece(80, 0, "Số:"), piece(140, 0, "/KH-UBND")], piece(108, 0, "1914"), "Số: 1914 /KH-UBND"),
        ([piece(80, 0, "Số:"), piece(100, 0, "......"), piece(140, 0, "/KH")], piece(104, 0, "19"), "Số: 19 /KH"),
        ([piece(80, 0, "Số:......../KH-UBND")], piece(104, 0, "1914"), "Số: 1914 /KH-UBND"),
        ([piece(80, 0, "Số:"), piece(104, 0, "88/KH-UBND")], piece(104, 0, "1914"), "Số: 88/KH-UBND"),
    ],
)
def test_words_of_widgets_stand_in_the_blank_left_for_them(printed: list[Segment], word: Segment, text: str) -> None:
    (row,) = rows_of(with_widgets(printed, [word]))
    assert row.whole().text == text
