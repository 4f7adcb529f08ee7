"""Pieces in reading order -> the tree of sections, with the plan's numbering faults repaired by context and reported."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from models import Role
from pipeline.segment.headings import Piece
from pipeline.segment.markers import Kind
from pipeline.values import Fault, Node

# Where a heading without a mark stands among the marked ones: capitals like a Roman heading, others like a star.
_COUNTED = (Kind.PHAN, Kind.LETTER, Kind.ROMAN, Kind.NUMBER)


@dataclass(eq=False)
class Branch:
    """A section that is still open; the root has no piece."""

    piece: Piece | None
    children: list[Branch] = field(default_factory=list)
    heading: bool = True
    letters_inside: bool = False

    @property
    def kind(self) -> Kind:
        """The mark's kind, or the one that a heading without a mark stands for."""
        if self.piece is None:
            return Kind.PHAN
        if self.piece.marker is None:
            return Kind.ROMAN if self.piece.capitals else Kind.STAR
        return self.piece.marker.kind

    @property
    def path(self) -> tuple[int, ...]:
        """The numbers of the mark."""
        return self.piece.marker.path if self.piece and self.piece.marker else ()

    @property
    def depth(self) -> tuple[int, int]:
        """Rank of the mark: outer marks first, dotted numbers by their length."""
        if self.letters_inside and self.kind is Kind.LETTER:
            return (Kind.ROMAN, 9)
        return (self.kind, len(self.path))


def build_tree(pieces: list[Piece], end: int) -> tuple[tuple[Node, ...], tuple[Fault, ...]]:
    """The sections as a tree, each reaching to the next one that is not below it (the last to `end`), and the faults."""
    root = Branch(None)
    stack = [root]
    letters_inside = _letters_inside(pieces)
    for piece in pieces:
        branch = Branch(piece, heading=piece.kind == "heading", letters_inside=letters_inside)
        _unwind(stack, branch)
        stack[-1].children.append(branch)
        stack.append(branch)
    _smooth(root)
    faults = list(_faults(root))
    nodes = _Freezer(end).freeze(root)
    return nodes, tuple(sorted(faults, key=lambda fault: fault.start))


def _letters_inside(pieces: list[Piece]) -> bool:
    """Whether A., B. stand below I., II.: the mark that comes first is the outer one."""
    kinds = [piece.marker.kind for piece in pieces if piece.marker is not None and piece.kind == "heading"]
    if Kind.LETTER not in kinds or Kind.ROMAN not in kinds:
        return False
    return kinds.index(Kind.ROMAN) < kinds.index(Kind.LETTER)


def _unwind(stack: list[Branch], branch: Branch) -> None:
    """Closes the open sections that the new one does not belong to."""
    parent = _dotted_parent(stack, branch)
    if parent is not None:
        del stack[parent + 1 :]
        return
    sibling = _sibling(stack, branch)
    if sibling is not None:
        del stack[sibling:]
        return
    while len(stack) > 1 and not _may_hold(stack[-1], branch):
        stack.pop()


def _dotted_parent(stack: list[Branch], branch: Branch) -> int | None:
    """Index of the `1` or `1.1` that a `1.1` or `1.1.1` belongs to."""
    if len(branch.path) < 2:
        return None
    wanted = branch.path[:-1]
    return next((i for i in range(len(stack) - 1, 0, -1) if stack[i].kind is Kind.NUMBER and stack[i].path == wanted), None)


def _sibling(stack: list[Branch], branch: Branch) -> int | None:
    """Index of the open section that the new one follows as a brother."""
    same = [i for i in range(len(stack) - 1, 0, -1) if stack[i].kind is branch.kind and _comparable(stack[i], branch)]
    if not same:
        return None
    if branch.kind is not Kind.NUMBER or len(branch.path) != 1:
        return same[0]
    alike = [i for i in same if stack[i].heading == branch.heading and _same_look(stack[i], branch)]
    previous = branch.path[0] - 1
    for candidates in (alike, same):
        for index in candidates:
            if stack[index].path[0] == previous and not _demoted(stack[index], branch):
                return index
    if branch.path[0] == 1 and not alike:
        return None if stack[same[0]].heading else same[0]
    if alike:
        return alike[0]
    return None if _demoted(stack[same[0]], branch) else same[0]


def _comparable(open_one: Branch, branch: Branch) -> bool:
    """Dotted numbers follow dotted numbers of the same length; headings without a mark do not follow marked ones."""
    if branch.kind is Kind.NUMBER:
        return len(open_one.path) == len(branch.path)
    if branch.kind is Kind.STAR:
        return bool(open_one.piece and branch.piece) and _marked(open_one) == _marked(branch)
    return True


def _marked(branch: Branch) -> bool:
    return branch.piece is not None and branch.piece.marker is not None


def _same_look(open_one: Branch, branch: Branch) -> bool:
    """Two numbered headings of which one is set in capitals are of different levels."""
    if not (open_one.heading and branch.heading and open_one.piece and branch.piece):
        return True
    return open_one.piece.capitals == branch.piece.capitals


def _demoted(open_one: Branch, branch: Branch) -> bool:
    """A small-letter heading or an item after a heading in capitals stands below it whatever its number says."""
    return bool(open_one.piece and open_one.piece.capitals and branch.piece and not branch.piece.capitals and branch.heading)


def _may_hold(open_one: Branch, branch: Branch) -> bool:
    """Whether the new section may stand below an open one of another kind."""
    if branch.kind is Kind.NUMBER and open_one.kind is Kind.NUMBER:
        if len(branch.path) > 1:
            return False  # its own parent number was lost, and this one is another's
        return len(open_one.path) == 1 and (open_one.heading or _demoted(open_one, branch))
    if not _marked(open_one) and open_one.kind is Kind.STAR:
        return branch.depth > open_one.depth or not branch.heading
    return branch.depth > open_one.depth


def _smooth(branch: Branch) -> None:
    """A numbered line without end mark among numbered sentences, with nothing below it, is a sentence too."""
    kinds = Counter(child.kind for child in branch.children)
    sentences = Counter(child.kind for child in branch.children if not child.heading)
    for index, child in enumerate(branch.children):
        _smooth(child)
        piece = child.piece
        if piece is None or not child.heading or child.children or piece.own_role or piece.capitals:
            continue
        following = branch.children[index + 1].piece if index + 1 < len(branch.children) else None
        empty = following is not None and following.index == piece.index + 1
        kin = kinds[child.kind] - 1
        if empty and kin > 1 and sentences[child.kind] > 0.6 * kin:
            child.heading = False
            sentences[child.kind] += 1


def _faults(branch: Branch) -> list[Fault]:
    """Numbers used twice, skipped or malformed among brothers, and dotted numbers whose parent is missing."""
    found: list[Fault] = []
    last: dict[tuple[int, int], Branch] = {}
    for child in branch.children:
        piece = child.piece
        if piece is not None and piece.marker is not None and child.kind in _COUNTED:
            if not piece.marker.valid:
                found.append(Fault("invalid_roman_numeral", piece.start, piece.head_end, piece.marker.text))
            before = last.get(child.depth)
            fault = _sequence_fault(before, child, branch)
            if fault:
                found.append(Fault(fault, piece.start, piece.head_end, piece.marker.text))
            last[child.depth] = child
        found.extend(_faults(child))
    return found


def _sequence_fault(before: Branch | None, child: Branch, parent: Branch) -> str | None:
    number = child.path[-1]
    if before is None:
        lost_parent = len(child.path) > 1 and parent.path != child.path[:-1] and child.heading
        return "skipped_section_number" if lost_parent else None
    previous = before.path[-1]
    if before.path[:-1] != child.path[:-1]:
        return None
    if number == previous:
        return "duplicate_section_number"
    if number > previous + 1 and child.kind is not Kind.LETTER:
        return "skipped_section_number"
    return None


@dataclass
class _Freezer:
    """Turns branches into nodes: ids unique in the record, extents, roles inherited from the nearest ancestor."""

    end: int
    used: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)

    def freeze(self, root: Branch) -> tuple[Node, ...]:
        return self._children(root, "", "khac", 1, self.end)

    def _children(self, branch: Branch, parent_id: str, role: Role, level: int, end: int) -> tuple[Node, ...]:
        nodes = []
        for index, child in enumerate(branch.children):
            following = branch.children[index + 1].piece if index + 1 < len(branch.children) else None
            child_end = following.start - 1 if following else end
            nodes.append(self._node(child, branch, parent_id, role, level, child_end))
        return tuple(nodes)

    def _node(self, branch: Branch, parent: Branch, parent_id: str, role: Role, level: int, end: int) -> Node:
        piece = branch.piece
        assert piece is not None  # only the root has none
        own = piece.own_role or role
        node_id = self._id(branch, parent, parent_id)
        return Node(
            id=node_id,
            kind="heading" if branch.heading else "item",
            marker=piece.marker.text if piece.marker else None,
            level=level,
            title=piece.title if branch.heading or piece.rule == "run_in" else None,
            role=own,
            start=piece.start,
            end=end,
            head_end=piece.head_end,
            rule=piece.rule if branch.heading == (piece.kind == "heading") else "numbered_sentence",
            children=self._children(branch, node_id, own, level + 1, end),
        )

    def _id(self, branch: Branch, parent: Branch, parent_id: str) -> str:
        marker = branch.piece.marker if branch.piece else None
        if marker is None:
            own = "x"
        elif len(marker.path) > 1 and parent.path == marker.path[:-1] and parent.kind is Kind.NUMBER:
            own = str(marker.path[-1])
        else:
            own = marker.text.replace(" ", "_")
        base = f"{parent_id}.{own}" if parent_id else own
        return self._unused(base, numbered=marker is not None and bool(marker.path))

    def _unused(self, base: str, numbered: bool) -> str:
        """The id itself for the first that bears a number, else the id with a count."""
        candidate = base if numbered else ""
        while not candidate or candidate in self.used:
            count = self.counts[base] = self.counts.get(base, 0) + 1
            candidate = f"{base}({count + 1})" if numbered else f"{base}{count}"
        self.used.add(candidate)
        return candidate
