"""The natural-language engines: spaCy carries the mentions, underthesea is asked where a name's end stays open.

This is the only module that imports them; spaCy takes more than a second to load, so only the room's function and
notebooks import this module, and underthesea is loaded at the first question. Tokens are syllables, numbers and single
marks, never whole Vietnamese words: with words as tokens "Ủy ban" inside "Ủy ban nhân dân" has no span.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from functools import lru_cache
from itertools import chain
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.annotate.dates import find_dates, resolve_year
from pipeline.annotate.measures import find_measures
from pipeline.annotate.people import find_people
from pipeline.annotate.reference_reading import OwnNumber
from pipeline.annotate.references import find_references
from pipeline.annotate.units import find_units
from pipeline.knowledge import Knowledge, load_knowledge
from pipeline.knowledge.text import LOWER, UPPER
from pipeline.values import Annotations, DateMention, MeasureMention, PersonMention, ReferenceMention, UnitMention

KINDS = ("dates", "units", "references", "measures", "people")
OWN = "own"
TEXT = "text"
KEPT_STRINGS = 100_000
ASKED_WINDOWS = 20_000
# The first branch is one of the second's: most tokens are syllables in Vietnamese letters, which are told fastest.
_TOKEN = re.compile(rf"([{UPPER}{LOWER}]+(?=[ .,;:\n])|[^\W\d_]+|\d+|[^\w\s]|_|\s+)( ?)")

Mention = DateMention | UnitMention | ReferenceMention | MeasureMention | PersonMention
Component = Callable[[Any], Any]


class SyllableTokenizer:
    """Text to spaCy Doc: one token a run of letters, a number, a mark or a run of blanks; `doc.text` is the text."""

    def __init__(self, vocab: Any) -> None:
        self.vocab = vocab
        self._ids: dict[str, int] = {}

    def __call__(self, text: str) -> Any:
        """The text as a Doc whose token borders include every border of a mention."""
        cut = _TOKEN.findall(text)
        known = self._ids
        words = [known.get(word, word) for word, _ in cut]
        doc = Doc(self.vocab, words=words, spaces=[blank == " " for _, blank in cut])
        if not self.vocab.in_memory_zone:
            self._keep(word for word in words if isinstance(word, str))
        doc.user_data[TEXT] = text
        return doc

    def _keep(self, words: Iterable[str]) -> None:
        """Keeps the numbers that the vocabulary has for words: by number it finds a word five times as fast."""
        self._ids.update((word, self.vocab.strings[word]) for word in words)

    def to_bytes(self, **_: object) -> bytes:
        """Nothing to save: the rules are in the code (spaCy asks for it)."""
        return b""

    def from_bytes(self, _: bytes, **__: object) -> SyllableTokenizer:
        """Nothing to load."""
        return self


class UndertheseaTagger:
    """Cuts a short window into tagged words with underthesea's models (in the package, no network); asked once a window.

    It lasts half a second for the first window and about half a millisecond for each further one.
    """

    def __init__(self) -> None:
        self._tag: Callable[[str], tuple[tuple[str, str], ...]] = lru_cache(maxsize=ASKED_WINDOWS)(_pos_tag)

    def __call__(self, window: str) -> tuple[tuple[str, str], ...]:
        """The words of the window with their tags (N, Np, V, A, E, …)."""
        return self._tag(window)


def _pos_tag(window: str) -> tuple[tuple[str, str], ...]:
    from underthesea import pos_tag  # noqa: PLC0415 - half a second, and most documents need none

    return tuple((word, tag) for word, tag in pos_tag(window))


class DatesComponent:
    """Writes `doc.spans["dates"]`; the mention values stand in `doc.user_data["dates"]`."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def __call__(self, doc: Any) -> Any:
        """The Doc with its dates."""
        return _write(doc, "dates", find_dates(_text(doc), self.knowledge))


class UnitsComponent:
    """Writes `doc.spans["units"]`, labelled by kind; the values stand in `doc.user_data["units"]`."""

    def __init__(self, knowledge: Knowledge, ask: UndertheseaTagger | None = None) -> None:
        self.knowledge = knowledge
        self.ask = ask or UndertheseaTagger()

    def __call__(self, doc: Any) -> Any:
        """The Doc with its units."""
        return _write(doc, "units", find_units(_text(doc), self.knowledge, self.ask))


class ReferencesComponent:
    """Writes `doc.spans["references"]` from text, dates and units; what is the plan's own is in `doc.user_data["own"]`."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def __call__(self, doc: Any) -> Any:
        """The Doc with its references."""
        dates, units = doc.user_data.get("dates", ()), doc.user_data.get("units", ())
        found = find_references(_text(doc), dates, units, self.knowledge, doc.user_data.get(OWN))
        return _write(doc, "references", found)


class MeasuresComponent:
    """Writes `doc.spans["measures"]` from text and what was found before; values in `doc.user_data["measures"]`."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def __call__(self, doc: Any) -> Any:
        """The Doc with its targets and amounts."""
        dates, units, references = (doc.user_data.get(kind, ()) for kind in ("dates", "units", "references"))
        return _write(doc, "measures", find_measures(_text(doc), dates, units, references, self.knowledge))


class PeopleComponent:
    """Writes `doc.spans["people"]` from text and units; the values stand in `doc.user_data["people"]`."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def __call__(self, doc: Any) -> Any:
        """The Doc with its persons."""
        return _write(doc, "people", find_people(_text(doc), doc.user_data.get("units", ()), self.knowledge))


def _text(doc: Any) -> str:
    """The text as it was given: spaCy puts `doc.text` together anew at every call."""
    text: str = doc.user_data.get(TEXT) or doc.text
    return text


def _write(doc: Any, kind: str, mentions: tuple[Mention, ...]) -> Any:
    spans = (doc.char_span(m.start, m.end, label=_label(m), alignment_mode="expand") for m in mentions)
    doc.spans[kind] = [span for span in spans if span is not None]
    doc.user_data[kind] = mentions
    return doc


def _label(mention: Mention) -> str:
    if isinstance(mention, ReferenceMention):
        return mention.doc_type
    if isinstance(mention, PersonMention):
        return mention.rule
    return mention.unit or "" if isinstance(mention, MeasureMention) else mention.kind


Maker = DatesComponent | UnitsComponent | ReferencesComponent | MeasuresComponent | PeopleComponent
_COMPONENTS: dict[str, type[Maker]] = {
    "kehoach_dates": DatesComponent,
    "kehoach_units": UnitsComponent,
    "kehoach_references": ReferencesComponent,
    "kehoach_measures": MeasuresComponent,
    "kehoach_people": PeopleComponent,
}


def _factory(component: type[Maker]) -> Callable[..., Component]:
    def make(nlp, name):  # type: ignore[no-untyped-def]  # spaCy reads the annotations, and strings mislead it
        return component(load_knowledge())

    return make


for _name, _component in _COMPONENTS.items():
    Language.factory(_name, func=_factory(_component))


def blank_nlp() -> Any:
    """A spaCy Language with our tokenizer and no component, to which `add_pipe("kehoach_units")` and the like work."""
    nlp = spacy.blank("xx")
    nlp.tokenizer = SyllableTokenizer(nlp.vocab)
    nlp.max_length = 10**9
    return nlp


def make_nlp(knowledge: Knowledge) -> Any:
    """The whole pipeline over the given tables: dates, units, references, measures, people."""
    nlp = blank_nlp()
    for name in _COMPONENTS:
        nlp.add_pipe(name).knowledge = knowledge
    return nlp


def read_mentions(
    text: str, knowledge: Knowledge, *, own: OwnNumber | None = None, year: int | None = None
) -> Annotations:
    """All mentions of a text, by the spaCy pipeline.

    The vocabulary keeps the strings of many texts, which saves a third of the time; once it is large, those of each
    further text are dropped after it, so that a long batch stays bounded.
    """
    nlp = knowledge.derived(make_nlp)
    with nlp.memory_zone() if len(nlp.vocab.strings) > KEPT_STRINGS else nullcontext():
        doc = nlp.make_doc(text)
        doc.user_data[OWN] = own
        found = nlp(doc).user_data
        dates = tuple(resolve_year(date, year) for date in found["dates"])
        return Annotations(found["references"], dates, found["units"], found["measures"], found["people"])


def to_displacy(doc: Any) -> dict[str, Any]:
    """A Doc for `displacy.render(…, style="span", manual=True)`: the spans of all kinds, overlapping ones too."""
    spans = chain.from_iterable(doc.spans.get(kind, ()) for kind in KINDS)
    return {
        "text": doc.text,
        "tokens": [token.text for token in doc],
        "spans": [{"start_token": s.start, "end_token": s.end, "label": s.label_} for s in spans],
    }
