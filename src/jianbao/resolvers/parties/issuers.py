"""Who issues a document: the bodies before the verb, at the head of the title, or right before it."""

import re
from bisect import bisect_left

from jianbao.resolvers.parties.bodies import is_media, start_of
from jianbao.resolvers.parties.heads import Heads
from jianbao.resolvers.parties.names import Names
from jianbao.resolvers.parties.party import Parties
from jianbao.resolvers.parties.sides import Group, Side
from jianbao.resolvers.parties.trim import Trim
from jianbao.resolvers.parties.view import REACH, View
from jianbao.resolvers.parties.words import ORGANISATION_END
from jianbao.text import Mention

_TOGETHER = re.compile(r"会同|联合|携手|牵头会同|、|以及|[和与及]")
# What comes between who acts and a document that somebody issued before: 解读今年5月印发的《…》.
_BASED_ON = re.compile(r"解读|落实|按照|根据|依据|依照|贯彻|执行|学习|宣传|遵循|围绕|结合|对照|响应|配合|符合|参照")


class Issuers:
    """Reads the issuers of documents."""

    def __init__(self, view: View, names: Names, trim: Trim, parties: Parties, heads: Heads) -> None:
        self._view, self._folded = view, view.folded
        self._names, self._trim, self._parties, self._heads = names, trim, parties, heads

    def in_title(self, agreement: Mention) -> Group:
        """The issuer that a title begins with: 《国务院办公厅关于印发…的通知》."""
        index = bisect_left(self._view.bodies, agreement.start, key=start_of)
        for m in self._view.bodies[index : index + 2]:
            if m.kind == "organisation" and m.start - agreement.start <= 1 and self._folded.startswith(("关于", "印发"), m.end):
                return (self._names.side(m),)
        return ()

    def before_verb(self, start: int, verb: int, *, relative: bool) -> Group:
        """Who issues: the bodies right before the verb, or the subject of the clause before; none where the words say nobody.

        Args:
            start: The start of the clause.
            verb: Where the verb begins.
            relative: The verb belongs to the document (今年印发的《…》): a clause before it acts for itself.
        """
        parts = self._view.parts(max(start, verb - REACH), verb)
        a, b = parts[-1]
        if relative:
            marks = [m.end() for m in _BASED_ON.finditer(self._folded, a, b) if not self._view.inside(m.start())]
            a = marks[-1] if marks else a
            parts = parts if not marks else []
        end = self._trim.end(a, b)
        links = self._view.links(a, end, _TOGETHER)
        edges = [a, *(y for x in links for y in x), end]
        segments = list(zip(edges[::2], edges[1::2], strict=True))
        chain: list[Side] = []
        for index in range(len(segments) - 1, -1, -1):
            side = self._parties.between(*segments[index], strict=True)
            if side is None or side.codes or (side.mention is None and not ORGANISATION_END.search(side.name)):
                break
            chain.insert(0, side)
        if chain:
            return tuple(chain)
        pair = self._names.pair_in(a, end)
        if pair:
            return tuple(self._names.of_codes(pair))
        if end > self._trim.start(a, end) and (relative or self._view.between(a, end)):
            head = self._heads.of(a, end)
            return head[0] if head and not relative else ()
        for x, y in reversed(parts[:-1]):
            head = self._heads.of(x, y)
            if head:
                return head[0]
        return ()

    def beside(self, agreement: Mention) -> Group:
        """国务院|《关于…的意见》, 行政院|“…方案”: the body that stands right before a title."""
        start = agreement.start
        body = self._view.ending.get(start - 1 if self._folded.startswith("“", start - 1) else start)
        return (self._names.side(body),) if body is not None and body.kind == "organisation" and not is_media(body) else ()
