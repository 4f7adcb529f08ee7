"""A plan's text -> its record: head, issuer, years, tasks, closing, findings. Every case is a small plan of its own."""

from __future__ import annotations

import hashlib

import pytest
from plan_texts import HEAD_OF_2025

from models import PlanRecord
from pipeline.check.citations import check_references
from pipeline.flow import make_kit, read_stages
from pipeline.knowledge.findings import FindingRow
from pipeline.knowledge.signatures import Position, Surname, built_in_words
from pipeline.knowledge.topics import Topic, topics
from pipeline.values import Source

KIT = make_kit()

HEAD = HEAD_OF_2025 + """
Phòng, chống thiên tai và tìm kiếm cứu nạn năm 2025
"""
BASIS = """
Căn cứ Luật Phòng, chống thiên tai ngày 19/6/2013;

Thực hiện Kế hoạch số 35/KH-UBND ngày 13 tháng 02 năm 2025 của Ủy ban nhân dân huyện Yên Lĩnh; Ủy ban nhân dân xã ban hành Kế hoạch như sau:
"""
BODY = """
I. MỤC ĐÍCH, YÊU CẦU

Chủ động ứng phó với thiên tai trên địa bàn xã.

II. NỘI DUNG

Kiểm tra các công trình phòng, chống thiên tai.

III. TỔ CHỨC THỰC HIỆN

1. Công an xã

- Tổ chức trực ban 24/24 giờ.

- Phối hợp với Ban Chỉ huy Quân sự xã tuần tra, báo cáo UBND xã trước ngày 15/6/2025.

2. Trạm Y tế xã: Chuẩn bị thuốc, vật tư trong quý II năm 2025.

3. Các thôn rà soát hộ dân ở vùng nguy hiểm.
"""
TAIL = """
Trên đây là Kế hoạch phòng, chống thiên tai năm 2025 của Ủy ban nhân dân xã Sơn Hạ./.

Nơi nhận:

- UBND huyện (b/c);

- Các thôn;

- Lưu: VT, KT (Hoa 05b).

TM. ỦY BAN NHÂN DÂN

KT. CHỦ TỊCH

PHÓ CHỦ TỊCH

Trần Văn Bình
"""


def read(text: str, name: str = "kế hoạch.txt") -> PlanRecord:
    return read_stages(Source(name, text.encode()), KIT).record


@pytest.fixture(scope="module")
def plan() -> PlanRecord:
    return read(HEAD + BASIS + BODY + TAIL)


def test_the_head_of_a_plain_plan(plan: PlanRecord) -> None:
    header = plan.header
    assert header.number is not None and header.issue_date is not None and header.issuer is not None
    assert (header.doc_type, header.number.canonical, header.number.serial) == ("Kế hoạch", "12/KH-UBND", "12")
    assert (header.place, header.issue_date.edtf, header.issue_date.source) == ("Sơn Hạ", "2025-03-05", "dateline")
    assert header.issuer.name == "Ủy ban nhân dân xã Sơn Hạ"
    assert header.title == "Phòng, chống thiên tai và tìm kiếm cứu nạn năm 2025"
    assert (header.topic, header.plan_years) == ("phong_chong_thien_tai", (2025,))


def test_every_head_value_has_its_evidence(plan: PlanRecord) -> None:
    for field in ("doc_type", "number", "place", "issue_date", "title", "topic", "plan_years"):
        where = plan.header.evidence[field]
        assert where.page == 1 and where.start is not None and where.end is not None and where.rule
    number = plan.header.evidence["number"]
    assert plan.text[number.start : number.end] == "Số: 12/KH-UBND"


def test_every_mention_is_cut_from_the_text_and_stands_in_a_section(plan: PlanRecord) -> None:
    mentions = [*plan.references, *plan.dates, *plan.units]
    assert len(mentions) > 15
    for mention in mentions:
        assert plan.text[mention.start : mention.end] == mention.text
        assert mention.page == 1
    assert {r.section_id for r in plan.references} == {"can_cu"}


def test_closing(plan: PlanRecord) -> None:
    closing = plan.closing
    signer = closing.signers[0]
    assert (signer.name, signer.position, signer.authority, signer.on_behalf_of) == ("Trần Văn Bình", "PHÓ CHỦ TỊCH", "KT", "ỦY BAN NHÂN DÂN")
    assert [r.note for r in closing.recipients] == ["b/c", None, "Hoa 05b"]
    assert closing.filing is not None and closing.filing.units == ("VT", "KT")


def test_tasks_from_prose(plan: PlanRecord) -> None:
    shown = [(t.text, [a.text for a in t.assignees], [c.text for c in t.coordinators]) for t in plan.tasks]
    assert shown == [
        ("Tổ chức trực ban 24/24 giờ.", ["Công an xã"], []),
        (
            "Phối hợp với Ban Chỉ huy Quân sự xã tuần tra, báo cáo UBND xã trước ngày 15/6/2025.",
            ["Công an xã"],
            ["Ban Chỉ huy Quân sự xã"],
        ),
        ("Chuẩn bị thuốc, vật tư trong quý II năm 2025.", ["Trạm Y tế xã"], []),
        ("Các thôn rà soát hộ dân ở vùng nguy hiểm.", ["Các thôn"], []),
    ]
    second, third = plan.tasks[1], plan.tasks[2]
    assert second.deadline is not None and second.deadline.edtf == "../2025-06-15"
    assert [a.text for a in second.reports_to] == ["UBND xã"]
    assert third.deadline is not None and (third.deadline.edtf, third.period) == ("2025-34", None)
    assert all(t.origin == "prose" and 0 < t.confidence < 1 and t.section_id for t in plan.tasks)


# What stands at `1. Công an xã: …` -> the actors of its tasks.
ACTORS = {
    "1. Hội Phụ nữ xã phụ trách văn nghệ, Đoàn Thanh niên xã phụ trách trò chơi dân gian.": ["Hội Phụ nữ xã", "Đoàn Thanh niên xã"],
    "1. Công an xã phối hợp với Đoàn Thanh niên xã, Hội Phụ nữ xã tuần tra.": ["Công an xã"],
    "1. Các đơn vị được kiểm tra có trách nhiệm chuẩn bị báo cáo.": ["Các đơn vị được kiểm tra"],
}


@pytest.mark.parametrize("line", ACTORS)
def test_actors_of_a_sentence(line: str) -> None:
    body, after = BODY.split("III. TỔ CHỨC THỰC HIỆN\n", maxsplit=1)[0], "III. TỔ CHỨC THỰC HIỆN\n\n"
    record = read(HEAD + BASIS + body + after + line + "\n" + TAIL)
    assert [actor.text for task in record.tasks for actor in task.assignees] == ACTORS[line]


def test_a_sound_plan_has_nothing_to_look_at(plan: PlanRecord) -> None:
    assert [finding.code for finding in plan.findings] == []


def test_same_bytes_same_record(plan: PlanRecord) -> None:
    again = read(HEAD + BASIS + BODY + TAIL)
    assert again.model_dump_json() == plan.model_dump_json()
    assert plan.plan_id == hashlib.sha256((HEAD + BASIS + BODY + TAIL).encode()).hexdigest()[:16]


def test_text_id_sees_through_bytes_and_the_plan_key_joins_versions(plan: PlanRecord) -> None:
    respaced = read((HEAD + BASIS + BODY + TAIL).replace("\n\n", "\n\n\n").replace("Hòa", "Hoà"))
    assert respaced.plan_id != plan.plan_id
    assert (respaced.text_id, respaced.plan_key) == (plan.text_id, plan.plan_key)
    assert plan.plan_key == "ủy ban nhân dân xã sơn hạ|12/kh-ubnd|2025"


def test_own_number_is_never_the_first_cited_one() -> None:
    record = read(HEAD.replace("Số: 12/KH-UBND\n\n", "") + BASIS + BODY + TAIL)
    assert record.header.number is None
    assert "35/KH-UBND" in {r.number for r in record.references}
    assert "missing_number" in {f.code for f in record.findings}


def test_blank_stays_blank() -> None:
    record = read((HEAD + BASIS + BODY + TAIL).replace("Số: 12/", "Số:      /").replace("ngày 05 tháng 3", "ngày     tháng 3"))
    assert record.header.number is not None and record.header.issue_date is not None
    assert (record.header.number.serial, record.header.number.canonical) == (None, "/KH-UBND")
    assert record.header.issue_date.edtf == "2025-03-XX"
    assert {"missing_number_serial", "incomplete_issue_date"} <= {f.code for f in record.findings}


# What is written -> the edtf of the dateline; nothing blank is ever filled.
DATELINES = {
    "Sơn Hạ, ngày 05 tháng 3 năm 2025": "2025-03-05",
    "Sơn Hạ, ngày tháng 3 năm 2025": "2025-03-XX",
    "Sơn Hạ, ngày ... tháng ... năm 2025": "2025-XX-XX",
    "Sơn Hạ, ngày … tháng 7 năm 2025": "2025-07-XX",
    "Thị trấn Vĩnh An, ngày 9 tháng 12 năm 2024": "2024-12-09",
}


@pytest.mark.parametrize("line", DATELINES)
def test_datelines(line: str) -> None:
    record = read((HEAD + BASIS + BODY + TAIL).replace("Sơn Hạ, ngày 05 tháng 3 năm 2025", line))
    assert record.header.issue_date is not None and record.header.issue_date.edtf == DATELINES[line]
    assert record.header.place == line.split(",", maxsplit=1)[0]


# Change of the sound plan -> the finding it must raise.
FAULTS: dict[str, tuple[str, str]] = {
    "missing_issue_date": ("Sơn Hạ, ngày 05 tháng 3 năm 2025\n", ""),
    "missing_title": ("Phòng, chống thiên tai và tìm kiếm cứu nạn năm 2025\n", ""),
    "missing_signature": ("TM. ỦY BAN NHÂN DÂN\n\nKT. CHỦ TỊCH\n\nPHÓ CHỦ TỊCH\n\nTrần Văn Bình", ""),
    "missing_section": ("I. MỤC ĐÍCH, YÊU CẦU\n", ""),
    "duplicate_section_number": ("III. TỔ CHỨC", "II. TỔ CHỨC"),
    "skipped_section_number": ("III. TỔ CHỨC", "IV. TỔ CHỨC"),
    "invalid_roman_numeral": ("III. TỔ CHỨC", "IIII. TỔ CHỨC"),
    "stale_year": ("Kế hoạch phòng, chống thiên tai năm 2025", "Kế hoạch phòng, chống thiên tai năm 2024"),
    "reference_date_conflict": ("Luật Phòng, chống thiên tai ngày 19/6/2013", "Nghị định số 66/2021/NĐ-CP ngày 06/7/2020"),
    "not_a_plan": ("KẾ HOẠCH\n\nPhòng", "THÔNG BÁO\n\nPhòng"),
    "motto_misspelt": ("CỘNG HÒA XÃ HỘI", "CỘNG HÀ XÃ HỘI"),
    "impossible_date": ("15/6/2025", "31/6/2025"),
    "deadline_before_issue": ("trước ngày 15/6/2025", "trước ngày 15/6/2024"),
}


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_raises_its_finding_and_the_sound_plan_does_not(code: str, plan: PlanRecord) -> None:
    sound, faulty = FAULTS[code]
    text = HEAD + BASIS + BODY + TAIL
    assert sound in text
    findings = [f for f in read(text.replace(sound, faulty)).findings if f.code == code]
    assert findings and findings[0].message and findings[0].hint
    assert code not in {f.code for f in plan.findings}


def test_several_documents_in_one_file() -> None:
    record = read(HEAD + BASIS + BODY + TAIL + "\n" + HEAD + BASIS + BODY)
    assert "several_documents" in {f.code for f in record.findings}
    assert record.header.number is not None and record.header.number.canonical == "12/KH-UBND"


def test_one_number_with_two_dates() -> None:
    twice = "Thực hiện Kế hoạch số 35/KH-UBND ngày 13/02/2024 của Ủy ban nhân dân huyện Yên Lĩnh;\n"
    record = read(HEAD + BASIS + BODY.replace("Kiểm tra các", twice + "\nKiểm tra các") + TAIL)
    assert [found.code for found in check_references(record, KIT.knowledge)] == ["reference_date_conflict"]


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("Công tác thi đua, khen thưởng năm 2025", (2025,)),
        ("Phổ biến pháp luật giai đoạn 2021-2025", (2021, 2025)),
        ("Sản xuất vụ Đông năm 2023 - 2024", (2023, 2024)),
        ("Tuyên truyền bầu cử đại biểu Hội đồng nhân dân các cấp, nhiệm kỳ 2021 - 2026", ()),
        ("Tổ chức kỷ niệm 90 năm ngày thành lập Đảng (03/02/1930 - 03/02/2020)", ()),
        ("Giảm nghèo giai đoạn 2021-2025, định hướng đến năm 2030", (2021, 2025)),
    ],
)
def test_plan_years(title: str, years: tuple[int, ...]) -> None:
    text = (HEAD + BASIS + "\nI. MỤC ĐÍCH, YÊU CẦU\n\nNâng cao nhận thức.\n").replace(
        "Phòng, chống thiên tai và tìm kiếm cứu nạn năm 2025", title
    )
    assert read(text).header.plan_years == years


# Where the issuer stands -> its name.
ISSUERS = {
    "letterhead": (HEAD, "Ủy ban nhân dân xã Sơn Hạ"),
    "body names it in full": ("KẾ HOẠCH\n\nGiảm nghèo năm 2025\n\nỦy ban nhân dân xã Vạn Hải xây dựng Kế hoạch giảm nghèo như sau:\n", "Ủy ban nhân dân xã Vạn Hải"),
    "place completes it": (
        "Số: /KH-UBND\n\nVạn Hải, ngày tháng 01 năm 2025\n\nKẾ HOẠCH\n\nGiảm nghèo năm 2025\n\nỦy ban nhân dân xã ban hành Kế hoạch như sau:\n",
        "Ủy ban nhân dân xã Vạn Hải",
    ),
    "nothing names it": ("KẾ HOẠCH\n\nGiảm nghèo năm 2025\n\nNhằm giảm nghèo bền vững, kế hoạch gồm các nội dung sau:\n", None),
    "a board by its decision": (
        "SỞ TƯ PHÁP\n\nĐOÀN KIỂM TRA\nTHEO QUYẾT ĐỊNH\nSỐ 15/QĐ-STP\n\nSố: 7/KH-ĐKT\n\nYên Lĩnh, ngày 05 tháng 3 năm 2024\n\nKẾ HOẠCH\n\nKiểm tra năm 2024\n",
        "ĐOÀN KIỂM TRA THEO QUYẾT ĐỊNH SỐ 15/QĐ-STP",
    ),
    "parent above": (
        "UBND HUYỆN YÊN LĨNH\nPHÒNG NỘI VỤ\n\nSố: 7/KH-PNV\n\nYên Lĩnh, ngày 05 tháng 3 năm 2024\n\nKẾ HOẠCH\n\nTập huấn năm 2024\n",
        "Phòng Nội vụ huyện Yên Lĩnh",
    ),
}  # fmt: skip


def test_the_number_in_a_board_s_name_is_not_the_own_one() -> None:
    number = read(ISSUERS["a board by its decision"][0] + "\nI. MỤC ĐÍCH\n\nKiểm tra.\n").header.number
    assert number is not None and number.canonical == "7/KH-ĐKT"


@pytest.mark.parametrize("case", ISSUERS)
def test_issuers(case: str) -> None:
    text, name = ISSUERS[case]
    issuer = read(text + "\nI. MỤC ĐÍCH\n\nNâng cao đời sống nhân dân.\n").header.issuer
    assert (issuer.name if issuer else None) == name


def test_bare_mentions_of_the_issuer_mean_it(plan: PlanRecord) -> None:
    same = {u.text for u in plan.units if u.same_as_issuer}
    assert {"UBND xã", "Ủy ban nhân dân xã"} <= same
    assert not {"UBND huyện", "Công an xã"} & same


TABLE = """KẾ HOẠCH

Công tác năm 2025

II. NỘI DUNG

| STT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian |
|---|---|---|---|---|
| I | Quý I | | | |
| 1 | Ban hành kế hoạch | Văn phòng - Thống kê | Các ngành | |
| 2 | Họp dân | - Công an xã; - Các thôn phối hợp. | | trước ngày 10/3/2025 |
| II | Quý II | | | |
| 1 | = Sơ kết | Công an xã, Trạm Y tế xã | | Tháng 6/2025 |
"""


def test_tasks_from_a_table() -> None:
    tasks = read(TABLE, "bảng.md").tasks
    shown = [(t.text, [a.text for a in t.assignees], [c.text for c in t.coordinators], t.period) for t in tasks]
    assert shown == [
        ("Ban hành kế hoạch", ["Văn phòng - Thống kê"], ["Các ngành"], "2025-33"),
        ("Họp dân", ["Công an xã"], ["Các thôn"], "2025-33"),
        ("= Sơ kết", ["Công an xã", "Trạm Y tế xã"], [], "2025-34"),
    ]
    assert tasks[1].deadline is not None and tasks[1].deadline.edtf == "../2025-03-10"
    assert tasks[2].deadline is not None and tasks[2].deadline.edtf == "2025-06"
    assert tasks[0].table is not None and tasks[0].table.columns[1] == "Nội dung công việc"


def test_printed_digital_signature_is_evidence_and_never_the_issue_date() -> None:
    stamp = "\nNgười ký: Trần Văn Bình\nCơ quan: Ủy ban nhân dân xã Sơn Hạ\nThời gian ký: 07.03.2025 10:20:30 +07:00\n"
    record = read(HEAD.replace("Sơn Hạ, ngày 05 tháng 3 năm 2025", "") + BASIS + BODY + TAIL + stamp)
    signature = record.closing.digital_signatures[0]
    assert (signature.signer, signature.signed_at, signature.source) == ("Trần Văn Bình", "2025-03-07T10:20:30+07:00", "text")
    assert record.header.issue_date is None


@pytest.mark.parametrize("row", KIT.knowledge.rows(Topic), ids=lambda row: row.id)
def test_topic_rows(row: Topic) -> None:
    found = KIT.knowledge.derived(topics)
    assert row.examples and all((t := found.of(e)) is not None and t.id == row.id for e in row.examples)
    assert all((t := found.of(e)) is None or t.id != row.id for e in row.not_examples)


def test_finding_rows_speak_to_a_clerk() -> None:
    for row in KIT.knowledge.rows(FindingRow):
        assert row.message.endswith((".", "”.")) and row.hint.endswith(".") and row.examples and row.not_examples, row.id


def test_names_of_the_highlands_are_names() -> None:
    words = built_in_words()
    assert [words.person(name) for name in ("K’ Brôi Thanh", "H’Len Niê", "Y Krang Niê Siêng")] == [
        "K’ Brôi Thanh", "H’Len Niê", "Y Krang Niê Siêng",
    ]  # fmt: skip


def test_signature_rows() -> None:
    words = built_in_words()
    for row in KIT.knowledge.rows(Position):
        assert row.examples and all(words.is_position(e) for e in row.examples), row.id
        assert not any(words.is_position(e) for e in row.not_examples), row.id
    for surname in KIT.knowledge.rows(Surname):
        assert all(words.person(e) for e in surname.examples) and not any(words.person(e) for e in surname.not_examples), surname.id


@pytest.mark.parametrize(
    ("lines", "name", "position", "authority"),
    [
        ("KT. CHỦ TỊCH\n\nPHÓ CHỦ TỊCH\n\nTRẦN VĂN BÌNH", "TRẦN VĂN BÌNH", "PHÓ CHỦ TỊCH", "KT"),
        ("TRƯỞNG CÔNG AN\n\nThượng tá Lò Văn Páo", "Lò Văn Páo", "TRƯỞNG CÔNG AN", None),
        ("KT.GIÁM ĐỐC\n\nPHÓ GIÁM ĐỐC\n\n(Đã ký)\n\nBS.CKII. Nguyễn Thị Hoa", "Nguyễn Thị Hoa", "PHÓ GIÁM ĐỐC", "KT"),
        ("T/M BAN CHẤP HÀNH\n\nBÍ THƯ\n\nH’Lan Êban", "H’Lan Êban", "BÍ THƯ", "TM"),
        ("TL. CHỦ TỊCH\n\nCHÁNH VĂN PHÒNG\n\nLê Ý", "Lê Ý", "CHÁNH VĂN PHÒNG", "TL"),
        ("T/M. UBND XÃ\n\nKT/CHỦ TỊCH\n\nPHÓ CHỦ TỊCH\n\nLê Thị Ý", "Lê Thị Ý", "PHÓ CHỦ TỊCH", "KT"),
        ("TM. BAN CHỈ ĐẠO\n\nTRƯỞNG BAN\n\nPHÓ CHỦ TỊCH UBND XÃ\n\nLê Thị Ý", "Lê Thị Ý", "TRƯỞNG BAN", "TM"),
        ("DUYỆT CỦA BGH\n\nHIỆU TRƯỞNG\n\nLê Thị Ý", "Lê Thị Ý", "HIỆU TRƯỞNG", None),
        ("HIỆU TRƯỞNG\n\nĐã ký: Vũ Thị Lan", "Vũ Thị Lan", "HIỆU TRƯỞNG", None),
    ],
)
def test_signatures(lines: str, name: str, position: str, authority: str | None) -> None:
    tail = TAIL.replace("TM. ỦY BAN NHÂN DÂN\n\nKT. CHỦ TỊCH\n\nPHÓ CHỦ TỊCH\n\nTrần Văn Bình", lines)
    signer = read(HEAD + BASIS + BODY + tail).closing.signers[0]
    assert (signer.name, signer.position, signer.authority) == (name, position, authority)
