"""Old Word files, RTF and ODT read without LibreOffice."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import nullcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_files import (
    BOLD,
    DELETED,
    ENCRYPTED,
    HIDDEN,
    IN_TABLE,
    ROW_END,
    Part,
    container,
    odt,
    row_shape,
    rtf,
    word,
    word_streams,
)

from pipeline.errors import ReadError
from pipeline.extract.docx import read_docx
from pipeline.extract.office.converter import NotConvertedError, Office
from pipeline.extract.office.guard import check
from pipeline.extract.office.odt import odt_as_docx
from pipeline.extract.office.reading import read_office
from pipeline.extract.office.rtf import rtf_as_docx
from pipeline.extract.office.word_binary import word_as_docx
from pipeline.extract.sniff import MediaType, sniff
from pipeline.settings import Limits
from pipeline.values import Extracted, Grid, Line, Source

LIMITS = Limits()
CELL, EMPTY = "\x07", ""


class NoOffice(Office):
    """LibreOffice as on a machine without it, or one that fails on every file."""

    def __init__(self, cause: str = "office_missing") -> None:
        super().__init__(LIMITS)
        self.cause = cause

    def docx_of(self, source: Source) -> bytes:
        raise NotConvertedError(self.cause, "LibreOffice")


def roughly(data: bytes, office: Office | None = None) -> Extracted:
    return read_office(Source("ke-hoach", data), sniff(data, ""), LIMITS, office or NoOffice())


def lines(data: bytes) -> list[str]:
    return [block.text for block in roughly(data).blocks if isinstance(block, Line)]


def grids(data: bytes) -> list[list[list[tuple[str, int, int, int]]]]:
    """Every cell's text, column, columns and rows."""
    found = [block for block in roughly(data).blocks if isinstance(block, Grid)]
    return [[[(c.text, c.column, c.column_span, c.row_span) for c in row] for row in grid.rows] for grid in found]


def cause_of(data: bytes, office: Office | None = None) -> str:
    with pytest.raises(ReadError) as error:
        roughly(data, office)
    return error.value.cause


# ------------------------------------------------------------------ the binary Word file


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        (["ỦY BAN NHÂN DÂN\rKẾ HOẠCH\r"], ["ỦY BAN NHÂN DÂN", "KẾ HOẠCH"]),
        ([Part("“Ke hoach” – 2025\r", wide=False), "năm 2025\r"], ["“Ke hoach” – 2025", "năm 2025"]),
        (["Kế ", "hoạch", Part(" nam", wide=False), " 2025\r"], ["Kế hoạch nam 2025"]),
        (["giữ ", Part("đã xóa", letters=DELETED), Part("ẩn đi", letters=HIDDEN), "lại\r"], ["giữ lại"]),
        (["Xem \x13HYPERLINK \"http://a\"\x14trang này\x15 nhé\r"], ["Xem trang này nhé"]),
        (["\x13IF \x13PAGE\x14 3 \x15 = 1\x14trong\x15 ngoài\r"], ["trong ngoài"]),
        (["Trường \x13hỏng không đóng\r", "vẫn còn\r"], ["Trường hỏng không đóng", "vẫn còn"]),
        (["Số 12\x1eKH\x1f/UB\u00ad\r"], ["Số 12-KH/UB"]),
        (["I. MỤC ĐÍCH:\x0bCông tác năm 2025\r"], ["I. MỤC ĐÍCH:", "Công tác năm 2025"]),
        (["ký hiệu \ud83d\ude00 lạ\r".encode("utf-16", "surrogatepass").decode("utf-16")], ["ký hiệu \U0001f600 lạ"]),
        (["trang một\x0ctrang hai\r"], ["trang một", "trang hai"]),
    ],
)  # fmt: skip
def test_text_of_a_word_file(parts: list[Part | str], shown: list[str]) -> None:
    assert lines(word(*parts)) == shown


def test_bold_paragraphs_are_told_as_headings() -> None:
    read = roughly(word("thường\r", Part("I. MỤC ĐÍCH\r", letters=BOLD), "nửa ", Part("đậm\r", letters=BOLD)))
    assert [(block.text, block.hint) for block in read.blocks if isinstance(block, Line)] == [
        ("thường", False), ("I. MỤC ĐÍCH", True), ("nửa đậm", False),
    ]  # fmt: skip


def test_rows_of_a_word_table_end_where_their_marks_say_so() -> None:
    """An empty last cell and the row's end look alike in the text alone."""
    three = row_shape([0, 500, 3000, 5000])
    body = f"STT{CELL}Nội dung{CELL}Ghi chú{CELL}{CELL}1{CELL}Tổ chức\rhội nghị{CELL}{EMPTY}{CELL}{CELL}Hết\r"
    looks = [IN_TABLE, IN_TABLE, IN_TABLE, three, IN_TABLE, IN_TABLE, IN_TABLE, IN_TABLE, three]
    assert grids(word(body, looks=looks)) == [
        [
            [("STT", 0, 1, 1), ("Nội dung", 1, 1, 1), ("Ghi chú", 2, 1, 1)],
            [("1", 0, 1, 1), ("Tổ chức\nhội nghị", 1, 1, 1), ("", 2, 1, 1)],
        ]
    ]


def test_merged_cells_of_a_word_table() -> None:
    rows = [
        (f"TT{CELL}Việc{CELL}Đơn vị{CELL}{CELL}", row_shape([0, 500, 3000, 5000])),
        (f"I{CELL}Quý I{CELL}{CELL}", row_shape([0, 490, 5010])),
        (f"1{CELL}Họp{CELL}Văn phòng{CELL}{CELL}", row_shape([0, 500, 3000, 5000], [0, 0, 0x60])),
        (f"2{CELL}Báo cáo{CELL}{CELL}{CELL}", row_shape([0, 500, 3000, 5000], [0, 0, 0x20])),
    ]
    looks = [look for text, end in rows for look in [IN_TABLE] * (text.count(CELL) - 1) + [end]]
    (grid,) = grids(word("".join(text for text, _ in rows), looks=looks))
    assert grid[1] == [("I", 0, 1, 1), ("Quý I", 1, 2, 1)]
    assert grid[2][2] == ("Văn phòng", 2, 1, 2)
    assert [text for text, *_ in grid[3]] == ["2", "Báo cáo"]


def test_a_letterhead_table_becomes_lines() -> None:
    body = f"UBND XÃ AN HÒA\rSố: 12/KH-UBND{CELL}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\rĐộc lập - Tự do - Hạnh phúc{CELL}{CELL}"
    read = roughly(word(body, looks=[IN_TABLE, IN_TABLE, IN_TABLE, IN_TABLE, row_shape([0, 100, 300], line=0)]))
    assert [(block.text, block.side) for block in read.blocks if isinstance(block, Line)] == [
        ("UBND XÃ AN HÒA", "left"),
        ("Số: 12/KH-UBND", "left"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "right"),
        ("Độc lập - Tự do - Hạnh phúc", "right"),
    ]


def test_cells_without_a_row_are_not_lost() -> None:
    assert lines(word(f"một{CELL}hai{CELL}", looks=[IN_TABLE, IN_TABLE])) == ["một", "hai"]
    assert lines(word(f"một{CELL}hai{CELL}{CELL}", looks=[IN_TABLE, IN_TABLE, ROW_END])) == ["một", "hai"]


TEXT = "Ủy ban nhân dân xã ban hành kế hoạch công tác năm 2025\r" * 4
SOUND = word(TEXT)


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (word(TEXT, flags=ENCRYPTED), "password_protected"),
        (SOUND[: len(SOUND) * 6 // 10], "truncated_file"),
        (SOUND[:-700], "truncated_file"),
        (container({"WordDocument": word_streams([Part(TEXT)], [])["WordDocument"]}), "damaged_file"),
        (container({"WordDocument": b"WordDocument", "1Table": b""}), "damaged_file"),
        (container({"Workbook": "WordDocument".encode("utf-16-le")}), "format_not_read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") * 100, "truncated_file"),
        (word("\r\r"), "empty_file"),
        (word("\x01\r\x08\r"), "no_text_layer"),
        (word(TEXT, version=0x65), "office_missing"),
    ],
    ids=["locked", "cut", "tail", "no table", "no header", "workbook", "no container", "empty", "pictures", "word 95"],
)  # fmt: skip
def test_causes_of_word_files(data: bytes, cause: str) -> None:
    assert sniff(data, "a.doc") is MediaType.DOC
    assert cause_of(data) == cause


def test_a_body_longer_than_any_plan_is_refused_before_it_is_read() -> None:
    with pytest.raises(ReadError) as error:
        word_as_docx(SOUND, Limits(text_characters=100))
    assert error.value.cause == "too_complex"


@settings(max_examples=150, deadline=None)
@given(changes=st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_damaged_word_files_are_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(SOUND)
    for at, value in changes:
        data[at] = value
    if sniff(bytes(data), "a.doc") is not MediaType.DOC:
        return
    try:
        assert roughly(bytes(data)).blocks
    except ReadError as refused:
        assert refused.cause in {
            "password_protected", "damaged_file", "truncated_file", "format_not_read", "empty_file", "no_text_layer",
            "too_complex", "office_missing",
        }  # fmt: skip


# ------------------------------------------------------------------ RTF


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (r"\pard ỦY BAN\par KẾ HOẠCH\par", ["ỦY BAN", "KẾ HOẠCH"]),
        (r"Số: 12\_KH/UB\~x\{y\}\\\par", ["Số: 12-KH/UB\xa0x{y}\\"]),
        (r"{\fonttbl{\f0\fcharset163 A;}{\f1\fcharset0 B;}}\f0 \'d0i\'ea\'ccu \f1\'d0\par", ["Đi\u00ea\u0300u Ð"]),
        (r"\ansicpg1258 K\'ea\'ec ho\'e3\par", ["Kê\u0301 hoă"]),
        (r"{\header đầu trang\par}{\footnote chân\par}{\*\abc bỏ}{\info{\title t}}giữ\par", ["giữ"]),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt trang}} này\par", ["trang này"]),
        (r"{\listtext\pard 1.\tab}Mục đích\par", ["1. Mục đích"]),
        (r"giữ {\deleted bỏ}{\v ẩn}lại\par", ["giữ lại"]),
        (r"{\pict\wmetafile8 0102abcd}" + "chữ " * 30 + r"\par", ["chữ " * 29 + "chữ"]),
        (r"một\line Hai\par", ["một", "Hai"]),
        (r"\uc2\u7871\'5e\'5eho\par", ["ếho"]),
        (r"\u-10179?\u-8704?x\par", ["\U0001f600x"]),
        (r"{\shp{\*\shpinst{\sp{\sn a}{\sv 2}}{\shptxt Trong khung\par}}}ngoài\par", ["Trong khung", "ngoài"]),
        ("xuống\\\ndòng\\par", ["xuống", "dòng"]),
    ],
)  # fmt: skip
def test_text_of_an_rtf(body: str, shown: list[str]) -> None:
    assert lines(rtf(body)) == shown


def test_binary_data_in_an_rtf_is_jumped_over() -> None:
    assert lines(b"{\\rtf1 a{\\bin6 }}}{{{}b\\par}") == ["ab"]


def test_rows_of_an_rtf_table() -> None:
    lined = r"\clbrdrt\brdrs"
    row = r"\trowd\trleft0{0}\cellx500{0}\cellx3000{0}\cellx5000\pard\intbl "
    body = (
        row.replace("{0}", lined) + r"STT\cell Nội dung\cell Ghi chú\cell\row "
        rf"\trowd\trleft0{lined}\cellx500{lined}\cellx5000\pard\intbl I\cell Quý I\cell\row "
        + row.replace("{0}", lined).replace(r"\cellx5000", r"\clvmgf\cellx5000")
        + r"1\cell Họp\par tổng kết\cell Văn phòng\cell\row "
        + row.replace("{0}", lined).replace(r"\cellx5000", r"\clvmrg\cellx5000")
        + r"2\cell Báo cáo\cell\cell\row \pard Hết\par"
    )
    (grid,) = grids(rtf(body))
    assert grid[0] == [("STT", 0, 1, 1), ("Nội dung", 1, 1, 1), ("Ghi chú", 2, 1, 1)]
    assert grid[1] == [("I", 0, 1, 1), ("Quý I", 1, 2, 1)]
    assert grid[2] == [("1", 0, 1, 1), ("Họp\ntổng kết", 1, 1, 1), ("Văn phòng", 2, 1, 2)]
    assert [text for text, *_ in grid[3]] == ["2", "Báo cáo"]


def test_an_rtf_cut_short_is_told() -> None:
    whole = rtf(r"\pard{\b Kế hoạch} năm 2025\par" * 20)
    assert cause_of(whole[: len(whole) // 2]) == "truncated_file"
    assert lines(rtf(r"\'5c\{ \\\{ \par ")) == ["\\{ \\{"]


@pytest.mark.parametrize(
    ("body", "is_cut"),
    [(b"\\bin3 }}}", False), (b"\\bin2147483647 x", True), (b"\\\\bin99", False), (b"\\bin9\\bin999 ", False), (b"\\bin", False)],
)
def test_binary_data_that_end_too_early_tell_of_a_file_cut_short(body: bytes, is_cut: bool) -> None:
    data = b"{\\rtf1 Ke hoach{" + body + b"}}"
    with pytest.raises(ReadError, match="truncated_file") if is_cut else nullcontext():
        check(data, MediaType.RTF, LIMITS)


def test_groups_without_end_are_refused() -> None:
    deep = b"{\\rtf1 " + b"{" * 5000 + b"}" * 5001
    with pytest.raises(ReadError) as error:
        rtf_as_docx(deep, LIMITS)
    assert error.value.cause == "too_complex"


# ------------------------------------------------------------------ ODT

BOLD_STYLE = '<style:style style:name="B" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>'
LINED = '<style:style style:name="L" style:family="table-cell"><style:table-cell-properties fo:border="1pt solid"/></style:style>'


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<text:p>ỦY BAN</text:p><text:h>KẾ HOẠCH</text:h>", ["ỦY BAN", "KẾ HOẠCH"]),
        ("<text:p>\n  một\n  <text:span>hai</text:span> ba<text:s text:c='2'/>bốn</text:p>", ["một hai ba  bốn"]),
        ("<text:p>một<text:line-break/>Hai</text:p>", ["một", "Hai"]),
        ("<text:p>chữ<text:note><text:note-body><text:p>chú</text:p></text:note-body></text:note> sau</text:p>", ["chữ sau"]),
        ("<text:tracked-changes><text:p>đã xóa</text:p></text:tracked-changes><text:p>còn</text:p>", ["còn"]),
        ("<text:list><text:list-item><text:p>mục</text:p></text:list-item></text:list>", ["mục"]),
        ("<text:section><text:p>trong mục</text:p></text:section>", ["trong mục"]),
        ("<text:p>a<draw:frame><draw:text-box><text:p>khung</text:p></draw:text-box></draw:frame>b</text:p>", ["ab", "khung"]),
    ],
)
def test_text_of_an_odt(body: str, shown: list[str]) -> None:
    assert lines(odt(body)) == shown


def test_bold_of_an_odt() -> None:
    read = roughly(odt('<text:p text:style-name="B">I. MỤC ĐÍCH</text:p><text:p>thường</text:p>', styles=BOLD_STYLE))
    assert [block.hint for block in read.blocks if isinstance(block, Line)] == [True, False]


def cell(text: str, look: str = "") -> str:
    return f'<table:table-cell table:style-name="L" {look}><text:p>{text}</text:p></table:table-cell>'


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def test_cells_of_an_odt_table() -> None:
    wide, high = 'table:number-columns-spanned="2"', 'table:number-rows-spanned="2"'
    covered = "<table:covered-table-cell/>"
    head = f"<table:table-header-rows>{row(cell('TT'), cell('Việc'), cell('Đơn vị'))}</table:table-header-rows>"
    rows = head + row(cell("I"), cell("Quý I", wide), covered)
    rows += row(cell("1"), cell("Họp"), cell("Văn phòng", high)) + row(cell("2"), cell("Báo cáo"), covered)
    (grid,) = grids(odt(f"<table:table>{rows}</table:table>", styles=LINED))
    assert grid[0] == [("TT", 0, 1, 1), ("Việc", 1, 1, 1), ("Đơn vị", 2, 1, 1)]
    assert grid[1] == [("I", 0, 1, 1), ("Quý I", 1, 2, 1)]
    assert grid[2][2] == ("Văn phòng", 2, 1, 2)
    assert [text for text, *_ in grid[3]] == ["2", "Báo cáo"]


ENCRYPTION = '<manifest:encryption-data manifest:checksum="x"/>'


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (odt("<text:p>mật</text:p>", manifest=ENCRYPTION), "password_protected"),
        (odt("<text:p>chữ</text:p>")[:-40], "truncated_file"),
        (odt("<text:p>&x;</text:p>", before='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'), "damaged_file"),
        (odt("<text:p>"), "damaged_file"),
        (odt(""), "empty_file"),
    ],
    ids=["locked", "cut", "entity", "no XML", "empty"],
)
def test_causes_of_odt(data: bytes, cause: str) -> None:
    assert sniff(data, "a.odt") is MediaType.ODT
    assert cause_of(data, NoOffice("damaged_file")) == cause


def test_repeated_cells_and_rows_stay_within_reason() -> None:
    many = 'table:number-columns-repeated="99999"'
    row = f'<table:table-row table:number-rows-repeated="99999"><table:table-cell {many}><text:p>x</text:p></table:table-cell></table:table-row>'
    assert len(odt_as_docx(odt(f"<table:table>{row}</table:table>"), LIMITS)) < 1_000_000


# ------------------------------------------------------------------ what is told


@pytest.mark.parametrize(
    ("data", "engine", "kind"),
    [(SOUND, "doc-text", MediaType.DOC), (rtf(r"Ke hoach\par"), "rtf-text", MediaType.RTF), (odt("<text:p>Kế</text:p>"), "odt-text", MediaType.ODT)],
    ids=["doc", "rtf", "odt"],
)
def test_a_rough_reading_is_told(data: bytes, engine: str, kind: MediaType) -> None:
    for cause, code in (("office_missing", "read_without_office"), ("too_complex", "office_failed")):
        read = roughly(data, NoOffice(cause))
        assert read.media_type == kind.value
        assert {page.engine for page in read.pages} == {engine}
        assert [(notice.code, notice.detail) for notice in read.notices] == [(code, kind.label)]


def test_where_nothing_can_be_read_the_failure_of_libreoffice_is_told() -> None:
    assert cause_of(word(TEXT, version=0x65), NoOffice("too_complex")) == "too_complex"


@pytest.mark.parametrize("convert", [word_as_docx, rtf_as_docx, odt_as_docx])
def test_what_xml_cannot_hold_is_left_out(convert: Callable[[bytes, Limits], bytes]) -> None:
    data = {word_as_docx: word("a\x03\ufffe<b>&c\r"), rtf_as_docx: rtf(r"a\u3?\u65534?<b>&c\par"),
            odt_as_docx: odt("<text:p>a&lt;b&gt;&amp;c</text:p>")}[convert]  # fmt: skip
    (line,) = read_docx(convert(data, LIMITS)).blocks
    assert isinstance(line, Line)
    assert re.sub("[^a-z<>&]", "", line.text) == "a<b>&c"
