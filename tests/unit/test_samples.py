"""The sample plans: what is committed is what the script makes, and the gold says only what the plans say."""

from __future__ import annotations

import io
import json
import re
import sys
import unicodedata
import zipfile
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pypdfium2
import pytest
from docx import Document
from PIL import Image, ImageChops, ImageStat

from models.outline import Role

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import make_samples  # noqa: E402
from samples.gold import TaskReader  # noqa: E402
from samples.markup import MarkupError, parse  # noqa: E402
from samples.plan import Plan, load_all, read_blocks, read_heading  # noqa: E402
from samples.portable import render_pdf  # noqa: E402
from samples.text import windows_1258  # noqa: E402

PLANS = load_all(make_samples.PLANS)
FINDINGS = {
    "missing_number", "missing_number_serial", "missing_issue_date", "incomplete_issue_date", "missing_section",
    "duplicate_section_number", "skipped_section_number", "stale_year", "reference_date_conflict", "motto_misspelt",
}  # fmt: skip
DAY = r"(\d{4}|XXXX)(-(\d{2}|XX)(-(\d{2}|XX))?)?"
EDTF = re.compile(rf"{DAY}|\.\./{DAY}|{DAY}/\.\.|{DAY}/{DAY}|\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00")

each_plan = pytest.mark.parametrize("plan", PLANS, ids=[plan.stem for plan in PLANS])


def gold_of(plan: Plan) -> dict[str, Any]:
    """The committed gold of a plan."""
    gold: dict[str, Any] = json.loads((ROOT / "tests/gold" / f"{plan.stem}.json").read_text(encoding="utf-8"))
    return gold


@cache
def rendered(file: str) -> bytes:
    """The bytes the script makes for a plan, once."""
    return make_samples.render(next(plan for plan in PLANS if plan.file == file))


def printed(plan: Plan) -> tuple[str, bytes]:
    """Name and bytes of the file whose text can be read: a scan's is the PDF that was printed for it."""
    if "scan" in plan.render:
        return f"{plan.stem}.pdf", render_pdf(plan)
    return plan.file, rendered(plan.file)


def page_pictures(file: str, data: bytes) -> list[Image.Image]:
    """The pages of a scanned file in grey, small enough that neither grain nor the encoder's version shows."""
    if file.endswith(".pdf"):
        document = pypdfium2.PdfDocument(data)
        pages = [page.render(scale=0.5, grayscale=True).to_pil() for page in document]
        document.close()
        return pages
    picture = Image.open(io.BytesIO(data))
    return [picture.convert("L").reduce(5)]


def pdf_pages(data: bytes) -> list[str]:
    """The text of each page of a PDF."""
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return pages


def readable(file: str, data: bytes) -> str:
    """All that a file says, in the order in which it is stored."""
    suffix = Path(file).suffix
    if suffix == ".pdf":
        return "\n".join(pdf_pages(data))
    if suffix == ".docx":
        document = Document(io.BytesIO(data))
        return "\n".join(paragraph.text for paragraph in document.element.body.iter() if paragraph.tag.endswith("}p"))
    for encoding in ("utf-16", "utf-8-sig", "cp1258"):
        if encoding == "utf-16" and not data.startswith(b"\xff\xfe"):
            continue
        try:
            return unicodedata.normalize("NFC", data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise AssertionError(f"no encoding fits {file}")


def squeezed(text: str) -> str:
    """The letters and digits alone: line breaks, hyphens at line ends and column order of blanks fall away."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", text))


def test_the_collection_is_wide_enough() -> None:
    years = {year for plan in PLANS for year in plan.gold.get("plan_years", [])}
    suffixes = [Path(plan.file).suffix for plan in PLANS]
    assert len(PLANS) >= 16
    assert len({plan.gold["issuer"] for plan in PLANS}) >= 6
    assert years >= {2023, 2024, 2025, 2026}
    assert {suffix: suffixes.count(suffix) for suffix in sorted(set(suffixes))} == {
        ".docx": 4, ".jpg": 1, ".md": 3, ".pdf": 7, ".txt": 5,
    }  # fmt: skip
    assert sum("scan" in plan.render for plan in PLANS) == 3


def test_three_communes_plan_one_topic_in_two_years_running() -> None:
    series: dict[tuple[str, str], list[int]] = {}
    for plan in PLANS:
        topic = re.sub(r"\d+", "", plan.title.joined)
        series.setdefault((plan.gold["issuer"], topic), []).append(plan.gold.get("plan_years", [0])[0])
    running = [key for key, years in series.items() if len(years) == 2 and max(years) - min(years) == 1]
    assert len(running) >= 3


def test_every_finding_that_samples_can_show_is_shown() -> None:
    assert {code for plan in PLANS for code in plan.gold["warnings"]} == FINDINGS


def test_gold_and_plans_belong_together() -> None:
    texts = {path.stem for path in (ROOT / "tests/gold/texts").iterdir()}
    assert {path.stem for path in (ROOT / "tests/gold").glob("*.json")} - texts == {plan.stem for plan in PLANS}
    committed = {path for path in (ROOT / "data/raw").rglob("*") if path.is_file() and path.name != ".gitkeep"}
    assert committed == {ROOT / "data/raw" / plan.file for plan in PLANS}
    assert len({plan.stem for plan in PLANS}) == len(PLANS)


def assert_same_pictures(old: list[Image.Image], new: list[Image.Image]) -> None:
    """Equal pages but for what an encoder may change: on average less than one grey level of 255, nowhere 40."""
    assert [page.size for page in old] == [page.size for page in new]
    for before, after in zip(old, new, strict=True):
        difference = ImageStat.Stat(ImageChops.difference(before, after))
        assert difference.mean[0] < 1
        assert difference.extrema[0][1] < 40


@each_plan
def test_committed_file_is_what_the_script_makes(plan: Plan) -> None:
    """Text is compared byte by byte, Word part by part, PDF by each page's text with its line breaks, scans by what is
    seen: the packed bytes of the last three also depend on the versions of zlib, reportlab and the JPEG encoder."""
    committed, made = (ROOT / "data/raw" / plan.file).read_bytes(), rendered(plan.file)
    if "scan" in plan.render:
        assert_same_pictures(page_pictures(plan.file, committed), page_pictures(plan.file, made))
        return
    match Path(plan.file).suffix:
        case ".docx":
            parts = [zipfile.ZipFile(io.BytesIO(data)) for data in (committed, made)]
            old, new = ({name: part.read(name) for name in part.namelist()} for part in parts)
            assert old == new
        case ".pdf":
            assert pdf_pages(committed) == pdf_pages(made)
        case _:
            assert committed == made


@each_plan
def test_committed_gold_is_what_the_data_says(plan: Plan) -> None:
    assert (ROOT / "tests/gold" / f"{plan.stem}.json").read_text(encoding="utf-8") == make_samples.gold_text(plan)


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".jpg"])
def test_rendering_twice_gives_equal_bytes(suffix: str) -> None:
    plan = next(plan for plan in PLANS if plan.file.endswith(suffix))
    assert make_samples.render(plan) == rendered(plan.file)


@each_plan
def test_every_gold_mention_stands_in_the_source(plan: Plan) -> None:
    gold, content = gold_of(plan), plan.content()
    raws = [row[0] for row in (*gold["references"], *gold["dates"])]
    raws += [*gold["units"], *gold["assignees"], *gold["references_optional"]]
    raws += [task["text"] for task in gold["tasks"]]
    assert [raw for raw in raws if raw.casefold() not in content.casefold()] == []


@each_plan
def test_every_gold_mention_stands_in_the_published_file(plan: Plan) -> None:
    gold = gold_of(plan)
    name, data = printed(plan)
    text = squeezed(readable(name, data))
    raws = [row[0] for row in (*gold["references"], *gold["dates"])]
    missing = [raw for raw in raws if squeezed(raw) not in text]
    # the page number and the header row repeated on the next page may part a mention of a PDF
    assert len(missing) <= (1 if name.endswith(".pdf") else 0), missing


@each_plan
def test_published_file_carries_no_markup(plan: Plan) -> None:
    text = readable(*printed(plan))
    assert not re.search(r"</?(ref|opt|date|task|who|with)\b| // |\{[a-z_]+;", text)


@each_plan
def test_gold_is_well_formed(plan: Plan) -> None:
    gold = gold_of(plan)
    assert {role for _, _, role, _ in gold["sections"]} <= {*get_args(Role), None}
    assert set(gold["warnings"]) <= FINDINGS
    assert gold["recipients"] == len(plan.recipients)
    times = [value for _, value in gold["dates"]]
    times += [task[key] for task in gold["tasks"] for key in ("deadline", "period")]
    assert [value for value in times if value and not EDTF.fullmatch(value)] == []
    assert all(len(row) == 5 and row[1] for row in gold["references"])
    assert all(task["assignees"] or task["deadline"] for task in gold["tasks"])


@each_plan
def test_names_are_in_one_normal_form(plan: Plan) -> None:
    assert unicodedata.is_normalized("NFC", plan.file)
    assert unicodedata.is_normalized("NFC", plan.content())


def test_markup_tells_what_a_sentence_means() -> None:
    line = parse("Theo <ref Chỉ thị; 05-CT/TW; 2016-05-15;>Chỉ thị số 05-CT/TW <date>ngày 15/5/2016</date></ref>, họp")
    assert line.text == "Theo Chỉ thị số 05-CT/TW ngày 15/5/2016, họp"
    assert [(mark.kind, mark.raw) for mark in line.marks] == [
        ("ref", "Chỉ thị số 05-CT/TW ngày 15/5/2016"),
        ("date", "ngày 15/5/2016"),
    ]
    assert line.of("date")[0].within[2] == "2016-05-15"


@pytest.mark.parametrize(
    "line",
    ["<who>Công an xã", "Công an xã</who>", "<bold>x</bold>", "<ref Luật>x</ref>", "<date 2025>x</who>"],
)
def test_broken_markup_is_refused(line: str) -> None:
    with pytest.raises(MarkupError):
        parse(line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("#1{muc_dich_yeu_cau} I. MỤC ĐÍCH, // YÊU CẦU:", ("I", "MỤC ĐÍCH, YÊU CẦU", "muc_dich_yeu_cau", 1)),
        ("#2 1/. Mục đích.", ("1", "Mục đích", None, 2)),
        ("#3 a/ Thuận lợi", ("a", "Thuận lợi", None, 3)),
        ("#1{khac; marker=; title=CHỦ ĐỀ} CHỦ ĐỀ", (None, "CHỦ ĐỀ", "khac", 1)),
    ],
)
def test_heading_line(line: str, expected: tuple[Any, ...]) -> None:
    heading = read_heading(line)
    assert (heading.marker, heading.title, heading.role, heading.level) == expected


def test_task_takes_its_actors_from_the_row_else_from_the_heading() -> None:
    blocks = read_blocks(
        "#2 1. <who>Công an xã</who>\n"
        "- <task>Tuần tra <date ../2025-06-30 due>trước ngày 30/6/2025</date></task>\n"
        "2. <who>Trạm Y tế</who>: <task>Trực cấp cứu cùng <with>Phòng Kinh tế</with></task>\n"
        "|= STT:10 | Việc:50 | Ai:40\n| I | <date 2025-34 period>Quý II</date>\n"
        "| 1 | <task>Sơ kết</task> | <who>Văn phòng</who>"
    )
    plan = PLANS[0].__class__(**{**PLANS[0].__dict__, "body": blocks, "appendix": ()})
    tasks = list(TaskReader().read_plan(plan))
    assert [(task["assignees"], task["coordinators"], task["deadline"], task["period"]) for task in tasks] == [
        (["Công an xã"], [], "../2025-06-30", None),
        (["Trạm Y tế"], ["Phòng Kinh tế"], None, None),
        (["Văn phòng"], [], None, "2025-34"),
    ]


def test_windows_1258_comes_back() -> None:
    text = "Ủy ban nhân dân phường Đông Hải Lộc, nguyễn, ượng, ỗ, “ẫ” – ặ"
    assert unicodedata.normalize("NFC", windows_1258(text).decode("cp1258")) == text
