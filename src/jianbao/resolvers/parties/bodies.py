"""Mentions as bodies: what makes two of them one, which are media, which stand inside others."""

from collections.abc import Iterable
from operator import attrgetter

from jianbao.records import OrganisationValue, RegionValue
from jianbao.text import Mention

_CODE = 6  # digits of a division's code
start_of = attrgetter("start")


def identity(mention: Mention) -> str | None:
    """What makes two mentions of a body one: the code of a place, the name of an organisation."""
    value = mention.value
    if type(value) is RegionValue:
        return f"region|{value.code}" if value.code else None
    if type(value) is OrganisationValue:
        return f"organisation|{value.name}"
    return None


def is_media(mention: Mention) -> bool:
    """Whether a body is a newspaper or the like: it tells, and signs nothing."""
    return type(mention.value) is OrganisationValue and mention.value.type == "media"


def is_pair(mention: Mention) -> bool:
    """Whether a mention speaks of several places: 两市, 三地."""
    return type(mention.value) is RegionValue and bool(mention.value.codes)


def is_vague_pair(mention: Mention) -> bool:
    """Whether a mention speaks of two places that nothing around it resolved: 两国."""
    value = mention.value
    return type(value) is RegionValue and mention.deictic and not value.code and not value.codes and value.name.startswith("两")


def disjoint(place: Mention, other: Mention) -> bool:
    """Whether neither of two divisions lies in the other: 芜湖市 and 马鞍山市."""
    codes = [m.value.code for m in (place, other) if type(m.value) is RegionValue and not m.value.unresolved]
    if len(codes) < 2 or not all(code and len(code) == _CODE and code.isdigit() for code in codes):
        return False
    first, second = (str(code).rstrip("0") for code in codes)
    first, second = (code + "0" * (len(code) % 2) for code in (first, second))
    return not first.startswith(second) and not second.startswith(first)


def within(place: Mention, country: Mention) -> bool:
    """Whether a place is a division of China and the other China: 澳门特别行政区 in 中华人民共和国."""
    values = place.value, country.value
    if not (isinstance(values[0], RegionValue) and isinstance(values[1], RegionValue)):
        return False
    return values[1].code == "CN" and values[0].code is not None and values[0].code.isdigit()


def _start_then_longest(mention: Mention) -> tuple[int, int, str]:
    return mention.start, -mention.end, mention.kind


def in_order(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions by start, then longest first."""
    return sorted(mentions, key=_start_then_longest)


def outermost(mentions: list[Mention]) -> list[Mention]:
    """The mentions that no other of the list encloses, in order."""
    kept: list[Mention] = []
    for m in in_order(mentions):
        if not kept or not kept[-1].covers(m):
            kept.append(m)
    return kept
