"""What readers take and give."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_FIELDS = {"id": "id", "text": "text", "title": "title", "date": "date", "outlet": "outlet", "author": "author", "url": "url"}
"""The names of a JSONL record's fields unless `--field` says otherwise."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read and the name that its articles carry as `source`.

    Attributes:
        start, end: The bytes to read of a file that is read in parts (a long JSONL file); `end` -1 is all.
        first_line: The number of the first line of the part.
        doubled: Ids of records in this part that an earlier part already has.
    """

    path: Path
    source: str
    start: int = 0
    end: int = -1
    first_line: int = 1
    doubled: frozenset[str] = frozenset()

    def read_bytes(self) -> bytes:
        """The bytes of the file, or of its part."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            return file.read(self.end - self.start if self.end >= 0 else -1)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How the user wants files read."""

    encoding: str | None = None
    published: str | None = None
    fields: dict[str, str] = field(default_factory=lambda: dict(DEFAULT_FIELDS))


@dataclass(frozen=True, slots=True)
class RawArticle:
    """An article as its file gives it, before anything is concluded from it."""

    source: str
    text: str
    sha256: str
    encoding: str
    source_offset: int | None = 0
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None
    published_by: str | None = None


@dataclass(frozen=True, slots=True)
class FileError:
    """Why a file or record could not be used, or only in part; `detail` says where and what to do."""

    source: str
    error: str
    detail: str


def decode(data: bytes, encoding: str | None) -> tuple[str, str]:
    """The text of `data` and the name of its encoding; a leading byte-order mark is not part of the text.

    Raises:
        UnicodeDecodeError: the bytes are not in that encoding (UTF-8 where none is given).
        LookupError: there is no such encoding.
    """
    if encoding is None and data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8"), "utf-8-sig"
    name = encoding or "utf-8"
    return data.decode(name).removeprefix("\ufeff"), name


def encoding_error(source: str, data: bytes, error: UnicodeDecodeError, line: int | None = None) -> FileError:
    """Which byte of `data` is not in the encoding, and the cure."""
    at = len(data) - len(error.object) + error.start  # a byte-order mark was taken off before decoding
    place = f"byte {at}" if line is None else f"line {line}, byte {at}"
    detail = f"{place} (0x{data[at]:02x}) is not {error.encoding}; save the file as UTF-8 or name its encoding, such as "
    return FileError(source, "wrong encoding", detail + "--encoding gb18030 or --encoding big5hkscs")


def empty_error(source: str) -> FileError:
    """What to say of a file without a word in it."""
    return FileError(source, "empty file", "the file holds no text; remove it or fetch it again")


def sha256(data: bytes) -> str:
    """The SHA-256 of `data`, in hex."""
    return hashlib.sha256(data).hexdigest()
