"""Who issued a plan and who stands above them, by letterheads as all kinds of bodies set them; then by its last page alone."""

from __future__ import annotations

import pytest

from models import PlanRecord
from pipeline.flow import make_kit, read_stages
from pipeline.values import Source

KIT = make_kit()
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM\n"
YOUTH = "ĐOÀN TNCS HỒ CHÍ MINH\n"
BODY = "\nKẾ HOẠCH\nCông tác năm 2025\n\nI. MỤC ĐÍCH\nNâng cao chất lượng công tác.\n"

# The letterhead's left column, its motto, its number -> number, issuer, parent.
LETTERHEADS = [
    ("LIÊN ĐOÀN LAO ĐỘNG TỈNH HÀ LÂM\nLĐLĐ HUYỆN YÊN SƠN HẠ\n", STATE, "Số: 10/KH-LĐLĐ",
     "10/KH-LĐLĐ", "Liên đoàn Lao động huyện Yên Sơn Hạ", "Liên đoàn Lao động tỉnh Hà Lâm"),
    ("HỘI LHPN HUYỆN YÊN LĨNH\nHỘI LHPN XÃ SƠN HẠ\n", STATE, "Số: 08/KH-BTV",
     "08/KH-BTV", "Hội Liên hiệp Phụ nữ xã Sơn Hạ", "Hội Liên hiệp Phụ nữ huyện Yên Lĩnh"),
    ("HỘI CCB HUYỆN YÊN LĨNH\nHỘI CCB XÃ SƠN HẠ\n", STATE, "Số: 03/KH-CCB",
     "03/KH-CCB", "Hội Cựu chiến binh xã Sơn Hạ", "Hội Cựu chiến binh huyện Yên Lĩnh"),
    ("HỘI NÔNG DÂN TỈNH HÀ LÂM\nHỘI NÔNG DÂN HUYỆN YÊN LĨNH\n", STATE, "Số 21-KH/HND",
     "21-KH/HND", "Hội Nông dân huyện Yên Lĩnh", "Hội Nông dân tỉnh Hà Lâm"),
    ("HUYỆN ĐOÀN YÊN LĨNH\nBCH ĐOÀN XÃ SƠN HẠ\n", YOUTH, "Số: 11 KH/ĐTN",
     "11-KH/ĐTN", "Ban Chấp hành Đoàn xã Sơn Hạ", "Huyện đoàn Yên Lĩnh"),
    ("TỈNH ĐOÀN HÀ LÂM\nHUYỆN ĐOÀN YÊN LĨNH\n", YOUTH, "Số 15-KH/HĐTN",
     "15-KH/HĐTN", "Huyện đoàn Yên Lĩnh", "Tỉnh đoàn Hà Lâm"),
    ("MTTQ VIỆT NAM TỈNH HÀ LÂM\nỦY BAN MTTQ VIỆT NAM\nXÃ SƠN HẠ\n", STATE, "Số: 24/KH-MTTQ-BTT",
     "24/KH-MTTQ-BTT", "Ủy ban Mặt trận Tổ quốc Việt Nam xã Sơn Hạ", "Mặt trận Tổ quốc Việt Nam tỉnh Hà Lâm"),
    ("ỦY BAN MTTQ VIỆT NAM HUYỆN YÊN LĨNH\nBAN THƯỜNG TRỰC\n", STATE, "Số: 40/KH-MTTQ-BTT",
     "40/KH-MTTQ-BTT", "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam huyện Yên Lĩnh",
     "Ủy ban Mặt trận Tổ quốc Việt Nam huyện Yên Lĩnh"),
    ("TỈNH ỦY QUẢNG HÀ\nHUYỆN ỦY NAM LÂM\n", PARTY, "Số 112-KH/HU", "112-KH/HU", "Huyện ủy Nam Lâm", "Tỉnh ủy Quảng Hà"),
    ("HUYỆN ỦY NAM LÂM\nĐẢNG ỦY XÃ SƠN HẠ\n", PARTY, "Số 34 - KH/ĐU", "34-KH/ĐU", "Đảng ủy xã Sơn Hạ", "Huyện ủy Nam Lâm"),
    ("ĐẢNG BỘ TỈNH HÀ LÂM\nĐẢNG ỦY XÃ SƠN HẠ\n", PARTY, "Số 07-KH/ĐU", "07-KH/ĐU", "Đảng ủy xã Sơn Hạ", "Đảng bộ tỉnh Hà Lâm"),
    ("ĐẢNG ỦY XÃ SƠN HẠ\nCHI BỘ THÔN ĐÔNG HẠ\n", PARTY, "Số 02-KH/CB", "02-KH/CB", "Chi bộ thôn Đông Hạ", "Đảng ủy xã Sơn Hạ"),
    ("ĐẢNG ỦY XÃ SƠN HẠ\nỦY BAN KIỂM TRA\n", PARTY, "Số 05-KH/UBKT", "05-KH/UBKT", "Ủy ban Kiểm tra Đảng ủy xã Sơn Hạ", "Đảng ủy xã Sơn Hạ"),
    ("PHÒNG GD&ĐT HUYỆN TÂN GIANG\nTRƯỜNG TIỂU HỌC VĨNH PHÚ\n", STATE, "Số: 57/KH-THVP",
     "57/KH-THVP", "Trường Tiểu học Vĩnh Phú", "Phòng Giáo dục và Đào tạo huyện Tân Giang"),
    ("UBND XÃ SƠN HẠ\nTRƯỜNG MẦM NON HOA SIM\n", STATE, "Số: 12/KH-MNHS", "12/KH-MNHS", "Trường Mầm non Hoa Sim", "Ủy ban nhân dân xã Sơn Hạ"),
    ("SỞ GIÁO DỤC VÀ ĐÀO TẠO HÀ LÂM\nTRƯỜNG THPT SƠN HẠ\n", STATE, "Số: 45/KH-THPTSH",
     "45/KH-THPTSH", "TRƯỜNG THPT SƠN HẠ", "Sở Giáo dục và Đào tạo Hà Lâm"),
    ("TTYT HUYỆN CAN THƯỢNG\nTRẠM Y TẾ XÃ ĐÔNG LỘC\n", STATE, "Số: 03/KH-TYT",
     "03/KH-TYT", "Trạm Y tế xã Đông Lộc", "Trung tâm Y tế huyện Can Thượng"),
    ("SỞ Y TẾ TỈNH HÀ LÂM\nTTYT HUYỆN CAN THƯỢNG\n", STATE, "Số: 61/KH-TTYT",
     "61/KH-TTYT", "Trung tâm Y tế huyện Can Thượng", "Sở Y tế tỉnh Hà Lâm"),
    ("UBND HUYỆN YÊN LĨNH\nBCH QUÂN SỰ\n", STATE, "Số: 77/KH-BCH", "77/KH-BCH", "Ban Chỉ huy Quân sự huyện Yên Lĩnh", "Ủy ban nhân dân huyện Yên Lĩnh"),
    ("UBND XÃ SƠN HẠ\nBAN CHQS XÃ SƠN HẠ\n", STATE, "Số: 17/KH-BCH", "17/KH-BCH", "Ban Chỉ huy Quân sự xã Sơn Hạ", "Ủy ban nhân dân xã Sơn Hạ"),
    ("CÔNG AN TỈNH HÀ LÂM\nCÔNG AN XÃ SƠN HẠ\n", STATE, "Số: 05/KH-CAX", "05/KH-CAX", "Công an xã Sơn Hạ", "Công an tỉnh Hà Lâm"),
    ("UBND XÃ NAM DƯƠNG\nBAN TỔ CHỨC LỄ HỘI ĐỀN THƯỢNG\n", STATE, "Số: 16/KH-BTC",
     "16/KH-BTC", "Ban Tổ chức lễ hội Đền Thượng", "Ủy ban nhân dân xã Nam Dương"),
    ("UBND XÃ SƠN HẠ\nBAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ\n", STATE, "Số: 02/KH-BCĐ",
     "02/KH-BCĐ", "Ban Chỉ đạo Chuyển đổi số xã Sơn Hạ", "Ủy ban nhân dân xã Sơn Hạ"),
    ("UBND TỈNH HÀ LÂM\nSỞ NN&PTNT\n", STATE, "Số: 210/KH-SNN",
     "210/KH-SNN", "Sở Nông nghiệp và Phát triển nông thôn tỉnh Hà Lâm", "Ủy ban nhân dân tỉnh Hà Lâm"),
    ("SỞ GIÁO DỤC VÀ ĐÀO TẠO HÀ LÂM\nTRUNG TÂM GDNN-GDTX HUYỆN YÊN LĨNH\n", STATE, "Số: 29/KH-TTGDNN-GDTX",
     "29/KH-TTGDNN-GDTX", "Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên huyện Yên Lĩnh", "Sở Giáo dục và Đào tạo Hà Lâm"),
    ("UBND HUYỆN YÊN LĨNH\nBCĐ THỰC HIỆN QUY CHẾ DÂN CHỦ\nXÃ SƠN HẠ\n", STATE, "Số: 02-KH/BCĐ",
     "02-KH/BCĐ", "Ban Chỉ đạo thực hiện Quy chế dân chủ xã Sơn Hạ", "Ủy ban nhân dân huyện Yên Lĩnh"),
    ("UBND TỈNH KHÁNH HÀ\nUBND ĐẶC KHU HÒN SAO\n", STATE, "Số: 22/KH-UBND",
     "22/KH-UBND", "Ủy ban nhân dân đặc khu Hòn Sao", "Ủy ban nhân dân tỉnh Khánh Hà"),
    ("UBND XÃ SƠN HẠ\nPHÒNG VĂN HÓA - XÃ HỘI\n", STATE, "Số: 09/KH-VHXH",
     "09/KH-VHXH", "Phòng Văn hóa - Xã hội xã Sơn Hạ", "Ủy ban nhân dân xã Sơn Hạ"),
    ("UBND XÃ SƠN HẠ\nTRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG\n", STATE, "Số: 04/KH-TTPVHCC",
     "04/KH-TTPVHCC", "Trung tâm Phục vụ hành chính công xã Sơn Hạ", "Ủy ban nhân dân xã Sơn Hạ"),
    ("ĐẢNG BỘ TỈNH HÀ LÂM\nBAN CHẤP HÀNH\nĐẢNG BỘ XÃ SƠN HẠ\n", PARTY, "Số 07-KH/ĐU",
     "07-KH/ĐU", "Ban Chấp hành Đảng bộ xã Sơn Hạ", "Đảng bộ tỉnh Hà Lâm"),
    ("BAN THƯỜNG VỤ\nHUYỆN ỦY NAM LÂM\n", PARTY, "Số 112-KH/HU", "112-KH/HU", "Ban Thường vụ Huyện ủy Nam Lâm", None),
    ("ĐOÀN TNCS HỒ CHÍ MINH\nXÃ SƠN HẠ\n", STATE, "Số: 06-KH/ĐTN",
     "06-KH/ĐTN", "Đoàn Thanh niên Cộng sản Hồ Chí Minh xã Sơn Hạ", None),
    ("HỘI ĐỒNG NHÂN DÂN\nXÃ SƠN HẠ\n", STATE, "Số: 06/KH-HĐND", "06/KH-HĐND", "Hội đồng nhân dân xã Sơn Hạ", None),
]  # fmt: skip


def read(text: str) -> PlanRecord:
    return read_stages(Source("kế hoạch.txt", text.encode()), KIT).record


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize(("left", "motto", "printed", "number", "issuer", "parent"), LETTERHEADS)
def test_letterheads(left: str, motto: str, printed: str, number: str, issuer: str, parent: str | None, between: str) -> None:
    left = left.replace("\n", between)
    header = read(f"{left}{motto}{printed}\nSơn Hạ, ngày 05 tháng 3 năm 2025\n{BODY}").header
    assert header.number is not None and header.number.canonical == number
    assert (header.parent_issuer.name if header.parent_issuer else None) == parent
    assert header.issuer is not None and header.issuer.name == issuer


def test_two_lines_complete_in_themselves_are_two_bodies() -> None:
    header = read(f"CHI CỤC KIỂM LÂM\n\nHẠT KIỂM LÂM HUYỆN YÊN LĨNH\n\n{STATE}Số: 27/KH-HKL\n{BODY}").header
    assert header.issuer is not None and header.issuer.name == "Hạt Kiểm lâm huyện Yên Lĩnh"
    assert header.parent_issuer is not None and header.parent_issuer.name == "Chi cục Kiểm lâm"


# The last page of a plan whose first pages are not there -> who issued it.
LAST_PAGES = {
    "its plan": ("Trên đây là Kế hoạch phủ sóng năm 2026 của Sở Khoa học và Công nghệ; có vướng mắc đề nghị phản ánh./.",
                 "Sở Khoa học và Công nghệ"),
    "speaks": ("Trên đây là Kế hoạch điều tra dân số năm 2024, UBND xã Yên Trung đề nghị các thôn thực hiện./.",
               "Ủy ban nhân dân xã Yên Trung"),
    "another's plan": ("Trên đây là Kế hoạch thực hiện Kế hoạch số 5/KH-UBND của UBND huyện Yên Lạc./.", None),
    "told to report": ("Có vướng mắc, báo cáo UBND huyện Yên Lạc. Đề nghị các thôn thực hiện nghiêm túc./.", None),
}  # fmt: skip


@pytest.mark.parametrize("case", LAST_PAGES)
def test_the_last_page_alone(case: str) -> None:
    sentence, name = LAST_PAGES[case]
    found = read(f"IV. TỔ CHỨC THỰC HIỆN\n1. Các thôn báo cáo trước ngày 10/8/2024.\n{sentence}\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n")
    assert (found.header.issuer.name if found.header.issuer else None) == name
