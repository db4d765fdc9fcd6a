"""Lists: agreements that a signing counts and the words after it name one by one, and signings that name a day with each partner."""

import re
from bisect import bisect_right
from typing import NamedTuple

from jianbao.records import DateValue
from jianbao.resolvers.events.article import Article
from jianbao.resolvers.parties import Group
from jianbao.text import Mention

# 签署三份文件。这三份文件|包括:…, 签署3项协议|,分别是…: what follows is a list.
_OPENS = re.compile(
    r"(?:(?:文件|协议书?|协定|合同|合约|备忘录|意向书|契约|文本|项目)(?:分别|主要|具体)?(?:包括了?|包含|涵盖|[有是为即]|如下)|[,;](?:其中|主要)?(?:分别|主要)?(?:包括了?|包含|涵盖|[是为即]))[:,]?"
)
_COUNT = re.compile(r"[^,。;]{0,16}?(?:[0-9]+|[一二两三四五六七八九十多数]+)[余多]?[个份项]")
_BETWEEN_ITEMS = re.compile(r"(?:[\s,、;和及与]|以及|(?<=[,、;:])(?:[0-9]{1,2}|[一二三四五六七八九十])[、.])*")
_ABOUT = re.compile(r"(?<!有)关于|就|有关|的")
_PARTNER = "与和同跟"
_REACH_OPENING = 800
_SENTENCES_BACK = 8  # line ends count as sentences
_REACH_HEAD = 240


class Item(NamedTuple):
    """An agreement of a list, and the sentence and verb that tell of its signing."""

    sides: Group
    head: tuple[int, int]
    verb: re.Match[str]


class Lists:
    """Reads the lists of an article."""

    def __init__(self, sign: re.Pattern[str]) -> None:
        self._sign = sign

    def item(self, article: Article, agreement: Mention) -> Item | None:
        """An agreement that has no verb of its own as one of a list: …签署三份文件。这三份文件包括:甲与乙关于…的备忘录,丙与丁…."""
        text, folded = article.text, article.text.folded
        first, _ = text.sentence_span(agreement.start)
        openings = reversed(list(_OPENS.finditer(folded, max(first, agreement.start - _REACH_OPENING), agreement.start)))
        opening = next((m for m in openings if not article.parties.view.inside(m.start() + 1)), None)
        if opening is None:
            return None
        view = article.parties.view
        start = max(opening.end(), article.agreements.end_before(agreement.start))
        comma = max(folded.rfind(mark, start, agreement.start) for mark in ",;")
        start = comma + 1 if comma >= 0 and not view.inside(comma) else start
        between = _BETWEEN_ITEMS.match(folded, start, agreement.start)
        start = between.end() if between else start
        about = next((m.start() for m in _ABOUT.finditer(folded, start, agreement.start) if not view.inside(m.start())), agreement.start)
        groups = [group for group in article.parties.signers.before_verb(start, about, nominal=True) if len(group) > 1]
        head = self._head(article, first, opening.start() + 1) if len(groups) == 1 else None
        return Item(groups[0], *head) if head else None

    def _head(self, article: Article, first: int, opening: int) -> tuple[tuple[int, int], re.Match[str]] | None:
        """The signing that a list goes with: in the sentence before the list opens, or, where it counts what is signed, a few sentences before."""
        verb = self._verb(article, first, opening)
        if verb:
            return (first, opening), verb
        text = article.text
        ends = text.sentences
        before = bisect_right(ends, first) - 1
        for index in range(before, max(-1, before - _SENTENCES_BACK), -1):
            start, end = text.sentence_span(ends[index - 1] if index else 0)
            if first - end > _REACH_HEAD:
                return None
            verb = self._verb(article, start, end)
            if verb and _COUNT.match(text.folded, verb.end(), end):
                return (start, end), verb
        return None

    def _verb(self, article: Article, start: int, end: int) -> re.Match[str] | None:
        return next((m for m in self._sign.finditer(article.text.folded, start, end) if not article.parties.view.inside(m.start())), None)

    def dated(self, article: Article, start: int, verb: int) -> list[tuple[Group, str]]:
        """甲公司在2月15日与乙公司的A风场、19日和丙公司的B风场|签署: the parties and the day of each; none where there are not two such days."""
        folded = article.text.folded
        days = [
            m
            for m in article.dates.between(start, verb)
            if folded[m.end] in _PARTNER and type(m.value) is DateValue and not m.value.unresolved and m.rule != "date.bare_year"
        ]
        if len(days) < 2:
            return []
        read = article.parties.signers.before_verb
        found: list[tuple[Group, str]] = []
        for index, day in enumerate(days):
            end = days[index + 1].start if index + 1 < len(days) else verb
            bodies = article.parties.view.between(day.end, end)
            of = folded.find("的", bodies[0].end if bodies else day.end, end)
            end = of if of >= 0 else end
            while end > day.end and folded[end - 1] in "、,在于及和":
                end -= 1
            groups = read(day.end if found else start, end)
            sides = groups[-1] if groups else ()
            if not sides or (not found and len(sides) < 2):
                return []
            assert type(day.value) is DateValue
            found.append(((*found[0][0][:1], sides[-1]) if found else sides, day.value.edtf))
        return found
