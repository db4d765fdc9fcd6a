"""Persons are no parties: 副省长张三和乙公司总裁李四分别代表双方签署 repeats the pair that was told of."""

import re
from collections.abc import Sequence

from jianbao.resolvers.parties.both import Both
from jianbao.resolvers.parties.names import Names
from jianbao.resolvers.parties.sides import Group, Side
from jianbao.resolvers.parties.view import View
from jianbao.resolvers.parties.words import ORGANISATION_END, PARTNERS

_RANK = (
    r"(?:省长|市长|县长|区长|州长|镇长|乡长|部长|局长|厅长|校长|院长|会长|理事长|董事长|秘书长|行长|外长|书记|主席|总裁|总经理|总理|总统|首相|大使)"
)
_RANKED = re.compile(rf"{_RANK}|代表(?!处|团|大会)|双方|常委$|[两三]校|[两双三]方")
_AFTER_RANK = re.compile(rf"{_RANK}$")
_FOR_BOTH = re.compile(
    r"代表(?:了)?(?:双方|三方|各自|各方|两[国省市县区地校院岸家])[\u4e00-\u9fff]{0,6}?(?:正式|共同|现场|分别)?$|[两三](?:校校长|市市长|县县长|院院长)(?:代表)?(?:共同|分别)?$"
)
_RANK_OF_BODY = re.compile(r"(?P<body>(?!.*[两三]校)[\u4e00-\u9fff]{2,14}?)(?:常务)?副?(?P<unit>[部局厅市县])长[\u4e00-\u9fff·]{2,10}")
_PERSONAL_NAME = 4  # characters at most


class Persons:
    """Takes persons out of what was read as parties."""

    def __init__(self, view: View, names: Names, both: Both) -> None:
        self._view, self._folded = view, view.folded
        self._names, self._both = names, both

    def without(self, groups: Sequence[Group], start: int, end: int, earlier: Group) -> list[Group]:
        """The groups without persons; whoever signs for both sides (代表双方) signs for the two that were told of."""
        for_both = _FOR_BOTH.search(self._folded, max(start, end - 16), end) is not None
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
        """A group without its persons; beside a person an unknown short name is another."""
        persons = for_both or any(self._is_person(side) for side in group)
        if not persons:
            return group
        kept = (self._body_of(side) if self._is_person(side) else side for side in group)
        return tuple(side for side in kept if side and not (_unknown(side) and len(side.name) <= _PERSONAL_NAME))

    def _is_person(self, side: Side) -> bool:
        if side.known or ORGANISATION_END.search(side.name):
            return False
        return _RANKED.search(side.name) is not None or (side.mention is None and len(side.name) <= _PERSONAL_NAME and self._has_rank(side.name))

    def _body_of(self, side: Side) -> Side | None:
        """What a person whose rank names it stands for: 国家商务部副部长张三, 水俣市长张三."""
        ranked = _RANK_OF_BODY.fullmatch(side.name)
        if ranked is None:
            return None
        name = ranked["body"] if ranked["body"].endswith(ranked["unit"]) else ranked["body"] + ranked["unit"]
        known = self._names.named.get(name)
        return self._names.side(known, side.start) if known else side._replace(mention=None, name=name, known=False)

    def _has_rank(self, name: str) -> bool:
        """Whether the article prints a rank before the name: 会长|张三丰."""
        at = self._folded.find(name)
        while at >= 0:
            if _AFTER_RANK.search(self._folded, max(0, at - 3), at):
                return True
            at = self._folded.find(name, at + 1)
        return False


def _unknown(side: Side) -> bool:
    return side.mention is None and not side.known and not ORGANISATION_END.search(side.name)
