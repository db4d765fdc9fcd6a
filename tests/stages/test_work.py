"""The stages of one article: exact numbers, keys in schema order, and a mistake that costs one article only."""

import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jianbao.records import FigureValue, MentionRecord, make_id
from jianbao.stages.work import json_line
from jianbao.text import Mention, Text
from tests.samples import contents, rows
from tests.scripted import Article, figure, organisation, region, run_script


def value(amount: Decimal) -> FigureValue:
    return FigureValue(dimension="money", amount=amount, low=amount, high=amount, unit="元")


EXACT = [
    ("42.75", "42.75"),
    ("0.1", "0.1"),
    ("30000000.00", "30000000"),
    ("1000000000000001", "1000000000000001"),
    ("9007199254740993", "9007199254740993"),  # no float holds it
    ("1E+15", "1000000000000000"),
    ("1.5E-7", "0.00000015"),
    ("-3.20", "-3.2"),
    ("0", "0"),
    ("-0.00", "0"),
    ("100", "100"),
    ("1234567890123456789012345678.9012345678", "1234567890123456789012345678.9012345678"),  # more digits than Decimal works with
]


@pytest.mark.parametrize(("amount", "written"), EXACT)
def test_json_line_writes_exact_numbers(amount: str, written: str) -> None:
    line = json_line(value(Decimal(amount))).decode()
    assert f'"amount":{written},"low":{written},' in line


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_json_line_numbers_come_back_as_they_were(amount: Decimal) -> None:
    assume(abs(amount.adjusted()) < 1000)  # a million digits are no sum of money
    line = json_line(value(amount)).decode()
    assert "e" not in line.split('"amount":')[1].split(",")[0].lower()
    assert json.loads(line, parse_float=Decimal)["amount"] == amount


def test_json_line_writes_a_number_of_any_length() -> None:
    amount = Decimal("9" * (sys.get_int_max_str_digits() + 1))
    assert f'"amount":{amount},' in json_line(value(amount)).decode()


@pytest.mark.parametrize(("amount", "written"), EXACT)
def test_run_writes_exact_numbers_in_mentions_and_records(tmp_path: Path, amount: str, written: str) -> None:
    out = run_script(tmp_path / "out", [Article("a", [figure("一笔钱", amount)])])
    for stem in ("mentions", "figures"):
        assert f'"amount":{written},"low":{written},"high":{written},' in (out / f"{stem}.jsonl").read_text(encoding="utf-8")


def test_run_mention_lines_have_keys_in_schema_order(tmp_path: Path) -> None:
    told = [figure("一笔钱", "1.5"), organisation("甲公司"), region("吉林", "220000", "吉林省")]
    for row in rows(run_script(tmp_path / "out", [Article("a", told)]), "mentions"):
        record = MentionRecord.model_validate(row)
        assert list(row) == list(MentionRecord.model_fields)
        assert list(row["value"]) == list(type(record.value).model_fields)


def test_run_mention_ids_are_hashes_of_article_kind_and_place(tmp_path: Path) -> None:
    for row in rows(run_script(tmp_path / "out", [Article("a", [figure("一笔钱", "1.5"), organisation("甲公司")])]), "mentions"):
        assert row["id"] == make_id("m", row["article"], row["kind"], row["start"], row["end"])


def test_run_mention_lines_end_where_rows_end_whatever_they_quote(tmp_path: Path) -> None:
    seam = '},{"id":"m:'
    found = rows(run_script(tmp_path / "out", [Article("a", [organisation(seam), figure("一笔钱", "1.5")])]), "mentions")
    assert [row["text"] for row in found] == [seam, "一笔钱"]


@pytest.mark.parametrize("error", [RuntimeError("ein Fehler"), KeyError("x"), RecursionError(), MemoryError(), AssertionError("\ud800")], ids=repr)
def test_run_exception_in_a_component_costs_its_article_only(tmp_path: Path, error: Exception) -> None:
    def fail(text: Text) -> None:
        if "出错" in text.source:
            raise error

    good = [Article("a", [region("吉林", "220000", "吉林省")]), Article("c", [organisation("甲公司")])]
    bad = Article("b", [region("浙江", "330000", "浙江省")], more="出错")
    out = run_script(tmp_path / "with", [good[0], bad, good[1]], fail)
    without = run_script(tmp_path / "without", good)
    assert [(e["source"], e["error"]) for e in rows(out, "errors")] == [("told.jsonl#b", "internal error")]
    assert type(error).__name__ in str(rows(out, "errors")[0]["detail"])
    ours = {"errors.jsonl", "manifest.json"}
    assert {k: v for k, v in contents(out).items() if k not in ours} == {k: v for k, v in contents(without).items() if k not in ours}


def test_run_mention_that_nobody_resolved_is_an_error_of_its_article(tmp_path: Path) -> None:
    def add(text: Text) -> None:
        if "无值" in text.source:
            text.mentions.insert(0, Mention("date", 0, 1, "date.test"))

    out = run_script(tmp_path / "out", [Article("a", [], more="无值"), Article("b", [organisation("甲公司")])], add)
    (error,) = rows(out, "errors")
    assert (error["source"], error["error"]) == ("told.jsonl#a", "internal error")
    assert "date.test" in str(error["detail"])
    assert [a["source"] for a in rows(out, "articles")] == ["told.jsonl#b"]
