"""Input formats. `read_file` gives the articles of one file through the reader that its ending names."""

from collections.abc import Iterator

from jianbao.readers.archive import MOST_DEPTH, cut_zip, read_gzip, read_zip
from jianbao.readers.base import DEFAULT_FIELDS, FileError, InputFile, RawArticle, Reader, ReadOptions
from jianbao.readers.docx import read_docx
from jianbao.readers.html import read_html
from jianbao.readers.jsonl import cut_jsonl, jsonl_names, read_jsonl
from jianbao.readers.pdf import read_pdf
from jianbao.readers.plain import read_plain
from jianbao.readers.records import know_doubled_ids
from jianbao.readers.table import cut_table, read_table, table_names


def _read_zip(file: InputFile, options: ReadOptions) -> Iterator[RawArticle | FileError]:
    return read_zip(file, options, read_file)


def _read_gzip(file: InputFile, options: ReadOptions) -> Iterator[RawArticle | FileError]:
    return read_gzip(file, options, read_file)


READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".md": read_plain,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_table,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".zip": _read_zip,
    ".gz": _read_gzip,
}
"""The reader of each file ending."""


def read_file(file: InputFile, options: ReadOptions) -> Iterator[RawArticle | FileError]:
    """The articles of a file, and an error for each thing in it that is none. No file raises anything."""
    reader = READERS.get(file.suffix)
    if reader is None:
        yield FileError(file.source, "skipped", no_reader(file.suffix))
        return
    if file.depth >= MOST_DEPTH and file.suffix in (".zip", ".gz"):
        yield FileError(file.source, "skipped", "an archive in an archive in an archive; unpack the outer one and read what was in it")
        return
    try:
        yield from reader(file, options)
    except OSError as error:
        yield FileError(file.source, "unreadable", f"{error.strerror or error}; check that the file exists and may be read")
    except Exception as error:  # a mistake of ours or of a library: it costs this file only
        yield FileError(file.source, "internal error", f"{type(error).__name__}: {error}; please report it with this file")


def parts(file: InputFile, options: ReadOptions, size: int) -> list[InputFile]:
    """The file in parts of about `size` bytes, so that several workers share it and none holds all of it; one part where it cannot be cut."""
    try:
        if file.suffix == ".zip":
            cut = list(cut_zip(file, size))
        elif file.path.stat().st_size <= size:
            cut = []
        elif file.suffix in (".jsonl", ".ndjson"):
            cut = list(know_doubled_ids(cut_jsonl(file, size), lambda part: jsonl_names(part, options)))
        elif file.suffix == ".csv":
            cut = list(know_doubled_ids(cut_table(file, size), lambda part: table_names(part, options)))
        else:
            cut = []
    except OSError:
        cut = []  # reading it says what is wrong
    return cut if len(cut) > 1 else [file]


def no_reader(suffix: str) -> str:
    """What to say of a file of an unknown kind."""
    return f"no reader for {suffix or 'a file without ending'}; known endings: {', '.join(READERS)}"


__all__ = ["DEFAULT_FIELDS", "READERS", "FileError", "InputFile", "RawArticle", "ReadOptions", "no_reader", "parts", "read_file"]
