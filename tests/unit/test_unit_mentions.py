"""Units as plans of communes, schools, health stations, mass organisations and the Party name them, in their sentences."""

from __future__ import annotations

import pytest

from pipeline.annotate.units import find_units
from pipeline.knowledge import load_knowledge
from tests.unit.test_units import check, parse

KNOWLEDGE = load_knowledge()

LEADERS = [
    "3. <u kind='chuc_danh' collective='True' name='Trưởng các thôn'>Trưởng các thôn</u>: vận động nhân dân tham gia",
    "4. <u kind='chuc_danh' collective='True'>Trưởng các buôn, thôn</u> phối hợp đo đạc",
    "Yêu cầu <u kind='chuc_danh' collective='True'>Thủ trưởng các cơ quan chuyên môn</u>, đơn vị báo cáo kết quả",
    "Đề nghị <u kind='chuc_danh' collective='True'>Hiệu trưởng các trường học</u> quán triệt đến học sinh",
    "<u kind='chuc_danh' collective='True'>Tổ trưởng các tổ dân phố</u> thông báo trên loa",
    "<u collective='True'>Trưởng các phòng chuyên môn</u> chịu trách nhiệm trước <u>Chủ tịch UBND phường</u>",
    "<u collective='True'>Trưởng các ban, ngành, đoàn thể xã</u> và <u>trưởng các thôn</u> thực hiện tốt",
    "giao <u collective='True'>Giám đốc các sở, ban, ngành</u> triển khai",
    "<u collective='True'>Bí thư các chi bộ</u> quán triệt đến đảng viên",
    "<u kind='chuc_danh'>Hiệu trưởng các trường Mầm non, Tiểu học, THCS</u> ký cam kết",
    "<u>Trưởng Ban nhân dân các ấp</u> đưa tin trên loa; <u>Ban nhân dân các ấp</u> phối hợp",
    "<u kind='chuc_danh'>Chi hội trưởng các thôn</u> lập danh sách hội viên",
    "<u>Bí thư Chi đoàn các khu phố</u> huy động đoàn viên",
    "phân công <u kind='chuc_danh'>Trưởng Phòng Nội vụ</u> theo dõi; <u>Trạm trưởng</u> phụ trách chung",
    "1. <u kind='chuc_danh'>Trạm trưởng Trạm Y tế xã</u>: chỉ đạo tiêm chủng",
    "- <u kind='chuc_danh'>Trưởng khu phố 3</u> và <u>Trưởng ban công tác Mặt trận thôn Đông</u> vận động",
    "Trưởng thành từ phong trào; tốc độ tăng trưởng các ngành kinh tế đạt 8%",
    "Thủ trưởng đơn vị sử dụng ngân sách chịu trách nhiệm",
]
SMALL_BODIES = [
    "<u kind='mat_tran_doan_the' name='Chi hội Phụ nữ thôn Đông Thượng'>Chi hội Phụ nữ thôn Đông Thượng</u> nấu cơm phục vụ",
    "mô hình điểm tại <u kind='mat_tran_doan_the'>Chi hội thôn Phú Quý</u>; <u collective='True'>các chi hội</u> đăng ký",
    "<u kind='mat_tran_doan_the'>Chi hội Nông dân ấp 3</u> và <u>Chi hội CCB thôn Đông Hạ</u> giúp nhau làm kinh tế",
    "<u kind='mat_tran_doan_the'>Chi đoàn Quân sự</u> phối hợp <u>Chi đoàn Công an phường</u> tuần tra",
    "<u kind='mat_tran_doan_the'>Liên chi đoàn THCS</u> tổ chức hội trại",
    "1. <u kind='hoi_dong'>Tiểu ban Nội dung</u>: xây dựng kịch bản. 2. <u>Tiểu ban Hậu cần</u>: chuẩn bị",
    "<u>Tiểu ban Lễ tân - Khánh tiết</u> đón khách; <u>Tiểu ban Cơ sở vật chất</u> lo hội trường",
    "<u kind='hoi_dong'>Ban Phát triển thôn Đông Cường</u> vận động hiến đất; <u>Ban Phát triển các thôn</u> họp dân",
    "- <u>Ban điều hành các khu phố</u> hướng dẫn; <u>Ban điều hành khu phố 2</u> nhắc nhở",
    "<u kind='cong_an_quan_su'>Tổ Cảnh sát khu vực</u>, <u>Tổ Phòng, chống tội phạm</u>: tuần tra ban đêm",
    "giao <u>Đội ủy nhiệm thu</u> thu theo bộ; <u>Đội dân phòng thôn Đông Hạ</u> chữa cháy ban đầu",
    "<u>Đội xung kích phòng, chống thiên tai xã</u> trực 24/24; <u>Tổ xung kích thôn Đông Hạ</u> tuần tra",
    "<u>Tổ tiết kiệm và vay vốn thôn Đông Hạ</u> bình xét; <u>Tổ truyền thông cộng đồng</u> sinh hoạt",
    "<u>Tổ liên gia an toàn phòng cháy, chữa cháy</u> diễn tập; <u>Đội PCCC cơ sở</u> tham gia",
    "<u>Tổ Covid cộng đồng</u> rà soát; <u>Tổ an ninh nhân dân</u> nắm tình hình",
    "<u>Câu lạc bộ Dưỡng sinh thôn Đông Hạ</u> luyện tập",
    "<u kind='mat_tran_doan_the' name='Ban Công tác Mặt trận các ấp'>Ban CTMT các ấp</u> tổ chức họp",
    "5. <u kind='mat_tran_doan_the'>Mặt trận</u>, <u collective='True'>các đoàn thể</u>: vận động nhân dân",
    "trên mặt trận văn hóa, tư tưởng; tham gia đội văn nghệ, đội bóng chuyền",
    "<u>Ban đại diện cha mẹ học sinh</u> cùng <u>Hội Cha mẹ học sinh</u> vận động",
    "<u>Ban Thanh tra nhân dân xã</u>, <u>Ban Giám sát đầu tư cộng đồng</u> giám sát",
    "<u>Điểm Bưu điện - Văn hóa xã</u> mở cửa; <u>Bưu điện văn hóa xã</u> trưng bày sách",
]
PEOPLE = [
    "- <u kind='chuc_danh'>Cán bộ chuyên trách dân số</u>: tham mưu; <u>Cộng tác viên dân số các thôn</u> rà soát",
    "giao <u kind='chuc_danh'>Cán bộ Giao thông - Thuỷ lợi</u> kiểm tra cống",
    "<u kind='chuc_danh'>Cán bộ chuyên trách TCMR</u> lập dự trù; <u>Y tế thôn bản</u> mời đối tượng",
    "<u kind='chuc_danh'>Giáo viên Thể dục</u> dạy bơi; <u>Giáo viên Tổng phụ trách Đội</u> tuyên truyền",
    "thầy cô là giáo viên thể dục, các em được y tế thôn bản theo dõi",
    "<u kind='chuc_danh'>Già làng</u>, người có uy tín trong thôn vận động dân làng",
    "<u kind='chuc_danh'>Thủ quỹ Hội</u> thu, chi công khai",
    "<u>Công chức Tài chính - Kế toán</u> quyết toán",
    "<u kind='chuc_danh'>Nhân viên y tế học đường</u> sơ cứu; <u>Nhân viên thú y xã</u> tiêm phòng",
    "<u>Công chức Văn hóa - Xã hội</u> thực hiện",
    "<u>Khuyến nông viên xã</u> hướng dẫn; <u>Cộng tác viên bảo vệ trẻ em</u> rà soát",
]
OFFICES = [
    "<u>Phòng Cảnh sát điều tra tội phạm về ma túy</u> hỗ trợ; <u>Phòng Tham mưu</u> tổng hợp",
    "<u kind='cong_an_quan_su'>Phòng Cảnh sát hình sự Công an tỉnh</u> phối hợp",
    "Kế hoạch của <u kind='hoi_dong' level='huyen'>Ban Chỉ đạo liên ngành an toàn thực phẩm huyện</u>;",
    "<u>BCĐ liên ngành về an toàn thực phẩm xã</u> kiểm tra",
    "trình <u kind='hoi_dong'>Ban Chỉ huy các vấn đề cấp bách trong bảo vệ rừng xã</u> phê duyệt",
    "<u name='Phòng Văn hóa, Khoa học và Thông tin huyện'>Phòng VH, KH&TT huyện</u> hướng dẫn",
    "gửi <u>Phòng KT, HT&ĐT phường</u> thẩm định; <u>Phòng VH-XH xã</u> tổng hợp",
    "Quyết định của <u>Bộ Văn hóa - Thông tin</u>; Thông tư của <u>Bộ Thủy sản</u>",
    "<u kind='phong_ban'>Cảng vụ Hàng hải Nha Trang</u> kiểm tra tàu",
    "<u>Thường trực Ủy ban</u> chỉ đạo; báo cáo <u>Văn phòng Ủy ban</u> trước 15/6",
    "- <u name='Hội đồng Nghĩa vụ quân sự'>HĐNVQS</u> (t/h); báo cáo <u>HĐ NVQS xã</u>",
    "<u collective='True'>các phòng, đơn vị</u> thực hiện; <u collective='True'>Các đơn vị trực thuộc Sở</u> báo cáo",
    "<u collective='True'>các phòng, đơn vị thuộc UBND xã</u> kê khai",
    "<u kind='cong_an_quan_su'>Công an các xã giáp ranh</u> phối hợp; <u collective='True'>Các trường học</u> ký cam kết",
    "gửi <u name='Trung tâm Y tế huyện'>TTYT huyện</u>; <u name='Trạm Y tế xã'>TYT xã</u>",
    "<u>Hội LHPN xã</u>, <u>Hội CCB</u>, <u>Hội NCT xã</u>, <u>HND</u> và <u>ĐTN xã</u> vận động",
    "<u>Hội Cựu TNXP xã</u>, <u>Hội Nạn nhân chất độc da cam/dioxin xã</u>, <u>Hội Người mù huyện</u> tham gia",
    "<u>Hội Bảo trợ người khuyết tật và trẻ mồ côi huyện</u>, <u>Hội Sinh vật cảnh</u>, <u>Hội Làm vườn xã</u> vận động",
    "Mỗi thôn cử 02 người, mỗi trường một đội; từng thôn lập danh sách",
    "ban hành Điều lệ trường trung học cơ sở; phát triển thư viện công cộng",
    "<u name='Tỉnh ủy Quảng Hà'>TỈNH ỦY QUẢNG HÀ</u> <u name='Huyện ủy Nam Lâm'>HUYỆN ỦY NAM LÂM</u>",
    "<u name='Thành đoàn Thanh Vinh'>THÀNH ĐOÀN THANH VINH</u> <u>BCH ĐOÀN PHƯỜNG ĐÔNG QUANG</u>",
    "<u name='Trung tâm Y tế huyện Can Thượng'>TTYT HUYỆN CAN THƯỢNG</u> <u>TRẠM Y TẾ XÃ ĐÔNG LỘC</u>",
]
MORE_OFFICES = [
    "<u>Ban Nông nghiệp xã</u> phối hợp <u>HTX DVNN Đông Hạ</u> và <u>Trạm Chăn nuôi và Thú y huyện</u> tiêm phòng",
    "<u>Hội đồng tư vấn thuế xã</u> họp xét duyệt; <u>Đội thuế liên xã số 3</u> thu",
    "Giao <u>Tổ công tác 06 xã</u> hướng dẫn; <u>Tổ công nghệ số cộng đồng các thôn</u> hỗ trợ",
    "<u>Trưởng Ban chỉ đạo xã</u> phân công các thành viên phụ trách địa bàn",
    "<u>Ban Văn hóa - Thông tin xã</u> treo băng rôn; <u>Đài Truyền thanh xã</u> phát 2 lần/ngày",
    "<u>Hiệu trưởng trường Tiểu học Sơn Hạ</u>, <u>Hiệu trưởng Trường THCS Sơn Hạ</u> chịu trách nhiệm",
    "<u>Đoàn Thanh niên xã</u> chỉ đạo <u>các chi đoàn</u> ra quân; <u>Liên đội các trường</u> tham gia",
    "<u>Ban Chấp hành Công đoàn cơ sở</u> phát động; <u>Công đoàn cơ sở trường Tiểu học Sơn Hạ</u> hưởng ứng",
    "<u>Tổ Văn phòng</u> chuẩn bị; <u>Tổ Khoa học xã hội</u> báo cáo",
    "<u>Khoa Dược - Vật tư y tế</u> cấp thuốc; <u>Phòng Điều dưỡng</u> giám sát; <u>Khoa Khám bệnh</u> tiếp nhận",
    "<u>Ban Tổ chức Đảng ủy</u>, <u>Ban Tuyên giáo Đảng ủy xã</u>, <u>Ủy ban Kiểm tra Đảng ủy xã</u> tham mưu",
    "<u>Văn phòng Đảng ủy xã</u> tổng hợp; <u>Ban Xây dựng Đảng xã</u> theo dõi; <u>Chi ủy Chi bộ thôn Đông Hạ</u> lãnh đạo",
    "<u>Quỹ tín dụng nhân dân Sơn Hạ</u> cho vay; <u>Kho bạc Nhà nước khu vực VII</u> kiểm soát chi; <u>Thuế cơ sở 5</u> thu",
    "<u>Tòa án nhân dân khu vực 3</u>, <u>Viện kiểm sát nhân dân khu vực 3</u>, <u>Phòng Thi hành án dân sự khu vực 3</u>",
    "<u>Đặc khu Phú Hải</u>; <u>Đảng ủy Đặc khu</u> chỉ đạo; <u>UBND Đặc khu</u> triển khai",
    "<u>CLB Phòng, chống bạo lực gia đình xã</u> ra mắt; đội ngũ cán bộ; các đội bóng; trường hợp vi phạm; phòng, trừ sâu bệnh",
    "Nơi nhận:\n- <u>UBND xã</u>;\n- Lưu: VT, TTPVHCC.\n- Lưu TYT\n- Gửi <u>TYT</u>.",
]


@pytest.mark.parametrize("marked", [*LEADERS, *SMALL_BODIES, *PEOPLE, *OFFICES, *MORE_OFFICES])
def test_units_of_plans(marked: str) -> None:
    text, _ = parse(marked)
    check(marked, find_units(text, KNOWLEDGE), text)
