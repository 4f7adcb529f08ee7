"""Short mentions find the document they stand for; where more than one can be meant the candidates are listed."""

from __future__ import annotations

import pytest
from marked_references import KNOWLEDGE, check, found_in

from pipeline.annotate.references import OwnNumber
from pipeline.knowledge.document_keys import Acts, same_title, status_at
from pipeline.knowledge.documents import TABLES_UNTIL, DocumentStatusRow, LawRow
from pipeline.values import ReferenceMention

PLAN = OwnNumber("12/KH-UBND", (), "2025-10-01")


def found(marked: str, own: OwnNumber | None = PLAN) -> tuple[ReferenceMention, ...]:
    return found_in(marked, own)[1]


def keys(marked: str, own: OwnNumber | None = PLAN) -> list[str | None]:
    return [mention.key for mention in found(marked, own)]


# A sentence of which every mention means the one document.
ONE_DOCUMENT = [
    ("Nghị định số 98/2023/NĐ-CP (sau đây gọi là Nghị định 98). Theo Nghị định 98 và NĐ 98, xã làm.", "nghi_dinh:98/2023/NĐ-CP", 4),
    ("Kế hoạch số 15/KH-UBND <d 2024-04-03>ngày 03/4/2024</d> của <u>UBND tỉnh Hưng Yên</u>. Căn cứ Kế hoạch số 15 nêu trên,"
     " Kế hoạch 15 nói trên, Kế hoạch số 15/KH-UBND của <u>UBND tỉnh</u>", "ke_hoach:15/KH-UBND:2024@hưng yên", 4),
    ("Quyết định số 1521/QĐ-TTg <d 2020-10-06>ngày 06/10/2020</d> (gọi tắt là Quyết định 1521); QĐ 1521",
     "quyet_dinh:1521/QĐ-TTg:2020", 3),
    ("Quyết định số 938/QĐ-TTg <d 2017-06-30>ngày 30/6/2017</d> phê duyệt Đề án “Tuyên truyền”. Thực hiện Đề án 938",
     "quyet_dinh:938/QĐ-TTg:2017", 2),
    ("Quyết định số 1521/QĐ-TTg <d 2020-10-06>ngày 06/10/2020</d> về dữ liệu (sau đây viết tắt là Đề án 09). Đề án 09 trên địa bàn",
     "quyet_dinh:1521/QĐ-TTg:2020", 3),
    ("Quyết định 26/2018/QĐ-UBND <d 2018-10-29>ngày 29/10/2018</d> của <u>UBND tỉnh Hải Dương</u>; Quyết định 26/2018/QĐ-UBND"
     " <d 2018-10-29>ngày 29/10/2018</d>", "quyet_dinh:26/2018/QĐ-UBND@hải dương", 2),
    ("Nghị quyết số 12-NQ/ĐU <d 2025-01-05>ngày 05/1/2025</d> của <u>Đảng ủy xã Hòa Bình</u>; Nghị quyết 12 của <u>Đảng ủy xã</u>",
     "nghi_quyet:12/NQ-ĐU:2025@xã hòa bình:2025-01-05", 2),
    ("Luật Trẻ em số 102/2016/QH13; Luật Trẻ em <d 2016>năm 2016</d>; Luật Trẻ em; Luật 102/2016/QH13", "luat:102/2016/QH13", 4),
    ("Đề án 06; Đề án 06/CP; ĐA 06; Quyết định số 06/QĐ-TTg <d 2022-01-06>ngày 06/01/2022</d>; Quyết định 06/QĐ-TTg",
     "quyet_dinh:6/QĐ-TTg:2022", 5),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "key", "times"), ONE_DOCUMENT)
def test_every_mention_of_a_document_has_its_key(marked: str, key: str, times: int) -> None:
    assert keys(marked) == [key] * times


# What stands between two documents takes the key of neither.
OPEN = [
    ("Kế hoạch số 15/KH-UBND <d 2024-04-03>ngày 03/4/2024</d> của <u>UBND tỉnh Hưng Yên</u>; Kế hoạch số 15/KH-UBND"
     " <d 2024-01-05>ngày 05/1/2024</d> của <u>UBND huyện Yên Lĩnh</u>; Kế hoạch số 15/KH-UBND",
     ("ke_hoach:15/KH-UBND:2024@hưng yên", "ke_hoach:15/KH-UBND:2024@huyện yên lĩnh:2024-01-05")),
    ("Kế hoạch số 15/KH-UBND <d 2024-04-03>ngày 03/4/2024</d> của <u>UBND huyện</u>; Kế hoạch số 15/KH-UBND"
     " <d 2024-01-05>ngày 05/1/2024</d> của <u>UBND huyện Yên Lĩnh</u>; Kế hoạch số 15/KH-UBND",
     ("ke_hoach:15/KH-UBND:2024@huyện yên lĩnh:2024-01-05",)),
    ("Nghị quyết số 01/NQ-CP <d 2025-01-08>ngày 08/01/2025</d>; Nghị quyết 01 của <u>HĐND xã</u>", ()),
    ("Nghị quyết số 18-NQ/TW", ("nghi_quyet:18/NQ-TW:2017", "nghi_quyet:18/NQ-TW:2022")),
    ("Nghị quyết số 57-NQ/TW của <u>Bộ Chính trị</u>", ("nghi_quyet:57/NQ-TW:2024",)),
    ("Nghị quyết 57 của <u>Bộ Chính trị</u>", ("nghi_quyet:57/NQ-TW:2024",)),
    ("Nghị quyết 57 của <u>HĐND xã</u>", ()),
    ("Luật Tổ chức chính quyền địa phương <d 2025>năm 2025</d>", ("luat:65/2025/QH15", "luat:72/2025/QH15")),
    # by number and date another document, by its title the one of the table
    ("Quyết định số 749/QĐ-TTg <d 2021-06-03>ngày 03/6/2021</d> phê duyệt Chương trình Chuyển đổi số quốc gia",
     ("quyet_dinh:749/QĐ-TTg:2020",)),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "candidates"), OPEN)
def test_an_ambiguous_mention_lists_its_candidates(marked: str, candidates: tuple[str, ...]) -> None:
    last = found(marked)[-1]
    assert (last.key, last.candidates) == (None, candidates)


TOLD_APART = [
    ("Chỉ thị số 05-CT/TW về đẩy mạnh học tập và làm theo tư tưởng Hồ Chí Minh", "chi_thi:5/CT-TW:2016"),
    ("Nghị quyết số 18-NQ/TW, Hội nghị lần thứ sáu khóa XII", "nghi_quyet:18/NQ-TW:2017"),
    ("Nghị quyết số 18-NQ/TW của <u>Ban Chấp hành Trung ương</u> khóa XIII", "nghi_quyet:18/NQ-TW:2022"),
    ("Nghị quyết số 1656/NQ-UBTVQH15", "nghi_quyet:1656/NQ-UBTVQH15"),
    ("Luật số 6/2022/QH15", "luat:06/2022/QH15"),
    ("Nghị định số 98 <d 2023>năm 2023</d>", "nghi_dinh:98/2023/NĐ-CP"),
    ("Luật Thi đua, khen thưởng <d 2022-06-16>ngày 16/6/2022</d>", "luat:06/2022/QH15"),
    ("Nghị quyết số 47/2019/NQ-HĐND của <u>Hội đồng nhân dân thành phố Hải Phòng</u>", "nghi_quyet:47/2019/NQ-HĐND@hải phòng"),
    ("Nghị quyết Đại hội Đảng bộ tỉnh Hưng Yên lần thứ XX, nhiệm kỳ", "nghi_quyet:dai_hoi_dang_bo:XX@hưng yên"),
    ("Nghị quyết Đại hội Đảng bộ xã Hòa Bình lần thứ XX, nhiệm kỳ", None),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "key"), TOLD_APART)
def test_title_term_or_symbol_tell_which_document(marked: str, key: str | None) -> None:
    assert keys(marked) == [key]


def test_a_bracket_names_the_document_of_its_own_number() -> None:
    marked = (
        "Chỉ thị số 17-CT/TW <d 2022-10-21>ngày 21/10/2022</d>; Kế hoạch số 142-KH/TU <d 2023-02-27>ngày 27/02/2023</d> của"
        " <u>Tỉnh ủy Lào Cai</u> (gọi tắt là Chỉ thị 17-CT/TW)"
    )
    assert keys(marked) == ["chi_thi:17/CT-TW:2022", "ke_hoach:142/KH-TU:2023@lào cai", "chi_thi:17/CT-TW:2022"]


def test_an_issuer_after_a_list_is_that_of_its_members() -> None:
    marked = (
        "các Quyết định số 12/QĐ-UBND <d 2024-01-02>ngày 02/1/2024</d>, số 13/QĐ-UBND <d 2024-01-03>ngày 03/1/2024</d> và số"
        " 14/QĐ-UBND <d 2024-01-04>ngày 04/1/2024</d> của <u>UBND tỉnh Hưng Yên</u>"
    )
    assert [mention.issuer for mention in found(marked)] == ["UBND tỉnh Hưng Yên"] * 3


def test_the_plans_own_serial_is_no_citation() -> None:
    check("Căn cứ Kế hoạch số 12 nêu trên và Kế hoạch số 12/KH-UBND; Kế hoạch 12", PLAN)


def test_the_serial_is_another_plans_where_one_bears_it() -> None:
    marked = "Kế hoạch số 12/KH-UBND <d 2024-04-03>ngày 03/4/2024</d> của <u>UBND tỉnh Hưng Yên</u>. Theo Kế hoạch số 12 nêu trên"
    assert keys(marked) == ["ke_hoach:12/KH-UBND:2024@hưng yên"] * 2


# ------------------------------------------------------------------ status, and the tables it comes from

STATUS = [
    ("Nghị định số 91/2017/NĐ-CP", "2025-03-01", "replaced"),
    ("Nghị định số 91/2017/NĐ-CP", "2023-03-01", "in_force"),
    ("Nghị định số 91/2017/NĐ-CP", "2024", "replaced"),
    ("Nghị định số 98/2023/NĐ-CP", "2025", "unknown"),  # replaced within the year
    ("Nghị định số 30/2020/NĐ-CP", "2025-03-01", "in_force"),
    ("Nghị định số 30/2020/NĐ-CP", "2026-09-01", "unknown"),  # the tables end before
    ("Nghị định số 30/2020/NĐ-CP", "2019-09-01", "unknown"),  # before it was made
    ("Nghị định số 111/2031/NĐ-CP", "2031-12-01", "unknown"),  # no table has it
    ("Luật Bình đẳng giới", "2025-03-01", "in_force"),
    ("Luật Công đoàn <d 2012>năm 2012</d>", "2025-12-01", "unknown"),  # its successor was not compared with a publication
]  # fmt: skip


@pytest.mark.parametrize(("marked", "day", "status"), STATUS)
def test_status_on_the_plans_day(marked: str, day: str, status: str) -> None:
    assert [mention.status for mention in found(marked, OwnNumber(date=day))] == [status]


def test_a_law_by_its_bare_name_stays_open_after_the_tables_end() -> None:
    (mention,) = found("Căn cứ Luật Hộ tịch", OwnNumber(date="2026-09-01"))
    assert (mention.key, mention.candidates) == (None, ("luat:60/2014/QH13",))


def test_the_tables_hold_enough_acts_and_none_twice() -> None:
    laws, acts = KNOWLEDGE.rows(LawRow), KNOWLEDGE.rows(DocumentStatusRow)
    assert sum(row.verified for row in (*laws, *acts)) >= 60
    assert len(KNOWLEDGE.derived(Acts.of).by_key) == len(laws) + len(acts)


@pytest.mark.parametrize("row", [*KNOWLEDGE.rows(LawRow), *KNOWLEDGE.rows(DocumentStatusRow)], ids=lambda row: row.id)
def test_a_successor_in_the_tables_takes_over_on_the_day_the_act_ends(row: LawRow | DocumentStatusRow) -> None:
    assert row.date is None or row.date <= TABLES_UNTIL
    successors = [act for act in KNOWLEDGE.derived(Acts.of).by_key.values() if act.handle[1].startswith(row.replaced_by or "-")]
    for successor in successors:
        assert successor.valid_from is not None
        assert row.valid_to == successor.valid_from


def test_no_status_without_comparison() -> None:
    rows = [row for row in KNOWLEDGE.rows(LawRow) if not row.verified]
    assert rows
    assert {status_at(KNOWLEDGE, f"luat:{row.number or row.id}", None) for row in rows} == {("unknown", None)}


@pytest.mark.parametrize(
    ("cited", "known", "same"),
    [
        ("Về việc phê duyệt Chương trình Chuyển đổi số", "phê duyệt Chương trình Chuyển đổi số quốc gia", True),
        ("đẩy mạnh học tập và làm theo", "về đẩy mạnh học tập và làm theo tư tưởng", True),
        ("phê duyệt Chương trình", "phê duyệt Chương trình Chuyển đổi số quốc gia", False),
        ("đẩy mạnh học tập và rèn luyện", "đẩy mạnh học tập và làm theo", False),
        (None, "về công tác văn thư", False),
    ],
)
def test_titles_as_cited(cited: str | None, known: str | None, same: bool) -> None:
    assert same_title(cited, known) is same
