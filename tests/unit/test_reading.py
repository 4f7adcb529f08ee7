"""Tone marks lost in headings and frame: known wordings are known again, the text stays as it is printed."""

from __future__ import annotations

import pytest
from growth import grows_within
from hypothesis import given
from hypothesis import strategies as st

from pipeline.flow import make_kit, read_stages
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.text import squash
from pipeline.knowledge.wordings import FixedWording, has_lost, known_pairs
from pipeline.normalize.reading import reading_of
from pipeline.values import Paragraph, Source

PLAN = """UY BAN NHÂN DÂN
XÃ AN HÒA
Số: 15/KH-UBND
CÔNG HÒA XÃ HỘI CHU NGHĨA VIỆT NAM
Độc lâp - Tư do - Hạnh phúc
An Hòa, ngày 10 tháng 01 năm 2025
KÊ HOACH
Tuyên truyền, phổ biến pháp luật năm 2025
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;
I. MUC ĐICH, YÊU CÂU
1. Muc đích
Nâng cao nhận thức của cán bộ và nhân dân trong xã về pháp luật và kê hoach năm nay.
II. TÔ CHƯC THƯC HIÊN
1. Công chưc Tư phap - Hô tịch:
- Tham mưu tổ chức thực hiện kế hoạch, hoàn thành trước ngày 15/12/2025.
Nơi nhân:
- Như trên;
- Lưu: VT.
TM. UY BAN NHÂN DÂN
CHU TICH
Trần Văn Bách
"""


def read(text: str) -> str:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append(Paragraph(start, start + len(line), 1))
        start += len(line) + 1
    return reading_of(text, lines)


def test_a_plan_whose_headings_lost_their_tones_is_read_like_any_other() -> None:
    record = read_stages(Source("kh.txt", PLAN.encode()), make_kit()).record
    header = record.header
    assert (header.doc_type, header.title) == ("Kế hoạch", "Tuyên truyền, phổ biến pháp luật năm 2025")
    assert header.issuer is not None and header.issuer.name == "Ủy ban nhân dân xã An Hòa"
    roles = {section.title: section.role for section in record.sections if section.kind == "heading"}
    assert roles == {"MUC ĐICH, YÊU CÂU": "muc_dich_yeu_cau", "TÔ CHƯC THƯC HIÊN": "to_chuc_thuc_hien"}
    (task,) = record.tasks
    assert [(actor.text, actor.name) for actor in task.assignees] == [
        ("Công chưc Tư phap - Hô tịch", "Công chức Tư pháp - Hộ tịch")
    ]
    assert [recipient.text for recipient in record.closing.recipients] == ["- Như trên;", "- Lưu: VT."]
    assert record.closing.signers[0].position == "CHỦ TỊCH"
    assert "kê hoach năm nay" in record.text
    for mention in (*record.units, *record.references, *record.dates):
        assert record.text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize("row", load_knowledge().rows(FixedWording), ids=lambda row: row.id)
def test_fixed_wordings_are_known_without_their_tones_and_others_are_left_alone(row: FixedWording) -> None:
    for example in row.examples:
        assert squash(row.id) in squash(read(f"TÔ CHƯC THƯC HIÊN\n{example}")), example
    for other in row.not_examples:
        assert read(f"TÔ CHƯC THƯC HIÊN\n{other}").endswith(f"\n{other}")


@pytest.mark.parametrize(
    "text",
    [
        "TRƯƠNG CÔNG AN",  # one odd word may be a name
        "I. MỤC ĐÍCH, YÊU CẦU\nII. TỔ CHỨC THỰC HIỆN",
        "Các đơn vị tô chưc thưc hiên kê hoach này trong toàn xã và báo cáo kết quả về Ủy ban nhân dân xã.",
        "",
    ],
)
def test_sound_text_names_and_prose_stay_as_they_are(text: str) -> None:
    assert read(text) == text


@pytest.mark.parametrize(
    ("printed", "true", "lost"),
    [("chuc", "chức", True), ("chưc", "chức", True), ("chúc", "chức", False), ("chức", "chức", False), ("da", "đã", True),
     ("chứ", "chức", False)],
)  # fmt: skip
def test_a_word_that_has_lost_marks_is_no_other_word(printed: str, true: str, lost: bool) -> None:
    assert has_lost(printed, true) is lost


def test_no_pair_of_words_is_known_by_two_readings() -> None:
    pairs = known_pairs()
    assert pairs["to", "chuc"] == ("tổ", "chức")
    assert all(len(one) == len(other) for key, pair in pairs.items() for one, other in zip(key, pair, strict=True))


@given(st.text("TỔCHỨtổchứôưc I.\n:đa", max_size=80))
def test_the_reading_is_as_long_as_the_text_and_breaks_lines_where_it_does(text: str) -> None:
    reading = read(text)
    assert len(reading) == len(text)
    assert [at for at, letter in enumerate(reading) if letter == "\n"] == [at for at, letter in enumerate(text) if letter == "\n"]


def test_the_reading_takes_time_in_step_with_the_text() -> None:
    one_line, many_lines = "TÔ CHƯC " * 6_000, "II. TÔ CHƯC THƯC HIÊN\n" * 2_400
    assert read(many_lines[:44]).startswith("II. TỔ CHỨC THỰC HIỆN")
    for text in (one_line, many_lines):
        assert grows_within(lambda text=text: read(text[: len(text) // 4]), lambda text=text: read(text), factor=8, slack=0.05)
