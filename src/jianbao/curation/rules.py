"""Checks of the rule lexicons: words with two owners, words that can never be found, stop phrases that stop nothing."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from jianbao.curation.findings import Doubt, Lexicons, Named, entries, lexicon_path
from jianbao.folding import fold

_DECIDED_BY_CONVENTION = frozenset({"元", "圆", "块钱"})
"""Shared names of money that the article's convention tells apart: none of them is the usual one."""


def check_rules(lexicons: Lexicons) -> Iterator[Doubt]:
    """Everything about the words of the grammar that one file cannot tell."""
    yield from _owners(lexicons)
    yield from _currencies(list(entries(lexicons, label="currency")))
    yield from _place_stops(list(entries(lexicons, name="place_stops")), _surfaces(lexicons, "region"))
    yield from _body_stops(list(entries(lexicons, name="organisation_stops")), _surfaces(lexicons, "organisation"))
    yield from _folded_fields(lexicons)
    for named in entries(lexicons, label="merge"):
        for name in sorted(set(map(fold, named.entry.same)) & set(map(fold, named.entry.different))):
            yield named.error("different", f"{name} is under `same` and under `different`", "take it out of one")


def _surfaces(lexicons: Lexicons, label: str) -> frozenset[str]:
    return frozenset(surface for lexicon in lexicons.values() if lexicon.label == label for surface in lexicon.owners)


# ---- one owner --------------------------------------------------------------------------------------------------------


def _owners(lexicons: Lexicons) -> Iterator[Doubt]:
    """A surface that two lexicons give to the same rule, which can take one of them only."""
    for group in (_after_numbers(lexicons), _agreement_names(lexicons), _place_triggers(lexicons)):
        owners: dict[str, Named] = {}
        told: set[tuple[str, int, str]] = set()  # 民法典 is one surface in both scripts
        for named, field, surface in group:
            key = fold(surface)
            first = owners.setdefault(key, named)
            at = (named.lexicon, named.row, key)
            if first[:2] != named[:2] and at not in told:
                told.add(at)
                yield named.error(
                    field,
                    f"{key} belongs to {first.entry.id} in {lexicon_path(first.lexicon).name} too, and one rule reads both files",
                    "leave it in one of them",
                )


_Group = Iterator[tuple[Named, str, str]]


def _surfaces_of(named: Named) -> _Group:
    """The surfaces of an entry, each with the field that it stands in."""
    for surface in named.entry.surfaces:
        yield named, "variants" if surface in named.entry.variants else "hans", surface


def _after_numbers(lexicons: Lexicons) -> _Group:
    """What may stand after a number."""
    for named in entries(lexicons, label="unit"):
        yield from _surfaces_of(named)
        yield from ((named, "guarded", surface) for surface in named.entry.guarded)
    for named in entries(lexicons, label="currency"):
        yield from _surfaces_of(named)
        yield from ((named, "minor", surface) for surface in named.entry.minor)


def _agreement_names(lexicons: Lexicons) -> _Group:
    """What names an agreement, as its kind or as its own name."""
    for named in entries(lexicons, label="agreement_head"):
        yield from _surfaces_of(named)


def _place_triggers(lexicons: Lexicons) -> _Group:
    """What makes a place: 产业园, 我省, 中美."""
    for named in entries(lexicons, name="zone_heads"):
        if named.entry.sense not in ("edge", "inner"):
            yield from _surfaces_of(named)
    for named in entries(lexicons, name="place_words"):
        if named.entry.sense in ("deictic", "string", "weak_string", "initial"):
            yield from _surfaces_of(named)


def _currencies(currencies: list[Named]) -> Iterator[Doubt]:
    """Names that several currencies have: each shared by two, owned by none, usual for one."""
    owned = {fold(s): named for named in currencies for s in (*named.entry.surfaces, *named.entry.minor)}
    sharing: dict[str, list[Named]] = defaultdict(list)
    usual: dict[str, Named] = {}
    for named in currencies:
        for name in map(fold, named.entry.shared):
            sharing[name].append(named)
            if name in owned:
                yield named.error("shared", f"{name} is shared and also a name of {owned[name].entry.id} alone", "take it out of one of them")
        for name in map(fold, named.entry.usual):
            if name not in map(fold, named.entry.shared):
                yield named.error("usual", f"{name} is usual for {named.entry.id}, which does not share it", "add it to `shared`")
            if usual.setdefault(name, named) is not named:
                yield named.error("usual", f"{name} is usual for {usual[name].entry.id} too", "one currency is the usual one")
    for name, owners in sharing.items():
        if name not in usual and name not in _DECIDED_BY_CONVENTION:
            yield owners[0].warning("shared", f"{name} alone means no currency: none lists it under `usual`", "add it to `usual` of the commonest")


# ---- words that can never be found ------------------------------------------------------------------------------------


def _place_stops(stops: list[Named], places: frozenset[str]) -> Iterator[Doubt]:
    """Phrases that refuse nothing, or what a shorter phrase refuses already; places that a phrase hides for good."""
    refusing: dict[str, list[str]] = defaultdict(list)
    for named in stops:
        for word in named.entry.refuses:
            refusing[word].append(named.entry.hans)
    for named in stops:
        phrase = named.entry.hans
        if named.entry.variants:
            yield named.error("variants", f"variants of {phrase} are not read", "write each as an entry of its own")
        for word in named.entry.refuses:
            starts = [match.start() for match in re.finditer(re.escape(word), phrase)]
            shorter = [other for other in refusing[word] if other != phrase and other in phrase]
            covering = next((other for other in shorter if all(_covers(other, word, phrase, start) for start in starts)), None)
            if not starts:
                yield named.error("refuses", f"{word} does not stand in {phrase}", "a phrase refuses what stands inside it")
            elif word == phrase:
                cure = "write a longer phrase, or take the surface out of its gazetteer"
                yield named.error("refuses", f"{word} refuses itself: it could never be found", cure)
            elif word not in places:
                yield named.warning(
                    "refuses", f"{word} is no surface of any regions_*.csv", "nothing is refused: take it out, or write the surface as there"
                )
            elif covering is not None:
                yield named.warning("hans", f"{phrase} refuses nothing new: {covering} refuses {word} already", "take it out")


def _covers(phrase: str, word: str, within: str, start: int) -> bool:
    """Whether a phrase refuses the word that starts at a place inside another phrase."""
    return any(start >= match.start() and within.startswith(phrase, start - match.start()) for match in re.finditer(re.escape(word), phrase))


def _body_stops(stops: list[Named], bodies: frozenset[str]) -> Iterator[Doubt]:
    """Phrases that refuse something else than organisations, or an organisation's own name for good."""
    for named in stops:
        if "organisation" not in named.entry.refuses:
            yield named.error("refuses", f"{named.entry.hans} refuses no organisation", "write refuses: [organisation]")
        for surface in named.entry.surfaces:
            if fold(surface) in bodies:
                cure = "take the phrase out, or the surface out of its gazetteer"
                yield named.error("hans", f"{surface} is also the name of an organisation, which could never be found", cure)


def _folded_fields(lexicons: Lexicons) -> Iterator[Doubt]:
    """Characters that are compared with folded text as they stand: a Traditional or full-width one would match nothing."""
    fields: tuple[tuple[str, str, str], ...] = (
        ("stop", "", "refuses"),
        ("place_word", "", "letters"),
        ("date_word", "", "not_before"),
        ("date_word", "", "not_after"),
        ("organisation_head", "", "not_before"),
        ("", "organisation_short_forms", "variants"),
    )
    for label, name, field in fields:
        for named in entries(lexicons, label=label, name=name):
            value: str | Iterable[str] = getattr(named.entry, field)
            for text in [value] if isinstance(value, str) else value:
                if fold(text) != text:
                    yield named.error(field, f"{text} is compared with Simplified, half-width text and never equals it", f"write {fold(text)}")
