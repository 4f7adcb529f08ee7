"""Cited documents: the truth stands in the sentences.

`<r type='…' number='…' date='…' …>` is a reference to be found, `<d edtf>` a date and `<u>` a unit found before.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from datetime import date

import pytest

from pipeline.annotate.references import OwnNumber, find_references
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.documents import DocTypeRow, DocumentStatusRow, IssuerSymbolRow, LawRow
from pipeline.knowledge.numbers import parse_number
from pipeline.values import DateMention, ReferenceMention, Span, UnitMention

KNOWLEDGE = load_knowledge()
TAG = re.compile(r"<(/?)([rdu])((?:[ \w]+='[^']*')*|[ 0-9X-]*)>")
ATTRIBUTE = re.compile(r"(\w+)='([^']*)'")
SHORT_DATE = re.compile(r"ngày (\d{2})/(\d{1,2})/(\d{4})|năm (\d{4})")


@dataclass
class Sample:
    text: str = ""
    references: list[tuple[int, int, dict[str, str]]] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    units: list[UnitMention] = field(default_factory=list)


def sample(marked: str) -> Sample:
    """Takes the tags out of a marked sentence and keeps what they say."""
    found, open_tags, last = Sample(), [], 0
    for tag in TAG.finditer(marked):
        found.text += marked[last : tag.start()]
        last = tag.end()
        if not tag[1]:
            open_tags.append((tag[2], len(found.text), tag[3].strip()))
            continue
        kind, start, said = open_tags.pop()
        end = len(found.text)
        if kind == "r":
            found.references.append((start, end, dict(ATTRIBUTE.findall(said))))
        elif kind == "d":
            found.dates.append(DateMention(start, end, said, "year" if len(said) == 4 else "exact", "test"))
        else:
            found.units.append(UnitMention(start, end, found.text[start:end], "uy_ban", None, "test"))
    found.text += marked[last:]
    found.references.sort()
    return found


def found_in(marked: str, own: OwnNumber | None = None) -> tuple[Sample, tuple[ReferenceMention, ...]]:
    truth = sample(marked)
    return truth, find_references(truth.text, truth.dates, truth.units, KNOWLEDGE, own)


def one(marked: str, own: OwnNumber | None = None) -> ReferenceMention:
    _, found = found_in(marked, own)
    assert len(found) == 1, found
    return found[0]


def plain(text: str) -> tuple[ReferenceMention, ...]:
    dates = []
    for match in SHORT_DATE.finditer(text):
        day, month, year, only = match.groups()
        edtf = only or f"{year}-{int(month):02}-{day}"
        dates.append(DateMention(*match.span(), edtf, "year" if only else "exact", "test"))
    return find_references(text, dates, (), KNOWLEDGE)


def check(marked: str, own: OwnNumber | None = None) -> None:
    truth, found = found_in(marked, own)
    shown = [(truth.text[r.start : r.end], r) for r in found]
    assert [(r.start, r.end) for r in found] == [(s, e) for s, e, _ in truth.references], shown
    for mention, (_, _, wanted) in zip(found, truth.references, strict=True):
        got = {"type": mention.doc_type, "number": mention.number, "date": mention.date, "issuer": mention.issuer}
        got |= {"article": mention.article, "title": mention.title, "key": mention.key, "relation": mention.relation}
        assert {name: got[name] or "" for name in wanted} == wanted


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


# ------------------------------------------------------------------ citations

CITED = [
    "Thực hiện <r type='Quyết định' number='471/QĐ-TTg' date='2019-04-26' issuer='Thủ tướng Chính phủ'"
    " title='phê duyệt Đề án A giai đoạn 2019 - 2021'>Quyết định số 471/QĐ-TTg <d 2019-04-26>ngày 26/4/2019</d></r>"
    " của <u>Thủ tướng Chính phủ</u> phê duyệt Đề án A giai đoạn 2019 - 2021.",
    "<r type='Kế hoạch' number='279/KH-UBND' date='2024-12-26' title='công tác thi đua năm 2025'>Kế hoạch số"
    " 279/KH-UBND <d 2024-12-26>ngày 26/12/2024</d></r> của <u>UBND thị xã</u> về công tác thi đua năm 2025;"
    " <u>Ủy ban nhân dân xã</u> ban hành Kế hoạch như sau",
    "<r type='Thông tư' number='05/2022/TT-BNNPTNT'>Thông tư 05/2022/TT-BNNPTNT</r> hướng dẫn",
    "<r type='Kế hoạch' number='98/KH-UBND' date='2019-06-12'>Kế hoạch số 98/KH-UBND, <d 2019-06-12>ngày 12/6/2019</d>"
    "</r> của <u>UBND tỉnh</u>;",
    "<r type='Kế hoạch' number='790/KH-UBND'>Kế hoạch số: 790/KH-UBND</r>; <r type='Kế hoạch' number='271/KH-UBND'>"
    "Kế hoạch số : 271/KH – UBND</r>",
    "TRIỂN KHAI <r type='Quyết định' number='426/QĐ-TTG' date='2023-04-21'>QUYẾT ĐỊNH SỐ 426/QĐ-TTG, <d 2023-04-21>NGÀY"
    " 21/4/2023</d></r> CỦA <u>THỦ TƯỚNG CHÍNH PHỦ</u>; <r type='Kế hoạch' number='142-KH/TU'>KẾ HOẠCH SỐ 142-KH/TU</r>",
    "<r type='Kế hoạch' number='2358/KH-UBND'>Kế hoạch hành động số 2358/KH-UBND</r> của tỉnh",
    "<r type='Chương trình' number='12-CTr/TU'>Chương trình hành động số 12-CTr/TU</r>",
    "<r type='Thông báo' number='15/TB-UBND'>Thông báo kết luận số 15/TB-UBND</r>",
    "<r type='Kế hoạch' number='11/KH-UBND'>kế hoạch sản xuất Hè Thu số 11/KH-UBND</r>",
    "cơ quan thường trực đã có <r type='Văn bản' number='1276/STTTT-TTBCXB'>văn bản số 1276/STTTT-TTBCXB</r>",
    "<r type='Quyết định' number='749/TTg' date='2020-06-03'>Quyết định số 749/TTg <d 2020-06-03>ngày 03/6/2020</d></r>",
    "<r type='Quyết định' number='170/TTg'>Quyết định 170/TTg</r> và <r type='Quyết định' number='15/QĐ-UB'>Quyết định số"
    " 15/QĐ-UB</r>",
    "<r type='Công văn' number='161/STTTT' date='2021-02-02'>Công văn số 161/STTTT <d 2021-02-02>ngày 02/2/2021</d></r>",
    "<r type='Công văn' number='130/SYT-HĐKHCN' date='2012-02-21' issuer='Sở Y tế'>Công văn số 130/SYT-HĐKHCN <d"
    " 2012-02-21>ngày 21 tháng 02 năm 2012</d></r> <u>Sở Y tế</u> về việc họp",
    "<r type='Nghị quyết' number='42/NQ-CP' date='2012-03-12' issuer='Chính Phủ'>Nghị quyết 42/NQ-CP của <u>Chính Phủ</u>"
    " ban hành <d 2012-03-12>ngày 12/3/2012</d></r>",
    "<r type='Nghị quyết' number='98/NQ-HĐND' date='2022'>Nghị quyết số 98/NQ-HĐND <d 2022>năm 2022</d></r>",
    "<r type='Hướng dẫn' number='14-HD/HĐĐ'>hướng dẫn số 14 – HD/HĐĐ</r>; <r type='Công văn' number='171-CV/HU'>Công văn"
    " số 171 - CV/HU</r>",
    "<r type='Kế hoạch' number='298-KH/TWĐTN'>Kế hoạch số 298 KH/TWĐTN</r>; <r type='Thông tư' number='44/2014/TT-BTC'>"
    "Thông tư 44/2014 TT-BTC</r>",
    "<r type='Quy định' number='37-QĐ/TW'>Quy định số 37- QĐ/TW</r>; <r type='Công văn' number='28/UBND-VHTT'>Công văn số"
    " 28/ UBND-VHTT</r>",
    "<r type='Nghị quyết' number='173/2024/QH15' issuer='Quốc hội'>Nghị quyết số 173/2024/QH15 <d 2024-11-30>ngày"
    " 30/11/2024</d></r> của <u>Quốc hội</u>",
    "<r type='Nghị quyết' number='66.25/2026/NQ-CP'>Nghị quyết số 66.25/2026/NQ-CP</r>",
    "(<r type='Kết luận' number='80-KL/TW'>Kết luận số 80-KL/TW</r>); (gọi tắt là <r type='Chỉ thị' number='17-CT/TW'>"
    "Chỉ thị 17-CT/TW</r>).",
    "đề nghị của <u>Sở Y tế</u> tại <r type='Tờ trình' number='64/TTr-SYT'>Tờ trình số 64/TTr-SYT</r>",
    "theo <r type='Công văn' number='12/UBND-VX'>12/UBND-VX</r> đã gửi",
    "xem <r type='Kế hoạch' number='35/KH-UBND'>kế hoạch số35/KH-UBND</r>",
    "<u>UBND xã Xuân Thịnh</u> ban hành <r type='Phương án' number='38/PA-UBND' issuer='UBND xã Xuân Thịnh'>Phương án số"
    " 38/PA-UBND</r>",
]  # fmt: skip

DAMAGED = [
    "ban hành <r type='Phương án' number='38/PA-UBND' date='2023-08-22'>Phương số 38/PA-UBND, <d 2023-08-22>ngày 22/8/2023"
    "</d></r>. Phương án nêu rõ",
    "<r type='Chỉ thị' number='33/CT-TTg'>Chthị 33/CT-TTg</r> và <r type='Chỉ thị' number='01/CT-BTTTT'>Chị thị"
    " 01/CT-BTTTT</r>",
    "<r type='Quyết định' number='12/QĐ-UBND'>Quyết đinh số 12/QĐ-UBND</r>",
    "<r type='Kế hoạch' number='20/KH-UBND'>Kế hoạch số 20/KHUBND</r>; <r type='Nghị quyết' number='50/NQ-CP'>Nghị quyết"
    " 50/NQCP</r>",
    "<r type='Nghị định' number='217/2025/NĐ-CP'>Nghị định số 217/2025/NĐ- CP</r>",
    "<r type='Nghị định' number='2-NĐ/CP'>Nghị định số 2 NĐ/CP</r>",
]  # fmt: skip

LISTS = [
    "các <r type='Quyết định' number='1521/QĐ-TTg' date='2020-10-06' issuer='Thủ tướng Chính phủ'>Quyết định của <u>Thủ"
    " tướng Chính phủ</u> số: 1521/QĐ-TTg <d 2020-10-06>ngày 06/10/2020</d></r> về A; <r type='Quyết định'"
    " number='21/2021/QĐ-TTg' date='2021-06-21' title='Hội đồng'>21/2021/QĐ-TTg <d 2021-06-21>ngày 21/6/2021</d></r> về"
    " Hội đồng; <r type='Quyết định' number='25/2021/QĐ-TTg'>25/2021/QĐ-TTg</r>",
    "các <r type='Quyết định' number='1/QĐ-UBND'>Quyết định số 1/QĐ-UBND</r>; <r type='Quyết định' number='2/QĐ-UBND'>"
    "2/QĐ-UBND</r> và số <r type='Quyết định' number='3/QĐ-UBND'>3/QĐ-UBND</r>",
    "<r type='Phương án' number='2/PA-UBND'>Phương án số 2</r> và <r type='Phương án' number='3/PA-UBND'>3/PA-UBND</r>",
    "các <r type='Kế hoạch' number='10/KH-UBND'>Kế hoạch số 10</r>, <r type='Kế hoạch' number='11/KH-UBND'>11</r>,"
    " <r type='Kế hoạch' number='12/KH-UBND'>12/KH-UBND</r> của tỉnh",
    "các <r type='Công văn' number='12/UBND-VX'>Công văn số 12/UBND-VX</r>, <r type='Công văn' number='15/STTTT'>15/STTTT"
    "</r>",
    "các <r type='Quy định' number='37-QĐ/TW'>Quy định số 37-QĐ/TW</r>, <r type='Quy định' number='41-QĐ/TW'>41-QĐ/TW</r>",
]  # fmt: skip

LAWS = [
    "Căn cứ <r type='Luật' number='' date=''>Luật Thi đua, khen thưởng</r> và các văn bản hướng dẫn thi hành.",
    "<r type='Luật' date='2022' key='luat:06/2022/QH15'>Luật thi đua, khen thưởng <d 2022>năm 2022</d></r>;",
    "một số điều của <r type='Luật' key='luat:35/2013/QH13'>luật hoà giải ở cơ sở</r>; tiếp",
    "<r type='Luật' date='2003-11-26' key='luat:11/2003/QH11'>Luật Tổ chức Hội đồng nhân dân và Uỷ ban nhân dân, <d"
    " 2003-11-26>ngày 26/11/2003</d></r>",
    "THỰC HIỆN <r type='Luật'>LUẬT PHÒNG, CHỐNG THAM NHŨNG</r>\nCăn cứ <r type='Luật' date='2005-11-29'>Luật Phòng, chống"
    " tham nhũng, <d 2005-11-29>ngày 29/11/2005</d></r>;",
    "<r type='Luật' date='2026'>Luật sửa đổi, bổ sung một số điều của Luật Địa chất và khoáng sản <d 2026>năm 2026</d></r>",
    "<r type='Luật' date='2019-11-22'>Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính"
    " quyền địa phương <d 2019-11-22>ngày 22/11/2019</d></r>;",
    "Tuyên truyền <r type='Luật' key='luat:102/2016/QH13'>Luật Trẻ em</r>; phòng đuối nước. <r type='Luật'>Luật PBGDPL</r>;",
    "<r type='Bộ luật' date='2015' article='Điều 190, 191'>Bộ luật Hình sự <d 2015>năm 2015</d></r>".replace(
        "<r", "Điều 190, 191 <r"
    ),
    "khoản 2 Điều 9 <r type='Luật' article='khoản 2 Điều 9'>Luật Bầu cử đại biểu Quốc hội và đại biểu HĐND</r>).",
    "<r type='Luật' number='06/2022/QH15' date='2022-06-15'>Luật Thi đua, khen thưởng số 06/2022/QH15 <d 2022-06-15>ngày"
    " 15/6/2022</d></r>",
    "<r type='Luật' number='06/2022/QH15' key='luat:06/2022/QH15'>Luật số 06/2022/QH15</r>",
    "<r type='Luật' date='2012'>Luật Phổ biến, giáo dục pháp luật (PBGDPL) <d 2012>năm 2012</d></r>",
    "<r type='Luật' date='2018-06-12'>Luật An ninh mạng được Quốc hội khóa XIV thông qua <d 2018-06-12>ngày 12/6/2018</d>"
    "</r>",
    "<r type='Luật'>Luật Đầu tư công</r>, <r type='Luật'>Luật Ngân sách Nhà nước</r> rất rõ",
    "<r type='Pháp lệnh' key='luat:02/2020/UBTVQH14'>Pháp lệnh Ưu đãi người có công với cách mạng <d 2020>năm 2020</d></r>",
    "<r type='Hiến pháp' date='2013'>Hiến pháp <d 2013>năm 2013</d></r> và pháp luật",
    "<r type='Luật' date='' key='luat:102/2016/QH13'>Luật Trẻ em</r> <d 2025>năm 2025</d> trên địa bàn xã",
    # names that no table has
    "<r type='Luật' date='2031'>Luật Phòng, chống tin giả <d 2031>năm 2031</d></r>",
    "<r type='Luật'>Luật Chiếu sáng đô thị</r> trên địa bàn; <r type='Luật'>Luật Dẫn độ</r>, phòng ngừa; <r type='Luật'>"
    "Luật Hòa hợp ở khu dân cư</r> và các văn bản",
    "<r type='Luật'>Luật Tiếng ồn và ánh sáng đô thị</r> được ban hành",
]  # fmt: skip

MEETINGS = [
    "theo <r type='Nghị quyết' number='' issuer='Đại hội đại biểu toàn quốc lần thứ XIV của Đảng'"
    " key='nghi_quyet:dai_hoi_dang:XIV'>Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIV của Đảng</r>, nhiệm kỳ 2025-2030",
    "<r type='Nghị quyết' key='nghi_quyet:dai_hoi_dang:XIII'>Nghị quyết Đại hội XIII của Đảng</r> và",
    "<r type='Nghị quyết' key=''>Nghị quyết Đại hội XX Đảng bộ tỉnh</r> đã đề ra",
    "<r type='Nghị quyết'>Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Hà Lâm lần thứ XVII</r>, nhiệm kỳ 2020 - 2025",
    "<r type='Nghị quyết'>Nghị quyết Trung ương 4 khóa XII</r> về xây dựng Đảng",
    "<r type='Nghị quyết'>Nghị quyết Trung ương 4 (khóa XI, XII)</r>",
    "<r type='Nghị quyết'>Nghị quyết Hội nghị lần thứ năm Ban Chấp hành Trung ương Đảng khóa XII</r> về",
    "Theo <r type='Nghị quyết'>nghị quyết hội nghị lần VI ban chấp hành trung ương đoàn khoá IX</r> về “hoạt động”",
]

BARE = [
    "thực hiện <r type='Đề án' number='06' key='quyet_dinh:6/QĐ-TTg:2022'>Đề án 06</r>, tạo chuyển biến",
    "<r type='Đề án' number='06/CP' key='quyet_dinh:6/QĐ-TTg:2022'>Đề án 06/CP</r>",
    "<r type='Chương trình' number='135'>Chương trình 135</r> và <r type='Đề án' number='13'>Đề án số 13</r> về khai thác",
    "<r type='Công điện' number='81' date='2024-09-10'>Công điện số 81 <d 2024-09-10>ngày 10/9/2024</d></r>",
    "<r type='Nghị quyết' number='01' issuer='HĐND xã'>Nghị quyết 01</r> của <u>HĐND xã</u>",
]

TITLED = [
    "Căn cứ <r type='Phương án' number='' issuer='UBND huyện Yên Lĩnh' relation='basis'>Phương án sản xuất vụ Đông năm"
    " 2023-2024</r> của <u>UBND huyện Yên Lĩnh</u> và <r type='Nghị quyết' issuer='Ban chấp hành Đảng bộ xã Định Hòa'>Nghị"
    " Quyết</r> của <u>Ban chấp hành Đảng bộ xã Định Hòa</u> về nhiệm vụ",
    "- Căn cứ <r type='Kế hoạch'>Kế hoạch công tác năm 2025</r> của <u>UBND huyện Yên Lĩnh</u>;",
    "Căn cứ hướng dẫn của <u>Sở Nội vụ</u> và điều kiện thực tế",
    "Thực hiện Chương trình công tác năm 2024 của <u>Đoàn xã</u>",
    "Căn cứ các Nghị định của <u>Chính phủ</u>; Căn cứ Kế hoạch này của <u>UBND xã</u>",
]

NONE_AT_ALL = [
    "theo Chỉ thị, Nghị quyết của cấp trên",
    "theo Chỉ thị, Nghị quyết, Chương trình, Kế hoạch <d 2025>năm 2025</d> của <u>Trung ương</u>, của thành phố",
    "Căn cứ Kế hoạch này, các đơn vị xây dựng kế hoạch",
    "UBND xã ban hành Kế hoạch công tác thi đua năm 2025 như sau:",
    "tỷ lệ 480/100.000 dân; đạt 13/1543 thôn; 12/12 xã; 10.179/10.277 hồ sơ",
    "Gói thầu số 13; Số nhà 12; Km26+793; điện thoại 02203.897.352; tài khoản số 1234567890",
    "Kế hoạch 5 năm 2021-2025; thông báo 03 lần; báo cáo 06 tháng; quyết định 02 nội dung; hướng dẫn 14 xã",
    "Nghị quyết Đại hội Đảng bộ các cấp",
    "pháp luật, kỷ luật, luật sư, Luật sư Nguyễn Văn Bình, Trường Đại học Luật Hà Lâm, dự thảo Luật Chiếu sáng, luật này",
    "Số: 07/KH-UBND\nSố: 12/UBND-VX\n| Số: 98/2023/NĐ-CP",
    "năm 2024 UBND xã; từ 2021-2025 HĐND; 15/7/2021 UBND tỉnh; 30 CLB/xã; 5 GB/tháng",
    "(Kèm theo Kế hoạch số: /KH-UBND ngày tháng năm 2026 của UBND tỉnh)",
]


@pytest.mark.parametrize("marked", [*CITED, *DAMAGED, *LISTS, *LAWS, *MEETINGS, *BARE, *TITLED, *NONE_AT_ALL])
def test_references_in_sentences(marked):
    check(marked)


def test_a_mention_never_crosses_a_line_or_a_cell():
    text = "Kế hoạch số\n35/KH-UBND\tLuật Thi đua,\nkhen thưởng\tngày 13/02/2025"
    spans = [text[r.start : r.end] for r in find_references(text, (), (), KNOWLEDGE)]
    assert not [span for span in spans if "\n" in span or "\t" in span]


# ------------------------------------------------------------------ the plan itself

OWN = OwnNumber("1914/KH-UBND", (Span(0, 5),), "2023-06-05")


@pytest.mark.parametrize(
    "marked",
    [
        "x (Kèm theo Kế hoạch số 1914/KH-UBND <d 2023-06-05>ngày 05/6/2023</d> của <u>UBND tỉnh Hà Lâm</u>)",
        "x kết quả thực hiện theo Kế hoạch số 1914 /KH-UBND hằng năm",
        "Kế hoạch số 1914/KH-UBND",
        "x y z <r type='Kế hoạch'>Kế hoạch số 1914/KH-UBND <d 2021-03-01>ngày 01/3/2021</d></r> của <u>UBND tỉnh</u>",
        "Ghi chú: <r type='Quyết định'>Quyết định số 1914/QĐ-UBND</r>",
    ],
)
def test_own_number_is_no_reference(marked):
    check(marked, OWN)


def test_header_zone_holds_no_reference():
    text = "ĐOÀN KIỂM TRA THEO QUYẾT ĐỊNH SỐ 1050/QĐ-SCT\nthực hiện Quyết định số 1050/QĐ-SCT"
    found = find_references(text, (), (), KNOWLEDGE, OwnNumber(None, (Span(0, 44),)))
    assert [r.start for r in found] == [text.rindex("Quyết định")]


def test_enclosure_of_a_plan_with_blank_number_is_the_plan():
    marked = "(Kèm theo Kế hoạch số 55/KH-UBND <d 2025-01-10>ngày 10/01/2025</d>)"
    check(marked, OwnNumber("/KH-UBND", (), "2025-01-XX"))


# ------------------------------------------------------------------ relation, title, article

RELATIONS = [
    ("Căn cứ Quyết định số 12/QĐ-TTg;", "basis"),
    ("- Căn cứ vào Quyết định số 12/QĐ-TTg;", "basis"),
    ("phong trào; căn cứ Quyết định số 12/QĐ-TTg, xã ban hành", "basis"),
    ("I. CĂN CỨ LẬP KẾ HOẠCH\n1. Quyết định số 12/QĐ-TTg về A\nII. MỤC TIÊU", "basis"),
    ("Thực hiện Quyết định số 12/QĐ-TTg", "implements"),
    ("tiếp tục triển khai hiệu quả Quyết định số 12/QĐ-TTg", "implements"),
    ("sửa đổi, bổ sung một số điều của Quyết định số 12/QĐ-TTg", "amends"),
    ("Kế hoạch này thay thế Quyết định số 12/QĐ-TTg", "replaces"),
    ("báo cáo theo Quyết định số 12/QĐ-TTg", "mentions"),
    ("Thực hiện nghiêm túc. Riêng Quyết định số 12/QĐ-TTg đã hết hiệu lực", "mentions"),
]


@pytest.mark.parametrize(("text", "relation"), RELATIONS)
def test_relation(text, relation):
    assert one(text).relation == relation


ARTICLES = [
    ("theo khoản 1 Điều 2 Quyết định số 12/QĐ-UBND", "khoản 1 Điều 2"),
    ("tại điểm a khoản 3 Điều 5 của Nghị định số 98/2023/NĐ-CP", "điểm a khoản 3 Điều 5"),
    ("khoản 2, khoản 3 Điều 20 Nghị định số 98/2023/NĐ-CP", "khoản 2, khoản 3 Điều 20"),
    ("theo Nghị định số 98/2023/NĐ-CP", None),
]


@pytest.mark.parametrize(("text", "article"), ARTICLES)
def test_article(text, article):
    assert one(text).article == article


TITLES = [
    ("Quyết định số 12/QĐ-TTg <d 2020-01-02>ngày 02/01/2020</d> về việc giao chỉ tiêu; tiếp", "giao chỉ tiêu"),
    ("Quyết định số 12/QĐ-TTg <d 2020-01-02>ngày 02/01/2020</d> phê duyệt Đề án A, <u>UBND xã</u> ban hành kế hoạch",
     "phê duyệt Đề án A"),
    ("Quyết định số 12/QĐ-TTg <d 2020-01-02>ngày 02/01/2020</d> về Chỉ số (gọi tắt là CS).", "Chỉ số"),
    ("Quyết định số 12/QĐ-TTg quy định rõ điều đó", None),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "title"), TITLES)
def test_title(marked, title):
    assert one(marked).title == title


# ------------------------------------------------------------------ keys

KEYS = [
    ("Nghị định số 98/2023/NĐ-CP", "nghi_dinh:98/2023/NĐ-CP"),
    ("Nghị định 098/2023/NĐ – CP", "nghi_dinh:98/2023/NĐ-CP"),
    ("Quyết định số 426/QĐ-TTG, <d 2023-04-21>ngày 21/4/2023</d>", "quyet_dinh:426/QĐ-TTg:2023"),
    ("Quyết định số 749/TTg <d 2020-06-03>ngày 03/6/2020</d>", "quyet_dinh:749/QĐ-TTg:2020"),
    ("Chỉ thị số 05-CT/TƯ <d 2016-05-15>ngày 15/5/2016</d>", "chi_thi:5/CT-TW:2016"),
    ("Chỉ thị số 05-CT/TW", None),
    ("Kế hoạch số 35/KH-UBND <d 2025-02-13>ngày 13/02/2025</d> của <u>UBND huyện Quảng Hoà</u>",
     "ke_hoach:35/KH-UBND:2025@huyện quảng hòa:2025-02-13"),
    ("Kế hoạch số 35/KH-UBND <d 2025-02-13>ngày 13/02/2025</d> của <u>Ủy ban nhân dân huyện Quảng Hòa</u>",
     "ke_hoach:35/KH-UBND:2025@huyện quảng hòa:2025-02-13"),
    ("Kế hoạch số 35/KH-UBND <d 2025-02-13>ngày 13/02/2025</d> của <u>UBND tỉnh Hưng Yên</u>",
     "ke_hoach:35/KH-UBND:2025@hưng yên"),
    ("Kế hoạch số 35/KH-UBND <d 2025-02-13>ngày 13/02/2025</d> của <u>UBND thị xã</u>", None),
    ("Kế hoạch số 35/KH-UBND <d 2025-02-13>ngày 13/02/2025</d>", None),
    ("KẾ HOẠCH SỐ 142-KH/TU <d 2023-02-27>NGÀY 27/02/2023</d> CỦA <u>BAN THƯỜNG VỤ TỈNH ỦY</u>", None),
    ("Thông tư 09/2008/QĐ-BTC", None),
    ("Văn bản số 12/BNV-VP <d 2025-02-13>ngày 13/02/2025</d>", "cong_van:12/BNV-VP:2025"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "key"), KEYS)
def test_key(marked, key):
    assert one(marked).key == key


def test_province_of_the_plan_completes_the_key():
    marked = "Kế hoạch số 35/KH-UBND <d 2025-02-13>ngày 13/02/2025</d> của <u>UBND tỉnh</u>"
    assert one(marked, OwnNumber(province="Hưng Yên")).key == "ke_hoach:35/KH-UBND:2025@hưng yên"


def test_a_later_short_mention_takes_the_key_of_the_dated_one():
    _, found = found_in(
        "Chỉ thị số 05-CT/TW <d 2016-05-15>ngày 15/5/2016</d> … Chỉ thị 05-CT/TW; Chỉ thị 06-CT/TW; Chỉ thị 05"
    )
    assert [r.key for r in found] == ["chi_thi:5/CT-TW:2016", "chi_thi:5/CT-TW:2016", None, "chi_thi:5/CT-TW:2016"]


def test_a_short_mention_of_two_documents_stays_open():
    _, found = found_in(
        "Chỉ thị số 05-CT/TW <d 2016-05-15>ngày 15/5/2016</d>, Chỉ thị số 05-CT/TW <d 2021-06-23>ngày 23/6/2021</d>, Chỉ thị"
        " 05-CT/TW"
    )
    assert found[2].key is None


def test_law_without_year_is_the_one_in_force_at_the_plan():
    text = "Căn cứ Luật Phòng, chống tham nhũng"
    assert one(text).key is None
    assert one(text, OwnNumber(date="2007-05-01")).key == "luat:55/2005/QH11"
    assert one(text, OwnNumber(date="2024-05-01")).key == "luat:36/2018/QH14"
    assert one(text, OwnNumber(date="2018-12-01")).key is None, "made, not yet in force: either may be meant"


def test_status_is_that_of_the_plans_day():
    text = "Nghị định số 91/2017/NĐ-CP"
    assert (one(text).status, one(text).replaced_by) == ("replaced", "98/2023/NĐ-CP")
    before = one(text, OwnNumber(date="2022-03-01"))
    assert (before.status, before.replaced_by) == ("in_force", None)


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
    for example in row.examples:
        assert [(r.status, r.replaced_by) for r in plain(example)] == [(row.status, row.replaced_by)], example
    assert not [r for wrong in row.not_examples for r in plain(wrong) if r.status]
    assert (row.status == "in_force") == (row.valid_to is None)
    assert row.date <= date.today()


# ------------------------------------------------------------------ time

PLAN = (
    "Thực hiện Quyết định số 471/QĐ-TTg ngày 26/4/2019 của Thủ tướng Chính phủ; Luật Thi đua, khen thưởng và các văn bản"
    " hướng dẫn; tỷ lệ 13/1543; các phòng, ban, ngành triển khai Kế hoạch công tác năm 2025 trên địa bàn xã. "
)
HOSTILE = [
    PLAN, "số 1 và 2, 3, ", "1/KH-", "Luật A, ", "Kế hoạch ", "Điều 1, ", "Nghị quyết Đại hội ", "12/QĐ - ", "9" * 30 + " ",
    "Căn cứ Kế hoạch a ", "1. Căn cứ\n", "I. CĂN CỨ\n1/KH-UBND\n", "(", "và ",
    "Luật sửa đổi, bổ sung một số điều của Luật A và ",
]  # fmt: skip


def seconds(text: str) -> float:
    best = float("inf")
    for _ in range(4):
        start = time.process_time()
        find_references(text, (), (), KNOWLEDGE)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text(piece):
    short = piece * (4_000 // len(piece))
    assert seconds(short + short) < 2.5 * seconds(short) + 0.005
