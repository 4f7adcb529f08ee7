"""One hostile file of each kind that has tests of its own in tests/unit: web pages, archives, messages."""

from __future__ import annotations

from corpus import READ, hostile
from parcels import mail, zipped
from texts import PLAN

OPENED = "opened"


def numbered(number: int) -> str:
    """A plan of that number: no duplicate of another."""
    return PLAN.replace("27/KH", f"{number}/KH")


@hostile("trang-goi-mang.html", READ, why="pictures, frames, styles, scripts and a form that all want to be fetched or sent")
def page_that_calls_out() -> bytes:
    away = "http://127.0.0.1:9/x"
    acting = (
        f'<base href="{away}"><meta http-equiv="refresh" content="0;url={away}"><link rel="stylesheet" href="{away}.css">'
        f'<script src="{away}.js"></script><iframe src="file:///etc/passwd"></iframe><img src="{away}.png">'
        f'<object data="{away}"></object><form action="{away}"><input type="submit"></form>'
    )
    return f"<html><head>{acting}</head><body>{''.join(f'<p>{line}</p>' for line in numbered(41).splitlines())}</body></html>".encode()


@hostile("trang-goi-tep.mht", READ, why="a page saved as one file whose parts lie on this machine")
def page_with_parts_elsewhere() -> bytes:
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in numbered(42).splitlines()) + '<img src="file:///etc/passwd"></body></html>'
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=cat\r\n\r\n--cat\r\n"
    part = b"Content-Type: text/html; charset=utf-8\r\nContent-Location: file:///etc/passwd\r\n\r\n"
    return head + part + page.encode() + b"\r\n--cat--\r\n"


@hostile("thoat-ra.zip", OPENED, why="names that lead out of the archive, to the root and to another drive, and one that is a formula")
def climbing_archive() -> bytes:
    names = ("../../thoat-1.txt", "/tmp/thoat-2.txt", "C:\\thoat-3.txt", "=1+1.txt", "a/../../thoat-4.txt")
    return zipped({name: numbered(50 + number) for number, name in enumerate(names)})


@hostile("thu-doc.eml", OPENED, why="attachments whose names lead elsewhere, one of them locked, one empty")
def hostile_message() -> bytes:
    attached = {"../../thoat-5.txt": numbered(61), "khoa.zip": b"PK\x05\x06" + bytes(18), "rong.pdf": b""}
    return mail(attached, subject="=HYPERLINK(\"http://example.vn\")").as_bytes()
