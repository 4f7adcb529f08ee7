"""The files that offices make of scanned pages: PDF of pictures, JPEG, PNG, TIFF of several pages; mixed and false PDFs."""

from __future__ import annotations

import io
from time import gmtime

from PIL import Image

from samples.scan import Scan

NO_TIME = gmtime(0)


def pdf_of(pages: list[Image.Image], scan: Scan) -> bytes:
    """A PDF whose pages are pictures and nothing else: JPEG, one-bit as CCITT group 4."""
    out = io.BytesIO()
    how = {} if scan.mode == "one-bit" else {"quality": scan.quality}
    pages[0].save(
        out, "PDF", save_all=True, append_images=pages[1:], resolution=scan.dpi,
        creationDate=NO_TIME, modDate=NO_TIME, producer="scan", **how,
    )  # fmt: skip
    return out.getvalue()


def picture_of(page: Image.Image, scan: Scan, kind: str) -> bytes:
    """One page as `JPEG` or `PNG`."""
    out = io.BytesIO()
    page.save(out, kind, dpi=(scan.dpi, scan.dpi), **({"quality": scan.quality} if kind == "JPEG" else {}))
    return out.getvalue()


def tiff_of(pages: list[Image.Image], scan: Scan) -> bytes:
    """A TIFF of several pages: group 4 for one bit, JPEG inside for the rest."""
    out = io.BytesIO()
    how = {"compression": "group4"} if scan.mode == "one-bit" else {"compression": "jpeg", "quality": scan.quality}
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], dpi=(scan.dpi, scan.dpi), **how)
    return out.getvalue()
