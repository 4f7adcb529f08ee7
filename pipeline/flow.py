"""The whole way of one document, in reading order: bytes -> lines -> text -> outline -> mentions -> record -> findings."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from time import perf_counter

from models import PlanRecord
from pipeline.annotate import OwnNumber, annotate
from pipeline.assemble import OwnHead, assemble, read_head
from pipeline.check import check
from pipeline.errors import ReadError
from pipeline.extract import PAGE_NOT_READ, READ_WITHOUT_OFFICE, Office, extract, ocr_works
from pipeline.knowledge import Knowledge, load_knowledge
from pipeline.knowledge.causes import cause_named
from pipeline.normalize import normalize
from pipeline.segment import segment
from pipeline.settings import DEFAULT_SETTINGS, Settings
from pipeline.values import Annotations, Extracted, NormalText, Outcome, Outline, Source


@dataclass(frozen=True, slots=True)
class Kit:
    """What every document is read with: settings, knowledge tables, the engine's name (program and tables), LibreOffice."""

    settings: Settings
    knowledge: Knowledge
    engine: str
    office: Office

    def would_read_alike(self, record: PlanRecord) -> bool:
        """Whether an earlier record still holds: same engine, and nothing that a program installed since would now read."""
        if record.engine != self.engine:
            return False
        found = {finding.code for finding in record.findings}
        by_office = READ_WITHOUT_OFFICE in found and self.office.works
        return not (by_office or (PAGE_NOT_READ in found and ocr_works()))


@dataclass(frozen=True, slots=True)
class Stages:
    """Everything that was made of one document on its way."""

    extracted: Extracted
    normal: NormalText
    outline: Outline
    annotations: Annotations
    record: PlanRecord


def make_kit(settings: Settings = DEFAULT_SETTINGS) -> Kit:
    """Loads the tables; raises KehoachError (status 78) where a table of the office's own is malformed."""
    knowledge = load_knowledge(settings.knowledge)
    engine = f"kehoach {version('kehoach')}+{knowledge.fingerprint}"
    return Kit(settings, knowledge, engine, Office(settings.limits))


def read_stages(source: Source, kit: Kit) -> Stages:
    """Takes one document all the way; raises ReadError where its bytes cannot be read."""
    knowledge = kit.knowledge
    extracted = extract(source, kit.settings.limits, kit.office, knowledge)
    normal = normalize(extracted)
    outline = segment(normal, knowledge)
    head = read_head(normal, outline, knowledge)
    annotations = annotate(normal, outline, knowledge, own=own_number(head), year=head.year)
    bare = assemble(source, extracted, normal, outline, head, annotations, knowledge)
    findings = check(bare, outline.frame, outline.faults, normal.notices, knowledge, normal.doubts)
    record = bare.model_copy(update={"findings": findings, "engine": kit.engine})
    return Stages(extracted, normal, outline, annotations, record)


def own_number(head: OwnHead) -> OwnNumber:
    """What the document is itself, so that it is not found among the documents it cites."""
    return OwnNumber(
        canonical=head.number.canonical if head.number else None,
        spans=head.spans,
        date=head.issue_date.edtf if head.issue_date else None,
        doc_type=head.doc_type or "Kế hoạch",
    )


def process(source: Source, kit: Kit) -> Outcome:
    """What became of one received file; a file that cannot be read is an outcome too, with its cause."""
    began = perf_counter()
    try:
        record = read_stages(source, kit).record
    except ReadError as error:
        state = cause_named(kit.knowledge, error.cause).outcome
        seconds = perf_counter() - began
        return Outcome(
            source.file_name, state, source.plan_id, len(source.data), error.cause, error.detail, seconds=seconds
        )
    seconds = perf_counter() - began
    return Outcome(source.file_name, "read", source.plan_id, len(source.data), record=record, seconds=seconds)
