"""What the gazetteers say of places whatever the text: what a surface may mean, what lies in what, what an initial stands for."""

import re
from collections.abc import Iterable, Sequence

from jianbao.extractors.region.signs import SURNAMES
from jianbao.extractors.region.view import Name, Surface, View
from jianbao.extractors.region.words import Words
from jianbao.folding import fold
from jianbao.lexicon import Lexicon, Owner, RegionEntry, RegionTree

SUFFIXES = frozenset("省市县区州旗盟")
CITY = frozenset("市县")
WHOLE = frozenset(("CN", "710000"))  # what lies in them is told nothing by them
# Characters that stand for a province or a big city and are hardly ever anything else: two of them side by side are places.
SURE_LETTERS = frozenset("京津沪渝冀豫滇湘皖鲁浙赣鄂粤闽陕黔琼甬穗邕")


class Gazetteer:
    """The places of the gazetteers.

    Attributes:
        entries: The entry of each code.
        lineage: The codes of what a place lies in, nearest first.
        surfaces: What is known of the surfaces met so far.
        children: The divisions right under a code.
        letters: The entries that a single character may stand for: 吉 is 吉林省, 吉林市, 吉安市 and more.
        letters_by_code: The characters that may stand for a code.
        europe: What 欧 may mean.
    """

    def __init__(self, gazetteers: Sequence[Lexicon], stops: Lexicon, words: Words) -> None:
        tree = RegionTree(gazetteers)
        self.entries, self.lineage = tree.entries, tree.lineage
        self._words = words
        self.surfaces: dict[str, Surface] = {}
        self._bare: dict[tuple[str, ...], Surface] = {}
        self.children: dict[str, list[RegionEntry]] = {}
        for lexicon in gazetteers:
            for entry in lexicon.entries:
                if entry.parent and entry.level in ("province", "prefecture", "county"):
                    self.children.setdefault(entry.parent, []).append(entry)
        self.letters = _letters_of(gazetteers)
        self.letters_by_code: dict[str, list[str]] = {}
        for letter, entries in self.letters.items():
            for entry in entries:
                self.letters_by_code.setdefault(entry.code, []).append(letter)
        self.letters["华"] = (self.entries["CN"],)  # 访华, 驻华; 华商 and 华人 are not
        self.europe = tuple(self.entries[code] for code in ("macro:欧洲", "macro:欧盟"))  # the resolver tells 赴欧 from 台欧协定
        self._stops: dict[str, dict[int, tuple[str, ...]]] = {}
        for stop in stops.entries:
            for surface in stop.refuses:
                by_offset = self._stops.setdefault(surface, {})
                for found in re.finditer(re.escape(surface), stop.hans):
                    by_offset[found.start()] = (*by_offset.get(found.start(), ()), stop.hans)

    def learn(self, key: str, owners: Iterable[Owner]) -> Surface:
        """What is known of a surface, worked out once."""
        ordered = sorted(owners, key=lambda owner: owner.guarded)
        entries = tuple(dict.fromkeys(owner.entry for owner in ordered))
        pos = self._words.pos(key)
        ordinary = key[-1] == "区" and all(entry.level == "county" and (len(key) == 2 or _guards(entry, key[:-1])) for entry in entries)
        common = bool(pos) and not pos.startswith("ns")
        suffixed = len(key) > 2 and key[-1] in SUFFIXES
        macro = any(entry.level == "macro" for entry in entries)
        taiwan = len(key) == 2 and key[1] in CITY and any(entry.code.startswith("tw:") for entry in entries)
        guarded = all(owner.guarded for owner in ordered) or ordinary
        zone = all(entry.level == "zone" for entry in entries)
        surnamed = len(key) == 2 and key[0] in SURNAMES and entries[0].level == "county"
        surface = Surface(
            entries=entries,
            codes=frozenset(entry.code for entry in entries),
            ids=tuple(dict.fromkeys(entry.id for entry in entries)),
            guarded=guarded,
            zone=zone,
            set_aside=guarded or zone,
            common=common,
            known=bool(pos),
            stops=tuple(self._stops.get(key, {}).items()),
            direction=key in self._words.directions,
            suffixed=suffixed,
            full=len(key) > 2 and (key[-1] in SUFFIXES or (key[-1] in "乡镇" and all(entry.level == "town" for entry in entries))),
            plain=key not in self._stops and key != "东北" and not surnamed,
            surnamed=surnamed,
            compass=key == "东北",
            macro=macro,
            country=entries[0].level == "country",
            taiwan=taiwan,
            level=entries[0].level,
            common_alone=common and not (taiwan or macro or suffixed),
            quarter=all((entry.parent or "").startswith("81") for entry in entries),
            of_hongkong=tuple(entry for entry in entries if (entry.parent or "").startswith("81")),
        )
        self.surfaces[key] = surface
        return surface

    def accept(self, view: View, start: int, end: int, entries: tuple[RegionEntry, ...], rule: str) -> None:
        """Accepts a place that is no surface of the gazetteers, or stands where the gazetteers alone would not see it."""
        ids = tuple([entry.id for entry in entries])
        surface = self._bare.get(ids)
        if surface is None:
            surface = self._bare[ids] = Surface(entries, frozenset(entry.code for entry in entries), ids)
        view.add(Name(start, end, surface, rule, entries))

    def accept_initial(self, view: View, position: int, entries: tuple[RegionEntry, ...]) -> None:
        """Accepts one character as a place."""
        self.accept(view, position, position + 1, entries, "region.abbreviation")
        view.initials.append(position)

    def lies_in(self, codes: Iterable[str], places: frozenset[str], *, or_is: bool = False) -> bool:
        """Whether one of some divisions lies in one of some places, or is one of them."""
        return any(not places.isdisjoint(self.lineage(code)) or (or_is and code in places) for code in codes)


def of_levels(entries: Iterable[RegionEntry], *levels: str) -> tuple[RegionEntry, ...]:
    """Those of some entries that are of one of some levels."""
    return tuple([entry for entry in entries if entry.level in levels])


def _letters_of(gazetteers: Sequence[Lexicon]) -> dict[str, tuple[RegionEntry, ...]]:
    letters: dict[str, dict[str, RegionEntry]] = {}
    for lexicon in gazetteers:
        for surface, owners in lexicon.owners.items():
            if len(surface) == 1:
                for owner in owners:
                    letters.setdefault(surface, {}).setdefault(owner.entry.code, owner.entry)
    return {letter: tuple(entries.values()) for letter, entries in letters.items()}


def _guards(entry: RegionEntry, bare: str) -> bool:
    """Whether the bare name of a district is an ordinary word: its full name then needs its city beside it (前进区, 东山区)."""
    return bare in map(fold, entry.guarded)
