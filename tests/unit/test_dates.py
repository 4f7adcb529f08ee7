"""Times in administrative text: every row of the tables, truth written in sentences, spans, years, limits."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from datetime import date, timedelta

import edtf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.annotate.dates import find_dates, resolve_year
from pipeline.knowledge.dates import DateForm, DateWord, LunarYear
from pipeline.knowledge.load import load_knowledge
from pipeline.values import DateMention
from tests.unit.growth import grows_within

KNOWLEDGE = load_knowledge()
MARK = re.compile(r"<d(?: ([^>]*))?>(.*?)</d>")


def dates(text: str) -> tuple[DateMention, ...]:
    return find_dates(text, KNOWLEDGE)


def marked(text: str) -> str:
    """The text with every mention marked the way the sentences below are."""
    out, at = [], 0
    for mention in dates(text):
        out += [text[at : mention.start], f"<d {mention.edtf or '-'}>", text[mention.start : mention.end], "</d>"]
        at = mention.end
    return "".join([*out, text[at:]])


def parts(example: str) -> tuple[str, list[str]]:
    text, _, values = example.partition("=>")
    return text.strip(), [value.strip() for value in values.split("&") if value.strip()]


FORMS = KNOWLEDGE.rows(DateForm)
ROWS = [(f"{row.TABLE}:{row.id}", row) for kind in (DateForm, DateWord, LunarYear) for row in KNOWLEDGE.rows(kind)]


@pytest.mark.parametrize("row", [row for _, row in ROWS], ids=[name for name, _ in ROWS])
def test_every_row_finds_its_examples(row: DateForm | DateWord | LunarYear) -> None:
    assert row.examples
    for example in row.examples:
        text, values = parts(example)
        assert [mention.edtf or "-" for mention in dates(text)] == values, text


@pytest.mark.parametrize("row", FORMS, ids=[row.id for row in FORMS])
def test_a_form_carries_its_name_and_refuses_its_counterexamples(row: DateForm) -> None:
    found = {mention.rule for example in row.examples for mention in dates(parts(example)[0])}
    assert row.id in found
    for text in row.not_examples:
        assert row.id not in {mention.rule for mention in dates(text)}, text


@pytest.mark.parametrize("row", [*KNOWLEDGE.rows(DateWord), *KNOWLEDGE.rows(LunarYear)], ids=lambda row: row.id)
def test_a_word_finds_nothing_in_its_counterexamples(row: DateWord | LunarYear) -> None:
    for text in row.not_examples:
        assert dates(text) == (), text


def test_every_rule_has_a_row() -> None:
    rules = {mention.rule for _, row in ROWS for example in row.examples for mention in dates(parts(example)[0])}
    assert rules == {row.id for row in FORMS}


SENTENCES = [
    "Quyết định số 11/2024/QĐ-UBND <d 2024-04-25>ngày 25/4/2024</d> của UBND tỉnh; Nghị định số 98/2023/NĐ-CP",
    "<d 2025-05-04/2025-05-10>từ ngày 04 đến ngày 10 tháng 5 năm 2025</d>, tại nhà văn hóa thôn",
    "Trong 2 <d 2019-06-27/2019-06-28>ngày 27,28/6/2019</d>; sáng <d 2019-06-28>ngày 28/6</d>",
    "- Từ <d 2019-06-27/2019-06-28>27,28/6/2019</d>; chiều <d XXXX-07-02>ngày 02/7</d>",
    "báo cáo <d XXXX-40>6 tháng đầu năm</d> và <d 2025-41>6 tháng cuối năm 2025</d>",
    "hoàn thành <d ../2025-12-15>trước ngày 15/12/2025</d>, báo cáo <d XXXX-12-20>trước 20/12</d>",
    "<d ../2023-12-31>từ nay đến hết năm 2023</d> còn chừng 4- 6 cơn bão; <d XXXX-09>tháng 9</d> vẫn nắng nóng",
    "95 năm ngày thành lập Đảng (<d 1930-02-03/2025-02-03>03/02/1930 - 03/02/2025</d>)",
    "công dân từ 15 - 60 tuổi, tăng 5-7%, đạt 7/63 tỉnh, 13/1543 thủ tục, khoản 2/3, điểm 8/10",
    "mục 1.2.3, địa chỉ 10.1.2020.5, kinh phí 1.234.567 đồng, điện thoại 0220.3.852.123, 2.025 hộ",
    "Tà Lùng, <d 2025-02-XX>ngày      tháng 02 năm 2025</d>",
    "kế hoạch 5 <d 2021/2025>năm 2021-2025</d>, <d ../2030>đến năm 2030</d>, tầm nhìn <d ../2045>đến năm 2045</d>",
    "<d ->Định kỳ 6 tháng</d> (<d XXXX-06-10>trước ngày 10/6</d>), ngân hàng <d 2025>năm 2025</d>",
    "sửa đổi, bổ sung <d 2017>năm 2017</d>, <d 2024>2024</d> và <d 2025>2025</d>; <d 2025>năm 2025</d>, 500 hộ",
    "Tính đến <d 2023-06-30>ngày 30/6/2023</d> có 2023 hộ, <d 2025>đầu năm 2025</d> còn 1.950 - 2.000 lượt",
    "<d 2010-09-21>từ 15h 30 đến 17h30 ngày 21/9/2010</d>, <d 2025-05-10T07:30:00>7 giờ 30 phút, thứ Bảy, ngày 10/5/2025</d>",
    "<d 2025-06-15>ngày 15/6</d> và <d 2025-12-15>15/12/2025</d>; <d 2024-12-25/2025-01-05>từ ngày 25/12 đến 05/01/2025</d>",
    "<d 2025-33>quý I</d> và <d 2025-34>quý II/2025</d>; <d XXXX-01/XXXX-12>Quý I - IV</d>; quý vị đại biểu",
]  # fmt: skip


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_are_marked_as_written(sentence: str) -> None:
    assert marked(MARK.sub(r"\2", sentence)) == sentence


KINDS = [
    ("ngày 26/12/2024", "exact", date(2024, 12, 26), date(2024, 12, 26)),
    ("ngày … tháng 2 năm 2025", "exact", date(2025, 2, 1), date(2025, 2, 28)),
    ("tháng 6/2025", "month", date(2025, 6, 1), date(2025, 6, 30)),
    ("Quý IV/2025", "quarter", date(2025, 10, 1), date(2025, 12, 31)),
    ("6 tháng cuối năm 2025", "half", date(2025, 7, 1), date(2025, 12, 31)),
    ("9 tháng đầu năm 2025", "range", date(2025, 1, 1), date(2025, 9, 30)),
    ("năm 2024", "year", date(2024, 1, 1), date(2024, 12, 31)),
    ("giai đoạn 2021-2025", "range", date(2021, 1, 1), date(2025, 12, 31)),
    ("trước ngày 15/12/2025", "deadline", None, date(2025, 12, 15)),
    ("trước 17h00 ngày 15/12/2025", "deadline", None, date(2025, 12, 15)),
    ("từ ngày 01/7/2025", "range", date(2025, 7, 1), None),
    ("chậm nhất ngày 25/11", "deadline", None, None),
    ("30/4/1975 - 30/4/2025", "anniversary", date(1975, 4, 30), date(2025, 4, 30)),
    ("ngày 20 hằng tháng", "recurring", None, None),
    ("ngày 26/3 hằng năm", "recurring", None, None),
    ("ngày 31/02/2025", "exact", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "first", "last"), KINDS)
def test_kind_and_first_and_last_day(text: str, kind: str, first: date | None, last: date | None) -> None:
    [mention] = dates(text)
    assert (mention.kind, mention.start_date, mention.end_date) == (kind, first, last)
    assert text[mention.start : mention.end] == text


RECURRENCES = [
    ("hằng năm", "FREQ=YEARLY"),
    ("hàng quý", "FREQ=MONTHLY;INTERVAL=3"),
    ("định kỳ 6 tháng", "FREQ=MONTHLY;INTERVAL=6"),
    ("02 năm một lần", "FREQ=YEARLY;INTERVAL=2"),
    ("ngày 20 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=20"),
    ("ngày 10 và ngày 25 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=10,25"),
    ("từ ngày 05 đến ngày 08 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=5,6,7,8"),
    ("trước ngày 25 tháng cuối quý", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=25"),
    ("chậm nhất vào ngày 05 tháng đầu quý sau", "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=5"),
    ("thứ Hai, thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=MO,FR"),
    ("ngày 26/3 hàng năm", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=26"),
    ("quý I hằng năm", "FREQ=YEARLY;BYMONTH=1,2,3"),
]


@pytest.mark.parametrize(("text", "rule"), RECURRENCES)
def test_recurrences_are_rrules(text: str, rule: str) -> None:
    [mention] = dates(text)
    assert (mention.kind, mention.recurrence) == ("recurring", rule)
    assert text[mention.start : mention.end] == text


YEARS = [
    ("ngày 25/11", "XXXX-11-25", date(2025, 11, 25), date(2025, 11, 25)),
    ("trước ngày 25/11", "XXXX-11-25", None, date(2025, 11, 25)),
    ("từ ngày 01/7", "XXXX-07-01", date(2025, 7, 1), None),
    ("từ ngày 01/6 đến ngày 30/6", "XXXX-06-01/XXXX-06-30", date(2025, 6, 1), date(2025, 6, 30)),
    ("Quý I", "2025-33", date(2025, 1, 1), date(2025, 3, 31)),
    ("6 tháng đầu năm", None, date(2025, 1, 1), date(2025, 6, 30)),
    ("9 tháng đầu năm", None, date(2025, 1, 1), date(2025, 9, 30)),
    ("tháng 2", "XXXX-02", date(2025, 2, 1), date(2025, 2, 28)),
    ("từ tháng 5 đến tháng 8", "XXXX-05/XXXX-08", date(2025, 5, 1), date(2025, 8, 31)),
    ("trước tháng 9", "XXXX-09", None, date(2025, 9, 30)),
    ("trước quý IV", "../2025-12", None, date(2025, 12, 31)),
    ("từ tháng 7", "XXXX-07", date(2025, 7, 1), None),
    ("ngày 29/02", "XXXX-02-29", None, None),
    ("ngày 26/3 hằng năm", "XXXX-03-26", None, None),
    ("năm 2024", "2024", date(2024, 1, 1), date(2024, 12, 31)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "first", "last"), YEARS)
def test_the_year_of_the_plan_is_filled_in(text: str, value: str, first: date | None, last: date | None) -> None:
    [mention] = dates(text)
    resolved = resolve_year(mention, 2025)
    assert (resolved.edtf, resolved.start_date, resolved.end_date) == (value, first, last)
    assert resolve_year(resolved, 2025) == resolved


def test_every_value_is_edtf() -> None:
    """One value of each shape. The package wants seconds in a clock time and knows no year-less quarter or half."""
    texts = [parts(example)[0] for _, row in ROWS for example in row.examples]
    texts += [MARK.sub(r"\2", sentence) for sentence in SENTENCES] + [row[0] for row in YEARS]
    values = {mention.edtf for text in texts for mention in dates(text) if mention.edtf}
    shapes = {re.sub(r"\d", "0", value): value for value in values}
    assert len(shapes) > 15
    for value in [*shapes.values(), "2025-33", "2025-36", "2025-40", "2025-41"]:
        complete = re.sub(r"(T\d\d:\d\d)$", r"\1:00", re.sub(r"^XXXX(?=-(3[3-6]|4[01])$)", "2025", value))
        assert edtf.parse_edtf(complete), value


@pytest.mark.parametrize("break_", ["\n", "\t"])
def test_no_mention_crosses_a_line_or_a_cell(break_: str) -> None:
    text = f"từ ngày 01/6/2025{break_}đến ngày 30/6/2025, ngày{break_}5 tháng{break_}9 giai đoạn 2021-{break_}2025"
    found = dates(text)
    assert [mention.edtf for mention in found] == ["2025-06-01/..", "../2025-06-30"]
    assert not any(break_ in text[mention.start : mention.end] for mention in found)


def test_a_cell_of_its_own_vouches_for_a_day() -> None:
    table = "1\tKiểm tra\t15/4\t6/2025\t12/12\t3/4\n15/4 tiêu chí"
    assert [mention.edtf for mention in dates(table)] == ["XXXX-04-15", "2025-06"]


@pytest.mark.parametrize("spelling", ["Thời kỳ 2021-2030", "THỜI KÌ 2021 – 2030", "thời  kỳ 2021 ‑ 2030"])
def test_spelling_of_letters_blanks_and_dashes(spelling: str) -> None:
    assert [mention.edtf for mention in dates(spelling)] == ["2021/2030"]


def test_a_vague_or_impossible_time_is_less_sure() -> None:
    sure = {text: dates(text)[0].confidence for text in ("ngày 5/6/2025", "đầu năm 2025", "ngày 31/02/2025", "ngày 5/6/25")}
    assert sure["ngày 5/6/2025"] > sure["ngày 5/6/25"] > sure["đầu năm 2025"] > sure["ngày 31/02/2025"]


def test_lunar_days_are_told_apart() -> None:
    [mention] = dates("ngày mùng 10 tháng 3 âm lịch")
    assert (mention.calendar, mention.edtf) == ("lunar", None)
    assert resolve_year(mention, 2025) == mention
    [known] = dates("mùng 5 tháng Giêng năm Ất Tỵ")
    assert (known.calendar, known.start_date) == ("lunar", date(2025, 2, 2))


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("(tức ngày 09, 10, 11 tháng 3 năm Quý Mão)", None),
        ("ngày 10 tháng 3 năm Quý Mão", "2023-04-29"),
        ("ngày 10/3 năm Ất Tỵ", "2025-04-07"),
    ],
)
def test_a_year_named_by_stem_and_branch_makes_the_day_lunar(text: str, edtf: str | None) -> None:
    (mention,) = find_dates(text, KNOWLEDGE)
    assert (mention.calendar, mention.edtf) == ("lunar", edtf)


def test_lunar_years_follow_each_other() -> None:
    rows = KNOWLEDGE.rows(LunarYear)
    for row, after in itertools.pairwise(rows):
        assert row.new_year + timedelta(days=sum(map(int, row.lengths))) == after.new_year
        assert len(row.lengths) == (13 if row.leap else 12)


PIECES = st.sampled_from(
    ["ngày ", "tháng ", "năm ", "quý ", "I", "từ ", "đến ", "trước ", "2025", "31", "12", "02", "/", "-", ".", ", ", " ", "\n",
     "giai đoạn ", "hằng ", "và ", "7h30 ", "…", "rằm ", "âm lịch", "cuối ", "hết ", "(", ")", "tết", "6 tháng đầu năm "]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_text_gives_ordered_spans_inside_a_line(text: str) -> None:
    end = 0
    for mention in dates(text):
        assert end <= mention.start < mention.end <= len(text)
        assert "\n" not in text[mention.start : mention.end]
        assert resolve_year(mention, 2024).start == mention.start
        end = mention.end


HOSTILE = ["ngày 1 , ", "12, ", "quý i, ", "từ ", "ngày . ", "1/1/", "năm 2021, ", " " * 40 + "ngày", "10h "]


@pytest.mark.parametrize("unit", HOSTILE)
def test_reading_takes_linear_time(unit: str) -> None:
    def reading(size: int) -> Callable[[], object]:
        text = unit * (size // len(unit))
        return lambda: dates(text)

    assert grows_within(reading(1_500), reading(3_000), 2.5, 0.005)
