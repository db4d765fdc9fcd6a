"""What stands in folders besides articles, and files that are read in parts."""

import os
import sys
from pathlib import Path

import pytest

from jianbao.readers import DEFAULT_FIELDS, ReadOptions
from jianbao.records import Article
from jianbao.stages.read import cut, list_files, read

DEPTH = 1500  # folders in folders: more than Python's stack bears


def articles(folder: Path, options: ReadOptions | None = None) -> list[Article]:
    files, _ = list_files([folder])
    return [found for found in read(files, options or ReadOptions()) if isinstance(found, Article)]


def test_published_is_told_by_field_or_page_before_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"id": 1, "text": "x", "date": "2017-01-01"}\n{"id": 2, "text": "x"}\n')
    (tmp_path / "b.txt").write_bytes(b"x")
    (tmp_path / "c.html").write_bytes(b'<meta name="PubDate" content="2015-02-03"><body><p>x</p><p>y</p>')
    found = {a.source: (a.published, a.published_by) for a in articles(tmp_path, ReadOptions(published="2001-01-01"))}
    assert found == {
        "a.jsonl#1": ("2017-01-01", "field"),
        "a.jsonl#2": ("2001-01-01", "given"),
        "b.txt": ("2001-01-01", "given"),
        "c.html": ("2015-02-03", "meta"),
    }


def test_list_files_lists_hidden_files_as_skipped_and_a_hidden_folder_once(tmp_path: Path) -> None:
    for name in ("a.txt", ".DS_Store", ".git/one.txt", ".git/two.txt", "b/.hidden.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    files, skipped = list_files([tmp_path])
    assert [file.source for file in files] == ["a.txt"]
    assert [(e.source, e.error) for e in skipped] == [(".DS_Store", "skipped"), (".git", "skipped"), ("b/.hidden.txt", "skipped")]
    assert "hidden folder" in skipped[1].detail


def test_list_files_leaves_out_what_an_interrupted_run_left(tmp_path: Path) -> None:
    for name in ("a.txt", ".out.partial/spool.txt", ".out.old/x.txt", "out/articles.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    files, skipped = list_files([tmp_path], out=tmp_path / "out")
    assert ([file.source for file in files], skipped) == (["a.txt"], [])


def test_list_files_survives_links_that_go_in_circles(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    files, skipped = list_files([tmp_path])
    assert [file.source for file in files] == ["a.txt"]
    assert [(e.source, e.error) for e in skipped] == [("gone.txt", "unreadable"), ("loop", "unreadable"), ("self.txt", "unreadable")]


@pytest.mark.skipif(not Path("/proc").exists() or sys.platform != "linux", reason="the limits of paths differ")
def test_list_files_goes_deep(tmp_path: Path) -> None:
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        for _ in range(DEPTH):
            os.mkdir("d")  # noqa: PTH102  # from within: no tool for paths goes so deep
            os.chdir("d")
        Path("新闻.txt").write_bytes(b"x")
        files, _ = list_files([tmp_path])
        Path("新闻.txt").unlink()
        for _ in range(DEPTH):
            os.chdir("..")
            os.rmdir("d")  # noqa: PTH106
    finally:
        os.chdir(before)
    assert [file.source for file in files] == ["d/" * DEPTH + "新闻.txt"]


def test_list_files_takes_names_as_they_come(tmp_path: Path) -> None:
    for name in ("新闻 一.txt", "a#b.txt", "[x].txt", "名\n字.txt"):
        (tmp_path / name).write_text("吉浙签约", encoding="utf-8")
    assert [a.source for a in articles(tmp_path)] == ["[x].txt", "a#b.txt", "名\n字.txt", "新闻 一.txt"]


def test_cut_takes_long_files_of_records_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jianbao.stages.read.PART_SIZE", 100)
    (tmp_path / "a.csv").write_text("编号,text\n" + "".join(f"{i},甲省签约\n" for i in range(50)), encoding="gb18030")
    options = ReadOptions(fields={**DEFAULT_FIELDS, "id": "编号"})
    files = list(cut(list_files([tmp_path])[0], options))
    assert len(files) > 3
    assert [a.source for a in read(files, options) if isinstance(a, Article)] == [f"a.csv#{i}" for i in range(50)]
