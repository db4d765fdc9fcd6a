"""Heads without marks, alone or with their subject before them: 战略合作协议, 供货合同, and 协议 where one is signed."""

import re
from collections.abc import Iterator

from jianbao.extractors.agreement.edges import Edges
from jianbao.extractors.agreement.heads import NOT_BEFORE, Heads, type_of
from jianbao.extractors.agreement.signing import is_signed_in_sentence
from jianbao.extractors.agreement.spans import Spans
from jianbao.extractors.agreement.surfaces import Surfaces, is_inside_latin
from jianbao.extractors.agreement.words import JOINS, Words
from jianbao.records import AgreementValue
from jianbao.text import Mention, Text

_BARE = 3  # characters at most of a head that is a kind-word alone: 协议书, 备忘录
# Words after a bare 协议 that make a noun of it: 协议投资约570亿元, 合同要求.
_NOT_BEFORE_BARE = re.compile(
    r"股份|台账|执行|额度|(?:总)?投资|引资|内资|外资|利用|要求|规定|约束|签署[人方]|主体|文本|内容|书面|标的|双方|各方|一方|方(?!案|面|式)|内|里|中|存在|显示|期|终止后|履行|项下|条件"
)
# Words before one that do: 非|合同, 主|合同, 违反|协议.
_NOT_AFTER_BARE = re.compile(r"非|主|类|履行|违反")
# 新签合同128份, 将另行签订供货合同: agreements in general, which nobody has made.
_IN_GENERAL = re.compile(r"(?:新签|另行?(?:协商)?(?:再)?签[订署定立])(?:了|的)?(?:具体|正式|相关|书面)?的?$")
# 期货合约, 智能合约 are no agreements.
_MARKET = re.compile(r"(?:期货|期权|主力|[近远]月|当月|次月|远期|掉期|差价|永续|智能|股指|连续|标准|交割)合约$")
_WISHES = frozenset(["合作意向", "投资意向"])
# What ends the legal name of a party, which the name of an agreement does not hold: 甲有限公司|供货合同.
_LEGAL_FORM = re.compile(r"(?:有限(?:责任)?|股份|[分子总])公司|[分支]行(?!动)|合伙企业(?:\(有限合伙\))?|\(有限合伙\)")
# 采购合同II, 投资协议A: which of several; not 协议A轮.
_SERIAL = re.compile(r"(?:(?:I{1,3}|I?V|[A-D])(?![A-Za-z0-9.+&-])(?![轮级股类座栋区]))")
# 第二阶段协议, 第三轮协议: one of its own, so that its name is its title.
_NAMED_OUTRIGHT = re.compile(r"第[一二三四五六七八九十0-9]+(?:阶段|轮|期)")
_TREATY_TYPES = frozenset(["treaty", "treaty.latin", "protocol", "convention"])


class Compounds:
    """Finds heads with what stands before them; agreements in general (新签合同128份) and those of a market (期货合约) are none."""

    def __init__(self, heads: Heads, words: Words, edges: Edges) -> None:
        self._heads = heads.entries
        self._surfaces = Surfaces(heads.unmarked)
        self._kinds = words.kinds
        self._edges = edges

    def find(self, text: Text, found: Spans) -> list[Mention]:
        """The names outside of what is found, as long as they go; those of treaties with their title."""
        boundaries, folded = text.boundaries, text.folded
        names: list[Mention] = []
        first = -1
        for head, end, more in _with_next(self._surfaces.find(folded)):
            chained, first = (first if first >= 0 else head), -1
            if more:
                first = chained  # 自贸协定|议定书 is one name
                continue
            if NOT_BEFORE.match(folded, end) or found.cover(head, end):
                continue
            latin = folded[head].isascii()
            if latin and is_inside_latin(folded, head, end):
                continue
            if not boundaries[head] and (inner := boundaries.find(1, head + 1)) < end:
                if folded[inner:end] not in self._heads:
                    continue  # 折合|约147亿元: the head is cut by a word
                chained = chained if chained < head else inner
                head = inner  # 经贸合作|协议
            entry = self._heads[folded[head:end]]
            start = max(self._edges.left_of(text, chained), found.end_before(head))
            if start < head:
                start = max((form.end() for form in _LEGAL_FORM.finditer(folded, start, head)), default=start)
            bare = start == head and (latin or end - head <= _BARE)
            if start == head and (_NOT_BEFORE_BARE.match(folded, end) or (bare and _NOT_AFTER_BARE.search(folded, max(0, start - 2), start))):
                continue
            name = folded[start:end]
            weak = entry.weak and (bare or name in self._kinds or folded[head:end] in _WISHES or entry.titled)
            joined = names and names[-1].end <= start and folded[names[-1].end : start] in JOINS  # 合作备忘录|和|意向书
            if weak and not joined and not is_signed_in_sentence(text, start, end):
                continue
            if _IN_GENERAL.search(folded, max(0, start - 12), start) or _MARKET.search(name):
                continue
            if start < head or not bare:
                serial = _SERIAL.match(folded, end)
                end = serial.end() if serial else end
            named = entry.id in _TREATY_TYPES or bool(_NAMED_OUTRIGHT.search(name))
            value = AgreementValue(agreement_type=type_of(name, entry), title=name if named and start < head else None)
            rule = "agreement.head" if bare else "agreement.compound"
            while names and names[-1].start >= start:
                names.pop()  # 自贸协定|升级议定书
            names.append(text.mention("agreement", start, end, rule=rule, value=value, lexicon=(entry.id,)))
        return names


def _with_next(spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """Each span, and whether another begins where it ends."""
    last: tuple[int, int] | None = None
    for span in spans:
        if last is not None:
            yield *last, last[1] == span[0]
        last = span
    if last is not None:
        yield *last, False
