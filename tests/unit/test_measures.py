"""Targets and amounts: the truth is written in the sentence, the tables prove their own examples."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_texts import HEAD_OF_2025

from pipeline.annotate.dates import find_dates
from pipeline.annotate.measure_values import number_value
from pipeline.annotate.measures import find_measures
from pipeline.annotate.references import find_references
from pipeline.annotate.units import find_units
from pipeline.flow import make_kit, read_stages
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.measures import MeasureUnit, MeasureWord
from pipeline.values import MeasureMention, Source
from tests.unit.growth import grows_within

KNOWLEDGE = load_knowledge()
MARK = re.compile(r"<m((?: \w+='[^']*')*)>(.*?)</m>")
ATTRIBUTE = re.compile(r"(\w+)='([^']*)'")
NAMES = {"v": "value", "to": "value_to", "of": "out_of", "u": "unit", "q": "qualifier"}


def found_in(text: str) -> tuple[MeasureMention, ...]:
    """The measures of a text, with its dates, units and citations found first as in the flow."""
    dates, units = find_dates(text, KNOWLEDGE), find_units(text, KNOWLEDGE)
    return find_measures(text, dates, units, find_references(text, dates, units, KNOWLEDGE), KNOWLEDGE)


def plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) and value < 1_000_000 else f"{value:.0f}" if isinstance(value, float) else str(value or "")


SENTENCES = [
    # qualifiers, before and behind
    "tỷ lệ hài lòng đạt <m q='&gt;=' v='95' u='%'>từ 95% trở lên</m>; <m q='&gt;=' v='95' u='%'>95% trở lên</m> số hộ",
    "<m q='&gt;' v='95' u='%'>trên 95%</m> hồ sơ; hộ nghèo <m q='&lt;' v='5' u='%'>dưới 5%</m>",
    "xây dựng <m q='&gt;=' v='2' u='mô hình'>ít nhất 02 mô hình</m>; <m q='&gt;=' v='70' u='%'>tối thiểu 70 %</m>",
    "<m q='&lt;=' v='5' u='%'>không quá 5%</m>; đạt <m q='&gt;=' v='70' u='%'>tối thiểu phải đạt 70%</m>",
    "<m q='~' v='300' u='người'>khoảng 300 người</m>; <m q='~' v='200' u='hộ'>gần 200 hộ</m>; <m q='&gt;' v='200' u='hộ'>hơn 200 hộ</m>",
    "<m q='&gt;=' v='90' u='%'>≥ 90%</m>; <m q='&lt;=' v='2' u='%'>≤2%</m>; <m q='' v='5' u='%'>5%</m> so với; cao hơn <m q='' v='5' u='%'>5%</m>",
    "tỷ lệ tiêm đạt <m q='&gt;=' v='80' u='%'>từ 80%</m> tổng đàn thuộc diện tiêm trở lên",
    "<m q='~' v='50' u='hộ'>trên dưới 50 hộ</m>; <m q='&gt;=' v='80' u='%'>không dưới 80%</m>; <m q='&lt;=' v='5' u='%'>5% trở xuống</m>",
    "<m q='&gt;=' v='100' u='%'>100%</m> chỉ tiêu trở lên; <m q='' v='10' u='%'>10%</m> cán bộ cấp phó trở lên; giá trị trên 1 ha đất",
    "trên <m q='' v='3' u='tuyến đường'>03 tuyến đường</m>; tại <m q='' v='12' u='tổ dân phố'>12 tổ dân phố</m>",
    # ranges, ratios, shares
    "<m v='80' to='90' u='%'>từ 80% đến 90%</m>; <m v='80' to='90' u='%'>80-90%</m>; giảm <m v='1' to='1.5' u='%/năm'>1-1,5%/năm</m>",
    "<m v='15000000' to='20000000' u='đồng'>từ 15 triệu đồng đến 20 triệu đồng</m>; <m v='2' to='3' u='lớp'>2 đến 3 lớp</m>",
    "giảm từ <m v='31.4' u='%'>31,4%</m> cuối năm 2023 xuống còn <m v='26.9' u='%'>26,9%</m> cuối năm 2024",
    "đạt <m v='18' of='19' u='tiêu chí'>18/19 tiêu chí</m>; <m v='9' of='30' u='hệ thống'>09 hệ thống/30 hệ thống</m>",
    "<m q='&gt;=' v='0.666667' u=''>ít nhất 2/3</m> số hộ; <m q='&gt;' v='0.5' u=''>hơn một nửa</m> số thôn",
    # money
    "<m v='50000000' u='đồng'>50 triệu đồng</m>; <m v='1250000' u='đồng'>1.250.000 đồng</m>; <m v='1500000000' u='đồng'>1,5 tỷ đồng</m>",
    "<m v='1250000000' u='đồng'>1 tỷ 250 triệu đồng</m>; <m v='45000000' u='đồng'>45 000 000 đồng</m>; <m v='50000' u='đồng/người'>50.000đ/người</m>",
    "<m v='90000000' u='đồng/ha' q='&gt;='>từ 90 triệu đồng/ha trở lên</m>; dự kiến <m v='1100000000' u='đồng'>1,1 tỷ</m>.",
    "<m v='200000' u='đồng/người/tháng'>200.000 đồng/người/tháng</m>; <m v='1000' u='USD'>1.000 USD</m>; 5 đồng hồ nước",
    "kinh phí <m v='' u='đồng'>1,250 tỷ đồng</m>; <m v='' u='tấn'>3,098 tấn</m>; <m v='396100000000' u='đồng'>396,1 tỷ.đ</m>",
    "tăng <m q='&gt;=' v='1.5' u='lần'>ít nhất 1,5 lần</m> so với; đạt <m v='95000000' to='100000000' u='đồng/năm'>95 - 100 triệu/năm</m>",
    # sizes, counts, rates
    "<m v='12' u='ha'>12 ha</m>; <m v='205.4' u='ha'>205,4ha</m>; <m v='5.4' u='tấn/ha'>5,4tấn/ha</m>; <m v='3.8' u='km'>3,8 km</m>; <m v='35' u='m2'>35 m²</m>",
    "<m v='3000' u='lượt người'>3.000 lượt người</m>; <m v='2' u='lớp'>02 lớp</m>; <m v='28' u='đồng chí'>28 đồng chí</m>",
    "<m v='116' u='thuê bao/100 dân'>116 thuê bao/100 dân</m>; <m v='2' u='lần/tuần'>02 lần/tuần</m>; <m v='20' u='công ty'>20 công ty</m>/hợp tác xã",
    "<m v='100' u='%'>100%</m> cán bộ, công chức; mỗi tháng <m v='2' u='bài viết'>02 bài viết</m>; tổ <m v='5' u='người'>05 người</m>",
    "<m v='2' u='mô hình'>02 (hai) mô hình</m>; <m v='1843' u='hộ'>1.843 hộ</m> với <m v='6975' u='khẩu'>6.975 khẩu</m>",
    "<m q='&lt;=' v='5' u='ngày làm việc'>không quá 05 ngày làm việc</m>; báo cáo <m q='&lt;=' v='24' u='giờ'>trong vòng 24 giờ</m>",
    # numbers in words
    "xây dựng <m v='2' u='mô hình'>hai mô hình</m>; <m q='&gt;=' v='1' u='lần/năm'>ít nhất một lần/năm</m>; một mô hình mới",
    "<m v='12' u='hộ'>mười hai hộ</m>; thứ hai, lần hai, quý hai; năm học sinh đầu tiên; một số hội viên; hai bên",
    # a table's row
    "1\tMở <m v='2' u='lớp'>02 lớp</m>\tSở Nội vụ\t<m q='&gt;=' v='85' u='%'>từ 85% trở lên</m>\t12\t2025",
    # nothing
    "Nghị định số 98/2023/NĐ-CP; khoản 2 Điều 9; mục 2.1; Phụ lục 3; Đề án 06; Thông tư 05 người có công",
    "ngày 15/12/2025; Quý I; tháng 3; 6 tháng đầu năm; kỷ niệm 80 năm Ngày thành lập; giai đoạn 2021-2025",
    "Điện thoại: 0220.3897352 - 0904.878.879; trực ban 24/24 giờ; từ 15 - 60 tuổi; trẻ dưới 6 tháng tuổi",
    "Phường 1; xã 135; xóm 3, xóm 7; khu phố 2, 3 và 5; thôn 5 hộ nghèo; lớp 5 học sinh; bão số 3; đợt 2 tiêm",
    "Tháng 3 tổ chức hội nghị; mục 2 ban hành kèm theo; Bước 1 giải quyết; Trang 2; 1. Mục đích; STT 5; N2O; 4G/5G",
    "Trường Tiểu học số 2 Phú Điền; Thuế cơ sở 5 vận động hộ; tổ dân phố Hạ Đoạn 2 người dân; 480/100.000; Lưu: VT (02b)",
    "Quyết định 1719 tiểu dự án; kế hoạch 5 năm 2021-2025; Km 12+500; A/H5N1; xe 7 chỗ; 5 M; 02 ngày 27,28/6/2019",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_measures_of_a_sentence(marked: str) -> None:
    text, truth, at = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        truth.append((len(text), mark[2], dict(ATTRIBUTE.findall(mark[1].replace("&gt;", ">").replace("&lt;", "<")))))
        text += mark[2]
        at = mark.end()
    text += marked[at:]
    found = found_in(text)
    assert [(m.start, text[m.start : m.end]) for m in found] == [(start, printed) for start, printed, _ in truth]
    for mention, (_, _, wanted) in zip(found, truth, strict=True):
        assert {name: plain(getattr(mention, NAMES[name])) for name in wanted} == wanted, mention


@pytest.mark.parametrize("row", KNOWLEDGE.rows(MeasureUnit), ids=lambda row: row.id)
def test_examples_of_units(row: MeasureUnit) -> None:
    for example in row.examples:
        rules = {mention.rule for mention in found_in(example)}
        assert (f"measure:{row.id}" in rules) == (row.kind != "none"), example
        assert rules or row.kind == "none", example
    for wrong in row.not_examples:
        assert f"measure:{row.id}" not in {mention.rule for mention in found_in(wrong)}, wrong


@pytest.mark.parametrize("row", KNOWLEDGE.rows(MeasureUnit), ids=lambda row: row.id)
def test_every_form_of_a_unit_is_read_behind_a_number(row: MeasureUnit) -> None:
    for form in row.forms:
        words = f"ít nhất 2.000 {form}"
        found = find_measures(words, (), (), (), KNOWLEDGE)
        wanted = [] if row.kind == "none" else [(0, len(words), row.name)]
        assert [(m.start, m.end, m.unit if row.name else None) for m in found if m.end == len(words)] == wanted, form


@pytest.mark.parametrize("row", KNOWLEDGE.rows(MeasureWord), ids=lambda row: row.id)
def test_examples_of_words(row: MeasureWord) -> None:
    says_no = row.group in ("label", "name")
    for example in row.examples:
        found = found_in(example)
        assert bool(found) != says_no, example
        if row.group in ("before", "after"):
            assert row.value in {mention.qualifier for mention in found}, example
        if row.group == "plain":
            assert {mention.qualifier for mention in found} == {None}, example
    for wrong in row.not_examples:
        found = found_in(wrong)
        assert bool(found) == says_no or row.value not in {mention.qualifier for mention in found}, wrong


NUMBERS = [
    ("1.250", "count", False, 1250.0), ("1,5", "size", False, 1.5), ("1.250.000", "money", False, 1250000.0),
    ("1,250,000", "money", False, 1250000.0), ("1,250", "money", False, 1250.0), ("1,250", "money", True, None),
    ("1,250", "count", False, 1250.0), ("9.51", "percent", False, 9.51), ("12.345", "percent", False, 12.345),
    ("0.125", "size", False, 0.125), ("1.250,5", "size", False, 1250.5), ("1,250.5", "size", False, 1250.5),
    ("45 000 000", "money", False, 45000000.0), ("2.1.3", "count", False, None), ("1.25.000", "money", False, None),
    ("9" * 16, "count", False, None), ("007", "count", False, 7.0), ("1,2,3", "size", False, None),
    ("3,098", "size", False, None), ("205,4", "size", False, 205.4), ("0,125", "size", False, 0.125),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "kind", "scaled", "value"), NUMBERS)
def test_a_printed_number_has_one_value_or_none(printed, kind, scaled, value):
    assert number_value(printed, kind, scaled=scaled) == value


@given(st.integers(min_value=0, max_value=10**14))
def test_a_whole_number_with_vietnamese_thousands_is_read_back(value: int) -> None:
    assert number_value(f"{value:,}".replace(",", "."), "count") == float(value)


@given(st.text(alphabet=" \n\t0123456789.,/-%()từđếtrợlnhgmôìaấ≥", max_size=120))
def test_whatever_the_text_spans_are_apart_and_within_lines(text: str) -> None:
    mentions = find_measures(text, (), (), (), KNOWLEDGE)
    assert all(one.end <= other.start for one, other in pairwise(mentions))
    assert all(m.start < m.end and not set("\n\t") & set(text[m.start : m.end]) for m in mentions)


@pytest.mark.parametrize(
    "piece", ["1", "1.000.", "5 ", "1-", "2/3 ", "ít nhất ", "từ 5 đến ", "một ", "5 triệu ", "5%/năm", "(5 ", "hai mươi "]
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    short, long = piece * 500, piece * 4000
    assert grows_within(
        lambda: find_measures(short, (), (), (), KNOWLEDGE), lambda: find_measures(long, (), (), (), KNOWLEDGE), 24, 0.05
    )


PLAN = HEAD_OF_2025 + """
Chuyển đổi số năm 2025

I. MỤC TIÊU

Tỷ lệ hài lòng đạt từ 95% trở lên.

| STT | Chỉ tiêu | ĐVT | Năm 2024 | Năm 2025 | Ghi chú |
|---|---|---|---|---|---|
| 1 | Hồ sơ trực tuyến | % | 80 | ≥ 85 | 12 |
| 2 | Số hộ dùng hóa đơn điện tử | hộ | 1.120 | 140-150 | |
| 3 | Mức độ an toàn | cấp độ | 2 | 3 | |
| 4 | Lắp camera | cái | 05 cái | 2025 | |

| TT | Nội dung | Kinh phí (triệu đồng) | Tỷ lệ % | Năm |
|---|---|---|---|---|
| 1 | Tập huấn | 1.250 | 60,5 | 2025 |
| 2 | Chờ phân bổ | chưa có | | 2026 |

Nơi nhận:

- Như trên (02 bản);

- Lưu: VT.

TM. ỦY BAN NHÂN DÂN

CHỦ TỊCH

Trần Văn Bình
"""


def test_bare_cells_take_their_unit_from_the_row_or_the_column() -> None:
    record = read_stages(Source("kế hoạch.md", PLAN.encode()), make_kit()).record
    assert [(m.text, m.value, m.value_to, m.unit, m.qualifier) for m in record.measures] == [
        ("từ 95% trở lên", 95, None, "%", ">="),
        ("80", 80, None, "%", None), ("≥ 85", 85, None, "%", ">="),
        ("1.120", 1120, None, "hộ", None), ("140-150", 140, 150, "hộ", None),
        ("05 cái", 5, None, "cái", None),
        ("1.250", 1250000000, None, "đồng", None), ("60,5", 60.5, None, "%", None),
    ]  # fmt: skip
    assert all(record.text[m.start : m.end] == m.text and m.rule and m.section_id for m in record.measures)
    assert [m.id for m in record.measures] == [f"m{n}" for n in range(1, 9)]


def test_numbers_around_the_plan_are_no_measures() -> None:
    record = read_stages(Source("kế hoạch.md", PLAN.encode()), make_kit()).record
    assert "bản" not in {measure.unit for measure in record.measures}
