"""Picture files: bombs, broken ones, and such as cameras and fax machines make that few programs expect."""

from __future__ import annotations

import io
import random
import struct
import zlib
from functools import cache

from corpus import READ, hostile
from pdf_files import FONTS
from PIL import Image, ImageDraw, ImageFont

BLANK = ("no_text_layer", "unreadable_scan")  # what a picture without words may come to
SIDE = 20_000


@cache
def words() -> Image.Image:
    """A small page with enough words to be read."""
    page = Image.new("L", (800, 720), 255)
    font = ImageFont.truetype(str(FONTS / "DejaVuSerif.ttf"), 34)
    lines = ("ỦY BAN NHÂN DÂN XÃ BÌNH SƠN", "KẾ HOẠCH công tác năm 2025")
    for number, line in enumerate(lines):
        ImageDraw.Draw(page).text((40, 90 + 120 * number), line, fill=0, font=font)
    return page


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **{"dpi": (200, 200), **options})
    return file.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">L", len(content)) + kind + content + struct.pack(">L", zlib.crc32(kind + content))


def png(width: int, height: int, depth: int, colour: int, content: bytes, *more: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", content) + chunk(b"IEND", b"")


# ------------------------------------------------------------------ bombs


@hostile("bom.png", "too_complex", why="50 kB that unpack to 20,000 by 20,000 pixels")
def png_bomb() -> bytes:
    return png(SIDE, SIDE, 1, 0, zlib.compress(bytes(SIDE * (SIDE // 8 + 1))))


@hostile("bom-khai.png", "too_complex", why="four thousand million pixels by its head, and no bytes behind")
def png_of_no_bytes() -> bytes:
    return png(2**31 - 1, 2, 8, 2, b"")


@hostile("bom-ghi-chu.png", "damaged_file", *BLANK, READ, why="a comment of 100 kB that unpacks to 100 MB")
def png_with_a_large_comment() -> bytes:
    comment = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b" " * 100_000_000))
    small = zlib.compress(bytes(2 * 8))
    return png(8, 8, 8, 0, small, comment)


@hostile("bom.gif", "too_complex", why="a screen of 65,535 by 65,535 pixels in 40 bytes")
def gif_bomb() -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0x80, 0, 0) + bytes(6)
    return head + b"," + struct.pack("<HHHHB", 0, 0, 65_535, 65_535, 0) + b"\x02\x02\x4c\x01\x00;"


@hostile("bom-hinh-dong.gif", *BLANK, why="a screen of one pixel, and a second picture of 65,535 by 65,535 that is not looked at")
def gif_with_a_large_frame() -> bytes:
    small = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x4c\x01\x00"
    large = b"," + struct.pack("<HHHHB", 0, 0, 65_535, 65_535, 0) + b"\x02\x02\x4c\x01\x00"
    return b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + bytes(6) + small + large + b";"


@hostile("bom.tif", "too_complex", why="a page of 20,000 by 20,000 pixels in 150 bytes")
def tiff_bomb() -> bytes:
    return tiff([(SIDE, SIDE)])


@hostile("bom-5000-trang.tif", "too_many_pages", why="five thousand frames")
def tiff_of_many_frames() -> bytes:
    return tiff([(8, 8)] * 5000)


@hostile("bom-trang-sau.tif", "too_complex", why="a first page of 8 by 8 pixels, and a second of 60,000 by 60,000")
def tiff_with_a_large_second_page() -> bytes:
    return tiff([(8, 8), (60_000, 60_000)])


@hostile("vong.tif", "no_text_layer", "damaged_file", "unreadable_scan", why="a page that says it is its own next page")
def tiff_in_a_ring() -> bytes:
    return tiff([(8, 8)], ring=True)


@hostile("bom.bmp", "too_complex", why="a bitmap of 60,000 by 60,000 pixels by its head")
def bmp_bomb() -> bytes:
    head = struct.pack("<LllHHLLllLL", 40, 60_000, 60_000, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<LLL", 54 + 40, 0, 54) + head + bytes(40)


@hostile("bom-rle.bmp", "too_complex", why="20,000 by 20,000 pixels packed in runs")
def packed_bmp_bomb() -> bytes:
    head = struct.pack("<LllHHLLllLL", 40, SIDE, SIDE, 1, 8, 1, 0, 0, 0, 2, 0)
    return b"BM" + struct.pack("<LLL", 4000, 0, 62) + head + bytes(8) + b"\xff\x00" * 500


@hostile("bom.webp", "too_complex", why="16,384 by 16,384 pixels by its head")
def webp_bomb() -> bytes:
    packed = b"\x2f" + struct.pack("<L", 16_383 | 16_383 << 14) + bytes(40)
    body = b"WEBPVP8L" + struct.pack("<L", len(packed)) + packed + bytes(len(packed) % 2)
    return b"RIFF" + struct.pack("<L", len(body)) + body


@hostile("bom.jpg", "too_complex", why="20,000 by 20,000 pixels of grey in few bytes")
def jpeg_bomb() -> bytes:
    return resized_jpeg(SIDE, SIDE)


@hostile("1000-luot.jpg", "too_complex", why="60 million pixels drawn a thousand times over")
def jpeg_of_many_scans() -> bytes:
    data = resized_jpeg(8000, 8000, progressive=True)
    last = data.rindex(b"\xff\xda")
    length = struct.unpack_from(">H", data, last + 2)[0]
    return data[:-2] + (data[last : last + 2 + length] + b"\0\0") * 1000 + data[-2:]


@hostile("dai-nhu-so.png", *BLANK, "too_complex", why="a line of pixels a million wide: scaled to a page it would be huge")
def endless_strip() -> bytes:
    return png(1_000_000, 4, 1, 0, zlib.compress(bytes(4 * 125_001)))


# ------------------------------------------------------------------ broken


@hostile("cat.jpg", "truncated_file", why="a photo of which the lower half did not arrive")
def cut_jpeg() -> bytes:
    whole = saved(words(), "JPEG")
    return whole[: len(whole) // 2]


@hostile("cat.png", "truncated_file", why="a picture cut in its middle")
def cut_png() -> bytes:
    whole = saved(words(), "PNG")
    return whole[: len(whole) // 2]


@hostile("dau.jpg", "truncated_file", "damaged_file", why="the first hundred bytes of a photo")
def jpeg_head() -> bytes:
    return saved(words(), "JPEG")[:100]


@hostile("rac.tif", "damaged_file", why="a TIFF whose directory is noise")
def noisy_tiff() -> bytes:
    return b"II*\x00\x08\x00\x00\x00" + random.Random(3).randbytes(4000)


@hostile("exif-vo-ly.jpg", READ, why="camera data with a resolution of nought, an orientation of 77 and pointers to nowhere")
def absurd_exif() -> bytes:
    def entry(tag: int, kind: int, count: int, value: int) -> bytes:
        return struct.pack("<HHLL", tag, kind, count, value)

    fields = [entry(0x112, 3, 1, 77), entry(0x11A, 5, 1, 0xFFFFFFF0), entry(0x128, 3, 1, 9), entry(0x8769, 4, 1, 8),
              entry(0x8825, 4, 1, 0x7FFFFFFF), entry(0x9286, 7, 0xFFFFFFFF, 8)]  # fmt: skip
    exif = b"Exif\0\0II*\x00\x08\x00\x00\x00" + struct.pack("<H", len(fields)) + b"".join(fields) + struct.pack("<L", 8)
    return saved(words(), "JPEG", exif=exif, dpi=(0, 0))


# ------------------------------------------------------------------ odd but sound


@hostile("hinh-dong.gif", READ, why="an animated picture: its frames are no pages, the first one is read")
def animated() -> bytes:
    return saved(words(), "GIF", save_all=True, append_images=[words().rotate(1, fillcolor=255)])


@hostile("mot-diem.png", *BLANK, why="one pixel, as mail programs use to count readers")
def one_pixel() -> bytes:
    return saved(Image.new("RGB", (1, 1), "white"), "PNG")


@hostile("trong-suot.png", READ, why="black words on nothing: what is transparent is paper")
def transparent() -> bytes:
    page = Image.new("RGBA", words().size, (0, 0, 0, 0))
    page.paste(Image.new("RGBA", words().size, "black"), mask=words().point(lambda level: 255 - level))
    return saved(page, "PNG")


@hostile("cmyk.jpg", READ, why="a photo in the four colours of print")
def four_colours() -> bytes:
    return saved(words().convert("CMYK"), "JPEG", quality=90)


@hostile("xam-16-bit.png", READ, why="a scan of 65,536 levels of grey")
def sixteen_bits() -> bytes:
    levels = words().convert("I").point(lambda level: level * 257)
    return saved(levels.convert("I;16"), "PNG")


@hostile("so-thuc.tif", *BLANK, why="a picture whose levels are fractions: told, and not read as noise")
def fractions() -> bytes:
    return saved(words().convert("F").point(lambda level: level / 255 + 0), "TIFF")


# ------------------------------------------------------------------ how they are made


def resized_jpeg(width: int, height: int, **options: object) -> bytes:
    """A small photo whose head says that it is larger."""
    data = bytearray(saved(Image.new("L", (64, 64), 200), "JPEG", **options))
    at = data.index(b"\xff\xc2" if options.get("progressive") else b"\xff\xc0")
    struct.pack_into(">HH", data, at + 5, height, width)
    return bytes(data)


def tiff(sizes: list[tuple[int, int]], ring: bool = False) -> bytes:
    """A TIFF of blank pages that share eight bytes of pixels."""
    out = bytearray(b"II*\x00\x10\x00\x00\x00" + b"\xff" * 8)
    for number, (width, height) in enumerate(sizes):
        fields = [(256, 4, width), (257, 4, height), (258, 3, 1), (259, 3, 1), (262, 3, 1), (273, 4, 8), (277, 3, 1),
                  (278, 4, height), (279, 4, 8)]  # fmt: skip
        out += struct.pack("<H", len(fields)) + b"".join(struct.pack("<HHLL", tag, kind, 1, value) for tag, kind, value in fields)
        following = len(out) + 4 if number + 1 < len(sizes) else 16 if ring else 0
        out += struct.pack("<L", following)
    return bytes(out)
