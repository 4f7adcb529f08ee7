"""The document cut by meaning: sections and the frame around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.outline import Role, SectionKind
from pipeline.values.places import Span


@dataclass(frozen=True, slots=True)
class Node:
    """A section of the outline: `start`/`end` its whole extent, `head_end` where its heading or label ends."""

    id: str
    kind: SectionKind
    marker: str | None
    level: int
    title: str | None
    role: Role
    start: int
    end: int
    head_end: int
    rule: str
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of the plan itself that segmentation met: a finding code, and where."""

    code: str
    start: int
    end: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts around the outline; a part that the document lacks is None or empty.

    `portal` is what stands above the head; `residue` what a portal printed around the document, above and below, from
    which no office and no citation is taken. `enclosed` is the plan that a decision puts in force, its sections are in
    the outline; `second_document` another document in the same file, which is not read.
    """

    portal: tuple[Span, ...] = ()
    residue: tuple[Span, ...] = ()
    letterhead: Span | None = None
    issuer_lines: tuple[Span, ...] = ()
    motto: Span | None = None
    number_line: Span | None = None
    dateline: Span | None = None
    doc_type: Span | None = None
    title: Span | None = None
    preamble: Span | None = None
    body: Span | None = None
    closing: Span | None = None
    recipients: tuple[Span, ...] = ()
    signature: tuple[Span, ...] = ()
    appendices: tuple[Span, ...] = ()
    second_document: Span | None = None
    enclosed: Span | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """The document cut by meaning."""

    nodes: tuple[Node, ...]
    frame: Frame
    faults: tuple[Fault, ...] = ()

    def walk(self) -> Iterator[Node]:
        """All nodes in reading order."""
        for node in self.nodes:
            yield from node.walk()
