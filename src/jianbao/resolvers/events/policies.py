"""Policy documents: who issued them, and whether they are in force, issued or still being written."""

import re

from jianbao.records import AgreementStatus
from jianbao.resolvers.events.article import Article
from jianbao.resolvers.events.drafts import Draft, value_of
from jianbao.resolvers.events.told import Told
from jianbao.resolvers.events.verbs import PLANNED, SAID_TO_BE, governs
from jianbao.text import Mention

_RELATIVE = re.compile(
    r"(?:印发|发布|出台|制定|制订|修订|颁布|公布|下发|推出|核定|批准|通过|批复|发出|颁发|编制|通过实施|实施|公告)(?:了|实施|施行)?的(?:首个|新版|新|最新|一系列)?$"
)
_PASSIVE_ISSUE = re.compile(
    r"(?:已|日前|近日|正式|,|于|经)*由(?P<who>[^,。;]{2,40}?)(?:正式|联合|共同|日前|近日)?(?:印发|发布|出台|制定|颁布|公布|下发|编制|起草)"
)
# 行政院推动的|“…方案”, 国发会拟具|“…计划”: whose it is, where nothing says that it was issued.
_BEHIND = re.compile(r"(?:(?:推动|推行|推展|主导|力推|主推)[的之]|(?P<draft>拟具|研拟|提报|送审|预拟)[了的之]?)“?$")
# 通过“…条例”|草案, 第四条、第五条修正|草案: it is not in force; 三读通过 makes it a law.
_DRAFT_AFTER = re.compile(r"”?(?:第?[^,。;“《]{0,16}(?:修正|部分条文))?草案")
_MADE_LAW = re.compile(r"三读|公布|颁布|施行")
_PROGRAMME = re.compile(r"(?:启动|参与|参加|加入|申请|入选|获选|合办|报名)(?:了)?“?$")  # 共同启动“…计划”: companies and schools do that


class Policies:
    """Reads the documents of an article from the verbs that issue or draft them."""

    def __init__(self, issue: re.Pattern[str], draft: re.Pattern[str]) -> None:
        self._issue, self._draft = issue, draft

    def read(self, article: Article, agreement: Mention, told: Told) -> list[Draft]:
        """A document with a name: its issuer and whether it is in force, issued or still being written."""
        if value_of(agreement).title is None or agreement.rule in ("agreement.class_word", "agreement.known"):
            return []
        folded = article.text.folded
        if SAID_TO_BE.search(folded, max(0, agreement.start - 5), agreement.start) and told.rename(agreement):
            return []
        parties = article.parties
        start, end = article.agreements.clause(agreement)
        reach = max(start, agreement.start - 80)
        acts = [m for m in self._issue.finditer(folded, reach, agreement.start) if not parties.view.inside(m.start())]
        writing = [m for m in self._draft.finditer(folded, reach, agreement.start) if not parties.view.inside(m.start())]
        acts = [m for m in acts if not any(w.start() <= m.start() < w.end() for w in writing)]
        acts = [m for m in acts if governs(folded[m.end() : agreement.start])]
        writing = [m for m in writing if governs(folded[m.end() : agreement.start], heads=3)]
        after = self._draft.search(folded, agreement.end, min(end, agreement.end + 30))
        made = any(_MADE_LAW.search(folded, m.start() - 2, m.end()) for m in acts)
        bill = not made and bool(_DRAFT_AFTER.match(folded, agreement.end, end))
        drafting = bill or bool(after) or bool(writing and (not acts or writing[-1].end() >= acts[-1].end()))
        status: AgreementStatus = "planned" if drafting else "issued"
        verbs = sorted([*acts, *writing], key=lambda m: m.start())
        issuer = parties.issuers.in_title(agreement)
        if not verbs:
            passive = _PASSIVE_ISSUE.match(folded, agreement.end, end)
            if passive:
                issuer = issuer or parties.issuers.before_verb(passive.start("who"), passive.end("who"), relative=False)
                document = article.document(agreement, issuer, status, agreement.end)
                by = passive.end("who")
                document.date = article.dates.of(document.sentence, agreement.end, by, agreement, [issuer], planned=status == "planned")[0]
                document.place = article.places.of(agreement.end, by)
                return [document]
            if folded.endswith("计划", agreement.start, agreement.end) and _PROGRAMME.search(folded, reach, agreement.start):
                return []
            behind = _BEHIND.search(folded, reach, agreement.start)
            if behind:
                issuer = issuer or parties.issuers.before_verb(start, behind.start(), relative="的" in behind[0])
                status = "planned" if behind["draft"] else status
            document = article.document(agreement, issuer or parties.issuers.beside(agreement), status, start)
            document.amounts = article.sums.budget(agreement, end)
            return [document]
        verb = verbs[-1]
        first = verb
        while len(verbs) > 1 and verbs[-2].end() >= first.start() - 1:  # 制定|印发, 联合|印发实施
            verbs.pop()
            first = verbs[-1]
        relative = bool(_RELATIVE.search(folded, verb.start(), agreement.start))
        issuer = issuer or parties.issuers.before_verb(start, first.start(), relative=relative)
        nearest = max((s.end for s in issuer if start <= s.end <= verb.start()), default=start)
        if not drafting and PLANNED.search(folded, max(nearest, verb.start() - 16), verb.start()) and not folded.startswith("了", verb.end()):
            status = "planned"
        document = article.document(agreement, issuer, status, start)
        span = (nearest if relative and issuer else start, end)
        document.date = article.dates.of(span, start, verb.start(), agreement, [issuer], planned=status == "planned")[0]
        document.amounts = article.sums.budget(agreement, end)
        return [document]
