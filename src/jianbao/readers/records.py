"""Records of a file, each an article: what JSONL and CSV have in common. Field names may be set (`--field text=body`)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from jianbao.readers.base import FileError, InputFile, RawArticle, ReadOptions, sha256
from jianbao.text import without_surrogates


def record_article(path: str, name: str, row: Mapping[str, Any], encoding: str, options: ReadOptions) -> RawArticle:
    """The article of a record with a text, its source `path#name`."""
    text: str = row[options.fields["text"]]
    published = _string(row, "date", options)
    return RawArticle(
        source=f"{path}#{name}",
        text=text,
        sha256=sha256(text.encode("utf-8", "surrogatepass")),
        encoding=encoding,
        title=_string(row, "title", options),
        outlet=_string(row, "outlet", options),
        author=_string(row, "author", options),
        url=_string(row, "url", options),
        published=published,
        published_by="field" if published else None,
    )


def missing_text(source: str, row: Mapping[str, Any], line: int, options: ReadOptions) -> FileError | None:
    """Why a record is no article: its text field is missing, no string, or blank."""
    field = options.fields["text"]
    if not isinstance(row.get(field), str):
        known = ", ".join(sorted(map(str, row))) or "none"
        detail = f"line {line}: field {field!r} is missing or no string; fields are: {known}. Name it with --field text=NAME"
        return FileError(source, "no text", detail)
    if not row[field].strip():
        return FileError(source, "empty text", f"line {line}: field {field!r} holds no text; fill it or take the record out")
    return None


def record_name(row: Mapping[str, Any], line: int, options: ReadOptions) -> str:
    """The id of a record; the number of its line where it has none."""
    return without_surrogates(_string(row, "id", options) or str(line))


def know_doubled_ids(parts: Iterable[InputFile], names: Callable[[InputFile], Iterable[tuple[int, str]]]) -> Iterator[InputFile]:
    """The parts of one file, each with the ids that an earlier part has too: it is read as it would be within the whole file.

    Args:
        parts: In their order.
        names: Gives the line and id of each record of a part.
    """
    seen: set[str] = set()
    for part in parts:
        here: set[str] = set()
        doubled: set[str] = set()
        for line, name in names(part):
            if name in seen and name not in here:
                doubled.add(name)
            here.add(f"{name}@{line}" if name in seen or name in here else name)
        seen |= here
        yield replace(part, doubled=frozenset(doubled))


def _string(row: Mapping[str, Any], name: str, options: ReadOptions) -> str | None:
    value = row.get(options.fields[name])
    return None if value in (None, "") else str(value)
