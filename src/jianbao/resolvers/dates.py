"""Dates against their article: 昨日 in an article of 2017-06-28 is 2017-06-27, 7月10日 there 2016-07-10 or 2017-07-10 by what is said of it.

The anchor is the publication date, else the date line printed in the text (2018年03月30日 21:35:54, 新华社北京3月5日电), else the nearest
earlier date of the text. There is no other clock: what none of them settles keeps an unspecified year (`XXXX-04-22`) or stays unresolved.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from spacy.language import Language

from jianbao.chronology import MONTHS_OF_YEAR, PERIODS, DatePart, DateReading, Point, bounds, month_length, point_of, step_months
from jianbao.component import ResolverComponent
from jianbao.lexicon import Lexicon, load_lexicon
from jianbao.records import DateModifier, DateValue
from jianbao.text import Mention, Text

# A clock time or a label says that the date is the article's own: 2018年03月30日 21:35:54, 发布时间:2018-03-30.
_TIME_AFTER = re.compile(r"(?:\ ?(?:周|星期|礼拜)[一二三四五六日天])?[\ \u3000T]{0,3}\d{1,2}:\d\d")
_LABEL_BEFORE = re.compile(r"(?:时间|日期|发布于?|发表于?|更新于?|刊于|于)[:\ ]{1,2}\Z")
_SOURCE_AFTER = re.compile(r"[\ \u3000|]{0,6}(?:来源|作者|记者|编辑|责任编辑|出处|第\d+版|星期)")
# 新华社北京3月5日电, 本报5月27日讯; 今天 in a dispatch (电) is the dispatch's day, in the paper's own report (讯) the paper's.
_DISPATCH_AFTER = re.compile(r"[\ )]?专?电(?![影视商子力话网动信脑梯池])")
_REPORT_AFTER = re.compile(r"[\ )]?专?(?:讯|报道|报导)")
_OPENS_WIRE = frozenset(" )专电讯报")  # what either begins with
_HEAD = 700  # characters in which a date line is looked for
# A clause ends here: what is said of a date is said in its clause.
_CLAUSE_END = re.compile(r"[,。;!?\n:]")
_SENTENCE_END = re.compile(r"[。!?\n]")
# 12月1日前回复: a day by which something is to be done is no day on which something happened. 5月1日前往 is none.
_BY_THEN = re.compile(r"[之以]?前(?![往来赴去夕台后])")
_OPENS_BY_THEN = frozenset("之以前")
# 截至6月底止|半年, 12月31日止|年度: how long the period lasted that ends there.
_LASTED = re.compile(
    r"[的之]?止[的之]?(?:(?P<half>半年|中期|[6六]个月)|(?P<quarter>[3三]个月|季度?|一季)|(?P<three>[9九]个月)|全年|(?:财政|会计)?年度|财年|1年|一年|(?:12|十二)个月)"
)
_OPENS_LASTED = frozenset("的之止")
_CLAUSE_BEFORE, _CLAUSE_AFTER = 24, 12  # characters of it that are looked at

_RECENT = 10  # days: a bare month and day this close before the article is news, whatever year was told of before
_WIRE_LAG = 4  # days that a paper may print a dispatch late
_LATE_PERIOD = 125  # days: 12月 in an article of March is last December
_LATE_HALF = 75  # days: 下半年 in an article of February was last year's
_NEAR = 200  # characters back to what 当天 or 同年 refers to
_NEWS = 4  # days before the article of what it reports as news: 同日 far from any date is the day of the news
_TITLE = 90  # characters back to where a title may begin
_FAR = 800  # characters back to it
_SAME_STORY = 45  # days: 15日 after 5月14日 is of its month while that is still news
_SAME_BREATH = 15  # characters between a year and the month that it still governs


class _Seen(NamedTuple):
    """An earlier date of the text: where it stood and what it came to."""

    start: int
    end: int
    first: Point
    last: Point
    stated: bool  # it said its year: 2018年, 去年
    whole: bool  # it is no mere part: not 去年底
    last_month: bool = False  # it counts from the article: 上月21日
    period: tuple[Point, Point] | None = None  # the period that ends there: 6月底止半年


class _Anchor(NamedTuple):
    """The article's own day and where it was read; the year of a wire's date line may be unknown."""

    day: date
    label: str
    year_known: bool = True


class _Resolved(NamedTuple):
    """What one end of an expression comes to, and what it was resolved against."""

    point: Point
    last: Point | None = None
    anchor: str | None = None


class DateResolver:
    """Gives each date its value, in text order: later dates lean on earlier ones."""

    def __init__(self, words: Lexicon) -> None:
        future = [surface for entry in words.entries if entry.sense == "future" for surface in entry.surfaces]
        self._future = re.compile(words.alternation(future) or "(?!)")

    def resolve(self, text: Text) -> None:
        """Every date mention has a value afterwards; a bare 112年 outside Taiwan and a bare 今 in a mainland text are dropped."""
        mentions = [m for m in text.mentions if m.kind == "date" and isinstance(m.parsed, DateReading)]
        if not mentions:
            return
        mentions.sort(key=attrgetter("start", "end"))
        convention = text.article.convention if text.article is not None else "mainland"
        taiwan, mainland = convention == "taiwan", convention == "mainland"
        dropped = {id(m) for m in mentions if (m.parsed.taiwan_only and not taiwan) or (m.parsed.not_mainland and mainland)}
        if dropped:
            text.mentions[:] = [m for m in text.mentions if id(m) not in dropped]
        kept = [m for m in mentions if id(m) not in dropped]
        reader = _Article(text, kept, taiwan, self._future)
        for mention in kept:
            mention.value = reader.value(mention)


class _Article:
    """One article's anchors, and the dates resolved so far."""

    def __init__(self, text: Text, mentions: list[Mention], taiwan: bool, future: re.Pattern[str]) -> None:
        self._folded = text.folded
        self._taiwan = taiwan
        self._future = future
        # The nearest earlier date, and the nearest that told its year, its month, its day, and all three.
        self._latest: _Seen | None = None
        self._latest_year: _Seen | None = None
        self._stated_year: _Seen | None = None  # not counted from another: 前年 after 前年 is the same year
        self._latest_told: _Seen | None = None  # that dates what is told: no year of a title, no period
        self._latest_month: _Seen | None = None
        self._latest_day: _Seen | None = None
        self._latest_whole: _Seen | None = None
        self._news: _Seen | None = None  # the latest day told that is news
        self._stretch: _Seen | None = None  # the latest stretch of months, what 去年同期 is compared with
        self._wire: tuple[int, date] | None = None
        self._now = _published(text)
        self._find_date_line(mentions)

    # ---- anchors ----------------------------------------------------------------------------------------------------

    def _find_date_line(self, mentions: Iterable[Mention]) -> None:
        """The date line near the head: the article's day where none is given, and the day that a wire's 今天 means."""
        folded = self._folded
        for mention in mentions:
            if mention.start > _HEAD:
                break
            part = mention.parsed.first
            if mention.parsed.last is not None or part.day is None or part.year_step is not None or part.month_step is not None:
                continue
            told = folded[mention.end : mention.end + 1] in _OPENS_WIRE
            dispatch = told and _DISPATCH_AFTER.match(folded, mention.end) is not None
            wire = dispatch or (told and _REPORT_AFTER.match(folded, mention.end) is not None)
            if part.year is not None and part.month is not None and self._now is None:
                year = part.year
                labelled = _LABEL_BEFORE.search(folded, max(0, mention.start - 6), mention.start)
                alone = folded[mention.start - 1 : mention.start] in ("", "\n") and folded[mention.end : mention.end + 1] in ("", "\n")
                if wire or labelled or alone or _TIME_AFTER.match(folded, mention.end) or _SOURCE_AFTER.match(folded, mention.end):
                    day = date(year, part.month, min(part.day, month_length(year, part.month)))
                    self._now = _Anchor(day, f"date_line:{day.isoformat()}")
            if dispatch and self._now is not None and self._now.year_known:
                day_of_wire = self._last_such_day(part.month, part.day, self._now.day)
                if day_of_wire and (self._now.day - day_of_wire).days <= _WIRE_LAG:
                    self._wire = self._wire or (mention.start, day_of_wire)
            elif wire and self._now is None and part.month is not None and part.year is None:
                day = date(2001, part.month, min(part.day, month_length(2001, part.month)))
                self._now = _Anchor(day, f"date_line:XXXX-{part.month:02d}-{part.day:02d}", year_known=False)

    @staticmethod
    def _last_such_day(month: int | None, day: int, now: date) -> date | None:
        """The last 5日 or 3月5日 on or before a day."""
        for back in range(15):
            year, at = step_months(now.year, now.month, -back)
            if (month is None or at == month) and day <= month_length(year, at) and date(year, at, day) <= now:
                return date(year, at, day)
        return None

    def _day_now(self, position: int) -> _Anchor | None:
        """What 今天 counts from: the day of the dispatch that it stands in, else the article's day, else the nearest earlier day of the text."""
        if self._wire is not None and position >= self._wire[0] and self._now is not None and self._wire[1] != self._now.day:
            return _Anchor(self._wire[1], f"date_line:{self._wire[1].isoformat()}")
        if self._now is not None:
            return self._now
        day = self._latest_whole.last.whole_day if self._latest_whole else None
        return _Anchor(day, f"text:{day.isoformat()}") if day else None

    # ---- values -----------------------------------------------------------------------------------------------------

    def value(self, mention: Mention) -> DateValue:
        """The value of a date; unresolved where nothing says which day is meant."""
        reading: DateReading = mention.parsed
        first_part, last_part = reading.first, reading.last
        if self._taiwan and reading.republic_year is not None:
            first_part = first_part._replace(year=reading.republic_year)
        if self._taiwan and reading.republic_last is not None and last_part is not None and last_part.year is not None:
            last_part = last_part._replace(year=reading.republic_last)
        if last_part is not None:
            first_part = _completed(first_part, last_part)
        first = self._part(first_part, mention, event=reading.event)
        if first is None:
            return _unresolved("XXXX", first_part.modifier)
        point = first.point
        last = first.last or point
        if last_part is not None:
            end = self._end(last_part, point, mention)
            if end is None:
                return _unresolved("XXXX")
            last = end
        modifier = first_part.modifier if last_part is None or last_part.modifier == first_part.modifier else None
        edtf = point.edtf if last is point or last == point else f"{point.edtf}/{last.edtf}"
        if point.day is not None and point.month is None:
            return _unresolved(edtf, modifier, first.anchor)
        stated = first_part.year is not None or first_part.year_step is not None
        last_month = first_part.month_step == -1 and not first_part.near
        seen = _Seen(mention.start, mention.end, point, last, stated, modifier is None, last_month, self._period(mention.end, last))
        self._remember(seen, again=first_part.near and (first_part.year_step or 0) < 0)
        if first_part.year is not None and last.year is not None:
            self._stated_year = seen
        if not first_part.same_period and _compared(seen) is not None:
            self._stretch = seen
        return _resolved(edtf, modifier, first.anchor)

    def _remember(self, seen: _Seen, again: bool) -> None:
        """Keeps a date for those that lean on it; 上年 (`again`) is no year to count another 上年 from."""
        self._latest = seen
        if seen.last.year is not None and not again:
            self._latest_year = seen
            if not self._names_a_title(seen):
                self._latest_told = seen
        if seen.last.month is not None:
            self._latest_month = seen
        if seen.last.day is not None:
            whole_day = seen.last.whole_day
            if whole_day is not None:
                self._latest_whole = seen
            if (
                self._folded[seen.end : seen.end + 1] in _OPENS_BY_THEN
                and _BY_THEN.match(self._folded, seen.end)
                and self._latest_day is not None
                and seen.start - self._latest_day.end <= _NEAR
            ):
                return
            self._latest_day = seen
            if whole_day is not None and self._now is not None and self._now.year_known and 0 <= (self._now.day - whole_day).days <= _NEWS:
                self._news = seen

    def _names_a_title(self, seen: _Seen) -> bool:
        """Whether a year is only that of a title's subject or the end of a plan's years: 《综合规划(2024-2028年)》, 2024—2028年."""
        if seen.first.first_month is not None:
            return False
        return seen.first.year != seen.last.year or self._folded.rfind("《", max(0, seen.start - _TITLE), seen.start) > self._folded.rfind(
            "》", max(0, seen.start - _TITLE), seen.start
        )

    def _period(self, position: int, last: Point) -> tuple[Point, Point] | None:
        """The months that ended with a date: 6月底|止半年 is the first half, 3月31日|止年度 the twelve months to March."""
        if self._folded[position : position + 1] not in _OPENS_LASTED or last.month is None or last.year is None:
            return None
        lasted = _LASTED.match(self._folded, position)
        if lasted is None:
            return None
        months = 6 if lasted["half"] else 3 if lasted["quarter"] else 9 if lasted["three"] else MONTHS_OF_YEAR
        if last.month % months == 0:
            period = {3: 32 + last.month // 3, 6: 39 + last.month // 6}.get(months)
            if period is not None or months == MONTHS_OF_YEAR:
                point = Point(last.year, period=period)
                return point, point
        return Point(*step_months(last.year, last.month, 1 - months)), Point(last.year, last.month)

    @staticmethod
    def _if_near(seen: _Seen | None, mention: Mention) -> _Seen | None:
        return seen if seen is not None and mention.start - seen.end <= _NEAR else None

    def _end(self, part: DatePart, first: Point, mention: Mention) -> Point | None:
        """The end of a range: what it leaves out it shares with the beginning, and it does not lie before it."""
        if part.mask is not None or part.year is not None:
            return self._stated(part)
        if part.near and part.year_step is not None:
            year = first.year + part.year_step if first.year is not None else None
            return self._in_year(part, year)
        relative = (part.year_step, part.month_step, part.day_step, part.week_step, part.quarter_step)
        if any(step is not None for step in relative) or part.weekday is not None:
            if part.weekday is not None and part.week_step is None and first.whole_day:
                return point_of(first.whole_day + timedelta((part.weekday - first.whole_day.weekday()) % 7))
            resolved = self._part(part, mention)
            return (resolved.last or resolved.point) if resolved is not None else None
        if part.first_months is not None:
            return Point(first.year, part.first_months)
        month = part.month if part.month is not None or part.period is not None else first.month
        point = Point(first.year, month, part.day, part.period)
        if part.day is not None and part.month is None and first.day is not None and part.day < first.day and month is not None:
            year, month = step_months(first.year if first.year is not None else 2000, month, 1)
            return Point(year if first.year is not None else None, month, part.day)
        if first.year is not None and point.order < first.order:
            return point._replace(year=first.year + 1)
        return point

    def _stated(self, part: DatePart) -> Point:
        """A part that prints its year or century."""
        if part.mask is not None:
            return Point(None, mask=part.mask)
        return self._in_year(part, part.year)

    @staticmethod
    def _in_year(part: DatePart, year: int | None) -> Point:
        return Point(year, part.month or part.first_months, part.day, part.period)

    def _part(self, part: DatePart, mention: Mention, *, event: bool = False) -> _Resolved | None:
        """What one part comes to; None where nothing anchors it."""
        if part.mask is not None or part.year is not None:
            return self._with_first_months(part, _Resolved(self._stated(part)))
        if part.year_step is not None:
            return self._relative_year(part, mention)
        if part.month_step is not None:
            return self._relative_month(part, mention)
        if part.day_step is not None:
            return self._relative_day(part, mention)
        if part.weekday is not None or part.week_step is not None:
            return self._relative_week(part, mention)
        if part.quarter_step is not None:
            return self._relative_quarter(part, mention)
        if part.month is None and part.day is not None:
            return self._bare_day(part, mention)
        if part.month is not None or part.period is not None or part.first_months is not None:
            return self._year_left_out(part, mention, event)
        year = self._year_now()  # 年底, 年初
        return _Resolved(Point(year[0]), anchor=year[1]) if year else None

    @staticmethod
    def _with_first_months(part: DatePart, resolved: _Resolved) -> _Resolved:
        """前10个月 runs from January."""
        if part.first_months is None:
            return resolved
        year = resolved.point.year
        return resolved._replace(point=Point(year, 1), last=Point(year, part.first_months))

    # ---- words that count from somewhere ----------------------------------------------------------------------------

    def _year_now(self) -> tuple[int, str] | None:
        """The article's year, else the nearest that was stated before, else that of the nearest earlier date."""
        if self._now is not None and self._now.year_known:
            return self._now.day.year, self._now.label
        seen = self._stated_year or self._latest_year
        return (seen.last.year, f"text:{seen.last.year}") if seen and seen.last.year is not None else None

    def _relative_year(self, part: DatePart, mention: Mention) -> _Resolved | None:
        step = part.year_step or 0
        base: tuple[int, str] | None = None
        if part.near:
            seen = self._if_near(self._latest_year, mention)
            if seen is not None and seen.last.year is not None:
                base = seen.last.year, f"text:{seen.last.year}"
            elif step < 0:
                base = self._year_now()  # 上年 counts from the article where nothing was said before
        else:
            base = self._year_now()
        if base is None:
            return None
        year, anchor = base[0] + step, base[1]
        if part.same_period:
            span = self._same_period(year, mention)
            if span is not None:
                return _Resolved(_year_before(span[0]), _year_before(span[1]), anchor)
            return _Resolved(Point(year), anchor=anchor)
        return self._with_first_months(part, _Resolved(self._in_year(part, year), anchor=anchor))

    def _same_period(self, year: int, mention: Mention) -> tuple[Point, Point] | None:
        """The months with which 去年同期 is compared: 上半年收入5亿元,去年同期4亿元;支出3亿元,去年同期2亿元 tells of one half; None after a whole year."""
        latest = self._if_near(self._latest, mention)
        if latest is not None and latest.last.year == year + 1 and latest.last.first_month is None:
            return None
        for before in (latest, self._stretch):
            if before is not None and before.last.year == year + 1 and mention.start - before.end <= _FAR and (span := _compared(before)) is not None:
                return span
        return None

    def _relative_month(self, part: DatePart, mention: Mention) -> _Resolved | None:
        step = part.month_step or 0
        if part.near:
            seen = self._if_near(self._latest_month, mention)
            if seen is None or seen.last.month is None:
                return None
            year, month = step_months(seen.last.year if seen.last.year is not None else 2000, seen.last.month, step)
            known = seen.last.year is not None
            return _Resolved(Point(year if known else None, month, part.day), anchor=f"text:{seen.last.edtf}")
        now = self._day_now(mention.start)
        if now is None:
            return None
        year, month = step_months(now.day.year, now.day.month, step)
        if part.day is not None and part.day > month_length(year, month):
            return None
        return _Resolved(Point(year if now.year_known else None, month, part.day), anchor=now.label)

    def _relative_day(self, part: DatePart, mention: Mention) -> _Resolved | None:
        step = timedelta(part.day_step or 0)
        if part.near:
            seen = self._if_near(self._latest_day, mention) if step else self._day_told(mention)
            day = seen.last.whole_day if seen else None
            if seen is not None and day is None and seen.last.month and not step:
                return _Resolved(seen.last, anchor=f"text:{seen.last.edtf}")
            return _Resolved(point_of(day + step), anchor=f"text:{day.isoformat()}") if day and day.year < 9999 else None
        now = self._day_now(mention.start)
        if now is None:
            return None
        try:
            counted = now.day + step
        except OverflowError:
            return None
        if part.day is not None and part.day != counted.day:  # 昨(27)日 printed a day late: the number is right
            return self._bare_day(part._replace(day_step=None), mention)
        return _Resolved(Point(counted.year if now.year_known else None, counted.month, counted.day), anchor=now.label)

    def _day_told(self, mention: Mention) -> _Seen | None:
        """The day that 同日 means: the one told last, or the day of the news where that is only background.

        Background is a day in the middle of a sentence of the paragraph before: 甲公司7月28日签约, and then 同日放榜的乙公司.
        """
        seen, news = self._if_near(self._latest_day, mention), self._news
        if news is None or mention.start - news.end > _FAR or not self._folded.startswith("同", mention.start):
            return seen
        if seen is None:
            return news
        told, reported = seen.last.whole_day, news.last.whole_day
        opens = not self._folded[self._folded.rfind("\n", 0, mention.start) + 1 : mention.start].strip()
        background = told is not None and reported is not None and told < reported and not self._begins_sentence(seen.start)
        return news if opens and background else seen

    def _relative_week(self, part: DatePart, mention: Mention) -> _Resolved | None:
        now = self._day_now(mention.start)
        if now is None or not now.year_known or not 2 < now.day.year < 9998:
            return None
        monday = now.day - timedelta(now.day.weekday())
        if part.weekday is None:
            begin = monday + timedelta(7 * (part.week_step or 0) + (5 if part.whole_weekend else 0))
            return _Resolved(point_of(begin), point_of(monday + timedelta(7 * (part.week_step or 0) + 6)), now.label)
        if part.week_step is not None:
            return _Resolved(point_of(monday + timedelta(7 * part.week_step + part.weekday)), anchor=now.label)
        ahead = (part.weekday - now.day.weekday()) % 7
        day = now.day + timedelta(ahead if self._is_future(mention) or not ahead else ahead - 7)
        return _Resolved(point_of(day), anchor=now.label)

    def _relative_quarter(self, part: DatePart, mention: Mention) -> _Resolved | None:
        now = self._day_now(mention.start)
        if now is None or not now.year_known:
            return None
        index = now.day.year * 4 + (now.day.month - 1) // 3 + (part.quarter_step or 0)
        return _Resolved(Point(index // 4, period=33 + index % 4), anchor=now.label)

    # ---- dates that leave out their year or month -------------------------------------------------------------------

    def _is_future(self, mention: Mention) -> bool:
        """Whether the clause around a date tells of what is to come: 将于周三举行, 预计7月份开工."""
        folded = self._folded
        begin = max(0, mention.start - _CLAUSE_BEFORE)
        for end in _CLAUSE_END.finditer(folded, begin, mention.start):
            begin = end.end()
        stop = _CLAUSE_END.search(folded, mention.end, mention.end + _CLAUSE_AFTER)
        finish = stop.start() if stop else min(len(folded), mention.end + _CLAUSE_AFTER)
        return bool(self._future.search(folded, begin, mention.start) or self._future.search(folded, mention.end, finish))

    def _same_sentence(self, seen: _Seen, mention: Mention) -> bool:
        return mention.start - seen.end <= _NEAR and _SENTENCE_END.search(self._folded, seen.end, mention.start) is None

    def _begins_sentence(self, start: int) -> bool:
        return start == 0 or bool(_SENTENCE_END.match(self._folded[start - 1])) or self._folded[start - 1] in " \u3000"

    def _bare_day(self, part: DatePart, mention: Mention) -> _Resolved | None:
        """廿七日: of the month just told of, else the last such day before the article (the next one, where it is to come)."""
        day = part.day or 1
        now = self._day_now(mention.start)
        seen = self._latest_month
        if seen is not None and seen.last.month is not None and mention.start - seen.end <= _NEAR and part.day_step is None:
            last = seen.last
            close = last.whole_day
            told = last.day is None and self._same_sentence(seen, mention) and mention.start - seen.end <= _SAME_BREATH
            follows = (
                last.day is not None
                and day >= last.day
                and (
                    now is None
                    or day == last.day
                    or self._same_sentence(seen, mention)
                    or (close is not None and abs((now.day - close).days) <= _SAME_STORY)
                    or (self._begins_sentence(seen.start) and self._begins_sentence(mention.start))
                )
            )
            if follows and seen.last_month and now is not None and self._is_yesterday(day, now) and not self._same_sentence(seen, mention):
                follows = False  # 上月21日通过。26日移送, in the paper of the 27th
            if (told or follows) and day <= month_length(last.year, seen.last.month):
                return _Resolved(Point(last.year, last.month, day), anchor=f"text:{last.edtf}")
        if now is not None and now.year_known:
            if self._is_future(mention):
                for ahead in range(3):
                    year, month = step_months(now.day.year, now.day.month, ahead)
                    if day <= month_length(year, month) and date(year, month, day) >= now.day:
                        return _Resolved(Point(year, month, day), anchor=now.label)
            such = self._last_such_day(None, day, now.day)
            return _Resolved(point_of(such), anchor=now.label) if such else None
        if seen is not None and seen.last.month is not None and day <= month_length(seen.last.year, seen.last.month):
            return _Resolved(Point(seen.last.year, seen.last.month, day), anchor=f"text:{seen.last.edtf}")
        if now is not None and day <= month_length(None, now.day.month):
            return _Resolved(Point(None, now.day.month, day), anchor=now.label)
        return _Resolved(Point(None, None, day))

    def _is_yesterday(self, day: int, now: _Anchor) -> bool:
        """Whether a day of the month is one of the last few before the article."""
        such = self._last_such_day(None, day, now.day)
        return now.year_known and such is not None and (now.day - such).days <= _NEWS

    def _year_left_out(self, part: DatePart, mention: Mention, event: bool) -> _Resolved | None:
        """7月2日, 6月, 第三季, 前10个月: in the year just told of, or the one that fits the article's day."""
        year, anchor = self._left_out_year(part, mention, event)
        point = self._in_year(part, year)
        if part.day is not None and part.month is not None and part.day > month_length(year, part.month):
            point = self._in_year(part, None)  # 2月29日 of no leap year
            anchor = None
        return self._with_first_months(part, _Resolved(point, anchor=anchor))

    def _left_out_year(self, part: DatePart, mention: Mention, event: bool) -> tuple[int | None, str | None]:
        begin, end = self._months(part)
        now = self._now if self._now is not None and self._now.year_known else None
        future = self._is_future(mention)
        seen = self._latest_told if now is not None else self._latest_year
        if now is None:
            if seen is None or seen.last.year is None:
                return None, None
            year = seen.last.year
            later = (end, part.day or 31) < (seen.last.first_month or 0, seen.last.day or 1)
            return year + 1 if future and later else year, f"text:{year}"
        by_now = now.day.year
        starts = _day(by_now, begin, part.day or 1)
        ends = _day(by_now, end, part.day or 31)
        if event:
            return (by_now if starts <= now.day else by_now - 1), now.label
        fresh = part.day is not None and 0 <= (now.day - starts).days <= _RECENT
        if seen is not None and not fresh and not event and (told := self._told_year(part, seen, mention, begin)) is not None:
            return told, f"text:{told}"
        cumulative = part.first_months is not None or (mention.parsed.last is not None and part.month == 1 and part.day is None)
        if future:
            if (now.day - ends).days > 150:
                by_now += 1
        elif cumulative:
            last = mention.parsed.last.month if mention.parsed.last is not None else None
            if (_day(by_now, last or end, 31) - now.day).days > 31:
                by_now -= 1
        elif starts > now.day:
            late = _LATE_HALF if part.period is not None and part.period >= 40 else _LATE_PERIOD
            if (now.day - _day(by_now - 1, end, part.day or 31)).days <= late:
                by_now -= 1
        return by_now, now.label

    def _told_year(self, part: DatePart, seen: _Seen, mention: Mention, begin: int) -> int | None:
        """The year of the story so far: 2012年4月1日签约,6月30日完成; both in one sentence, or each at the head of its own."""
        year = seen.last.year
        if year is None or (not seen.stated and self._now is not None and year == self._now.day.year):
            return None
        order = (begin, part.day or 31)
        if self._same_sentence(seen, mention):
            if seen.last.first_month is None:
                return year if seen.whole and mention.start - seen.end <= _SAME_BREATH else None
            return year if order >= (seen.last.first_month, seen.last.day or 1) else None
        if seen.stated and seen.last.first_month is not None and mention.start - seen.end <= _NEAR:
            both_first = self._begins_sentence(seen.start) and self._begins_sentence(mention.start)
            return year if both_first and order >= (seen.last.first_month, seen.last.day or 1) else None
        return None

    @staticmethod
    def _months(part: DatePart) -> tuple[int, int]:
        """First and last month of a part that says one."""
        if part.period is not None:
            first, last = PERIODS[part.period]
            return first, min(last, MONTHS_OF_YEAR)
        if part.first_months is not None:
            return 1, part.first_months
        month = part.month or 1
        return month, month


def _compared(seen: _Seen) -> tuple[Point, Point] | None:
    """The months that 去年同期 is compared with; None for days."""
    if seen.period is not None:
        return seen.period
    first, last = seen.first, seen.last
    return (first, last) if first.day is None and first.first_month is not None and first.year == last.year else None


def _year_before(point: Point) -> Point:
    return point._replace(year=point.year - 1) if point.year is not None else point


def _completed(first: DatePart, last: DatePart) -> DatePart:
    """The beginning of a range with what only its end says: 28日至6月2日 begins in May, 4月30日至2018年7月29日 in 2018."""
    if first.month is None and first.day is not None and first.day_step is None and last.month is not None:
        back = 1 if last.day is not None and last.day < first.day else 0
        first = first._replace(month=(last.month - 1 - back) % MONTHS_OF_YEAR + 1)
    if first.year is None and first.year_step is None and first.month is not None and last.year is not None:
        ordered = (first.month, first.day or 0) <= (last.month or MONTHS_OF_YEAR, last.day or 31)
        first = first._replace(year=last.year - (0 if ordered else 1))
    return first


@lru_cache(maxsize=1 << 14)  # an article comes back to its dates
def _resolved(edtf: str, modifier: DateModifier | None, anchor: str | None) -> DateValue:
    start, end = bounds(edtf, modifier)
    return DateValue.of_fields({"edtf": edtf, "start": start, "end": end, "modifier": modifier, "anchor": anchor, "unresolved": False})


@lru_cache(maxsize=1 << 10)
def _unresolved(edtf: str, modifier: DateModifier | None = None, anchor: str | None = None) -> DateValue:
    return DateValue.of_fields({"edtf": edtf, "start": None, "end": None, "modifier": modifier, "anchor": anchor, "unresolved": True})


def _published(text: Text) -> _Anchor | None:
    """The publication date as an anchor; none where the metadata names a day that does not exist."""
    published = text.article.published if text.article else None
    try:
        return _Anchor(date.fromisoformat(published), f"published:{published}") if published else None
    except ValueError:
        return None


def _day(year: int, month: int, day: int) -> date:
    return date(min(max(year, 1), 9999), month, min(day, month_length(year, month)))


@Language.factory("jianbao_resolved_dates", default_config={"lexicon": "date_words"})
def make_resolved_dates(nlp: Language, name: str, lexicon: str) -> ResolverComponent:
    """The component that resolves dates."""
    return ResolverComponent(DateResolver(load_lexicon(lexicon)))
