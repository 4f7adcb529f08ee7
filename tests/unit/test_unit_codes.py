"""Whole small plans: which official unit a mention means, from which era, and what followed it."""

from __future__ import annotations

from datetime import date

import pytest

from models import PlanRecord, Unit
from pipeline.flow import make_kit, read_stages
from pipeline.knowledge.units import UnitEraCue, era_key
from pipeline.values import Source

KIT = make_kit()
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"


def plan(issuer: str, day: str = "05 tháng 3 năm 2024", place: str = "", body: str = "", title: str = "Công tác dân vận") -> PlanRecord:
    dateline = f"{place}, ngày {day}\n" if day else ""
    text = f"{issuer}\n\n{MOTTO}\nSố: 12/KH-UBND\n\n{dateline}\nKẾ HOẠCH\n\n{title}\n\n{body}\n"
    return read_stages(Source("ke-hoach.txt", text.encode()), KIT).record


def named(record: PlanRecord, printed: str) -> Unit:
    return next(unit for unit in record.units if unit.text == printed)


def issuer(record: PlanRecord) -> Unit:
    assert record.header.issuer is not None
    return record.header.issuer


def codes(record: PlanRecord) -> set[str]:
    return {finding.code for finding in record.findings}


OWN = "ỦY BAN NHÂN DÂN\nXÃ DƯƠNG QUANG"


@pytest.mark.parametrize(
    ("body", "printed", "code", "successors"),
    [
        # what stands beside it decides, whatever the plan's own place is
        ("I. NỘI DUNG\nThăm xã Tân Lập, huyện Đan Phượng, thành phố Hà Nội.", "xã Tân Lập", "09820", ("09817", "09832")),
        ("I. NỘI DUNG\nThăm xã Tân Lập (huyện Đan Phượng).", "xã Tân Lập", "09820", ("09817", "09832")),
        ("I. NỘI DUNG\nThăm phường 01, thành phố Cao Lãnh, tỉnh Đồng Tháp.", "phường 01", "29866", ()),
        # a province and a district of its own name
        ("I. NỘI DUNG\nHọc tập ở tỉnh Bắc Kạn.", "tỉnh Bắc Kạn", "06", ("19",)),
        ("I. NỘI DUNG\nNghị quyết của Huyện ủy Kim Động.", "Huyện ủy Kim Động", "331", ("11983", "12280", "12286", "12313", "12322")),
        ("I. NỘI DUNG\nHọc tập ở thành phố Huế.", "thành phố Huế", "474", ()),
    ],
)
def test_a_mention_is_the_unit_that_its_neighbours_and_the_day_allow(body, printed, code, successors):
    unit = named(plan(f"UBND HUYỆN GIA LÂM\n{OWN}", place="Dương Quang", body=body), printed)
    assert unit.code == code
    assert [candidate.code for candidate in unit.candidates] == [code]
    assert unit.successor_codes == successors


def test_the_parent_tells_the_issuer_apart_from_others_of_its_name():
    record = plan(f"UBND HUYỆN GIA LÂM\n{OWN}", place="Dương Quang")
    assert (issuer(record).code, issuer(record).successor_codes) == ("00568", ("00562",))
    candidate = issuer(record).candidates[0]
    assert candidate.name == "Xã Dương Quang, huyện Gia Lâm, thành phố Hà Nội"
    assert (candidate.valid_from, candidate.valid_to) == (None, date(2025, 6, 30))
    assert candidate.reason
    assert "ambiguous_unit" not in codes(record)


def test_a_district_that_the_text_names_tells_the_issuer_too():
    body = "Thực hiện Kế hoạch số 5/KH-UBND ngày 02/01/2024 của UBND thị xã Mỹ Hào; UBND xã ban hành Kế hoạch như sau:"
    assert issuer(plan(OWN, place="Dương Quang", body=body)).code == "12112"


def test_without_any_hint_there_are_candidates_and_a_finding_but_no_code():
    record = plan(OWN, place="Dương Quang")
    assert issuer(record).code is None
    assert {candidate.code for candidate in issuer(record).candidates} == {"00568", "01849", "12112"}
    assert issuer(record).successor_codes == ()
    assert "ambiguous_unit" in codes(record)


def test_units_in_districts_that_the_plan_does_not_name_are_no_doubt():
    body = "Thực hiện Kế hoạch số 5/KH-UBND ngày 02/01/2024 của UBND huyện Nghĩa Lâm Hạ; UBND xã ban hành Kế hoạch như sau:"
    assert "ambiguous_unit" not in codes(plan(OWN, place="Dương Quang", body=body))


def test_the_committee_of_the_plan_has_the_code_of_the_issuer():
    record = plan(f"UBND HUYỆN GIA LÂM\n{OWN}", place="Dương Quang", body="I. NỘI DUNG\nBáo cáo UBND xã trước 15/6.")
    assert named(record, "UBND xã").code == "00568"


@pytest.mark.parametrize("place", ["XÃ ĐỒNG XUYÊN GIANG", "XÃ A", "THỊ TRẤN SƠN KHÊ"])
def test_a_place_that_does_not_exist_has_no_candidate(place):
    record = plan(f"ỦY BAN NHÂN DÂN\n{place}", body="I. NỘI DUNG\nThăm xã Dương Quang, huyện Yên Lĩnh.")
    assert issuer(record).candidates == ()
    assert named(record, "xã Dương Quang").candidates == ()


@pytest.mark.parametrize(
    "body", ["Trên địa bàn xã, đường Hà Nội, phố Huế.", "Ông Nguyễn Văn Xã và bà Trần Thị Huyện.", "Kinh tế - xã hội của xã."]
)
def test_streets_persons_and_words_have_no_code(body):
    record = plan("ỦY BAN NHÂN DÂN\nXÃ ĐÔNG HẠ LÂM", body=f"I. NỘI DUNG\n{body}")
    assert [unit.text for unit in record.units if unit.candidates] == []


# ------------------------------------------------------------------ the reform

NEW = "ỦY BAN NHÂN DÂN\nXÃ NGUYỄN LƯƠNG BẰNG"


def test_after_the_reform_a_code_is_the_new_unit_s():
    record = plan(NEW, day="05 tháng 9 năm 2025", place="Nguyễn Lương Bằng")
    assert issuer(record).candidates[0].name == "Xã Nguyễn Lương Bằng, thành phố Hải Phòng"
    assert issuer(record).successor_codes == ()
    assert issuer(record).candidates[0].valid_from == date(2025, 7, 1)


def test_an_old_unit_in_a_new_plan_is_history():
    body = "I. NỘI DUNG\nXã được lập từ xã Đoàn Tùng, huyện Thanh Miện. UBND xã tổ chức thực hiện."
    record = plan(NEW, day="05 tháng 9 năm 2025", place="Nguyễn Lương Bằng", body=body)
    old = named(record, "xã Đoàn Tùng")
    assert (old.code, old.successor_codes) == ("11251", ("10993", "11242"))
    assert "unit_abolished" not in codes(record)


TASKS = """III. TỔ CHỨC THỰC HIỆN

1. Phòng Văn hóa - Xã hội

- Chủ trì, phối hợp với {partner} tuyên truyền, báo cáo trước ngày 15/12/2025.
"""


@pytest.mark.parametrize(("partner", "day", "found"), [
    ("UBND huyện Thanh Miện", "05 tháng 9 năm 2025", True),
    ("Công an huyện", "05 tháng 9 năm 2025", True),
    ("UBND huyện Thanh Miện", "05 tháng 3 năm 2025", False),
    ("Công an xã", "05 tháng 9 năm 2025", False),
    ("UBND thành phố Hải Phòng", "05 tháng 9 năm 2025", False),
])  # fmt: skip
def test_a_new_plan_must_not_give_work_to_an_ended_unit(partner, day, found):
    record = plan(NEW, day=day, place="Nguyễn Lương Bằng", body=TASKS.format(partner=partner))
    assert ("unit_abolished" in codes(record)) is found


@pytest.mark.parametrize(
    ("title", "body", "code_days"),
    [
        ("Công tác dân vận năm 2024", "", "before"),
        ("Công tác dân vận năm 2026", "", "after"),
        ("Công tác dân vận", "Căn cứ Quyết định số 5/QĐ-UBND ngày 02/9/2025 của UBND tỉnh;", "after"),
        ("Công tác dân vận năm 2025", "III. TỔ CHỨC THỰC HIỆN\n1. Phòng Văn hóa - Xã hội\n- Chủ trì tuyên truyền.", "after"),
        ("Công tác dân vận năm 2025", "III. TỔ CHỨC THỰC HIỆN\n1. Công an xã\n- Báo cáo Công an huyện.", "before"),
        ("Công tác dân vận năm 2025", "", "open"),
    ],
)
def test_an_undated_plan_is_dated_by_its_year_what_it_cites_and_its_offices(title, body, code_days):
    unit = issuer(plan("ỦY BAN NHÂN DÂN\nXÃ TÀ XÙA", day="", title=title, body=body))
    eras = {"after" if c.valid_from and c.valid_from >= date(2025, 7, 1) else "before" for c in unit.candidates}
    assert eras == ({"before", "after"} if code_days == "open" else {code_days})
    assert (unit.code is None) is (code_days == "open")


def test_examples_of_era_cues():
    for row in KIT.knowledge.rows(UnitEraCue):
        for example in row.examples:
            assert row.is_in(era_key([example])), (row.id, example)
        for wrong in row.not_examples:
            assert not row.is_in(era_key([wrong])), (row.id, wrong)


def test_a_commune_of_another_province_that_nothing_places_has_a_candidate_only():
    record = plan(f"UBND HUYỆN GIA LÂM\n{OWN}", body="I. NỘI DUNG\nHọc tập ở xã Tà Xùa.")
    assert named(record, "xã Tà Xùa").code is None
    assert len(named(record, "xã Tà Xùa").candidates) == 1


def test_before_the_first_list_a_bare_name_proves_nothing():
    record = plan("ỦY BAN NHÂN DÂN\nXÃ DÂN HÒA", day="05 tháng 3 năm 2015", place="Dân Hòa")
    assert [candidate.code for candidate in issuer(record).candidates] == ["10168"]
    assert issuer(record).code is None


# ------------------------------------------------------------------ the issuer

HEADS = [
    ("UBND XÃ DƯƠNG QUANG\nBAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ", "", "Ban Chỉ đạo Chuyển đổi số xã Dương Quang"),
    ("UBND XÃ DƯƠNG QUANG\nBAN CHỈ ĐẠO PCGD, XMC", "", "BAN CHỈ ĐẠO PCGD, XMC"),
    ("UBND XÃ DƯƠNG QUANG\nHỘI ĐỒNG NGHĨA VỤ QUÂN SỰ", "", "Hội đồng Nghĩa vụ quân sự xã Dương Quang"),
    ("UBND XÃ DƯƠNG QUANG\nPHÒNG VĂN HÓA - XÃ HỘI", "", "Phòng Văn hóa - Xã hội xã Dương Quang"),
    ("ỦY BAN MTTQ VIỆT NAM XÃ DƯƠNG QUANG\nBAN THƯỜNG TRỰC", "", "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam xã Dương Quang"),
    ("HUYỆN ỦY KIM ĐỘNG\nBAN TUYÊN GIÁO", "", "Ban Tuyên giáo Huyện ủy Kim Động"),
    ("SỞ Y TẾ", "Kiên Giang", "Sở Y tế tỉnh Kiên Giang"),
    ("SỞ Y TẾ", "Đông Hạ Lâm", "Sở Y tế"),
    ("UBND TP. HẢI PHÒNG", "", "Ủy ban nhân dân thành phố Hải Phòng"),
    ("ỦY BAN NHÂN DÂN THÀNH PHÓ HẢI PHÒNG", "", "Ủy ban nhân dân thành phố Hải Phòng"),
    ("ỦY BAN NHÂN DÂN\nXÃ EA H'LEO", "", "Ủy ban nhân dân xã Ea H'Leo"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "place", "name"), HEADS)
def test_an_issuer_is_named_in_full_with_its_place(head, place, name):
    assert issuer(plan(head, place=place or "Dương Quang")).name == name


def headless(body: str, foot: str) -> PlanRecord:
    text = f"KẾ HOẠCH\n\nCông tác dân vận năm 2024\n\nI. NỘI DUNG\n\n{body}\n\nNơi nhận:\n\n{foot}\n"
    return read_stages(Source("ke-hoach.txt", text.encode()), KIT).record


@pytest.mark.parametrize(
    ("foot", "rule", "name"),
    [
        ("- Các thôn;\n\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN XÃ DƯƠNG QUANG\n\nCHỦ TỊCH\n\nTrần Văn Bình", "signature", "Ủy ban nhân dân xã Dương Quang"),
        ("- Các thôn;\n\n- Lưu: VT, Đảng ủy xã Dương Quang.\n\nBÍ THƯ\n\nTrần Văn Bình", "filing", "Đảng ủy xã Dương Quang"),
    ],
)  # fmt: skip
def test_without_a_head_the_foot_tells_the_issuer_and_the_rule_says_so(foot, rule, name):
    found = issuer(headless("Tuyên truyền trong nhân dân.", foot))
    assert (found.name, found.rule) == (name, rule)


def test_nobody_is_made_the_issuer_where_nothing_names_one():
    assert headless("Tuyên truyền cùng UBND xã.", "- Các thôn;\n\n- Lưu: VT.\n\nTrần Văn Bình").header.issuer is None


def test_who_issued_the_plan_has_not_ended():
    body = "1. Phòng Văn hóa - Xã hội\n\n- Chủ trì, báo cáo UBND xã trước ngày 15/12/2025.\n"
    record = plan(OWN, day="05 tháng 9 năm 2025", place="Dương Quang", body=body)
    assert named(record, "UBND xã").same_as_issuer and "unit_abolished" not in codes(record)
