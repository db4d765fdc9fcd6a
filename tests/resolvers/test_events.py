"""Agreements as events."""

from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from jianbao.component import PressTokenizer, text_components
from jianbao.mentions import mention_id
from jianbao.records import Article, Event, FigureValue
from jianbao.text import Text
from tests.case_tables import SCRIPTS, Case, convert, read_cases

PUBLISHED = "2019-06-20"
TABLES = ("event", "event_again", "event_dates", "event_lists", "event_policies", "event_signings", "event_status", "event_sums")


def read(nlp: Language, source: str, published: str = "", convention: str = "") -> Text:
    article = Article(
        id="a:0000000000000000",
        source="case",
        published=published or PUBLISHED,
        published_by="given",
        sha256="0" * 64,
        text=source,
        convention=convention or "mainland",  # type: ignore[arg-type]  # checked by the model
    )
    assert isinstance(nlp.tokenizer, PressTokenizer)
    text = nlp.tokenizer.make_text(source, article)
    for component in text_components(nlp):
        component.apply(text)
    return text


def shown(text: Text, event: Event) -> str:
    sums = {mention_id(text, m): f"{m.value.currency} {m.value.amount}" for m in text.mentions if isinstance(m.value, FigureValue)}
    parties = " + ".join(p.name for p in event.parties) or "-"
    amounts = ", ".join(sums[a] for a in event.amounts) or "-"
    return f"{event.agreement_type} | {event.title or '-'} | {parties} | {event.date or '-'} | {amounts} | {event.status}"


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("case", [case for table in TABLES for case in read_cases(table)], ids=attrgetter("id"))
def test_events_cases(case: Case, script: str, nlp: Language) -> None:
    text = read(nlp, convert(case.text, script), case.more["published"], case.more["convention"])
    expected = " | ".join(case.expected)
    assert [shown(text, event) for event in text.events] == ([] if expected == "none" else expected.split(" || "))


PIECES = st.sampled_from(
    [
        "吉林省",
        "浙江大学",
        "甲公司",
        "与",
        "和",
        "、",
        ",",
        "分别",
        "签署",
        "《合作协议》",
        "框架协议",
        "双方",
        "昨日",
        "3亿元",
        "在北京",
        "由",
        "印发",
        "《规划》",
        "的",
        "。",
        "\n",
        "(",
        ")",
        "等5家企业",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_events_name_mentions_of_the_text(nlp: Language, source: str) -> None:
    text = read(nlp, source)
    ids = {mention_id(text, m) for m in text.mentions}
    for event in text.events:
        assert {p.record for p in event.parties} - {None} <= ids
        assert set(event.amounts) | set(event.mentions) <= ids
        assert all(p.name for p in event.parties)
        assert len({p.name for p in event.parties}) == len(event.parties)
        assert all(source[e.start : e.end] == e.text for e in event.evidence)


HOSTILE = {
    "signings": "甲公司与乙公司签署合作协议," * 3000,
    "titles": "《合作协议》" * 6000,
    "list of titles": "签署" + "《甲合作协议》、" * 6000,
    "policies": "国务院印发《关于支持的意见》," * 3000,
    "links": "与" * 50_000 + "签署协议",
    "places": "浙江省、" * 15_000 + "签署协议",
    "sums": "3亿元," * 15_000 + "签署合作协议",
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_events_end_on_hostile_text(hostile: str, nlp: Language) -> None:
    read(nlp, hostile)
