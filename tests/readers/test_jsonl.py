"""JSON lines: each line is an article or an error that names it; a long file read in parts gives the same."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.readers import DEFAULT_FIELDS, FileError, InputFile, RawArticle, ReadOptions
from jianbao.readers.jsonl import read_jsonl
from jianbao.stages import read as reading


def read(folder: Path, data: bytes | str, options: ReadOptions | None = None) -> list[RawArticle | FileError]:
    path = folder / "a.jsonl"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_jsonl(InputFile(path, "a.jsonl"), options or ReadOptions()))


def lines(*records: object) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def read_one(folder: Path, record: object, options: ReadOptions | None = None) -> RawArticle | FileError:
    (found,) = read(folder, lines(record), options)
    return found


def test_jsonl_takes_every_field(tmp_path: Path) -> None:
    row = {"id": 7, "text": "吉林", "title": "題", "date": "2018-03-30", "outlet": "報", "author": "某", "url": "https://example.org", "more": [1]}
    found = read_one(tmp_path, row)
    assert isinstance(found, RawArticle)
    assert (found.source, found.text, found.title, found.published, found.published_by) == ("a.jsonl#7", "吉林", "題", "2018-03-30", "field")
    assert (found.outlet, found.author, found.url, found.source_offset) == ("報", "某", "https://example.org", 0)


def test_jsonl_takes_fields_by_other_names(tmp_path: Path) -> None:
    options = ReadOptions(fields={**DEFAULT_FIELDS, "text": "body", "date": "day", "id": "key"})
    found = read_one(tmp_path, {"key": "k", "body": "吉林", "day": "2018-03-30", "text": "別的", "id": "x"}, options)
    assert isinstance(found, RawArticle)
    assert (found.source, found.text, found.published) == ("a.jsonl#k", "吉林", "2018-03-30")


@pytest.mark.parametrize("text", ["甲\r\n乙\n", "\ufeff吉林", " 甲 ", "甲\u2028乙\x85"])
def test_jsonl_text_is_unchanged(tmp_path: Path, text: str) -> None:
    found = read_one(tmp_path, {"text": text})
    assert isinstance(found, RawArticle)
    assert found.text == text


@pytest.mark.parametrize(
    ("line", "error", "words"),
    [
        ('{"text": "吉', "not JSON", "line 2"),
        ("[" * 100_000, "not JSON", "line 2"),
        ('"吉林"', "not a record", "line 2"),
        ('{"body": "吉林", "id": 1}', "no text", "fields are: body, id"),
        ('{"text": ["吉林"]}', "no text", "--field text=NAME"),
        ('{"text": null}', "no text", "'text'"),
        ('{"text": " \\n\\u3000"}', "empty text", "line 2"),
        ('{"text": "吉林", "n": ' + "9" * 5000 + "}", "not JSON", "line 2"),
    ],
    ids=["broken", "nested", "string", "no_text", "list", "null", "blank", "long_number"],
)
def test_jsonl_line_without_article_is_an_error(tmp_path: Path, line: str, error: str, words: str) -> None:
    first, second, third = read(tmp_path, '{"id": 1, "text": "甲"}\n' + line + '\n{"id": 3, "text": "丙"}\n')
    assert isinstance(second, FileError)
    assert second.error == error
    assert words in second.detail
    assert isinstance(first, RawArticle)
    assert isinstance(third, RawArticle)
    assert (first.source, third.source) == ("a.jsonl#1", "a.jsonl#3")


def test_jsonl_line_in_another_encoding_is_an_error(tmp_path: Path) -> None:
    good = lines({"id": 1, "text": "甲"}).encode()
    first, second = read(tmp_path, good + lines({"id": 2, "text": "浙江省"}).encode("gb18030"), ReadOptions("utf-8"))
    assert isinstance(first, RawArticle)
    assert isinstance(second, FileError)
    assert second.error == "wrong encoding"
    assert "line 2" in second.detail
    assert "--encoding" in second.detail


def test_jsonl_reads_the_encoding_that_is_named(tmp_path: Path) -> None:
    (found,) = read(tmp_path, lines({"id": 2, "text": "浙江省"}).encode("gb18030"), ReadOptions("gb18030"))
    assert isinstance(found, RawArticle)
    assert found.text == "浙江省"


@pytest.mark.parametrize("data", ["", "\n\n \n", "\ufeff"], ids=["no_byte", "blank", "mark"])
def test_jsonl_empty_file_is_an_error(tmp_path: Path, data: str) -> None:
    (found,) = read(tmp_path, data)
    assert isinstance(found, FileError)
    assert found.error == "empty file"


def test_jsonl_article_without_id_is_named_by_its_line(tmp_path: Path) -> None:
    found = read(tmp_path, "\n" + lines({"text": "甲"}, {"id": "", "text": "乙"}, {"id": None, "text": "丙"}))
    assert [f.source for f in found] == ["a.jsonl#2", "a.jsonl#3", "a.jsonl#4"]


def test_jsonl_doubled_ids_hide_no_article(tmp_path: Path) -> None:
    found = read(tmp_path, lines({"id": "x", "text": "甲"}, {"id": "x", "text": "乙"}, {"id": 4, "text": "丙"}, {"text": "丁"}))
    assert [f.text for f in found if isinstance(f, RawArticle)] == ["甲", "乙", "丙", "丁"]
    assert len({f.source for f in found}) == 4


RECORDS = st.one_of(
    st.fixed_dictionaries(
        {"text": st.sampled_from(["吉林省", "", "長文" * 30])}, optional={"id": st.sampled_from(["a", "b", "3", 3, "a@2", ""])}
    ).map(lambda r: json.dumps(r, ensure_ascii=False).encode()),
    st.sampled_from([b"", b"  ", b"{", b"[1]", b"\xff\xfe", b'{"text": 1}', b"\x00"]),
)


@given(st.lists(RECORDS, max_size=12), st.integers(1, 120), st.booleans())
def test_jsonl_parts_give_the_same_articles(tmp_path_factory: pytest.TempPathFactory, records: list[bytes], size: int, ended: bool) -> None:
    folder = tmp_path_factory.getbasetemp() / "parts"
    folder.mkdir(exist_ok=True)
    path = folder / "a.jsonl"
    path.write_bytes(b"\n".join(records) + b"\n" * ended)
    options = ReadOptions("utf-8")
    whole = list(reading.read([InputFile(path, "a.jsonl")], options))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "PART_SIZE", size)
        parts = list(reading.cut(reading.list_files([path])[0], options))
    assert list(reading.read(parts, options)) == whole
    assert whole, "every file ends as an article or an error"


@given(st.binary(max_size=80))
def test_jsonl_any_bytes_are_articles_or_errors(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    assert read(tmp_path_factory.getbasetemp(), data)
