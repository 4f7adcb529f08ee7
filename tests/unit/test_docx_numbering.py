from __future__ import annotations

import pytest
from docx_files import OUTLINE, cell, grid, level, num, numbering, p, table, texts, tr

from pipeline.extract.docx_numbering import formatted
from pipeline.extract.docx_symbols import bullet_of, symbol, without_private


def test_outline_numbers_as_word_shows_them() -> None:
    body = "".join(
        p(text, num(1, ilvl))
        for text, ilvl in [
            ("MỤC ĐÍCH", 0), ("Mục đích", 1), ("thi đua", 4), ("Yêu cầu", 1), ("một", 3), ("hai", 3), ("NỘI DUNG", 0),
            ("Tuyên truyền", 1), ("Hội nghị", 2), ("Tập huấn", 2), ("Kiểm tra", 1), ("Định kỳ", 2),
        ]
    )  # fmt: skip
    assert texts(body, numbering=numbering("".join(OUTLINE))) == [
        "I. MỤC ĐÍCH", "1. Mục đích", "- thi đua", "2. Yêu cầu", "a) một", "b) hai", "II. NỘI DUNG", "1. Tuyên truyền",
        "1.1. Hội nghị", "1.2. Tập huấn", "2. Kiểm tra", "2.1. Định kỳ",
    ]  # fmt: skip


def test_instances_of_one_list_go_on_counting_unless_they_start_anew() -> None:
    anew = (
        '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="8"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="9"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        + level(0, "lowerLetter", "%1)")
        + "</w:lvlOverride></w:num>"
    )
    body = "".join(p("x", num(num_id)) for num_id in (1, 1, 7, 8, 8, 9))
    found = texts(body, numbering=numbering(level(0, "decimal", "%1."), nums=anew))
    assert found == ["1. x", "2. x", "3. x", "1. x", "2. x", "c) x"]


def test_restart_rules() -> None:
    never = level(0, "decimal", "%1.") + level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
    body = "".join(p("x", num(1, ilvl)) for ilvl in (0, 1, 1, 0, 1))
    assert texts(body, numbering=numbering(never)) == ["1. x", "1. x", "2. x", "2. x", "3. x"]


def test_levels_that_were_skipped_show_their_start() -> None:
    two = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2.")
    assert texts(p("x", num(1, 1)) + p("y", num(1, 1)), numbering=numbering(two)) == ["1.1. x", "1.2. y"]


def test_legal_numbers_levels_without_number_and_gaps() -> None:
    three = (
        level(0, "upperRoman", "%1.")
        + level(1, "decimal", "%1.%2.", "<w:isLgl/>")
        + level(2, "bullet", "+", '<w:suff w:val="nothing"/>')
        + level(3, "decimal", "%3%4)", '<w:suff w:val="space"/>')
    )
    body = "".join(p("x", num(1, ilvl)) for ilvl in (0, 0, 1, 2, 3))
    assert texts(body, numbering=numbering(three)) == ["I. x", "II. x", "2.1. x", "+x", "1) x"]


def test_numbers_from_styles() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="M1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="M2"><w:basedOn w:val="M1"/></w:style>'
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    linked = (
        level(0, "upperRoman", "%1.", '<w:pStyle w:val="M1"/>') + level(1, "decimal", "%2.", '<w:pStyle w:val="M2"/>'),
        '<w:numStyleLink w:val="L"/>',
    )
    body = (
        p("một", '<w:pStyle w:val="M1"/>') + p("hai", '<w:pStyle w:val="M2"/>') + p("ba", '<w:pStyle w:val="M1"/>' + num(0))
        + p("bốn", num(2))
    )  # fmt: skip
    assert texts(body, styles=styles, numbering=numbering(*linked)) == ["I. một", "1. hai", "ba", "II. bốn"]


def test_empty_numbered_paragraphs_count_and_show_only_in_cells() -> None:
    body = p("", num(1)) + p("x", num(1)) + table(tr("STT", "Việc"), tr(cell(p("", num(1))), "Ban hành"))
    made = numbering(level(0, "decimal", "%1."))
    assert texts(body, numbering=made) == ["2. x"]
    assert grid(body, numbering=made).rows[1][0].text == "3."


def test_hidden_numbers_and_unknown_lists_show_nothing() -> None:
    hidden = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:rPr><w:vanish/></w:rPr></w:lvl>'
    assert texts(p("x", num(1)) + p("y", num(99)) + p("z", num(1, 5)), numbering=numbering(hidden)) == ["x", "y", "z"]


def test_text_boxes_count_for_themselves() -> None:
    inner = "<w:r><w:pict><v:textbox><w:txbxContent>" + p("hộp", num(1)) + "</w:txbxContent></v:textbox></w:pict></w:r>"
    assert texts(p("a", num(1)) + p(inner) + p("b", num(1)), numbering=numbering(level(0, "decimal", "%1."))) == [
        "1. a", "1. hộp", "2. b",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (4, "upperRoman", "IV"), (1999, "upperRoman", "MCMXCIX"), (9, "lowerRoman", "ix"), (0, "upperRoman", "0"),
        (5000, "upperRoman", "5000"), (2, "lowerLetter", "b"), (27, "lowerLetter", "aa"), (29, "upperLetter", "CC"),
        (0, "lowerLetter", "0"), (7, "decimalZero", "07"), (12, "decimal", "12"), (3, "chuaBiet", "3"), (3, "none", ""),
    ],
)  # fmt: skip
def test_number_forms(number: int, form: str, text: str) -> None:
    assert formatted(number, form) == text


@pytest.mark.parametrize(
    ("mark", "font", "seen"),
    [
        ("\uf0b7", "Symbol", "•"), ("\uf02d", "Symbol", "-"), ("\uf0a7", "Wingdings", "▪"), ("\uf0fc", "Wingdings", "✓"),
        ("–", "", "-"), ("+", "Times New Roman", "+"), ("o", "Courier New", "•"), ("*", "", "*"), ("", "Symbol", ""),
        ("\uf099", "Wingdings", "•"), ("§", "Wingdings", "▪"),
    ],
)  # fmt: skip
def test_bullets(mark: str, font: str, seen: str) -> None:
    assert bullet_of(mark, font) == seen


def test_private_letters_of_symbol_fonts() -> None:
    assert without_private("\uf02d Tăng cường \uf0e0 \uf041") == "- Tăng cường → A"
    assert symbol(0xF041, "VNI-Times") == "A"
