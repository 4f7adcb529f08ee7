"""How well pictures of pages are read: letters, words and head against what truly stands on them; and how fast.

    python benchmarks/measure_ocr.py [--only WORDS ...] [--scans FOLDER] [--records FOLDER] [--misses] [--speed]

One table for each variant, then totals. `CER` is the character error rate in percent, in order, on the whole text (NFC,
blanks folded); `placed` the same without the runs of three and more words that were read rightly but in another place.
`marks` and `other` are words wrong in their marks only, and otherwise, in percent of the true words; `moved` counts the words
read elsewhere. Number, issue date and signer are right, wrong, or `-` where the pages do not tell them.

`--only` keeps cases whose variant and file name hold all of some words ("own 200c", "danang"). `--scans` keeps the scans
made of the project's samples, and uses them again. `--records` scores finished records (JSON files of a run over those
scans and ../shared) by their file's name; `--shared` is that folder where it lies elsewhere. `--misses` lists what is
wrong. `--speed` compares with one plain `tesseract PAGE - -l vie` a page, one after the other, as it comes and held to
one thread; pictures of the pages are made beforehand and not counted. Wall time: only an idle machine tells the truth.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pypdfium2
from ocr_cases import ROOT, Case, letters, rebuilt, samples
from text_errors import TextErrors, compare

from pipeline.flow import make_kit, process
from pipeline.values import Source

PLAIN = {"tesseract": {}, "one thread": {"OMP_THREAD_LIMIT": "1"}}
"""The peers in speed, with what they add to the environment: as it comes, and held to one thread."""
FIELDS = ("number", "issue_date", "signer")
Reader = Callable[[str, bytes], dict[str, Any] | str]
"""The record of a file (name, bytes) as its JSON says, or why there is none."""


@dataclass(frozen=True)
class Result:
    """One file measured. `head` says of each field that was asked whether it is right; `unread` why there is no record."""

    case: Case
    errors: TextErrors
    head: dict[str, bool]
    wrong: list[str]
    unread: str
    seconds: float


def pipeline_reader() -> Reader:
    """Reads a file with the program as it is."""
    kit = make_kit()

    def read(name: str, data: bytes) -> dict[str, Any] | str:
        outcome = process(Source(unicodedata.normalize("NFC", name), data), kit)
        if outcome.record is None:
            return f"{outcome.state}: {outcome.cause}"
        return dict(json.loads(outcome.record.model_dump_json()))

    return read


def record_reader(folder: Path) -> Reader:
    """Finds the finished record of a file by the file's name."""
    records = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.json"))]
    by_name = {record["source"]["file_name"]: record for record in records if isinstance(record, dict) and "source" in record}

    def read(name: str, _: bytes) -> dict[str, Any] | str:
        return by_name.get(unicodedata.normalize("NFC", name), "no record")

    return read


def head_of(record: dict[str, Any]) -> dict[str, str | None]:
    """The fields of the head that are measured, as a record has them."""
    header = record.get("header") or {}
    signers = (record.get("closing") or {}).get("signers") or [{}]
    return {
        "number": (header.get("number") or {}).get("canonical"),
        "issue_date": (header.get("issue_date") or {}).get("edtf"),
        "signer": signers[0].get("name"),
    }


def same(want: str | None, got: str | None) -> bool:
    """Equal but for letter case and blanks."""
    return "".join((want or "").split()).casefold() == "".join((got or "").split()).casefold()


def measure(case: Case, read: Reader) -> Result:
    """Reads one file and compares it with its truth; an unread file has every letter wrong."""
    began = time.perf_counter()
    record = read(case.file.name, case.file.read_bytes())
    seconds = time.perf_counter() - began
    known: dict[str, Any] = {} if isinstance(record, str) else record
    got, truth = head_of(known), case.truth
    head = {name: same(want, got[name]) and bool(known) for name, want in truth.head.items()}
    wrong = [f"{name}: want {truth.head[name]!r}, got {got[name]!r}" for name, right in head.items() if not right]
    unread = record if isinstance(record, str) else ""
    return Result(case, compare(truth.text, known.get("text", "")), head, wrong, unread, seconds)


def rates(results: list[Result]) -> str:
    """The figures of some files together."""
    errors = [result.errors for result in results]
    letters_, words = sum(e.characters for e in errors), sum(e.words for e in errors)
    figures = (
        100 * sum(e.wrong_characters for e in errors) / letters_,
        100 * sum(e.wrong_in_place for e in errors) / letters_,
        100 * sum(len(e.marks) for e in errors) / words,
        100 * sum(e.other_words for e in errors) / words,
    )
    moved = sum(e.moved for e in errors)
    return "{:7.2f} {:7.2f} {:6.2f} {:6.2f}".format(*figures) + f" {moved:6d}"


def head_counts(results: list[Result]) -> str:
    """How many of the asked fields are right, field by field."""
    parts = []
    for name in FIELDS:
        asked = [result.head[name] for result in results if name in result.head]
        parts.append(f"{sum(asked)}/{len(asked)}" if asked else "-")
    return " ".join(f"{part:>7}" for part in parts)


def line(name: str, results: list[Result]) -> str:
    """One line of a table."""
    seconds = sum(result.seconds for result in results)
    return f"{name[:50]:<50} {rates(results)} {head_counts(results)} {seconds:7.1f}"


def print_tables(results: list[Result], *, misses: bool) -> None:
    """A table for each variant, then the totals."""
    names = {"CER": 7, "placed": 7, "marks": 6, "other": 6, "moved": 6, "number": 7, "date": 7, "signer": 7, "s": 7}
    titles = " ".join(f"{name:>{width}}" for name, width in names.items())
    ordered = sorted(results, key=lambda result: result.case.variant)
    groups = [(name, list(group)) for name, group in groupby(ordered, key=lambda result: result.case.variant)]
    for name, group in groups:
        print(f"\n{name:<50} {titles}")
        for result in group:
            print(line(result.case.file.name, [result]) + (f"  {result.unread}" if result.unread else ""))
            if misses and not result.unread:
                print_misses(result)
    print(f"\n{'totals':<50} {titles}")
    for name, group in groups:
        print(line(f"{name} ({len(group)} files)", group))
    print(line(f"all ({len(results)} files)", results))


def print_misses(result: Result) -> None:
    """What was wrong in one file."""
    for text in result.wrong:
        print(f"    head    {text}")
    for want, got in result.errors.marks:
        print(f"    marks   {want} -> {got}")
    for want, got in result.errors.others:
        print(f"    other   {want!r} -> {got!r}")


def page_images(path: Path, folder: Path) -> list[Path]:
    """The pages of a file as pictures in their own resolution."""
    if path.suffix.lower() != ".pdf":
        return [path]
    document, images = pypdfium2.PdfDocument(path), []
    for index, page in enumerate(document):
        widths = [item.get_px_size()[0] for item in page.get_objects() if isinstance(item, pypdfium2.PdfImage)]
        scale = max(widths, default=page.get_width() * 200 / 72) / page.get_width()
        images.append(folder / f"{path.stem}-{index}.png")
        page.render(scale=scale).to_pil().save(images[-1])
        page.close()
    document.close()
    return images


def print_speed(cases: Iterable[Case]) -> None:
    """Pages a second of the program beside plain tesseract calls; file by file in turn, on the same machine."""
    read, pages, total = pipeline_reader(), 0, [0.0] * (1 + len(PLAIN))
    peers = "".join(f"{name:>18}" for name in PLAIN)
    print(f"\n{'pages a second (times faster)':<50} {'pages':>6} {'kehoach':>9}{peers}")
    for case in cases:
        began = time.perf_counter()
        record = read(case.file.name, case.file.read_bytes())
        seconds = [time.perf_counter() - began]
        if isinstance(record, str):
            print(f"{case.file.name[:50]:<50} {record}")
            continue
        with tempfile.TemporaryDirectory() as folder:
            images = page_images(case.file, Path(folder))
            seconds += [plain_seconds(images, {**os.environ, **extra}) for extra in PLAIN.values()]
        pages, total = pages + len(images), [a + b for a, b in zip(total, seconds, strict=True)]
        print(speed_line(case.file.name, len(images), seconds))
    if pages:
        print(speed_line("all", pages, total))


def plain_seconds(images: list[Path], environment: dict[str, str]) -> float:
    """How long tesseract takes for some pages, one call after the other."""
    began = time.perf_counter()
    for image in images:
        subprocess.run(["tesseract", image, "-", "-l", "vie"], check=True, capture_output=True, env=environment)
    return time.perf_counter() - began


def speed_line(name: str, pages: int, seconds: list[float]) -> str:
    """One line of the speed table."""
    own, *plain = seconds
    peers = "".join(f" {pages / other:7.2f} ({other / own:5.2f} x)" for other in plain)
    return f"{name[:50]:<50} {pages:6d} {pages / own:9.2f}{peers}"


def all_cases(folder: Path, shared: Path, only: list[str]) -> list[Case]:
    """The cases whose variant and file name hold all words of `only`."""
    read = pipeline_reader()

    def wanted(name: str) -> bool:
        return all(word.casefold() in name.casefold() for word in only)

    def born_digital_text(name: str, data: bytes) -> str:
        record = read(name, data)
        if isinstance(record, str):
            raise ValueError(f"{name}: {record}")
        return str(record["text"])

    known = [case for case in (*rebuilt(shared), *letters(shared)) if wanted(f"{case.variant} {case.file.name}")]
    return [*known, *samples(folder, born_digital_text, wanted)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", default=[], metavar="WORDS")
    parser.add_argument("--scans", type=Path, metavar="FOLDER")
    parser.add_argument("--records", type=Path, metavar="FOLDER")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", metavar="FOLDER")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--speed", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.scans or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        cases = all_cases(folder, args.shared, [word for words in args.only for word in words.split()])
        if not cases:
            print("no case fits", file=sys.stderr)
            return 2
        if args.speed:
            print_speed(cases)
            return 0
        read = record_reader(args.records) if args.records else pipeline_reader()
        print_tables([measure(case, read) for case in cases], misses=args.misses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
