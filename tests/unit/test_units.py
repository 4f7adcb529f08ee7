"""Units: the truth is written in the sentence, the tables prove their own examples."""

from __future__ import annotations

import re
from itertools import dropwhile, pairwise

import pytest

from pipeline.annotate.units import find_units
from pipeline.knowledge import Knowledge, Row, load_knowledge
from pipeline.knowledge.text import fold, squash
from pipeline.knowledge.units import (
    UnitField,
    UnitGroup,
    UnitHead,
    UnitLevelWord,
    UnitPlace,
    UnitQualifier,
    UnitStop,
)
from pipeline.values import UnitMention
from tests.unit.growth import grows_within

KNOWLEDGE: Knowledge = load_knowledge()
MARK = re.compile(r"<u(?: ([^>]*))?>(.*?)</u>", re.DOTALL)
ATTRIBUTE = re.compile(r"""(\w+)=(?:'([^']*)'|"([^"]*)")""")
ENDS_BY_ROLE = {
    "compound": ("",),
    "plain": ("",),
    "opener": ("UBND xã Dương Quang",),
    "follower": ("UBND xã Dương Quang",),
    "never": ("ỦY BAN NHÂN DÂN TỈNH", "UBND XÃ THANH"),
    "predicate": ("Ban Chỉ đạo",),
    "verb": ("Tổ Khảo thí",),
    "lead": ("Tổ Khảo thí", "Các Tổ Khảo thí", "Những Tổ Khảo thí"),
}
NAMED = (UnitHead, UnitField, UnitLevelWord, UnitQualifier, UnitPlace)


def parse(marked: str) -> tuple[str, list[tuple[int, str, dict[str, str]]]]:
    """The plain text, and start, text and attributes of every marked unit."""
    plain, truth, at = "", [], 0
    for mark in MARK.finditer(marked):
        plain += marked[at : mark.start()]
        truth.append((len(plain), mark[2], {name: one or other for name, one, other in ATTRIBUTE.findall(mark[1] or '')}))
        plain += mark[2]
        at = mark.end()
    return plain + marked[at:], truth


def check(marked: str, found: tuple[UnitMention, ...], text: str) -> None:
    _, truth = parse(marked)
    assert [(m.start, text[m.start : m.end]) for m in found] == [(start, printed) for start, printed, _ in truth]
    for mention, (_, _, wanted) in zip(found, truth, strict=True):
        for attribute, value in wanted.items():
            assert str(getattr(mention, attribute)) == value, mention


SENTENCES = [
    # committees, with level words exactly as printed
    "Quyết định của <u name='Ủy ban nhân dân tỉnh Hà Lâm' kind='uy_ban' level='tinh'>Uỷ ban nhân dân tỉnh Hà Lâm</u> về",
    "báo cáo <u name='Ủy ban nhân dân xã' level='xa'>UBND xã</u> (qua <u kind='phong_ban'>phòng Văn hóa - Xã hội</u>)",
    "<u name='Ủy ban nhân dân xã Đông Hạ'>ỦY BAN NHÂN DÂN XÃ ĐÔNG HẠ</u>",
    "<u name='Ủy ban nhân dân thị trấn Tà Lùng' level='xa'>Uỷ ban nhân dân (UBND) thị trấn Tà Lùng</u> xây dựng",
    "<u name='Chủ tịch Ủy ban nhân dân huyện Đông Hải' kind='chuc_danh' level='huyen'>"
    "chủ tịch UBND huyện Đông Hải</u>;",
    "<u>Ủy ban nhân dân các huyện, thị xã, thành phố</u> (sau đây gọi tắt là cấp huyện)",
    "- <u level='tinh'>Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương</u>.",
    "<u name='Ủy ban nhân dân cấp huyện' level='huyen'>UBND cấp huyện</u>, <u>UBND cùng cấp</u>",
    "<u kind='hdnd'>Thường trực HĐND các cấp</u> dự kiến",
    "<u name='Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã'>Văn phòng HĐND và UBND xã</u>",
    "<u>Ủy ban bầu cử (UBBC) các cấp</u>",
    # the name ends where the clause opens
    "1. <u name='Hội đồng Thi đua - Khen thưởng xã'>Hội đồng Thi đua - Khen thưởng xã</u> Tổ chức thực hiện công tác",
    "<u>Ủy ban nhân dân xã Dương Quang</u> Yêu cầu các cơ quan",
    "<u>Sở Nội vụ</u> chủ trì, phối hợp với <u>Công an tỉnh</u> và <u>Sở Tài chính</u> thẩm định",
    "<u>tỉnh Hải Lâm</u> Năm 2023 <u>Sở Nông nghiệp và Môi trường</u>",
    "TRÊN ĐỊA BÀN <u name='tỉnh Hà Lâm'>TỈNH HÀ LÂM</u> GIAI ĐOẠN 2022-2025",
    "<u>tỉnh Hải Lâm</u> <u>Sở Thông tin và Truyền thông</u>",
    # domains
    "<u name='Sở Lao động - Thương binh và Xã hội'>Sở Lao động - Thương binh và Xã hội</u> và <u>Báo Hải Lâm</u>,",
    "<u name='Sở Kế hoạch và Đầu tư'>Sở KH&ĐT</u>, <u name='Sở Thông tin và Truyền thông'>Sở TTTT</u>",
    "<u>Sở Văn hóa, Thể thao và Du lịch</u> (<u>Cục ĐCK</u>)",
    "<u>Phòng Bưu chính - Viễn thông - Công nghệ thông tin</u>: tham mưu",
    "<u name='Hội đồng Thi đua - Khen thưởng thị trấn' kind='hoi_dong'>Hội đồng thi đua, khen thưởng thị trấn</u>.",
    "<u kind='hoi_dong'>Ban chỉ đạo vệ sinh môi trường xã Đông Hạ</u> giao việc cho <u>các thôn</u> như sau",
    "về <u>Hội đồng phối hợp PBGDPL</u>; <u>Hội đồng phối hợp PBGDPL trung ương</u> (gọi là <u>Hội đồng</u>) đề nghị",
    "<u name='Chủ tịch Hội đồng Thi đua - Khen thưởng huyện' kind='chuc_danh'>Chủ tịch HĐ TĐKT huyện</u>",
    # Party, Front, mass organisations
    "<u kind='dang' level='tinh'>Ban Thường vụ Tỉnh ủy</u> và <u>Ban Chấp hành Đảng bộ tỉnh</u>",
    "Nghị Quyết của <u level='xa'>Ban chấp hành Đảng bộ xã Định Hòa</u> về nhiệm vụ",
    "<u level='trung_uong'>Ban Bí thư Trung ương Đảng</u>; <u>BAN THƯỜNG VỤ TỈNH ỦY</u> VỀ VIỆC",
    "với <u name='Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam'>Ban thường trực UBMTTQVN</u> và <u>UBND cùng cấp</u>",
    "5. Đề nghị <u kind='mat_tran_doan_the'>Ủy ban Mặt trận Tổ quốc Việt Nam thị trấn</u> và <u>các đoàn thể</u>",
    "<u name='Hội Cựu chiến binh xã'>Hội CCB xã</u>, <u name='Liên đoàn Lao động huyện'>LĐLĐ huyện</u>",
    "Được <u>cấp ủy Đảng</u>, chính quyền quan tâm",
    "Chào mừng Đại hội <u>Đoàn Quận Sơn Hải</u> nhiệm kỳ 2017-2022",
    "- <u name='Thường trực Đảng ủy'>TT ĐU</u>, <u>HĐND</u>, <u>UBND</u>;",
    # schools, companies, health
    "Kính gửi: <u name='Ban Giám hiệu Trường Tiểu học Lê Lai' kind='truong'>BGH trường TH Lê Lai</u>",
    "của <u>Liên đội trường tiểu học Tô Hải</u>, nay có nội dung",
    "<u>Công ty cổ phần xây dựng giao thông Yên Hải</u> thi công, <u>Công ty TNHH Hiệp Lâm</u> cung cấp",
    "<u name='Phòng Kế hoạch - Tài chính Sở Y tế'>phòng Kế hoạch – Tài chính Sở Y tế</u>",
    # collectives
    "2. Đối với <u>các khối thi đua</u>, <u collective='True'>các phòng, ban, ngành, đoàn thể xã</u>",
    "- <u name='Các sở, ban, ngành'>Các sở, ban, ngành</u>, địa phương nắm vững",
    "- <u>Các bộ, cơ quan ngang bộ</u>;",
    "Mở hội nghị ở <u>huyện, thành, thị</u>.",
    "<u>Bí thư các chi bộ trực thuộc</u>; <u>Tổ trưởng các tổ dân phố</u>;",
    "6. <u kind='chuc_danh' level='thon'>Các tổ trưởng tổ dân phố</u>",
    "3. <u>Các bộ phận chuyên môn thị trấn</u> phối hợp với <u>Văn phòng - thống kê</u> triển khai",
    # roles
    "2. Giao <u kind='chuc_danh'>Công chức Văn phòng - Thống kê</u> chủ trì",
    "4. <u name='Công chức Văn hóa - Xã hội'>Công chức Văn hóa-Xã hội</u>; <u>Đài Truyền thanh xã</u>",
    "của <u kind='chuc_danh' level='trung_uong'>Bộ trưởng Bộ Nông nghiệp và Phát triển nông thôn</u>, mùa khô",
    "<u kind='chuc_danh'>CHỦ TỊCH</u>\n",
    "KT. <u>CHỦ TỊCH</u>\n<u>PHÓ CHỦ TỊCH</u>\n",
    # places
    "trên địa bàn <u name='thị xã Mỹ Lâm' kind='don_vi_hanh_chinh' level='huyen'>thị xã Mỹ Lâm</u> và",
    "<u level='tinh'>thành phố Hồ Chí Minh</u>, <u level='huyen'>thành phố Yên Hải</u>, <u level='xa'>phường 5</u>",
    "<u name='tổ dân phố số 3' level='thon'>tổ dân phố số 3</u>",
    "<u>xã Đông Thượng</u>, <u>huyện Quảng Hòa</u>",
    "<u name='tổ dân phố Hạ Đoạn 2'>tổ dân phố Hạ Đoạn 2</u>, <u>Thôn 5</u>, <u>xóm Mới</u>, <u>TDP số 7</u>",
    # lists of levels, slashes, regions
    "đến <u>Ủy ban nhân dân quận, huyện, xã, phường, thị trấn</u>, bảo đảm",
    "<u name='Ủy ban nhân dân cấp xã, phường'>UBND cấp xã/phường</u>; <u>Kho bạc Nhà nước khu vực II</u>",
    # two-tier communes and today's offices
    "1. <u name='Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường'>Văn phòng HĐND&UBND phường</u>: là cơ quan",
    "4. <u level='xa'>Trung tâm Phục vụ hành chính công phường</u>, <u>Phòng Kinh tế, Hạ tầng và Đô thị</u>",
    "<u kind='dang'>Ban Tuyên giáo và Dân vận Đảng ủy xã</u>, <u kind='cong_an_quan_su'>Ban CHQS xã</u>",
    "<u>Ủy ban kiểm tra Đảng ủy Công an Thành phố</u>; <u>Thanh tra Công an Thành phố</u>",
    "<u name='Ủy ban nhân dân xã'>Ủy ban nhân dân xã</u> giao kế toán; <u>Ban Chỉ đạo 138 xã</u>",
    "- <u name='Thường trực Hội đồng nhân dân' kind='hdnd'>TT HĐND</u>, <u>UBND huyện</u> (b/c);",
    "- Chủ tịch, <u collective='True'>các PCT UBND xã</u>;",
    "- <u>Đảng ủy</u> - <u>HĐND</u> - <u>UBND</u> - <u>UBMTTQ xã</u>",
    "- <u>Bí thư Chi bộ</u>, <u>Trưởng thôn</u>;",
    "<u>Trưởng các thôn, xóm</u> kịp thời báo cáo",
    "<u>Công chức Địa chính - Nông nghiệp - Xây dựng và Môi trường</u> chủ trì",
    "<u>Hợp tác xã Dịch vụ nông nghiệp Đông Hạ</u> và <u name='Các Hợp tác xã'>các HTX</u>",
    "Đảng ủy viên, công an viên; <u>UBND XÃ ĐÔNG HẠ</u> <u>TRƯỜNG TIỂU HỌC LÊ LAI</u>",
    "Nghị quyết của <u level='trung_uong'>Ban Chấp hành Trung ương Đảng khóa XIII</u>;",
    # what a board is for, and what it does
    "theo <u>BCĐ</u> đề nghị <u>các xã</u> báo cáo; Đề nghị <u>Ban Chỉ đạo</u> yêu cầu <u>UBND các xã</u>",
    "Đề nghị <u>các thành viên Ban Chỉ đạo</u>, <u>UBND các xã, thị trấn</u> triển khai",
    "kiện toàn <u>Tổ công tác liên ngành chống khai thác IUU</u>, xong trước ngày 28/02/2026",
    "thành lập <u>Ban Chỉ đạo Quốc gia vận động hiến máu tình nguyện</u>; <u>Ban Chỉ đạo Trung ương</u> tuyên truyền",
    "của <u>Ban Chỉ đạo Trung ương về phòng, chống tham nhũng, lãng phí, tiêu cực</u> và Công văn",
    "phân công <u kind='chuc_danh'>các đồng chí Ủy viên BCH</u> phụ trách ấp; <u>các đồng chí Bí thư Chi bộ</u>",
    # levels in a row
    "<u name='Chủ tịch Ủy ban nhân dân xã, thị trấn' level='xa'>Chủ tịch UBND xã, thị trấn</u> chịu trách nhiệm",
    "<u>UBND các huyện, TX, TP</u>; <u>UBND xã</u>, <u>thị trấn Tà Lùng</u>; <u>HĐND huyện</u>, xã",
    "4. <u name='Các trường học trên địa bàn xã'>Các trường học trên địa bàn xã</u>: vệ sinh; kinh tế trên địa bàn xã",
    "<u>UBND huyện, thành phố</u>; <u>UBND xã</u>, huyện; <u>Chi bộ thôn, khu phố</u>; <u>Trạm Y tế xã</u>, <u>phường Hương Hải</u>",
    "<u>Ngân hàng Chính sách xã hội chi nhánh huyện</u>; <u>Văn phòng Đăng ký đất đai chi nhánh Yên Lĩnh</u>",
    "thành lập <u>Tổ công tác liên ngành kiểm tra an toàn thực phẩm</u>, do <u>Chủ tịch UBND xã</u> làm tổ trưởng",
    "thành lập <u>Ban Chỉ đạo tổng điều tra kinh tế</u>, gồm các thành viên; <u>các thành phố</u>",
    # bodies called by their level, and communes that only sound like them
    "<u kind='mat_tran_doan_the'>BCH Xã đoàn</u> yêu cầu; <u>UBND xã Đoàn Đào</u>; <u name='xã Đoàn Kết'>XÃ ĐOÀN KẾT</u>",
    # schools with a number, the school that speaks, ranks of schools
    "- <u>Trường TH Phước Lại 1</u>, <u>trường TH Phước Lại 2</u> và; <u>Trường TH Phước Lại</u> 2 phòng học",
    "4. <u>Công đoàn</u>, <u>Đoàn TNCS Hồ Chí Minh trường</u>: tuyên truyền; đánh giá trường trung học cơ sở Mức 2",
    # where a cell or a sentence begins with them, bodies without a name are told
    "Chế độ báo cáo: <u>Các đơn vị</u> báo cáo; <u>các sở, ngành</u>; Các đơn vị hành chính; với các đơn vị liên quan",
    "- <u>Hội Nông dân xã</u> <u>Ban quản lý các ấp</u>; <u>Chi cục CN&TY</u>; <u>Sở TN-MTX</u>, <u>Đội CSGT Công an quận</u>",
    "<u>Ngân hàng Nông nghiệp và Phát triển nông thôn chi nhánh Tân An</u> cân đối nguồn vốn",
    "<u name='Thường trực Đảng ủy'>TT. Đảng ủy</u>; <u name='Ban Chấp hành Đoàn xã Đông Hạ'>BCH ĐOÀN XÃ ĐÔNG HẠ</u>",
    "<u>UBND TỈNH HÀ LÂM</u> CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "CHÀO MỪNG ĐẠI HỘI <u>ĐẢNG BỘ HUYỆN</u> LẦN THỨ XX; XÂY DỰNG PHƯỜNG AN TOÀN; đội dân phòng thôn",
    # schools, wards and what belongs to the commune's military
    "*/ <u>Tổ trưởng chuyên môn</u>:\n*/ <u>Công đoàn trường</u>, <u>Liên đội</u>:\n*/ <u>Tổ Văn phòng</u>:",
    "- <u>Liên đội</u>: phát động; nộp về <u>tổ chuyên môn</u>; phối hợp với <u>Ban giám hiệu</u> động viên",
    "1. Đồng chí <u>Chỉ huy trưởng</u>: phụ trách; 2. Đồng chí <u>Chính trị viên</u>: chủ trì; công trình cấp Liên Đội",
    "<u>Công an xã</u> + <u>Xã đội</u>; <u>Các thôn đội trưởng</u>; Sân vận động xã và thao trường <u>thôn Đông Yên</u>",
    "<u>Khoa Dược - TTB - VTYT</u>; ông Trần Khoa Nam; <u>Tổ Cảnh sát khu vực</u>; Giỗ Tổ Hùng Vương",
    "d) Đề nghị <u>Ban Giám hiệu các trường Mầm non, Tiểu học, THCS</u>; <u>các trường mầm non, mẫu giáo</u>",
    "<u name='Trường Tiểu học số 2 Phú Điền'>TRƯỜNG TIỂU HỌC SỐ 2 PHÚ ĐIỀN</u>",
    "gồm đại diện <u>Thanh tra Sở</u>, <u>Phòng PX06 Công an tỉnh</u>; <u>Đội CSGT số 3</u>; báo cáo <u>BCĐ huyện</u>",
    "2. <u>Các trường</u>: xây dựng kế hoạch; các trường hợp đặc biệt; <u>Các nhà trường</u>",
    # where a clause goes on
    "phối hợp với <u>Thanh tra Sở</u> xây dựng đề cương; <u>Sở xây dựng</u> chủ trì; Hội xây dựng kế hoạch",
    "giao <u>Thanh tra Sở</u> tổng hợp, báo cáo; <u>Hiệu trưởng các trường học</u>; <u>Phó Hiệu trưởng</u> phụ trách",
    "thành lập <u>Ban Tổ chức lễ hội</u>, xây dựng kịch bản chi tiết, trình <u>UBND xã</u>",
    "<u>Đảng ủy các cơ quan Đảng xã</u> lãnh đạo <u>HĐND xã</u> tăng cường giám sát; <u>Lãnh đạo UBND xã</u>",
    "<u>ỦY BAN NHÂN DÂN TỈNH</u> VỀ PHÁT TRIỂN DU LỊCH TRÊN ĐỊA BÀN TỈNH ĐẾN NĂM 2030",
    "<u>ĐẢNG BỘ HUYỆN THANH LƯU</u>\n<u>ĐẢNG BỘ HUYỆN THANH BA</u>\n<u>huyện Thanh Lưu</u> năm 2024",
    "Nguồn tin: <u>UBND xã</u>\nTổng số điểm của bài viết; <u>UBND xã</u> Tổng số điểm",
    "<u name='Ban Chỉ huy Quân sự xã Bình Hải' kind='cong_an_quan_su'>BAN CHQS XÃ BÌNH HẢI</u>",
    "3. <u kind='phong_ban'>Văn phòng Đoàn ĐBQH và HĐND tỉnh</u>; mỗi xã một sản phẩm; đến trung tâm xã",
    "T/M <u>BAN THƯỜNG VỤ</u>\n",
    "TM. <u>BAN THƯỜNG TRỰC</u>\nTM. <u>BAN THƯỜNG VỤ HỘI</u>\n",
    # abbreviations, cities with a short name, slips of a reader of pictures
    "- <u>Cụm thi đua số 3 huyện Vĩnh Hà</u>; báo cáo <u name='Ban Chỉ đạo'>BCĐ</u> trước 15/6; gửi <u name='Công an xã'>CA xã</u>, <u>CĐCS</u>",
    "<u name='Ủy ban nhân dân thành phố Hồ Chí Minh' level='tinh'>UBND TP.HCM</u>; <u level='tinh'>UBND TPHCM</u>",
    "<u name='Trung tâm Phục vụ hành chính công xã'>TTPVHCC xã</u>; <u>TT PVHCC</u>; <u>Trung tâm HCC</u>",
    "<u name='Ủy ban nhân dân thành phố Hải Phòng' level='tinh'>ỦY BAN NHÂN DÂN THÀNH PHÓ HẢI PHÒNG</u>",
    "<u name='Ban Thường trực Ủy ban Mặt trận Tổ quốc xã' kind='mat_tran_doan_the'>Ban TT UBMTTQ xã</u>",
    "<u name='phường Cổ Nhuế 2'>phường Cổ Nhuế 2</u>; <u>xã Đông Hạ</u> 2 mô hình; <u>phường Xuân Hương - Đà Lạt</u>",
    "<u name='Ủy ban nhân dân huyện A Lưới'>UBND HUYỆN A LƯỚI</u>; <u>UBND THÀNH PHỐ THỦ DẦU MỘT</u>",
    "<u name=\"Ủy ban nhân dân xã Ea H'Leo\">UBND XÃ EA H'LEO</u>; <u name='xã Krông Nô'>XÃ KRÔNG NÔ</u>",
    "sáp nhập các <u>xã Tân Lập</u>, Tân Hội và <u>thị trấn Phùng</u>; ông Nguyễn Văn Xã; đường Hà Nội; phố Huế",
    # nothing
    "trên địa bàn xã, kinh tế - xã hội của tỉnh, cơ sở vật chất, phòng, chống dịch",
    "sinh nhật Chủ tịch Hồ Chí Minh; cán bộ, công chức, viên chức",
    "Số: 12/KH-UBND; Số 05-CT/TW; 14 - HD/HĐĐ; Số 25 - KH/ĐU; Công văn số 4869/UBND-SYT",
    "Căn cứ Luật Tổ chức Hội đồng nhân dân và Uỷ ban nhân dân, ngày 26/11/2003;",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "<u>ĐẢNG ỦY PHƯỜNG HƯƠNG HẢI</u> ĐẢNG CỘNG SẢN VIỆT NAM",
    "ngày thành lập <u kind='dang'>Đảng Cộng sản Việt Nam</u> (3/2/1930)",
    "tổ chức hội nghị, ban hành văn bản, báo cáo kết quả, chính phủ số, môi trường nông thôn",
    # never over a line or a column
    "<u>UBND</u>\n<u>xã Đông</u>",
    "<u>BAN CHẤP HÀNH TRUNG ƯƠNG</u>        <u>ĐOÀN TNCS HỒ CHÍ MINH</u>",
    "<u>Sở Nội vụ</u>\t<u>Sở Tài chính</u>",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_units_of_a_sentence(marked: str) -> None:
    text, _ = parse(marked)
    check(marked, find_units(text, KNOWLEDGE), text)


@pytest.mark.parametrize("row_type", NAMED)
def test_examples_show_the_canonical_name(row_type: type[UnitHead]) -> None:
    for row in KNOWLEDGE.rows(row_type):
        assert row.examples, row.id
        for example in row.examples:
            names = [squash(mention.name) for mention in find_units(example, KNOWLEDGE)]
            assert any(squash(row.name) in name for name in names), (row.id, example, names)
        for wrong in row.not_examples:
            names = [m.name for m in find_units(wrong, KNOWLEDGE) if _is_by(m, row)]
            assert not names, (row.id, wrong, names)


def _is_by(mention: UnitMention, row: Row) -> bool:
    if isinstance(row, UnitHead):
        return mention.rule == f"unit:{row.id}"
    return squash(getattr(row, "name", "")) in squash(mention.name)


def test_examples_of_groups_are_collectives() -> None:
    for row in KNOWLEDGE.rows(UnitGroup):
        for example in row.examples:
            cut = [fold(example[m.start : m.end]) for m in find_units(example, KNOWLEDGE) if m.collective]
            assert any(fold(form) in part for form in row.forms for part in cut), (row.id, example, cut)


def test_examples_of_stops() -> None:
    def calls_all_nouns(window: str) -> tuple[tuple[str, str], ...]:
        return tuple((syllable, "N") for syllable in window.split())

    for row in KNOWLEDGE.rows(UnitStop):
        ask = calls_all_nouns if row.role == "verb" else None
        for example in row.examples:
            found = [example[m.start : m.end] for m in find_units(example, KNOWLEDGE, ask)]
            assert (found[0] if found else "") in ENDS_BY_ROLE[row.role], (row.id, example, found)
            assert len(found) < 2, (row.id, example, found)


def test_the_tagger_settles_an_open_end() -> None:
    asked: list[str] = []

    def ask(window: str) -> tuple[tuple[str, str], ...]:
        asked.append(window)
        return (("Kêu gọi", "V"), ("nhân dân", "N"))

    text = "UBND xã Dương Quang Kêu gọi nhân dân."
    (found,) = find_units(text, KNOWLEDGE, ask)
    assert text[found.start : found.end] == "UBND xã Dương Quang"
    assert "Kêu gọi nhân dân." in asked


@pytest.mark.parametrize(
    ("text", "words", "unit"),
    [
        ("Hợp tác xã Hưng Tây tăng vụ", (("Hưng", "Np"), ("Tây tăng", "V"), ("vụ", "N")), "Hợp tác xã Hưng Tây"),
        ("Hợp tác xã Hưng Tây mùa", (("Hưng Tây", "Np"), ("mùa", "N")), "Hợp tác xã Hưng Tây"),
        ("Hợp tác xã Rau An toàn mở hội", (("Rau", "N"), ("An toàn", "A"), ("mở", "V")), "Hợp tác xã Rau An toàn"),
    ],
)
def test_capitals_side_by_side_end_a_name(text: str, words: tuple[tuple[str, str], ...], unit: str) -> None:
    def ask(window: str) -> tuple[tuple[str, str], ...]:
        return tuple(dropwhile(lambda word: not window.startswith(word[0]), words))

    (found,) = find_units(text, KNOWLEDGE, ask)
    assert text[found.start : found.end] == unit


def test_nobody_is_asked_where_the_tables_know() -> None:
    def ask(window: str) -> tuple[tuple[str, str], ...]:
        raise AssertionError(window)

    text = "UBND xã Dương Quang ban hành Kế hoạch; Sở Nội vụ thẩm định; Hội đồng Thi đua - Khen thưởng xã Tổ chức"
    assert len(find_units(text, KNOWLEDGE, ask)) == len(("UBND", "Sở", "Hội đồng"))


@pytest.mark.parametrize(
    "piece",
    ["các ", "xã ", "phường 1 A ", "UBND ", "Hội đồng ", "Văn phòng ", "phòng, ", "Luật A ", "Ban Chỉ đạo thi đua ", "Sở Nội vụ - ", "("],
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    short, long = piece * 500, piece * 4000
    assert grows_within(lambda: find_units(short, KNOWLEDGE), lambda: find_units(long, KNOWLEDGE), 24, 0.05)


def test_mentions_are_apart_and_within_lines() -> None:
    text = "Ủy ban nhân dân xã Dương Quang giao các phòng, ban, ngành xã và Sở Nội vụ tỉnh Hà Lâm.\nUBND\txã"
    mentions = find_units(text, KNOWLEDGE)
    assert all(one.end <= other.start for one, other in pairwise(mentions))
    assert all(not set("\n\t") & set(text[m.start : m.end]) for m in mentions)
