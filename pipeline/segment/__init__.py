"""Text -> outline: the frame (letterhead, căn cứ, closing, nơi nhận, signature, appendices) and the tree of sections."""

from __future__ import annotations

from dataclasses import replace

from pipeline.knowledge.headings import HeadingLexicon, heading_lexicon
from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.signatures import signature_words
from pipeline.knowledge.text import fold
from pipeline.segment.frame import Head, HeadReader, is_enclosure_note
from pipeline.segment.headings import Piece, read_pieces
from pipeline.segment.markers import Kind
from pipeline.segment.residue import find_residue, with_residue, without_residue
from pipeline.segment.tail import Tail, TailReader
from pipeline.segment.tree import build_tree
from pipeline.values import Fault, Frame, Node, NormalText, Outline, Span

_ENCLOSED_ID = "kem_theo"


def segment(normal: NormalText, knowledge: Knowledge) -> Outline:
    """The outline of a document: sections in reading order, the parts around them, and the faults of the numbering."""
    if not normal.paragraphs:
        return Outline((), Frame())
    residue = find_residue(normal, knowledge)
    outline = _outline(without_residue(normal, residue), knowledge)
    return replace(outline, frame=with_residue(outline.frame, normal, residue))


def _outline(normal: NormalText, knowledge: Knowledge) -> Outline:
    head = HeadReader(normal, knowledge).read()
    tail = TailReader(normal, head.body, knowledge.derived(signature_words)).read()
    lexicon = knowledge.derived(heading_lexicon)
    pieces = read_pieces(normal, head.body, tail.body_end, lexicon)
    pieces = _without_basis([piece for piece in pieces if not _is_office_above_basis(normal, piece)])
    body_end = normal.paragraphs[tail.body_end - 1].end if tail.body_end > 0 else 0
    nodes, faults = build_tree(pieces, body_end)
    first = pieces[0].index if pieces else tail.body_end
    preamble = _span(normal, head.body, first)
    frame = _frame(normal, head, tail, preamble)
    whole = [*_plain_node(preamble, "can_cu", "preamble"), *nodes, *_plain_node(tail.closing, "ket_luan", "closing")]
    appendices = list(tail.appendices)
    if tail.enclosed is not None:
        plan, behind, more = _enclosed(normal, tail.enclosed, knowledge)
        whole, faults, appendices = [*whole, *plan], (*faults, *more), [*appendices, *behind]
    whole += [_appendix(normal, span, number, lexicon) for number, span in enumerate(appendices, 1)]
    return Outline(tuple(sorted(whole, key=lambda node: node.start)), frame, faults)


def _enclosed(normal: NormalText, span: Span, knowledge: Knowledge) -> tuple[list[Node], list[Span], tuple[Fault, ...]]:
    """The plan that a decision encloses: its sections with ids of their own, its appendices, its faults."""
    first = normal.paragraph_index(span.start)
    note = next(i for i in range(first + 1, len(normal.paragraphs)) if is_enclosure_note(normal, i))
    tail = TailReader(normal, note + 1, knowledge.derived(signature_words)).read()
    pieces = read_pieces(normal, note + 1, tail.body_end, knowledge.derived(heading_lexicon))
    nodes, faults = build_tree(pieces, normal.paragraphs[tail.body_end - 1].end)
    return [_renamed(node, _ENCLOSED_ID) for node in nodes], tail.appendices, faults


def _is_office_above_basis(normal: NormalText, piece: Piece) -> bool:
    """`CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ` above `Căn cứ …`: a decision names who decides (Nghị định 30/2020, Phụ lục III)."""
    if piece.rule != "capitals" or piece.own_role is not None or piece.index + 1 >= len(normal.paragraphs):
        return False
    below = normal.paragraphs[piece.index + 1]
    return fold(normal.reading[below.start : below.end]).startswith("căn cứ")


def _without_basis(pieces: list[Piece]) -> list[Piece]:
    """The pieces without the bullets above the first heading: `- Căn cứ …` belongs to the preamble."""
    first = next((i for i, piece in enumerate(pieces) if piece.kind == "heading"), 0)
    above = pieces[:first]
    bullets = all(piece.marker is not None and piece.marker.kind >= Kind.STAR for piece in above)
    return pieces[first:] if bullets else pieces


def _span(normal: NormalText, first: int, last: int) -> Span | None:
    """The span of paragraphs `first` to `last` (exclusive), None where there are none."""
    if last <= first:
        return None
    return Span(normal.paragraphs[first].start, normal.paragraphs[last - 1].end)


def _frame(normal: NormalText, head: Head, tail: Tail, preamble: Span | None) -> Frame:
    return Frame(
        portal=tuple(head.portal),
        letterhead=head.letterhead,
        issuer_lines=tuple(head.issuer_lines),
        motto=head.motto,
        number_line=head.number_line,
        dateline=head.dateline,
        doc_type=head.doc_type,
        title=head.title,
        preamble=preamble,
        body=_span(normal, head.body, tail.body_end),
        closing=tail.closing,
        recipients=tuple(tail.recipients),
        signature=tuple(tail.signature),
        appendices=tuple(tail.appendices),
        second_document=tail.second_document,
        enclosed=tail.enclosed,
    )


def _plain_node(span: Span | None, role: str, rule: str) -> list[Node]:
    """Preamble or closing sentence as a section without mark and title."""
    if span is None:
        return []
    role_id = "can_cu" if role == "can_cu" else "ket_luan"
    return [Node(role_id, "item", None, 1, None, role_id, span.start, span.end, span.start, rule)]  # type: ignore[arg-type]


def _appendix(normal: NormalText, span: Span, number: int, lexicon: HeadingLexicon) -> Node:
    """An appendix with the sections inside it; its numbering starts anew and its faults are not the plan's."""
    first = normal.paragraph_index(span.start)
    paragraph = normal.paragraphs[first]
    last = normal.paragraph_index(span.end - 1) + 1
    named = paragraph.grid is None
    title = normal.text[paragraph.start : paragraph.end].strip(" .:") if named else None
    pieces = read_pieces(normal, first + 1, last, lexicon) if named else []
    children, _ = build_tree(pieces, span.end)
    node_id = f"phu_luc.{number}"
    return Node(
        id=node_id,
        kind="heading" if named else "item",
        marker=None,
        level=1,
        title=title,
        role="phu_luc",
        start=span.start,
        end=span.end,
        head_end=paragraph.end if named else span.start,
        rule="appendix",
        children=tuple(_below(child, node_id, 2) for child in children),
    )


def _renamed(node: Node, parent: str) -> Node:
    """The node and those below it with ids under another one; everything else stays."""
    children = tuple(_renamed(child, parent) for child in node.children)
    return replace(node, id=f"{parent}.{node.id}", children=children)


def _below(child: Node, parent: str, level: int) -> Node:
    """A section of an appendix: its id and level under the appendix, its role phu_luc."""
    children = tuple(_below(grandchild, parent, level + 1) for grandchild in child.children)
    return replace(child, id=f"{parent}.{child.id}", level=level, role="phu_luc", children=children)
