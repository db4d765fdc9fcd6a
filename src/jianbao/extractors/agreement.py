"""Agreements and policy documents: the words that name one, as in 《…框架协议》, 战略合作协议, 供货合同, CEPA."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

import daachorse
from spacy.language import Language

from jianbao.component import MentionComponent
from jianbao.lexicon import AgreementHeadEntry, Lexicon, load_lexicon
from jianbao.records import AgreementType, AgreementValue
from jianbao.segmenter import WordSegmenter, load_segmenter
from jianbao.text import Hit, Mention, Text

# 《…》, which may hold another title. Never across a line end: an unclosed mark must not swallow a page.
_TITLE = re.compile(r"《(?P<inner>(?:[^《》\n]{1,90}+|(?=《))(?>(?:《[^《》\n]{1,60}+》[^《》\n]{0,60}+){0,3}))》")
# “三年跨越计划”: a plan whose name stands in quotation marks.
# “关于支持甲地…的意见”: a document's full title in the quotation marks of Hong Kong's and Taiwan's press.
_QUOTED = re.compile(r"“(?P<inner>(?:(?P<about>关于(?!这|那|你|我|他|她|谁|如何)[^“”\n。,;!?]{6,70}+)|[^“”\n。,;!?]{4,70}+))”")
_LONGEST_QUOTED = 40  # of a name in quotation marks that nothing signs: longer ones are speech
_ABBREVIATED = re.compile(r"\([A-Z][A-Za-z .&-]{1,40}\)$")  # “两洋渔业养护协定(OFA)”
_PRODUCT = re.compile(r"信托|资产管理|资管|激励|持股|减持|增持|集合|理财|储蓄")  # “某某3号资产管理计划” is sold, not issued
_SCHEME = re.compile(
    r"(?:补助金?|资助|津贴|补贴|奖学金|奖励|支援|培训|实习|优惠|贷款|保险|会员|课程|体验|大使|交流|见习|配对)计划$"
)  # money, not policy
_SPEECH = re.compile(r"[我你您他她这那是吗吧呢]|了(?!解)")
_ABOUT_HEAD = re.compile(r"的(?:[若干实施指导行动]{2,4})?(?:意见|通知|办法|措施|决定|规定|方案|纲领|纲要|公告|通告|条例)$")
# 核定|第六期离岛综合建设实施方案: a government's plan told by its full name without marks.
_PLAN_APPROVED = re.compile(
    r"(?:核定|函颁|通过|核准|完成|提出|修正|推动|研拟|公布|颁布)(?:了)?"
    r"(?P<name>(?P<part>第[一二三四五六七八九十0-9]{1,3}期)?(?:(?!第[一二三四五六七八九十0-9])[\u4e00-\u9fff]){4,24}?(?:方案|纲领|(?P<plan>计划)))(?![\u4e00-\u9fff]?[案书])"
)
_PERIOD_PLAN = re.compile(
    r"(?:“十[一二三四五]五”|十[一二三四五]五|第十[一二三四五]个五年)(?:时期|期间)?(?P<about>[\u4e00-\u9fff]{0,16}?)规划(?:纲要)?(?![\u4e00-\u9fff]{0,2}[编制研征])"
)
_ANY_PLAN = re.compile(r"(?:发展|总体|布局|专项|建设|工作|战略|具体|相关|新|的|国家|中长期|目标|和|与|任务)+")
_EVERYBODY = re.compile(r"[我全本各该此其]\S{0,2}|国家|中央|公司|企业|集团|学校|单位|城市|地方|行业|规划")
_NOT_IN_PLAN = re.compile(
    r"[的了与和及或将已被由在各该此其本等并]|相关|多项|有关|新一|整体|配套|公司|集团|核定|通过|完成|提出|修正|推动(?!方案|计划)|研拟|申请|补助"
)
# What may follow the head inside the marks: (2016—2020年), (试行), 修订版.
_TAIL = re.compile(r"(?:\s?\([^()]{1,20}\)|(?:修订|征求意见|送审|讨论)?(?:稿|版|本)|[0-9]{4}年?)+$")
_TAIL_ENDS = frozenset(")稿版本年0123456789")
# 《…》、《…》等7个对口合作实施方案: the class-word after a list of titles.
_CLASS = re.compile(r"等[0-9一二三四五六七八九十百余多几数两]{1,6}(?:个|项|份|部|件)")
_LIST_MARK = re.compile(r"[、,和及与]|以及")
# Signing directly before a title makes it an agreement, whatever its last word.
_SIGNED_BEFORE = re.compile(r"(?:签署|签订|签定|缔结|订立|签下|草签|续签|达成|达致)(?:了|的|过)?(?:\S{0,6}份|一份|为期\S{1,6}的)?$")
# An alias in brackets directly after a name: 投资协定(BIA), (下称《框架协议》).
_ALIAS = re.compile(r"\((?:(?:以下)?(?:简称|下称)?(?:为)?[:]?[“《]?)(?P<latin>[A-Z][A-Za-z]{1,7})[”》]?\)")
# Words that turn the head into something else: 合同金额, 协议转让, 合同工, 协议价.
_NOT_BEFORE = re.compile(
    r"转让|库存|存款|受让|收购价|价|[总]?金?额|总值|款|期[限间满]?|工(?!作)|制|法|纠纷|诈骗|收购方式|方式|条款|履行期|编号|号|范本|管理|负债|资产|关系|双方|各方|签约率|履约|情况|简报|股份(?:过户|转让)|人(?![民寿才工员力社])"
)
_CONNECTORS = frozenset("与和同跟及暨")
_JOINS = frozenset(["与", "和", "及", "、", "以及"])
_DATE_UNITS = frozenset(["年", "月", "日", "号", "年度"])
# 采购合同II, 投资协议A: which of several; not 协议A轮.
_SERIAL = re.compile(r"(?:(?:I{1,3}|I?V|[A-D])(?![A-Za-z0-9.+&-])(?![轮级股类座栋区]))")
_THESE = frozenset("两三四本该我全各")
_WITNESSED = re.compile(r"在[^。;\n]{2,90}?见证下,?")
_STATEMENTS = frozenset(["联合声明", "共同声明", "联合公报", "联合宣言"])  # where one is signed
_MEASURES = frozenset("个份项宗批款件名")
_DASHES = frozenset("-—–")
# 3.0|版升级议定书: a version is part of the name, though a number.
_VERSION = re.compile(r"[0-9]{1,2}(?:\.[0-9])?$")
# 中|毛自贸协定: a country of which the press writes one character in the names of treaties alone.
_PAIR_OF_TREATY = re.compile(r"[\u4e00-\u9fff](?:自贸|自由贸易|双边|投资|租税|引渡|航空|渔业|经贸|关税|民航|科技|司法)")
_NOUN_TAGS = frozenset(["n", "nz", "nt", "ns", "nl", "ng", "nr", "nrt", "nrfg", "j", "b", "vn", "an", "a", "l", "i", "s", "eng", "h", "k", "g", "tg"])
# Where the name of a party ends: 甲公司与乙公司|战略合作协议.
_PARTY_END = re.compile(r"(?:有限公司|公司|集团|大学|学院|研究院|人民政府|政府|银行|管委会|委员会|协会|商会|医院|学校|[省市县区州国厅局委])")
# What ends the name of a body, of which a run to the left may have taken the last words.
_BODY = re.compile(r"公司|集团|股份|大学|学院|研究院|研究所|银行|医院|学校|政府|委员会|管委会|协会|商会|公会|基金会")
_LEGAL_FORM = re.compile(r"(?:有限(?:责任)?|股份|[分子总])公司|[分支]行(?!动)|合伙企业(?:\(有限合伙\))?|\(有限合伙\)")
# What a listed company announces is no policy: 《关于收购子公司股权的公告》.
_FILING = re.compile(
    r"股份|股权|股东|股票|公司|董事|监事|收购|减持|增持|业绩|诉讼|资产|停牌|复牌|质押|担保|交易|募集|合同|权益|投资者|中标|签订|签署|回购|分红|债券"
)
# Words after a bare 协议 that make a noun of it: 协议投资约570亿元, 合同要求.
_NOT_BEFORE_BARE = re.compile(
    r"股份|台账|执行|额度|(?:总)?投资|引资|内资|外资|利用|要求|规定|约束|签署[人方]|主体|文本|内容|书面|标的|双方|各方|一方|方(?!案|面|式)|内|里|中|存在|显示|期|终止后|履行|项下|条件"
)
_KIND_AFTER = re.compile(r"非|主|类|履行|违反")
# 新签合同128份, 将另行签订供货合同: agreements in general, which nobody has made.
_IN_GENERAL = re.compile(r"(?:新签|另行?(?:协商)?(?:再)?签[订署定立])(?:了|的)?(?:具体|正式|相关|书面)?的?$")
# 期货合约, 智能合约 are no agreements.
_MARKET = re.compile(r"(?:期货|期权|主力|[近远]月|当月|次月|远期|掉期|差价|永续|智能|股指|连续|标准|交割)合约$")
_WISHES = frozenset(["合作意向", "投资意向"])
_BARE = 3  # characters at most of a head that is a kind-word alone: 协议书, 备忘录
_LONGEST_WORD = 16
_SIGNED_WITHIN = 160
LONGEST_NAME = 30
_NAMED_OUTRIGHT = re.compile(r"第[一二三四五六七八九十0-9]+(?:阶段|轮|期)")
_TREATY_TYPES = frozenset(["treaty", "treaty.latin", "protocol", "convention"])


class AgreementExtractor:
    """Finds titles in 《》 with an agreement's or policy document's last word, type words with their subject, and known short names."""

    def __init__(self, heads: Lexicon, known: Lexicon, words: Lexicon, letters: frozenset[str], segmenter: WordSegmenter) -> None:
        self._heads = heads.by_surface
        self._known = known.by_surface
        self._pos = segmenter.pos
        self._letters = letters
        self._stops = frozenset(surface for surface, entry in words.by_surface.items() if entry.sense == "stop")
        self._subjects = frozenset(surface for surface, entry in words.by_surface.items() if entry.sense == "subject")
        self._kinds = frozenset(surface for surface, entry in words.by_surface.items() if entry.sense == "kind")
        every = heads.alternation()
        self._title_head = re.compile(rf"(?:{every})$")
        signed = [s for s, e in heads.by_surface.items() if e.agreement_type != "policy_document" and (not e.titled or s in _STATEMENTS)]
        policy = [s for s, e in heads.by_surface.items() if e.agreement_type == "policy_document" and len(s) > 1]
        self._bare = _Words(signed)
        self._class_word = re.compile(rf"[\u4e00-\u9fff“”]{{0,20}}?(?:{heads.alternation([*signed, *policy])})(?![\u4e00-\u9fff]{{0,1}}[法案稿])")
        cut = sorted((w for w in self._subjects if len(w) > 1 and len(segmenter.cut(w)) > 1), key=lambda w: (-len(w), w))
        self._cut_subjects = {last: [w for w in cut if w[-1] == last] for last in {w[-1] for w in cut}}
        self._plan = re.compile(
            r"(?:计划|规划|方案|协议书?|协定|合同书?|合约|契约|备忘录|意向书|议定书|条约|公约|联合声明|规范|准则|纲要|MOU|(?:条例|办法|法)(?:(?:修正)?草案)?)$"
        )
        self._names = _Words(known.owners)

    def find(self, text: Text) -> Iterator[Mention]:
        """The names of agreements and policy documents, by rule and then by place."""
        found: list[Mention] = []
        if "《" in text.folded:
            found += self._titles(text)
        if "“" in text.folded:
            found += self._quoted(text)
        if text.article is not None and text.article.convention == "taiwan":
            found += self._approved_plans(text, _Spans(found))
        if "五" in text.folded and "规划" in text.folded:
            found += self._period_plans(text, _Spans(found))
        found += self._known_names(text, _Spans(found))
        found += self._bare_names(text, _Spans(found))
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
        stripped = name.replace("》", "").replace("”", "")
        if stripped[-1:] in _TAIL_ENDS:
            stripped = _TAIL.sub("", stripped)
        match = self._title_head.search(stripped) or self._title_head.search(name.replace("》", ""))
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
        entry: AgreementHeadEntry = self._heads[match[0]]
        return entry

    def _quoted(self, text: Text) -> Iterator[Mention]:
        """Plans and laws, and what is signed, in quotation marks: 签署“蓝洋和睦条约”、“…备忘录”."""
        folded = text.folded
        signed = False
        last_end = -1
        for match in _QUOTED.finditer(folded):
            inner = match["inner"]
            if last_end < 0 or match.start() - last_end > 2 or not _LIST_MARK.fullmatch(folded, last_end, match.start()):
                signed = bool(_SIGNED_BEFORE.search(folded, max(0, match.start() - 14), match.start()))
            last_end = match.end()
            abbreviated = _ABBREVIATED.search(inner)
            if abbreviated:
                inner = inner[: abbreviated.start()]
            if signed:
                named = self._title_head.search(inner) is not None
            elif match["about"]:
                named = _ABOUT_HEAD.search(inner) is not None
            else:
                head = self._plan.search(inner)
                named = head is not None and len(inner) - len(head[0]) >= 2 and len(inner) <= _LONGEST_QUOTED and "的" not in inner
                named = named and not _PRODUCT.search(inner) and not _SPEECH.search(inner) and not _SCHEME.search(inner)
            entry = self._head_of(inner) if named else None
            if entry is not None:
                start = match.start("inner")
                value = AgreementValue(agreement_type=_title_type(inner, entry), title=inner)
                yield text.mention("agreement", start, start + len(inner), rule="agreement.quoted", value=value, lexicon=(entry.id,))

    def _approved_plans(self, text: Text, found: "_Spans") -> Iterator[Mention]:
        """核定第六期离岛综合建设实施方案, 推动桃竹苗大矽谷推动方案: of plans, those with an instalment, a place at their head or the cabinet's approval."""
        folded = text.folded
        for match in _PLAN_APPROVED.finditer(folded):
            start, end = match.span("name")
            if found.cover(start, end) or not text.is_word_start(start) or not text.is_word_start(end) or _NOT_IN_PLAN.search(folded, start, end):
                continue
            placed = folded[start] in self._letters and folded[start + 1] in self._letters  # 桃|竹|苗
            placed = placed or any(hit.start == start for hit in _hits_between(text.hits.get("region", ()), start, end))
            if not (match["part"] or (placed and not match["plan"])):
                continue
            head = self._head_of(match["name"])
            if head is not None:
                value = AgreementValue(agreement_type=_title_type(match["name"], head), title=match["name"])
                yield text.mention("agreement", start, end, rule="agreement.plan", value=value, lexicon=(head.id,))

    def _period_plans(self, text: Text, found: "_Spans") -> Iterator[Mention]:
        """茶叶加工业“十三五”规划, “十四五”古城保护规划: plans of a five-year period by what or whom they are for; “十四五”规划 alone names none."""
        folded = text.folded
        for match in _PERIOD_PLAN.finditer(folded):
            head, end = match.span()
            places = [hit.start for hit in _hits_between(text.hits.get("region", ()), max(0, head - _LONGEST_WORD), head) if hit.end == head]
            start = min([self._left_edge(text, head), *places])
            if head - start < 2 or _EVERYBODY.fullmatch(folded, start, head):
                start = head
            if found.cover(start, end) or (start == head and (len(match["about"]) < 2 or _ANY_PLAN.fullmatch(match["about"]))):
                continue
            yield text.mention(
                "agreement",
                max(start, found.end_before(head)),
                end,
                rule="agreement.period_plan",
                value=AgreementValue(agreement_type="policy_document"),
                lexicon=("policy.plan",),
            )

    # ---- names without marks ----------------------------------------------------------------------------------------------

    def _known_names(self, text: Text, found: "_Spans") -> Iterator[Mention]:
        folded = text.folded
        for start, end in self._names.find(folded):
            name = folded[start:end]
            if name.isascii():
                if _LATIN.match(folded, end) or (start and _LATIN.match(folded, start - 1)):
                    continue
            elif not (text.is_word_start(start) and text.is_word_start(end)) or _NOT_BEFORE.match(folded, end):
                continue  # 公司法|人 is no law
            if not found.cover(start, end):
                entry: AgreementHeadEntry = self._known[name]
                value = AgreementValue(agreement_type=entry.agreement_type, title=entry.hans)
                yield text.mention("agreement", start, end, rule="agreement.known", value=value, lexicon=(entry.id,))

    def _bare_names(self, text: Text, found: "_Spans") -> list[Mention]:
        boundaries, folded = text.boundaries, text.folded
        names: list[Mention] = []
        first = -1
        for head, end, more in _with_next(self._bare.find(folded)):
            chained, first = (first if first >= 0 else head), -1
            if more:
                first = chained  # 自贸协定|议定书 is one name
                continue
            if _NOT_BEFORE.match(folded, end) or found.cover(head, end):
                continue
            latin = folded[head].isascii()
            if latin and (_LATIN.match(folded, end) or (head and _LATIN.match(folded, head - 1))):
                continue
            if not boundaries[head] and (inner := boundaries.find(1, head + 1)) < end:
                if folded[inner:end] not in self._heads:
                    continue  # 折合|约147亿元: the head is cut by a word
                chained = chained if chained < head else inner
                head = inner  # 经贸合作|协议
            entry: AgreementHeadEntry = self._heads[folded[head:end]]
            start = max(self._left_edge(text, chained), found.end_before(head))
            start = max((form.end() for form in _LEGAL_FORM.finditer(folded, start, head)), default=start)
            bare = start == head and (latin or end - head <= _BARE)
            if start == head and (_NOT_BEFORE_BARE.match(folded, end) or (bare and _KIND_AFTER.search(folded, max(0, start - 2), start))):
                continue
            name = folded[start:end]
            weak = entry.weak and (bare or name in self._kinds or folded[head:end] in _WISHES or entry.titled)
            joined = names and names[-1].end <= start and folded[names[-1].end : start] in _JOINS  # 合作备忘录|和|意向书
            if weak and not joined and not self._signed_in_sentence(text, start, end):
                continue
            if _IN_GENERAL.search(folded, max(0, start - 12), start) or _MARKET.search(name):
                continue
            if start < head or not bare:
                serial = _SERIAL.match(folded, end)
                end = serial.end() if serial else end
            named = entry.id in _TREATY_TYPES or bool(_NAMED_OUTRIGHT.search(name))
            value = AgreementValue(agreement_type=_title_type(name, entry), title=name if named and start < head else None)
            rule = "agreement.head" if bare else "agreement.compound"
            while names and names[-1].start >= start:
                names.pop()  # 自贸协定|升级议定书
            names.append(text.mention("agreement", start, end, rule=rule, value=value, lexicon=(entry.id,)))
        return names

    def _left_edge(self, text: Text, head: int) -> int:
        """Where the name that ends in the head at `head` begins: its subject words, to the nearest 的, verb, number or connector."""
        folded, boundaries = text.folded, text.boundaries
        start = head
        if not boundaries[head]:  # the head is the end of a word: 贸易协定 whole, but 达成|协议
            before = max(boundaries.rfind(1, max(0, head - _LONGEST_WORD), head), 0)
            if self._belongs(folded[before:head]) and not _SIGNING.search(folded, before, head):
                start = before
        if start and folded[start - 1] in "的该此":
            return start
        limit = max(0, head - LONGEST_NAME)
        stopped_by = ""
        while start > limit:
            if (joined := self._cut_subject(text, start, limit)) is not None:
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
            if word in _DASHES and (pair := _named_before(text, before, start, limit)) >= 0:
                start = pair  # 中国-东盟自贸协定
                continue
            # 台|欧|双边投资协定: a letter is a place before another one.
            letter = (
                word in self._letters and word not in _CONNECTORS and (folded[start] in self._letters or folded[before - 1 : before] in self._letters)
            )
            letter = letter or (word in "中台" and _PAIR_OF_TREATY.match(folded, start) is not None)
            if word in _JOINS and (start < head or folded[head : head + 2] in self._subjects) and self._joins_modifiers(text, before, start, limit):
                start = before
                continue
            if not letter and (not self._belongs(word) or _SIGNING.match(word)):
                stopped_by = word
                break
            start = before
        if stopped_by in _CONNECTORS:
            return self._after_party(text, start, head)
        if stopped_by in _THESE and start < head and folded[start] in "省市县区国地校方院会局厅港":
            return start + 1  # 两|市|友好交流协议
        # 签署|铁海联运战略合作协议: what stands between the verb and the name is its subject, dictionary or not.
        verbs = list(_SIGNS.finditer(folded, max(0, start - 36), start))
        verb = verbs[-1] if verbs else None
        if (
            verb
            and boundaries[verb.end()]  # 签署|有关合作协议
            and _SUBJECT_OF_NAME.fullmatch(folded, verb.end(), start)
            and not self._begins_with_stop(text, verb.end())
            and not any(_hits_between(text.hits.get("organisation", ()), verb.end(), start))
        ):
            return verb.end()
        return self._past_fragment(text, start, head, stopped_by)

    def _cut_subject(self, text: Text, end: int, limit: int) -> int | None:
        """Where a subject word begins that the dictionary cuts (换|股, 同|城|化) and that ends at `end`."""
        folded = text.folded
        for word in self._cut_subjects.get(folded[end - 1], ()):
            start = end - len(word)
            if start >= limit and folded.startswith(word, start) and text.boundaries[start]:
                return start
        return None

    def _joins_modifiers(self, text: Text, start: int, end: int, limit: int) -> bool:
        """Whether 及 stands between two of the name's own words (气象|及|通讯合作协议, 维护|、|运营合同), not after or before a party."""
        folded = text.folded
        before = text.boundaries.rfind(1, limit, start)
        if before < 0:
            return False
        word = folded[before:start]
        if word not in self._subjects and word[-2:] not in self._subjects and self._cut_subject(text, start, limit) is None:
            return False
        hits = (hit for label in ("organisation", "region") for hit in _hits_between(text.hits.get(label, ()), limit, end + _LONGEST_WORD))
        return not (self._pair_at(text, end) or any(hit.end == start or hit.start == end for hit in hits))

    def _pair_at(self, text: Text, start: int) -> bool:
        """Whether two letters of places stand at `start` (苏青|东西部协作协议), and no longer name does."""
        pair = text.folded[start : start + 2]
        if len(pair) < 2 or not (pair[0] in self._letters and pair[1] in self._letters):
            return False
        return not any(
            hit.start == start
            for label in ("organisation", "region")
            for hit in _hits_between(text.hits.get(label, ()), start, start + _LONGEST_WORD)
        )

    def _past_fragment(self, text: Text, start: int, head: int, stopped_by: str) -> int:
        """Past what is the end of another name, of which the run to the left took a part: 山东高速|集团|战略合作协议."""
        folded = text.folded
        if start == head or not stopped_by:
            return start
        if stopped_by != ")" and not self._may_name(stopped_by):
            return start
        ends = [match.end() for match in _BODY.finditer(folded, start, head)]
        if ends:
            return ends[-1]
        single = len(stopped_by) == 1 and stopped_by != ")" and text.boundaries[start + 1]
        if single and folded[start] not in self._letters and folded[start] not in self._subjects and not self._pos(stopped_by).startswith("v"):
            return start + 1  # 德|孚|医疗合同
        return start

    def _may_name(self, word: str) -> bool:
        """Whether a word that ended the run may be part of a name: no preposition, number or mark, nothing that signs or stops."""
        if word in self._stops or word in _CONNECTORS or not "\u4e00" <= word[0] <= "\u9fff" or _SIGNING.search(word):
            return False
        return not self._pos(word).startswith(("p", "c", "u", "r", "m", "q"))

    def _begins_with_stop(self, text: Text, start: int) -> bool:
        """签署|任何|协议; of one character it may be a part of the name's own word: 签定|再保条约."""
        word = text.folded[start : text.boundaries.find(1, start + 1)]
        return len(word) > 1 and word in self._stops

    def _belongs(self, word: str) -> bool:
        if word in self._stops or word in _CONNECTORS or not word.strip():
            return False
        if word in self._subjects or word == "协定":
            return True
        if word[0] == "第" and len(word) > 1:
            return word[-1] not in _MEASURES and not word.endswith("季度")  # 第二代, 第三轮; not 第一个
        if word.isascii():
            return word.isalpha() or _LATIN_NAME.fullmatch(word) is not None
        if not "\u4e00" <= word[0] <= "\u9fff":
            return False
        tag = self._pos(word)
        return tag in _NOUN_TAGS or (tag == "" and len(word) > 1)

    def _after_party(self, text: Text, start: int, head: int) -> int:
        """Past the party that 与 joins, so that the name keeps its subject words only; 和|苏青协作协议 keeps its pair."""
        if self._pair_at(text, start):
            return start
        for label in ("organisation", "region"):
            start = max((hit.end for hit in _hits_between(text.hits.get(label, ()), start, head) if hit.start == start), default=start)
        ends = [match.end() for match in _PARTY_END.finditer(text.folded, start, head)]
        return ends[-1] if ends else start

    def _signed_in_sentence(self, text: Text, start: int, end: int) -> bool:
        """Whether the word is the head of a signing: no comma stands between it and the verb."""
        folded = text.folded
        first, last = text.sentence_span(start)
        first = max(first, start - _SIGNED_WITHIN, *(folded.rfind(mark, first, start) + 1 for mark in ",;:"))
        witnessed = _WITNESSED.match(folded, end, last)  # 备忘录在甲校校长等见证下,由乙与丙签署
        end = witnessed.end() if witnessed else end
        reach = 120 if witnessed or folded.startswith("由", end) else 30  # 协议由甲局、乙局、丙局共同签署
        last = min([last, end + reach, *(at for mark in ",;:" if (at := folded.find(mark, end, last)) >= 0)])
        return bool(
            _SIGNING.search(folded, first, start)
            or _RENEWING.search(folded, first, start)
            or _AWARDING.search(folded, first, start)
            or _SIGNING.search(folded, end, last)
        )

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


# 签署|铁海联运战略合作协议, 签署50亿元|可持续发展贷款协议: the verb with a sum, and what its object may not begin with or hold.
_SIGNS = re.compile(
    r"(?:签[署订定约下立有]|缔结|达成|订立|达致|[草续]签)(?:了|有|过|之|的)?(?:关于)?"
    r"(?:(?:总[值额])?[约逾近超达]{0,2}(?:新台币|人民币|港币)?[0-9][0-9.,万亿千百]*+[多余]?[美港欧日澳加英]?[元镑])?"
)
_SUBJECT_OF_NAME = re.compile(
    r"(?![仅只均都是为系即属]|延长|终止|解除|修改|履行|第[一二三四五六七八九十]{1,2}[个批份项宗]|上述|相关|有关|正式|双方|各方|三方|[两三四][国地省市县区校院会局厅港]|一系列|一揽子|一批|多项|多份|若干|系列|首)(?:(?![的了过有与和同及就将项份个等签在由到])[\u4e00-\u9fff]){1,20}"
)
_SIGNING = re.compile(r"签[署订定约下了立字成妥有]|缔结|达成|达致|订立|[草续换互再另]签|换文|敲定|(?<![标书便牌抽竹])签(?=[\u4e00-\u9fff0-9]{0,12}$)")
_RENEWING = re.compile(r"更新(?![这该此])(?:了)?[\u4e00-\u9fff]{0,8}$")
# 批出一份3亿元|合约, 夺得|合约.
_AWARDING = re.compile(
    r"(?:批[出予]|批给|判[出给予]|授[出予]|颁授|夺得|投得|中得|夺下|标得|揽获|斩获|(?:获得?|取得|接获|拿下|赢得|抢下)(?=[^,。;:]{0,12}[0-9一两份项张亿万]))(?!权|的)[^,。;:]{0,24}$"
)
_LATIN = re.compile(r"[A-Za-z0-9]")
_LATIN_NAME = re.compile(r"[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*")  # 5G, H200


class _Words:
    """Finds words in one pass, the longest at each place."""

    def __init__(self, words: Iterable[str]) -> None:
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(sorted(words), daachorse.MATCH_KIND_LEFTMOST_LONGEST)

    def find(self, folded: str) -> Iterator[tuple[int, int]]:
        """Start and end of each, left to right, apart."""
        for start, end, _ in self._automaton.find(folded):
            yield start, end


class _Spans:
    """The spans of mentions that do not cross, for questions about a place."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        spans = sorted({(m.start, m.end) for m in mentions})
        kept: list[tuple[int, int]] = []
        for span in spans:
            if not kept or span[1] > kept[-1][1]:
                kept.append(span)
        self._starts = [start for start, _ in kept]
        self._ends = [end for _, end in kept]

    def cover(self, start: int, end: int) -> bool:
        """Whether one of them holds the span."""
        index = bisect_right(self._starts, start) - 1
        return index >= 0 and end <= self._ends[index]

    def end_before(self, position: int) -> int:
        """The end of the last one that ends at or before a position; 0 for none."""
        index = bisect_right(self._ends, position) - 1
        return self._ends[index] if index >= 0 else 0


def _with_next(spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """Each span, and whether another begins where it ends."""
    last: tuple[int, int] | None = None
    for span in spans:
        if last is not None:
            yield *last, last[1] == span[0]
        last = span
    if last is not None:
        yield *last, False


def _hits_between(hits: Sequence[Hit], start: int, end: int) -> Iterator[Hit]:
    for hit in hits[bisect_left(hits, start, key=_start_of) : bisect_left(hits, end, key=_start_of)]:
        if hit.end <= end:
            yield hit


def _named_before(text: Text, dash: int, start: int, limit: int) -> int:
    """Where the place begins that ends at a dash before another place (中国|-|东盟自贸协定); -1 for none."""
    hits = text.hits.get("region", ())
    if not any(hit.start == start for hit in _hits_between(hits, start, start + _LONGEST_WORD)):
        return -1
    return min((hit.start for hit in _hits_between(hits, limit, dash) if hit.end == dash), default=-1)


def _start_of(hit: Hit) -> int:
    return hit.start


def _plain_title(inner: str) -> str:
    return "".join(inner.replace("《", "").replace("》", "").split())


def _title_type(name: str, entry: AgreementHeadEntry) -> AgreementType:
    """The type by the last word; 合作 anywhere in the name makes a plain 协议 one of cooperation."""
    if entry.agreement_type == "other_agreement" and entry.id == "agreement":
        if "框架" in name or "架构" in name:
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
        "words": "agreement_words",
        "places": ["regions_china", "regions_world", "regions_macro"],
        "segmenter": "rjieba",
    },
)
def make_agreements(nlp: Language, name: str, heads: str, known: str, words: str, places: list[str], segmenter: str) -> MentionComponent:
    """The component that finds agreements and policy documents; `places` give the letters of strings such as 台欧."""
    letters = frozenset(surface for place in places for surface in load_lexicon(place).owners if len(surface) == 1)
    lexicons = (load_lexicon(heads), load_lexicon(known), load_lexicon(words))
    return MentionComponent(AgreementExtractor(*lexicons, letters, load_segmenter(segmenter)))
