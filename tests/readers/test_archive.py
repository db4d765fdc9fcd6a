"""Archives: the files in them are read as if they lay in the folder, and nothing else happens."""

import gzip
import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from jianbao.readers import FileError, InputFile, RawArticle, ReadOptions, parts, read_file
from tests.readers.files import ARTICLE, make_docx, make_pdf, make_zip, one_article, one_error, read_bytes


def told(found: list[RawArticle | FileError]) -> list[tuple[str, str]]:
    """Source and error of each thing found; no error for an article."""
    return [(one.source, one.error if isinstance(one, FileError) else "") for one in found]


def test_zip_gives_the_articles_of_every_kind_in_it() -> None:
    members = {
        "b/新闻 一.txt": ARTICLE.encode("gb18030"),
        "a.html": f"<html><body><div><p>{ARTICLE}</p></div></body></html>".encode(),
        "c.jsonl": b'{"id": 1, "text": "x"}\n{"id": 2}\n',
        "d.csv": b"id,text\n1,x\n",
        "e.docx": make_docx([ARTICLE]),
        "f.pdf": make_pdf([["吉浙签约"]]),
        "g.md": ARTICLE.encode(),
        "h.txt.gz": gzip.compress(ARTICLE.encode(), mtime=0),
        "i.zip": make_zip({"inner/j.txt": ARTICLE.encode()}),
    }
    assert told(read_bytes("news.zip", make_zip(members))) == [
        ("news.zip/a.html", ""),
        ("news.zip/b/新闻 一.txt", ""),
        ("news.zip/c.jsonl#1", ""),
        ("news.zip/c.jsonl", "no text"),
        ("news.zip/d.csv#1", ""),
        ("news.zip/e.docx", ""),
        ("news.zip/f.pdf", ""),
        ("news.zip/g.md", ""),
        ("news.zip/h.txt.gz", ""),
        ("news.zip/i.zip/inner/j.txt", ""),
    ]


def test_gzip_gives_the_file_in_it() -> None:
    assert one_article("a.txt.gz", gzip.compress(ARTICLE.encode(), mtime=0)).text == ARTICLE
    assert one_article("a.jsonl.gz", gzip.compress(b'{"id": 7, "text": "x"}', mtime=0)).source == "a.jsonl.gz#7"


def test_archive_is_nested_one_level_deep() -> None:
    inner = make_zip({"a.txt": ARTICLE.encode(), "deep.zip": make_zip({"b.txt": ARTICLE.encode()})})
    found = read_bytes("out.zip", make_zip({"in.zip": inner}))
    assert told(found) == [("out.zip/in.zip/a.txt", ""), ("out.zip/in.zip/deep.zip", "skipped")]


@pytest.mark.parametrize("name", ["../../etc/新闻.txt", "/etc/a.txt", "C:/a.txt", "a/../../b.txt", "..\\a.txt"])
def test_zip_name_that_leads_out_is_refused(name: str) -> None:
    assert one_error("a.zip", make_zip({name: ARTICLE.encode()})).error == "unsafe name"


@pytest.mark.parametrize("name", [".DS_Store", "__MACOSX/._a.txt", "a/.git/b.txt", "photo.jpg", "README"])
def test_zip_lists_hidden_files_and_unknown_kinds(name: str) -> None:
    found = read_bytes("a.zip", make_zip({name: b"x", "z.txt": ARTICLE.encode()}))
    assert sorted(told(found)) == sorted([(f"a.zip/{name}", "skipped"), ("a.zip/z.txt", "")])


def test_zip_link_is_not_followed() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        link = zipfile.ZipInfo("a.txt")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
    assert one_error("a.zip", packed.getvalue()).error == "skipped"


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8"])
def test_zip_names_of_old_programs_are_decoded(encoding: str) -> None:
    name = "臺灣新聞/花蓮步道動工" if encoding == "big5" else "广西新闻/东兴口岸水果进口提速"
    raw = name.encode(encoding)
    packed = make_zip({"N" * len(raw) + ".txt": ARTICLE.encode()}).replace(b"N" * len(raw), raw)
    assert told(read_bytes("a.zip", packed)) == [(f"a.zip/{name}.txt", "")]


def test_zip_file_that_stands_twice_is_reported() -> None:
    packed = make_zip({"a.txt": ARTICLE.encode(), "b.txt": ARTICLE.encode()}).replace(b"b.txt", b"a.txt")
    assert told(read_bytes("a.zip", packed)) == [("a.zip/a.txt", ""), ("a.zip/a.txt", "doubled name")]


def test_zip_file_behind_a_password_is_reported() -> None:
    packed = bytearray(make_zip({"a.txt": ARTICLE.encode()}))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = packed.index(signature) + place
        packed[at : at + 2] = struct.pack("<H", 1)
    assert one_error("a.zip", bytes(packed)).error == "locked file"


def test_archive_that_expands_out_of_proportion_is_refused() -> None:
    bomb = b"0" * (1 << 25)
    assert one_error("a.zip", make_zip({"a.txt": bomb})).error in ("too large", "broken archive")
    found = read_bytes("a.zip", make_zip({"a.txt": b"0" * (1 << 22), "b.txt": ARTICLE.encode()}))
    assert told(found) == [("a.zip/a.txt", "too large"), ("a.zip/b.txt", "")]
    error = one_error("a.txt.gz", gzip.compress(bomb, mtime=0))
    assert error.error == "too large"
    assert "unpack it yourself" in error.detail


def test_archive_that_packs_well_is_read() -> None:
    assert one_article("a.txt.gz", gzip.compress(ARTICLE.encode() * 300, mtime=0)).text == ARTICLE * 300


@pytest.mark.parametrize("name", ["a.zip", "a.txt.gz"])
@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"\x1f\x8b\x08\x00", b"none", make_zip({"a.txt": ARTICLE.encode()})[:-30], gzip.compress(ARTICLE.encode(), mtime=0)[:60]],
    ids=["empty", "zip_mark", "gzip_mark", "no_archive", "cut_zip", "cut_gzip"],
)
def test_archive_that_is_broken_is_reported(name: str, data: bytes) -> None:
    errors = read_bytes(name, data)
    assert [error.error for error in errors] in (["broken archive"], ["empty file"])


def test_zip_with_a_broken_file_gives_the_others() -> None:
    packed = bytearray(make_zip({"a.txt": ARTICLE.encode(), "b.txt": ARTICLE.encode()}))
    packed[packed.index(b"a.txt") + 15] ^= 0xFF
    assert told(read_bytes("a.zip", bytes(packed))) == [("a.zip/a.txt", "broken archive"), ("a.zip/b.txt", "")]


def test_zip_without_a_file_is_an_empty_file() -> None:
    assert one_error("a.zip", make_zip({"folder/": b""})).error == "empty file"


def test_zip_in_parts_is_read_as_in_one_piece(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(make_zip({f"{i}.txt": ARTICLE.encode() for i in range(20)} | {".hidden": b"x", "b.jpg": b"x"}))
    whole = InputFile(path, "a.zip")
    cut = parts(whole, ReadOptions(), 1000)
    assert len(cut) > 5
    assert [found for part in cut for found in read_file(part, ReadOptions())] == list(read_file(whole, ReadOptions()))


def test_zip_that_changes_is_opened_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    for text in ("甲省签约", "乙省签约。。。"):
        path.write_bytes(make_zip({"a.txt": text.encode()}))
        (article,) = read_file(InputFile(path, "a.zip"), ReadOptions())
        assert isinstance(article, RawArticle)
        assert article.text == text
