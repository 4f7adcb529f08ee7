"""Persons named in the text: the truth is written in the sentence, the table proves its own examples. All names are made up."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotate.people import find_people, shown_name
from pipeline.annotate.units import find_units
from pipeline.flow import make_kit, read_stages
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.people import PersonWord
from pipeline.values import PersonMention, Source
from tests.unit.growth import grows_within

KNOWLEDGE = load_knowledge()
MARK = re.compile(r"<p((?: \w+='[^']*')*)>(.*?)</p>")
ATTRIBUTE = re.compile(r"(\w+)='([^']*)'")
BACH, CAM, DUY = "Trần Văn Bách", "Lê Thị Cam", "Phạm Đức Duy"
CHAIR, DEPUTY = "Chủ tịch UBND xã", "Phó Chủ tịch UBND xã"


def found_in(text: str) -> tuple[PersonMention, ...]:
    return find_people(text, find_units(text, KNOWLEDGE), KNOWLEDGE)


SENTENCES = [
    # behind a form of address
    f"Giao đồng chí <p role='{DEPUTY}' duty='Trưởng ban Chỉ đạo'>{BACH}</p> - {DEPUTY} làm Trưởng ban Chỉ đạo.",
    f"1. Ông <p role='{CHAIR}' duty='Trưởng ban' honorific='ông'>{BACH}</p>, {CHAIR} - Trưởng ban;",
    f"bà <p role='công chức Văn hóa - Xã hội' duty='Thành viên'>{CAM}</p>, công chức Văn hóa - Xã hội, Thành viên;",
    f"(đ/c <p role='Phó Bí thư Đảng ủy' duty='' honorific='đồng chí'>{BACH}</p>, Phó Bí thư Đảng ủy, chủ trì)",
    f"đồng chí <p role='{DEPUTY}' duty=''>{BACH}</p> {DEPUTY} phụ trách lĩnh vực văn hóa",
    f"Đồng chí <p role='CHỦ TỊCH UBND XÃ' name='{BACH}'>TRẦN VĂN BÁCH</p>, CHỦ TỊCH UBND XÃ",
    f"Đ/c Thiếu tá <p role='Trưởng Công an xã' duty='Tổ trưởng'>{BACH}</p> - Trưởng Công an xã là Tổ trưởng",
    f"4.1. Ông. <p role='Trưởng đoàn' duty=''>{BACH}</p> - Trưởng đoàn: Phụ trách chung",
    f"Trưởng đoàn: ông <p role='Trưởng đoàn' duty=''>{BACH}</p>;",
    f"ông ThS. <p role='Bí thư chi bộ'>{DUY}</p> (Bí thư chi bộ) và bà <p role=''>{CAM}</p> đã phát biểu",
    "ông <p role='Trưởng bản Nà Khe'>Giàng A Páo</p>, Trưởng bản Nà Khe; thầy giáo <p>Lò Văn Nghĩa</p>",
    f"đồng chí <p role='' duty='Tổ trưởng'>{BACH}</p> làm Tổ trưởng",
    f"đồng chí <p role='Huyện ủy viên, PCT UBND huyện' duty=''>{BACH}</p> - Huyện ủy viên, PCT UBND huyện; Đ/c Nam",
    f"Đ/c <p role='PHT'>{CAM}</p> (PHT); Đ/c <p role='TPT Đội'>{DUY}</p> TPT Đội; Chủ tịch HĐND: Đ/c <p role='Chủ tịch HĐND'>{BACH}</p>",
    # lists
    f"Các đồng chí: <p>{BACH}</p>, <p honorific='đồng chí'>{CAM}</p> và <p>{DUY}</p> phụ trách thôn 5",
    f"- <p role='Trưởng Công an xã' duty='Ủy viên'>{DUY}</p> - Trưởng Công an xã, Ủy viên.",
    f"a) <p role='{CHAIR}'>{BACH}</p>, {CHAIR}\nb) <p role='Hiệu trưởng Trường Tiểu học Lê Lai'>{CAM}</p> - Hiệu trưởng Trường Tiểu học Lê Lai",
    # behind a label
    f"Đầu mối liên hệ: <p role='chuyên viên Phòng Văn hóa - Xã hội'>{CAM}</p>, chuyên viên Phòng Văn hóa - Xã hội, điện thoại 0900",
    f"Thông tin liên hệ: bà <p honorific='bà'>{CAM}</p>, SĐT: 0900 000 000",
    # nobody
    "xã Nguyễn Huệ, đường Lê Lợi, phố Trần Phú, Trường THCS Trần Phú, giải thưởng Nguyễn Văn Trỗi",
    "đồng chí Chủ tịch UBND xã; đồng chí Phó Bí thư Thường trực; Đồng chí Trưởng Công an xã; 28 đồng chí",
    "bà con nhân dân; Bà Rịa; ông bà, cha mẹ; các ông, bà đại biểu; chị em Hà Nam; cô giáo Hà; trẻ em Hà Nội",
    f"kỷ niệm 110 năm ngày sinh đồng chí {BACH}; Chủ tịch Hồ Chí Minh; tư tưởng, đạo đức Hồ Chí Minh; Bác Hồ",
    f"{BACH}\n{BACH} ký tên\nLê Lợi, Quang Trung\nLê Lợi - Trường Tiểu học; Hoàng Sa, Trường Sa\nHà Nội, ngày 5",
    "Họ và tên: ..........; Người liên hệ: Phòng Nội vụ; Đầu mối: Văn phòng HĐND và UBND; Ông Công, ông Táo",
    "ông Trần Văn Bách Cường Dũng Đạt Giang Hải; đồng chí Đảng viên; Đ/c Công an; Lưu: VT, KT (Hoa 05b)",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_people_of_a_sentence(marked: str) -> None:
    text, truth, at = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        truth.append((len(text), mark[2], dict(ATTRIBUTE.findall(mark[1]))))
        text += mark[2]
        at = mark.end()
    text += marked[at:]
    found = found_in(text)
    assert [(p.start, text[p.start : p.end]) for p in found] == [(start, printed) for start, printed, _ in truth]
    for person, (_, _, wanted) in zip(found, truth, strict=True):
        assert {name: getattr(person, name) or "" for name in wanted} == wanted, person


@pytest.mark.parametrize("row", KNOWLEDGE.rows(PersonWord), ids=lambda row: row.id)
def test_examples_of_words(row: PersonWord) -> None:
    for example in row.examples:
        assert bool(found_in(example)) == (row.group not in ("memory", "known")), example
    for wrong in row.not_examples:
        assert found_in(wrong) == (), wrong


@pytest.mark.parametrize("row", KNOWLEDGE.rows(PersonWord), ids=lambda row: row.id)
def test_every_form_plays_its_part(row: PersonWord) -> None:
    for form in row.forms:
        if row.group in ("honorific", "wordy"):
            assert [p.honorific for p in found_in(f"gặp {form} {BACH}")] == [row.value], form
        elif row.group == "rank":
            assert [p.name for p in found_in(f"gặp ông {form} {BACH}")] == [BACH], form
        elif row.group == "office":
            assert [p.role for p in found_in(f"ông {BACH} - {form} xã;")] == [f"{form} xã"], form
        elif row.group == "duty":
            assert [p.duty for p in found_in(f"ông {BACH}, Kế toán - {form}.")] == [form], form
        elif row.group == "ends":
            assert [p.role for p in found_in(f"ông {BACH}, Kế toán {form} công việc")] == ["Kế toán"], form
        elif row.group == "becomes":
            assert [p.duty for p in found_in(f"ông {BACH}, Kế toán {form} Tổ phó")] == ["Tổ phó"], form
        elif row.group == "label":
            assert [p.name for p in found_in(f"{form}: {BACH}")] == [BACH], form
        else:
            assert found_in(f"{form} ông {BACH}" if row.group == "memory" else f"ông {form.title()}") == (), form


def test_a_name_in_capitals_is_shown_as_a_name() -> None:
    assert (shown_name("TRẦN  VĂN A"), shown_name("Giàng A Páo")) == ("Trần Văn A", "Giàng A Páo")


@given(st.text(alphabet=" \n\t,.-:()ôngbàđ/cTrầnVăBáhủịUDxãL", max_size=120))
def test_whatever_the_text_names_are_apart_and_within_lines(text: str) -> None:
    people = find_people(text, (), KNOWLEDGE)
    assert all(one.end <= other.start for one, other in pairwise(people))
    assert all(not set("\n\t") & set(text[p.start : p.end]) for p in people)


@pytest.mark.parametrize(
    "piece", ["ông ", "Trần ", "ông Trần Văn ", "ông Trần Văn B, ", "\n- Trần Văn B, Chủ tịch ", "liên hệ: ", "Chủ tịch - "]
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    short, long = piece * 400, piece * 3200
    assert grows_within(lambda: find_people(short, (), KNOWLEDGE), lambda: find_people(long, (), KNOWLEDGE), 24, 0.05)


PLAN = f"""ỦY BAN NHÂN DÂN
XÃ SƠN HẠ

Số: 12/KH-UBND

Sơn Hạ, ngày 05 tháng 3 năm 2025

KẾ HOẠCH

Bầu cử năm 2025

I. MỤC ĐÍCH

Giao đồng chí {BACH} - {DEPUTY} chỉ đạo chung.

| STT | Họ và tên | Chức vụ | Nhiệm vụ |
|---|---|---|---|
| 1 | Ông {BACH} | {CHAIR} | Trưởng ban |
| 2 | LÊ THỊ CAM | Công chức Văn phòng - Thống kê | Ủy viên |
| 3 | Đại diện các thôn | | Ủy viên |
| 4 | Thôn Nguyễn Huệ | | |

Nơi nhận:

- Lưu: VT.

TM. ỦY BAN NHÂN DÂN

CHỦ TỊCH

{DUY}
"""


def test_a_table_of_persons_gives_office_and_duty_and_the_signer_is_none() -> None:
    record = read_stages(Source("kế hoạch.md", PLAN.encode()), make_kit()).record
    assert [(p.id, p.name, p.role, p.duty, p.honorific, p.rule) for p in record.people] == [
        ("p1", BACH, DEPUTY, None, "đồng chí", "person:called"),
        ("p2", BACH, CHAIR, "Trưởng ban", "ông", "person:cell"),
        ("p3", CAM, "Công chức Văn phòng - Thống kê", "Ủy viên", None, "person:cell"),
    ]
    assert all(record.text[p.start : p.end] == p.text and p.section_id for p in record.people)
    assert [signer.name for signer in record.closing.signers] == [DUY]
