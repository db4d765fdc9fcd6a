"""What a word is by itself, whatever the text: a piece of a brand, a trade, a title, an edge that no name crosses."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache

from jianbao.lexicon import Lexicon, OrganisationHeadEntry
from jianbao.records import OrganisationType
from jianbao.segmenter import WordSegmenter

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
SMALL_NUMBER = re.compile(r"[0-9一二三四五六七八九十百千两几数多]")
# How many of them, so that what follows is a kind: 两家|县电力公司, 每个|乡卫生院, 一些|村委会, 其他|村委会.
COUNTED = re.compile(r"(?:[一二两三四五六七八九十百几多数每各某这那哪0-9][家个间所名些]|其[他它余]|另外|所有|许多|不少|众多|部分|任何)\Z")
CONJUNCTIONS = frozenset("和与及")
_FINANCE = ("评级", "担保", "小额贷款", "租赁", "保理", "典当", "股权投资", "创业投资")


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of some words, longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


@dataclass(frozen=True, slots=True)
class Head:
    """What the rules ask of an entry of heads (`OrganisationHeadEntry` says what each means): read for every head of a text, where a model's attributes cost much."""

    id: str
    type: OrganisationType
    legal: bool
    weak: bool
    named: bool
    local: bool
    joins: bool
    bare: bool
    national: bool
    whole: bool
    short: bool
    branch: bool
    adds: bool
    not_before: tuple[str, ...]

    @classmethod
    def of(cls, entry: OrganisationHeadEntry) -> "Head":
        """An entry's attributes."""
        return cls(*(getattr(entry, field.name) for field in fields(cls)))


class Words:
    """The words of the lexicons of organisations, and the dictionary behind them.

    Attributes:
        pos: The dictionary's part of speech of a word.
        cut: The dictionary's words of a phrase.
        kinds: The kinds of the words met so far. It may be emptied but is never another dict, so that hot loops may hold it.
        senses: What the words of context mean, by surface.
        by_sense: The words of fields, by what they mean.
        heads: What names end in, by surface.
        brand: The characters that brands are made of.
        titles: What may follow a name, by its first character: 会长, 董事长.
        title_words: The same, to look a word up.
        fields: What local bodies are for: 财政, 工信.
        surnames: Of persons; a short name that begins with one may be a person's.
        deictic: What points at a body without naming it: 我, 该, 本.
        generic: Words that name nobody before a head.
        split_edges: Edges that the dictionary has not as one word: 得|标.
        levels: Kinds of places, longest first: 开发区, 市.
        stops: The ordinary phrases in which no name stands.
        is_finance: Whether a company of this name is one of finance.
    """

    def __init__(self, heads: Lexicon, context: Lexicon, fields: Lexicon, characters: Lexicon, stops: Lexicon, segmenter: WordSegmenter) -> None:
        self.pos = segmenter.pos
        self.cut = segmenter.cut
        self.kinds: dict[str, str] = {}
        self.is_finance = lru_cache(maxsize=1 << 14)(self._ends_in_finance)
        by_id = {entry.id: Head.of(entry) for entry in heads.entries}
        self.heads: dict[str, Head] = {surface: by_id[entry.id] for surface, entry in heads.by_surface.items()}
        self.senses: dict[str, str] = {surface: entry.sense for surface, entry in context.by_surface.items()}
        self.brand = frozenset(characters.by_surface) | {c for c, sense in self.senses.items() if sense == "soft_edge" and len(c) == 1}
        self.by_sense: dict[str, list[str]] = {}
        for surface, entry in fields.by_surface.items():
            self.by_sense.setdefault(entry.sense, []).append(surface)
        # A title after a name may be one word with the name's end: 商|会会长 is 商会 and 会长.
        self.title_words = frozenset(context.by_id["edge_role"].surfaces if "edge_role" in context.by_id else ())
        self.titles: dict[str, tuple[str, ...]] = {}
        for title in sorted(self.title_words):
            self.titles[title[0]] = (*self.titles.get(title[0], ()), title)
        self.fields = frozenset(self.by_sense["field"])
        self.surnames = frozenset(self.by_sense["surname"])
        self.deictic = frozenset(self.by_sense["deictic"])
        self.generic = frozenset(self.by_sense["generic"])
        self.stops = frozenset(surface for surface, entry in stops.by_surface.items() if "organisation" in entry.refuses)
        edges = (surface for surface, sense in self.senses.items() if sense == "edge" and len(surface) == 2)
        self.split_edges = frozenset(edge for edge in edges if len(list(segmenter.cut(edge))) > 1)
        self.levels = sorted((s for s, sense in self.senses.items() if sense == "level"), key=len, reverse=True)

    def kind(self, word: str) -> str:
        """What a word may be in a name: brand char trade noun starter level latin hidden soft; an edge, stop or mark is in none."""
        kind = self.kinds.get(word)
        if kind is None:
            kind = self.kinds[word] = self._classify(word)
            if len(self.kinds) > 200_000:
                self.kinds.clear()
        return kind

    def _classify(self, word: str) -> str:
        sense = self.senses.get(word)
        if sense == "edge" or (sense is not None and sense.startswith("class_")):
            return "edge"
        if word in self.deictic and sense is None:
            return "char" if SMALL_NUMBER.match(word) else "soft"
        if sense == "soft_edge":
            return "soft" if len(word) == 1 else "edge"
        if sense == "trade":
            return "char" if len(word) == 1 else "trade"
        if sense in ("trusted", "doubted"):
            return "brand"
        if sense in ("starter", "level"):
            return sense
        if sense in ("after", "before", "around", "source", "alias"):
            return "edge"
        if len(word) == 1:
            return "char" if HAN.match(word) else "mark"
        if word.isascii():
            return "latin" if word.isalnum() else "mark"
        if word in self.fields:
            return "trade"
        pos = self.pos(word)
        if word in self.heads:
            return "trade"
        if pos.startswith(("nr", "nz", "nt", "ns")) or (pos.startswith("i") and len(word) == 3 and all(c in self.brand for c in word)):
            return "brand"
        if pos.startswith(("n", "l", "j", "b", "g")):
            return "noun"
        if all(c in self.brand for c in word) and len(word) == 2 and pos.startswith(("a", "z", "b")):
            return "hidden"  # 旺旺, 永兴: a brand where nothing else is one
        return "stop"

    def _ends_in_finance(self, core: str) -> bool:
        """Whether a company's name ends, before its legal form, in a word of finance: 中诚信国际信用评级|有限公司."""
        for length in range(min(8, len(core)), 1, -1):
            head = self.heads.get(core[-length:])
            if head is not None:
                return head.type == "finance"
        return core.endswith(_FINANCE)
