from __future__ import annotations

import pytest
from pdf_files import Sheet, made, paragraphs, read
from test_pdf import BODY, CLOSING, HEAD, cause_of, plan

from pipeline.errors import ReadError
from pipeline.extract import tesseract
from pipeline.extract.pdf_trust import judge


def test_scans_are_told_from_text() -> None:
    def stamped(sheet: Sheet) -> None:
        sheet.picture()
        sheet.at(300, 100, "Ký bởi: Ủy ban nhân dân xã Bình Sơn; thời gian ký: 05.01.2025 08:00:00")

    without_words = "no_text_layer" if tesseract.found() else "ocr_missing"
    assert cause_of(made(Sheet.picture)) in (without_words, "unreadable_scan")
    assert cause_of(made(stamped, Sheet.picture)) in (without_words, "unreadable_scan")
    assert {page.engine for page in read(made(plan)).pages} == {"pdfium"}


def test_without_tesseract_a_mixed_file_is_read_as_far_as_its_text_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "found", lambda: False)
    assert cause_of(made(Sheet.picture)) == "ocr_missing"
    mixed = read(made(plan, Sheet.picture))
    assert [(notice.code, notice.page) for notice in mixed.notices] == [("page_not_read", 2)]
    assert paragraphs(mixed) == [*HEAD, *BODY, *CLOSING]


BROKEN = " ".join(["7KӵF KLӋQ 4X\\ӃW ÿӏQK FӫD Gi·m ÿӕF VӅ YLӋF NLӇP tra"] * 8)


def test_a_page_with_a_broken_character_map_is_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "found", lambda: False)
    extracted = read(made(lambda sheet: sheet.paragraph(SOUND), lambda sheet: sheet.paragraph(BROKEN)))
    assert [(notice.code, notice.page) for notice in extracted.notices] == [("page_not_read", 2)]
    assert {block.page for block in extracted.blocks} == {1}
    with pytest.raises(ReadError, match="ocr_missing"):
        read(made(lambda sheet: sheet.paragraph(BROKEN)))


SOUND = " ".join(BODY) * 2


@pytest.mark.parametrize(
    ("text", "cover", "hidden", "trust"),
    [
        (SOUND, 0.0, 0.0, "sound"),
        (SOUND, 1.0, 1.0, "sound"),
        ("", 0.0, 0.0, "blank"),
        ("", 0.9, 0.0, "picture"),
        (SOUND[:80], 0.9, 1.0, "picture"),
        ("Uy ban nhan dan xa ke hoach thuc hien nhiem vu " * 12, 1.0, 1.0, "picture"),
        ("\ue0a1\ue0b2\ue0c3 " * 40, 0.0, 0.0, "unreadable"),
        ("\x01\x04\x05\x06\x07 " * 40, 0.0, 0.0, "unreadable"),
        ("The quick brown fox jumps over the lazy dog again and again today " * 4, 0.0, 0.0, "sound"),
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam §éc lËp Tù do H¹nh phóc " * 4, 0.0, 0.0, "sound"),
        ("UBND HĐND MTTQ " * 30, 0.0, 0.0, "sound"),
    ],
)
def test_trust(text: str, cover: float, hidden: float, trust: str) -> None:
    assert judge(text, cover, hidden) == trust
