"""A party as it stands in the text, and the parties of one agreement."""

from typing import NamedTuple

from jianbao.records import OrganisationValue, RegionValue
from jianbao.text import Mention

_SHORTEST_END = 2
_LONGEST_PLACE = 4  # characters of a place before a name: 湖南, 黑龙江


class Side(NamedTuple):
    """A party as it stands in the text; `mention` is what it is known by, None where only its words are known."""

    mention: Mention | None
    name: str
    start: int
    end: int
    known: bool = True

    @property
    def codes(self) -> tuple[str, ...]:
        """The places of a deictic pair (两市)."""
        value = self.mention.value if self.mention else None
        return (value.codes or ()) if type(value) is RegionValue else ()


Group = tuple[Side, ...]


def alike(side: Side, other: Side) -> bool:
    """Whether two names in an article may mean one party: the same body, a short name of it (浩大, 浩宇大学), or a place and a body of state of it."""
    if side.name == other.name:
        return True
    home, other_home = _home(side), _home(other)
    if home is not None and other_home is not None:
        return home.code is not None and home.code == other_home.code
    short, long = (side.name, other.name) if len(side.name) <= len(other.name) else (other.name, side.name)
    if len(short) > _SHORTEST_END and long.endswith(short):
        return True  # 绿丘町, 日本青森县绿丘町
    if home is not None:
        return _speaks_for(other, side.name, home)
    if other_home is not None:
        return _speaks_for(side, other.name, other_home)
    if side.mention is not None and other.mention is not None:
        value, known = side.mention.value, other.mention.value
        if type(value) is OrganisationValue and type(known) is OrganisationValue and value.name == known.name:
            return True
    return len(short) > 1 and _shortens(short, long)


def _home(side: Side) -> RegionValue | None:
    """What is known of a party that is a place."""
    value = side.mention.value if side.mention is not None and side.mention.kind == "region" else None
    return value if type(value) is RegionValue else None


def _speaks_for(body: Side, place: str, home: RegionValue) -> bool:
    """工商及科技局 for 香港, 加拿大工业部 for 加拿大, 株洲市政府 for 株洲; 诸暨市春风针织有限公司 for no place."""
    value = body.mention.value if body.mention else None
    if type(value) is OrganisationValue:
        if value.type not in ("government", "party"):
            return False
        if value.region and value.region == home.code:
            return True
    return body.name.startswith((place, home.name)) and body.name[-1] in "府部局厅委署会办处司院"


def _shortens(short: str, long: str) -> bool:
    """Whether the characters of a name stand in this order in a longer one, which it begins like: 浩大, 浩宇大学; a place may stand before."""
    at = long.find(short[0])
    if not 0 <= at <= _LONGEST_PLACE:
        return False
    for letter in short[1:]:
        at = long.find(letter, at + 1)
        if at < 0:
            return False
    return True


def first_group(groups: list[Group]) -> Group:
    """The parties of the first agreement that words tell of; none where they tell of none."""
    return groups[0] if groups else ()
