"""What is said about a cited document: whether it is the plan itself, relation, article, title, key and status."""

from __future__ import annotations

import pytest
from marked_references import KNOWLEDGE, check, found_in, one

from pipeline.annotate.references import OwnNumber, find_references
from pipeline.values import Span

# ------------------------------------------------------------------ the plan itself

OWN = OwnNumber("1914/KH-UBND", (Span(0, 5),), "2023-06-05")


@pytest.mark.parametrize(
    "marked",
    [
        "x (Kèm theo Kế hoạch số 1914/KH-UBND <d 2023-06-05>ngày 05/6/2023</d> của <u>UBND tỉnh Hà Lâm</u>)",
        "x kết quả thực hiện theo Kế hoạch số 1914 /KH-UBND hằng năm",
        "Kế hoạch số 1914/KH-UBND",
        "x y z <r type='Kế hoạch'>Kế hoạch số 1914/KH-UBND <d 2021-03-01>ngày 01/3/2021</d></r> của <u>UBND tỉnh</u>",
        "Ghi chú: <r type='Quyết định'>Quyết định số 1914/QĐ-UBND</r>",
    ],
)
def test_own_number_is_no_reference(marked):
    check(marked, OWN)


def test_header_zone_holds_no_reference():
    text = "ĐOÀN KIỂM TRA THEO QUYẾT ĐỊNH SỐ 1050/QĐ-SCT\nthực hiện Quyết định số 1050/QĐ-SCT"
    found = find_references(text, (), (), KNOWLEDGE, OwnNumber(None, (Span(0, 44),)))
    assert [r.start for r in found] == [text.rindex("Quyết định")]


def test_enclosure_of_a_plan_with_blank_number_is_the_plan():
    marked = "(Kèm theo Kế hoạch số 55/KH-UBND <d 2025-01-10>ngày 10/01/2025</d>)"
    check(marked, OwnNumber("/KH-UBND", (), "2025-01-XX"))


# ------------------------------------------------------------------ relation, title, article

RELATIONS = [
    ("Căn cứ Quyết định số 12/QĐ-TTg;", "basis"),
    ("- Căn cứ vào Quyết định số 12/QĐ-TTg;", "basis"),
    ("phong trào; căn cứ Quyết định số 12/QĐ-TTg, xã ban hành", "basis"),
    ("I. CĂN CỨ LẬP KẾ HOẠCH\n1. Quyết định số 12/QĐ-TTg về A\nII. MỤC TIÊU", "basis"),
    ("Thực hiện Quyết định số 12/QĐ-TTg", "implements"),
    ("tiếp tục triển khai hiệu quả Quyết định số 12/QĐ-TTg", "implements"),
    ("sửa đổi, bổ sung một số điều của Quyết định số 12/QĐ-TTg", "amends"),
    ("Kế hoạch này thay thế Quyết định số 12/QĐ-TTg", "replaces"),
    ("báo cáo theo Quyết định số 12/QĐ-TTg", "mentions"),
    ("Thực hiện nghiêm túc. Riêng Quyết định số 12/QĐ-TTg đã hết hiệu lực", "mentions"),
]


@pytest.mark.parametrize(("text", "relation"), RELATIONS)
def test_relation(text, relation):
    assert one(text).relation == relation


ARTICLES = [
    ("theo khoản 1 Điều 2 Quyết định số 12/QĐ-UBND", "khoản 1 Điều 2"),
    ("tại điểm a khoản 3 Điều 5 của Nghị định số 98/2023/NĐ-CP", "điểm a khoản 3 Điều 5"),
    ("khoản 2, khoản 3 Điều 20 Nghị định số 98/2023/NĐ-CP", "khoản 2, khoản 3 Điều 20"),
    ("theo Điều 15, Chương II Nghị định số 98/2023/NĐ-CP", "Điều 15, Chương II"),
    ("theo Chương II Nghị định số 98/2023/NĐ-CP", "Chương II"),
    ("theo Nghị định số 98/2023/NĐ-CP", None),
]


@pytest.mark.parametrize(("text", "article"), ARTICLES)
def test_article(text, article):
    assert one(text).article == article


TITLES = [
    ("Quyết định số 12/QĐ-TTg <d 2020-01-02>ngày 02/01/2020</d> về việc giao chỉ tiêu; tiếp", "giao chỉ tiêu"),
    ("Quyết định số 12/QĐ-TTg <d 2020-01-02>ngày 02/01/2020</d> phê duyệt Đề án A, <u>UBND xã</u> ban hành kế hoạch",
     "phê duyệt Đề án A"),
    ("Quyết định số 12/QĐ-TTg <d 2020-01-02>ngày 02/01/2020</d> về Chỉ số (gọi tắt là CS).", "Chỉ số"),
    ("Quyết định số 12/QĐ-TTg quy định rõ điều đó", None),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "title"), TITLES)
def test_title(marked, title):
    assert one(marked).title == title


# ------------------------------------------------------------------ keys

KEYS = [
    ("Nghị định số 98/2023/NĐ-CP", "nghi_dinh:98/2023/NĐ-CP"),
    ("Nghị định 098/2023/NĐ – CP", "nghi_dinh:98/2023/NĐ-CP"),
    ("Quyết định số 426/QĐ-TTG, <d 2023-04-21>ngày 21/4/2023</d>", "quyet_dinh:426/QĐ-TTg:2023"),
    ("Quyết định số 749/TTg <d 2020-06-03>ngày 03/6/2020</d>", "quyet_dinh:749/QĐ-TTg:2020"),
    ("Chỉ thị số 05-CT/TƯ <d 2016-05-15>ngày 15/5/2016</d>", "chi_thi:5/CT-TW:2016"),
    ("Chỉ thị số 05-CT/TW", None),
    ("Kế hoạch số 35/KH-UBND <d 2025-02-13>ngày 13/02/2025</d> của <u>UBND huyện Quảng Hoà</u>",
     "ke_hoach:35/KH-UBND:2025@huyện quảng hòa:2025-02-13"),
    ("Kế hoạch số 35/KH-UBND <d 2025-02-13>ngày 13/02/2025</d> của <u>Ủy ban nhân dân huyện Quảng Hòa</u>",
     "ke_hoach:35/KH-UBND:2025@huyện quảng hòa:2025-02-13"),
    ("Kế hoạch số 35/KH-UBND <d 2024-02-13>ngày 13/02/2024</d> của <u>UBND tỉnh Hưng Yên</u>",
     "ke_hoach:35/KH-UBND:2024@hưng yên"),
    ("Kế hoạch số 35/KH-UBND <d 2025-02-13>ngày 13/02/2025</d> của <u>UBND tỉnh Hưng Yên</u>",
     "ke_hoach:35/KH-UBND:2025@hưng yên:2025-02-13"),
    ("Kế hoạch số 35/KH-UBND <d 2025-02-13>ngày 13/02/2025</d> của <u>UBND thị xã</u>", None),
    ("Kế hoạch số 35/KH-UBND <d 2025-02-13>ngày 13/02/2025</d>", None),
    ("KẾ HOẠCH SỐ 142-KH/TU <d 2023-02-27>NGÀY 27/02/2023</d> CỦA <u>BAN THƯỜNG VỤ TỈNH ỦY</u>", None),
    ("Thông tư 09/2008/QĐ-BTC", None),
    ("Văn bản số 12/BNV-VP <d 2025-02-13>ngày 13/02/2025</d>", "cong_van:12/BNV-VP:2025"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "key"), KEYS)
def test_key(marked, key):
    assert one(marked).key == key


def test_province_of_the_plan_completes_the_key():
    marked = "Kế hoạch số 35/KH-UBND <d 2024-02-13>ngày 13/02/2024</d> của <u>UBND tỉnh</u>"
    assert one(marked, OwnNumber(province="Hưng Yên")).key == "ke_hoach:35/KH-UBND:2024@hưng yên"


def test_a_later_short_mention_takes_the_key_of_the_dated_one():
    _, found = found_in(
        "Chỉ thị số 05-CT/TW <d 2016-05-15>ngày 15/5/2016</d> … Chỉ thị 05-CT/TW; Chỉ thị 06-CT/TW; Chỉ thị 05"
    )
    assert [r.key for r in found] == ["chi_thi:5/CT-TW:2016", "chi_thi:5/CT-TW:2016", None, "chi_thi:5/CT-TW:2016"]


def test_a_short_mention_of_two_documents_stays_open():
    _, found = found_in(
        "Chỉ thị số 05-CT/TW <d 2016-05-15>ngày 15/5/2016</d>, Chỉ thị số 05-CT/TW <d 2021-06-23>ngày 23/6/2021</d>, Chỉ thị"
        " 05-CT/TW"
    )
    assert found[2].key is None


def test_law_without_year_is_the_one_in_force_at_the_plan():
    text = "Căn cứ Luật Phòng, chống tham nhũng"
    assert one(text).key is None
    assert one(text, OwnNumber(date="2007-05-01")).key == "luat:55/2005/QH11"
    assert one(text, OwnNumber(date="2024-05-01")).key == "luat:36/2018/QH14"
    assert one(text, OwnNumber(date="2018-12-01")).key is None, "made, not yet in force: either may be meant"


def test_status_is_that_of_the_plans_day():
    text = "Nghị định số 91/2017/NĐ-CP"
    assert (one(text).status, one(text).replaced_by) == ("replaced", "98/2023/NĐ-CP")
    before = one(text, OwnNumber(date="2022-03-01"))
    assert (before.status, before.replaced_by) == ("in_force", None)
