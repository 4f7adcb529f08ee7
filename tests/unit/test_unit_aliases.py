"""Short names that a document defines for its units."""

from __future__ import annotations

import pytest

from pipeline.annotate.unit_aliases import settle_aliases
from pipeline.annotate.units import find_units
from pipeline.knowledge import load_knowledge
from tests.unit.growth import grows_within

KNOWLEDGE = load_knowledge()
STEERING = "Ban Chỉ đạo Chuyển đổi số xã"


def names(text: str) -> list[tuple[str, str]]:
    return [(text[u.start : u.end], u.name) for u in settle_aliases(text, find_units(text, KNOWLEDGE))]


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        (f"{STEERING} (sau đây gọi tắt là Ban Chỉ đạo) họp. Tổng hợp, báo cáo Ban Chỉ đạo.", "Ban Chỉ đạo", STEERING),
        (f"{STEERING} (viết tắt là BCĐ) họp; báo cáo BCĐ trước 15/6.", "BCĐ", STEERING),
        (f"{STEERING}, sau đây gọi tắt là “Ban Chỉ đạo”, họp. Tổng hợp, báo cáo Ban Chỉ đạo.", "Ban Chỉ đạo", STEERING),
        (f"{STEERING} (gọi tắt là BCĐ CĐS) họp. Tổng hợp, báo cáo BCĐ CĐS.", "BCĐ CĐS", STEERING),
        (f"{STEERING} (BCĐ CĐS) họp. Tổng hợp, báo cáo BCĐ CĐS.", "BCĐ CĐS", STEERING),
        (
            "Ủy ban nhân dân xã Dương Quang (sau đây gọi là UBND xã) ban hành. UBND xã giao việc.",
            "UBND xã", "Ủy ban nhân dân xã Dương Quang",
        ),
    ],
)  # fmt: skip
def test_a_defined_short_name_means_the_unit_from_there_on(text, short, full):
    found = names(text)
    assert found[0][1] == full
    assert found[-1] == (short, full)


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 35/QĐ-UBND của UBND tỉnh (sau đây gọi tắt là Quyết định 35). Theo Quyết định 35, các xã báo cáo.",
        "Kế hoạch của UBND xã (sau đây gọi tắt là Kế hoạch). Kế hoạch này thay thế bản cũ.",
        "giao UBND xã (PCT phụ trách) làm; PCT báo cáo.",
        "Sở Nội vụ (qua Phòng Công chức) tổng hợp.",
        "Công an xã (tổng hợp), Trạm Y tế xã (TP) và ông TP.",
    ],
)
def test_what_stands_behind_a_unit_and_names_something_else_is_no_short_name(text):
    assert names(text) == [(text[u.start : u.end], u.name) for u in find_units(text, KNOWLEDGE)]


def test_before_its_definition_a_short_name_means_nothing_more():
    text = f"Ban Chỉ đạo họp. {STEERING} (sau đây gọi tắt là Ban Chỉ đạo)."
    assert dict(names(text)[:1]).get("Ban Chỉ đạo", "Ban Chỉ đạo") == "Ban Chỉ đạo"


def test_a_short_name_given_to_two_units_means_neither():
    text = (
        "Ban Chỉ đạo chuyển đổi số xã (gọi tắt là Ban Chỉ đạo), Ban Chỉ đạo phòng thủ dân sự xã (gọi tắt là Ban Chỉ đạo). "
        "Tổng hợp, báo cáo Ban Chỉ đạo."
    )
    assert names(text)[-1] == ("Ban Chỉ đạo", "Ban Chỉ đạo")


def test_a_symbol_is_no_mention():
    text = f"{STEERING} (gọi tắt là BCĐ CĐS) ban hành Kế hoạch số 12/KH-BCĐ CĐS."
    assert [printed for printed, _ in names(text)].count("BCĐ CĐS") == 1


@pytest.mark.parametrize("piece", ["UBND xã (", "UBND xã (gọi tắt là ", "UBND xã (sau đây gọi tắt là A A A A ", "UBND xã (UX) UX "])
def test_time_grows_with_the_text_only(piece):
    def settle(times: int) -> None:
        text = piece * times
        settle_aliases(text, units[times])

    units = {times: find_units(piece * times, KNOWLEDGE) for times in (100, 400)}
    assert grows_within(lambda: settle(100), lambda: settle(400), 10, 0.05)
