"""What place names mean, in every script, by chain, list, article, home and day."""

from operator import attrgetter

import pytest

from jianbao.joining import find_joins
from jianbao.records import Article, RegionValue, make_id
from jianbao.resolvers.overlaps import OverlapResolver
from jianbao.resolvers.places import PlaceResolver, home_of
from jianbao.segmenter import load_segmenter
from jianbao.text import Mention, Text, make_text
from tests.case_tables import SCRIPTS, Case, convert, read_cases
from tests.extractors.test_region import EXTRACTOR, GAZETTEERS, MATCHER, lexicons

RESOLVER = PlaceResolver(lexicons(GAZETTEERS), lexicons(["regions_zones"])[0])


def resolve(source: str, **metadata: str) -> Text:
    given = {key: value for key, value in metadata.items() if value}
    article = Article(id=make_id("a", source), source="test", sha256="0" * 64, text=source, **given)  # type: ignore[arg-type]
    text = make_text(source, deleted=find_joins(source), article=article, segmenter=load_segmenter())
    text.hits = MATCHER.find(text)
    text.mentions = list(EXTRACTOR.find(text))
    OverlapResolver().resolve(text)
    RESOLVER.resolve(text)
    return text


def code(mention: Mention) -> str:
    value = mention.value
    assert isinstance(value, RegionValue)
    return "unresolved" if value.unresolved else "+".join(value.codes or (value.code or "",))


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("case", read_cases("region"), ids=attrgetter("id"))
def test_places_resolves_cases(case: Case, script: str) -> None:
    more = {key: case.more[key] for key in ("published", "convention")} | {"outlet": convert(case.more["outlet"], script)}
    text = resolve(convert(case.text, script), **more)
    assert [(*text.source_span(m.start, m.end), code(m)) for m in text.mentions] == case.mentions


def test_places_keeps_what_it_refused_as_alternatives() -> None:
    text = resolve("辽源市西安区举办展会")
    value = text.mentions[1].value
    assert isinstance(value, RegionValue)
    assert value.alternatives == ("231005",)


@pytest.mark.parametrize(
    ("source", "outlet", "home"),
    [
        ("全市召开会议", "辽源日报", "220400"),
        ("我区新能源装机增长", "宁夏日报", "640000"),
        ("本报辽源4月2日讯 会议召开", "", "220400"),
        ("我市东丰县与诸暨市签约", "", "220400"),
        ("记者梳理发现，煤价下跌", "", None),
    ],
)
def test_places_tells_the_home_of_an_article(source: str, outlet: str, home: str | None) -> None:
    found = home_of(resolve(source, outlet=outlet))
    assert (found.code if found else None) == home


def test_places_leaves_no_region_without_a_value() -> None:
    text = resolve("我省、两省、该市、高新区、经济技术开发区、和平、吉、浙沪、朝阳区与西安区")
    assert all(m.value is not None for m in text.mentions)


@pytest.mark.parametrize(
    "source",
    ["宁波产业园" * 10_000, "我市" * 30_000, "北京该县" * 15_000, "北京、开发区、" * 10_000, "吉林、长春两省" * 8_000, "辽源朝阳区" * 10_000],
    ids=lambda s: s[:5],
)
def test_places_is_linear_on_hostile_repeats(source: str) -> None:
    assert all(m.value is not None for m in resolve(source).mentions)
