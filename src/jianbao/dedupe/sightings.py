"""What dedupe needs to know of one article, as rows of its tables: made by the workers, read by DuckDB."""

from dataclasses import dataclass, field
from typing import Any

import orjson

from jianbao.dedupe.database import NULL
from jianbao.dedupe.keys import SLOT_LIMIT, Key, content_keys, event_key, hash_number, key_number, party_identity
from jianbao.dedupe.names import agreement_name, record_name
from jianbao.dedupe.near import signature, story_body, story_home
from jianbao.records import (
    KINDS,
    Article,
    DateValue,
    Event,
    FigureValue,
    OrganisationValue,
    RegionValue,
    Span,
    Value,
    exact_number,
)
from jianbao.text import Text

_NO_FIELD_OF_A_RECORD = ("restates", "unresolved")


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """Rows of an article, as `database.TABLES` describes them; that of `articles` less the places of its lines."""

    article: bytes
    sightings: bytes
    events: bytes


@dataclass(slots=True)
class _Sighting:
    """How an article mentions one content key. Mentions in page furniture belong to the record but are not counted."""

    key: Key
    slot: int
    value: bytes
    count: int = 0
    examples: list[str] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    surfaces: dict[str, int] = field(default_factory=dict)
    printed: dict[str, int] = field(default_factory=dict)


def article_rows(text: Text, article: Article, mentions: list[dict[str, Any]]) -> ArticleRows:
    """The rows of an article whose mentions are `mentions`, in written order."""
    body = story_body(text.folded, text.boilerplate)
    home = story_home(body, article.published)
    seen = _Seen(home, article.script == "hant")
    for row in mentions:
        seen.add(row)
    number = b"%d\t" % key_number(article.id)
    events = []
    for slot, event in enumerate(text.events, len(seen.sightings)):
        events += [number, _event_row(event, seen, slot, home)]
        for mention in event.mentions:
            seen.slots_of[mention] = [*seen.slots_of.get(mention, ()), slot]
    # A slot a mention as a rule; a list for several or none.
    found = [seen.slots_of.get(row["id"], []) for row in mentions]
    fields = (
        number[:-1],
        orjson.dumps(article.source),
        b"%d" % (article.source_offset or 0),
        (article.published or "\\N").encode(),
        article.sha256.encode(),
        home.encode() if body else NULL,
        b"%d" % len(body),
        signature(body).encode() or NULL,
        orjson.dumps(text.folded.replace("\x00", "\ufffd")),
        orjson.dumps([span for span in text.boilerplate if span[0] < span[1]]),
        orjson.dumps([some[0] if len(some) == 1 else some for some in found]),
    )
    rows: list[bytes] = []
    for sighting in seen.sightings.values():
        rows += (number, _sighting_row(sighting))
    return ArticleRows(b"\t".join(fields), b"".join(rows), b"".join(events))


class _Seen:
    """The content keys of one article, in order of the text, and the slots that its mentions belong to."""

    def __init__(self, home: str, hant: bool) -> None:
        self.sightings: dict[str, _Sighting] = {}
        self.slots_of: dict[str, list[int]] = {}
        self.keys_of: dict[str, tuple[Key, ...]] = {}
        self.value_of: dict[str, Value] = {}
        self._home = home
        self._hant = hant
        self._sentence: Span = (-1, -1)
        self._place: str | None = None
        self._period: str | None = None

    def add(self, row: dict[str, Any]) -> None:
        """Takes in a mention; they come in written order."""
        value: Value = row["value"]
        if row["sentence"] != self._sentence:
            self._sentence, self._place, self._period = row["sentence"], None, None
        keys = content_keys(value, row["rule"], self._home, self._place, self._period)
        if not keys:
            return
        if isinstance(value, RegionValue):
            self._place = value.code or self._place
        elif isinstance(value, DateValue):
            self._period = value.edtf
        identity: str = row["id"]
        self.keys_of[identity], self.value_of[identity] = keys, value
        slots = self.slots_of[identity] = []
        for key in keys:
            sighting = self.sightings.get(key.text)
            if sighting is None:
                sighting = self.sightings[key.text] = _Sighting(key, len(self.sightings), _value_json(value, key))
            slots.append(sighting.slot)
            surface = row["normalised"]
            sighting.surfaces[surface] = sighting.surfaces.get(surface, 0) + 1
            if self._hant:
                printed = "".join(row["text"].split())
                sighting.printed[printed] = sighting.printed.get(printed, 0) + 1
            if row["boilerplate"]:
                sighting.furniture.append(identity)
            else:
                sighting.count += 1
                sighting.examples.append(identity)


def _value_json(value: Value, key: Key) -> bytes:
    """What the record takes from a mention's value, as JSON without its braces."""
    if isinstance(value, RegionValue):
        fields: dict[str, Any] = {"code": key.text[7:], "level": value.level, "name": value.name}
    elif isinstance(value, OrganisationValue):
        fields = {"type": value.type, "region": value.region, "name": value.name}
    elif isinstance(value, DateValue):
        fields = {"edtf": value.edtf, "start": value.start, "end": value.end, "modifier": value.modifier}
    else:
        fields = {**value.__dict__}
        for name in _NO_FIELD_OF_A_RECORD:
            del fields[name]
    return orjson.dumps(fields, default=exact_number)[1:-1]


def _most_first(counts: dict[str, int]) -> list[str]:
    return sorted(counts, key=lambda s: (-counts[s], s))[:SLOT_LIMIT] if len(counts) > 1 else list(counts)


def _sighting_row(seen: _Sighting) -> bytes:
    """A row of the table `sightings` but for its first column."""
    surfaces, printed = _most_first(seen.surfaces), _most_first(seen.printed)
    kind, head = seen.key.kind, NULL
    if kind == "figure":  # most figures stand in one article alone: their record is as good as made
        name = record_name(surfaces[0], None, printed)
        head = b'"name":%b,"aliases":%b' % (orjson.dumps(name), orjson.dumps(surfaces[1:]))
    return b"%d\t%d\t%d\t%b\t%d\t%b\t%b\t%b\t%b\t%b\n" % (
        seen.slot,
        KINDS.index(kind),
        seen.key.number,
        NULL if seen.key.base is None else b"%d" % hash_number(seen.key.base),
        seen.count,
        seen.value,
        orjson.dumps(surfaces),
        orjson.dumps(printed),
        orjson.dumps((seen.examples or seen.furniture)[:SLOT_LIMIT]),
        head,
    )


def _event_row(event: Event, seen: _Seen, slot: int, home: str) -> bytes:
    """A row of the table `events` but for its first column.

    `refs` holds the numbers of all that it names. `event` holds the record's own fields as they stand in a file, parties and sums named by the ids that their keys alone would have: where
    nothing is joined, that is the record. `facts` holds what is compared, and what all records carry.
    """
    parties, identities = [], []
    refs: set[str] = set()
    for party in event.parties:
        keys = seen.keys_of.get(party.record or "", ())
        identities.append((party_identity(seen.value_of[party.record or ""], keys) if keys else None) or party.name)
        record = keys[0].id if len(keys) == 1 else None
        if record:
            refs.add(record)
        parties.append({**party.__dict__, "record": record})
    amounts: dict[str, str] = {}  # one figure for each worth
    for mention in event.amounts:
        if seen.keys_of.get(mention):
            amounts.setdefault(figure_worth(seen.value_of[mention]), seen.keys_of[mention][0].id)
    key = event_key(event, identities, home)
    mentions = list(dict.fromkeys(event.mentions))
    hans = agreement_name(event.title, [party.name for party in event.parties], event.agreement_type)
    fields = {
        "agreement_type": event.agreement_type,
        "title": event.title,
        "parties": parties,
        "date": event.date,
        "place": event.place,
        "amounts": list(amounts.values()),
        "duration": event.duration,
        "subject": event.subject,
        "status": event.status,
        "conflicts": (),
        "evidence": [evidence.__dict__ for evidence in event.evidence],
    }
    facts = {
        "agreement_type": event.agreement_type,
        "title": event.title,
        "date": event.date,
        "identities": identities,
        "sums": list(amounts),
        "mentions": mentions,
    }
    head = orjson.dumps({"name": record_name(hans, None, ()), "aliases": (), "mention_count": len(mentions)})[1:-1]
    head += b',"article_count":1,"independent_reports":1,"reprints":0,"examples":' + orjson.dumps(mentions[:SLOT_LIMIT])
    base = NULL if key.base is None else b"%d" % hash_number(key.base)
    named = orjson.dumps(sorted(map(key_number, refs.union(amounts.values()))))
    return b"%d\t%d\t%b\t%b\t%b\t%b\t%b\n" % (slot, key.number, base, named, head, orjson.dumps(facts), orjson.dumps(fields)[1:-1])


def figure_worth(value: Value) -> str:
    """What a figure is worth, whatever words say so: 1.6亿元 and 16000万元 are `CNY 160000000`."""
    if not isinstance(value, FigureValue):
        return ""
    points = (value.amount,) if value.amount is not None else (value.low, value.high)
    worth = "/".join(".." if p is None else format(p.normalize(), "f") for p in points)
    return f"{value.currency or value.dimension} {worth}" + (f" per {value.per}" if value.per else "")
