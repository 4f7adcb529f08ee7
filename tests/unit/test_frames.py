"""Letterhead and signature block whose two columns plain text and Markdown have flattened."""

from __future__ import annotations

import pytest

from tests.unit.plain_text import grid_of, lines_of, read, shown

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
HEAD = [
    "T<|ỦY BAN NHÂN DÂN",
    ".<|XÃ LONG MỸ",
    f"T>|{MOTTO}",
    ".>|Độc lập - Tự do - Hạnh phúc",
    "T<|Số: 12/KH-UBND",
    "T>|Long Mỹ, ngày 05 tháng 3 năm 2024",
]


@pytest.mark.parametrize(
    ("above", "text", "below"),
    [
        (
            [],
            f"ỦY BAN NHÂN DÂN | {MOTTO}\nXÃ LONG MỸ | Độc lập - Tự do - Hạnh phúc\n"
            "Số: 12/KH-UBND | Long Mỹ, ngày 05 tháng 3 năm 2024\nKẾ HOẠCH",
            ["T|KẾ HOẠCH"],
        ),
        (
            ["T|Thứ tư - 12/03/2024", "T|Đã xem: 14"],
            f"Thứ tư - 12/03/2024 | Đã xem: 14\nỦY BAN NHÂN DÂN     | {MOTTO} |\n\n"
            "XÃ LONG MỸ          | Độc lập - Tự do - Hạnh phúc |\n------ | -------\n\n"
            "Số: 12/KH-UBND      | Long Mỹ, ngày 05 tháng 3 năm 2024 |",
            [],
        ),
        (
            [],
            f"ỦY BAN NHÂN DÂN | {MOTTO}\nXÃ LONG MỸ | Độc lập - Tự do - Hạnh phúc\n\n"
            "Số: 12/KH-UBND | Long Mỹ, ngày 05 tháng 3 năm 2024\nKẾ HOẠCH |\nVề việc tiêm phòng |",
            ["T|KẾ HOẠCH", "T|Về việc tiêm phòng"],
        ),
        (
            [],
            f"| | | |\n|---|---|---|\n| ỦY BAN NHÂN DÂN<br>XÃ LONG MỸ | | **{MOTTO}**<br>Độc lập - Tự do - Hạnh phúc<br>----- |\n"
            "| Số: 12/KH-UBND | | *Long Mỹ, ngày 05 tháng 3 năm 2024* |\n",
            [],
        ),
    ],
)
@pytest.mark.parametrize("markdown", [False, True])
def test_letterheads_with_bars_give_issuer_motto_number_dateline(
    above: list[str], text: str, below: list[str], markdown: bool
) -> None:
    if "**" in text and not markdown:
        text = text.replace("*", "").replace("<br>-----", "").replace("<br>", " ")
        assert shown(read(text))[:2] == ["T<|ỦY BAN NHÂN DÂN XÃ LONG MỸ", f"T>|{MOTTO} Độc lập - Tự do - Hạnh phúc"]
    else:
        assert shown(read(text, markdown)) == above + HEAD + below


FOOT = ["T<|Nơi nhận:", "T<|- UBND huyện;", "T<|- Lưu: VT.", "T>|TM. ỦY BAN NHÂN DÂN", "T>|KT. CHỦ TỊCH", "T>|Trần Văn Bình"]


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Nơi nhận: | TM. ỦY BAN NHÂN DÂN\n- UBND huyện; | KT. CHỦ TỊCH\n- Lưu: VT. | Trần Văn Bình", False),
        ("| **Nơi nhận:** | **TM. ỦY BAN NHÂN DÂN** |\n| - UBND huyện; | KT. CHỦ TỊCH |\n| - Lưu: VT. | Trần Văn Bình |", True),
        ("Nơi nhận: | TM. ỦY BAN NHÂN DÂN\n- UBND huyện; | KT. CHỦ TỊCH\n- Lưu: VT.\n\n | Trần Văn Bình", False),
        ("Nơi nhận: | TM. ỦY BAN NHÂN DÂN\n | KT. CHỦ TỊCH\n | Trần Văn Bình\n- UBND huyện;\n- Lưu: VT.", False),
        ("|Nơi nhận:<br>- UBND huyện;|TM. ỦY BAN NHÂN DÂN|\n|---|---|\n|- Lưu: VT.|KT. CHỦ TỊCH<br>Trần Văn Bình|", True),
    ],
)
def test_signature_blocks_with_bars_give_recipients_then_signature(text: str, markdown: bool) -> None:
    assert shown(read(text, markdown)) == FOOT


def test_a_table_ends_where_the_recipients_begin() -> None:
    text = "| TT | Việc | Đơn vị |\n| 1 | Rà soát | Công an xã |\nNơi nhận: | CHỦ TỊCH\n- Lưu: VT. | Trần Văn Bình"
    extracted = read(text)
    assert [len(row) for row in grid_of(extracted).rows] == [3, 3]
    assert shown(extracted) == ["T<|Nơi nhận:", "T<|- Lưu: VT.", "T>|CHỦ TỊCH", "T>|Trần Văn Bình"]


SIGNERS = ["T<|TRƯỞNG CÔNG AN", "T<|(Đã ký)", "T<|Thượng úy Đỗ Văn Khang", "T>|TM. ĐOÀN XÃ", "T>|BÍ THƯ", "T>|Bùi Thị Ngân"]


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        (
            "TRƯỞNG CÔNG AN                         TM. ĐOÀN XÃ\n                                          BÍ THƯ\n"
            "    (Đã ký)\n\nThượng úy Đỗ Văn Khang                Bùi Thị Ngân\nNơi nhận:",
            False,
        ),
        ("TRƯỞNG CÔNG AN\tTM. ĐOÀN XÃ\n\tBÍ THƯ\n(Đã ký)\nThượng úy Đỗ Văn Khang\tBùi Thị Ngân\nNơi nhận:", False),
        ("TRƯỞNG CÔNG AN | TM. ĐOÀN XÃ\n(Đã ký) | BÍ THƯ\nThượng úy Đỗ Văn Khang | Bùi Thị Ngân\nNơi nhận:", False),
        (
            "| TRƯỞNG CÔNG AN | TM. ĐOÀN XÃ |\n|---|---|\n| (Đã ký) | BÍ THƯ |\n| Thượng úy Đỗ Văn Khang | Bùi Thị Ngân |\n\n"
            "Nơi nhận:",
            True,
        ),
    ],
)
def test_signers_side_by_side_are_read_one_after_the_other(text: str, markdown: bool) -> None:
    assert [line for line in shown(read(text, markdown)) if not line.endswith("|")] == [*SIGNERS, "T|Nơi nhận:"]


def test_recipients_and_two_signers() -> None:
    text = (
        "Nơi nhận:                     TRƯỞNG CÔNG AN           CHỦ TỊCH\n"
        "- Công an huyện, Ban Chỉ huy\nquân sự;\n"
        "- Lưu: VT.                    Trần Văn Bình            LÊ THỊ HOA"
    )
    assert shown(read(text)) == [
        "T<|Nơi nhận:", "T<|- Công an huyện, Ban Chỉ huy", ".<|quân sự;", "T<|- Lưu: VT.",
        "T>|TRƯỞNG CÔNG AN", "T>|Trần Văn Bình", "T>|CHỦ TỊCH", "T>|LÊ THỊ HOA",
    ]  # fmt: skip


def test_a_head_in_one_row_is_cut_at_its_gaps() -> None:
    text = (
        f"SỞ NỘI VỤ    {MOTTO}    Độc lập - Tự do - Hạnh phúc    Số:      /KH-SNV    Hà Lâm, ngày     tháng 3 năm 2024    "
        "KẾ HOẠCH    Về việc rà soát\nI. MỤC ĐÍCH\nGIÁM ĐỐC    Trần Văn Bình"
    )
    assert shown(read(text)) == [
        "T<|SỞ NỘI VỤ", f"T>|{MOTTO}", "T>|Độc lập - Tự do - Hạnh phúc", "T<|Số: /KH-SNV",
        "T>|Hà Lâm, ngày tháng 3 năm 2024", "T|KẾ HOẠCH", "T|Về việc rà soát", "T|I. MỤC ĐÍCH", "T|GIÁM ĐỐC", "T|Trần Văn Bình",
    ]  # fmt: skip


def test_blanks_to_be_filled_by_hand_part_no_columns() -> None:
    text = f"SỞ Y TẾ              {MOTTO}\nSố:          /KH-SYT      An Hòa, ngày      tháng      năm 2024"
    assert shown(read(text))[2:] == ["T<|Số: /KH-SYT", "T>|An Hòa, ngày tháng năm 2024"]


@pytest.mark.parametrize(
    "text",
    [
        "| Chủ tịch | Trần Văn Bình |\n|---|---|\n| Phó Chủ tịch | Lê Thị Hoa |",
        "| Cơ quan | Nơi nhận | Hạn |\n|---|---|---|\n| UBND xã | Sở Nội vụ | 5/3 |",
        "| Nội dung | Đơn vị |\n|---|---|\n| GIÁM SÁT | TRƯỞNG CÁC THÔN |\n| Tập huấn | Công an xã |",
    ],
)
def test_tables_with_like_words_stay_tables(text: str) -> None:
    assert not [line for line in lines_of(read(text, markdown=True)) if line.text]


def test_a_hostile_row_of_gaps_is_read_at_once() -> None:
    assert len(lines_of(read("CỘNG HÒA XÃ HỘI    " * 20_000 + "\n" + "CHỦ TỊCH    TM. X\n" * 500))) == 501


def test_markdown_columns_set_with_blanks() -> None:
    text = f"**SỞ Y TẾ**                 **{MOTTO}**\nSố: 33/KH-SYT               *An Hòa, ngày 04 tháng 4 năm 2022*\n\n# KẾ HOẠCH"
    assert shown(read(text, markdown=True)) == [
        "T<|SỞ Y TẾ", f"T>|{MOTTO}", "T<|Số: 33/KH-SYT", "T>|An Hòa, ngày 04 tháng 4 năm 2022", ".|", "T#|KẾ HOẠCH",
    ]  # fmt: skip
