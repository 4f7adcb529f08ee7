"""A Word file's parts: its XML, safely parsed, and which part is what."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from lxml import etree

from pipeline.errors import ReadError
from pipeline.extract.archive import Archive, open_archive
from pipeline.extract.prologs import refuse_doctypes
from pipeline.settings import Limits

Element: TypeAlias = Any  # an lxml element: the library comes without types

_MOST_MARKS = 4_000_000  # tags and attributes, some 100 bytes each in a tree; two thousand pages have half of that
_LONGEST_PART = 64 * 1024 * 1024  # a tree takes ten times its text; real plans stay below two megabytes
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN_PART = "word/document.xml"
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)")
# ISO 29500 Strict names the same elements in other namespaces.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}" + name


def child(element: Element, tag: str) -> Element | None:
    """The first child with a tag, or None; many times faster than `find`, which counts with a thousand runs."""
    return next(element.iterchildren(tag), None)


VAL = w("val")
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class Package:
    """An open Word file. Parts are parsed when first asked for."""

    archive: Archive
    main: str
    _relations: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)

    def document(self) -> Element:
        """The root of the main part."""
        return self._parse(self.main)

    def part(self, kind: str) -> Element | None:
        """The part that the document is related to as `kind` (`styles`, `numbering`, `footnotes`), or None."""
        for found, target in self._related(self.main).values():
            if found == kind and self.archive.has(target):
                return self._parse(target)
        return None

    def target(self, relation_id: str) -> Element | None:
        """The part behind a relation of the document (a header, a footer), or None."""
        _, name = self._related(self.main).get(relation_id, ("", ""))
        return self._parse(name) if name and self.archive.has(name) else None

    def has_images(self) -> bool:
        """Whether pictures are packed with the document."""
        return any(name.startswith("word/media/") for name in self.archive.names())

    def embedded_tables(self) -> list[str]:
        """The names of spreadsheets packed as objects, which show a picture of themselves and no text."""
        return [name for name in self.archive.names() if name.startswith("word/embeddings/") and ".xls" in name]

    def named(self, prefix: str) -> list[Element]:
        """The XML parts whose names begin with `prefix`."""
        names = [name for name in self.archive.names() if name.startswith(prefix) and name.endswith(".xml")]
        return [self._parse(name) for name in names]

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        if part not in self._relations:
            folder, file = posixpath.split(part)
            name = posixpath.join(folder, "_rels", f"{file}.rels")
            self._relations[part] = _relations(self._parse(name), folder) if self.archive.has(name) else {}
        return self._relations[part]

    def _parse(self, name: str) -> Element:
        return parse_xml(self.archive.read(name), name)


def open_package(data: bytes, limits: Limits) -> Package:
    """Opens a Word file; raises ReadError: `truncated_file`, `damaged_file`, `too_complex`, `password_protected`."""
    archive = open_archive(data, limits)
    refuse_doctypes(archive)
    main = _main_part(archive)
    if main is None:
        raise ReadError("damaged_file", "no document part")
    return Package(archive, main)


def parse_xml(data: bytes, name: str) -> Element:
    """The root of an XML part. No entities, no network; raises ReadError (`damaged_file`, `too_complex`)."""
    if len(data) > _LONGEST_PART:
        raise ReadError("too_complex", f"{name}: {len(data)} bytes")
    marks = data.count(b"<") + data.count(b"=")
    if marks > _MOST_MARKS:
        raise ReadError("too_complex", f"{name}: {marks} tags and attributes")
    if _DOCTYPE.search(data):
        raise ReadError("damaged_file", f"{name}: document type declaration")
    if b"http://purl.oclc.org/ooxml/" in data:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        beyond = getattr(error, "code", None) == etree.ErrorTypes.ERR_RESOURCE_LIMIT
        raise ReadError("too_complex" if beyond else "damaged_file", name) from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise ReadError("damaged_file", f"{name}: document type declaration")
    return root


def _parser() -> Any:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True, collect_ids=False,
    )  # fmt: skip


def _main_part(archive: Archive) -> str | None:
    if archive.has("_rels/.rels"):
        relations = _relations(parse_xml(archive.read("_rels/.rels"), "_rels/.rels"), "")
        for kind, target in relations.values():
            if kind == "officeDocument" and archive.has(target):
                return target
    return _MAIN_PART if archive.has(_MAIN_PART) else None


def _relations(root: Element, folder: str) -> dict[str, tuple[str, str]]:
    """Relation id -> kind (the type's last word) and name of the part inside the archive."""
    found = {}
    for relation in root.iter(_RELATION):
        if relation.get("TargetMode") == "External":
            continue
        target = relation.get("Target", "")
        name = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[relation.get("Id", "")] = (relation.get("Type", "").rsplit("/", 1)[-1], name)
    return found
