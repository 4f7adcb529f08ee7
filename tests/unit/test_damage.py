"""The damage test: what each damage does to a text, what of it is the page's own, and that mild damage costs little."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from damage import CHANGES_WORDING, DAMAGES, LEVELS, damaged, page_true
from measure_damage import MOST_POINTS, Sound, own_samples, points, read, worsened

from pipeline.flow import Kit, make_kit

TEXT = """UBND XÃ AN HÒA
I. MỤC ĐÍCH, YÊU CẦU
Căn cứ Quyết định số 12/QĐ-UBND ngày 02/3/2025 của Ủy ban nhân dân xã về công tác phòng cháy, chữa cháy trên địa bàn xã;
TT\tNội dung\tNgười làm
1\tHọp dân, phổ biến kế hoạch và lấy ý kiến của các hộ gia đình trong toàn thôn về việc này\tTrưởng thôn
"""


@pytest.fixture(scope="module")
def kit() -> Kit:
    return make_kit()


@pytest.fixture(scope="module")
def samples(kit: Kit) -> list[Sound]:
    return list(own_samples(kit))


def worse(name: str, level: str, seed: int = 1) -> str:
    return "".join(damaged(TEXT, name, level, seed))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", DAMAGES)
def test_a_seed_gives_one_damage_and_every_letter_keeps_its_place(name: str) -> None:
    for level in LEVELS:
        pieces = damaged(TEXT, name, level, 3)
        assert len(pieces) == len(TEXT)
        assert pieces == damaged(TEXT, name, level, 3)
    assert worse(name, "hard") != TEXT


def test_each_damage_does_what_it_says_and_nothing_else() -> None:
    assert "".join(worse("wrapped", "hard").split()) == "".join(TEXT.split())
    assert max(map(len, worse("wrapped", "hard").split("\n")[2:-3])) <= 37
    assert TEXT.split("\n")[-2] in worse("torn", "medium")  # rows of tables stay
    assert "".join(worse("torn", "hard").split()) == "".join(TEXT.split())
    assert "QĐUBND" in worse("hyphens", "hard")
    assert worse("tones", "hard").startswith("UBND XA AN HOA\nI. MUC ĐICH, YÊU CÂU\nCăn cứ")
    assert " ".join(worse("blanks", "hard").split()) == " ".join(TEXT.split())
    assert [letter for letter in worse("swaps", "hard") if letter.isdigit()] == [c for c in TEXT if c.isdigit()]
    assert unicodedata.normalize("NFC", worse("nfd", "hard")) == TEXT


def test_gold_is_true_to_the_damaged_page_in_wording_and_in_nothing_else() -> None:
    gold = {
        "number": "12/QĐ-UBND", "units": ["Ủy ban nhân dân xã", "không có ở đây"], "title": None,
        "sections": [["I", "MỤC ĐÍCH, YÊU CẦU", None, 1]],
    }  # fmt: skip
    changed = page_true(gold, TEXT, damaged(TEXT, "tones", "hard", 1))
    assert changed["also_right"] == {"MỤC ĐÍCH, YÊU CẦU": ["MUC ĐICH, YÊU CÂU"]}
    assert {name: changed[name] for name in gold} == gold


@pytest.fixture(scope="module")
def sound(samples: list[Sound], kit: Kit) -> dict[str, float]:
    """The points of every measure of which there is enough to count in points: of ten values one is ten points."""
    found = read(samples, kit)
    return {name: figure for name, figure in points(found).items() if found.measures[name].counts["strict"].wanted > 12}


def test_sound_samples_read_well_enough_to_measure_damage(samples: list[Sound], sound: dict[str, float]) -> None:
    assert len(samples) > 4
    assert {"tasks.assignees", "signers", "units"} <= set(sound)
    assert min(sound[name] for name in ("header", "sections", "sections.role", "references", "dates")) > 97


@pytest.mark.parametrize("name", DAMAGES)
def test_mild_damage_costs_no_measure_more_than_ten_points(
    name: str, samples: list[Sound], sound: dict[str, float], kit: Kit
) -> None:
    now = points(read(worsened(samples, name, "mild", 1), kit))
    assert {measure: sound[measure] - now[measure] for measure in sound if sound[measure] - now[measure] > MOST_POINTS} == {}


def test_what_changes_letters_is_told_apart_from_what_can_be_undone() -> None:
    assert set(DAMAGES) > CHANGES_WORDING
    for name in set(DAMAGES) - CHANGES_WORDING:
        assert "".join(unicodedata.normalize("NFC", worse(name, "hard")).split()) == "".join(TEXT.split())
