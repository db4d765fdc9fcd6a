"""Reading an output: models, rows and frames, with every number exact."""

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas
import pytest

import jianbao
from jianbao.output import Corpus, NotAnOutputError, json_row
from jianbao.records import FILES, FigureRecord
from tests.samples import ARTICLES, HANS, contents, rows, write_articles


@pytest.fixture(scope="module")
def corpus(output: Path) -> Corpus:
    return jianbao.load(output)


@pytest.mark.parametrize("stem", FILES)
def test_load_gives_every_table(corpus: Corpus, output: Path, stem: str) -> None:
    table = getattr(corpus, stem)
    records = list(table)
    assert len(table) == len(records) == len(rows(output, stem))
    assert all(type(record) is FILES[stem] for record in records)
    assert list(corpus.table(stem)) == records


@pytest.mark.parametrize("stem", FILES)
def test_to_pandas_has_a_column_for_each_field(corpus: Corpus, stem: str) -> None:
    table = corpus.table(stem)
    frame = table.to_pandas()
    assert list(frame.columns) == list(FILES[stem].model_fields)
    assert len(frame) == len(table)


def write_output(folder: Path, source: Path, **lines: list[dict[str, Any] | str]) -> Corpus:
    """A copy of an output with other lines in some files."""
    shutil.copytree(source, folder)
    for stem, records in lines.items():
        text = "".join((r if isinstance(r, str) else json.dumps(r, ensure_ascii=False)) + "\n" for r in records)
        (folder / f"{stem}.jsonl").write_text(text, encoding="utf-8")
    return jianbao.load(folder)


def figure(corpus: Corpus, amount: str) -> str:
    """The line of a figure record with another amount."""
    row = next(iter(corpus.figures)).model_dump_json(exclude={"amount", "low", "high"})
    return row.replace('"currency"', f'"amount":{amount},"low":{amount},"high":{amount},"currency"', 1)


def test_to_pandas_numbers_are_exact(corpus: Corpus, output: Path, tmp_path: Path) -> None:
    printed = ["42.75", "0.1", "1000000000000001", "9007199254740993", "null", "12345678901234567890.5"]
    frame = write_output(tmp_path / "out", output, figures=[figure(corpus, amount) for amount in printed]).figures.to_pandas()
    assert list(frame["amount"]) == [None if p == "null" else Decimal(p) for p in printed]
    assert all(isinstance(amount, Decimal) for amount in frame["amount"] if amount is not None)
    assert sum(frame["amount"].dropna(), Decimal(0)) == sum(Decimal(p) for p in printed if p != "null")


def test_rows_and_models_numbers_are_exact(corpus: Corpus, output: Path, tmp_path: Path) -> None:
    table = write_output(tmp_path / "out", output, figures=[figure(corpus, a) for a in ("42.75", "9007199254740993")]).figures
    assert [row["amount"] for row in table.rows()] == [Decimal("42.75"), 9007199254740993]
    assert [record.amount for record in table] == [Decimal("42.75"), Decimal(9007199254740993)]
    assert all(isinstance(record, FigureRecord) for record in table)


def test_to_pandas_offsets_and_counts_are_integers(corpus: Corpus) -> None:
    mentions = corpus.mentions.to_pandas()
    assert [str(mentions[c].dtype) for c in ("start", "end", "deictic")] == ["int64", "int64", "bool"]
    articles = corpus.articles.to_pandas().set_index("id")
    for mention in mentions.itertuples():
        assert articles.loc[mention.article, "text"][mention.start : mention.end] == mention.text
    assert str(corpus.regions.to_pandas()["mention_count"].dtype) == "int64"


def test_to_pandas_gaps_are_none(corpus: Corpus, output: Path, tmp_path: Path) -> None:
    articles = [{**row, "source_offset": None if i else 3} for i, row in enumerate(rows(output, "articles"))]
    frame = write_output(tmp_path / "out", output, articles=articles).articles.to_pandas()  # type: ignore[arg-type]
    assert frame["source_offset"].iloc[0] == 3
    assert frame["source_offset"].iloc[1] is pandas.NA
    assert [url for url in frame["url"] if url is not None] == ["https://example.org/1"]


def test_to_pandas_of_an_empty_file_has_its_columns(output: Path, tmp_path: Path) -> None:
    corpus = write_output(tmp_path / "out", output, **{stem: [] for stem in FILES})
    for stem in FILES:
        assert list(corpus.table(stem).to_pandas().columns) == list(FILES[stem].model_fields)


def test_article_is_found_by_id_source_and_end_of_source(corpus: Corpus) -> None:
    view = corpus.article("2018/hans.txt")
    assert view.text == HANS
    assert corpus.article(view.article.id).article == corpus.article("hans.txt").article == view.article
    assert view.mentions
    assert all(mention.article == view.article.id for mention in view.mentions)


@pytest.mark.parametrize(("wanted", "words"), [("nowhere.txt", "no such article"), (".txt", "several articles"), ("wire.jsonl", "no such article")])
def test_article_that_is_not_one_is_refused(corpus: Corpus, wanted: str, words: str) -> None:
    with pytest.raises(KeyError, match=words):
        corpus.article(wanted)


@pytest.mark.parametrize("missing", ["manifest.json", "figures.jsonl", "errors.jsonl"])
def test_load_refuses_what_is_no_output(output: Path, tmp_path: Path, missing: str) -> None:
    shutil.copytree(output, tmp_path / "out")
    (tmp_path / "out" / missing).unlink()
    with pytest.raises(NotAnOutputError, match=missing):
        jianbao.load(tmp_path / "out")


def test_load_refuses_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotAnOutputError, match="nowhere"):
        jianbao.load(tmp_path / "nowhere")


def test_extract_gives_what_load_reads(tmp_path: Path, small_pipeline_file: Path) -> None:
    folder = write_articles(tmp_path / "news")
    corpus = jianbao.extract(folder, tmp_path / "out", pipeline=small_pipeline_file, published="2018-03-08", workers=1)
    assert {a.source.partition("#")[0] for a in corpus.articles} == set(ARTICLES)
    assert list(corpus.mentions) == list(jianbao.load(tmp_path / "out").mentions)
    before = contents(tmp_path / "out")
    jianbao.extract([str(folder)], str(tmp_path / "out"), pipeline=str(small_pipeline_file), published="2018-03-08", workers=1)
    assert contents(tmp_path / "out") == before


def test_manifest_is_read_as_a_model(corpus: Corpus) -> None:
    assert corpus.manifest.counts["articles"] == len(corpus.articles)
    assert corpus.manifest.pipeline == "press"


def test_json_row_is_exact() -> None:
    row = json_row(b'{"amount":0.1,"low":12345678901234567890123,"high":30000000,"text":"3.5"}')
    assert row == {"amount": Decimal("0.1"), "low": Decimal(12345678901234567890123), "high": 30000000, "text": "3.5"}
    assert isinstance(row["amount"], Decimal)
