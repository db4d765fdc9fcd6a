"""When a page says that it was published: its time stamp, masthead, label or wire dateline. Never a date inside a sentence.

Patterns read folded text. `農曆` dates are passed over; 民國112年 is 2023.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from jianbao.cleaning.bylines import lead_of, wire_day
from jianbao.cleaning.lines import Line
from jianbao.numerals import read_number

_HEAD_LINES = 14
_HEAD_LENGTH = 1500
_HEAD_BODIES = 2  # a summary may stand above the date
_FOOT_LINES = 10
_REPUBLIC = 1911
_LONGEST = 200
_OLDEST, _NEWEST = 1900, 2099

_CN = "〇零一二三四五六七八九十廿卅"
# 2018年03月30日, 2018-03-30, 2018/3/30, 2018.03.30; 2019-09-3007:42 run together; 民国112年5月3日, 二〇一八年三月三十日, 112/05/03.
_DAY = re.compile(
    r"(?=[12\d中民一二])(?<![\d.])(?:"
    r"(?P<year>(?:19|20)\d\d)(?:\s?年\s?(?P<month>0?[1-9]|1[0-2])\s?月\s?(?P<day>[12]\d|3[01]|0?[1-9])\s?[日号]"
    r"|(?P<mark>[-/.])(?P<month2>1[0-2]|0?[1-9])(?P=mark)(?P<day2>(?:0[1-9]|[12]\d|3[01])(?=\d{1,2}:\d\d)|(?:0?[1-9]|[12]\d|3[01])(?!\d)))"
    rf"|(?:中华)?民国\s?(?P<republic>\d{{2,3}}|[{_CN}百]{{1,6}})\s?年\s?(?P<month3>\d{{1,2}}|[{_CN}]{{1,3}})\s?月\s?(?P<day3>\d{{1,2}}|[{_CN}]{{1,3}})\s?日"
    rf"|(?P<chinese>[一二][〇零一二三四五六七八九]{{3}})年(?P<month4>[{_CN}]{{1,3}})月(?P<day4>[{_CN}]{{1,3}})日"
    r"|(?P<short>1[0-2]\d)(?:年(?P<month5>\d{1,2})月(?P<day5>\d{1,2})日|(?P<mark2>[-/])(?P<month6>\d\d)(?P=mark2)(?P<day6>\d\d)(?!\d)))"
)
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH_DAY = re.compile(r"(?<!\d)(?<!年)(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_LUNAR = re.compile(r"(?:农历|阴历|旧历|夏历)\s?$")
_TIME = re.compile(r"\s{0,4}T?(?:星期.|周.|\(.{1,3}\))?\s{0,4}(?:上午|下午|凌晨|晚间)?\d{1,2}(?:(?::\d\d){1,2}|时\d\d分?)(?:\.\d{1,3})?(?:[AP]M)?")
_APART = r"(?:^|[\s|()〔【\[〕】\]>,/·-])"  # 首映日期 is no label
_PUBLISHED = re.compile(
    rf"{_APART}(?:(?:发布|发表|发稿|发文|刊登|刊出|出版|见报|公布|上线|上网|上版|上载|录入|添加|撰文|撰稿|新闻|文章|建立)(?:时间|日期)|日期|发布于|发表于|刊于|发布)[\s:|(〔【\[]{{0,4}}$"
)
_UPDATED = re.compile(rf"{_APART}(?:(?:最后|最近|最新)?(?:更新|修改|修订)(?:时间|日期|于)?)[\s:|(]{{0,4}}$")
_SOURCED = re.compile(r"(?:来源|稿源|作者|记者|编辑|点击|浏览|阅读|字号|评论|撰文|分享)")
_EDITION = re.compile(r"^\s*(?:星期.\s*)?第?\s*(?:\d{1,3}|[A-Z]\d{1,3}|[一二三四五六七八九十]+)\s*版")
# What stands beside the date in a masthead: 柳州日报 02版 本地新闻 星期二 A12 总第5213期 今日8版.
_MASTHEAD = re.compile(
    r"星期.|周[一二三四五六日天]|礼拜.|第?[\d一二三四五六七八九十]+[版期号页]|[A-Za-z]{1,2}\d{1,3}版?|\d{1,6}|总第\S*|今日\S*版|农历\S*|初.|[廿十]\S|\S*(?:版|月刊|周刊|要闻|专版|专刊|特刊|副刊)"
    r"|\S{2,12}(?:报|网|社|台|新闻|时报|周刊|在线|通讯|电视)|出版|国内统一\S*|[A-Z]+\S*|晴|多云|阴|公历"
)
_SEPARATOR = re.compile(r"[\s|·,()〔〕\[\]【】《》:—●■/-]+")
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])")
_WEEKDAYS = "一二三四五六日"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年?(?!\d)")
_COPYRIGHT_YEAR = re.compile(r"(?:copyright|版权所有|©|\(c\)).{0,30}?(?<!\d)(?:(?:19|20)\d\d\s?[-—–~至]\s?)?((?:19|20)\d\d)(?!\d)", re.IGNORECASE)

# In a file name or folder: 20180330, 2018-03-30, 2018_3_30, 2018年3月30日, 2018/03/30; a time of day may follow at once, no other digit.
_PATH_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?:(?!\d)|(?=(?:[01]\d|2[0-3])(?:[0-5]\d){1,2}(?!\d)))"
    r"|[-_./ 年](?P<month2>1[0-2]|0?[1-9])[-_./ 月](?P<day2>3[01]|[12]\d|0?[1-9])(?!\d))"
)
# 2018, 2018-03, 201803.
_PATH_MONTH = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:[-_./ 年]?(?P<month>0[1-9]|1[0-2])(?!\d))?(?!\d)")

_LABELLED, _STAMPED, _PRINTED, _CHANGED, _PARTIAL = range(5)


class DateLine(NamedTuple):
    """A publication day with the span of the line that says it; `rank` is smaller for the surer sign."""

    rank: int
    start: int
    end: int
    day: str


def iso_day(year: int, month: int, day: int) -> str | None:
    """`2018-03-30`; None for a day that does not exist."""
    try:
        return date(year, month, day).isoformat() if _OLDEST <= year <= _NEWEST else None
    except ValueError:
        return None


def _number(printed: str) -> int:
    value = read_number(printed)
    return int(value) if value is not None and value == value.to_integral_value() else 0


def _day_of(match: re.Match[str]) -> str | None:
    group = match.groupdict()
    month = next((group[k] for k in ("month", "month2", "month3", "month4", "month5", "month6") if group[k]), "0")
    day = next((group[k] for k in ("day", "day2", "day3", "day4", "day5", "day6") if group[k]), "0")
    if group["year"] or group["chinese"]:
        year = _number(group["year"] or group["chinese"])
    else:
        year = _REPUBLIC + _number(group["republic"] or group["short"])
    return iso_day(year, _number(month), _number(day))


def date_lines(lines: Sequence[Line]) -> list[DateLine]:
    """The lines of a page's head and foot that say when it was published, the surest sign first."""
    found = list(_head_dates(lines))
    for line in lines[-_FOOT_LINES:]:
        if not _may_hold_day(line.text):
            continue
        if line.text.endswith("版)"):
            found += [d for d in _dates_in(line, body=False) if d.rank == _PRINTED]
        if "时间" not in line.text and "日期" not in line.text and "更新" not in line.text and "发" not in line.text:
            continue
        found += [d for d in _dates_in(line, body=True) if d.rank in (_LABELLED, _CHANGED)]
    if not found:
        return []
    # A chronicle has a date above each of its parts.
    printed = [d for d in found if d.rank == _PRINTED]
    if len({d.day for d in printed}) > 2:
        found = [d for d in found if d.rank != _PRINTED]
    return sorted(set(found))


def _head_dates(lines: Sequence[Line]) -> Iterator[DateLine]:
    bodies = 0
    for line in lines[:_HEAD_LINES]:
        if line.start > _HEAD_LENGTH:
            return
        body = line.is_body
        if _may_hold_day(line.text):
            yield from (d for d in _dates_in(line, body=body) if not bodies or d.rank != _PRINTED)
        bodies += body
        if bodies >= _HEAD_BODIES:
            return


def _may_hold_day(text: str) -> bool:
    """Whether a line has what parts the numbers of a day, or the label of a stamp; most have neither."""
    return ("年" in text and "月" in text) or "-" in text or "/" in text or "." in text or "日期" in text or "时间" in text


def _dates_in(line: Line, *, body: bool) -> Iterator[DateLine]:
    """The publication dates that a line says. A body line says one at its very beginning or after a label."""
    text = line.text[:_LONGEST]
    labelled = "时间" in text or "日期" in text or "更新" in text or "发" in text or "刊" in text
    if body and not labelled:
        opened = _DAY.match(text, 1 if text[0] in "(〔【[" else 0)
        matches: Iterator[re.Match[str]] = iter([opened] if opened else [])
    else:
        matches = _DAY.finditer(text)
    for match in matches:
        before, after = text[: match.start()], text[match.end() :]
        if _LUNAR.search(before):
            continue
        if match["short"] and not (_PUBLISHED.search(before) or _UPDATED.search(before)):
            continue
        day = _day_of(match)
        rank = _rank_of(before, after, body=body) if day else None
        if day is None or rank is None or not _weekday_fits(after, day):
            continue
        # Of running text that a stamp begins only the stamp is the date line.
        timed = _TIME.match(after)
        end = line.start + (match.end() + (timed.end() if timed else 0) if body else len(line.text))
        yield DateLine(rank, line.start, end, day)
    if "日期" in text or "时间" in text:
        for match in _COMPACT.finditer(text):
            if _PUBLISHED.search(text[: match.start()]) and (day := iso_day(*(int(match[k]) for k in ("year", "month", "day")))):
                yield DateLine(_LABELLED, line.start, line.start + match.end() if body else line.end, day)


def _rank_of(before: str, after: str, *, body: bool) -> int | None:
    """How sure a sign a date is, by what stands before and after it; None for a date that says nothing of the page."""
    if _PUBLISHED.search(before):
        return _LABELLED
    if _UPDATED.search(before):
        return _CHANGED
    timed = _TIME.match(after)
    rest = after[timed.end() :] if timed else after
    apart = not rest or rest[0] in " \t\u3000\xa0|()〔【[〕】]·/-" or _SOURCED.match(rest) is not None
    if body:
        starts = not before.strip(" \u3000(〔【[") and apart
        return _STAMPED if starts and (timed or _SOURCED.search(rest[:12])) else None
    if timed and apart:
        return _STAMPED
    if _SOURCED.search(rest[:12]) and apart:
        return _STAMPED
    if _EDITION.match(after) or _is_masthead(before, after):
        return _PRINTED
    return None


def _is_masthead(before: str, after: str) -> bool:
    """Whether only names of papers, sections, weekdays and page numbers stand beside a date; at most two short words are unknown."""
    tokens = [t for t in _SEPARATOR.split(f"{before} {after}") if t]
    unknown = [t for t in tokens if not _MASTHEAD.fullmatch(t)]
    if len(tokens) > 12 or len(unknown) > 2 or any(len(t) > 6 for t in unknown):
        return False
    if before and not _SEPARATOR.fullmatch(before[-1]):
        return False  # 首映日期2007年8月10日
    return not after or after[0] in " \t\u3000\xa0|()〔〕【】[]·,/-星" or bool(_WEEKDAY.match(after))


def _weekday_fits(after: str, day: str) -> bool:
    weekday = _WEEKDAY.match(after.lstrip(" \u3000(,"))
    return weekday is None or _WEEKDAYS[date.fromisoformat(day).weekday()] == weekday[1].replace("天", "日")


def partial_day(lines: Sequence[Line], year_hint: tuple[int, int | None] | None, latest: str | None) -> DateLine | None:
    """The day of a wire dateline or masthead without a year (新华社北京3月5日电, 5月27日 星期一), where its year is certain.

    Args:
        lines: The lines of the page.
        year_hint: Year and month (or None) that the file's name or folder says.
        latest: The ISO day that the user gave for articles without one: the last such day up to it is meant.
    """
    year = year_hint[0] if year_hint else _year_elsewhere(lines)
    for line in lines[:_HEAD_LINES]:
        month: int | None = None
        day: int | None = None
        stated: int | None = None
        lead = lead_of(line.text)
        end = line.end
        if lead and (wired := wire_day(line.text[lead.start : lead.end])):
            stated, month, day = wired
            end = line.start + lead.end
        elif not line.is_body and (match := _MONTH_DAY.search(line.text)) and _alone(line.text, match):
            month, day = int(match["month"]), int(match["day"])
        if day is None:
            continue
        if month is None and year_hint:
            month = year_hint[1]
        if month is None:
            continue
        found = iso_day(stated or year or _year_up_to(latest, month, day), month, day)
        if found and _weekday_fits(line.text[line.text.find("日") + 1 :], found):
            return DateLine(_PARTIAL, line.start, end, found)
    return None


def _alone(text: str, match: re.Match[str]) -> bool:
    """Whether a month and day are the date of a masthead, not a word of a headline: 5月27日 星期一 第3版."""
    after = text[match.end() :]
    return _is_masthead(text[: match.start()], after) and (bool(after.strip()) or not match.start()) and not _LUNAR.search(text[: match.start()])


def _year_elsewhere(lines: Sequence[Line]) -> int | None:
    """The year that a masthead (2019年 第21期) says, or a copyright line whose year the text names too."""
    for line in lines[:_HEAD_LINES]:
        if not _may_hold_year(line.text) or line.is_body or _COPYRIGHT_YEAR.search(line.text):
            continue
        if (match := _YEAR.search(line.text)) and _is_masthead(line.text[: match.start()], line.text[match.end() :]):
            return int(match[1])
    for line in lines[-_FOOT_LINES:]:
        match = _COPYRIGHT_YEAR.search(line.text) if _may_hold_year(line.text) else None
        if match and any(f"{match[1]}年" in other.text for other in lines):
            return int(match[1])
    return None


def _may_hold_year(text: str) -> bool:
    return "20" in text or "19" in text


def _year_up_to(latest: str | None, month: int, day: int) -> int:
    if latest is None:
        return 0
    year = int(latest[:4])
    return year if (month, day) <= (int(latest[5:7]), int(latest[8:])) else year - 1


def path_day(source: str) -> tuple[str, str] | None:
    """The day that a file's name says, else its folder, and which: `2018/03/30/a.txt` is ("2018-03-30", "folder")."""
    folder, _, name = source.rpartition("/")
    for where, text in (("file_name", name), ("folder", folder)):
        days = {iso_day(*(int(part) for part in match.groups() if part)) for match in _PATH_DAY.finditer(text)} - {None}
        if len(days) == 1:
            return days.pop() or "", where
        if days:
            return None  # 2018-03-01_2018-03-31 says no day
    return None


def path_month(source: str) -> tuple[int, int | None] | None:
    """The year, and the month if any, that a file's name or folder says."""
    for text in reversed(source.split("/")):
        found = {(int(m["year"]), int(m["month"]) if m["month"] else None) for m in _PATH_MONTH.finditer(text)}
        if len(found) == 1:
            return found.pop()
    return None
