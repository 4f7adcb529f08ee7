"""Whole records made by hand for tests: every span really points at its text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models import (
    Actor,
    Closing,
    Date,
    Finding,
    Header,
    IssueDate,
    Measure,
    Number,
    Page,
    Person,
    PlanRecord,
    Recipient,
    Reference,
    Section,
    Signer,
    SourceInfo,
    Task,
    TaskTable,
    Unit,
)
from models.base import Evidence

RULE = "test"


@dataclass
class Draft:
    """A plan being written: text grows line by line, and each thing added keeps the offsets of its line."""

    issuer: str = "Ủy ban nhân dân xã An Bình"
    issuer_level: Any = "xa"
    parent: str | None = "Ủy ban nhân dân huyện Nam Sơn"
    year: int | None = 2025
    number: str | None = "12"
    issued: str | None = "2025-01-15"
    title: str = "Công tác thi đua, khen thưởng năm 2025"
    topic: str | None = "thi_dua_khen_thuong"
    doc_type: str = "Kế hoạch"
    signer: str | None = "Trần Văn Bách"
    file_name: str = "ke-hoach.docx"
    text: str = ""
    sections: list[Section] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    dates: list[Date] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def line(self, text: str) -> tuple[int, int]:
        """Add a line; its span."""
        start = len(self.text)
        self.text += text + "\n"
        return start, start + len(text)

    def section(self, marker: str | None, title: str | None, role: Any, *children: tuple[str, str, Any]) -> None:
        """Add a heading of level 1 with its sub-headings (marker, title, role), one line each."""
        start, end = self.line(f"{marker}. {title}" if marker else title or "Căn cứ")
        below = []
        identity = marker or f"s{len(self.sections)}"
        for child_marker, child_title, child_role in children:
            child_start, end = self.line(f"{child_marker}. {child_title}")
            below.append(
                Section(
                    id=f"{identity}.{child_marker}", kind="heading", marker=child_marker, level=2, title=child_title,
                    role=child_role, start=child_start, end=end, page=1, rule=RULE,
                )
            )
        self.sections.append(
            Section(
                id=identity, kind="heading", marker=marker, level=1, title=title, role=role, start=start, end=end,
                page=1, rule=RULE, children=tuple(below),
            )
        )

    def reference(self, doc_type: str, number: str | None = None, day: str | None = None, **more: Any) -> None:
        """Add a cited document on a line of its own."""
        words = [doc_type, f"số {number}" if number else more.get("title", ""), f"ngày {day}" if day else ""]
        start, end = self.line("Căn cứ " + " ".join(word for word in words if word))
        start += len("Căn cứ ")
        fields = {"relation": "basis", "key": f"{doc_type}|{number}|{day}" if number else None} | more
        self.references.append(
            Reference(
                id=f"r{len(self.references) + 1}", text=self.text[start:end], start=start, end=end, page=1, rule=RULE,
                doc_type=doc_type, number=number, date=day, **fields,
            )
        )

    def unit(self, name: str, kind: Any = "phong_ban", **more: Any) -> None:
        """Add a mention of a unit on a line of its own."""
        start, end = self.line(name)
        self.units.append(
            Unit(
                id=f"u{len(self.units) + 1}", text=name, start=start, end=end, page=1, rule=RULE, name=name, kind=kind,
                **more,
            )
        )

    def measure(self, before: str, text: str, after: str, *, rule: str = RULE, **more: Any) -> None:
        """Add a target or an amount within its line."""
        start = self.line(before + text + after)[0] + len(before)
        self.measures.append(
            Measure(
                id=f"m{len(self.measures) + 1}", text=text, start=start, end=start + len(text), page=1, rule=rule, **more
            )
        )

    def person(self, name: str, **more: Any) -> None:
        """Add a person on a line of its own."""
        start, end = self.line(name)
        self.people.append(
            Person(id=f"p{len(self.people) + 1}", text=name, start=start, end=end, page=1, rule=RULE, name=name, **more)
        )

    def task(
        self,
        text: str,
        *assignees: str,
        due: str | None = None,
        period: str | None = None,
        coordinators: tuple[str, ...] = (),
        reports_to: tuple[str, ...] = (),
        table_row: int | None = None,
    ) -> None:
        """Add a task; `due` is a full day (`2025-12-15`) or an EDTF text that names no single day."""
        start, end = self.line(text)
        deadline = self._date(due) if due else None
        table = TaskTable(page=1, row=table_row, columns=("STT", "Nội dung")) if table_row else None
        self.tasks.append(
            Task(
                id=f"t{len(self.tasks) + 1}", text=text, start=start, end=end, page=1, section_id=None,
                assignees=_actors(assignees), coordinators=_actors(coordinators), reports_to=_actors(reports_to),
                deadline=deadline, period=period, origin="table" if table else "prose", table=table, rule=RULE,
                confidence=0.9,
            )
        )

    def _date(self, edtf: str) -> Date:
        start, end = self.line(f"trước {edtf}")
        last = edtf.rpartition("/")[2]
        day = date.fromisoformat(last) if len(last) == 10 and "X" not in last else None
        found = Date(
            id=f"d{len(self.dates) + 1}", text=self.text[start:end], start=start, end=end, page=1, rule=RULE,
            edtf=edtf, kind="deadline", end_date=day,
        )
        self.dates.append(found)
        return found

    def finding(self, code: str, severity: Any, message: str = "Cần xem", hint: str = "Mở tệp ra xem") -> None:
        """Add a finding about the first line."""
        self.findings.append(
            Finding(code=code, severity=severity, message=message, hint=hint, start=0, end=5, page=1, stage="check")
        )

    def record(self) -> PlanRecord:
        """The record as it stands."""
        data = f"{self.file_name}\n{self.issuer}\n{self.year}\n{self.text}".encode()
        digest = hashlib.sha256(data).hexdigest()
        text = self.text or "\n"
        return PlanRecord(
            plan_id=digest[:16], text_id=hashlib.sha256(text.encode()).hexdigest()[:16],
            plan_key=f"{self.issuer}|{self.number}|{self.year}",
            source=SourceInfo(
                file_name=self.file_name, sha256=digest, size_bytes=len(data), media_type="text/plain", page_count=1
            ),
            engine="0.1.0+test", text=text,
            pages=(Page(number=1, start=0, end=len(text), engine="plain"),),
            header=self._header(), sections=tuple(self.sections), references=tuple(self.references),
            dates=tuple(self.dates), units=tuple(self.units), tasks=tuple(self.tasks), closing=self._closing(),
            findings=tuple(self.findings), measures=tuple(self.measures), people=tuple(self.people),
        )

    def _header(self) -> Header:
        symbol = "KH-UBND"
        number = Number(
            raw=f"Số: {self.number or ''}/{symbol}", serial=self.number, symbol=symbol,
            canonical=f"{self.number or ''}/{symbol}",
        )
        return Header(
            doc_type=self.doc_type, number=number, place="An Bình",
            issue_date=IssueDate(raw=self.issued, edtf=self.issued, source="dateline") if self.issued else None,
            issuer=_header_unit(self.issuer, self.issuer_level),
            parent_issuer=_header_unit(self.parent, "huyen") if self.parent else None,
            title=self.title, topic=self.topic, plan_years=(self.year,) if self.year else (),
        )

    def _closing(self) -> Closing:
        if self.signer is None:
            return Closing()
        signer = Signer(name=self.signer, position="CHỦ TỊCH", authority="TM", evidence=Evidence(rule=RULE))
        return Closing(signers=(signer,), recipients=(Recipient(text="Như trên", start=0, end=0),))


def _header_unit(name: str, level: Any) -> Unit:
    return Unit(id="h", text=name.upper(), start=0, end=0, rule=RULE, name=name, kind="uy_ban", level=level)


def _actors(names: tuple[str, ...]) -> tuple[Actor, ...]:
    return tuple(Actor(text=name, name=name) for name in names)


def commune_plan(name: str = "An Bình", year: int = 2025) -> Draft:
    """A small ordinary plan of a commune."""
    draft = Draft(
        issuer=f"Ủy ban nhân dân xã {name}", year=year, issued=f"{year}-01-15", file_name=f"{name}-{year}.docx",
        title=f"Công tác thi đua, khen thưởng năm {year}",
    )
    draft.reference("Luật", title="Thi đua, khen thưởng", day="2022")
    draft.reference("Nghị định", "98/2023/NĐ-CP", "2023-12-31", issuer="Chính phủ")
    purpose = (("1", "Mục đích", "muc_dich"), ("2", "Yêu cầu", "yeu_cau"))
    draft.section("I", "MỤC ĐÍCH, YÊU CẦU", "muc_dich_yeu_cau", *purpose)
    draft.section("II", "NỘI DUNG", "noi_dung")
    draft.unit("Phòng Văn hóa - Xã hội", level="xa", same_as_issuer=False)
    draft.task(f"Tổ chức phát động phong trào thi đua năm {year}", "Phòng Văn hóa - Xã hội", period=f"{year}-33")
    draft.task(
        "Tổng hợp, trình khen thưởng tập thể, cá nhân tiêu biểu", "Hội đồng Thi đua - Khen thưởng xã",
        due=f"../{year}-12-15", table_row=2,
    )
    return draft
