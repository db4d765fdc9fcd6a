"""CSV: a header line, then one record a row is one article. The separator is the one that the header has: comma, semicolon or tab."""

import csv
import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from jianbao.readers.base import FileError, InputFile, RawArticle, ReadOptions, empty_error
from jianbao.readers.encoding import Decoded, decode, marked_encoding
from jianbao.readers.records import missing_text, record_article, record_name

_SEPARATORS = ",;\t"
_LAST = "\x1elast row\x1e"  # a row of ours behind the last one: a quote that is never closed swallows it


def read_table(file: InputFile, options: ReadOptions) -> Iterator[RawArticle | FileError]:
    """The article of each row, named `path#id`; an error, with its line, for each row that holds none."""
    decoded = _decoded(file, options)
    if isinstance(decoded, FileError):
        yield decoded
        return
    if decoded.damage:
        yield decoded.damage
    seen = set(file.doubled)
    for line, row in _rows(file, decoded.text, options):
        if isinstance(row, FileError):
            yield row
            continue
        name = record_name(row, line, options)
        if name in seen:
            name = f"{name}@{line}"  # an id that stands twice must not hide an article
        seen.add(name)
        yield record_article(file.source, name, row, decoded.encoding, options)


def table_names(file: InputFile, options: ReadOptions) -> Iterator[tuple[int, str]]:
    """The line and id of each row in the file that is an article."""
    decoded = _decoded(file, options)
    if not isinstance(decoded, FileError):
        for line, row in _rows(file, decoded.text, options):
            if not isinstance(row, FileError):
                yield line, record_name(row, line, options)


def cut_table(file: InputFile, size: int) -> Iterator[InputFile]:
    """The file in parts of about `size` bytes, each of whole rows and read with the header before them; nothing where it is UTF-16."""
    with file.open() as stream:
        head = stream.read(1 << 10)
        stream.seek(0)
        if b"\x00" in head or marked_encoding(head) not in (None, "utf-8-sig"):
            return
        # No byte of a character of UTF-8, GB18030 or Big5 is a quote, a separator or a line end: Latin-1 sees the rows as they are.
        lines = _CountedLines(io.TextIOWrapper(stream, "latin-1", newline=""))
        start = header_end = header_lines = 0
        first = 1
        with _any_cell_size():
            for _ in csv.reader(lines, delimiter=_separator(head.decode("latin-1"))):
                if not header_end:
                    header_end, header_lines = lines.length, lines.number
                if lines.length - start >= size and lines.length > header_end:
                    yield _part(file, start, lines.length, first, header_end, header_lines)
                    start, first = lines.length, lines.number + 1
        if lines.length > start:
            yield _part(file, start, lines.length, first, header_end, header_lines)


def _part(file: InputFile, start: int, end: int, first: int, header_end: int, header_lines: int) -> InputFile:
    if not start:
        return InputFile(file.path, file.source, start, end, first)
    with file.open() as stream:
        return InputFile(file.path, file.source, start, end, first - header_lines, header=stream.read(header_end))


class _CountedLines:
    """Lines, with how many and how long those were that have been taken."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.number = self.length = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.number += 1
            self.length += len(line)
            yield line


def _decoded(file: InputFile, options: ReadOptions) -> Decoded | FileError:
    data = file.read_bytes()
    decoded = decode(file.source, data, options.encoding, base=file.start - len(file.header))
    return empty_error(file.source) if isinstance(decoded, Decoded) and not decoded.text.strip() else decoded


def _rows(file: InputFile, text: str, options: ReadOptions) -> Iterator[tuple[int, FileError | dict[str, str]]]:
    """The first line and the cells by name, or the error, of each row."""
    separator = _separator(text)
    *rows, (last_line, last) = _numbered_rows(text, separator)
    header = [name.strip() for name in next((row for _, row in rows if row), [])]
    if options.fields["text"] not in header:
        known = ", ".join(header) or "none"
        detail = f"line 1: no field {options.fields['text']!r}; fields are: {known}. Name it with --field text=NAME, in a first line with the names"
        yield 1, FileError(file.source, "no text", detail)
        return
    before = file.first_line - 1
    if not file.header and last == [_LAST] and sum(1 for _, row in rows if row) == 1:
        yield 1, FileError(file.source, "empty file", "line 1: the names of fields, and no row follows; remove the file or fetch it again")
    at_header = True
    for line, row in rows:
        if at_header or not row:
            at_header = at_header and not row
        elif len(row) > len(header):
            detail = f"line {line + before}: {len(row)} cells, but the header has {len(header)}; put a cell that holds {separator!r} in double quotes"
            yield line + before, FileError(file.source, "too many cells", detail)
        else:
            record = dict(zip(header, row, strict=False))
            yield line + before, missing_text(file.source, record, line + before, options) or record
    if last != [_LAST]:
        detail = f"line {last_line + before}: a double quote is opened in this row and never closed; close it, and double a quote inside a cell"
        yield last_line + before, FileError(file.source, "open quote", detail)


def _numbered_rows(text: str, separator: str) -> list[tuple[int, list[str]]]:
    """Each row with its first line; the last is `_LAST`, or else what an open quote has swallowed."""
    reader = csv.reader(io.StringIO(f"{text}\n{_LAST}", newline=""), delimiter=separator)
    with _any_cell_size():
        line, rows = 1, []
        for row in reader:
            rows.append((line, row))
            line = reader.line_num + 1
    return rows


def _separator(text: str) -> str:
    """The separator that stands most often in the first line; a comma where there is none."""
    line = text.lstrip("\r\n\ufeff").partition("\n")[0]
    return max(_SEPARATORS, key=line.count)


@contextmanager
def _any_cell_size() -> Iterator[None]:
    """No limit to the length of a cell, which is one for the whole process: an article may be longer than 131,072 characters."""
    before = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(before)
