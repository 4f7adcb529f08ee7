"""`kehoach doctor`: what is there, what is missing, and how to get it."""

from __future__ import annotations

import argparse

from pipeline.cli.terminal import wants_colour
from pipeline.doctor import Part, examine
from pipeline.errors import ExitStatus
from pipeline.knowledge.ui import Words
from pipeline.show.paint import Painter


def execute(options: argparse.Namespace, words: Words) -> ExitStatus:
    """Prints a line a part. Status 69 where a required part is missing; optional ones are only told."""
    paint = Painter(wants_colour(True))
    parts = examine()
    for required in (True, False):
        print(paint(words("doctor_required" if required else "doctor_optional"), "heading"))
        for part in parts:
            if part.required == required:
                _tell(part, words, paint)
    missing = [part.name for part in parts if part.required and not part.found]
    if missing:
        print(words("doctor_missing", names=", ".join(missing)))
        return ExitStatus.COMPONENT_MISSING
    print(words("doctor_fine"))
    return ExitStatus.DONE


def _tell(part: Part, words: Words, paint: Painter) -> None:
    width = max(len(words(state)) for state in ("doctor_found", "doctor_absent"))
    state = words("doctor_found" if part.found else "doctor_absent").ljust(width)
    name = paint(f"{part.name} {part.version}".rstrip())
    print(f"  {paint(state, 'good' if part.found else 'error')}  {name}  — {words(f'doctor_for_{part.purpose}')}")
    if not part.found and part.remedy:
        print(f"        {words('doctor_remedy', command=part.remedy)}")
