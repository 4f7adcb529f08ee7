"""Laws, codes, ordinances and the constitution, cited by name (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.6)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date as Day  # noqa: N812 - `date` is a field here
from typing import NamedTuple

from pipeline.annotate.reference_reading import Found, Reading
from pipeline.annotate.reference_tail import issuer_at
from pipeline.knowledge.document_keys import law_key
from pipeline.knowledge.documents import LAW_END, TABLES_UNTIL, LawName, LawRow, Laws, LawTrie
from pipeline.knowledge.numbers import DocumentNumber, number_of, read_shape
from pipeline.knowledge.text import words

_TRIGGER = re.compile(r"(?:luật|pháp lệnh|hiến pháp)(?!\w)")
_TYPES = {"luật": "Luật", "bộ luật": "Bộ luật", "pháp lệnh": "Pháp lệnh", "hiến pháp": "Hiến pháp"}
# Words before "luật" that make it no law (pháp luật, kỷ luật, dự luật), or one only where its name is known, because
# they may belong to a school, a firm or a field of study (Đại học Luật, Công ty Luật).
_NO_LAW_BEFORE = re.compile(r"(?:pháp|kỷ|kỉ|quy|qui|dự|dự thảo|dự án|âm|thi|định|cử) $")
_SELDOM_LAW_BEFORE = re.compile(r"(?:học|khoa|ty|tnhh|ngành|phòng|nhân|môn|hội|trường) $")
_NO_NAME = frozenset({"sư", "gia", "pháp", "khoa", "hóa", "lệ", "tục", "định", "này", "chơi"})
_WORD = re.compile(r"[^\W_]+(?:&[^\W_]+)*")
_NAME_GAP = re.compile(r" ?[,–&-]? ?")
_AMENDING = re.compile(
    r" sửa đổi(?:, | và | )?(?:bổ sung )?(?:một số )?(?:điều |khoản )?(?:của )?(?:các |[0-9]+ )?(?=(?:bộ )?luật(?!\w))"
)
_NEXT_LAW = re.compile(r"(?:, | và |, và )(?=(?:bộ )?luật \w)")
_BRACKET = re.compile(r" ?\([^()\n\t]{1,80}\)")
_BARE_YEAR = re.compile(r" (?P<year>(?:19|20)[0-9]{2})(?![\w/.,-]\w|\w)")
_SAID_NUMBER = re.compile(r" ?,? ?(?:số ?:? ?)?(?=[0-9])")
_ASSEMBLY = re.compile(r"(?:UBTV)?QH[0-9]{0,2}$")
_PASSED = re.compile(r" ?,? ?(?:đã )?được (?:quốc hội|ủy ban thường vụ quốc hội)[^\n\t;.]{0,60}?(?=ngày )")
# Words that no name of a law contains at this place, so that the name has ended before them.
_STOPS = frozenset({
    "năm", "ngày", "số", "được", "đã", "có", "về", "trên", "trong", "cho", "tại", "theo", "đến", "tới", "nhằm",
    "để", "với", "từ", "thì", "là", "khi", "bằng", "do", "nêu", "này", "nay", "cũng", "phải", "sẽ", "vừa",
    "mới", "sau", "cùng", "các", "những", "một", "mà", "như", "nhưng", "hoặc", "gắn", "của", "cần", "không",
    "hay", "căn", "nếu", "trước", "rộng", "sâu", "vào", "ra", "còn", "chưa", "đang", "đạt", "lần", "nói", "rất",
    "hết", "luôn",
})  # fmt: skip
_STOP_PAIRS = frozenset({
    "thông qua", "ban hành", "quy định", "qui định", "hiện hành", "đối với", "phù hợp", "liên quan", "hiệu quả",
    "hiệu lực", "kịp thời", "đầy đủ", "nghiêm túc", "đúng quy", "tốt hơn", "sửa đổi", "bổ sung", "thay thế",
    "nói chung", "nói riêng", "giai đoạn",
})  # fmt: skip
_NOT_AFTER_AND = frozenset({
    "nghị", "quyết", "chỉ", "thông", "văn", "chương", "kế", "đề", "bộ", "luật", "pháp", "hiến", "quy", "hướng",
    "công", "ủy", "hội", "ubnd",
})  # fmt: skip
_LONGEST_NAME = 14
_LONGEST_COMMA_HEAD = 1


class Name(NamedTuple):
    """A law's name as read: where it ends, and the acts of that name where it is known and ends there."""

    end: int
    known: LawName | None


def find_laws(reading: Reading) -> list[Found]:
    """All citations of laws by name or by a number of the National Assembly, in reading order."""
    found: list[Found] = []
    end = 0
    for trigger in _TRIGGER.finditer(reading.folded):
        if trigger.start() < end:
            continue
        start = trigger.start()
        if reading.folded.startswith("bộ ", max(0, start - 3)) and trigger[0] == "luật":
            start -= 3
        law = _law_at(reading, start, trigger.end())
        if law is not None:
            found.append(law)
            end = law.end
    return found


def _law_at(reading: Reading, start: int, after: int) -> Found | None:
    before = reading.folded[max(0, start - 8) : start]
    if (before and (before[-1].isalnum() or _NO_LAW_BEFORE.search(before))) or after >= len(reading.text):
        return None
    doc_type = _TYPES[reading.folded[start:after]]
    amending = _AMENDING.match(reading.folded, after) if doc_type in ("Luật", "Bộ luật") else None
    if amending is not None:
        return _amending_law(reading, start, amending.end())
    said = _SAID_NUMBER.match(reading.folded, after)
    if said is not None:
        return _cited(reading, start, doc_type, Name(after, None), "law_number")
    names_new = reading.text[start].isupper() and not _SELDOM_LAW_BEFORE.search(before)
    name = _name_at(reading, doc_type, after, names_new)
    return None if name is None else _cited(reading, start, doc_type, name, "law_name")


def _amending_law(reading: Reading, start: int, inner: int) -> Found | None:
    """A law that amends others: its name goes through theirs (… của Luật A và Luật B)."""
    end, amended = None, set[str | None]()
    while True:
        code = reading.folded.startswith("bộ luật", inner)
        after = inner + len("bộ luật" if code else "luật")
        name = _name_at(reading, "Bộ luật" if code else "Luật", after, True)
        if name is None:
            break
        end = name.end
        amended.update(act.number for act in (name.known.acts if name.known else ()))
        following = _NEXT_LAW.match(reading.folded, end)
        if following is None:
            break
        inner = following.end()
    if end is None:
        return None
    cited = _cited(reading, start, "Luật", Name(end, None), "law_amending")
    of_amended = cited is not None and cited.printed_number in amended
    return replace(cited, number=None, printed_number=None, date=None, key=None) if cited and of_amended else cited


# ------------------------------------------------------------------ the name


def _name_at(reading: Reading, doc_type: str, after: int, capital: bool) -> Name | None:
    """The name after the type word: the longest known one, else by the rule for unknown names (capitalised only)."""
    known = _known_name(reading, doc_type, after)
    if known is not None:
        return known
    if doc_type == "Hiến pháp":
        return _constitution(reading, after)
    return _unknown_name(reading, after) if capital else None


def _known_name(reading: Reading, doc_type: str, after: int) -> Name | None:
    trie: LawTrie = reading.knowledge.derived(Laws.of).tries.get(doc_type, {})
    best: tuple[int, LawName] | None = None
    for start, end in _tokens(reading, after):
        for part in words(reading.folded[start:end]):
            branch = trie.get(part)
            if not isinstance(branch, dict):
                return Name(*best) if best else None
            trie = branch
        name = trie.get(LAW_END)
        if isinstance(name, LawName):
            best = (end, name)
    return Name(*best) if best else None


def _tokens(reading: Reading, after: int) -> list[tuple[int, int]]:
    """The words after an offset that may belong to a name: parted by blanks, commas and dashes only."""
    tokens: list[tuple[int, int]] = []
    while len(tokens) < 2 * _LONGEST_NAME:
        gap = _NAME_GAP.match(reading.folded, after)
        word = _WORD.match(reading.folded, gap.end()) if gap else None
        if word is None or word.start() == after:
            break
        tokens.append(word.span())
        after = word.end()
    return tokens


def _unknown_name(reading: Reading, after: int) -> Name | None:
    """A name that no table knows: capitalised, without words that open the next clause, a comma only near its head."""
    tokens = _tokens(reading, after)
    if not tokens or not reading.text[tokens[0][0]].isupper() or _stops(reading, tokens, 0):
        return None
    first = reading.text[tokens[0][0] : tokens[0][1]]
    if first.lower() in _NO_NAME:
        return None
    shouting = all(reading.text[s:e].isupper() for s, e in tokens[:2]) and len(tokens) > 1
    if first.isupper() and len(first) > 2 and not shouting:
        return Name(tokens[0][1], None)
    end = after
    for index, (start, stop) in enumerate(tokens[:_LONGEST_NAME]):
        word = reading.folded[start:stop]
        gap = reading.text[end:start]
        if _stops(reading, tokens, index) or (index and _name_is_over(reading, gap, tokens, index, shouting)):
            break
        if index > 1 and reading.text[start].isupper() and not shouting and word == "luật":
            break
        end = stop
    return Name(_without_trailing_and(reading, end), None) if end > after else None


def _stops(reading: Reading, tokens: list[tuple[int, int]], index: int) -> bool:
    """Whether a word, or it and the next, cannot stand in a law's name: the sentence goes on there."""
    start, end = tokens[index]
    word = reading.folded[start:end]
    following = tokens[index + 1] if index + 1 < len(tokens) else (end, end)
    return word.isdigit() or word in _STOPS or f"{word} {reading.folded[following[0] : following[1]]}" in _STOP_PAIRS


def _name_is_over(reading: Reading, gap: str, tokens: list[tuple[int, int]], index: int, shouting: bool) -> bool:
    """Whether a comma, a dash or an "và" before a word ends the name."""
    start, stop = tokens[index]
    small = reading.text[start].islower() or shouting
    if "," in gap:
        return not small or index > _LONGEST_COMMA_HEAD
    if gap.strip():
        return not small
    if reading.folded[start:stop] != "và":
        return False
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None:
        return True
    word = reading.folded[following[0] : following[1]]
    return word in _STOPS or word in _NOT_AFTER_AND or not (reading.text[following[0]].islower() or shouting)


def _without_trailing_and(reading: Reading, end: int) -> int:
    return end - 3 if reading.folded.endswith(" và", 0, end) else end


def _constitution(reading: Reading, after: int) -> Name | None:
    """The constitution is cited by its year only; without one the word means constitutional law at large."""
    dated = reading.date_at(after) or _BARE_YEAR.match(reading.text, after)
    known = reading.knowledge.derived(Laws.of).tries.get("Hiến pháp", {})
    return Name(after, _only(known)) if dated is not None else None


def _only(trie: LawTrie) -> LawName | None:
    while trie:
        value = next(iter(trie.values()))
        if isinstance(value, LawName):
            return value
        trie = value
    return None


# ------------------------------------------------------------------ number, date, key


def _cited(reading: Reading, start: int, doc_type: str, name: Name, rule: str) -> Found | None:
    end = name.end
    bracket = _BRACKET.match(reading.text, end)
    number, number_end = _number_at(reading, bracket.end() if bracket else end)
    if number is None and rule == "law_number":
        return None
    end = number_end or end
    date, end = _date_at(reading, end, bracket.end() if bracket and number is None else end, name)
    acts = _acts(reading, name, number, date)
    keys = tuple(law_key(act.number or act.id) for act in acts)
    sure = len(keys) == 1 and not _is_past_the_tables(reading, date, number)
    issuer = issuer_at(reading, end)
    return Found(
        start=start,
        end=end,
        doc_type=doc_type,
        rule=rule,
        number=number,
        printed_number=number.canonical if number else None,
        date=date,
        issuer=issuer.text if issuer else None,
        issuer_name=issuer.name if issuer else None,
        after=issuer.end if issuer else end,
        key=keys[0] if sure else None,
        candidates=() if sure else keys,
        confidence=1.0 if name.known or number else 0.7,
    )


def _number_at(reading: Reading, end: int) -> tuple[DocumentNumber | None, int]:
    said = _SAID_NUMBER.match(reading.folded, end)
    shape = read_shape(reading.text, said.end(), reading.knowledge) if said else None
    if shape is None:
        return None, 0
    number = number_of(reading.text[shape.start : shape.end], shape, "Luật", reading.knowledge)
    passed = number.year is not None and _ASSEMBLY.match(number.groups[-1])
    return (number, shape.end) if passed else (None, 0)


def _date_at(reading: Reading, end: int, after_bracket: int, name: Name) -> tuple[str | None, int]:
    """The date or year that is part of the citation, and where the citation then ends."""
    bare = _BARE_YEAR.match(reading.text, after_bracket)
    if bare is not None and (name.known is None or _is_year_of(bare["year"], name.known)):
        return bare["year"], bare.end()
    passed = _PASSED.match(reading.folded, after_bracket)
    date = reading.date_at(passed.end() if passed else after_bracket)
    if date is None or date.edtf is None or date.kind == "month":
        return None, end
    if date.kind == "year" and name.known and not _is_year_of(date.edtf, name.known):
        return None, end
    return date.edtf, date.end


def _is_year_of(year: str, name: LawName) -> bool:
    """Whether a known law was made or amended in a year: else "năm 2025" after its name is the sentence's own."""
    return any(year in act.amended or (act.date is not None and str(act.date.year) == year) for act in name.acts)


def _acts(reading: Reading, name: Name, number: DocumentNumber | None, date: str | None) -> tuple[LawRow, ...]:
    """The acts that may be meant: the one of the number, else those of the name by date or year, or in force."""
    if number is not None:
        row = reading.knowledge.derived(Laws.of).by_number.get(law_key(number.canonical).partition(":")[2])
        return (row,) if row is not None else ()
    acts = name.known.acts if name.known else ()
    if date is not None:
        return _of_date(acts, date)
    return acts if reading.issued is None else _in_force(acts, *reading.issued)


def _of_date(acts: tuple[LawRow, ...], date: str) -> tuple[LawRow, ...]:
    """The acts made on a day or in a year, else amended in it; a day that is a slip leaves its year to tell."""
    made = tuple(act for act in acts if act.date and act.date.isoformat().startswith(date))
    if made or len(date) == len("2025"):
        return made or tuple(act for act in acts if date in act.amended)
    year = date[:4]
    if any(year in act.amended for act in acts):
        return ()
    return tuple(act for act in acts if act.date is not None and str(act.date.year) == year)


def _is_past_the_tables(reading: Reading, date: str | None, number: DocumentNumber | None) -> bool:
    """Whether a law cited by its bare name may be one made after the tables end."""
    return date is None and number is None and reading.issued is not None and reading.issued[1] > TABLES_UNTIL


def _in_force(acts: tuple[LawRow, ...], first: Day, last: Day) -> tuple[LawRow, ...]:
    """The acts of one name that may be meant from `first` to `last`: between making and force of a new one, both."""
    made = [act for act in acts if act.date is None or act.date <= last]
    if any(act.known_until is not None and last > act.known_until for act in made):
        return ()
    return tuple(act for act in made if act.valid_to is None or first < act.valid_to)
