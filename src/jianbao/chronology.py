"""Calendar expressions as data: what one states (`DatePart`, `DateReading`), the point it comes to (`Point`), and its EDTF with first and last day.

`2018年3月初` is `Point(2018, 3)` with the modifier `start`: EDTF `2018-03`, 2018-03-01 to 2018-03-10. An unknown year is `XXXX`, a decade `198X`.
"""

import re
from calendar import isleap
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from jianbao.records import DateModifier

# EDTF sub-year codes and the months they run over. Winter is the one that begins in December of its year.
PERIODS = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    40: (1, 6), 41: (7, 12),
}  # fmt: skip
MONTHS_OF_YEAR = 12
_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_POINT = re.compile(r"(?P<year>-?[0-9X]{4})(?:-(?P<month>[0-9X]{2}))?(?:-(?P<day>\d\d))?")
_TENTHS: dict[str, tuple[int, int]] = {"start": (1, 10), "mid": (11, 20), "end": (21, 31)}


class DatePart(NamedTuple):
    """One end of a calendar expression: what it states, and what it leaves to its context.

    Attributes:
        year: As stated, in the common era.
        mask: A decade or century in place of a year: 198X, 20XX.
        year_step: 去年 is -1, 今年 0.
        month_step: 上月 is -1.
        day_step: 昨日 is -1.
        week_step: 上周 is -1; with `weekday` (0 is Monday) one day of it.
        quarter_step: 上季 is -1.
        period: A season, quarter or half-year, as its EDTF code.
        first_months: 前10个月 is 10.
        whole_weekend: 上周末.
        same_period: 去年同期: the stretch named before, in that year.
        near: Steps count from the nearest earlier date of the text (同年, 翌日), not from the article's day.
    """

    year: int | None = None
    mask: str | None = None
    year_step: int | None = None
    month: int | None = None
    month_step: int | None = None
    day: int | None = None
    day_step: int | None = None
    week_step: int | None = None
    weekday: int | None = None
    quarter_step: int | None = None
    period: int | None = None
    first_months: int | None = None
    whole_weekend: bool = False
    same_period: bool = False
    near: bool = False
    modifier: DateModifier | None = None


class DateReading(NamedTuple):
    """A calendar expression as read: one part, or the two ends of a range.

    Attributes:
        republic_year: The year in a Taiwan text, where a bare 112年 or 98年5月 counts from 1912.
        republic_last: The year of the end of a range there (113年至116年).
        taiwan_only: In any other text it is no date at all (112年).
        not_mainland: In a mainland text it is no date at all (今 for today).
        event: A day that names an event (3·30新政): the last one before the article.
    """

    first: DatePart
    last: DatePart | None = None
    republic_year: int | None = None
    republic_last: int | None = None
    taiwan_only: bool = False
    not_mainland: bool = False
    event: bool = False


class Point(NamedTuple):
    """A day, month, sub-year period, year, decade or century; what is None is unknown or not said."""

    year: int | None
    month: int | None = None
    day: int | None = None
    period: int | None = None
    mask: str | None = None

    @property
    def edtf(self) -> str:
        """`2018-03-07`, `2018-03`, `2018-33`, `198X`, `XXXX-04-22`, `-0220`."""
        return _edtf(self)

    @property
    def first_month(self) -> int | None:
        """The month in which it begins, where it says more than a year."""
        return self.month or (PERIODS[self.period][0] if self.period is not None else None)

    @property
    def order(self) -> tuple[int, int, int]:
        """Sorts points of known year by their first day."""
        return self.year or 0, self.first_month or 1, self.day or 1

    @property
    def whole_day(self) -> date | None:
        """The day, where it is one and fully known."""
        if self.year is None or self.month is None or self.day is None or not 1 <= self.year <= 9999:
            return None
        return date(self.year, self.month, self.day)


@lru_cache(maxsize=4096)
def _edtf(point: Point) -> str:
    if point.mask is not None:
        return point.mask
    year = "XXXX" if point.year is None else _year(point.year)
    if point.period is not None:
        return f"{year}-{point.period}"
    if point.day is not None:
        return f"{year}-{point.month:02d}-{point.day:02d}" if point.month else f"{year}-XX-{point.day:02d}"
    return f"{year}-{point.month:02d}" if point.month else year


def point_of(day: date) -> Point:
    """A day as a point."""
    return Point(day.year, day.month, day.day)


def month_length(year: int | None, month: int) -> int:
    """Days of a month; of an unknown or odd year, as many as it can have."""
    if month == 2:
        return 29 if year is None or not 1 <= year <= 9999 or isleap(year) else 28
    return _DAYS[month]


def step_months(year: int, month: int, step: int) -> tuple[int, int]:
    """The year and month `step` months on: December 2019 and one more is January 2020."""
    index = year * MONTHS_OF_YEAR + month - 1 + step
    return index // MONTHS_OF_YEAR, index % MONTHS_OF_YEAR + 1


@lru_cache(maxsize=4096)
def bounds(edtf: str, modifier: DateModifier | None = None) -> tuple[str | None, str | None]:
    """First and last ISO day of an EDTF string of ours; None where the year is unknown.

    The start, middle and end of a month are its 上旬 中旬 下旬; those of a year have no agreed days and keep the year's bounds.
    """
    first, _, last = edtf.partition("/")
    return (_ends(first, modifier)[0], _ends(last, modifier)[1]) if last else _ends(first, modifier)


def _ends(edtf: str, modifier: DateModifier | None) -> tuple[str | None, str | None]:
    match = _POINT.fullmatch(edtf)
    if match is None or match["year"] == "XXXX" or match["month"] == "XX":
        return None, None
    low, high = int(match["year"].replace("X", "0")), int(match["year"].replace("X", "9"))
    if low < 0:
        low, high = min(low, high), max(low, high)
    if match["month"] is None:
        return f"{_year(low)}-01-01", f"{_year(high)}-12-31"
    month = int(match["month"])
    if month > MONTHS_OF_YEAR:
        begin, end = PERIODS[month]
        end_year, end_month = step_months(high, 1, end - 1)
        return f"{_year(low)}-{begin:02d}-01", f"{_year(end_year)}-{end_month:02d}-{month_length(end_year, end_month)}"
    length = month_length(low, month)
    if match["day"] is not None:
        whole = f"{_year(low)}-{month:02d}-{match['day']}"
        return whole, whole
    begin, end = _TENTHS.get(modifier or "", (1, length))
    return f"{_year(low)}-{month:02d}-{begin:02d}", f"{_year(low)}-{month:02d}-{min(end, length):02d}"


def _year(year: int) -> str:
    return f"{year:04d}" if year >= 0 else f"-{-year:04d}"
