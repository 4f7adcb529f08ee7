"""The spaCy pipeline carries the mentions, and underthesea is asked only where the rules leave a question."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipeline.annotate import OwnNumber, annotate
from pipeline.annotate.unit_letterhead import settle_letterhead
from pipeline.annotate.units import find_units
from pipeline.knowledge import load_knowledge
from pipeline.values import Frame, NormalText, Outline, Paragraph, Span

KNOWLEDGE = load_knowledge()
PLAN = (
    "Thực hiện Kế hoạch số 279/KH-UBND ngày 26/12/2024 của UBND thị xã,\n"
    "UBND xã Dương Quang giao  Công an xã\tbáo cáo trước ngày 15/12/2025."
)


def normal(text: str) -> NormalText:
    return NormalText(text=text, paragraphs=(Paragraph(0, len(text), 1),))


def test_annotate_gives_every_kind_in_reading_order() -> None:
    found = annotate(normal(PLAN), Outline((), Frame()), KNOWLEDGE)
    assert [PLAN[u.start : u.end] for u in found.units] == ["UBND thị xã", "UBND xã Dương Quang", "Công an xã"]
    assert [r.number for r in found.references] == ["279/KH-UBND"]
    assert "2024-12-26" in [d.edtf for d in found.dates]


def test_annotate_passes_on_what_is_the_plans_own() -> None:
    text = "Số: 12/KH-UBND\nKế hoạch số 12/KH-UBND"
    own = OwnNumber(canonical="12/KH-UBND", spans=(Span(0, len(text)),))
    assert annotate(normal(text), Outline((), Frame()), KNOWLEDGE, own=own).references == ()


def test_annotate_fills_the_year_in_where_it_is_known() -> None:
    text = "Quý I: báo cáo UBND xã"
    known = annotate(normal(text), Outline((), Frame()), KNOWLEDGE, year=2025)
    unknown = annotate(normal(text), Outline((), Frame()), KNOWLEDGE)
    assert [d.edtf for d in known.dates] == ["2025-33"]
    assert [d.edtf for d in unknown.dates] == ["XXXX-01/XXXX-03"]


def test_annotate_finds_nothing_in_an_empty_text() -> None:
    found = annotate(NormalText("", ()), Outline((), Frame()), KNOWLEDGE)
    assert (found.dates, found.units, found.references) == ((), (), ())


@pytest.mark.parametrize(
    "text",
    [PLAN, "", " ", "\n\n", "a  b", "  UBND xã \t\t", "Eah’mơ 10h00p ngày 28/6", "oa\u0300\u200b…", "27,28/6/2019"],
)
def test_tokens_put_the_text_together_again(text: str) -> None:
    from pipeline.annotate.nlp import blank_nlp

    assert blank_nlp().make_doc(text).text == text


def test_tokens_are_syllables_numbers_and_single_marks() -> None:
    from pipeline.annotate.nlp import blank_nlp

    doc = blank_nlp().make_doc("Ủy ban (UBND) 12/KH ngày28")
    assert [token.text for token in doc] == ["Ủy", "ban", "(", "UBND", ")", "12", "/", "KH", "ngày", "28"]


def test_tokens_hold_in_a_memory_zone_and_after_it() -> None:
    from pipeline.annotate.nlp import blank_nlp

    nlp = blank_nlp()
    before = nlp.make_doc("Giao Công an xã")
    with nlp.memory_zone():
        assert [token.text for token in nlp.make_doc("Công an xã Đồng Xuyên")] == ["Công", "an", "xã", "Đồng", "Xuyên"]
    assert nlp.make_doc("xã Đồng Xuyên giao").text == "xã Đồng Xuyên giao"
    assert before.text == "Giao Công an xã"


def test_factories_work_in_a_pipeline_of_ones_own() -> None:
    from pipeline.annotate.nlp import blank_nlp

    nlp = blank_nlp()
    for name in ("kehoach_dates", "kehoach_units", "kehoach_references", "kehoach_measures", "kehoach_people"):
        nlp.add_pipe(name)
    doc = nlp(PLAN)
    assert [(span.text, span.label_) for span in doc.spans["units"]][1] == ("UBND xã Dương Quang", "uy_ban")
    assert [span.start_char for span in doc.spans["dates"]] == [d.start for d in doc.user_data["dates"]]
    assert [span.label_ for span in doc.spans["references"]] == ["Kế hoạch"]


def test_displacy_draws_the_spans() -> None:
    from spacy import displacy

    from pipeline.annotate.nlp import make_nlp, to_displacy

    drawn = to_displacy(make_nlp(KNOWLEDGE)(PLAN))
    labels = {span["label"] for span in drawn["spans"]}
    assert {"uy_ban", "cong_an_quan_su", "Kế hoạch"} <= labels
    assert "cong_an_quan_su" in displacy.render(drawn, style="span", manual=True, jupyter=False)


def test_underthesea_settles_where_a_name_ends() -> None:
    from pipeline.annotate.nlp import UndertheseaTagger

    text = "UBND xã Dương Quang Kêu gọi nhân dân"
    (found,) = find_units(text, KNOWLEDGE, UndertheseaTagger())
    assert text[found.start : found.end] == "UBND xã Dương Quang"


def test_units_load_neither_spacy_nor_underthesea() -> None:
    code = (
        "import sys; from pipeline.annotate import annotate; from pipeline.annotate.units import find_units; "
        "from pipeline.knowledge import load_knowledge; find_units('UBND xã', load_knowledge()); "
        "sys.exit(bool({'spacy', 'underthesea'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("ỦY BAN NHÂN DÂN", "TỈNH HÀ LÂM"), ["Ủy ban nhân dân tỉnh Hà Lâm"]),
        (("ỦY", "BAN NHÂN DÂN", "XÃ ĐÔNG HẠ"), ["Ủy ban nhân dân xã Đông Hạ"]),
        (("UBND TỈNH HÀ LÂM", "SỞ Y TẾ"), ["Ủy ban nhân dân tỉnh Hà Lâm", "Sở Y tế"]),
        (("UBND HUYỆN NGA HẢI", "BAN CHỈ ĐẠO PCGD, XMC"), None),
    ],
)
def test_letterhead_lines_are_read_together(lines: tuple[str, ...], names: list[str] | None) -> None:
    text = "\n".join(lines) + "\nSố: 12/KH-UBND"
    spans, at = [], 0
    for line in lines:
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    units = settle_letterhead(text, find_units(text, KNOWLEDGE), Frame(issuer_lines=tuple(spans)), KNOWLEDGE)
    assert [u.name for u in units] == (names or [u.name for u in find_units(text, KNOWLEDGE)])
    assert units[0].start == 0


def test_the_partys_motto_is_no_unit() -> None:
    text = "ĐẢNG ỦY XÃ ĐÔNG HẠ\n*\nĐẢNG CỘNG SẢN VIỆT NAM năm 2025"
    motto = Span(text.index("ĐẢNG CỘNG"), len(text))
    units = settle_letterhead(text, find_units(text, KNOWLEDGE), Frame(motto=motto), KNOWLEDGE)
    assert [u.name for u in units] == ["Đảng ủy xã Đông Hạ"]
