"""What dedupe needs to know of one article, as rows of its tables: made by the workers, read by DuckDB."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import orjson

from jianbao.dedupe.keys import SLOT_LIMIT, Key, content_keys, event_key, key_number, party_identity
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

_NO_FIELD_OF_A_RECORD = b',"restates":'
"""What of a figure's value no record takes begins here."""
NULL = b"\\N"
"""What stands for no value in the files that the database reads. It is not the database's: workers would load all of DuckDB with it."""
_NUMBER_OF = {kind: number for number, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """Rows of an article, as `database.TABLES` describes them; that of `articles` less the places of its lines."""

    article: bytes
    sightings: bytes
    events: bytes


Mentions = list[dict[str, Any]]
"""Mention records as rows, in written order."""


_Sighting = tuple[Key, Mentions]
"""A content key in an article and its mentions. Those in page furniture belong to the record but are not counted."""


@dataclass(frozen=True, slots=True)
class Story:
    """What tells the story of an article from others, as the table `articles` has it."""

    length: int
    home: str
    signature: str


def story_of(text: Text, article: Article) -> Story:
    """The story of an article."""
    body = story_body(text.folded, text.boilerplate)
    return Story(len(body), story_home(body, article.published), signature(body))


def article_rows(text: Text, article: Article, story: Story, mentions: Mentions) -> ArticleRows:
    """The rows of an article."""
    seen = _Seen(mentions, story.home)
    number = b"%d" % key_number(article.id)
    fields = (
        number,
        orjson.dumps(article.source),
        b"%d" % (article.source_offset or 0),
        (article.published or "\\N").encode(),
        article.sha256.encode(),
        story.home.encode() if story.length else NULL,
        b"%d" % story.length,
        story.signature.encode() or NULL,
        orjson.dumps(text.folded.replace("\x00", "\ufffd")),
        orjson.dumps([span for span in text.boilerplate if span[0] < span[1]]),
        orjson.dumps(seen.slots_with(text.events)),
    )
    events = [_event_row(event, seen, number, slot, story.home) for slot, event in enumerate(text.events, len(seen.sightings))]
    return ArticleRows(b"\t".join(fields), _sighting_rows(number, seen.sightings, article.script == "hant"), b"".join(events))


class _Seen:
    """The content keys of one article, in order of the text.

    Attributes:
        sightings: In the order of their slots.
    """

    def __init__(self, mentions: Mentions, home: str) -> None:
        self.sightings: list[_Sighting] = []
        self._mentions = mentions
        self._keys: list[tuple[Key, ...]] = []  # of each mention
        self._slots: list[int | list[int]] = []  # of each mention
        sightings, add_keys, add_slot = self.sightings, self._keys.append, self._slots.append  # what a loop over all mentions asks for is at hand
        slot_of: dict[int, int] = {}  # by the number of the key
        sentence: Span = (-1, -1)
        place: str | None = None
        period: str | None = None
        for row in mentions:
            value: Value = row["value"]
            if row["sentence"] != sentence:
                sentence, place, period = row["sentence"], None, None
            keys = content_keys(value, row["rule"], home, place, period)
            add_keys(keys)
            slots = []
            for key in keys:
                slot = slot_of.setdefault(key.number, len(sightings))
                if slot == len(sightings):
                    sightings.append((key, [row]))
                else:
                    sightings[slot][1].append(row)
                slots.append(slot)
            add_slot(slots[0] if len(slots) == 1 else slots)
            if keys and type(value) is RegionValue:
                place = value.code or place
            elif keys and type(value) is DateValue:
                period = value.edtf

    @cached_property
    def _places(self) -> dict[str, int]:
        """Where each mention stands among the others, by its id."""
        return {row["id"]: place for place, row in enumerate(self._mentions)}

    def keys_of(self, mention: str | None) -> tuple[Key, ...]:
        """The keys of the mention with an id; none for none."""
        return self._keys[self._places[mention]] if mention in self._places else ()

    def value_of(self, mention: str) -> Value:
        """What the mention with an id is worth."""
        value: Value = self._mentions[self._places[mention]]["value"]
        return value

    def slots_with(self, events: list[Event]) -> list[int | list[int]]:
        """Which records each mention belongs to: a slot as a rule, a list for several or none. The slots of events go on where those of sightings end."""
        slots = self._slots.copy()
        for slot, event in enumerate(events, len(self.sightings)):
            for place in [self._places[mention] for mention in event.mentions if mention in self._places]:
                before = slots[place]
                several = [*before, slot] if isinstance(before, list) else [before, slot]
                slots[place] = slot if several == [slot] else several
        return slots


def _value_json(value: Value, key: Key) -> bytes:
    """What the record takes from a mention's value, as JSON without its braces."""
    fields = value.__dict__  # a model takes long to give a field
    kind = type(value)
    if kind is OrganisationValue:
        return _organisation_json(fields["type"], fields["region"], fields["name"])
    if kind is RegionValue:
        return _region_json(key.text[7:], fields["level"], fields["name"])
    if kind is DateValue:
        return _date_json(fields["edtf"], fields["start"], fields["end"], fields["modifier"])
    whole = orjson.dumps(fields, default=exact_number)
    return whole[1 : whole.rindex(_NO_FIELD_OF_A_RECORD)]  # a string in it would have its quotation marks escaped


# The same things are told in article after article.


@lru_cache(maxsize=1 << 13)
def _organisation_json(kind: str, region: str | None, name: str) -> bytes:
    return orjson.dumps({"type": kind, "region": region, "name": name})[1:-1]


@lru_cache(maxsize=1 << 12)
def _region_json(code: str, level: str | None, name: str) -> bytes:
    return orjson.dumps({"code": code, "level": level, "name": name})[1:-1]


@lru_cache(maxsize=1 << 12)
def _date_json(edtf: str, start: str | None, end: str | None, modifier: str | None) -> bytes:
    return orjson.dumps({"edtf": edtf, "start": start, "end": end, "modifier": modifier})[1:-1]


@lru_cache(maxsize=1 << 13)
def _only(surface: str) -> bytes:
    """The JSON list of one surface: most things are named once or by one name in an article."""
    return orjson.dumps([surface])


@lru_cache(maxsize=1 << 13)
def _converted_name(surface: str) -> bytes:
    """The name of a figure that no Traditional article prints, as JSON."""
    return orjson.dumps(record_name(surface, None, ()))


def _most_first(surfaces: list[str]) -> list[str]:
    if surfaces.count(surfaces[0]) == len(surfaces):  # as a rule
        return surfaces[:1]
    counts = Counter(surfaces)
    return sorted(counts, key=lambda s: (-counts[s], s))[:SLOT_LIMIT]


def _sighting_rows(article: bytes, seen: list[_Sighting], hant: bool) -> bytes:
    """Rows of the table `sightings`, in the order of their slots.

    Args:
        article: Its number, in digits.
        seen: The content keys in it.
        hant: Whether the article is printed in Traditional characters.
    """
    if not seen:
        return b""
    numbers: list[tuple[int, int, int, int | None, int]] = []
    rests: list[bytes] = []
    for slot, (key, mentions) in enumerate(seen):
        kind, _, number, base = key
        first = mentions[0]
        surface = first["normalised"]
        others: list[str] = []  # surfaces
        printed: list[str] = []
        if len(mentions) == 1:
            surfaces = _only(surface)
            count = 0 if first["boilerplate"] else 1
            examples = f'["{first["id"]}"]'.encode()
            if hant:
                printed = ["".join(first["text"].split())]
        else:
            surface, *others = _most_first([row["normalised"] for row in mentions])
            surfaces = orjson.dumps([surface, *others]) if others else _only(surface)
            counted = [row["id"] for row in mentions if not row["boilerplate"]]
            count = len(counted)
            examples = orjson.dumps((counted or [row["id"] for row in mentions])[:SLOT_LIMIT])
            if hant:
                printed = _most_first(["".join(row["text"].split()) for row in mentions])
        head = NULL
        if kind == "figure":  # most figures stand in one article alone: their record is as good as made
            name = orjson.dumps(record_name(surface, None, printed)) if printed else _converted_name(surface)
            head = b'"name":%b,"aliases":%b' % (name, orjson.dumps(others) if others else b"[]")
        numbers.append((slot, _NUMBER_OF[kind], number, base, count))
        rests.append(b"\t".join((_value_json(first["value"], key), surfaces, orjson.dumps(printed) if printed else b"[]", examples, head)))
    # Numbers written all at once take a fraction of the time.
    columns = orjson.dumps(numbers)[2:-2].replace(b"null", NULL).replace(b",", b"\t").split(b"]\t[")
    return b"".join([b"\t".join((article, column, rest)) + b"\n" for column, rest in zip(columns, rests, strict=True)])


def _event_row(event: Event, seen: _Seen, article: bytes, slot: int, home: str) -> bytes:
    """A row of the table `events`.

    `refs` holds the numbers of all that it names. `event` holds the record's own fields as they stand in a file, parties and sums named by the ids that their keys alone would have: where
    nothing is joined, that is the record. `facts` holds what is compared, and what all records carry.
    """
    parties, identities = [], []
    refs: set[str] = set()
    for party in event.parties:
        keys = seen.keys_of(party.record)
        identities.append((party_identity(seen.value_of(party.record), keys) if party.record and keys else None) or party.name)
        record = keys[0].id if len(keys) == 1 else None
        if record:
            refs.add(record)
        parties.append({**party.__dict__, "record": record})
    amounts: dict[str, str] = {}  # one figure for each worth
    for mention in event.amounts:
        if keys := seen.keys_of(mention):
            amounts.setdefault(figure_worth(seen.value_of(mention)), keys[0].id)
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
    base = NULL if key.base is None else b"%d" % key.base
    named = orjson.dumps(sorted(map(key_number, refs.union(amounts.values()))))
    return b"%b\t%d\t%d\t%b\t%b\t%b\t%b\t%b\n" % (article, slot, key.number, base, named, head, orjson.dumps(facts), orjson.dumps(fields)[1:-1])


def figure_worth(value: Value) -> str:
    """What a figure is worth, whatever words say so: 1.6亿元 and 16000万元 are `CNY 160000000`."""
    if not isinstance(value, FigureValue):
        return ""
    points = (value.amount,) if value.amount is not None else (value.low, value.high)
    worth = "/".join(".." if p is None else format(p.normalize(), "f") for p in points)
    return f"{value.currency or value.dimension} {worth}" + (f" per {value.per}" if value.per else "")
