"""dedupe: what the articles mention -> one record per real thing, with stable ids and the reason for each merge."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import opencc

from jianbao.dedupe.blocking import beginnings, candidate_pairs, organisation_blocks
from jianbao.dedupe.cluster import Clusters
from jianbao.dedupe.compare import SHORT_NAME, AgreementFacts, Level, compare_agreements, compare_organisations, dates_agree
from jianbao.dedupe.keys import event_key
from jianbao.dedupe.names import AGREEMENT_NAMES, date_name
from jianbao.folding import fold
from jianbao.lexicon import Lexicon, OrganisationEntry, RegionEntry
from jianbao.records import (
    AgreementRecord,
    Conflict,
    DateRecord,
    DateValue,
    DedupedRecord,
    Event,
    Evidence,
    FigureRecord,
    FigureValue,
    MergeReason,
    Name,
    OrganisationRecord,
    OrganisationValue,
    Party,
    RegionRecord,
    RegionValue,
    make_id,
)
from jianbao.stages.work import MOST_EXAMPLES, ArticleResult, Sighting

_PREFIX = {"region": "r", "organisation": "o", "agreement": "g", "date": "d", "figure": "f"}
_UNDATED = "9999"
_to_hant = opencc.OpenCC("s2t").convert


@dataclass(slots=True)
class _Thing:
    """One content key as all articles mention it."""

    key: str
    value: Any
    lexicon: tuple[str, ...]
    first: tuple[str, str, int]  # publication date, source and offset of the first article
    count: int = 0
    articles: list[tuple[str, str]] = field(default_factory=list)  # (publication date or "", article)
    examples: list[str] = field(default_factory=list)
    surfaces: Counter[str] = field(default_factory=Counter)
    printed: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Telling:
    """An agreement as one article tells it, with the keys of its parties and amounts."""

    key: str
    event: Event
    article: str
    published: str | None
    order: tuple[str, str, int]
    facts: AgreementFacts


@dataclass(slots=True)
class Deduped:
    """The records of a corpus.

    Attributes:
        records: By file stem, sorted by id.
        record_of: The record id of each content key.
        agreements_of: The agreement record ids of each agreement mention.
    """

    records: dict[str, list[DedupedRecord]]
    record_of: dict[str, str]
    agreements_of: dict[str, tuple[str, ...]]


class Deduper:
    """Takes the articles of a corpus one by one, in any order, and then makes the records."""

    def __init__(self, lexicons: Iterable[Lexicon]) -> None:
        self._things: dict[str, _Thing] = {}
        self._tellings: list[tuple[tuple[str, str, int], ArticleResult]] = []
        self._regions: dict[str, RegionEntry] = {}
        self._organisations: dict[str, OrganisationEntry] = {}
        for lexicon in lexicons:
            for entry in lexicon.entries:
                if isinstance(entry, RegionEntry) and (entry.code not in self._regions or entry.valid_to is None):
                    self._regions[entry.code] = entry
                elif isinstance(entry, OrganisationEntry):
                    self._organisations[entry.hans] = entry

    def add(self, result: ArticleResult) -> None:
        """Takes in what one article mentions."""
        order = (result.published or _UNDATED, result.source, result.source_offset)
        for key, seen in result.sightings.items():
            self._add_sighting(key, seen, result, order)
        if result.events:
            self._tellings.append((order, result))

    def _add_sighting(self, key: str, seen: Sighting, result: ArticleResult, order: tuple[str, str, int]) -> None:
        thing = self._things.get(key)
        if thing is None:
            thing = self._things[key] = _Thing(key, seen.value, seen.lexicon, order)
        if order < thing.first:
            thing.first, thing.value, thing.lexicon = order, seen.value, seen.lexicon
            thing.examples = seen.examples + thing.examples
        else:
            thing.examples = thing.examples + seen.examples
        thing.count += seen.count
        thing.articles.append((result.published or "", result.article))
        thing.surfaces.update(seen.surfaces)
        thing.printed.update(seen.printed)

    def finish(self) -> Deduped:
        """The records of all articles taken in."""
        record_of: dict[str, str] = {}
        records: dict[str, list[DedupedRecord]] = {stem: [] for stem in ("regions", "organisations", "agreements", "dates", "figures")}
        by_kind: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self._things):
            by_kind[key.split("|", 1)[0]].append(key)
        makers: dict[str, tuple[str, Callable[[list[_Thing], dict[str, Any]], DedupedRecord]]] = {
            "region": ("regions", self._region),
            "organisation": ("organisations", self._organisation),
            "date": ("dates", self._date),
            "figure": ("figures", self._figure),
        }
        for kind, (stem, make) in makers.items():
            clusters, reasons = self._cluster(kind, by_kind[kind])
            for members in clusters:
                things = sorted((self._things[key] for key in members), key=lambda t: (t.first[0], t.key))
                ids = [make_id(_PREFIX[kind], thing.key) for thing in things]
                merged = tuple(sorted((reasons[k] for k in members if k in reasons), key=lambda r: r.other))
                records[stem].append(make(things, {**_tally(things), "id": ids[0], "also_ids": tuple(sorted(ids[1:])), "merged_because": merged}))
                record_of.update(dict.fromkeys(members, ids[0]))
        agreements, agreements_of = self._agreements(record_of)
        records["agreements"] = agreements
        for rows in records.values():
            rows.sort(key=lambda r: r.id)
        return Deduped(records, record_of, agreements_of)

    # ---- clustering -----------------------------------------------------------------------------------------------------

    def _cluster(self, kind: str, keys: list[str]) -> tuple[list[list[str]], dict[str, MergeReason]]:
        """The keys that are one thing; only organisations are more than their key."""
        clusters = Clusters(keys)
        reasons: dict[str, MergeReason] = {}
        if kind == "organisation":
            names = {key: self._things[key].value.name for key in keys if key.endswith("|")}
            by_name = {name: key for key, name in names.items()}
            levels: dict[tuple[str, str], Level] = {}
            for a, b in candidate_pairs(sorted(by_name), organisation_blocks):
                level = self._compare(by_name[a], by_name[b])
                if level:
                    levels[by_name[a], by_name[b]] = level
            for short, full in self._short_names(by_name):
                levels.setdefault((by_name[full], by_name[short]), SHORT_NAME)
            for (a, b), level in sorted(levels.items(), key=lambda item: (-item[1].score, item[0])):
                if clusters.join(a, b, lambda x, y: (x, y) not in levels and (y, x) not in levels and self._compare(x, y) is None):
                    reasons[b] = MergeReason(other=make_id("o", b), rule=level.rule, score=level.score)
        return clusters.members(), reasons

    def _short_names(self, by_name: dict[str, str]) -> Iterator[tuple[str, str]]:
        """Pairs of a short name and the one full name that begins with it, its place aside: 恒骏重工 and 湖南恒骏重工机械股份有限公司."""
        companies = {n: self._things[key].value for n, key in by_name.items() if self._things[key].value.type in ("company", "finance")}
        full_of: dict[str, set[str]] = defaultdict(set)
        for name, value in companies.items():
            place = self._regions.get(value.region or "")
            surfaces = sorted((place.hans, *place.variants), key=len, reverse=True) if place else []
            for beginning in beginnings(name, surfaces):
                if beginning in companies:
                    full_of[beginning].add(name)
        for short in sorted(full_of):
            if len(full_of[short]) == 1:
                yield short, next(iter(full_of[short]))

    def _compare(self, a: str, b: str) -> Level | None:
        left, right = self._things[a].value, self._things[b].value
        return compare_organisations(left.name, right.name, a_region=left.region, b_region=right.region)

    # ---- records --------------------------------------------------------------------------------------------------------

    def _region(self, things: list[_Thing], tally: dict[str, Any]) -> DedupedRecord:
        code = things[0].key.split("|")[1]
        entry = self._regions.get(code)
        value: RegionValue = things[0].value
        hans = entry.hans if entry else code.split(":")[-1] if ":" in code else value.name
        level = entry.level if entry else value.level
        return RegionRecord(name=_name(hans, entry, things), code=code, level=level, **_aliases(things, hans, tally))

    def _organisation(self, things: list[_Thing], tally: dict[str, Any]) -> DedupedRecord:
        values: list[OrganisationValue] = [t.value for t in things]
        entry = next((self._organisations[v.name] for v in values if v.name in self._organisations), None)
        longest = max(values, key=lambda v: (len(v.name), v.name))
        hans = entry.hans if entry else longest.name
        region = next((v.region for v in values if v.region), None)
        kind = entry.type if entry else longest.type
        return OrganisationRecord(name=_name(hans, entry, things), type=kind, region=region, **_aliases(things, hans, tally))

    def _date(self, things: list[_Thing], tally: dict[str, Any]) -> DedupedRecord:
        value: DateValue = things[0].value
        hans = date_name(value.edtf, value.modifier)
        fields = value.model_dump(include={"edtf", "start", "end", "modifier"})
        return DateRecord(name=_name(hans, None, things), **fields, **_aliases(things, hans, tally))

    def _figure(self, things: list[_Thing], tally: dict[str, Any]) -> DedupedRecord:
        value: FigureValue = things[0].value
        hans = _commonest(things[0].surfaces)
        fields = value.model_dump(exclude={"restates", "unresolved"})
        return FigureRecord(name=_name(hans, None, things), **fields, **_aliases(things, hans, tally))

    # ---- agreements -----------------------------------------------------------------------------------------------------

    def _agreements(self, record_of: dict[str, str]) -> tuple[list[DedupedRecord], dict[str, tuple[str, ...]]]:
        tellings = [t for order, result in sorted(self._tellings, key=lambda t: t[0]) for t in _tell(order, result, record_of)]
        by_key: dict[str, list[_Telling]] = defaultdict(list)
        for telling in tellings:
            by_key[telling.key].append(telling)
        clusters = Clusters(by_key)
        reasons: dict[str, MergeReason] = {}
        levels = {}
        for a, b in candidate_pairs(sorted(by_key), lambda key: _agreement_blocks(by_key[key][0].facts)):
            level = compare_agreements(by_key[a][0].facts, by_key[b][0].facts)
            if level:
                levels[a, b] = level
        for (a, b), level in sorted(levels.items(), key=lambda item: (-item[1].score, item[0])):
            if clusters.join(a, b, lambda x, y: compare_agreements(by_key[x][0].facts, by_key[y][0].facts) is None):
                reasons[b] = MergeReason(other=make_id("g", b), rule=level.rule, score=level.score)
        records: list[DedupedRecord] = []
        of_mention: dict[str, list[str]] = defaultdict(list)
        for members in clusters.members():
            told = sorted((t for key in members for t in by_key[key]), key=lambda t: (t.order[0], t.key, t.order))
            merged = tuple(sorted((reasons[k] for k in members if k in reasons), key=lambda r: r.other))
            record = _agreement(told, merged)
            records.append(record)
            for telling in told:
                for mention in telling.event.mentions:
                    of_mention[mention].append(record.id)
        return records, {mention: tuple(sorted(set(ids))) for mention, ids in of_mention.items()}


def _tell(order: tuple[str, str, int], result: ArticleResult, record_of: dict[str, str]) -> Iterator[_Telling]:
    """The events of an article with mention ids replaced by record ids."""
    keys_of = {mention: keys for mention, keys, _, _ in result.mentions}
    for event in result.events:
        parties = tuple(p.model_copy(update={"record": _record(p.record, keys_of, record_of)}) for p in event.parties)
        amounts = tuple(dict.fromkeys(r for a in event.amounts if (r := _record(a, keys_of, record_of))))
        event = event.model_copy(update={"parties": parties, "amounts": amounts})
        identities = tuple(p.record or p.name for p in parties)
        facts = AgreementFacts(event.agreement_type, event.title, frozenset(identities), event.date, frozenset(amounts), result.published)
        yield _Telling(event_key(event, identities), event, result.article, result.published, order, facts)


def _record(mention: str | None, keys_of: dict[str, tuple[str, ...]], record_of: dict[str, str]) -> str | None:
    keys = keys_of.get(mention or "", ())
    return record_of.get(keys[0]) if len(keys) == 1 else None


def _agreement_blocks(facts: AgreementFacts) -> Iterator[str]:
    if facts.title:
        yield f"title:{facts.title[:4]}"
        yield f"title:{facts.title[-6:]}"
    else:
        yield f"parties:{'|'.join(sorted(facts.parties))}"


def _agreement(told: list[_Telling], merged: tuple[MergeReason, ...]) -> AgreementRecord:
    """One record of an agreement: each slot from the first article that fills it best, conflicting amounts side by side."""
    events = [t.event for t in told]
    ids = list(dict.fromkeys(make_id("g", t.key) for t in told))
    title = max((e.title for e in events if e.title), key=lambda t: (len(t), t), default=None)
    parties = max((e.parties for e in events), key=len)
    date = max((e.date for e in events if e.date), key=lambda d: (len(d.split("/")[0]), d), default=None)
    amounts = tuple(dict.fromkeys(a for e in events for a in e.amounts))
    hans = title or "、".join(p.name for p in parties) + AGREEMENT_NAMES[events[0].agreement_type]
    evidence: dict[tuple[str, int], Evidence] = {(x.article, x.start): x for e in events for x in e.evidence}
    articles = sorted({(t.published or "", t.article) for t in told})
    dated = [day for day, _ in articles if day]
    mentions = list(dict.fromkeys(m for e in events for m in e.mentions))
    return AgreementRecord(
        id=ids[0],
        also_ids=tuple(sorted(ids[1:])),
        name=Name(hans=hans, hant=_to_hant(hans), hant_by="converted"),
        agreement_type=events[0].agreement_type,
        title=title,
        parties=parties,
        date=date,
        place=next((e.place for e in events if e.place), None),
        amounts=amounts,
        duration=next((e.duration for e in events if e.duration), None),
        subject=next((e.subject for e in events if e.subject), None),
        status=events[-1].status,
        conflicts=_conflicts(told),
        evidence=tuple(evidence[k] for k in sorted(evidence)),
        aliases=tuple(sorted({e.title for e in events if e.title and e.title != title})),
        mention_count=len(mentions),
        article_count=len(articles),
        independent_reports=len(articles),
        reprints=0,
        examples=tuple(mentions[:MOST_EXAMPLES]),
        first_seen=min(dated, default=None),
        last_seen=max(dated, default=None),
        merged_because=merged,
    )


def _conflicts(told: list[_Telling]) -> tuple[Conflict, ...]:
    """Slots on which articles disagree: amounts that differ, dates of which neither is a part of the other."""
    found = []
    for slot in ("amounts", "date"):
        by_value: dict[str, list[str]] = defaultdict(list)
        for telling in told:
            value = getattr(telling.event, slot)
            if value:
                by_value[value if isinstance(value, str) else " ".join(value)].append(telling.article)
        values = sorted(by_value)
        disagree = len(values) > 1 and (slot != "date" or not all(dates_agree(values[0], v) for v in values[1:]))
        if disagree:
            found += [Conflict(field=slot, value=v, articles=tuple(sorted(set(by_value[v])))) for v in values]
    return tuple(found)


# ---- what every record carries ------------------------------------------------------------------------------------------


def _commonest(counter: Counter[str]) -> str:
    return min(counter, key=lambda s: (-counter[s], s), default="")


def _tally(things: list[_Thing]) -> dict[str, Any]:
    articles = sorted({article for thing in things for article in thing.articles})
    dated = [day for day, _ in articles if day]
    examples = [example for thing in sorted(things, key=lambda t: t.first) for example in thing.examples]
    return {
        "mention_count": sum(thing.count for thing in things),
        "article_count": len(articles),
        "independent_reports": len(articles),
        "reprints": 0,
        "examples": tuple(examples[:MOST_EXAMPLES]),
        "first_seen": min(dated, default=None),
        "last_seen": max(dated, default=None),
    }


def _aliases(things: list[_Thing], hans: str, tally: dict[str, Any]) -> dict[str, Any]:
    surfaces: Counter[str] = Counter()
    for thing in things:
        surfaces.update(thing.surfaces)
    aliases = sorted((s for s in surfaces if s != hans), key=lambda s: (-surfaces[s], s))
    return {**tally, "aliases": tuple(aliases[:MOST_EXAMPLES])}


def _name(hans: str, entry: RegionEntry | OrganisationEntry | None, things: list[_Thing]) -> Name:
    """The name in both scripts: from the lexicon, else as Traditional articles print it most, else converted."""
    if entry:
        return Name(hans=hans, hant=entry.hant, hant_by="lexicon", en=entry.en)
    printed: Counter[str] = Counter()
    for thing in things:
        printed.update({s: n for s, n in thing.printed.items() if fold(s) == hans})
    if printed:
        return Name(hans=hans, hant=_commonest(printed), hant_by="printed")
    return Name(hans=hans, hant=_to_hant(hans), hant_by="converted")

