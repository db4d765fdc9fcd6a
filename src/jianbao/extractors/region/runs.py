"""Runs of initials that need no word beside them: 辽绍 where the text names both, 京津 anywhere, 桂渝黔川陇."""

import re

from jianbao.extractors.region.gazetteer import SURE_LETTERS, Gazetteer, of_levels
from jianbao.extractors.region.view import View
from jianbao.extractors.region.words import Words
from jianbao.numerals import ONES

# Initials of provinces, of which three or more side by side are places if half of them are sure: 桂渝黔川陇.
SURE_PROVINCES = frozenset("京津沪渝冀豫滇湘皖鲁浙赣鄂粤闽陕黔琼桂陇晋辽蒙藏")
PROVINCE_RUN = re.compile("[京津沪渝冀豫滇湘皖鲁浙赣鄂粤闽黔琼晋陕吉辽黑苏川桂甘宁青新蒙藏贵云陇港澳台]{3,9}")
# 陕甘宁青新|五省区: how many they are makes them sure.
PROVINCES_COUNTED = re.compile("等?([三四五六七八九])省(?!会|[道级立])")
_AFTER_RUN = frozenset("”)之—")
_BEFORE_RUN = frozenset("“(《")


class Runs:
    """Accepts initials side by side, each of them a word by itself."""

    def __init__(self, places: Gazetteer, words: Words) -> None:
        self._places = places
        self._words = words
        self._letter_run = re.compile(f"[{''.join(sorted(places.letters))}]{{2,8}}")

    def find_named(self, view: View) -> None:
        """Accepts runs of initials of places that the text names in full, or that are hardly ever anything else: 辽绍, 长辽梅通白延."""
        folded, flags, covered = view.folded, view.flags, view.covered
        letters = set(SURE_LETTERS)
        for code in view.named:
            letters.update(self._places.letters_by_code.get(code, ()))
        for match in self._letter_run.finditer(folded):
            if letters.isdisjoint(match[0]):
                continue
            start, end = match.span()
            while start < end:
                stop = start
                while stop < end and folded[stop] in letters and flags[stop] and flags[stop + 1] and not covered[stop]:
                    stop += 1
                if stop - start >= 2 and self._is_run(view, start, stop):
                    for position in range(start, stop):
                        self._places.accept_initial(view, position, self._places.letters[folded[position]])
                elif stop - start == 1 and folded[start] in SURE_LETTERS and _joins_string(view, start):
                    self._places.accept_initial(view, start, self._places.letters[folded[start]])  # 闽浙|赣三省
                start = max(stop, start + 1)

    def find_provinces(self, view: View) -> None:
        """Accepts every initial in a run of three or more provinces: 桂渝黔川陇, 陕甘宁青新|五省区."""
        folded, flags = view.folded, view.flags
        for match in PROVINCE_RUN.finditer(folded):
            start, end = match.span()
            letters = {*match[0]}
            if len(letters) < end - start or not (flags[start] and flags[end]):
                continue
            counted = PROVINCES_COUNTED.match(folded, end)
            if counted and ONES[counted[1]] == end - start:
                for name in [view.starts[i] for i in range(start, end) if i in view.starts]:
                    if name.end - name.start > 1:
                        view.remove(name)  # 陕甘宁|青新五省区
            elif letters.isdisjoint(SURE_LETTERS) or len(letters & SURE_PROVINCES) * 2 < len(letters) or not all(flags[i] for i in range(start, end)):
                continue
            for position in range(start, end):
                provinces = of_levels(self._places.letters.get(folded[position], ()), "province")
                if provinces and view.free(position, position + 1):
                    self._places.accept_initial(view, position, provinces)

    def _is_run(self, view: View, start: int, end: int) -> bool:
        """Whether initials side by side are places: all of them sure, or of one level and with something that speaks for them."""
        folded = view.folded
        run = folded[start:end]
        if len(set(run)) < len(run):
            return False
        sure = sum(letter in SURE_LETTERS for letter in run)
        if sure == len(run):
            return True
        context = folded.startswith(self._words.contexts, end)
        levels = [{e.level for e in self._places.letters[letter] if e.code in view.named or letter in SURE_LETTERS} for letter in run]
        common = set.intersection(*levels)
        return bool(common) and (
            context or sure > 0 or len(run) >= 3 or folded[end : end + 1] in _AFTER_RUN or folded[start - 1 : start] in _BEFORE_RUN
        )


def _joins_string(view: View, position: int) -> bool:
    """Whether an accepted initial stands right beside a position."""
    beside = (view.ends.get(position), view.starts.get(position + 1))
    return any(name is not None and name.rule == "region.abbreviation" and name.end - name.start == 1 for name in beside)
