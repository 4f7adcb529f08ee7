"""What the OCR measurements read: picture files and what truly stands on them.

Three sources: plans set again and scanned (../shared/rebuilt), the project's own samples scanned here and now, and page
images of a real letter (../shared/real). The first and the last are left out where that folder is not there.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from samples.plan import load_all  # noqa: E402
from samples.portable import render_pdf  # noqa: E402
from samples.scan import Scan, pictures  # noqa: E402
from samples.scan_files import pdf_of, signed  # noqa: E402

VARIANTS = {
    "200c": Scan(dpi=200, skew=1.0),
    "300c": Scan(dpi=300, skew=1.0),
    "200g": Scan(dpi=200, skew=-0.7, mode="grey"),
    "200bw": Scan(dpi=200, skew=-0.7, mode="one-bit"),
}
LETTER = re.compile(r"danang-.*_4_1(?:_v\d_(?P<fault>\w+))?\.jpg")
NUMBER = re.compile(r"^Số:\s*(\S+?)\s*(/\S+)", re.MULTILINE)
DAY = re.compile(r"ngày\s+(\d+)\s+tháng\s+(\d+)\s+năm\s+(\d+)")


@dataclass(frozen=True)
class Truth:
    """What stands on the pages. `head` holds only the fields that can be asked of them; None is "left blank"."""

    text: str
    head: dict[str, str | None]


@dataclass(frozen=True)
class Case:
    """One file to read: the variant it belongs to, and what is true of it."""

    variant: str
    file: Path
    truth: Truth


def iso(dateline: str) -> str:
    """The day of a dateline as YYYY-MM-DD."""
    day, month, year = DAY.search(dateline).groups()  # type: ignore[union-attr]
    return f"{year}-{int(month):02d}-{int(day):02d}"


def rebuilt(shared: Path) -> Iterator[Case]:
    """The scans of plans set again, with their known text."""
    folder = shared / "rebuilt"
    for path in sorted(folder.glob("*_scan*.pdf")):
        plan, _, variant = path.stem.partition("_scan")
        known = json.loads((folder / f"{plan}.truth.json").read_text(encoding="utf-8"))
        number = re.sub(r"^Số:\s*", "", known["num"])
        head = {"number": number, "issue_date": iso(known["date"]), "signer": known["signer"]}
        yield Case(f"rebuilt {variant}", path, Truth("\n".join(known["flat"]), head))


def letters(shared: Path) -> Iterator[Case]:
    """The page images of a real letter with the true text of that page; its signature is on another page."""
    folder = shared / "real"
    for path in sorted(folder.glob("danang-*.jpg")):
        found = LETTER.fullmatch(path.name)
        if not found:
            continue
        text = (folder / f"{path.name.partition('_4_1')[0]}_4_1_gt.txt").read_text(encoding="utf-8")
        number = NUMBER.search(text)
        assert number, "the true text tells the letter's number"
        head = {"number": "".join(number.groups()), "issue_date": iso(text)}
        yield Case(f"real page {found['fault'] or 'plain'}", path, Truth(text, head))


def samples(folder: Path, read: Callable[[str, bytes], str], only: Callable[[str], bool]) -> Iterator[Case]:
    """The project's own PDF samples scanned into `folder`, and its samples that are scans.

    `read` tells the text of the born-digital file: the sample itself, or the PDF that was printed for a scan.
    """
    for plan in load_all(ROOT / "scripts" / "samples" / "plans"):
        shipped, is_scan = ROOT / "data" / "raw" / plan.file, "scan" in plan.render
        files = {"own shipped": shipped}
        if not is_scan:
            files = {f"own {name}": folder / f"{shipped.stem}_{name}.pdf" for name in VARIANTS if shipped.suffix == ".pdf"}
        wanted = {variant: file for variant, file in files.items() if only(f"{variant} {file.name}")}
        if not wanted:
            continue
        printed = render_pdf(plan) if is_scan else shipped.read_bytes()
        head = {name: plan.gold[name] for name in ("number", "issue_date")} | {"signer": plan.gold["signer"].get("name")}
        truth = Truth(read(f"{plan.stem}.pdf", printed), head)
        for variant, file in wanted.items():
            if not is_scan and not file.exists():
                scan = VARIANTS[variant.removeprefix("own ")]
                file.write_bytes(pdf_of(pictures(printed, scan, signed(plan)), scan))
            yield Case(variant, file, truth)
