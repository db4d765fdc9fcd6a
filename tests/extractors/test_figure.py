"""Figures: the cases of `figure.tsv` in every script, each lexicon example, and what holds for any text."""

import time
from decimal import Decimal
from operator import attrgetter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.extractors.figure import FigureExtractor
from jianbao.lexicon import load_lexicon
from jianbao.records import Article, Convention, Dimension, FigureValue
from jianbao.resolvers.figures import FigureResolver
from jianbao.text import Mention, Text, make_text
from tests.case_tables import SCRIPTS, Case, convert, read_cases

UNITS, CURRENCIES, ROLES = load_lexicon("units"), load_lexicon("currencies"), load_lexicon("roles")
EXTRACTOR = FigureExtractor(UNITS, CURRENCIES, ROLES)
EVERY_DIMENSION = FigureExtractor(UNITS, CURRENCIES, ROLES, Dimension.__args__)
RESOLVER = FigureResolver(CURRENCIES, ROLES, UNITS)
SYMBOLS = {"mass": "t", "percent": "%", "area": "m2", "length": "km"}


def read(source: str, convention: Any = "mainland", extractor: FigureExtractor = EXTRACTOR) -> Text:
    article = Article(id="a:0000000000000000", source="case", sha256="0" * 64, text="", convention=convention or "mainland")
    text = make_text(source, article=article)
    text.mentions = list(extractor.find(text))
    RESOLVER.resolve(text)
    return text


def value_of(mention: Mention) -> FigureValue:
    assert isinstance(mention.value, FigureValue)
    return mention.value


def show(value: FigureValue) -> str:
    """`CNY 350000000 min /year`, `t 560000..590000`."""
    number = format(value.amount, "f") if value.amount is not None else f"{value.low:f}..{value.high:f}"
    parts = [value.currency or SYMBOLS.get(value.dimension, value.dimension), number, value.modifier, value.per and f"/{value.per}"]
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("case", read_cases("figure"), ids=attrgetter("id"))
def test_figure_finds_cases(case: Case, script: str) -> None:
    text = read(convert(case.text, script), case.more["convention"])
    assert [(m.start, m.end, show(value_of(m))) for m in text.mentions] == case.mentions


def test_figure_has_cases_for_every_convention() -> None:
    cases = read_cases("figure")
    assert len(cases) >= 250
    assert {case.more["convention"] or "mainland" for case in cases} == set(Convention.__args__)


@pytest.mark.parametrize("printed", ["1200万千瓦", "50亿立方米", "30万标准箱", "12亿度电", "500人", "89个"])
def test_figure_leaves_other_dimensions_out_unless_asked(printed: str) -> None:
    assert read(printed).mentions == []
    assert len(read(printed, extractor=EVERY_DIMENSION).mentions) == 1


def test_figure_range_and_bounds_stand_where_the_contract_says() -> None:
    found = [value_of(m) for m in read("5-8亿元、超3亿元、不足3亿元、约3亿元、3亿元").mentions]
    assert [(v.amount, v.low, v.high) for v in found] == [
        (None, Decimal(500000000), Decimal(800000000)),
        (Decimal(300000000), Decimal(300000000), None),
        (Decimal(300000000), None, Decimal(300000000)),
        (Decimal(300000000), None, None),
        (Decimal(300000000),) * 3,
    ]


def test_figure_full_width_comma_in_a_list_parts_numbers() -> None:
    assert [m.end - m.start for m in read("500，600元").mentions] == [4]
    assert [m.end - m.start for m in read("500,600元").mentions] == [8]


figure_like = st.text(
    alphabet="0123456789.,，、-—~至到%元万亿兆千百十一二三四五七两半〇成分之个点人民币美港US$吨公斤里平方米顷亩/年每约超近以上多余 ()（）第",
    max_size=60,
)


@given(st.one_of(st.text(max_size=80), figure_like))
def test_figure_holds_on_any_text(source: str) -> None:
    text = read(source)
    last = 0
    for mention in text.mentions:
        assert last <= mention.start < mention.end <= len(text.folded)
        assert text.surface(mention.start, mention.end) == source[mention.start : mention.end]
        value = value_of(mention)
        assert value.low is None or value.high is None or value.low <= value.high
        last = mention.end


@given(st.integers(1, 10**7), st.sampled_from(["", "万", "亿", "千万", "万亿"]), st.integers(0, 99))
def test_figure_reads_any_sum_back_exactly(whole: int, magnitude: str, hundredths: int) -> None:
    scale = {"": 1, "万": 10**4, "亿": 10**8, "千万": 10**7, "万亿": 10**12}[magnitude]
    (mention,) = read(f"总额{whole:,}.{hundredths:02}{magnitude}元。").mentions
    assert value_of(mention).amount == (Decimal(whole) + Decimal(hundredths) / 100) * scale


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "一",
        "万",
        "亿",
        "1,",
        "1.",
        "1,234,",
        "一.",
        "百分之",
        "5%至",
        "3亿、",
        "3亿元(",
        "US$",
        "人民币",
        "-",
        "每年",
        "年产",
        "约",
        "3-",
        "5亿",
        "5亿 ",
        "点",
        "元",
        "1万",
        "总投资",
    ],
)
def test_figure_is_linear_on_hostile_repeats(unit: str) -> None:
    source = unit * (100_000 // len(unit))
    start = time.process_time()
    read(source)
    assert time.process_time() - start < 5
