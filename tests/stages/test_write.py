"""Writing: the finished folder is swapped in whole; whatever stops a run leaves the old output or none."""

import json
from pathlib import Path

import pytest

from jianbao.records import FILES
from jianbao.stages.write import OutputError
from jianbao.text import Text
from tests.samples import contents, rows
from tests.scripted import Article, figure, organisation, region, run_script

JILIN = region("吉林", "220000", "吉林省")


def write(out: Path, *ids: str) -> Path:
    return run_script(out, [Article(name, [JILIN]) for name in ids])


def siblings(out: Path) -> set[str]:
    return {path.name for path in out.parent.iterdir() if not path.name.endswith("-input")}


def articles(out: Path) -> list[str]:
    return [str(row["source"]).partition("#")[2] for row in rows(out, "articles")]


def interrupt(text: Text) -> None:
    raise KeyboardInterrupt


def test_write_makes_every_file_and_nothing_else(tmp_path: Path) -> None:
    out = write(tmp_path / "deep" / "out", "a")
    assert set(contents(out)) == {"manifest.json", *(f"{stem}.jsonl" for stem in FILES)}
    assert siblings(out) == {"out"}


def test_write_sorts_articles_and_their_mentions_by_source(tmp_path: Path) -> None:
    out = write(tmp_path / "out", "b", "吉", "a", "B", "10", "9")
    assert articles(out) == ["10", "9", "B", "a", "b", "吉"]
    assert [str(row["source"]).partition("#")[2] for row in rows(out, "mentions")] == articles(out)


def test_write_gives_mentions_their_records(tmp_path: Path) -> None:
    out = run_script(tmp_path / "out", [Article("a", [JILIN, organisation("甲公司"), figure("一笔钱", "5")])])
    ids = {stem: [row["id"] for row in rows(out, stem)] for stem in FILES if stem not in ("articles", "mentions", "errors")}
    assert [row["records"] for row in rows(out, "mentions")] == [ids["regions"], ids["organisations"], ids["figures"]]


def test_write_replaces_an_earlier_output_whole(tmp_path: Path) -> None:
    out = write(tmp_path / "out", "a", "b")
    write(out, "c")
    assert articles(out) == ["c"]
    assert siblings(out) == {"out"}


def test_write_interrupted_run_leaves_the_old_output(tmp_path: Path) -> None:
    out = write(tmp_path / "out", "a")
    before = contents(out)
    with pytest.raises(KeyboardInterrupt):
        run_script(out, [Article("b", [JILIN])], interrupt)
    assert contents(out) == before
    assert siblings(out) == {"out"}


def test_write_interrupted_first_run_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run_script(tmp_path / "out", [Article("b", [JILIN])], interrupt)
    assert siblings(tmp_path / "out") == set()


@pytest.mark.parametrize("swapped_out", [False, True], ids=["old_in_place", "between_renames"])
@pytest.mark.parametrize("ends", [True, False], ids=["whole", "interrupted"])
def test_write_cleans_what_a_killed_run_left(tmp_path: Path, swapped_out: bool, ends: bool) -> None:
    out = write(tmp_path / "out", "old")
    before = contents(out)
    (tmp_path / ".out.partial").mkdir()
    (tmp_path / ".out.partial" / "spool").write_bytes(b"half")
    if swapped_out:
        out.rename(tmp_path / ".out.old")
    if ends:
        write(out, "new")
        assert contents(out) == contents(write(tmp_path / "fresh", "new"))
        assert siblings(out) == {"out", "fresh"}
    else:
        with pytest.raises(KeyboardInterrupt):
            run_script(out, [Article("new", [JILIN])], interrupt)
        assert contents(out) == before
        assert siblings(out) == {"out"}


@pytest.mark.parametrize(
    "names",
    [["notes.xlsx"], ["manifest.json", "notes.xlsx"], ["articles.jsonl"], ["manifest.json", "sub/articles.jsonl"], [".git/HEAD"]],
    ids=["foreign", "foreign_beside_output", "own_data", "folder", "hidden"],
)
def test_write_refuses_a_folder_with_foreign_files(tmp_path: Path, names: list[str]) -> None:
    out = tmp_path / "out"
    for name in names:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text("{}")
    before = contents(out)
    with pytest.raises(OutputError) as raised:
        write(out, "a")
    assert Path(names[-1]).parts[0] in str(raised.value)
    assert "-o" in str(raised.value)
    assert contents(out) == before


def test_write_accepts_an_empty_folder_and_what_file_managers_leave(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    write(out, "a")
    (out / ".DS_Store").write_bytes(b"x")
    write(out, "b")
    assert articles(out) == ["b"]


def test_write_refuses_a_file_as_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(OutputError, match="is a file"):
        write(tmp_path / "out", "a")
    assert (tmp_path / "out").read_text() == "x"


def test_write_follows_a_linked_folder(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "disk")
    write(tmp_path / "out", "a")
    write(tmp_path / "out", "b")
    assert (tmp_path / "out").is_symlink()
    assert articles(tmp_path / "disk") == ["b"]


def test_write_sorts_errors(tmp_path: Path) -> None:
    def fail(text: Text) -> None:
        raise ValueError("so")

    out = run_script(tmp_path / "out", [Article(name, []) for name in ("b", "c", "a")], fail)
    assert [row["source"] for row in rows(out, "errors")] == ["told.jsonl#a", "told.jsonl#b", "told.jsonl#c"]
    assert json.loads((out / "manifest.json").read_bytes())["counts"]["errors"] == 3
