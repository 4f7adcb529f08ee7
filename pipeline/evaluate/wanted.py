"""Gold as items, what else may be found without being wrong, and which measures the gold lists in full."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.evaluate.folding import key, time_key
from pipeline.evaluate.gold import Gold, GoldReference, GoldTask
from pipeline.evaluate.items import Item
from pipeline.evaluate.naming import heading, role_item, title_key, years_shown
from pipeline.evaluate.recorded import task_kind

_ALWAYS_COMPLETE = frozenset({"references", "tasks", "recipients"})
_WITH_PARENT = re.compile(r"\s+[-–]\s+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What should be found in one document, by measure; measures that the gold says nothing about are not there.

    `complete` are the measures of which the gold lists everything. `excused` tells of an item that the gold does not
    list and that is not wrong all the same.
    """

    items: dict[str, list[Item]]
    complete: frozenset[str]
    excused: Callable[[Item], bool]


def wanted(gold: Gold) -> Wanted:
    """What a document's gold asks for."""
    items = _measures(gold)
    for item in _all(gold):
        items[item.measure].append(item)
    listed = {"sections", "dates", "units", "findings"} if gold.exhaustive else set()
    single = {name for name in items if name not in ("sections", "dates", "units", "findings", "assignees")}
    return Wanted(items, frozenset(single | (_ALWAYS_COMPLETE & set(items)) | (listed & set(items))), _Excused(gold))


def _measures(gold: Gold) -> dict[str, list[Item]]:
    """An empty list for every measure that the gold speaks of."""
    header = ("doc_type", "number", "place", "issue_date", "issuer", "parent_issuer", "title", "plan_years")
    names = [f"header.{name}" for name in header if gold.has(name)]
    names += [name for name in ("sections", "references", "dates", "units", "tasks") if gold.has(name)]
    if gold.has("assignees") and not gold.has("tasks"):
        names.append("assignees")
    if gold.has("recipients"):
        names.append("recipients" if isinstance(gold.recipients, tuple) else "recipients.count")
    if gold.signer is not None:
        names += ["signers.name", "signers.position", "signers.authority"]
    if gold.has("warnings"):
        names.append("findings")
    return {name: [] for name in names}


def _all(gold: Gold) -> Iterator[Item]:
    yield from (item for item in _header(gold) if item.shown)
    for marker, title, role, _ in gold.sections:
        parts = (role_item(role),) if role else ()
        yield Item("sections", heading(marker, title), key(title), key(marker), _others(gold, title), parts=parts)
    yield from (_reference(gold, reference) for reference in gold.references)
    yield from (Item("dates", raw, time_key(edtf)) for raw, edtf in gold.dates if edtf)
    yield from (Item("units", unit, key(unit), also=_others(gold, unit)) for unit in gold.units)
    yield from (_task(gold, task) for task in gold.tasks)
    if gold.has("assignees") and not gold.has("tasks"):
        yield from (Item("assignees", name, key(name), also=_others(gold, name), framed=True) for name in gold.assignees)
    yield from _closing(gold)
    yield from (Item("findings", code, code) for code in gold.warnings)


def _header(gold: Gold) -> Iterator[Item]:
    yield Item("header.doc_type", gold.doc_type or "", key(gold.doc_type), also=_given(key(gold.doc_type_as_printed)))
    yield Item("header.number", gold.number or "", key(gold.number))
    yield Item("header.place", gold.place or "", key(gold.place), also=_others(gold, gold.place))
    yield Item("header.issue_date", gold.issue_date or "", time_key(gold.issue_date))
    issuer = gold.issuer or ""
    own_names = _given(key(gold.issuer_alt), *map(key, _WITH_PARENT.split(issuer)[1:]))
    yield Item("header.issuer", issuer, key(issuer), also=own_names | _others(gold, issuer))
    yield Item("header.parent_issuer", gold.parent_issuer or "", key(gold.parent_issuer))
    titles = _given(title_key(gold.title_as_printed)) | _others(gold, gold.title, title_key)
    yield Item("header.title", gold.title or "", title_key(gold.title), also=titles)
    years = years_shown(gold.plan_years or ())
    yield Item("header.plan_years", years, years)


def _reference(gold: Gold, reference: GoldReference) -> Item:
    number, day = key(reference.number), time_key(reference.date)
    parts = [
        Item(f"references.{name}", str(shown), value, also=_others(gold, shown))
        for name, shown, value in (
            ("number", reference.number, number),
            ("date", reference.date, day),
            ("issuer", reference.issuer, key(reference.issuer)),
        )
        if shown
    ]
    value = f"{number} {day}".strip() if number else key(reference.raw)
    also = frozenset() if number else _others(gold, reference.raw)
    return Item("references", reference.raw, value, key(reference.doc_type), also, not number, tuple(parts))


def _task(gold: Gold, task: GoldTask) -> Item:
    parts = [Item("tasks.assignees", name, key(name), also=_others(gold, name)) for name in task.assignees]
    parts += [Item("tasks.coordinators", name, key(name), also=_others(gold, name)) for name in task.coordinators]
    if task.deadline:
        parts.append(Item("tasks.deadline", task.deadline, time_key(task.deadline)))
    if task.period:
        parts.append(Item("tasks.period", task.period, time_key(task.period)))
    return Item("tasks", task.text, key(task.text), task_kind(parts), _others(gold, task.text), parts=tuple(parts))


def _closing(gold: Gold) -> Iterator[Item]:
    if isinstance(gold.recipients, tuple):
        for line in gold.recipients:
            yield Item("recipients", line, key(line), also=_others(gold, line), framed=True)
    elif gold.recipients:
        yield Item("recipients.count", str(gold.recipients), str(gold.recipients))
    if gold.signer is not None:
        for name in ("name", "position", "authority"):
            shown = getattr(gold.signer, name)
            if shown:
                yield Item(f"signers.{name}", shown, key(shown), also=_others(gold, shown))


def _given(*keys: str) -> frozenset[str]:
    return frozenset(filter(None, keys))


def _others(gold: Gold, wording: str | None, fold: Callable[[str], str] = key) -> frozenset[str]:
    """The keys of the other wordings that the gold lets pass for one."""
    return _given(*map(fold, gold.also_right.get(wording or "", ())))


class _Excused:
    """Items that are not wrong although the gold does not list them."""

    def __init__(self, gold: Gold) -> None:
        self._texts = [key(text) for text in (*gold.references_optional, *(row.raw for row in gold.references))]
        self._numbers = {key(row.number) for row in gold.references if row.number}
        self._days = {time_key(row.date) for row in gold.references if row.date} | {time_key(gold.issue_date)}
        self._years = {year for _, edtf in gold.dates if edtf for year in re.findall(r"\d{4}", edtf)}
        self._times = {time_key(date.edtf) for date in gold.dates_optional}
        self._names = [_bare_words(key(unit)) for unit in (*gold.units_optional, *gold.units)]
        self._run_in = {key(row.title) for row in gold.sections_runin}
        self._codes = set(gold.warnings_optional)

    def __call__(self, item: Item) -> bool:
        """Whether the gold leaves it open: a second mention, what is optional, a citation's date, a part of a unit."""
        if item.measure == "references":
            again = item.value in self._numbers
            return again or any(text and (text in key(item.shown) or key(item.shown) in text) for text in self._texts)
        if item.measure == "dates":
            return item.value in self._days or item.value in self._years or item.value in self._times
        if item.measure == "units":
            return any(f" {_bare_words(item.value)} " in f" {name} " for name in self._names)
        if item.measure == "sections":
            return item.value in self._run_in or any(part.value == "phu_luc" for part in item.parts)
        return item.measure == "findings" and item.value in self._codes


def _bare_words(value: str) -> str:
    """The words of a key without the marks between them: "tt đảng ủy" is a part of "tt đảng ủy, hđnd xã"."""
    return " ".join(re.findall(r"\w+", value))
