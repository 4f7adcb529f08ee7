"""What the OCR measurement counts as wrong: letters, marks, words, and words read in another place."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from text_errors import compare, distance, pairs

SHORT = st.text("abc", max_size=9)


def by_table(first: str, second: str) -> tuple[int, int]:
    """The textbook's distance and length of the longest common subsequence."""
    costs, commons = list(range(len(second) + 1)), [0] * (len(second) + 1)
    for letter in first:
        above, common, costs, commons = costs, commons, [costs[0] + 1], [0]
        for index, other in enumerate(second):
            costs.append(min(above[index] + (letter != other), above[index + 1] + 1, costs[index] + 1))
            commons.append(max(common[index] + (letter == other), common[index + 1], commons[index]))
    return costs[-1], commons[-1]


@given(SHORT, SHORT)
def test_distance_is_that_of_the_textbook(first: str, second: str) -> None:
    assert distance(first, second) == by_table(first, second)[0]


@given(SHORT, SHORT)
def test_pairs_agree_in_order_and_none_longer_exists(first: str, second: str) -> None:
    found = pairs(first, second)
    assert all(first[i] == second[j] for i, j in found)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))
    assert len(found) == by_table(first, second)[1]


TRUTH = "Ủy ban nhân dân xã Nà Pheo ban hành Kế hoạch giảm nghèo bền vững năm 2025"


@pytest.mark.parametrize(
    ("read", "wrong", "marks", "other"),
    [
        (TRUTH, 0, [], 0),
        (TRUTH.replace(" ", "\n  "), 0, [], 0),
        (TRUTH.replace("Kế", "Kê"), 1, [("Kế", "Kê")], 0),
        (TRUTH.replace("2025", "2026"), 1, [], 1),
        (TRUTH.replace("ban hành ", ""), 9, [], 2),
        (TRUTH.replace("ban hành", "banhành"), 1, [], 2),
        ("", len(TRUTH), [], 17),
    ],
)
def test_errors_are_told_apart(read: str, wrong: int, marks: list[tuple[str, str]], other: int) -> None:
    found = compare(TRUTH, read)
    assert (found.wrong_characters, found.marks, found.other_words, found.moved) == (wrong, marks, other, 0)


def test_what_was_read_elsewhere_is_no_wrong_letter_in_its_place() -> None:
    left, right = "Cộng hòa xã hội chủ nghĩa Việt Nam", "Số: 08/KH-UBND ngày 12 tháng 3"
    found = compare(f"{left} {right}", f"{right} {left}")
    assert found.wrong_characters == by_table(f"{left} {right}", f"{right} {left}")[0]
    assert found.moved == 8
    assert found.wrong_in_place <= 1
