"""Persons are no parties: 副省长张三和乙公司总裁李四分别代表双方签署 repeats the pair that was told of."""

import re
from collections.abc import Sequence
from functools import cached_property

from jianbao.resolvers.parties.antecedents import Antecedents
from jianbao.resolvers.parties.bodies import is_media
from jianbao.resolvers.parties.both import Both
from jianbao.resolvers.parties.party import Parties
from jianbao.resolvers.parties.sides import Group, Side
from jianbao.resolvers.parties.view import View
from jianbao.resolvers.parties.words import ORGANISATION_END, PARTNERS, Words

_SPEAKS = re.compile(r"代表(?!处|团|大会)|双方|常委$|[两三]校|[两双三]方")
_FOR_BOTH = re.compile(
    r"代表(?:了)?(?:双方|三方|各自|各方|两[国省市县区地校院岸家])[\u4e00-\u9fff]{0,6}?(?:正式|共同|现场|分别)?$|[两三](?:校校长|市市长|县县长|院院长)(?:代表)?(?:共同|分别)?$"
)
_LONGEST_OFFICES = 24
_COUNCILS = ("民代表会", "代表会", "议会", "市民代表会", "人大常委会")
_PERSONAL_NAME = 4  # characters at most


class Persons:
    """Takes persons out of what was read as parties."""

    def __init__(self, view: View, words: Words, parties: Parties, antecedents: Antecedents, both: Both) -> None:
        self._view, self._folded = view, view.folded
        self._offices = words.offices
        self._rank, self._parties, self._antecedents, self._both = words.rank, parties, antecedents, both

    def without(self, groups: Sequence[Group], start: int, end: int, earlier: Group) -> list[Group]:
        """The groups without persons; whoever signs for both sides (代表双方) signs for the two that were told of."""
        for_both = _FOR_BOTH.search(self._folded, max(start, end - 16), end) is not None
        if any(len(group) > 2 for group in groups):
            groups = [tuple(side for side in group if not any(_council_of(side, place) for place in group)) for group in groups]
        bodies = [self._bodies(group, for_both=for_both) for group in groups]
        if not for_both and bodies == list(groups):
            return bodies
        named = {side.name for group in bodies for side in group}
        if len(earlier) > 1 and named <= {side.name for side in earlier}:
            return [earlier]
        if not for_both:
            return [group for group in bodies if group]
        sides = {side.name: side for group in bodies for side in group}
        told = self._both.of(start, end, earlier) if len(sides) < 2 else []
        return told or ([tuple(sides.values())] if sides else [])

    def after_representing(self, a: int, b: int) -> int:
        """Where the body stands for which somebody signs: 市长张三代表|市政府与乙公司签署; `a` where nobody does so."""
        folded = self._folded
        at = folded.find("代表", a, b)
        if at < 0 or not self._view.starts_body(at + 2) or self._view.inside(at) or folded.find("代表", at + 2, b) >= 0:
            return a
        partners = any(folded[x:y] in PARTNERS for x, y in self._view.links(a, at))
        return a if partners and not folded.endswith(("分别", "各自"), a, at) else at + 2

    def _bodies(self, group: Group, *, for_both: bool) -> Group:
        """A group with the bodies of its persons; beside a person an unknown short name is another."""
        persons = for_both or any(self._is_person(side) for side in group)
        if not persons:
            return group
        kept: list[Side] = []
        for side in group:
            person = self._is_person(side) or (_unknown(side) and len(side.name) <= _PERSONAL_NAME)
            body = self._body_of(side, [other for other in group if other is not side]) if person else side
            if body and not any(body.name == other.name for other in kept):
                kept.append(body)
        return tuple(kept)

    def _body_of(self, person: Side, others: list[Side]) -> Side | None:
        """What a person signs for: the body before the rank (中联集团总裁|李四), here or where the article first names him, or the one that a rank alone means."""
        own = self._rank.search(person.name)
        start = self._folded.find(own[0], person.start, person.end) if own else self._ranked.get(person.name, -1)
        if start < 0:
            return None
        rank = self._rank.match(self._folded, start)
        assert rank is not None
        head = self._offices.search(self._folded, max(0, start - _LONGEST_OFFICES), start)
        first = head.start() if head else start
        body = self._view.ending.get(first)
        if body is not None and body.kind != "agreement" and not is_media(body):
            return self._parties.body(body, max(0, first - 24))
        return self._antecedents.of_rank(rank[0], min(first, person.start), others)

    def _is_person(self, side: Side) -> bool:
        if side.known or ORGANISATION_END.search(side.name):
            return False
        if self._rank.search(side.name) or _SPEAKS.search(side.name):
            return True
        return side.mention is None and side.name in self._ranked

    @cached_property
    def _ranked(self) -> dict[str, int]:
        """The words after the ranks that the article prints, of the length of personal names, and where the rank first stands: 会长|张三丰."""
        folded = self._folded
        found: dict[str, int] = {}
        for rank in self._rank.finditer(folded):
            start, end = rank.span()
            for length in range(2, _PERSONAL_NAME + 1):
                found.setdefault(folded[end : end + length], start)
        return found


def _council_of(body: Side, place: Side) -> bool:
    """Whether a place signs beside its own council: 信义乡 and 信义乡民代表会."""
    return body is not place and body.name in (f"{place.name}{council}" for council in _COUNCILS)


def _unknown(side: Side) -> bool:
    return side.mention is None and not side.known and not ORGANISATION_END.search(side.name) and side.name[-1] not in "省市县区州镇乡町"
