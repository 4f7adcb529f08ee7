"""Every finding has a plan that raises it and one that must not; a sound plan raises none. All plans are written here."""

from __future__ import annotations

import pytest
from plan_texts import HEAD_OF_2025

from models import Finding, PlanRecord
from pipeline.check import check
from pipeline.flow import make_kit, read_stages
from pipeline.knowledge.causes import Cause
from pipeline.knowledge.findings import FindingRow
from pipeline.values import Frame, Notice, Source

KIT = make_kit()
CODES = {row.id for row in KIT.knowledge.rows(FindingRow)}
# Codes that the contract names: each is a finding, or a cause that keeps a whole file from being read.
OF_THE_CONTRACT = {
    "missing_number", "missing_number_serial", "missing_issue_date", "incomplete_issue_date", "missing_section",
    "duplicate_section_number", "skipped_section_number", "invalid_roman_numeral", "stale_year",
    "reference_date_conflict", "replaced_reference", "not_a_plan", "several_documents", "motto_misspelt",
    "low_ocr_confidence", "no_text_layer", "legacy_encoding", "damaged_text", "table_not_read", "password_protected",
    "truncated_file",
}  # fmt: skip
PROVEN_WITH_THE_UNITS = {"unit_abolished", "ambiguous_unit"}

PLAN = HEAD_OF_2025 + """
Công tác thi đua, khen thưởng năm 2025

Căn cứ Luật Thi đua, khen thưởng năm 2022;

Thực hiện Kế hoạch số 35/KH-UBND ngày 13 tháng 02 năm 2025 của Ủy ban nhân dân tỉnh Hà Lâm; Ủy ban nhân dân xã ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

Phát huy kết quả đã đạt được trong năm 2024.

II. NỘI DUNG

Phát động phong trào thi đua, hoàn thành trước ngày 30/6/2025.

III. TỔ CHỨC THỰC HIỆN

1. Phòng Văn hóa - Xã hội: chủ trì, báo cáo Ủy ban nhân dân xã trước ngày 15/12/2025.

2. Các thôn tổ chức cho hộ gia đình đăng ký.

Trên đây là Kế hoạch công tác thi đua, khen thưởng năm 2025 của Ủy ban nhân dân xã Sơn Hạ./.

Nơi nhận:

- UBND tỉnh (b/c);

- Lưu: VT.

TM. ỦY BAN NHÂN DÂN

CHỦ TỊCH

Trần Văn Bình
"""
SIGNATURE = "TM. ỦY BAN NHÂN DÂN\n\nCHỦ TỊCH\n\nTrần Văn Bình\n"
TASKS = PLAN[PLAN.index("1. Phòng") : PLAN.index("Trên đây")]
ISSUERS = ("ỦY BAN NHÂN DÂN\nXÃ SƠN HẠ\n\n", " của Ủy ban nhân dân xã Sơn Hạ", "TM. ỦY BAN NHÂN DÂN\n\n", "Sơn Hạ, ", "Ủy ban nhân dân xã")

# Code: changes of the sound plan that raise it, and changes near by that must not.
Change = tuple[tuple[str, str], ...]
OF_THE_TEXT: dict[str, tuple[list[Change], list[Change]]] = {
    "missing_number": (
        [(("Số: 12/KH-UBND\n\n", ""),)],
        [(("Số: 12/KH-UBND", "Số:12 / KH-UBND"),), (("Số: 12/KH-UBND", "Số: /KH-UBND"),), (("Số: 12/KH-UBND", "Số: 12-KH/ĐU"),)],
    ),
    "missing_number_serial": (
        [(("Số: 12/", "Số:      /"),), (("Số: 12/", "Số: ……/"),), (("Số: 12/", "Số: ....../"),)],
        [(("Số: 12/", "Số: 07/"),), (("Số: 12/KH-UBND\n\n", ""),)],
    ),
    "missing_issue_date": (
        [(("Sơn Hạ, ngày 05 tháng 3 năm 2025\n\n", ""),)],
        [(("ngày 05 tháng 3", "ngày     tháng 3"),), (("ngày 05 tháng 3 năm 2025", "ngày 5 tháng 3 năm 2025"),)],
    ),
    "incomplete_issue_date": (
        [(("ngày 05 tháng 3", "ngày     tháng 3"),), (("ngày 05 tháng 3", "ngày … tháng … "),)],
        [(("ngày 05 tháng 3", "ngày 5 tháng 03"),), (("Sơn Hạ, ngày 05 tháng 3 năm 2025\n\n", ""),)],
    ),
    "missing_issuer": ([tuple((words, "") for words in ISSUERS)], [((ISSUERS[0], ""),)]),
    "missing_title": (
        [(("Công tác thi đua, khen thưởng năm 2025\n\n", ""),)],
        [(("Công tác thi đua, khen thưởng năm 2025\n\n", "Về công tác thi đua\n\n"),)],
    ),
    "missing_signature": (
        [((SIGNATURE, ""),)],
        [(("Trần Văn Bình", "(Đã ký)"),), (("TM. ỦY BAN NHÂN DÂN\n\nCHỦ TỊCH", "KT. CHỦ TỊCH\n\nPHÓ CHỦ TỊCH"),)],
    ),
    "missing_section": (
        [(("I. MỤC ĐÍCH, YÊU CẦU\n", ""),), (("III. TỔ CHỨC THỰC HIỆN\n", ""), (TASKS, "")), (("II. NỘI DUNG\n", ""),)],
        [(("I. MỤC ĐÍCH, YÊU CẦU", "I. MỤC TIÊU"),), (("II. NỘI DUNG", "II. NHIỆM VỤ, GIẢI PHÁP"),), (("KẾ HOẠCH\n\n", "THÔNG BÁO\n\n"),)],
    ),
    "duplicate_section_number": ([(("III. TỔ", "II. TỔ"),)], [(("2. Các thôn", "a) Các thôn"),)]),
    "skipped_section_number": ([(("III. TỔ", "IV. TỔ"),), (("III. TỔ", "V. TỔ"),)], [(("2. Các thôn", "- Các thôn"),)]),
    "invalid_roman_numeral": ([(("III. TỔ", "IIII. TỔ"),)], [(("III. TỔ", "C. TỔ"),)]),
    "stale_year": (
        [(("Trên đây là Kế hoạch công tác thi đua, khen thưởng năm 2025", "Trên đây là Kế hoạch công tác thi đua, khen thưởng năm 2024"),)],
        [
            (("trong năm 2024", "trong các năm 2023, năm 2024"),),
            (("Phát động phong", "So với kết quả năm 2024, phát động phong"),),
            (("khen thưởng năm 2025 của", "khen thưởng năm học 2024 - 2025 của"),),
        ],
    ),
    "reference_date_conflict": (
        [
            (("năm 2022;", "năm 2022;\n\nCăn cứ Nghị định số 66/2021/NĐ-CP ngày 06/7/2020 của Chính phủ;"),),
            (("Phát động phong", "Theo Kế hoạch số 35/KH-UBND ngày 13/02/2024 của Ủy ban nhân dân tỉnh Hà Lâm, phát động phong"),),
        ],
        [
            (("năm 2022;", "năm 2022;\n\nCăn cứ Nghị định số 66/2021/NĐ-CP ngày 06/7/2021 của Chính phủ;"),),
            (("Phát động phong", "Theo Kế hoạch số 35/KH-UBND ngày 13/02/2025 của Ủy ban nhân dân tỉnh Hà Lâm, phát động phong"),),
        ],
    ),
    "replaced_reference": (
        [(("Luật Thi đua, khen thưởng năm 2022", "Luật Thi đua, khen thưởng năm 2003"),)],
        [(("Luật Thi đua, khen thưởng năm 2022", "Luật Thi đua, khen thưởng"),)],
    ),
    "impossible_date": ([(("30/6/2025", "31/6/2025"),)], [(("30/6/2025", "29/02/2028"),)]),
    "deadline_before_issue": (
        [(("trước ngày 15/12/2025", "trước ngày 15/12/2024"),), (("trước ngày 15/12/2025", "trước ngày 01/3/2025"),)],
        [
            (("trước ngày 15/12/2025", "trước ngày 05/3/2025"),),
            (("trước ngày 15/12/2025", "trong tháng 01/2025"),),
            (("trước ngày 15/12/2025", "trước ngày 15/12 hằng năm"),),
            (("trước ngày 15/12/2025", "trước ngày 01/3/2025"), ("ngày 05 tháng 3", "ngày     tháng 3")),
        ],
    ),
    "not_a_plan": (
        [(("KẾ HOẠCH\n\n", "THÔNG BÁO\n\n"),), (("KẾ HOẠCH\n\nCông tác thi đua, khen thưởng năm 2025", "Kính gửi: Các thôn"),)],
        [(("KẾ HOẠCH\n\n", "PHƯƠNG ÁN\n\n"),), (("KẾ HOẠCH\n\n", "CHƯƠNG TRÌNH\n\n"),)],
    ),
    "several_documents": ([((SIGNATURE, SIGNATURE + "\n" + PLAN),)], [((SIGNATURE, SIGNATURE + "\nPHỤ LỤC\n\nDanh sách các thôn\n"),)]),
    "motto_misspelt": (
        [(("CỘNG HÒA XÃ HỘI", "CỘNG HÀ XÃ HỘI"),), (("Tự do - Hạnh phúc", "Tự do - Hạnh phức"),)],
        [(("CỘNG HÒA", "CỘNG HOÀ"), ("lập - Tự do - Hạnh", "lập – Tự do — Hạnh")), (("CHỦ NGHĨA VIỆT", "CHỦ NGHĨAVIỆT"),)],
    ),
    "no_tasks": ([((TASKS, "Các nội dung trên được thực hiện từ ngày ký.\n\n"),)], [(("2. Các thôn tổ chức cho hộ gia đình đăng ký.", ""),)]),
    "portal_residue": (
        [((PLAN[:20], "Trang chủ\nTin tức\nLượt truy cập: 4.870\nHôm nay: 112\n\n" + PLAN[:20]),)],
        [(("hộ gia đình đăng ký", "hộ gia đình đăng ký trên trang thông tin của xã"),)],
    ),
}  # fmt: skip


def changed(changes: Change) -> str:
    text = PLAN
    for sound, faulty in changes:
        assert sound in text, sound
        text = text.replace(sound, faulty)
    return text


def read(data: str | bytes, name: str = "kế hoạch.txt") -> PlanRecord:
    return read_stages(Source(name, data.encode() if isinstance(data, str) else data), KIT).record


def codes(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.code for finding in findings}


def test_a_sound_plan_has_nothing_to_look_at() -> None:
    assert read(PLAN).findings == ()


@pytest.mark.parametrize(("code", "change"), [(c, change) for c, (raising, _) in OF_THE_TEXT.items() for change in raising])
def test_a_faulty_plan_raises_its_finding(code: str, change: Change) -> None:
    record = read(changed(change))
    found = [finding for finding in record.findings if finding.code == code]
    assert found, codes(record.findings)
    for finding in found:
        assert "{" not in finding.message and "“…”" not in finding.message
        assert (finding.start is None) == (finding.end is None)
        assert finding.start is None or record.text[finding.start : finding.end].strip()


@pytest.mark.parametrize(("code", "change"), [(c, change) for c, (_, silent) in OF_THE_TEXT.items() for change in silent])
def test_a_plan_without_the_fault_does_not(code: str, change: Change) -> None:
    assert code not in codes(read(changed(change)).findings)


# A plan of which only some pages came -> what is said of it, and nothing of what may stand on the other pages.
PARTS: dict[str, tuple[str, set[str]]] = {
    "its first page": (PLAN[: PLAN.index("II. NỘI DUNG")], {"missing_signature"}),
    "its last page": (PLAN[PLAN.index("III. TỔ CHỨC") :], {"missing_number", "missing_issue_date"}),
    "an annex alone": (
        "PHỤ LỤC\n\nBẢNG PHÂN CÔNG NHIỆM VỤ\n\n(Kèm theo Kế hoạch số 14/KH-UBND ngày 17/01/2025 của UBND xã Sơn Hạ)\n\n1. Các thôn họp dân.\n",
        {"not_a_plan"},
    ),
    "a report without its end": (PLAN[: PLAN.index("II. NỘI DUNG")].replace("KẾ HOẠCH\n\nCông", "BÁO CÁO\n\nCông"), {"not_a_plan"}),
}


@pytest.mark.parametrize("part", PARTS)
def test_nothing_is_said_of_pages_that_did_not_come(part: str) -> None:
    text, wanted = PARTS[part]
    assert codes(read(text).findings) == wanted


OTHERWISE_CALLED: tuple[Change, ...] = (
    (("II. NỘI DUNG", "II. ĐỐI TƯỢNG, TIÊU CHUẨN"),),
    (("II. NỘI DUNG", "II. CHỦ ĐỀ, THỜI GIAN, PHẠM VI"),),
    (("III. TỔ CHỨC THỰC HIỆN", "III. BIỆN PHÁP TỔ CHỨC THỰC HIỆN"),),
    (("III. TỔ CHỨC THỰC HIỆN", "III. TIẾN ĐỘ VÀ PHÂN CÔNG THỰC HIỆN"),),
)


@pytest.mark.parametrize("change", OTHERWISE_CALLED)
def test_a_section_may_be_called_otherwise(change: Change) -> None:
    assert "missing_section" not in codes(read(changed(change)).findings)


@pytest.mark.parametrize("since", ["đơn thư tồn từ trước ngày 01/3/2025", "vụ việc phát sinh trước ngày 01/3/2025"])
def test_a_time_from_which_something_stands_is_no_deadline(since: str) -> None:
    text = changed((("báo cáo Ủy ban nhân dân xã trước ngày 15/12/2025", f"giải quyết {since}"),))
    assert "deadline_before_issue" not in codes(read(text).findings)


# Code: what a reader told, and words that the clerk must be told then. The readers' own tests prove when they tell it.
OF_THE_READER: dict[str, tuple[tuple[Notice, ...], str]] = {
    "no_text_layer": ((Notice("no_text_layer", 2), Notice("no_text_layer", 1)), "(trang 1, 2)"),
    "page_not_read": ((Notice("page_not_read", 3),), "(trang 3)"),
    "damaged_text": ((Notice("damaged_text", 4, "1 of 3"),), "(trang 4)"),
    "legacy_encoding": ((Notice("legacy_encoding", detail="TCVN3"),), "(TCVN3)"),
    "table_not_read": ((Notice("table_not_read", 2), Notice("table_not_read", 2)), "(trang 2)"),
    "read_without_office": ((Notice("read_without_office", detail=".doc"),), "Tệp .doc"),
    "office_failed": ((Notice("office_failed", detail=".doc"),), "tệp .doc"),
    "low_ocr_confidence": ((Notice("low_ocr_confidence", 1),), "trang 1"),
    "page_furniture": ((Notice("page_furniture", detail="7"),), "7 đoạn"),
}


@pytest.mark.parametrize("code", OF_THE_READER)
def test_what_the_reader_tells_becomes_one_finding(code: str) -> None:
    notices, words = OF_THE_READER[code]
    (finding,) = check(read(PLAN), Frame(), (), notices, KIT.knowledge)
    assert (finding.code, finding.page) == (code, min((n.page for n in notices if n.page), default=None))
    assert words in finding.message
    assert code not in codes(check(read(PLAN), Frame(), (), (), KIT.knowledge))


def test_a_file_without_pages_is_told_no_page_and_nothing_in_english() -> None:
    for code, detail in (("damaged_text", "3 characters lost"), ("table_not_read", "Microsoft_Excel_Sheet1.xlsx")):
        (finding,) = check(read(PLAN), Frame(), (), (Notice(code, detail=detail),), KIT.knowledge)
        assert detail not in finding.message and "trang" not in finding.message


def test_a_picture_has_no_broken_text_layer_but_poor_words() -> None:
    notices = (Notice("no_text_layer", 1), Notice("no_text_layer", 2), Notice("damaged_text", 2))
    found = check(read(PLAN), Frame(), (), notices, KIT.knowledge)
    assert {f.code: f.page for f in found} == {"no_text_layer": 1, "low_ocr_confidence": 2}


READ_FROM_BYTES = [
    ("legacy_encoding", PLAN.encode("utf-8-sig"), False),
    ("damaged_text", PLAN.encode() + b"\xe1\xba", True),
    ("damaged_text", PLAN.encode(), False),
    ("page_furniture", f"<html><body><nav>{'<a href=/>Tin tức</a> ' * 9}</nav><p>{PLAN.replace(chr(10), '</p><p>')}</p></body></html>".encode(), True),
]  # fmt: skip


@pytest.mark.parametrize(("code", "data", "raised"), READ_FROM_BYTES)
def test_findings_of_the_bytes(code: str, data: bytes, raised: bool) -> None:
    assert (code in codes(read(data).findings)) == raised


def test_every_code_of_the_table_is_proven_here_both_ways() -> None:
    assert set(OF_THE_TEXT) | set(OF_THE_READER) == CODES - PROVEN_WITH_THE_UNITS
    assert all(raising and silent for raising, silent in OF_THE_TEXT.values())


def test_every_code_of_the_contract_is_known() -> None:
    causes = {row.id for row in KIT.knowledge.rows(Cause)}
    assert OF_THE_CONTRACT - CODES - causes == set()


def test_the_severest_come_first_then_in_reading_order() -> None:
    text = changed((("III. TỔ", "IV. TỔ"), ("CỘNG HÒA", "CỘNG HÀ"), ("Số: 12/", "Số: /"), ("30/6/2025", "31/6/2025")))
    found = read(text).findings
    assert [finding.code for finding in found] == [
        "missing_number_serial", "impossible_date", "motto_misspelt", "skipped_section_number",
    ]  # fmt: skip
