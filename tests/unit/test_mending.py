"""Damaged letters: put right where a rule is certain, told with their page where none is."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from plain_text import read

from pipeline.knowledge import load_knowledge
from pipeline.knowledge.syllables import MisreadRow, RimeRow, toned
from pipeline.normalize import normalize
from pipeline.normalize.characters import clean
from pipeline.values import Cell, Extracted, Grid, Line
from tests.unit.growth import grows_within

WIDE = re.compile("[\u0100-\u024f\u1e00-\u1eff]")
PROSE = """Căn cứ Nghị quyết số 12/NQ-HĐND của Hội đồng nhân dân xã về nhiệm vụ phát triển kinh tế - xã hội năm 2025;
Ủy ban nhân dân xã xây dựng Kế hoạch thực hiện công tác phòng, chống thiên tai và tìm kiếm cứu nạn trên địa bàn xã.
Nâng cao nhận thức của cán bộ, công chức và nhân dân; chủ động phòng ngừa, ứng phó kịp thời, hạn chế thiệt hại."""


def text_of(*lines: str) -> str:
    return normalize(read("\n\n".join(lines))).text


def damaged_pages(*pages: str) -> list[int | None]:
    normal = normalize(read("\f".join(pages)))
    return [notice.page for notice in normal.notices if notice.code == "damaged_text"]


# ------------------------------------------------------------------ put right


@pytest.mark.parametrize("row", load_knowledge().rows(MisreadRow), ids=lambda row: row.id)
def test_a_broken_map_is_undone_where_the_document_shows_it(row: MisreadRow) -> None:
    for example in row.examples:
        mended = text_of("Số liệu nhƣ sau:", example).split("\n")[1]
        assert mended.lower() in [printed.lower() for printed in row.not_examples]
        assert text_of("Số liệu như sau:", example).split("\n")[1] == example or example.startswith("CỘNG HÕA")


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["CỘNG HÕA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "VĂN PHÕNG"], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nVĂN PHÒNG"),
        (["Khánh Hõa nhƣ rõ ràng, cái võng, Võ"], "Khánh Hòa như rõ ràng, cái võng, Võ"),
        (["Cứu hõa, phõng ngừa"], "Cứu hõa, phõng ngừa"),
        (["UBND XàHÒA PHÚ VÀ XàHỘI"], "UBND XÃ HÒA PHÚ VÀ XÃ HỘI"),
        (["ĐàBAN HÀNH, CàPHÊ, PHàN NÀN, HàNội, hòa"], "ĐÃ BAN HÀNH, CàPHÊ, PHàN NÀN, HàNội, hòa"),
        (["An tồn giao thơng", "Khơng có trường cơng lập"], "An tồn giao thông\nKhông có trường công lập"),
        (["An toàn giao thơng", "Thương binh, nguời thuơng"], "An toàn giao thơng\nThương binh, nguời thuơng"),
        (["Binh̀ Đinḥ, Quang̉ Trị, tinh̉ TINH̉"], "Bình Định, Quảng Trị, tỉnh TỈNH"),
        (["Hệ ̣thống, ḥ", "Ngaĩ, nghiã, ḿ"], "Hệ thống, ḥ\nNgaĩ, nghiã, ḿ"),
        (["Ho\u0300a bi\u0300nh, Thu\u031b\u0323c hie\u0302\u0323n"], "Hòa bình, Thực hiện"),
        (["ÐẢNG BỘ XÃ ÐÔNG HÀ, ðã"], "ĐẢNG BỘ XÃ ĐÔNG HÀ, đã"),
    ],
)
def test_damage_is_undone_where_one_reading_is_possible(lines: list[str], text: str) -> None:
    assert text_of(*lines) == text


def test_cells_are_mended_like_lines() -> None:
    rows = ((Cell("Phõng\nVăn hóa", 0), Cell("Binh̀ Định nhƣ", 1)),)
    extracted = Extracted("text/plain", (Grid(rows, 2, 1), Line("VĂN PHÕNG")), ())
    normal = normalize(extracted)
    assert normal.text == "Phòng Văn hóa\tBình Định như\nVĂN PHÒNG"
    assert [normal.text[part.start : part.end] for part in normal.grids[0].rows[0][0].parts] == ["Phòng", "Văn hóa"]


RIMES = [word for row in load_knowledge().rows(RimeRow) for word in row.examples]


@given(st.lists(st.sampled_from(RIMES), min_size=1, max_size=8).map(" ".join), st.sampled_from(["NFC", "NFD"]))
def test_sound_words_stay_in_both_normal_forms(text: str, form: str) -> None:
    assert text_of(unicodedata.normalize(form, text)) == text


CLOSED = sorted(word for word in set(RIMES) if word.isascii() and word[-1] not in "aeiouy")


@given(st.sampled_from(CLOSED), st.sampled_from("\u0300\u0301\u0303\u0309\u0323"))
def test_a_mark_at_the_end_of_its_word_goes_back_to_its_vowel(word: str, tone: str) -> None:
    assume(not (word + tone).endswith("n\u0303"))  # ñ is a letter of its own
    whole = toned(word, tone)
    assert clean(word + tone) == (whole or unicodedata.normalize("NFC", word + tone))


# ------------------------------------------------------------------ told


@pytest.mark.parametrize(
    "damaged",
    [
        WIDE.sub("", PROSE),
        WIDE.sub("?", PROSE),
        PROSE + "\nAn tồn giao thơng; trường cơng lập",
        PROSE + "\nke\u0302\u0323́́hoạch xx̀ yẁ",
    ],
    ids=["letters dropped", "question marks", "vowels shifted", "marks torn off"],
)
def test_damage_is_told_with_its_page(damaged: str) -> None:
    assert damaged_pages(PROSE, damaged) == [2]
    assert damaged_pages(PROSE) == []


def test_lost_hyphens_are_told_where_the_whole_document_has_none() -> None:
    assert damaged_pages("Thực hiện Kế hoạch số 27/KHUBND và Nghị định số 98/2023/NĐCP.") == [1]
    assert damaged_pages("Thực hiện Kế hoạch số 27/KHUBND - Nghị định số 98/2023/NĐ-CP.") == []
    assert damaged_pages("Thực hiện Kế hoạch năm 2025 và 3/2 kg.") == []


@pytest.mark.parametrize(
    "sound",
    [
        "QĐ-TTg, Km 12, TTg, Km 13, CTrTT, Km 14, TTg",
        "Ai làm? Làm gì? Khi nào? Ở đâu? Vì sao?",
        "Hệ ̣thống thông tin",
        "STT TTHC KTXH HĐND UBND QĐ NQ KH CT",
        "Thương mại, nương rẫy, Phương Dương, thuơng",
    ],
)
def test_sound_text_is_not_told(sound: str) -> None:
    assert damaged_pages(sound) == []


@pytest.mark.parametrize("piece", ["õ", "Õa", "ơng", "Xà", "?a", "bc", "a\u0300\u0300", "ńa", "1/"])
def test_hostile_text_costs_time_in_step_with_its_length(piece: str) -> None:
    short, long = (Extracted("text/plain", (Line("ƣ"), Line(piece * count)), ()) for count in (5_000, 40_000))
    assert grows_within(lambda: normalize(short), lambda: normalize(long), 16, 0.05)
