"""What makes two mentions the same thing without any doubt: their content key. A record's id is a hash of one.

A thing that only its story can tell apart (a figure that says neither of what nor where nor when, 市科协 in a paper of an unknown city) is the
story's own: its key ends in the story's home, a hash of the article's words, so that a copy of the article in another folder says nothing new.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

from jianbao.records import DateValue, Event, FigureValue, Kind, OrganisationValue, RegionValue, Value

PREFIXES: dict[Kind, str] = {"region": "r", "organisation": "o", "agreement": "g", "date": "d", "figure": "f"}
"""What the ids of a kind's records begin with."""

_LONGEST_COMMON_NAME = 7  # 市第一中心医院
_NAMED_BY_TRADE = ("company", "finance", "media")
_GOVERNMENT = re.compile(r"(?:人民政府|特区政府|特别行政区政府|县政府|市政府|省政府|区政府|州政府)$")
_OWN_TITLE = 8  # 《意见》, 《规划》: many documents are called so

_EMPTY = blake2b(digest_size=8)

SLOT_LIMIT = 20
"""A record names at most so many mentions and surfaces; `mentions.records` is the full link."""


class Key(NamedTuple):
    """A content key; its text is `figure|money|…`.

    Attributes:
        number: The hash in the id of the record that this key alone would make, as the tables hold it.
        base: The number of the key less its home, where the thing is its story's own.
    """

    kind: Kind
    text: str
    number: int
    base: int | None = None

    @property
    def id(self) -> str:
        """The id of the record that this key alone would make."""
        return identity_of(self.kind, self.number)


def hash_number(key: str) -> int:
    """The number in the ids that `make_id` gives a key."""
    return int.from_bytes(_hasher(key).digest(), "big")


def _hasher(key: str) -> blake2b:
    hasher = _EMPTY.copy()  # a third of the cost of a new one
    hasher.update(key.encode("utf-8", "replace"))
    return hasher


def key_number(identity: str) -> int:
    """An id's hash as a number, as the tables hold it."""
    return int(identity.partition(":")[2], 16)


def identity_of(kind: Kind, number: int) -> str:
    """The id of a record by its kind and number."""
    return f"{PREFIXES[kind]}:{number:016x}"


def _own(kind: Kind, base: str, home: str) -> Key:
    hasher = _hasher(base)
    number = int.from_bytes(hasher.digest(), "big")
    hasher.update(f"|{home}".encode())  # the key begins with its base
    return Key(kind, f"{base}|{home}", int.from_bytes(hasher.digest(), "big"), number)


def content_keys(value: Value, rule: str, home: str, place: str | None = None, period: str | None = None) -> tuple[Key, ...]:
    """The keys of the records that a mention belongs to: one as a rule, two for 两省, none where it is unresolved.

    An agreement's mention belongs to the events that name it, which only the event knows: none here.

    Args:
        home: The story that the mention stands in.
        place: The code of the place that its sentence last named before it.
        period: The date that its sentence last named before it, as EDTF.
    """
    fields = value.__dict__  # a model takes long to give a field
    if fields["unresolved"]:
        return ()
    kind = type(value)  # the very class, for isinstance of what is another model costs as much as the key
    if kind is OrganisationValue:
        name = fields["name"]
        return _organisation_keys(name, fields["type"], fields["region"], rule) or (_own("organisation", f"organisation|{name}", home),)
    if kind is RegionValue:
        return _region_keys(fields["code"], fields["codes"])
    if kind is DateValue:
        return _date_keys(fields["edtf"], fields["modifier"])
    return (_figure_key(fields, home, place, period),) if kind is FigureValue else ()


# The same places, days and names come again and again.


@lru_cache(maxsize=1 << 12)
def _region_keys(code: str | None, codes: tuple[str, ...] | None) -> tuple[Key, ...]:
    texts = [f"region|{one}" for one in codes or (code,) if one]
    return tuple(Key("region", text, hash_number(text)) for text in texts)


@lru_cache(maxsize=1 << 12)
def _date_keys(edtf: str, modifier: str | None) -> tuple[Key, ...]:
    text = f"date|{edtf}|{modifier or ''}"
    return (Key("date", text, hash_number(text)),)


@lru_cache(maxsize=1 << 13)
def _organisation_keys(name: str, kind: str, region: str | None, rule: str) -> tuple[Key, ...]:
    """A name and its region. A local body whose place nobody could tell (市委, 中心医院) has none of these: it is the body of this story's city, not of every
    city.
    """
    if region is None and rule != "organisation.gazetteer":
        common = kind not in _NAMED_BY_TRADE and len(name) <= _LONGEST_COMMON_NAME
        if common or rule.startswith("organisation.local"):
            return ()
    text = f"organisation|{name}|{region or ''}"
    return (Key("organisation", text, hash_number(text)),)


def _figure_key(fields: Mapping[str, Any], home: str, place: str | None, period: str | None) -> Key:
    """The same fact only on exact keys; where role, subject, place or period is not told, a figure is the story's own."""
    role, subject = fields["role"], fields["subject"]
    numbers = f"{_plain(fields['amount'])}|{_plain(fields['low'])}|{_plain(fields['high'])}"
    unit = f"{fields['currency'] or ''}|{fields['per'] or ''}|{fields['modifier'] or ''}"
    base = f"figure|{fields['dimension']}|{numbers}|{unit}|{role or ''}|{subject or ''}"
    if role and subject and place and period:
        text = f"{base}|{place}|{period}"
        return Key("figure", text, hash_number(text))
    return _own("figure", base, home)


@lru_cache(maxsize=1 << 12)
def _plain(number: Decimal | None) -> str:
    return (format(number.normalize(), "f") if number else "0") if number is not None else "None"


def party_identity(value: Value, keys: tuple[Key, ...]) -> str | None:
    """Who a party is: the id of its key; a place and its government (辽源市, 辽源市人民政府) are one party."""
    if isinstance(value, OrganisationValue) and value.region and value.region.isdigit() and _GOVERNMENT.search(value.name):
        return _region_keys(value.region, None)[0].id
    return keys[0].id if len(keys) == 1 else None


def event_key(event: Event, identities: Iterable[str], home: str) -> Key:
    """The content key of an agreement: its type, title, the parties and the date. One that nothing names for sure is the story's own."""
    parties = sorted(set(identities))
    base = "|".join(("agreement", event.agreement_type, event.title or "", *parties, event.date or ""))
    titled = event.title is not None and (len(event.title) >= _OWN_TITLE or bool(parties))
    dated = len(parties) >= 2 and event.date is not None and len(event.date) == 10 and "X" not in event.date
    return Key("agreement", base, hash_number(base)) if titled or dated else _own("agreement", base, home)
