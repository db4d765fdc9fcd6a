"""JSON lines: one record a line is one article. Field names may be set (`--field text=body`)."""

import json
from collections.abc import Iterator
from typing import Any

from jianbao.readers.base import FileError, InputFile, RawArticle, ReadOptions, decode, sha256


def read_jsonl(file: InputFile, options: ReadOptions) -> Iterator[RawArticle | FileError]:
    """The article of each line, named `path#id`; an error, with its line, for each line that holds none."""
    seen: set[str] = set()
    for number, line in enumerate(file.read_bytes().split(b"\n"), file.first_line):
        if not line.strip():
            continue
        try:
            content, encoding = decode(line, options.encoding)
            row = json.loads(content)
        except UnicodeDecodeError as error:
            detail = f"line {number}, byte {error.start} is not {error.encoding}; save the file as UTF-8 or name its encoding with --encoding"
            yield FileError(file.source, "wrong encoding", detail)
            continue
        except ValueError as error:
            yield FileError(file.source, "not JSON", f"line {number}: {error}; each line must be one JSON object")
            continue
        article = _article(file.source, number, row, encoding, options, seen)
        yield article


def _article(source: str, number: int, row: Any, encoding: str, options: ReadOptions, seen: set[str]) -> RawArticle | FileError:
    names = options.fields
    if not isinstance(row, dict):
        return FileError(source, "not a record", f"line {number}: a JSON object is needed, not {type(row).__name__}")
    text = row.get(names["text"])
    if not isinstance(text, str):
        known = ", ".join(sorted(map(str, row))) or "none"
        return FileError(
            source, "no text", f"line {number}: field {names['text']!r} is missing or no string; fields are: {known}. Name it with --field text=NAME"
        )
    if not text.strip():
        return FileError(source, "empty text", f"line {number}: field {names['text']!r} holds no text")
    identity = row.get(names["id"])
    name = str(number) if identity in (None, "") else str(identity)
    if name in seen:
        name = f"{name}@{number}"  # an id that stands twice must not hide an article
    seen.add(name)
    # JSON may carry a lone surrogate; it stays one code point, as U+FFFD, and `clean` reports it.
    return RawArticle(
        source=f"{source}#{name}",
        text=text,
        sha256=sha256(text.encode("utf-8", "surrogatepass")),
        encoding=encoding,
        published=_string(row.get(names["date"])),
        published_by="field" if row.get(names["date"]) else None,
        title=_string(row.get(names["title"])),
        outlet=_string(row.get(names["outlet"])),
        author=_string(row.get(names["author"])),
        url=_string(row.get(names["url"])),
    )


def _string(value: Any) -> str | None:
    return None if value in (None, "") else str(value)
