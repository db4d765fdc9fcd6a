"""Whatever bytes stand in a file of a known kind, they give articles or an error that says what to do."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.readers import READERS, FileError, ReadOptions
from tests.readers.files import ARTICLE, make_docx, make_pdf, make_zip, read_bytes

HTML = f"<html><head><meta charset=utf-8><title>签约</title></head><body><table><tr><td>投资<td>3亿</table><p>{ARTICLE}</body></html>".encode()
WHOLE = {
    ".html": HTML,
    ".jsonl": b'{"id": 1, "text": "\xe7\x94\xb2"}\n',
    ".csv": b'id,text\n1,"\xe7\x94\xb2"\n',
    ".pdf": make_pdf([ARTICLE.splitlines()]),
    ".docx": make_docx([ARTICLE], [["项目", "投资"], ["甲", "3亿"]]),
    ".zip": make_zip({"a.txt": ARTICLE.encode(), "b.html": HTML}),
    ".gz": gzip.compress(ARTICLE.encode(), mtime=0),
}
PIECES = [
    b"\x00", b"\xff", b"\xa1\xa1", b"\x81\x30\x81\x30", b"\n", b"\r", b",", b'"', b"{", b"}", b"<", b">", b"<table>", b"<td colspan=9999>",
    b"<p>", b"</", b"<!--", b"]]>",
    b'<meta charset="x">', b'<?xml version="1.0" encoding="utf-7"?>',
    b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"%PDF-1.4", b"endobj", b"id,text\n", b'{"text": "x"}', b"&#0;",
    "甲".encode(), "签署".encode("gb18030"), "簽署".encode("big5"), "协议".encode("utf-16-le"),
]  # fmt: skip
any_bytes = st.binary(max_size=60) | st.lists(st.sampled_from(PIECES) | st.binary(max_size=3), max_size=30).map(b"".join)


def check(name: str, data: bytes, options: ReadOptions) -> None:
    found = read_bytes(name, data, options)
    assert found
    for one in found:
        if isinstance(one, FileError):
            assert one.error != "internal error", one
            assert one.source.startswith(name)
            assert one.detail
        else:
            assert one.text.strip()


@pytest.mark.parametrize("ending", READERS)
@given(data=any_bytes, encoding=st.sampled_from([None, "gb18030", "big5", "utf-16"]))
def test_any_bytes_give_articles_or_errors(ending: str, data: bytes, encoding: str | None) -> None:
    check(f"a.txt{ending}", data, ReadOptions(encoding))


@pytest.mark.parametrize("ending", WHOLE)
@given(place=st.floats(0, 1), removed=st.integers(0, 20), put=st.binary(max_size=4))
def test_a_damaged_file_gives_articles_or_errors(ending: str, place: float, removed: int, put: bytes) -> None:
    whole = WHOLE[ending]
    at = int(place * len(whole))
    check(f"a.txt{ending}", whole[:at] + put + whole[at + removed :], ReadOptions())
