"""Old Word files, RTF and OpenDocument texts: cut, locked, endless, and with things in them that want to act.

Those that LibreOffice opens are read by it where it is installed, and roughly where it is not.
"""

from __future__ import annotations

import io
import struct
import zipfile
from functools import cache

from corpus import READ, hostile
from parcels import patched, zipped
from word_files import ENCRYPTED, ODT_TYPE, SECTOR, container, odt, rtf, word

PLAN = "KẾ HOẠCH\rCông tác thi đua, khen thưởng năm 2025\rI. MỤC ĐÍCH, YÊU CẦU\rNâng cao chất lượng.\r"
ODT_PLAN = "".join(f"<text:p>{line}</text:p>" for line in PLAN.split("\r") if line)
RTF_PLAN = PLAN.replace("\r", r"\par ")


@cache
def old_word() -> bytes:
    """A sound Word file of 1997."""
    return word(PLAN)


# ------------------------------------------------------------------ Word 97-2003


@hostile("cat-dau.doc", "truncated_file", why="nothing but the header of the container")
def word_head() -> bytes:
    return old_word()[:600]


@hostile("cat-giua.doc", "truncated_file", why="an upload that broke off in the middle")
def cut_word() -> bytes:
    return old_word()[: len(old_word()) // 2]


@hostile("khoa.doc", "password_protected", why="the flag of a password in the header")
def locked_word() -> bytes:
    return word("mật\r", flags=ENCRYPTED)


@hostile("vong-bang.doc", "damaged_file", why="a sector table whose chains run in a ring")
def sectors_in_a_ring() -> bytes:
    data = bytearray(old_word())
    chains = list(struct.unpack_from("<128L", data, SECTOR))
    ring = [number for number, follows in enumerate(chains) if follows not in (0xFFFFFFFF, 0xFFFFFFFD)]
    for number in ring:
        chains[number] = ring[0]
    struct.pack_into("<128L", data, SECTOR, *chains)
    return bytes(data)


@hostile("muc-luc-vong.doc", "damaged_file", "truncated_file", READ, why="a directory whose entries are each other's brothers")
def directory_in_a_ring() -> bytes:
    data = bytearray(old_word())
    start = struct.unpack_from("<L", data, 48)[0]
    for number in range(1, 3):
        struct.pack_into("<LL", data, (start + 1) * SECTOR + 128 * number + 68, 1, 2)
    return bytes(data)


@hostile("luong-khai-lon.doc", "damaged_file", "truncated_file", why="a stream that says it is four gigabytes long")
def endless_stream() -> bytes:
    data = bytearray(old_word())
    start = struct.unpack_from("<L", data, 48)[0]
    for number in range(1, 3):
        struct.pack_into("<L", data, (start + 1) * SECTOR + 128 * number + 120, 0xFFFFFFF0)
    return bytes(data)


@hostile("khong-phai-word.doc", "format_not_read", "damaged_file", why="a container of streams that are no document")
def no_word() -> bytes:
    return container({"Ghi chu": b"x" * 5000})


# ------------------------------------------------------------------ RTF


@hostile("cat.rtf", "truncated_file", why="groups that nothing closes")
def cut_rtf() -> bytes:
    return rtf(RTF_PLAN)[:-30]


@hostile("ngoac-long.rtf", READ, "too_complex", why="a hundred thousand groups in one another")
def nested_groups() -> bytes:
    return b"{\\rtf1 " + b"{" * 100_000 + b"a" + b"}" * 100_000 + b"}"


@hostile("nhi-phan-khong-lo.rtf", "truncated_file", why="binary data of two gigabytes by its own word")
def endless_binary() -> bytes:
    return rtf(RTF_PLAN)[:-1] + b"{\\pict\\bin2147483647 xyz}}"


@hostile("doi-tuong.rtf", READ, why="an object to be started, a template and a picture to be fetched, a field that runs a program")
def acting_rtf() -> bytes:
    head = r"{\*\template http://127.0.0.1:9/x.dotm}"
    link = r"{\field{\*\fldinst INCLUDEPICTURE \"http://127.0.0.1:9/x.png\" \\d}{\fldrslt anh}}"
    run = r"{\field{\*\fldinst DDEAUTO cmd.exe \"/c calc\" }{\fldrslt chay}}"
    data = r"{\object\objemb\objupdate{\*\objclass Package}{\*\objdata " + "01050000" * 400 + "}}"
    return rtf(head + RTF_PLAN + link + run + data)


@hostile("bang-khong-hang.rtf", READ, "too_complex", "empty_file", why="ten thousand cells and no row, edges beyond all bounds")
def cells_without_rows() -> bytes:
    return rtf(RTF_PLAN + r"\trowd" + r"\cellx2147483647\cellx-2147483647" * 50 + r"\intbl a\cell" * 3_000 + r"\row")


# ------------------------------------------------------------------ OpenDocument


@hostile("cat.odt", "truncated_file", why="an upload that broke off")
def cut_odt() -> bytes:
    return odt(ODT_PLAN)[:-60]


@hostile("khoa.odt", "password_protected", why="a manifest that tells of encryption")
def locked_odt() -> bytes:
    return odt(ODT_PLAN, manifest="<manifest:encryption-data/>")


@hostile("thuc-the.odt", "damaged_file", why="an entity that stands for a file of this machine")
def odt_entity() -> bytes:
    return odt("<text:p>&x;</text:p>", before='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>')


@hostile("thuc-the-phan-phu.odt", "damaged_file", why="the same in a part that only LibreOffice would read")
def odt_entity_elsewhere() -> bytes:
    files = {"mimetype": ODT_TYPE, "content.xml": "<a/>", "Object 1/content.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "/etc/passwd">]><a>&x;</a>'}
    return zipped(files, method=0)


@hostile("bom.odt", "too_complex", why="a content of 60 kB that unpacks to 60 MB")
def odt_bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", ODT_TYPE)
        archive.writestr("content.xml", "<text:p/>" * 7_000_000, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


@hostile("lien-ket.odt", READ, why="a section and a picture that lie elsewhere, and a script at opening")
def acting_odt() -> bytes:
    linked = (
        '<text:section text:name="x"><text:section-source xlink:href="http://127.0.0.1:9/x.odt"/></text:section>'
        '<text:p><draw:frame><draw:image xlink:href="file:///etc/passwd"/></draw:frame></text:p>'
    )
    return odt(ODT_PLAN + linked)


@hostile("lap-cot.odt", READ, "too_complex", why="a cell repeated a million times in a row repeated a million times")
def repeated_cells() -> bytes:
    many = "1000000"
    cells = f'<table:table-cell table:number-columns-repeated="{many}"><text:p>a</text:p></table:table-cell>'
    return odt(ODT_PLAN + f'<table:table><table:table-row table:number-rows-repeated="{many}">{cells}</table:table-row></table:table>')


@hostile("thieu-noi-dung.odt", "damaged_file", why="no content among the parts")
def odt_without_content() -> bytes:
    return zipped({"mimetype": ODT_TYPE, "styles.xml": "<a/>"}, method=0)


@hostile("khoa-phan.odt", "password_protected", why="a part locked in the archive itself")
def locked_odt_part() -> bytes:
    return patched(odt(ODT_PLAN), 2, 8, b"\x01\x00")
