"""Agreements: who signs, and whether it is done, planned, denied or over."""

import re
from dataclasses import replace

from jianbao.records import AgreementStatus
from jianbao.resolvers.events.article import Article
from jianbao.resolvers.events.awards import Awards
from jianbao.resolvers.events.drafts import Draft, value_of
from jianbao.resolvers.events.lists import Item, Lists
from jianbao.resolvers.events.told import Told
from jianbao.resolvers.events.verbs import PLANNED, SAID_TO_BE, SKIPPED, governs
from jianbao.resolvers.parties import IN_TALKS, Group, Side
from jianbao.text import Mention

_DENIED = re.compile(r"(?:没有|未曾|从未|并未|尚未|未能|否认(?:已|曾)?|拒绝|不会|未有|无意|不打算|从没|并没有|未与)[^,。;]{0,24}$")
# 推动下双方|已正式, 计划区内双方|成功: right before the verb these say that it was done; 正式 and 成功 alone do so only where the word of planning may mean a thing (计划, 推动).
_DONE = re.compile(r"(?:已经?|曾经?|刚刚?|了)(?:正式|成功|现场|共同|联合|分别|相继|陆续|先后)*$")
_DONE_FORMALLY = re.compile(r"(?:正式|成功|现场|共同)$")
_PLANNED_OUTRIGHT = re.compile(
    r"(?:拟|将会?|即将|有望|可望|预计|预定|定于|准备|争取|力争|希望|期待|一旦|原[定拟]|如果|若(?!干)|能够|尽快|尽早|择期|打算|有意)[^,。;]{0,24}$"
)

_EFFECT = re.compile(r"(?:正式|开始|起|已)?(?:生效|施行)")
_ENDED = re.compile(r"终止|解除|中止|废止|撤销|作废|退出|宣布取消|失效|提前结束|终结|解约|取消")
_ENDS = re.compile(r"(?:终止|解除|中止|撤销|取消|退出)了?[^,。;]{0,24}$")
_ASKED = re.compile(r"判令|请求|诉请|申请|要求|拟")
_SINCE_ENDED = re.compile(r"[^,。;]{0,12}?(?:终止|解除|作废|中止)")
_CEREMONY = re.compile(r"仪式|活动|现场|方|主体|大会")
_COUNTED = re.compile(r"(?P<n>[0-9一二两三四五六七八九十百千余多数]{1,6})[多余]?[份项个宗单笔批类]")
_COUNT_AFTER = re.compile(r"[0-9一二两三四五六七八九十百千余多]{1,6}[多余]?[份项个宗单笔]")
_SEVERAL = re.compile(r"多份|一批|一系列|若干|各类|系列")
# 正与甲公司|磋商|合资协议: the agreement is what they talk about.
_TALKS = re.compile(r"(?:洽谈|洽签|磋商|商谈|商讨|商议|谈判|研议|酝酿)(?:一份|一项|新的?|有关|相关)?$")
# 研议中|的与甲公司的合作备忘录: what comes between.
_PARTNER_BETWEEN = re.compile(r"的(?:与[^,。;:]{2,30}的)?$")

# 签订合同时, 协议签订后: of a signing with nobody named, these words speak of signing as such.
_IN_GENERAL = re.compile(r"之?[时后前]|期间|过程|的(?!协议|合同)|[是系]|意味|旨在")
# 这是甲校|首次和县级政府签订|…, 也是两国签署的|第一个|…: says of what kind the agreement is that was told before.
_OF_ITS_KIND = re.compile(
    r"(?:这|此次|此举|该协议|也|亦)[^,。;]{0,4}[是系为][^,。;]{0,40}?(?:首[次个份项度]|第[一二三四五六七八九十0-9]+[次个份项度]|唯一)"
)
_MAY = re.compile(r"(?:便可|即可|才[能可]|就[能可]|方可|可以?)(?=[与和同跟向]|$)[^,。;]{0,16}$")  # 取得文件后|便可与甲公司|签署: whoever does
_ABOUT = re.compile(r"就$")  # 正就|签署协议进行磋商
_TALKED = re.compile(r"[^,。;]{0,8}(?:磋商|谈判|协商|洽谈|商谈|讨论|沟通|对话)")
_AGREED = re.compile(r"(?:协议|决定|同意|合意|宣布|已经?|日前|近日|正式|共同)+$")  # 甲与乙|协议|解除合约
_LISTED_BY = re.compile(r"[,、]?由[^。;]+?共同$")  # …协议,由甲市、乙市,丙市,以及丁公司共同|签约
_MOST_COMMAS = 6
_GLOSS = frozenset(["(", "”(", "》("])
_HOLD = re.compile(r"举行|举办|进行|召开|办理|完成")
_COMPLETE = re.compile(r"完成|举行|进行")


class Signings:
    """Reads the agreements of an article from the verbs that sign them."""

    def __init__(self, sign: re.Pattern[str]) -> None:
        self._sign = sign
        self._lists = Lists(sign)
        self._awards = Awards()

    def read(self, article: Article, agreement: Mention, told: Told) -> list[Draft]:
        """The agreements that one name stands for: as many as there are groups of parties, none where nothing is told of it."""
        folded = article.text.folded
        start, end = article.agreements.clause(agreement)
        last = told.last
        if agreement.rule == "agreement.class_word" and last is not None and last.agreement.end <= agreement.start and last.sentence[0] >= start:
            return []  # the titles before it are the agreements
        if SAID_TO_BE.search(folded, max(0, agreement.start - 5), agreement.start) and told.rename(agreement):
            return []  # (下称《框架协议》)
        if folded[article.agreements.end_before(agreement.start) : agreement.start] in _GLOSS and told.rename(agreement):
            return []  # 人才培养意向书(LOI)
        earlier = last.sides if last is not None else ()
        title = value_of(agreement).title
        named = title is not None and agreement.rule in ("agreement.title", "agreement.title_in_list", "agreement.signed_title", "agreement.quoted")
        verb = self._verb_before(article, start, agreement)
        if verb is not None:
            dated = self._lists.dated(article, start, verb.start())
            if dated:
                status = self._status(article, start, verb, agreement)
                return [replace(article.draft(agreement, sides, status, start, end, verb.start()), date=date) for sides, date in dated]
            signers = article.parties.signers
            groups = signers.between(verb.end(), agreement.start, start, earlier) or signers.before_verb(start, verb.start(), earlier)
        else:
            verb = self._verb_after(article, agreement, end)
            if verb is None:
                item = self._lists.item(article, agreement)
                if item is not None:
                    return [self._listed(article, agreement, item)]
                awarded = self._awards.read(article, start, agreement) if value_of(agreement).agreement_type == "contract" else None
                if awarded is not None:
                    verb, sides = awarded
                    return [article.draft(agreement, sides, self._status(article, start, verb, agreement), start, end, verb.start())]
                return self._without_verb(article, agreement, start, end, earlier, named=named)
            signers = article.parties.signers
            groups = signers.listed(agreement.end, verb.start())
            if not groups and verb.start() - agreement.end > 2:
                groups = signers.before_verb(agreement.end, verb.start(), earlier)
            groups = groups or self._hosted(article, start, agreement, earlier) or signers.before_verb(start, agreement.start, earlier, nominal=True)
            if not groups and not named and _CEREMONY.match(folded, verb.end()):
                return []
        if all(len(group) < 2 for group in groups):
            inner = signers.in_name(agreement)
            groups = [inner] if inner else groups or ([()] if named else [])
        elif named:
            groups = signers.of_title(agreement, groups)
        if not named and told.drafts and _OF_ITS_KIND.search(folded, start, agreement.end):
            return []
        if not named and all(len(group) < 2 for group in groups):
            if _MAY.search(folded, max(start, verb.start() - 24), verb.start()):
                return []
            spoken_of = _IN_GENERAL.match(folded, agreement.end) or _IN_GENERAL.match(folded, verb.end())
            if spoken_of or _counts_only(folded[verb.end() : agreement.start]):
                return []
        if not named and _COUNT_AFTER.match(folded, agreement.end):  # 与东部地区签订协议12份
            groups = [
                group for group in groups if len(group) > 1 and all(side.known for side in group) and not any(_unresolved(side) for side in group)
            ]
        listed = article.agreements.listed_with(agreement) if len(groups) > 1 else []
        if listed and len(listed) == len(groups) and listed[0].start >= verb.end():
            groups = [groups[listed.index(agreement)]]  # 分别与甲、乙签署茶叶采购意向书、咖啡采购意向书
        status = self._status(article, start, verb, agreement)
        drafts = article.drafts(agreement, groups, status, start, end, verb.start())
        if len(drafts) > 1 and len(shares := article.sums.listed(agreement, end)) == len(drafts):
            return [replace(draft, amounts=(share,)) for draft, share in zip(drafts, shares, strict=True)]
        return drafts

    def _listed(self, article: Article, agreement: Mention, item: Item) -> Draft:
        """An agreement of a list: the head of the list tells when and where it was signed."""
        start, verb = item.head[0], item.verb.start()
        status = self._status(article, start, item.verb, agreement)
        date = article.dates.of(item.head, start, verb, agreement, [item.sides], planned=status == "planned")[0]
        draft = article.draft(agreement, item.sides, status, agreement.start, agreement.end, agreement.start)
        return replace(draft, date=date, place=article.places.of(start, verb), listed=True)

    def _verb_before(self, article: Article, start: int, agreement: Mention) -> re.Match[str] | None:
        """The verb whose object the agreement is: no comma stands between them but in a list."""
        folded = article.text.folded
        verbs = [m for m in self._sign.finditer(folded, start, agreement.start) if not article.parties.view.inside(m.start())]
        if not verbs:
            return None
        verb = verbs[-1]
        return verb if governs(folded[verb.end() : agreement.start]) else None

    def _verb_after(self, article: Article, agreement: Mention, end: int) -> re.Match[str] | None:
        """The verb of 协议由甲与乙共同签署, 协议签约仪式."""
        folded = article.text.folded
        for verb in self._sign.finditer(folded, agreement.end, min(end, agreement.end + 80)):
            if article.parties.view.inside(verb.start()):
                continue
            between = SKIPPED.sub("", folded[agreement.end : verb.start()])
            titled = value_of(agreement).title is not None
            commas = between.count(",") - (_MOST_COMMAS if _LISTED_BY.match(between) else 0)
            completed = between == "的" and _COMPLETE.search(folded, max(0, agreement.start - 12), agreement.start)
            if commas > (1 if titled else 0) or ":" in between or ("的" in between[:2] and not completed):
                return None
            nearer = article.agreements.first_between(agreement.end, verb.start()) or article.agreements.first_between(
                verb.end(), min(end, verb.end() + 30)
            )
            return None if nearer and between.strip("、和与及,") else verb
        return None

    def _hosted(self, article: Article, start: int, agreement: Mention, earlier: Group) -> list[Group]:
        """甲与乙举行…战略合作协议签约仪式: who holds the ceremony signs."""
        hosts = list(_HOLD.finditer(article.text.folded, start, agreement.start))
        if not hosts:
            return []
        groups = article.parties.signers.before_verb(start, hosts[-1].start(), earlier)
        return groups if any(len(group) > 1 for group in groups) else []

    def _without_verb(self, article: Article, agreement: Mention, start: int, end: int, earlier: Group, *, named: bool) -> list[Draft]:
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
            groups = article.parties.signers.before_verb(start, talks.start(), earlier)
            status = "denied" if _DENIED.search(folded, max(start, talks.start() - 24), talks.start()) else "planned"
            return article.drafts(agreement, [sides for sides in groups if len(sides) > 1], status, start, end, agreement.start)
        if named:  # nobody signs it here: no date or place of the sentence is its own
            inner = article.parties.signers.in_name(agreement)
            return article.drafts(agreement, [inner], status, start, end, agreement.start, done_here=False)
        if status == "signed":
            return []
        groups = article.parties.signers.of_nominal(start, agreement.start, earlier)
        if not groups and ended:
            agreed = _AGREED.search(folded, max(start, ended.start() - 12), ended.start())
            groups = article.parties.signers.before_verb(start, agreed.start() if agreed else ended.start(), earlier)
        return article.drafts(agreement, [sides for sides in groups if len(sides) > 1], status, start, end, agreement.start)

    def _status(self, article: Article, start: int, verb: re.Match[str], agreement: Mention) -> AgreementStatus:
        folded = article.text.folded
        lead = article.parties.view.without_names(max(start, verb.start() - 48), verb.start())
        if _DENIED.search(lead):
            return "denied"
        if verb[0].startswith("拟") or (_ABOUT.search(lead) and _TALKED.match(folded, agreement.end)):
            return "planned"
        if folded.startswith("的", verb.end()) and _ENDS.search(lead) and not _ASKED.search(lead):
            return "terminated"  # 解除与乙公司签订的合同
        done = folded.startswith(("了", "过"), verb.end()) or _DONE.search(lead)
        if PLANNED.search(lead) and not done and (_PLANNED_OUTRIGHT.search(lead) or not _DONE_FORMALLY.search(lead)):
            return "planned"
        if _SINCE_ENDED.match(folded, agreement.end):
            return "terminated"
        return "signed"


def _unresolved(side: Side) -> bool:
    return side.mention is None or side.mention.value is None or side.mention.value.unresolved


def _counts_only(words: str) -> bool:
    """已签署近210份合作协议: a count of agreements, none of which is told."""
    found = _COUNTED.search(words)
    if found and found["n"] not in ("一", "1"):
        return True
    return bool(_SEVERAL.search(words))
