"""ZIP archives and e-mail messages made in the test, sound ones and hostile ones."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from email.message import EmailMessage

Files = Mapping[str, bytes | str]


def zipped(files: Files, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def zipped_raw(*names: bytes, content: bytes = b"x") -> bytes:
    """An archive whose names are those bytes, without a word about their encoding."""
    data = zipped({f"{at:02}".ljust(len(name), "-"): content for at, name in enumerate(names)})
    for at, name in enumerate(names):
        data = data.replace(f"{at:02}".ljust(len(name), "-").encode(), name)
    return data


def with_unicode_path(raw: str, name: str, checksum: int | None = None) -> bytes:
    """An archive with Info-ZIP's extra field: `raw` is the old name, `name` the one that is meant."""
    info = zipfile.ZipInfo(raw)
    field = struct.pack("<BL", 1, zlib.crc32(raw.encode()) if checksum is None else checksum) + name.encode()
    info.extra = struct.pack("<HH", 0x7075, len(field)) + field
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(info, "x")
    return stream.getvalue()


def twins(*files: tuple[str, str]) -> bytes:
    """An archive in which names may occur twice."""
    stream = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(stream, "w") as archive:
        for name, content in files:
            archive.writestr(name, content)
    return stream.getvalue()


def patched(data: bytes, entry: int, at: int, value: bytes) -> bytes:
    """An archive with bytes of its directory's n-th entry overwritten."""
    place = -1
    for _ in range(entry + 1):
        place = data.index(b"PK\x01\x02", place + 1)
    return data[: place + at] + value + data[place + at + len(value) :]


def encrypted(data: bytes, entry: int = 0) -> bytes:
    return patched(data, entry, 8, b"\x01\x00")


def mail(attachments: Files | None = None, subject: str = "Gửi kế hoạch", body: str = "Kính gửi văn phòng") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Văn thư xã <vanthu@example.vn>"
    message["To"] = "vanphong@example.vn"
    message["Subject"] = subject
    message.set_content(body)
    for name, content in (attachments or {}).items():
        data = content.encode() if isinstance(content, str) else content
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def raw_mail(part_headers: bytes, content: bytes = b"x") -> bytes:
    """A message of one attachment with these headers, byte for byte."""
    head = b"From: a@example.vn\r\nSubject: thu\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=cat\r\n\r\n"
    return head + b"--cat\r\n" + part_headers + b"\r\n\r\n" + content + b"\r\n--cat--\r\n"
