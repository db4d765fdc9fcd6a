"""The words of the rule lexicons by what they do beside a place: they license it, are one word with it, or stand in no zone's name."""

import re
from collections.abc import Iterable

from jianbao.extractors.region.view import View
from jianbao.lexicon import Lexicon, PlaceWordEntry
from jianbao.segmenter import WordSegmenter

# 阿曼|达, 马里|内蒂, 鲁西|迪: a short name that goes on as a foreign person's.
TRANSLITERATED = frozenset("尔斯德特迪达蒂内娜莉丝姆茨鲁瓦沃克夫伊诺亚奇瑞恩")
LISTED_BY = frozenset("、和与及")
HAN = re.compile(r"[\u4e00-\u9fff]+")


class Words:
    """The words of the lexicons, and the dictionary behind them.

    Attributes:
        pos: The dictionary's part of speech of a word.
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
        contexts = [s for s, e in places.items() if e.sense == "context" or (e.sense == "deictic" and s[0] in "两三四五")]
        frames = [*contexts, *(s for s, e in places.items() if e.sense == "frame" or (e.sense == "tail" and len(s) > 1))]
        self._contexts = _by_first(contexts)
        self._frames = _by_first(frames)
        self._abroad = _by_first([*frames, *(s for s, e in places.items() if e.sense == "abroad")])
        self.splits = frozenset(s for s, e in places.items() if e.sense == "split")
        self.directions = frozenset(s for s, e in places.items() if e.sense == "direction")
        self.leads = frozenset(s for s, e in places.items() if e.sense == "lead" and len(s) == 1)
        self.weak_strings = {s: e for s, e in places.items() if e.sense == "weak_string"}
        self.zone_edges = frozenset(s for s, e in zones.by_surface.items() if e.sense == "edge")
        self.zone_verbs = frozenset(s for s, e in zones.by_surface.items() if e.sense == "inner")

    def is_context(self, folded: str, position: int) -> bool:
        """Whether what may follow initials of places stands at a position: 两地, 合作."""
        words = self._contexts.get(folded[position : position + 1])
        return words is not None and folded.startswith(words, position)

    def is_frame(self, folded: str, position: int) -> bool:
        """Whether that stands there, or what may follow initials that other evidence speaks for: 发展, 企业家."""
        words = self._frames.get(folded[position : position + 1])
        return words is not None and folded.startswith(words, position)

    def is_abroad(self, folded: str, position: int) -> bool:
        """Whether that stands there, or what may follow a country's initial after 在 or 对 (在尼|投资): without it these stand before too much else."""
        words = self._abroad.get(folded[position : position + 1])
        return words is not None and folded.startswith(words, position)

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


def _by_first(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Words by their first characters: most positions in a text have none that could begin there."""
    by_first: dict[str, tuple[str, ...]] = {}
    for word in words:
        by_first[word[0]] = (*by_first.get(word[0], ()), word)
    return by_first
