"""Agreements as events: who signed or issued what with whom, when, for how much, read from the sentence that tells it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from spacy.language import Language

from jianbao.component import ResolverComponent
from jianbao.lexicon import Lexicon, load_lexicon
from jianbao.mentions import article_id, mention_id
from jianbao.records import (
    AgreementStatus,
    AgreementValue,
    DateValue,
    Event,
    Evidence,
    FigureValue,
    Party,
    RegionValue,
)
from jianbao.resolvers.parties import IN_TALKS, Group, PartyReader, Side, in_order, outermost
from jianbao.segmenter import WordSegmenter, load_segmenter
from jianbao.text import Mention, Text

EVIDENCE_LENGTH = 120
_BEFORE, _AFTER = 320, 120  # how much of a clause around an agreement's name is read
_REACH_AMOUNT = 90
_REACH_NEXT = 220

_DENIED = re.compile(r"(?:没有|未曾|从未|并未|尚未|未能|否认(?:已|曾)?|拒绝|不会|未有|无意|不打算|从没|并没有|未与)[^,。;]{0,24}$")
_PLANNED = re.compile(
    r"(?:拟|将会?|计划|有望|预计|准备|寻求|争取|力争|洽谈|谈判|磋商|商讨|推动|希望|期待|如果|若(?!干)|能够|可望|即将|尽快|尽早|择期|考虑|有意|打算|(?<![材原资燃饲肥涂染面布颜物预])料|冀(?=能|可|与|签|尽)|有待|(?<![期等接招对看优款善])待|定于|预定|可能|力促|促成|着手)[^,。;]{0,24}$"
)
_DONE = re.compile(r"已|了|成功|正式|曾|刚|现场|共同$")
# What a verb does to its object: between the two no comma but in a list of titles.
_LIST_COMMA = re.compile(r"(?<=》)(?:\([^()]{0,60}\))?[,、](?=《)")
_SKIPPED = re.compile(r"\([^()\n]{0,80}\)|《[^《》\n]{0,120}》|“[^“”\n]{0,60}”")
# The words that make a sum after a name the agreement's own; in the sentences after it only the plainest do.
_AMOUNT_NEAR = re.compile(
    r"(?:总?金额|总额|总?投资额?|投资总额|总价|价值|总值|涉及|涉资|耗资|合同额|协议额|标的额?|规模|成交额|作价|对价|价款|订单额?|授信额度|收取|造价|租金|费用|经费|资金|拨款|授信|贷款|融资|斥资|出资|"
    r"交易额|(?<![股位原市收租票])价格|(?:直接|总|政府)?补[助贴](?:上限|金额|总额)|"
    r"合计|共计|总计)[^,。;]{0,10}$"
)
_AMOUNT_NAMED = re.compile(
    r"(?:(?:总|合同|协议|合约|订单|交易|项目|计划|合作|采购|投资|签约|成交)(?:总)?(?:金额|总额|总值|总价|价值|价款|投资额?|标的额?|规模|资金)|总投资额?|涉资|总价|(?:首期)?经费(?:人民币|新台币)?)[^,。;]{0,8}$"
)
_AMOUNT_LEAD = re.compile(
    r"(?:斥资|耗资|涉资|涉及|总投资|总额|总价|作价|投资总额|合同金额|金额|以|豪掷|砸)(?:约|近|逾|超|达|共|高达|总额|共计|人民币|新台币)*$"
)
# 拟以12亿元现金|收购, 斥资8亿元|购买: what the agreement is about, in the clause after its name.
_PAID = re.compile(
    r"(?:以|斥资|出资|作价|豪掷)(?:总价|总代价|代价|现金|价格|不超过|不高于|不低于|不少于|合共|共|约|近|逾|超|超过|人民币|新台币|港币)*$"
)
_BOUGHT = re.compile(
    r"的?(?:总?价格?|总?代价|现金|对价|自有资金|等值股份)*(?:向[^,。;]{2,20})?(?:收购|购买|受让|认购|购入|买入|承购|买下|取得|入股|增资|出售|转让|售予|沽出|租用|承租|兴建|投建|新建)"
)
# ,支付2亿元|首付款: all that is told of the price.
_FIRST_PAID = re.compile(r",(?:需|将|并|先|已|应)?(?:支付|收取|获得|获)(?:约|近|逾|超|共|人民币|新台币|港币)*$")
_FIRST_PAYMENT = re.compile(r"的?(?:不可退还的?)?(?:首付款|预付款|首期款)")
# 三案决标金额共|1亿元, 全国…交易总额: the sum of several, or of a whole trade.
_SUM_OF_SEVERAL = re.compile(
    r"[0-9一二两三四五六七八九十]{1,4}(?:[案标宗](?!的|段)|个(?:项目|标段|工程))[^,。;]{0,12}(?:共|合计|总计)|(?:全国|全球|全市|全省|全县|行业|业界|国内|海外|累计|历年|前[0-9一二三四五六七八九十]+个?[季月])"
)
_THIS = re.compile(r"\s*(?:据(?:悉|了解|介绍|公告),?)?(?:该|此次|这一|本次|这次)")  # \n据悉,|该项目总投资30亿元: of another paragraph
_ANOTHER_SUM = re.compile(
    r"注册资本|年产值|年产|年销售|税收|收入|其中|另外|此外|去年|上年|一期|GDP|市值|利润|营收|溢利|亏损|单价|每|首付|预付|定金|订金|已投|违约金|赔偿|罚款|罚金|律师费|诉讼|冻结|欠|涉案|\n"
)
_OWN_TERMS = re.compile(
    r"(?:根据|按照|按|依|依据)(?:该|上述|此|双方)?(?:协议|合同|合约|备忘录|约定|契约|意向书|框架协议|合作协议)|合约|合同|协议|契作|备忘录|约定"
)
_DURATION = re.compile(
    r"(?:为期|有效期(?:限)?为?|期限为?|合同期为?|租期为?|合作期限?为?|一签|历时|长达|(?<=[了的签定订约,])|(?<=签署)|(?=[0-9一二两三四五六七八九十]{1,3}年期))"
    r"(?P<time>[0-9一二两三四五六七八九十]{1,3}(?:\.5)?(?:个)?(?:年半?|月))(?![0-9月度底初末内来前间产至])"
)
_ABOUT = re.compile(
    r"就(?!此)(?P<what>(?:(?![与和同])[\u4e00-\u9fffA-Za-z0-9“”]){2,30}?)(?:等(?:事项|方面|领域|内容|合作)?|事宜|方面|项目合作|达成一致|一事)?(?:正式|共同|联合|成功|再|又)?(?:签|达成|订立|缔结|达致)"
)
_EFFECT = re.compile(r"(?:正式|开始|起|已)?(?:生效|施行)")
_ENDED = re.compile(r"终止|解除|中止|废止|撤销|作废|退出|宣布取消|失效|提前结束|终结|解约|取消")
_ENDS = re.compile(r"(?:终止|解除|中止|撤销|取消|退出)了?[^,。;]{0,24}$")
_SINCE_ENDED = re.compile(r"[^,。;]{0,12}?(?:终止|解除|作废|中止)")
_CEREMONY = re.compile(r"仪式|活动|现场|方|主体|大会")
_COUNTED = re.compile(r"(?P<n>[0-9一二两三四五六七八九十百千余多数]{1,6})[多余]?[份项个宗单笔批类]")
_COUNT_AFTER = re.compile(r"[0-9一二两三四五六七八九十百千余多]{1,6}[多余]?[份项个宗单笔]")
_SEVERAL = re.compile(r"多份|一批|一系列|若干|各类|系列")
# 研议中|的与甲公司的合作备忘录: what comes between.
# 正与甲公司|磋商|合资协议: the agreement is what they talk about.
_TALKS = re.compile(r"(?:洽谈|洽签|磋商|商谈|商讨|商议|谈判|研议|酝酿)(?:一份|一项|新的?|有关|相关)?$")
_PARTNER_BETWEEN = re.compile(r"的(?:与[^,。;:]{2,30}的)?$")
# 最快第3季|定案, 可望年底前|签署: when what is planned is to come about.
_SOON = re.compile(r"(?:最快|最早|最迟|预计|预期|预定|有望|可望|力争|争取|料|拟|将)[可会能]?[于在]?$")
_COMES_ABOUT = re.compile(r"(?:[之以]?前|内)?(?:正式|完成|可望|有望|可|即可|便可)*(?:签|定案|敲定|拍板|达成|换约|落实)")
_VAGUE = re.compile(r"日前|近日|近期|此前|不久前|最近|早前|先前|前不久|稍早")
_SAME_DAY = re.compile(r"当天|当日|同日|同一天|是日|当晚")
_DEADLINE = re.compile(r"(?P<before>之?前|以前|内(?!地))|至|起|后|以后|以来|讯|电|消息|版|报道")
_RELATIVE = re.compile(
    r"(?:印发|发布|出台|制定|制订|修订|颁布|公布|下发|推出|核定|批准|通过|批复|发出|颁发|编制|通过实施|实施|公告)(?:了|实施|施行)?的(?:首个|新版|新|最新|一系列)?$"
)
_PASSIVE_ISSUE = re.compile(
    r"(?:已|日前|近日|正式|,|于|经)*由(?P<who>[^,。;]{2,40}?)(?:正式|联合|共同|日前|近日)?(?:印发|发布|出台|制定|颁布|公布|下发|编制|起草)"
)
_SAID_TO_BE = re.compile(r"(?:下称|简称|称为|又称|以下称|统称)[:“”\"]{0,2}$")
_HEAD_ALONE = 2  # 《规划》, 《通知》: a title of so few characters names a document only for the one told before
_TRADE_WORDS = re.compile(
    r"(?:长期|年度|战略|全面|框架|合作|对口|友好|意向|谅解|双边|中长期|补充|正式|购销|采购|供货|供应|销售|收购|买卖|订购|订单|契作|投资|开发|车辆采购|委托)*"
    r"(?:协议书?|协定|合同书?|合约|契约书?|备忘录|意向书|议定书|条约)$"
)


@dataclass(slots=True)
class _Draft:
    """An event while it is read."""

    agreement: Mention
    sides: Group
    status: AgreementStatus
    sentence: tuple[int, int]
    date: str | None = None
    place: str | None = None
    amounts: tuple[Mention, ...] = ()
    duration: str | None = None
    subject: str | None = None
    mentions: list[Mention] = field(default_factory=list)


class EventResolver:
    """Reads the agreements that an article tells of."""

    def __init__(self, triggers: Lexicon, names: Lexicon, segmenter: WordSegmenter) -> None:
        by_sense: dict[str, list[str]] = {}
        for entry in triggers.entries:
            by_sense.setdefault(entry.sense, []).extend(entry.surfaces)
        # 签 alone signs (与甲公司签千万合约) but not inside 标签 书签 签证 签名; 达成一致 signs nothing.
        sign = triggers.alternation(by_sense["sign"])
        self._sign = re.compile(rf"(?<![标书便牌抽竹])(?:{sign})(?![证名收发率]|约率|一致|共识|目标|交易|和解(?!协)|产能|停火(?!协))")
        self._issue = re.compile(triggers.alternation(by_sense["issue"]))
        self._draft = re.compile(triggers.alternation(by_sense["draft"]))
        meetings = triggers.alternation(by_sense["meeting"])
        self._meeting = re.compile(rf"(?:[在而]|随后|其后|随即)?(?:{meetings})")
        aside = triggers.alternation([*_ALSO_SAID, *by_sense["aside"], *by_sense["meeting"], *by_sense["plan"], *by_sense["deny"]])
        self._asides = re.compile(rf"(?:{aside})$")
        self._name_words = frozenset(names.by_surface)
        self._pos = segmenter.pos

    def resolve(self, text: Text) -> None:
        """Fills `text.events`, in the order of the text."""
        agreements = [m for m in text.mentions if m.kind == "agreement" and not text.in_boilerplate(m.start, m.end)]
        if not agreements:
            return
        mentions = in_order(text.mentions)
        article = _Article(text, mentions, PartyReader(text, mentions, self._asides, self._name_words, self._pos), self._meeting)
        told = _Told()
        for agreement in outermost(agreements):
            policy = _value(agreement).agreement_type == "policy_document"
            for draft in self._policy(article, agreement, told) if policy else self._agreement(article, agreement, told):
                told.add(draft)
        text.events[:] = [_event(text, draft) for draft in told.drafts]

    # ---- agreements -----------------------------------------------------------------------------------------------------

    def _agreement(self, article: "_Article", agreement: Mention, told: "_Told") -> list[_Draft]:
        folded = article.text.folded
        start, end = article.clause(agreement)
        last = told.last
        if agreement.rule == "agreement.class_word" and last is not None and last.agreement.end <= agreement.start and last.sentence[0] >= start:
            return []  # the titles before it are the agreements
        if _SAID_TO_BE.search(folded, max(0, agreement.start - 5), agreement.start) and told.rename(agreement):
            return []  # (下称《框架协议》)
        earlier = last.sides if last is not None else ()
        title = _value(agreement).title
        named = title is not None and agreement.rule in ("agreement.title", "agreement.title_in_list", "agreement.signed_title", "agreement.quoted")
        verb = self._verb_before(article, start, agreement)
        parties = article.parties
        if verb is not None:
            groups = parties.named_between(verb.end(), agreement.start, start, earlier) or parties.groups(start, verb.start(), earlier)
        else:
            verb = self._verb_after(article, agreement, end)
            if verb is None:
                return self._without_verb(article, agreement, start, end, earlier, named=named)
            groups = parties.groups(agreement.end, verb.start(), earlier) if verb.start() - agreement.end > 2 else []
            groups = groups or self._hosted(article, start, agreement, earlier) or parties.groups(start, agreement.start, earlier, nominal=True)
            if not groups and not named and _CEREMONY.match(folded, verb.end()):
                return []
        if all(len(group) < 2 for group in groups):
            inner = parties.sides_in(agreement)
            groups = [inner] if inner else groups or ([()] if named else [])
        if not named and all(len(group) < 2 for group in groups):
            spoken_of = _IN_GENERAL.match(folded, agreement.end) or _IN_GENERAL.match(folded, verb.end())
            if spoken_of or _counts_only(folded[verb.end() : agreement.start]):
                return []
        if not named and _COUNT_AFTER.match(folded, agreement.end):  # 与东部地区签订协议12份
            groups = [
                group for group in groups if len(group) > 1 and all(side.known for side in group) and not any(_unresolved(side) for side in group)
            ]
        status = self._status(article, start, verb, agreement)
        drafts = [self._slots(article, agreement, sides, status, start, end, verb.start()) for sides in groups]
        shares = article.amounts_listed(agreement, end)
        if len(drafts) > 1 and len(shares) == len(drafts):
            return [replace(draft, amounts=(share,)) for draft, share in zip(drafts, shares, strict=True)]
        return drafts

    def _verb_before(self, article: "_Article", start: int, agreement: Mention) -> re.Match[str] | None:
        """The verb whose object the agreement is: no comma stands between them but in a list."""
        folded = article.text.folded
        verbs = [m for m in self._sign.finditer(folded, start, agreement.start) if not article.parties.inside(m.start())]
        if not verbs:
            return None
        verb = verbs[-1]
        return verb if _governs(folded[verb.end() : agreement.start]) else None

    def _verb_after(self, article: "_Article", agreement: Mention, end: int) -> re.Match[str] | None:
        """The verb of 协议由甲与乙共同签署, 协议签约仪式."""
        folded = article.text.folded
        for verb in self._sign.finditer(folded, agreement.end, min(end, agreement.end + 80)):
            if article.parties.inside(verb.start()):
                continue
            between = _SKIPPED.sub("", folded[agreement.end : verb.start()])
            titled = _value(agreement).title is not None
            if between.count(",") > (1 if titled else 0) or ":" in between or "的" in between[:2]:
                return None
            nearer = article.agreement_between(agreement.end, verb.start()) or article.agreement_between(verb.end(), min(end, verb.end() + 30))
            return None if nearer and between.strip("、和与及,") else verb
        return None

    def _hosted(self, article: "_Article", start: int, agreement: Mention, earlier: Group) -> list[Group]:
        """甲与乙举行…战略合作协议签约仪式: who holds the ceremony signs."""
        hosts = list(_HOLD.finditer(article.text.folded, start, agreement.start))
        if not hosts:
            return []
        groups = article.parties.groups(start, hosts[-1].start(), earlier)
        return groups if any(len(group) > 1 for group in groups) else []

    def _without_verb(self, article: "_Article", agreement: Mention, start: int, end: int, earlier: Group, *, named: bool) -> list[_Draft]:
        """An agreement that is only named, or one that ended or came into force."""
        folded = article.text.folded
        context = folded[agreement.end : min(end, agreement.end + 40)]
        status: AgreementStatus = "terminated" if _ENDED.search(context) else "in_force" if _EFFECT.search(context[:14]) else "signed"
        ended = _ENDS.search(folded, max(start, agreement.start - 40), agreement.start)
        between = _PARTNER_BETWEEN.search(folded, max(start, agreement.start - 36), agreement.start)
        if ended:
            status = "terminated"
        elif between and not named and IN_TALKS.search(folded, max(start, between.start() - 6), between.start()):
            status = "planned"
        talks = _TALKS.search(folded, max(start, agreement.start - 6), agreement.start) if status == "signed" and not named else None
        if talks:
            groups = article.parties.groups(start, talks.start(), earlier)
            status = "denied" if _DENIED.search(folded, max(start, talks.start() - 24), talks.start()) else "planned"
            return [self._slots(article, agreement, sides, status, start, end, agreement.start) for sides in groups if len(sides) > 1]
        inner = article.parties.sides_in(agreement)
        if named:  # nobody signs it here: no date or place of the sentence is its own
            return [replace(self._slots(article, agreement, inner, status, start, end, agreement.start), date=None, place=None)]
        if status == "signed":
            return []
        groups = article.parties.with_partner(start, agreement.start, earlier)
        if not groups and ended:
            groups = article.parties.groups(start, ended.start(), earlier)
        return [self._slots(article, agreement, sides, status, start, end, agreement.start) for sides in groups if len(sides) > 1]

    def _status(self, article: "_Article", start: int, verb: re.Match[str], agreement: Mention) -> AgreementStatus:
        folded = article.text.folded
        lead = article.parties.without_names(max(start, verb.start() - 48), verb.start())
        if _DENIED.search(lead):
            return "denied"
        if verb[0].startswith("拟"):
            return "planned"
        follows = folded[verb.end() : verb.end() + 2]
        if _PLANNED.search(lead) and not follows.startswith(("了", "过")) and not _DONE.search(lead[-4:]):
            return "planned"
        if _SINCE_ENDED.match(folded, agreement.end):
            return "terminated"
        return "signed"

    def _slots(self, article: "_Article", agreement: Mention, sides: Group, status: AgreementStatus, start: int, end: int, verb: int) -> _Draft:
        text = article.text
        sentence = text.sentence_span(agreement.start)
        about = _ABOUT.search(text.folded, start, agreement.start)
        duration = _DURATION.search(text.folded, max(start, verb - 4), min(end, agreement.end + 40))
        return _Draft(
            agreement,
            sides,
            status,
            sentence,
            date=article.date_of(sentence, start, verb, agreement, planned=status == "planned"),
            place=article.place_of(start, verb),
            amounts=article.amounts_of(start, verb, agreement, sentence),
            duration=duration["time"] if duration else None,
            subject=about["what"] if about else _subject_words(text.folded[agreement.start : agreement.end], agreement),
            mentions=[agreement],
        )

    # ---- policy documents -------------------------------------------------------------------------------------------------

    def _policy(self, article: "_Article", agreement: Mention, told: "_Told") -> list[_Draft]:
        """A document with a name: its issuer and whether it is in force, issued or still being written."""
        if _value(agreement).title is None or agreement.rule in ("agreement.class_word", "agreement.known"):
            return []
        folded = article.text.folded
        if _SAID_TO_BE.search(folded, max(0, agreement.start - 5), agreement.start) and told.rename(agreement):
            return []
        parties = article.parties
        start, end = article.clause(agreement)
        reach = max(start, agreement.start - 80)
        acts = [m for m in self._issue.finditer(folded, reach, agreement.start) if not parties.inside(m.start())]
        writing = [m for m in self._draft.finditer(folded, reach, agreement.start) if not parties.inside(m.start())]
        acts = [m for m in acts if not any(w.start() <= m.start() < w.end() for w in writing)]
        acts = [m for m in acts if _governs(folded[m.end() : agreement.start])]
        writing = [m for m in writing if _governs(folded[m.end() : agreement.start], heads=3)]
        after = self._draft.search(folded, agreement.end, min(end, agreement.end + 30))
        drafting = bool(after) or bool(writing and (not acts or writing[-1].end() >= acts[-1].end()))
        status: AgreementStatus = "planned" if drafting else "issued"
        verbs = sorted([*acts, *writing], key=lambda m: m.start())
        issuer = parties.issuer_in(agreement)
        if not verbs:
            passive = _PASSIVE_ISSUE.match(folded, agreement.end, end)
            if passive:
                issuer = issuer or parties.issuers(passive.start("who"), passive.end("who"), relative=False)
                draft = self._slots(article, agreement, issuer, status, agreement.end, end, passive.end("who"))
                return [replace(draft, amounts=(), duration=None, subject=None)]
            draft = self._slots(article, agreement, issuer or parties.beside(agreement), status, start, end, agreement.start)
            return [replace(draft, amounts=(), duration=None, subject=None, date=None, place=None)]
        verb = verbs[-1]
        first = verb
        while len(verbs) > 1 and verbs[-2].end() >= first.start() - 1:  # 制定|印发, 联合|印发实施
            verbs.pop()
            first = verbs[-1]
        relative = bool(_RELATIVE.search(folded, verb.start(), agreement.start))
        issuer = issuer or parties.issuers(start, first.start(), relative=relative)
        nearest = max((s.end for s in issuer if start <= s.end <= verb.start()), default=start)
        if not drafting and _PLANNED.search(folded, max(nearest, verb.start() - 16), verb.start()) and not folded.startswith("了", verb.end()):
            status = "planned"
        draft = self._slots(article, agreement, issuer, status, start, end, verb.start())
        date = article.date_of((nearest if relative and issuer else start, end), start, verb.start(), agreement, planned=status == "planned")
        return [replace(draft, amounts=(), duration=None, subject=None, date=date, place=None)]


# 签订合同时, 协议签订后: of a signing with nobody named, these words speak of signing as such.
# A meeting is told of: …推介会在甲市举行, 会见了…, 出席…论坛.
_HELD = re.compile(
    r"举行|举办|召开|开幕|启幕|揭幕|拉开帷幕|揭开序幕|登场|会见|会谈|会晤|座谈|洽谈|拜会|到访|(?:出席|参加|参与|走进)[^,。;]{0,24}(?:会|论坛|仪式|典礼|活动)"
)
_DAY_OR_MONTH = 7  # characters at least of such a date: 今年 says too little
# 举行的签约仪式上, 在推介会上.
_AT_CEREMONY = re.compile(r"(?:[^社协商农工学分总年机议委员]会|仪式|活动|论坛|典礼|大会|年会)(?:现场|期间|上)(?![市海涨升级])")
_SIGNINGS_BACK = 3  # sentences of one paragraph
_SENTENCES_BACK = 8  # line ends count as sentences
_REACH_MEETING = 400  # characters back to it
_IN_GENERAL = re.compile(r"之?[时后前]|期间|过程|的(?!协议|合同)")
_ALSO_SAID = ("公布", "公告")  # verbs of issuing that also tell of a signing: 甲公司公告与乙公司签署…
_HOLD = re.compile(r"举行|举办|进行|召开|办理")


_IN_FORCE = re.compile(r"[已均]?(?:经)?(?:正式|满足|符合)?(?:全部|所有)?生效")
_ANNOUNCED = re.compile(r"公告|披露|宣布|公布|表示|透露|通报")


def _governs(between: str, heads: int = 1) -> bool:
    """Whether nothing between a verb and a name makes the name another clause's; a list of titles may be long."""
    plain = _SKIPPED.sub("", _LIST_COMMA.sub("、", between))
    return not any(mark in plain for mark in ",:;") and len(plain) <= 70 * heads


# ---- what the resolver knows of an article ----------------------------------------------------------------------------------


class _Article:
    """The mentions of an article as dates, sums and places of agreements."""

    def __init__(self, text: Text, mentions: Iterable[Mention], parties: PartyReader, meeting: re.Pattern[str]) -> None:
        self.text = text
        self.parties = parties
        self._meeting = meeting
        by_kind: dict[str, list[Mention]] = {"agreement": [], "date": [], "figure": [], "region": [], "organisation": []}
        for m in mentions:
            by_kind[m.kind].append(m)
        self._agreements = by_kind["agreement"]
        self._agreement_starts = [m.start for m in self._agreements]
        self._dates = [m for m in by_kind["date"] if not self._in_title(m)]
        self._date_starts = [m.start for m in self._dates]
        self._money = [m for m in by_kind["figure"] if isinstance(m.value, FigureValue) and m.value.dimension == "money" and m.value.per is None]
        self._money_starts = [m.start for m in self._money]
        self._organisations = by_kind["organisation"]
        self._organisation_starts = [m.start for m in self._organisations]
        self._regions = by_kind["region"]
        self._region_starts = [m.start for m in self._regions]

    def _in_title(self, mention: Mention) -> bool:
        index = bisect_right(self._agreement_starts, mention.start) - 1
        return index >= 0 and self._agreements[index].covers(mention)

    def clause(self, mention: Mention) -> tuple[int, int]:
        """The part of the sentence between semicolons that holds a mention, as much of it as is read."""
        start, end = self.text.sentence_span(mention.start)
        folded = self.text.folded
        start, end = max(start, mention.start - _BEFORE), min(end, mention.end + _AFTER)
        left = folded.rfind(";", start, mention.start) + 1
        right = folded.find(";", mention.end, end)
        return max(start, left), right if right >= 0 else end

    def agreement_between(self, start: int, end: int) -> Mention | None:
        """The first agreement that begins between two positions."""
        index = bisect_left(self._agreement_starts, start)
        return self._agreements[index] if index < len(self._agreements) and self._agreement_starts[index] < end else None

    def _dates_between(self, start: int, end: int) -> list[Mention]:
        found = self._dates[bisect_left(self._date_starts, start) : bisect_left(self._date_starts, end)]
        return [m for m in found if m.end <= end]

    def _money_between(self, start: int, end: int) -> list[Mention]:
        found = self._money[bisect_left(self._money_starts, start) : bisect_left(self._money_starts, end)]
        return [m for m in found if m.end <= end]

    def date_of(self, sentence: tuple[int, int], start: int, verb: int, agreement: Mention, *, planned: bool) -> str | None:
        """The expression that dates the signing: the nearest one before the verb in its clause, else in its sentence.

        None where the verb has a vague date of its own (省政府日前印发): a date further away dates something else. 当天 is the last day told, and what is
        signed 会上 has the date of the meeting told of before. Only what is planned is dated by the day before which it is to be signed.
        """
        folded = self.text.folded
        if planned and verb == agreement.start and (expected := self._expected(agreement.end, sentence[1])):
            return expected  # no verb: 今年…,与乙公司洽谈中的合约最快8月定案
        fair: str | None = None  # 2021 of 2021茶博会, where no day is told
        in_force = _IN_FORCE.match(folded, agreement.end)
        ranges = [(start, verb), (max(sentence[0], start - _BEFORE), start)]
        if agreement.end <= verb:
            ranges.insert(0, (agreement.end, verb))
        for first, last in ranges:
            same = [m.start() for m in _SAME_DAY.finditer(folded, first, last)]
            vague = [m.start() for m in _VAGUE.finditer(folded, max(first, verb - 40), last)]
            for m in reversed(self._dates_between(first, last)):
                value = m.value
                if vague and vague[-1] > m.start and verb - vague[-1] <= 40 and "," not in folded[vague[-1] : verb]:
                    return None
                if not isinstance(value, DateValue) or value.unresolved or not _dates_one_act(value):
                    continue
                lead = folded[max(0, m.start - 3) : m.start]
                deadline = _DEADLINE.match(folded, m.end)
                if lead.endswith(("截至", "截止", "自", "从", "到", "至", "直到")) or (deadline and not (planned and deadline["before"])):
                    continue
                if same and same[-1] > m.start:
                    break
                if in_force and _ANNOUNCED.search(folded, m.end, verb):
                    return None  # 2月1日公告,与甲公司签订的协议已生效
                if m.rule == "date.bare_year":
                    fair = fair or value.edtf
                    continue
                return value.edtf
            if same:
                return self._last_day(same[-1])
            if vague and "," not in folded[vague[-1] : verb]:
                return None
        return (self._expected(agreement.end, sentence[1]) if planned else None) or fair or self._date_of_meeting(agreement, planned=planned)

    def _expected(self, start: int, end: int) -> str | None:
        """When what is planned is to come about, told after it: …的合作备忘录,最快第3季定案."""
        for m in self._dates_between(start, min(end, start + _AFTER)):
            value = m.value
            if not isinstance(value, DateValue) or value.unresolved or not _dates_one_act(value):
                continue
            if _SOON.search(self.text.folded, max(start, m.start - 6), m.start) and _COMES_ABOUT.match(self.text.folded, m.end, end):
                return value.edtf
        return None

    def _date_of_meeting(self, agreement: Mention, *, planned: bool) -> str | None:
        """The date of the meeting at which something is signed: 6月3日,推介会在甲市举行。会上,…; none where another sentence comes between."""
        text, folded = self.text, self.text.folded
        start, _ = text.sentence_span(agreement.start)
        if not self._meeting.match(folded, start):
            if planned or _value(agreement).agreement_type == "policy_document" or _VAGUE.search(folded, start, agreement.start):
                return None
            return self._date_of_ceremony(start)
        ends = text.sentences
        before = bisect_right(ends, start) - 1
        for index in range(before, max(-1, before - _SENTENCES_BACK), -1):
            first, last = text.sentence_span(ends[index - 1] if index else 0)
            if start - first > _REACH_MEETING:
                return None
            held = [match.start() for match in _HELD.finditer(folded, first, last)]
            if not held:
                continue
            for m in reversed(self._dates_between(first, held[-1])):
                value = m.value
                if not isinstance(value, DateValue) or value.unresolved or len(value.edtf) < _DAY_OR_MONTH or not _dates_one_act(value):
                    continue
                if not _DEADLINE.match(folded, m.end):
                    return value.edtf
            return None
        return None

    def _date_of_ceremony(self, start: int) -> str | None:
        """The day of the ceremony whose signings the sentences before tell: 6月3日举行的推介会上,甲与乙签约。丙与丁签订…."""
        text, folded = self.text, self.text.folded
        for _ in range(_SIGNINGS_BACK):
            if not start or folded[start - 1].isspace():
                return None  # another paragraph
            first, last = text.sentence_span(start - 1)
            ceremony = _AT_CEREMONY.search(folded, first, last)
            signed = self.agreement_between(ceremony.end() if ceremony else first, last)
            if signed is None or _value(signed).agreement_type == "policy_document" or last - first > _REACH_MEETING:
                return None
            if ceremony:
                days = (m.value for m in reversed(self._dates_between(first, ceremony.start())) if m.rule != "date.bare_year")
                value = next((v for v in days if isinstance(v, DateValue)), None)
                return value.edtf if value and not value.unresolved and value.start is not None and value.start == value.end else None
            if self._dates_between(first, signed.start):
                return None
            start = first
        return None

    def _last_day(self, position: int) -> str | None:
        index = bisect_left(self._date_starts, position)
        for m in reversed(self._dates[max(0, index - 12) : index]):
            if isinstance(m.value, DateValue) and not m.value.unresolved and m.value.start is not None and m.value.start == m.value.end:
                return m.value.edtf
        return None

    def place_of(self, start: int, verb: int) -> str | None:
        """Where it was signed: the places after 在 before the verb."""
        folded = self.text.folded
        first, last = (bisect_left(self._region_starts, position) for position in (max(start, verb - 60), verb))
        name, end = "", -1
        for m in self._regions[first:last]:
            if m.end > verb:
                continue
            if folded[max(0, m.start - 1) : m.start] in ("在", "于"):
                name, end = self._place_name(m), m.end
            elif m.start == end:
                name, end = name + self._place_name(m), m.end
        return name or None

    def _place_name(self, mention: Mention) -> str:
        value = mention.value
        return value.name if mention.deictic and isinstance(value, RegionValue) else self.text.folded[mention.start : mention.end]

    def amounts_of(self, start: int, verb: int, agreement: Mention, sentence: tuple[int, int]) -> tuple[Mention, ...]:
        """The agreement's own sum: between verb and name (总额3000万元的…协议), named as its sum after it, or before the verb (斥资…)."""
        folded = self.text.folded
        end = sentence[1]
        inside = [m for m in self._money_between(verb, agreement.start) if not _ANOTHER_SUM.search(self._piece(m.start, verb))]
        if inside:
            return self._restated(inside[-1] if len(inside) == 1 else inside[0])
        for m in self._money_between(agreement.end, min(end, agreement.end + _REACH_AMOUNT)):
            between = folded[agreement.end : m.start]
            if ";" in between or self._told_between(agreement.end, m.start):
                break
            piece = self._piece(m.start, agreement.end)
            if _AMOUNT_NEAR.search(between) and not _ANOTHER_SUM.search(piece) and "首期" not in piece:
                return self._restated(m)
        for m in self._money_between(agreement.end, min(end, agreement.end + _REACH_AMOUNT)):
            if ";" in folded[agreement.end : m.start] or self._told_between(agreement.end, m.start):
                break
            paid = _PAID.search(folded, max(agreement.end, m.start - 16), m.start) and _BOUGHT.match(folded, m.end, end)
            if paid and not _ANOTHER_SUM.search(self._piece(m.start, agreement.end)) and "曾" not in self._piece(m.start, agreement.end):
                return self._restated(m)
            if _FIRST_PAID.search(folded, max(agreement.end, m.start - 12), m.start) and _FIRST_PAYMENT.match(folded, m.end, end):
                return self._restated(m)
        for m in reversed(self._money_between(start, min(verb, agreement.start))):
            if (
                _AMOUNT_LEAD.search(folded, max(start, m.start - 10), m.start)
                and not self._told_between(start, verb)
                and not _ANOTHER_SUM.search(self._piece(m.start, start))
                and not _SUM_OF_SEVERAL.search(self._piece(m.start, start))
            ):
                return self._restated(m)
        limit = min(len(folded), end + _REACH_NEXT)
        following = self.agreement_between(end, limit)
        while following is not None and following.rule == "agreement.head":
            following = self.agreement_between(following.end, limit)
        if following is not None:
            limit = following.start
        for m in self._money_between(end, limit):
            piece = self._piece(m.start, end)
            named = _AMOUNT_NAMED.search(folded, max(end, m.start - 24), m.start) and not _ANOTHER_SUM.search(piece)
            if named and not _SUM_OF_SEVERAL.search(folded, end, m.start) and self._about_terms(m, end):
                return self._restated(m)
        return ()

    def _piece(self, position: int, floor: int) -> str:
        """The words before a position back to the last comma."""
        folded = self.text.folded
        return folded[max(floor, *(folded.rfind(mark, floor, position) + 1 for mark in ",;。")) : position]

    def _about_terms(self, money: Mention, end: int) -> bool:
        """Whether a sum of a later sentence is said of the agreement: 根据协议,…计划总投资38亿元; right after the signing any plain one is."""
        sentence = self.text.sentence_span(money.start)
        gap = self.text.folded[end : sentence[0]]
        near = not gap.strip() and (not gap or _THIS.match(self.text.folded, sentence[0])) and not self._another_body(sentence[0], money.start)
        return near or bool(_OWN_TERMS.search(self.text.folded, sentence[0], money.start))

    def _another_body(self, start: int, end: int) -> bool:
        """Whether a body at its head is what a sentence is about: 中国半导体协会数据显示,…总金额."""
        index = bisect_left(self._organisation_starts, start)
        return index < len(self._organisations) and self._organisations[index].start == start and self._organisations[index].end <= end

    def _told_between(self, start: int, end: int) -> bool:
        """Whether another agreement is named between two positions; 合约总值, 协议约定 and an alias in brackets are the same one."""
        index = bisect_left(self._agreement_starts, start)
        last = bisect_left(self._agreement_starts, end)
        return any(m.end <= end and m.rule not in ("agreement.alias", "agreement.head") for m in self._agreements[index:last])

    def _restated(self, own: Mention) -> tuple[Mention, ...]:
        """The sum, and the same sum in another currency: 2.36亿美元(约合人民币17.2亿元)."""
        index = bisect_right(self._money_starts, own.start)
        name = mention_id(self.text, own)
        for m in self._money[index : index + 2]:
            if isinstance(m.value, FigureValue) and m.value.restates == name:
                return own, m
        return (own,)

    def amounts_listed(self, agreement: Mention, end: int) -> list[Mention]:
        """The sums of a list after the name: 金额为680万元和1200万元, one an agreement of 分别."""
        money = self._money_between(agreement.end, end)
        listed = money[:1]
        for a, b in pairwise(money):
            if self.text.folded[a.end : b.start] not in ("和", "、", "及", "与"):
                break
            listed.append(b)
        return listed


def _dates_one_act(value: DateValue) -> bool:
    """Whether a date can be that of one act: a day, month or year, a week (上周), no plan period."""
    if "/" not in value.edtf:
        return True
    return bool(value.start and value.end and value.start[:7] == value.end[:7])


def _value(mention: Mention) -> AgreementValue:
    value = mention.value
    assert isinstance(value, AgreementValue)
    return value


def _unresolved(side: Side) -> bool:
    return side.mention is None or side.mention.value is None or side.mention.value.unresolved


def _counts_only(words: str) -> bool:
    """已签署近210份合作协议: a count of agreements, none of which is told."""
    found = _COUNTED.search(words)
    if found and found["n"] not in ("一", "1"):
        return True
    return bool(_SEVERAL.search(words))


def _subject_words(name: str, agreement: Mention) -> str | None:
    """What a compound name is about: 羊绒加工项目 of 羊绒加工项目合作协议, 羊肉制品 of 羊肉制品采购合同."""
    if agreement.rule != "agreement.compound":
        return None
    words = _TRADE_WORDS.sub("", name)
    return words if len(words) >= 2 else None


class _Told:
    """The agreements told so far, each once: the same title, or the same parties and type, told again fills up what was missing."""

    def __init__(self) -> None:
        self.drafts: list[_Draft] = []
        self._by_parties: dict[tuple[str, frozenset[str]], list[_Draft]] = {}
        self._by_title: dict[str, _Draft] = {}
        self._titled: list[tuple[str, _Draft]] = []

    @property
    def last(self) -> _Draft | None:
        """The agreement told last that has parties."""
        return next((d for d in reversed(self.drafts[-4:]) if d.sides and _value(d.agreement).agreement_type != "policy_document"), None)

    def rename(self, alias: Mention) -> bool:
        """Takes (下称《框架协议》) as another name of the agreement told just before it."""
        if not self.drafts or alias.start - self.drafts[-1].agreement.end > 40:
            return False
        draft = self.drafts[-1]
        draft.mentions.append(alias)
        title = _value(alias).title
        if title:
            self._by_title[title] = draft
        return True

    def add(self, draft: _Draft) -> None:
        """Takes in a draft, or what it adds to the one told before."""
        same = self._same(draft)
        value = _value(draft.agreement)
        if same is None:
            if value.title and len(value.title) <= _HEAD_ALONE:
                return
            self.drafts.append(draft)
            same = draft
        else:
            same.mentions += draft.mentions
            same.sides = same.sides if len(same.sides) >= len(draft.sides) else draft.sides
            if draft.status != "planned" or same.status == "planned":  # the day by which it is to be signed is not that of the signing
                same.date = same.date or draft.date
            same.place = same.place or draft.place
            same.amounts = same.amounts or draft.amounts
            same.duration = same.duration or draft.duration
            same.subject = same.subject or draft.subject
            if same.status == "planned" and draft.status in ("signed", "issued"):
                same.status = draft.status
        parties = frozenset(s.name for s in same.sides)
        if value.title:
            self._by_title.setdefault(value.title, same)
        if value.title and len(value.title) > _ABBREVIATED:
            self._titled.append((value.title, same))
            del self._titled[:-_TITLES_REMEMBERED]
        if len(parties) >= 2:
            told = self._by_parties.setdefault((value.agreement_type, parties), [])
            if same not in told[-_TITLES_REMEMBERED:]:
                told.append(same)

    def _same(self, draft: _Draft) -> _Draft | None:
        value = _value(draft.agreement)
        if value.title:
            found = self._by_title.get(value.title)
            if found is not None:
                # 《合作框架协议》 that two towns sign each with a partner of its own are two; a title that says whose it is names one.
                names, others = {s.name for s in draft.sides}, {s.name for s in found.sides}
                general = len(value.title) <= _GENERAL_TITLE
                return self._of_parties(draft) if general and len(names) > 1 and len(others) > 1 and names != others else found
            for title, told in reversed(self._titled):
                if _value(told.agreement).agreement_type == value.agreement_type and _abbreviates(value.title, title, draft.agreement.rule):
                    return told
        return self._of_parties(draft)

    def _of_parties(self, draft: _Draft) -> _Draft | None:
        value = _value(draft.agreement)
        parties = frozenset(s.name for s in draft.sides)
        if len(parties) < 2:
            return None
        for told in reversed(self._by_parties.get((value.agreement_type, parties), [])[-_TITLES_REMEMBERED:]):
            titles = (_value(told.agreement).title, value.title)
            if all(titles) and titles[0] != titles[1]:
                continue
            if (
                any(titles)
                and not all(titles)
                and "agreement.head" not in (told.agreement.rule, draft.agreement.rule)
                and not (told.date and told.date == draft.date)
            ):
                continue
            if told.subject and draft.subject and told.subject != draft.subject:
                continue
            # In one sentence a second name is a second agreement, unless it is the bare word for the first (…协议,该协议…).
            same_sentence = told.sentence == draft.sentence
            if same_sentence and told.agreement.start != draft.agreement.start and not all(titles) and draft.agreement.rule != "agreement.head":
                continue
            if told.date is None or draft.date is None or told.date == draft.date:
                return told
        return None


_TITLES_REMEMBERED = 64
_GENERAL_TITLE = 12
_ABBREVIATED = 4  # characters at most of a title that may stand for a longer one: 《规划》, 《备忘录》


def _abbreviates(title: str, known: str, rule: str) -> bool:
    """Whether 《规划》 stands for the plan named in full before, 第一阶段协议 for 第一阶段经贸协议; two full titles are two documents."""
    short, long = sorted((title, known), key=len)
    if rule == "agreement.compound":
        return len(short) >= 5 and short[:4] == long[:4] and short[-2:] == long[-2:]
    return len(short) <= _ABBREVIATED and long.endswith(short) and len(long) > len(short)


def _event(text: Text, draft: _Draft) -> Event:
    value = _value(draft.agreement)
    start, end = draft.sentence
    first = max(start, min(draft.agreement.end, end) - EVIDENCE_LENGTH) if end - start > EVIDENCE_LENGTH else start
    last = min(end, first + EVIDENCE_LENGTH)
    a, b = text.source_span(first, last)
    sides: dict[str, Side] = {}
    for side in draft.sides:
        sides.setdefault(side.name, side)
    return Event(
        agreement_type=value.agreement_type,
        title=value.title,
        parties=tuple(
            Party(
                record=mention_id(text, s.mention) if s.known and s.mention else None,
                name=s.name,
                role="issuer" if value.agreement_type == "policy_document" else None,
                unresolved=not s.known or s.mention is None or bool(s.mention.value and s.mention.value.unresolved),
            )
            for s in sides.values()
        ),
        date=draft.date,
        place=draft.place,
        amounts=tuple(mention_id(text, m) for m in draft.amounts),
        duration=draft.duration,
        subject=draft.subject,
        status=draft.status,
        evidence=(Evidence(article=article_id(text), start=a, end=b, text=text.source[a:b]),),
        mentions=tuple(dict.fromkeys(mention_id(text, m) for m in draft.mentions)),
    )


@Language.factory("jianbao_events", default_config={"triggers": "agreement_triggers", "names": "party_words", "segmenter": "rjieba"})
def make_events(nlp: Language, name: str, triggers: str, names: str, segmenter: str) -> ResolverComponent:
    """The component that reads agreements as events."""
    return ResolverComponent(EventResolver(load_lexicon(triggers), load_lexicon(names), load_segmenter(segmenter)))
