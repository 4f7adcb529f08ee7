from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path

import pytest
from docx_files import (
    LETTERHEAD,
    OUTLINE,
    SPACES,
    STRICT,
    STYLES,
    W,
    docx,
    field,
    lines,
    num,
    numbering,
    p,
    r,
    texts,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ReadError
from pipeline.extract.docx import read_docx
from pipeline.settings import Limits
from pipeline.values import Extracted, Line

CHOICES = f"<mc:Choice>{r('một')}</mc:Choice><mc:Fallback>{r('hai')}</mc:Fallback>"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (r("số ") + "<w:ins>" + r("35") + "</w:ins><w:del><w:r><w:delText>34</w:delText></w:r></w:del>", "số 35"),
        ("<w:moveFrom>" + r("cũ") + "</w:moveFrom><w:moveTo>" + r("mới") + "</w:moveTo>", "mới"),
        (r("ẩn", "<w:vanish/>") + r("hiện", '<w:vanish w:val="0"/>'), "hiện"),
        ('<w:hyperlink r:id="x">' + r("trang xã") + "</w:hyperlink>", "trang xã"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + r("điều khiển") + "</w:sdtContent></w:sdt>", "điều khiển"),
        (r("a") + f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Nhấn')}</w:sdtContent></w:sdt>", "a"),
        ("<w:r><w:t>05</w:t><w:noBreakHyphen/><w:t>CT/TW kế</w:t><w:softHyphen/><w:t>hoạch</w:t></w:r>", "05-CT/TW kếhoạch"),
        (r("khen th\xadưởng"), "khen thưởng"),
        (r("n¨m 2009 \xadu"), "năm 2009 ưu"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t> Có</w:t></w:r>', "☑ Có"),
        ('<w:fldSimple w:instr=" DATE ">' + r("2025") + "</w:fldSimple>", "2025"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
        ("<w:r><w:t>Dòng một,</w:t><w:br/><w:t>dòng hai</w:t><w:tab/><w:t>sau.</w:t></w:r>", "Dòng một, dòng hai sau."),
        (f"<mc:AlternateContent>{CHOICES}</mc:AlternateContent>", "một"),
    ],
)  # fmt: skip
def test_what_a_paragraph_says(content: str, text: str) -> None:
    assert texts(p(content)) == [text]


def test_fields_show_results_and_hide_contents_tables() -> None:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    nested = begin + field("REF a", "ẩn") + end
    body = p(r("Mục ") + field("REF a", "5")) + p(nested + r("còn")) + p(field("TOC \\o", "1. Mục đích … 2")) + p("thân")
    assert texts(body) == ["Mục 5", "còn", "thân"]


def test_a_field_that_never_ends_swallows_nothing() -> None:
    assert texts(p(field("TOC", "mục lục", end=False)) + p("thân bài")) == ["mục lục", "thân bài"]


def test_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    assert texts(p("Ủy ban ", "<w:rPr><w:del/></w:rPr>") + p("nhân dân xã")) == ["Ủy ban nhân dân xã"]


def test_line_breaks_make_lines_whose_paragraph_the_words_decide() -> None:
    content = "<w:r><w:t>ỦY BAN NHÂN DÂN</w:t><w:br/><w:t>XÃ AN HÒA</w:t><w:br/><w:t>- Lưu: VT</w:t></w:r>"
    found = lines(p(content))
    assert [(line.text, line.opens) for line in found] == [
        ("ỦY BAN NHÂN DÂN", True),
        ("XÃ AN HÒA", None),
        ("- Lưu: VT", True),
    ]


@pytest.mark.parametrize(
    ("paragraph", "hint"),
    [
        (p(r("Mục đích", "<w:b/>")), True),
        (p(r("Mục", "<w:b/>") + r(" đích")), False),
        (p(r("Mục", "<w:b/>") + r("  ")), True),
        (p(r("Mục", '<w:b w:val="0"/>')), False),
        (p("Mục đích", '<w:pStyle w:val="H1"/>'), True),
        (p("Mục đích", '<w:pStyle w:val="Muc"/>'), True),
        (p(r("không đậm", '<w:b w:val="0"/>'), '<w:pStyle w:val="Muc"/>'), False),
        (p("Mục đích", '<w:pStyle w:val="H2"/>'), True),
        (p("- Tăng cường", '<w:pStyle w:val="H2"/>'), False),
        (p(r("Mục đích", '<w:rStyle w:val="Dam"/>')), True),
        (p("Mục đích", '<w:outlineLvl w:val="1"/>'), True),
        (p("Mục đích", '<w:outlineLvl w:val="9"/>'), False),
        (p("Mục đích"), False),
    ],
)
def test_bold_and_heading_styles_are_hints(paragraph: str, hint: bool) -> None:
    (line,) = lines(paragraph, styles=STYLES)
    assert (line.hint, line.opens) == (hint, True)


def test_hidden_style_and_looping_styles() -> None:
    loop = "".join(f'<w:style w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("AB", "BA"))
    body = p("ẩn", '<w:pStyle w:val="An"/>') + p("hiện", '<w:pStyle w:val="A"/>')
    assert texts(body, styles=STYLES + loop) == ["hiện"]


def test_title_over_several_paragraphs_is_left_to_the_words() -> None:
    bold = "<w:b/>"
    found = lines(p(r("Triển khai Chỉ thị số 11-CT/TU", bold)) + p(r("của Ban Thường vụ", bold)) + p(r("a) Mục", bold)))
    assert [line.opens for line in found] == [True, None, True]


def box(*paragraphs: str) -> str:
    inner = "".join(p(text) for text in paragraphs)
    return (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>"
        f"{inner}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
        f"{inner}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_text_boxes_are_read_once_and_before_their_paragraph() -> None:
    assert texts(p(box("Số: 27/KH-UBND") + r("KẾ HOẠCH"))) == ["Số: 27/KH-UBND", "KẾ HOẠCH"]
    old = "<w:r><w:pict><v:textbox><w:txbxContent>" + p("HỎA TỐC") + "</w:txbxContent></v:textbox></w:pict></w:r>"
    assert texts(p(old)) == ["HỎA TỐC"]


def test_content_controls_and_wrappers_around_paragraphs() -> None:
    gallery = "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
    toc = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>"
    body = (
        "<w:sdt><w:sdtContent>" + p("một") + "</w:sdtContent></w:sdt>"
        "<w:customXml>" + p("hai") + "</w:customXml>" + toc + p("mục lục") + "</w:sdtContent></w:sdt>"
    )
    assert texts(body) == ["một", "hai"]


def test_footnotes_follow_their_paragraph_and_leave_no_digit_in_it() -> None:
    note = '<w:footnote w:id="2"><w:p>' + r(" Luật Khoáng sản năm 2010.") + "</w:p></w:footnote>"
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    unknown = '<w:r><w:footnoteReference w:id="9"/></w:r>'
    body = p(r("đạt 23%") + mark + r(" kế hoạch") + unknown) + p("tiếp theo")
    assert texts(body, footnotes=note) == ["đạt 23% kế hoạch", "[1] Luật Khoáng sản năm 2010.", "tiếp theo"]


@pytest.mark.parametrize(
    ("header", "kept"),
    [(p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), True), (p(field("PAGE", "2")), False), (p("UBND xã An Hòa"), False)],
)
def test_only_a_letterhead_is_read_from_the_header(header: str, kept: bool) -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    extracted = read_docx(docx(p("KẾ HOẠCH") + section, header1=header))
    assert len(extracted.blocks) == 1 + kept
    assert (extracted.pages[0].width, extracted.pages[0].height) == (595.3, 841.9)


@pytest.mark.parametrize(("counted", "pages"), [("2", [1, 2]), ("5", [1, 1])])
def test_pages_are_counted_only_where_word_agrees_with_itself(counted: str, pages: list[int]) -> None:
    body = p("một") + p("<w:r><w:lastRenderedPageBreak/><w:t>hai</w:t></w:r>")
    extracted = read_docx(docx(body, {"docProps/app.xml": f"<Properties><Pages>{counted}</Pages></Properties>"}))
    assert [block.page for block in extracted.blocks] == pages
    assert len(extracted.pages) == max(pages)


def test_signatures_of_the_file() -> None:
    def named(oid: bytes, text: str) -> bytes:
        value = text.encode()
        return oid + bytes([0x0C, len(value)]) + value

    times = b"\x17\x0d240101000000Z\x17\x0d290101000000Z"
    certificate = (
        named(b"\x06\x03\x55\x04\x03", "Cơ quan chứng thực") + named(b"\x06\x03\x55\x04\x0a", "Bộ Nội vụ") + times
        + named(b"\x06\x03\x55\x04\x03", "Trần Văn Bình")
    )  # fmt: skip
    signature = (
        '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Certificate>'
        f"{base64.b64encode(certificate).decode()}</X509Certificate><Value>2025-01-10T08:30:00Z</Value></Signature>"
    )
    extracted = read_docx(docx(p("KẾ HOẠCH"), {"_xmlsignatures/sig1.xml": signature}))
    (found,) = extracted.signatures
    assert (found.signer, found.organisation, found.signed_at) == ("Trần Văn Bình", None, "2025-01-10T08:30:00Z")


def test_python_docx_writes_what_is_read(tmp_path: Path) -> None:
    document = pytest.importorskip("docx").Document()
    document.add_heading("I. MỤC ĐÍCH", level=1)
    document.add_paragraph("Nội dung", style="List Bullet")
    path = tmp_path / "a.docx"
    document.save(path)
    found = [block for block in read_docx(path.read_bytes()).blocks if isinstance(block, Line)]
    assert [(line.text, line.hint) for line in found] == [("I. MỤC ĐÍCH", True), ("• Nội dung", False)]


def cause_of(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(ReadError) as error:
        read_docx(data, limits or Limits())
    return error.value.cause


def with_document(xml: str | bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", xml)
    return stream.getvalue()


LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    "xml",
    [
        f'{LAUGHS}<w:document {SPACES}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>',
        f'{OUTSIDE}<w:document {SPACES}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>',
        f'<?xml version="1.0" encoding="utf-16"?>{LAUGHS}<w:document {SPACES}><w:body/></w:document>'.encode("utf-16"),
        "<w:document",
        f"<w:document {SPACES}/>",
        "",
    ],
)  # fmt: skip
def test_document_types_and_broken_xml_are_refused(xml: str | bytes) -> None:
    assert cause_of(with_document(xml)) == "damaged_file"


def test_too_much_is_refused() -> None:
    assert cause_of(docx(p("a" * 50)), Limits(text_characters=40)) == "too_complex"
    deep = "<w:smartTag>" * 400 + "</w:smartTag>" * 400
    assert cause_of(docx(deep + p("a"))) == "too_complex"
    assert cause_of(docx(p("a" * 3_000_000)), Limits(unpacked_ratio=100)) == "too_complex"


def test_drawn_lines_are_dropped_and_what_follows_opens() -> None:
    found = lines(LETTERHEAD.replace("V/v thi đua", "-------") + p("*****") + p(r("thân bài", "<w:b/>")))
    assert [(line.text, line.opens) for line in found if "thân" in line.text or "--" in line.text] == [("thân bài", True)]
    assert len(found) == 7


def test_tables_embedded_as_objects_are_reported() -> None:
    extracted = read_docx(docx(p("KẾ HOẠCH"), {"word/embeddings/Microsoft_Excel_Sheet.xlsx": "x"}))
    assert [notice.code for notice in extracted.notices] == ["table_not_read"]


def test_nothing_to_read() -> None:
    assert cause_of(docx(p(""))) == "empty_file"
    assert cause_of(docx(p("Trang 1"), {"word/media/image1.png": "x"})) == "no_text_layer"
    assert cause_of(docx(p(""), {"word/media/image1.png": "x"})) == "no_text_layer"


def test_strict_files_are_read() -> None:
    data = with_document(f"<w:document {SPACES}><w:body>{p('KẾ HOẠCH')}</w:body></w:document>".replace(W, STRICT))
    assert [block.text for block in read_docx(data).blocks if isinstance(block, Line)] == ["KẾ HOẠCH"]


def test_a_cut_file_is_named_so() -> None:
    assert cause_of(docx(p("KẾ HOẠCH"))[:-40]) == "truncated_file"


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_damage_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(docx(LETTERHEAD + p("Mục", num(1)), styles=STYLES, numbering=numbering("".join(OUTLINE))))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert isinstance(read_docx(bytes(whole)), Extracted)
    except ReadError as refused:
        assert refused.cause


NAMES = [
    "p", "r", "t", "br", "tbl", "tr", "tc", "sdt", "sdtContent", "pPr", "rPr", "numPr", "numId", "fldChar", "ins", "del",
    "vMerge", "tcPr", "sym",
]  # fmt: skip
TREES = st.recursive(
    st.sampled_from(["", "a", "Số: 1"]),
    lambda inner: st.tuples(st.sampled_from(NAMES), st.lists(inner, max_size=4)).map(
        lambda made: f'<w:{made[0]} w:val="1" w:char="zz">{"".join(made[1])}</w:{made[0]}>'
    ),
    max_leaves=30,
)


@settings(max_examples=50, deadline=None)
@given(st.lists(TREES, min_size=1, max_size=5))
def test_any_well_formed_body_is_read_or_refused(trees: list[str]) -> None:
    try:
        assert isinstance(read_docx(docx("".join(trees), numbering=numbering("".join(OUTLINE)))), Extracted)
    except ReadError as refused:
        assert refused.cause == "empty_file"
