"""`kehoach run`: an inbox of plans into records, tables and the workbook."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from pipeline.batch import RunSummary, run_folder
from pipeline.batch.folders import RECORDS, TABLES, WORKBOOK
from pipeline.batch.summary import trouble_first
from pipeline.cli.progress import Explain, explainer, reporter_for, seconds_text, tell
from pipeline.cli.terminal import wants_colour
from pipeline.errors import ExitStatus, KehoachError
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.ui import Words
from pipeline.settings import Settings
from pipeline.show.paint import Painter, Style, visible
from pipeline.values import FileEntry, State

_TOLD = 10  # files named for each cause


def execute(options: argparse.Namespace, words: Words) -> ExitStatus:
    """Runs and sums up. Raises KehoachError where the whole run cannot go on."""
    explain = explainer(load_knowledge(options.knowledge), words)
    settings = Settings(knowledge=options.knowledge)
    try:
        with reporter_for(options.log, options.quiet, words, explain) as reporter:
            summary = run_folder(options.inbox, options.out, settings, report=reporter)
    except KehoachError as error:
        if options.log == "json":
            tell("stopped", cause=error.cause, detail=error.detail, status=int(error.status))
        raise
    except KeyboardInterrupt:
        if options.log == "json":
            tell("stopped", status=int(ExitStatus.STOPPED))
        raise
    if options.log == "json":
        _tell_end(summary)
    elif not options.quiet:
        print("\n".join(_summary(summary, words, explain, Painter(wants_colour(True)))))
    elif summary.status != ExitStatus.DONE:
        print(next(_outcome(summary, words)), file=sys.stderr)
    return summary.status


def _tell_end(summary: RunSummary) -> None:
    tell(
        "finished",
        status=int(summary.status),
        counts=summary.counts,
        reused=summary.reused,
        removed_records=summary.removed,
        ignored=len(summary.ignored),
        seconds=round(summary.seconds, 3),
        out=str(summary.out),
    )


def _summary(summary: RunSummary, words: Words, explain: Explain, paint: Painter) -> Iterator[str]:
    yield from _outcome(summary, words)
    if not summary.entries:
        return
    reused = [words("summary_reused", count=summary.reused)] if summary.reused else []
    removed = [words("summary_removed", count=summary.removed)] if summary.removed else []
    ignored = [words("summary_ignored", count=len(summary.ignored))] if summary.ignored else []
    yield from reused + removed + ignored
    yield from _look_first(summary, words, explain, paint)
    yield words("summary_where", folder=visible(str(summary.out)))
    yield f"  {WORKBOOK}  — {words('summary_workbook')}"
    yield f"  {RECORDS}/  — {words('summary_records', count=summary.records)}"
    yield f"  {TABLES}/  — {words('summary_tables')}"
    yield f"  run.json  — {words('summary_run_file')}"


def _outcome(summary: RunSummary, words: Words) -> Iterator[str]:
    if not summary.entries:
        yield words("run_empty", inbox=visible(str(summary.inbox)))
        return
    counts = ", ".join(
        words(f"count_{state}", count=count) for state, count in summary.counts.items() if count or state == "read"
    )
    seconds = seconds_text(summary.seconds, words.lang)
    yield words("summary", total=len(summary.entries), seconds=seconds, counts=counts)


def _look_first(summary: RunSummary, words: Words, explain: Explain, paint: Painter) -> Iterator[str]:
    """The files that a person must look at, by what is wrong with them: once what to do, then each file."""
    groups: dict[tuple[State, str, str], list[FileEntry]] = {}
    for entry in trouble_first(summary.entries):
        told = explain(entry)
        groups.setdefault((entry.state, told.message, told.hint), []).append(entry)
    if not groups:
        return
    yield ""
    yield words("summary_look_first")
    for (state, message, hint), entries in groups.items():
        style: Style = "error" if state == "failed" else "warning"
        yield f"{paint(words(f'state_{state}').capitalize(), style)} — {paint(message)}:"
        yield f"  → {paint(hint)}"
        for entry in entries[:_TOLD]:
            detail = explain(entry).detail
            yield f"  - {paint(entry.path)}{paint(f' ({detail})' if detail else '', 'faint')}"
        if len(entries) > _TOLD:
            yield f"  {words('summary_more', count=len(entries) - _TOLD)}"
    yield ""
