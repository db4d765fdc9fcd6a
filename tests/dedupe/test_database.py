"""The store: any text comes back as it was, rows in any number, and the state says where an output's lines stand."""

import json
from pathlib import Path

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from jianbao.dedupe import database as store
from jianbao.dedupe.database import Database
from jianbao.records import KINDS
from jianbao.stages.write import STATE, with_original, with_records, without_original, without_records
from tests.samples import contents
from tests.scripted import Article, figure, organisation, region, run_script


def row(article: int, source: str, folded: str) -> bytes:
    fields = (
        article,
        json.dumps(source),
        0,
        "\\N",
        "0" * 64,
        "\\N",
        0,
        "\\N",
        json.dumps(folded),
        "[]",
        "[]",
        *[0] * len(KINDS),
        json.dumps(source),
        0,
        "",
        json.dumps(folded),
        0,
        0,
        0,
        0,
    )
    return "\t".join(map(str, fields)).encode("utf-8", "replace") + b"\n"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1, max_size=5))
def test_database_gives_any_text_back(tmp_path_factory, texts: list[str]) -> None:  # type: ignore[no-untyped-def]
    database = Database(tmp_path_factory.mktemp("db"))
    for number, text in enumerate(texts):
        database.add("articles", row(number, text, text))
    database.load()
    found = list(database.rows("SELECT source, folded, file, names FROM articles ORDER BY article"))
    database.close()
    assert found == [(text,) * 4 for text in texts]


def test_database_takes_long_rows_and_many(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(store, "_SPOOL_SIZE", 1 << 16)
    database = Database(tmp_path / "db")
    lengths = [10, 3_000_000, 0, 70_000, *[500] * 400]
    for number, length in enumerate(lengths):
        database.add("articles", row(number, str(number), "吉" * length))
    database.load()
    assert [n for (n,) in database.rows("SELECT length(folded) FROM articles ORDER BY article")] == lengths
    database.close()
    assert {path.name for path in (tmp_path / "db").iterdir()} == {"state.duckdb"}


def test_state_says_where_lines_stand_and_they_can_be_undone(tmp_path: Path) -> None:
    told = [organisation("海岸能源有限公司"), region("吉林", "220000", "吉林省"), figure("5亿元", "500000000", role=None)]
    out = run_script(
        tmp_path / "out", [Article("b", told), Article("a", told[:2], more="另一篇。" * 40), Article("c", told[:2], more="另一篇。" * 40)]
    )
    files = contents(out)
    articles = files["articles.jsonl"].splitlines(keepends=True)
    mentions = files["mentions.jsonl"].splitlines(keepends=True)
    with duckdb.connect(str(out / STATE / "state.duckdb"), read_only=True) as state:
        rows = state.execute("SELECT line_at, line_length, mentions_at, mentions_length, slots FROM articles ORDER BY source").fetchall()
        assert {name for (name,) in state.execute("SELECT table_name FROM duckdb_tables()").fetchall()} == {
            "articles", "sightings", "events", "merged", "reprints", "compared",
        }  # fmt: skip
    for line, (at, length, mentions_at, mentions_length, slots) in zip(articles, rows, strict=True):
        assert files["articles.jsonl"][at : at + length] == line
        original = json.loads(line)["near_duplicate_of"]
        assert with_original(without_original(line), original) == line
        block = files["mentions.jsonl"][mentions_at : mentions_at + mentions_length]
        assert [json.loads(m)["source"] for m in block.splitlines()] == [json.loads(line)["source"]] * len(json.loads(slots))
        ids = {slot: i for m, slot in zip(block.splitlines(), json.loads(slots), strict=True) for i in json.loads(m)["records"]}
        empty = without_records(block)
        assert b'"records":[]' in empty
        assert with_records(empty, json.loads(slots), "".join(ids[slot] for slot in sorted(ids))) == block
    assert b"".join(mentions) == files["mentions.jsonl"]
    assert any(json.loads(line)["near_duplicate_of"] for line in articles)


def test_records_of_mentions_several_none_and_one() -> None:
    lines = b'{"id":1,"records":[],"x":1}\n{"id":2,"records":[],"text":"\\"records\\":[]"}\n{"id":3,"records":[]}\n'
    ids = "r:" + "1" * 16 + "g:" + "3" * 16 + "g:" + "2" * 16
    rows = [json.loads(line)["records"] for line in with_records(lines, [0, [], [1, 2, 1]], ids).splitlines()]
    assert rows == [["r:" + "1" * 16], [], ["g:" + "2" * 16, "g:" + "3" * 16]]
