"""Many phrases as one pattern match what an alternation of them, the longest first, would match."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.knowledge.patterns import any_of

PHRASES = st.lists(st.text("ab ố.", max_size=5), min_size=1, max_size=8)


@given(PHRASES, st.text("ab ố.", max_size=12))
def test_it_matches_like_the_longest_first(phrases: list[str], text: str) -> None:
    plain = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    for end in ("", "a", "(?!b)"):
        as_tree, as_row = re.compile(any_of(phrases) + end), re.compile(f"(?:{plain}){end}")
        assert [m.span() for m in as_tree.finditer(text)] == [m.span() for m in as_row.finditer(text)]


@pytest.mark.parametrize(
    ("phrases", "pattern"),
    [
        (["quyết định"], "quyết định"),
        (["cho đến", "đến"], "(?:cho đến|đến)"),
        (["hạn", "hạn cuối", "hạn chót"], "hạn(?: c(?:hót|uối))?"),
        (["", "a"], "(?:a)?"),
    ],
)
def test_phrases_share_what_they_begin_with(phrases: list[str], pattern: str) -> None:
    assert any_of(phrases) == pattern


def test_a_blank_may_be_any_run_of_blanks() -> None:
    assert re.fullmatch(any_of(["cho đến"], r"\s+"), "cho \n đến")
