"""Forms of numbers, and the examples of the tables of documents."""

from __future__ import annotations

from datetime import date

import pytest
from marked_references import KNOWLEDGE, plain

from pipeline.knowledge.documents import DocTypeRow, DocumentStatusRow, IssuerSymbolRow, LawRow
from pipeline.knowledge.numbers import parse_number
from pipeline.knowledge.symbol_slips import SymbolSlipRow

# ------------------------------------------------------------------ numbers

NUMBERS = [
    # raw, serial, year, symbol, canonical, family
    ("Số: 07  /KH-UBND", "07", None, "KH-UBND", "07/KH-UBND", "state"),
    ("Số: / KH-LĐ", None, None, "KH-LĐ", "/KH-LĐ", "state"),
    ("Số:      /KH-UBND", None, None, "KH-UBND", "/KH-UBND", "state"),
    ("Số: ……/KH-UBND", None, None, "KH-UBND", "/KH-UBND", "state"),
    ("Số: .../2025/QĐ-UBND", None, 2025, "QĐ-UBND", "/2025/QĐ-UBND", "state"),
    ("Số:    -KH/ĐU", None, None, "KH/ĐU", "-KH/ĐU", "party"),
    ("Số : 07/KH-UBND", "07", None, "KH-UBND", "07/KH-UBND", "state"),
    ("Số 05 - KH/ĐU", "05", None, "KH/ĐU", "05-KH/ĐU", "party"),
    ("02-CV/BCĐ", "02", None, "CV/BCĐ", "02-CV/BCĐ", "party"),
    ("231 / BC-BCĐPCGD-XMC", "231", None, "BC-BCĐPCGD-XMC", "231/BC-BCĐPCGD-XMC", "state"),
    ("98/2023/NĐ-CP", "98", 2023, "NĐ-CP", "98/2023/NĐ-CP", "state"),
    ("98/2023/NÐ-CP", "98", 2023, "NĐ-CP", "98/2023/NĐ-CP", "state"),
    ("98/2023/NĐ – CP", "98", 2023, "NĐ-CP", "98/2023/NĐ-CP", "state"),
    ("98 /2023/NĐ-CP", "98", 2023, "NĐ-CP", "98/2023/NĐ-CP", "state"),
    ("66.25/2026/NQ-CP", "66.25", 2026, "NQ-CP", "66.25/2026/NQ-CP", "state"),
    ("30c/NQ-CP", "30c", None, "NQ-CP", "30c/NQ-CP", "state"),
    ("19/CT- TTg", "19", None, "CT-TTg", "19/CT-TTg", "state"),
    ("12/QĐ - UBND", "12", None, "QĐ-UBND", "12/QĐ-UBND", "state"),
    ("279/KHUBND", "279", None, "KH-UBND", "279/KH-UBND", "state"),
    ("50/NQCP", "50", None, "NQ-CP", "50/NQ-CP", "state"),
    ("44/2014  TT-BTNMT", "44", 2014, "TT-BTNMT", "44/2014/TT-BTNMT", "state"),
    ("12/KH UBND tỉnh", "12", None, "KH-UBND", "12/KH-UBND", "state"),
    ("35/KH-UBNDngày 13", "35", None, "KH-UBND", "35/KH-UBND", "state"),
    ("15/QĐ-UB", "15", None, "QĐ-UB", "15/QĐ-UB", "state"),
    ("20/QĐ.TTg", "20", None, "QĐ.TTg", "20/QĐ.TTg", "state"),
    ("117/2008/QĐ", "117", 2008, "QĐ", "117/2008/QĐ", "state"),
    ("12/KH-CĐ&ChĐ", "12", None, "KH-CĐ&ChĐ", "12/KH-CĐ&ChĐ", "state"),
    ("403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN", "403", 2017, "NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN",
     "403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN", "state"),
    ("1662/NQ-UBTVQH15", "1662", None, "NQ-UBTVQH15", "1662/NQ-UBTVQH15", "state"),
    ("05-CT/TW", "05", None, "CT/TW", "05-CT/TW", "party"),
    ("37- QĐ/TW", "37", None, "QĐ/TW", "37-QĐ/TW", "party"),
    ("214 - KH/TWĐTN-CTTN", "214", None, "KH/TWĐTN-CTTN", "214-KH/TWĐTN-CTTN", "party"),
    ("14 – HD/HĐĐ", "14", None, "HD/HĐĐ", "14-HD/HĐĐ", "party"),
    ("298 KH/TWĐTN", "298", None, "KH/TWĐTN", "298-KH/TWĐTN", "other"),
    ("05CT/TW", "05", None, "CT/TW", "05-CT/TW", "other"),
    ("124/QĐ/TTg", "124", None, "QĐ/TTg", "124/QĐ/TTg", "other"),
    ("06/2022/QH15", "06", 2022, "QH15", "06/2022/QH15", "na"),
    ("1211/2016/UBTVQH13", "1211", 2016, "UBTVQH13", "1211/2016/UBTVQH13", "na"),
    ("12/UBND-VX", "12", None, "UBND-VX", "12/UBND-VX", "cong_van"),
    ("161/STTTT", "161", None, "STTTT", "161/STTTT", "cong_van"),
    ("5319/BYT-KH-TC", "5319", None, "BYT-KH-TC", "5319/BYT-KH-TC", "cong_van"),
    ("07/KH-TH2PĐ", "07", None, "KH-TH2PĐ", "07/KH-TH2PĐ", "state"),
    ("28/ UBND-VHTT", "28", None, "UBND-VHTT", "28/UBND-VHTT", "cong_van"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "serial", "year", "symbol", "canonical", "family"), NUMBERS)
def test_number_forms(raw, serial, year, symbol, canonical, family):
    number = parse_number(raw, None, KNOWLEDGE)
    assert number is not None
    got = (number.serial, number.year, number.symbol, number.canonical, number.family)
    assert got == (serial, year, symbol, canonical, family)


PARTS = [
    # raw, type, issuer, unit
    ("11/2024/QĐ-UBND", "QĐ", "UBND", None),
    ("07/2014/TTLT-BTP-BTC", "TTLT", "BTP-BTC", None),
    ("367 - QĐ/TWĐTN-VP", "QĐ", "TWĐTN-VP", None),
    ("05/BNV-VP", None, "BNV", "VP"),
    ("5319/BYT-KH-TC", None, "BYT", "KH-TC"),
    ("06/2022/QH15", None, "QH15", None),
    ("234-CV/BTGTU", "CV", "BTGTU", None),
]


@pytest.mark.parametrize(("raw", "type_part", "issuer", "unit"), PARTS)
def test_parts_of_a_symbol(raw, type_part, issuer, unit):
    number = parse_number(raw, None, KNOWLEDGE)
    assert number is not None
    assert (number.type_abbreviation, number.issuer, number.unit) == (type_part, issuer, unit)


@pytest.mark.parametrize("raw", ["480/100.000", "13/1543", "26/4/2019", "Số nhà 12", "", "Kế hoạch", "0220.389.7352"])
def test_no_number(raw):
    assert parse_number(raw, None, KNOWLEDGE) is None


def test_a_known_type_makes_a_symbol_without_type_no_cong_van():
    number = parse_number("749/TTg", "Quyết định", KNOWLEDGE)
    assert number is not None
    assert number.family == "state"


# ------------------------------------------------------------------ the tables


@pytest.mark.parametrize("row", KNOWLEDGE.rows(DocTypeRow), ids=lambda row: row.id)
def test_examples_of_doc_types(row):
    assert row.examples
    for example in row.examples:
        assert [r.doc_type for r in plain(example)] == [row.name], example
    for wrong in row.not_examples:
        assert row.name not in [r.doc_type for r in plain(wrong)], wrong


@pytest.mark.parametrize("row", KNOWLEDGE.rows(IssuerSymbolRow), ids=lambda row: row.id)
def test_examples_of_issuer_symbols(row):
    assert row.examples
    for example in row.examples:
        number = parse_number(example, None, KNOWLEDGE)
        assert number is not None
        assert (number.issuer or "").upper().startswith(tuple(s.upper() for s in (row.symbol, *row.aliases))), example
    assert not [wrong for wrong in row.not_examples if parse_number(wrong, None, KNOWLEDGE)]


@pytest.mark.parametrize("row", KNOWLEDGE.rows(SymbolSlipRow), ids=lambda row: row.id)
def test_examples_of_symbol_slips(row):
    def canonical(raw: str) -> str:
        number = parse_number(raw, None, KNOWLEDGE)
        assert number is not None
        return number.canonical

    assert row.examples
    for example in row.examples:
        printed, meant = example.split("=")
        assert canonical(printed) == meant
    for sound in row.not_examples:
        assert canonical(sound) == sound


@pytest.mark.parametrize("row", KNOWLEDGE.rows(LawRow), ids=lambda row: row.id)
def test_examples_of_laws(row):
    assert row.examples
    for example in row.examples:
        assert [(r.start, r.end, r.key) for r in plain(example)] == [(0, len(example), f"luat:{row.number or row.id}")]
    for alias in row.aliases:
        assert [r.end for r in plain(f"{row.doc_type} {alias};")] == [len(row.doc_type) + 1 + len(alias)], alias
    assert not [wrong for wrong in row.not_examples if plain(wrong)]
    assert row.date is None or row.valid_from is None or row.date <= row.valid_from
    assert row.valid_to is None or row.valid_from is None or row.valid_from < row.valid_to


@pytest.mark.parametrize("row", KNOWLEDGE.rows(DocumentStatusRow), ids=lambda row: row.id)
def test_examples_of_document_statuses(row):
    assert row.examples
    fate = (row.status, row.replaced_by) if row.verified else ("unknown", None)
    for example in row.examples:
        assert [(r.status, r.replaced_by) for r in plain(example)] == [fate], example
    assert not [r for wrong in row.not_examples for r in plain(wrong) if r.status != "unknown"]
    assert (row.status == "in_force") == (row.valid_to is None)
    assert row.date <= date.today()
