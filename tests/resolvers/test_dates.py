"""Dates resolved against their article."""

from datetime import date
from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.chronology import bounds
from jianbao.lexicon import load_lexicon
from jianbao.records import Article, DateValue
from jianbao.resolvers.dates import DateResolver
from jianbao.text import Text
from tests.case_tables import SCRIPTS, Case, convert, read_cases
from tests.extractors.test_date import read
from tests.strategies import press_texts

RESOLVER = DateResolver(load_lexicon("date_words"))


def resolve(source: str, published: str = "", convention: str = "") -> tuple[Text, list[DateValue]]:
    text, mentions = read(source)
    text.article = Article(
        id="a:0000000000000000", source="case", sha256="0", text=source, published=published or None, convention=convention or "mainland"
    )
    text.mentions = mentions
    RESOLVER.resolve(text)
    return text, [m.value for m in text.mentions]


def said(value: DateValue) -> str:
    if value.unresolved:
        return "?"
    return value.edtf + (f" {value.modifier.upper()}" if value.modifier else "")


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("case", read_cases("date"), ids=attrgetter("id"))
def test_dates_have_the_values_of_the_cases(case: Case, script: str) -> None:
    text, values = resolve(convert(case.text, script), case.more["published"], case.more["convention"])
    found = [(*text.source_span(m.start, m.end), said(value)) for m, value in zip(text.mentions, values, strict=True)]
    assert found == case.mentions


@pytest.mark.parametrize(
    ("source", "published", "anchor"),
    [
        ("昨日签约", "2018-03-30", "published:2018-03-30"),
        ("2018年03月30日 21:35:54\n昨日签约", "", "date_line:2018-03-30"),
        ("甲社甲市3月5日电 今天开幕", "2019-03-06", "date_line:2019-03-05"),
        ("2018年开工,6月竣工", "", "text:2018"),
        ("2017年9月启动,同年12月完工", "2019-06-05", "text:2017"),
        ("2018年5月14日签约,翌日开工", "", "text:2018-05-14"),
        ("6月竣工", "", None),
        ("昨日签约", "2018-02-30", None),  # no such day: no anchor
    ],
)
def test_dates_record_their_anchor(source: str, published: str, anchor: str | None) -> None:
    _, values = resolve(source, published)
    assert values[-1].anchor == anchor


@pytest.mark.parametrize(
    ("edtf", "modifier", "first", "last"),
    [
        ("2018-03-07", None, "2018-03-07", "2018-03-07"),
        ("2019-02", None, "2019-02-01", "2019-02-28"),
        ("2020-02", "end", "2020-02-21", "2020-02-29"),
        ("2018-04", "mid", "2018-04-11", "2018-04-20"),
        ("2018", "end", "2018-01-01", "2018-12-31"),
        ("2019-35", None, "2019-07-01", "2019-09-30"),
        ("2019-41", None, "2019-07-01", "2019-12-31"),
        ("2018-24", None, "2018-12-01", "2019-02-28"),
        ("198X", "start", "1980-01-01", "1989-12-31"),
        ("18XX", None, "1800-01-01", "1899-12-31"),
        ("2016/2020", None, "2016-01-01", "2020-12-31"),
        ("-0220", None, "-0220-01-01", "-0220-12-31"),
        ("XXXX-04-22", None, None, None),
        ("XXXX", None, None, None),
    ],
)
def test_dates_bounds(edtf: str, modifier: str | None, first: str | None, last: str | None) -> None:
    assert bounds(edtf, modifier) == (first, last)


@given(press_texts, st.none() | st.dates(), st.sampled_from(["mainland", "taiwan"]))
def test_dates_always_get_a_value(source: str, published: date | None, convention: str) -> None:
    _, values = resolve(source, published.isoformat() if published else "", convention)
    assert all(isinstance(value, DateValue) for value in values)
    assert all(value.start is None or value.end is None or value.start <= value.end for value in values if not value.edtf.startswith("-"))


@pytest.mark.parametrize("piece", ["12月1日至", "年底", "昨日", "1日", "2018年", "当天"])
def test_dates_resolve_hostile_repeats(piece: str) -> None:
    _, values = resolve((piece * 60_000)[:60_000], "2019-06-05")
    assert values
