"""JSON lines: one record a line is one article."""

import codecs
import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from jianbao.readers.base import FileError, InputFile, RawArticle, ReadOptions, empty_error
from jianbao.readers.encoding import Decoded, decode, decode_strictly, detect, marked_encoding
from jianbao.readers.records import missing_text, record_article, record_name


def read_jsonl(file: InputFile, options: ReadOptions) -> Iterator[RawArticle | FileError]:
    """The article of each line, named `path#id`; an error, with its line, for each line that holds none."""
    data = file.read_bytes()
    unusable = _unusable(file, data, options)
    if unusable:
        yield unusable
        return
    seen = set(file.doubled)
    for number, found in _rows(file, data, options):
        if isinstance(found, FileError):
            yield found
            continue
        row, decoded = found
        name = record_name(row, number, options)
        if name in seen:
            name = f"{name}@{number}"  # an id that stands twice must not hide an article
        seen.add(name)
        if decoded.damage:
            yield decoded.damage
        yield record_article(file.source, name, row, decoded.encoding, options)


def jsonl_names(file: InputFile, options: ReadOptions) -> Iterator[tuple[int, str]]:
    """The line and id of each record in the file that is an article."""
    for number, found in _rows(file, file.read_bytes(), options):
        if not isinstance(found, FileError):
            yield number, record_name(found[0], number, options)


def cut_jsonl(file: InputFile, size: int) -> Iterator[InputFile]:
    """The file in parts of about `size` bytes, each of whole lines; nothing where no line holds anything."""
    start, number, position, first = 0, 1, 0, 1
    blank = True
    cut = []
    with file.open() as stream:
        for line in stream:
            position += len(line)
            blank = blank and not line.strip()
            number += 1
            if position - start >= size:
                cut.append(InputFile(file.path, file.source, start, position, first))
                start, first = position, number
    if position > start:
        cut.append(InputFile(file.path, file.source, start, position, first))
    yield from [] if blank else cut


def _unusable(file: InputFile, data: bytes, options: ReadOptions) -> FileError | None:
    """Why no line of the file can be read."""
    encoding = options.encoding or marked_encoding(data)
    if encoding and "\n".encode(encoding).removeprefix(codecs.BOM_UTF8) != b"\n":
        detail = f"JSON lines cannot be read as {encoding}; save the file as UTF-8"
        return FileError(file.source, "wrong encoding", detail)
    if file.end < 0 and not data.removeprefix(codecs.BOM_UTF8).strip():
        return empty_error(file.source)
    return None


def _rows(file: InputFile, data: bytes, options: ReadOptions) -> Iterator[tuple[int, FileError | tuple[dict[str, Any], Decoded]]]:
    """The number and record, or error, of each line that holds anything."""

    @cache
    def likely() -> str:
        """What a line is read as that is not UTF-8: one look at all of the file tells more than a short line."""
        return options.encoding or detect(data.replace(b"\x00", b"")) or "utf-8"

    # A line feed is no part of a character of GB18030 or Big5.
    for number, line in enumerate(data.split(b"\n"), file.first_line):
        if line.strip():
            yield number, _row(file.source, number, line, likely, options)


def _row(source: str, number: int, line: bytes, likely: Callable[[], str], options: ReadOptions) -> FileError | tuple[dict[str, Any], Decoded]:
    """The record of a line that has a text, and how it was decoded.

    A line that is UTF-8 is taken at its word, whatever the others are likely to be, unless the user named the encoding.
    """
    decoded = (None if options.encoding else decode_strictly(line, marked_encoding(line) or "utf-8")) or decode(source, line, likely(), line=number)
    if isinstance(decoded, FileError):
        return decoded
    try:
        row = json.loads(decoded.text)
    except ValueError as error:
        return FileError(source, "not JSON", f"line {number}: {error}; each line must be one JSON object")
    except RecursionError:
        return FileError(source, "not JSON", f"line {number}: brackets are nested too deep; each line must be one JSON object")
    if not isinstance(row, dict):
        return FileError(source, "not a record", f"line {number}: a JSON object is needed, not {type(row).__name__}")
    return missing_text(source, row, number, options) or (row, decoded)
