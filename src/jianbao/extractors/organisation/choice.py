"""The choice among candidates that overlap: the longest stays, and none inside an ordinary phrase."""

from operator import attrgetter

from jianbao.extractors.organisation.view import Candidate, View

_start = attrgetter("start")


def choose(view: View) -> list[Candidate]:
    """Of overlapping candidates the longest; none where an ordinary phrase stands."""
    size = len(view.folded) + 1
    stopped = bool(view.stops)
    stops = bytearray(size if stopped else 0)  # inside a stop phrase: 1 at its start, 2 further in
    for start, end in view.stops:
        stops[start] = stops[start] or 1
        stops[start + 1 : end] = b"\x02" * (end - start - 1)
    holders: list[Candidate | None] = [None] * size  # at each position the chosen one that takes it
    chosen: list[Candidate] = []
    for candidate in sorted(view.found, key=_longest_first):
        start, end = candidate.start, candidate.end
        if stopped and (
            stops[start] == 2 or stops[end] == 2 or (stops[start] == 1 and 1 not in stops[start + 1 : end] and 0 not in stops[start:end])
        ):
            continue
        # Longest first: an earlier one that overlaps holds this one's first or last character.
        holder = holders[start] or holders[end - 1]
        if holder is None:
            holders[start:end] = [candidate] * (end - start)
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
