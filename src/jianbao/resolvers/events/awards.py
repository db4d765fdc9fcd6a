"""Contracts that one gives and another wins: 甲公司获乙署批出合约, 甲公司投得…工程合约."""

import re

from jianbao.resolvers.events.article import Article
from jianbao.resolvers.events.verbs import governs
from jianbao.resolvers.parties import Group, first_group
from jianbao.text import Mention

# Who gives: 获乙署|批出一份合约, 乙署向甲公司|批出合约; and who wins: 夺得…合约.
_GIVEN = re.compile(r"批出|批予|批给|判出|判给|判予|授出|授予|颁授|颁给")
_WON = re.compile(r"夺得|投得|中得|夺下|拿下|赢得|揽获|斩获|抢下|标得|承接|获得|取得|接获|中标")
_GETS = re.compile(r"(?:再|又|已|均|成功|宣布|公布)*(?:获得?|得到|荣获)(?!悉|知|批|授|判|准)")
_GETS_ALONE = re.compile(r"(?:再|又|已|均|成功)*获(?:得|正式)?$")
_SUM = re.compile(r"(?:批|的|一份|[约近逾超])*[0-9][0-9.,]*[万亿千百]*(?:元|港元|美元|澳门元)?(?:的|大型|[\u4e00-\u9fff]{2}工程)?")
_REACH_GIVER = 40
_TO = re.compile(r"[向给]")


class Awards:
    """Reads who gave a contract, and who won it."""

    def read(self, article: Article, start: int, agreement: Mention) -> tuple[re.Match[str], Group] | None:
        """The verb that gives or wins a contract and its parties; None where none does."""
        folded = article.text.folded
        given = [m for m in _GIVEN.finditer(folded, start, agreement.start) if not article.parties.view.inside(m.start())]
        if given and governs(folded[given[-1].end() : agreement.start]):
            return self._given(article, start, given[-1])
        got = self._got(article, start, agreement)
        if got is not None:
            return got
        won = [m for m in _WON.finditer(folded, start, agreement.start) if not article.parties.view.inside(m.start())]
        if won and governs(folded[won[-1].end() : agreement.start]):
            sides = first_group(article.parties.signers.before_verb(start, won[-1].start()))
            giver = _giver_at(article, won[-1].end(), agreement)
            if sides and giver is not None:  # 投得房屋署|一份合约
                sides += first_group(article.parties.signers.before_verb(giver.start, giver.end))
            return (won[-1], sides) if sides else None
        return None

    def _got(self, article: Article, start: int, agreement: Mention) -> tuple[re.Match[str], Group] | None:
        """甲公司获|乙署3.6亿合约."""
        folded = article.text.folded
        for link in _GETS.finditer(folded, max(start, agreement.start - _REACH_GIVER), agreement.start):
            giver = _giver_at(article, link.end(), agreement)
            if giver is None or not _SUM.fullmatch(folded, giver.end, agreement.start):
                continue
            signers = article.parties.signers
            winner = first_group(signers.before_verb(start, link.start()))
            return (link, (*winner, *first_group(signers.before_verb(giver.start, giver.end)))) if winner else None
        return None

    def _given(self, article: Article, start: int, verb: re.Match[str]) -> tuple[re.Match[str], Group] | None:
        folded, signers = article.text.folded, article.parties.signers
        alone = _GETS_ALONE.search(folded, max(start, verb.start() - 6), verb.start())
        if alone:  # 甲公司获|授予
            sides = first_group(signers.before_verb(start, alone.start()))
            return (verb, sides) if sides else None
        clause = max(start, *(folded.rfind(mark, start, verb.start()) + 1 for mark in ",;:"))
        view = article.parties.view
        for link in [m for m in _GETS.finditer(folded, start, verb.start()) if not view.inside(m.start()) and m.end() > clause]:
            winner, giver = first_group(signers.before_verb(start, link.start())), first_group(signers.before_verb(link.end(), verb.start()))
            return (verb, (*winner, *giver)) if winner and giver else (verb, winner or giver) if winner or giver else None
        for link in [m for m in _TO.finditer(folded, clause, verb.start()) if not view.inside(m.start())]:
            giver, winner = first_group(signers.before_verb(start, link.start())), first_group(signers.before_verb(link.end(), verb.start()))
            if giver and winner:
                return verb, (*giver, *winner)
        return None


def _giver_at(article: Article, position: int, agreement: Mention) -> Mention | None:
    """The organisation that begins at a position and ends before an agreement's name."""
    return next((m for m in article.parties.view.starting(position) if m.kind == "organisation" and m.end < agreement.start), None)
