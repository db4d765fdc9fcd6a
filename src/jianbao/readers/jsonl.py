"""JSON lines: one record a line is one article. Field names may be set (`--field text=body`)."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from jianbao.readers.base import FileError, InputFile, RawArticle, ReadOptions, decode, empty_error, encoding_error, sha256
from jianbao.text import without_surrogates


def read_jsonl(file: InputFile, options: ReadOptions) -> Iterator[RawArticle | FileError]:
    """The article of each line, named `path#id`; an error, with its line, for each line that holds none."""
    data = file.read_bytes()
    unusable = _unusable(file, data, options)
    if unusable:
        yield unusable
        return
    seen = set(file.doubled)
    for number, line in _lines(file, data):
        row = _row(file.source, number, line, options)
        if isinstance(row, FileError):
            yield row
            continue
        content, encoding = row
        text: str = content[options.fields["text"]]
        name = _identity(content, number, options)
        if name in seen:
            name = f"{name}@{number}"  # an id that stands twice must not hide an article
        seen.add(name)
        yield RawArticle(
            source=f"{file.source}#{name}",
            text=text,
            sha256=sha256(text.encode("utf-8", "surrogatepass")),
            encoding=encoding,
            published=_string(content, "date", options),
            published_by="field" if _string(content, "date", options) else None,
            title=_string(content, "title", options),
            outlet=_string(content, "outlet", options),
            author=_string(content, "author", options),
            url=_string(content, "url", options),
        )


def know_doubled_ids(parts: Iterable[InputFile], options: ReadOptions) -> Iterator[InputFile]:
    """The parts of one file, each with the ids that an earlier part has too: it is read as it would be within the whole file."""
    seen: set[str] = set()
    for part in parts:
        here: set[str] = set()
        doubled: set[str] = set()
        for number, line in _lines(part, part.read_bytes()):
            row = _row(part.source, number, line, options)
            if not isinstance(row, FileError):
                name = _identity(row[0], number, options)
                if name in seen and name not in here:
                    doubled.add(name)
                here.add(f"{name}@{number}" if name in seen or name in here else name)
        seen |= here
        yield replace(part, doubled=frozenset(doubled))


def _unusable(file: InputFile, data: bytes, options: ReadOptions) -> FileError | None:
    """Why no line of the file can be read."""
    if options.encoding and "\n".encode(options.encoding) != b"\n":
        detail = f"JSON lines cannot be read as {options.encoding}; save the file as UTF-8"
        return FileError(file.source, "wrong encoding", detail)
    if file.end < 0 and not data.removeprefix(b"\xef\xbb\xbf").strip():
        return empty_error(file.source)
    return None


def _lines(file: InputFile, data: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines that hold anything, with their numbers."""
    for number, line in enumerate(data.split(b"\n"), file.first_line):
        if line.strip():
            yield number, line


def _row(source: str, number: int, line: bytes, options: ReadOptions) -> tuple[dict[str, Any], str] | FileError:
    """The record of a line that has a text, and its encoding."""
    try:
        content, encoding = decode(line, options.encoding)
        row = json.loads(content)
    except UnicodeDecodeError as error:
        return encoding_error(source, line, error, number)
    except ValueError as error:
        return FileError(source, "not JSON", f"line {number}: {error}; each line must be one JSON object")
    except RecursionError:
        return FileError(source, "not JSON", f"line {number}: brackets are nested too deep; each line must be one JSON object")
    if not isinstance(row, dict):
        return FileError(source, "not a record", f"line {number}: a JSON object is needed, not {type(row).__name__}")
    field = options.fields["text"]
    if not isinstance(row.get(field), str):
        known = ", ".join(sorted(row)) or "none"
        detail = f"line {number}: field {field!r} is missing or no string; fields are: {known}. Name it with --field text=NAME"
        return FileError(source, "no text", detail)
    if not row[field].strip():
        return FileError(source, "empty text", f"line {number}: field {field!r} holds no text")
    return row, encoding


def _identity(row: dict[str, Any], number: int, options: ReadOptions) -> str:
    return without_surrogates(_string(row, "id", options) or str(number))


def _string(row: dict[str, Any], name: str, options: ReadOptions) -> str | None:
    value = row.get(options.fields[name])
    return None if value in (None, "") else str(value)
