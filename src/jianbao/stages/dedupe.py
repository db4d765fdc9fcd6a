"""dedupe: what the articles mention -> one record per real thing, with stable ids and the reason for each merge.

The tables are asked in SQL, which joins and sorts beyond memory; Python sees distinct names, the candidates inside a block, and one record at a time.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

import orjson

from jianbao.dedupe.agreements import AgreementFacts, Telling, agreement_record, cluster_agreements
from jianbao.dedupe.cluster import Clusters
from jianbao.dedupe.compare import REPRINT, Level
from jianbao.dedupe.database import Database
from jianbao.dedupe.keys import PREFIXES, SLOT_LIMIT, identity_of
from jianbao.dedupe.names import date_name, load_conversion, record_name
from jianbao.dedupe.near import Reprints, alike, story_body
from jianbao.dedupe.organisations import MATCHER_LEXICONS, Body, Gazetteers, OrganisationMatcher
from jianbao.dedupe.renewal import Renewal, renamed_by
from jianbao.lexicon import Lexicon
from jianbao.records import KINDS, AgreementType, Kind, Span
from jianbao.revision import EntryChange

DEDUPE_LEXICONS = MATCHER_LEXICONS
"""The lexicons that dedupe needs besides the pipeline's."""

_NUMBER_OF: dict[Kind, int] = {kind: number for number, kind in enumerate(KINDS)}
_STEMS: dict[str, Kind] = {f"{kind}s": kind for kind in KINDS}
_KEYS = 1 << 64  # keys are smaller
_RECORDS_AT_ONCE = 400_000
_AGREEMENTS_AT_ONCE = 60_000  # longer lines
_FORESEEN = 200_000
_LETTERS = "".join(PREFIXES[kind] for kind in KINDS)

# Of one key the value that most articles give it, the smallest of several, so that no order decides; and the day on which it was first told.
_NAMES = """
SELECT key, value, min(day) OVER (PARTITION BY key) FROM (
    SELECT key, value, count(*) AS times, min(coalesce(published, '9999')) AS day
    FROM sightings JOIN work.ordered USING (article) WHERE kind = ? AND base IS NULL GROUP BY key, value
) QUALIFY row_number() OVER (PARTITION BY key ORDER BY times DESC, value) = 1 ORDER BY key
"""

# What a story's own thing is in the article that is reprinted.
_REPRINTED = """
SELECT DISTINCT original.key, again.key, score, {kind} AS kind FROM reprints
JOIN {table} AS again ON again.article = reprints.article AND again.base IS NOT NULL
JOIN {table} AS original ON original.article = reprints.original AND original.base = again.base
WHERE again.key <> original.key ORDER BY ALL
"""

_TALLIES = """
SELECT root, sum(count), count(DISTINCT article) FILTER (count > 0), count(DISTINCT story) FILTER (count > 0), min(published), max(published),
    min_by(examples, place, {limit})
FROM work.rooted WHERE kind = ? AND root BETWEEN ? AND ? GROUP BY root ORDER BY root
"""

_FORMS = """
SELECT root, value, surfaces, printed, count(*) AS times FROM work.rooted WHERE kind = ? AND root BETWEEN ? AND ?
GROUP BY ALL ORDER BY root, times DESC, value, surfaces, printed
"""

# Most figures stand in one article alone: their lines are put together here from what the workers made.
_ALONE = r"""
SELECT key, '{{"id":"f:' || format('{{:016x}}', key) || '","also_ids":[],' || head || ',"mention_count":' || count || ',"article_count":' || reports
    || ',"independent_reports":' || reports || ',"reprints":0,"examples":' || examples || ',"first_seen":' || day || ',"last_seen":' || day
    || ',"merged_because":[],' || value || '}}' || chr(10)
FROM (
    SELECT *, least(count, 1) AS reports, coalesce('"' || published || '"', 'null') AS day
    FROM sightings {renewed} JOIN work.ordered USING (article) ANTI JOIN work.shared USING (kind, key)
    WHERE kind = {kind} AND key BETWEEN {low} AND {high}
) ORDER BY key
"""

# So are the agreements that one article tells once, where nothing that they name was joined to another.
_TOLD_ONCE = r"""
SELECT key, '{{"id":"g:' || format('{{:016x}}', key) || '","also_ids":[],' || head || ',"first_seen":' || day || ',"last_seen":' || day
    || ',"merged_because":[],' || event || '}}' || chr(10)
FROM (
    SELECT *, coalesce('"' || published || '"', 'null') AS day
    FROM (SELECT *, {kind} AS kind FROM events) {renewed} JOIN work.ordered USING (article) ANTI JOIN work.retold USING (key)
    WHERE key BETWEEN {low} AND {high}
) ORDER BY key
"""

_TOLD = """
SELECT coalesce(root, key) AS record, key, facts, event, article, published, story
FROM (SELECT *, {kind} AS kind FROM events) {renewed} SEMI JOIN work.retold USING (key) JOIN work.ordered USING (article)
    LEFT JOIN merged USING (kind, key)
WHERE record BETWEEN ? AND ? ORDER BY record, coalesce(published, '9999'), key, age, slot
"""


@dataclass(slots=True)
class _Merged:
    """What is joined beyond its key.

    Attributes:
        root: The first key of its record by publication date and key, for each key of a record of several.
        members: The other keys of a record, by its first.
        reasons: Why each of them was joined.
    """

    root: dict[int, int] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    reasons: dict[int, list[tuple[int, Level]]] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[int, int, str | None, str | None]]:
        """Each key with its root, and why it was joined."""
        why = {other: level for reasons in self.reasons.values() for other, level in reasons}
        for key, root in sorted(self.root.items()):
            yield key, root, why[key].rule if key in why else None, format(why[key].score.normalize(), "f") if key in why else None


class Deduper:
    """Makes the records of the articles in a database."""

    def __init__(self, database: Database, lexicons: Iterable[Lexicon], changes: Sequence[EntryChange] = ()) -> None:
        """A deduper for what the articles of `database` say.

        Args:
            database: Its tables; where they go on from an earlier run, only what changed since is made anew.
            lexicons: The gazetteers of the pipeline, and the lexicons that say what is compared and merged.
            changes: The entries that changed since the earlier run.
        """
        self._database = database
        self._gazetteers = Gazetteers(lexicons)
        self._renamed = renamed_by(changes)
        self._renewal = Renewal(database)
        self._merged: dict[Kind, _Merged] = {kind: _Merged() for kind in KINDS}
        self._matcher = OrganisationMatcher(self._gazetteers)
        self._record_of: dict[str, str] = {}  # by the id that a key alone would have, where it is joined to others
        self._told: dict[str, _Told] = {}
        self._counts: dict[Kind, int] = {}  # how many records there are to make, about

    def foresee(self) -> None:
        """Does beforehand what needs no article: reads the tables that convert names, and works out what comparing will ask of the names and agreements that
        an earlier run has told, for most of them stay.
        """
        load_conversion()
        if self._database.goes_on:
            query = "SELECT DISTINCT value FROM sightings WHERE kind = ? LIMIT ?"
            for (value,) in self._database.rows(query, [_NUMBER_OF["organisation"], _FORESEEN]):
                fields = _fields(value)
                self._matcher.foresee(fields["name"], fields["type"], fields["region"])
            for (text,) in self._database.rows("SELECT DISTINCT facts FROM events LIMIT ?", [_FORESEEN]):
                self._told[text] = _told(text)

    def run(self) -> None:
        """Finds reprints and joins what is one; after it the records can be read."""
        self._order()
        reprinted = self._find_reprints()
        clusters = {kind: Clusters() for kind in KINDS}
        clusters["organisation"] = self._cluster_organisations()
        if reprinted:
            self._join_reprinted(clusters)
        for kind in ("organisation", "figure"):
            self._choose_roots(kind, clusters[kind], "sightings")
        self._cluster_agreements(clusters["agreement"])
        self._choose_roots("agreement", clusters["agreement"], "events")
        rows = [(_NUMBER_OF[kind], *row) for kind in KINDS for row in self._merged[kind].rows()]
        self._database.fill("merged", {"kind": "UTINYINT", "key": "UBIGINT", "root": "UBIGINT", "rule": "VARCHAR", "score": "VARCHAR"}, rows)
        self._renewal.find(self._renamed.keys())
        # Keys that more than one article mentions, or that are joined to another: all but the figures that one article alone knows.
        self._database.run(
            "CREATE TABLE work.shared AS SELECT kind, key FROM sightings GROUP BY ALL HAVING count(*) > 1 OR kind <> ? UNION SELECT kind, key FROM merged",
            [_NUMBER_OF["figure"]],
        )
        self._database.run(
            "CREATE TABLE work.retold AS SELECT key FROM events GROUP BY key HAVING count(*) > 1 UNION SELECT key FROM merged WHERE kind = ? "
            "UNION SELECT key FROM (SELECT key, unnest(refs) AS ref FROM events) SEMI JOIN merged ON merged.key = ref",
            [_NUMBER_OF["agreement"]],
        )
        self._database.run(
            "CREATE TABLE work.rooted AS SELECT kind, coalesce(root, key) AS root, article, story, (age << 32) + slot AS place, published, count, "
            f"value, surfaces, printed, examples FROM sightings {self._renewal.keys} SEMI JOIN work.shared USING (kind, key) "
            "JOIN work.ordered USING (article) LEFT JOIN merged USING (kind, key)"
        )
        told = f"SELECT kind, key FROM sightings UNION ALL SELECT {_NUMBER_OF['agreement']}, key FROM events"
        counts = self._database.rows(f"SELECT kind, approx_count_distinct(key) FROM ({told}) {self._renewal.keys} GROUP BY kind")
        self._counts = {KINDS[kind]: count for kind, count in counts}

    def _order(self) -> None:
        """`age`: by publication date and place, from 1."""
        self._database.run(
            "CREATE TABLE work.ordered AS SELECT article, published, "
            "row_number() OVER (ORDER BY coalesce(published, '9999'), source, source_offset, article) AS age, article AS story FROM articles"
        )

    # ---- reprints -------------------------------------------------------------------------------------------------------

    def _find_reprints(self) -> bool:
        """Finds which articles tell an earlier one again, if any do: `story` is the earliest of those that tell one story."""
        database = self._database
        candidates: dict[int, list[int]] = defaultdict(list)
        for age, before in self._candidates():
            candidates[age].append(before)
        compared = dict(self._renewal.compared())
        fresh = self._renewal.fresh_ages()
        unknown = ((age, *befores) for age, befores in candidates.items() if fresh is None or not fresh.isdisjoint((age, *befores)))
        reprints = Reprints(self._bodies_of({age for ages in unknown for age in ages}), self._bodies_of)
        original: dict[int, int] = {}
        found = []
        for age in sorted(candidates):
            for first in sorted({original.get(c, c) for c in candidates[age]}):
                score = compared.get((first, age))
                if score is None:
                    score = compared[first, age] = Decimal(str(round(reprints.similarity(first, age), 3)))
                if score:
                    original[age] = first
                    found.append((age, first, score))
                    break
        numbers = database.columns("SELECT article FROM work.ordered ORDER BY age")["article"].tolist()
        columns = {"article": "UBIGINT", "original": "UBIGINT", "score": "DECIMAL(4, 3)"}
        for table, rows in (("reprints", found), ("compared", [(age, first, score) for (first, age), score in sorted(compared.items())])):
            database.fill(table, columns, [(numbers[age - 1], numbers[first - 1], score) for age, first, score in rows])
        if found:
            database.run("UPDATE work.ordered SET story = reprints.original FROM reprints WHERE ordered.article = reprints.article")
        return bool(found)

    def _bodies_of(self, ages: Set[int]) -> dict[int, str]:
        """The words of some articles."""
        if not ages:
            return {}
        self._database.fill("work.candidates", {"age": "UINTEGER"}, [(age,) for age in sorted(ages)])
        stories = self._database.rows(
            "SELECT age, folded, boilerplate FROM articles JOIN work.ordered USING (article) SEMI JOIN work.candidates USING (age)"
        )
        return {age: story_body(folded, orjson.loads(furniture)) for age, folded, furniture in stories}

    def _candidates(self) -> Iterator[tuple[int, int]]:
        """Pairs of an article and an earlier one that may tell the same story, by age."""
        database = self._database
        articles = database.columns(
            "SELECT age, signature, length FROM articles JOIN work.ordered USING (article) WHERE signature IS NOT NULL ORDER BY age"
        )
        yield from alike(articles["age"], articles["length"], articles["signature"].tolist())
        yield from database.rows(
            "SELECT age, first_value(age) OVER (PARTITION BY home ORDER BY age) AS first FROM articles JOIN work.ordered USING (article) "
            "WHERE home IS NOT NULL QUALIFY first < age ORDER BY ALL"
        )

    def _join_reprinted(self, clusters: Mapping[Kind, Clusters]) -> None:
        sightings = _REPRINTED.format(table="sightings", kind="again.kind")
        events = _REPRINTED.format(table="events", kind=_NUMBER_OF["agreement"])
        for query in (sightings, events):
            for original, again, score, kind in self._database.rows(query):
                clusters[KINDS[kind]].join(original, again, Level(f"{KINDS[kind]}.{REPRINT.rule}", score))

    # ---- clusters -------------------------------------------------------------------------------------------------------

    def _cluster_organisations(self) -> Clusters:
        return self._matcher.cluster(self._bodies())

    def _bodies(self) -> Iterator[Body]:
        for key, value, first in self._database.rows(_NAMES, [_NUMBER_OF["organisation"]]):
            fields = _fields(value)
            self._renamed.see(key, fields["name"])
            yield self._gazetteers.body(key, fields["name"], fields["type"], fields["region"], first)

    def _choose_roots(self, kind: Kind, clusters: Clusters, table: str) -> None:
        keys = [(key,) for members in clusters.joined() for key in members]
        if not keys:
            return
        self._database.fill("work.joined", {"key": "UBIGINT"}, keys)
        days = (
            f"SELECT key, min(coalesce(published, '9999')) FROM {table} SEMI JOIN work.joined USING (key) "
            "JOIN work.ordered USING (article) GROUP BY key"
        )
        first = dict(self._database.rows(days))
        merged = self._merged[kind]
        for members in clusters.joined():
            root, *others = sorted(members, key=lambda key: (first[key], key))
            merged.root.update(dict.fromkeys(members, root))
            self._record_of |= dict.fromkeys((identity_of(kind, key) for key in others), identity_of(kind, root))
            merged.members[root] = others
            merged.reasons[root] = sorted(clusters.reasons(root), key=itemgetter(0))

    def _cluster_agreements(self, clusters: Clusters) -> None:
        facts: dict[int, AgreementFacts] = {}
        articles: dict[int, set[int]] = {}
        query = "SELECT key, facts, article, published FROM events JOIN work.ordered USING (article) ORDER BY age, slot"
        for key, text, article, published in self._database.rows(query):
            if key in facts:
                if len(articles[key]) < SLOT_LIMIT:  # so many speak for the rest
                    articles[key].add(article)
                    facts[key].sums |= (self._told.get(text) or _told(text)).sums
                continue
            told = self._told.get(text) or _told(text)
            articles[key] = {article}
            parties = frozenset(self._record_of.get(i, i) for i in told.identities)
            facts[key] = AgreementFacts(key, told.type, told.title, parties, told.date, told.sums, published, articles[key])
        self._told.clear()
        found = cluster_agreements(list(facts.values()), self._gazetteers.lexicons.get("merges"))
        for members in found.joined():
            for other, level in found.reasons(members[0]):
                clusters.join(members[0], other, level)

    # ---- records --------------------------------------------------------------------------------------------------------

    def records(self, stem: str) -> Iterator[tuple[int, bytes]]:
        """The lines of one record file, by id: how many, and their bytes."""
        kind = _STEMS[stem]
        for span in self._spans(kind):
            yield from self._records_within(kind, span)

    def _spans(self, kind: Kind) -> Iterator[Span]:
        """Keys from one to another, in order: so many records are sorted at once, for what is sorted has to lie in memory."""
        number = self._counts.get(kind, 0) // (_AGREEMENTS_AT_ONCE if kind == "agreement" else _RECORDS_AT_ONCE) + 1
        edges = [_KEYS * i // number for i in range(number + 1)]
        return ((low, high - 1) for low, high in pairwise(edges))

    def _records_within(self, kind: Kind, span: Span) -> Iterator[tuple[int, bytes]]:
        """The lines of the records whose keys lie in `span`, its ends included."""
        low, high = span
        made = self._agreements(span) if kind == "agreement" else self._records(kind, span)
        query = {"figure": _ALONE, "agreement": _TOLD_ONCE}.get(kind)
        alone = query and query.format(kind=_NUMBER_OF[kind], renewed=self._renewal.keys, low=low, high=high)
        if alone is None:
            yield from ((1, line) for _, line in made)
            return
        waiting = next(made, None)
        for keys, lines in self._database.batches(alone):
            start = 0
            while waiting is not None and waiting[0] < keys[-1]:
                end = bisect_left(keys, waiting[0], start)
                if end > start:
                    yield end - start, "".join(lines[start:end]).encode()
                yield 1, waiting[1]
                start, waiting = end, next(made, None)
            yield len(lines) - start, "".join(lines[start:]).encode()
        while waiting is not None:
            yield 1, waiting[1]
            waiting = next(made, None)

    def _records(self, kind: Kind, span: Span) -> Iterator[tuple[int, bytes]]:
        make: Callable[[list[str], _Forms], tuple[dict[str, Any], bytes]]
        make = {"region": self._region, "organisation": self._organisation, "date": self._date, "figure": self._figure}[kind]
        forms = groupby(self._database.rows(_FORMS, [_NUMBER_OF[kind], *span]), key=itemgetter(0))
        tallies = self._database.rows(_TALLIES.format(limit=SLOT_LIMIT), [_NUMBER_OF[kind], *span])
        for (root, count, articles, stories, first, last, examples), (_, rows) in zip(tallies, forms, strict=True):
            seen = _Forms.of(rows)
            name, fields = make(seen.values, seen)
            hans = name["hans"]
            record = {
                "id": identity_of(kind, root),
                "also_ids": self._also_ids(kind, root),
                "name": name,
                "aliases": [s for s in seen.surfaces if s != hans][:SLOT_LIMIT],
                "mention_count": int(count),
                "article_count": articles,
                "independent_reports": stories,
                "reprints": articles - stories,
                "examples": _first_examples(examples),
                "first_seen": first,
                "last_seen": last,
                "merged_because": self._merged_because(kind, root),
            }
            yield root, orjson.dumps(record)[:-1] + b"," + fields + b"}\n"

    def _also_ids(self, kind: Kind, root: int) -> list[str]:
        others = self._merged[kind].members.get(root)
        return sorted(identity_of(kind, key) for key in others)[:SLOT_LIMIT] if others else []

    def _merged_because(self, kind: Kind, root: int) -> list[dict[str, Any]]:
        reasons = self._merged[kind].reasons.get(root, ())[:SLOT_LIMIT]
        return (
            [{"other": identity_of(kind, other), "rule": level.rule, "score": _fragment(level.score)} for other, level in reasons] if reasons else []
        )

    # Each gives a record's name, and its kind's own fields as JSON without braces; an exact number is never read and written anew.

    def _region(self, values: list[str], seen: "_Forms") -> tuple[dict[str, Any], bytes]:
        value = _fields(values[0])
        code = value["code"]
        entry = self._gazetteers.regions.get(code)
        hans = self._gazetteers.folded_place(entry.hans) if entry else code.split(":")[-1] if ":" in code else value["name"]
        return record_name(hans, entry, seen.printed), _json({"code": code, "level": entry.level if entry else value["level"]})

    def _organisation(self, values: list[str], seen: "_Forms") -> tuple[dict[str, Any], bytes]:
        several = [_fields(value) for value in values]
        entry = next(filter(None, (self._gazetteers.organisation(value["name"]) for value in several)), None)
        longest = max(several, key=lambda v: (len(v["name"]), v["name"])) if len(several) > 1 else several[0]
        hans = self._gazetteers.folded_name(entry) if entry else longest["name"]
        region = next((v["region"] for v in several if v["region"]), None)
        return record_name(hans, entry, seen.printed), _json({"type": entry.type if entry else longest["type"], "region": region})

    def _date(self, values: list[str], seen: "_Forms") -> tuple[dict[str, Any], bytes]:
        value = _fields(values[0])
        return record_name(date_name(value["edtf"], value["modifier"]), None, seen.printed), values[0].encode()

    def _figure(self, values: list[str], seen: "_Forms") -> tuple[dict[str, Any], bytes]:
        return record_name(seen.surfaces[0], None, seen.printed), values[0].encode()

    def _agreements(self, span: Span) -> Iterator[tuple[int, bytes]]:
        query = _TOLD.format(kind=_NUMBER_OF["agreement"], renewed=self._renewal.keys)
        for root, rows in groupby(self._database.rows(query, [*span]), key=itemgetter(0)):
            told = [Telling(key, self._event(facts, event), f"a:{article:016x}", day, story) for _, key, facts, event, article, day, story in rows]
            record = agreement_record(told)
            record["merged_because"] = self._merged_because("agreement", root)
            record["also_ids"] = self._also_ids("agreement", root)
            yield root, orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)

    def _event(self, facts: str, event: str) -> dict[str, Any]:
        fields: dict[str, Any] = {**orjson.loads(facts), **_fields(event)}
        for party in fields["parties"]:
            if party["record"]:
                party["record"] = self._record_of.get(party["record"], party["record"])
        for several in ("amounts", "identities"):
            fields[several] = [self._record_of.get(identity, identity) for identity in fields[several]]
        return fields

    def dropped(self, stem: str) -> set[bytes]:
        """The ids of an earlier output's records in one file that are made anew or no more."""
        kind = _STEMS[stem]
        return {identity_of(kind, root).encode() for root in self._renewal.dropped(_NUMBER_OF[kind])}

    # ---- links ----------------------------------------------------------------------------------------------------------

    def links(self) -> Iterator["Link"]:
        """What the lines of each article become, as the files are written."""
        return self._links("work.relinked", self._renewal.articles, "merged", "reprints")

    def draft_links(self) -> Iterator["Link"]:
        """The links as they are if what the earlier run concluded still holds: known before anything is compared."""
        fresh = "(SELECT article FROM articles ANTI JOIN work.earlier USING (article))"
        return self._links(fresh, f"SEMI JOIN {fresh} USING (article)", "work.earlier_merged", "work.earlier_reprints")

    def _links(self, relinked: str, changed: str, merged: str, reprints: str) -> Iterator["Link"]:
        record = f"'{_LETTERS}'[kind + 1] || ':' || format('{{:016x}}', coalesce(root, key))"
        query = (
            "SELECT article, earlier.article IS NOT NULL, line_at, line_length, mentions_at, mentions_length, "
            "CASE WHEN relinked.article IS NULL THEN NULL ELSE slots END, coalesce(records, ''), original "
            f"FROM articles LEFT JOIN work.earlier USING (article) LEFT JOIN {relinked} AS relinked USING (article) "
            f"LEFT JOIN (SELECT article, string_agg({record}, '' ORDER BY slot) AS records FROM ("
            f"SELECT article, slot, kind, key FROM sightings {changed} "
            f"UNION ALL SELECT article, slot, {_NUMBER_OF['agreement']}, key FROM events {changed}) "
            f"LEFT JOIN {merged} USING (kind, key) GROUP BY article) USING (article) "
            f"LEFT JOIN (SELECT article, 'a:' || format('{{:016x}}', original) AS original FROM {reprints}) USING (article) "
            "ORDER BY source, source_offset, article"
        )
        return (Link(*row) for row in self._database.rows(query))


class Link(NamedTuple):
    """What the lines of an article become.

    Attributes:
        article: Its number.
        earlier: Whether its lines stand in the files of the earlier output, not in the spools.
        line_at, line_length: Where its line stands.
        mentions_at, mentions_length: Where the lines of its mentions stand.
        slots: The slots of its mentions, as JSON; None where all its lines are as they were.
        ids: The record ids of its slots without anything between them.
        original: The article that it reprints.
    """

    article: int
    earlier: bool
    line_at: int
    line_length: int
    mentions_at: int
    mentions_length: int
    slots: str | None
    ids: str
    original: str | None


class _Told(NamedTuple):
    """The facts of an agreement as an article tells it."""

    type: AgreementType
    title: str | None
    identities: tuple[str, ...]
    date: str | None
    sums: frozenset[str]


def _told(facts: str) -> _Told:
    fields = orjson.loads(facts)
    return _Told(fields["agreement_type"], fields["title"], tuple(fields["identities"]), fields["date"], frozenset(fields["sums"]))


def _first_examples(lists: Sequence[str]) -> orjson.Fragment | list[str]:
    """The first members of several JSON lists; a single one, of an article, has no more than a record takes."""
    return orjson.Fragment(lists[0]) if len(lists) == 1 else [example for some in lists for example in orjson.loads(some)][:SLOT_LIMIT]


def _fragment(number: Decimal) -> orjson.Fragment:
    return orjson.Fragment(format(number.normalize(), "f"))


def _json(fields: dict[str, Any]) -> bytes:
    return orjson.dumps(fields)[1:-1]


def _fields(value: str) -> dict[str, Any]:
    """The fields of a value as the workers wrote it."""
    fields: dict[str, Any] = orjson.loads("{" + value + "}")
    return fields


@dataclass(slots=True)
class _Forms:
    """The values of a record, and its surfaces in all and in Traditional articles; each first what most articles have."""

    values: list[str]
    surfaces: list[str]
    printed: list[str]

    @classmethod
    def of(cls, rows: Iterable[tuple[Any, ...]]) -> "_Forms":
        """From rows of value, surfaces, printed surfaces, and the number of articles that have just these."""
        (_, value, some, in_print, times), *more = rows
        if not more:  # one article, as a rule
            return cls([value], orjson.loads(some), orjson.loads(in_print))
        values, surfaces, printed = Counter({value: times}), Counter({some: times}), Counter({in_print: times})
        for _, value, some, in_print, times in more:
            values[value] += times
            surfaces[some] += times
            printed[in_print] += times
        return cls(sorted(values, key=lambda v: (-values[v], v)), _ranked(surfaces), _ranked(printed))


def _ranked(lists: Counter[str]) -> list[str]:
    """The members of JSON lists, those of most lists first; of equals, those nearer to the beginnings, where an article's commonest is."""
    if len(lists) == 1:
        only: list[str] = orjson.loads(next(iter(lists)))
        return only
    counts: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for text, times in lists.items():
        for place, surface in enumerate(orjson.loads(text)):
            counts[surface] += times
            places[surface] += times * place
    return sorted(counts, key=lambda s: (-counts[s], places[s], s))
