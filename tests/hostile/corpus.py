"""The corpus of hostile and broken files: one function a file, with what it is for and what must become of it.

All is made when a test asks for it; nothing of it lies in the repository. What containers (ZIP, e-mail) and web pages
can be made to do is tested beside their readers, in tests/unit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

READ = "read"


@dataclass(frozen=True)
class Hostile:
    """A file of the corpus. `fates` are the causes that may become of it, `read` where it is read all the same."""

    name: str
    why: str
    fates: frozenset[str]
    make: Callable[[], bytes]


FILES: list[Hostile] = []


def hostile(name: str, *fates: str, why: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Puts what the function makes into the corpus under that name."""

    def kept(make: Callable[[], bytes]) -> Callable[[], bytes]:
        FILES.append(Hostile(name, why, frozenset(fates), make))
        return make

    return kept
