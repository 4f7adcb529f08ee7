"""The scans made of sample plans: what was asked of the scanner is what the pictures show, and no text hides in them."""

from __future__ import annotations

import io
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from make_samples import PLANS, render
from samples.plan import Plan, load
from samples.portable import render_pdf
from samples.scan import Scan, pictures
from samples.scan_files import as_english, misread_pdf, mixed_pdf, pdf_of, picture_of, sealed_pdf, signed, tiff_of

PLAIN = Scan(dpi=60, skew=0, stamp=False, signature=False, noise=0, shadow=0)


@cache
def plan() -> Plan:
    """A plan of two pages."""
    return load(PLANS / "h2_ha_lam_khe_tre_em_2026.toml")


@cache
def printed() -> bytes:
    return render_pdf(plan())


def pages(**fields: object) -> list[Image.Image]:
    """The plan scanned with some fields of its own."""
    values = {name: getattr(PLAIN, name) for name in PLAIN.__dataclass_fields__} | fields
    return pictures(printed(), Scan(**values), signed(plan()))


def texts(pdf: bytes) -> list[str]:
    """The text layer of each page."""
    document = pypdfium2.PdfDocument(pdf)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return found


def share_of(page: Image.Image, strongest: int, least: int) -> float:
    """The share of dots in which one channel stands out from the two others."""
    levels = np.asarray(page.convert("RGB"), dtype=int)
    others = np.delete(levels, strongest, axis=2).max(axis=2)
    return float((levels[..., strongest] - others > least).mean())


@pytest.mark.parametrize(("mode", "kept"), [("colour", "RGB"), ("grey", "L"), ("one-bit", "1")])
def test_mode_is_the_picture_s(mode: str, kept: str) -> None:
    assert {page.mode for page in pages(mode=mode)} == {kept}


def test_resolution_is_dots_per_inch_of_a4() -> None:
    assert {page.size for page in pages(dpi=100)} == {(827, 1170)}


def test_equal_fields_give_equal_pixels_and_the_seed_changes_them() -> None:
    first, again, other = (pages(noise=5.0, seed=seed)[0] for seed in (1, 1, 2))
    assert first.tobytes() == again.tobytes() != other.tobytes()


def test_stamp_and_signature_stand_on_the_last_page_only() -> None:
    bare, stamped = pages(), pages(stamp=True, signature=True)
    assert bare[0].tobytes() == stamped[0].tobytes()
    assert share_of(bare[1], 0, 60) == share_of(bare[1], 2, 60) == 0
    assert share_of(stamped[1], 0, 60) > 0.003
    assert share_of(stamped[1], 2, 40) > 0.0005


def test_number_and_day_by_hand_are_blue_and_on_the_first_page_only() -> None:
    by_hand = pages(written=True, dpi=100)
    assert share_of(by_hand[0], 2, 60) > 0
    assert share_of(by_hand[1], 2, 60) == 0


def test_turned_page_lies_on_its_side() -> None:
    upright, turned = pages()[1], pages(turned=((2, 90),))
    assert turned[0].height > turned[0].width
    assert turned[1].tobytes() == upright.rotate(90, expand=True).tobytes()


def test_skew_moves_the_right_edge_of_a_line_up() -> None:
    """A ruled line of the table falls by the tangent of the angle over the page's width."""

    def line_row(page: Image.Image, column: float) -> int:
        dark = np.asarray(page.convert("L"))[:, int(page.width * column)] < 150
        return int(np.flatnonzero(dark)[0])

    page = pages(skew=1.5, dpi=150)[1].crop((0, 80, 1240, 400))
    fallen = line_row(page, 0.30) - line_row(page, 0.70)
    assert fallen == pytest.approx(1240 * 0.4 * np.tan(np.radians(1.5)), abs=3)


def test_open_lid_leaves_a_dark_edge() -> None:
    page = np.asarray(pages(border=5.0)[0].convert("L"), dtype=int)
    assert page[:10].mean() < 60
    assert page[:, -10:].mean() < 60


def test_photograph_has_a_narrow_far_edge_on_a_dark_desk() -> None:
    page = np.asarray(pages(tilt=0.1)[0].convert("L"), dtype=int)
    widths = [(page[row] > 200).sum() for row in (int(len(page) * 0.05), int(len(page) * 0.95))]
    assert widths[0] < widths[1] * 0.95
    assert page[:, :5].mean() < 90


@pytest.mark.parametrize(("mode", "coding"), [("colour", "DCTDecode"), ("grey", "DCTDecode"), ("one-bit", "CCITTFaxDecode")])
def test_pdf_of_pictures_holds_one_picture_a_page_and_no_text(mode: str, coding: str) -> None:
    document = pypdfium2.PdfDocument(pdf_of(pages(mode=mode), Scan(dpi=60, mode=mode)))
    for page in document:
        assert [item.get_filters() for item in page.get_objects()] == [[coding]]
        assert page.get_textpage().count_chars() == 0
        assert page.get_size() == pytest.approx((595.2, 842.4), abs=2)
    document.close()


def test_tiff_holds_every_page() -> None:
    for mode in ("colour", "grey", "one-bit"):
        made = Image.open(io.BytesIO(tiff_of(pages(mode=mode), Scan(dpi=60, mode=mode))))
        assert (made.format, made.n_frames, made.info["dpi"]) == ("TIFF", 2, (60, 60))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_single_picture_tells_its_resolution(kind: str) -> None:
    made = Image.open(io.BytesIO(picture_of(pages()[0], PLAIN, kind)))
    assert (made.format, round(made.info["dpi"][0])) == (kind, 60)


def test_mixed_pdf_keeps_its_text_pages() -> None:
    first, last = texts(mixed_pdf(printed(), pages(), PLAIN, {2}))
    assert "Tháng hành động vì trẻ em" in first
    assert last == ""


def test_sealed_scan_has_only_the_words_of_the_seal() -> None:
    found = texts(sealed_pdf(pages(), PLAIN, ["Ký bởi: UBND phường Hạ Lam Khê", "Thời gian ký: 06/5/2026"]))
    assert [" ".join(text.split()) for text in found] == ["Ký bởi: UBND phường Hạ Lam Khê Thời gian ký: 06/5/2026", ""]


def test_misread_layer_is_invisible_nonsense_on_every_page() -> None:
    made = misread_pdf(printed(), pages(), PLAIN)
    assert all(len(text) > 300 for text in texts(made))
    assert not set("ạảấầẩẫậắằệễưđ") & set("".join(texts(made)))
    shown = pypdfium2.PdfDocument(made)[0].render(scale=60 / 72).to_pil().convert("L")
    scanned = pypdfium2.PdfDocument(pdf_of(pages(), PLAIN))[0].render(scale=60 / 72).to_pil().convert("L")
    difference = np.abs(np.asarray(shown.resize(scanned.size), dtype=int) - np.asarray(scanned, dtype=int))
    assert difference.mean() < 3


def test_english_reading_of_vietnamese() -> None:
    assert as_english("Kế hoạch số 5 của xã, căn cứ ổn định, Độc lập") == "Ké hoach s6 5 cua xa, can ctr 6n dinh, Doc lap"


def test_picture_file_holds_one_page_only() -> None:
    two_pages = plan().__class__(**{**plan().__dict__, "file": "x/y.jpg"})
    with pytest.raises(ValueError, match="2 pages"):
        render(two_pages)
