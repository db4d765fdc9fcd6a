"""Examples: whether the pipeline finds each example of a rule lexicon under the entry that gives it."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, get_args

from spacy.language import Language

from jianbao.component import text_components
from jianbao.curation.findings import Doubt, Lexicons, Named
from jianbao.extractors.figure import FigureExtractor
from jianbao.folding import fold
from jianbao.lexicon import Lexicon, load_lexicon
from jianbao.records import AgreementStatus, Article, Dimension, FigureValue, OrganisationValue, make_id
from jianbao.resolvers.figures import FigureResolver
from jianbao.stages.clean import clean
from jianbao.text import Mention, Text

_BODY = "两市签约\n　　两市近日签署合作协议，双方将在园区共建、人才交流等方面开展合作，首批项目总投资三亿元。\n"
"""An article above which, and not alone, a line is furniture."""

_STATUS: dict[str, AgreementStatus] = {
    "sign": "signed",
    "plan": "planned",
    "deny": "denied",
    "terminate": "terminated",
    "force": "in_force",
    "issue": "issued",
    "draft": "planned",
}
"""The status of an agreement of which a trigger's sense tells."""

_NEEDLESS = {
    "place_words": ("context", "frame", "split", "direction", "abroad"),
    "zone_heads": ("edge",),
}
"""Senses that make no mention by themselves: their entries need no example."""


class Examples:
    """The pipeline of the lexicons in force, as examples ask for it."""

    def __init__(self, nlp: Language, regions: Iterable[Lexicon]) -> None:
        tokenizer: Any = nlp.tokenizer
        self._make_text: Callable[[str], Text] = tokenizer.make_text
        self._components = list(text_components(nlp))
        units, currencies, roles = load_lexicon("units"), load_lexicon("currencies"), load_lexicon("roles")
        # A pipeline file names the dimensions that it wants; the lexicon has words for others.
        self._every_figure = FigureExtractor(units, currencies, roles, get_args(Dimension))
        self._figures = FigureResolver(currencies, roles, units)
        self._names = {entry.code: entry.hans for lexicon in regions for entry in lexicon.entries}
        self._checks: dict[str, Callable[[Any, str], str]] = {
            "agreement_heads": self._agreement,
            "agreement_triggers": self._event,
            "agreement_words": self._agreement_word,
            "agreements_known": self._agreement,
            "boilerplate": self._furniture,
            "conventions": self._stands,
            "currencies": self._currency,
            "date_words": self._date,
            "organisation_heads": self._body,
            "organisation_stops": self._no_body,
            "party_words": self._party,
            "place_stops": self._no_place,
            "place_words": self._place,
            "roles": self._role,
            "units": self._unit,
            "zone_heads": self._zone,
        }

    def problem(self, lexicon: str, entry: Any, example: str) -> str:
        """What is wrong with an example of an entry; nothing where it is found as it should be."""
        return self._checks.get(lexicon, self._stands)(entry, example)

    def check(self, lexicons: Lexicons) -> Iterator[Doubt]:
        """The examples that are not found, and the entries that need one and have none."""
        for name, lexicon in lexicons.items():
            for row, entry in enumerate(lexicon.entries):
                named = Named(name, row, entry)
                examples = getattr(entry, "examples", ())
                if not examples and name in self._checks and getattr(entry, "sense", "") not in _NEEDLESS.get(name, ()):
                    yield named.warning("id", f"{entry.id} has no example", "add examples: [a phrase in which it is found]")
                for example in examples:
                    if problem := self.problem(name, entry, example):
                        yield named.error("examples", f"example {example} of {entry.id}: {problem}", "correct the example or the entry")

    # ---- what the pipeline makes of a phrase ------------------------------------------------------------------------------

    def _read(self, source: str) -> Text:
        text = self._make_text(source)
        for component in self._components:
            component.apply(text)
        return text

    def _stands(self, entry: Any, example: str) -> str:
        folded = fold(example)
        surfaces = (*entry.surfaces, *getattr(entry, "guarded", ()))
        return "" if any(fold(surface) in folded for surface in surfaces) else "no surface of the entry stands in it"

    # ---- figures, dates ---------------------------------------------------------------------------------------------------

    def _figures_of(self, example: str, fits: Callable[[Text, Mention, FigureValue], bool]) -> bool:
        """Whether a figure of the pipeline, or of a dimension that the pipeline file leaves out, is as it should be."""
        text = self._read(example)
        if any(isinstance(m.value, FigureValue) and fits(text, m, m.value) for m in text.mentions):
            return True
        text.mentions = list(self._every_figure.find(text))
        self._figures.resolve(text)
        return any(isinstance(m.value, FigureValue) and fits(text, m, m.value) for m in text.mentions)

    def _unit(self, entry: Any, example: str) -> str:
        # 碼 is a unit only beside a rate of interest, so words may stand before the figure: 升息1碼.
        found = self._figures_of(example, lambda text, m, _: m.end == len(text.folded) and m.lexicon == (entry.id,))
        return "" if found else f"not found as a figure of {entry.id} that ends it"

    def _currency(self, entry: Any, example: str) -> str:
        found = self._figures_of(example, lambda text, m, value: _whole(text, m) and value.currency == entry.id)
        return "" if found else f"not found whole as a sum of {entry.id}"

    def _role(self, entry: Any, example: str) -> str:
        found = self._figures_of(example, lambda _, __, value: value.role == entry.id)
        return "" if found else f"no figure in it has the role {entry.id}"

    def _date(self, entry: Any, example: str) -> str:
        text = self._read(example)
        dates = [m for m in text.mentions if m.kind == "date"]
        if entry.sense in ("stop", "future"):
            inside = [m for m in dates if any(start < m.end and m.start < end for start, end in _spans(entry, text))]
            return f"a date is found in the word: {text.surface(inside[0].start, inside[0].end)}" if inside else self._stands(entry, example)
        if entry.sense in ("now", "near"):
            return "" if any(entry.id in m.lexicon for m in dates) else f"no date in it comes from {entry.id}"
        made = [m for m in dates for start, end in _spans(entry, text) if (m.end == start if entry.sense == "headed" else _covers(m, start, end))]
        return "" if made else "no date in it is made by the word"

    # ---- names ------------------------------------------------------------------------------------------------------------

    def _agreement(self, entry: Any, example: str) -> str:
        found = any(m.kind == "agreement" and entry.id in m.lexicon for m in self._read(example).mentions)
        return "" if found else f"no agreement in it comes from {entry.id}"

    def _agreement_word(self, entry: Any, example: str) -> str:
        text = self._read(example)
        names = [m for m in text.mentions if m.kind == "agreement"]
        inside = any(_covers(m, start, end) for m in names for start, end in _spans(entry, text))
        if not names:
            return "no agreement is found in it"
        if entry.sense in ("subject", "kind"):
            return "" if inside else "the word is no part of the agreement's name"
        return "the word is taken into the agreement's name" if inside else self._stands(entry, example)

    def _event(self, entry: Any, example: str) -> str:
        text = self._read(example)
        wanted = _STATUS.get(entry.sense)
        if not text.events:
            return "no agreement is told of in it"
        if wanted and all(event.status != wanted for event in text.events):
            return f"the agreement in it is {text.events[0].status}, not {wanted}"
        return self._stands(entry, example)

    def _body(self, entry: Any, example: str) -> str:
        text = self._read(example)
        found = [m for m in text.mentions if m.kind == "organisation" and any(_covers(m, start, end) for start, end in _spans(entry, text))]
        if not found:
            return "no organisation in it ends with the word"
        types = {m.value.type for m in found if isinstance(m.value, OrganisationValue)}
        return "" if entry.type in types else f"the organisation in it is {', '.join(sorted(types))}, not {entry.type}"

    def _no_body(self, entry: Any, example: str) -> str:
        text = self._read(example)
        inside = [m for m in text.mentions if m.kind == "organisation" and any(start < m.end and m.start < end for start, end in _spans(entry, text))]
        return f"an organisation is found in the phrase: {text.surface(inside[0].start, inside[0].end)}" if inside else self._stands(entry, example)

    def _party(self, entry: Any, example: str) -> str:
        folded = fold(example)
        if entry.sense == "rank":
            return self._rank(entry, example)
        parties = [party.name for event in self._read(example).events for party in event.parties]
        found = any(fold(surface) in name for surface in entry.surfaces for name in parties if name in folded)
        return "" if found else "no party to an agreement in it has the word in its name"

    def _rank(self, entry: Any, example: str) -> str:
        events = self._read(example).events
        taken = [party.name for event in events for party in event.parties if any(fold(surface) in party.name for surface in entry.surfaces)]
        if not any(len(event.parties) > 1 for event in events):
            return "no agreement of two parties is told of in it"
        return f"the rank is taken into a party's name: {taken[0]}" if taken else self._stands(entry, example)

    # ---- places -----------------------------------------------------------------------------------------------------------

    def _place(self, entry: Any, example: str) -> str:
        # Strings that are also words (weak_string) need the places named in full.
        evidence = "、".join(self._names[code] for code in entry.codes if code in self._names) + "。" if entry.sense == "weak_string" else ""
        text = self._read(evidence + example)
        places = [m for m in text.mentions if m.kind == "region" and m.start >= len(evidence)]
        found = any(start <= m.end and m.start <= end for m in places for start, end in _spans(entry, text))
        return "" if found else "no place is found at the word"

    def _zone(self, entry: Any, example: str) -> str:
        text = self._read(example)
        places = [m for m in text.mentions if m.kind == "region"]
        found = any(_covers(m, start, end) for m in places for start, end in _spans(entry, text))
        return "" if found else "no zone in it holds the word"

    def _no_place(self, entry: Any, example: str) -> str:
        text = self._read(example)
        for m in text.mentions:
            word = text.folded[m.start : m.end]
            if m.kind == "region" and word in entry.refuses and any(start <= m.start and m.end <= end for start, end in _spans(entry, text)):
                return f"{word} is found in it all the same"
        return self._stands(entry, example)

    # ---- page furniture ---------------------------------------------------------------------------------------------------

    def _furniture(self, entry: Any, example: str) -> str:
        text = f"{_BODY}{example}"
        *_, article = clean([Article(id=make_id("a", "example", 0), source="example.txt", sha256="0" * 64, text=text)])
        reason = entry.sense.partition("/")[0]
        below = len(article.text) - len(example)  # the page may be taken for several articles: in the last of them
        found = any(end > below and given == reason for _, end, given in article.boilerplate)
        return "" if found else f"below an article it is not flagged as {reason}"


def _spans(entry: Any, text: Text) -> list[tuple[int, int]]:
    """Where the surfaces of an entry stand in a text."""
    surfaces = {fold(surface) for surface in entry.surfaces}
    return [match.span() for surface in surfaces for match in re.finditer(re.escape(surface), text.folded)]


def _covers(mention: Mention, start: int, end: int) -> bool:
    return mention.start <= start and end <= mention.end


def _whole(text: Text, mention: Mention) -> bool:
    return (mention.start, mention.end) == (0, len(text.folded))
