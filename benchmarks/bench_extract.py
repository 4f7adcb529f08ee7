"""How long reading a born-digital PDF takes, against its peers in the same run.

    python benchmarks/bench_extract.py [FILE.pdf ...] [--rounds N]

CPU time (`time.process_time`), rounds interleaved over the engines, medians. `pdfium` is the floor: the bare text of
all pages. `pdfplumber` gives text and tables of all pages. Without arguments: every PDF below data/raw, and
../shared/rebuilt/*.pdf where that folder is there. Files that are no born-digital PDF (scans, locked files)
are left out; `measure_ocr.py` is for scans.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pdfplumber
import pypdfium2

from pipeline.errors import ReadError
from pipeline.extract.pdf import read_pdf
from pipeline.settings import Limits

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT / "data" / "raw", ROOT.parent / "shared" / "rebuilt")


def bare_pdfium(data: bytes) -> int:
    """Pages read with pdfium's own text of each page."""
    document = pypdfium2.PdfDocument(data)
    for index in range(len(document)):
        page = document[index]
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    count = len(document)
    document.close()
    return count


def kehoach(data: bytes) -> int:
    """Pages read with this project's reader."""
    return len(read_pdf(data, Limits()).pages)


def plumber(data: bytes) -> int:
    """Pages read with pdfplumber's text and tables."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()
            page.close()
        return len(document.pages)


ENGINES: tuple[tuple[str, Callable[[bytes], int]], ...] = (
    ("pdfium", bare_pdfium),
    ("kehoach", kehoach),
    ("pdfplumber", plumber),
)


def default_files() -> list[Path]:
    return [path for folder in FOLDERS if folder.is_dir() for path in sorted(folder.rglob("*.pdf"))]


def is_readable(data: bytes) -> bool:
    """Whether a file can be read, and all of it by its text layer."""
    try:
        pages = read_pdf(data, Limits()).pages
    except ReadError:
        return False
    return all(page.engine == "pdfium" for page in pages)


def measure(data: bytes, rounds: int) -> dict[str, float]:
    """Median CPU milliseconds a page of every engine."""
    spent: dict[str, list[float]] = {name: [] for name, _ in ENGINES}
    for _ in range(rounds):
        for name, engine in ENGINES:
            start = time.process_time()
            pages = engine(data)
            spent[name].append((time.process_time() - start) * 1000 / pages)
    return {name: median(times) for name, times in spent.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    print(f"{'file':<44} {'pdfium':>8} {'kehoach':>8} {'plumber':>8}   ms/page; times pdfium, times faster than plumber")
    for path in args.files or default_files():
        data = path.read_bytes()
        if not is_readable(data):
            continue
        cost = measure(data, args.rounds)
        floor, own, slow = (cost[name] for name, _ in ENGINES)
        print(f"{path.name[:44]:<44} {floor:8.2f} {own:8.2f} {slow:8.2f}   {own / floor:5.2f} x {slow / own:5.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
