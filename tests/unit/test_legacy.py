"""Fonts of before Unicode: the tables of letters and rimes, and text told and decoded by its letters."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from old_fonts import ROWS, in_old_font, letters_of
from plain_text import lines_of, read

from pipeline.extract.encodings import decode as decode_bytes
from pipeline.extract.legacy_text import decode, read_alone, read_text
from pipeline.extract.plain import read_plain
from pipeline.flow import make_kit, read_stages
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.legacy import CharsetName, LegacyLetterRow, charset_named
from pipeline.knowledge.syllables import MisreadRow, RimeRow, is_syllable, is_well_placed, misread_syllables, toned
from pipeline.values import Source
from tests.unit.growth import grows_within

SHARED = Path(__file__).resolve().parents[3] / "shared"
CHARSETS: tuple[CharsetName, ...] = ("tcvn3", "vni")
TONAL = {unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in "\u0300\u0301\u0303\u0309\u0323"}
LETTERS = TONAL | set("ăâđêôơư")

# ------------------------------------------------------------------ the tables


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_a_letter_is_read_as_its_examples_say(row: LegacyLetterRow) -> None:
    charset = charset_named(row.charset)
    for example in row.examples:
        seen, meant = example.split("=")
        assert row.seen in seen
        assert row.letter in meant
        assert charset.decode(seen) == meant
    for word in row.not_examples:
        assert row.seen.lower() in word.lower()
        assert read_alone(word) == (word, None)


def test_the_sets_have_every_letter_once() -> None:
    assert {letter for letter in letters_of("tcvn3") if letter.islower()} == LETTERS
    assert {letter for letter in letters_of("tcvn3") if letter.isupper()} == set("ĂÂĐÊÔƠƯ")
    assert set(letters_of("vni")) == LETTERS | {letter.upper() for letter in LETTERS}
    for charset in CHARSETS:
        seen = [row.seen for row in ROWS if row.charset == charset]
        assert len(seen) == len(set(seen))
    assert letters_of("tcvn3")["ư"] == "\u00ad"


RIMES = load_knowledge().rows(RimeRow)


@pytest.mark.parametrize("row", RIMES, ids=[row.id for row in RIMES])
def test_a_rime_makes_the_syllables_of_its_examples(row: RimeRow) -> None:
    for word in row.examples:
        assert is_syllable(word)
        assert is_syllable(word.upper())
    assert [word for word in row.not_examples if is_syllable(word)] == []


@pytest.mark.parametrize(
    ("word", "tone", "made"),
    [
        ("hoa", "\u0300", "hòa"), ("toan", "\u0309", "toản"), ("nguyên", "\u0303", "nguyễn"), ("quy", "\u0301", "quý"),
        ("gia", "\u0309", "giả"), ("thương", "\u0309", "thưởng"), ("tuôi", "\u0309", "tuổi"), ("khuya", "\u0301", "khuýa"),
        ("gi", "\u0300", "gì"), ("oai", "\u0309", "oải"), ("hach", "\u0300", None), ("hòa", "\u0301", None), ("xn", "\u0300", None),
    ],
)  # fmt: skip
def test_a_tone_stands_where_the_rime_has_it(word: str, tone: str, made: str | None) -> None:
    assert toned(word, tone) == made


def test_both_placements_of_a_tone_are_right_and_others_wrong() -> None:
    assert all(map(is_well_placed, ("hòa", "hoà", "Thủy", "thuỷ", "quý", "của", "giữa")))
    assert not any(map(is_well_placed, ("qúy", "nghiã", "cuả", "xaị")))


@pytest.mark.parametrize("row", load_knowledge().rows(MisreadRow), ids=lambda row: row.id)
def test_a_misread_syllable_differs_in_its_mark_only(row: MisreadRow) -> None:
    assert row.id.replace("õ", "ò") == row.printed
    assert is_syllable(row.printed)
    assert all(row.id in example.lower() for example in row.examples)
    assert all(row.printed in example and row.id not in example for example in row.not_examples)
    assert row.printed not in misread_syllables()


# ------------------------------------------------------------------ one line

LINES = [
    "1.2. Tình hình kinh tế-xã hội",
    "Kế hoạch",
    "Cộng hòa xã hội chủ nghĩa Việt Nam",
    "Căn cứ Nghị định số 24/2009/NĐ-CP ngày 05/3/2009 của Chính phủ;",
    "- Giao Ban Tư pháp chủ trì, phối hợp với các đoàn thể thực hiện trước ngày 15/6.",
    "Điều 3. Các ông (bà) có tên trên chịu trách nhiệm thi hành./.",
]


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("line", LINES)
def test_a_single_line_is_told_by_its_letters(line: str, charset: CharsetName) -> None:
    read_line = read_alone(in_old_font(line, charset))
    assert read_line.text == line
    assert read_line.found is not None
    assert read_line.found.charset.name == charset


CAPITALS = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "ỦY BAN NHÂN DÂN XÃ ĐÔNG HẠ",
    "KẾ HOẠCH Triển khai công tác năm 2009",
    "THÔNG BÁO Về việc nghỉ Tết",
    "BÁO CÁO Số liệu của UBND xã Hà Lâm",
    "ĐỘI TNTP HỒ CHÍ MINH",
    "Số: 12/KH-UBND",
]


@pytest.mark.parametrize("line", CAPITALS)
def test_tonal_letters_among_capitals_are_capitals(line: str) -> None:
    assert decode(in_old_font(line, "tcvn3"), charset_named("tcvn3")) == line


def test_small_letters_of_the_capital_font_stay_small_where_no_font_tells() -> None:
    assert read_alone("céng hßa x· héi chñ nghÜa viÖt nam").text == "cộng hòa xã hội chủ nghĩa việt nam"


def test_small_marks_after_capitals_of_vni() -> None:
    assert read_alone("Uûy ban nhaân daân xaõ").text == "Ủy ban nhân dân xã"


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("®-îc -u tiªn nh- sau: t- ph¸p", "được ưu tiên như sau: tư pháp"),
        ("Nhµ n-íc, kinh tÕ-x· héi, Ch-¬ng tr×nh 135-CT, N§-CP", "Nhà nước, kinh tế-xã hội, Chương trình 135-CT, NĐ-CP"),
        ("- X· §«ng H¹: 11/2009/CT-TTg, giai ®o¹n 2009-2010", "- Xã Đông Hạ: 11/2009/CT-TTg, giai đoạn 2009-2010"),
        ("Nhµ n\xad\xadíc", "Nhµ n\xad\xadíc"),
    ],
)
def test_a_horn_written_as_a_hyphen(seen: str, meant: str) -> None:
    assert read_alone(seen).text == meant


SOUND = [
    "XÃ HÒA PHÚ", "Hòa Phú", "héi", "Bé Hồng, ông Tô và bà Hà", "Ðông Hà, ÐT: 0912, ÐP; Ði đâu ?", "· Quy mô « vừa » § 1",
    "Nhiệt độ 25 °C, 10 µm, ½ ha, 2×3 m²", "© 2020 Company®, Inc.", "10 µm, 20 µg ½ §1", "Hoà · Phú » abc",
    "The naïve café owner's résumé, coöperation", "Développement économique et social à Hà Nội : été, hôtel, où ça",
    "Müller prüft schöne Türen für die Höhe über Köln", "El niño está aquí mañana, señor", "På svenska är det så här nu",
    "Não há informações sobre a situação econômica", "Thị xã Buôn Hồ, Čư M'gar", "soft\u00adhyphen trong chữ thường",
    "Căn cứ ®iÒu lÖ đã được duyệt",
]  # fmt: skip


@pytest.mark.parametrize("line", SOUND)
def test_sound_text_is_never_touched(line: str) -> None:
    assert read_alone(line) == (line, None)
    assert read_text(f"{line}\n{line}") == (f"{line}\n{line}", None)


# ------------------------------------------------------------------ properties

SYLLABLES = st.builds(
    lambda word, tone: toned(word, tone) or word,
    st.sampled_from(sorted({word for row in RIMES for word in row.examples if word.isascii()} | {"đương", "nguyên", "thuôc"})),
    st.sampled_from("\u0300\u0301\u0303\u0309\u0323"),
)
WORDS = st.one_of(SYLLABLES, st.sampled_from([word for row in RIMES for word in row.examples]))
SENTENCES = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)


@given(SENTENCES, st.sampled_from(CHARSETS))
def test_what_an_old_font_stored_is_read_back(text: str, charset: CharsetName) -> None:
    assert decode(in_old_font(text, charset), charset_named(charset)) == text


@given(SENTENCES)
def test_vni_keeps_capitals(text: str) -> None:
    for cased in (text.upper(), text.title()):
        assert decode(in_old_font(cased, "vni"), charset_named("vni")) == cased


@given(st.lists(st.one_of(WORDS, st.sampled_from(["·", "«", "»", "§", "©", "½", "°C", "µm", "×", "Ðà", "-", "®"]))).map(" ".join))
def test_unicode_sentences_stay_as_they_are(text: str) -> None:
    assert read_text(text) == (text, None)


SIGNS = "".join(sorted({sign for row in ROWS for sign in row.seen if sign > "\x7f"} - set("àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ")))


@given(st.text(st.characters(exclude_characters=SIGNS, exclude_categories=["Cs"])))
def test_text_without_signs_of_the_old_fonts_stays_as_it_is(text: str) -> None:
    assert read_text(text) == (text, None)


# ------------------------------------------------------------------ whole documents

PLAN = """ỦY BAN NHÂN DÂN XÃ ĐÔNG HÀ
Số: 12/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Đông Hà, ngày 15 tháng 01 năm 2009

KẾ HOẠCH
Công tác phòng cháy, chữa cháy năm 2009

Căn cứ Quyết định số 45/2008/QĐ-UBND ngày 31/12/2008 của Ủy ban nhân dân tỉnh;
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
Tuyên truyền, nâng cao ý thức của người dân; tôn trọng ý kiến của cơ sở.
II. NỘI DUNG
1. Kiểm tra các cơ sở có nguy cơ cháy, nổ trong quý II năm 2009.
III. TỔ CHỨC THỰC HIỆN
1. Công an xã: Chủ trì, phối hợp với các thôn thực hiện trước ngày 15/6/2009.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Mẫu
"""


def stored(charset: CharsetName) -> bytes:
    return in_old_font(PLAN, charset).encode("latin-1")


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_plan_in_an_old_font_is_read_like_the_same_plan_in_unicode(charset: CharsetName) -> None:
    kit = make_kit()
    old = read_stages(Source("a.txt", stored(charset)), kit).record
    new = read_stages(Source("a.txt", PLAN.encode()), kit).record
    assert old.source.encoding == charset
    assert {f.code for f in old.findings} - {f.code for f in new.findings} == {"legacy_encoding"}
    assert any(charset.upper() in finding.message for finding in old.findings)
    assert old.text.lower() == new.text.lower()
    assert old.header.number.canonical == "12/KH-UBND"
    assert old.header.issue_date.edtf == "2009-01-15"
    assert [reference.number for reference in old.references] == ["45/2008/QĐ-UBND"]
    for kind in ("references", "dates", "units"):
        spans = [(mention.start, mention.end) for mention in getattr(old, kind)]
        assert spans == [(mention.start, mention.end) for mention in getattr(new, kind)]


def test_single_lines_in_a_unicode_text_are_read_and_told() -> None:
    extracted = read(PLAN + in_old_font("1.2. Tình hình kinh tế-xã hội\nĐiều kiện", "tcvn3"))
    assert [line.text for line in lines_of(extracted)][-2:] == ["1.2. Tình hình kinh tế-xã hội", "Điều kiện"]
    assert extracted.encoding == "utf-8"
    assert [(notice.code, notice.detail) for notice in extracted.notices] == [("legacy_encoding", "TCVN3")]


def test_unicode_lines_in_a_legacy_text_stay() -> None:
    stray = "Nghị quyết của Đảng\n"
    extracted = read(in_old_font(PLAN * 3, "vni") + stray)
    assert lines_of(extracted)[-1].text == stray.strip()
    assert extracted.encoding == "vni"


def test_windows_1258_is_no_old_font() -> None:
    marks = {"\u0300": 0xCC, "\u0301": 0xEC, "\u0303": 0xDE, "\u0309": 0xD2, "\u0323": 0xF2}
    data = bytearray()
    for letter in PLAN + "- UBND thị xã (b/c);":
        tones = [mark for mark in unicodedata.normalize("NFD", letter) if mark in marks]
        base = unicodedata.normalize("NFC", "".join(m for m in unicodedata.normalize("NFD", letter) if m not in marks))
        data += base.encode("cp1258") + bytes(marks[tone] for tone in tones)
    decoded = decode_bytes(bytes(data))
    assert decoded is not None
    assert (decoded.encoding, decoded.text) == ("windows-1258", PLAN + "- UBND thị xã (b/c);")
    assert [notice.detail for notice in read_plain(bytes(data), False).notices] == ["Windows-1258"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared sample texts are not on this machine")
def test_texts_as_received_stay_as_they_are() -> None:
    files = [*SHARED.glob("seeds/*.txt"), *SHARED.glob("eval/texts/*.txt"), *SHARED.glob("real/*.txt")]
    assert files
    changed = set()
    for path in files:
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
        pairs = zip(text.split("\n"), read_text(text).text.split("\n"), strict=True)
        changed |= {after for before, after in pairs if before != after}
    assert changed == {"1.2.Tình hình kinh tế-xã hội:"}


@pytest.mark.parametrize("piece", ["×", "h×nh ", "-×", "nh-", "A×", "ô-", "Ð", "\u00ad"])
def test_hostile_text_costs_time_in_step_with_its_length(piece: str) -> None:
    short, long = (piece * count for count in (5_000, 40_000))
    assert grows_within(lambda: read_text(short), lambda: read_text(long), 16, 0.05)
