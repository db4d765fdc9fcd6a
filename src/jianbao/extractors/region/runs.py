"""Runs of initials that need no word beside them: 辽绍 where the text names both, 京津 anywhere, 桂渝黔川陇."""

import re

from jianbao.extractors.region.gazetteer import SURE_LETTERS, Gazetteer, of_levels
from jianbao.extractors.region.triggers import Marks
from jianbao.extractors.region.view import View
from jianbao.extractors.region.words import Words
from jianbao.numerals import ONES

# Initials of provinces, of which three or more side by side are places if half of them are sure: 桂渝黔川陇.
SURE_PROVINCES = frozenset("京津沪渝冀豫滇湘皖鲁浙赣鄂粤闽陕黔琼桂陇晋辽蒙藏")
PROVINCES = frozenset("京津沪渝冀豫滇湘皖鲁浙赣鄂粤闽黔琼晋陕吉辽黑苏川桂甘宁青新蒙藏贵云陇港澳台")
_MOST_PROVINCES = 9  # in one run
# 陕甘宁青新|五省区: how many they are makes them sure.
PROVINCES_COUNTED = re.compile("等?([三四五六七八九])省(?!会|[道级立])")
_AFTER_RUN = frozenset("”)之—")
_BEFORE_RUN = frozenset("“(《")

# What may make a run: an initial that is hardly ever anything else, or the number of provinces after it.
MARKS: Marks = {"sure_initial": SURE_LETTERS, "provinces_counted": [f"{number}省" for number in "三四五六七八九"]}


class Runs:
    """Accepts initials side by side, each of them a word by itself."""

    def __init__(self, places: Gazetteer, words: Words) -> None:
        self._places = places
        self._words = words

    def find(self, view: View) -> None:
        """Accepts the initials of runs."""
        flags = view.flags
        sure = [start for start, _, _ in view.triggers["sure_initial"]]
        self._find_named(view, [start for start in sure if flags[start] and flags[start + 1]])
        self._find_provinces(view, sure)

    def _find_named(self, view: View, sure: list[int]) -> None:
        """Runs of initials of places that the text names in full, or that are hardly ever anything else: 辽绍, 长辽梅通白延."""
        folded, flags, covered = view.folded, view.flags, view.covered
        positions = [position for position in sure if not covered[position]]
        letters_of = self._places.letters_by_code
        for letter in {letter for code in view.named for letter in letters_of.get(code, ())} - SURE_LETTERS:
            position = folded.find(letter)
            while position >= 0:
                if flags[position] and flags[position + 1] and not covered[position]:
                    positions.append(position)
                position = folded.find(letter, position + 1)
        positions.sort()
        index = 0
        while index < len(positions):
            start = positions[index]
            end = start + 1
            index += 1
            while index < len(positions) and positions[index] == end:
                end += 1
                index += 1
            # A single one may join a string: 闽浙|赣三省.
            if self._is_run(view, start, end) if end - start > 1 else folded[start] in SURE_LETTERS and _joins_string(view, start):
                for position in range(start, end):
                    self._places.accept_initial(view, position, self._places.letters[folded[position]])

    def _find_provinces(self, view: View, sure: list[int]) -> None:
        """Every initial in a run of three or more provinces: 桂渝黔川陇, 陕甘宁青新|五省区."""
        folded = view.folded
        places = sure + [start - 1 - (folded[start - 1 : start] == "等") for start, _, _ in view.triggers["provinces_counted"]]
        last = 0
        for place in sorted(places):
            if place < last:
                continue
            first, last = place, place
            while first > 0 and folded[first - 1] in PROVINCES:
                first -= 1
            while folded[last : last + 1] in PROVINCES:
                last += 1
            for start in range(first, last - 2, _MOST_PROVINCES):
                self._accept_provinces(view, start, min(start + _MOST_PROVINCES, last))

    def _accept_provinces(self, view: View, start: int, end: int) -> None:
        """Accepts a run if it is counted, or if its provinces are words by themselves and half of them sure."""
        folded, flags = view.folded, view.flags
        letters = {*folded[start:end]}
        if len(letters) < end - start or not (flags[start] and flags[end]):
            return
        counted = PROVINCES_COUNTED.match(folded, end)
        if counted and ONES[counted[1]] == end - start:
            for name in [view.starts[i] for i in range(start, end) if i in view.starts]:
                if name.end - name.start > 1:
                    view.remove(name)  # 陕甘宁|青新五省区
        elif letters.isdisjoint(SURE_LETTERS) or len(letters & SURE_PROVINCES) * 2 < len(letters) or not self._is_cut(view, start, end):
            return
        for position in range(start, end):
            provinces = of_levels(self._places.letters.get(folded[position], ()), "province")
            if provinces and view.free(position, position + 1):
                self._places.accept_initial(view, position, provinces)

    def _is_cut(self, view: View, start: int, end: int) -> bool:
        """Whether the provinces of a run are words by themselves, or the run is one of the dictionary: 冀鲁豫."""
        return view.flags.find(0, start, end) < 0 or self._words.pos(view.folded[start:end]).startswith(("j", "n"))

    def _is_run(self, view: View, start: int, end: int) -> bool:
        """Whether initials side by side are places: all of them sure, or of one level and with something that speaks for them."""
        folded = view.folded
        run = folded[start:end]
        if len(set(run)) < len(run):
            return False
        sure = sum(letter in SURE_LETTERS for letter in run)
        if sure == len(run):
            return True
        context = self._words.is_frame(folded, end)
        levels = [{e.level for e in self._places.letters[letter] if e.code in view.named or letter in SURE_LETTERS} for letter in run]
        common = set.intersection(*levels)
        return bool(common) and (
            context or sure > 0 or len(run) >= 3 or folded[end : end + 1] in _AFTER_RUN or folded[start - 1 : start] in _BEFORE_RUN
        )


def _joins_string(view: View, position: int) -> bool:
    """Whether an accepted initial stands right beside a position."""
    beside = (view.ends.get(position), view.starts.get(position + 1))
    return any(name is not None and name.rule == "region.abbreviation" and name.end - name.start == 1 for name in beside)
