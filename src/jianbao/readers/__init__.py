"""Input formats. `read_file` gives the articles of one file through the reader that its ending names."""

from collections.abc import Callable, Iterator

from jianbao.readers.base import DEFAULT_FIELDS, FileError, InputFile, RawArticle, ReadOptions
from jianbao.readers.jsonl import read_jsonl
from jianbao.readers.plain import read_plain

READERS: dict[str, Callable[[InputFile, ReadOptions], Iterator[RawArticle | FileError]]] = {
    ".txt": read_plain,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
}
"""The reader of each file ending."""

__all__ = ["DEFAULT_FIELDS", "READERS", "FileError", "InputFile", "RawArticle", "ReadOptions"]
