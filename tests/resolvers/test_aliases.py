"""Short names within an article, in every script: where they stand and what they are short for."""

from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from jianbao.component import text_components
from jianbao.records import Article, OrganisationValue, make_id
from jianbao.resolvers import aliases
from jianbao.text import Text
from tests.case_tables import SCRIPTS, Case, convert, read_cases

PIECES = [
    "丽水恒瑞特煤炭有限公司",
    "恒瑞特",
    "(下称“恒瑞特”)",
    "(简称恒瑞特)",
    "恒瑞特煤炭",
    "荣化",
    "(1704)",
    "、",
    "等企业",
    ",",
    "。",
    "与",
    "辽源市",
    "我市",
    "市工信局",
    "省委",
    "腾讯",
    "大厦",
    "《",
    "》",
    "框架协议",
    "2019年",
    "\n",
]


def resolved(source: str, nlp: Language) -> Text:
    article = Article(id=make_id("a", source), source="test", sha256="0" * 64, text=source, convention="mainland")
    text: Text = nlp.tokenizer.make_text(source, article)  # type: ignore[attr-defined]
    for component in text_components(nlp):
        component.apply(text)
    return text


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("case", read_cases("alias"), ids=attrgetter("id"))
def test_aliases_find_cases(case: Case, script: str, nlp: Language) -> None:
    text = resolved(convert(case.text, script), nlp)
    found = [
        (*text.source_span(m.start, m.end), f"{m.value.type} {m.value.name}")
        for m in text.mentions
        if m.kind == "organisation" and isinstance(m.value, OrganisationValue)
    ]
    assert found == case.mentions


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=30))
def test_aliases_leave_no_crossing_mentions_and_no_organisation_in_another(pieces: list[str], nlp: Language) -> None:
    mentions = resolved("".join(pieces), nlp).mentions
    for index, mention in enumerate(mentions):
        for other in mentions[index + 1 :]:
            assert not mention.crosses(other)
            if mention.kind == other.kind == "organisation":
                assert not mention.covers(other)
                assert not other.covers(mention)


@given(st.text("恒瑞特 ", max_size=30), st.lists(st.text("恒瑞特", min_size=1, max_size=4), min_size=1, max_size=5, unique=True))
def test_occurrences_are_the_same_one_by_one_and_in_one_pass(text: str, surfaces: list[str]) -> None:
    one_by_one = [(surface, list(places)) for surface, places in aliases._occurrences(text, surfaces)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aliases, "_MANY", 0)
        in_one_pass = [(surface, list(places)) for surface, places in aliases._occurrences(text, surfaces)]
    assert one_by_one == in_one_pass == [(s, [i for i in range(len(text)) if text.startswith(s, i)]) for s in surfaces]


def test_aliases_of_hundreds_of_companies_in_one_text(nlp: Language) -> None:
    """Each short name is looked for in the whole text, which must not take hundreds of times as long."""
    names = [f"{a}{b}{c}" for a in "恒瑞荣泓昊鑫鼎" for b in "律沣旻炜煜煊烨" for c in "祺禧骏骐骥"]
    lines = [f"浙江{name}煤炭有限公司(以下简称“{name}”)成立。{name}表示,将收购{name}。\n" for name in names]
    text = resolved("".join(lines) * 12, nlp)
    short = {m.value.name for m in text.mentions if isinstance(m.value, OrganisationValue) and text.folded[m.start : m.end] in names}
    assert short == {f"浙江{name}煤炭有限公司" for name in names}
