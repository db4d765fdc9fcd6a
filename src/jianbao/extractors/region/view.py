"""One text as the rules look at it, and the places that they have accepted so far."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from jianbao.extractors.region.triggers import Found
from jianbao.lexicon import RegionEntry
from jianbao.records import Convention
from jianbao.text import Hit, Text

_start = itemgetter(0)


class _Taken(dict[int, bytearray]):
    """What covers a span of each size: a bytearray takes in another at once, and bytes by way of one. Long ones are not kept."""

    def __missing__(self, size: int) -> bytearray:
        return bytearray(b"\1" * size)


TAKEN = _Taken({size: bytearray(b"\1" * size) for size in range(1, 17)})


@dataclass(slots=True, frozen=True, eq=False)
class Surface:
    """What is known of a gazetteer surface wherever it stands: worked out once, so each is equal to itself alone."""

    entries: tuple[RegionEntry, ...]
    codes: frozenset[str]
    ids: tuple[str, ...]
    guarded: bool = False
    zone: bool = False
    common: bool = False  # an ordinary word of the dictionary: a guarded one needs a licence even if named in full elsewhere
    known: bool = False  # a word of the dictionary: where the segmenter cut otherwise, it is not meant
    stops: tuple[tuple[int, tuple[str, ...]], ...] = ()  # phrases that are not the place, by where in them the surface stands
    direction: bool = False
    suffixed: bool = False
    full: bool = False  # the name with what it is: its bare form then stands for the same place
    plain: bool = False  # no phrase, compass point or surname makes anything else of it
    surnamed: bool = False  # a county that begins like a person's name: 余江
    compass: bool = False
    macro: bool = False
    country: bool = False
    taiwan: bool = False
    level: str = ""  # of the first entry
    set_aside: bool = False  # a zone or a guarded name: other rules ask for more
    common_alone: bool = False  # an ordinary word in which nothing but its neighbours speaks for the place
    of_hongkong: tuple[RegionEntry, ...] = ()  # its districts and the quarters in them

    quarter: bool = False  # nothing but a district or quarter of Hong Kong: in Taiwan's papers oftener another place (桃园|观塘)

    @property
    def sure_codes(self) -> frozenset[str]:
        """The codes that an accepted name speaks for; none where it may mean many places."""
        return self.codes if len(self.codes) <= 2 else frozenset()


@dataclass(slots=True)
class Name:
    """A place that is accepted where it stands, with the entries that it may mean there."""

    start: int
    end: int
    surface: Surface
    rule: str
    entries: tuple[RegionEntry, ...]


Spot = tuple[int, int, Surface]  # start, end and what stands there


@dataclass(slots=True)
class View:
    """One text as the rules look at it, with the places found so far.

    Attributes:
        padded: The folded text and a NUL, which stands after the last character and (at -1) before the first.
        flags: 1 where a word of the dictionary begins.
        convention: Whose usage the article follows.
        hits: The gazetteer names, by start and then longest first.
        zones: The zones of the gazetteer.
        doubtful: The guarded names, which need evidence.
        starts: The accepted names by start.
        ends: The accepted names by end.
        triggers: The words and marks that make a rule look, by what they are.
        covered: 1 for each character of an accepted name.
        named: The codes of the places that the text names beyond doubt.
        named_full: Those of them that it names with what they are.
        lent: The countries that it names in full, by their first characters.
        initials: Where single characters were accepted.
    """

    text: Text
    folded: str
    padded: str
    flags: bytearray
    convention: Convention
    hits: Sequence[Hit]
    covered: bytearray
    triggers: Found
    zones: list[Spot] = field(default_factory=list)
    doubtful: list[Spot] = field(default_factory=list)
    starts: dict[int, Name] = field(default_factory=dict)
    ends: dict[int, Name] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    named_full: set[str] = field(default_factory=set)
    lent: dict[str, tuple[RegionEntry, ...]] = field(default_factory=dict)
    initials: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, text: Text, triggers: Found) -> "View":
        """A text before any rule has looked at it."""
        convention = text.article.convention if text.article else "mainland"
        folded = text.folded
        hits = text.hits.get("region", ())
        return cls(text, folded, folded + "\0", text.boundaries, convention, hits, bytearray(len(folded) + 1), triggers)

    def add(self, name: Name) -> None:
        """Accepts a name."""
        self.starts[name.start] = name
        self.ends[name.end] = name
        self.cover(name.start, name.end)

    def remove(self, name: Name) -> None:
        """Takes an accepted name back."""
        del self.starts[name.start], self.ends[name.end]
        self.covered[name.start : name.end] = bytes(name.end - name.start)

    def cover(self, start: int, end: int) -> None:
        """Takes a span for a place."""
        self.covered[start:end] = TAKEN[end - start]

    def free(self, start: int, end: int) -> bool:
        """Whether no accepted place has a character of a span: most have two, and those are looked at without a search."""
        covered = self.covered
        return not (covered[start] or covered[end - 1]) and (end - start < 3 or covered.find(1, start, end) < 0)

    def word_before(self, position: int) -> int:
        """Where the word begins that holds the character before a position."""
        return self.flags.rfind(1, 0, position)

    def word_end(self, position: int) -> int:
        """Where the word ends that holds the character at a position."""
        return self.flags.find(1, position + 1)

    def begins_word(self, start: int, end: int) -> bool:
        """Whether the dictionary word that holds the last character of a span begins with it: 全国|人大, 全国|性."""
        return self.word_before(end) == start

    def doubtful_at(self, position: int) -> Iterator[Spot]:
        """The guarded names that begin at a position, longest first."""
        doubtful = self.doubtful
        index = bisect_left(doubtful, position, key=_start)
        while index < len(doubtful) and doubtful[index][0] == position:
            yield doubtful[index]
            index += 1

    def hits_at(self, position: int) -> Iterator[Hit]:
        """The gazetteer names that begin at a position."""
        hits = self.hits
        index = bisect_left(hits, position, key=_start)
        while index < len(hits) and hits[index].start == position:
            yield hits[index]
            index += 1

    def begins_hit(self, position: int) -> bool:
        """Whether a gazetteer name begins at a position."""
        return next(self.hits_at(position), None) is not None
