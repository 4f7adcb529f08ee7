"""Folding keeps offsets and makes the spellings of one word equal."""

from __future__ import annotations

import pytest

from pipeline.knowledge.text import fold, old_tones, squash, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Uỷ ban nhân dân", "ủy ban nhân dân"),
        ("ỦY BAN NHÂN DÂN XÃ HOÀ BÌNH", "ủy ban nhân dân xã hòa bình"),
        ("Quảng Hoà,", "quảng hòa,"),
        ("loè khoẻ thuý", "lòe khỏe thúy"),
        ("Đảng uỷ", "đảng ủy"),
        ("quý quỳ quỷ", "quý quỳ quỷ"),
        ("hoàn hoài hoá-học", "hoàn hoài hóa-học"),
        ("thuyền khuya", "thuyền khuya"),
        ("QĐ-UBND", "qđ-ubnd"),
    ],
)
def test_fold_makes_case_and_tone_placement_equal(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["Uỷ ban\n\tHOÀ", "İstanbul hoà", "ẞ ŉ ǰ", "", "e\u0301 oa\u0300"])
def test_fold_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert len(old_tones(text)) == len(text)


def test_fold_is_idempotent() -> None:
    once = fold("UỶ BAN xã Hoà An, HOẠ SĨ Thuỵ")
    assert fold(once) == once


@pytest.mark.parametrize(
    ("text", "moved"),
    [("Uỷ", "Ủy"), ("UỶ", "ỦY"), ("HOÀ", "HÒA"), ("Hoà An", "Hòa An"), ("Quý", "Quý"), ("thuỷ lợi", "thủy lợi")],
)
def test_old_tones_keeps_letter_case(text: str, moved: str) -> None:
    assert old_tones(text) == moved


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Văn hoá – xã hội", "văn hóa - Xã hội"),
        ("Văn hóa-Xã hội", "Văn  hóa -\nxã hội"),
        ("98 / 2023", "98/2023"),
    ],
)
def test_squash_ignores_dashes_and_blanks(one: str, other: str) -> None:
    assert squash(one) == squash(other)


def test_squash_keeps_words_apart() -> None:
    assert squash("Văn phòng") != squash("Vănphòng")


def test_words_are_folded_runs() -> None:
    assert words("Số: 05-CT/TW, Uỷ ban") == ("số", "05", "ct", "tw", "ủy", "ban")
