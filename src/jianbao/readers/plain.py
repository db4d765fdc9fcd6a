"""Plain text: one file is one article, its text the decoded file unchanged."""

from collections.abc import Iterator

from jianbao.readers.base import FileError, InputFile, RawArticle, ReadOptions, decode, empty_error, encoding_error, sha256


def read_plain(file: InputFile, options: ReadOptions) -> Iterator[RawArticle | FileError]:
    """The article of a text file; an error for a file that is empty, binary or in another encoding."""
    data = file.read_bytes()
    if b"\x00" in data and options.encoding is None:
        detail = f"byte {data.index(0)} is NUL: this is not text in UTF-8; if it is UTF-16, say --encoding utf-16, else take it out of the folder"
        yield FileError(file.source, "binary file", detail)
        return
    try:
        text, encoding = decode(data, options.encoding)
    except UnicodeDecodeError as error:
        yield encoding_error(file.source, data, error)
        return
    if not text.strip():
        yield empty_error(file.source)
        return
    yield RawArticle(source=file.source, text=text, sha256=sha256(data), encoding=encoding)
