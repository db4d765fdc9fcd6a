"""What changed between two folders of lexicons, and which articles a change touches.

An article consults an entry when one of the entry's surfaces stands in its text, title, outlet, author, url or source: rules see nothing of a
lexicon but what stands there, accepted or refused. What an entry does beyond its own surfaces is stated here, and nowhere else: a place speaks for
those that lie in it (辽源市 for its 西安区), a zone answers to its kind in the papers of its home (县经济开发区), a misprint is read as the place that
it resembles (潦源市), a town goes by its bare name before a zone (渭津|工业园) and in a list (古山、芝英|三镇), a macro-region stands for the provinces that
it counts (京津冀|三地).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import daachorse

from jianbao.folding import Folding, load_folding
from jianbao.lexicon import Entry, Lexicon, RegionEntry, TownsEntry, differing_entries, lexicon_file, lexicon_names, load_lexicon
from jianbao.resources import lexicons_from

_UNSEEN = frozenset(("hant", "en", "source", "examples"))
"""What no rule sees of an entry: `hant` folds to `hans`; names in other scripts and languages are given to records, not to mentions."""

_CODES = frozenset(("members", "codes", "countries"))
"""Fields that hold codes, which stand in no text."""

_OF_RECORDS = frozenset(("merges", "confusables"))
"""Lexicons that only records depend on."""

_NAMED_BY_RULES = frozenset(("CN", "710000", "810000", "820000", "macro:欧洲", "macro:欧盟"))
"""Places that rules mean without a surface of theirs in the text: 我国, 本港, 赴欧."""

_TOWN_SUFFIXES = ("街道", "苏木", "镇", "乡")
_MISPRINTED = ("province", "prefecture", "county")

# Surfaces that rules look up for others: 财政办 has the head 办公室, 百分之 and 三百呎 the units % and 平方呎.
_STANDING_FOR = {("organisation_head", "办公室"): "办", ("unit", "%"): "分之", ("unit", "平方呎"): "呎"}
# Rules read over line ends, and over the marks inside a title.
_PASSED_OVER = "“”‘’《》"


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry that differs between two folders of lexicons.

    Attributes:
        lexicon: The name of its file.
        old: The entry as it was; None for one that was added.
        new: The entry as it is; None for one that was removed.
        fields: The fields that differ; none for an entry that came or went.
    """

    lexicon: str
    label: str
    id: str
    old: Entry | None
    new: Entry | None
    fields: tuple[str, ...]

    @property
    def what(self) -> str:
        """`added`, `removed` or `changed`."""
        return "added" if self.old is None else "removed" if self.new is None else "changed"


def entry_changes(old: Path, new: Path) -> list[EntryChange]:
    """The entries that differ between two folders of lexicons, by file and id. Files that are alike byte for byte are not read.

    Raises:
        LexiconError: an entry that differs has a mistake.
    """
    changes: list[EntryChange] = []
    for name in sorted(_names(old) | _names(new)):
        if _same_file(old, new, name):
            continue
        for label, identity, was, now in differing_entries(old, new, name):
            fields = tuple(f for f in type(was).model_fields if getattr(was, f) != getattr(now, f, None)) if was and now else ()
            changes.append(EntryChange(name, label, identity, was, now, fields))
    return changes


def _names(directory: Path) -> set[str]:
    with lexicons_from(directory):
        return set(lexicon_names())


def _same_file(old: Path, new: Path, name: str) -> bool:
    before, after = lexicon_file(old, name), lexicon_file(new, name)
    return before is not None and after is not None and before.name == after.name and before.read_bytes() == after.read_bytes()


@dataclass(frozen=True, slots=True)
class Probe:
    """What an article must hold for a change to touch it: one of `surfaces`, and one of `beside` where there are any; or what `near` matches.

    Surfaces are `plain`. An `always` probe touches every article.
    """

    surfaces: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    near: str = ""
    always: bool = False


def plain(text: str) -> str:
    """A folded text without blanks and marks that rules read over: what stands across a line end is found, too."""
    text = "".join(text.split())
    for mark in _PASSED_OVER:
        text = text.replace(mark, "")
    return text


class Impact:
    """Tells which articles changes touch."""

    def __init__(self, changes: Sequence[EntryChange], old: Path, new: Path) -> None:
        """`old` and `new` are the folders of lexicons between which the changes lie; both are read with the fold table of `new`."""
        self._folders = (old, new)
        with lexicons_from(new):
            self._folding = load_folding()
        self._probes: list[tuple[int, Probe]] = [
            (number, probe) for number, change in enumerate(changes) for probe in self._probes_of(change) if probe != Probe()
        ]
        self._always = sorted({number for number, probe in self._probes if probe.always})
        surfaces = sorted({s for _, probe in self._probes for s in (*probe.surfaces, *probe.beside) if s})
        self._surfaces = surfaces
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(surfaces) if surfaces else None
        near = [probe.near for _, probe in self._probes if probe.near]
        self._near = re.compile("|".join(near)) if near else None
        self._by_surface: dict[str, list[int]] = {}
        for index, (_, probe) in enumerate(self._probes):
            for surface in probe.surfaces:
                self._by_surface.setdefault(surface, []).append(index)

    def touches(self, text: str) -> bool:
        """Whether any change touches an article that holds `text`, folded."""
        return bool(self._always) or any(True for _ in self._touching(plain(text)))

    def touching(self, text: str) -> list[int]:
        """The numbers of the changes that touch an article that holds `text`, folded."""
        return sorted({*self._always, *self._touching(plain(text))})

    def _touching(self, text: str) -> Iterator[int]:
        if self._automaton is not None:
            found = {self._surfaces[index] for _, _, index in self._automaton.find_overlapping(text)}
            for surface in found:
                for index in self._by_surface.get(surface, ()):
                    number, probe = self._probes[index]
                    if not probe.beside or not probe.beside.isdisjoint(found):
                        yield number
        if self._near is not None and self._near.search(text):
            yield from (number for number, probe in self._probes if probe.near and re.search(probe.near, text))

    # ---- what a change may do -------------------------------------------------------------------------------------------

    def _probes_of(self, change: EntryChange) -> Iterator[Probe]:
        if change.lexicon in _OF_RECORDS:
            return
        fields = frozenset(change.fields) - _UNSEEN
        if change.old is not None and change.new is not None and not fields:
            return
        entries = [entry for entry in (change.old, change.new) if entry is not None]
        if change.label == "town":
            yield from self._of_towns(change)
        elif isinstance(entries[0], RegionEntry):
            yield from self._of_region(change, fields)
        else:
            yield Probe(self._own(change, fields))

    def _own(self, change: EntryChange, fields: frozenset[str]) -> frozenset[str]:
        """The surfaces of an entry, old and new; where nothing but its variants changed, those that came or went."""
        old, new = (self._surfaces_of(entry) if entry else frozenset[str]() for entry in (change.old, change.new))
        found = old ^ new if fields == {"variants"} else old | new
        return found | {other for (label, surface), other in _STANDING_FOR.items() if surface in found and change.label == label}

    def _surfaces_of(self, entry: Entry) -> frozenset[str]:
        """All words of an entry that a rule may look for."""
        return frozenset(plain(self._folding.fold(word)) for word in _words(entry)) - {""}

    def _of_towns(self, change: EntryChange) -> Iterator[Probe]:
        """Towns by their full names, and by their bare ones, as in 渭津|工业园."""
        old, new = (set(entry.towns) if isinstance(entry, TownsEntry) else set[str]() for entry in (change.old, change.new))
        towns = {plain(self._folding.fold(town)) for town in (old ^ new if old and new else old | new)}
        bare = {town.removesuffix(suffix) for town in towns for suffix in _TOWN_SUFFIXES if town.endswith(suffix)}
        yield Probe(frozenset(towns | bare) - {""})

    def _of_region(self, change: EntryChange, fields: frozenset[str]) -> Iterator[Probe]:
        entries = [entry for entry in (change.old, change.new) if isinstance(entry, RegionEntry)]
        zone = any(entry.level == "zone" for entry in entries)
        yield Probe(self._own(change, frozenset() if zone else fields))
        if fields and fields <= {"variants", "guarded"} and not zone:
            return
        codes = {entry.code for entry in entries}
        if not codes.isdisjoint(_NAMED_BY_RULES):
            yield Probe(always=True)
            return
        # What is told of a place is told of what lies in it, and strings of initials name places by code (浙沪).
        inside = [entry for folder in self._trees for entry in folder.below(codes)]
        yield Probe(frozenset(s for entry in inside for s in self._surfaces_of(entry)))
        yield Probe(frozenset(s for tree in self._trees for code in codes for s in tree.strings.get(code, ())))
        # A macro-region counts its provinces (京津冀|三地).
        counting = {macro for tree in self._trees for macro, members in tree.counted.items() if not codes.isdisjoint(members)}
        yield Probe(
            frozenset(s for tree in self._trees for entry in tree.below(counting) for s in self._surfaces_of(entry)) if counting else frozenset()
        )
        for entry in entries:
            if entry.level in _MISPRINTED:
                yield Probe(near=_one_off(entry.hans))
        if zone:
            yield from self._of_zone(entries)

    def _of_zone(self, zones: Iterable[RegionEntry]) -> Iterator[Probe]:
        """A zone by its kind (经济开发区, 高新区) in an article that speaks from its home, or of a place there."""
        for tree in self._trees:
            for zone in zones:
                kinds = {kind for kind in tree.zone_heads for name in self._surfaces_of(zone) if name.endswith(kind)}
                homes = {zone.parent} if zone.parent else set()
                if kinds and homes:
                    around = frozenset(s for entry in tree.below(homes) for s in self._surfaces_of(entry))
                    yield Probe(frozenset(kinds), around)

    @cached_property
    def _trees(self) -> tuple["_Tree", ...]:
        return tuple(_Tree(folder, self._folding) for folder in self._folders)


class _Tree:
    """The places of a folder of lexicons, by what they lie in; and the words of rules that name them."""

    def __init__(self, folder: Path, folding: Folding) -> None:
        self._entries: list[RegionEntry] = []
        self.strings: dict[str, list[str]] = {}
        self.zone_heads: set[str] = set()
        self.counted: dict[str, tuple[str, ...]] = {}  # the provinces that a macro-region counts
        with lexicons_from(folder):
            lexicons = [load_lexicon(name) for name in lexicon_names() if name.startswith(("regions_", "place_words", "zone_heads"))]
        for lexicon in lexicons:
            self._add(lexicon, folding)
        self._children: dict[str, list[str]] = {}
        for entry in self._entries:
            if entry.parent:
                self._children.setdefault(entry.parent, []).append(entry.code)

    def _add(self, lexicon: Lexicon, folding: Folding) -> None:
        for entry in lexicon.entries:
            if isinstance(entry, RegionEntry):
                self._entries.append(entry)
                if entry.members:
                    self.counted[entry.code] = entry.members
            elif lexicon.label == "place_word":
                for code in entry.codes:
                    self.strings.setdefault(code, []).extend(plain(folding.fold(s)) for s in entry.surfaces)
            elif lexicon.name == "zone_heads":
                self.zone_heads.update(plain(folding.fold(s)) for s in entry.surfaces)

    def below(self, codes: set[str]) -> list[RegionEntry]:
        """The entries of some places and of all that lies in them."""
        found, waiting = set(codes), list(codes)
        while waiting:
            for child in self._children.get(waiting.pop(), ()):
                if child not in found:
                    found.add(child)
                    waiting.append(child)
        return [entry for entry in self._entries if entry.code in found]


def _words(entry: Entry) -> Iterator[str]:
    """The strings of an entry that may stand in a text: its surfaces, and those of fields that hold more (`before`, `refuses`, …)."""
    yield from entry.surfaces
    for name in type(entry).model_fields:
        value: Any = getattr(entry, name)
        if name not in _UNSEEN | _CODES and name != "variants" and isinstance(value, tuple):
            yield from (word for word in value if isinstance(word, str))


def _one_off(name: str) -> str:
    """A pattern for a name with one character misprinted, its last aside, as rules read it: in a list (四平市、潦源市、通化市)."""
    if len(name) < 3 or name[-1] not in "市县州":
        return ""
    spelt = "|".join(f"{re.escape(name[:i])}.{re.escape(name[i + 1 :])}" for i in range(len(name) - 1))
    return f"[、,](?:{spelt})[、,和与及等]"
