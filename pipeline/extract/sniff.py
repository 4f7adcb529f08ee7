"""What a received file is, told from its bytes. The name's extension is never believed, but for `.md` among texts."""

from __future__ import annotations

import re
from enum import StrEnum

from pipeline.extract.archive import names_in
from pipeline.extract.encodings import decode


class MediaType(StrEnum):
    """The kinds of file that are told apart, as media types."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    DOC = "application/msword"
    RTF = "application/rtf"
    ODT = "application/vnd.oasis.opendocument.text"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    XLS = "application/vnd.ms-excel"
    PPT = "application/vnd.ms-powerpoint"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    ODP = "application/vnd.oasis.opendocument.presentation"
    OFFICE_PACKAGE = "application/vnd.openxmlformats-package"
    OLE = "application/x-ole-storage"
    LOCKED_OFFICE = "application/vnd.ms-office.encrypted"
    ZIP = "application/zip"
    RAR = "application/vnd.rar"
    SEVEN_ZIP = "application/x-7z-compressed"
    PNG = "image/png"
    JPEG = "image/jpeg"
    GIF = "image/gif"
    TIFF = "image/tiff"
    BMP = "image/bmp"
    WEBP = "image/webp"
    HEIC = "image/heic"
    HTML = "text/html"
    MHTML = "multipart/related"
    MAIL = "message/rfc822"
    OUTLOOK_MAIL = "application/vnd.ms-outlook"
    OUTLOOK_ATTACHMENTS = "application/vnd.ms-tnef"
    UNKNOWN = "application/octet-stream"

    @property
    def label(self) -> str:
        """What a user calls the format."""
        return _LABELS.get(self, self.value)


_LABELS = {
    MediaType.PDF: "PDF",
    MediaType.DOCX: "Word (.docx)",
    MediaType.TEXT: "văn bản thuần",
    MediaType.MARKDOWN: "Markdown",
    MediaType.DOC: "Word 97-2003 (.doc)",
    MediaType.RTF: "RTF",
    MediaType.ODT: "OpenDocument (.odt)",
    MediaType.XLSX: "Excel (.xlsx)",
    MediaType.PPTX: "PowerPoint (.pptx)",
    MediaType.XLS: "Excel 97-2003 (.xls)",
    MediaType.PPT: "PowerPoint 97-2003 (.ppt)",
    MediaType.ODS: "OpenDocument (.ods)",
    MediaType.ODP: "OpenDocument (.odp)",
    MediaType.OFFICE_PACKAGE: "gói tài liệu Office (.xps, .vsdx…)",
    MediaType.OLE: "Office 97-2003",
    MediaType.LOCKED_OFFICE: "Office có mật khẩu",
    MediaType.ZIP: "tệp nén ZIP",
    MediaType.RAR: "tệp nén RAR",
    MediaType.SEVEN_ZIP: "tệp nén 7z",
    MediaType.PNG: "ảnh PNG",
    MediaType.JPEG: "ảnh JPEG",
    MediaType.GIF: "ảnh GIF",
    MediaType.TIFF: "ảnh TIFF",
    MediaType.BMP: "ảnh BMP",
    MediaType.WEBP: "ảnh WebP",
    MediaType.HEIC: "ảnh HEIC",
    MediaType.HTML: "trang web (HTML)",
    MediaType.MHTML: "trang web lưu thành một tệp (MHTML)",
    MediaType.MAIL: "thư điện tử (.eml)",
    MediaType.OUTLOOK_MAIL: "thư Outlook (.msg)",
    MediaType.OUTLOOK_ATTACHMENTS: "gói đính kèm của Outlook (winmail.dat)",
}

_HEAD = 1024
_FRAGMENT_HEAD = 8192
_TEXT_SAMPLE = 256 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"{\\rtf", MediaType.RTF),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"GIF87a", MediaType.GIF),
    (b"GIF89a", MediaType.GIF),
    (b"II*\x00", MediaType.TIFF),
    (b"MM\x00*", MediaType.TIFF),
    (b"Rar!\x1a\x07", MediaType.RAR),
    (b"7z\xbc\xaf\x27\x1c", MediaType.SEVEN_ZIP),
    (b"\x78\x9f\x3e\x22", MediaType.OUTLOOK_ATTACHMENTS),
)
_OLE_STREAMS = (
    ("EncryptedPackage", MediaType.LOCKED_OFFICE),
    ("__properties_version1.0", MediaType.OUTLOOK_MAIL),
    ("WordDocument", MediaType.DOC),
    ("Workbook", MediaType.XLS),
    ("PowerPoint Document", MediaType.PPT),
)
_ZIP_PARTS = (
    ("word/", MediaType.DOCX),
    ("xl/", MediaType.XLSX),
    ("ppt/", MediaType.PPTX),
)
_PART_ENDINGS = (".xml", ".rels", ".bin")
_OPEN_DOCUMENTS = (MediaType.ODT, MediaType.ODS, MediaType.ODP)
# Mail programs that store many messages in one file put a line of their own before each: `From - Mon Jan 6 …`.
_MAIL = re.compile(
    r"\s*(?:From [^\n:]{0,80} \d\d:\d\d.{0,80}\r?\n)?(?:[A-Z][\w-]{1,60}:.{0,998}\r?\n(?:[ \t].{0,998}\r?\n){0,20}){2}"
)
_MAIL_FIELD = re.compile(
    r"^(?:Received|Return-Path|MIME-Version|Message-ID|From|To|Subject|Date):", re.MULTILINE | re.IGNORECASE
)
_BEFORE_HTML = r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:[^-]|-(?!->)){0,800}-->\s*){0,4}"
_HTML = re.compile(rf"{_BEFORE_HTML}<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_HTML_FRAGMENT = re.compile(
    rf"{_BEFORE_HTML}<(?:meta|title|style|link|table|div|p|center|font|span|section|article|h[1-6])\b[^<>]{{0,900}}>",
    re.IGNORECASE,
)
_HTML_CLOSES = re.compile(r"</(?:p|div|table|tr|td|li|h[1-6]|head|title|style|section|article)\s*>", re.IGNORECASE)
_CLOSES_OF_HTML = 3
_FIELDS_END = re.compile(r"\r?\n[ \t]*\r?\n")
_ONE_FILE_PAGE = re.compile(r"^Content-Type:\s*multipart/related\b", re.MULTILINE | re.IGNORECASE)
_MAILED = re.compile(r"^(?:Received|Return-Path|Message-ID|Delivered-To|To|Cc):", re.MULTILINE | re.IGNORECASE)
_MARKDOWN_MARK = re.compile(
    r"^[ ]{0,3}#{1,6}[ ]+\S"
    r"|\*\*[^\s*](?:[^*\n]{0,300}[^\s*])?\*\*"
    r"|^[ ]{0,3}\|?[ ]*:?-{3,}:?[ ]*\|[ :|-]*$",
    re.MULTILINE,
)
_MARKS_OF_MARKDOWN = 2


def sniff(data: bytes, file_name: str) -> MediaType:
    """The media type of the bytes. `file_name` decides nothing but plain text against Markdown."""
    head = data[:_HEAD]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):  # before PDF: one may lie in it unpacked
        return _zip_kind(data)
    if b"%PDF-" in head:
        return MediaType.PDF
    if head.startswith(_OLE):
        return _ole_kind(data)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    return _boxed_image(head) or _text_kind(data, file_name)


def _boxed_image(head: bytes) -> MediaType | None:
    """Images whose mark stands behind a length: WebP and HEIC; a bitmap's two letters need its zero fields besides."""
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return MediaType.WEBP
    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"):
        return MediaType.HEIC
    if head.startswith(b"BM") and head[6:10] == bytes(4) and len(head) > 30:
        return MediaType.BMP
    return None


def _ole_kind(data: bytes) -> MediaType:
    """By the streams' names, which stand in the directory in UTF-16."""
    for name, kind in _OLE_STREAMS:
        if name.encode("utf-16-le") in data:
            return kind
    return MediaType.OLE


def _zip_kind(data: bytes) -> MediaType:
    """By the parts' names; of an archive cut short, by the names that stand before its first parts.

    A parcel of files may hold a folder `word` too, but no parts of a document in it.
    """
    names = names_in(data)
    if "mimetype" in names:
        for kind in _OPEN_DOCUMENTS:
            if kind.encode() in data[:200]:
                return kind
    for prefix, kind in _ZIP_PARTS:
        if any(name.startswith(prefix) and name.endswith(_PART_ENDINGS) for name in names):
            return kind
    return MediaType.OFFICE_PACKAGE if "[Content_Types].xml" in names else MediaType.ZIP


def _text_kind(data: bytes, file_name: str) -> MediaType:
    decoded = decode(data[:_TEXT_SAMPLE] if len(data) > _TEXT_SAMPLE else data)
    if decoded is None:
        return MediaType.UNKNOWN
    start = decoded.text[:_HEAD]
    if _HTML.match(start) or _is_fragment(decoded.text):
        return MediaType.HTML
    if _is_one_file_page(decoded.text[:8192]):
        return MediaType.MHTML
    if _MAIL.match(decoded.text[:8192]) and len(_MAIL_FIELD.findall(decoded.text[:8192])) > 1:
        return MediaType.MAIL
    if file_name.lower().endswith((".md", ".markdown")) or _is_markdown(decoded.text):
        return MediaType.MARKDOWN
    return MediaType.TEXT


def _is_fragment(text: str) -> bool:
    """Whether a text is HTML without its head: it begins with a tag, and elements of a page are closed in it."""
    if not _HTML_FRAGMENT.match(text[:_FRAGMENT_HEAD]):
        return False
    closes = _HTML_CLOSES.finditer(text)
    return sum(1 for _ in zip(closes, range(_CLOSES_OF_HTML), strict=False)) == _CLOSES_OF_HTML


def _is_one_file_page(start: str) -> bool:
    """Whether a MIME message was saved by a browser or Word rather than sent: pages have no addressee and no way."""
    end = _FIELDS_END.search(start)
    fields = start[: end.start()] if end else start
    return bool(_MAIL.match(fields + "\n\n")) and bool(_ONE_FILE_PAGE.search(fields)) and not _MAILED.search(fields)


def _is_markdown(text: str) -> bool:
    """Whether a text carries marks that occur in no plain text: headings, bold pairs, table rules."""
    marks = _MARKDOWN_MARK.finditer(text)
    return sum(1 for _ in zip(marks, range(_MARKS_OF_MARKDOWN), strict=False)) == _MARKS_OF_MARKDOWN
