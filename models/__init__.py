"""The record types: the contract between the pipeline and everyone who reads its output. No I/O, no logic."""

from models.base import Evidence, Frozen, Mention
from models.mentions import Candidate, Date, Measure, Person, Reference, Unit
from models.outline import Role, Section
from models.record import (
    Actor,
    Closing,
    DigitalSignature,
    EngineUse,
    Filing,
    Finding,
    Header,
    IssueDate,
    Number,
    Page,
    PlanRecord,
    Product,
    Recipient,
    Signer,
    SourceInfo,
    Task,
    TaskTable,
)

__all__ = [
    "Actor", "Candidate", "Closing", "Date", "DigitalSignature", "EngineUse", "Evidence", "Filing", "Finding",
    "Frozen", "Header", "IssueDate", "Measure", "Mention", "Number", "Page", "Person", "PlanRecord", "Product", "Recipient",
    "Reference", "Role", "Section", "Signer", "SourceInfo", "Task", "TaskTable", "Unit",
]  # fmt: skip
