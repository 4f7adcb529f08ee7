"""How long the whole way takes, bytes to record, against its peers in the same run; start-up and memory beside it.

    python benchmarks/bench_pipeline.py [FILE.pdf ...] [--rounds N]

CPU time (`time.process_time`), rounds interleaved over the engines, medians. `pdfium` is the floor: bare text of all pages.
`pdfplumber` gives text and tables of all pages, and nothing more. Start-up is wall time of a fresh process, best of five.
Memory is the peak of a fresh process that reads a plan of 300 pages, put together from a shorter one.
"""

from __future__ import annotations

import argparse
import io
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import pypdfium2
from bench_extract import ROOT, bare_pdfium, default_files, is_readable, plumber

from pipeline.flow import make_kit, read_stages
from pipeline.values import Source

KEHOACH = Path(sys.executable).with_name("kehoach")
LONG_PLAN_PAGES = 300


def measure(data: bytes, rounds: int) -> tuple[float, float, float]:
    """Median CPU milliseconds of bare pdfium, the whole pipeline and pdfplumber, in that order."""
    kit = make_kit()
    source = Source("plan.pdf", data)
    read_stages(source, kit)
    engines = (bare_pdfium, lambda _: read_stages(source, kit), plumber)
    spent: list[list[float]] = [[] for _ in engines]
    for _ in range(rounds):
        for times, engine in zip(spent, engines, strict=True):
            start = time.process_time()
            engine(data)
            times.append((time.process_time() - start) * 1000)
    floor, own, slow = (median(times) for times in spent)
    return floor, own, slow


def start_up(*arguments: str) -> float:
    """Seconds from start to end of the command line, best of five."""
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([KEHOACH, *arguments], check=True, capture_output=True)
        best = min(best, time.perf_counter() - start)
    return best


def long_plan(data: bytes) -> bytes:
    """A PDF of 300 pages made of one plan's pages over and over."""
    document, whole, out = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument.new(), io.BytesIO()
    while len(whole) < LONG_PLAN_PAGES:
        whole.import_pages(document)
    whole.save(out)
    return out.getvalue()


def peak_memory(data: bytes) -> float:
    """Peak resident MiB of a fresh process that shows a file's record."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        path.write_bytes(data)
        subprocess.run([KEHOACH, "show", str(path), "--stage", "record"], check=True, stdout=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    files = [path for path in args.files or default_files() if is_readable(path.read_bytes())]
    small = next(path for path in sorted((ROOT / "data" / "raw").rglob("*.txt")))
    print(f"start-up: --help {start_up('--help'):.2f} s, show of a small TXT {start_up('show', str(small)):.2f} s")
    print(f"memory, {LONG_PLAN_PAGES} pages: {peak_memory(long_plan(files[0].read_bytes())):.0f} MiB")
    print(f"{'file':<44} {'pdfium':>8} {'kehoach':>8} {'plumber':>8}   ms/plan; times pdfium, times faster than plumber")
    for path in files:
        floor, own, slow = measure(path.read_bytes(), args.rounds)
        print(f"{path.name[:44]:<44} {floor:8.1f} {own:8.1f} {slow:8.1f}   {own / floor:5.2f} x {slow / own:5.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
