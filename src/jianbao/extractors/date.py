"""Dates: calendar expressions as printed, such as 2018年3月7日, 二○一六年, 民國112年5月, 去年8月, 昨（27）日, 上週五, 6月至8月.

What an expression states goes into `mention.parsed` (a `DateReading`); what it leaves to the article is the resolver's business.
Durations (三天, 3年), recurring dates (每年7月) and vague words (近日) are not found.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from spacy.language import Language

from jianbao.chronology import DatePart, DateReading, month_length
from jianbao.component import MentionComponent
from jianbao.lexicon import DateWordEntry, Lexicon, load_lexicon
from jianbao.numerals import read_number, zeros_for_letters
from jianbao.records import DateModifier
from jianbao.text import Hit, Mention, Text

# ---- fragments over folded text, without named groups -----------------------------------------------------------------

_DIGITS = "0123456789"
_ONES = "一二三四五六七八九"
_POSITIONAL = f"〇零{_ONES}"
_NUMERAL = f"{_POSITIONAL}十百千万亿廿卅两"
_YEAR_4 = r"(?:1\d|20|21)\d\d"
_YEAR_C = rf"[一二][{_POSITIONAL}]{{3}}"
_MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{_ONES}]|元)"
_DAY = rf"(?:3[01]|[12]\d|0?[1-9]|[二三]?十[{_ONES}]?|廿[{_ONES}]?|卅一?|[{_ONES}])"
_TO = r"\ ?(?:-{1,2}|—{1,2}|~|至|到)\ ?"
_AND = rf"(?:{_TO}|[、和与及])"
_GAP = r"\ ?的?\ ?"

# Not inside a longer number, a time, a decimal, a path, or a count: 第3日, 几个月, 数十日; 指数14日 is a day.
_FREE = rf"(?<![\d/A-Za-z_第几多{_NUMERAL}])(?:(?<!数)|(?<=[指总件次]数))(?<!\d[.:])"

# 2018年, 2018年度, 2018学年, 2016—2020年, 2016、2017年, 2018-19年度, 2026至27财政年度, 二〇一八至一九年度, 2024|全年.
_YEAR_WORD = r"(?:财政年度|会计年度|学年度?|财年|年度?)"
_ACCOUNTS = r"(?:财政年度|会计年度|学年|财年|年度)"
_ARABIC_YEAR = (
    rf"(?<![\d/])(?<!\d[.-]){_YEAR_4}(?:(?:(?:{_AND}|/){_YEAR_4}|[-/—]\d\d(?!\d)|[至到]\d\d(?=\ ?{_ACCOUNTS})){{0,4}}\ ?{_YEAR_WORD}|(?=全年))"
)
_CHINESE_YEAR = rf"(?<![{_NUMERAL}]){_YEAR_C}(?:{_AND}{_YEAR_C}|[/至到-][{_POSITIONAL}]{{2}}(?={_ACCOUNTS})){{0,4}}{_YEAR_WORD}"
# 民国114年, and the same year said again: 民国114年(2025年), 民国114年(公元2025).
_REPUBLIC_YEAR = rf"(?:中华)?民国(?:元|\d{{1,3}}|[{_POSITIONAL}十百廿卅]{{1,5}})\ ?(?:学年度?|年度?)(?>(?:\((?:公元|西元)?(?:1[89]|20)\d\d年?\))?)"
_COMMON_ERA_YEAR = r"公元前?\d{1,4}年"
# 112年, 一一二年, 108学年度, 112至115年, 107及108年: years of the Republic without its name. 100年来, 110年历史 are durations.
_BARE_REPUBLIC_YEAR = (
    rf"(?:(?<![\d/.])(?<!\d-)(?:1[01]\d{_AND})?1[01]\d|(?<![{_NUMERAL}])(?:一[〇零一][{_POSITIONAL}]{_TO})?一[〇零一][{_POSITIONAL}])\ ?(?:学年度?|年度|年(?![来前后间内以期历老多级]|的历史|之久|校庆|的?传统|[基大]业|品牌))"
    rf"|(?:(?<=1[01]\d年[至到~-])|(?<![\d/.-])1[01]\d{_TO})1[01]\d年(?=间)"  # 110年至113年|间, 112至115年|间
    rf"|(?<![{_NUMERAL}])(?:[八九]十[{_ONES}]?|一百(?:[〇零][{_ONES}]|一?十[{_ONES}]?)?)年(?={_MONTH}月)"
)
# 08年, 98年5月, 19年上半年, 早在92年; 15年 alone is a duration.
_SHORT_YEAR = (
    r"(?<![\d./%-])(?<!\d:)(?:0\d年(?![来前后间内以期代])"
    r"|\d\d年(?=(?:1[0-2]|0?[1-9])月(?!饼)|[一二三四]季|[上下]半年|[前首].季|第[一二三四]季|全年|Q\d)|(?<=[从自于在较比])[5-9]\d年(?![来前后间内以期代的多]))"
)
# 九七年, 〇八年; 五六年 and 八九年 may be five or six years.
_SHORT_CHINESE_YEAR = rf"(?<![{_NUMERAL}])(?:[〇零][{_ONES}]|[五六七八九][〇零一二三四]|九[五六七]|八[五六七八]|七[五六七])年(?![代来前后间以内期多])"

# A month or several, days of a month, a quarter, a half, the first months.
# 9月份90亿元, 9月12家; but 9月15 has lost its 日, 八月十五 and 五月初五 are of the lunar year, 6月龄 is an age, 一月 may be the end of 同一|月.
_MONTHS = (
    rf"(?!(?<=[同统这那某其唯单逐任])一月){_MONTH}(?:{_AND}{_MONTH}){{0,3}}"
    r"月(?:份(?!份)|(?![份饼龄嫂薪]|\ ?\d{1,2}(?:[^\d.\u4e00-\u9fff]|[日号月至到]|\Z)|\ ?[十廿]|初[一二三四五六七八九十]))"
)
_DAYS = rf"{_DAY}(?:{_AND}{_DAY}){{0,4}}\ ?日"
_MONTH_DAYS = rf"{_MONTH}月\ ?{_DAY}(?:{_AND}{_DAY}){{0,4}}\ ?(?:日|号(?![线楼院馆厅桌门店机井]))"
_QUARTER = (
    rf"(?:第?[一二三四1-4](?:季度?)?{_TO}第?[一二三四1-4]季度?|第?[一二三四1-4][、和与及][一二三四1-4]季度?"
    r"|第\ ?[一二三四1-4]\ ?季度?|[一二三四1-4]季度|[一二三四]季(?=[末初底])|[首末]季度?|[前首头][两二三23]个?季度?"
    r"|(?<![A-Za-z\d])[Qq][1-4](?:[-—~至][Qq]?[1-4])?(?![A-Za-z\d])|(?<![A-Za-z\d.])[1-4][Qq](?![A-Za-z\d]))(?!节|报|赛)"
)
# 前11月, 前十月, 首五月 (but 前|3月5日); 前一月 is the month before.
_FIRST_MONTHS = rf"[前首头](?:(?:1[0-2]|[1-9]|十[一二]?|[两{_ONES}])个月|(?:1[0-2]|[1-9]|十[一二]?|[二三四五六七八九])月份?(?!\d{{1,2}}[日号]|[{_ONES}十廿]{{1,3}}[日号]|[初中底末]))"
# 上周五 but not 上周|五粮液, 上周|四川.
_WEEKDAY = (
    r"(?:周(?:一(?![汽带次个家样])|二(?![手胎十])|三(?![峡亚明沙星只大个家]|一重)|四(?![川大个家平])|五(?![粮矿大个家])|六(?![安福国大个家])|日(?![报刊本均]))"
    r"|(?:星期|礼拜)[一二三四五六日天])"
)

# Numeric forms. 2018-03-07, 2018/3/7, 2018.3.7; not in a path or a version of four numbers.
_ISO = r"(?<![\d./_A-Za-z-])(?:19|20)\d\d(?P<mark>[-/.])(?:1[0-2]|0?[1-9])(?P=mark)(?:3[01]|[12]\d|0?[1-9])(?![\d%]|[-/.]\d)"
# 25/02/2023, 28.09.2015, 27-09-2019: the day first; in two digits each, or it could be a ratio.
_DAY_FIRST = r"(?<![\d./_A-Za-z-])(?:3[01]|[12]\d|0[1-9])(?P<point>[/.-])(?:1[0-2]|0[1-9])(?P=point)(?:19|20)\d\d(?![\d%]|[./-]\d)"
# 112/08/17 in a Taiwan text, and 12/18 before a time of day.
_REPUBLIC_SLASHED = r"(?<![\d./_A-Za-z-])(?:[89]\d|1[0-3]\d)/(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])(?![\d%]|[./-]\d)"
_DAY_AND_TIME = r"(?<![\d./_A-Za-z-])(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])(?=\ (?:[01]?\d|2[0-3]):[0-5]\d(?!\d))"
_ISO_MONTH = r"(?<![\d./_A-Za-z-])(?:19|20)\d\d[-/](?:0[1-9]|1[0-2])(?=[)\]】\ \n]|\Z)"
_YEAR_QUARTER = r"(?<![\d./_A-Za-z-])(?:20\d\d\ ?[QqHh][1-4]|[1-4][Qq][12]\d|[12][Hh][12]\d)(?![A-Za-z\d.])"
# 3·30, 9·11; 3·5亿 is a decimal.
_DOTTED = r"(?<![\d·.])(?:1[0-2]|[1-9])·(?:3[01]|[12]\d|0?[1-9])(?![\d·%万亿元倍个吨])"
# What is counted or measured after a bare number: 2018万, 2018人 but 2018人工智能大会, 2018台湾.
_COUNTED = (
    r"(?:[万亿千百元吨个户股只件辆点度字页多余亩分届套批次条位项篇份棵座栋艘架层年月号箱袋瓶毫厘克升瓦倍种例宗支双张幅根盒桶班趟圆盏尾匹颗粒片块款头间所]"
    r"|人(?![工民才文居])|家(?![庭电居])|名(?!家)|台(?![湾北州商海])|米(?!兰)|里(?![约斯])|部(?!长)|公[里斤顷吨尺]|平[方米]|美[元金]|港[元币]|欧元|日[元圆]|英[镑里尺])"
)
# 1999-2017, as in a copyright line or (2016-2020): no telephone number, pages or amounts.
_BARE_YEARS = rf"(?<![\d./_A-Za-z:-])(?:19|20)\d\d\ ?(?:-|—{{1,2}}|~|至)\ ?(?:19|20)\d\d(?![\d%/-]|\.\d|\ ?{_COUNTED})"
# 2018 before a place or 世界杯, or as an edition in 《统计年鉴(2018)》: what stands after it decides.
_BARE_YEAR = rf"(?<![\d./A-Za-z_%$+·第达约近超-])(?:19[5-9]\d|20[0-4]\d)(?!{_COUNTED})(?=[\u4e00-\u9fff]|\)》)"

# Decades, centuries, five-year plans.
_ERA_PART = r"(?:初期?|早期|前期|中叶|中后期|中期|中|末期?|末叶|后期)"
_CENTURY = r"(?:上个?|本|二十一?|十[六七八九]|1[5-9]|2[01])世纪"
_DECADE = (
    rf"(?<![\d{_NUMERAL}])(?:{_CENTURY}|(?:19|20)(?=\d0))?(?:[{_ONES}]十?(?:{_AND})?[{_ONES}]十|[{_ONES}]十|(?:[1-9]0?{_AND})?[1-9]0)年代{_ERA_PART}?"
)
# 上世纪, 19世纪末, 16世纪; 21世纪 alone is a word of slogans and brands unless something happens in it.
_ERA = (
    rf"(?<![\d{_NUMERAL}])(?:(?:上个?|本)世纪{_ERA_PART}?|{_CENTURY}{_ERA_PART}|(?:1\d|十[{_ONES}])世纪"
    r"|(?<=[在到于自从入])(?:2[01]|二十一?)世纪)"
)
_QUOTED_PLAN = r"[“‘\"](?:[六七八九十]五|十[一二三四五六]五)[”’\"](?:[初末]期?)?"
_PLAN = rf"(?<![\d{_NUMERAL}])十[一二三四五六]五(?:[初末]期?|(?=规划|期间|时期|计划|以来|开局|收官|中期|建设|重点|[、和与及]))"

# 今明两年, 明后两年, 今明两天.
_PAIR = r"(?:今明|明后|昨今|前昨|去今)[两二]?[年天日](?!本)"
# 昨(27)日, 昨(十四)日, 本(6)月, 今(2024)年, 去(一一二)年.
_BRACKETED_DAY = rf"[昨今明前]\ ?\({_DAY}日?\)\ ?[日天晚早晨]|[昨今明]\ ?\((?:3[01]|[12]\d|0?[1-9])日?\)"
# 市长今赴高雄, 部长今在立法院: Taiwan and Hong Kong print 今 alone. Elsewhere it is 如今, or of old.
_TODAY_ALONE = (
    r"(?<![如至迄当古现而于从自到是直非昨抚])今(?=[赴受邀举获召宣](?!年|次)|在(?!年|次|朝|日)|与(?!古|昔|往)|出席|表示|指出|说[,:明]|特地|进行|发[布表]|公布|主持|接受|率[团领队]|拜会|会见|开[会庭幕盘]|上午|下午"
    r"|傍晚|凌晨|清晨|再[度次]|首[度次]|正式|通过|三读|审[查议理]|举[行办]|登场|揭[幕晓牌]|出炉|启[用动程]|动土|落成|签[署约订]|拍板|裁定|核[定准]|判决|起诉|约谈|抵[达台港]|收盘|完成)"
)
_BRACKETED_MONTH = rf"[本上下今]\({_MONTH}月?\)月"
_BRACKETED_YEAR = rf"[今去明前本后上]\((?:(?:19|20)?\d\d\d?|{_YEAR_C}|[{_POSITIONAL}十百]{{2,5}})年?\)年"
_YEAR_IN_BRACKETS = rf"(?:\((?:{_YEAR_4}|民国\d{{2,3}})年?\))?"

_NUMERAL_YEAR = rf"{_YEAR_4}年\(民国\d{{1,3}}年\)|{_ARABIC_YEAR}|{_CHINESE_YEAR}|{_BARE_REPUBLIC_YEAR}|{_SHORT_YEAR}|{_SHORT_CHINESE_YEAR}"
_NAMED_YEAR = f"{_REPUBLIC_YEAR}|{_COMMON_ERA_YEAR}|{_BRACKETED_YEAR}"

# ---- what stands around a date ----------------------------------------------------------------------------------------

# It comes round again (每年7月) or is of another calendar (农历八月).
_RECURRING = re.compile(r"(?:每年|历年|往年|每月|常年|每逢|每周|农历|阴历|旧历)[的于在约]?\Z")
_RECURRING_ENDS = frozenset("年月逢周历的于在约")
# 27日 alone is a day of the month; these make it a stretch of days: 为期3日, 30日内, 10日均线.
_COUNT_BEFORE = re.compile(r"(?:前|后|近|为期|连续?|过去|未来|最近|达|共|满|足|逾|超过?|约|这|那|另|每|停留|不到|再|历时|用时|耗时|[正腊冬]月)的?\Z")
_COUNT_AFTER = re.compile(
    r"[内游线均间元圆薪龄利后]|之[内后间久]|以[内上后下]|外访|访[^日前,。;\n]{1,6}之?[行旅]|之?行程|之[行旅]|\d夜|[一二两三]夜|为限|年化|连续|的?时间|平均|交易|移动|累计|本(?![报台刊网市省县港公院地社])"
)
# 三日 needs more to be the third: 五日表示, 三日上午; 一日 is a day.
_DAY_ANNOUNCED = re.compile(
    r"[在于举召发公宣表指说起电讯签抵赴晚凌下清傍深午夜报(与和就对向将正从]|上午|中[午旬]|早[上晨]|开[始幕盘]|收盘|闭幕|透露|强调|启程|接受|通过|前往|会[见晤]"
)
_DEADLINE = re.compile(r"[于在到至]\Z")
# 2000年历史, 距今1000年: a round number of years is a duration here.
_ERA_LENGTH_BEFORE = re.compile(r"(?:[约近逾达有超]|超过|距今|历经|长达)\Z")
# 100年 after these is no year of the Republic but a time.
_LENGTH_BEFORE = re.compile(
    r"(?:[约近逾达满共超每历隔整]|超过|不到|不足|将近|至少|最多|最长|已有|历经|历时|长达|高达|成立|创立|立足|迄今|至今|距今|相隔|时隔|持续|存在|走过|跨越|未来|过去|租期|年限|期限|寿命)\Z"
)
_ERA_LENGTH_AFTER = re.compile(r"(?:以?[前来上]|的?历史|之久|左右|间|的?时间|的?文明)")
_TITLE_BEFORE = '《“‘"【\n'

_LINK = re.compile(_TO)
_NUMBER = re.compile(rf"\d+|[{_POSITIONAL}十百廿卅]+|元|两")
_REPUBLIC_ALONE = re.compile(rf"(?:(?:1[01]\d{_AND})?1[01]\d|(?:一[〇零一][{_POSITIONAL}]{_TO})?一[〇零一][{_POSITIONAL}])\D*")

_REPUBLIC_BEGINS = 1911
_PIVOT = 40  # 39年5月 is 2039, 40年5月 is 1940
_PART_OF_ERA: dict[str, DateModifier] = {"初": "start", "早": "start", "前": "start", "中": "mid", "末": "end", "后": "end"}
_WEEKDAYS = {day: index for index, day in enumerate("一二三四五六日")} | {"天": 6}
_WEEK_STEPS = {"上上": -2, "上": -1, "本": 0, "这": 0, "今": 0, "下": 1, "下下": 2}
_PLAN_BEGINS = {"六": 1981, "七": 1986, "八": 1991, "九": 1996, "十": 2001}
_FIRST_QUARTER = 33
_HALVES = {"上": 40, "前": 40, "首": 40, "下": 41, "后": 41}


def _numbers(printed: str) -> list[int]:
    """The numerals in a folded expression: 廿七 is 27, 元 1, 二〇一八 2018."""
    found = []
    for numeral in _NUMBER.findall(printed):
        value = {"元": 1, "两": 2}.get(numeral) or read_number(numeral)
        found.append(int(value) if value is not None else 0)
    return found


class _Year(NamedTuple):
    """A year as stated: one or the two ends of a range, and how a Taiwan text reads it."""

    first: int
    last: int | None = None
    republic: int | None = None
    taiwan_only: bool = False


@lru_cache(maxsize=4096)
def _read_year(printed: str) -> _Year | None:
    """2016—2020年, 二〇一六年, 民国112年, 公元前221年, 98年, 今(2024)年; None for years that run backwards."""
    numbers = _numbers(printed.replace("公元", ""))
    if "(民国" in printed:
        return _Year(numbers[0])
    if "民国" in printed:
        return _Year(numbers[0] + _REPUBLIC_BEGINS)
    if printed.startswith("公元"):
        return _Year(1 - numbers[0] if "前" in printed else numbers[0])
    if "(" in printed:
        return _Year(numbers[0] + (_REPUBLIC_BEGINS if numbers[0] < 1000 else 0))
    if numbers[0] >= 1000:
        last = numbers[-1] + (numbers[0] // 100 * 100 if numbers[-1] < 100 else 0)
        if last < numbers[0]:
            return None
        return _Year(numbers[0], last if len(numbers) > 1 else None)
    if _REPUBLIC_ALONE.fullmatch(printed):
        year, last = numbers[0] + _REPUBLIC_BEGINS, numbers[-1] + _REPUBLIC_BEGINS
        if last < year:
            return None
        return _Year(year, last if len(numbers) > 1 else None, republic=year, taiwan_only="学年" not in printed)
    short = numbers[0]
    if short >= 100:
        return _Year(short + _REPUBLIC_BEGINS)
    return _Year(short + (2000 if short < _PIVOT else 1900), republic=short + _REPUBLIC_BEGINS if short >= _PIVOT else None)


class _Found(NamedTuple):
    """An expression with its place, before ranges are put together."""

    start: int
    end: int
    rule: str
    reading: DateReading
    used: tuple[str, ...]


class DateExtractor:
    """Finds calendar expressions and reads what they state."""

    def __init__(self, words: Lexicon) -> None:
        self._words: dict[str, DateWordEntry] = words.by_surface
        senses: dict[str, list[str]] = {}
        units: dict[str, list[str]] = {}
        for surface, entry in self._words.items():
            senses.setdefault(entry.sense, []).append(surface)
            if entry.sense in ("now", "near"):
                units.setdefault(entry.unit or "", []).append(surface)
        part = "|".join(self._guarded(surface) for surface in sorted(senses["part"], key=_longest_first))
        season = "|".join(map(re.escape, senses["season"]))
        self._begins, self._master = (re.compile(_of_ascii_digits(pattern)) for pattern in _patterns(part, season, senses["stop"], units))
        self._part_at_end = re.compile(rf"(?:{'|'.join(sorted(senses['part'], key=_longest_first))})\Z")
        self._headed = re.compile(_alternation([*senses["headed"], *senses["season"]]))
        self._sub = lru_cache(maxsize=8192)(self._read_sub)
        self._in_calendar = lru_cache(maxsize=8192)(self._read_calendar)
        self._readers: dict[str, Callable[[re.Match[str], Text], tuple[DateReading, tuple[str, ...]] | None]] = {
            "numeric": self._numeric,
            "numeric_day_first": self._numeric_day_first,
            "numeric_republic": self._numeric_republic,
            "numeric_day": self._numeric_day,
            "numeric_month": self._numeric_month,
            "year_quarter": self._year_quarter,
            "decade": self._decade,
            "century": self._century,
            "plan": self._plan,
            "quoted_plan": self._plan,
            "decade_of": self._decade,
            "century_of": self._century,
            "bracketed_day": self._bracketed_day,
            "today_alone": self._today_alone,
            "calendar": self._calendar,
            "named_year": self._calendar,
            "relative_year": self._relative_year,
            "relative_month": self._relative_month,
            "pair": self._pair,
            "dotted": self._dotted,
            "partial": self._partial,
            "part_of": self._partial,
            "days": self._days,
            "bare_years": self._years,
            "bare_year": self._year,
            "weekday": self._weekday,
            "relative_week": self._relative,
            "relative_day": self._relative,
        }

    def _guarded(self, surface: str) -> str:
        refused = self._words[surface].not_before
        return re.escape(surface) + (f"(?![{re.escape(refused)}])" if refused else "")

    def find(self, text: Text) -> Iterator[Mention]:
        """The calendar expressions of `text`, what they state in `parsed`; their values wait for the resolver."""
        folded = zeros_for_letters(text.folded)
        found: list[_Found] = []
        done = 0
        for beginning in self._begins.finditer(folded):
            start = beginning.start()
            if start < done or (match := self._master.match(folded, start)) is None:
                continue
            rule, done = match.lastgroup or "", match.end()
            if rule == "stop" or (start and folded[start - 1] in _RECURRING_ENDS and _RECURRING.search(folded, max(0, start - 4), start)):
                continue
            read = self._readers[rule](match, text)
            if read is not None:
                found.append(_Found(start, done, rule, *read))
        for start, end, rule, reading, used in _put_ranges_together(folded, found):
            yield Mention("date", start, end, f"date.{rule}", None, reading, used)

    # ---- one reader per branch of the pattern: what is stated and the lexicon entries used, or None for a near miss -----

    def _word(self, surface: str, folded: str, start: int, end: int) -> DateWordEntry | None:
        """The entry of a word, unless a neighbour makes it another word."""
        entry = self._words[surface]
        if (start and folded[start - 1] in entry.not_after) or (folded[end : end + 1] and folded[end] in entry.not_before):
            return None
        if surface[-1] == "日" and folded[end : end + 1] == "本" and folded[end + 1 : end + 2] not in "报台刊网市省县港公院地社":
            return None  # 同日本首相 names Japan; 昨日本报 does not
        return entry

    def _calendar(self, match: re.Match[str], text: Text) -> tuple[DateReading, tuple[str, ...]] | None:
        """2018年3月7日, 二〇一六年, 2016—2020年, 民国112年, 公元前221年."""
        year, after, part, named, named_after, named_part = match.group("year", "after", "part", "named", "named_after", "named_part")
        printed, after = year or named, after or part or named_after or named_part
        reading = self._in_calendar(printed, after)
        if reading is None:
            return None
        if reading.taiwan_only and _LENGTH_BEFORE.search(text.folded, max(0, match.start() - 2), match.start()):
            return None
        stated = reading.first.year or 0
        if (stated < 1600 or stated % 100 == 0) and not after and len(printed) == 5:
            before = _ERA_LENGTH_BEFORE.search(text.folded, max(0, match.start() - 2), match.start())
            if before or (_ERA_LENGTH_AFTER.match(text.folded, match.end()) and stated < 2000):
                return None
        return reading, ()

    def _read_calendar(self, printed: str, after: str | None) -> DateReading | None:
        """2018年 and 3月7日; None for years that run backwards and days that no month has."""
        first, last = self._sub(after) if after else (DatePart(), None)
        year = _read_year(printed)
        if year is None or first is None:
            return None
        begin = DatePart(year=year.first)
        if year.last is not None:
            end = DatePart(year=year.last)
            ends = (_merged(first, begin), _merged(first, end)) if last is None else (begin, end)
            return DateReading(*ends, republic_year=year.republic, republic_last=year.republic and year.last, taiwan_only=year.taiwan_only)
        taiwan_only = year.taiwan_only and not (after and "月" in after)
        return DateReading(
            _merged(first, begin),
            _merged(last, begin) if last else None,
            republic_year=year.republic,
            republic_last=year.republic,
            taiwan_only=taiwan_only,
        )

    def _relative_year(self, match: re.Match[str], text: Text) -> tuple[DateReading, tuple[str, ...]] | None:
        """去年, 今年(2024年)4月, 去年底, 明年首季, 同年9月, 去年同期, 今春."""
        word, _, bracket = match["word"].partition("(")
        entry = self._word(word, text.folded, match.start(), match.start() + len(word))
        if entry is None:
            return None
        period = int(entry.code) if entry.code else None
        year = DatePart(year_step=entry.step, near=entry.sense == "near", period=period)
        if bracket:
            number = _numbers(bracket)[0]
            year = DatePart(year=number + (_REPUBLIC_BEGINS if number < 1000 else 0), period=period)
        after = match["word_after"] or match["word_part"]
        if not after:
            return DateReading(year), (entry.id,)
        first, last = self._sub(after)
        if first is None or period is not None:
            return None
        return DateReading(_merged(first, year), _merged(last, year) if last else None), (entry.id,)

    def _relative_month(self, match: re.Match[str], text: Text) -> tuple[DateReading, tuple[str, ...]] | None:
        """本月, 上月底, 同月26日, 本(6)月27日."""
        word = match["month"]
        rest = match["in_month"] or ""
        used: tuple[str, ...] = ()
        if "(" in word:
            base = DatePart(month=_numbers(word)[0])
        else:
            entry = self._word(word, text.folded, match.start(), match.start() + len(word))
            if entry is None:
                return None
            base = DatePart(month_step=entry.step, near=entry.sense == "near")
            used = (entry.id,)
        if rest and "日" in rest:
            days = _numbers(rest)
            if max(days) > 31:
                return None
            return DateReading(base._replace(day=days[0]), base._replace(day=days[-1]) if len(days) > 1 else None), used
        return DateReading(base._replace(modifier=self._modifier(rest))), used

    def _partial(self, match: re.Match[str], _text: Text) -> tuple[DateReading, tuple[str, ...]] | None:
        """7月2日, 6至8月, 6、7月份, 第三季度末, 下半年, 前10个月, 年底, 月初."""
        printed = match[0]
        if printed[0] in "年岁":
            return DateReading(DatePart(year_step=0, modifier=self._modifier(printed[1:]))), ()
        if printed[0] == "月":
            return DateReading(DatePart(month_step=0, modifier=self._modifier(printed[1:]))), ()
        first, last = self._sub(printed)
        return (DateReading(first, last), ()) if first is not None else None

    def _days(self, match: re.Match[str], text: Text) -> tuple[DateReading, tuple[str, ...]] | None:
        """廿七日, 14~15日: days of a month that is not said; a stretch of days (为期3日, 30日内) is none."""
        folded, (start, end) = text.folded, match.span()
        days = _numbers(match[0])
        if max(days) > 31 or days != sorted(set(days)):
            return None
        if _COUNT_BEFORE.search(folded, max(0, start - 3), start) or _COUNT_AFTER.match(folded, end):
            return None
        if folded[end : end + 1] == "前" and not _DEADLINE.search(folded, max(0, start - 1), start):
            return None
        if len(match[0]) == 2 and match[0][0] in _ONES and (days[0] == 1 or not _DAY_ANNOUNCED.match(folded, end)):
            return None
        return DateReading(DatePart(day=days[0]), DatePart(day=days[-1]) if len(days) > 1 else None), ()

    def _numeric(self, match: re.Match[str], _text: Text) -> tuple[DateReading, tuple[str, ...]] | None:
        """2018-03-07, 2018/3/7, 2018.3.7."""
        year, month, day = map(int, re.split(r"\D", match[0]))
        return (DateReading(DatePart(year=year, month=month, day=day)), ()) if day <= month_length(year, month) else None

    def _numeric_day_first(self, match: re.Match[str], _text: Text) -> tuple[DateReading, tuple[str, ...]] | None:
        """25/02/2023, 28.09.2015."""
        day, month, year = map(int, re.split(r"\D", match[0]))
        return (DateReading(DatePart(year=year, month=month, day=day)), ()) if day <= month_length(year, month) else None

    def _numeric_republic(self, match: re.Match[str], _text: Text) -> tuple[DateReading, tuple[str, ...]] | None:
        """112/08/17: a day by the years of the Republic."""
        year, month, day = map(int, match[0].split("/"))
        year += _REPUBLIC_BEGINS
        return (DateReading(DatePart(year=year, month=month, day=day), taiwan_only=True), ()) if day <= month_length(year, month) else None

    def _numeric_day(self, match: re.Match[str], _text: Text) -> tuple[DateReading, tuple[str, ...]] | None:
        """12/20 before 19:11."""
        month, day = map(int, match[0].split("/"))
        return (DateReading(DatePart(month=month, day=day)), ()) if day <= month_length(None, month) else None

    def _numeric_month(self, match: re.Match[str], _text: Text) -> tuple[DateReading, tuple[str, ...]]:
        """2018-03, 2018/12."""
        year, month = map(int, re.split(r"\D", match[0]))
        return DateReading(DatePart(year=year, month=month)), ()

    def _year_quarter(self, match: re.Match[str], _text: Text) -> tuple[DateReading, tuple[str, ...]] | None:
        """2018Q3, 1H19."""
        one, other = _numbers(match[0])
        year, number = (one, other) if one > other else (other, one)
        half = "H" in match[0].upper()
        if half and number > 2:
            return None
        return DateReading(DatePart(year=year if year > 99 else year + 2000, period=(39 if half else _FIRST_QUARTER - 1) + number)), ()

    def _decade(self, match: re.Match[str], _text: Text) -> tuple[DateReading, tuple[str, ...]]:
        """上世纪八十年代初 is the start of 198X; 七八十年代 is 197X to 198X."""
        named = False
        head, _, part = match[0].partition("年代")
        century, mark, decade = head.rpartition("世纪")
        modifier = _PART_OF_ERA[part[0]] if part else None
        if mark:
            hundreds = _century(century)
        else:
            decade, hundreds = head, 19
            if named := len(head) == 4 and head.isdigit():
                decade, hundreds = head[2:], int(head[:2])
        digits = [int(c) if c.isdigit() else _ONES.index(c) + 1 for c in decade if c in f"{_ONES}123456789"]
        if not mark and not named and digits[0] in (1, 2):
            hundreds = 20  # 20年代 without a century
        parts = [DatePart(mask=f"{hundreds}{digit}X", modifier=modifier) for digit in digits]
        return DateReading(parts[0], parts[-1] if len(parts) > 1 else None), ()

    def _century(self, match: re.Match[str], _text: Text) -> tuple[DateReading, tuple[str, ...]]:
        """上世纪末, 21世纪初, 16世纪."""
        century, _, part = match[0].partition("世纪")
        return DateReading(DatePart(mask=f"{_century(century)}XX", modifier=_PART_OF_ERA[part[0]] if part else None)), ()

    def _plan(self, match: re.Match[str], _text: Text) -> tuple[DateReading, tuple[str, ...]]:
        """“十四五” is 2021 to 2025, “十五五” 2026 to 2030, “十五” 2001 to 2005, “十二五”末 the end of 2011 to 2015."""
        number, _, rest = match[0].strip('“‘"').rpartition("五")  # “十五五” is the fifteenth
        begin = _PLAN_BEGINS[number] if len(number) == 1 else 2001 + 5 * (_ONES.index(number[1]) + 1)
        modifier = self._modifier(rest.strip('”’"'))
        return DateReading(DatePart(year=begin, modifier=modifier), DatePart(year=begin + 4, modifier=modifier)), ()

    def _bracketed_day(self, match: re.Match[str], _text: Text) -> tuple[DateReading, tuple[str, ...]]:
        """昨(27)日: the day is printed, the word says on which side of the article's day."""
        step = {"前": -2, "昨": -1, "今": 0, "明": 1}[match[0][0]]
        return DateReading(DatePart(day=_numbers(match[0])[0], day_step=step)), ()

    def _today_alone(self, _match: re.Match[str], _text: Text) -> tuple[DateReading, tuple[str, ...]]:
        """今赴: today, in the papers that print it so."""
        return DateReading(DatePart(day_step=0), not_mainland=True), ()

    def _pair(self, match: re.Match[str], _text: Text) -> tuple[DateReading, tuple[str, ...]]:
        """今明两年 is this year and the next, 明后两天 tomorrow and the day after."""
        steps = {"前": -2, "昨": -1, "去": -1, "今": 0, "明": 1, "后": 2}
        first, last = steps[match[0][0]], steps[match[0][1]]
        if match[0][-1] == "年":
            return DateReading(DatePart(year_step=first), DatePart(year_step=last)), ()
        return DateReading(DatePart(day_step=first), DatePart(day_step=last)), ()

    def _dotted(self, match: re.Match[str], _text: Text) -> tuple[DateReading, tuple[str, ...]] | None:
        """3·30: the day that an event is called by."""
        month, day = map(int, match[0].split("·"))
        return (DateReading(DatePart(month=month, day=day), event=True), ()) if day <= month_length(None, month) else None

    def _years(self, match: re.Match[str], _text: Text) -> tuple[DateReading, tuple[str, ...]] | None:
        """1999-2017."""
        first, last = _numbers(match[0])
        return (DateReading(DatePart(year=first), DatePart(year=last)), ()) if first < last else None

    def _year(self, match: re.Match[str], text: Text) -> tuple[DateReading, tuple[str, ...]] | None:
        """The 2018 of 2018世界杯, 2018绍兴旅游推介会, 《年鉴(2018)》."""
        folded, (start, end) = text.folded, match.span()
        before = folded[start - 1 : start]
        if folded[end] == ")":
            known = before == "("
        else:
            known = bool(self._headed.match(folded, end)) or before in _TITLE_BEFORE or _begins_hit(text.hits.get("region", ()), end)
        return (DateReading(DatePart(year=int(match[0]))), ()) if known else None

    def _weekday(self, match: re.Match[str], _text: Text) -> tuple[DateReading, tuple[str, ...]]:
        """周三, 上周五, 下个星期一."""
        prefix = re.split("个|一个|周|星期|礼拜", match[0])[0]
        return DateReading(DatePart(week_step=_WEEK_STEPS.get(prefix.removesuffix("一")), weekday=_WEEKDAYS[match[0][-1]])), ()

    def _relative(self, match: re.Match[str], text: Text) -> tuple[DateReading, tuple[str, ...]] | None:
        """昨日, 翌日, 上周, 本季度, 上周末."""
        entry = self._word(match[0], text.folded, *match.span())
        if entry is None:
            return None
        near = entry.sense == "near"
        if entry.unit == "day":
            return DateReading(DatePart(day_step=entry.step, near=near)), (entry.id,)
        if entry.unit == "quarter":
            return DateReading(DatePart(quarter_step=entry.step, near=near)), (entry.id,)
        return DateReading(DatePart(week_step=entry.step, whole_weekend=entry.unit == "weekend", near=near)), (entry.id,)

    # ---- what follows a year, or stands without one ---------------------------------------------------------------------

    def _modifier(self, printed: str) -> DateModifier | None:
        """初 is start, 下旬 end."""
        match = self._part_at_end.search(printed)
        code = self._words[match[0]].code if match else None
        return code if code in ("start", "mid", "end") else None  # type: ignore[return-value]

    def _read_sub(self, printed: str) -> tuple[DatePart | None, DatePart | None]:
        """3月7日, 6至8月, 10月底, 第三季度, 上半年, 前10个月, 春季, 年底, 同期; (None, None) for a day that no month has."""
        printed = re.sub(r"\ ?(?:周|星期|礼拜)[一二三四五六日天]\Z", "", printed)
        if printed.startswith("同"):
            return DatePart(same_period=True), None
        if printed == "全年":
            return DatePart(), None
        if printed[0] in "春夏秋冬":
            return DatePart(period=21 + "春夏秋冬".index(printed[0])), None
        if printed[0] in "Hh":
            return DatePart(period=39 + int(printed[1])), None
        if "半年" in printed:
            return DatePart(period=_HALVES[printed[0]], modifier=self._modifier(printed)), None
        numbers = _numbers(printed)
        if printed[0] in "前首头" and numbers and "季" in printed:
            return DatePart(first_months=3 * numbers[0]), None
        if printed[0] in "前首头" and numbers:
            return DatePart(first_months=numbers[0]), None
        if "季" in printed or "Q" in printed.upper():
            modifier = self._modifier(printed)
            if not numbers:
                numbers = [1 if printed[0] == "首" else 4]
            first, last = (DatePart(period=_FIRST_QUARTER - 1 + n, modifier=modifier) for n in (numbers[0], numbers[-1]))
            return (first, last) if len(numbers) > 1 else (first, None)
        if "日" in printed or "号" in printed:
            month, *days = numbers
            if max(days) > month_length(None, month):
                return None, None
            return DatePart(month=month, day=days[0]), DatePart(month=month, day=days[-1]) if len(days) > 1 else None
        if "月" in printed:
            modifier = self._modifier(printed)
            first = DatePart(month=numbers[0], modifier=modifier)
            return first, DatePart(month=numbers[-1], modifier=modifier) if len(numbers) > 1 else None
        return DatePart(modifier=self._modifier(printed)), None


def _longest_first(surface: str) -> tuple[int, str]:
    return -len(surface), surface


def _alternation(surfaces: Iterable[str]) -> str:
    """A regex of words grouped by their first character: 今(?:年度|年|天)|去年."""
    groups: dict[str, list[str]] = {}
    for surface in sorted(surfaces, key=_longest_first):
        groups.setdefault(surface[0], []).append(re.escape(surface[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in groups.items())


def _patterns(part: str, season: str, stops: list[str], units: dict[str, list[str]]) -> tuple[str, str]:
    """Where an expression may begin, by its first characters; and all rules in one: what begins with a numeral, then what begins with a word.

    A branch begins with a glance at what it cannot do without, for most places fail in most branches.
    """
    month_days = rf"{_MONTH_DAYS}(?:\ ?{_WEEKDAY})?"
    # 2018年 then 3月7日 星期三, 6至8月, 第三季度末, 上半年, 前10个月, 春季; or 年底, 同期 without 的.
    after = (
        rf"{month_days}|{_MONTHS}(?:{part})?|{_QUARTER}(?:{part})?|[上下前后首]半年度?(?:{part})?|{_FIRST_MONTHS}|{season}|[春夏秋冬](?=[,。;、!?)的]|\Z)"
        rf"|[Hh][12](?!\d)"
    )
    part_of_year = f"年?(?:{part})|岁末|全年|同[期月季]"
    year_end = r"[初末底](?![期步级夏秋冬春中审次端])|[中终](?=[,。;、的前])"
    quarter = rf"(?<![\d{_NUMERAL}》])(?:{_QUARTER})(?:{part})?"
    numerals = {
        "numeric": rf"(?=\d{{4}}[-/.]){_ISO}",
        "numeric_day_first": rf"(?=\d\d[/.-]\d\d[/.-]){_DAY_FIRST}",
        "numeric_republic": rf"(?=\d{{2,3}}/\d\d?/){_REPUBLIC_SLASHED}",
        "numeric_day": rf"(?=\d\d?/\d\d?\ ){_DAY_AND_TIME}",
        "numeric_month": rf"(?=\d{{4}}[-/]){_ISO_MONTH}",
        "year_quarter": rf"(?=\d{{1,4}}\ ?[QqHh]){_YEAR_QUARTER}",
        "decade": rf"(?=[^年]{{1,14}}+年代){_DECADE}",
        "century": rf"(?=[^世]{{1,4}}+世纪){_ERA}",
        "plan": rf"(?=十){_PLAN}",
        "calendar": rf"(?P<year>{_NUMERAL_YEAR})(?:{_GAP}(?P<after>{after})|(?P<part>{part_of_year}))?",
        "dotted": rf"(?=\d\d?·){_DOTTED}",
        "partial": rf"{_FREE}(?<!年)(?:{month_days}|{_MONTHS}(?:{part})?)|{quarter}",
        "days": rf"(?<![首头]){_FREE}{_DAYS}",  # 首26日, 头20日 last so long
        "bare_years": rf"(?=\d{{4}}){_BARE_YEARS}",
        "bare_year": rf"(?=\d{{4}}[^\d]){_BARE_YEAR}",
    }
    words = {
        "quoted_plan": _QUOTED_PLAN,
        "decade_of": rf"(?=[上本]){_DECADE}",
        "century_of": rf"(?=[上本]){_ERA}",
        "bracketed_day": _BRACKETED_DAY,
        "today_alone": _TODAY_ALONE,
        "named_year": rf"(?P<named>{_NAMED_YEAR})(?:{_GAP}(?P<named_after>{after})|(?P<named_part>{part_of_year}))?",
        "relative_year": rf"(?P<word>(?:{_alternation(units['year'])}){_YEAR_IN_BRACKETS})"
        rf"(?:{_GAP}(?P<word_after>{after})|(?P<word_part>{part_of_year}))?",
        "relative_month": rf"(?P<month>{_alternation(units['month'])}|{_BRACKETED_MONTH})(?:的?(?P<in_month>{part}|{_DAYS}))?",
        "pair": _PAIR,
        "part_of": rf"{quarter}|[上下]半年度?(?:{part})?|(?<![以之提]){_FIRST_MONTHS}"
        rf"|(?<![\d{_NUMERAL}几多数半近周整每成青童少早学往财度当])年(?:{year_end}|[初末底中](?=年))|岁末(?!年初)"
        rf"|(?<![\d{_NUMERAL}几个半满岁明正腊])月[初底末](?![期步级端{_NUMERAL}])",
        "weekday": rf"(?<![每隔逢几半双两首{_NUMERAL}])(?:(?:上上|下下|上|下|本|这|今)(?:一?个)?)?{_WEEKDAY}",
        "relative_week": _alternation([*units["weekend"], *units["week"], *units["quarter"]]),
        "relative_day": _alternation(units["day"]),
    }
    vocabulary = [surface for surfaces in units.values() for surface in surfaces]
    pairs = {surface[:2] for surface in [*stops, *vocabulary]} | {"民国", "中华", "公元", "岁末", "星期", "礼拜", "上个", "下个"}
    # A run of digits or numerals goes on with a mark of time; a word begins with its own first two characters, a pattern of words with one of each set.
    digits = "|".join(
        (
            r"\d(?<!\d\d)(?:\d{0,3}\ ?[年月日号·世季QqHh、和与及至到~—/学财会-]|(?:(?<=1)9|(?<=2)0)\d\d[.\ )\u4e00-\u9fff]|\d\.\d\d\.)",
            _alternation({pair for pair in pairs if pair[0].isdigit()}) or "(?!)",
        )
    )
    numerals_of_years, marks = f"{_POSITIONAL}十百廿卅元", "年月日世季、和与及至到~—/-"
    beginnings = (
        ('“‘"', "六七八九十"),
        ("第", f" {_DIGITS}一二三四"),
        ("首末", "季"),
        ("前首头", f"{_DIGITS}{_ONES}十两"),
        ("上下", "半"),
        ("年月", "初底末中终"),
        ("周", "一二三四五六日"),
        ("昨今明前本后上下去", " (周礼星世今明后昨"),
        ("今", "赴受邀举获召宣在与出表指说特进发公主接率拜会开上下傍凌清再首正通三审登揭启动落签拍裁核判起约抵收完"),
        ("Qq", _DIGITS),
    )
    others = "|".join(
        (
            rf"[{numerals_of_years}](?<![{_NUMERAL}].)(?:[{numerals_of_years}]{{0,4}}[{marks}]|(?<=十)[{_ONES}]五)",
            _alternation({pair for pair in pairs if not pair[0].isdigit()}),
            *(f"[{firsts}][{seconds}]" for firsts, seconds in beginnings),
        )
    )
    first = _set("".join((_DIGITS, numerals_of_years, *(pair[0] for pair in pairs), *(firsts for firsts, _ in beginnings))))
    second = _set("".join((numerals_of_years, marks, *(pair[1:] for pair in pairs), *(seconds for _, seconds in beginnings))))

    def alternatives(branches: dict[str, str]) -> str:
        return "|".join(f"(?P<{name}>{pattern})" for name, pattern in branches.items())

    by_numeral = rf"(?=[\d{_POSITIONAL}十廿卅元])(?:{alternatives(numerals)})"
    # A pattern that begins with a set of characters is searched for at C speed, one that begins with a look-ahead is not: so the look-aheads stand
    # in look-behinds. Most places are given up at their second character; 昨 is a word by itself.
    alone = _set("".join(pair for pair in pairs if len(pair) == 1))
    begins = rf"{first}(?:(?<=\d)(?<=(?={digits})[\s\S])|(?={second})(?<=\D)(?<=(?={others})[\s\S])|(?<={alone}))"
    return begins, rf"(?P<stop>{_alternation(stops)})|{by_numeral}|(?=\D)(?:{alternatives(words)})"


def _of_ascii_digits(pattern: str) -> str:
    r"""The same pattern with 0-9 for \d: a set with \d in it asks of every other character whether it is a digit of any script."""
    return re.sub(r"\\[^d]|\[(?:\\.|[^\]\\])*\]|\\d", lambda m: "[0-9]" if m[0] == r"\d" else m[0].replace(r"\d", "0-9"), pattern)


def _set(characters: str) -> str:
    """A regex for one of some characters; of none it never matches."""
    return f"[{re.escape(''.join(sorted(set(characters))))}]" if characters else "(?!)"


def _century(printed: str) -> int:
    """The hundreds of a century's years: 20 for 21世纪, 19 for 上世纪."""
    if printed[0] == "上":
        return 19
    return 20 if printed == "本" else _numbers(printed)[0] - 1


def _merged(part: DatePart, year: DatePart) -> DatePart:
    """`part` in the year (or the named season) that `year` states."""
    return part._replace(year=year.year, year_step=year.year_step, near=year.near, period=part.period if part.period is not None else year.period)


def _begins_hit(hits: Sequence[Hit], position: int) -> bool:
    """Whether a gazetteer name begins at a folded position."""
    index = bisect_left(hits, position, key=lambda hit: hit.start)
    return index < len(hits) and hits[index].start == position


def _level(part: DatePart) -> str:
    """What an expression is about: only like is joined to like."""
    if part.day is not None or part.day_step is not None:
        return "day"
    if part.weekday is not None:
        return "weekday"
    if part.period is not None or part.quarter_step is not None:
        return "period"
    if part.month is not None or part.month_step is not None:
        return "month"
    if part.week_step is not None:
        return "week"
    return "first_months" if part.first_months else "decade" if part.mask else "year"


def _put_ranges_together(folded: str, found: list[_Found]) -> Iterator[_Found]:
    """6月至8月, 2012年~2014年, 10月1日至次年3月31日 as one each."""
    index = 0
    while index < len(found):
        one = found[index]
        index += 1
        if index < len(found):
            two = found[index]
            gap = two.start - one.end
            if (
                0 < gap <= 4
                and one.reading.last is None
                and two.reading.last is None
                and _level(one.reading.first) == _level(two.reading.first)
                and not (one.reading.event or two.reading.event)
                and _LINK.fullmatch(folded, one.end, two.start)
            ):
                reading = one.reading._replace(last=two.reading.first, republic_last=two.reading.republic_year)
                yield _Found(one.start, two.end, one.rule, reading, tuple(dict.fromkeys((*one.used, *two.used))))
                index += 1
                continue
        yield one


@Language.factory("jianbao_dates", default_config={"lexicon": "date_words"})
def make_dates(nlp: Language, name: str, lexicon: str) -> MentionComponent:
    """The component that finds dates."""
    return MentionComponent(DateExtractor(load_lexicon(lexicon)))
