"""What makes two mentions the same thing without any doubt: their content key. A record's id is a hash of one.

A thing that only its story can tell apart (a figure that says neither of what nor where nor when, 市科协 in a paper of an unknown city) is the
story's own: its key ends in the story's home, a hash of the article's words, so that a copy of the article in another folder says nothing new.
"""

import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

from jianbao.records import DateValue, Event, FigureValue, Kind, OrganisationValue, RegionValue, Value, make_id

PREFIXES: dict[Kind, str] = {"region": "r", "organisation": "o", "agreement": "g", "date": "d", "figure": "f"}
"""What the ids of a kind's records begin with."""

_LONGEST_COMMON_NAME = 7  # 市第一中心医院
_NAMED_BY_TRADE = ("company", "finance", "media")
_GOVERNMENT = re.compile(r"(?:人民政府|特区政府|特别行政区政府|县政府|市政府|省政府|区政府|州政府)$")
_OWN_TITLE = 8  # 《意见》, 《规划》: many documents are called so

SLOT_LIMIT = 20
"""A record names at most so many mentions and surfaces; `mentions.records` is the full link."""


class Key(NamedTuple):
    """A content key. `base` is the key less its home where the thing is its story's own, else None."""

    text: str
    base: str | None = None

    @property
    def kind(self) -> Kind:
        """The kind of what it is a key of."""
        return self.text[: self.text.index("|")]  # type: ignore[return-value]  # keys begin with their kind

    @property
    def number(self) -> int:
        """The hash in `id` as a number, as the tables hold it."""
        return hash_number(self.text)

    @property
    def id(self) -> str:
        """The id of the record that this key alone would make."""
        return make_id(PREFIXES[self.kind], self.text)


def hash_number(key: str) -> int:
    """The number in the ids that `make_id` gives a key."""
    return int.from_bytes(blake2b(key.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def key_number(identity: str) -> int:
    """An id's hash as a number, as the tables hold it."""
    return int(identity.partition(":")[2], 16)


def identity_of(kind: Kind, number: int) -> str:
    """The id of a record by its kind and number."""
    return f"{PREFIXES[kind]}:{number:016x}"


def _own(base: str, home: str) -> Key:
    return Key(f"{base}|{home}", base)


def content_keys(value: Value, rule: str, home: str, place: str | None = None, period: str | None = None) -> tuple[Key, ...]:
    """The keys of the records that a mention belongs to: one as a rule, two for 两省, none where it is unresolved.

    An agreement's mention belongs to the events that name it, which only the event knows: none here.

    Args:
        home: The story that the mention stands in.
        place: The code of the place that its sentence last named before it.
        period: The date that its sentence last named before it, as EDTF.
    """
    if value.unresolved:
        return ()
    if isinstance(value, RegionValue):
        return tuple(Key(f"region|{code}") for code in value.codes or (value.code,) if code)
    if isinstance(value, DateValue):
        return (Key(f"date|{value.edtf}|{value.modifier or ''}"),)
    if isinstance(value, OrganisationValue):
        return (_organisation_key(value, rule, home),)
    return (_figure_key(value, home, place, period),) if isinstance(value, FigureValue) else ()


def _organisation_key(value: OrganisationValue, rule: str, home: str) -> Key:
    """A name and its region. A local body whose place nobody could tell (市委, 中心医院) is the body of this story's city, not of every city."""
    base = f"organisation|{value.name}"
    if value.region is None and rule != "organisation.gazetteer":
        common = value.type not in _NAMED_BY_TRADE and len(value.name) <= _LONGEST_COMMON_NAME
        if common or rule.startswith("organisation.local"):
            return _own(base, home)
    return Key(f"{base}|{value.region or ''}")


def _figure_key(value: FigureValue, home: str, place: str | None, period: str | None) -> Key:
    """The same fact only on exact keys; where role, subject, place or period is not told, a figure is the story's own."""
    numbers = (str(p) if p is None else format(p.normalize(), "f") for p in (value.amount, value.low, value.high))
    words = (value.currency, value.per, value.modifier, value.role, value.subject)
    base = "|".join(("figure", value.dimension, *numbers, *(word or "" for word in words)))
    if value.role and value.subject and place and period:
        return Key(f"{base}|{place}|{period}")
    return _own(base, home)


def party_identity(value: Value, keys: tuple[Key, ...]) -> str | None:
    """Who a party is: the id of its key; a place and its government (辽源市, 辽源市人民政府) are one party."""
    if isinstance(value, OrganisationValue) and value.region and value.region.isdigit() and _GOVERNMENT.search(value.name):
        return Key(f"region|{value.region}").id
    return keys[0].id if len(keys) == 1 else None


def event_key(event: Event, identities: Iterable[str], home: str) -> Key:
    """The content key of an agreement: its type, title, the parties and the date. One that nothing names for sure is the story's own."""
    parties = sorted(set(identities))
    base = "|".join(("agreement", event.agreement_type, event.title or "", *parties, event.date or ""))
    titled = event.title is not None and (len(event.title) >= _OWN_TITLE or bool(parties))
    dated = len(parties) >= 2 and event.date is not None and len(event.date) == 10 and "X" not in event.date
    return Key(base) if titled or dated else _own(base, home)
