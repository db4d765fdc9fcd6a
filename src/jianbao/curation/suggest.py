"""`jianbao lexicon suggest`: bodies and zones that many articles name and no gazetteer does, as rows for the gazetteers."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import orjson

from jianbao.curation.names import simplified_in, to_hant
from jianbao.dedupe.blocking import is_branch
from jianbao.folding import fold
from jianbao.lexicon import Lexicon, lexicon_names, load_lexicon
from jianbao.output import Corpus
from jianbao.resources import lexicons_from
from jianbao.segmenter import WordSegmenter, load_segmenter

SuggestedKind = Literal["organisation", "zone"]

COLUMNS: dict[SuggestedKind, tuple[str, ...]] = {
    "organisation": ("id", "hans", "hant", "en", "type", "region", "variants", "guarded", "valid_from", "valid_to", "source"),
    "zone": ("code", "hans", "hant", "en", "level", "parent", "variants", "guarded", "valid_from", "valid_to", "source"),
}
"""The columns of the gazetteer that a suggestion is for, in the order of its files."""

_ZONES = "regions_zones.csv"
_FILES = {
    "government": "organisations_government.csv",
    "party": "organisations_government.csv",
    "association": "organisations_government.csv",
    "academic": "organisations_knowledge.csv",
    "media": "organisations_knowledge.csv",
}
"""Where bodies stand whose type alone decides."""

# Numbers belong to a story (5家公司), marks and blanks to a wrong cut (群众》周刊).
_WRONG_FORM = re.compile(r"[\d\s,.;:!?、。《》“”‘’<>|*#@=+_/\\]|^[^\w(]|[^\w)]$")
_DEICTIC = re.compile(r"[我本该此某各全两几贵][省市县区州镇乡村国港澳台地校院司]|[省市县区州镇乡村]|当地|有关|相关|上述")
_LONGEST_LEVEL_NAME = 7  # 市第一中心医院 of no city
_LEAST_LENGTH = 3
_LEAST_VARIANT = 2
_MOST_NEAR = 3
_BEFORE, _AFTER = 12, 36


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A row for a gazetteer, and what speaks for it.

    Attributes:
        file: The gazetteer that rows of its type and home stand in.
        cells: The row by column.
        reports: Independent stories that name it.
        articles: Articles that name it, reprints among them.
        hant_by: Whether the Traditional name was `printed` in an article or `converted`.
        rules: The rules that found it, most frequent first.
        near: Entries of the gazetteers that may be the same.
        example: The id of an article.
        evidence: The words around its name there.
    """

    kind: SuggestedKind
    file: str
    cells: Mapping[str, str]
    reports: int
    articles: int
    hant_by: str
    rules: tuple[str, ...]
    near: tuple[str, ...]
    example: str
    evidence: str


@dataclass(slots=True)
class _Seen:
    """What the mentions of a record say."""

    record: Mapping[str, Any]
    kind: SuggestedKind
    rules: Counter[str] = field(default_factory=Counter)
    surfaces: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    parents: Counter[tuple[int, str]] = field(default_factory=Counter)
    example: str = ""
    place: int = 0

    def add(self, mention: Mapping[str, Any]) -> None:
        """Takes in a mention of the record."""
        self.rules[mention["rule"]] += 1
        self.surfaces[mention["normalised"]].add(mention["article"])
        if not self.example or mention["id"] == self.record["examples"][0]:
            self.example, self.place = mention["article"], mention["start"]


def suggest(
    folder: Path, *, least: int = 3, kinds: Iterable[SuggestedKind] = ("organisation", "zone"), lexicons: Path | None = None
) -> list[Suggestion]:
    """What the articles of an output name in at least `least` independent reports and no gazetteer has, most frequent first.

    Raises:
        NotAnOutputError: the folder is no output.
        LexiconError: a lexicon has a mistake.
    """
    corpus = Corpus(folder)
    with lexicons_from(lexicons):
        known = _Known([load_lexicon(name) for name in lexicon_names()], load_segmenter())
        seen = {s.record["id"]: s for kind in kinds for s in _candidates(corpus, kind, least, known)}
        _read_mentions(corpus, seen)
        kept = [s for s in seen.values() if not known.by_rule(s)]
        articles = _read_articles(corpus, {s.example for s in kept})
        found = [_suggestion(s, articles, known) for s in kept]
    return sorted(found, key=lambda s: (list(COLUMNS).index(s.kind), -s.reports, -s.articles, s.cells["hans"]))


# ---- what is known already --------------------------------------------------------------------------------------------


class _Known:
    """What the lexicons have, and which words are ordinary."""

    def __init__(self, lexicons: Iterable[Lexicon], segmenter: WordSegmenter) -> None:
        self._entries: dict[str, dict[str, list[Any]]] = {"region": defaultdict(list), "organisation": defaultdict(list)}
        self._words: set[str] = set()
        self._pos = segmenter.pos
        for lexicon in lexicons:
            if lexicon.label in self._entries:
                for surface, owners in lexicon.owners.items():
                    self._entries[lexicon.label][surface] += [owner.entry for owner in owners]
            elif lexicon.name in ("organisation_heads", "organisation_short_forms", "zone_heads"):
                self._words |= set(lexicon.owners)

    def has(self, surface: str) -> bool:
        """Whether a gazetteer has a surface."""
        return any(surface in entries for entries in self._entries.values())

    def local(self, name: str) -> bool:
        """Whether a name means another thing in each city: 市委, 组织部, 开发区."""
        return name in self._words or (bool(_DEICTIC.match(name)) and len(name) <= _LONGEST_LEVEL_NAME)

    def ordinary(self, surface: str) -> bool:
        """Whether a surface is a word of the dictionary and no name in it."""
        pos = self._pos(surface)
        return bool(pos) and not pos.startswith(("nt", "nz"))

    def by_rule(self, seen: _Seen) -> bool:
        """Whether a record needs no entry: an entry found it, or the grammar finds every name of its kind (辽源市财政局)."""
        return not seen.rules or not seen.rules.keys().isdisjoint(("organisation.gazetteer", "region.known_zone", "organisation.local"))

    def near(self, kind: SuggestedKind, name: str, home: str) -> tuple[str, ...]:
        """Entries of the same home that have all characters of a name in their own, in order, or the other way round: 广州开发区, 广州经济技术开发区."""
        found: dict[str, None] = {}
        for surface, entries in self._entries["region" if kind == "zone" else "organisation"].items():
            if len(surface) >= _LEAST_LENGTH and surface[:2] == name[:2] and (_is_subsequence(name, surface) or _is_subsequence(surface, name)):
                found |= {e.id: None for e in entries if not home or home in (getattr(e, "parent", None), getattr(e, "region", None))}
        return tuple(sorted(found))[:_MOST_NEAR]


def _is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return len(short) < len(long) and all(character in rest for character in short)


# ---- what the output says ---------------------------------------------------------------------------------------------


def _candidates(corpus: Corpus, kind: SuggestedKind, least: int, known: _Known) -> Iterator[_Seen]:
    """The records of a kind that are named often enough, by a name that is one."""
    table = corpus.organisations if kind == "organisation" else corpus.regions
    for record in table.rows():
        if record["independent_reports"] < least or (kind == "zone" and record["level"] != "zone"):
            continue
        name = fold(record["name"]["hans"])
        if record["name"]["hant_by"] != "lexicon" and not known.has(name) and _well_formed(name) and not (known.local(name) or is_branch(name)):
            yield _Seen(record, kind)


def _well_formed(name: str) -> bool:
    balanced = name.count("(") == name.count(")") and name.find(")") >= name.find("(")
    return len(name) >= _LEAST_LENGTH and balanced and not _WRONG_FORM.search(name)


def _read_mentions(corpus: Corpus, seen: Mapping[str, _Seen]) -> None:
    """Tells each record of its mentions; a zone also of the places inside its name, which stand after it in the file."""
    zones: dict[str, _Seen] = {}
    ranks = {"province": 1, "prefecture": 2, "county": 3}
    with corpus.mentions.path.open("rb") as file:
        for line in file:
            if b'"kind":"organisation"' not in line and b'"kind":"region"' not in line:
                continue  # most lines: parsing takes far longer than this look
            mention = orjson.loads(line)
            for identity in mention["records"]:
                if identity in seen and not mention["boilerplate"]:
                    seen[identity].add(mention)
                    if seen[identity].kind == "zone":
                        zones[mention["id"]] = seen[identity]
            outer = zones.get(mention["inside"] or "")
            if outer is not None and mention["kind"] == "region" and mention["value"]["level"] in ranks:
                outer.parents[ranks[mention["value"]["level"]], mention["value"]["code"]] += 1


@dataclass(frozen=True, slots=True)
class _Articles:
    """The texts of some articles, and whose usage each article follows."""

    texts: Mapping[str, str]
    conventions: Mapping[str, str]

    def mainland(self, articles: Iterable[str]) -> bool:
        """Whether most of some articles come from the mainland."""
        found = [self.conventions[article] == "mainland" for article in articles]
        return 2 * sum(found) >= len(found)


def _read_articles(corpus: Corpus, wanted: set[str]) -> _Articles:
    texts: dict[str, str] = {}
    conventions: dict[str, str] = {}
    with corpus.articles.path.open("rb") as file:
        for line in file:
            article = orjson.loads(line)
            conventions[article["id"]] = article["convention"]
            if article["id"] in wanted:
                texts[article["id"]] = article["text"]
    return _Articles(texts, conventions)


# ---- the row ----------------------------------------------------------------------------------------------------------


def _suggestion(seen: _Seen, articles: _Articles, known: _Known) -> Suggestion:
    record, name = seen.record, seen.record["name"]
    zone = seen.kind == "zone"
    home = _parent(seen) if zone else record["region"] or ""
    variants, guarded = _variants(seen, known)
    hant, hant_by = name["hant"], name["hant_by"]
    if simplified_in(hant):  # a paper that prints both scripts
        hant, hant_by = to_hant(name["hans"]), "converted"
    source = f"suggested: {record['independent_reports']} articles, e.g. {seen.example}"
    prefix = "zone:" if zone else "org:"
    cells = (f"{prefix}{name['hans']}", name["hans"], hant, name["en"] or "", "zone" if zone else record["type"], home)
    row = (*cells, "|".join(variants), "|".join(guarded), "", "", source)
    return Suggestion(
        kind=seen.kind,
        file=_ZONES if zone else _file(record["type"], record["region"], articles.mainland(set().union(*seen.surfaces.values()))),
        cells=dict(zip(COLUMNS[seen.kind], row, strict=True)),
        reports=record["independent_reports"],
        articles=record["article_count"],
        hant_by=hant_by,
        rules=tuple(rule for rule, _ in sorted(seen.rules.items(), key=lambda item: (-item[1], item[0]))),
        near=known.near(seen.kind, fold(name["hans"]), home),
        example=seen.example,
        evidence=" ".join(articles.texts[seen.example][max(0, seen.place - _BEFORE) : seen.place + _AFTER].split()),
    )


def _parent(seen: _Seen) -> str:
    """The narrowest place that stands in the zone's name, of several the commonest."""
    ranked = sorted(seen.parents.items(), key=lambda item: (-item[0][0], -item[1], item[0][1]))
    return ranked[0][0][1] if ranked else ""


def _variants(seen: _Seen, known: _Known) -> tuple[list[str], list[str]]:
    """The other names of a record that more than one article prints, and those of them that are also ordinary words."""
    variants: list[str] = []
    guarded: list[str] = []
    taken = {fold(seen.record["name"]["hans"])}
    for alias in seen.record["aliases"]:
        surface = fold(alias)
        usable = len(surface) >= _LEAST_VARIANT and not _WRONG_FORM.search(surface) and surface.count("(") == surface.count(")")
        if usable and surface not in taken and len(seen.surfaces.get(surface, ())) > 1 and not known.has(surface) and not known.local(surface):
            (guarded if known.ordinary(surface) else variants).append(alias)
        taken.add(surface)
    return variants, guarded


def _file(kind: str, region: str | None, mainland: bool) -> str:
    """The file that organisations of a type and home stand in; a company of unknown home is taken for one of the papers' that name it."""
    if kind in _FILES:
        return _FILES[kind]
    if kind == "other":  # hospitals and museums have a home, bodies of many countries none
        return "organisations_knowledge.csv" if region else "organisations_government.csv"
    if region:
        mainland = region == "CN" or (region.isdigit() and region[:2] not in ("71", "81", "82"))
    return "organisations_mainland.csv" if mainland else "organisations_abroad.csv"
