"""The stages before the record as plain text, one line a thing: stable, so that a change shows as a changed line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from pipeline.show.marked import CELL_BREAK
from pipeline.show.paint import Painter, visible
from pipeline.values import Annotations, Box, Extracted, Frame, Grid, Line, Node, NormalText, Outline, Span

_EXCERPT = 80
_DEFAULTS: tuple[object, ...] = (None, "", (), False)


def render_extracted(extracted: Extracted, painter: Painter) -> str:
    """What was read from the bytes: pages, lines with their boxes, grids row by row, loose words, notices."""
    lines = [painter(f"{extracted.media_type}  encoding={extracted.encoding or '-'}", "heading")]
    for page in extracted.pages:
        size = f"{page.width:.0f}x{page.height:.0f}" if page.width and page.height else "-"
        lines.append(painter(f"page {page.number}  {size}  {page.engine}  ocr={_plain(page.ocr_confidence)}", "faint"))
    for block in extracted.blocks:
        lines.extend(_line(block, painter) if isinstance(block, Line) else _grid(block, painter))
    for loose in extracted.loose:
        lines.append(painter(f"{loose.kind} p{loose.page}{_box(loose.box)}  {loose.text}", "warning"))
    for value in (*extracted.signatures, *extracted.notices):
        lines.append(painter(f"{type(value).__name__}  {_details(value)}", "warning"))
    return "\n".join(lines)


def _line(line: Line, painter: Painter) -> Iterator[str]:
    opens = {True: "¶", False: "…", None: "?"}[line.opens]
    flags = [f"p{line.page}", opens, *([] if line.side == "full" else [line.side]), *(["hint"] if line.hint else [])]
    yield f"{painter(' '.join(flags), 'faint')} {painter(line.text)}{painter(_box(line.box), 'faint')}"


def _grid(grid: Grid, painter: Painter) -> Iterator[str]:
    yield painter(f"p{grid.page} grid {grid.columns} columns, {grid.header_rows} header rows{_box(grid.box)}", "info")
    for number, row in enumerate(grid.rows):
        cells = [f"{cell.column}{_span(cell.row_span, cell.column_span)}: {cell.text}" for cell in row]
        yield f"  {painter(str(number), 'faint')}  {CELL_BREAK.join(painter(cell) for cell in cells)}"


def _span(rows: int, columns: int) -> str:
    return "" if rows == columns == 1 else f"({rows}x{columns})"


def render_text(normal: NormalText, painter: Painter) -> str:
    """The one normalised text, a line a paragraph, with offsets and where it stood."""
    lines = []
    for paragraph in normal.paragraphs:
        flags = [f"{paragraph.start}-{paragraph.end}", f"p{paragraph.page}"]
        flags += [paragraph.side] if paragraph.side != "full" else []
        flags += ["hint"] if paragraph.hint else []
        flags += [f"grid{paragraph.grid}.{paragraph.row}"] if paragraph.grid is not None else []
        cells = normal.text[paragraph.start : paragraph.end].split("\t")
        lines.append(f"{painter(' '.join(flags), 'faint')}  {CELL_BREAK.join(painter(cell) for cell in cells)}")
    for value in (*normal.loose, *normal.notices):
        lines.append(painter(f"{type(value).__name__}  {_details(value)}", "warning"))
    return "\n".join(lines)


def render_outline(outline: Outline, text: str, painter: Painter) -> str:
    """The outline as an indented tree, then the parts around it, then the faults that segmentation met."""
    lines = [line for node in outline.nodes for line in _node(node, 0, painter)]
    lines.extend(_frame(outline.frame, text, painter))
    for fault in outline.faults:
        where = f"{fault.start}-{fault.end}"
        lines.append(painter(f"fault {fault.code} {where}  {fault.detail or _excerpt(text, fault)}", "warning"))
    return "\n".join(lines)


def _node(node: Node, depth: int, painter: Painter) -> Iterator[str]:
    name = painter(node.title or "∅", "heading" if node.kind == "heading" else None)
    facts = f"{node.kind} L{node.level} {node.start}-{node.end} {node.rule}"
    marker = painter(node.marker or "∅", "marker")
    yield f"{'  ' * depth}{node.id}  {marker}  {name}  {painter(node.role, 'role')}  {painter(facts, 'faint')}"
    for child in node.children:
        yield from _node(child, depth + 1, painter)


def _frame(frame: Frame, text: str, painter: Painter) -> Iterator[str]:
    for field in fields(frame):
        value = getattr(frame, field.name)
        spans = () if value is None else (value,) if isinstance(value, Span) else value
        for span in spans:
            label = painter(f"frame {field.name} {span.start}-{span.end}", "info")
            yield f"{label}  {painter(_excerpt(text, span))}"


def render_mentions(annotations: Annotations, text: str, painter: Painter) -> str:
    """Every mention in reading order: what it is, where, its words, and all that was read from them."""
    found = [("reference", mention) for mention in annotations.references]
    found += [("date", mention) for mention in annotations.dates]  # type: ignore[misc]
    found += [("unit", mention) for mention in annotations.units]  # type: ignore[misc]
    found += [("measure", mention) for mention in annotations.measures]  # type: ignore[misc]
    found += [("person", mention) for mention in annotations.people]  # type: ignore[misc]
    found.sort(key=lambda item: (item[1].start, -item[1].end, item[0]))
    lines = []
    for kind, mention in found:
        words = painter(text[mention.start : mention.end], kind)  # type: ignore[arg-type]
        where = painter(f"{kind} {mention.start}-{mention.end}", "faint")
        lines.append(f"{where}  {words}  {painter(_details(mention), 'faint')}")
    return "\n".join(lines)


def _details(value: Any) -> str:
    """All fields of a value that tell something, but for its place and its words."""
    told = {field.name: getattr(value, field.name) for field in fields(value) if field.name not in ("start", "end")}
    if told.get("confidence") == 1.0:
        del told["confidence"]
    return " ".join(f"{name}={_plain(content)}" for name, content in told.items() if content not in _DEFAULTS)


def _plain(content: object) -> str:
    if isinstance(content, Box):
        return _box(content).strip()
    return "-" if content is None else str(content)


def _box(box: Box | None) -> str:
    return "" if box is None else f"  [{box.x0:.0f} {box.top:.0f} {box.x1:.0f} {box.bottom:.0f}]"


def _excerpt(text: str, span: Any) -> str:
    words = " / ".join(text[span.start : span.end].split("\n"))
    return visible(words if len(words) <= _EXCERPT else f"{words[: _EXCERPT - 1]}…")
