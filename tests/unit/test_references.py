"""Cited documents in sentences, and the time it takes to find them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from marked_references import KNOWLEDGE, check

from pipeline.annotate.references import OwnNumber, find_references
from tests.unit.growth import grows_within

# ------------------------------------------------------------------ citations

CITED = [
    "Theo đề nghị của <u>Phòng Kinh tế</u> tại <r type='Tờ trình' number='19/TTr-KT' date='2025-08-27' issuer='Phòng Kinh tế'>Tờ"
    " trình số 19/TTr-KT <d 2025-08-27>ngày 27/8/2025</d></r>, UBND",
    "Giao việc cho <u>UBND xã</u> tại <r type='Quyết định' number='15/QĐ-UBND' issuer=''>Quyết định số 15/QĐ-UBND</r>;",
    "<r type='Nghị quyết' number='31/2016/NQ-HĐND' issuer='Hội đồng nhân dân xã khóa XX'>Nghị quyết số 31/2016/NQ-HĐND</r> của"
    " <u>Hội đồng nhân dân xã</u> khóa XX, kỳ họp thứ 3;",
    "Thực hiện <r type='Quyết định' number='471/QĐ-TTg' date='2019-04-26' issuer='Thủ tướng Chính phủ'"
    " title='phê duyệt Đề án A giai đoạn 2019 - 2021'>Quyết định số 471/QĐ-TTg <d 2019-04-26>ngày 26/4/2019</d></r>"
    " của <u>Thủ tướng Chính phủ</u> phê duyệt Đề án A giai đoạn 2019 - 2021.",
    "<r type='Kế hoạch' number='279/KH-UBND' date='2024-12-26' title='công tác thi đua năm 2025'>Kế hoạch số"
    " 279/KH-UBND <d 2024-12-26>ngày 26/12/2024</d></r> của <u>UBND thị xã</u> về công tác thi đua năm 2025;"
    " <u>Ủy ban nhân dân xã</u> ban hành Kế hoạch như sau",
    "<r type='Thông tư' number='05/2022/TT-BNNPTNT'>Thông tư 05/2022/TT-BNNPTNT</r> hướng dẫn",
    "<r type='Kế hoạch' number='98/KH-UBND' date='2019-06-12'>Kế hoạch số 98/KH-UBND, <d 2019-06-12>ngày 12/6/2019</d>"
    "</r> của <u>UBND tỉnh</u>;",
    "<r type='Kế hoạch' number='790/KH-UBND'>Kế hoạch số: 790/KH-UBND</r>; <r type='Kế hoạch' number='271/KH-UBND'>"
    "Kế hoạch số : 271/KH – UBND</r>",
    "TRIỂN KHAI <r type='Quyết định' number='426/QĐ-TTG' date='2023-04-21'>QUYẾT ĐỊNH SỐ 426/QĐ-TTG, <d 2023-04-21>NGÀY"
    " 21/4/2023</d></r> CỦA <u>THỦ TƯỚNG CHÍNH PHỦ</u>; <r type='Kế hoạch' number='142-KH/TU'>KẾ HOẠCH SỐ 142-KH/TU</r>",
    "<r type='Kế hoạch' number='2358/KH-UBND'>Kế hoạch hành động số 2358/KH-UBND</r> của tỉnh",
    "<r type='Chương trình' number='12-CTr/TU'>Chương trình hành động số 12-CTr/TU</r>",
    "<r type='Thông báo' number='15/TB-UBND'>Thông báo kết luận số 15/TB-UBND</r>",
    "<r type='Kế hoạch' number='11/KH-UBND'>kế hoạch sản xuất Hè Thu số 11/KH-UBND</r>",
    "cơ quan thường trực đã có <r type='Văn bản' number='1276/STTTT-TTBCXB'>văn bản số 1276/STTTT-TTBCXB</r>",
    "<r type='Quyết định' number='749/TTg' date='2020-06-03'>Quyết định số 749/TTg <d 2020-06-03>ngày 03/6/2020</d></r>",
    "<r type='Quyết định' number='170/TTg'>Quyết định 170/TTg</r> và <r type='Quyết định' number='15/QĐ-UB'>Quyết định số"
    " 15/QĐ-UB</r>",
    "<r type='Công văn' number='161/STTTT' date='2021-02-02'>Công văn số 161/STTTT <d 2021-02-02>ngày 02/2/2021</d></r>",
    "<r type='Công văn' number='130/SYT-HĐKHCN' date='2012-02-21' issuer='Sở Y tế'>Công văn số 130/SYT-HĐKHCN <d"
    " 2012-02-21>ngày 21 tháng 02 năm 2012</d></r> <u>Sở Y tế</u> về việc họp",
    "<r type='Nghị quyết' number='42/NQ-CP' date='2012-03-12' issuer='Chính Phủ'>Nghị quyết 42/NQ-CP của <u>Chính Phủ</u>"
    " ban hành <d 2012-03-12>ngày 12/3/2012</d></r>",
    "<r type='Nghị quyết' number='98/NQ-HĐND' date='2022'>Nghị quyết số 98/NQ-HĐND <d 2022>năm 2022</d></r>",
    "<r type='Hướng dẫn' number='14-HD/HĐĐ'>hướng dẫn số 14 – HD/HĐĐ</r>; <r type='Công văn' number='171-CV/HU'>Công văn"
    " số 171 - CV/HU</r>",
    "<r type='Kế hoạch' number='298-KH/TWĐTN'>Kế hoạch số 298 KH/TWĐTN</r>; <r type='Thông tư' number='44/2014/TT-BTC'>"
    "Thông tư 44/2014 TT-BTC</r>",
    "<r type='Quy định' number='37-QĐ/TW'>Quy định số 37- QĐ/TW</r>; <r type='Công văn' number='28/UBND-VHTT'>Công văn số"
    " 28/ UBND-VHTT</r>",
    "<r type='Nghị quyết' number='173/2024/QH15' issuer='Quốc hội'>Nghị quyết số 173/2024/QH15 <d 2024-11-30>ngày"
    " 30/11/2024</d></r> của <u>Quốc hội</u>",
    "<r type='Nghị quyết' number='66.25/2026/NQ-CP'>Nghị quyết số 66.25/2026/NQ-CP</r>",
    "(<r type='Kết luận' number='80-KL/TW'>Kết luận số 80-KL/TW</r>); (gọi tắt là <r type='Chỉ thị' number='17-CT/TW'>"
    "Chỉ thị 17-CT/TW</r>).",
    "đề nghị của <u>Sở Y tế</u> tại <r type='Tờ trình' number='64/TTr-SYT'>Tờ trình số 64/TTr-SYT</r>",
    "theo <r type='Công văn' number='12/UBND-VX'>12/UBND-VX</r> đã gửi",
    "xem <r type='Kế hoạch' number='35/KH-UBND'>kế hoạch số35/KH-UBND</r>",
    "<u>UBND xã Xuân Thịnh</u> ban hành <r type='Phương án' number='38/PA-UBND' issuer='UBND xã Xuân Thịnh'>Phương án số"
    " 38/PA-UBND</r>",
    "đã được <u>Thủ tướng Chính phủ</u> phê duyệt tại <r type='Quyết định' number='866/QĐ-TTg' issuer='Thủ tướng Chính phủ'>"
    "Quyết định số 866/QĐ-TTg</r>; được <u>UBND xã Xuân Thịnh</u> công khai tại <r type='Quyết định' number='12/QĐ-UBND'"
    " issuer=''>Quyết định số 12/QĐ-UBND</r>",
    "<r type='Công văn' number='161/STTTT'>CV số 161/STTTT</r>; <r type='Nghị định' number='98/2023/NĐ-CP'>NĐ"
    " 98/2023/NĐ-CP</r>",
    "<r type='Công văn' number='3445/UBND.VX'>Công văn số 3445/UBND.VX</r>; <r type='Quyết định' number='35/QĐ-UBND'>Quyết"
    " định số 35/QĐ-UBND</r>.UBND xã",
    "<r type='Quyết định' number='12-QĐ/ĐU'>Quyết định ban hành quy chế số 12-QĐ/ĐU</r>",
    "<r type='Kế hoạch' date=''>Kế hoạch số 35/KH-UBND</r>. <d 2024-05-01>Ngày 01/5/2024</d> xã họp; <r type='Kế hoạch' date=''>"
    "Kế hoạch số 36/KH-UBND</r>, <d 2025>năm 2025</d> xã làm",
    "<r type='Kế hoạch' number='123/KHLN-SGDĐT-CAT'>Kế hoạch liên ngành số 123/KHLN-SGDĐT-CAT</r>",
    "<r type='Nghị định' number='30/2020' key='nghi_dinh:30/2020/NĐ-CP'>Nghị định 30/2020</r> của Chính phủ",
    "- Số <r type='Quyết định' number='12/QĐ-UBND'>12/QĐ-UBND <d 2024-03-01>ngày 01/3/2024</d></r> của <u>UBND huyện</u>",
]  # fmt: skip

DAMAGED = [
    "ban hành <r type='Phương án' number='38/PA-UBND' date='2023-08-22'>Phương số 38/PA-UBND, <d 2023-08-22>ngày 22/8/2023"
    "</d></r>. Phương án nêu rõ",
    "<r type='Chỉ thị' number='33/CT-TTg'>Chthị 33/CT-TTg</r> và <r type='Chỉ thị' number='01/CT-BTTTT'>Chị thị"
    " 01/CT-BTTTT</r>",
    "<r type='Quyết định' number='12/QĐ-UBND'>Quyết đinh số 12/QĐ-UBND</r>",
    "<r type='Kế hoạch' number='20/KH-UBND'>Kế hoạch số 20/KHUBND</r>; <r type='Nghị quyết' number='50/NQ-CP'>Nghị quyết"
    " 50/NQCP</r>",
    "<r type='Nghị định' number='217/2025/NĐ-CP'>Nghị định số 217/2025/NĐ- CP</r>",
    "<r type='Nghị định' number='2-NĐ/CP'>Nghị định số 2 NĐ/CP</r>",
]  # fmt: skip

LISTS = [
    "các <r type='Quyết định' number='1521/QĐ-TTg' date='2020-10-06' issuer='Thủ tướng Chính phủ'>Quyết định của <u>Thủ"
    " tướng Chính phủ</u> số: 1521/QĐ-TTg <d 2020-10-06>ngày 06/10/2020</d></r> về A; <r type='Quyết định'"
    " number='21/2021/QĐ-TTg' date='2021-06-21' title='Hội đồng'>21/2021/QĐ-TTg <d 2021-06-21>ngày 21/6/2021</d></r> về"
    " Hội đồng; <r type='Quyết định' number='25/2021/QĐ-TTg'>25/2021/QĐ-TTg</r>",
    "các <r type='Quyết định' number='1/QĐ-UBND'>Quyết định số 1/QĐ-UBND</r>; <r type='Quyết định' number='2/QĐ-UBND'>"
    "2/QĐ-UBND</r> và số <r type='Quyết định' number='3/QĐ-UBND'>3/QĐ-UBND</r>",
    "<r type='Phương án' number='2/PA-UBND'>Phương án số 2</r> và <r type='Phương án' number='3/PA-UBND'>3/PA-UBND</r>",
    "các <r type='Kế hoạch' number='10/KH-UBND'>Kế hoạch số 10</r>, <r type='Kế hoạch' number='11/KH-UBND'>11</r>,"
    " <r type='Kế hoạch' number='12/KH-UBND'>12/KH-UBND</r> của tỉnh",
    "các <r type='Công văn' number='12/UBND-VX'>Công văn số 12/UBND-VX</r>, <r type='Công văn' number='15/STTTT'>15/STTTT"
    "</r>",
    "các <r type='Quy định' number='37-QĐ/TW'>Quy định số 37-QĐ/TW</r>, <r type='Quy định' number='41-QĐ/TW'>41-QĐ/TW</r>",
]  # fmt: skip

LAWS = [
    "Căn cứ <r type='Luật' number='' date=''>Luật Thi đua, khen thưởng</r> và các văn bản hướng dẫn thi hành.",
    "<r type='Luật' date='2022' key='luat:06/2022/QH15'>Luật thi đua, khen thưởng <d 2022>năm 2022</d></r>;",
    "một số điều của <r type='Luật' key='luat:35/2013/QH13'>luật hoà giải ở cơ sở</r>; tiếp",
    "<r type='Luật' date='2003-11-26' key='luat:11/2003/QH11'>Luật Tổ chức Hội đồng nhân dân và Uỷ ban nhân dân, <d"
    " 2003-11-26>ngày 26/11/2003</d></r>",
    "THỰC HIỆN <r type='Luật'>LUẬT PHÒNG, CHỐNG THAM NHŨNG</r>\nCăn cứ <r type='Luật' date='2005-11-29'>Luật Phòng, chống"
    " tham nhũng, <d 2005-11-29>ngày 29/11/2005</d></r>;",
    "<r type='Luật' date='2026'>Luật sửa đổi, bổ sung một số điều của Luật Địa chất và khoáng sản <d 2026>năm 2026</d></r>",
    "<r type='Luật' date='2019-11-22'>Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính"
    " quyền địa phương <d 2019-11-22>ngày 22/11/2019</d></r>;",
    "Tuyên truyền <r type='Luật' key='luat:102/2016/QH13'>Luật Trẻ em</r>; phòng đuối nước. <r type='Luật'>Luật PBGDPL</r>;",
    "<r type='Bộ luật' date='2015' article='Điều 190, 191'>Bộ luật Hình sự <d 2015>năm 2015</d></r>".replace(
        "<r", "Điều 190, 191 <r"
    ),
    "khoản 2 Điều 9 <r type='Luật' article='khoản 2 Điều 9'>Luật Bầu cử đại biểu Quốc hội và đại biểu HĐND</r>).",
    "<r type='Luật' number='06/2022/QH15' date='2022-06-15'>Luật Thi đua, khen thưởng số 06/2022/QH15 <d 2022-06-15>ngày"
    " 15/6/2022</d></r>",
    "<r type='Luật' number='06/2022/QH15' key='luat:06/2022/QH15'>Luật số 06/2022/QH15</r>",
    "<r type='Luật' date='2012'>Luật Phổ biến, giáo dục pháp luật (PBGDPL) <d 2012>năm 2012</d></r>",
    "<r type='Luật' date='2018-06-12'>Luật An ninh mạng được Quốc hội khóa XIV thông qua <d 2018-06-12>ngày 12/6/2018</d>"
    "</r>",
    "<r type='Luật'>Luật Đầu tư công</r>, <r type='Luật'>Luật Ngân sách Nhà nước</r> rất rõ",
    "<r type='Pháp lệnh' key='luat:02/2020/UBTVQH14'>Pháp lệnh Ưu đãi người có công với cách mạng <d 2020>năm 2020</d></r>",
    "<r type='Hiến pháp' date='2013'>Hiến pháp <d 2013>năm 2013</d></r> và pháp luật",
    "<r type='Luật' date='' key='luat:102/2016/QH13'>Luật Trẻ em</r> <d 2025>năm 2025</d> trên địa bàn xã",
    "<r type='Luật' date='2024' key='luat:31/2024/QH15'>Luật Đất đai 2024</r>; <r type='Bộ luật' date='2015'>Bộ luật Hình"
    " sự 2015</r>; <r type='Luật' date=''>Luật Trẻ em</r> 2016/QĐ",
    "cho người học <r type='Luật'>Luật Giao thông đường bộ</r>",
    # names that no table has
    "<r type='Luật' date='2031'>Luật Phòng, chống tin giả <d 2031>năm 2031</d></r>",
    "<r type='Luật'>Luật Chiếu sáng đô thị</r> trên địa bàn; <r type='Luật'>Luật Dẫn độ</r>, phòng ngừa; <r type='Luật'>"
    "Luật Hòa hợp ở khu dân cư</r> và các văn bản",
    "<r type='Luật'>Luật Tiếng ồn và ánh sáng đô thị</r> được ban hành",
]  # fmt: skip

MEETINGS = [
    "theo <r type='Nghị quyết' number='' issuer='Đại hội đại biểu toàn quốc lần thứ XIV của Đảng'"
    " key='nghi_quyet:dai_hoi_dang:XIV'>Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIV của Đảng</r>, nhiệm kỳ 2025-2030",
    "<r type='Nghị quyết' key='nghi_quyet:dai_hoi_dang:XIII'>Nghị quyết Đại hội XIII của Đảng</r> và",
    "<r type='Nghị quyết' key=''>Nghị quyết Đại hội XX Đảng bộ tỉnh</r> đã đề ra",
    "tuyên truyền <r type='Nghị quyết'>Nghị quyết Đại hội đại biểu Đảng bộ thành phố Hà Lâm lần thứ I</r>, nhiệm kỳ 2025-2030",
    "theo <r type='Nghị quyết'>Nghị quyết Đại hội Đảng bộ các cơ quan tỉnh lần thứ II</r> thành chương trình hành động",
    "<r type='Nghị quyết'>Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Hà Lâm lần thứ XVII</r>, nhiệm kỳ 2020 - 2025",
    "<r type='Nghị quyết'>Nghị quyết Trung ương 4 khóa XII</r> về xây dựng Đảng",
    "<r type='Nghị quyết'>Nghị quyết Trung ương 4 (khóa XI, XII)</r>",
    "<r type='Nghị quyết'>Nghị quyết Hội nghị lần thứ năm Ban Chấp hành Trung ương Đảng khóa XII</r> về",
    "<r type='Nghị quyết'>Nghị quyết kỳ họp thứ 5 HĐND xã khóa XX</r>, nhiệm kỳ",
    "Theo <r type='Nghị quyết'>nghị quyết hội nghị lần VI ban chấp hành trung ương đoàn khoá IX</r> về “hoạt động”",
]

BARE = [
    "thực hiện <r type='Đề án' number='06' key='quyet_dinh:6/QĐ-TTg:2022'>Đề án 06</r>, tạo chuyển biến",
    "<r type='Kế hoạch' number='45' issuer='UBND tỉnh'>Kế hoạch 45</r> của <u>UBND tỉnh</u>; Kế hoạch 45 của xã",
    "<r type='Đề án' number='06/CP' key='quyet_dinh:6/QĐ-TTg:2022'>Đề án 06/CP</r>",
    "<r type='Chương trình' number='135'>Chương trình 135</r> và <r type='Đề án' number='13'>Đề án số 13</r> về khai thác",
    "<r type='Công điện' number='81' date='2024-09-10'>Công điện số 81 <d 2024-09-10>ngày 10/9/2024</d></r>",
    "<r type='Nghị quyết' number='01' issuer='HĐND xã'>Nghị quyết 01</r> của <u>HĐND xã</u>",
]

TITLED = [
    "Căn cứ <r type='Phương án' number='' issuer='UBND huyện Yên Lĩnh' relation='basis'>Phương án sản xuất vụ Đông năm"
    " 2023-2024</r> của <u>UBND huyện Yên Lĩnh</u> và <r type='Nghị quyết' issuer='Ban chấp hành Đảng bộ xã Định Hòa'>Nghị"
    " Quyết</r> của <u>Ban chấp hành Đảng bộ xã Định Hòa</u> về nhiệm vụ",
    "- Căn cứ <r type='Kế hoạch'>Kế hoạch công tác năm 2025</r> của <u>UBND huyện Yên Lĩnh</u>;",
    "Căn cứ <r type='Điều lệ'>Điều lệ Đội TNTP Hồ Chí Minh</r>;",
    "Căn cứ hướng dẫn của <u>Sở Nội vụ</u> và điều kiện thực tế",
    "Thực hiện Chương trình công tác năm 2024 của <u>Đoàn xã</u>",
    "Căn cứ các Nghị định của <u>Chính phủ</u>; Căn cứ Kế hoạch này của <u>UBND xã</u>",
]

NONE_AT_ALL = [
    "theo Chỉ thị, Nghị quyết của cấp trên",
    "theo Chỉ thị, Nghị quyết, Chương trình, Kế hoạch <d 2025>năm 2025</d> của <u>Trung ương</u>, của thành phố",
    "Căn cứ Kế hoạch này, các đơn vị xây dựng kế hoạch",
    "UBND xã ban hành Kế hoạch công tác thi đua năm 2025 như sau:",
    "tỷ lệ 480/100.000 dân; đạt 13/1543 thôn; 12/12 xã; 10.179/10.277 hồ sơ",
    "Gói thầu số 13; Số nhà 12; Km26+793; điện thoại 02203.897.352; tài khoản số 1234567890",
    "Kế hoạch 5 năm 2021-2025; thông báo 03 lần; báo cáo 06 tháng; quyết định 02 nội dung; hướng dẫn 14 xã",
    "Nghị quyết Đại hội Đảng bộ các cấp",
    "pháp luật, kỷ luật, luật sư, Luật sư Nguyễn Văn Bình, Trường Đại học Luật Hà Lâm, dự thảo Luật Chiếu sáng, luật này",
    "Hội Luật gia, LUẬT SƯ TRẦN VĂN BÌNH, Công ty Luật An Bình, Khoa Luật Kinh tế",
    "Số ký hiệu: 12/KH-UBND; mẫu số 02/BC-UBND; Phụ lục 01/KH-UBND; QCVN 14/BTNMT",
    "Số: 07/KH-UBND\nSố: 12/UBND-VX\n| Số: 98/2023/NĐ-CP",
    "năm 2024 UBND xã; từ 2021-2025 HĐND; 15/7/2021 UBND tỉnh; 30 CLB/xã; 5 GB/tháng",
    "(Kèm theo Kế hoạch số: /KH-UBND ngày tháng năm 2026 của UBND tỉnh)",
]


@pytest.mark.parametrize("marked", [*CITED, *DAMAGED, *LISTS, *LAWS, *MEETINGS, *BARE, *TITLED, *NONE_AT_ALL])
def test_references_in_sentences(marked):
    check(marked)


def test_a_mention_never_crosses_a_line_or_a_cell():
    text = "Kế hoạch số\n35/KH-UBND\tLuật Thi đua,\nkhen thưởng\tngày 13/02/2025"
    spans = [text[r.start : r.end] for r in find_references(text, (), (), KNOWLEDGE)]
    assert not [span for span in spans if "\n" in span or "\t" in span]


# ------------------------------------------------------------------ time

PLAN = (
    "Thực hiện Quyết định số 471/QĐ-TTg ngày 26/4/2019 của Thủ tướng Chính phủ; Luật Thi đua, khen thưởng và các văn bản"
    " hướng dẫn; tỷ lệ 13/1543; các phòng, ban, ngành triển khai Kế hoạch công tác năm 2025 trên địa bàn xã. "
)
HOSTILE = [
    PLAN, "số 1 và 2, 3, ", "1/KH-", "Luật A, ", "Kế hoạch ", "Điều 1, ", "Nghị quyết Đại hội ", "12/QĐ - ", "9" * 30 + " ",
    "Căn cứ Kế hoạch a ", "1. Căn cứ\n", "I. CĂN CỨ\n1/KH-UBND\n", "(", "và ",
    "Luật sửa đổi, bổ sung một số điều của Luật A và ", "Nghị quyết 57, 59, ", "QĐ 12, ", "Kế hoạch số 12 nêu trên; ",
    "Quyết định số 1/QĐ-TTg phê duyệt Đề án (gọi tắt là Đề án 1). ", "Căn cứ ý kiến chỉ đạo của A\n", "NQ 18-NQ/TW khóa ",
    "Kế hoạch số 12/KH-UBND của tỉnh; Kế hoạch 12; ", "\t", "\n- ", "- Nghị quyết ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text(piece):
    def reading(text: str) -> Callable[[], object]:
        return lambda: find_references(text, (), (), KNOWLEDGE, OwnNumber("12/PA-UBND"))

    short = piece * (2_500 // len(piece))
    assert grows_within(reading(short), reading(short + short), 2.5, 0.005)
