"""Dates found, in every script: spans here, values in tests/resolvers/test_dates.py."""

from datetime import date
from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.extractors.date import DateExtractor
from jianbao.joining import find_joins
from jianbao.lexicon import Matcher, load_lexicon
from jianbao.text import Mention, Text, make_text
from tests.case_tables import SCRIPTS, Case, convert, read_cases
from tests.strategies import press_texts

EXTRACTOR = DateExtractor(load_lexicon("date_words"))
PLACES = Matcher([load_lexicon("regions_china")])
ARABIC = "0123456789"
WIDE = str.maketrans(ARABIC, "０１２３４５６７８９")
CHINESE = str.maketrans(ARABIC, "〇一二三四五六七八九")
RING = str.maketrans(ARABIC, "○一二三四五六七八九")


def read(source: str) -> tuple[Text, list[Mention]]:
    text = make_text(source, deleted=find_joins(source))
    text.hits = PLACES.find(text)
    return text, list(EXTRACTOR.find(text))


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    if tens == 0:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("case", read_cases("date"), ids=attrgetter("id"))
def test_date_finds_cases(case: Case, script: str) -> None:
    if case.id in ("year_roc_mainland", "republic_range_mainland", "today_alone_mainland", "republic_slashed_elsewhere"):
        return  # found, and dropped by the resolver, which knows the convention
    text, mentions = read(convert(case.text, script))
    assert [text.source_span(m.start, m.end) for m in mentions] == list(case.spans)


@given(st.dates(min_value=date(1600, 1, 1), max_value=date(2099, 12, 31)))
def test_date_reads_back_any_day_in_press_style(day: date) -> None:
    printed = [f"{day.year}年{day.month}月{day.day}日", f"{day.year}年{day.month:02d}月{day.day:02d}日", f"{day.year} 年 {day.month} 月 {day.day} 日"]
    printed += [printed[0].translate(WIDE), f"{day.year}年{day.month}月{day.day}号"]
    if day.year >= 1900:
        printed += [f"{day:%Y-%m-%d}", f"{day:%Y/%m/%d}", f"{day.year}.{day.month}.{day.day}"]
    spoken = f"年{chinese(day.month)}月{chinese(day.day)}日"
    printed += [str(day.year).translate(CHINESE) + spoken, str(day.year).translate(RING) + spoken]
    if day.year > 1911:
        printed += [f"民國{day.year - 1911}年{day.month}月{day.day}日", f"中華民國{day.year - 1911}年{day.month:02d}月{day.day:02d}日"]
    for surface in printed:
        text, mentions = read(f"會議於{surface}舉行")
        assert [text.surface(m.start, m.end) for m in mentions] == [surface]
        part = mentions[0].parsed.first
        assert (part.year, part.month, part.day) == (day.year, day.month, day.day)


@given(press_texts)
def test_date_spans_stand_apart_in_any_text(source: str) -> None:
    text, mentions = read(source)
    last = 0
    for mention in mentions:
        assert last <= mention.start < mention.end <= len(text.folded)
        last = mention.end


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "一",
        "十",
        "年",
        "月",
        "日",
        "(",
        "“",
        "1-",
        "1月",
        "2018年",
        "2018-",
        "12月1日至",
        "至",
        "第",
        "上",
        "今",
        "周一",
        "昨(",
        "1、",
        "一、",
        "3·",
        "Q1",
        "1 ",
    ],
)
def test_date_is_linear_on_hostile_repeats(piece: str) -> None:
    source = (piece * 100_000)[:100_000]
    text = make_text(source)
    assert all(m.end <= len(source) for m in EXTRACTOR.find(text))
