"""What readers take and give."""

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

DEFAULT_FIELDS = {"id": "id", "text": "text", "title": "title", "date": "date", "outlet": "outlet", "author": "author", "url": "url"}
"""The names of a JSONL or CSV record's fields unless `--field` says otherwise."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read and the name that its articles carry as `source`.

    Attributes:
        start, end: The bytes to read of a file that is read in parts (a long JSONL file), or which members of an archive; `end` -1 is all.
        first_line: The number of the first line of the part.
        header: What stands at the head of the file and belongs to each part: the first row of a CSV file.
        doubled: Ids of records in this part that an earlier part already has.
        content: The bytes of a file that was packed in the archive at `path`.
        name: Its name there; its ending says how it is read.
        depth: How many archives it was packed in.
        only: The sources of the articles that are wanted of it; all, where there is none.
    """

    path: Path
    source: str
    start: int = 0
    end: int = -1
    first_line: int = 1
    doubled: frozenset[str] = frozenset()
    content: bytes | None = None
    name: str = ""
    depth: int = 0
    header: bytes = b""
    only: frozenset[str] | None = None

    @property
    def suffix(self) -> str:
        """The ending that says how the file is read: `.txt`."""
        return PurePosixPath(self.name or self.path.name).suffix.lower()

    @property
    def size(self) -> int:
        """How many bytes are to be read; 0 where the file cannot be asked: reading it says why."""
        if self.end >= 0:
            return self.end - self.start
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def open(self) -> BinaryIO:
        """The whole file, to be read."""
        return self.path.open("rb") if self.content is None else io.BytesIO(self.content)

    def read_bytes(self) -> bytes:
        """The bytes of the file, or of its part."""
        with self.open() as file:
            file.seek(self.start)
            return self.header + file.read(self.end - self.start if self.end >= 0 else -1)


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
    encoding: str | None
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


Reader = Callable[[InputFile, ReadOptions], Iterator[RawArticle | FileError]]
"""What each format has: the articles of a file, and an error for each thing in it that is none."""


def empty_error(source: str) -> FileError:
    """What to say of a file without a word in it."""
    return FileError(source, "empty file", "the file holds no text; remove it or fetch it again")


def sha256(data: bytes) -> str:
    """The SHA-256 of `data`, in hex."""
    return hashlib.sha256(data).hexdigest()
