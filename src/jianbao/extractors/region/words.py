"""The words of the rule lexicons by what they do beside a place: they point, string places together, license one, or end a zone's name."""

import re
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import daachorse

from jianbao.extractors.region.view import View
from jianbao.lexicon import Lexicon, PlaceWordEntry
from jianbao.segmenter import WordSegmenter

# 阿曼|达, 马里|内蒂, 鲁西|迪: a short name that goes on as a foreign person's.
TRANSLITERATED = frozenset("尔斯德特迪达蒂内娜莉丝姆茨鲁瓦沃克夫伊诺亚奇瑞恩")
LISTED_BY = frozenset("、和与及")
HAN = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(slots=True)
class Triggers:
    """The words of one text that make a rule look, each kind by start and then longest first.

    Attributes:
        heads: What ends the name of a zone or a macro-region: start, end, entry.
        deictic: What points: start, end.
        strings: Initials that stand side by side (中美): start, end, sense, entry.
        singles: An initial with the word beside it that licenses it (中方, 赴美): start, end, sense, entry.
    """

    heads: list[tuple[int, int, Any]]
    deictic: list[tuple[int, int]]
    strings: list[tuple[int, int, str, PlaceWordEntry]]
    singles: list[tuple[int, int, str, PlaceWordEntry]]


class Words:
    """The words of the lexicons, and the dictionary behind them.

    Attributes:
        pos: The dictionary's part of speech of a word.
        contexts: What may follow initials of places: 两地, 合作.
        splits: Words that begin with the suffix of a division and belong to what follows: 市|政府.
        directions: Parts of China that are also points of the compass: 西部.
        leads: Characters that license the initial after them: 赴.
        weak_strings: Initials side by side that are also ordinary words, by surface.
        zone_edges: Words that no zone's name holds.
        zone_verbs: Words that one may hold though they are no names.
    """

    def __init__(self, words: Lexicon, zones: Lexicon, segmenter: WordSegmenter) -> None:
        self.pos = segmenter.pos
        places: dict[str, PlaceWordEntry] = words.by_surface
        self.contexts = tuple(s for s, e in places.items() if e.sense == "context" or (e.sense == "deictic" and s[0] in "两三四五"))
        self.splits = frozenset(s for s, e in places.items() if e.sense == "split")
        self.directions = frozenset(s for s, e in places.items() if e.sense == "direction")
        self.leads = frozenset(s for s, e in places.items() if e.sense == "lead" and len(s) == 1)
        self.weak_strings = {s: e for s, e in places.items() if e.sense == "weak_string"}
        self.zone_edges = frozenset(s for s, e in zones.by_surface.items() if e.sense == "edge")
        self.zone_verbs = frozenset(s for s, e in zones.by_surface.items() if e.sense == "inner")
        # One automaton over zone heads, deictic words, strings of initials, and initials with the word that licenses them.
        triggers: dict[str, tuple[str, Any]] = {s: ("zone", e) for s, e in zones.by_surface.items() if e.sense not in ("edge", "inner")}
        for surface, word in places.items():
            if word.sense in ("deictic", "string", "weak_string", "initial"):
                triggers[surface] = (word.sense, word)
            elif word.sense == "tail":
                for letter in word.letters:
                    triggers.setdefault(letter + surface, ("tail", word))
            elif word.sense == "lead":
                for letter in word.letters:
                    triggers.setdefault(surface + letter, ("lead", word))
        self._triggers = list(triggers.values())
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(triggers))

    def triggers(self, folded: str) -> Triggers:
        """The words of a text that make a rule look."""
        found = self._automaton.find_overlapping(folded)
        found.reverse()  # they come by end: now of those with one start the longest leads
        found.sort(key=_start)
        triggers = Triggers([], [], [], [])
        for start, end, index in found:
            sense, word = self._triggers[index]
            if sense == "zone":
                triggers.heads.append((start, end, word))
            elif sense == "deictic":
                triggers.deictic.append((start, end))
            elif sense in ("tail", "lead"):
                triggers.singles.append((start, end, sense, word))
            else:
                triggers.strings.append((start, end, sense, word))
        return triggers

    def opens_name(self, view: View, position: int) -> bool:
        """Whether a name may begin at a position: after a mark, or a word that no name holds."""
        folded = view.folded
        if not position or not "\u4e00" <= folded[position - 1] <= "\u9fff":
            return True
        word = folded[view.word_before(position) : position]
        return word in self.zone_edges or self.pos(word).startswith(("v", "p", "c", "u", "d"))

    def begins_name(self, view: View, start: int) -> bool:
        """Whether the word at `start` is a single character or a person's name."""
        end = view.word_end(start)
        return end == start + 1 or self.pos(view.folded[start:end]).startswith("nr")


_start = itemgetter(0)
