"""Scoring: spans exactly, values where the gold states them, events slot by slot; a gold file with a mistake is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from jianbao.evaluation import GoldError, Score, evaluate
from jianbao.output import Corpus
from jianbao.run import RunOptions, run
from tests.samples import rows

SOURCE = "2018/hans.txt"


def gold_mentions(output: Path) -> list[dict[str, Any]]:
    """Gold that says just what the output says of one article."""
    keys = ("source", "kind", "start", "end", "text")
    return [
        {**{key: row[key] for key in keys}, "value": {k: v for k, v in row["value"].items() if k != "unresolved"}}
        for row in rows(output, "mentions")
        if row["source"] == SOURCE
    ]


def gold_events(output: Path) -> list[dict[str, Any]]:
    (article,) = (row["id"] for row in rows(output, "articles") if row["source"] == SOURCE)
    figures = {row["id"]: row for row in rows(output, "figures")}
    found = []
    for row in rows(output, "agreements"):
        if article in [e["article"] for e in row["evidence"]]:
            event: dict[str, Any] = {key: row[key] for key in ("agreement_type", "title", "date", "status", "subject")}
            amounts = [{"currency": figures[a]["currency"], "amount": figures[a]["amount"]} for a in row["amounts"]]
            found.append({**event, "source": SOURCE, "parties": [p["name"] for p in row["parties"]], "amounts": amounts})
    return found


def write_gold(folder: Path, mentions: list[Any], events: list[Any]) -> Path:
    for name, records in (("mentions", mentions), ("agreements", events)):
        lines = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records]
        (folder / f"{name}.jsonl").write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return folder


@pytest.fixture
def mentions(output: Path) -> list[dict[str, Any]]:
    return gold_mentions(output)


@pytest.fixture
def events(output: Path) -> list[dict[str, Any]]:
    return gold_events(output)


def test_evaluate_finds_no_difference_where_there_is_none(output: Path, tmp_path: Path, mentions: list[Any], events: list[Any]) -> None:
    assert events
    result = evaluate(Corpus(output), write_gold(tmp_path, mentions, events))
    assert result.differences == []
    for kind in ("region", "organisation", "agreement", "date", "figure", "events"):
        score = result.scores[kind]
        assert score.gold == score.found == score.right > 0
        assert (score.precision, score.recall, score.f1) == (1, 1, 1)
        assert all(stated == right > 0 for stated, right in score.fields.values())


def test_evaluate_counts_misses_and_extras(output: Path, tmp_path: Path, mentions: list[Any]) -> None:
    dates = [m for m in mentions if m["kind"] == "date"]
    missed = {**dates[0], "start": dates[0]["start"] + 1, "text": dates[0]["text"][1:]}
    result = evaluate(Corpus(output), write_gold(tmp_path, [missed, *(m for m in mentions if m is not dates[0])], []))
    score = result.scores["date"]
    assert (score.gold, score.found, score.right) == (len(dates), len(dates), len(dates) - 1)
    assert sum("missed" in line for line in result.differences) == 1
    assert any("extra" in line and f"{dates[0]['start']}-{dates[0]['end']} date" in line for line in result.differences)


def test_evaluate_scores_the_fields_that_gold_states(output: Path, tmp_path: Path, mentions: list[Any]) -> None:
    (figure,) = (m for m in mentions if m["text"] == "3000万元")
    figure["value"] = {"amount": 30000000.0, "currency": "USD"}
    result = evaluate(Corpus(output), write_gold(tmp_path, [figure], []))
    assert dict(result.scores["figure"].fields) == {"amount": [1, 1], "currency": [1, 0]}
    assert any("currency is CNY, gold USD" in line for line in result.differences)


def test_evaluate_compares_names_folded(output: Path, tmp_path: Path, mentions: list[Any]) -> None:
    region = next(m for m in mentions if m["text"] == "浙江省")
    region["value"] = {"name": "浙江省", "code": "330000"}
    agreement = next(m for m in mentions if m["kind"] == "agreement")
    agreement["value"] = {"title": "戰略合作框架協議"}
    result = evaluate(Corpus(output), write_gold(tmp_path, [region, agreement], []))
    assert result.scores["agreement"].fields["title"] == [1, 1]


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        ("parties", ["吉林省人民政府"]),
        ("parties", ["吉林省人民政府", "浙江省人民政府", "上海市人民政府"]),
        ("date", "2018-03-08"),
        ("amounts", []),
        ("amounts", [{"currency": "CNY", "amount": 3000}]),
        ("agreement_type", "contract"),
    ],
    ids=lambda v: v if isinstance(v, str) else str(len(v)),
)
def test_evaluate_event_with_one_wrong_slot_is_wrong(
    output: Path, tmp_path: Path, mentions: list[Any], events: list[Any], slot: str, value: Any
) -> None:
    event = next(e for e in events if e["parties"] and e["amounts"])
    wrong = [{**e, slot: value} if e is event else e for e in events]
    score = evaluate(Corpus(output), write_gold(tmp_path, mentions, wrong)).scores["events"]
    assert score.right == len(events) - 1
    assert score.fields[slot] == [len(events), len(events) - 1]


def test_evaluate_leaves_articles_without_gold_out(output: Path, tmp_path: Path, mentions: list[Any], events: list[Any]) -> None:
    result = evaluate(Corpus(output), write_gold(tmp_path, mentions[:1], []))
    assert sum(result.scores[kind].found for kind in ("region", "date", "figure")) <= len(mentions)
    assert all(line.startswith(SOURCE) for line in result.differences)


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ("{", "not JSON"),
        ('{"source": "2018/hans.txt"}', "no end, kind, start, text, value"),
        ("[]", "no end"),
        ({"source": "nowhere.txt"}, "no article nowhere.txt"),
        ({"kind": "money"}, "no kind 'money'"),
        ({"text": "別的"}, "is not '別的'"),
        ({"start": 0, "end": 99999}, "is not"),
    ],
    ids=["json", "fields", "list", "source", "kind", "text", "span"],
)
def test_evaluate_refuses_broken_gold_with_its_line(output: Path, tmp_path: Path, mentions: list[Any], broken: Any, words: str) -> None:
    line = {**mentions[1], **broken} if isinstance(broken, dict) else broken
    with pytest.raises(GoldError, match=words) as raised:
        evaluate(Corpus(output), write_gold(tmp_path, [mentions[0], line], []))
    assert f"{tmp_path / 'mentions.jsonl'}:2:" in str(raised.value)


@pytest.mark.parametrize(
    ("broken", "words"), [("{", "not JSON"), ('{"source": "2018/hans.txt"}', "no agreement_type"), ({"source": "nowhere.txt"}, "no article")]
)
def test_evaluate_refuses_broken_events_with_their_line(
    output: Path, tmp_path: Path, mentions: list[Any], events: list[Any], broken: Any, words: str
) -> None:
    line = {**events[0], **broken} if isinstance(broken, dict) else broken
    with pytest.raises(GoldError, match=words) as raised:
        evaluate(Corpus(output), write_gold(tmp_path, mentions, [line]))
    assert f"{tmp_path / 'agreements.jsonl'}:1:" in str(raised.value)


@pytest.mark.parametrize("missing", ["mentions.jsonl", "agreements.jsonl"])
def test_evaluate_refuses_an_incomplete_gold_folder(output: Path, tmp_path: Path, mentions: list[Any], missing: str) -> None:
    write_gold(tmp_path, mentions, [])
    (tmp_path / missing).unlink()
    with pytest.raises(GoldError, match=missing):
        evaluate(Corpus(output), tmp_path)


def test_score_of_nothing_is_nought() -> None:
    score = Score()
    assert (score.precision, score.recall, score.f1) == (0, 0, 0)


def test_evaluate_counts_offsets_over_the_whole_page(small_pipeline_file: Path, tmp_path: Path) -> None:
    page = "两市签约\n本报讯（记者 张三）3月7日，两市签署合作协议，共建园区。\n\n园区开工\n本报讯（记者 李四）3月9日，园区开工，投资3000万元。\n"
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    run([tmp_path / "page.txt"], tmp_path / "out", RunOptions(pipeline=str(small_pipeline_file), workers=1))
    assert len(Corpus(tmp_path / "out").articles) == 2
    gold = [
        {"source": "page.txt", "kind": kind, "start": page.index(text), "end": page.index(text) + len(text), "text": text, "value": {}}
        for kind, text in (("date", "3月7日"), ("date", "3月9日"), ("figure", "3000万元"))
    ]
    result = evaluate(Corpus(tmp_path / "out"), write_gold(tmp_path, gold, []))
    assert result.differences == []
    assert (result.scores["date"].right, result.scores["figure"].right) == (2, 1)
