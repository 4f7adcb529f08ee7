"""`kehoach show`: one document, as any stage of the flow sees it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from models import PlanRecord
from pipeline.batch.reading import stages_guarded
from pipeline.cli.received import RECORD_SUFFIX, named_record, named_source
from pipeline.cli.terminal import text_width, wants_colour
from pipeline.errors import ExitStatus
from pipeline.flow import Kit, make_kit
from pipeline.knowledge.ui import Words
from pipeline.settings import Settings
from pipeline.show.overview import View, render_overview
from pipeline.show.paint import Painter
from pipeline.show.stages import render_extracted, render_mentions, render_outline, render_text
from pipeline.store import record_json


def execute(options: argparse.Namespace, words: Words) -> ExitStatus:
    """Prints the document; raises KehoachError where it cannot be read."""
    kit = make_kit(Settings(knowledge=options.knowledge))
    view = View(words, Painter(wants_colour(options.colour)), text_width())
    file: Path = options.file
    if file.suffix == RECORD_SUFFIX and options.stage in (None, "record"):
        shown = _record(named_record(file, kit.settings.limits), options.stage, view)
    else:
        shown = _stage(file, kit, options.stage, view)
    sys.stdout.write(shown if shown.endswith("\n") else shown + "\n")
    return ExitStatus.DONE


def _record(record: PlanRecord, stage: str | None, view: View) -> str:
    return record_json(record).decode() if stage == "record" else render_overview(record, view)


def _stage(file: Path, kit: Kit, stage: str | None, view: View) -> str:
    stages = stages_guarded(named_source(file, kit.settings.limits), kit)
    match stage:
        case "extracted":
            return render_extracted(stages.extracted, view.painter)
        case "text":
            return render_text(stages.normal, view.painter)
        case "outline":
            return render_outline(stages.outline, stages.normal.text, view.painter)
        case "mentions":
            return render_mentions(stages.annotations, stages.normal.text, view.painter)
        case _:
            return _record(stages.record, stage, view)
