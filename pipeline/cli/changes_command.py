"""`kehoach changes`: two runs over the same files, such as those before and after the program was changed."""

from __future__ import annotations

import argparse
import sys

from pipeline.cli.results import check_table_file, named_results
from pipeline.errors import ExitStatus
from pipeline.evaluate import compare_runs
from pipeline.knowledge.ui import Words
from pipeline.report import changes_sheets, render_changes, write_sheets
from pipeline.settings import DEFAULT_SETTINGS


def execute(options: argparse.Namespace, words: Words) -> ExitStatus:
    """Prints what changed. Raises KehoachError where one side holds no results.

    Status 10 where a file that was read before is read no more.
    """
    check_table_file(options.out, (options.before, options.after))
    limits = DEFAULT_SETTINGS.limits
    found = compare_runs(named_results(options.before, limits), named_results(options.after, limits))
    sys.stdout.write(render_changes(found, words, details=not options.summary))
    if options.out is not None:
        write_sheets(changes_sheets(found, words), options.out, words.knowledge)
    return ExitStatus.NEEDS_PERSON if any(file.lost for file in found.files) else ExitStatus.DONE
