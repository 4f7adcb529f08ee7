"""What every record type shares: frozen, closed, and sure of its spans."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """A value that cannot change after it was made and takes no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Frozen):
    """Where a value stands and which rule read it.

    `start`/`end` are half-open code-point offsets into `PlanRecord.text`; both are null where the value stands outside
    the text (a form widget that was not placed, a file's metadata). `page` counts from 1.
    """

    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=0)
    page: int | None = Field(default=None, ge=1)
    rule: str
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)


class Mention(Frozen):
    """A stretch of the text that means something: `text == record.text[start:end]` exactly."""

    id: str
    text: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    page: int | None = Field(default=None, ge=1)
    section_id: str | None = None
    rule: str
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)
