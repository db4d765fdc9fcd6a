"""Organisations found, in every script, with their types."""

import itertools
from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.extractors.organisation import OrganisationExtractor
from jianbao.joining import find_joins
from jianbao.lexicon import Matcher, load_lexicon
from jianbao.records import Article, Convention, OrganisationValue, make_id
from jianbao.segmenter import load_segmenter
from jianbao.text import Mention, Text, make_text
from tests.case_tables import SCRIPTS, Case, convert, read_cases

MATCHER = Matcher(
    [
        load_lexicon(name)
        for name in (
            "regions_china",
            "regions_taiwan",
            "regions_world",
            "regions_macro",
            "regions_zones",
            "regions_cities",
            "organisations_government",
            "organisations_mainland",
            "organisations_abroad",
            "organisations_knowledge",
        )
    ]
)
EXTRACTOR = OrganisationExtractor(
    load_lexicon("organisation_heads"),
    load_lexicon("organisation_context"),
    load_lexicon("organisation_fields"),
    load_lexicon("organisation_characters"),
    load_lexicon("organisation_stops"),
    load_segmenter(),
)
# What names and the words around them are made of, so that random texts hold many of them.
PIECES = [
    "公司",
    "有限公司",
    "集团",
    "银行",
    "大学",
    "医院",
    "政府",
    "市委",
    "组织部",
    "财政局",
    "药业",
    "日报",
    "浙江",
    "辽源市",
    "吉林省",
    "腾讯",
    "华为",
    "国务院",
    "鑫",
    "辉",
    "达",
    "和",
    "与",
    "在",
    "的",
    "等企业",
    "、",
    ",",
    "。",
    "(",
    ")",
    "“",
    "”",
    "《",
    "》",
    "董事长",
    "收购",
    "100%",
    "股权",
    "(600188)",
    "来源:",
    "记者",
    "我市",
    "省",
    "市",
    "3",
    "ABC",
    "\n",
]


def read(source: str, convention: Convention = "mainland") -> tuple[Text, list[Mention]]:
    article = Article(id=make_id("a", source), source="case", sha256="", text=source, convention=convention)
    text = make_text(source, deleted=find_joins(source), article=article, segmenter=load_segmenter())
    text.hits = MATCHER.find(text)
    return text, list(EXTRACTOR.find(text))


def type_of(mention: Mention) -> str:
    assert isinstance(mention.value, OrganisationValue)
    return mention.value.type


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("case", read_cases("organisation"), ids=attrgetter("id"))
def test_organisation_finds_cases(case: Case, script: str) -> None:
    text, mentions = read(convert(case.text, script), case.more.get("convention") or "mainland")
    assert [(*text.source_span(m.start, m.end), type_of(m)) for m in mentions] == case.mentions


@pytest.mark.parametrize(
    "source",
    [
        "9" * 100_000,
        "一" * 100_000,
        "(" * 100_000,
        "公司" * 50_000,
        "鑫" * 100_000,
        "、" * 100_000,
        "等企业" * 30_000,
        "市委" * 50_000,
        "《" * 100_000,
        "“银行”" * 25_000,
        "吉林" * 50_000,
        "A" * 100_000,
        "来源:" * 30_000,
        "1%股权" * 20_000,
    ],
    ids=lambda source: source[:3],
)
def test_organisation_takes_hostile_text(source: str) -> None:
    read(source)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_organisations_stand_apart_and_in_order(source: str) -> None:
    text, mentions = read(source)
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text.folded)
        assert text.folded[mention.start : mention.end].strip() == text.folded[mention.start : mention.end]
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_organisations_are_the_same_each_time(source: str) -> None:
    first, again = read(source)[1], read(source)[1]
    assert [(m.start, m.end, m.rule, m.value) for m in first] == [(m.start, m.end, m.rule, m.value) for m in again]
