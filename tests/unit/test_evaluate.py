"""Scores of invented records against invented gold: what counts as right, wrong, partly right, missed and extra."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import Draft, commune_plan

from models import PlanRecord
from pipeline.evaluate import Evaluation, Gold, evaluate, read_gold, score_document
from pipeline.evaluate.folding import key, time_key
from pipeline.evaluate.items import MEASURES, Item
from pipeline.evaluate.matching import Closeness, paired


def gold_of(**fields: Any) -> Gold:
    return read_gold(json.dumps(fields, ensure_ascii=False).encode())


def scored(record: PlanRecord, **fields: Any) -> Evaluation:
    return evaluate([("ke-hoach", record, gold_of(**fields))])


def counts(found: Evaluation, measure: str, scheme: Any = "strict") -> tuple[int, int, int, int, int]:
    """Right, wrong, partly, missed, extra."""
    one = found.measures[measure].counts[scheme]
    return one.right, one.wrong, one.partly, one.missed, one.extra


# ------------------------------------------------------------------ folding


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND xã An Hoà", "Ủy ban nhân dân xã An Hòa"),
        ("MỤC ĐÍCH – YÊU CẦU:", "mục đích - yêu cầu"),
        ("Hội đồng Thi đua  -  Khen thưởng", "Hội đồng Thi đua-Khen thưởng"),
        ("Thoả thuận", "Thỏa thuận"),
        ("e\u0302\u0301", "ế"),
        (None, ""),
    ],
)
def test_what_is_no_difference(one: object, other: object) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [("Phòng Kinh tế", "Phòng Kinh tê"), ("12/KH-UBND", "12/KHUBND")])
def test_what_is_a_difference(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("edtf", "same"),
    [("2025-Q1", "2025-33"), ("../2025-12-15", "2025-12-15"), ("2025-01-XX", "2025-01"), ("2025-06-28T10:00", "2025-06-28")],
)
def test_one_spelling_for_a_time(edtf: str, same: str) -> None:
    assert time_key(edtf) == time_key(same)
    assert time_key(edtf) != time_key("2024-11-02")


# ------------------------------------------------------------------ gold


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{}", "no gold field"),
        (b'{"note": "x"}', "no gold field"),
        (b"[1, 2]", "object"),
        (b"{", "JSON"),
        (b'{"sections": [["I", "A"]]}', "sections.0"),
        (b"[" * 100_000, "JSON"),
    ],
)
def test_what_is_no_gold_is_told_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said) as told:
        read_gold(data)
    assert "\n" not in str(told.value)


def test_gold_may_hold_more_than_is_measured() -> None:
    assert gold_of(doc_type="Kế hoạch", doubts=["?"], tables=[{}]).doc_type == "Kế hoạch"


# ------------------------------------------------------------------ fields


def test_a_record_that_is_as_gold_has_it_is_right_everywhere() -> None:
    found = scored(
        commune_plan().record(),
        doc_type="Kế hoạch", number="12/KH-UBND", place="An Bình", issue_date="2025-01-15",
        issuer="UBND xã An Bình", title="Kế hoạch công tác thi đua, khen thưởng năm 2025", plan_years=[2025],
        sections=[["I", "MỤC ĐÍCH, YÊU CẦU", "muc_dich_yeu_cau", 1], ["1", "Mục đích", "muc_dich", 2],
                  ["2", "Yêu cầu", None, 2], ["II", "Nội dung:", "noi_dung", 1]],
        references=[["Luật Thi đua, khen thưởng", "Luật", None, "2022", None],
                    ["Nghị định số 98/2023/NĐ-CP ngày 31/12/2023", "Nghị định", "98/2023/NĐ-CP", "2023-12-31", "Chính phủ"]],
        dates=[["15/12/2025", "../2025-12-15"]], units=["Phòng Văn hóa – Xã hội"],
        tasks=[
            {"text": "Tổ chức phát động phong trào thi đua năm 2025", "assignees": ["Phòng Văn hóa - Xã hội"],
             "coordinators": [], "deadline": None, "period": "2025-Q1"},
            {"text": "Tổng hợp, trình khen thưởng tập thể, cá nhân tiêu biểu.",
             "assignees": ["Hội đồng Thi đua - Khen thưởng xã"], "deadline": "../2025-12-15"},
        ],
        signer={"name": "Trần Văn Bách", "position": "CHỦ TỊCH", "authority": "TM"}, recipients=["Như trên;"],
        warnings=[], exhaustive=True,
    )  # fmt: skip
    assert list(found.errors) == []
    assert all(score.f1() in (1.0, None) for score in found.measures.values())
    assert found.flawless("header") == (1, 1)
    assert {"tasks.deadline", "signers.authority", "references.issuer", "recipients"} <= set(found.measures)


def test_a_wrong_value_of_a_field_is_one_error_and_a_missing_one_another() -> None:
    record = Draft(number="12", title="Công tác trẻ em").record()
    found = scored(record, number="21/KH-UBND", title="Công tác trẻ em năm 2025", parent_issuer=None, plan_years=None)
    assert counts(found, "header.number") == (0, 1, 0, 0, 0)
    assert counts(found, "header.number", "partial") == (0, 1, 0, 0, 0)  # another number is not partly right
    assert counts(found, "header.title") == (0, 1, 0, 0, 0)
    assert counts(found, "header.title", "partial") == (0, 0, 1, 0, 0)
    assert counts(found, "header.parent_issuer") == (0, 0, 0, 0, 1)  # invented where gold says there is none
    assert counts(found, "header.plan_years") == (0, 0, 0, 0, 1)
    assert "header.place" not in found.measures  # gold says nothing about it
    assert counts(scored(Draft(issued=None).record(), issue_date="2025-01-15"), "header.issue_date") == (0, 0, 0, 1, 0)


def test_the_schemes_differ_where_value_and_kind_do() -> None:
    draft = Draft()
    draft.section("II", "NỘI DUNG", "noi_dung")
    draft.section("III", "KINH PHÍ THỰC HIỆN", "kinh_phi")
    found = scored(
        draft.record(), sections=[["I", "NỘI DUNG", "muc_tieu", 1], ["III", "KINH PHÍ", "kinh_phi", 1]], exhaustive=True
    )
    assert counts(found, "sections") == (0, 2, 0, 0, 0)
    assert counts(found, "sections", "exact") == (1, 1, 0, 0, 0)
    assert counts(found, "sections", "partial") == (1, 0, 1, 0, 0)
    assert counts(found, "sections", "type") == (1, 1, 0, 0, 0)
    assert found.measures["sections"].f1("partial") == pytest.approx(0.75)
    assert counts(found, "sections.role") == (1, 1, 0, 0, 0)


def test_what_a_sample_does_not_list_is_no_error_and_gives_no_precision() -> None:
    draft = Draft()
    for name in ("Công an xã", "Trạm Y tế xã"):
        draft.unit(name)
    sample = scored(draft.record(), units=["Công an xã"])
    assert (sample.measures["units"].precision(), sample.measures["units"].recall()) == (None, 1.0)
    assert sample.measures["units"].f1() is None
    whole = scored(draft.record(), units=["Công an xã"], exhaustive=True)
    assert whole.measures["units"].precision() == 0.5
    assert [(e.verdict, e.found) for e in whole.errors] == [("extra", "Trạm Y tế xã")]


def test_a_unit_counts_once_and_by_its_text_or_its_full_name() -> None:
    draft = Draft()
    for text in ("UBND xã", "UBND xã", "Ban chỉ huy"):
        draft.unit(text)
    units = [unit.model_copy(update={"name": "Ủy ban nhân dân xã An Bình"}) for unit in draft.units[:2]]
    record = draft.record().model_copy(update={"units": (*units, draft.units[2])})
    found = scored(record, units=["UBND xã", "UBND xã An Bình", "Ban chỉ huy quân sự"], exhaustive=True)
    assert counts(found, "units") == (2, 1, 0, 0, 0)
    assert counts(found, "units", "partial") == (2, 0, 1, 0, 0)


def test_a_citation_needs_type_number_and_date_and_its_second_mention_is_no_error() -> None:
    draft = Draft()
    draft.reference("Quyết định", "98/2023/NĐ-CP", "2023-12-31")
    draft.reference("Kế hoạch", "5/KH-UBND", "2025-01-02")
    draft.reference("Kế hoạch", "5/KH-UBND")
    draft.reference("Chỉ thị", "19/CT-TTg")
    found = scored(
        draft.record(),
        references=[["Nghị định số 98/2023/NĐ-CP ngày 31/12/2023", "Nghị định", "98/2023/NĐ-CP", "2023-12-31", None],
                    ["Kế hoạch số 5/KH-UBND", "Kế hoạch", "5/KH-UBND", "2025-01-02", "UBND huyện"]],
    )  # fmt: skip
    assert counts(found, "references") == (1, 1, 0, 0, 1)
    assert counts(found, "references", "exact") == (2, 0, 0, 0, 1)
    assert counts(found, "references.number") == (2, 0, 0, 0, 1)
    assert counts(found, "references.issuer") == (0, 0, 0, 1, 0)
    assert [e.found for e in found.errors if e.verdict == "extra" and e.measure == "references"] == ["Chỉ thị số 19/CT-TTg"]


def test_the_gold_may_leave_things_open() -> None:
    draft = commune_plan()
    draft.reference("Chỉ thị", "19/CT-TTg")
    draft.finding("stale_year", "warning")
    found = scored(
        draft.record(), exhaustive=True,
        references=[["Nghị định số 98/2023/NĐ-CP", "Nghị định", "98/2023/NĐ-CP", "2023-12-31", None]],
        references_optional=["Chỉ thị số 19/CT-TTg", "Luật Thi đua, khen thưởng"],
        warnings=[], warnings_optional=["stale_year"],
    )  # fmt: skip
    assert list(found.errors) == []


def test_a_part_of_an_optional_unit_is_not_wrong() -> None:
    draft = Draft()
    draft.unit("TT Đảng ủy")
    draft.unit("Sở Nội vụ")
    found = scored(draft.record(), exhaustive=True, units=[], units_optional=["TT Đảng ủy, HĐND xã"])
    assert [error.found for error in found.errors] == ["Sở Nội vụ"]


def test_another_wording_may_be_as_right() -> None:
    draft = Draft()
    draft.unit("Phòng Van hóa - Xã hội")
    record = draft.record()
    assert counts(scored(record, units=["Phòng Văn hóa - Xã hội"]), "units")[0] == 0
    also = {"Phòng Văn hóa - Xã hội": ["Phòng Van hóa - Xã hội"]}
    assert counts(scored(record, units=["Phòng Văn hóa - Xã hội"], also_right=also, exhaustive=True), "units") == (1, 0, 0, 0, 0)


def test_a_task_is_scored_part_by_part_even_where_its_wording_is_cut() -> None:
    draft = Draft()
    draft.task("Rà soát hộ nghèo, lập danh sách", "Công chức Văn hóa", due="../2025-03-15")
    draft.task("Tuyên truyền trên đài", "Đài Truyền thanh xã")
    found = scored(
        draft.record(),
        tasks=[
            {"text": "Rà soát hộ nghèo, lập danh sách gửi huyện", "assignees": ["Công chức Văn hóa", "Công an xã"],
             "deadline": "../2025-03-25"},
        ],
    )  # fmt: skip
    assert counts(found, "tasks") == (0, 1, 0, 0, 1)
    assert counts(found, "tasks", "partial") == (0, 0, 1, 0, 1)
    assert counts(found, "tasks.assignees") == (1, 0, 0, 1, 1)
    assert counts(found, "tasks.deadline") == (0, 1, 0, 0, 0)


def test_an_error_tells_what_was_expected_what_was_found_and_where() -> None:
    draft = Draft()
    draft.line("Giao Trạm Y tế xã phối hợp.")
    draft.unit("Công an")
    record = draft.record()
    missed, wrong = score_document("kh", record, gold_of(units=["Trạm Y tế xã", "Công an xã"])).errors
    assert (missed.verdict, missed.expected, missed.found) == ("missed", "Trạm Y tế xã", None)
    assert record.text[missed.place.start : missed.place.end] == "Trạm Y tế xã"
    assert (wrong.verdict, wrong.expected, wrong.found, wrong.place.page) == ("partly", "Công an xã", "Công an", 1)
    assert record.text[wrong.place.start : wrong.place.end] == "Công an"


def test_scores_are_summed_over_values_and_averaged_over_documents() -> None:
    one, other = Draft(), Draft()
    for name in ("Công an xã", "Trạm Y tế xã", "Đoàn Thanh niên"):
        one.unit(name)
    found = evaluate([
        ("a", one.record(), gold_of(units=["Công an xã", "Trạm Y tế xã", "Đoàn Thanh niên"])),
        ("b", other.record(), gold_of(units=["Công an xã"])),
        ("c", other.record(), gold_of(doc_type="Kế hoạch")),
    ])  # fmt: skip
    assert found.measures["units"].recall() == 0.75
    assert found.mean_f1("units") == 0.5
    assert found.flawless("units") == (1, 2)
    assert found.flawless("header") == (1, 1)


# ------------------------------------------------------------------ pairing

WORDS = st.lists(st.sampled_from(["xã", "phòng", "y tế", "văn hóa", "2025", "12/KH"]), min_size=1, max_size=3).map(" ".join)
ITEMS = st.lists(
    st.builds(lambda m, v, k: (m, v, k), st.just(""), WORDS, st.sampled_from(["a", "b"])), max_size=8
)


@given(st.sampled_from(MEASURES), ITEMS, ITEMS)
def test_pairing_loses_no_wanted_item_and_pairs_equals_before_all_else(measure: str, want: Any, got: Any) -> None:
    wanted, found = ([Item(measure, v, v, k) for _, v, k in side] for side in (want, got))
    pairs = paired(wanted, found)
    asked = [pair.want for pair in pairs if pair.want is not None]
    assert {(item.value, item.kind) for item in asked} == {(item.value, item.kind) for item in wanted}
    for pair in pairs:
        if pair.closeness == Closeness.SAME:
            assert pair.want is not None and pair.got is not None and pair.want.value == pair.got.value
    unmatched = {item.value for item in asked if not any(p.want is item and p.closeness == Closeness.SAME for p in pairs)}
    left = {pair.got.value for pair in pairs if pair.want is None and pair.got is not None}
    assert not unmatched & left  # no equal value stays alone on both sides
