"""Plain text and Markdown: one file is one article, its text the decoded file unchanged."""

from collections.abc import Iterator

from jianbao.readers.base import FileError, InputFile, RawArticle, ReadOptions, empty_error, sha256
from jianbao.readers.encoding import decode


def read_plain(file: InputFile, options: ReadOptions) -> Iterator[RawArticle | FileError]:
    """The article of a text file; an error for a file that is empty, binary or in no known encoding."""
    data = file.read_bytes()
    decoded = decode(file.source, data, options.encoding)
    if isinstance(decoded, FileError):
        yield decoded
        return
    if not decoded.text.strip():
        yield empty_error(file.source)
        return
    if decoded.damage:
        yield decoded.damage
    yield RawArticle(source=file.source, text=decoded.text, sha256=sha256(data), encoding=decoded.encoding)
