"""Who does what by when, from prose and from table cells. A case is what stands in the plan -> what is to be found there.

A task is written `text | assignees | coordinators | deadline`; what a task lacks is left empty.
"""

from __future__ import annotations

import pytest
from growth import grows_within
from plan_texts import HEAD_OF_2025

from models import PlanRecord, Task
from pipeline.flow import make_kit, read_stages
from pipeline.knowledge.tasks import TaskColumn, TaskWord, task_columns, task_words
from pipeline.knowledge.text import fold
from pipeline.values import Source

KIT = make_kit()
FRAME = HEAD_OF_2025 + """
Phòng, chống thiên tai năm 2025

I. MỤC ĐÍCH

Chủ động ứng phó với thiên tai.

{heading}

{body}

Trên đây là Kế hoạch phòng, chống thiên tai năm 2025./.

Nơi nhận:
- Các thôn;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Trần Văn Bình
"""
ASSIGNS, WORK = "II. TỔ CHỨC THỰC HIỆN", "II. NỘI DUNG"


def read(body: str, heading: str = ASSIGNS, name: str = "kế hoạch.md") -> PlanRecord:
    text = FRAME.format(heading=heading, body=body)
    return read_stages(Source(name, text.encode()), KIT).record


def written(task: Task) -> str:
    due = task.deadline
    when = (due.edtf or due.recurrence or due.text) if due else ""
    parts = (task.text.rstrip("."), "; ".join(a.text for a in task.assignees), "; ".join(a.text for a in task.coordinators), when)
    return " | ".join(parts).rstrip(" |")


def tasks(body: str, heading: str = ASSIGNS) -> list[str]:
    return [written(task) for task in read(body, heading).tasks]


# ------------------------------------------------------------------------------- the part that assigns work

ASSIGNED = {
    # what stands before the actor
    "- Giao Công an xã tuần tra.": "Giao Công an xã tuần tra | Công an xã",
    "- Đề nghị Ủy ban MTTQ Việt Nam xã vận động Nhân dân.": "Đề nghị Ủy ban MTTQ Việt Nam xã vận động Nhân dân | Ủy ban MTTQ Việt Nam xã",
    "- Căn cứ Kế hoạch này, Công an xã xây dựng kế hoạch chi tiết.": "Căn cứ Kế hoạch này, Công an xã xây dựng kế hoạch chi tiết | Công an xã",
    "- Căn cứ chức năng, nhiệm vụ được giao, Trạm Y tế xã chuẩn bị thuốc.":
        "Căn cứ chức năng, nhiệm vụ được giao, Trạm Y tế xã chuẩn bị thuốc | Trạm Y tế xã",
    # an order: who is told, not who tells
    "- UBND xã chỉ đạo Công an xã tuần tra xong trước ngày 15/6/2025.":
        "UBND xã chỉ đạo Công an xã tuần tra xong trước ngày 15/6/2025 | Công an xã |  | ../2025-06-15",
    "- UBND xã giao cho Công an xã tuần tra.": "UBND xã giao cho Công an xã tuần tra | Công an xã",
    "- Giao nhiệm vụ cho Công an xã tuần tra.": "Giao nhiệm vụ cho Công an xã tuần tra | Công an xã",
    "- Các ông (bà): Trưởng Công an xã, trưởng các thôn tuần tra.":
        "Các ông (bà): Trưởng Công an xã, trưởng các thôn tuần tra | Trưởng Công an xã; trưởng các thôn",
    "- Hằng năm, trước ngày 05/12/2025, Công an xã báo cáo.":
        "Hằng năm, trước ngày 05/12/2025, Công an xã báo cáo | Công an xã |  | ../2025-12-05",
    "- Công an xã lắp đặt camera, hoàn thành trong năm 2025.":
        "Công an xã lắp đặt camera, hoàn thành trong năm 2025 | Công an xã |  | 2025",
    "- Công an xã tuần tra trong năm 2025.": "Công an xã tuần tra trong năm 2025 | Công an xã",
    "- UBND xã phân công thành viên theo dõi từng thôn.": "UBND xã phân công thành viên theo dõi từng thôn | UBND xã",
    "- Đề nghị Hội Nông dân xã chỉ đạo các chi hội tham gia.": "Đề nghị Hội Nông dân xã chỉ đạo các chi hội tham gia | Hội Nông dân xã",
    # several actors
    "1. Công an xã, Trạm Y tế xã: Trực 24/24 giờ.": "Trực 24/24 giờ | Công an xã; Trạm Y tế xã",
    "1. Đề nghị Mặt trận và các đoàn thể xã: Vận động hội viên.": "Vận động hội viên | Mặt trận; các đoàn thể xã",
    "1. Ông Lê Văn Nam, Trưởng Công an xã: Tuần tra.": "Tuần tra | Lê Văn Nam, Trưởng Công an xã",
    "1. Già làng, trưởng bản: Vận động bà con.": "Vận động bà con | Già làng; trưởng bản",
    "1. Các ngành, đoàn thể xã: Phối hợp thực hiện.": "Phối hợp thực hiện | Các ngành, đoàn thể xã",
    # people and groups that are no office
    "- Cán bộ chuyên trách dân số viết 24 tin bài.": "Cán bộ chuyên trách dân số viết 24 tin bài | Cán bộ chuyên trách dân số",
    "- Các hộ kinh doanh, dịch vụ phải lắp đặt hố ga.": "Các hộ kinh doanh, dịch vụ phải lắp đặt hố ga | Các hộ kinh doanh, dịch vụ",
    "1. Chi hội trưởng các thôn: Treo cờ.": "Treo cờ | Chi hội trưởng các thôn",
    "- Các trường ngoài công lập căn cứ tình hình thực tế triển khai.":
        "Các trường ngoài công lập căn cứ tình hình thực tế triển khai | Các trường ngoài công lập",
    "- Các hộ dân kêu gọi nhau ủng hộ.": "Các hộ dân kêu gọi nhau ủng hộ | Các hộ dân",
    "- Nhóm khảo sát lập danh sách.": "Nhóm khảo sát lập danh sách | Nhóm khảo sát",
    "- Các xóm trưởng đăng ký diện tích.": "Các xóm trưởng đăng ký diện tích | Các xóm trưởng",
    # nobody named: none given
    "1. Rà soát hộ dân ở vùng nguy hiểm, xong trước 30/6/2025.": "Rà soát hộ dân ở vùng nguy hiểm, xong trước 30/6/2025 |  |  | ../2025-06-30",
    "1. Định kỳ ngày 20 hằng tháng tổng hợp số liệu.":
        "Định kỳ ngày 20 hằng tháng tổng hợp số liệu",
    # blanks lost behind a colon
    "1.Công chức Văn phòng - Thống kê:Tổng hợp kết quả.": "Tổng hợp kết quả | Công chức Văn phòng - Thống kê",
    # helpers
    "- Công an xã phối hợp với đơn vị tư vấn, Trưởng các thôn đo đạc.":
        "Công an xã phối hợp với đơn vị tư vấn, Trưởng các thôn đo đạc | Công an xã | đơn vị tư vấn; Trưởng các thôn",
    "- Công an xã phối hợp với cơ quan liên quan tuần tra.":
        "Công an xã phối hợp với cơ quan liên quan tuần tra | Công an xã | cơ quan liên quan",
    "- Công an xã phối hợp tuần tra ban đêm.": "Công an xã phối hợp tuần tra ban đêm | Công an xã",
}  # fmt: skip


@pytest.mark.parametrize("line", ASSIGNED)
def test_a_line_of_the_part_that_assigns_work(line: str) -> None:
    found = tasks(line)
    assert len(found) == 1
    assert found[0].removesuffix(" | RRULE:FREQ=MONTHLY;BYMONTHDAY=20").rstrip(" |") == ASSIGNED[line]


NO_TASK = (
    "- Kinh phí được bảo đảm từ ngân sách xã.",
    "- Trong quá trình thực hiện, nếu có vướng mắc, các thôn báo cáo UBND xã.",
    "- (Các nhiệm vụ cụ thể có phụ lục kèm theo)",
    "- Hộ dân, chính quyền địa phương và kêu gọi nhân dân hưởng ứng.",
)


@pytest.mark.parametrize("line", NO_TASK)
def test_what_asks_nobody_for_anything_is_no_task(line: str) -> None:
    assert tasks(line) == []


def test_the_last_words_of_a_plan_belong_to_no_task() -> None:
    line = "- Công an xã tuần tra. Trong quá trình triển khai thực hiện, có vướng mắc thì báo cáo."
    assert tasks(line) == ["Công an xã tuần tra | Công an xã"]


def test_labels_in_a_row_name_the_actors_of_a_task_each() -> None:
    line = "- Công an xã: Bảo vệ hiện trường; Trạm Y tế xã: Cấp cứu người bị nạn."
    assert tasks(line) == ["Bảo vệ hiện trường; | Công an xã", "Cấp cứu người bị nạn | Trạm Y tế xã"]


def test_what_only_leads_a_list_in_is_no_task() -> None:
    body = "UBND xã giao nhiệm vụ cho các ngành như sau:\n\n- Công an: Tuần tra.\n\n- Y tế: Chuẩn bị thuốc."
    assert tasks(body) == ["Tuần tra | Công an", "Chuẩn bị thuốc | Y tế"]


def test_below_an_office_others_may_be_told() -> None:
    body = "1. Công an xã\n\n- Yêu cầu các hộ kinh doanh ký cam kết.\n\n- Tuần tra."
    assert tasks(body) == ["Yêu cầu các hộ kinh doanh ký cam kết | các hộ kinh doanh", "Tuần tra | Công an xã"]


# --------------------------------------------------------------------------------------- parts of other names


INLINE = {
    "- Công an xã điều tra nguyên nhân.": ["Công an xã điều tra nguyên nhân | Công an xã"],
    "- Khám sơ tuyển: Trạm Y tế xã thực hiện ngày 02/11/2025.":
        ["Khám sơ tuyển: Trạm Y tế xã thực hiện ngày 02/11/2025 | Trạm Y tế xã |  | 2025-11-02"],
    "- Ấp Thạnh Lợi và ấp Thạnh Hòa tự đắp 02 đập.": ["Ấp Thạnh Lợi và ấp Thạnh Hòa tự đắp 02 đập | Ấp Thạnh Lợi; ấp Thạnh Hòa"],
    "- Lắp đặt 12 lưới chắn rác, hoàn thành trước ngày 31/12/2025.":
        ["Lắp đặt 12 lưới chắn rác, hoàn thành trước ngày 31/12/2025 |  |  | ../2025-12-31"],
    "- Vét 3 km mương (Công an xã chủ trì, Đoàn Thanh niên xã phối hợp, xong trước 15/9/2025).":
        ["Vét 3 km mương (Công an xã chủ trì, Đoàn Thanh niên xã phối hợp, xong trước 15/9/2025)"
         " | Công an xã | Đoàn Thanh niên xã | ../2025-09-15"],
    "- Tổ chức tập huấn (Thực hiện: Công an xã; thời gian: quý II/2025).":
        ["Tổ chức tập huấn (Thực hiện: Công an xã; thời gian: quý II/2025) | Công an xã |  | 2025-34"],
    # who does it, told behind what is done
    "- Xây dựng kịch bản do Công an xã chủ trì, xong trước ngày 12/5/2025.":
        ["Xây dựng kịch bản do Công an xã chủ trì, xong trước ngày 12/5/2025 | Công an xã |  | ../2025-05-12"],
    "- Đảo ngói nhà trưng bày, giao Trạm Y tế xã lựa chọn nhà thầu.":
        ["Đảo ngói nhà trưng bày, giao Trạm Y tế xã lựa chọn nhà thầu | Trạm Y tế xã"],
    "- Tổng duyệt chiều ngày 27/5/2025, Công an xã phân luồng giao thông.":
        ["Tổng duyệt chiều ngày 27/5/2025, Công an xã phân luồng giao thông | Công an xã |  | 2025-05-27"],
    "- Kiểm kê lại hiện vật - Văn phòng HĐND và UBND xã, quý I/2025.":
        ["Kiểm kê lại hiện vật - Văn phòng HĐND và UBND xã, quý I/2025 | Văn phòng HĐND và UBND xã |  | 2025-33"],
    "- Ngay trong tháng 3/2025, các chi hội rà soát hội viên.":
        ["Ngay trong tháng 3/2025, các chi hội rà soát hội viên | các chi hội |  | 2025-03"],
    "- Công an xã là lực lượng nòng cốt, mở 03 đợt cao điểm.": ["Công an xã là lực lượng nòng cốt, mở 03 đợt cao điểm | Công an xã"],
    "- Cử người tham dự tập huấn do Sở Nội vụ tổ chức.": [],
    "- Niêm yết văn bản do HĐND xã ban hành.": [],
    "1. Đối với đơn vị được kiểm tra: Chuẩn bị báo cáo bằng văn bản.": ["Chuẩn bị báo cáo bằng văn bản | đơn vị được kiểm tra"],
    "1. Đối với xe cơ giới: Dừng đỗ đúng nơi quy định.": [],
    "1. Ông. Lê Văn Nam - Thư ký đoàn: Ghi biên bản các buổi làm việc.": ["Ghi biên bản các buổi làm việc | Lê Văn Nam - Thư ký đoàn"],
    "- Công an xã là lực lượng nòng cốt.": [],
    "- Các cơ quan trên địa bàn đã tổ chức tuyên truyền.": [],
    "- Tổ chức lễ ra quân ngày 22/3/2025.": [],
    "- Tỷ lệ hộ nghèo giảm còn 2% đến năm 2030.": [],
}  # fmt: skip


@pytest.mark.parametrize("line", INLINE)
def test_a_line_of_the_content(line: str) -> None:
    assert tasks(line, WORK) == INLINE[line]


FIELDS = (
    "1. Tu sửa kênh mương\n\n- Đơn vị chủ trì: Công an xã.\n\n- Đơn vị phối hợp: Trạm Y tế xã.\n\n- Thời gian hoàn thành: Quý II/2025.",
    "1. Tu sửa kênh mương. Đơn vị chủ trì: Công an xã; đơn vị phối hợp: Trạm Y tế xã; thời gian: Quý II/2025.",
    "- Tu sửa kênh mương\n\n+ Chủ trì: Công an xã\n\n+ Phối hợp: Trạm Y tế xã\n\n+ Thời gian: Quý II/2025",
)


@pytest.mark.parametrize("body", FIELDS)
def test_fields_of_an_item_name_who_and_when(body: str) -> None:
    ((text, *told),) = (task.split(" | ") for task in tasks(body, WORK))
    assert text in ("Tu sửa kênh mương", body.split(" ", 1)[1].rstrip("."))  # fields in the item's own line are a part of it
    assert told == ["Công an xã", "Trạm Y tế xã", "2025-34"]


def test_a_part_whose_headings_are_offices_assigns_work() -> None:
    body = "1. Tổ An ninh\n\n- Nắm tình hình.\n\n2. Bộ phận Tổng hợp\n\n- Tham mưu sơ kết trước ngày 03/3/2026."
    assert tasks(body, "II. NHIỆM VỤ") == [
        "Nắm tình hình | Tổ An ninh",
        "Tham mưu sơ kết trước ngày 03/3/2026 | Bộ phận Tổng hợp |  | ../2026-03-03",
    ]


# --------------------------------------------------------------------------------------------------- deadlines


DEADLINES = {
    "xong trước ngày 15/6/2025": "../2025-06-15",
    "mở sổ các đơn tồn từ trước ngày 01/7/2025, hoàn thành trước ngày 15/10/2025": "../2025-10-15",
    "báo cáo trước ngày 01/6/2025, hoàn thành trước ngày 30/6/2025": "../2025-06-01",
    "tuần tra từ ngày 15/4 đến ngày 17/4/2025": "2025-04-15/2025-04-17",
    "duyệt chương trình ngày 30/4/2025": "2025-04-30",
    "trực đến hết ngày 30/9/2025": "../2025-09-30",
    "hoàn thành trong quý II năm 2025": "2025-34",
    "chuyển kết quả của học sinh trước ngày 10/6/2025": "../2025-06-10",
    "phổ biến Luật có hiệu lực từ ngày 01/7/2025": "",
    "đưa nội dung vào chương trình từ năm học 2025 - 2026": "",
    "phấn đấu đến năm 2030 không còn nhà tạm": "",
}


@pytest.mark.parametrize("words", DEADLINES)
def test_when_a_thing_is_to_be_done(words: str) -> None:
    (task,) = read(f"- Công an xã rà soát, {words}.").tasks
    assert ((task.deadline.edtf or "") if task.deadline else "") == DEADLINES[words]


# ------------------------------------------------------------------------------------------------------ tables

HEAD = "| STT | Nhiệm vụ, sản phẩm | Chủ trì | Ghi chú |\n|---|---|---|---|\n"
CELLS = {
    "Công an xã; Trạm Y tế xã": (["Công an xã", "Trạm Y tế xã"], []),
    "Công an xã chủ trì, Trạm Y tế xã phối hợp": (["Công an xã"], ["Trạm Y tế xã"]),
    "Công an xã phối hợp Trạm Y tế xã": (["Công an xã"], ["Trạm Y tế xã"]),
    "Chủ trì: Công an xã; Phối hợp: Trạm Y tế xã": (["Công an xã"], ["Trạm Y tế xã"]),
    "Hội đồng phối hợp PBGDPL": (["Hội đồng phối hợp PBGDPL"], []),
    "Tổng phụ trách Đội, giáo viên chủ nhiệm": (["Tổng phụ trách Đội", "giáo viên chủ nhiệm"], []),
    "Cơ quan, đơn vị được giao": (["Cơ quan, đơn vị được giao"], []),
}


@pytest.mark.parametrize("cell", CELLS)
def test_who_leads_and_who_helps_in_one_cell(cell: str) -> None:
    (task,) = read(HEAD + f"| 1 | Tu sửa kênh | {cell} | |\n").tasks
    assert ([a.text for a in task.assignees], [c.text for c in task.coordinators]) == CELLS[cell]


@pytest.mark.parametrize(("note", "due"), [("Trước 15/6/2025", "../2025-06-15"), ("Tháng 5/2025", "2025-05"), ("02 buổi", None),
                                           ("Theo Quyết định ngày 15/6/2025 của UBND huyện", None)])  # fmt: skip
def test_a_note_that_is_a_time_is_the_deadline(note: str, due: str | None) -> None:
    (task,) = read(HEAD + f"| 1 | Tu sửa kênh | Công an xã | {note} |\n").tasks
    assert (task.deadline.edtf if task.deadline else None) == due


def test_a_column_and_a_field_name_what_a_task_brings() -> None:
    bars = "| TT | Nội dung | Chủ trì | Sản phẩm |\n|---|---|---|---|\n| 1 | Giám sát | Công an xã | Báo cáo giám sát |\n| 2 | Trực | Công an xã | |\n"
    fields = "1. Tu sửa kênh mương\n\n- Chủ trì: Công an xã.\n\n- Sản phẩm: Biên bản nghiệm thu."
    for body, products in ((bars, ["Báo cáo giám sát", None]), (fields, ["Biên bản nghiệm thu"])):
        record = read(body, WORK)
        assert [task.product.text if task.product else None for task in record.tasks] == products
        assert all(record.text[t.product.start : t.product.end] == t.product.text for t in record.tasks if t.product)


def test_rows_of_groups_may_leave_out_their_empty_cells() -> None:
    bars = "| TT | Nội dung | Thực hiện | Thời gian |\n| I | QUÝ I/2025 |\n| 1 | Trực ban | Công an xã | |\n| II | QUÝ II/2025 |\n"
    found = read(bars + "| 2 | Tu sửa kênh | Trạm Y tế xã | |\n").tasks
    assert [(t.text, t.period, [a.text for a in t.assignees]) for t in found] == [
        ("Trực ban", "2025-33", ["Công an xã"]),
        ("Tu sửa kênh", "2025-34", ["Trạm Y tế xã"]),
    ]


# ------------------------------------------------------------------------------------------------ knowledge rows


@pytest.mark.parametrize("row", KIT.knowledge.rows(TaskColumn), ids=lambda row: row.id)
def test_task_column_rows(row: TaskColumn) -> None:
    found = KIT.knowledge.derived(task_columns)
    assert row.examples and all((c := found.match(e)) is not None and c.id == row.id for e in row.examples)
    assert all((c := found.match(e)) is None or c.id != row.id for e in row.not_examples)


@pytest.mark.parametrize("row", KIT.knowledge.rows(TaskWord), ids=lambda row: row.id)
def test_task_word_rows(row: TaskWord) -> None:
    pattern = getattr(KIT.knowledge.derived(task_words), row.use)
    before = "công an xã" if row.use == "verb" else ""
    assert row.examples and all(pattern.match(fold(e).removeprefix(before)) for e in row.examples)
    assert not any(pattern.match(fold(e).removeprefix(before)) for e in row.not_examples)


# ------------------------------------------------------------------------------------------------- hostile text


@pytest.mark.parametrize(
    "line",
    [
        "- " + "các cơ quan, " * 10,
        "- Công an xã phối hợp với " + "tổ dân phố và " * 10,
        "- " + "Đơn vị chủ trì: Công an xã; " * 10,
        "- " + "Căn cứ kế hoạch " * 10 + ", Công an xã",
        "- Rà soát (" * 20,
    ],
)
def test_hostile_lines_cost_time_in_step_with_their_length(line: str) -> None:
    short, long = line * 20, line * 40
    assert grows_within(lambda: read(short), lambda: read(long), 2.5, 0.05)
