"""Persons as their ranks show what they sign for: 宏达科技|董事长李四, 青叶县|知事山田太郎, 云海大学|林大同校长."""

import re

from jianbao.resolvers.parties.names import Names
from jianbao.resolvers.parties.shapes import Shapes
from jianbao.resolvers.parties.sides import Side
from jianbao.resolvers.parties.view import View
from jianbao.resolvers.parties.words import ORGANISATION_END, Words

_PERSONAL_NAME = 4  # characters at most
_LONGEST_PERSON = 24
_TITLED = re.compile(r"(?:常务|执行|名誉|荣誉|首席|资深|全球|前|新任|现任|代理)?(?:副|代)?$")
# 市 of 市长, 部 of 部长: the rank's first character ends the body too (云川市长, 国家水务部副部长).
_UNITS = "省市县区州镇乡町部局厅署处司"
_NAMED_PERSON = re.compile(r"[\u4e00-\u9fff]{2,3}(?:[\u4e00-\u9fff·]{1,9})?|[A-Z][A-Za-z.\- ]{2,30}|(?:先生|女士|博士|教授)?")


class Officers:
    """Reads the bodies of persons with a rank where no extractor found the body."""

    def __init__(self, view: View, words: Words, names: Names, shapes: Shapes) -> None:
        self._view, self._folded = view, view.folded
        self._words, self._names, self._shapes = words, names, shapes

    def follows(self, body: int, end: int) -> bool:
        """Whether the words between a body and `end` are a person of it: 绍兴市|市长张三, 经济部|长李四, 云海大学|林大同校长."""
        folded = self._folded
        if end - body > _LONGEST_PERSON:
            return False
        person = self._words.person.match(folded, body, end) or (folded[body] == "长" and folded[body - 1] in _UNITS)
        return bool(person) or self._named_before_rank(body, end)

    def _named_before_rank(self, start: int, end: int) -> bool:
        rank = self._words.rank.search(self._folded, start, end)
        if rank is None or rank.end() != end:
            return False
        last = start + len(_TITLED.sub("", self._folded[start : rank.start()]))
        return 2 <= last - start <= _PERSONAL_NAME and self._folded[start:last].isalnum()

    def alone(self, start: int, end: int) -> bool:
        """Whether the words are a rank and a name, of a body that is not named: 校长林大同."""
        rank = self._words.rank.match(self._folded, start, end)
        return rank is not None and rank.end() < end and _NAMED_PERSON.fullmatch(self._folded, rank.end(), end) is not None

    def body_of(self, start: int, end: int) -> Side | None:
        """The body that the words before a rank name: 青叶县|知事山田太郎, 国家水务部|副部长王明; none where they name no body."""
        rank = self._words.rank.search(self._folded, start, end)
        if rank is None or not _NAMED_PERSON.fullmatch(self._folded, rank.end(), end):
            return None
        last = rank.start() - len(_TITLED.search(self._folded[start : rank.start()])[0])  # type: ignore[index]  # it also matches nothing
        first = self._shapes.after_verb(start, last)
        by = self._folded.rfind("由", first, last)  # 仪式由|云海大学校长…, but 自由
        if by >= 0 and self._view.boundaries[by] and self._view.boundaries[by + 1]:
            first = by + 1
        name = self._folded[first:last]
        unit = rank[0][0]
        if unit in _UNITS and len(rank[0]) == 2 and len(name) > 1:
            name = name if name.endswith(unit) else name + unit
        elif not (ORGANISATION_END.search(name) or (len(name) > 2 and name[-1] in _UNITS[:8])):
            name = self._without_person(name) if rank.end() == end else ""
        if len(name) < 3 or ORGANISATION_END.fullmatch(name):
            return None
        known = self._names.named.get(name)
        return self._names.side(known, first) if known else Side(None, name, first, last, known=False)

    def _without_person(self, name: str) -> str:
        """云海大学|林大同(校长): the name less that of a person."""
        for length in (3, 2, 4):
            if ORGANISATION_END.search(name[:-length]):
                return name[:-length]
        return ""
