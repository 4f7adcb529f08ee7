"""`kehoach schema`: the JSON Schema of the plan record."""

from __future__ import annotations

import argparse
import json

from models import PlanRecord
from pipeline.errors import ExitStatus
from pipeline.knowledge.ui import Words


def execute(options: argparse.Namespace, words: Words) -> ExitStatus:
    """Prints the schema as JSON."""
    print(json.dumps(PlanRecord.model_json_schema(), ensure_ascii=False, indent=1))
    return ExitStatus.DONE
