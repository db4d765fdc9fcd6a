"""Checks of the gazetteers: one thing under two ids, codes that no file has, names in the wrong script."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from jianbao.curation.findings import Doubt, Lexicons, Named, entries, lexicon_path
from jianbao.folding import fold, opencc_conversion
from jianbao.lexicon import GazetteerEntry, OrganisationEntry, RegionEntry

_FORM = {
    "country": (r"[A-Z]{2}", "two capital letters of ISO 3166-1"),
    "province": (r"\d{2}0000", "six digits that end in 0000"),
    "prefecture": (r"\d{4}00|tw:.+", "six digits that end in 00, or tw: and the name"),
    "county": (r"\d{6}|tw:.+", "six digits, or tw: and the name"),
    "town": (r"town:.+", "town: and the name"),
    "zone": (r"zone:.+", "zone: and the name"),
    "macro": (r"macro:.+", "macro: and the name"),
    "foreign_city": (r"city:.+", "city: and the name"),
}
"""How the code of each level is written."""

_OWN_HOMES = frozenset({"710000", "810000", "820000"})
"""Divisions whose bodies share names with those of the country (教育部): a home of their own."""

_RESTORED = frozenset("昇邨氾甦")
"""Traditional forms that mainland names may keep (通用规范汉字表, 2013)."""

_PRINTED = frozenset("恒")
"""Forms that Traditional papers print beside the one that OpenCC gives: 恒生, 恒基 in Hong Kong."""

_NO_NAMES = frozenset({"confusables", "organisation_characters"})
"""Lexicons of characters, which have no script of their own."""


def check_names(lexicons: Lexicons) -> Iterator[Doubt]:
    """Everything about names and codes that one row cannot tell."""
    regions = list(entries(lexicons, label="region"))
    organisations = list(entries(lexicons, label="organisation"))
    codes = _Codes(named.entry for named in regions)
    yield from _codes_twice(regions)
    yield from _places_twice(regions)
    yield from _bodies_twice(organisations, codes)
    for named in regions:
        yield from _fits_level(named)
        yield from codes.refers(named, "parent", named.entry.parent)
        for member in named.entry.members:
            yield from codes.refers(named, "members", member)
        if codes.circular(named.entry.code):
            yield named.error("parent", f"{named.entry.code} is above itself: its parents go in a circle", "give the parent that it really lies in")
    for named in organisations:
        yield from codes.refers(named, "region", named.entry.region)
        if not named.entry.id.startswith("org:"):
            yield named.error("id", f"id {named.entry.id} does not begin with org:", f"write org:{named.entry.hans}")
    for named in (*regions, *organisations):
        entry = named.entry
        if entry.valid_from and entry.valid_to and entry.valid_from >= entry.valid_to:
            yield named.error("valid_to", f"{entry.hans} ends ({entry.valid_to}) before it begins ({entry.valid_from})", "exchange or correct them")
    for named in entries(lexicons, label="town"):
        yield from codes.refers(named, "id", named.entry.id)
    for named in entries(lexicons, label="place_word"):
        for code in named.entry.codes:
            yield from codes.refers(named, "codes", code)
    for named in entries(lexicons, label="currency"):
        for code in named.entry.countries:
            yield from codes.refers(named, "countries", code)
    yield from _scripts(lexicons)


class _Codes:
    """The codes that the region files give."""

    def __init__(self, regions: Iterable[RegionEntry]) -> None:
        self._parents: dict[str, str | None] = {}
        self._in_force: set[str] = set()
        for entry in regions:
            if entry.code not in self._parents or entry.valid_to is None:
                self._parents[entry.code] = entry.parent
            if entry.valid_to is None:
                self._in_force.add(entry.code)

    def refers(self, named: Named, field: str, code: str | None) -> Iterator[Doubt]:
        """What is wrong with a reference to a code."""
        if code is None or code in self._in_force:
            return
        entry = named.entry
        if code not in self._parents:
            yield named.error(field, f"{field} {code} of {entry.hans} is no code of any regions_*.csv", "correct the code, or add its row there")
        elif isinstance(entry, RegionEntry | OrganisationEntry) and entry.valid_to is None:
            yield named.warning(
                field, f"{field} {code} of {entry.hans} is a former code", "give the code that is in force, or end this row too (valid_to)"
            )

    def circular(self, code: str) -> bool:
        """Whether the parents of a code lead back to it."""
        return code in self._above(code)

    def same_home(self, one: str | None, other: str | None) -> bool:
        """Whether a body at one place may be the body at the other: the places are one, or one holds the other (110000 and CN)."""
        return one == other or one in self._home(other) or other in self._home(one)

    def _home(self, code: str | None) -> tuple[str, ...]:
        above = (code, *self._above(code)) if code else ()
        own = next((i for i, one in enumerate(above) if one in _OWN_HOMES), len(above))
        return above[: own + 1]

    def _above(self, code: str) -> tuple[str, ...]:
        found: list[str] = []
        parent = self._parents.get(code)
        while parent and parent not in found:
            found.append(parent)
            parent = self._parents.get(parent)
        return tuple(found)


# ---- one thing twice --------------------------------------------------------------------------------------------------


def _together(one: GazetteerEntry, other: GazetteerEntry) -> bool:
    """Whether two rows are in force at one time."""
    return (one.valid_from or "") < (other.valid_to or "9") and (other.valid_from or "") < (one.valid_to or "9")


def _file(named: Named) -> str:
    return lexicon_path(named.lexicon).name


def _codes_twice(regions: Iterable[Named]) -> Iterator[Doubt]:
    """A code that two rows give to different places: in two files, or in one at the same time. 信义区 of two cities is two places of one code."""
    by_code: dict[str, list[Named]] = defaultdict(list)
    for named in regions:
        by_code[named.entry.code].append(named)
    for code, owners in by_code.items():
        for first, second in combinations(owners, 2):
            namesakes = ":" in code and first.entry.parent != second.entry.parent
            if first.lexicon != second.lexicon or (_together(first.entry, second.entry) and not namesakes):
                yield second.error(
                    "code",
                    f"code {code} belongs to {first.entry.hans} in {_file(first)} too",
                    "a code has one owner: take one row out, or give each the years in which it was in force",
                )


def _places_twice(regions: Iterable[Named]) -> Iterator[Doubt]:
    """A place that stands under two codes at one time."""
    by_name: dict[tuple[str, str | None], list[Named]] = defaultdict(list)
    for named in regions:
        by_name[fold(named.entry.hans), named.entry.parent].append(named)
    for (name, _), owners in by_name.items():
        for first, second in combinations(owners, 2):
            if first.entry.code != second.entry.code and _together(first.entry, second.entry):
                yield second.error(
                    "hans",
                    f"{name} of {second.entry.parent or 'no parent'} is in {_file(first)} too, as {first.entry.code}",
                    "keep one of the rows, or say which years each was in force",
                )


def _bodies_twice(organisations: list[Named], codes: _Codes) -> Iterator[Doubt]:
    """A body under two ids: two rows of one name and home; or two rows of one home that share a surface and are of one type, or of which it is the name."""
    by_id: dict[str, Named] = {}
    by_name: dict[str, list[Named]] = defaultdict(list)
    by_surface: dict[str, list[Named]] = defaultdict(list)
    told: set[tuple[str, str]] = set()
    for named in organisations:
        first = by_id.setdefault(named.entry.id, named)
        if first.lexicon != named.lexicon:
            yield named.error("id", f"id {named.entry.id} stands in {_file(first)} too", "join the rows where it is one body, else change one id")
            continue
        by_name[fold(named.entry.hans)].append(named)
        if named.entry.valid_to is None:  # a former body may share its short name with the one that took its place
            for surface in dict.fromkeys(map(fold, named.entry.surfaces)):
                by_surface[surface].append(named)
    for name, owners in by_name.items():
        for first, second in combinations(owners, 2):
            if first.entry.region == second.entry.region and first.entry.type == second.entry.type and _together(first.entry, second.entry):
                told.add((first.entry.id, second.entry.id))
                yield second.error("hans", f"{name} is in {_file(first)} too, as {first.entry.id}", "join the rows, with the variants of both")
    for surface, owners in by_surface.items():
        for first, second in combinations(owners, 2):
            alike = first.entry.type == second.entry.type or surface in (fold(first.entry.hans), fold(second.entry.hans))
            if alike and codes.same_home(first.entry.region, second.entry.region) and (first.entry.id, second.entry.id) not in told:
                told.add((first.entry.id, second.entry.id))
                yield second.warning(
                    "hans" if surface == fold(second.entry.hans) else "variants",
                    f"{surface} means {first.entry.id} in {_file(first)} too, of the same home",
                    "join the rows where it is one body, else take the surface out of one or guard it in both",
                )


# ---- what a row says of itself ----------------------------------------------------------------------------------------


def _fits_level(named: Named) -> Iterator[Doubt]:
    """A code that is not written as its level wants, or a division outside the one whose digits it has."""
    entry = named.entry
    form, words = _FORM[entry.level]
    if not re.fullmatch(form, entry.code):
        yield named.error("code", f"code {entry.code} does not fit level {entry.level}", f"the code is {words}; correct it or the level")
    elif ":" in entry.code and not fold(entry.hans).startswith(fold(entry.code.partition(":")[2])):
        yield named.error("code", f"code {entry.code} does not hold the name {entry.hans}", "after the colon stands the full simplified name")
    elif entry.code.isdigit() and entry.level != "province" and (entry.parent or "")[:2] != entry.code[:2]:
        yield named.error("parent", f"{entry.code} {entry.hans} cannot lie in {entry.parent}", "the parent begins with the same two digits")


def to_hant(hans: str) -> str:
    """A name in Traditional characters as far as a table of words can tell."""
    return opencc_conversion("s2t")(hans)


def _in(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def simplified_in(hant: str) -> str:
    """The first Simplified character of a Traditional name, if any: 财 of 浙江省财政廳. What both scripts print (台, 后, 里) is in Big5."""
    return next((c for c in hant if "\u3400" <= c <= "\u9fff" and not _in(c, "big5") and c not in _PRINTED and opencc_conversion("s2t")(c) != c), "")


def _traditional_in(hans: str) -> str:
    return next(
        (c for c in hans if "\u3400" <= c <= "\u9fff" and not _in(c, "gb2312") and c not in _RESTORED and opencc_conversion("t2s")(c) != c), ""
    )


def _scripts(lexicons: Lexicons) -> Iterator[Doubt]:
    """A Simplified character in `hant`, a Traditional one in `hans`: both fold to the same name, so loading cannot tell."""
    everything = [named for name in lexicons if name not in _NO_NAMES for named in entries(lexicons, name=name)]
    # Character by character first: the lexicons are long, and their characters few.
    wrong_hant = {c for c in {c for named in everything for c in named.entry.hant} if simplified_in(c)}
    wrong_hans = {c for c in {c for named in everything for c in named.entry.hans} if _traditional_in(c)}
    for named in everything:
        hant, hans = named.entry.hant, named.entry.hans
        if not wrong_hant.isdisjoint(hant):
            cure = f"write it as printed there, perhaps {to_hant(hant)}"
            yield named.error("hant", f"{simplified_in(hant)} in {hant} is Simplified", cure)
        if not wrong_hans.isdisjoint(hans):
            cure = f"write {opencc_conversion('t2s')(_traditional_in(hans))}"
            yield named.error("hans", f"{_traditional_in(hans)} in {hans} is Traditional", cure)
