"""Plain text: the text is the decoded file unchanged, or one error says why there is none."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.readers import FileError, InputFile, RawArticle, ReadOptions
from jianbao.readers.plain import read_plain


def read(folder: Path, data: bytes, encoding: str | None = None) -> RawArticle | FileError:
    path = folder / "a.txt"
    path.write_bytes(data)
    (found,) = read_plain(InputFile(path, "a.txt"), ReadOptions(encoding))
    return found


def read_text(folder: Path, data: bytes, encoding: str | None = None) -> str:
    found = read(folder, data, encoding)
    assert isinstance(found, RawArticle), found
    return found.text


@pytest.mark.parametrize(
    "text",
    ["吉林省\n浙江省\n", "吉林省\r\n浙江省\r\n", "吉林省\r浙江省", " \n\t吉林省\n\n", "\u3000\u3000吉林\u2028浙江\x85\x0b", "中\ufeff国", "😀𠮷"],
    ids=["lf", "crlf", "cr", "blanks", "other_line_ends", "inner_mark", "astral"],
)
def test_plain_text_is_the_decoded_file(tmp_path: Path, text: str) -> None:
    assert read_text(tmp_path, text.encode()) == text


def test_plain_leading_mark_is_no_text(tmp_path: Path) -> None:
    assert read_text(tmp_path, "\ufeff吉林省".encode()) == "吉林省"
    assert read_text(tmp_path, "\ufeff吉林省".encode("utf-16-le"), "utf-16-le") == "吉林省"


@pytest.mark.parametrize(
    ("encoding", "text"), [("gb18030", "吉林省与浙江省"), ("big5", "吉林省與浙江省"), ("big5hkscs", "香港衞生署"), ("utf-16", "浙江")]
)
def test_plain_reads_the_encoding_that_is_named(tmp_path: Path, encoding: str, text: str) -> None:
    found = read(tmp_path, text.encode(encoding), encoding)
    assert isinstance(found, RawArticle)
    assert (found.text, found.source_offset) == (text, 0)


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t", "\u3000\n".encode(), b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"], ids=["no_byte", "blank", "wide_blank", "mark", "mark_blank"]
)
def test_plain_file_without_text_is_an_error(tmp_path: Path, data: bytes) -> None:
    found = read(tmp_path, data)
    assert isinstance(found, FileError)
    assert (found.source, found.error) == ("a.txt", "empty file")


def test_plain_binary_file_is_an_error_that_names_the_byte(tmp_path: Path) -> None:
    found = read(tmp_path, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x07\xff\xfe")
    assert isinstance(found, FileError)
    assert found.error == "binary file"
    assert "byte 8 " in found.detail


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["bare", "after_mark"])
def test_plain_wrong_encoding_names_byte_and_cure(tmp_path: Path, mark: bytes) -> None:
    data = mark + "省".encode() + "吉林省与浙江省".encode("gb18030")
    found = read(tmp_path, data, "utf-8")
    assert isinstance(found, FileError)
    assert found.error == "wrong encoding"
    at = len(mark) + 3
    assert f"byte {at} (0x{data[at]:02x})" in found.detail
    assert "--encoding gb18030" in found.detail


def test_plain_hash_is_of_the_bytes(tmp_path: Path) -> None:
    one, other = read(tmp_path, "吉林".encode()), read(tmp_path, "\ufeff吉林".encode())
    assert isinstance(one, RawArticle)
    assert isinstance(other, RawArticle)
    assert one.text == other.text
    assert one.sha256 != other.sha256


@given(st.binary(max_size=60), st.sampled_from([None, "utf-8", "gb18030", "big5", "utf-16"]))
def test_plain_any_bytes_are_an_article_or_an_error(tmp_path_factory: pytest.TempPathFactory, data: bytes, encoding: str | None) -> None:
    found = read(tmp_path_factory.getbasetemp(), data, encoding)
    if isinstance(found, RawArticle):
        assert found.text.strip()
    else:
        assert found.error
        assert found.detail
