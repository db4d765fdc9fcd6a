"""Signings that name no agreement: 统筹主办甲公司48亿元联贷案,完成签约; 甲市与乙公司签约,共建产业园."""

import re
from collections.abc import Iterator
from dataclasses import replace

from jianbao.records import AgreementStatus, AgreementType, AgreementValue, FigureValue
from jianbao.resolvers.events.article import Article
from jianbao.resolvers.events.drafts import Draft
from jianbao.resolvers.events.told import Told
from jianbao.resolvers.events.verbs import PLANNED
from jianbao.resolvers.parties import Group, first_group, in_order
from jianbao.text import Mention

# A loan of several banks: Taiwan's papers name no contract, but tell who arranges it, for whom, for how much, and that it was signed.
_LOAN = re.compile(
    r"(?:永续(?:连结|绩效|发展)*(?:指标)?|绿色|绿能|社会责任|ESG|循环|中长期|中期|长期|[0-9一二三四五六七八九十]{1,2}年期)*(?:联贷案|联贷(?!案)|联合授信案|联合授信(?!案)|银团贷款)(?!件|银行|合同|合约|协议|协定|契约)"
)
_LOAN_SIGNED = re.compile(r"(?:完成|举行|举办|办理|正式|顺利|签署)[^,。;]{0,8}签约|完成签[约订署]|签约(?!率|金)")
_SIGNS_LOAN = re.compile(r"(?:签[订署下约]|完成签约)[^,。;]{0,40}$")
_ARRANGES = re.compile(r"(?:共同)?(?:统筹|联合|受托|担任)?主办(?!行)|主导(?:统筹)?|筹组(?:主办)?|承作")
_HAND_IN_HAND = re.compile(r"携手|联手|偕同|会同|委由|委托|委请|委任")  # 乙局委由甲银行|主办: whose loan it is signs, too
_BEFORE_SUM = re.compile(
    r"(?:为?期?[0-9一二三四五六七八九十]{1,3}年期?)?(?:的|总额度?|总金额|总计|共计|合计|金额|额度|高达|超过|共|逾|约|近|达|新台币)*$"
)
_REACH_SIGNED = 60
_REACH_SUM = 3

# 甲与乙|签约: nothing is named, but it was signed.
_BARE = re.compile(r"签约(?!率|额|金|项目|总|仪式上|会|方|企业|单位|客户|主体|银行|量|面积|合同|协议|[0-9一二两三四五六七八九十多近逾])")
_ATTENDS = re.compile(r"(?:出席|参加|见证|列席|观摩|参与|主持|等待|期待)[^,。;]{0,24}$|集中$")
_HOLDS = re.compile(r"(?:举行|举办|进行|完成)[^,。;的]{0,18}$")
_COOPERATES = re.compile(r"合作|共建|共同|战略|携手")


class Unnamed:
    """Reads the signings of an article that no agreement's name tells."""

    def read(self, article: Article, told: Told) -> Iterator[Draft]:
        """Loans, and what two bodies sign where the article tells of no agreement of theirs."""
        folded = article.text.folded
        if "联贷" in folded or "银团贷款" in folded or "联合授信" in folded:
            yield from self._loans(article)
        if "签约" in folded:
            yield from self._bare(article, told)

    def _loans(self, article: Article) -> Iterator[Draft]:
        text, folded = article.text, article.text.folded
        signers, view = article.parties.signers, article.parties.view
        sums: dict[int, Mention] = {}  # by where they end
        for m in article.of_kind("figure"):
            if _is_money(m):
                sums.setdefault(m.end, m)
        for loan in _LOAN.finditer(folded):
            start, end = text.sentence_span(loan.start())
            near = in_order(sums[end] for end in range(loan.start() - _REACH_SUM, loan.start() + 1) if end in sums)
            amount = near[0] if near else None
            signed = _LOAN_SIGNED.search(folded, loan.end(), min(end, loan.end() + _REACH_SIGNED))
            before = _SIGNS_LOAN.search(folded, max(start, loan.start() - _REACH_SIGNED), loan.start())
            if amount is None or not (signed or before):
                continue
            clause = max(start, folded.rfind(",", start, amount.start) + 1)
            name = _BEFORE_SUM.search(folded, max(start, amount.start - _REACH_SIGNED), amount.start)
            until = name.start() if name else amount.start
            arranges = [m for m in _ARRANGES.finditer(folded, clause, until) if not view.inside(m.start())]
            if arranges:
                lead = arranges[-1]
                first = [m.start() for m in _HAND_IN_HAND.finditer(folded, clause, lead.start()) if not view.inside(m.start())][:1]
                sides: Group = ()
                for position in (*first, lead.start()):
                    sides += first_group(signers.before_verb(start, position))
                sides += first_group(signers.before_verb(lead.end(), until))
            elif before:
                sides = first_group(signers.before_verb(start, before.start())) + first_group(signers.before_verb(before.end(), until))
            else:
                sides = first_group(signers.before_verb(clause, until))
            if not sides:
                continue
            verb = signed.start() if signed else before.start() if before else loan.start()
            planned = PLANNED.search(folded, max(start, loan.end() if signed else start), verb) is not None
            status: AgreementStatus = "planned" if planned else "signed"
            draft = self._draft(article, *loan.span(), sides, status, verb, "contract")
            yield replace(draft, amounts=(amount,), subject="联贷")

    def _bare(self, article: Article, told: Told) -> Iterator[Draft]:
        text, folded = article.text, article.text.folded
        found: list[list[Draft]] = []
        for verb in _BARE.finditer(folded):
            start, end = text.sentence_span(verb.start())
            if article.agreements.first_between(start, end) is not None or article.parties.view.inside(verb.start()):
                continue
            if _ATTENDS.search(folded, max(start, verb.start() - 30), verb.start()):
                continue
            holds = _HOLDS.search(folded, max(start, verb.start() - 24), verb.start())
            groups = article.parties.signers.before_verb(start, holds.start() if holds else verb.start())
            if not groups or any(len(sides) < 2 or any(side.mention is None or not side.known for side in sides) for sides in groups):
                continue
            planned = PLANNED.search(folded, max(start, verb.start() - 12), verb.start()) is not None
            status: AgreementStatus = "planned" if planned else "signed"
            kind: AgreementType = "cooperation_agreement" if _COOPERATES.search(folded, start, end) else "other_agreement"
            found.append([self._draft(article, *verb.span(), sides, status, verb.start(), kind) for sides in groups])
        # The telling with the most parties stands for all, and what has a name for those without.
        taken = {side.name for draft in told.drafts for side in draft.sides}
        for drafts in sorted(found, key=lambda drafts: -sum(len(draft.sides) for draft in drafts)):
            names = {side.name for draft in drafts for side in draft.sides}
            if not names & taken:
                taken |= names
                yield from drafts

    def _draft(self, article: Article, start: int, end: int, sides: Group, status: AgreementStatus, verb: int, kind: AgreementType) -> Draft:
        value = AgreementValue(agreement_type=kind)
        name = article.text.mention("agreement", start, end, rule="agreement.unnamed", value=value)
        first, last = article.text.sentence_span(start)
        return replace(article.draft(name, sides, status, first, last, verb), mentions=[])


def _is_money(mention: Mention) -> bool:
    return type(mention.value) is FigureValue and mention.value.dimension == "money"
