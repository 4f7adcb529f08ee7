"""Times in administrative text: every row of the tables, truth written in sentences, spans, years, limits."""

from __future__ import annotations

import re

import pytest

from pipeline.annotate.dates import find_dates
from pipeline.knowledge.dates import DateForm, DateWord, LunarYear
from pipeline.knowledge.load import load_knowledge
from pipeline.values import DateMention

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
