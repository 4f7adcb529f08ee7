"""Saved web pages made up for tests: three ways in which portals show a plan, each with what stands around it."""

from __future__ import annotations

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
TITLE = "Thu gom, xử lý rác thải sinh hoạt trên địa bàn xã năm 2025"

BODY = [
    "Căn cứ Luật Bảo vệ môi trường ngày 17 tháng 11 năm 2020;",
    "Thực hiện Kế hoạch số 45/KH-UBND ngày 10 tháng 01 năm 2025 của Ủy ban nhân dân huyện Tân Lộc về vệ sinh môi trường năm 2025;",
    "Ủy ban nhân dân xã Bình Sơn ban hành Kế hoạch thu gom, xử lý rác thải sinh hoạt năm 2025 như sau:",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "1. Mục đích",
    "Nâng cao ý thức của nhân dân; lượt truy cập trang thông tin của xã về môi trường tăng 20% so với năm 2024.",
    "2. Yêu cầu",
    "Việc thu gom phải thường xuyên, đúng nơi quy định.",
    "II. NỘI DUNG",
    "1. Tuyên truyền: biên soạn tài liệu, đăng mục Tải về trên trang thông tin của xã và gắn thẻ Tags theo chủ đề.",
    "2. Thu gom rác tại 12 thôn, hoàn thành trước ngày 30/11/2025.",
    "III. TỔ CHỨC THỰC HIỆN",
    "1. Công chức Văn hóa - Xã hội: chủ trì tuyên truyền, báo cáo trước ngày 15/12/2025.",
    "2. Các thôn tổ chức thu gom hằng tuần.",
    "Trên đây là Kế hoạch thu gom rác thải năm 2025 của Ủy ban nhân dân xã./.",
]
RECIPIENTS = ["- UBND huyện (b/c);", "- Đảng ủy, HĐND xã;", "- 12 thôn;", "- Lưu: VT."]
SIGNATURE = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Hoàng Văn Lục"]


def paragraphs(lines: list[str], bold: tuple[str, ...] = ("I.", "II.", "III.")) -> str:
    made = []
    for line in lines:
        inner = f"<strong>{line}</strong>" if line.split(" ")[0] in bold else line
        made.append(f'<p style="text-align:justify"><span style="font-size:14pt">{inner}</span></p>')
    return "\n".join(made)


def two_columns(left: list[str], right: list[str]) -> str:
    return (
        '<table border="0" cellpadding="0" cellspacing="0" style="width:100%"><tbody><tr>'
        f'<td style="width:40%;text-align:center">{"".join(f"<p>{line}</p>" for line in left)}</td>'
        f'<td style="width:60%;text-align:center">{"".join(f"<p>{line}</p>" for line in right)}</td>'
        "</tr></tbody></table>"
    )


def letterhead(number: str = "Số: 27/KH-UBND") -> str:
    return two_columns(
        ["ỦY BAN NHÂN DÂN", "<b>XÃ BÌNH SƠN</b>", number],
        [f"<b>{MOTTO}</b>", "<b>Độc lập - Tự do - Hạnh phúc</b>", "<i>Bình Sơn, ngày 20 tháng 01 năm 2025</i>"],
    )


def document(number: str = "Số: 27/KH-UBND") -> str:
    return (
        letterhead(number)
        + f'<p align="center"><b>KẾ HOẠCH</b></p><p align="center"><b>{TITLE}</b></p>'
        + paragraphs(BODY)
        + two_columns(["<b><i>Nơi nhận:</i></b>", *RECIPIENTS], [f"<b>{line}</b>" for line in SIGNATURE])
    )


def menu(*names: str) -> str:
    return "<ul>" + "".join(f'<li><a href="/Default.aspx?tabid={i}">{name}</a></li>' for i, name in enumerate(names)) + "</ul>"


def dnn_page(number: str = "Số: 27/KH-UBND") -> str:
    """A portal of the 2010s: one form round everything, a page laid out with tables, counters in a column."""
    main = menu("Trang chủ", "Giới thiệu", "Tin tức - Sự kiện", "Văn bản", "Thủ tục hành chính", "Liên hệ")
    left = menu("Đảng ủy", "Hội đồng nhân dân xã", "Ủy ban nhân dân xã", "Mặt trận Tổ quốc", "Hội Nông dân", "Đoàn Thanh niên")
    counters = (
        "<table><tr><td colspan=2><b>THỐNG KÊ TRUY CẬP</b></td></tr><tr><td>Hôm nay:</td><td>65</td></tr>"
        "<tr><td>Hôm qua:</td><td>228</td></tr><tr><td>Tất cả:</td><td>235709</td></tr></table>"
    )
    news = "".join(
        f'<div class="other"><a href="/tin/{i}">{title}</a> <span>({day})</span></div>'
        for i, (title, day) in enumerate(
            [
                ("Kế hoạch số 31/KH-UBND về chuyển đổi số năm 2025", "02/02/2025"),
                ("Thông báo lịch tiếp công dân tháng 02/2025", "01/02/2025"),
                ("Hội Phụ nữ xã Đông Thành ra quân trồng cây", "28/01/2025"),
            ]
        )
    )
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<!-- saved from url=(0042)https://portal.example/Default.aspx?id=27 -->
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>Kế hoạch - Cổng thông tin</title><style>.a{{color:red}}</style><script>if (1 < 2) document.write("<p title='x");</script></head>
<body><form id="Form" method="post" action="/Default.aspx"><input type="hidden" name="__VIEWSTATE" value="{"x" * 300}" />
<table width="1000" cellspacing="0"><tr><td colspan="3"><img src="banner.png" alt="" />CỔNG THÔNG TIN ĐIỆN TỬ XÃ BÌNH SƠN</td></tr>
<tr><td colspan="3">{main}</td></tr>
<tr><td colspan="3">Thứ hai, ngày 03/02/2025 &nbsp;<input type="text" value="Tìm kiếm" /></td></tr>
<tr valign="top"><td width="200"><b>TỔ CHỨC BỘ MÁY</b>{left}{counters}</td>
<td><div class="tieude">KẾ HOẠCH {TITLE}</div><div class="ngay">Ngày 23/01/2025 08:15:22</div>
<div id="noidung">{document(number)}</div>
<div><a href="#">Về trang trước</a> <a href="#">Lên đầu trang</a> <a href="#">In trang</a></div>
<div><b>Các tin khác</b></div>{news}</td>
<td width="180"><b>LIÊN KẾT WEBSITE</b><select><option>-- Chọn liên kết --</option></select></td></tr>
<tr><td colspan="3">© Bản quyền thuộc về UBND xã Bình Sơn<br/>Địa chỉ: Thôn 3, xã Bình Sơn, huyện Tân Lộc<br/>
Điện thoại: 0200 000 000 - Email: vanphong@example.vn<br/>Chịu trách nhiệm chính: Ông Đinh Quang Tám - Chủ tịch UBND xã</td></tr>
</table></form></body></html>"""


def cms_page(number: str = "Số: 27/KH-UBND") -> str:
    """A news system of today: header, nav and footer named as such, a box of the document's data, comments."""
    box = "".join(
        f"<tr><td>{name}</td><td>{value}</td></tr>"
        for name, value in [
            ("Số ký hiệu", "72/KH-UBND"), ("Ngày ban hành", "22/01/2025"), ("Ngày có hiệu lực", "22/01/2025"),
            ("Loại văn bản", "Kế hoạch"), ("Cơ quan ban hành", "UBND xã Bình Sơn"), ("Người ký", "Đinh Quang Tám"),
            ("Trích yếu", f"Kế hoạch {TITLE}"), ("Tệp đính kèm", '<a href="/f/72.pdf">72_KH-UBND.pdf</a> (1,2 MB)'),
        ]
    )  # fmt: skip
    return f"""<!doctype html><html lang="vi"><head><meta charset="UTF-8"><meta http-equiv="refresh" content="0;url=http://other.example/">
<link rel="stylesheet" href="http://other.example/a.css"></head><body>
<header><div class="logo">UBND XÃ BÌNH SƠN</div><nav>{menu("Trang chủ", "Chính quyền", "Công dân")}</nav></header>
<div class="breadcrumb"><a href="/">Trang chủ</a> » <a href="/vb">Văn bản</a> » <a href="/vb/kh">Kế hoạch</a></div>
<main><article><h1>Kế hoạch {TITLE}</h1>
<div class="meta"><time>Đăng lúc: 23/01/2025 (GMT+7)</time> <span>Lượt xem: 1.204</span> <span>Cỡ chữ: A- A A+</span></div>
<p class="sapo"><strong>Thực hiện Kế hoạch số 45/KH-UBND ngày 10/01/2025 của UBND huyện Tân Lộc, UBND xã Bình Sơn vừa ban hành kế hoạch về rác thải.</strong></p>
<table class="thuoctinh">{box}</table>
<div class="content">{document(number)}</div>
<div class="share"><a href="#">Facebook</a> <a href="#">Zalo</a> <a href="#">Chia sẻ</a></div>
<p>Tải về: <a href="/f/72.pdf">72_KH-UBND.pdf</a></p>
<p>Từ khóa: <a href="/t/1">rác thải</a>, <a href="/t/2">môi trường</a></p>
<footer>Tác giả: Ban biên tập</footer></article>
<section><h3>Tin liên quan</h3><div><p>Xã Đông Thành thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2024 của UBND xã</p></div></section>
<form action="/comment"><label>Ý kiến của bạn</label><textarea></textarea><button>Gửi bình luận</button></form></main>
<aside><h3>Xem nhiều</h3><p>Kế hoạch số 99/KH-UBND ngày 01/01/2020 về tuyển quân</p></aside>
<footer>Trưởng ban biên tập: Ông Đinh Quang Tám<br>Giấy phép số 15/GP-STTTT ngày 02/3/2021</footer></body></html>"""


def word_page() -> str:
    """Word's "Web page, filtered": numbers and marks as text behind hard blanks, a ruled table, windows-1258."""
    items = "".join(
        f"<p class=MsoListParagraph style='margin-left:36.0pt;text-indent:-18.0pt'><span lang=VI>{mark}<span style='font:7.0pt \"Times New Roman\"'>"
        f"&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span><span lang=VI>{text}</span></p>\n"
        for mark, text in [("1.", "Rà soát hộ nghèo."), ("<span style='font-family:Symbol'>·</span>", "Cấp phát kịp thời.")]
    )
    rows = "".join(
        "<tr>" + "".join(f"<td style='border:solid windowtext 1.0pt;padding:0cm'><p class=MsoNormal>{cell}</p></td>" for cell in row) + "</tr>"
        for row in [
            ("STT", "Nội dung công việc", "Đơn vị thực hiện", "Thời gian"),
            ("1", "Rà soát, lập danh sách hộ nghèo", "Công chức Văn hóa - Xã hội", "Trước 15/3/2025"),
            ("2", "Cấp thẻ bảo hiểm y tế", "Văn phòng HĐND và UBND", "Quý II/2025"),
        ]
    )
    return f"""<html><head><meta http-equiv=Content-Type content="text/html; charset=windows-1258"><meta name=Generator content="Microsoft Word 15 (filtered)">
<style><!-- p.MsoNormal {{margin:0cm}} --></style></head><body lang=EN-US><div class=WordSection1>
<table class=MsoNormalTable border=0 cellspacing=0 cellpadding=0><tr><td width=236 valign=top>
<p class=MsoNormal align=center>ỦY BAN NHÂN DÂN</p><p class=MsoNormal align=center><b>XÃ BÌNH SƠN</b></p><p class=MsoNormal>Số: &nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; /KH-UBND</p></td>
<td width=360 valign=top><p class=MsoNormal align=center><b>{MOTTO}</b></p><p class=MsoNormal align=center><b>Độc lập - Tự do - Hạnh phúc</b></p>
<p class=MsoNormal align=center><i>Bình Sơn, ngày &nbsp;&nbsp;&nbsp;&nbsp; tháng 02 năm 2025</i></p></td></tr></table>
<p class=MsoNormal><span lang=VI>&nbsp;</span></p>
<p class=MsoNormal align=center style='text-align:center'><b><span lang=VI>KẾ HOẠCH</span></b></p>
<p class=MsoNormal align=center style='text-align:center'><b>Giảm nghèo năm 2025<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a></b></p>
<p class=MsoNormal>Căn cứ Quyết định số 90/QĐ-TTg ngày 18/01/2022 của Thủ tướng Chính phủ;</p>
<p class=MsoNormal>Ủy ban nhân dân xã Bình Sơn xây dựng Kế hoạch như sau:</p>
<p class=MsoNormal><b>I. MỤC ĐÍCH</b></p>
<p class=MsoNormal>Giảm 12 hộ nghèo; hỗ trợ 300 m<sup>2</sup> đất ở.</p>
<p class=MsoNormal><b>II. NỘI DUNG</b></p>
{items}<p class=MsoNormal><b>III. TỔ CHỨC THỰC HIỆN</b></p>
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;border:none'>{rows}</table>
<table class=MsoNormalTable border=0><tr><td><p class=MsoNormal><b><i>Nơi nhận:</i></b></p><p class=MsoNormal>- Đảng ủy xã;</p><p class=MsoNormal>- Lưu: VT.</p></td>
<td><p class=MsoNormal align=center><b>TM. ỦY BAN NHÂN DÂN</b></p><p class=MsoNormal align=center><b>CHỦ TỊCH</b></p>
<p class=MsoNormal>&nbsp;</p><p class=MsoNormal align=center><b>Hoàng Văn Lục</b></p></td></tr></table>
<div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a> Theo chuẩn nghèo giai đoạn 2022-2025.</p></div>
</div></body></html>"""
