from __future__ import annotations

import re

import pytest

from models import (
    Actor,
    Date,
    Finding,
    Header,
    Measure,
    Number,
    Page,
    Person,
    PlanRecord,
    Reference,
    Section,
    SourceInfo,
    Task,
    Unit,
)  # fmt: skip
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.ui import Words
from pipeline.show.marked import Mark, marked_text, wrapped
from pipeline.show.overview import View, render_overview
from pipeline.show.paint import Painter, visible
from pipeline.show.stages import render_extracted, render_mentions, render_outline, render_text
from pipeline.values import (
    Annotations,
    Box,
    Cell,
    DateMention,
    Extracted,
    Fault,
    Frame,
    Grid,
    Line,
    Loose,
    MeasureMention,
    Node,
    NormalText,
    Notice,
    Outline,
    PageInfo,
    Paragraph,
    PersonMention,
    ReferenceMention,
    Span,
    UnitMention,
)  # fmt: skip

PLAIN, COLOUR = Painter(colour=False), Painter(colour=True)
ANSI = re.compile("\x1b\\[[0-9;]*m")

TEXT = "\n".join(
    [
        "KẾ HOẠCH",
        "Căn cứ Luật số 05/2023/QH15 ngày 20/6/2023",
        "I. MỤC ĐÍCH",
        "1. Nâng cao nhận thức.",
        "UBND xã thực hiện trước ngày 15/12/2025.",
        "Ông Trần Văn Bách xây dựng 02 mô hình.",
        "Nội dung\tThời gian",
    ]
)


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def mention(words: str, **more: object) -> dict[str, object]:
    start, end = span(words)
    return {"id": f"x{start}", "text": words, "start": start, "end": end, "rule": "r", **more}


def record() -> PlanRecord:
    item = Section(
        id="I.1", kind="item", marker="1", level=2, role="muc_dich", start=span("1. N")[0], end=len(TEXT), rule="r"
    )
    heading = Section(
        id="I", kind="heading", marker="I", level=1, title="MỤC ĐÍCH", role="muc_dich", start=span("I. M")[0],
        end=len(TEXT), rule="r", children=(item,),
    )  # fmt: skip
    basis = Section(id="0", kind="heading", level=1, role="can_cu", start=span("Căn")[0], end=span("I. M")[0], rule="r")
    deadline = Date.model_validate(mention("trước ngày 15/12/2025", kind="deadline", edtf="../2025-12-15"))
    return PlanRecord(
        plan_id="0" * 16,
        text_id="1" * 16,
        source=SourceInfo(
            file_name="kh\x1b[2J.txt", sha256="0" * 64, size_bytes=1, media_type="text/plain", page_count=2
        ),
        engine="0",
        text=TEXT,
        pages=(
            Page(number=1, start=0, end=span("I. M")[0], engine="x"),
            Page(number=2, start=span("I. M")[0], end=len(TEXT), engine="x"),
        ),
        header=Header(
            doc_type="Kế hoạch",
            number=Number(raw="12/KH-UBND", serial="12", symbol="KH-UBND", canonical="12/KH-UBND"),
            plan_years=(2025,),
        ),
        sections=(basis, heading),
        references=(Reference.model_validate(mention("Luật số 05/2023/QH15 ngày 20/6/2023", doc_type="Luật")),),
        dates=(Date.model_validate(mention("ngày 20/6/2023", kind="exact")), deadline),
        units=(Unit.model_validate(mention("UBND xã", name="Ủy ban nhân dân xã", kind="uy_ban")),),
        measures=(Measure.model_validate(mention("02 mô hình", value=2, unit="mô hình")),),
        people=(Person.model_validate(mention("Trần Văn Bách", name="Trần Văn Bách")),),
        tasks=(
            Task(
                id="t1", text="thực hiện", start=0, end=9, origin="prose", rule="r", deadline=deadline,
                assignees=(Actor(text="UBND xã", name="Ủy ban nhân dân xã"),),
            ),
        ),
        findings=(
            Finding(code="skipped_section_number", severity="info", message="Nhảy số", hint="", stage="segment"),
            Finding(
                code="missing_issue_date", severity="error", message="Thiếu ngày", hint="Hỏi lại.", page=1, stage="check"
            ),
        ),
    )  # fmt: skip


EXPECTED = """\
Kế hoạch
Loại văn bản: Kế hoạch
Số, ký hiệu: 12/KH-UBND
Ngày ban hành: (không thấy)
Nơi ban hành: (không thấy)
Cơ quan ban hành: (không thấy)
Cơ quan cấp trên: (không thấy)
Năm kế hoạch: 2025
Chủ đề: (không thấy)
Người ký: (không thấy)
Số dòng nơi nhận: (không thấy)
kh\\x1b[2J.txt · text/plain · 2 trang · 0000000000000000

Đánh dấu: ⟦văn bản viện dẫn⟧  ⟨thời gian⟩  ‹cơ quan, đơn vị, chức danh›  ⌈chỉ tiêu, số lượng⌉  ⟪người được nêu tên⟫

KẾ HOẠCH
Căn cứ ⟦Luật số 05/2023/QH15 ⟨ngày 20/6/2023⟩⟧  [0 can_cu]
── trang 2 ──
I. MỤC ĐÍCH  [I muc_dich]
  1. Nâng cao nhận thức.  [I.1]
    ‹UBND xã› thực hiện ⟨trước ngày 15/12/2025⟩.
    Ông ⟪Trần Văn Bách⟫ xây dựng ⌈02 mô hình⌉.
    Nội dung │ Thời gian

Nhiệm vụ (1)
- thực hiện
    chủ trì: UBND xã · thời hạn: trước ngày 15/12/2025

Lưu ý (2)
- phải xử lý (trang 1): Thiếu ngày (missing_issue_date)
    → Hỏi lại.
- để biết: Nhảy số (skipped_section_number)"""


def view(painter: Painter, width: int | None = None, lang: str = "vi") -> View:
    return View(Words(load_knowledge(), "en" if lang == "en" else "vi"), painter, width)


def test_overview_in_plain_text() -> None:
    assert render_overview(record(), view(PLAIN)) == EXPECTED


def test_overview_in_colour_has_the_same_words() -> None:
    shown = render_overview(record(), view(COLOUR))
    assert "\x1b[32mngày 20/6/2023\x1b[0m" in shown
    assert "\x1b[35mUBND xã\x1b[0m" in shown
    assert "\x1b[1mI. MỤC ĐÍCH\x1b[0m" in shown
    assert ANSI.sub("", shown) == re.sub("[⟦⟧⟨⟩‹›⌈⌉⟪⟫]", "", EXPECTED)


def test_overview_wraps_to_the_terminal() -> None:
    lines = render_overview(record(), view(PLAIN, width=41)).split("\n")
    at = lines.index("Căn cứ ⟦Luật số 05/2023/QH15 ⟨ngày")
    assert lines[at + 1] == "20/6/2023⟩⟧  [0 can_cu]"


def test_overview_in_english() -> None:
    shown = render_overview(record(), view(PLAIN, lang="en"))
    assert "Issue date: (not found)" in shown
    assert "- error (page 1): Thiếu ngày" in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kế hoạch năm 2025", "Kế hoạch năm 2025"),
        ("\x1b[31mđỏ", "\\x1b[31mđỏ"),
        ("\x9b31m", "\\x9b31m"),
        ("a\nb\tc\r", "a\\nb\\tc\\r"),
        ("\u202efdp.exe", "\\u202efdp.exe"),
        ("\udc80", "\\udc80"),
        ("\x07\x00", "\\x07\\x00"),
    ],
)
def test_text_of_documents_cannot_steer_the_terminal(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert PLAIN(text, "error") == shown
    assert ANSI.sub("", COLOUR(text, "error")) == shown


@pytest.mark.parametrize(
    ("marks", "shown"),
    [
        ([], "abcdef"),
        ([Mark(0, 6, "reference"), Mark(2, 4, "date")], "⟦ab⟨cd⟩ef⟧"),
        ([Mark(2, 4, "date"), Mark(2, 4, "unit")], "ab⟨‹cd⟩›ef"),
        ([Mark(0, 4, "reference"), Mark(2, 6, "unit")], "⟦ab‹cd⟧ef›"),
        ([Mark(-5, 3, "unit"), Mark(5, 9, "date")], "abc›de⟨f"),
    ],
)
def test_marks_stand_where_the_mentions_do(marks: list[Mark], shown: str) -> None:
    assert marked_text("abcdef", 0, 6, marks, PLAIN) == shown
    assert ANSI.sub("", marked_text("abcdef", 0, 6, marks, COLOUR)) == "abcdef"


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (None, ["một hai ba bốn"]),
        (7, ["một hai", "ba bốn"]),
        (3, ["một", "hai", "ba", "bốn"]),
        (2, ["một hai ba bốn"]),
        (99, ["một hai ba bốn"]),
    ],
)
def test_wrapping_loses_nothing(width: int | None, lines: list[str]) -> None:
    text = "một hai ba bốn"
    assert [text[start:end] for start, end in wrapped(text, 0, len(text), width)] == lines


# ------------------------------------------------------------------ stages


def test_extracted_tells_lines_grids_and_loose_words() -> None:
    grid = Grid(rows=((Cell("STT", 0), Cell("Nội\ndung", 1, column_span=2)),), columns=3, page=1)
    extracted = Extracted(
        media_type="application/pdf",
        blocks=(Line("Số: 1", page=1, box=Box(10.4, 20, 30, 40), opens=True, side="left"), grid),
        pages=(PageInfo(1, 595.3, 841.9, "pdfium"),),
        loose=(Loose("279", 1, Box(1, 2, 3, 4)),),
        notices=(Notice("low_ocr_confidence", 1),),
    )
    assert render_extracted(extracted, PLAIN).split("\n") == [
        "application/pdf  encoding=-",
        "page 1  595x842  pdfium  ocr=-",
        "p1 ¶ left Số: 1  [10 20 30 40]",
        "p1 grid 3 columns, 1 header rows",
        "  0  0: STT │ 1(1x2): Nội\\ndung",
        "widget p1  [1 2 3 4]  279",
        "Notice  code=low_ocr_confidence page=1",
    ]


def test_text_tells_offsets_and_grid_rows() -> None:
    normal = NormalText("Số: 1\na\tb", (Paragraph(0, 5, 1, side="left"), Paragraph(6, 9, 2, grid=0, row=1)))
    assert render_text(normal, PLAIN).split("\n") == ["0-5 p1 left  Số: 1", "6-9 p2 grid0.1  a │ b"]


def test_outline_tells_tree_frame_and_faults() -> None:
    child = Node("I.1", "item", "1", 2, None, "muc_dich", 26, 50, 28, "so_a_rap")
    node = Node("I", "heading", "I", 1, "MỤC ĐÍCH", "muc_dich", 10, 50, 20, "la_ma", (child,))
    outline = Outline((node,), Frame(title=Span(0, 8), recipients=(Span(0, 2),)), (Fault("stale_year", 0, 2),))
    assert render_outline(outline, TEXT, PLAIN).split("\n") == [
        "I  I  MỤC ĐÍCH  muc_dich  heading L1 10-50 la_ma",
        "  I.1  1  ∅  muc_dich  item L2 26-50 so_a_rap",
        "frame title 0-8  KẾ HOẠCH",
        "frame recipients 0-2  KẾ",
        "fault stale_year 0-2  KẾ",
    ]


def test_mentions_stand_in_reading_order_with_what_was_read() -> None:
    annotations = Annotations(
        references=(ReferenceMention(*span("Luật số 05/2023/QH15"), doc_type="Luật", rule="so", number="05/2023/QH15"),),
        dates=(DateMention(*span("ngày 20/6/2023"), edtf="2023-06-20", kind="exact", rule="ngan"),),
        units=(
            UnitMention(*span("UBND xã"), name="Ủy ban nhân dân xã", kind="uy_ban", level="xa", rule="u", confidence=0.8),
        ),
        measures=(MeasureMention(*span("02 mô hình"), value=2.0, unit="mô hình", qualifier=None, rule="m"),),
        people=(PersonMention(*span("Trần Văn Bách"), name="Trần Văn Bách", rule="p", honorific="ông"),),
    )  # fmt: skip
    assert render_mentions(annotations, TEXT, PLAIN).split("\n") == [
        "reference 16-36  Luật số 05/2023/QH15  doc_type=Luật rule=so number=05/2023/QH15 relation=mentions",
        "date 37-51  ngày 20/6/2023  edtf=2023-06-20 kind=exact rule=ngan calendar=gregorian",
        "unit 87-94  UBND xã  name=Ủy ban nhân dân xã kind=uy_ban level=xa rule=u confidence=0.8",
        "person 132-145  Trần Văn Bách  name=Trần Văn Bách rule=p honorific=ông",
        "measure 155-165  02 mô hình  value=2.0 unit=mô hình rule=m",
    ]
