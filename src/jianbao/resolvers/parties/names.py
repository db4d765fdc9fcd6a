"""Under which name the article knows a body: the fullest one that it prints."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from jianbao.records import RegionValue
from jianbao.resolvers.parties.bodies import identity, is_pair
from jianbao.resolvers.parties.sides import Side
from jianbao.resolvers.parties.view import View
from jianbao.text import Mention

_LEGAL = re.compile(r"(?:公司|集团|合伙\)?|合作社)$")
_LONGEST_PLACE = 4  # characters of a place before a brand: 湖南, 黑龙江, 呼和浩特


class Names:
    """The bodies of one article; each table is made when it is first asked for, most articles never ask for all."""

    def __init__(self, view: View) -> None:
        self._view, self._folded = view, view.folded
        self._companies: dict[str, Mention | None] = {}

    @cached_property
    def _names(self) -> list[tuple[str, str, Mention]]:
        """Each body with what it is and as it is printed, in order."""
        folded = self._folded
        keys: dict[int, str | None] = {}  # by the id of the value: most mentions of one thing share theirs
        names: list[tuple[str, str, Mention]] = []
        for m in self._view.bodies:
            value = id(m.value)
            if value not in keys:
                keys[value] = identity(m)
            if key := keys[value]:
                names.append((key, folded[m.start : m.end], m))
        return names

    @cached_property
    def _fullest(self) -> dict[str, str]:
        """The longest printed name of each body."""
        fullest: dict[str, str] = {}
        for key, surface, m in self._names:
            known = fullest.get(key, "")
            # 微软(Microsoft): the name is the Chinese one.
            fuller = (not surface.isascii(), len(surface)) > (not known.isascii(), len(known)) if known else True
            if fuller and not m.deictic and m.rule != "region.misprint":
                fullest[key] = surface
        return fullest

    @cached_property
    def named(self) -> dict[str, Mention]:
        """The first body that is printed so."""
        named: dict[str, Mention] = {}
        for _, surface, m in self._names:
            named.setdefault(surface, m)
        return named

    @cached_property
    def _legal_names(self) -> dict[str, Mention]:
        """The companies and the like under their legal names."""
        return {surface: m for surface, m in self.named.items() if m.kind == "organisation" and _LEGAL.search(surface)}

    @cached_property
    def _legal_beginnings(self) -> dict[str, list[tuple[str, Mention]]]:
        """Legal names under each three characters that a short form, after at most a place, may begin with."""
        found: dict[str, list[tuple[str, Mention]]] = {}
        for surface, mention in self._legal_names.items():
            for start in range(min(_LONGEST_PLACE + 1, len(surface) - 2)):
                found.setdefault(surface[start : start + 3], []).append((surface, mention))
        return found

    @cached_property
    def first(self) -> dict[str, Mention]:
        """The first mention of each body."""
        return {key: m for key, _, m in reversed(self._names)}

    @cached_property
    def count(self) -> Counter[str]:
        """How often each body is named."""
        return Counter([key for key, _, _ in self._names])

    @cached_property
    def places(self) -> dict[str, Mention]:
        """The first mention of each place by its name."""
        return {key: m for key, _, m in reversed(self._names) if m.kind == "region" and not m.deictic}

    def side(self, mention: Mention, start: int | None = None) -> Side:
        """A body under the fullest name that the article prints."""
        fullest = self._fullest.get(identity(mention) or "")
        printed = self._folded[mention.start : mention.end]
        if isinstance(mention.value, RegionValue) and (mention.deictic or mention.rule == "region.misprint"):
            printed = fullest or mention.value.name
        best = fullest if fullest and (len(fullest) > len(printed) or printed.isascii()) else printed
        if mention.kind == "organisation":
            full = self.company_of(best)
            best = self._folded[full.start : full.end] if full else best
        return Side(mention, best, mention.start if start is None else start, mention.end)

    def company_of(self, name: str) -> Mention | None:
        """The one company whose printed name holds a short one after at most its place: 湖南|恒骏重工|机械股份有限公司."""
        if name not in self._companies:
            found: Mention | None = None
            if len(name) >= 3 and not _LEGAL.search(name):
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
        """The places that 两市 means, each under the name that the article prints."""
        for code in pair.codes:
            known = self.places.get(f"region|{code}")
            yield self.side(known) if known is not None else replace(pair, mention=None, name=code, known=False)
