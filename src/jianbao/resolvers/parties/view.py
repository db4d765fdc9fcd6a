"""One text as parties are read in it: where names, dates, commas and connectors stand."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from jianbao.text import Mention, Text

REACH = 300
"""How far before a verb its parties may stand."""

LINK = re.compile(r"以及|[与和同跟及暨、]")
_COMMA = re.compile(r"(?<![0-9])[,:]|[,:](?![0-9])|\n")
BRACKET = re.compile(r"\([^()\n]{0,80}\)|\[[^\[\]\n]{0,80}\]")


class View:
    """The names of an article that are not furniture, and what stands between them.

    Args:
        text: An article whose mentions are resolved.
        mentions: They by start and then longest first (`in_order`).
    """

    def __init__(self, text: Text, mentions: Iterable[Mention]) -> None:
        self.text = text
        self.folded = text.folded
        furniture = text.boilerplate
        self.bodies: list[Mention] = []
        self.tiles: list[Mention] = []  # the outermost of all names, in order
        self.dates: dict[int, Mention] = {}
        reach = 0
        last, passed = 0, 0  # where the furniture ends that began last, and how much has begun
        for m in mentions:
            if m.kind == "date":
                self.dates[m.end] = m
            elif m.kind != "figure":
                if m.kind != "agreement":
                    while passed < len(furniture) and furniture[passed][0] <= m.start:
                        last = furniture[passed][1]
                        passed += 1
                    if m.end <= last:
                        continue
                    self.bodies.append(m)
                if m.end > reach:
                    self.tiles.append(m)
                    reach = m.end
        self.tile_starts = [m.start for m in self.tiles]
        self.outer = [m for m in self.tiles if m.kind != "agreement"]
        self.outer_starts = [m.start for m in self.outer]
        self.ending = {m.end: m for m in self.outer}
        self.body_starts = [m.start for m in self.bodies]

    def inside(self, position: int) -> bool:
        """Whether a folded position lies in a name or title."""
        index = bisect_right(self.tile_starts, position) - 1
        return index >= 0 and position < self.tiles[index].end

    def without_names(self, start: int, end: int) -> str:
        """The words between two positions with every name blanked out: 新希望集团 hopes for nothing."""
        words = self.folded[start:end]
        for m in self.between(start, end):
            words = f"{words[: m.start - start]}{'□' * (m.end - m.start)}{words[m.end - start :]}"
        return words

    def between(self, start: int, end: int) -> list[Mention]:
        """The names that lie between two positions."""
        first = bisect_left(self.outer_starts, start)
        last = bisect_left(self.outer_starts, end)
        return [m for m in self.outer[first:last] if m.end <= end]

    def bodies_before(self, position: int) -> list[Mention]:
        """The bodies of the last few sentences before a position."""
        last = bisect_left(self.outer_starts, position)
        return self.outer[max(0, last - 40) : last]

    def starts_body(self, position: int) -> bool:
        """Whether a name begins at a position."""
        index = bisect_left(self.outer_starts, position)
        return index < len(self.outer) and self.outer[index].start == position

    def dates_in(self, start: int, end: int) -> Iterator[Mention]:
        """The dates that lie between two positions."""
        for last in range(start + 1, min(end, start + 60) + 1):
            date = self.dates.get(last)
            if date is not None and date.start >= start:
                yield date

    def parts(self, start: int, end: int) -> list[tuple[int, int]]:
        """The pieces between commas, brackets kept whole."""
        holes = [m.span() for m in BRACKET.finditer(self.folded, start, end)]
        cuts = [m.start() for m in _COMMA.finditer(self.folded, start, end)]
        cuts = [c for c in cuts if not any(a < c < b for a, b in holes) and not self.inside(c)]
        edges = [start - 1, *cuts, end]
        return [(a + 1, b) for a, b in pairwise(edges)]

    def links(self, start: int, end: int, pattern: re.Pattern[str] = LINK) -> list[tuple[int, int]]:
        """The connectors between two positions, words of their own that stand in no name."""
        holes = [m.span() for m in BRACKET.finditer(self.folded, start, end)]
        found = []
        for m in pattern.finditer(self.folded, start, end):
            a, b = m.span()
            word = m[0] == "、" or (self.text.is_word_start(b) and (self.text.is_word_start(a) or a in self.ending))
            if word and not self.inside(a) and not any(x < a < y for x, y in holes) and not self.folded.startswith(("其", "此", "之"), b):
                found.append((a, b))
        return found
