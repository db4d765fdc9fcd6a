"""Conventions: outlet before byline before words, mainland when in doubt, and never from script."""

from operator import attrgetter

import pytest

from jianbao.cleaning.convention import convention_of, known_outlet
from jianbao.folding import fold
from jianbao.lexicon import load_lexicon
from tests.case_tables import SCRIPTS, Case, convert, read_cases
from tests.cleaning.pages import cleaned


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("case", read_cases("convention"), ids=attrgetter("id"))
def test_convention_follows_outlet_byline_and_words(case: Case, script: str) -> None:
    outlet = case.more.get("outlet") or None
    article = cleaned(convert(case.text, script), outlet=convert(outlet, script) if outlet else None)[0]
    assert (article.convention,) == case.expected


def test_convention_counts_a_word_once() -> None:
    assert convention_of(fold("現時" * 100), None) == "mainland"


def test_convention_lexicon_words_tell_their_place() -> None:
    for entry in load_lexicon("conventions").entries:
        place, _, kind = entry.sense.partition("_")
        if kind == "" and place != "mainland":
            some = "，".join([entry.hans, *entry.variants[:2]])
            assert convention_of(fold(some), None) == place


@pytest.mark.parametrize(
    ("name", "known"),
    [("第一财经日报(上海)", "第一财经日报"), ("自由時報", "自由时报"), ("某某某某", None), ("", None)],
)
def test_known_outlet_is_the_longest_name_held(name: str, known: str | None) -> None:
    found = known_outlet(name)
    assert (found and found.surface) == known
