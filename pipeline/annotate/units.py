"""Finds every mention of an organisation, office, role or administrative unit."""

from __future__ import annotations

from pipeline.annotate.unit_lexicon import EACH, Lexicon
from pipeline.annotate.unit_names import NameReader
from pipeline.annotate.unit_pieces import WordTagger
from pipeline.annotate.unit_reader import Found, UnitReader
from pipeline.annotate.unit_words import BREAKS, DASHES, Words
from pipeline.knowledge import Knowledge
from pipeline.values import UnitMention

LAW_TOKENS = 30
FILING_TOKENS = 16
FILING_ENDS = BREAKS | DASHES | frozenset(".,;")
FILED_AFTER = BREAKS | DASHES | frozenset("*+")
LAW_ENDS = frozenset(("được", "của", "do", "về", "tại", "trên", "cho", "đã", "năm", "ngày", "số", "các", "những"))


def find_units(text: str, knowledge: Knowledge, ask: WordTagger | None = None) -> tuple[UnitMention, ...]:
    """All unit mentions of an NFC text in reading order, none overlapping, none crossing a newline or a tab.

    Offsets are code points. `ask` settles the few name ends that capitals and tables leave open; without it such a
    name ends with its first word. Nothing is raised.
    """
    words = Words(text)
    lexicon = knowledge.derived(Lexicon)
    reader = UnitReader(NameReader(words, lexicon, ask))
    watched = lexicon.watched
    mentions: list[UnitMention] = []
    resume = law_end = last = 0
    for at, word in enumerate(words.low):
        if word not in watched:
            if word == "luật" and at >= law_end:
                law_end = _law_name_end(words, at)
            continue
        if at < resume:
            continue
        found = reader.read(at) if word in lexicon.starters else None
        if found is None:
            resume = lexicon.compound_after(words, at)
            continue
        if at == last and found.rule in lexicon.verbs and not words.is_capital(at):
            continue
        if word not in EACH and not _is_noise(words, found, at, law_end=law_end, follows=at == last):
            mentions.append(_mention(words, found, at))
        resume = last = found.after
    return tuple(mentions)


def _mention(words: Words, found: Found, at: int) -> UnitMention:
    return UnitMention(
        start=words.start[at],
        end=words.end[found.after - 1],
        name=found.name[:1].upper() + found.name[1:] if found.kind != "don_vi_hanh_chinh" else found.name,
        kind=found.kind,
        level=found.level,
        rule=found.rule,
        collective=found.collective,
        confidence=found.confidence,
    )


def _law_name_end(words: Words, at: int) -> int:
    """The token after a law's name ("Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân"), `at` where none is named."""
    if not words.is_capital(at) or not words.is_capital(at + 1):
        return at
    for after in range(at + 1, at + LAW_TOKENS):
        if words.low[after] in BREAKS or words.low[after] in LAW_ENDS or words.low[after] in ".;:()":
            return after
    return at + LAW_TOKENS


def _is_noise(words: Words, found: Found, at: int, *, law_end: int, follows: bool) -> bool:
    """Whether a mention only belongs to a law's name, is the motto of a Party letterhead or the mark of a file.

    `follows` tells that the mention before ended just here, as where the two columns of a letterhead became one line.
    """
    if at < law_end and not found.tied:
        return True
    if found.after - at == 1 and words.is_shouted(at) and words.low[found.after] in FILING_ENDS and _is_filed(words, at):
        return True
    if found.rule != "unit:dang_cong_san" or not words.is_shouted(at):
        return False
    alone = at == 0 or not words.is_word(at - 1)
    return follows or (alone and words.low[found.after] in BREAKS)


def _is_filed(words: Words, at: int) -> bool:
    """Whether an abbreviation tells where the letter is filed: "Lưu: VT, TYT."."""
    for k in range(at - 1, max(at - FILING_TOKENS, 0) - 1, -1):
        if words.low[k] == "lưu":
            return words.low[k - 1] in FILED_AFTER or k == 0
        if words.low[k] in BREAKS:
            return False
    return False
