"""Plain text: one file is one article, its text the decoded file unchanged."""

from collections.abc import Iterator

from jianbao.readers.base import FileError, InputFile, RawArticle, ReadOptions, decode, sha256


def read_plain(file: InputFile, options: ReadOptions) -> Iterator[RawArticle | FileError]:
    """The article of a text file; an error for a file that is empty, binary or in another encoding."""
    data = file.read_bytes()
    if not data.strip():
        yield FileError(file.source, "empty file", "the file holds no text; remove it or fetch it again")
        return
    if b"\x00" in data and options.encoding is None:
        yield FileError(
            file.source,
            "binary file",
            f"byte {data.index(0)} is NUL: this is not text in UTF-8; if it is UTF-16, say --encoding utf-16, else take it out of the folder",
        )
        return
    try:
        text, encoding = decode(data, options.encoding)
    except UnicodeDecodeError as error:
        yield FileError(
            file.source,
            "wrong encoding",
            f"byte {error.start} (0x{data[error.start]:02x}) is not {error.encoding}; save the file as UTF-8 or name its encoding, such as "
            "--encoding gb18030 or --encoding big5hkscs",
        )
        return
    yield RawArticle(source=file.source, text=text, sha256=sha256(data), encoding=encoding)
