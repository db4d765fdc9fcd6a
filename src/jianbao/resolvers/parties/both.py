"""Whom 双方, 两家公司 and 两校 mean."""

import re

from jianbao.resolvers.parties.bodies import is_media
from jianbao.resolvers.parties.chains import Chains
from jianbao.resolvers.parties.names import Names
from jianbao.resolvers.parties.party import Parties
from jianbao.resolvers.parties.sides import Group, Side
from jianbao.resolvers.parties.subjects import Subjects
from jianbao.resolvers.parties.view import REACH, View

BOTH = re.compile(
    r"双方|三方|四方|双边|彼此|两家(?:公司|企业|单位|机构|银行|集团)?|两(?:公司|企业|校|院|行|会|局|厅|馆|台|集团|部|所|机构)|三家(?:公司|企业|单位)?|三校"
)
_TOWARD = re.compile(
    r"向(?:[\u4e00-\u9fff]{0,4}(?:厂商|车厂|企业|供应商|商))?(?P<who>[\u4e00-\u9fffA-Za-z0-9]{2,16}?)(?:购买|采购|订购|出售|供应|提供|收购|购入|租用)"
)


class Both:
    """Finds the two that were told of before."""

    def __init__(self, view: View, names: Names, parties: Parties, chains: Chains, subjects: Subjects) -> None:
        self._view, self._text, self._folded = view, view.text, view.folded
        self._names, self._parties, self._chains, self._subjects = names, parties, chains, subjects

    def of(self, start: int, end: int, earlier: Group, before: list[tuple[int, int]] | None = None) -> list[Group]:
        """双方: the two of this sentence, of the agreement told last, of the sentence before."""
        parts = before if before is not None else self._view.parts(start, end)
        for a, b in reversed(parts):
            chain = self._chains.joined(a, b)
            if chain:
                return [chain]
        for index in range(len(parts) - 1, -1, -1):
            group = self._with_somebody(parts, index)
            if group:
                return [group]
        if len(earlier) >= 2:
            return [earlier]
        sentence, _ = self._text.sentence_span(start)
        inside = self._distinct(sentence, end)
        if len(inside) == 2:
            return [tuple(inside)]
        if sentence >= 2:
            first, last = self._text.sentence_span(sentence - 1 if not self._folded[sentence - 1].isspace() else max(0, sentence - 2))
            for a, b in reversed(self._view.parts(max(first, last - REACH), last)):
                chain = self._chains.joined(a, b)
                if chain:
                    return [chain]
            inside = inside or self._distinct(first, last)
        return [tuple(inside[-2:])] if len(inside) >= 2 else []

    def _with_somebody(self, parts: list[tuple[int, int]], index: int) -> Group | None:
        """县里还与甲大学商定…,双方已签订…: the partner that a clause before names, with its subject where that is known."""
        a, b = parts[index]
        for m in reversed(self._view.between(a, b)):
            if m.kind == "organisation" and not is_media(m) and self._folded[m.start - 1 : m.start] in ("与", "同", "和", "跟") and m.start > a:
                partner = self._parties.body(m, a)
                subject = self._subjects.in_clause(a, partner, parts[:index])
                return (subject, partner) if subject and subject.name != partner.name else (partner,)
        return None

    def _distinct(self, a: int, b: int) -> list[Side]:
        found: dict[str, Side] = {}
        for m in self._view.between(a, b):
            if m.kind == "organisation" and not is_media(m):
                side = self._names.side(m)
                found.setdefault(side.name, side)
        toward = _TOWARD.search(self._folded, a, b)
        if toward and len(found) == 1 and not self._view.between(*toward.span("who")):
            side_ = self._parties.between(*toward.span("who"), strict=True)
            if side_:
                found.setdefault(side_.name, side_)
        return list(found.values())
