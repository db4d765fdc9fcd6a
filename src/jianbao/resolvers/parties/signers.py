"""Who signs: the parties of each agreement, from the words around its verb or its name."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from jianbao.resolvers.parties.antecedents import Antecedents
from jianbao.resolvers.parties.bodies import is_vague_pair, outermost, start_of, within
from jianbao.resolvers.parties.both import BOTH, Both
from jianbao.resolvers.parties.chains import Chains, pairs
from jianbao.resolvers.parties.heads import Heads
from jianbao.resolvers.parties.names import Names
from jianbao.resolvers.parties.party import Parties
from jianbao.resolvers.parties.persons import Persons
from jianbao.resolvers.parties.sides import Group, Side
from jianbao.resolvers.parties.subjects import Subjects
from jianbao.resolvers.parties.trim import Trim
from jianbao.resolvers.parties.view import REACH, View
from jianbao.resolvers.parties.words import ORGANISATION_END, PARTNERS
from jianbao.text import Mention

_COUNT_AFTER = re.compile(r"等?[0-9一二三四五六七八九十百余]{1,5}[个家所]")
_RESPECTIVELY = re.compile(r"分别(?![是为指有])|各自|逐一|均已?(?:与|和|同|签)|各与|相继|陆续|先后|依次|逐个")
_MEANWHILE = re.compile(r"[\s,]*(?:期间|其间)[,]?(?=[\u4e00-\u9fff])")  # 赴外地招商,期间|两地企业签订…: others act now
# 与乙公司|洽谈中|的合作备忘录, 研议中|的与乙公司的合作备忘录: it is still to be signed.
IN_TALKS = re.compile(r"(?:洽谈|洽商|洽签|商谈|商议|磋商|谈判|协商|协议|研议|拟议|讨论|酝酿|筹划|筹备)之?中$")
_WITNESSED = re.compile(r"的?(?:共同|一同|一起)?见证(?:之)?下")
_AND = re.compile(r"(?:政府|人民政府)?[与和同及]")
_SOME_FIRM = re.compile(r"[一某1]家")  # 甲公司与一家企业|签署
_FOUNDS = re.compile(r"成立|设立|组成|组建|共建|合办|创立|创办")
_LINK = re.compile(r"[与和同及]")
_LISTED_BY = re.compile(r"[,、]?由(?=[^,。]{2,40},)")
_IN_TITLE = re.compile(r"与|和|同|及|、|—|-|")


class Signers:
    """Reads the parties of agreements."""

    def __init__(
        self,
        view: View,
        names: Names,
        trim: Trim,
        parties: Parties,
        chains: Chains,
        heads: Heads,
        antecedents: Antecedents,
        subjects: Subjects,
        both: Both,
        persons: Persons,
    ) -> None:
        self._view, self._folded = view, view.folded
        self._names, self._trim, self._parties, self._chains = names, trim, parties, chains
        self._heads, self._antecedents, self._subjects, self._both, self._persons = heads, antecedents, subjects, both, persons

    def before_verb(self, start: int, end: int, earlier: Group = (), *, nominal: bool = False) -> list[Group]:
        """The parties of each agreement that the words before a verb name: one group, or one a pair for 分别.

        Args:
            start: The start of the clause.
            end: Where the verb begins.
            earlier: The parties of the agreement told last, for 双方 and a subject left out.
            nominal: The words stand before the agreement's name: only bodies that are known count.
        """
        start = max(start, end - REACH)
        return self._persons.without(self._read(start, end, earlier, nominal=nominal), start, end, earlier)

    def _read(self, start: int, end: int, earlier: Group, *, nominal: bool) -> list[Group]:
        parts = self._without_witnesses(self._view.parts(start, end))
        while len(parts) > 1 and self._trim.end(*parts[-1]) <= parts[-1][0]:
            after = parts.pop()  # …,昨日在北京|签署: what stands before the comma signs
            founders = self._founders(*parts[-1], parts[:-1])
            if founders:
                return [founders]
            if BOTH.search(self._folded, *after) or self._view.vague_pair(*after):
                return self._both.of(start, after[0], earlier)
            subject = self._heads.of(*parts[-1])
            if subject and len(subject[0]) == 1:
                # 甲区长官丙、乙省省长丁,昨日在北京|签署: persons stand between the bodies.
                listed, _, open_left = self._chains.before(*parts[-1], nominal=False)
                if len(listed) > 1 and not open_left and listed[0].start == subject[0][0].start:
                    return [tuple(listed)]
            if subject:
                chain, linked = subject
                return [chain] if linked or len(parts) == 1 else self._with_subject(chain, parts, earlier)
        a, b = parts[-1]
        return self._part_groups(self._persons.after_representing(a, b), b, parts[:-1], earlier, nominal=nominal)

    def _without_witnesses(self, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The pieces of a clause, less who only saw it: 甲基金会与乙基金会,今午在特首、主任丙及丁见证下,|签署."""
        folded = self._folded
        if folded.find("见证", parts[0][0], parts[-1][1]) < 0:
            return parts
        kept: list[tuple[int, int]] = []
        for a, b in parts:
            seen = next((m for m in _WITNESSED.finditer(folded, a, b) if not self._view.inside(m.start())), None)
            if seen is None:
                kept.append((a, b))
                continue
            if folded.find("在", a, seen.start()) < 0:  # the list of those who saw it has commas: it begins in a piece before
                opening = next((i for i, (x, y) in enumerate(kept) if folded.find("在", x, y) >= 0), len(kept))
                a = kept[opening][0] if opening < len(kept) else a
                kept = kept[:opening]
            at = self._where_begins(a, seen.start())
            kept += [(x, y) for x, y in ((a, at), (seen.end(), b)) if self._trim.start(x, y) < y]
        return kept or parts[-1:]

    def _where_begins(self, a: int, b: int) -> int:
        """Where 在 stands as a word of its own that opens the words up to a position; the start for none."""
        at = self._folded.find("在", a, b)
        while at >= 0 and (self._view.inside(at) or not self._view.boundaries[at]):
            at = self._folded.find("在", at + 1, b)
        return at if at >= 0 else a

    def listed(self, start: int, end: int) -> list[Group]:
        """协议,由甲省乙市、丙市,丁省戊市,以及己公司共同|签约: a list over commas after the name."""
        lead = _LISTED_BY.match(self._folded, start, end)
        if lead is None:
            return []
        sides: list[Side] = []
        for a, b in self._view.parts(lead.end(), end):
            chain, _, open_left = self._chains.before(self._trim.start(a, b), b, nominal=False)
            if not chain or open_left or any(side.mention is None for side in chain):
                return []
            sides += chain
        return [tuple(sides)] if len(sides) > 1 else []

    def _with_subject(self, chain: Group, parts: list[tuple[int, int]], earlier: Group) -> list[Group]:
        a, b = parts[-1]
        groups = self._part_groups(a, b, parts[:-1], earlier, nominal=False)
        return groups or [chain]

    def _part_groups(self, a: int, b: int, before: list[tuple[int, int]], earlier: Group, *, nominal: bool) -> list[Group]:
        folded = self._folded
        pair = self._names.pair_in(a, b)
        both = BOTH.search(folded, a, b) or self._view.vague_pair(a, b)
        chain, betweens, open_left = self._chains.before(a, b, nominal=nominal)
        respectively = bool(_RESPECTIVELY.search(folded, a, b)) or self._counted(chain)
        if respectively and not open_left:
            chain, betweens = self._chains.longer(chain, betweens, before)
        if pair and len([s for s in chain if not s.codes]) < 2:
            return [tuple(self._names.of_codes(pair))]
        keep = [i for i, s in enumerate(chain) if not s.codes and not (s.mention and is_vague_pair(s.mention))]
        if len(keep) < len(chain):
            chain, betweens = [chain[i] for i in keep], betweens[-(len(keep) - 1) :] if len(keep) > 1 else []
        if len(chain) >= 2 and open_left and not nominal and not any(x in PARTNERS - {"和", "及", "以及"} for x in betweens):
            groups = self._with_partners(a, chain, before, respectively=respectively)
            if groups:
                return groups
        if len(chain) >= 2:
            partners = [x for x in betweens if x in PARTNERS]
            # 甲与乙、丙与丁; but 甲与乙、丙以及丁 is one list.
            repeated = len(partners) > 1 and len(set(partners)) == 1 and any(x in ("、", ",") for x in betweens)
            if respectively or (repeated and not self._hosts(chain, betweens)):
                groups = pairs(chain, betweens)
                if groups:
                    return groups
            return [tuple(chain)]
        if both and not chain:
            return self._both.of(a, b, earlier, before)
        if len(chain) == 1 and open_left:
            subject = (
                self._subjects.in_clause(a, chain[0], before) or self._subjects.plain(a, chain[0]) or self._subjects.of(a, chain[0], before, earlier)
            )
            return [(subject, chain[0])] if subject and subject.name != chain[0].name else [(chain[0],)]
        if chain and (chain[0].mention is not None or ORGANISATION_END.search(chain[0].name)):
            return [tuple(chain)]
        if nominal or _MEANWHILE.match(folded, a, b):
            return []
        unnamed = any(folded[slice(*x)] in PARTNERS and _SOME_FIRM.match(folded, x[1]) for x in self._view.links(a, b))
        head = self._heads.of(a, b) if unnamed else None
        if head and not head[1]:
            return [head[0]]
        return self._elided(before)

    def _hosts(self, chain: list[Side], betweens: list[str]) -> bool:
        """Whether words of time or manner stand before a later 与: 甲会与乙会今晚正式|与丙大学、丁大学签署, where all sign one agreement."""
        for left, right, between in zip(chain, chain[1:], betweens, strict=False):
            at = self._folded.rfind(between, left.end, right.start)
            if between in PARTNERS and at - left.end > 1 and self._trim.end(left.end, at) == left.end:
                return True
        return False

    def _with_partners(self, a: int, chain: list[Side], before: list[tuple[int, int]], *, respectively: bool) -> list[Group]:
        """甲公司宣布,与乙公司、丙公司|签署: the subject with them, or with each of them; none where the clauses name no subject."""
        if respectively and before:
            leaders, _, open_left = self._chains.before(*before[-1], nominal=False)
            if len(leaders) == len(chain) and not open_left and not any(side.codes for side in leaders):
                return list(zip(leaders, chain, strict=True))  # 甲会长丙、乙会长丁,分别与…
        subject = (
            self._subjects.in_clause(a, chain[0], before) or self._subjects.plain(a, chain[0]) or self._subjects.of_clause_before(chain[0], before)
        )
        if subject is None or any(subject.name == side.name for side in chain):
            return []
        return [(subject, side) for side in chain] if respectively else [(subject, *chain)]

    def _counted(self, chain: list[Side]) -> bool:
        """Whether a count stands after a side that others follow: 天水市6个地区已与…."""
        return any(_COUNT_AFTER.match(self._folded, s.end) for s in chain[:-1])

    def _elided(self, before: list[tuple[int, int]]) -> list[Group]:
        """A clause that names nobody (…,并签署协议): the subject of the clauses before it in the sentence."""
        for index in range(len(before) - 1, -1, -1):
            x, y = before[index]
            founded = self._founders(x, y, before[:index])
            if founded:
                return [founded]
            head = self._heads.of(x, y)
            if head and (head[1] or len(head[0]) > 1):
                return [head[0]]
            if head:
                linked = self._chains.joined(x, y)
                return [linked] if linked and linked[0].name == head[0][0].name else [head[0]]
        return []

    def _founders(self, a: int, b: int, before: list[tuple[int, int]]) -> Group:
        """与甲、乙及丙公司|成立研究中心: who founds it, with the subject of the clause; what they found is none of them."""
        verb = next((m for m in _FOUNDS.finditer(self._folded, a, b) if not self._view.inside(m.start())), None)
        if verb is None:
            return ()
        chain, _, open_left = self._chains.before(a, verb.start(), nominal=False)
        if not open_left:
            return tuple(chain) if len(chain) > 1 else ()
        subject = self._subjects.in_clause(a, chain[0], before) or self._subjects.of_clause_before(chain[0], before)
        return (subject, *chain) if subject and all(subject.name != side.name for side in chain) else ()

    def between(self, verb: int, agreement: int, start: int, earlier: Group) -> list[Group]:
        """签署了甲市与乙公司(的)战略合作协议, 签署两国协议, 签署与乙公司的协议."""
        pair = self._names.pair_in(verb, agreement)
        if pair:
            return [tuple(self._names.of_codes(pair))]
        end = agreement
        folded = self._folded
        while end > verb and (folded[end - 1] in "的之" or folded.startswith("间", end - 1)):
            end -= 1
        links = self._view.links(verb, end)
        bodies = self._view.between(verb, end)
        if not links or not bodies or folded.find(",", verb, end) >= 0:
            return []
        if bodies[-1].end != end:
            return []
        if folded[slice(*links[0])] in PARTNERS and not folded[verb : links[0][0]].strip("了过有"):
            partner = self._parties.between(links[0][1], end, strict=True)
            if partner:
                subject = self._subject_before(start, verb, partner, earlier)
                return [(subject, partner)] if subject else [(partner,)]
        chain, _, open_left = self._chains.before(verb, end, nominal=True)
        return [tuple(chain)] if len(chain) >= 2 and not open_left else []

    def _subject_before(self, start: int, end: int, partner: Side, earlier: Group) -> Side | None:
        parts = self._view.parts(start, end)
        return self._subjects.of(parts[-1][0], partner, parts[:-1], earlier) if parts else None

    def of_nominal(self, start: int, agreement: int, earlier: Group) -> list[Group]:
        """此前披露的|与乙公司的合资备忘录, 甲与乙的协议, 与乙公司洽谈中的合约: parties that stand before a name without a verb."""
        end = agreement
        while end > start and self._folded[end - 1] in "的之间":
            end -= 1
        if end == agreement:
            return []
        talks = IN_TALKS.search(self._folded, max(start, end - 6), end)
        end = talks.start() if talks else end
        a, b = self._view.parts(start, end)[-1]
        chain, _, open_left = self._chains.before(a, b, nominal=False)
        if len(chain) == 1 and open_left:
            subject = self._subjects.of(a, chain[0], self._view.parts(start, end)[:-1], earlier) or self._antecedents.main_body(a, chain[0])
            return [(subject, chain[0])] if subject else [tuple(chain)]
        return [tuple(chain)] if len(chain) > 1 else []

    def of_title(self, agreement: Mention, groups: Sequence[Group]) -> list[Group]:
        """The groups read from the sentence, or the parties of a title that joins two by 与: they win over others, as over who came to the ceremony.

        So do the bodies of a title over their places in the sentence: 中法签署《中国水务部与法国环境部关于…》.
        """
        inner = self.in_name(agreement)
        joined = len(inner) > 1 and _AND.fullmatch(self._folded, inner[0].end, inner[1].start)
        if not joined or any(all(any(_tells_more(other, side) for other in group) for side in inner) for group in groups):
            return list(groups)
        return [inner]

    def in_name(self, agreement: Mention) -> Group:
        """The parties that a name itself holds: 台|欧|双边投资协定, 《甲市乙市合作框架协议》, 《甲公司与乙公司之收购协议》."""
        about = self._folded.find("关于", agreement.start, agreement.end)
        parties = self._before_about(agreement.start + 1, about) if about >= 0 else ()
        if parties:
            return parties
        first = bisect_left(self._view.bodies, agreement.start, key=start_of)
        last = bisect_left(self._view.bodies, agreement.end, key=start_of)
        inner = outermost([m for m in self._view.bodies[first:last] if m.end <= agreement.end])
        chain: list[Side] = []
        for m in inner:
            if chain and not _IN_TITLE.fullmatch(self._folded[chain[-1].end : m.start]):
                break
            if (not chain and m.start - agreement.start > 1) or (len(chain) > 1 and m.deictic):
                break  # 湘|赣|两地: the two that are told already
            if chain and chain[-1].mention and chain[-1].end == m.start and within(m, chain[-1].mention):
                chain.pop()  # 中华人民共和国|澳门特别行政区
            chain.append(self._names.side(m))
        return tuple(chain) if len(chain) > 1 else ()

    def _before_about(self, start: int, end: int) -> Group:
        """The two before 关于 in a title: 《中国水务部与法国环境、海洋和能源部|关于…》; none where one of them is no body."""
        for link in _LINK.finditer(self._folded, start, end):
            sides = (self._titled(start, link.start()), self._titled(link.end(), end))
            if sides[0] and sides[1]:
                return sides[0], sides[1]
        return ()

    def _titled(self, start: int, end: int) -> Side | None:
        """A party of a title: a body that was found, or words that end like one."""
        body = next(
            (m for m in self._view.bodies[bisect_left(self._view.bodies, start, key=start_of) :][:1] if (m.start, m.end) == (start, end)), None
        )
        if body is not None:
            return self._names.side(body)
        name = self._folded[start:end]
        whole = len(name) > 2 and "《" not in name and ORGANISATION_END.search(name)
        return Side(None, name, start, end, known=False) if whole else None


def _tells_more(side: Side, other: Side) -> bool:
    """Whether a party of the sentence is that of the title, named no less well: a place is less than a body of it."""
    place = side.mention is not None and side.mention.kind == "region"
    return _related(side, other) and not (place and (other.mention is None or other.mention.kind != "region"))


def _related(side: Side, other: Side) -> bool:
    """Whether one is called by the beginning of the other's name: 株洲市, 株洲市政府."""
    return side.name.startswith(other.name[:2]) or other.name.startswith(side.name[:2])
