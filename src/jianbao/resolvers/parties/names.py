"""Under which name the article knows a body: the fullest one that it prints."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from jianbao.records import RegionValue
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
        return {self._folded[m.start : m.end]: m for m in reversed(self._view.bodies) if identity(m)}

    @cached_property
    def _legal_beginnings(self) -> dict[str, list[tuple[str, Mention]]]:
        """Legal names of companies and the like under each three characters that a short form, after at most a place, may begin with."""
        folded = self._folded
        legal: dict[str, Mention] = {}
        for m in self._view.bodies:
            if m.kind == "organisation" and folded.endswith(_LEGAL_ENDS, m.start, m.end):
                legal.setdefault(folded[m.start : m.end], m)
        found: dict[str, list[tuple[str, Mention]]] = {}
        for surface, mention in legal.items():
            for start in range(min(_LONGEST_PLACE + 1, len(surface) - 2)):
                found.setdefault(surface[start : start + 3], []).append((surface, mention))
        return found

    def side(self, mention: Mention, start: int | None = None) -> Side:
        """A body under the fullest name that the article prints."""
        name = self._names.get(id(mention))
        if name is None:
            name = self._names[id(mention)] = self._name(mention)
        return Side(mention, name, mention.start if start is None else start, mention.end)

    def _name(self, mention: Mention) -> str:
        fullest = self._fullest(identity(mention) or "")
        printed = self._folded[mention.start : mention.end]
        if isinstance(mention.value, RegionValue) and (mention.deictic or mention.rule == "region.misprint"):
            printed = fullest or mention.value.name
        elif isinstance(mention.value, RegionValue) and len(printed) == 1 and len(fullest) == 1:
            return _USUAL.get(mention.value.name, mention.value.name)  # 意 alone: 意大利
        best = fullest if fullest and (len(fullest) > len(printed) or printed.isascii()) else printed
        if mention.kind == "organisation":
            full = self.company_of(best)
            best = self._folded[full.start : full.end] if full else best
        return best

    def company_of(self, name: str) -> Mention | None:
        """The one company whose printed name holds a short one after at most its place: 湖南|恒骏重工|机械股份有限公司."""
        if name not in self._companies:
            found: Mention | None = None
            if len(name) >= 3 and not name.endswith(_LEGAL_ENDS):
                held = [m for surface, m in self._legal_beginnings.get(name[:3], ()) if 0 <= surface.find(name) <= _LONGEST_PLACE]
                found = held[0] if len({identity(m) for m in held}) == 1 else None
            self._companies[name] = found
        return self._companies[name]

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
