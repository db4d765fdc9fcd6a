"""The words and marks of one text that make a rule look, found in one pass."""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

import daachorse

from jianbao.lexicon import Lexicon, PlaceWordEntry

Marks = dict[str, Iterable[str]]
"""The marks that a room asks for, by the name under which it wants to find them."""

Found = dict[str, list[tuple[int, int, Any]]]
"""Start, end and entry of each trigger, by what it is, by start and then longest first."""


class Triggers:
    """One automaton over the words of the lexicons and the marks that rooms ask for.

    Of the lexicons: `head` ends the name of a zone or macro-region, `deictic` points, `string` is initials side by side (中美), `single` an initial with the
    word beside it that licenses it (中方, 赴美). Marks have the names that their rooms give them, and no entry.
    """

    def __init__(self, words: Lexicon, zones: Lexicon, marks: Marks) -> None:
        entries: dict[str, tuple[str, Any]] = {s: ("head", e) for s, e in zones.by_surface.items() if e.sense not in ("edge", "inner")}
        places: dict[str, PlaceWordEntry] = words.by_surface
        for surface, word in places.items():
            if word.sense == "deictic":
                entries[surface] = ("deictic", word)
            elif word.sense in ("string", "weak_string", "initial"):
                entries[surface] = ("string", word)
            elif word.sense == "tail":
                for letter in word.letters:
                    entries.setdefault(letter + surface, ("single", word))
            elif word.sense == "lead":
                for letter in word.letters:
                    entries.setdefault(surface + letter, ("single", word))
        triggers: dict[str, list[tuple[str, Any]]] = {surface: [entry] for surface, entry in entries.items()}
        for kind, surfaces in marks.items():
            for surface in surfaces:
                triggers.setdefault(surface, []).append((kind, None))
        self._kinds = ("head", "deictic", "string", "single", *marks)
        self._triggers = list(triggers.values())
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(triggers))

    def find(self, folded: str) -> Found:
        """The triggers of a text; of each kind a list, if an empty one."""
        by_kind: Found = {kind: [] for kind in self._kinds}
        triggers = self._triggers
        found = self._automaton.find_overlapping(folded)
        found.reverse()  # they come by end: now of those with one start the longest leads
        found.sort(key=_start)
        for start, end, index in found:
            for kind, entry in triggers[index]:
                by_kind[kind].append((start, end, entry))
        return by_kind


_start = itemgetter(0)
