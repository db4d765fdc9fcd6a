"""`explain` says why a mention or record is what it is; `records agreements` shows sums, not ids."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from jianbao.cli.main import app
from jianbao.output import Corpus
from jianbao.run import RunOptions, run

FIRST = "2019年4月8日，常德市人民政府与湖南科锐物流有限公司签署《冷链园区合作框架协议》，总投资3.2亿元。南京市鼓楼区去年招商增长。"
SECOND = "2019年4月8日，湖南科銳物流有限公司與常德市人民政府簽署《冷鏈園區合作框架協議》，總投資3.5億元。"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output of two articles that tell of one agreement with different sums."""
    folder = tmp_path_factory.mktemp("explained")
    (folder / "articles").mkdir()
    (folder / "articles" / "one.txt").write_text(FIRST, encoding="utf-8")
    (folder / "articles" / "two.txt").write_text(SECOND, encoding="utf-8")
    run([folder / "articles"], folder / "out", RunOptions(workers=1, published="2019-04-10"))
    return folder / "out"


def said(*arguments: str | Path) -> str:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert result.exit_code == 0, result.output
    return result.output


def mention(out: Path, text: str) -> str:
    return next(m.id for m in Corpus(out).mentions if m.text == text)


def test_explain_mention_shows_rule_and_value(told: Path) -> None:
    shown = said("explain", mention(told, "3.2亿元"), "-o", told)
    for words in ("3.2亿元", "figure.money", "investment_total", "320000000", "one.txt", "总投资"):
        assert words in shown


def test_explain_mention_shows_lexicon_anchor_and_refused_places(told: Path) -> None:
    shown = said("explain", mention(told, "去年"), "-o", told)
    assert "resolved against" in shown
    assert "date_words: " in shown
    assert "2018" in shown
    assert "refused" in said("explain", mention(told, "鼓楼区"), "-o", told)


def test_explain_mention_in_traditional_shows_how_it_was_read(told: Path) -> None:
    shown = said("explain", mention(told, "《冷鏈園區合作框架協議》"), "-o", told)
    assert "read as" in shown
    assert "《冷链园区合作框架协议》" in shown
    assert "agreement_heads: framework_agreement" in shown


def test_explain_agreement_says_which_words_filled_which_slot(told: Path) -> None:
    (agreement,) = Corpus(told).agreements
    shown = said("explain", agreement.id, "-o", told)
    for words in (
        "冷链园区合作框架协议",
        "常德市人民政府",
        "2019年4月8日",
        "CNY 320,000,000",
        "CNY 350,000,000",
        "3.2亿元",
        "3.5億元",
        "status",
        "conflict",
    ):
        assert words in shown
    assert shown.count("簽署") == 1  # each article's sentence stands there
    assert shown.count("签署") == 1


def test_explain_record_lists_its_mentions(told: Path) -> None:
    place = next(r for r in Corpus(told).regions if r.name.hans == "常德市")
    shown = said("explain", place.id, "-o", told)
    assert "one.txt" in shown
    assert "two.txt" in shown
    assert "region.name" in shown


def test_explain_of_an_id_that_is_none_says_what_lists_them(told: Path) -> None:
    result = CliRunner().invoke(app, ["explain", "g:0000000000000000", "-o", str(told)])
    assert result.exit_code == 2
    assert "records KIND" in " ".join(result.output.split())


def test_explain_without_an_output_is_wrong_use(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["explain", "m:0000000000000000", "-o", str(tmp_path)]).exit_code == 2


def test_explain_lexicons_must_be_a_folder(told: Path) -> None:
    result = CliRunner().invoke(app, ["explain", "m:0000000000000000", "-o", str(told), "--lexicons", str(told / "none")])
    assert result.exit_code == 2


def test_records_agreements_shows_who_when_and_how_much(told: Path) -> None:
    shown = said("records", "agreements", "-o", told)
    for words in ("2019-04-08", "signed", "framework_agreement", "常德市人民政府", "CNY 320,000,000"):
        assert words in shown
    assert "f:" not in shown
