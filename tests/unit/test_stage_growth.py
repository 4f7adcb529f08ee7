"""Annotate, assemble and check of whole hostile plans: twice the text costs about twice the time."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from pipeline.annotate import annotate
from pipeline.assemble import assemble, read_head
from pipeline.check import check
from pipeline.extract import extract
from pipeline.flow import own_number
from pipeline.knowledge import load_knowledge
from pipeline.normalize import normalize
from pipeline.segment import segment
from pipeline.values import Source, Span
from tests.unit.growth import grows_within

KNOWLEDGE = load_knowledge()
HEAD = (
    "ỦY BAN NHÂN DÂN\nXÃ THANH BA\n\nSố: 12/KH-UBND\n\nThanh Ba, ngày 5 tháng 7 năm 2025\n\nKẾ HOẠCH\nTriển khai công tác năm 2025\n\n"
)
FOOT = "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn A\n"
TASKS = "III. TỔ CHỨC THỰC HIỆN\n"
ONE_ITEM = f"{TASKS}1. Công an xã chủ trì "
WORK = "II. NỘI DUNG\n"
TABLE = (
    f"{TASKS}| STT | Nội dung | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian |\n|---|---|---|---|---|\n"
)
HOSTILE = [
    (TASKS, "1. Công an xã\n- Chủ trì, phối hợp với các thôn tuyên truyền, báo cáo UBND xã trước ngày 15/12/2025.\n"),
    (TASKS, "1. Công an xã; Trạm Y tế xã; Đoàn Thanh niên xã tổ chức thực hiện.\n"),
    (TASKS, "1. Công an xã\n"), (TASKS, "1. Đối với các thôn: tổ chức thực hiện.\n"),
    (TASKS, "Các ngành, đoàn thể xã căn cứ Kế hoạch này xây dựng kế hoạch.\n\n"),
    (TASKS, "1. Ông Nguyễn Văn Bách, Chủ tịch UBND xã - Trưởng ban.\n"),
    (ONE_ITEM, "Ban Chỉ huy Quân sự xã, "), (ONE_ITEM, "thực hiện; Trạm Y tế xã tổ chức thực hiện, "), (ONE_ITEM, "; "),
    (ONE_ITEM, "phối hợp với các thôn, báo cáo Ủy ban nhân dân xã, "), (ONE_ITEM, "báo cáo "), (ONE_ITEM, "trong từ "),
    (TABLE, "| 1 | Tuyên truyền | Công an xã; Trạm Y tế | Các thôn | Trước 15/12/2025 |\n"),
    ("", "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Nâng cao nhận thức năm 2024.\n"),
    (WORK, "4. Nhiệm vụ năm 2023\n"), (WORK, "Kinh phí thực hiện Kế hoạch năm 2024, "),
    (WORK, "a) Công an xã chủ trì tuyên truyền, xong trước ngày 15/12.\n"),
    (WORK, "xã Thanh Ba, huyện Thanh Ba, tỉnh Phú Thọ, "), (WORK, "Ban Chỉ đạo thi đua xã (BCĐ); BCĐ họp. "),
    (WORK, "từ ngày 01/02/2025 đến ngày 15/12/2025, trước ngày 20 hằng tháng; "), (WORK, "ngày 31/02/2025, ngày … tháng … năm 2025; "),
    (WORK, "Phấn đấu ít nhất 95% trở lên số hộ, 02 mô hình, 50 triệu đồng. "), (WORK, "Công an xã\tTrước 15/12\t95%\n"),
    (WORK, "Kế hoạch này thay thế Kế hoạch số 12/KH-UBND. "), (WORK, "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn A\n\n"),
    (WORK, "Người ký: Ủy ban nhân dân xã\nEmail: vanphong@example.vn\nThời gian ký: 20.01.2025 08:41:07 +07:00\n"),
    ("", "Căn cứ Quyết định số 471/QĐ-TTg ngày 26/4/2019 của Thủ tướng Chính phủ;\n"),
    ("", "Trên đây là Kế hoạch số 1/KH-UBND năm 2024, "), ("", "ỦY BAN NHÂN DÂN XÃ THANH BA\n"),
    (f"{WORK}Họp.\nNơi nhận:\n", "- UBND huyện Thanh Ba (b/c);\n"),
]  # fmt: skip


def stages(body: str) -> Callable[[], object]:
    """What the three stages do with a plan, ready to be measured; every word of it was read without being sure."""
    source = Source("kế hoạch.txt", unicodedata.normalize("NFC", HEAD + body + FOOT).encode())
    extracted = extract(source)
    normal = normalize(extracted)
    outline = segment(normal, KNOWLEDGE)
    doubts = [Span(start, start + 1) for start in range(0, len(normal.text), 8)]

    def work() -> object:
        head = read_head(normal, outline, KNOWLEDGE)
        annotations = annotate(normal, outline, KNOWLEDGE, own=own_number(head), year=head.year)
        record = assemble(source, extracted, normal, outline, head, annotations, KNOWLEDGE)
        return check(record, outline.frame, outline.faults, normal.notices, KNOWLEDGE, doubts)

    return work


@pytest.mark.parametrize(("opening", "piece"), HOSTILE)
def test_twice_the_text_costs_about_twice_the_time(opening: str, piece: str) -> None:
    count = 12_000 // len(piece)
    assert grows_within(stages(opening + piece * count), stages(opening + piece * (2 * count)), 2.5, 0.005)
