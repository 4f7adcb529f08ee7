"""What stands below the body: signers, recipients, filing, digital signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models import Closing, DigitalSignature, Filing, Recipient, Signer
from models.record import Authority
from pipeline.assemble.places import Places
from pipeline.knowledge.load import Knowledge
from pipeline.knowledge.signatures import SignatureWords, authority_of, signature_words
from pipeline.knowledge.text import LOWER, UPPER, fold
from pipeline.values import NormalText, Outline, SignatureInfo, Span

_POSITION_INSIDE = re.compile(
    r"(?<=\S)\s+((?:phó |quyền )?(?:chủ tịch|giám đốc|hiệu trưởng|bí thư|trưởng ban|chánh văn phòng|cục trưởng))\b.*$"
)
_APPROVAL = re.compile(r"(?:phê )?duyệt|xác nhận", re.IGNORECASE)  # stands above the office, is none
_NOTE = re.compile(r"\(([^()]*)\)")
_BULLET = re.compile(r"^[-–—+•*\s]+")
_FILING = re.compile(r"^[-–—+•*\s]*lưu\s*:?\s*", re.IGNORECASE)
_SIGNER = re.compile(r"(?:người ký|ký bởi|signed by|signer)\s*:?\s*([^;\n<]{3,120})", re.IGNORECASE)
_SIGNING_WORDS = ("gười ký", "GƯỜI KÝ", "ý bởi", "Ý BỞI", "đã ký lên", "igned by", "igner")
_SIGNED_OVER = re.compile(rf"((?:[{UPPER}][{LOWER}]+\s+){{1,5}}[{UPPER}][{LOWER}]+)\s*<?[^\n]*?đã ký lên văn bản")
_ORGANISATION = re.compile(r"(?:cơ quan|organization)\s*:\s*([^;\n]{3,160})", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_ISO_TIME = re.compile(r"\b(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\s*([+-]\d{2}):?(\d{2})")
_TIME = re.compile(
    r"(?:thời gian ký|ngày ký)\s*:?\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4})\s+(\d{1,2}):(\d{2}):(\d{2})"
    r"\s*(?:([+-]\d{2}):?(\d{2}))?",
    re.IGNORECASE,
)


def read_closing(
    normal: NormalText,
    outline: Outline,
    places: Places,
    signatures: Sequence[SignatureInfo],
    knowledge: Knowledge,
) -> Closing:
    """Signers, recipients and filing from their zones, digital signatures from the file's fields or the printed text."""
    frame = outline.frame
    recipients = tuple(_recipient(normal, span, places) for span in frame.recipients)
    filing = next((_filing(r.text) for r in recipients if _FILING.match(r.text)), None)
    return Closing(
        signers=_signers(normal, frame.signature, places, knowledge.derived(signature_words)),
        recipients=recipients,
        filing=filing,
        digital_signatures=_from_fields(signatures) or _from_text(normal.text),
    )


def _recipient(normal: NormalText, span: Span, places: Places) -> Recipient:
    text = " ".join(normal.text[span.start : span.end].split())
    note = _NOTE.search(text)
    return Recipient(
        text=text,
        note=note[1].strip() or None if note else None,
        start=span.start,
        end=span.end,
        page=places.page(span.start),
    )


def _filing(text: str) -> Filing:
    rest = _FILING.sub("", text)
    note = _NOTE.search(rest)
    units = tuple(part.strip(" .;") for part in re.split(r"[,;]", _NOTE.sub("", rest)) if part.strip(" .;"))
    return Filing(text=text, units=units, note=note[1].strip() or None if note else None)


def _signers(
    normal: NormalText, lines: Sequence[Span], places: Places, words: SignatureWords
) -> tuple[Signer, ...]:
    """One signer for each name in the block; what stands above a name up to the name before it belongs to it."""
    signers: list[Signer] = []
    above: list[Span] = []
    for span in lines:
        name = words.person(normal.text[span.start : span.end])
        if name is not None and above:
            signers.append(_signer(name, above, span, normal, places, words))
            above = []
        else:
            above.append(span)
    if above and not signers:
        signers.append(_signer(None, above, above[-1], normal, places, words))
    return tuple(signers)


def _signer(
    name: str | None, above: Sequence[Span], end: Span, normal: NormalText, places: Places, words: SignatureWords
) -> Signer:
    """The signer below some lines; of two offices (`TRƯỞNG BAN`, `PHÓ CHỦ TỊCH UBND`) the first is the one signed in."""
    authority: Authority | None = None
    position = on_behalf_of = None
    for span in above:
        text = " ".join(normal.reading[span.start : span.end].split()).strip(" *")
        mark = authority_of(text)
        if mark is None:
            position = position if position and words.is_position(position) and not _APPROVAL.match(position) else text
            continue
        authority = mark[0]  # type: ignore[assignment]
        rest, held = _split_position(text[mark[1] :])
        if authority == "TM":
            on_behalf_of = rest or None
        position = held or (None if authority in ("TM", "KT", "TL", "TUQ") else rest)
    evidence = places.evidence(Span(above[0].start, end.end), "signature_block")
    return Signer(name=name, position=position, authority=authority, on_behalf_of=on_behalf_of, evidence=evidence)


def _split_position(text: str) -> tuple[str, str | None]:
    """`ỦY BAN NHÂN DÂN CHỦ TỊCH` on one line: the body and the office."""
    found = _POSITION_INSIDE.search(fold(text))
    return (text[: found.start()].strip(), text[found.start(1) :].strip()) if found else (text.strip(), None)


def _from_fields(signatures: Sequence[SignatureInfo]) -> tuple[DigitalSignature, ...]:
    return tuple(
        DigitalSignature(signer=s.signer, organisation=s.organisation, email=s.email, signed_at=s.signed_at, source="field")
        for s in signatures
    )


def _from_text(text: str) -> tuple[DigitalSignature, ...]:
    """The text block that signing tools print (`Người ký: …`, `… đã ký lên văn bản này!`), with its own time only."""
    if not any(word in text for word in _SIGNING_WORDS):
        return ()
    signer = _SIGNER.search(text) or _SIGNED_OVER.search(text)
    time = _signed_at(text)
    if signer is None or (time is None and "đã ký lên" not in signer[0]):
        return ()
    zone = text[max(0, signer.start() - 300) : signer.end() + 300]
    organisation, email = _ORGANISATION.search(zone), _EMAIL.search(zone)
    return (
        DigitalSignature(
            signer=signer[1].strip(" .,:"),
            organisation=organisation[1].strip() if organisation else None,
            email=email[0] if email else None,
            signed_at=time,
            source="text",
        ),
    )


def _signed_at(text: str) -> str | None:
    iso = _ISO_TIME.search(text)
    if iso:
        return f"{iso[1]}{iso[2]}:{iso[3]}"
    found = _TIME.search(text)
    if not found:
        return None
    day, month, year, hour, minute, second = (int(part) for part in found.groups()[:6])
    zone = f"{found[7]}:{found[8]}" if found[7] else ""
    return f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}{zone}"
