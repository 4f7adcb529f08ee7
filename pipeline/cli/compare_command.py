"""`kehoach compare`: two plans, or two folders of plans such as those of two years."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from models import PlanRecord
from pipeline.aggregate.compare import compare_folders, compare_plans
from pipeline.batch import list_inbox
from pipeline.batch.containers import Opener, outcomes
from pipeline.batch.duplicates import Fullness
from pipeline.batch.reading import stages_guarded
from pipeline.cli.received import RECORD_SUFFIX, named_record, named_source
from pipeline.cli.results import is_output_folder, stored_records
from pipeline.cli.terminal import wants_colour
from pipeline.errors import ExitStatus, KehoachError
from pipeline.flow import Kit, make_kit
from pipeline.knowledge.causes import cause_named
from pipeline.knowledge.ui import Words
from pipeline.report import render_comparison
from pipeline.settings import Settings
from pipeline.show.paint import visible
from pipeline.values import Outcome


def execute(options: argparse.Namespace, words: Words) -> ExitStatus:
    """Prints the comparison. Raises KehoachError where one side cannot be read, or a file stands beside a folder."""
    before: Path = options.before
    after: Path = options.after
    if before.is_dir() != after.is_dir() and before.exists() and after.exists():
        raise KehoachError("unlike_sides", f"{before} / {after}", status=ExitStatus.USAGE)
    kit = make_kit(Settings(knowledge=options.knowledge))
    colour = wants_colour(options.colour)
    if not before.is_dir():
        shown = render_comparison(compare_plans(_plan(before, kit), _plan(after, kit)), words.lang, colour)
        sys.stdout.write(shown)
        return ExitStatus.DONE
    old, old_troubled = _folder(before, kit, words)
    new, new_troubled = _folder(after, kit, words)
    sys.stdout.write(render_comparison(compare_folders(old, new), words.lang, colour))
    return ExitStatus.NEEDS_PERSON if old_troubled or new_troubled else ExitStatus.DONE


def _plan(path: Path, kit: Kit) -> PlanRecord:
    if path.suffix == RECORD_SUFFIX:
        return named_record(path, kit.settings.limits)
    return stages_guarded(named_source(path, kit.settings.limits), kit).record


def _folder(folder: Path, kit: Kit, words: Words) -> tuple[list[PlanRecord], bool]:
    """The records of an output folder of `kehoach run`, or of a folder of plans; whether some could not be read."""
    if is_output_folder(folder):
        found, troubled = stored_records(folder), False
    else:
        opener = Opener(kit.settings.limits)
        read = [pair for received in list_inbox(folder).files for pair in outcomes(received, kit, opener)]
        unread = [(path, outcome) for path, outcome in read if outcome.record is None]
        for path, outcome in unread:
            _tell_unread(path, outcome, kit, words)
        found = _distinct([outcome.record for _, outcome in read if outcome.record is not None])
        troubled = any(outcome.state != "set_aside" for _, outcome in unread)
    if not found:
        raise KehoachError("nothing_readable", str(folder), status=ExitStatus.NOTHING_READABLE)
    return found, troubled


def _distinct(records: list[PlanRecord]) -> list[PlanRecord]:
    """One record for each text, the fullest, in the order of the files."""
    best: dict[str, PlanRecord] = {}
    for record in records:
        other = best.get(record.text_id)
        if other is None or Fullness.of(record).rank > Fullness.of(other).rank:
            best[record.text_id] = record
    return list(best.values())


def _tell_unread(path: str, outcome: Outcome, kit: Kit, words: Words) -> None:
    cause = cause_named(kit.knowledge, outcome.cause or "internal_error")
    message = visible(f"{path}: {cause.message(words.lang, outcome.detail)}")
    print(f"{words(f'state_{outcome.state}')}: {message}", file=sys.stderr)
