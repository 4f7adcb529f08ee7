"""Two runs over the same files: what appeared, vanished or changed, file by file."""

from __future__ import annotations

from collections.abc import Callable

from records import Draft, commune_plan

from models import PlanRecord
from pipeline.evaluate import Reading, compare_records, compare_runs
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.ui import Words
from pipeline.report import changes_sheets, render_changes

VI, EN = (Words(load_knowledge(), lang) for lang in ("vi", "en"))


def reading(path: str, record: PlanRecord | None, state: str = "read", cause: str | None = None) -> Reading:
    load: Callable[[], PlanRecord | None] = lambda: record  # noqa: E731
    return Reading(path, record.plan_id if record else "", state, cause, load)  # type: ignore[arg-type]


def told(old: PlanRecord, new: PlanRecord) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (c.measure, c.kind, c.old.shown if c.old else None, c.new.shown if c.new else None) for c in compare_records(old, new)
    ]


def test_the_same_record_has_no_changes() -> None:
    assert told(commune_plan().record(), commune_plan().record()) == []


def test_values_that_appear_vanish_and_change_are_told_by_field() -> None:
    old, new = commune_plan(), commune_plan()
    new.number, new.signer = "21", None
    new.references[1] = new.references[1].model_copy(update={"date": None})
    new.units.clear()
    new.finding("stale_year", "warning")
    assert told(old.record(), new.record()) == [
        ("header.number", "changed", "12/KH-UBND", "21/KH-UBND"),
        ("references", "changed", "Nghị định số 98/2023/NĐ-CP ngày 2023-12-31", "Nghị định số 98/2023/NĐ-CP ngày 2023-12-31"),
        ("units", "gone", "Phòng Văn hóa - Xã hội", None),
        ("recipients", "gone", "Như trên", None),
        ("signers.name", "gone", "Trần Văn Bách", None),
        ("signers.position", "gone", "CHỦ TỊCH", None),
        ("signers.authority", "gone", "TM", None),
        ("findings", "new", None, "stale_year"),
    ]


def test_a_text_read_otherwise_moves_values_without_changing_them() -> None:
    old, new = Draft(), Draft()
    new.line("Một dòng nữa")
    for draft in (old, new):
        draft.unit("Công an xã")
        draft.unit("Công an xã")
    assert [change[:2] for change in told(old.record(), new.record())] == [("text", "changed")]
    new.units.pop()
    assert [change[:2] for change in told(old.record(), new.record())] == [("text", "changed"), ("units", "gone")]


def test_a_wording_cut_otherwise_at_the_same_place_is_a_change() -> None:
    old, new = Draft(), Draft()
    for draft in (old, new):
        draft.unit("Công an xã An Bình")
    cut = new.units[0].model_copy(update={"text": "Công an xã", "end": new.units[0].start + 10})
    changed = new.record().model_copy(update={"units": (cut,)})
    assert told(old.record(), changed) == [("units", "changed", "Công an xã An Bình", "Công an xã")]


def test_files_are_paired_by_path_then_by_their_bytes_and_states_are_told() -> None:
    plan, other = commune_plan().record(), commune_plan("Tân Khê").record()
    found = compare_runs(
        [reading("a.pdf", plan), reading("cu/b.pdf", other), reading("c.pdf", None, "failed", "damaged_file"), reading("d.pdf", None)],
        [reading("a.pdf", None, "failed", "damaged_file"), reading("moi/b.pdf", other), reading("c.pdf", plan), reading("e.pdf", plan)],
    )
    assert [(file.path, file.kind, file.lost) for file in found.files] == [
        ("a.pdf", "changed", True), ("c.pdf", "changed", False), ("d.pdf", "gone", True), ("e.pdf", "new", False),
        ("moi/b.pdf", "same", False),
    ]  # fmt: skip
    shown = render_changes(found, VI)
    assert "So hai lượt chạy: 5 tệp, 4 tệp khác nhau" in shown
    assert "  ~ a.pdf: Đã đọc → Không đọc được (damaged_file)" in shown
    assert "  - d.pdf: chỉ có ở lượt trước" in shown
    assert "  + e.pdf: only in the later run" in render_changes(found, EN)


def test_summary_counts_and_details_name_the_changes() -> None:
    old, new = commune_plan(), commune_plan()
    new.title = "Một trích yếu\x1b[2J khác"
    found = compare_runs([reading("a.pdf", old.record())], [reading("a.pdf", new.record())])
    assert found.counts()["header.title"] == {"changed": 1}
    details = render_changes(found, VI)
    assert "  ~ Phần đầu, trích yếu: Công tác thi đua, khen thưởng năm 2025 → Một trích yếu [2J khác" in details
    summary = render_changes(found, VI, details=False)
    assert "Phần đầu, trích yếu" in summary
    assert "Một trích yếu" not in summary
    totals, files, changes = changes_sheets(found, VI)
    assert [row["changed"] for row in totals.rows] == [1]
    assert [row["document"] for row in files.rows] == ["a.pdf"]
    assert [row["new_value"] for row in changes.rows] == ["Một trích yếu\x1b[2J khác"]
