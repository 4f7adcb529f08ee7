"""The tree of a web page, and which of its elements are the page's own furniture rather than the document on it.

Menus, page heads and feet, forms and lists of links are told by what the markup says of them and by what they consist
of, never by a site's own names. An element that holds the letterhead, or most of the page's words, is never furniture:
whole portals stand inside one form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pipeline.errors import ReadError
from pipeline.extract.docx_package import Element
from pipeline.extract.frame_words import MOTTO, RECIPIENTS

_NEVER_READ = frozenset(
    (
        "applet", "audio", "button", "canvas", "datalist", "del", "embed", "frame", "frameset", "head", "iframe", "input",
        "map", "meter", "noembed", "noframes", "object", "progress", "select", "textarea", "title", "video",
    )
)  # fmt: skip
_FURNITURE = frozenset(("aside", "dialog", "footer", "form", "header", "menu", "nav", "search"))
_FURNITURE_ROLES = frozenset(("banner", "complementary", "contentinfo", "dialog", "menu", "menubar", "navigation", "search"))
_ARTICLES = frozenset(("article", "main"))
_INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "dfn", "em", "font", "i", "img",
        "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
        "tt", "u", "var", "wbr",
    )
)  # fmt: skip
_HIDDEN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|mso-element\s*:\s*(?:header|footer))",
    re.IGNORECASE,
)
_BEFORE_LINK = re.compile(r"[\s\d.,|»›>*•·–—+-]*")
_AFTER_LINK = re.compile(r"[\s\d.,:;|()\[\]/\-–—*hH]*")  # a list of news gives the day behind the title
_LEAST_LINKS = 3
_LINK_SHARE = 0.8
_MOST_OF_THE_PAGE = 0.5


def parse(markup: str) -> Element:
    """The body of a page. Raises ReadError: `too_complex` where elements are nested too deep, `empty_file` without any."""
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True,
        collect_ids=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise ReadError("empty_file", "no text on the page") from error
    if root is None:
        raise ReadError("empty_file", "no text on the page")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ReadError("too_complex", "elements nested too deep")
    return next(root.iter("body"), root)


def is_unread(element: Element) -> bool:
    """Whether an element is never part of what a reader sees as text."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _NEVER_READ or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def is_inline(element: Element) -> bool:
    """Whether an element stands within a line; Word's own elements (`o:p`, `st1:place`) do."""
    return element.tag in _INLINE or ":" in element.tag


@dataclass(slots=True)
class _Measure:
    """What an element holds: characters, paragraphs, those of them that are links, and whether words of a document."""

    characters: int = 0
    leaves: int = 0
    link_leaves: int = 0
    official: bool = False

    def add(self, other: _Measure) -> None:
        """Takes what a child holds."""
        self.characters += other.characters
        self.leaves += other.leaves
        self.link_leaves += other.link_leaves
        self.official = self.official or other.official


class _Leaf:
    """A paragraph in the making: what stands before, in and behind its link."""

    def __init__(self) -> None:
        self.before: list[str] = []
        self.linked: list[str] = []
        self.after: list[str] = []

    def add(self, text: str, linked: bool) -> None:
        """Takes a stretch of text."""
        if linked:
            self.linked += [*self.after, text]
            self.after.clear()
        elif self.linked:
            self.after.append(text)
        else:
            self.before.append(text)

    def end(self, measure: _Measure) -> None:
        """Counts the paragraph, if it has words, and begins another."""
        text = "".join((*self.before, *self.linked, *self.after)).strip()
        if text:
            measure.leaves += 1
            measure.characters += len(text)
            measure.official = measure.official or bool(MOTTO.search(text) or RECIPIENTS.match(text))
            around = _BEFORE_LINK.fullmatch("".join(self.before)) and _AFTER_LINK.fullmatch("".join(self.after))
            measure.link_leaves += bool(around) and any(part.strip() for part in self.linked)
        for part in (self.before, self.linked, self.after):
            part.clear()


class Survey:
    """What every block of a page holds, measured once before the page is read."""

    def __init__(self, body: Element) -> None:
        self._measures: dict[Any, _Measure] = {}
        leaf, whole = _Leaf(), _Measure()
        self._visit(body, leaf, whole, linked=False)
        leaf.end(whole)
        self._whole = whole.characters

    def _visit(self, element: Element, leaf: _Leaf, measure: _Measure, *, linked: bool) -> None:
        leaf.add(element.text or "", linked)
        for child in element:
            if not is_unread(child):
                link = linked or (child.tag == "a" and bool(child.get("href")))
                if child.tag == "br":
                    leaf.end(measure)
                elif is_inline(child):
                    self._visit(child, leaf, measure, linked=link)
                else:
                    leaf.end(measure)
                    self._block(child, measure, linked=link)
            leaf.add(child.tail or "", linked)

    def _block(self, element: Element, measure: _Measure, *, linked: bool) -> None:
        own, leaf = _Measure(), _Leaf()
        self._visit(element, leaf, own, linked=linked)
        leaf.end(own)
        self._measures[element] = own
        measure.add(own)

    def furniture(self, element: Element) -> int:
        """How many paragraphs of the page's furniture an element is; 0 where it is none."""
        held = self._measures.get(element)
        if held is None or not held.leaves or held.official or held.characters > _MOST_OF_THE_PAGE * self._whole:
            return 0
        is_named = element.tag in _FURNITURE or element.get("role") in _FURNITURE_ROLES
        if is_named and element.tag == "header" and any(above.tag in _ARTICLES for above in element.iterancestors()):
            is_named = False
        links = held.link_leaves >= _LEAST_LINKS and held.link_leaves >= _LINK_SHARE * held.leaves
        return held.leaves if is_named or links else 0
