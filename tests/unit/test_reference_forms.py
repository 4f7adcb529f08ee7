"""Forms of citations by family, each in a sentence of its own, read with the dates and units that the program finds."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from marked_references import KNOWLEDGE

from pipeline.annotate import annotate
from pipeline.knowledge.documents import DocTypes, IssuerSymbols
from pipeline.knowledge.numbers import parse_number
from pipeline.values import Frame, NormalText, Outline, Paragraph, ReferenceMention

FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts"

# family -> sentences with what is to be found in them: words, type, number, date
FORMS: dict[str, list[tuple[str, list[tuple[str, str, str | None, str | None]]]]] = {
    "state, with a year": [
        ("Căn cứ Nghị định số 66/2021/NĐ-CP ngày 06 tháng 7 năm 2021 của Chính phủ về thiên tai;",
         [("Nghị định số 66/2021/NĐ-CP ngày 06 tháng 7 năm 2021", "Nghị định", "66/2021/NĐ-CP", "2021-07-06")]),
        ("theo Quyết định 26/2019/QĐ-UBND của UBND tỉnh Hưng Yên, ngày 05/02/2019, các xã thực hiện",
         [("Quyết định 26/2019/QĐ-UBND của UBND tỉnh Hưng Yên, ngày 05/02/2019", "Quyết định", "26/2019/QĐ-UBND", "2019-02-05")]),
        ("Nghị quyết số 66.7/2025/NQ-CP (ngày 15/11/2025) của Chính phủ",
         [("Nghị quyết số 66.7/2025/NQ-CP (ngày 15/11/2025)", "Nghị quyết", "66.7/2025/NQ-CP", "2025-11-15")]),
        ("Lệnh số 12/2022/L-CTN ngày 29/6/2022 của Chủ tịch nước",
         [("Lệnh số 12/2022/L-CTN ngày 29/6/2022", "Lệnh", "12/2022/L-CTN", "2022-06-29")]),
    ],
    "state, without a year": [
        ("Thực hiện Quyết định số 471/QĐ-TTg, ngày 26/4/2019 của Thủ tướng Chính phủ",
         [("Quyết định số 471/QĐ-TTg, ngày 26/4/2019", "Quyết định", "471/QĐ-TTg", "2019-04-26")]),
        ("Kế hoạch số : 271/KH – UBND ngày 14-3-2024 của huyện",
         [("Kế hoạch số : 271/KH – UBND ngày 14-3-2024", "Kế hoạch", "271/KH-UBND", "2024-03-14")]),
        ("Nghị quyết số 30c/NQ-CP; Quyết định 02b/QĐ-UBND đã ban hành",
         [("Nghị quyết số 30c/NQ-CP", "Nghị quyết", "30c/NQ-CP", None), ("Quyết định 02b/QĐ-UBND", "Quyết định", "02b/QĐ-UBND", None)]),
        ("Công điện số 81 ngày 10/9/2024 của Thủ tướng Chính phủ; Công điện 83/CĐ-TTg",
         [("Công điện số 81 ngày 10/9/2024", "Công điện", "81", "2024-09-10"), ("Công điện 83/CĐ-TTg", "Công điện", "83/CĐ-TTg", None)]),
        ("QUYẾT ĐỊNH SỐ 9/QĐ-TTG NGÀY 12/3/2024 CỦA THỦ TƯỚNG CHÍNH PHỦ",
         [("QUYẾT ĐỊNH SỐ 9/QĐ-TTG NGÀY 12/3/2024", "Quyết định", "9/QĐ-TTG", "2024-03-12")]),
    ],
    "ministries, joint papers": [
        ("Thông tư liên tịch số 07/2014/TTLT-BTP-BTC ngày 27/01/2014; Thông tư 15/2022/TT-BGDĐT",
         [("Thông tư liên tịch số 07/2014/TTLT-BTP-BTC ngày 27/01/2014", "Thông tư liên tịch", "07/2014/TTLT-BTP-BTC", "2014-01-27"),
          ("Thông tư 15/2022/TT-BGDĐT", "Thông tư", "15/2022/TT-BGDĐT", None)]),
        ("Nghị quyết liên tịch số 403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN ngày 15/6/2017",
         [("Nghị quyết liên tịch số 403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN ngày 15/6/2017", "Nghị quyết liên tịch",
           "403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN", "2017-06-15")]),
        ("Công văn số 5319/BYT-KH-TC và Công văn 45/TTHĐND ngày 03/4/2025",
         [("Công văn số 5319/BYT-KH-TC", "Công văn", "5319/BYT-KH-TC", None),
          ("Công văn 45/TTHĐND ngày 03/4/2025", "Công văn", "45/TTHĐND", "2025-04-03")]),
        ("Văn bản hợp nhất số 03/VBHN-VPQH ngày 12/01/2024",
         [("Văn bản hợp nhất số 03/VBHN-VPQH ngày 12/01/2024", "Văn bản hợp nhất", "03/VBHN-VPQH", "2024-01-12")]),
    ],
    "National Assembly": [
        ("Luật số 06/2022/QH15 và Luật 102/2016/QH13 ngày 05/4/2016 của Quốc hội",
         [("Luật số 06/2022/QH15", "Luật", "06/2022/QH15", None),
          ("Luật 102/2016/QH13 ngày 05/4/2016", "Luật", "102/2016/QH13", "2016-04-05")]),
        ("Nghị quyết 35/2023/UBTVQH15 ngày 12/7/2023; Nghị quyết số 1656/NQ-UBTVQH15; Nghị quyết số 202/2025/QH15",
         [("Nghị quyết 35/2023/UBTVQH15 ngày 12/7/2023", "Nghị quyết", "35/2023/UBTVQH15", "2023-07-12"),
          ("Nghị quyết số 1656/NQ-UBTVQH15", "Nghị quyết", "1656/NQ-UBTVQH15", None),
          ("Nghị quyết số 202/2025/QH15", "Nghị quyết", "202/2025/QH15", None)]),
        ("Pháp lệnh Thực hiện dân chủ ở xã, phường, thị trấn số 34/2007/PL-UBTVQH11 ngày 20/4/2007",
         [("Pháp lệnh Thực hiện dân chủ ở xã, phường, thị trấn số 34/2007/PL-UBTVQH11 ngày 20/4/2007", "Pháp lệnh",
           "34/2007/PL-UBTVQH11", "2007-04-20")]),
    ],
    "Party": [
        ("Chỉ thị số 05-CT/TW; Quy định số 37- QĐ/TW ngày 25/10/2021 của Ban Chấp hành Trung ương",
         [("Chỉ thị số 05-CT/TW", "Chỉ thị", "05-CT/TW", None),
          ("Quy định số 37- QĐ/TW ngày 25/10/2021", "Quy định", "37-QĐ/TW", "2021-10-25")]),
        ("Kế hoạch số 05 - KH/ĐU ngày 12/3/2025 của Đảng ủy xã Hòa Bình; Thông tri 03-TT/TU; Công văn 171 - CV/HU",
         [("Kế hoạch số 05 - KH/ĐU ngày 12/3/2025", "Kế hoạch", "05-KH/ĐU", "2025-03-12"),
          ("Thông tri 03-TT/TU", "Thông tri", "03-TT/TU", None), ("Công văn 171 - CV/HU", "Công văn", "171-CV/HU", None)]),
        ("Báo cáo số 03-BC/CB; Hướng dẫn số 12-HD/BTGDVTW; Kết luận số 127-KL/TW",
         [("Báo cáo số 03-BC/CB", "Báo cáo", "03-BC/CB", None), ("Hướng dẫn số 12-HD/BTGDVTW", "Hướng dẫn", "12-HD/BTGDVTW", None),
          ("Kết luận số 127-KL/TW", "Kết luận", "127-KL/TW", None)]),
    ],
    "mass organisations, commune offices, councils": [
        ("Kế hoạch số 214 - KH/TWĐTN-CTTN; Quyết định số 84 QĐ/TWĐTN; Kế hoạch số 12/KH-MTTQ-BTT",
         [("Kế hoạch số 214 - KH/TWĐTN-CTTN", "Kế hoạch", "214-KH/TWĐTN-CTTN", None),
          ("Quyết định số 84 QĐ/TWĐTN", "Quyết định", "84-QĐ/TWĐTN", None),
          ("Kế hoạch số 12/KH-MTTQ-BTT", "Kế hoạch", "12/KH-MTTQ-BTT", None)]),
        ("Tờ trình số 05/TTr-VHXH ngày 10/01/2026 của Phòng Văn hóa - Xã hội; 03/BC-TTPVHCC đã gửi",
         [("Tờ trình số 05/TTr-VHXH ngày 10/01/2026", "Tờ trình", "05/TTr-VHXH", "2026-01-10"),
          ("03/BC-TTPVHCC", "Báo cáo", "03/BC-TTPVHCC", None)]),
        ("Nghị quyết số 15/NQ-HĐND ngày 20/12/2025 của HĐND xã; Hướng dẫn số 09/HD-HĐTĐKT",
         [("Nghị quyết số 15/NQ-HĐND ngày 20/12/2025", "Nghị quyết", "15/NQ-HĐND", "2025-12-20"),
          ("Hướng dẫn số 09/HD-HĐTĐKT", "Hướng dẫn", "09/HD-HĐTĐKT", None)]),
    ],
    "old forms": [
        ("Quyết định số 15/QĐ-UB; Quyết định 170/TTg; Nghị định số 64/CP ngày 27/9/1993; 117/2008/QĐ-TTg",
         [("Quyết định số 15/QĐ-UB", "Quyết định", "15/QĐ-UB", None), ("Quyết định 170/TTg", "Quyết định", "170/TTg", None),
          ("Nghị định số 64/CP ngày 27/9/1993", "Nghị định", "64/CP", "1993-09-27"),
          ("117/2008/QĐ-TTg", "Quyết định", "117/2008/QĐ-TTg", None)]),
    ],
    "laws by name": [
        ("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022; Bộ luật Lao động năm 2019; Luật Đất đai 2024;",
         [("Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022", "Luật", None, "2022-06-15"),
          ("Bộ luật Lao động năm 2019", "Bộ luật", None, "2019"), ("Luật Đất đai 2024", "Luật", None, "2024")]),
        ("khoản 2 Điều 9 Luật Thực hiện dân chủ ở cơ sở; Hiến pháp năm 2013; Luật PBGDPL",
         [("Luật Thực hiện dân chủ ở cơ sở", "Luật", None, None), ("Hiến pháp năm 2013", "Hiến pháp", None, "2013"),
          ("Luật PBGDPL", "Luật", None, None)]),
        ("Luật sửa đổi, bổ sung một số điều của Luật Đất đai, Luật Nhà ở, Luật Các tổ chức tín dụng số 43/2024/QH15;",
         [("Luật sửa đổi, bổ sung một số điều của Luật Đất đai, Luật Nhà ở, Luật Các tổ chức tín dụng số 43/2024/QH15", "Luật",
           "43/2024/QH15", None)]),
        ("Luật sửa đổi, bổ sung một số điều của Luật Đất đai số 31/2024/QH15 được Quốc hội thông qua",
         [("Luật sửa đổi, bổ sung một số điều của Luật Đất đai số 31/2024/QH15", "Luật", None, None)]),
    ],
    "congresses, plenums, programmes": [
        ("Nghị quyết Đại hội Đảng bộ xã lần thứ XXV, nhiệm kỳ 2020 - 2025; Nghị quyết Trung ương 4 khóa XII",
         [("Nghị quyết Đại hội Đảng bộ xã lần thứ XXV", "Nghị quyết", None, None),
          ("Nghị quyết Trung ương 4 khóa XII", "Nghị quyết", None, None)]),
        ("THỰC HIỆN ĐỀ ÁN 06 NĂM 2025; Chương trình 135; Đề án “06”; ĐA 06",
         [("ĐỀ ÁN 06", "Đề án", "06", None), ("Chương trình 135", "Chương trình", "135", None), ("Đề án “06”", "Đề án", "06", None),
          ("ĐA 06", "Đề án", "06", None)]),
    ],
    "lists that share type or symbol": [
        ("bộ tứ Nghị quyết 57, 59, 66 và 68 của Bộ Chính trị",
         [("Nghị quyết 57", "Nghị quyết", "57", None), ("59", "Nghị quyết", "59", None), ("66", "Nghị quyết", "66", None),
          ("68", "Nghị quyết", "68", None)]),
        ("các Nghị quyết số 57, 59-NQ/TW; Phương án số 2 và 3/PA-UBND",
         [("Nghị quyết số 57", "Nghị quyết", "57-NQ/TW", None), ("59-NQ/TW", "Nghị quyết", "59-NQ/TW", None),
          ("Phương án số 2", "Phương án", "2/PA-UBND", None), ("3/PA-UBND", "Phương án", "3/PA-UBND", None)]),
        ("Nghị định số 34/2016/NĐ-CP được sửa đổi, bổ sung bởi Nghị định số 154/2020/NĐ-CP và Nghị định số 59/2024/NĐ-CP",
         [("Nghị định số 34/2016/NĐ-CP", "Nghị định", "34/2016/NĐ-CP", None),
          ("Nghị định số 154/2020/NĐ-CP", "Nghị định", "154/2020/NĐ-CP", None),
          ("Nghị định số 59/2024/NĐ-CP", "Nghị định", "59/2024/NĐ-CP", None)]),
    ],
    "spoilt symbols": [
        ("Nghị định 98/2023/ND-CP; Quyết định số 12/QD-UBND; Nghị quyết số 12/NQ-HDND; Chỉ thị 05-CT/TVV",
         [("Nghị định 98/2023/ND-CP", "Nghị định", "98/2023/NĐ-CP", None), ("Quyết định số 12/QD-UBND", "Quyết định", "12/QĐ-UBND", None),
          ("Nghị quyết số 12/NQ-HDND", "Nghị quyết", "12/NQ-HĐND", None), ("Chỉ thị 05-CT/TVV", "Chỉ thị", "05-CT/TW", None)]),
        ("Kế hoạch 12/KHUBND; Nghị quyết 50/NQCP; Quyết định 7/QDUBND; Nghị định 30/2020/NĐCP",
         [("Kế hoạch 12/KHUBND", "Kế hoạch", "12/KH-UBND", None), ("Nghị quyết 50/NQCP", "Nghị quyết", "50/NQ-CP", None),
          ("Quyết định 7/QDUBND", "Quyết định", "7/QĐ-UBND", None), ("Nghị định 30/2020/NĐCP", "Nghị định", "30/2020/NĐ-CP", None)]),
    ],
    "bases that nobody can look up": [
        ("Căn cứ ý kiến chỉ đạo của Ban Thường vụ Đảng ủy xã Hòa Bình;", [("ý kiến chỉ đạo", "Ý kiến chỉ đạo", None, None)]),
        ("Căn cứ Nghị quyết của Đảng ủy xã Hòa Bình về nhiệm vụ năm 2025;", [("Nghị quyết", "Nghị quyết", None, None)]),
        ("Thực hiện ý kiến chỉ đạo của Chủ tịch UBND huyện tại Công văn số 12/UBND-VX;",
         [("Công văn số 12/UBND-VX", "Công văn", "12/UBND-VX", None)]),
    ],
}  # fmt: skip

NO_CITATIONS = [
    "theo Chỉ thị, Nghị quyết của cấp trên; quán triệt các Nghị quyết của Đảng, pháp luật của Nhà nước",
    "Căn cứ Kế hoạch này, các đơn vị xây dựng kế hoạch; Kế hoạch này thay thế Kế hoạch năm 2024",
    "tỷ lệ 480/100.000; đạt 12/15 thôn; 45/50 ĐV; điểm 9/10; tỷ số 3/1; vòng 1/8 KH; 20 KH/năm; 03 BC/tháng; 12/15 HU viên",
    "ĐT: 0220/3786.123; số tài khoản 3713.0.1055487; Fax: 0203.3.821-UB; mã số thuế 5700123456-001; CCCD 030123456789",
    "biển số 34A-123.45; số nhà 12/5; km 12/QL18; thửa đất số 12/TBĐ-05; QCVN 01-1:2018/BYT; TCVN 5687/2010; 7h30/14h00",
    "kế hoạch 2021 - 2025; Kế hoạch 100 ngày; ban hành 05 Kế hoạch, 12 Quyết định; Nghị quyết 100% đại biểu; Hợp đồng 68",
    "Nghị quyết trên; Quyết định nêu trên; các kế hoạch nêu trên; QĐ 15 ngày; NQ 57 đồng; Luật này; áp dụng Luật",
    "Chi bộ 3; Tổ dân phố số 5; Mẫu số 01/BCTK; Biểu 02/KHUB; 50.000đ/người/ngày; 12.000.000đ/năm; vắc xin DPT-VGB-Hib",
    "lấy ý kiến chỉ đạo của cấp trên; xin ý kiến chỉ đạo của Chủ tịch UBND huyện",
]


def cited(text: str) -> tuple[ReferenceMention, ...]:
    normal = NormalText(text=text, paragraphs=(Paragraph(0, len(text), 1),))
    return annotate(normal, Outline((), Frame()), KNOWLEDGE).references


@pytest.mark.parametrize(
    ("text", "wanted"), [form for forms in FORMS.values() for form in forms], ids=lambda value: str(value)[:40]
)
def test_forms_in_sentences(text: str, wanted: list[tuple[str, str, str | None, str | None]]) -> None:
    assert [(text[r.start : r.end], r.doc_type, r.number, r.date) for r in cited(text)] == wanted


@pytest.mark.parametrize("text", NO_CITATIONS, ids=lambda text: text[:40])
def test_what_looks_like_a_citation(text: str) -> None:
    assert [text[r.start : r.end] for r in cited(text)] == []


def test_bases_that_cannot_be_looked_up_say_so_by_their_rule() -> None:
    rules = [r.rule for text, _ in FORMS["bases that nobody can look up"][:2] for r in cited(text)]
    assert rules == ["oral_basis", "titled_basis"]


# ------------------------------------------------------------------ the lists of forms, types and issuers

needs_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="the lists of forms are not on this machine")


def listed(name: str) -> list[dict[str, str]]:
    if not FACTS.is_dir():
        return []
    with (FACTS / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@needs_facts
@pytest.mark.parametrize("row", listed("number_forms.csv"), ids=lambda row: row["raw"])
def test_every_listed_form_of_a_number(row: dict[str, str]) -> None:
    number = parse_number(row["raw"], row["doc_type_word"], KNOWLEDGE)
    assert number is not None
    got = (number.serial or "", str(number.year or ""), number.type_abbreviation or "", number.issuer or "", number.unit or "")
    assert got == tuple(row[name] for name in ("number", "year_in_symbol", "type_abbr", "issuer_abbr", "unit_abbr"))
    assert number.family == {"state_normative": "state", "state_admin": "state"}.get(row["family"], row["family"])
    if not number.serial:
        return
    for sentence in ("theo {} số {} ngày 15/3/2022 của cơ quan ban hành;", "theo {} {} đã ban hành"):
        # U+00D0 is made Đ where the text is made one; annotate reads it as it leaves that room.
        text = sentence.format(row["doc_type_word"], row["raw"].replace("Ð", "Đ"))
        found = [(r.doc_type, (r.number or "").replace(" ", "")) for r in cited(text)]
        assert found == [(row["doc_type_word"], number.canonical)], text


# Never cited as documents: they go with a copy or a person, or have no number.
NOT_CITED = {
    "Phiếu gửi", "Phiếu chuyển", "Phiếu báo", "Giấy nghỉ phép", "Bản sao y", "Bản trích sao", "Bản sao lục", "Thư công",
}  # fmt: skip
# Types whose abbreviation is read as something else more often, so that only the word makes the type.
BY_WORD_ONLY = {"TC": "Tài chính in công văn numbers", "BTT": "Ban Thường trực of the Front"}


@needs_facts
@pytest.mark.parametrize("row", listed("doc_types.csv"), ids=lambda row: f"{row['family']}-{row['name_vi'][:24]}")
def test_every_listed_type_of_document(row: dict[str, str]) -> None:
    types = KNOWLEDGE.derived(DocTypes.of)
    for abbreviation in filter(None, row["abbr"].split(";")):
        known = abbreviation.upper() in types.by_abbreviation
        assert known or row["name_vi"] in NOT_CITED or abbreviation in BY_WORD_ONLY


# No issuers of documents by themselves, or too short to be told from other parts of a symbol.
NO_ISSUERS = {"VP", "VT", "VX", "CT", "CĐ", "ĐH", "PN"}


@needs_facts
@pytest.mark.parametrize("row", listed("issuers.csv"), ids=lambda row: row["abbr"])
def test_every_listed_issuer(row: dict[str, str]) -> None:
    symbols = (part.strip(" …").replace("{n}", "15") for part in row["abbr"].replace("/", ",").split(","))
    index = KNOWLEDGE.derived(IssuerSymbols.of)
    assert [symbol for symbol in symbols if index.row(symbol) is None and symbol not in NO_ISSUERS] == []


# sentence -> the issuers of its citations in order
ISSUERS = [
    ("Nghị quyết số 59-NQ/TW, Nghị quyết số 66-NQ/TW và Nghị quyết số 68-NQ/TW của Bộ Chính trị", ["Bộ Chính trị"] * 3),
    ("Thông tư số 42/2015/TT-BLĐTBXH ngày 20/10/2015 và Thông tư số 34/2018/TT-BLĐTBXH ngày 26/12/2018 của Bộ Lao động - Thương "
     "binh và Xã hội", ["Bộ Lao động - Thương binh và Xã hội"] * 2),
    ("Quyết định số 12/QĐ-UBND ngày 02/01/2025; Quyết định số 15/QĐ-UBND ngày 03/02/2025 của UBND tỉnh", [None, "UBND tỉnh"]),
    ("Nghị quyết số 59-NQ/TW và Nghị quyết số 12-NQ/ĐU của Đảng ủy xã", [None, "Đảng ủy xã"]),
    ("Nghị quyết số 20-NQ/TW ngày 16/6/2022 của Hội nghị lần thứ năm Ban Chấp hành Trung ương Đảng khóa XIII;",
     ["Hội nghị lần thứ năm Ban Chấp hành Trung ương Đảng khóa XIII"]),
    ("Nghị quyết số 06-NQ/TW ngày 05-11-2016 (Hội nghị Trung ương 4 khóa XII), UBND xã", ["Hội nghị Trung ương 4 khóa XII"]),
    ("Kế hoạch số 5/KH-UBND ngày 02/01/2025 của UBND tỉnh và UBND huyện xây dựng kế hoạch", ["UBND tỉnh"]),
    ("Thông báo số 112-TB/ĐU ngày 24/02/2026 kết luận của Thường trực Đảng ủy phường, UBND", ["Thường trực Đảng ủy phường"]),
    ("Thông báo số 9/TB-UBND ngày 24/02/2026 kết luận của Chủ tịch UBND huyện tại", [None]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "issuers"), ISSUERS)
def test_who_issued_what_is_cited(sentence: str, issuers: list[str | None]) -> None:
    assert [mention.issuer for mention in cited(sentence)] == issuers
