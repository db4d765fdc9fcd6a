"""One text as parties are read in it: where names, dates, commas and connectors stand."""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import pairwise

from jianbao.resolvers.parties.bodies import in_order, is_vague_pair, start_of
from jianbao.text import Mention, Text

REACH = 300
"""How far before a verb its parties may stand."""

# Words, no set of characters: a pattern whose branches begin with a letter each is searched for at C speed.
LINK = re.compile(r"以及|与|和|同|跟|及|暨|、")
# A comma or colon, but none of 1,200 or 9:30; the marks stand in one set in front, as in `text.py`.
_COMMA = re.compile(r"[,:\n](?:(?<=\n)|(?<![0-9].)|(?![0-9]))")
BRACKET = re.compile(r"\([^()\n]{0,80}\)|\[[^\[\]\n]{0,80}\]")


class View:
    """The names of an article that are not furniture, and what stands between them.

    Args:
        text: An article whose mentions are resolved, in written order.
    """

    def __init__(self, text: Text) -> None:
        self.text = text
        self.folded = text.folded
        self.boundaries = text.boundaries
        furniture = text.boilerplate
        bodies: list[Mention] = []
        tiles: list[Mention] = []
        outer: list[Mention] = []
        reach = 0
        last, passed = 0, 0  # where the furniture ends that began last, and how much has begun
        for m in in_order([m for m in text.mentions if m.kind != "date" and m.kind != "figure"]):
            end = m.end
            if m.kind == "agreement":
                if end > reach:
                    tiles.append(m)
                    reach = end
                continue
            while passed < len(furniture) and furniture[passed][0] <= m.start:
                last = furniture[passed][1]
                passed += 1
            if end <= last:
                continue
            bodies.append(m)
            if end > reach:
                tiles.append(m)
                outer.append(m)
                reach = end
        self.bodies = bodies
        self.tiles = tiles  # the outermost of all names, in order
        self.tile_starts = [m.start for m in tiles]
        self.outer = outer  # those of bodies
        self.outer_starts = [m.start for m in outer]
        self.ending = {m.end: m for m in outer}
        self.dates = {m.end: m for m in text.mentions if m.kind == "date"}

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

    def starting(self, position: int) -> list[Mention]:
        """The bodies that begin at a position, the longest first."""
        first = bisect_left(self.bodies, position, key=start_of)
        return self.bodies[first : bisect_right(self.bodies, position, lo=first, key=start_of)]

    def vague_pair(self, start: int, end: int) -> bool:
        """Whether 两国 or the like, of which nobody knows the two, stands between two positions."""
        return self.folded.find("两", start, end) >= 0 and any(is_vague_pair(m) for m in self.between(start, end))

    def bodies_before(self, position: int) -> list[Mention]:
        """The bodies of the last few sentences before a position."""
        last = bisect_left(self.outer_starts, position)
        return self.outer[max(0, last - 40) : last]

    def starts_body(self, position: int) -> bool:
        """Whether a name begins at a position."""
        index = bisect_left(self.outer_starts, position)
        return index < len(self.outer) and self.outer[index].start == position

    def date_from(self, start: int, limit: int) -> int:
        """Where the longest date ends that begins at a position and reaches no further than a limit; 0 for none."""
        ends = self._date_ends.get(start)
        return max([end for end in ends if end <= limit], default=0) if ends else 0

    @cached_property
    def _date_ends(self) -> dict[int, list[int]]:
        ends: dict[int, list[int]] = {}
        for end, m in self.dates.items():
            ends.setdefault(m.start, []).append(end)
        return ends

    def parts(self, start: int, end: int) -> list[tuple[int, int]]:
        """The pieces between commas, brackets kept whole."""
        cuts = [m.start() for m in _COMMA.finditer(self.folded, start, end)]
        if not cuts:
            return [(start, end)]
        holes = self._holes(start, end)
        cuts = [c for c in cuts if not self.inside(c) and not any(a < c < b for a, b in holes)]
        edges = [start - 1, *cuts, end]
        return [(a + 1, b) for a, b in pairwise(edges)]

    def links(self, start: int, end: int, pattern: re.Pattern[str] = LINK) -> list[tuple[int, int]]:
        """The connectors between two positions, words of their own that stand in no name."""
        folded, boundaries = self.folded, self.boundaries
        found = []
        for m in pattern.finditer(folded, start, end):
            a, b = m.span()
            word = folded[a] == "、" or (boundaries[b] and (boundaries[a] or a in self.ending))
            if word and not self.inside(a) and not folded.startswith(("其", "此", "之"), b):
                found.append((a, b))
        if found and (holes := self._holes(start, end)):
            found = [(a, b) for a, b in found if not any(x < a < y for x, y in holes)]
        return found

    def _holes(self, start: int, end: int) -> list[tuple[int, int]]:
        """What stands in brackets."""
        return [m.span() for m in BRACKET.finditer(self.folded, start, end)]
