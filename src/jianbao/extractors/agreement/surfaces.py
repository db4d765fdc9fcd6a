"""Surfaces of a lexicon as they stand in a text, found in one pass, and whether what stands around one makes another word of it."""

import re
from collections.abc import Iterable, Iterator

import daachorse

_LATIN = re.compile(r"[A-Za-z0-9]")


class Surfaces:
    """Finds surfaces in one pass, the longest at each place."""

    def __init__(self, surfaces: Iterable[str]) -> None:
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(sorted(surfaces), daachorse.MATCH_KIND_LEFTMOST_LONGEST)

    def find(self, folded: str) -> Iterator[tuple[int, int]]:
        """Start and end of each, left to right, apart."""
        for start, end, _ in self._automaton.find(folded):
            yield start, end


def is_inside_latin(folded: str, start: int, end: int) -> bool:
    """Whether a Latin surface is part of a longer word: MOU in MOUNTAIN."""
    return bool(_LATIN.match(folded, end) or (start and _LATIN.match(folded, start - 1)))
