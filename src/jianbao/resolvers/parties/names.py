"""Under which name the article knows a body: the fullest one that it prints."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from jianbao.records import OrganisationValue, RegionValue
from jianbao.resolvers.parties.bodies import identity, is_pair
from jianbao.resolvers.parties.sides import Side
from jianbao.resolvers.parties.view import View
from jianbao.text import Mention

_LEGAL_ENDS = ("公司", "集团", "合伙", "合伙)", "合作社")
_LONGEST_PLACE = 4  # characters of a place before a brand: 湖南, 黑龙江, 呼和浩特

_USUAL = {"台湾省": "台湾"}  # the name for which a letter stands in the press


class Names:
    """The bodies of one article; each table is made when it is first asked for, most articles never ask for all."""

    def __init__(self, view: View) -> None:
        self._view, self._folded = view, view.folded
        self._companies: dict[str, Mention | None] = {}
        self._fullest_names: dict[str, str] = {}
        self._names: dict[int, str] = {}  # by the id of the mention

    @cached_property
    def _known(self) -> dict[str, list[Mention]]:
        """The mentions of each body, in order."""
        known: dict[str, list[Mention]] = {}
        by_value: dict[int, list[Mention]] = {}  # most mentions of one thing share their value: one key is made for all
        for m in self._view.bodies:
            value = id(m.value)
            mentions = by_value.get(value)
            if mentions is None:
                key = identity(m)
                mentions = by_value[value] = known.setdefault(key, []) if key else []
            mentions.append(m)
        return known

    def mentions(self, key: str) -> Sequence[Mention]:
        """The mentions of a body (`identity`), in order."""
        return self._known.get(key, ())

    def _fullest(self, key: str) -> str:
        """The longest name that the article prints of a body, a Chinese one if there is any: 微软(Microsoft)."""
        fullest = self._fullest_names.get(key)
        if fullest is None:
            folded = self._folded
            printed = {folded[m.start : m.end]: None for m in self.mentions(key) if not m.deictic and m.rule != "region.misprint"}
            fullest = self._fullest_names[key] = max(printed, key=_fullness, default="")
        return fullest

    @cached_property
    def named(self) -> dict[str, Mention]:
        """The first body that is printed so."""
        return {self._folded[m.start : m.end]: m for m in reversed(self._view.bodies) if type(m.value) is OrganisationValue or identity(m)}

    @cached_property
    def _legal(self) -> tuple[str, list[int], list[Mention]]:
        """The legal names of companies and the like in one string, where each begins in it, and the first mention of each."""
        folded = self._folded
        legal: dict[str, Mention] = {}
        for m in self._view.bodies:
            if m.kind == "organisation" and folded.endswith(_LEGAL_ENDS, m.start, m.end):
                legal.setdefault(folded[m.start : m.end], m)
        return "\n".join(legal), [0, *accumulate(len(name) + 1 for name in legal)], list(legal.values())

    def side(self, mention: Mention, start: int | None = None) -> Side:
        """A body under the fullest name that the article prints."""
        name = self._names.get(id(mention))
        if name is None:
            name = self._names[id(mention)] = self._name(mention)
        return Side(mention, name, mention.start if start is None else start, mention.end)

    def _name(self, mention: Mention) -> str:
        fullest = self._fullest(identity(mention) or "")
        printed = self._folded[mention.start : mention.end]
        if type(mention.value) is RegionValue and (mention.deictic or mention.rule == "region.misprint"):
            printed = fullest or mention.value.name
        elif type(mention.value) is RegionValue and len(printed) == 1 and len(fullest) == 1:
            return _USUAL.get(mention.value.name, mention.value.name)  # 意 alone: 意大利
        best = fullest if fullest and (len(fullest) > len(printed) or printed.isascii()) else printed
        if mention.kind == "organisation":
            full = self.company_of(best)
            best = self._folded[full.start : full.end] if full else best
        return best

    def company_of(self, name: str) -> Mention | None:
        """The one company whose printed name holds a short one after at most its place: 湖南|恒骏重工|机械股份有限公司."""
        if name not in self._companies:
            held = self._holding(name) if len(name) >= 3 and not name.endswith(_LEGAL_ENDS) else []
            self._companies[name] = held[0] if len({identity(m) for m in held}) == 1 else None
        return self._companies[name]

    def _holding(self, name: str) -> list[Mention]:
        """The companies whose legal names hold a short one after at most a place, in the order in which they are first told of."""
        names, starts, mentions = self._legal
        held: list[Mention] = []
        at = names.find(name)
        while at >= 0:
            index = bisect_right(starts, at) - 1
            if at - starts[index] <= _LONGEST_PLACE and at + len(name) < starts[index + 1]:
                held.append(mentions[index])
            at = names.find(name, at + 1)
        return held

    def pair_in(self, a: int, b: int) -> Side | None:
        """The last 两市 or 两国 between two positions."""
        for m in reversed(self._view.between(a, b)):
            quoted = self._folded.rfind("“", a, m.start) > self._folded.rfind("”", a, m.start)  # “一会展两地”合作协议
            if is_pair(m) and not quoted:
                return self.side(m)
        return None

    def of_codes(self, pair: Side) -> Iterator[Side]:
        """The places that 两市 means, each under the name that the article prints, or their governments: 中法|两国|政府."""
        government = "政府" if self._folded.startswith("政府", pair.end) else ""
        for code in pair.codes:
            known = next((m for m in self.mentions(f"region|{code}") if not m.deictic), None)
            place = self.side(known) if known is not None else pair._replace(mention=None, name=code, known=False)
            yield place._replace(name=place.name + government) if government else place


def _fullness(name: str) -> tuple[bool, int]:
    return not name.isascii(), len(name)
