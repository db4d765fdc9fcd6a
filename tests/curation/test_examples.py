"""Examples of rule lexicons: each that ships is found in its entry, in every script, and what is not found is told."""

import pytest
from spacy.language import Language

from jianbao.curation.examples import Examples
from jianbao.lexicon import Lexicon, lexicon_names, load_lexicon
from tests.case_tables import SCRIPTS, convert


@pytest.fixture(scope="module")
def examples(nlp: Language) -> Examples:
    return Examples(nlp, [load_lexicon(name) for name in lexicon_names() if name.startswith("regions_")])


# As written, `lexicon check` tries the examples of all lexicons (test_check.py).
@pytest.mark.parametrize("script", SCRIPTS[1:])
@pytest.mark.parametrize("name", ["place_words", "zone_heads"])
def test_examples_that_ship_are_found_in_every_script(examples: Examples, name: str, script: str) -> None:
    problems = [(e.id, x, examples.problem(name, e, convert(x, script))) for e in load_lexicon(name).entries for x in e.examples]
    assert [found for found in problems if found[2]] == []


@pytest.mark.parametrize(
    ("name", "entry", "example", "problem"),
    [
        ("units", "GW", "3.5万兆瓦", "not found as a figure of GW that ends it"),
        ("units", "t", "3万吨粮食", "not found as a figure of t that ends it"),
        ("currencies", "JPY", "3.5亿韩元", "not found whole as a sum of JPY"),
        ("roles", "exports", "进口额3亿元", "no figure in it has the role exports"),
        ("roles", "electricity", "发电量3亿元", "no figure in it has the role electricity"),
        ("date_words", "day_before_yesterday", "目前日本", "no date in it comes from day_before_yesterday"),
        ("date_words", "headed", "2018年在中国", "no date in it is made by the word"),
        ("date_words", "part_end", "底部", "no date in it is made by the word"),
        ("date_words", "stop", "今日头版", "no surface of the entry stands in it"),
        ("agreement_heads", "contract", "签署合作协议", "no agreement in it comes from contract"),
        ("agreement_words", "subject.trade", "签署合作协议", "the word is no part of the agreement's name"),
        ("agreement_words", "subject.trade", "采购设备", "no agreement is found in it"),
        ("agreement_words", "stop.which", "《有关合作的协议》", "the word is taken into the agreement's name"),
        ("agreement_triggers", "sign", "签署", "no agreement is told of in it"),
        ("agreement_triggers", "deny", "长春市与绍兴市签署合作协议", "the agreement in it is signed, not denied"),
        ("agreement_triggers", "aside.time", "长春市与绍兴市签署合作协议", "no surface of the entry stands in it"),
        ("organisation_heads", "大学", "去年大学", "no organisation in it ends with the word"),
        ("party_words", "name.trade", "长春市与绍兴市签署合作协议", "no party to an agreement in it has the word in its name"),
        ("party_words", "rank.board", "长春市农会会长张三致辞", "no agreement of two parties is told of in it"),
        ("party_words", "rank.board", "长春市与绍兴市签署合作协议", "no surface of the entry stands in it"),
        ("place_words", "deictic.三省", "三生三世", "no place is found at the word"),
        ("zone_heads", "zone.产业园", "去年的产业园", "no zone in it holds the word"),
        ("boilerplate", "caption.opens", "两市今日签约。", "below an article it is not flagged as caption"),
        ("conventions", "hongkong", "本地楼市", "no surface of the entry stands in it"),
    ],
    ids=lambda value: value if str(value).isascii() else "",
)
def test_example_that_is_not_found_is_told(examples: Examples, name: str, entry: str, example: str, problem: str) -> None:
    assert examples.problem(name, load_lexicon(name).by_id[entry], example) == problem


def test_stop_phrase_that_stops_nothing_is_told(examples: Examples) -> None:
    stop = load_lexicon("place_stops").entries[0]
    assert examples.problem("place_stops", stop.model_copy(update={"hans": "在长春", "hant": "在長春", "refuses": ("长春",)}), "他在长春。") == (
        "长春 is found in it all the same"
    )
    body = load_lexicon("organisation_stops").entries[0]
    assert examples.problem("organisation_stops", body.model_copy(update={"hans": "清华大学", "hant": "清華大學"}), "他在清华大学。") == (
        "an organisation is found in the phrase: 清华大学"
    )


def test_entry_without_example_is_a_warning_where_one_is_needed(examples: Examples) -> None:
    def bare(name: str) -> Lexicon:
        lexicon = load_lexicon(name)
        shorn = [entry.model_copy(update={"examples": ()}) for entry in lexicon.entries]
        return Lexicon(name, lexicon.label, shorn, lexicon.owners, lexicon._folding)

    found = list(examples.check({name: bare(name) for name in ("units", "zone_heads", "confusables")}))
    assert {doubt.severity for doubt in found} == {"warning"}
    assert sum(doubt.lexicon == "units" for doubt in found) == len(load_lexicon("units").entries)
    told = {load_lexicon("zone_heads").entries[doubt.row].sense for doubt in found if doubt.lexicon == "zone_heads"}
    assert told == {"full", "weak", "bare", "macro", "inner"}
    assert not [doubt for doubt in found if doubt.lexicon == "confusables"]
