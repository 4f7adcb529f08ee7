"""A plan record as items: every value that is measured, with where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from models import Actor, Mention, PlanRecord, Reference, Section, Task, Unit
from pipeline.evaluate.folding import key, time_key
from pipeline.evaluate.items import NOWHERE, Item, Place
from pipeline.evaluate.naming import heading, role_item, title_key, years_shown


def items_of(record: PlanRecord) -> dict[str, list[Item]]:
    """All items of a record by measure, each in reading order."""
    found: dict[str, list[Item]] = {}
    for item in _all(record):
        found.setdefault(item.measure, []).append(item)
    return found


def _all(record: PlanRecord) -> Iterator[Item]:
    yield from _header(record)
    yield from _sections(record.sections)
    yield from map(_reference, record.references)
    yield from (
        Item("dates", date.text, time_key(date.edtf), place=_place(date)) for date in record.dates if date.edtf
    )
    yield from map(_unit, record.units)
    yield from map(_task, record.tasks)
    yield from (
        Item("measures", measure.text, f"{measure.qualifier} {measure.value} {measure.unit}", place=_place(measure))
        for measure in record.measures
    )
    yield from (
        Item("people", person.text, key(person.name), person.role or "", place=_place(person)) for person in record.people
    )
    yield from (
        Item("assignees", actor.text, key(actor.text), also=frozenset({key(actor.name)}), place=_task_place(task))
        for task in record.tasks
        for actor in task.assignees
    )
    yield from _closing(record)
    yield from (
        Item("findings", finding.code, finding.code, place=Place(finding.page, finding.start, finding.end))
        for finding in record.findings
    )


def _header(record: PlanRecord) -> Iterator[Item]:
    header = record.header
    values: dict[str, tuple[str | None, str]] = {
        "doc_type": (header.doc_type, key(header.doc_type)),
        "number": (header.number.canonical, key(header.number.canonical)) if header.number else (None, ""),
        "place": (header.place, key(header.place)),
        "issue_date": (header.issue_date.edtf, time_key(header.issue_date.edtf)) if header.issue_date else (None, ""),
        "issuer": (header.issuer.name, key(header.issuer.name)) if header.issuer else (None, ""),
        "parent_issuer": (header.parent_issuer.name, key(header.parent_issuer.name)) if header.parent_issuer else (None, ""),
        "title": (header.title, title_key(header.title)),
        "topic": (header.topic, header.topic or ""),
        "plan_years": (years_shown(header.plan_years), years_shown(header.plan_years)),
    }
    for field, (shown, value) in values.items():
        proof = header.evidence.get(field)
        if shown:
            place = Place(proof.page, proof.start, proof.end) if proof else NOWHERE
            yield Item(f"header.{field}", shown, value, place=place)


def _sections(sections: Iterable[Section]) -> Iterator[Item]:
    for section in sections:
        if section.kind == "heading":
            shown, place = heading(section.marker, section.title), Place(section.page, section.start, section.end)
            role = role_item(section.role, place)
            yield Item("sections", shown, key(section.title), key(section.marker), parts=(role,), place=place)
        yield from _sections(section.children)


def _reference(reference: Reference) -> Item:
    place = _place(reference)
    number, day = key(reference.number), time_key(reference.date)
    parts = [
        Item(f"references.{name}", str(shown), value, place=place)
        for name, shown, value in (
            ("number", reference.number, number),
            ("date", reference.date, day),
            ("issuer", reference.issuer, key(reference.issuer)),
            ("relation", reference.relation, reference.relation),
            ("key", reference.key, reference.key or ""),
        )
        if shown
    ]
    value = f"{number} {day}".strip() if number else key(reference.text)
    also = frozenset({number}) if number else frozenset()
    return Item(
        "references", reference.text, value, key(reference.doc_type), also, not number, parts=tuple(parts), place=place
    )


def _unit(unit: Unit) -> Item:
    place = _place(unit)
    known = (("name", unit.name), ("kind", unit.kind), ("code", unit.code))
    parts = tuple(Item(f"units.{name}", shown, shown, place=place) for name, shown in known if shown)
    return Item("units", unit.text, key(unit.text), also=frozenset({key(unit.name)}), parts=parts, place=place)


def _task(task: Task) -> Item:
    place = _task_place(task)
    parts = [
        *_actors("tasks.assignees", task.assignees, place),
        *_actors("tasks.coordinators", task.coordinators, place),
    ]
    due = task.deadline
    if due and due.edtf and due.kind != "recurring":  # gold tells days; `hằng năm` is no day
        parts.append(Item("tasks.deadline", due.text, time_key(due.edtf), place=_place(due)))
    if task.period:
        parts.append(Item("tasks.period", task.period, time_key(task.period), place=place))
    return Item("tasks", task.text, key(task.text), task_kind(parts), parts=tuple(parts), place=place)


def task_kind(parts: Sequence[Item]) -> str:
    """Who leads a task and by when: of two tasks of one wording the one that fits better is taken."""
    told = sorted(part.value for part in parts if part.measure == "tasks.assignees")
    due = [part.value for part in parts if part.measure == "tasks.deadline"]
    return " | ".join([*told, *due])


def _actors(measure: str, actors: Iterable[Actor], place: Place) -> list[Item]:
    return [Item(measure, actor.text, key(actor.text), also=frozenset({key(actor.name)}), place=place) for actor in actors]


def _closing(record: PlanRecord) -> Iterator[Item]:
    recipients = record.closing.recipients
    for recipient in recipients:
        place = Place(recipient.page, recipient.start, recipient.end)
        yield Item("recipients", recipient.text, key(recipient.text), framed=True, place=place)
    if recipients:
        first = Place(recipients[0].page, recipients[0].start, recipients[-1].end)
        yield Item("recipients.count", str(len(recipients)), str(len(recipients)), place=first)
    for signer in record.closing.signers[:1]:
        proof = signer.evidence
        place = Place(proof.page, proof.start, proof.end)
        for name, shown in (("name", signer.name), ("position", signer.position), ("authority", signer.authority)):
            if shown:
                yield Item(f"signers.{name}", shown, key(shown), place=place)


def _place(mention: Mention) -> Place:
    return Place(mention.page, mention.start, mention.end)


def _task_place(task: Task) -> Place:
    return Place(task.page, task.start, task.end)
