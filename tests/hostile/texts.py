"""Plain text: what is none, what has no end, and what means to mislead a reader, a terminal or a spreadsheet."""

from __future__ import annotations

import random

from corpus import READ, hostile
from parcels import zipped

PLAN = (
    "ỦY BAN NHÂN DÂN\nXÃ BÌNH SƠN\nSố: 27/KH-UBND\nBình Sơn, ngày 15 tháng 01 năm 2025\n\nKẾ HOẠCH\n"
    "Công tác thi đua, khen thưởng năm 2025\n\nI. MỤC ĐÍCH, YÊU CẦU\nNâng cao chất lượng phong trào.\n"
    "II. NỘI DUNG\n1. Văn phòng chủ trì, báo cáo Ủy ban nhân dân xã trước ngày 15/12/2025.\n"
)


@hostile("so-khong.txt", READ, why="a zero byte after each line, as some databases export")
def zeros_between() -> bytes:
    return PLAN.replace("\n", "\n\0").encode()


@hostile("so-khong-cuoi.txt", READ, why="a text that a broken copy filled up with zeros")
def zeros_behind() -> bytes:
    return PLAN.encode() + bytes(100_000)


@hostile("nhi-phan.txt", "unknown_format", why="noise under the name of a text")
def noise() -> bytes:
    return random.Random(11).randbytes(20_000)


@hostile("6-trieu-chu.txt", "too_complex", why="six million characters")
def six_million() -> bytes:
    return b"ke hoach nam 2025 \n" * 320_000


@hostile("mot-dong-dai.txt", READ, why="one line of half a million characters")
def one_line() -> bytes:
    return ("nâng cao chất lượng phong trào thi đua yêu nước, " * 10_000).encode()


@hostile("mot-tu-dai.txt", READ, why="one word of a million letters")
def one_word() -> bytes:
    return ("KẾ HOẠCH\n" + "a" * 1_000_000).encode()


@hostile("5000-de-muc.txt", READ, why="five thousand headings of one name and number")
def many_headings() -> bytes:
    return ("KẾ HOẠCH\n" + "I. MỤC ĐÍCH, YÊU CẦU\n" * 5_000).encode()


@hostile("de-muc-sau.txt", READ, why="headings nested three hundred levels deep")
def deep_headings() -> bytes:
    return ("KẾ HOẠCH\n" + "".join(".".join(["1"] * depth) + ". Việc\n" for depth in range(1, 300))).encode()


@hostile("5000-vien-dan.txt", READ, why="five thousand citations in one sentence")
def many_citations() -> bytes:
    return ("KẾ HOẠCH\nCăn cứ " + "Quyết định số 12/QĐ-UBND ngày 12/5/2025, " * 5_000).encode()


@hostile("lan-bang-ma.txt", READ, why="half in UTF-8, half in TCVN3")
def mixed_encodings() -> bytes:
    return PLAN.encode() + b"C\xbc n\xa8ng cao ch\xcat l\xad\xeeng phong tr\xb5o thi \xaeua\n" * 3


@hostile("utf16-le-byte.txt", READ, why="UTF-16 that lost its last byte")
def odd_utf16() -> bytes:
    return PLAN.encode("utf-16")[:-1]


@hostile("dieu-khien.txt", READ, why="commands that would move a terminal's cursor or retitle its window")
def terminal_commands() -> bytes:
    return (PLAN * 3 + "\x1b]0;x\x07\x1b[2J\x9b31m việc\n").encode()


@hostile("dao-chieu.txt", READ, why="marks that turn the reading direction, so that one reads what is not there")
def turned_direction() -> bytes:
    return (PLAN + "III. TỔ CHỨC THỰC HIỆN\n\u202e5202/21/51\u202c trước ngày \u2066\u200f15/12\u2069\u200b/2025\n").encode()


@hostile("dau-chong.txt", READ, why="a letter that bears three hundred marks")
def stacked_marks() -> bytes:
    return (PLAN + "a" + "\u0301\u0323" * 150 + "\n").encode()


@hostile("rieng-va-le.txt", READ, why="lone surrogates, private letters and such as no font has")
def odd_letters() -> bytes:
    return (PLAN + "\ue000\uf8ff\ufdd0\U0010ffff\ufeff\n").encode() + b"\xed\xa0\x80\xf4\x90\x80\x80\n"


@hostile("2001-trang.txt", "too_complex", why="more page breaks than pages are allowed")
def many_pages() -> bytes:
    return b"ke hoach\f" * 2001


@hostile("cong-thuc.txt", READ, why="lines that a spreadsheet would take for formulas")
def formulas() -> bytes:
    lines = ('=HYPERLINK("http://example.vn";"bấm")', "+cmd|'/c calc'!A0", "@SUM(1+1)", "-2+3", "\t=1+1")
    tasks = "".join(f"{number}. {line} do Văn phòng chủ trì trước ngày 15/12/2025.\n" for number, line in enumerate(lines, 1))
    title = "=WEBSERVICE(\"http://example.vn\") năm 2025"
    return PLAN.replace("Công tác thi đua, khen thưởng năm 2025", title).encode() + tasks.encode()


@hostile("=cmd|' !A0'.txt", READ, why="a name that is a formula")
def named_like_a_formula() -> bytes:
    return PLAN.encode()


@hostile("@SUM(1+1).txt", READ, why="the same in another dialect")
def named_like_another_formula() -> bytes:
    return PLAN.replace("27/KH", "28/KH").encode()


@hostile("a%2f..%2f..%2fetc%2fpasswd", READ, why="a name that would be a path if somebody decoded it")
def named_like_a_path() -> bytes:
    return PLAN.replace("27/KH", "29/KH").encode()


@hostile("-rf \u202etxt.exe", READ, why="a name that is an option, with a mark that hides its ending")
def named_like_an_option() -> bytes:
    return PLAN.replace("27/KH", "30/KH").encode()


@hostile("xuong\ndong\x1b[2J.txt", READ, why="a name with a line break and a terminal's command in it")
def named_over_lines() -> bytes:
    return PLAN.replace("27/KH", "31/KH").encode()


@hostile("ke-hoach.docx", READ, why="a plain text under the extension of Word")
def text_named_word() -> bytes:
    return PLAN.replace("27/KH", "32/KH").encode()


@hostile("ke-hoach.pdf", "annex_not_read", why="a workbook under the extension of PDF")
def workbook_named_pdf() -> bytes:
    return zipped({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"})
