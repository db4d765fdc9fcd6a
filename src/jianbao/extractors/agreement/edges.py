"""Where a name without marks begins: at the first of the words before its head that speak of its subject, as in 签署|铁海联运战略合作协议."""

import re

from jianbao.extractors.agreement.signing import SIGNING
from jianbao.extractors.agreement.spans import hits_between
from jianbao.extractors.agreement.words import CONNECTORS, JOINS, LONGEST_WORD, Words
from jianbao.text import Text

_LONGEST_NAME = 30  # characters before the head
_DATE_UNITS = frozenset(["年", "月", "日", "号", "年度"])
_DASHES = frozenset("-—–")
_THESE = frozenset("两三四本该我全各")
# 3.0|版升级议定书: a version is part of the name, though a number.
_VERSION = re.compile(r"[0-9]{1,2}(?:\.[0-9])?$")
# 中|毛自贸协定: a country of which the press writes one character in the names of treaties alone.
_PAIR_OF_TREATY = re.compile(r"[\u4e00-\u9fff](?:自贸|自由贸易|双边|投资|租税|引渡|航空|渔业|经贸|关税|民航|科技|司法)")
# Where the name of a party ends: 甲公司与乙公司|战略合作协议.
_PARTY_END = re.compile(r"(?:有限公司|公司|集团|大学|学院|研究院|人民政府|政府|银行|管委会|委员会|协会|商会|医院|学校|[省市县区州国厅局委])")
# What ends the name of a body, of which a run to the left may have taken the last words.
_BODY = re.compile(r"公司|集团|股份|大学|学院|研究院|研究所|银行|医院|学校|政府|委员会|管委会|协会|商会|公会|基金会")
# 签署|铁海联运战略合作协议, 签署50亿元|可持续发展贷款协议: the verb with a sum, and what its object may not begin with or hold.
_SIGNS = re.compile(
    r"(?:签[署订定约下立有]|缔结|达成|订立|达致|[草续]签)(?:了|有|过|之|的)?(?:关于)?"
    r"(?:(?:总[值额])?[约逾近超达]{0,2}(?:新台币|人民币|港币)?[0-9][0-9.,万亿千百]*+[多余]?[美港欧日澳加英]?[元镑])?"
)
_SUBJECT_OF_NAME = re.compile(
    r"(?![仅只均都是为系即属]|延长|终止|解除|修改|履行|第[一二三四五六七八九十]{1,2}[个批份项宗]|上述|相关|有关|正式|双方|各方|三方|[两三四][国地省市县区校院会局厅港]|一系列|一揽子|一批|多项|多份|若干|系列|首)(?:(?![的了过有与和同及就将项份个等签在由到])[\u4e00-\u9fff]){1,20}"
)


class Edges:
    """Finds the left edges of names."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def left_of(self, text: Text, head: int) -> int:
        """Where the name that ends in the head at `head` begins: its subject words, to the nearest 的, verb, number or connector."""
        words, folded, boundaries = self._words, text.folded, text.boundaries
        start = head
        if not boundaries[head]:  # the head is the end of a word: 贸易协定 whole, but 达成|协议
            before = max(boundaries.rfind(1, max(0, head - LONGEST_WORD), head), 0)
            if words.belongs(folded[before:head]) and not SIGNING.search(folded, before, head):
                start = before
        if start and folded[start - 1] in "的该此":
            return start
        limit = max(0, head - _LONGEST_NAME)
        stopped_by = ""
        while start > limit:
            if (joined := words.cut_subject(text, start, limit)) is not None:
                start = joined  # 换|股协议
                continue
            before = boundaries.rfind(1, limit, start)
            if before < 0:
                break
            word = folded[before:start]
            if word in _DATE_UNITS and folded[before - 1 : before].isdigit():
                break  # 3月7日|合作协议, 2017年度|采购协议
            if word == "版" and (version := _VERSION.search(folded, max(limit, before - 6), before)):
                start = version.start()  # 港口2.0版联运议定书
                continue
            if word in _DASHES and (pair := _place_before(text, before, start, limit)) >= 0:
                start = pair  # 中国-东盟自贸协定
                continue
            # 台|欧|双边投资协定: a letter is a place before another one.
            letter = (
                word in words.letters and word not in CONNECTORS and (folded[start] in words.letters or folded[before - 1 : before] in words.letters)
            )
            letter = letter or (word in "中台" and _PAIR_OF_TREATY.match(folded, start) is not None)
            if word in JOINS and (start < head or folded[head : head + 2] in words.subjects) and self._joins_modifiers(text, before, start, limit):
                start = before
                continue
            if not letter and (not words.belongs(word) or SIGNING.match(word)):
                stopped_by = word
                break
            start = before
        if stopped_by in CONNECTORS:
            return self._after_party(text, start, head)
        if stopped_by in _THESE and start < head and folded[start] in "省市县区国地校方院会局厅港":
            return start + 1  # 两|市|友好交流协议
        verb_end = self._verb_end(text, start)
        return verb_end if verb_end is not None else self._past_fragment(text, start, head, stopped_by)

    def _verb_end(self, text: Text, start: int) -> int | None:
        """Where the verb ends that has the name for object: what stands between the two is its subject, dictionary or not (签署|铁海联运战略合作协议)."""
        folded = text.folded
        verbs = list(_SIGNS.finditer(folded, max(0, start - 36), start))
        if not verbs:
            return None
        end = verbs[-1].end()
        spoken_of = (
            text.boundaries[end]  # 签署|有关合作协议
            and _SUBJECT_OF_NAME.fullmatch(folded, end, start)
            and not self._words.is_stop_at(text, end)
            and not any(hits_between(text, end, start, "organisation"))
        )
        return end if spoken_of else None

    def _joins_modifiers(self, text: Text, start: int, end: int, limit: int) -> bool:
        """Whether 及 stands between two of the name's own words (气象|及|通讯合作协议, 维护|、|运营合同), not after or before a party."""
        folded, words = text.folded, self._words
        before = text.boundaries.rfind(1, limit, start)
        if before < 0:
            return False
        word = folded[before:start]
        if word not in words.subjects and word[-2:] not in words.subjects and words.cut_subject(text, start, limit) is None:
            return False
        hits = hits_between(text, limit, end + LONGEST_WORD, "organisation", "region")
        return not (self._pair_at(text, end) or any(hit.end == start or hit.start == end for hit in hits))

    def _pair_at(self, text: Text, start: int) -> bool:
        """Whether two letters of places stand at `start` (苏青|东西部协作协议), and no longer name does."""
        pair = text.folded[start : start + 2]
        if len(pair) < 2 or not (pair[0] in self._words.letters and pair[1] in self._words.letters):
            return False
        return not any(hit.start == start for hit in hits_between(text, start, start + LONGEST_WORD, "organisation", "region"))

    def _past_fragment(self, text: Text, start: int, head: int, stopped_by: str) -> int:
        """Past what is the end of another name, of which the run to the left took a part: 山东高速|集团|战略合作协议."""
        folded, words = text.folded, self._words
        if start == head or not stopped_by:
            return start
        if stopped_by != ")" and not words.may_name(stopped_by):
            return start
        ends = [match.end() for match in _BODY.finditer(folded, start, head)]
        if ends:
            return ends[-1]
        single = len(stopped_by) == 1 and stopped_by != ")" and text.boundaries[start + 1]
        if single and folded[start] not in words.letters and folded[start] not in words.subjects and not words.pos(stopped_by).startswith("v"):
            return start + 1  # 德|孚|医疗合同
        return start

    def _after_party(self, text: Text, start: int, head: int) -> int:
        """Past the party that 与 joins, so that the name keeps its subject words only; 和|苏青协作协议 keeps its pair."""
        if self._pair_at(text, start):
            return start
        for label in ("organisation", "region"):
            start = max((hit.end for hit in hits_between(text, start, head, label) if hit.start == start), default=start)
        ends = [match.end() for match in _PARTY_END.finditer(text.folded, start, head)]
        return ends[-1] if ends else start


def _place_before(text: Text, dash: int, start: int, limit: int) -> int:
    """Where the place begins that ends at a dash before another place (中国|-|东盟自贸协定); -1 for none."""
    if not any(hit.start == start for hit in hits_between(text, start, start + LONGEST_WORD, "region")):
        return -1
    return min((hit.start for hit in hits_between(text, limit, dash, "region") if hit.end == dash), default=-1)
