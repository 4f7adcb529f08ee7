"""`kehoach evaluate`: records held against what a person read in the same documents."""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from models import PlanRecord
from pipeline.cli.received import RECORD_SUFFIX, named_source
from pipeline.cli.results import check_table_file, named_results
from pipeline.errors import ExitStatus, KehoachError
from pipeline.evaluate import Gold, Reading, evaluate, read_gold
from pipeline.knowledge.ui import Words
from pipeline.report import evaluation_sheets, render_evaluation, write_sheets
from pipeline.settings import DEFAULT_SETTINGS, Limits
from pipeline.show.paint import visible

Known = tuple[str, Gold]


def execute(options: argparse.Namespace, words: Words) -> ExitStatus:
    """Prints scores and errors. Raises KehoachError where there is nothing to hold against each other.

    Status 10 where some gold has no record, or cannot be read itself.
    """
    limits = DEFAULT_SETTINGS.limits
    check_table_file(options.out, (options.records, options.gold))
    results = named_results(options.records, limits)
    golds, broken = _golds(options.gold, limits)
    matcher = _Matcher(results)
    evaluation = evaluate(matcher.pairs(golds))
    for name, trouble in (*broken, *((name, words("evaluate_no_record")) for name in matcher.absent)):
        print(f"{visible(name)}: {visible(trouble)}", file=sys.stderr)
    if not evaluation.documents:
        raise KehoachError("no_gold_matches", str(options.gold), status=ExitStatus.NOTHING_READABLE)
    sys.stdout.write(render_evaluation(evaluation, words, errors=not options.summary))
    if options.out is not None:
        write_sheets(evaluation_sheets(evaluation, words), options.out, words.knowledge)
    return ExitStatus.NEEDS_PERSON if broken or matcher.absent else ExitStatus.DONE


def _golds(path: Path, limits: Limits) -> tuple[list[Known], list[tuple[str, str]]]:
    """The gold of a folder or file by the name of its document, and the files that are none, with the reason."""
    files = sorted(file for file in path.glob(f"*{RECORD_SUFFIX}") if file.is_file()) if path.is_dir() else [path]
    golds, broken = [], []
    for file in files:
        try:
            golds.append((unicodedata.normalize("NFC", file.stem), read_gold(named_source(file, limits).data)))
        except ValueError as error:
            broken.append((file.name, str(error)))
    return golds, broken


class _Matcher:
    """Finds the record of a gold by its path, else by the name of its file without the ending."""

    def __init__(self, results: Sequence[Reading]) -> None:
        self._by_path = {result.path: result for result in results}
        self._by_stem: dict[str, list[Reading]] = defaultdict(list)
        for result in results:
            self._by_stem[PurePosixPath(result.path).stem].append(result)
        self.absent: list[str] = []

    def pairs(self, golds: Sequence[Known]) -> Iterator[tuple[str, PlanRecord, Gold]]:
        """Each gold with its record; the names of the others are in `absent` afterwards."""
        for name, gold in golds:
            record = self._record(name, gold)
            if record is None:
                self.absent.append(name)
            else:
                yield name, record, gold

    def _record(self, name: str, gold: Gold) -> PlanRecord | None:
        exact = self._by_path.get(unicodedata.normalize("NFC", gold.file or ""))
        if exact is not None:
            return exact.read()
        records = {record.plan_id: record for same in self._by_stem.get(name, ()) if (record := same.read()) is not None}
        return next(iter(records.values())) if len(records) == 1 else None


