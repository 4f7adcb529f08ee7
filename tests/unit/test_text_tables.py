"""Tables in plain text: laid out with blanks, or shattered into lines by an earlier text extraction."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from borderless import Rows, laid_out, words_of
from hypothesis import given
from hypothesis import strategies as st
from plain_text import read
from plan_texts import in_characters

from models import PlanRecord
from pipeline.flow import make_kit, process
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.cells import CellLine, cell_lines
from pipeline.values import Extracted, Grid, Source
from tests.unit.growth import grows_within

KNOWLEDGE = load_knowledge()
MEET = "Tổ chức hội nghị tuyên truyền, phổ biến pháp luật cho cán bộ, đảng viên và nhân dân"
CLEAN = "Ra quân tổng vệ sinh môi trường"
REPORT = "Báo cáo sơ kết công tác 6 tháng đầu năm và nhiệm vụ 6 tháng cuối năm 2025"
ROWS: Rows = [
    ["STT", "Nội dung", "Thời gian", "Đơn vị thực hiện"],
    ["1", MEET, "Tháng 3/2025", "Công chức Tư pháp - Hộ tịch"],
    ["2", CLEAN, "Thường xuyên", "Các thôn"],
    ["3", REPORT, "Trước ngày 20/6/2025", "Văn phòng HĐND và UBND xã"],
]
WIDTHS = (3, 34, 14, 22)
BEFORE = "I. MỤC ĐÍCH\n\nThực hiện tốt nhiệm vụ năm 2025.\n\nII. NỘI DUNG\n"
AFTER = "\nIII. TỔ CHỨC THỰC HIỆN\n1. Công an xã\nChủ trì, phối hợp với các thôn thực hiện Kế hoạch này.\n"


def grids(extracted: Extracted) -> list[list[list[str]]]:
    found = [block for block in extracted.blocks if isinstance(block, Grid)]
    return [[[" ".join(cell.text.split()) for cell in row] for row in grid.rows] for grid in found]


def unread(extracted: Extracted) -> list[int | None]:
    return [notice.page for notice in extracted.notices if notice.code == "table_not_read"]


def record_of(text: str) -> PlanRecord:
    record = process(Source("ke-hoach.txt", text.encode()), make_kit()).record
    assert record is not None
    return record


# ------------------------------------------------------------------ laid out with blanks


def test_columns_of_characters_are_a_grid() -> None:
    text = BEFORE + laid_out(WIDTHS, ROWS) + AFTER
    extracted = read(text)
    assert grids(extracted) == [[list(row) for row in ROWS]] and unread(extracted) == []
    grid = next(block for block in extracted.blocks if isinstance(block, Grid))
    assert (grid.origin, grid.header_rows, grid.box) == ("aligned", 1, None)
    assert all(cell.box is None for row in grid.rows for cell in row)
    assert words_of(extracted) == Counter(text.split())


def test_it_goes_on_over_form_feeds_and_page_numbers() -> None:
    more = [["4", CLEAN, "Quý III", "Các thôn"], ["5", MEET, "Quý IV", "Công an xã"]]
    text = laid_out(WIDTHS, ROWS) + "\n\n" + " " * 40 + "1\n\f" + laid_out(WIDTHS, more) + AFTER
    assert grids(read(text)) == [[list(row) for row in (*ROWS, *more)]]


LINES_BLANKS = {
    "a letterhead": "ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n   XÃ SƠN HẠ                Độc lập - Tự do - Hạnh phúc\n"
    "Số: 12/KH-UBND            Sơn Hạ, ngày 05 tháng 3 năm 2025\n",
    "a signature": "Nơi nhận:                    TM. ỦY BAN NHÂN DÂN\n- Các thôn;                       CHỦ TỊCH\n- Lưu: VT.\n",
    "a list with tabs": "1\tTuyên truyền\n2\tKiểm tra\n3\tTổng kết\n",
    "a head above prose": "STT    Nội dung    Đơn vị thực hiện\nCác đơn vị căn cứ kế hoạch này để tổ chức thực hiện.\n",
}


@pytest.mark.parametrize("name", LINES_BLANKS)
def test_blanks_alone_make_no_table(name: str) -> None:
    assert grids(read(LINES_BLANKS[name])) == []


# ------------------------------------------------------------------ shattered into lines


def shattered(rows: Rows, *, one_line_head: bool = False, width: int = 36, between: str = "\n") -> str:
    """A table as careless text extraction leaves it: every cell, and every line of a cell, on a line of its own."""
    head = [" ".join(rows[0])] if one_line_head else list(rows[0])
    lines = [*head]
    for row in rows[1:]:
        for cell in row:
            for paragraph in cell.split("\n"):
                lines.extend(in_characters(paragraph, width))
    return between.join(lines)


COLUMN_SETS: dict[str, list[list[str]]] = {
    "the office alone": [
        ["STT", "Nội dung công việc", "Bộ phận tham mưu thực hiện"],
        ["1", MEET, "- Văn phòng - thống kê;\n- Các đơn vị, ban ngành liên quan phối hợp."],
        ["2", CLEAN, "Các thôn"],
        ["3", REPORT, "Hội đồng thi đua, khen thưởng xã"],
    ],
    "the time before the office": [list(row) for row in ROWS],
    "the time behind the offices": [
        ["TT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian", "Ghi chú"],
        ["1", MEET, "Công an xã", "Các thôn", "Tháng 3/2025", ""],
        ["2", CLEAN, "Trạm Y tế xã", "", "Thường xuyên", ""],
        ["3", REPORT, "Văn phòng HĐND và UBND xã", "Ban Chỉ huy quân sự xã", "15/6/2025", ""],
    ],
    "the time first": [
        ["TT", "Thời gian", "Nội dung", "Cơ quan thực hiện"],
        ["1", "Từ ngày 01/3 đến ngày 30/3/2025", MEET, "UBND xã"],
        ["2", "Quý II", CLEAN, "Đoàn Thanh niên xã"],
    ],
    "no office": [
        ["STT", "Nội dung", "Thời gian hoàn thành"],
        ["1", MEET, "Trước 15/3/2025"],
        ["2", CLEAN, "Hằng tháng"],
    ],
}


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["line by line", "blank lines between"])
@pytest.mark.parametrize("one_line_head", [False, True], ids=["titles one a line", "titles in one line"])
@pytest.mark.parametrize("name", COLUMN_SETS)
def test_rows_are_dealt_out_again(name: str, one_line_head: bool, between: str) -> None:
    rows = COLUMN_SETS[name]
    text = BEFORE + shattered(rows, one_line_head=one_line_head, between=between) + AFTER
    extracted = read(text)
    assert grids(extracted) == [[[" ".join(cell.split()) for cell in row] for row in rows]]
    assert unread(extracted) == [] and words_of(extracted) == Counter(text.split())


def test_in_markdown_too() -> None:
    extracted = read(BEFORE + shattered(COLUMN_SETS["the office alone"]) + AFTER, markdown=True)
    assert grids(extracted)[0][2] == ["2", CLEAN, "Các thôn"]


@pytest.mark.parametrize("group", ["I Quý I|II Quý II", "I\nQuý I|II\nQuý II", "Quý I|Quý II"])
def test_groups_give_their_period(group: str) -> None:
    first, second = group.split("|")
    table = f"STT\nNội dung\nĐơn vị thực hiện\n{first}\n1\n{CLEAN}\nCác thôn\n2\n{MEET}\nCông an xã\n{second}\n1\n{REPORT}\nUBND xã"
    record = record_of("KẾ HOẠCH\nCông tác năm 2025\n" + BEFORE + table + AFTER)
    tasks = [task for task in record.tasks if task.origin == "table"]
    assert [(task.text, task.period, task.assignees[0].text, task.confidence) for task in tasks] == [
        (CLEAN, "2025-33", "Các thôn", 0.75), (MEET, "2025-33", "Công an xã", 0.75), (REPORT, "2025-34", "UBND xã", 0.75),
    ]  # fmt: skip
    assert all(record.text[task.start : task.end] == task.text for task in tasks)
    assert [section.title for section in record.sections] == ["MỤC ĐÍCH", "NỘI DUNG", "TỔ CHỨC THỰC HIỆN"]


WORDS_THAT_MISLEAD = {
    "a unit's name where a line of the content begins": "Tổng kết công tác thi đua của\nHội đồng thi đua, khen thưởng xã năm 2025",
    "a year where a line of the content begins": "Tổng kết phong trào thi đua của xã trong\nnăm 2025",
    "a sentence about an actor": "Phân công nhiệm vụ tuần tra\nCông an xã tổ chức tuần tra, kiểm soát",
}


@pytest.mark.parametrize("name", WORDS_THAT_MISLEAD)
def test_words_inside_the_content_begin_no_cell(name: str) -> None:
    content = WORDS_THAT_MISLEAD[name]
    table = f"STT\nNội dung\nThời gian\nĐơn vị\n1\n{CLEAN}\nQuý I\nCác thôn\n2\n{content}\nTháng 5/2025\nTrạm Y tế xã\n3\n{MEET}\nQuý II\nUBND xã"
    assert grids(read(table + AFTER))[0][2] == ["2", " ".join(content.split()), "Tháng 5/2025", "Trạm Y tế xã"]


NOT_SURE = {
    "a column that no words tell": "STT\nNội dung\nSản phẩm\nĐơn vị chủ trì\n1\nHọp dân\nBiên bản\nCông an xã\n2\nKiểm tra\nBáo cáo\nUBND xã",
    "rows without numbers": "STT\nNội dung\nĐơn vị thực hiện\nHọp dân\nCông an xã\nKiểm tra\nUBND xã",
    "numbers that do not count": "STT\nNội dung\nĐơn vị thực hiện\n1\nHọp dân\nCông an xã\n4\nKiểm tra\nUBND xã\n5\nTổng kết\nUBND xã",
    "actors that nobody knows": "STT\nNội dung\nĐơn vị thực hiện\n1\nHọp dân\nÔng Ba\nlo\n2\nKiểm tra\nNhóm Sao Mai\n3\nTổng kết\nNhóm Hoa Sen",
    "two lists side by side": "STT\nNội dung\nĐơn vị chủ trì\nĐơn vị phối hợp\n1\nHọp\n- UBND xã;\n- Công an xã;\n- Các thôn;\n- Hội Nông dân xã"
    "\n2\nKiểm tra\n- UBND xã;\n- Công an xã;\n- Trạm Y tế xã",
}


@pytest.mark.parametrize("name", NOT_SURE)
def test_what_is_not_sure_stays_as_lines_and_is_told(name: str) -> None:
    text = BEFORE + NOT_SURE[name] + AFTER
    extracted = read(text)
    assert grids(extracted) == [] and unread(extracted) == [1]
    assert words_of(extracted) == Counter(text.split())


def test_a_row_that_is_not_sure_is_one_cell_and_no_task() -> None:
    sure = [[str(n), text, "Các thôn"] for n, text in enumerate((MEET, CLEAN, REPORT, "Họp dân"), start=1)]
    doubtful = f"5\nKiểm tra\nNhóm Sao Mai\n6\n{CLEAN}\nCông an xã"
    text = BEFORE + shattered([["STT", "Nội dung", "Đơn vị thực hiện"], *sure]) + "\n" + doubtful + AFTER
    record = record_of("KẾ HOẠCH\nCông tác năm 2025\n" + text)
    tasks = [task for task in record.tasks if task.origin == "table"]
    assert [task.text for task in tasks] == [MEET, CLEAN, REPORT, "Họp dân", CLEAN]
    assert "5\tKiểm tra Nhóm Sao Mai" in record.text
    assert [finding.page for finding in record.findings if finding.code == "table_not_read"] == [1]


NO_TABLES = {
    "an abbreviation in a list": "TT ĐU, HĐND, UBND;\n1\nHọp\n2\nBàn\n",
    "a head's words in prose": "STT là số thứ tự; Nội dung và đơn vị thực hiện do xã quyết định.\n1. Họp\n2. Bàn\n",
    "a numbered list": "Nội dung\nĐơn vị thực hiện\n1. Công an xã\nTuần tra.\n2. Các thôn\nHọp dân.\n",
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_other_lines_are_no_table(name: str) -> None:
    extracted = read(BEFORE + NO_TABLES[name] + AFTER)
    assert grids(extracted) == [] and unread(extracted) == []


PIECES = ["STT", "Nội dung", "Đơn vị thực hiện", "Thời gian", "1", "2", "3", "I Quý I", "Quý II", "Công an xã", "- Các thôn;", "năm 2025",
          "Họp dân", "III. TỔ CHỨC", "(1)", "(2)", "Thường xuyên", "Ghi chú", "STT Nội dung Đơn vị chủ trì", "", "TM. ỦY BAN NHÂN DÂN"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), min_size=4, max_size=40))
def test_no_word_of_any_lines_is_lost_or_doubled(lines: list[str]) -> None:
    text = "STT\nNội dung\nĐơn vị thực hiện\n" + "\n".join(lines) + "\nhết"
    assert words_of(read(text)) == Counter(text.split())


@pytest.mark.parametrize("seed", range(15))
def test_no_word_of_a_laid_out_table_is_lost(seed: int) -> None:
    chance = random.Random(seed)
    rows: list[list[str]] = [list(ROWS[0])]
    for number in range(1, chance.randint(3, 10)):
        rows.append([str(number), chance.choice([MEET, CLEAN, REPORT]), chance.choice(["Quý I", ""]), chance.choice(["UBND xã", "Các thôn"])])
    text = BEFORE + laid_out([3, chance.randint(20, 45), 12, 20], rows) + AFTER
    assert words_of(read(text)) == Counter(text.split())


HOSTILE = {
    "heads without end": "STT    Nội dung    Đơn vị thực hiện\n",
    "rows without end": "1    Nội dung    Đơn vị thực hiện\n",
    "titles one a line": "STT\nNội dung\nĐơn vị thực hiện\n1\n",
    "pieces without end": "STT   Nội dung   Đơn vị   ",
    "lines of one cell": "Họp dân về việc\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_length(name: str) -> None:
    head = "STT    Nội dung    Đơn vị thực hiện\n1    Họp    Công an xã\n2    Họp    Công an xã\n"
    head += "STT\nNội dung\nĐơn vị thực hiện\n1\n"
    short, long = (head + HOSTILE[name] * count for count in (800, 3_200))
    assert grows_within(lambda: read(short), lambda: read(long), factor=6, slack=0.3)


# ------------------------------------------------------------------ words and samples


@pytest.mark.parametrize("row", KNOWLEDGE.rows(CellLine), ids=lambda row: row.id)
def test_cell_line_rows(row: CellLine) -> None:
    words = KNOWLEDGE.derived(cell_lines)
    matches = {"time": words.is_time, "unit": words.is_unit, "open_end": words.is_open}[row.use]
    assert row.examples and all(map(matches, row.examples)) and not any(map(matches, row.not_examples))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- Văn phòng - thống kê;", True), ("Các cơ quan, đơn vị, ban,", True), ("Công an xã", True), ("Phòng Nội vụ", True),
        ("UBND xã, MTTQ và các đoàn thể", True), ("Tư pháp - Hộ tịch", True), ("Trường Tiểu học Sơn Hạ", True),
        ("Công an xã tổ chức tuần tra", False), ("Ban hành Công văn", False), ("Báo cáo tổng kết", False),
        ("Hội nghị tổng kết", False), ("Phòng chống thiên tai", False), ("công an xã", False), ("Tuyên truyền", False),
    ],
)  # fmt: skip
def test_a_line_that_names_an_actor(line: str, expected: bool) -> None:
    assert KNOWLEDGE.derived(cell_lines).is_unit(line) is expected


SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.exists(), reason="needs ../shared/seeds")
def test_the_sample_text_whose_table_was_shattered() -> None:
    (path,) = SEEDS.glob("003_*.txt")
    record = record_of(path.read_text(encoding="utf-8"))
    tasks = [task for task in record.tasks if task.origin == "table"]
    assert Counter(task.period for task in tasks) == {"2025-33": 6, "2025-34": 3, "2025-35": 3, "2025-36": 4}
    assert all(task.assignees and record.text[task.start : task.end] == task.text for task in tasks)
    assert not [finding for finding in record.findings if finding.code == "table_not_read"]
