"""Whether hostile text costs time in step with its length."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

ROUNDS = 3
ATTEMPTS = 6


def grows_within(short: Callable[[], object], long: Callable[[], object], factor: float, slack: float) -> bool:
    """Whether `long` lasts less than `factor` times `short` plus `slack` CPU seconds.

    The two are measured by turns, and again where the machine was disturbed: work that grows faster fails each time.
    """
    return any(_seconds_are_within(short, long, factor, slack) for _ in range(ATTEMPTS))


def _seconds_are_within(short: Callable[[], object], long: Callable[[], object], factor: float, slack: float) -> bool:
    gc.collect()
    gc.disable()
    try:
        measured = [(_seconds(short), _seconds(long)) for _ in range(ROUNDS)]
    finally:
        gc.enable()
    return min(b for _, b in measured) < factor * min(a for a, _ in measured) + slack


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
