"""The words that names end in, 协议, 框架协议, 行动计划: which of them ends a name, and the type of what it names."""

import re

from jianbao.lexicon import AgreementHeadEntry, Lexicon
from jianbao.records import AgreementType
from jianbao.segmenter import WordSegmenter

# Words that turn the head into something else: 合同金额, 协议转让, 合同工, 协议价.
NOT_BEFORE = re.compile(
    r"转让|库存|存款|受让|收购价|价|[总]?金?额|总值|款|期[限间满]?|工(?!作)|制|法|纠纷|诈骗|收购方式|方式|条款|履行期|编号|号|范本|管理|负债|资产|关系|双方|各方|签约率|履约|情况|简报|股份(?:过户|转让)|人(?![民寿才工员力社])"
)
# What may follow the head inside the marks: (2016—2020年), (试行), 修订版.
_TAIL = re.compile(r"(?:\s?\([^()]{1,20}\)|(?:修订|征求意见|送审|讨论)?(?:稿|版|本)|[0-9]{4}年?)+$")
_TAIL_ENDS = frozenset(")稿版本年0123456789")
# What a listed company announces is no policy: 《关于收购子公司股权的公告》.
_FILING = re.compile(
    r"股份|股权|股东|股票|公司|董事|监事|收购|减持|增持|业绩|诉讼|资产|停牌|复牌|质押|担保|交易|募集|合同|权益|投资者|中标|签订|签署|回购|分红|债券"
)
_STATEMENTS = frozenset(["联合声明", "共同声明", "联合公报", "联合宣言"])  # where one is signed


class Heads:
    """The heads of the lexicon, and the dictionary behind them.

    Attributes:
        entries: The entry of each, by surface.
        unmarked: Those that end the name of an agreement without marks too: 协议, 联合声明; not 安排 or 规划.
        class_word: A pattern for what a list of titles is said to be: 对口合作实施方案; not 协议稿.
    """

    def __init__(self, heads: Lexicon, segmenter: WordSegmenter) -> None:
        self._pos = segmenter.pos
        self._at_end = re.compile(rf"(?:{heads.alternation()})$")
        self.entries: dict[str, AgreementHeadEntry] = heads.by_surface
        self.unmarked = [s for s, e in self.entries.items() if e.agreement_type != "policy_document" and (not e.titled or s in _STATEMENTS)]
        policy = [s for s, e in self.entries.items() if e.agreement_type == "policy_document" and len(s) > 1]
        class_words = heads.alternation([*self.unmarked, *policy])
        self.class_word = re.compile(rf"[\u4e00-\u9fff“”]{{0,20}}?(?:{class_words})(?![\u4e00-\u9fff]{{0,1}}[法案稿])")

    def end(self, name: str) -> bool:
        """Whether the last word of a name is a head, with nothing in brackets after it."""
        return self._at_end.search(name) is not None

    def entry_of(self, name: str) -> AgreementHeadEntry | None:
        """The entry of the word that ends a title, what stands in brackets after it aside; None for a play or a book."""
        stripped = name.replace("》", "").replace("”", "")
        if stripped[-1:] in _TAIL_ENDS:
            stripped = _TAIL.sub("", stripped)
        match = self._at_end.search(stripped) or self._at_end.search(name.replace("》", ""))
        if match is None:
            return None
        # 法 ends laws, and 办法 看法 书法 方法 too: only the first of these is a document, and it is an entry of its own.
        if (
            match[0] == "法"
            and (
                len(stripped) < 3
                or stripped[-2] in "两二三四五六七八九"  # 财经三法
                or self._pos(stripped[-2:]) not in ("", "n")
                or stripped[-2:] in ("方法", "书法", "看法", "做法", "魔法")
            )
        ):
            return None
        if match[0] in ("公告", "通告") and _FILING.search(stripped):
            return None
        return self.entries[match[0]]


def type_of(name: str, entry: AgreementHeadEntry) -> AgreementType:
    """The type by the last word; 合作 anywhere in the name makes a plain 协议 one of cooperation."""
    if entry.agreement_type == "other_agreement" and entry.id == "agreement":
        if "框架" in name or "架构" in name:
            return "framework_agreement"
        if "意向" in name:
            return "letter_of_intent"
        if "合作" in name:
            return "cooperation_agreement"
    return entry.agreement_type
