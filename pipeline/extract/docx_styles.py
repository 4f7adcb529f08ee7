"""Word's styles, as far as the text depends on them: bold, hidden, heading, numbering, borders, fonts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.extract.docx_package import VAL, Element, child, w

_OFF = ("0", "false", "off", "none")
_LONGEST_CHAIN = 20
_HEADING_NAME = re.compile(r"(?:heading|title|subtitle|tiêu đề|đầu đề)\b", re.IGNORECASE)
_BODY_LEVEL = 9  # w:outlineLvl 9 is body text
_NO_LINE = ("nil", "none")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FONTS = w("rFonts")
_FONT_NAMES = ((w("hAnsiTheme"), w("hAnsi")), (w("asciiTheme"), w("ascii")))


@dataclass(frozen=True, slots=True)
class Style:
    """One style with what it inherits already filled in. None where neither it nor its bases say."""

    bold: bool | None = None
    hidden: bool | None = None
    heading: bool = False
    num_id: str | None = None
    level: int | None = None
    ruled: bool | None = None
    font: str | None = None


PLAIN = Style()


def is_on(element: Element | None) -> bool | None:
    """A toggle property: None where it is absent, else whether it is on."""
    if element is None:
        return None
    return element.get(VAL, "1").lower() not in _OFF


def to_int(value: str | None, default: int) -> int:
    """A number out of an attribute, or the default where it is none."""
    try:
        return int(value) if value is not None else default
    except ValueError:
        return default


def is_ruled(borders: Element | None) -> bool | None:
    """Whether any line of a w:tblBorders or w:tcBorders is drawn; None where nothing is said."""
    if borders is None or not len(borders):
        return None
    return any(line.get(VAL, "nil") not in _NO_LINE for line in borders)


@dataclass
class Styles:
    """The styles of one document."""

    _elements: dict[str, Element] = field(default_factory=dict)
    _known: dict[str, Style] = field(default_factory=dict)
    default_paragraph: str = ""
    default_font: str = ""
    theme: dict[str, str] = field(default_factory=dict)

    def get(self, style_id: str | None) -> Style:
        """A style by its id; a plain one where there is none."""
        if not style_id:
            return PLAIN
        if style_id not in self._known:
            self._known[style_id] = self._resolve(style_id)
        return self._known[style_id]

    def _resolve(self, style_id: str) -> Style:
        chain: list[Element] = []
        at: str | None = style_id
        while at in self._elements and len(chain) < _LONGEST_CHAIN:
            element = self._elements[at]
            chain.append(element)
            base = child(element, w("basedOn"))
            at = base.get(VAL) if base is not None else None
        style = PLAIN
        for element in reversed(chain):
            style = _overlaid(style, element, self.font_of(child(element, w("rPr"))))
        return style

    def font_of(self, run: Element | None) -> str | None:
        """The font that a w:rPr names for letters beyond ASCII, which are those that old fonts show otherwise."""
        fonts = child(run, _FONTS) if run is not None else None
        if fonts is None:
            return None
        for theme, own in _FONT_NAMES:
            name = self.theme.get(fonts.get(theme, "")) or fonts.get(own)
            if name:
                return str(name)
        return None


def read_styles(root: Element | None, theme: Element | None = None) -> Styles:
    """The styles of a styles part; fonts may be named by their place in the theme part."""
    styles = Styles(theme=_theme_fonts(theme))
    defaults = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}") if root is not None else None
    styles.default_font = styles.font_of(defaults) or ""
    for element in root.iter(w("style")) if root is not None else ():
        style_id = element.get(w("styleId"), "")
        styles._elements[style_id] = element
        if element.get(w("type")) == "paragraph" and element.get(w("default")) in ("1", "true", "on"):
            styles.default_paragraph = style_id
    return styles


def _theme_fonts(theme: Element | None) -> dict[str, str]:
    """The Latin fonts of a theme by the names that w:rFonts calls them."""
    found: dict[str, str] = {}
    if theme is None:
        return found
    for place in ("major", "minor"):
        latin = theme.find(f".//{_DRAWING}{place}Font/{_DRAWING}latin")
        if latin is not None:
            found[f"{place}HAnsi"] = found[f"{place}Ascii"] = latin.get("typeface", "")
    return found


def _overlaid(base: Style, element: Element, font: str | None) -> Style:
    """The base style with what one style element says laid over it, its font among that."""
    run = child(element, w("rPr"))
    bold = is_on(child(run, w("b"))) if run is not None else None
    hidden = is_on(child(run, w("vanish"))) if run is not None else None
    properties = child(element, w("pPr"))
    number = child(properties, w("numPr")) if properties is not None else None
    num_id, level = number_of(number)
    borders = is_ruled(element.find(f"{w('tblPr')}/{w('tblBorders')}"))
    return Style(
        bold=base.bold if bold is None else bold,
        hidden=base.hidden if hidden is None else hidden,
        heading=_is_heading(element, properties, base),
        num_id=base.num_id if num_id is None else num_id,
        level=base.level if level is None else level,
        ruled=base.ruled if borders is None else borders,
        font=font or base.font,
    )


def number_of(number: Element | None) -> tuple[str | None, int | None]:
    """The list id and the level of a w:numPr; None for what it does not say."""
    if number is None:
        return None, None
    num_id, level = child(number, w("numId")), child(number, w("ilvl"))
    return (
        num_id.get(VAL) if num_id is not None else None,
        to_int(level.get(VAL), 0) if level is not None else None,
    )


def _is_heading(element: Element, properties: Element | None, base: Style) -> bool:
    outline = child(properties, w("outlineLvl")) if properties is not None else None
    if outline is not None:
        return to_int(outline.get(VAL), _BODY_LEVEL) < _BODY_LEVEL
    name = child(element, w("name"))
    return base.heading or (name is not None and bool(_HEADING_NAME.match(name.get(VAL, ""))))
