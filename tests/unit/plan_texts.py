"""Texts that several tests begin from: a letterhead with its title, a whole small plan, and lines of a certain width."""

from __future__ import annotations

import textwrap

LETTERHEAD = """ỦY BAN NHÂN DÂN
XÃ SƠN HẠ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 12/KH-UBND

Sơn Hạ, ngày {day}

KẾ HOẠCH
"""
HEAD_OF_2025 = LETTERHEAD.format(day="05 tháng 3 năm 2025")
SMALL_PLAN = """ỦY BAN NHÂN DÂN
XÃ AN HÒA
Số: 15/KH-UBND
An Hòa, ngày 10 tháng 01 năm 2025
KẾ HOẠCH
Tuyên truyền, phổ biến pháp luật năm 2025
Căn cứ Luật Tổ chức chính quyền địa phương;
I. MỤC ĐÍCH, YÊU CẦU
Nâng cao nhận thức của cán bộ và nhân dân.
II. TỔ CHỨC THỰC HIỆN
Công chức Tư pháp - Hộ tịch tham mưu thực hiện trước ngày 15/12/2025.
"""


def in_characters(text: str, width: int) -> list[str]:
    """The text in lines of at most so many characters; a longer word stands alone."""
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
