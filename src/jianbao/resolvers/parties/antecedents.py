"""What 公司, 该行 and 该院 stand for, and for whom 市长 and 校长 sign."""

import re
from collections.abc import Sequence

from jianbao.records import OrganisationValue, RegionValue
from jianbao.resolvers.parties.bodies import identity, is_media
from jianbao.resolvers.parties.heads import Heads
from jianbao.resolvers.parties.names import Names
from jianbao.resolvers.parties.sides import Side
from jianbao.resolvers.parties.trim import Trim
from jianbao.resolvers.parties.view import REACH, View
from jianbao.resolvers.parties.words import ANAPHOR
from jianbao.text import Mention

_KINDS: dict[str, tuple[frozenset[str], str]] = {
    "银行": (frozenset(["finance"]), ""),
    "行": (frozenset(["finance"]), ""),
    "学校": (frozenset(["academic"]), ""),
    "校方": (frozenset(["academic"]), ""),
    "大学": (frozenset(["academic"]), ""),
    "学院": (frozenset(["academic"]), ""),
    "校": (frozenset(["academic"]), ""),
    "院方": (frozenset(), "院"),
    "医院": (frozenset(), "院"),
    "研究院": (frozenset(), "院"),
    "院": (frozenset(), "院"),
    "研究所": (frozenset(), "所"),
    "所": (frozenset(), "所"),
    "协会": (frozenset(["association"]), ""),
    "商会": (frozenset(["association"]), ""),
    "学会": (frozenset(["association"]), ""),
    "联合会": (frozenset(["association"]), ""),
    "局": (frozenset(), "局"),
    "厅": (frozenset(), "厅"),
    "部": (frozenset(), "部"),
    "署": (frozenset(), "署"),
    "处": (frozenset(), "处"),
    "馆": (frozenset(), "馆"),
    "中心": (frozenset(), "中心"),
}
_COMPANY = (frozenset(["company", "finance"]), "")
# 市 of 市长, 局 of 局长: the name of the body ends so.
_UNITS = "省市县区州镇乡部局厅署处司院所馆"
_OURS = re.compile(r"我方(?:代表)?")
_HOMES = {"mainland": "中国", "taiwan": "台湾", "hongkong": "香港", "macau": "澳门"}
_WHERE = ("在", "于", "赴", "到", "至", "抵")
_BUSINESS = frozenset(["company", "finance"])
_RANKS: dict[str, tuple[frozenset[str], str]] = {
    "校长": (frozenset(["academic"]), ""),
    "行长": (frozenset(["finance"]), ""),
    "会长": (frozenset(["association"]), ""),
    "理事长": (frozenset(["association"]), ""),
    "知事": (frozenset(), "县"),
    **dict.fromkeys(("董事长", "总裁", "总经理", "经理", "执行官", "执行长", "营运长", "财务长", "创始人", "创办人", "CEO"), (_BUSINESS, "")),
}
_ANAPHOR_HEAD = re.compile(ANAPHOR.pattern.removesuffix("$"))


class Antecedents:
    """Finds the body that a word for its kind means."""

    def __init__(self, view: View, names: Names, trim: Trim, heads: Heads) -> None:
        self._view, self._text, self._folded = view, view.text, view.folded
        self._names, self._trim, self._heads = names, trim, heads

    def of(self, a: int, partner: Side, before: list[tuple[int, int]]) -> Side | None:
        """What 公司, 该行, 该院 stands for in the words before the partner."""
        folded = self._folded
        end = partner.start
        while end > a and folded[end - 1] in "与和同跟":
            end -= 1
        end = self._trim.end(a, end)
        ours = _OURS.match(folded, self._trim.start(a, end), end)
        if ours and self._text.article is not None:
            return Side(None, _HOMES[self._text.article.convention], ours.start(), ours.end(), known=False)
        match = ANAPHOR.search(folded, a, end) or _ANAPHOR_HEAD.match(folded, self._trim.start(a, end), end)
        if match is None or self._view.inside(match.start()):
            return None
        word = match["kind"]
        types, ending = _KINDS.get(word, _COMPANY)
        if len(word) == 1 and not match["that"] and not match["own"]:
            return None
        if types == _COMPANY[0] and not match["that"]:
            for x, y in reversed(before):
                subject = self._heads.of(x, y)
                told = subject[0][0] if subject else None
                if told and told.mention and type(told.mention.value) is OrganisationValue and told.mention.value.type in _COMPANY[0]:
                    return told
            main = self.main_body(a, partner)
            leading = self._leading_company(a, partner)
            if leading and (
                main is None
                or not any(m.start >= leading.start and identity(m) == identity(main.mention) for m in self._view.bodies_before(a) if main.mention)
            ):
                return leading
            if main:
                return main
        for m in reversed(self._view.bodies_before(match.start())):
            value = m.value
            if type(value) is not OrganisationValue or (partner.mention is not None and identity(m) == identity(partner.mention)):
                continue
            if (types and value.type in types) or (ending and value.name.endswith(ending)):
                return self._names.side(m)
        return None

    def of_rank(self, rank: str, position: int, others: Sequence[Side]) -> Side | None:
        """The body that a rank alone means: 市长张三 signs for the city told of before, 校长李四 for the school; none of those that sign beside him."""
        if rank[0] in _UNITS and len(rank) == 2:
            types, ending = frozenset[str](), rank[0]
        else:
            types, ending = _RANKS.get(rank, (frozenset(), ""))
        if not types and not ending:
            return None
        taken = {identity(side.mention) for side in others if side.mention}
        for m in reversed(self._view.bodies_before(position)):
            value = m.value
            if type(value) is OrganisationValue:
                fits = value.type in types or (ending and value.name.removesuffix("人民政府").removesuffix("政府").endswith(ending))
            else:
                fits = bool(ending) and type(value) is RegionValue and not value.codes and value.name.endswith(ending)
                fits = fits and self._folded[m.start - 1 : m.start] not in _WHERE  # 在北京
            if fits and identity(m) not in taken and not is_media(m):
                return self._names.side(m)
        return None

    def _leading_company(self, position: int, partner: Side) -> Side | None:
        """The company that the sentence before in the paragraph begins with: 乙公司昨公布财报。董事长说,公司已与…."""
        start, _ = self._text.sentence_span(position)
        if not start or self._folded[start - 1].isspace():
            return None
        first, last = self._text.sentence_span(start - 1)
        head = self._heads.of(*self._view.parts(first, min(last, first + REACH))[0])
        told = head[0][0] if head else None
        value = told.mention.value if told and told.mention else None
        company = type(value) is OrganisationValue and value.type in _COMPANY[0]
        return told if told and company and told.name != partner.name else None

    def main_body(self, position: int, partner: Side) -> Side | None:
        """The company that the article is about: the one named most, of those named before."""
        best: tuple[int, int] | None = None
        found: Mention | None = None
        other = identity(partner.mention) if partner.mention else None
        for m in self._view.bodies_before(position):
            key = identity(m)
            if type(m.value) is OrganisationValue and m.value.type in ("company", "finance") and key and key != other:
                named = self._names.mentions(key)
                rank = (len(named), -named[0].start)
                if best is None or rank > best:
                    best, found = rank, m
        return self._names.side(found) if found else None
