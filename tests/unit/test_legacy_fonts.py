"""Fonts of before Unicode in Word files and PDFs, where the font's name tells how its letters are read."""

from __future__ import annotations

import io

import pytest
from docx_files import docx, num, p, r, t, texts
from old_fonts import in_old_font
from pdf_files import HEIGHT, LEFT, Sheet
from plain_text import lines_of
from reportlab.pdfgen.canvas import Canvas

from pipeline.extract.docx import read_docx
from pipeline.extract.pdf import read_pdf
from pipeline.knowledge.legacy import FontReading, reading_of_font
from pipeline.settings import Limits
from pipeline.values import Extracted

TIME, CAPITALS, VNI = FontReading("tcvn3"), FontReading("tcvn3", capitals=True), FontReading("vni")


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        (".VnTime", TIME), (".VnTimeH", CAPITALS), (".VnArial NarrowH", CAPITALS), (".vnTime", TIME), (".VnArialH,Bold", CAPITALS),
        ("ABCDEF+.VnTime-BoldItalic", TIME), ("ABCDEF+.VnTimeH", CAPITALS), ("VnTimeH", CAPITALS), ("VNI-Times", VNI),
        ("VNI-Helve,Bold", VNI), ("Times New Roman", None), ("Vnunicode", None), ("UVnTime", None), ("", None),
    ],
)  # fmt: skip
def test_a_font_is_told_by_its_name(name: str, reading: FontReading | None) -> None:
    assert reading_of_font(name) == reading


# ------------------------------------------------------------------ Word


def font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def old(text: str, name: str = ".VnTime") -> str:
    return r(in_old_font(text, "vni" if name.startswith("VNI") else "tcvn3"), font(name))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (old("hội"), "hội"),
        (old("cộng hòa xã hội chủ nghĩa việt nam", ".VnTimeH"), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (old("kế hoạch ubnd số 5", ".VnTimeH"), "KẾ HOẠCH UBND SỐ 5"),
        (old("Ủy ban nhân dân", "VNI-Times"), "Ủy ban nhân dân"),
        (r("tra", font("VNI-Times")) + r("ù lôøi", font("VNI-Times")), "trá lời"),
        (old("điều ") + r("Điều được", font("Times New Roman")), "điều Điều được"),
        (f"<w:r><w:rPr>{font('.VnTime')}</w:rPr>{t('T')}<w:softHyphen/>{t(' ph¸p')}</w:r>", "Tư pháp"),
        (r("®-îc h-ëng", font(".VnTime")), "được hưởng"),
        (old("CHỦ TỊCH"), "CHỦ TỊCH"),
        (r("§iÒu 1. KÕ ho¹ch", font("Times New Roman")), "Điều 1. Kế hoạch"),
    ],
)
def test_runs_are_read_as_their_font_shows_them(content: str, text: str) -> None:
    assert texts(p(content)) == [text]


@pytest.mark.parametrize("text", ["Hội nghị được tổ chức", "và hòa giải", "Hà Nội, ngày 5"])
def test_a_font_may_lie_over_unicode(text: str) -> None:
    assert texts(p(r(text, font(".VnTime")))) == [text]


def style(kind: str, name: str, look: str, more: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}" {more}><w:name w:val="{name}"/>{look}</w:style>'


BASE = style("paragraph", "Thuong", f"<w:rPr>{font('.VnTime')}</w:rPr>", 'w:default="1"')
HEAD = style("paragraph", "Dau", f'<w:basedOn w:val="Thuong"/><w:rPr>{font(".VnTimeH")}</w:rPr>')
RUN = style("character", "Moi", f"<w:rPr>{font('Arial')}</w:rPr>")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p(r("héi")), "hội"),
        (p(r("héi"), '<w:pStyle w:val="Dau"/>'), "HỘI"),
        (p(r("héi", '<w:rStyle w:val="Moi"/>')), "héi"),
        (p(r("héi", font("Arial")), '<w:pStyle w:val="Dau"/>'), "héi"),
    ],
)
def test_fonts_come_from_styles(body: str, text: str) -> None:
    assert texts(body, styles=BASE + HEAD + RUN) == [text]


def test_fonts_come_from_the_defaults_and_from_the_theme() -> None:
    default = "<w:docDefaults><w:rPrDefault><w:rPr>{}</w:rPr></w:rPrDefault></w:docDefaults>"
    assert texts(p(r("héi")), styles=default.format(font(".VnTimeH"))) == ["HỘI"]
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    theme = (
        f'<a:theme xmlns:a="{space}"><a:themeElements><a:fontScheme><a:majorFont><a:latin typeface="Arial"/></a:majorFont>'
        '<a:minorFont><a:latin typeface=".VnTime"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
    )
    styles = default.format('<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:hAnsi="Arial"/>')
    data = docx(p(r("héi")), {"word/theme.xml": theme}, styles=styles, theme="")
    assert [line.text for line in lines_of(read_docx(data))] == ["hội"]


def test_automatic_numbers_are_shown_in_their_font() -> None:
    level = f'<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="§iÒu %1."/><w:rPr>{font(".VnTime")}</w:rPr></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="1">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    assert texts(p(old("Tổ chức"), num(1)) + p(old("Thi hành"), num(1)), numbering=numbering)[1].startswith("Điều ")


@pytest.mark.parametrize(
    ("body", "encoding", "told"),
    [
        (p(old("Kế hoạch")) + p(old("hội")), "tcvn3", ["TCVN3"]),
        (p(old("Kế hoạch", "VNI-Times")), "vni", ["VNI"]),
        (p(old("Kế hoạch")) + p("Điều được") + p("Nghị quyết"), None, ["TCVN3"]),
        (p("Điều được") + p(r("2009", font(".VnTime"))), None, []),
    ],
)
def test_a_document_tells_its_old_font(body: str, encoding: str | None, told: list[str]) -> None:
    extracted = read_docx(docx(body))
    assert extracted.encoding == encoding
    assert [notice.detail for notice in extracted.notices if notice.code == "legacy_encoding"] == told


# ------------------------------------------------------------------ PDF

Page = list[tuple[str, bool]]
PAGE: Page = [
    ("ủy ban nhân dân xã đông hà", True),
    ("Số: 12/KH-UBND", False),
    ("kế hoạch", True),
    ("Thông tư số 11/2009/TT-BTC ngày 5 tháng 6 năm 2009 của Bộ Tài chính quy định như", False),
    ("sau: được giao cho Ban Tư pháp tham mưu, hướng dẫn, trước ngày 5/6 các cơ quan nhà nước", False),
    ("i. mục đích, yêu cầu", True),
    ("Tuyên truyền phổ biến giáo dục pháp luật cho người dân; tổ chức thực hiện nghiêm túc", False),
]


def pdf(pages: list[Page], names: bool = True) -> Extracted:
    """Latin-1 text in two standard fonts, which are given the names of old fonts of the same length in the file."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pageCompression=0)
    for page in pages:
        for at, (text, capitals) in enumerate(page):
            canvas.setFont("Times-Bold" if capitals else "Times-Roman", 12)
            canvas.drawString(LEFT, HEIGHT - 60 - 17 * at, text)
        canvas.showPage()
    canvas.save()
    data = stream.getvalue()
    if names:
        data = data.replace(b"/Times-Roman", b"/.VnTime    ").replace(b"/Times-Bold", b"/.VnTimeH  ")
    return read_pdf(data, Limits())


def stored(page: Page, charset: str = "tcvn3") -> Page:
    return [(in_old_font(text, "vni" if charset == "vni" else "tcvn3"), capitals) for text, capitals in page]


@pytest.mark.parametrize("names", [True, False])
def test_a_page_in_tcvn3_is_read_its_capitals_where_the_font_is_named(names: bool) -> None:
    extracted = pdf([stored(PAGE)], names)
    assert [line.text for line in lines_of(extracted)] == [
        text.upper() if capitals and names else text for text, capitals in PAGE
    ]
    assert extracted.encoding == "tcvn3"
    assert [(notice.code, notice.detail) for notice in extracted.notices] == [("legacy_encoding", "TCVN3")]


def test_a_page_in_vni_is_read_and_trusted() -> None:
    extracted = pdf([stored(PAGE, "vni")], names=False)
    assert [line.text for line in lines_of(extracted)] == [text for text, _ in PAGE]
    assert (extracted.encoding, [notice.detail for notice in extracted.notices]) == ("vni", ["VNI"])


def test_a_line_that_changes_its_font_is_read_word_by_word() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pageCompression=0)
    for at, text in enumerate([text for text, _ in stored(PAGE)]):
        canvas.setFont("Times-Roman", 12)
        canvas.drawString(LEFT, 700 - 17 * at, text)
    line = canvas.beginText(LEFT, 400)
    for name, text in (("Times-Bold", "kÕ ho¹ch"), ("Times-Roman", " c«ng t¸c")):
        line.setFont(name, 12)
        line.textOut(text)
    canvas.drawText(line)
    canvas.save()
    data = stream.getvalue().replace(b"/Times-Roman", b"/.VnTime    ").replace(b"/Times-Bold", b"/.VnTimeH  ")
    assert lines_of(read_pdf(data, Limits()))[-1].text == "KẾ HOẠCH công tác"


def test_a_page_in_unicode_stays_with_all_its_signs() -> None:
    sheet = Sheet()
    written = ["XÃ HÒA PHÚ · KHU VỰC « A »", "© 2009, 25 °C, ½ ha, 10 µm", *(text.capitalize() for text, _ in PAGE)]
    for at, text in enumerate(written):
        sheet.at(LEFT, 60 + 17 * at, text)
    extracted = read_pdf(sheet.done(), Limits())
    assert [line.text for line in lines_of(extracted)] == written
    assert (extracted.encoding, extracted.notices) == (None, ())
