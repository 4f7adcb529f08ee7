"""Scans: how a page picture is made fit, what is mended of the words, and whole plans read from their pictures."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from samples.scan import Scan, pictures
from samples.scan_files import pdf_of, signed
from test_scan_samples import plan, printed

from pipeline.errors import ReadError
from pipeline.extract import extract, tesseract
from pipeline.extract.closer import lines_of
from pipeline.extract.layout import Segment, rows_of
from pipeline.extract.picture import (
    grey_of,
    has_colours,
    ink_of,
    levelled,
    lies_on_its_side,
    resolution,
    rulings_of,
    slant_of,
    without,
    without_borders,
)
from pipeline.extract.scan_head import with_head_looked_at_again
from pipeline.extract.scan_signature import without_strokes
from pipeline.extract.scan_words import tidied
from pipeline.extract.stamp import find_ring, without_stamp
from pipeline.extract.tesseract import Word
from pipeline.flow import make_kit, read_stages
from pipeline.knowledge.load import load_knowledge
from pipeline.knowledge.printing import PrintedPhraseRow, printed_phrases
from pipeline.settings import Limits
from pipeline.values import Box, Source

needs_tesseract = pytest.mark.skipif(not tesseract.found(), reason="tesseract or its Vietnamese is not installed")
NO_INK = np.zeros((400, 2000), np.bool_)


def page(height: int = 600, width: int = 420) -> np.ndarray:
    """A grey page with twelve black lines of text-like blocks."""
    grey = np.full((height, width), 255, np.uint8)
    for top in range(60, height - 60, 40):
        for left in range(40, width - 60, 26):
            grey[top : top + 14, left : left + 18] = 20
    return grey


def words(line: str, confidence: int = 95, number: int = 0, top: float = 100) -> list[Word]:
    """The words of a line, each sign ten pixels wide; a word may say its own confidence: `Số:|40`."""
    found = []
    at = 100.0
    for part in line.split(" "):
        text, _, own = part.partition("|")
        box = Box(at, top, at + 10 * len(text), top + 30)
        found.append(Word(text, box, box, number, int(own or confidence)))
        at += 10 * (len(text) + 1)
    return found


def text(found: list[Word]) -> str:
    return " ".join(word.text for word in found)


# ------------------------------------------------------------------ pictures


def test_a_red_stamp_goes_and_black_print_under_it_stays() -> None:
    picture = Image.new("RGB", (4, 1), "white")
    for x, colour in enumerate([(205, 40, 55), (30, 6, 8), (20, 20, 20), (245, 240, 228)]):
        picture.putpixel((x, 0), colour)
    stamp, under, print_, paper = grey_of(picture)[0].tolist()
    assert stamp == 255
    assert paper > 240
    assert under < 90
    assert print_ == 20
    assert has_colours(Image.new("RGB", (40, 40), (200, 30, 30)))
    assert not has_colours(Image.new("RGB", (40, 40), (90, 90, 90)))


@pytest.mark.parametrize("angle", [-3.0, -0.6, 0.0, 1.2, 4.5])
def test_a_slanted_page_is_levelled(angle: float) -> None:
    slanted = np.asarray(Image.fromarray(page()).rotate(angle, Image.Resampling.BICUBIC, fillcolor=255))
    assert abs(slant_of(ink_of(slanted, 100)).angle - angle) < 0.3
    assert abs(slant_of(ink_of(levelled(slanted, 100), 100)).angle) < 0.2


def test_a_page_on_its_side_is_told_in_both_turns() -> None:
    assert not lies_on_its_side(ink_of(page(), 100))
    assert not lies_on_its_side(ink_of(np.rot90(page(), 2), 100))
    assert lies_on_its_side(ink_of(np.rot90(page()), 100))
    assert lies_on_its_side(ink_of(np.rot90(page(), 3), 100))


def test_a_dark_border_is_painted_white_and_nothing_else() -> None:
    bordered = page()
    bordered[:12] = 0
    bordered[:, :9] = 10
    clean = without_borders(bordered)
    assert (clean[:12] == 255).all()
    assert (clean[40:, 20:] == page()[40:, 20:]).all()
    assert without_borders(page()) is not None
    assert (without_borders(page()) == page()).all()


def test_rulings_are_found_and_can_be_painted_over() -> None:
    grey = np.full((800, 800), 255, np.uint8)
    for at in (100, 300, 500):
        grey[at : at + 3, 100:700] = 0
    for at in (100, 400, 697):
        grey[100:503, at : at + 3] = 0
    rulings = rulings_of(ink_of(grey, 200), 200)
    assert len(rulings) == 6
    assert sum(box.x1 - box.x0 > 500 for box in rulings) == 3
    assert not ink_of(without(grey, rulings), 200).any()
    assert rulings_of(ink_of(page(), 200), 200) == []


def test_a_pale_ring_is_taken_out_of_a_grey_page_and_a_black_one_is_left() -> None:
    across, down = np.ogrid[:1200, :1200]
    ring = np.abs(np.hypot(across - 600, down - 700) - 142) < 4  # 36 mm at 200 dpi
    for level, gone in ((120, True), (20, False)):
        grey = np.full((1200, 1200), 255, np.uint8)
        grey[200:230, 200:500] = 20
        grey[ring] = level
        grey[590:610, 650:800] = 20
        ink = ink_of(grey, 200)
        found = find_ring(ink, 200)
        assert found is not None
        assert np.hypot(found.x - 700, found.y - 600) < 12
        clean = without_stamp(grey, ink, 200)
        assert (clean[600, 700] == 20, bool((clean[ring] == 255).mean() > 0.9)) == (True, gone)
    assert find_ring(ink_of(np.full((900, 900), 255, np.uint8), 200), 200) is None


@pytest.mark.parametrize(
    ("size", "told", "dpi"), [((1654, 2339), 200.0, 200), ((1654, 2339), 72.0, 200), ((1654, 2339), None, 200), ((576, 960), None, 82)]
)
def test_the_resolution_is_believed_where_a_sheet_can_be_so_large(size: tuple[int, int], told: float | None, dpi: int) -> None:
    assert round(resolution(*size, told)) == dpi


# ------------------------------------------------------------------ words


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("Quý 26tháng 3", "Quý 26 tháng 3"),
        ("Nghị định 98/NĐ-CPngày 05", "Nghị định 98/NĐ-CP ngày 05"),
        ("chỉ đạo sỐ liệu", "chỉ đạo số liệu"),
        ("thực hiệnchỉ đạo", "thực hiện chỉ đạo"),
        ("KT.GIÁM ĐÓC", "KT. GIÁM ĐỐC"),
        ("SỞY TẾ", "SỞ Y TẾ"),
        ("SÓ 1050/QĐ-SCT", "SỐ 1050/QĐ-SCT"),
        ("1. Tô chức kiêm tra", "1. Tổ chức kiểm tra"),
        ("thứ H, Đại hội", "thứ H, Đại hội"),
        ("các tiêu chí thi đua", "các tiêu chí thi đua"),
        ("toàn văn này", "toàn văn này"),
        ("hộ 100 %", "hộ 100 %"),
    ],
)
def test_words_are_mended_where_one_reading_is_certain(seen: str, meant: str) -> None:
    assert text(tidied(words(seen), NO_INK)) == meant


def test_strokes_and_doubtful_figures_are_dropped_and_doubtful_syllables_kept_among_sure_words() -> None:
    assert text(tidied(words("Số: 6ể.|0 /KH-UBND"), NO_INK)) == "Số: /KH-UBND"
    assert text(tidied(words("giao ước thi|25 đua năm 2020"), NO_INK)) == "giao ước thi đua năm 2020"
    assert tidied(words("⁄|64 “>|59 ®|55"), NO_INK) == []
    tall = [*words("Nguyễn Văn An"), Word("VÀ", Box(0, 0, 90, 120), Box(0, 90, 90, 120), 1, 90)]
    assert text(tidied(tall, NO_INK)) == "Nguyễn Văn An"


@pytest.mark.parametrize(
    ("line", "place", "stems", "meant"),
    [
        ("HI. TỔ CHỨC", 0, 3, "III. TỔ CHỨC"),
        ("H. NỘI DUNG", 0, 2, "II. NỘI DUNG"),
        ("Quý H", 1, 2, "Quý II"),
        ("Quý II", 1, 3, "Quý III"),
        ("H", 0, 2, "II"),
        ("TT", 0, 2, "TT"),
        ("11", 0, 2, "11"),
        ("Vitamin H trong", 1, 2, "Vitamin H trong"),
        ("thứ XH, Đại hội", 1, 2, "thứ XII, Đại hội"),
    ],
)
def test_a_numeral_is_told_by_its_stems_where_a_numeral_stands(line: str, place: int, stems: int, meant: str) -> None:
    seen = words(line)
    ink = NO_INK.copy()
    box = seen[place].box
    for stem in range(stems):
        left = int(box.x0) + stem * int((box.x1 - box.x0) / stems)
        ink[int(box.top) : int(box.bottom), left + 1 : left + 3] = True
    assert text(tidied(seen, ink)) == meant


PHRASES = [(row, example) for row in load_knowledge().rows(PrintedPhraseRow) for example in row.examples]


@pytest.mark.parametrize(("row", "example"), PHRASES, ids=[example for _, example in PHRASES])
def test_a_misread_phrase_is_put_right(row: PrintedPhraseRow, example: str) -> None:
    restored = " ".join(printed_phrases().restored(example.split()))
    assert restored != example
    assert restored.lower() in row.phrases or any(restored.lower().startswith(phrase) for phrase in row.phrases)


def test_phrases_as_printed_stay() -> None:
    for row in load_knowledge().rows(PrintedPhraseRow):
        for phrase in (*row.phrases, *row.not_examples, *map(str.upper, row.phrases)):
            assert " ".join(printed_phrases().restored(phrase.split())) == phrase


def test_lines_are_parted_at_wide_blanks_and_by_number() -> None:
    left, right = words("ỦY BAN"), [word._replace(box=Box(900, 100, 980, 130)) for word in words("CỘNG")]
    assert [len(line.words) for line in lines_of(left + right + words("XÃ", number=1))] == [2, 1, 1]


# ------------------------------------------------------------------ the head's second look


@pytest.mark.parametrize(
    ("first", "looks", "settled"),
    [
        ("Số:|90 27/KH-UBND|60", ["Số: 27/KH-UBND", "Số: 27/KH-UBND"], "Số: 27/KH-UBND"),
        ("Số:|90 455|56 /KH-SYT", ["Số: 455|53 /KH-SYT", "Số: 215|13 /KH-SYT"], "Số: /KH-SYT"),
        ("Số:|90 12/KH-UBND|50", ["Số: 72/KH-UBND", "Số: 17/KH-UBND"], "Số: /KH-UBND"),
        ("GIÓ|0 I5|0 /KH-UBND", ["Số: ... /KH-UBND", "Số: /KH-UBND"], "Số: /KH-UBND"),
        ("An Hòa, ngày 1|50 tháng 02 năm 2026", ["An Hòa, ngày 11|60 tháng 02 năm 2026", "An Hòa, ngày 17|41 tháng 02 năm 2026"], "An Hòa, ngày tháng 02 năm 2026"),
        ("An Hòa, ngày 11|80 tháng 02 năm 2026", ["An Hòa, ngày 11 tháng 02 năm 2026", "An Hòa, ngày 11 tháng 02 năm 2026"], "An Hòa, ngày 11 tháng 02 năm 2026"),
        ("Căn cứ Luật Thú y ngày 19|50 tháng 6 năm 2015;", [], "Căn cứ Luật Thú y ngày 19 tháng 6 năm 2015;"),
        ("Số: 27/KH-UBND", [], "Số: 27/KH-UBND"),
    ],
)
def test_a_figure_of_the_head_counts_where_looks_agree(
    first: str, looks: list[str], settled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.extract.scan_head.read_lines", lambda *_: [words(look) for look in looks])
    read = with_head_looked_at_again(words(first), np.full((2339, 1654), 255, np.uint8), 200, 1)
    assert text(read) == settled


def test_strokes_between_office_and_name_are_no_text() -> None:
    pieces = ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "VÀ A4", "/Z: re", "Nguyễn Văn An"]
    right = [Segment(piece, 320, 500 + 22 * at, 450, 515 + 22 * at) for at, piece in enumerate(pieces)]
    left = [Segment(piece, 80, 500 + 22 * at, 200, 515 + 22 * at) for at, piece in enumerate(["Nơi nhận:", "- Lưu: VT."])]
    kept = without_strokes(rows_of([*right, *left], glue=False), 595)
    assert [piece.text for row in kept for piece in row.pieces if piece.x0 > 300] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn An"]
    assert [piece.text for row in kept for piece in row.pieces if piece.x0 < 300] == ["Nơi nhận:", "- Lưu: VT."]


@pytest.mark.parametrize(("read", "meant"), [("Đô Thị Hằng", "Đỗ Thị Hằng"), ("NGUYÊN VĂN AN", "NGUYỄN VĂN AN"), ("Lê Văn An", "Lê Văn An")])
def test_a_family_name_gets_its_mark_back(read: str, meant: str) -> None:
    rows = rows_of([Segment("CHỦ TỊCH", 320, 500, 450, 515), Segment(read, 320, 560, 450, 575)], glue=False)
    assert [row.whole().text for row in without_strokes(rows, 595)] == ["CHỦ TỊCH", meant]


# ------------------------------------------------------------------ whole scans


@pytest.fixture(scope="module")
def scanned() -> bytes:
    return pdf_of(pictures(printed(), Scan(dpi=200, skew=0.8), signed(plan())), Scan(dpi=200, skew=0.8))


@needs_tesseract
def test_a_scanned_plan_becomes_a_record_as_good_as_its_print(scanned: bytes) -> None:
    kit = make_kit()
    scan = read_stages(Source("quet.pdf", scanned), kit).record
    born = read_stages(Source("in.pdf", printed()), kit).record
    assert scan.header.number == born.header.number
    assert scan.header.title == born.header.title
    assert scan.header.issue_date is not None
    assert born.header.issue_date is not None
    assert scan.header.issue_date.edtf == born.header.issue_date.edtf
    assert [section.role for section in scan.sections] == [section.role for section in born.sections]
    assert len(scan.tasks) == len(born.tasks)
    assert {page.engine for page in scan.pages} == {"tesseract"}
    assert all(page.ocr_confidence and page.ocr_confidence > 85 for page in scan.pages)
    assert "no_text_layer" in {finding.code for finding in scan.findings}


@needs_tesseract
@pytest.mark.parametrize("turn", [90, 180])
def test_a_turned_page_is_read_upright(turn: int) -> None:
    picture = pictures(printed(), Scan(dpi=150, skew=0, stamp=False, signature=False), signed(plan()))[0].rotate(turn, expand=True)
    stream = io.BytesIO()
    picture.save(stream, "PNG", dpi=(150, 150))
    record = read_stages(Source("anh.png", stream.getvalue()), make_kit()).record
    assert record.header.number is not None
    assert record.header.number.symbol == "KH-UBND"
    assert record.source.media_type == "image/png"


@needs_tesseract
def test_pictures_without_text_are_told_not_made_up() -> None:
    for picture, causes in (
        (Image.new("L", (800, 1100), 255), ["no_text_layer"]),
        (Image.effect_noise((300, 400), 120), ["no_text_layer", "unreadable_scan"]),
    ):
        stream = io.BytesIO()
        picture.save(stream, "PNG")
        with pytest.raises(ReadError) as error:
            extract(Source("anh.png", stream.getvalue()))
        assert error.value.cause in causes


def test_a_picture_beyond_the_limits_is_refused_before_it_is_unpacked() -> None:
    stream = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(stream, "PNG")
    with pytest.raises(ReadError, match="too_complex"):
        extract(Source("lon.png", stream.getvalue()))


def test_without_tesseract_a_picture_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "found", lambda: False)
    stream = io.BytesIO()
    Image.new("L", (300, 400), 255).save(stream, "PNG")
    with pytest.raises(ReadError, match="ocr_missing"):
        extract(Source("anh.png", stream.getvalue()))


@needs_tesseract
def test_a_reader_that_hangs_or_fails_is_an_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReadError, match="ocr_failed"):
        tesseract.read_words(page(2000, 1600), 200, 0.01)
    monkeypatch.setattr(tesseract, "LANGUAGE", "khong-co")
    monkeypatch.setattr(tesseract, "found", lambda: True)
    with pytest.raises(ReadError, match="ocr_failed"):
        tesseract.read_words(page(), 200, 20)


def test_limits_hold_for_pages_of_a_picture_file() -> None:
    stream = io.BytesIO()
    frames = [Image.new("1", (20, 20), 1) for _ in range(4)]
    frames[0].save(stream, "TIFF", save_all=True, append_images=frames[1:])
    with pytest.raises(ReadError, match="too_many_pages"):
        extract(Source("nhieu.tif", stream.getvalue()), Limits(pages=3))
