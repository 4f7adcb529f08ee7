"""Times in sentences: the table of sentences, validity of every value, the lunar calendar, relative times and anniversaries."""

from __future__ import annotations

import csv
import re
from datetime import date
from functools import cache
from pathlib import Path

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
TABLE = Path(__file__).parent / "tables" / "date_sentences.txt"
FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts"
MARK = re.compile(r"<d ([^>]*)>(.*?)</d>")
SENTENCES = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] not in "#="]


def plain(sentence: str) -> str:
    return MARK.sub(r"\2", sentence).replace("\\n", "\n").replace("\\t", "\t")


def value(mention: DateMention) -> str:
    """The mention as the table writes it."""
    edtf_value = mention.edtf or "-"
    if mention.recurrence:
        return mention.recurrence
    one_sided = "/" not in edtf_value or edtf_value.endswith("/..")
    kinds = {"anniversary": "days", "relative": "event", "deadline": "by", "range": "from" if one_sided else ""}
    lunar = "lunar" if mention.calendar == "lunar" else ""
    return " ".join(f"{lunar} {kinds.get(mention.kind, '')} {edtf_value}".split())


def marked(text: str) -> str:
    out, at = [], 0
    for mention in find_dates(text, KNOWLEDGE):
        out += [text[at : mention.start], f"<d {value(mention)}>", text[mention.start : mention.end], "</d>"]
        at = mention.end
    return "".join([*out, text[at:]]).replace("\n", "\\n").replace("\t", "\\t")


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_is_read_as_it_is_marked(sentence: str) -> None:
    assert marked(plain(sentence)) == sentence


def test_the_table_is_large_enough() -> None:
    assert len(set(SENTENCES)) >= 150
    assert sum(not MARK.search(sentence) for sentence in SENTENCES) >= 20


def test_every_sentence_keeps_its_days_whatever_the_letter_case_and_the_blanks() -> None:
    for sentence in SENTENCES:
        text = plain(sentence)
        if "\t" in text or "\n" in text or re.search(r"\bAL\b|[0-9][lO]|l[0-9]", text):
            continue
        edtfs = [mention.edtf for mention in find_dates(text, KNOWLEDGE)]
        assert [mention.edtf for mention in find_dates(text.upper(), KNOWLEDGE)] == edtfs, text
        assert [mention.edtf for mention in find_dates(text.replace(" ", "  "), KNOWLEDGE)] == edtfs, text


# Forms of the facts table whose value is written otherwise here, and why.
WRITTEN_OTHERWISE = {
    "năm học 2024-2025": "2024/2025",  # when a school year begins and ends is set anew each year: its years are certain
    "đầu năm 2025": "2025",  # EDTF has no "early": the rule says it (`vague_early`)
    "cuối năm 2025": "2025",  # likewise (`vague_late`)
    "hằng năm": "FREQ=YEARLY",  # R/P1Y, as RFC 5545 writes it
    "hàng quý": "FREQ=MONTHLY;INTERVAL=3",
    "ngày 20 hằng tháng": "FREQ=MONTHLY;BYMONTHDAY=20",
    "ngày mùng 10 tháng 3 âm lịch": None,  # no year, so no day of the common calendar; `calendar` is lunar
}


@pytest.mark.skipif(not FACTS.is_dir(), reason="the tables of facts are not on this machine")
@pytest.mark.parametrize("name", ["date_forms.csv", "date_forms_noise.csv"])
def test_the_forms_of_the_facts_tables(name: str) -> None:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            form = row["form"]
            expected = WRITTEN_OTHERWISE.get(form, row.get("expected_edtf") or row.get("expected"))
            [mention] = find_dates(form.replace("\\n", ""), KNOWLEDGE)
            assert (mention.recurrence or mention.edtf) == (expected or None), form


ALL_TEXTS = [plain(sentence) for sentence in SENTENCES] + [
    example.partition("=>")[0] for kind in (DateForm, DateWord, LunarYear) for row in KNOWLEDGE.rows(kind) for example in row.examples
]


@cache
def is_edtf(shape: str, example: str) -> bool:
    return bool(shape) and edtf.parse_edtf(example) is not None


@pytest.mark.parametrize("year", [None, 2025])
def test_every_value_is_edtf(year: int | None) -> None:
    for text in ALL_TEXTS:
        for mention in find_dates(text, KNOWLEDGE):
            found = resolve_year(mention, year).edtf
            assert found is None or is_edtf(re.sub(r"\d", "0", found), found), (text, found)


def check_recurrence(rule: str) -> None:
    """RFC 5545, 3.3.10: the parts, each at most once, FREQ first, numbers in their ranges, no part where FREQ forbids it."""
    parts = dict(part.split("=") for part in rule.split(";"))
    assert len(parts) == rule.count(";") + 1, rule
    assert rule.startswith("FREQ=")
    frequency = parts.pop("FREQ")
    assert frequency in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"), rule
    assert int(parts.pop("INTERVAL", "2")) >= 2, rule
    assert all(1 <= int(month) <= 12 for month in parts.pop("BYMONTH", "1").split(",")), rule
    if days := parts.pop("BYMONTHDAY", ""):
        assert frequency != "WEEKLY", rule
        assert all(1 <= abs(int(day)) <= 31 for day in days.split(",")), rule
    setting = int(parts.pop("BYSETPOS", "0"))
    assert setting == 0 or (-366 <= setting <= 366 and "BYDAY" in parts), rule
    for day in filter(None, parts.pop("BYDAY", "").split(",")):
        assert re.fullmatch(r"-?[1-5]?(MO|TU|WE|TH|FR|SA|SU)", day), rule
        assert day.isalpha() or frequency == "MONTHLY", rule
    assert not parts, rule


def test_every_recurrence_is_an_rrule() -> None:
    rules = {mention.recurrence for text in ALL_TEXTS for mention in find_dates(text, KNOWLEDGE) if mention.recurrence}
    assert len(rules) > 20
    for rule in rules:
        check_recurrence(rule)


PIECES = st.sampled_from(
    ["ngày ", "tháng ", "năm ", "quý ", "I", "từ ", "đến ", "hết ", "trước ", "sau ", "kể từ ", "2025", "31", "02", "05", "l", "O", "/",
     "-", ".", ", ", " ", "hằng ", "tuần ", "thứ Sáu ", "và ", "7h30 ", "rằm ", "âm lịch", "Ất Tỵ ", "cuối ", "đầu ", "kỷ niệm ",
     "(", ")", "Tết ", "bầu cử ", "một lần", "vụ Mùa ", "cùng "]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=20).map("".join), st.sampled_from([None, 2024, 2025]))
def test_whatever_is_found_is_valid(text: str, year: int | None) -> None:
    for mention in (resolve_year(found, year) for found in find_dates(text, KNOWLEDGE)):
        if mention.edtf:
            assert is_edtf(re.sub(r"\d", "0", mention.edtf), mention.edtf), (text, mention.edtf)
        if mention.recurrence:
            check_recurrence(mention.recurrence)
        if mention.start_date and mention.end_date:
            assert mention.start_date <= mention.end_date, text


# The first day of Tết by the almanacs of Vietnam; in 2007 and 2030 China's new year is a day later.
NEW_YEARS = [
    "1990-01-27", "1991-02-15", "1992-02-04", "1993-01-23", "1994-02-10", "1995-01-31", "1996-02-19", "1997-02-07",
    "1998-01-28", "1999-02-16", "2000-02-05", "2001-01-24", "2002-02-12", "2003-02-01", "2004-01-22", "2005-02-09",
    "2006-01-29", "2007-02-17", "2008-02-07", "2009-01-26", "2010-02-14", "2011-02-03", "2012-01-23", "2013-02-10",
    "2014-01-31", "2015-02-19", "2016-02-08", "2017-01-28", "2018-02-16", "2019-02-05", "2020-01-25", "2021-02-12",
    "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13",
    "2030-02-02", "2031-01-23", "2032-02-11", "2033-01-31", "2034-02-19", "2035-02-08",
]  # fmt: skip
NAMES = {int(row.id): row.name for row in KNOWLEDGE.rows(LunarYear)}


@pytest.mark.parametrize("new_year", NEW_YEARS)
def test_tet_is_the_day_that_vietnam_kept(new_year: str) -> None:
    year = int(new_year[:4])
    for text in (f"Tết Nguyên đán {NAMES[year]} {year}", f"Tết {NAMES[year]}", f"mùng 1 tháng Giêng năm {NAMES[year]}"):
        [mention] = find_dates(text, KNOWLEDGE)
        assert (mention.calendar, mention.edtf) == ("lunar", new_year), text


LUNAR_DAYS = [
    ("rằm tháng Tám năm Ất Tỵ", date(2025, 10, 6)),
    ("ngày 10 tháng 3 năm Giáp Thìn", date(2024, 4, 18)),
    ("rằm tháng Bảy năm Ất Tỵ", date(2025, 9, 6)),  # after the leap sixth month of 2025
    ("ngày 23 tháng Chạp năm Ất Tỵ", date(2026, 2, 10)),
    ("ngày 15/4 năm Quý Mão", date(2023, 6, 2)),  # after the leap second month of 2023
    ("mùng 10 tháng 6 năm Ất Tỵ", None),  # the sixth month came twice
    ("ngày 30 tháng Giêng năm Giáp Thìn", None),  # that month had 29 days
    ("ngày 10/12/2025 âm lịch", None),  # which common year the twelfth month of "2025" means is not certain
    ("Tết Nguyên đán Ất Tỵ", date(2025, 1, 29)),
]


@pytest.mark.parametrize(("text", "day"), LUNAR_DAYS)
def test_lunar_days_are_converted_only_where_their_year_is_certain(text: str, day: date | None) -> None:
    [mention] = find_dates(text, KNOWLEDGE)
    assert (mention.calendar, mention.start_date, mention.end_date) == ("lunar", day, day)


def test_a_tet_whose_name_and_number_disagree_has_no_day() -> None:
    assert [mention.edtf for mention in find_dates("Tết Nguyên đán Giáp Thìn 2025", KNOWLEDGE)] == [None]


@pytest.mark.parametrize("text", ["70 ngày trước ngày bầu cử", "sau 05 ngày kể từ ngày ký", "trước kỳ họp 10 ngày"])
def test_a_relative_time_is_never_resolved(text: str) -> None:
    [mention] = find_dates(text, KNOWLEDGE)
    kept = resolve_year(mention, 2025)
    assert (kept.kind, kept.edtf, kept.start_date, kept.end_date) == ("relative", None, None, None)
    assert text[mention.start : mention.end] == text


WITHOUT_YEAR = [
    ("quý II", "XXXX-04/XXXX-06"),
    ("trước quý II", "XXXX-06"),
    ("từ quý II", "XXXX-04"),
    ("6 tháng đầu năm", None),
    ("10 tháng đầu năm", None),
    ("ngày 25/11", "XXXX-11-25"),
    ("quý I, II", "XXXX-01/XXXX-06"),
]


@pytest.mark.parametrize(("text", "expected"), WITHOUT_YEAR)
def test_without_a_year_of_the_plan_no_year_is_given(text: str, expected: str | None) -> None:
    [mention] = find_dates(text, KNOWLEDGE)
    known = resolve_year(mention, None)
    assert (known.edtf, known.start_date, known.end_date) == (expected, None, None)


def test_what_was_misread_is_less_sure_than_what_was_read() -> None:
    [misread], [read] = (find_dates(text, KNOWLEDGE) for text in ("ngày 2l/5/2025", "ngày 21/5/2025"))
    assert (misread.edtf, misread.rule, read.edtf) == ("2025-05-21", "misread", "2025-05-21")
    assert misread.confidence < read.confidence


HOSTILE = [
    "05 ngày sau ", "trước khi a ", "kể từ ngày ", "trong vòng 5 ngày, ", "ngày 2l/", "tháng l", "hằng tuần thứ hai, ",
    "kỷ niệm 10 năm (", "1/1-", "thứ hai tuần ", "ngày cuối cùng của ", "tết bính ",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_reading_takes_linear_time(unit: str) -> None:
    short, long = (unit * (size // len(unit)) for size in (2_000, 4_000))
    assert grows_within(lambda: find_dates(short, KNOWLEDGE), lambda: find_dates(long, KNOWLEDGE), 2.5, 0.005)
