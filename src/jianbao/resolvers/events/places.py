"""Where an agreement was signed."""

from bisect import bisect_left
from collections.abc import Sequence

from jianbao.records import RegionValue
from jianbao.resolvers.parties import before_apposition
from jianbao.text import Mention, Text

_IN = ("在", "于")
_REACH = 60  # characters before the verb
_LONGEST_LEAD = 3  # of 在 and what says what the place is: 在首都|万象


class Places:
    """The regions of an article as places of signing."""

    def __init__(self, text: Text, regions: Sequence[Mention]) -> None:
        self._text, self._regions = text, regions
        self._starts = [m.start for m in regions]

    def of(self, start: int, verb: int) -> str | None:
        """Where it was signed: the places after 在 before the verb."""
        folded, reach = self._text.folded, max(start, verb - _REACH)
        if all(folded.find(word, max(0, reach - _LONGEST_LEAD), verb) < 0 for word in _IN):
            return None
        first, last = bisect_left(self._starts, reach), bisect_left(self._starts, verb)
        name, end = "", -1
        for m in self._regions[first:last]:
            if m.end > verb:
                continue
            head = before_apposition(folded, start, m.start)
            if folded[max(0, head - 1) : head] in _IN:
                name, end = self._place_name(m), m.end
            elif head == end:
                name, end = name + self._place_name(m), m.end
        return name or None

    def _place_name(self, mention: Mention) -> str:
        value = mention.value
        return value.name if mention.deictic and type(value) is RegionValue else self._text.folded[mention.start : mention.end]
