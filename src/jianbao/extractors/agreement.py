"""Agreements and policy documents: the words that name one, as in 《…框架协议》, 战略合作协议, 供货合同, CEPA."""

import re
from collections.abc import Iterator

from spacy.language import Language

from jianbao.component import MentionComponent
from jianbao.lexicon import AgreementHeadEntry, Lexicon, load_lexicon
from jianbao.records import AgreementType, AgreementValue
from jianbao.segmenter import WordSegmenter, load_segmenter
from jianbao.text import Mention, Text

# 《…》, which may hold another title. Never across a line end: an unclosed mark must not swallow a page.
_TITLE = re.compile(r"《(?P<inner>[^《》\n]{1,90}+(?:《[^《》\n]{1,60}+》[^《》\n]{0,60}+){0,3}+)》")
# “三年跨越计划”: a plan whose name stands in quotation marks.
_QUOTED = re.compile(r"“(?P<inner>[^“”\n。,;!?]{4,40}+)”")
# What may follow the head inside the marks: (2016—2020年), (试行), 修订版.
_TAIL = re.compile(r"(?:\([^()]{1,20}\)|(?:修订|征求意见|送审|讨论)?(?:稿|版|本)|[0-9]{4}年?)+$")
# 《…》、《…》等7个对口合作实施方案: the class-word after a list of titles.
_CLASS = re.compile(r"等[0-9一二三四五六七八九十百余多几数两]{1,6}(?:个|项|份|部|件)")
_LIST_MARK = re.compile(r"[、,和及与]|以及")
# Signing directly before a title makes it an agreement, whatever its last word.
_SIGNED_BEFORE = re.compile(r"(?:签署|签订|签定|缔结|订立|签下|草签|续签)(?:了|的|过)?(?:\S{0,6}份|一份)?$")
# An alias in brackets directly after a name: 投资协定(BIA), (下称《框架协议》).
_ALIAS = re.compile(r"\((?:(?:以下)?(?:简称|下称)?(?:为)?[:]?[“《]?)(?P<latin>[A-Z][A-Za-z]{1,7})[”》]?\)")
# Words that turn the head into something else: 合同金额, 协议转让, 合同工, 协议价.
_NOT_BEFORE = re.compile(r"转让|价|[总]?金?额|总值|款|期[限间满]?|工(?!作)|制|法|纠纷|诈骗|收购方式|方式|条款|履行期|编号|号|范本|管理|负债|资产|关系|双方|各方|签约率|履约")
_CONNECTORS = frozenset("与和同跟及暨")
# Words that end a name on the left although they are nouns: who signs, how many, which.
_STOPS = frozenset(
    "双方 两国 两省 两市 两地 三方 三地 各方 多方 两岸 两省市 两县 两区 彼此 相互 互相 有关 相关 下列 以下 上述 一揽子 系列 一系列 多项 多个 多份 数份 若干 "
    "首份 首个 首项 新 新的 旧 大 小 本 该 此 这 那 其 某 任何 所有 全部 部分 其他 其它 另 另外 正式 书面 口头 现有 原 原有 相应 配套 一项 一份 一纸 之间 之 日 年 月 天 "
    "元 亿元 万元 美元 港元 金额 总额 价值 为期 有效 仪式 上 中 下 内 时 后 前 期间 当天 当日 "
    "指 称 说 近日 日前 昨日 今日 今天 昨天 目前 记者 完成 名为".split()
)
# Verbs that are subject words in the name of an agreement: 设备采购协议, 联合办学协议书.
_SUBJECT_VERBS = frozenset(
    "合作 加工 采购 投资 服务 建设 供应 供货 销售 购销 开发 联合 办学 共建 共享 转让 收购 并购 租赁 承包 运营 经营 管理 代理 代销 委托 托管 监管 保护 保障 补偿 生产 制造 "
    "研发 研究 培养 培训 交流 引进 入驻 落户 落地 入股 参股 增资 认购 融资 贷款 授信 担保 保险 结算 支付 清算 互认 互换 互免 互联 通航 通商 航空 运输 物流 仓储 配送 分销 "
    "框架 战略 对口 结对 帮扶 支援 援助 扶贫 协同 协作 联动 联盟 意向 谅解 保密 仲裁 调解 和解 停火 停战 和平 贸易 投标 中标 招商 施工 设计 勘察 监理 总承包 改造 维修 维护 安装 使用 "
    "许可 授权 转移 转化 孵化 推广 展销 供销 产销 购买 买卖 出售 出让 置换 拆迁 征收 搬迁 安置 就业 聘用 劳动 用工 实习 捐赠 赞助 冠名 广告 发行 出版 翻译 播出 放映 "
    "补充 附加 重组 整合 托底 对赌 回购 质押 抵押 供电 供水 供气 供热 供暖 用电 售电 购电 输电 并网 发电 补贴 托收 代工 贴牌 种植 养殖 收储 捕捞 采矿 开采 勘探 炼化 引渡 遣返 裁军 "
    "全面 长期 中长期 双边 多边 三边 区域 双向 深度 务实 友好 友城 姊妹 一体化 经贸 科技 文化 旅游 教育 医疗 卫生 金融 农业 工业 能源 环保 生态 人才 项目 设备 产品 技术 工程".split()
)
_NOUN_TAGS = frozenset(["n", "nz", "nt", "ns", "nl", "ng", "nr", "nrt", "nrfg", "j", "b", "vn", "an", "a", "l", "i", "s", "eng", "h", "k", "g", "tg"])
# Where the name of a party ends: 甲公司与乙公司|战略合作协议.
_PARTY_END = re.compile(r"(?:有限公司|公司|集团|大学|学院|研究院|人民政府|政府|银行|管委会|委员会|协会|商会|医院|学校|[省市县区州国厅局委])")
LONGEST_NAME = 30
_NAMED_OUTRIGHT = re.compile(r"第[一二三四五六七八九十0-9]+(?:阶段|轮|期)")
_TREATY_TYPES = frozenset(["treaty", "protocol", "convention"])


class AgreementExtractor:
    """Finds titles in 《》 with an agreement's or policy document's last word, type words with their subject, and known short names."""

    def __init__(self, heads: Lexicon, known: Lexicon, letters: frozenset[str], segmenter: WordSegmenter) -> None:
        self._heads = heads.by_surface
        self._known = known.by_surface
        self._pos = segmenter.pos
        self._letters = letters
        every = heads.alternation()
        self._title_head = re.compile(rf"(?:{every})$")
        signed = [s for s, e in heads.by_surface.items() if e.agreement_type != "policy_document" and not e.titled]
        policy = [s for s, e in heads.by_surface.items() if e.agreement_type == "policy_document" and len(s) > 1]
        self._bare = re.compile(heads.alternation(signed))
        self._class_word = re.compile(rf"[\u4e00-\u9fff“”]{{0,20}}?(?:{heads.alternation([*signed, *policy])})(?![\u4e00-\u9fff]{{0,1}}[法案稿])")
        self._plan = re.compile(r"(?:计划|规划|方案|协议|协定|合同|备忘录)$")
        self._names = re.compile(rf"(?<![A-Za-z0-9])(?:{known.alternation()})(?![A-Za-z0-9])")

    def find(self, text: Text) -> Iterator[Mention]:
        """The names of agreements and policy documents, by rule and then by place."""
        found: list[Mention] = []
        if "《" in text.folded:
            found += self._titles(text)
        if "“" in text.folded:
            found += self._quoted(text)
        found += self._known_names(text, found)
        found += self._bare_names(text, found)
        found += list(self._aliases(text, found))
        return iter(found)

    # ---- titles in marks ------------------------------------------------------------------------------------------------

    def _titles(self, text: Text) -> Iterator[Mention]:
        folded = text.folded
        pending: list[re.Match[str]] = []  # titles of a list without a head of their own, until its class-word is read
        signed = False
        last_end = -1
        for match in _TITLE.finditer(folded):
            gap = folded[last_end : match.start()] if last_end >= 0 else "x"
            if gap and not (len(gap) <= 2 and _LIST_MARK.fullmatch(gap)):
                yield from self._signed_titles(text, pending if signed else [])
                pending = []
                signed = bool(_SIGNED_BEFORE.search(folded, max(0, match.start() - 14), match.start()))
            last_end = match.end()
            inner = match["inner"]
            entry = self._head_of(inner)
            if entry is None:
                pending.append(match)
            else:
                yield self._title(text, match, _title_type(inner, entry), "agreement.title", entry.id)
            after = _CLASS.match(folded, match.end())
            if after and (word := self._class_word.match(folded, after.end())) and not _NOT_BEFORE.match(folded, word.end()):
                head = self._head_of(word[0])
                if head is not None:
                    kind = _title_type(word[0], head)
                    for title in pending:
                        yield self._title(text, title, kind, "agreement.title_in_list", head.id)
                    yield text.mention(
                        "agreement", *word.span(), rule="agreement.class_word", value=AgreementValue(agreement_type=kind), lexicon=(head.id,)
                    )
                    pending = []
        yield from self._signed_titles(text, pending if signed else [])

    def _signed_titles(self, text: Text, titles: list[re.Match[str]]) -> Iterator[Mention]:
        """Titles that are signed are agreements, whatever their last word."""
        for title in titles:
            yield self._title(text, title, "other_agreement", "agreement.signed_title")

    def _title(self, text: Text, match: re.Match[str], kind: AgreementType, rule: str, *ids: str) -> Mention:
        value = AgreementValue(agreement_type=kind, title=_plain_title(match["inner"]))
        return text.mention("agreement", *match.span(), rule=rule, value=value, lexicon=ids)

    def _head_of(self, name: str) -> AgreementHeadEntry | None:
        """The entry of the word that ends a title, what stands in brackets after it aside; None for a play or a book."""
        stripped = _TAIL.sub("", name.replace("》", "").replace("”", ""))
        match = self._title_head.search(stripped) or self._title_head.search(name.replace("》", ""))
        if match is None:
            return None
        # 法 ends laws, and 办法 看法 书法 方法 too: only the first of these is a document, and it is an entry of its own.
        if match[0] == "法" and (len(stripped) < 3 or self._pos(stripped[-2:]) not in ("", "n") or stripped[-2:] in ("方法", "书法", "看法", "做法", "魔法")):
            return None
        entry: AgreementHeadEntry = self._heads[match[0]]
        return entry

    def _quoted(self, text: Text) -> Iterator[Mention]:
        for match in _QUOTED.finditer(text.folded):
            inner = match["inner"]
            head = self._plan.search(inner)
            if head and len(inner) - len(head[0]) >= 2 and "的" not in inner:
                entry = self._head_of(inner)
                if entry is not None:
                    value = AgreementValue(agreement_type=_title_type(inner, entry), title=inner)
                    yield text.mention("agreement", *match.span("inner"), rule="agreement.quoted", value=value, lexicon=(entry.id,))

    # ---- names without marks ----------------------------------------------------------------------------------------------

    def _known_names(self, text: Text, found: list[Mention]) -> Iterator[Mention]:
        for match in self._names.finditer(text.folded):
            start, end = match.span()
            whole = text.is_word_start(start) and text.is_word_start(end)  # 公司法|人 is no law
            if not _inside(start, end, found) and (match[0].isascii() or (whole and not _NOT_BEFORE.match(text.folded, end))):
                entry: AgreementHeadEntry = self._known[match[0]]
                title = None if entry.id == "mou" else entry.hans
                value = AgreementValue(agreement_type=entry.agreement_type, title=title)
                yield text.mention("agreement", *match.span(), rule="agreement.known", value=value, lexicon=(entry.id,))

    def _bare_names(self, text: Text, found: list[Mention]) -> Iterator[Mention]:
        boundaries = text.boundaries
        for match in self._bare.finditer(text.folded):
            if _NOT_BEFORE.match(text.folded, match.end()) or _inside(match.start(), match.end(), found):
                continue
            if not boundaries[match.start()] and boundaries.find(1, match.start() + 1) < match.end():
                continue  # 折合|约147亿元: the head is cut by a word
            entry: AgreementHeadEntry = self._heads[match[0]]
            start = self._left_edge(text, match.start())
            while (inner := next((m for m in found if start < m.end <= match.start() and m.start < match.start()), None)) is not None:
                start = inner.end
            name = text.folded[start : match.end()]
            licensed = start < match.start() or not entry.weak or self._signed_in_sentence(text, match.start(), match.end())
            if not licensed:
                continue
            named = entry.id in _TREATY_TYPES or bool(_NAMED_OUTRIGHT.search(name))
            value = AgreementValue(agreement_type=_title_type(name, entry), title=name if named and start < match.start() else None)
            rule = "agreement.compound" if start < match.start() else "agreement.head"
            yield text.mention("agreement", start, match.end(), rule=rule, value=value, lexicon=(entry.id,))

    def _left_edge(self, text: Text, head: int) -> int:
        """Where the name that ends in the head at `head` begins: its subject words, to the nearest 的, verb, number or connector."""
        folded, boundaries = text.folded, text.boundaries
        start = head if boundaries[head] else max(boundaries.rfind(1, 0, head), 0)
        limit = max(0, head - LONGEST_NAME)
        stopped_by = ""
        while start > limit:
            before = boundaries.rfind(1, 0, start)
            if before < 0:
                break
            word = folded[before:start]
            # 台|欧|双边投资协定: a letter is a place before another one.
            letter = word in self._letters and folded[start] in self._letters
            if not letter and not self._belongs(word):
                stopped_by = word
                break
            start = before
        if stopped_by in _CONNECTORS:
            return self._after_party(text, start, head)
        # 签署|铁海联运战略合作协议: what stands between the verb and the name is its subject, dictionary or not.
        verb = _OBJECT_OF_SIGNING.search(folded, max(0, start - 14), start)
        if verb and not any(hit.start >= verb.end() and hit.end <= start for hit in text.hits.get("organisation", ())):
            return verb.end()
        return start

    def _belongs(self, word: str) -> bool:
        if word in _STOPS or not word.strip():
            return False
        if word in _SUBJECT_VERBS:
            return True
        if word[0] == "第" and len(word) > 1:
            return True
        if word.isascii():
            return word.isalpha()
        if not "\u4e00" <= word[0] <= "\u9fff":
            return False
        tag = self._pos(word)
        return tag in _NOUN_TAGS or (tag == "" and len(word) > 1)

    def _after_party(self, text: Text, start: int, head: int) -> int:
        """Past the party that 与 joins, so that the name keeps its subject words only."""
        for label in ("organisation", "region"):
            ends = [hit.end for hit in text.hits.get(label, ()) if hit.start == start and hit.end <= head]
            if ends:
                start = max(ends)
        last = None
        for last in _PARTY_END.finditer(text.folded, start, head):
            pass
        return last.end() if last else start

    def _signed_in_sentence(self, text: Text, start: int, end: int) -> bool:
        first, last = text.sentence_span(start)
        return bool(_SIGNING.search(text.folded, first, start) or _SIGNING.search(text.folded, end, min(last, end + 30)))

    # ---- aliases ------------------------------------------------------------------------------------------------------------

    def _aliases(self, text: Text, found: list[Mention]) -> Iterator[Mention]:
        """Latin short names given in brackets after a name, there and wherever they stand again."""
        taken = {(m.start, m.end) for m in found}
        for mention in list(found):
            match = _ALIAS.match(text.folded, mention.end)
            if match is None or match.span("latin") in taken:
                continue
            for again in re.finditer(rf"(?<![A-Za-z]){re.escape(match['latin'])}(?![A-Za-z])", text.folded):
                if again.span() not in taken:
                    taken.add(again.span())
                    yield text.mention("agreement", *again.span(), rule="agreement.alias", value=mention.value, lexicon=mention.lexicon)


_OBJECT_OF_SIGNING = re.compile(r"(?:签[署订定约下立]|缔结|达成|订立|[草续]签)(?:了|有)?(?=(?:(?![的了有与和同及就将有项份个等]|一[份项]|双方|两)[\u4e00-\u9fff]){1,10}$)")
_SIGNING = re.compile(r"签[署订定约下了立字成妥]|缔结|达成|订立|[草续换互]签|换文")


def _inside(start: int, end: int, mentions: list[Mention]) -> bool:
    return any(m.start <= start and end <= m.end for m in mentions)


def _plain_title(inner: str) -> str:
    return "".join(inner.replace("《", "").replace("》", "").split())


def _title_type(name: str, entry: AgreementHeadEntry) -> AgreementType:
    """The type by the last word; 合作 anywhere in the name makes a plain 协议 one of cooperation."""
    if entry.agreement_type == "other_agreement" and entry.id == "agreement":
        if "框架" in name:
            return "framework_agreement"
        if "意向" in name:
            return "letter_of_intent"
        if "合作" in name:
            return "cooperation_agreement"
    return entry.agreement_type


@Language.factory(
    "jianbao_agreements",
    default_config={
        "heads": "agreement_heads",
        "known": "agreements_known",
        "places": ["regions_china", "regions_world", "regions_macro"],
        "segmenter": "rjieba",
    },
)
def make_agreements(nlp: Language, name: str, heads: str, known: str, places: list[str], segmenter: str) -> MentionComponent:
    """The component that finds agreements and policy documents; `places` give the letters of strings such as 台欧."""
    letters = frozenset(surface for place in places for surface in load_lexicon(place).owners if len(surface) == 1)
    return MentionComponent(AgreementExtractor(load_lexicon(heads), load_lexicon(known), letters, load_segmenter(segmenter)))
