"""The towns of China by name: which counties have one so called, and a mention of one."""

from functools import lru_cache

from jianbao.extractors.region.view import View
from jianbao.folding import load_folding
from jianbao.lexicon import Lexicon
from jianbao.records import RegionValue
from jianbao.text import Mention

_KINDS = ("镇", "乡", "街道", "苏木")


class Towns:
    """The list of all towns.

    Attributes:
        counties: The codes of the counties that have a town of a (folded) name.
        longest: The length of the longest name.
    """

    def __init__(self, towns: Lexicon) -> None:
        self.counties: dict[str, tuple[str, ...]] = {}
        folded = load_folding().fold_all(town for county in towns.entries for town in county.towns)
        for county in towns.entries:
            here = (county.id,)
            for town in county.towns:
                name = folded[town]  # 乾元镇 is 干元镇 where rules look
                self.counties[name] = self.counties[name] + here if name in self.counties else here
        self._bare = frozenset([name[: -len(kind)] for kind in _KINDS for name in self.counties if name.endswith(kind)])
        self._official = {key: town for town, key in folded.items() if town != key}
        self.longest = max(map(len, self.counties), default=0)
        self._value = lru_cache(maxsize=1 << 14)(self._make_value)

    def full_name(self, bare: str, named: set[str]) -> str | None:
        """The full name of a town that lies in one of some counties: 渭津, where 东辽县 is named."""
        for kind in _KINDS if bare in self._bare else ():  # most words are none
            for county in self.counties.get(bare + kind, ()):
                if county in named:
                    return bare + kind
        return None

    def mention(self, start: int, end: int, name: str) -> Mention:
        """A mention of a town."""
        return Mention("region", start, end, "region.town", self._value(name))

    def take(self, view: View, start: int, end: int, name: str | None = None) -> Mention:
        """A mention of a town, whose span is taken; its name is what stands there if none is given."""
        view.cover(start, end)
        return self.mention(start, end, name or view.folded[start:end])

    def _make_value(self, name: str) -> RegionValue:
        official = self._official.get(name, name)
        return RegionValue(code=f"town:{official}", name=official, level="town")
