"""Misprints: a listed name one character off a place of the neighbourhood, as in 四平市、潦源市、通化市."""

import re

from rapidfuzz import process
from rapidfuzz.distance import Hamming

from jianbao.extractors.region.gazetteer import Gazetteer
from jianbao.extractors.region.triggers import Marks
from jianbao.extractors.region.view import Name, View
from jianbao.lexicon import RegionEntry

MISPRINT = re.compile(r"[、,]([\u4e00-\u9fff]{2,4}[市县州])(?=[、,和与及等])")


# Before it a suffix in a list: only there is a misprint looked for.
MARKS: Marks = {"listed_suffix": [suffix + mark for suffix in "市县州" for mark in "、,和与及等"]}


class Misprints:
    """Accepts as a place what is nearly one, beside places."""

    def __init__(self, places: Gazetteer) -> None:
        self._places = places

    def find(self, view: View) -> None:
        """A listed name one character off a place of the neighbourhood: 四平市、潦源市、通化市."""
        folded = view.folded
        last = -1
        for suffix, _, _ in view.triggers["listed_suffix"]:
            mark = max(folded.rfind("、", max(0, suffix - 5), suffix), folded.rfind(",", max(0, suffix - 5), suffix))
            if mark <= last:
                continue
            last = mark
            match = MISPRINT.match(folded, mark)
            if match is None:
                continue
            start, end = match.span(1)
            if not view.free(start, end) or not (view.ends.get(start - 1) or view.starts.get(end + 1)):
                continue
            if any(view.flags[i] and not view.flags[i + 1] for i in range(start, end - 2)):
                continue  # made of ordinary words
            neighbours = self._neighbourhood(view.ends.get(start - 1) or view.starts.get(end + 1), end - start)
            best = process.extract(match[1], list(neighbours), scorer=Hamming.distance, score_cutoff=1, limit=2)
            if len(best) == 1 and best[0][0][-1] == match[1][-1]:
                entry = neighbours[best[0][0]]
                self._places.accept(view, start, end, (entry,), "region.misprint")

    def _neighbourhood(self, name: Name | None, length: int) -> dict[str, RegionEntry]:
        """The full names of that length beside and under the places of a name."""
        names: dict[str, RegionEntry] = {}
        for entry in name.entries if name else ():
            for sibling in self._places.children.get(entry.parent or "", ()):
                if len(sibling.hans) == length:
                    names[sibling.hans] = sibling
        return names
