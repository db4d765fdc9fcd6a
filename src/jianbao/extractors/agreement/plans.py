"""A government's plans told without marks: 核定第六期离岛综合建设实施方案, 茶叶加工业“十三五”规划."""

import re
from collections.abc import Iterator, Sequence

from jianbao.extractors.agreement.edges import Edges
from jianbao.extractors.agreement.heads import Heads, type_of
from jianbao.extractors.agreement.spans import Spans, hits_between
from jianbao.extractors.agreement.words import LONGEST_WORD, Words
from jianbao.records import AgreementValue
from jianbao.text import Mention, Text

# 核定|第六期离岛综合建设实施方案: a government's plan told by its full name without marks.
_PLAN_APPROVED = re.compile(
    r"(?:核定|函颁|通过|核准|完成|提出|修正|推动|研拟|公布|颁布)(?:了)?"
    r"(?P<name>(?P<part>第[一二三四五六七八九十0-9]{1,3}期)?(?:(?!第[一二三四五六七八九十0-9])[\u4e00-\u9fff]){4,24}?(?:方案|纲领|(?P<plan>计划)))(?![\u4e00-\u9fff]?[案书])"
)
# What no such name holds: 通过|多项振兴方案, 完成|申请补助计划.
_NOT_IN_PLAN = re.compile(
    r"[的了与和及或将已被由在各该此其本等并]|相关|多项|有关|新一|整体|配套|公司|集团|核定|通过|完成|提出|修正|推动(?!方案|计划)|研拟|申请|补助"
)
# “十四五”古城保护规划, 十三五时期发展规划纲要; not 十四五规划编制.
_PERIOD_PLAN = re.compile(
    r"(?:“十[一二三四五]五”|十[一二三四五]五|第十[一二三四五]个五年)(?:时期|期间)?(?P<about>[\u4e00-\u9fff]{0,16}?)规划(?:纲要)?(?![\u4e00-\u9fff]{0,2}[编制研征])"
)
# 发展|规划, 国家中长期|规划: not what it is for.
_ANY_PLAN = re.compile(r"(?:发展|总体|布局|专项|建设|工作|战略|具体|相关|新|的|国家|中长期|目标|和|与|任务)+")
# 我市, 国家, 企业: nobody by name.
_EVERYBODY = re.compile(r"[我全本各该此其]\S{0,2}|国家|中央|公司|企业|集团|学校|单位|城市|地方|行业|规划")


class Plans:
    """Finds plans that a verb or their period tells from plans in general."""

    def __init__(self, heads: Heads, words: Words, edges: Edges) -> None:
        self._heads = heads
        self._letters = words.letters
        self._edges = edges

    def find(self, text: Text, found: Sequence[Mention]) -> list[Mention]:
        """The plans that stand in nothing found: those that are approved, which Taiwan's press prints without marks, and those of five years."""
        plans: list[Mention] = []
        if text.article is not None and text.article.convention == "taiwan":
            plans += self._approved(text, Spans(found))
        if "五" in text.folded and "规划" in text.folded:
            plans += self._of_period(text, Spans([*found, *plans]))
        return plans

    def _approved(self, text: Text, found: Spans) -> Iterator[Mention]:
        """核定第六期离岛综合建设实施方案, 推动桃竹苗大矽谷推动方案: of plans, those with an instalment, and those with a place at their head unless they end in 计划."""
        folded = text.folded
        for match in _PLAN_APPROVED.finditer(folded):
            start, end = match.span("name")
            if found.cover(start, end) or not text.is_word_start(start) or not text.is_word_start(end) or _NOT_IN_PLAN.search(folded, start, end):
                continue
            placed = folded[start] in self._letters and folded[start + 1] in self._letters  # 桃|竹|苗
            placed = placed or any(hit.start == start for hit in hits_between(text, start, end, "region"))
            if not (match["part"] or (placed and not match["plan"])):
                continue
            head = self._heads.entry_of(match["name"])
            if head is not None:
                value = AgreementValue(agreement_type=type_of(match["name"], head), title=match["name"])
                yield text.mention("agreement", start, end, rule="agreement.plan", value=value, lexicon=(head.id,))

    def _of_period(self, text: Text, found: Spans) -> Iterator[Mention]:
        """茶叶加工业“十三五”规划, “十四五”古城保护规划: plans of a five-year period by what or whom they are for; “十四五”规划 alone names none."""
        folded = text.folded
        for match in _PERIOD_PLAN.finditer(folded):
            head, end = match.span()
            places = [hit.start for hit in hits_between(text, max(0, head - LONGEST_WORD), head, "region") if hit.end == head]
            start = min([self._edges.left_of(text, head), *places])
            if head - start < 2 or _EVERYBODY.fullmatch(folded, start, head):
                start = head
            if found.cover(start, end) or (start == head and (len(match["about"]) < 2 or _ANY_PLAN.fullmatch(match["about"]))):
                continue
            start = max(start, found.end_before(head))
            value = AgreementValue(agreement_type="policy_document")
            yield text.mention("agreement", start, end, rule="agreement.period_plan", value=value, lexicon=("policy.plan",))
