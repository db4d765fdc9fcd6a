"""The choice among candidates that overlap: the longest stays, and none inside an ordinary phrase."""

from operator import attrgetter

import daachorse

from jianbao.extractors.organisation.view import Candidate, View
from jianbao.lexicon import Lexicon

_start = attrgetter("start")


class Choice:
    """Chooses by length; the phrases of the lexicon of stops refuse."""

    def __init__(self, stops: Lexicon) -> None:
        phrases = [surface for surface, entry in stops.by_surface.items() if "organisation" in entry.refuses]
        self._stop_words = daachorse.CharwiseDoubleArrayAhoCorasick(phrases) if phrases else None

    def choose(self, view: View) -> list[Candidate]:
        """Of overlapping candidates the longest; none where an ordinary phrase stands."""
        stops = bytearray(len(view.folded) + 1)  # inside a stop phrase: 1 at its start, 2 further in
        stopped = self._stop_words.find_overlapping(view.folded) if self._stop_words is not None else []
        for start, end, _ in stopped:
            stops[start] = stops[start] or 1
            stops[start + 1 : end] = b"\x02" * (end - start - 1)
        holders: dict[int, Candidate] = {}  # by each position that a chosen one takes
        chosen: list[Candidate] = []
        for candidate in sorted(view.found, key=_longest_first):
            start, end = candidate.start, candidate.end
            if stopped and (
                stops[start] == 2 or stops[end] == 2 or (stops[start] == 1 and 1 not in stops[start + 1 : end] and 0 not in stops[start:end])
            ):
                continue
            # Longest first: an earlier one that overlaps holds this one's first or last character.
            holder = holders.get(start) or holders.get(end - 1)
            if holder is None:
                for position in range(start, end):
                    holders[position] = candidate
                chosen.append(candidate)
            elif candidate.lexicon[:1] != holder.lexicon[:1]:
                holder.refused = (*holder.refused, *candidate.lexicon[:1])
        for candidate in chosen:
            if candidate.refused:
                candidate.refused = tuple(dict.fromkeys(candidate.refused))
        chosen.sort(key=_start)
        return chosen


def _longest_first(candidate: Candidate) -> tuple[int, int, int, str]:
    return candidate.start - candidate.end, -candidate.weight, candidate.start, candidate.rule
