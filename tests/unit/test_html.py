"""Saved web pages: their markup, their paragraphs, lists and tables, what is left out, and hostile ones."""

from __future__ import annotations

import quopri

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ReadError
from pipeline.extract import extract
from pipeline.extract.html import read_html
from pipeline.settings import Limits
from pipeline.values import Extracted, Grid, Source
from tests.unit.growth import grows_within
from tests.unit.plain_text import grid_of, lines_of, shown
from tests.unit.test_sniff import cp1258
from tests.unit.web_pages import cms_page, dnn_page, document, two_columns, word_page

LONG = "Các thôn tổ chức thực hiện kế hoạch thu gom rác thải trong năm."


def read(body: str) -> Extracted:
    return read_html(f"<!DOCTYPE html><html><body>{body}</body></html>".encode())


def rows(body: str) -> list[str]:
    return shown(read(body))


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>Một\n   hai</p><p>Ba</p>", ["T|Một hai", "T|Ba"]),
        ("<div>Một<p>Hai</p>ba</div>", ["T|Một", "T|Hai", "T|ba"]),
        ("<p>ỦY BAN NHÂN DÂN<br>XÃ AN HÒA</p>", ["T|ỦY BAN NHÂN DÂN", ".|XÃ AN HÒA"]),
        ("<p>Kính gửi các thôn<br>trong xã</p>", ["T|Kính gửi các thôn trong xã"]),
        ("<p>Nơi nhận:<br>- Các thôn;<br>- Lưu: VT.</p>", ["T|Nơi nhận:", "T|- Các thôn;", "T|- Lưu: VT."]),
        ("Một<br><br>Hai<br>&nbsp;<br>Ba", ["T|Một", "T|Hai", "T|Ba"]),
        ("<p><b>I. MỤC ĐÍCH</b></p>", ["T#|I. MỤC ĐÍCH"]),
        ("<p><b>Điều 1.</b> Ban hành</p>", ["T|Điều 1. Ban hành"]),
        ("<h2>KẾ HOẠCH</h2>", ["T#|KẾ HOẠCH"]),
        ("<p style='font-weight:700'>KẾ HOẠCH</p>", ["T#|KẾ HOẠCH"]),
        ("<b><p style='font-weight:normal'>Thường</p></b>", ["T|Thường"]),
        ("<p align=center>Số: &nbsp; &nbsp; &nbsp;/KH-UBND</p>", ["T|Số:      /KH-UBND"]),
        ("<p>K&#7871; ho&#x1EA1;ch &amp; b&aacute;o c&aacute;o</p>", ["T|Kế hoạch & báo cáo"]),
        ("<p>Kê\u0301 hoạch</p>", ["T|Kế hoạch"]),
        ("<p>Diện tích 300 m<sup>2</sup>, 10<sup>6</sup> đồng</p>", ["T|Diện tích 300 m2, 106 đồng"]),
        ("<p>Nghị quyết<sup>1</sup> và Đề án<a href='#n'><sup>[2]</sup></a></p>", ["T|Nghị quyết và Đề án"]),
        ("<p>Theo chuẩn<sup>mới</sup></p>", ["T|Theo chuẩnmới"]),
        ("<p>a<del>bỏ</del><ins>thêm</ins></p>", ["T|athêm"]),
        ("<p>Họp<o:p></o:p> <st1:place>xã</st1:place></p>", ["T|Họp xã"]),
        ("<pre>Một\nhai\n\nBa</pre>", ["T|Một hai", "T|Ba"]),
        ("<p><span style='font-family:Symbol'>·<span style='font:7pt \"Times\"'>&nbsp; </span></span>Họp</p>", ["T|•  Họp"]),
    ],
)
def test_paragraphs(body: str, lines: list[str]) -> None:
    assert rows(body) == lines


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<ol><li>Một<li>Hai</ol>", ["T|1. Một", "T|2. Hai"]),
        ("<ol type=I start=2><li>NỘI DUNG</li><li value=5>X</li><li>Y</li></ol>", ["T|II. NỘI DUNG", "T|V. X", "T|VI. Y"]),
        ("<ol type=a><li><p>Một</p><p>thêm</p></li><li>Hai</li></ol>", ["T|a. Một", "T|thêm", "T|b. Hai"]),
        ("<ul><li>Một<ul><li>Con</li></ul></li><li>- Hai</li></ul>", ["T|- Một", "T|- Con", "T|- Hai"]),
        ("<ol style='list-style-type:upper-roman'><li>MỤC ĐÍCH</li></ol>", ["T|I. MỤC ĐÍCH"]),
        ("<ol style='list-style:none'><li>1. Mục đích</li></ol>", ["T|1. Mục đích"]),
        ("<ol><li></li><li>Hai</li></ol>", ["T|2. Hai"]),
    ],
)
def test_lists_show_the_numbers_that_a_browser_shows(body: str, lines: list[str]) -> None:
    assert rows(body) == lines


def test_cells_that_span_rows_and_columns() -> None:
    body = (
        "<table border=1><caption>Bảng phân công</caption><thead><tr><th rowspan=2>STT<th colspan=2>Công việc</tr>"
        "<tr><th>Nội dung<th>Thời gian</tr></thead><tr><td>1<td>Rà soát<br>lần đầu<td rowspan=2>Quý I</tr><tr><td>2<td>Cấp thẻ</table>"
    )
    grid = grid_of(read(body))
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["STT", "Công việc"], ["Nội dung", "Thời gian"], ["1", "Rà soát lần đầu", "Quý I"], ["2", "Cấp thẻ"],
    ]  # fmt: skip
    assert [(c.column, c.column_span, c.row_span) for row in grid.rows for c in row] == [
        (0, 1, 2), (1, 2, 1), (1, 1, 1), (2, 1, 1), (0, 1, 1), (1, 1, 1), (2, 1, 2), (0, 1, 1), (1, 1, 1),
    ]  # fmt: skip
    assert (grid.columns, grid.header_rows) == (3, 2)
    assert rows(body) == ["T|Bảng phân công"]


@pytest.mark.parametrize(
    ("body", "is_grid"),
    [
        (two_columns(["ỦY BAN NHÂN DÂN"], ["Độc lập - Tự do - Hạnh phúc"]), False),
        (two_columns(["Nơi nhận:", "- Lưu: VT."], ["CHỦ TỊCH", "Trần Văn Bình"]), False),
        ("<table><tr><td>STT<td>Việc<tr><td>1<td>Họp</table>", True),
        ("<table border=1><tr><td>Việc<td>Đơn vị<tr><td>Họp<td>Văn phòng</table>", True),
        ("<table><tr><td style='border:solid 1pt'>Việc<td>Đơn vị<tr><td>Họp<td>Văn phòng</table>", True),
        ("<table border=0><tr><td style='border:none'>Khung<td>Chữ</table>", False),
        (f"<table><tr><td>{document()}</table>", False),
        ("<table border=1><tr><td>STT<td>Việc<tr><td>1<td><table><tr><td>a<td>b</table></table>", True),
    ],
)
def test_layout_or_data(body: str, is_grid: bool) -> None:
    assert any(isinstance(block, Grid) for block in read(body).blocks) == is_grid


def test_a_letterhead_set_apart_with_hard_blanks_is_read_column_by_column() -> None:
    gap = "&nbsp;" * 12
    body = f"<p>ỦY BAN NHÂN DÂN{gap}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>XÃ AN HÒA{gap}Độc lập - Tự do - Hạnh phúc</p>"
    assert [row.partition("|")[2] for row in rows(body)] == [
        "ỦY BAN NHÂN DÂN", "XÃ AN HÒA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><p>Lối đi</p></nav>", "<footer>Chân trang</footer>", "<aside>Bên lề</aside>", "<div role=navigation>Lối đi</div>",
        "<form><label>Họ tên</label><p>Gửi ý kiến</p></form>", "<header>Đầu trang</header>",
        "<ul><li><a href=1>Tin một</a></li><li><a href=2>Tin hai</a> (12/03/2024)</li><li><a href=3>Tin ba</a></li></ul>",
        "<div><p><a href=1>Tin một</a></p><p>» <a href=2>Tin hai</a></p><p><a href=3>Tin ba</a></p></div>",
    ],
)  # fmt: skip
def test_the_page_s_furniture_is_left_out_and_said(furniture: str) -> None:
    extracted = read(f"{furniture}<p>{LONG}</p><p>{LONG}</p><p>{LONG}</p>")
    assert [line.text for line in lines_of(extracted)] == [LONG] * 3
    assert [notice.code for notice in extracted.notices] == ["page_furniture"]


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>x</script>", "<style>p{}</style>", "<!-- ghi chú -->", "<noscript>Bật</noscript>", "<iframe>x</iframe>",
        "<p hidden>ẩn</p>", "<p style='display: none'>ẩn</p>", "<span style='mso-hide:all'>ẩn</span>",
        "<select><option>Chọn</select>", "<textarea>x</textarea>", "<button>Gửi</button>", "<input value=x>",
        "<svg><text>x</text></svg>", "<object>x</object>",
    ],
)  # fmt: skip
def test_what_no_reader_sees_is_not_read(unseen: str) -> None:
    assert rows(f"<p>Trước</p>{unseen}<p>Sau</p>") == ["T|Trước", "T|Sau"]


@pytest.mark.parametrize(
    "kept",
    [
        f"<form>{document()}</form>", f"<article><header><h1>KẾ HOẠCH</h1></header><p>{LONG}</p></article>",
        "".join(f"<p>Căn cứ <a href={i}>Luật số {i}/2020/QH14 ngày 17 tháng 11 năm 2020</a>;</p>" for i in range(5)),
        f"<header>{document()}</header>",
    ],
)  # fmt: skip
def test_the_document_itself_is_never_furniture(kept: str) -> None:
    assert read(f"{kept}<p>Hết</p>").notices == ()


def test_three_layouts_give_the_same_document() -> None:
    wanted = rows(document())
    for page in (dnn_page(), cms_page()):
        found = shown(read_html(page.encode()))
        at = found.index(wanted[0])
        assert found[at : at + len(wanted)] == wanted


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("<html><body><p>Kế hoạch của Ủy ban nhân dân xã</p>".encode(), "utf-8"),
        ("\ufeff<html><body><p>Kế hoạch của Ủy ban nhân dân xã</p>".encode(), "utf-8"),
        ("<html><body><p>Kế hoạch của Ủy ban nhân dân xã</p>".encode("utf-16"), "utf-16-le"),
        (cp1258("<html><meta charset=windows-1258><body><p>Kế hoạch của Ủy ban nhân dân xã</p>"), "windows-1258"),
        ("<meta charset=windows-1258><body><p>K&#7871; ho&#7841;ch c\u1ee7a Ủy ban nhân dân xã</p>".encode(), "utf-8"),
        (b"<html><meta http-equiv=Content-Type content='text/html; charset=windows-1258'><body><p>K&#7871; ho&#7841;ch c&#7911;a &#7910;y ban nh\xe2n d\xe2n x&#227;</p>", "windows-1258"),
    ],
)  # fmt: skip
def test_encodings(data: bytes, encoding: str) -> None:
    extracted = read_html(data)
    assert (shown(extracted), extracted.encoding) == (["T|Kế hoạch của Ủy ban nhân dân xã"], encoding)


def mhtml(page: bytes, transfer: str = "quoted-printable", kind: str = "text/html") -> bytes:
    return (
        b'From: <Saved by Blink>\r\nSubject: Ke hoach\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n'
        b'\tboundary="----MultipartBoundary--x----"\r\n\r\n\r\n------MultipartBoundary--x----\r\nContent-Type: ' + kind.encode()
        + b"\r\nContent-Transfer-Encoding: " + transfer.encode() + b"\r\nContent-Location: https://portal.example/27\r\n\r\n" + page
        + b"\r\n------MultipartBoundary--x----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
        b"------MultipartBoundary--x------\r\n"
    )  # fmt: skip


def test_a_page_saved_as_one_file_reads_as_the_page_does() -> None:
    page = dnn_page().encode()
    extracted = extract(Source("trang.mht", mhtml(quopri.encodestring(page))))
    assert shown(extracted) == shown(read_html(page))
    assert (extracted.media_type, extracted.pages[0].engine) == ("multipart/related", "html")
    plain = extract(Source("trang.mht", mhtml(b"<html><body><p>Ke hoach</p></body></html>", "8bit")))
    assert shown(plain) == ["T|Ke hoach"]


def test_an_archive_without_a_page_is_damaged() -> None:
    with pytest.raises(ReadError) as error:
        extract(Source("trang.mht", mhtml(b"x", kind="text/css")))
    assert error.value.cause == "damaged_file"


def test_a_page_under_another_name_is_read_and_its_pages_have_no_size() -> None:
    extracted = extract(Source("KH so 27.doc", word_page().encode()))
    assert extracted.media_type == "text/html"
    assert [(page.number, page.width, page.height, page.engine) for page in extracted.pages] == [(1, None, None, "html")]


# ------------------------------------------------------------------ hostile


def test_nothing_is_fetched_and_no_entity_of_the_page_s_own_is_resolved(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "bi-mat.txt"
    secret.write_text("MẬT KHẨU")
    opened: list[object] = []
    monkeypatch.setattr("socket.socket.connect", lambda *address: opened.append(address))
    page = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><html><head>'
        f'<meta http-equiv="refresh" content="0;url=http://a.example/"><base href="file://{tmp_path}/"><link rel=stylesheet href="{secret}">'
        f'</head><body><img src="http://a.example/x.png"><iframe src="file://{secret}"></iframe><object data="{secret}"></object>'
        f'<p>{LONG} &x; &b;</p><p>{LONG}</p></body></html>'
    )
    text = " ".join(line.text for line in lines_of(read_html(page.encode())))
    assert text.startswith(LONG) and "MẬT KHẨU" not in text and "lol" not in text
    assert opened == []


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        ("<div>" * 400 + "x", "too_complex"),
        ("<b>kế hoạch</b>" * 300_000, "too_complex"),
        ("<table><tr>" + "<td colspan=60>x" * 100, "too_complex"),
        ("<table><tr>" + "<td rowspan=60000>x" * 60 + "<tr><td>x" * 5_000, "too_complex"),
        ("<script>" + "x" * 5_000, "empty_file"),
        ("<p>&nbsp;</p><img src=x>", "no_text_layer"),
        ("<form><p>Họ tên</p></form>" * 3, "empty_file"),
    ],
)
def test_hostile_pages_are_an_outcome(body: str, cause: str) -> None:
    with pytest.raises(ReadError) as error:
        read(body)
    assert error.value.cause == cause


def test_limits_bite_before_the_page_is_read() -> None:
    for body in ("<p>" + "a" * 101, "<i>kế hoạch</i>" * 30):
        with pytest.raises(ReadError) as error:
            read_html(f"<html><body>{body}".encode(), Limits(text_characters=100))
        assert error.value.cause == "too_complex"


def test_a_picture_kept_as_text_and_dirt_between_the_letters_cost_nothing() -> None:
    picture = f'<img src="data:image/png;base64,{"A" * 12_000_000}">'
    assert rows(f"<p>Trước\0</p>{picture}<p>S\0au</p><p>{LONG * 2}</p>") == ["T|Trước", "T|Sau", f"T|{LONG * 2}"]


@pytest.mark.parametrize(
    "piece",
    [
        "<p>Kế hoạch", "<div></div>x", "<b>x</b> ", "kế hoạch<br>", "<p title='", "<!--kế hoạch", "<a href=1>x</a>", "<sup>1</sup>a",
        "<table><tr><td>x</table>", "<script>x", "<li>x", "<tr><td>x", "&nbsp;&#7871;", "<p " + "a=1 " * 50 + ">x",
    ],
)  # fmt: skip
def test_time_grows_with_the_page(piece: str) -> None:
    def work(times: int) -> None:
        try:
            read("Kế hoạch " + piece * times)
        except ReadError as error:
            assert error.cause in {"empty_file", "too_complex"}

    assert grows_within(lambda: work(1_500), lambda: work(6_000), factor=8, slack=0.1)


def test_time_grows_with_the_attributes_of_one_tag() -> None:
    def work(count: int) -> None:
        read("<p " + " ".join(f"a{i}=1" for i in range(count)) + ">x</p>")

    assert grows_within(lambda: work(10_000), lambda: work(40_000), factor=8, slack=0.1)


TAGS = ["p", "div", "table", "tr", "td", "ul", "ol", "li", "b", "br", "sup", "a href=1", "pre", "form", "nav", "h1", "td rowspan=3", "x:y"]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag.split(' ')[0]}>" for tag in TAGS]),
            st.sampled_from(["KẾ HOẠCH", "Nơi nhận:", "Độc lập - Tự do", "STT", "1.", " ", "&nbsp;", "<", "&", "<!--", "\0"]),
        ),
        max_size=60,
    )
)
def test_any_markup_is_read_or_refused(pieces: list[str]) -> None:
    try:
        extracted = read("".join(pieces))
    except ReadError as error:
        assert error.cause in {"empty_file", "no_text_layer"}
    else:
        assert extracted.blocks
        assert all(line.text.strip() and "\n" not in line.text for line in lines_of(extracted))
