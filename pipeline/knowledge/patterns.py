"""Many phrases as one pattern, shaped like a tree: a search gives up at the first letter with which no phrase goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

_Tree: TypeAlias = "dict[str, _Tree]"
_END = ""


def any_of(phrases: Iterable[str], blank: str = " ") -> str:
    """The pattern of the longest of some phrases that stands at a place; `blank` is the pattern between their words.

    It matches what an alternation of the phrases, the longest first, would match, and is a group where it has to be.
    """
    tree: _Tree = {}
    for phrase in sorted(set(phrases)):
        node = tree
        for letter in phrase:
            node = node.setdefault(letter, {})
        node[_END] = {}
    return _written(tree, blank)


def _written(tree: _Tree, blank: str) -> str:
    """What may follow: nothing, one way on, or several; all of it optional where a phrase ends here."""
    ways = [
        (blank if letter == " " else re.escape(letter)) + _written(below, blank)
        for letter, below in tree.items()
        if letter != _END
    ]
    if _END not in tree:
        return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
    return f"(?:{'|'.join(ways)})?" if ways else ""
