"""What stands in a stretch of text: names that are found already, and hits of the lexicons."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from jianbao.text import Hit, Mention, Text


class Spans:
    """The spans of mentions that do not cross, for questions about a place."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        spans = sorted({(m.start, m.end) for m in mentions})
        kept: list[tuple[int, int]] = []
        for span in spans:
            if not kept or span[1] > kept[-1][1]:
                kept.append(span)
        self._starts = [start for start, _ in kept]
        self._ends = [end for _, end in kept]

    def cover(self, start: int, end: int) -> bool:
        """Whether one of them holds the span."""
        index = bisect_right(self._starts, start) - 1
        return index >= 0 and end <= self._ends[index]

    def end_before(self, position: int) -> int:
        """The end of the last one that ends at or before a position; 0 for none."""
        index = bisect_right(self._ends, position) - 1
        return self._ends[index] if index >= 0 else 0


def hits_between(text: Text, start: int, end: int, *labels: str) -> Iterator[Hit]:
    """The hits of some lexicons that lie between two positions, lexicon by lexicon."""
    for label in labels:
        hits = text.hits.get(label, ())
        for hit in hits[bisect_left(hits, start, key=_start_of) : bisect_left(hits, end, key=_start_of)]:
            if hit.end <= end:
                yield hit


def _start_of(hit: Hit) -> int:
    return hit.start
