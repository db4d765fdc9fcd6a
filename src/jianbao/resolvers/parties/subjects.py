"""Who signs with the partner of 与乙公司签署."""

from jianbao.resolvers.parties.antecedents import Antecedents
from jianbao.resolvers.parties.heads import Heads
from jianbao.resolvers.parties.shapes import Shapes
from jianbao.resolvers.parties.sides import Group, Side, alike
from jianbao.resolvers.parties.trim import Trim
from jianbao.resolvers.parties.view import REACH, View
from jianbao.resolvers.parties.words import ANAPHOR, FUNCTION_WORDS, NAME_SHAPE, NO_END, NO_NAME, ORGANISATION_END, PARTNERS, ROLE


class Subjects:
    """The first party of an agreement that names the second: in its clause, the one before it, or the sentence before."""

    def __init__(self, view: View, shapes: Shapes, trim: Trim, heads: Heads, antecedents: Antecedents) -> None:
        self._view, self._text, self._folded = view, view.text, view.folded
        self._shapes, self._trim, self._heads, self._antecedents = shapes, trim, heads, antecedents

    def of(self, a: int, partner: Side, before: list[tuple[int, int]], earlier: Group) -> Side | None:
        """Who signs with the partner of 与乙公司签署: the subject of the clause, of the one before it, or of the sentence before."""
        subject = self.in_clause(a, partner, before)
        if subject:
            return subject
        subject = self.of_clause_before(partner, before)
        if subject:
            return subject
        sentence = self._text.sentence_span(partner.start)[0]
        if earlier and earlier[0].start >= sentence and earlier[0].name != partner.name:
            return earlier[0]
        return self._subject_of_sentence(partner.start, partner)

    def in_clause(self, a: int, partner: Side, before: list[tuple[int, int]]) -> Side | None:
        """The subject that the clause of 与乙公司签署 itself names: a body at its head, or 公司, 该行."""
        head = self._heads.of(a, partner.start)
        if head and not any(s.name == partner.name for s in head[0]):
            return next((s for s in head[0] if not alike(s, partner)), head[0][0])
        return self._antecedents.of(a, partner, before)

    def plain(self, a: int, partner: Side) -> Side | None:
        """通达科技|于3月5日与…: a name made of ordinary words, at the head of the clause and right before the connector."""
        links = [x for x in self._view.links(a, partner.start) if self._folded[slice(*x)] in PARTNERS]
        if len(links) != 1:
            return None
        end = self._trim.end(a, links[0][0])
        start = self._trim.start(a, end)
        role = ROLE.match(self._folded, start, end)
        start = role.end() if role else start
        name = self._folded[start:end]
        if self._view.between(start, end) or not 2 <= len(name) <= 8 or any(c in FUNCTION_WORDS for c in name) or not NAME_SHAPE.fullmatch(name):
            return None
        if NO_NAME.fullmatch(name) or ANAPHOR.fullmatch(name) or NO_END.search(name):
            return None
        ending = ORGANISATION_END.search(name)
        if (ending and ending.start() > 0) or self._shapes.name_like(start, end, strict=False):
            return Side(None, name, start, end, known=False)
        return None

    def of_clause_before(self, partner: Side, before: list[tuple[int, int]]) -> Side | None:
        """The subject of the nearest clause before in the sentence that has one."""
        for index in range(len(before) - 1, -1, -1):
            x, y = before[index]
            leader = self._heads.leader(x, y)
            if leader and leader.name != partner.name:
                return leader
            head = self._heads.of(x, y)
            other = next((s for s in head[0] if not alike(s, partner)), None) if head else None
            if other:
                return other
            anaphor = self._antecedents.of(x, partner._replace(start=y), before[:index])
            if anaphor:
                return anaphor
        return None

    def _subject_of_sentence(self, position: int, partner: Side) -> Side | None:
        """The subject of the sentence, and else of the one before it in the paragraph."""
        start, _ = self._text.sentence_span(position)
        for _ in range(2):
            for a, b in self._view.parts(start, min(position, start + REACH)):
                head = self._heads.of(a, b)
                if (
                    head
                    and head[0][0].name != partner.name
                    and (head[0][0].mention is None or head[0][0].mention.kind == "organisation" or head[0][0].mention.deictic)
                ):
                    return head[0][0]
                anaphor = self._antecedents.of(a, partner._replace(start=b), []) if position != partner.start else None
                if anaphor and anaphor.name != partner.name:
                    return anaphor
            if start < 2 or "\n" in self._folded[max(0, start - 2) : start]:
                return None
            position = start
            start, _ = self._text.sentence_span(start - 1 if not self._folded[start - 1].isspace() else max(0, start - 2))
            if start >= position:
                return None
        return None
