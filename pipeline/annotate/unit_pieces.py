"""What the readers of names hand on, and whom they may ask."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from models.mentions import UnitKind, UnitLevel


class WordTagger(Protocol):
    """Cuts a short stretch of text into words with their parts of speech (N…, V, A, E, C, …)."""

    def __call__(self, window: str) -> tuple[tuple[str, str], ...]:
        """The words of the window in order, each with its tag."""


class Piece(NamedTuple):
    """A part of a name: the token after it, its canonical form, the level and kind it tells, and how sure it is."""

    after: int
    name: str
    level: UnitLevel | None = None
    confidence: float = 1.0
    kind: UnitKind | None = None
