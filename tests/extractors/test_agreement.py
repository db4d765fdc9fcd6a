"""Names of agreements and policy documents."""

from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.extractors.agreement import AgreementExtractor
from jianbao.lexicon import load_lexicon
from jianbao.records import AgreementValue
from jianbao.segmenter import load_segmenter
from jianbao.text import make_text
from tests.case_tables import SCRIPTS, Case, convert, read_cases

HEADS, KNOWN = load_lexicon("agreement_heads"), load_lexicon("agreements_known")
EXTRACTOR = AgreementExtractor(HEADS, KNOWN, load_lexicon("agreement_words"), frozenset("台欧美中日韩"), load_segmenter())


def found(source: str) -> list[tuple[int, int, str]]:
    mentions = []
    for mention in EXTRACTOR.find(make_text(source, segmenter=load_segmenter())):
        assert isinstance(mention.value, AgreementValue)
        value = mention.value
        mentions.append((mention.start, mention.end, value.agreement_type + (f":{value.title}" if value.title else "")))
    return sorted(mentions)


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("case", read_cases("agreement"), ids=attrgetter("id"))
def test_agreement_finds_cases(case: Case, script: str) -> None:
    assert found(convert(case.text, script)) == case.mentions


PIECES = st.sampled_from(
    ["《", "》", "“", "”", "签署", "协议", "合作", "规划", "等3个", "、", "和", "(", ")", "的", "甲", "市", "CEPA", "合同", ",", "\n", "。"]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_agreement_spans_stay_inside_the_text_and_never_cross(source: str) -> None:
    spans = [(start, end) for start, end, _ in found(source)]
    assert all(0 <= start < end <= len(source) for start, end in spans)
    assert not any(a < c < b < d for a, b in spans for c, d in spans)


@pytest.mark.parametrize(
    "hostile", ["《" * 50_000, "《》" * 30_000, "签署协议" * 20_000, "“" * 50_000, "合作" * 40_000 + "协议", "等" * 50_000], ids=lambda s: s[:4]
)
def test_agreement_ends_on_hostile_text(hostile: str) -> None:
    found(hostile)
