"""CSV: a row is an article, its fields by the names in the header."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.readers import DEFAULT_FIELDS, FileError, InputFile, RawArticle, ReadOptions, parts, read_file
from tests.readers.files import ARTICLE, one_article, one_error, read_bytes

ROW = '甲1,"浙江省与吉林省签约,\n投资""3亿""元。",吉浙签约,2018-03-30,长春晚报,王小明,https://a.example/1\n'
HEADER = "id,text,title,date,outlet,author,url\n"


def test_csv_row_is_an_article() -> None:
    article = one_article("a.csv", (HEADER + ROW).encode())
    assert article.source == "a.csv#甲1"
    assert article.text == '浙江省与吉林省签约,\n投资"3亿"元。'
    assert (article.title, article.outlet, article.author, article.url) == ("吉浙签约", "长春晚报", "王小明", "https://a.example/1")
    assert (article.published, article.published_by, article.source_offset) == ("2018-03-30", "field", 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_csv_is_read_in_the_encodings_of_spreadsheets(encoding: str) -> None:
    assert one_article("a.csv", (HEADER + ROW).encode(encoding)).source == "a.csv#甲1"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_separator_and_line_end_are_those_of_the_file(separator: str, end: str) -> None:
    found = read_bytes(
        "a.csv", end.join([separator.join(("id", "text")), separator.join(("1", "甲省签约")), separator.join(("2", "乙省签约"))]).encode()
    )
    assert [(a.source, a.text) for a in found if isinstance(a, RawArticle)] == [("a.csv#1", "甲省签约"), ("a.csv#2", "乙省签约")]


def test_csv_field_names_may_be_set() -> None:
    options = ReadOptions(fields={**DEFAULT_FIELDS, "text": "正文", "id": "编号"})
    assert one_article("a.csv", "编号,正文\n7,甲省签约\n".encode(), options).source == "a.csv#7"


@pytest.mark.parametrize(
    ("content", "error", "place"),
    [
        ("id,body\n1,甲\n", "no text", "line 1: no field 'text'; fields are: id, body"),
        ("id,text\n1,甲\n2,\n3,乙\n", "empty text", "line 3:"),
        ("id,text\n1,甲\n2,乙,丙,丁\n3,戊\n", "too many cells", "line 3: 4 cells, but the header has 2"),
        ('id,text\n1,甲\n2,"乙\n3,丙\n', "open quote", "line 3:"),
        ("id,text\n1,甲\n2\n", "no text", "line 3:"),
    ],
)
def test_csv_row_that_is_no_article_is_reported_with_its_line(content: str, error: str, place: str) -> None:
    errors = [found for found in read_bytes("a.csv", content.encode()) if isinstance(found, FileError)]
    assert [(e.error, e.detail.startswith(place)) for e in errors] == [(error, True)]


def test_csv_without_anything_is_an_empty_file() -> None:
    assert one_error("a.csv", b"\xef\xbb\xbf\n").error == "empty file"


def test_csv_id_that_stands_twice_hides_no_article() -> None:
    found = read_bytes("a.csv", "id,text\n1,甲\n1,乙\n,丙\n".encode())
    assert [a.source for a in found] == ["a.csv#1", "a.csv#1@3", "a.csv#4"]


def test_csv_cell_may_be_long() -> None:
    assert len(one_article("a.csv", b"text\n" + ARTICLE.replace("\n", "").encode() * 3000).text) > 131_072


@given(
    st.lists(
        st.tuples(st.sampled_from(["1", "2", "甲", ""]), st.sampled_from(["甲省签约", '乙"省"', "丙,\n丁", "戊\r\n己", '"', ""])),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from(["utf-8", "gb18030", "utf-8-sig"]),
    st.integers(1, 60),
)
def test_csv_in_parts_is_read_as_in_one_piece(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], encoding: str, size: int
) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    written = "编号,id,text\n" + "".join('0,{},"{}"\n'.format(name, text.replace('"', '""')) for name, text in rows)
    path.write_bytes(written.encode(encoding))
    whole = InputFile(Path(path), "a.csv")
    options = ReadOptions(encoding=encoding)
    assert [found for part in parts(whole, options, size) for found in read_file(part, options)] == list(read_file(whole, options))
