"""Where an article names agreements, and how far the words about one reach."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from jianbao.text import Mention, Text

_LIST = frozenset(("、", "和", "与", "及", "以及"))
BEFORE, AFTER = 320, 120  # how much of a clause around an agreement's name is read


class Agreements:
    """The agreements that an article names, by start and then longest first."""

    def __init__(self, text: Text, agreements: Sequence[Mention]) -> None:
        self._text = text
        self._agreements = agreements
        self._starts = [m.start for m in agreements]

    def hold(self, mention: Mention) -> bool:
        """Whether a mention lies in the name of an agreement."""
        index = bisect_right(self._starts, mention.start) - 1
        return index >= 0 and self._agreements[index].covers(mention)

    def clause(self, mention: Mention) -> tuple[int, int]:
        """The part of the sentence between semicolons that holds a mention, as much of it as is read."""
        start, end = self._text.sentence_span(mention.start)
        folded = self._text.folded
        start, end = max(start, mention.start - BEFORE), min(end, mention.end + AFTER)
        left = folded.rfind(";", start, mention.start) + 1
        right = folded.find(";", mention.end, end)
        return max(start, left), right if right >= 0 else end

    def listed_with(self, mention: Mention) -> list[Mention]:
        """The list of names that a mention stands in: 茶叶采购意向书、咖啡采购意向书."""
        index = bisect_left(self._starts, mention.start)
        first = last = index
        while first and self._joins(self._agreements[first - 1], self._agreements[first]):
            first -= 1
        while last + 1 < len(self._agreements) and self._joins(self._agreements[last], self._agreements[last + 1]):
            last += 1
        return list(self._agreements[first : last + 1])

    def _joins(self, mention: Mention, following: Mention) -> bool:
        return following.start >= mention.end and self._text.folded[mention.end : following.start] in _LIST

    def first_between(self, start: int, end: int) -> Mention | None:
        """The first agreement that begins between two positions."""
        index = bisect_left(self._starts, start)
        return self._agreements[index] if index < len(self._agreements) and self._starts[index] < end else None

    def end_before(self, position: int) -> int:
        """Where the last agreement ends that begins before a position; 0 for none."""
        index = bisect_left(self._starts, position)
        return min(self._agreements[index - 1].end, position) if index else 0

    def another_between(self, start: int, end: int) -> bool:
        """Whether another agreement is named between two positions; 合约总值, 协议约定 and an alias in brackets are the same one."""
        index = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return any(m.end <= end and m.rule not in ("agreement.alias", "agreement.head") for m in self._agreements[index:last])
