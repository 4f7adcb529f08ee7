"""Two plans, or two years of plans, compared: what stayed, changed, came and went."""

from __future__ import annotations

import random
import time

import pytest

from models import Unit
from pipeline.aggregate import compare_folders, compare_plans
from pipeline.aggregate.compare import issuer_key
from pipeline.aggregate.compare_tasks import _relative, _same_time
from pipeline.aggregate.similar import match_texts, yearless
from pipeline.report.comparison_text import render_comparison
from tests.unit.records import Draft, commune_plan


def _statuses(matches):
    return [match.status for match in matches]


def _tasks(old_tasks, new_tasks, old_year=2024, new_year=2025):
    """Compare two plans that hold these tasks only: (text, assignee, due, period) each."""
    drafts = Draft(year=old_year), Draft(year=new_year)
    for draft, tasks in zip(drafts, (old_tasks, new_tasks), strict=True):
        for text, *rest in tasks:
            who, due, period = (*rest, None, None, None)[:3]
            draft.task(text, *([who] if who else []), due=due, period=period)
    return compare_plans(*(draft.record() for draft in drafts)).tasks


def test_the_same_plan_a_year_later_has_no_changes():
    comparison = compare_plans(commune_plan("An Bình", 2024).record(), commune_plan("An Bình", 2025).record())
    assert set(_statuses(comparison.sections)) == {"kept"}
    assert set(_statuses(comparison.directives)) == {"kept"}
    assert set(_statuses(comparison.tasks)) == {"kept"}
    assert not any(match.renamed for match in comparison.sections)
    assert comparison.counts()["tasks"] == {"kept": 2}


# ------------------------------------------------------------------ tasks


def test_a_reworded_task_with_another_assignee_is_changed():
    (match,) = _tasks(
        [("Tuyên truyền các gương điển hình tiên tiến trên loa truyền thanh của xã", "Công chức Văn hóa")],
        [("Tuyên truyền gương điển hình tiên tiến, người tốt việc tốt trên loa truyền thanh xã", "Phòng Văn hóa")],
    )
    assert match.status == "changed"
    assert [difference.aspect for difference in match.differences] == ["assignees", "wording"]
    assert match.differences[0].old == "Công chức Văn hóa"
    assert match.differences[0].new == "Phòng Văn hóa"


def test_a_task_of_another_content_is_new_and_the_old_one_gone():
    matches = _tasks(
        [("Tổ chức hội nghị điển hình tiên tiến của xã", "Hội đồng Thi đua")],
        [("Rà soát hồ sơ đề nghị khen thưởng thành tích kháng chiến", "Hội đồng Thi đua")],
    )
    assert _statuses(matches) == ["new", "gone"]


@pytest.mark.parametrize(
    ("old", "new", "aspects"),
    [
        ("../2024-12-15", "../2025-12-15", []),
        ("../2024-12-15", "../2025-11-30", ["deadline"]),
        ("2024-12-15", "../2025-12-15", []),
        ("XXXX-12-15", "2025-12-15", []),
        ("XXXX-12-15", "2025-12-20", ["deadline"]),
        ("2030", "2030", []),
        (None, "../2025-06-30", ["deadline"]),
        ("../2024-06-30", None, ["deadline"]),
        ("../2025-01-31", "../2026-01-31", []),
        ("../2024-06-30", "../2024-06-30", []),
    ],
)
def test_a_deadline_that_moves_with_the_year_is_no_change(old, new, aspects):
    report = "Báo cáo tổng kết phong trào thi đua"
    (match,) = _tasks([(report, None, old)], [(report, None, new)])
    assert [difference.aspect for difference in match.differences] == aspects


def test_a_period_that_moves_to_another_quarter_is_a_change():
    (match,) = _tasks([("Sơ kết phong trào", None, None, "2024-33")], [("Sơ kết phong trào", None, None, "2025-34")])
    assert [(d.aspect, d.old, d.new) for d in match.differences] == [("period", "2024-33", "2025-34")]


def test_equal_wordings_find_the_partner_of_their_own_quarter():
    quarters = ["33", "34", "35", "36"]
    old = [("Họp Hội đồng Thi đua", None, None, f"2024-{quarter}") for quarter in quarters]
    new = [("Họp Hội đồng Thi đua", None, None, f"2025-{quarter}") for quarter in reversed(quarters)]
    assert set(_statuses(_tasks(old, new))) == {"kept"}


def test_a_target_that_changed_is_a_change_of_wording():
    old = "Phấn đấu 85% hộ gia đình đạt danh hiệu gia đình văn hóa năm 2024"
    new = "Phấn đấu 90% hộ gia đình đạt danh hiệu gia đình văn hóa năm 2025"
    (match,) = _tasks([(old,)], [(new,)])
    assert [difference.aspect for difference in match.differences] == ["wording"]
    assert match.similarity > 0.7


def test_without_a_plan_year_the_years_of_dates_do_not_count():
    assert _same_time("../2024-12-15", None, "../2025-12-15", 2025)
    assert not _same_time("../2024-12-15", None, "../2025-12-16", 2025)
    assert _relative("2023/2026", 2024) == "-1/+2"


def test_hundreds_of_tasks_are_matched_rightly_and_soon():
    rng = random.Random(7)
    syllables = yearless("thi đua khen thưởng tổ chức thực hiện phong trào xã hội kinh tế văn hóa giáo dục môi trường")
    own = [f"mục{number}" for number in range(600)]
    old = [(" ".join([*rng.choices(syllables, k=18), own[n], *rng.choices(own, k=3)]),) for n in range(600)]
    new = [(f"{text} năm 2025",) for (text,) in old]
    rng.shuffle(new)
    began = time.perf_counter()
    matches = _tasks(old, new)
    assert time.perf_counter() - began < 3
    assert set(_statuses(matches)) == {"kept"}
    assert all(match.new.text.startswith(match.old.text) for match in matches)


def test_hundreds_of_equal_tasks_are_all_paired():
    assert _statuses(_tasks([("Họp giao ban",)] * 300, [("Họp giao ban",)] * 301)) == ["kept"] * 300 + ["new"]


def test_common_words_alone_join_nothing():
    old = [yearless(f"Tổ chức phong trào thi đua, khen thưởng về {what}") for what in ("môi trường", "giao thông")]
    new = [yearless(f"Tổ chức phong trào thi đua, khen thưởng về {what}") for what in ("giao thông", "môi trường")]
    assert sorted((pair.old, pair.new) for pair in match_texts(old, new, 0.5)) == [(0, 1), (1, 0)]


# ------------------------------------------------------------------ directives


def _directives(old, new):
    drafts = Draft(year=2024), Draft(year=2025)
    for draft, references in zip(drafts, (old, new), strict=True):
        for doc_type, number, day, more in references:
            draft.reference(doc_type, number, day, **more)
    return compare_plans(*(draft.record() for draft in drafts)).directives


@pytest.mark.parametrize(
    ("old", "new", "statuses"),
    [
        (("Nghị định", "98/2023/NĐ-CP", "2023-12-31", {}), ("Nghị định", "98/2023/NĐ-CP", None, {}), ["kept"]),
        (("Kế hoạch", "79/KH-UBND", "2023-12-26", {}), ("Kế hoạch", "79/KH-UBND", "2024-12-20", {}), ["new", "gone"]),
        (("Kế hoạch", "279/KH-UBND", "2024-12-XX", {}), ("Kế hoạch", "279/KH-UBND", "2024-12-26", {}), ["kept"]),
        (
            ("Kế hoạch", "9/KH-UBND", None, {"issuer": "UBND huyện Nam Sơn"}),
            ("Kế hoạch", "9/KH-UBND", None, {"issuer": "Ủy ban nhân dân huyện Nam Sơn"}),
            ["kept"],
        ),
        (
            ("Kế hoạch", "9/KH-UBND", None, {"issuer": "UBND huyện Nam Sơn", "key": None}),
            ("Kế hoạch", "9/KH-UBND", None, {"issuer": "UBND huyện Bắc Sơn", "key": None}),
            ["new", "gone"],
        ),
        (
            ("Luật", None, "2022", {"title": "Luật Thi đua, khen thưởng năm 2022"}),
            ("Luật", None, None, {"title": "LUẬT THI ĐUA, KHEN THƯỞNG"}),
            ["kept"],
        ),
        (
            ("Luật", None, "2020-06-17", {"title": "Luật sửa đổi Luật Đê điều ngày 17/6/2020"}),
            ("Luật", None, None, {"title": "Luật sửa đổi Luật Đê điều"}),
            ["kept"],
        ),
        (
            ("Luật", "33/2013/QH13", "2013-06-19", {"key": "luat:33"}),
            ("Luật", None, None, {"title": "Luật Phòng, chống thiên tai", "key": "luat:33"}),
            ["kept"],
        ),
        (
            ("Luật", None, "2013", {"title": "Luật Đất đai"}),
            ("Luật", None, "2024", {"title": "Luật Đất đai"}),
            ["new", "gone"],
        ),
        (
            ("Quyết định", "11/QĐ-UBND", "2024-04-25", {"key": "a"}),
            ("Chỉ thị", "11/QĐ-UBND", "2024-04-25", {"key": "b"}),
            ["new", "gone"],
        ),
    ],
)
def test_a_document_is_the_same_where_nothing_contradicts(old, new, statuses):
    assert _statuses(_directives([old], [new])) == statuses


def test_a_document_mentioned_twice_counts_once():
    twice = [("Nghị định", "98/2023/NĐ-CP", "2023-12-31", {}), ("Nghị định", "98/2023/NĐ-CP", None, {"key": None})]
    matches = _directives(twice, twice[::-1])
    assert _statuses(matches) == ["kept"]
    assert matches[0].new.date == "2023-12-31"


# ------------------------------------------------------------------ sections


def _sections(old, new):
    drafts = Draft(year=2024), Draft(year=2025)
    for draft, sections in zip(drafts, (old, new), strict=True):
        for section in sections:
            draft.section(*section)
    return compare_plans(*(draft.record() for draft in drafts)).sections


def test_headings_match_by_title_role_and_likeness():
    matches = _sections(
        [
            ("I", "MỤC ĐÍCH, YÊU CẦU", "muc_dich_yeu_cau"),
            ("II", "NỘI DUNG", "noi_dung", ("1", "Phong trào năm 2024", "noi_dung"), ("2", "Kinh phí", "kinh_phi")),
            ("III", "TỔ CHỨC THỰC HIỆN", "to_chuc_thuc_hien"),
        ],
        [
            ("I", "Mục đích – yêu cầu", "muc_dich_yeu_cau"),
            ("II", "NỘI DUNG VÀ GIẢI PHÁP THỰC HIỆN", "noi_dung", ("1", "Phong trào năm 2025", "noi_dung")),
            ("III", "CHẾ ĐỘ BÁO CÁO", "che_do_bao_cao"),
            ("IV", "TỔ CHỨC THỰC HIỆN", "to_chuc_thuc_hien"),
        ],
    )
    assert [(m.status, m.old and m.old.id, m.new and m.new.id, m.renamed) for m in matches] == [
        ("kept", "I", "I", False),
        ("kept", "II", "II", True),
        ("kept", "II.1", "II.1", False),
        ("new", None, "III", False),
        ("kept", "III", "IV", False),
        ("gone", "II.2", None, False),
    ]


def test_equal_titles_below_different_headings_keep_their_places():
    def part(marker, title, role):
        return (marker, title, role, ("1", "Kết quả", role), ("2", "Hạn chế", role))

    old = [part("I", "Thi đua", "tinh_hinh"), part("II", "Khen thưởng", "noi_dung")]
    new = [part("I", "Khen thưởng", "noi_dung"), part("II", "Thi đua", "tinh_hinh")]
    pairs = {(match.old.id, match.new.id) for match in _sections(old, new)}
    assert pairs == {("I", "II"), ("I.1", "II.1"), ("I.2", "II.2"), ("II", "I"), ("II.1", "I.1"), ("II.2", "I.2")}


# ------------------------------------------------------------------ folders


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ủy ban nhân dân thị trấn Tà Lùng", "Uỷ ban nhân dân xã Tà Lùng", True),
        ("Ủy ban nhân dân xã An Bình, huyện Nam Sơn", "UBND phường An Bình", True),
        ("XÃ AN BÌNH", "Ủy ban nhân dân xã An Bình", True),
        ("Ủy ban nhân dân xã Hoà Bình", "Ủy ban nhân dân xã Hòa Bình", True),
        ("Ủy ban nhân dân xã An Bình", "Ủy ban nhân dân xã Bình An", False),
        ("Đảng ủy xã An Bình", "Ủy ban nhân dân xã An Bình", False),
    ],
)
def test_a_commune_keeps_its_identity_through_the_reform(one, other, same):
    keys = [issuer_key(Unit(id="u", text=n, start=0, end=0, rule="t", name=n, kind="uy_ban")) for n in (one, other)]
    assert (keys[0] == keys[1]) is same


def test_folders_pair_plans_by_issuer_and_topic_and_list_the_rest():
    old = [commune_plan(name, 2024).record() for name in ("An Bình", "Bình Phú", "Cẩm Hà")]
    moved = commune_plan("Bình Phú", 2025)
    moved.issuer, moved.parent = "Ủy ban nhân dân phường Bình Phú", None
    other_topic = commune_plan("Cẩm Hà", 2025)
    other_topic.topic, other_topic.title = "phong_chay", "Phòng cháy, chữa cháy năm 2025"
    new = [commune_plan("An Bình", 2025).record(), moved.record(), other_topic.record()]
    comparison = compare_folders(old, new)
    assert [(pair.old.issuer, pair.new.issuer) for pair in comparison.pairs] == [
        ("Ủy ban nhân dân xã An Bình", "Ủy ban nhân dân xã An Bình"),
        ("Ủy ban nhân dân xã Bình Phú", "Ủy ban nhân dân phường Bình Phú"),
    ]
    assert [name.issuer for name in comparison.only_old] == ["Ủy ban nhân dân xã Cẩm Hà"]
    assert [name.topic for name in comparison.only_new] == ["phong_chay"]
    assert compare_folders(old[::-1], new[::-1]) == comparison


def test_a_commune_named_after_its_former_district_is_not_the_district():
    old = Draft(issuer="Ủy ban nhân dân huyện Nam Sơn", issuer_level="huyen")
    new = Draft(issuer="Ủy ban nhân dân xã Nam Sơn")
    assert compare_folders([old.record()], [new.record()]).pairs == ()


def test_of_two_communes_of_one_name_the_one_below_the_same_district_is_the_partner():
    districts = [f"Ủy ban nhân dân huyện {name}" for name in ("Nam Sơn", "Bắc Sơn")]
    drafts = [Draft(year=year, parent=district) for year in (2024, 2025) for district in districts]
    first = [draft.record() for draft in drafts]
    pairs = compare_folders(first[:2], first[:1:-1]).pairs
    parents = {record.plan_id: record.header.parent_issuer.name for record in first}
    assert all(parents[pair.old.plan_id] == parents[pair.new.plan_id] for pair in pairs)
    assert len(pairs) == 2


def test_without_topics_the_titles_must_be_alike():
    old = Draft(year=2024, topic=None, title="Công tác thi đua, khen thưởng năm 2024").record()
    same = Draft(year=2025, topic=None, title="Công tác thi đua, khen thưởng năm 2025").record()
    other = Draft(year=2025, topic=None, title="Phòng, chống dịch bệnh mùa hè").record()
    assert [pair.new.title for pair in compare_folders([old], [other, same]).pairs] == [same.header.title]


# ------------------------------------------------------------------ text


def _changed_pair():
    old, new = commune_plan("An Bình", 2024), commune_plan("An Bình", 2025)
    new.section("III", "CHẾ ĐỘ BÁO CÁO", "che_do_bao_cao")
    new.reference("Quyết định", "11/2025/QĐ-UBND", "2025-04-25", issuer="UBND tỉnh Hưng Yên")
    old.task("Sơ kết \x1b[31mphong trào", "Văn phòng", period="2024-33")
    new.task("Sơ kết \x1b[31mphong trào", "Phòng Văn hóa", period="2025-34")
    return old.record(), new.record()


def test_the_text_lists_what_differs_in_vietnamese():
    text = render_comparison(compare_plans(*_changed_pair()))
    assert "Mục: giữ nguyên 4, mới 1" in text
    assert "  + III. CHẾ ĐỘ BÁO CÁO" in text
    assert "  + Quyết định số 11/2025/QĐ-UBND ngày 25/04/2025 của UBND tỉnh Hưng Yên" in text
    assert "Chủ trì: Văn phòng → Phòng Văn hóa" in text
    assert "Kỳ thực hiện: Quý I/2024 → Quý II/2025" in text


def test_control_characters_of_a_document_never_reach_the_terminal():
    assert "\x1b" not in render_comparison(compare_plans(*_changed_pair()))
    coloured = render_comparison(compare_plans(*_changed_pair()), colour=True)
    assert "\x1b[32m" in coloured
    assert "\x1b[31mphong trào" not in coloured


def test_the_text_can_be_english():
    text = render_comparison(compare_plans(*_changed_pair()), lang="en")
    assert "Headings: kept 4, new 1" in text
    assert "In charge: Văn phòng → Phòng Văn hóa" in text


def test_a_folder_s_text_names_the_plans_without_partner_and_what_many_newly_cite():
    old = [commune_plan(name, 2024).record() for name in ("An Bình", "Bình Phú")]
    new = []
    for name in ("An Bình", "Bình Phú", "Cẩm Hà"):
        draft = commune_plan(name, 2025)
        draft.reference("Nghị định", "152/2025/NĐ-CP", "2025-06-14", issuer="Chính phủ")
        new.append(draft.record())
    text = render_comparison(compare_folders(old, new))
    assert "Số cặp kế hoạch: 2" in text
    assert "Chỉ năm mới có: 1" in text
    assert "Nghị định số 152/2025/NĐ-CP ngày 14/06/2025 của Chính phủ (2 kế hoạch)" in text
