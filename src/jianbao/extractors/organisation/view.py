"""One text as the rules look at it and what they have put forward: each reads it and adds to it, no rule calls another's finder."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from jianbao.lexicon import RegionEntry
from jianbao.records import OrganisationType
from jianbao.text import Hit, Text

LONGEST = 34  # characters of a name before its head
_HOMES = {"hongkong": "810000", "macau": "820000", "taiwan": "710000"}
_RANKS = {"country": 0, "province": 1, "prefecture": 2, "county": 3}


@dataclass(slots=True)
class Candidate:
    """A span that may be an organisation."""

    start: int
    end: int
    type: OrganisationType
    rule: str
    lexicon: tuple[str, ...] = ()
    name: str | None = None
    region: str | None = None
    weight: int = 0
    refused: tuple[str, ...] = ()


@dataclass(slots=True)
class View:
    """One text as the rules look at it, with what they have found so far."""

    folded: str
    boundaries: bytearray
    hits: Sequence[Hit]
    place_ends: dict[int, list[tuple[int, RegionEntry]]]
    bodies: dict[int, Candidate] = field(default_factory=dict)  # by end
    guarded: dict[int, Candidate] = field(default_factory=dict)  # by end
    ends: set[int] = field(default_factory=set)  # of places, bodies and guarded names: one look-up for all three
    doubtful_places: dict[int, int] = field(default_factory=dict)  # the starts of guarded places (和平, 三重) by end
    found: list[Candidate] = field(default_factory=list)
    triggers: list[tuple[int, int, str]] = field(default_factory=list)  # start, end, sense
    stops: list[tuple[int, int]] = field(default_factory=list)  # the ordinary phrases in which no name stands
    home: str = "CN"  # the region where the article is written: of several bodies of one name the one at home is meant

    @classmethod
    def of(cls, text: Text) -> "View":
        """A text before any rule has looked at it: with its places."""
        places, doubtful = _places(text)
        home = _HOMES.get(text.article.convention, "CN") if text.article else "CN"
        return cls(text.folded, text.boundaries, text.hits.get("organisation", ()), places, ends=set(places), doubtful_places=doubtful, home=home)

    def add(self, candidate: Candidate) -> None:
        """Keeps a candidate; a later name may be built upon the longest that ends where it does."""
        self.found.append(candidate)
        end = candidate.end
        known = self.bodies.get(end)
        if known is None or candidate.start < known.start:
            self.bodies[end] = candidate
            self.ends.add(end)

    def holds_no_body(self, end: int) -> bool:
        """Whether no body stands in the words that a name ending at `end` may hold: a quick refusal before the walk."""
        near = range(end - LONGEST, end + 1)
        return self.bodies.keys().isdisjoint(near) and self.guarded.keys().isdisjoint(near)

    def word_before(self, position: int) -> int:
        """Where the word begins that holds the character before `position`."""
        return self.boundaries.rfind(1, 0, position)

    def chain(self, begin: int) -> int:
        """The start of a chain of places: 吉林省|辽源市|龙山区. Not 吉林、浙江, and not a smaller place before a larger."""
        rank = 9
        while begin in self.place_ends:
            start, entry = self.place_ends[begin][0]
            if _RANKS.get(entry.level, 9) >= rank:
                break
            begin, rank = start, _RANKS.get(entry.level, 9)
        return begin


def _places(text: Text) -> tuple[dict[int, list[tuple[int, RegionEntry]]], dict[int, int]]:
    """Known places by their end, longest first, and the starts of guarded ones (和平, 合作), which are ordinary words here."""
    boundaries = text.boundaries
    ends: dict[int, list[tuple[int, RegionEntry]]] = {}
    doubtful: dict[int, int] = {}
    for start, end, owners in text.hits.get("region", ()):
        if boundaries[start] and (end - start > 1 or boundaries[end]):
            for entry, guarded in owners:
                if not guarded:
                    if end in ends:
                        ends[end].append((start, entry))
                    else:
                        ends[end] = [(start, entry)]
                    break
            else:
                doubtful.setdefault(end, start)
    return ends, doubtful
