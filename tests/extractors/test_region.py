"""Regions found, in every script: spans here, codes in tests/resolvers/test_places.py."""

from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.extractors.region import RegionExtractor
from jianbao.joining import find_joins
from jianbao.lexicon import Lexicon, Matcher, load_lexicon
from jianbao.records import Article, Convention, make_id
from jianbao.segmenter import load_segmenter
from jianbao.text import Mention, Text, make_text
from tests.case_tables import SCRIPTS, Case, convert, read_cases

GAZETTEERS = ["regions_china", "regions_taiwan", "regions_world", "regions_macro"]


def lexicons(names: list[str]) -> list[Lexicon]:
    return [load_lexicon(name) for name in names]


MATCHER = Matcher(lexicons([*GAZETTEERS, "regions_zones", "regions_cities"]))
EXTRACTOR = RegionExtractor(
    lexicons(GAZETTEERS),
    load_lexicon("place_words"),
    load_lexicon("place_stops"),
    load_lexicon("zone_heads"),
    load_lexicon("towns_china"),
    load_segmenter(),
)


def read(source: str, convention: Convention = "mainland") -> tuple[Text, list[Mention]]:
    article = Article(id=make_id("a", source), source="test", sha256="0" * 64, text=source, convention=convention)
    text = make_text(source, deleted=find_joins(source), article=article, segmenter=load_segmenter())
    text.hits = MATCHER.find(text)
    return text, sorted(EXTRACTOR.find(text), key=lambda m: (m.start, -m.end))


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("case", read_cases("region"), ids=attrgetter("id"))
def test_region_finds_cases(case: Case, script: str) -> None:
    text, mentions = read(convert(case.text, script), case.more["convention"] or "mainland")  # type: ignore[arg-type]
    spans = [text.source_span(m.start, m.end) for m in mentions]
    assert set(case.spans) <= set(spans)
    # Only a zone called by its kind alone is the resolver's to drop: it knows whether one zone is meant.
    assert all(span in case.spans or (m.deictic and m.rule == "region.zone") for span, m in zip(spans, mentions, strict=True))


@pytest.mark.parametrize(
    "source",
    [
        "9" * 100_000,
        "一" * 100_000,
        "省" * 100_000,
        "京津" * 50_000,
        "(" * 100_000,
        "产业园" * 30_000,
        "、浙" * 50_000,
        "浙、" * 50_000,
        "市、" * 50_000,
        "镇" * 100_000,
        "全市" * 50_000,
        "A" * 100_000,
    ],
    ids=lambda s: s[:3],
)
def test_region_is_linear_on_hostile_repeats(source: str) -> None:
    text, mentions = read(source)
    assert all(0 <= m.start < m.end <= len(text.folded) for m in mentions)


@given(st.text(alphabet="吉浙沪林江省市县区长春辽源绍兴中美台港方赴、与和两地全我国开发区产业园镇村的在,。(市场)", max_size=60))
def test_region_mentions_lie_in_the_text_and_never_cross(source: str) -> None:
    text, mentions = read(source)
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text.folded)
    spans = {(m.start, m.end) for m in mentions}
    assert len(spans) == len(mentions)
    for a, b in spans:
        assert not any(a < c < b < d for c, d in spans)
