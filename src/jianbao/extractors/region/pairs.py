"""Initials side by side that evidence of the text makes places: 豫|台 anywhere, 加|港 and 青|港 where the text names the other, 葡 after 珠|澳, and each pair again."""

import re

from jianbao.extractors.region.gazetteer import SURE_LETTERS, Gazetteer, of_levels
from jianbao.extractors.region.triggers import Marks
from jianbao.extractors.region.view import Name, View
from jianbao.extractors.region.words import Words
from jianbao.lexicon import RegionEntry

# The papers in which a harbour's character needs no name of the place beside it.
_AT_HOME = {"港": "hongkong", "澳": "macau", "台": "taiwan"}
# 美日|澳纽|等国: what follows counts countries.
COUNTRIES_COUNTED = re.compile(r"[\u4e00-\u9fff]{1,3}?(?=等?[两三四五六七八]?国(?![家会际产内有营]))")
_DIVISIONS: tuple[str, ...] = ("province", "prefecture")
_STATES: tuple[str, ...] = ("country", "macro", "province")

_AND = frozenset("与和同跟及")
_SIGNS: tuple[str, ...] = ("签", "携手", "联手", "合作", "共建", "共商", "缔结", "达成", "续签", "互签")
# 自美|进口, 从台|输入: where goods come from.
_BOUGHT: tuple[str, ...] = ("进口", "输入", "采购", "购买", "购入", "引进", "运来")

MARKS: Marks = {"harbour": "港澳台", "from_state": [f"{word}{letter}" for word in "自从由向" for letter in "美日韩欧台陆俄英德法泰越印加澳"]}


class Pairs:
    """Accepts initials beside a harbour's (港, 澳, 台) or beside initials that are accepted, and what a text has read once wherever it stands again."""

    def __init__(self, places: Gazetteer, words: Words) -> None:
        self._places = places
        self._words = words

    def find(self, view: View) -> None:
        """Accepts such initials: pairs first, then what makes them longer, then all of them again."""
        covered, flags, folded = view.covered, view.flags, view.folded
        for start, _, _ in view.triggers["harbour"]:
            if covered[start]:
                continue
            for first in (start - 1, start):
                if first >= 0 and flags[first] and view.free(first, first + 2):
                    self._with_harbour(view, first, start)
            if start and folded[start - 1] in _AND:
                self._between(view, start, _SIGNS, _DIVISIONS)
        for start, _, _ in view.triggers["sure_initial"]:
            if start and folded[start - 1] in _AND:
                self._between(view, start, _SIGNS, _DIVISIONS)
        for start, _, _ in view.triggers["from_state"]:
            self._between(view, start + 1, _BOUGHT, _STATES)
        if len(view.initials) > 1 and (strings := _strings(view)):
            for names in strings:
                self._lengthen(view, names)
            self._repeat(view)

    def _with_harbour(self, view: View, first: int, harbour: int) -> None:
        """Accepts a harbour's character and the initial beside it: 豫|台, 青|港, 中|港; not 北|港."""
        folded, flags = view.folded, view.flags
        other = first + (first == harbour)
        letter, character = folded[other : other + 1], folded[harbour]
        sure = letter in SURE_LETTERS
        if not (sure or letter == "中" or letter in view.lent or letter in self._places.letters):
            return
        spoken_of = self._words.is_frame(folded, first + 2)
        if not (spoken_of or (flags[first + 2] and sure and (harbour > first or character != "台"))):
            return
        (place,) = of_levels(self._places.letters[character], "province")
        if sure:
            entries = of_levels(self._places.letters[letter], *_DIVISIONS)
        else:
            if place.code not in view.named and view.convention != _AT_HOME[character]:
                return
            entries = (self._places.entries["CN"],) if letter == "中" and character == "港" else self._evident(view, letter)
        if entries:
            self._places.accept_initial(view, other, entries)
            self._places.accept_initial(view, harbour, (place,))

    def _between(self, view: View, position: int, after: tuple[str, ...], levels: tuple[str, ...]) -> None:
        """Accepts an initial by what stands on both sides: 与|粤|签, 自|美|进口."""
        folded, flags = view.folded, view.flags
        if not (flags[position - 1] and flags[position] and flags[position + 1] and folded.startswith(after, position + 1)):
            return
        entries = of_levels(self._places.letters[folded[position]], *levels)
        if entries and view.free(position, position + 1):
            self._places.accept_initial(view, position, entries)

    def _evident(self, view: View, letter: str) -> tuple[RegionEntry, ...]:
        """What an initial stands for among the places that the text names: countries, provinces and cities."""
        named = tuple([e for e in self._places.letters.get(letter, ()) if e.code in view.named and e.level in (*_DIVISIONS, "country")])
        return named or view.lent.get(letter, ())

    def _lengthen(self, view: View, names: list[Name]) -> None:
        """Accepts what stands beside initials and is named in the text (珠澳|葡), and countries up to their count (美日|澳纽等国)."""
        folded, flags = view.folded, view.flags
        start, end = names[0].start, names[-1].end
        if all(name.entries[0].level in ("country", "macro") for name in names) and (more := COUNTRIES_COUNTED.match(folded, end)):
            countries = [of_levels(self._places.letters.get(letter, ()), "country") or view.lent.get(letter, ()) for letter in more[0]]
            if all(countries) and view.free(*more.span()):
                for position, entries in enumerate(countries, end):
                    self._places.accept_initial(view, position, entries)
                return
        if end < len(folded) and flags[end] and view.free(end, end + 1):
            entries = self._evident(view, folded[end])
            if entries and (self._words.is_frame if flags[end + 1] else self._words.is_context)(folded, end + 1):
                self._places.accept_initial(view, end, entries)
        if start and flags[start - 1] and flags[start] and view.free(start - 1, start) and self._words.opens_name(view, start - 1):
            entries = self._evident(view, folded[start - 1])
            if entries and self._words.is_frame(folded, end):
                self._places.accept_initial(view, start - 1, entries)

    def _repeat(self, view: View) -> None:
        """Accepts the same initials wherever they stand again as words, or before what may follow a pair."""
        folded, flags = view.folded, view.flags
        known: dict[str, list[Name]] = {}
        for names in _strings(view):
            known.setdefault(folded[names[0].start : names[-1].end], names)
        for string, names in known.items():
            word = self._words.pos(string).startswith(("v", "a", "d"))  # 中意
            start = folded.find(string)
            while start >= 0:
                end = start + len(string)
                spoken_of = self._words.is_frame(folded, end)
                if flags[start] and view.free(start, end) and (spoken_of or (flags[end] and not word)):
                    for position, name in enumerate(names, start):
                        self._places.accept_initial(view, position, name.entries)
                start = folded.find(string, end)


def _strings(view: View) -> list[list[Name]]:
    """The accepted initials that stand side by side, as they stand."""
    strings: list[list[Name]] = []
    run: list[Name] = []
    for position in sorted(set(view.initials)):
        name = view.starts.get(position)
        if name is None or name.end != position + 1:
            continue  # taken back, or part of a longer name
        if run and run[-1].end != name.start:
            if len(run) > 1:
                strings.append(run)
            run = []
        run.append(name)
    return [*strings, run] if len(run) > 1 else strings
