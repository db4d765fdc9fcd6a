"""A party as it stands in the text, and the parties of one agreement."""

from typing import NamedTuple

from jianbao.records import OrganisationValue, RegionValue
from jianbao.resolvers.parties.bodies import identity
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
        return (value.codes or ()) if isinstance(value, RegionValue) else ()


Group = tuple[Side, ...]


def alike(side: Side, other: Side) -> bool:
    """Whether two names in an article may mean one party: the same body, a short name of it (浩大, 浩宇大学), or a place and a body of state of it."""
    if side.name == other.name:
        return True
    keys = [identity(s.mention) if s.mention else None for s in (side, other)]
    if keys[0] and keys[0] == keys[1]:
        return True
    if _speaks_for(side, other) or _speaks_for(other, side):
        return True
    short, long = sorted((side.name, other.name), key=len)
    if len(short) > _SHORTEST_END and long.endswith(short):
        return True  # 甲佐町, 日本熊本县甲佐町
    if any(s.mention and s.mention.kind == "region" for s in (side, other)):
        return False  # 诸暨市, 诸暨市春风针织有限公司
    return len(short) > 1 and _shortens(short, long)


def _speaks_for(body: Side, place: Side) -> bool:
    """工商及科技局 for 香港, 加拿大工业部 for 加拿大, 株洲市政府 for 株洲."""
    home = place.mention.value if place.mention else None
    if not isinstance(home, RegionValue) or place.mention is None or place.mention.kind != "region":
        return False
    value = body.mention.value if body.mention else None
    if isinstance(value, RegionValue):
        return value.code == home.code
    if isinstance(value, OrganisationValue) and value.type not in ("government", "party"):
        return False
    if isinstance(value, OrganisationValue) and value.region and value.region == home.code:
        return True
    return body.name.startswith((place.name, home.name)) and body.name[-1] in "府部局厅委署会办处司院"


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
