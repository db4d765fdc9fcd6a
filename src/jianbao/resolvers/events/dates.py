"""When an agreement was signed or issued."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from jianbao.records import DateValue
from jianbao.resolvers.events.agreements import AFTER, BEFORE, Agreements
from jianbao.resolvers.events.drafts import value_of
from jianbao.resolvers.parties import Group
from jianbao.text import Mention, Text

# 最快第3季|定案, 可望年底前|签署: when what is planned is to come about.
_SOON = re.compile(r"(?:最快|最早|最迟|预计|预期|预定|有望|可望|力争|争取|料|拟|将)[可会能]?[于在]?$")
_COMES_ABOUT = re.compile(r"(?:[之以]?前|内)?(?:正式|完成|可望|有望|可|即可|便可)*(?:签|定案|敲定|拍板|达成|换约|落实)")
_VAGUE = re.compile(r"日前|近日|近期|此前|不久前|最近|早前|先前|前不久")
_BEFORE_NOW = re.compile(r"曾(?!经?任)|早在|当时|历年|年来|以来|首[个次份项]|(?:去|前|上)年|另(?!一方)")
_ANNOUNCED_THERE = re.compile(r"股东大?会|董事会|法说会|记者会|发布会|业绩会")  # where companies tell what was signed elsewhere
_SAME_DAY = re.compile(r"当天|当日|同日|同一天|是日|当晚")
_DEADLINE = re.compile(r"(?P<before>之?前|以前|内(?!地))|至|起|后|以后|以来|讯|电|消息|版|报道")
_IN_FORCE = re.compile(r"[已均]?(?:经)?(?:正式|满足|符合)?(?:全部|所有)?生效")
_ANNOUNCED = re.compile(r"公告|披露|宣布|公布|表示|透露|通报")

# 今日刊宪,以实施与甲国|签订的|协定: the day is that of what is done now.
_SIGNED_BEFORE = re.compile(r"签[署订定下]?的")
_DONE_NOW = re.compile(r"刊宪|公告|宣布|公布|披露|生效|实施|施行|指出|表示|说明|审议|批准|通过|执行|履行|终止|解除|讨论|延长|修订|落实|起诉")
_QUOTE_BACK = 160

_ABOUT = re.compile(r"就[^,。;与和]{0,3}$")

# A meeting is told of: 推介会在甲市举行, 会见了…, 出席…论坛.
_HELD = re.compile(
    r"举行|举办|召开|开幕|启幕|揭幕|拉开帷幕|揭开序幕|登场|会见|会谈|会晤|座谈|洽谈|拜会|到访|(?:出席|参加|参与|走进)[^,。;]{0,24}(?:会|论坛|仪式|典礼|活动)"
)

# 会谈后,|双方|签署, 在市长|见证下|签署, |同时,甲与乙签署: these are of the day of the visit or meeting told of before.
_OF_THAT_DAY = re.compile(
    r"见证|同时|双方|两地|两国|两岸|两市|两省|两区|两校|两会|此行|期间|现场|当场|仪式|典礼|会[谈见晤议上后]|座谈|随后|其后|之后|席间|[亦并还](?:与|和|同|共|正|分|就|一)?[^,。;]{0,12}$|也[^,。;]{0,6}$"
)

# 举行的签约仪式上, 在推介会上.
_AT_CEREMONY = re.compile(r"(?:[^社协商农工学分总年机议委员]会|仪式|活动|论坛|典礼|大会|年会)(?:现场|期间|上)(?![市海涨升级])")
_DAY_OR_MONTH = 7  # characters at least of such a date: 今年 says too little
_TALKED = re.compile(r"[^,。;]{0,4}(?:会[谈见晤议]|座谈|洽谈)(?:中|时|期间|上)?")
_VISITED = re.compile(r"访问|参访|出访|来访|到访|率团|率队|率[^,。;]{0,12}代表团|考察|迎来|欢迎|抵达|签[署订约字]|揭牌")
_REACH_DAY = 600  # characters back to a visit
_SIGNINGS_BACK = 3  # sentences of one paragraph
_SENTENCES_BACK = 8  # line ends count as sentences
_REACH_MEETING = 400  # characters back to it


class _Visit(NamedTuple):
    """The day of a visit told of before, and the sentence that tells it: the date of what is signed by somebody named there."""

    date: str
    sentence: tuple[int, int]


class Dates:
    """The dates of an article as those of agreements.

    Args:
        meeting: Begins a sentence that goes on with a meeting.
    """

    def __init__(self, text: Text, dates: Sequence[Mention], agreements: Agreements, meeting: re.Pattern[str]) -> None:
        self._text, self._agreements, self._meeting = text, agreements, meeting
        self._dates = [m for m in dates if not agreements.hold(m)]
        self._starts = [m.start for m in self._dates]

    def of(self, sentence: tuple[int, int], start: int, verb: int, agreement: Mention, groups: Sequence[Group], *, planned: bool) -> list[str | None]:
        """What dates the signing of each group of parties; but for the visit of one of them it is the same for all."""
        date = self._told(sentence, start, verb, agreement, planned=planned)
        if not isinstance(date, _Visit):
            return [date] * len(groups)
        folded, (first, last) = self._text.folded, date.sentence
        named = [any(len(side.name) > 2 and folded.find(side.name, first, last) >= 0 for side in sides) for sides in groups]
        return [date.date if known else None for known in named]

    def _told(self, sentence: tuple[int, int], start: int, verb: int, agreement: Mention, *, planned: bool) -> str | _Visit | None:
        """The expression that dates the signing: the nearest one before the verb in its clause, else in its sentence.

        None where the verb has a vague date of its own (省政府日前印发): a date further away dates something else. 当天 is the last day told, and what is
        signed 会上 has the date of the meeting told of before. Only what is planned is dated by the day before which it is to be signed.
        """
        folded = self._text.folded
        if planned and verb == agreement.start and (expected := self._expected(agreement.end, sentence[1])):
            return expected  # no verb: 今年…,与乙公司洽谈中的合约最快8月定案
        spoken = False
        fair: str | None = None  # 2021 of 2021茶博会, where no day is told
        signed_before = _SIGNED_BEFORE.match(folded, verb)
        in_force = _IN_FORCE.match(folded, agreement.end)
        ranges = [(start, verb), (max(sentence[0], start - BEFORE), start)]
        if agreement.end <= verb:
            ranges.insert(0, (agreement.end, verb))
        for first, last in ranges:
            if first >= last:
                continue
            same = [m.start() for m in _SAME_DAY.finditer(folded, first, last)]
            vague = [m.start() for m in _VAGUE.finditer(folded, max(first, verb - 40), last)]
            for m in reversed(self.between(first, last)):
                value = m.value
                if vague and vague[-1] > m.start and verb - vague[-1] <= 40 and "," not in folded[vague[-1] : verb]:
                    return None
                if type(value) is not DateValue or value.unresolved or not _dates_one_act(value):
                    continue
                lead = folded[max(0, m.start - 3) : m.start]
                deadline = _DEADLINE.match(folded, m.end)
                if lead.endswith(("截至", "截止", "自", "从", "到", "至", "直到")) or (deadline and not (planned and deadline["before"])):
                    continue
                if same and same[-1] > m.start:
                    break
                if _ABOUT.search(folded, max(first, m.start - 4), m.start) and "," not in folded[m.end : verb]:
                    continue  # 就明年供货签署合同
                if self._spoken(m):
                    spoken = True
                    continue
                if spoken and value.start != value.end:
                    break  # last year, of which the speech tells
                if signed_before and _DONE_NOW.search(folded, m.end, verb):
                    return None
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

    def between(self, start: int, end: int) -> list[Mention]:
        """The dates that lie between two positions, those in the names of agreements left out."""
        found = self._dates[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [m for m in found if m.end <= end]

    def _spoken(self, date: Mention) -> bool:
        """Whether somebody says 今天 in a speech that is quoted: it need not be the day of the article."""
        first = max(0, date.start - _QUOTE_BACK)
        said = self._text.folded.rfind("“", first, date.start) > self._text.folded.rfind("”", first, date.start)
        return said and date.rule in ("date.relative_day", "date.today_alone")

    def _expected(self, start: int, end: int) -> str | None:
        """When what is planned is to come about, told after it: …的合作备忘录,最快第3季定案."""
        for m in self.between(start, min(end, start + AFTER)):
            value = m.value
            if type(value) is not DateValue or value.unresolved or not _dates_one_act(value):
                continue
            if _SOON.search(self._text.folded, max(start, m.start - 6), m.start) and _COMES_ABOUT.match(self._text.folded, m.end, end):
                return value.edtf
        return None

    def _date_of_meeting(self, agreement: Mention, *, planned: bool) -> str | _Visit | None:
        """The date of the meeting at which something is signed: 6月3日,推介会在甲市举行。会上,…; none where another sentence comes between."""
        text, folded = self._text, self._text.folded
        start, _ = text.sentence_span(agreement.start)
        if not self._meeting.match(folded, start):
            if planned or value_of(agreement).agreement_type == "policy_document" or _VAGUE.search(folded, start, agreement.start):
                return None
            return self._date_of_ceremony(start) or self._date_of_visit(start, agreement)
        ends = text.sentences
        before = bisect_right(ends, start) - 1
        for index in range(before, max(-1, before - _SENTENCES_BACK), -1):
            first, last = text.sentence_span(ends[index - 1] if index else 0)
            if start - first > _REACH_MEETING:
                return None
            held = [match.start() for match in _HELD.finditer(folded, first, last)]
            if not held:
                continue
            for m in reversed(self.between(first, held[-1])):
                value = m.value
                if type(value) is not DateValue or value.unresolved or len(value.edtf) < _DAY_OR_MONTH or not _dates_one_act(value):
                    continue
                if not _DEADLINE.match(folded, m.end):
                    return value.edtf
            if not _VAGUE.search(folded, first, last) and _TALKED.match(folded, first):
                continue  # 会谈中,…
            return None
        return None

    def _date_of_visit(self, start: int, agreement: Mention) -> str | _Visit | None:
        """The day of the visit or meeting told of before, where the words tie the signing to it or its parties are named there: 同时, 在…见证下."""
        folded = self._text.folded
        if _BEFORE_NOW.search(folded, start, agreement.start):
            return None
        tied = _OF_THAT_DAY.search(folded, start, agreement.start) is not None
        for m in reversed(self.between(max(0, start - _REACH_DAY), start)):
            value = m.value
            if type(value) is not DateValue or value.unresolved or _DEADLINE.match(folded, m.end):
                continue
            if len(value.edtf) < _DAY_OR_MONTH and value.modifier is None:
                continue  # 2030年, 今年
            if value.start is None or value.start != value.end:
                return None  # another month or the end of a year comes between
            first, last = self._text.sentence_span(m.start)
            told = _HELD.search(folded, m.end, last) or _VISITED.search(folded, m.end, last)
            if told is None or _VAGUE.search(folded, last, start) or _BEFORE_NOW.search(folded, first, m.end):
                return None
            if _ANNOUNCED_THERE.search(folded, m.end, last):
                return None
            return value.edtf if tied else _Visit(value.edtf, (first, last))
        return None

    def _date_of_ceremony(self, start: int) -> str | None:
        """The day of the ceremony whose signings the sentences before tell: 6月3日举行的推介会上,甲与乙签约。丙与丁签订…."""
        text, folded = self._text, self._text.folded
        for _ in range(_SIGNINGS_BACK):
            if not start or folded[start - 1].isspace():
                return None  # another paragraph
            first, last = text.sentence_span(start - 1)
            ceremony = _AT_CEREMONY.search(folded, first, last)
            signed = self._agreements.first_between(ceremony.end() if ceremony else first, last)
            if signed is None or value_of(signed).agreement_type == "policy_document" or last - first > _REACH_MEETING:
                return None
            if ceremony:
                days = (m.value for m in reversed(self.between(first, ceremony.start())) if m.rule != "date.bare_year")
                value = next((v for v in days if type(v) is DateValue), None)
                return value.edtf if value and not value.unresolved and value.start is not None and value.start == value.end else None
            if self.between(first, signed.start):
                return None
            start = first
        return None

    def _last_day(self, position: int) -> str | None:
        index = bisect_left(self._starts, position)
        for m in reversed(self._dates[max(0, index - 12) : index]):
            if type(m.value) is DateValue and not m.value.unresolved and m.value.start is not None and m.value.start == m.value.end:
                return m.value.edtf
        return None


def _dates_one_act(value: DateValue) -> bool:
    """Whether a date can be that of one act: a day, month or year, a week (上周), no plan period."""
    if "/" not in value.edtf:
        return True
    return bool(value.start and value.end and value.start[:7] == value.end[:7])
