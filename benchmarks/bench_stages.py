"""How long annotate, assemble and check take for 2,000 syllables of a plan, and which of them the time goes to.

    python benchmarks/bench_stages.py [FILE ...] [--rounds N]

CPU milliseconds (`time.process_time`): of every document the best of the rounds, scaled to 2,000 syllables; then the median
over the documents. The tables are loaded and every document was read once before. Underthesea is asked anew in every round:
nothing that it said of a document is remembered, so its questions are in the figure. Without arguments: what can be read
without OCR and LibreOffice below data/raw, and ../shared/seeds where that folder is there.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

from pipeline.annotate import annotate
from pipeline.annotate.nlp import UndertheseaTagger, make_nlp
from pipeline.assemble import assemble, read_head
from pipeline.check import check
from pipeline.extract import extract
from pipeline.flow import Kit, make_kit, own_number
from pipeline.normalize import normalize
from pipeline.segment import segment
from pipeline.values import Extracted, NormalText, Outline, Source

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT / "data" / "raw", ROOT.parent / "shared" / "seeds")
SUFFIXES = {".txt", ".md", ".docx", ".pdf"}
SYLLABLES = 2_000
STAGES = ("head", "annotate", "assemble", "check")


class Plan(NamedTuple):
    """A document as it stands before its mentions are looked for."""

    source: Source
    extracted: Extracted
    normal: NormalText
    outline: Outline


def plans(files: list[Path], kit: Kit) -> Iterator[Plan]:
    """The documents that have a text of their own; scans are left out."""
    for path in files:
        source = Source(path.name, path.read_bytes())
        extracted = extract(source, kit.settings.limits, kit.office, kit.knowledge)
        if all(page.engine != "tesseract" for page in extracted.pages):
            normal = normalize(extracted)
            yield Plan(source, extracted, normal, segment(normal, kit.knowledge))


def measure(plan: Plan, kit: Kit) -> list[float]:
    """CPU seconds of each stage in one reading."""
    normal, outline, knowledge = plan.normal, plan.outline, kit.knowledge
    knowledge.derived(make_nlp).get_pipe("kehoach_units").ask = UndertheseaTagger()
    clock = [time.process_time()]
    head = read_head(normal, outline, knowledge)
    clock.append(time.process_time())
    annotations = annotate(normal, outline, knowledge, own=own_number(head), year=head.year)
    clock.append(time.process_time())
    record = assemble(plan.source, plan.extracted, normal, outline, head, annotations, knowledge)
    clock.append(time.process_time())
    check(record, outline.frame, outline.faults, normal.notices, knowledge, normal.doubts)
    clock.append(time.process_time())
    return [after - before for before, after in pairwise(clock)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    args = parser.parse_args()
    found = [path for folder in FOLDERS if folder.is_dir() for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES]
    kit = make_kit()
    read = list(plans(args.files or found, kit))
    rounds = [[measure(plan, kit) for plan in read] for _ in range(args.rounds + 1)][1:]
    print(f"{'file':<58} {'syllables':>9}", *(f"{stage:>9}" for stage in (*STAGES, "together")), "  ms CPU a 2,000 syllables")
    scaled = []
    for number, plan in enumerate(read):
        syllables = len(plan.normal.text.split())
        best = min((times[number] for times in rounds), key=sum)
        scaled.append([seconds * 1000 * SYLLABLES / syllables for seconds in (*best, sum(best))])
        print(f"{plan.source.file_name[:58]:<58} {syllables:9}", *(f"{figure:9.2f}" for figure in scaled[-1]))
    print(f"{'median':<58} {'':9}", *(f"{median(column):9.2f}" for column in zip(*scaled, strict=True)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
