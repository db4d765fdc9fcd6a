"""Roles, subjects, restatements and shared currency names."""

from operator import attrgetter

import pytest

from jianbao.extractors.figure import FigureExtractor
from jianbao.lexicon import load_lexicon
from jianbao.mentions import mention_id
from jianbao.records import Article, FigureValue, RegionValue
from jianbao.resolvers.figures import FigureResolver
from jianbao.segmenter import load_segmenter
from jianbao.text import Mention, Text, make_text
from tests.case_tables import SCRIPTS, Case, convert, read_cases

UNITS, CURRENCIES, ROLES = load_lexicon("units"), load_lexicon("currencies"), load_lexicon("roles")
EXTRACTOR = FigureExtractor(UNITS, CURRENCIES, ROLES)
RESOLVER = FigureResolver(CURRENCIES, ROLES, UNITS)


def read(source: str, convention: str = "", regions: tuple[str, ...] = ()) -> Text:
    article = Article(id="a:0000000000000000", source="case", sha256="0" * 64, text="", convention=convention or "mainland")  # type: ignore[arg-type]
    text = make_text(source, article=article, segmenter=load_segmenter())
    text.mentions = list(EXTRACTOR.find(text))
    text.mentions += [Mention("region", 0, 1, "test", RegionValue(code=code, name=code, level="country")) for code in regions]
    RESOLVER.resolve(text)
    text.mentions = [m for m in text.mentions if m.kind == "figure"]
    return text


def values(text: Text) -> list[FigureValue]:
    found = [m.value for m in text.mentions]
    assert all(isinstance(v, FigureValue) for v in found)
    return found  # type: ignore[return-value]


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("case", read_cases("figure_role"), ids=attrgetter("id"))
def test_figures_role_cases(case: Case, script: str) -> None:
    text = read(convert(case.text, script), case.more["convention"])
    ids = {mention_id(text, m): str(n) for n, m in enumerate(text.mentions, 1)}
    shown = []
    for mention, value in zip(text.mentions, values(text), strict=True):
        parts = [value.role, value.subject, value.restates and f"restates {ids[value.restates]}"]
        shown.append((mention.start, mention.end, " ".join(part for part in parts if part) or "-"))
    assert shown == case.mentions


@pytest.mark.parametrize("role", ROLES.entries, ids=attrgetter("id"))
def test_figures_role_has_dimensions_and_both_scripts_agree(role) -> None:  # type: ignore[no-untyped-def]
    assert role.dimensions


@pytest.mark.parametrize(
    ("name", "regions", "currency"),
    [
        ("比索", (), "PHP"),
        ("比索", ("MX",), "MXN"),
        ("比索", ("AR", "AR", "MX"), "ARS"),
        ("卢比", (), "INR"),
        ("盧比", ("PK",), "PKR"),
        ("克朗", ("NO",), "NOK"),
        ("镑", ("EG",), "EGP"),
        ("第纳尔", ("RS",), "RSD"),
        ("法郎", ("CN",), "CHF"),
    ],
)
def test_figures_shared_currency_name_follows_the_countries_named(name: str, regions: tuple[str, ...], currency: str) -> None:
    assert [v.currency for v in values(read(f"拨款5亿{name}", regions=regions))] == [currency]


@pytest.mark.parametrize(("convention", "currency"), [("mainland", "CNY"), ("hongkong", "HKD"), ("macau", "MOP"), ("taiwan", "TWD")])
@pytest.mark.parametrize("printed", ["拨款5亿元", "拨款5亿", "罰款500塊錢"])
def test_figures_bare_yuan_is_the_conventions(convention: str, currency: str, printed: str) -> None:
    assert [v.currency for v in values(read(printed, convention))] == [currency]


def test_figures_leaves_other_kinds_alone() -> None:
    text = make_text("2018年")
    text.mentions = [Mention("date", 0, 5, "date.year", parsed=object())]
    RESOLVER.resolve(text)
    assert text.mentions[0].value is None
