"""Reading: which files the INPUTs name, under which source names, and that each ends as an article or as an error."""

import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.readers import READERS, InputFile, RawArticle, ReadOptions
from jianbao.records import Article, ErrorRecord
from jianbao.stages import read as reading
from jianbao.stages.read import InputError, cut, item_digest, list_files, parse_day, read
from tests.samples import write_articles


def sources(*inputs: Path | str, out: Path | None = None) -> list[str]:
    return [file.source for file in list_files(inputs, out=out)[0]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    names = ["b.txt", "a.txt", "deep/er/c.TXT", "wire.jsonl", ".hidden.txt", ".cache/d.txt", "table.xyz", "LIESMICH"]
    return write_articles(tmp_path / "news", dict.fromkeys(names, "吉林".encode()))


# ---- which files ----------------------------------------------------------------------------------------------------------


def test_list_files_reads_a_folder_through_and_leaves_hidden_files_out(folder: Path) -> None:
    assert sources(folder) == ["a.txt", "b.txt", "deep/er/c.TXT", "wire.jsonl"]


def test_list_files_names_what_no_reader_takes(folder: Path) -> None:
    _, skipped = list_files([folder])
    named = [(e.source, e.stage, e.error, ".txt" in e.detail) for e in skipped if not e.source.startswith(".")]
    assert named == [("LIESMICH", "read", "skipped", True), ("table.xyz", "read", "skipped", True)]


def test_list_files_single_file_is_named_by_itself(folder: Path) -> None:
    assert sources(folder / "a.txt") == ["a.txt"]


def test_list_files_prefixes_several_inputs(folder: Path, tmp_path: Path) -> None:
    other = write_articles(tmp_path / "more", {"a.txt": b"x"})
    assert sources(folder, other / "a.txt") == ["a.txt", "news/a.txt", "news/b.txt", "news/deep/er/c.TXT", "news/wire.jsonl"]


def test_list_files_tells_inputs_of_one_name_apart(tmp_path: Path) -> None:
    for year in ("2018", "2019"):
        write_articles(tmp_path / year / "news", {"a.txt": b"x"})
    inputs = [tmp_path / "2018" / "news", tmp_path / "2019" / "news"]
    assert sources(*inputs) == ["2018/news/a.txt", "2019/news/a.txt"]
    assert sources(*(i / "a.txt" for i in inputs)) == ["2018/news/a.txt", "2019/news/a.txt"]


def test_list_files_does_not_depend_on_the_order_of_inputs(folder: Path, tmp_path: Path) -> None:
    other = write_articles(tmp_path / "more", {"a.txt": b"x", "z.md": b"x"})
    inputs = [folder, other, folder / "b.txt"]
    assert list_files(inputs) == list_files(inputs[::-1])


def test_list_files_reads_a_file_once(folder: Path) -> None:
    files, _ = list_files([folder, folder / "a.txt", f"{folder}/../news", f"{folder}/*.txt"])
    assert len(files) == len({file.path for file in files}) == 4


def test_list_files_takes_patterns(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sources(f"{folder}/*.txt") == ["a.txt", "b.txt"]
    assert sources(f"{folder}/**/*.TXT") == ["deep/er/c.TXT"]
    assert sources(f"{folder}/d*") == ["deep/er/c.TXT"]
    assert sources(f"{folder}/*.txt", f"{folder}/*.jsonl") == ["a.txt", "b.txt", "wire.jsonl"]
    monkeypatch.chdir(folder)
    assert sources("?.txt") == ["a.txt", "b.txt"]
    assert sources("*/*/*.TXT") == ["deep/er/c.TXT"]


def test_list_files_takes_a_name_with_wildcards_at_its_word(tmp_path: Path) -> None:
    folder = write_articles(tmp_path, {"[甲].txt": b"x", "甲.txt": b"x"})
    assert sources(folder / "[甲].txt") == ["[甲].txt"]


@pytest.mark.parametrize("given", ["nowhere", "nowhere/*.txt", "empty", "table.xyz", "文" * 300, "a\0b"], ids=lambda g: g[:8].replace("\0", "0"))
def test_list_files_refuses_an_input_without_articles(tmp_path: Path, given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write_articles(tmp_path, {"table.xyz": b"x", "empty/.keep": b""})
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as raised:
        list_files([given])
    assert given in str(raised.value)


def test_list_files_refuses_no_input() -> None:
    with pytest.raises(InputError, match="no INPUT"):
        list_files([])


def test_list_files_leaves_the_output_out(folder: Path) -> None:
    write_articles(folder / "out", {"articles.jsonl": b'{"text": "x"}'})
    assert sources(folder, out=folder / "out") == ["a.txt", "b.txt", "deep/er/c.TXT", "wire.jsonl"]
    assert sources(f"{folder}/**", out=folder / "out") == ["a.txt", "b.txt", "deep/er/c.TXT", "wire.jsonl"]
    with pytest.raises(InputError, match="-o"):
        list_files([folder / "out"], out=folder / "out")


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes")
def test_list_files_reports_what_is_no_file(folder: Path, tmp_path: Path) -> None:
    (folder / "broken.txt").symlink_to(folder / "nowhere.txt")
    (folder / "elsewhere").symlink_to(write_articles(tmp_path / "elsewhere", {"x.txt": b"x"}))
    os.mkfifo(folder / "pipe.txt")
    files, errors = list_files([folder])
    assert "pipe.txt" not in {file.source for file in files}
    assert {e.source for e in errors if e.error == "unreadable"} == {"broken.txt", "elsewhere", "pipe.txt"}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_list_files_names_files_of_another_encoding(tmp_path: Path) -> None:
    name = "浙江".encode("gb18030")
    try:
        (tmp_path / os.fsdecode(name + b".txt")).write_bytes("吉林".encode())
    except OSError:
        pytest.skip("the file system refuses such names")
    files, _ = list_files([tmp_path])
    assert [file.source for file in files] == [name.decode("utf-8", "backslashreplace") + ".txt"]
    (article,) = read(files, ReadOptions())
    assert article.model_dump_json()


# ---- what is read ---------------------------------------------------------------------------------------------------------


def read_all(folder: Path, options: ReadOptions | None = None) -> tuple[list[Article], list[ErrorRecord]]:
    options = options or ReadOptions()
    files, _ = list_files([folder])
    found = list(read(cut(files, options), options))
    return [f for f in found if isinstance(f, Article)], [f for f in found if isinstance(f, ErrorRecord)]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_read_reports_what_may_not_be_read(tmp_path: Path) -> None:
    folder = write_articles(tmp_path, {"a.txt": "吉林".encode(), "b.txt": "浙江".encode(), "locked/c.txt": b"x"})
    (folder / "a.txt").chmod(0)
    (folder / "locked").chmod(0)
    try:
        articles, errors = read_all(folder)
        _, unlisted = list_files([folder])
    finally:
        (folder / "locked").chmod(0o755)
    assert [a.source for a in articles] == ["b.txt"]
    assert [(e.source, e.error) for e in errors] == [("a.txt", "unreadable")]
    assert [(e.source, e.error) for e in unlisted] == [("locked", "unreadable")]


def test_read_reports_a_file_that_is_gone(tmp_path: Path) -> None:
    (error,) = read([InputFile(tmp_path / "gone.txt", "gone.txt")], ReadOptions())
    assert isinstance(error, ErrorRecord)
    assert (error.source, error.stage, error.error) == ("gone.txt", "read", "unreadable")


def test_read_reports_a_reader_that_breaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_on_a(file: InputFile, options: ReadOptions) -> list[RawArticle]:
        if file.source == "a.txt":
            raise RuntimeError("a mistake")
        return [RawArticle(file.source, "吉林", "0" * 64, "utf-8")]

    monkeypatch.setitem(READERS, ".txt", break_on_a)
    articles, errors = read_all(write_articles(tmp_path, {"a.txt": b"", "b.txt": b""}))
    assert [a.source for a in articles] == ["b.txt"]
    assert [(e.source, e.error) for e in errors] == [("a.txt", "internal error")]


def write_records(folder: Path, *records: dict[str, object]) -> Path:
    return write_articles(folder, {"a.jsonl": "".join(json.dumps(r) + "\n" for r in records).encode()})


def test_read_lone_surrogate_becomes_a_replacement_at_its_place(tmp_path: Path) -> None:
    (article,), (error,) = read_all(write_records(tmp_path, {"text": "吉\ud800林", "id": "s"}))
    assert article.text == "吉\ufffd林"
    assert (error.source, error.error) == ("a.jsonl#s", "lone surrogate")
    assert "character 1" in error.detail


@pytest.mark.parametrize("field", ["id", "title", "outlet", "author", "url"])
def test_read_lone_surrogate_elsewhere_costs_nothing_else(tmp_path: Path, field: str) -> None:
    (article,), _ = read_all(write_records(tmp_path, {"text": "吉林", field: "甲\udfff"}))
    assert json.loads(article.model_dump_json())["text"] == "吉林"
    assert "甲\ufffd" in (article.source.split("#")[1], article.title, article.outlet, article.author, article.url)


def test_read_lone_surrogates_in_ids_hide_no_article(tmp_path: Path) -> None:
    articles, _ = read_all(write_records(tmp_path, {"text": "吉林", "id": "\ud800"}, {"text": "浙江", "id": "\ud801"}))
    assert len({a.id for a in articles}) == 2


def test_read_broken_line_with_surrogates_can_be_written(tmp_path: Path) -> None:
    _, (error,) = read_all(write_records(tmp_path, {"\ud800": 1}))
    assert error.model_dump_json()


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2018-03-30", "2018-03-30"),
        ("2018-3-3", "2018-03-03"),
        ("2018/3/30", "2018-03-30"),
        ("2018.3.30", "2018-03-30"),
        ("20180330", "2018-03-30"),
        ("2018年3月30日", "2018-03-30"),
        ("2018-03-30T08:00:00+08:00", "2018-03-30"),
        (" 2018-03-30 08:00", "2018-03-30"),
        ("２０１８年３月３０日", "2018-03-30"),
        ("2020-02-29", "2020-02-29"),
    ],
)
def test_parse_day_reads(printed: str, day: str) -> None:
    assert parse_day(printed) == day


@pytest.mark.parametrize(
    "printed", ["", "昨日", "2018", "2018-03", "201811", "2018-02-30", "2019-13-01", "1522368000", "30/3/2018", "0000-01-01", "2018-1-123", "201833"]
)
def test_parse_day_refuses(printed: str) -> None:
    assert parse_day(printed) is None


def test_parse_day_of_nothing_is_nothing() -> None:
    assert parse_day(None) is None


def test_read_date_that_is_not_understood_is_reported_and_the_article_read(tmp_path: Path) -> None:
    (article,), (error,) = read_all(write_records(tmp_path, {"text": "吉林", "id": "x", "date": "上周"}))
    assert (article.published, article.published_by) == (None, None)
    assert (error.source, error.error) == ("a.jsonl#x", "date not understood")
    assert "上周" in error.detail


def test_read_numeric_date_is_a_date(tmp_path: Path) -> None:
    (article,), errors = read_all(write_records(tmp_path, {"text": "吉林", "date": 20180330}))
    assert article.published == "2018-03-30"
    assert not errors


def test_read_given_date_stands_where_the_record_has_none(tmp_path: Path) -> None:
    folder = write_records(tmp_path, {"text": "吉林", "date": "2018-03-30"}, {"text": "浙江"}, {"text": "上海", "date": "?"})
    articles, _ = read_all(folder, ReadOptions(published="2019-01-01"))
    assert [(a.published, a.published_by) for a in articles] == [("2018-03-30", "field"), ("2019-01-01", "given"), ("2019-01-01", "given")]


def test_read_ids_come_from_the_source_alone(tmp_path: Path) -> None:
    one = read_all(write_articles(tmp_path / "one", {"a.txt": "吉林".encode(), "b.txt": "浙江".encode()}))[0]
    other = read_all(write_articles(tmp_path / "other", {"a.txt": "別的".encode()}))[0]
    assert one[0].id == other[0].id != one[1].id


@given(st.dictionaries(st.sampled_from(["a.txt", "b.jsonl", "c/d.TXT", "c/e.ndjson", "f.bin"]), st.binary(max_size=50), min_size=1))
def test_read_every_file_ends_as_an_article_or_an_error(tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]) -> None:
    folder = write_articles(tmp_path_factory.mktemp("any"), files)
    try:
        listed, skipped = list_files([folder])
    except InputError:
        assert set(files) == {"f.bin"}
        return
    ended = {found.source.partition("#")[0] for found in read(listed, ReadOptions())} | {error.source for error in skipped}
    assert ended == set(files)


@pytest.mark.parametrize(("size", "blank"), [(1 << 10, b"\n"), (1 << 10, b"  \r\n")])
def test_read_long_file_of_blank_lines_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, blank: bytes) -> None:
    monkeypatch.setattr(reading, "PART_SIZE", size)
    _, errors = read_all(write_articles(tmp_path, {"a.jsonl": blank * size}))
    assert [e.error for e in errors] == ["empty file"]


@pytest.mark.parametrize("name", Article.model_fields)
def test_item_digest_tells_articles_apart_that_differ_in_any_field(name: str) -> None:
    article = Article(id="a:0123456789abcdef", source="甲.txt", sha256="0" * 64, text="两市签署协议")
    other = article.model_copy(update={name: "別的"})
    assert item_digest(article) == item_digest(article.model_copy()) == "7e62e5baa64c7880"
    assert item_digest(other) != item_digest(article)


def test_item_digest_does_not_run_fields_together() -> None:
    article = Article(id="a:0123456789abcdef", source="甲.txt", sha256="0" * 64, text="两市")
    first, second = (article.model_copy(update={"title": title, "outlet": outlet}) for title, outlet in (("甲乙", "丙"), ("甲", "乙丙")))
    assert item_digest(first) != item_digest(second)
