"""Archives: the files in a `.zip`, the one in a `.gz`, each read as if it lay in the folder. Nothing is unpacked onto the disk.

What an archive says is not trusted: a name that leads out of it, a link, a lock, and an expansion out of all proportion are reported.
"""

import gzip
import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from jianbao.readers.base import FileError, InputFile, RawArticle, Reader, ReadOptions
from jianbao.readers.encoding import detect

MOST_MEMBER = 1 << 28
"""Bytes that one packed file may have when unpacked."""
MOST_TOTAL = 1 << 34
"""Bytes that the files of an archive may have together."""
MOST_RATIO = 200
"""How many times its packed size a file may have: text packs to a fifth, tables of figures to a fiftieth."""
_SMALL = 1 << 20  # a ratio says nothing of less
MOST_DEPTH = 2
"""An archive in an archive is read; one in that is not."""

# What zipfile and the decompressors raise on bytes that are no archive, or one of a kind that they do not know.
_BROKEN = (zipfile.BadZipFile, EOFError, LookupError, OverflowError, RuntimeError, ValueError, struct.error, lzma.LZMAError, zlib.error)

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class _Member:
    """A file in a zip archive and its name there, or why it is not read."""

    info: zipfile.ZipInfo
    name: str
    problem: tuple[str, str] | None = None


def read_zip(file: InputFile, options: ReadOptions, read: Reader) -> Iterator[RawArticle | FileError]:
    """What `read` finds in each file of a zip archive, named `path/inner/name.txt`."""
    try:
        archive, members = _opened(file)
    except _BROKEN as error:
        detail = f"it cannot be opened as a zip archive ({error}); fetch it again, or pack it anew as .zip"
        yield FileError(file.source, "broken archive", detail)
        return
    if not members:
        yield FileError(file.source, "empty file", "the archive holds no file; remove it or fetch it again")
    for member in members[file.start : file.end if file.end >= 0 else None]:
        source = f"{file.source}/{member.name}"
        if member.problem:
            yield FileError(source, *member.problem)
            continue
        try:
            content = archive.read(member.info)
        except (*_BROKEN, OSError) as error:
            detail = f"it cannot be unpacked ({error}); fetch the archive again, or pack it anew as .zip"
            yield FileError(source, "broken archive", detail)
            continue
        yield from read(InputFile(file.path, source, content=content, name=member.name, depth=file.depth + 1), options)


def cut_zip(file: InputFile, size: int) -> Iterator[InputFile]:
    """The archive in parts of about `size` unpacked bytes; `start` and `end` count its files."""
    try:
        _, members = _opened(file)
    except _BROKEN:
        return  # reading it says what is wrong
    start = length = 0
    for number, member in enumerate(members, 1):
        length += 0 if member.problem else member.info.file_size
        if length >= size or number == len(members):
            yield replace(file, start=start, end=number)
            start, length = number, 0


def read_gzip(file: InputFile, options: ReadOptions, read: Reader) -> Iterator[RawArticle | FileError]:
    """What `read` finds in the file that a `.gz` is, under its own name: `news.txt.gz`."""
    name = PurePosixPath(file.name or file.path.name).stem
    packed = file.read_bytes()
    most = min(MOST_MEMBER, max(_SMALL, MOST_RATIO * len(packed)))
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as stream:
            content = stream.read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        detail = f"it cannot be unpacked ({error}); fetch it again, or unpack it and read the file in it"
        yield FileError(file.source, "broken archive", detail)
        return
    if len(content) > most:
        yield FileError(file.source, *_too_large(most, "it unpacks"))
        return
    yield from read(InputFile(file.path, file.source, content=content, name=name, depth=file.depth + 1), options)


def _too_large(most: int, what: str) -> tuple[str, str]:
    detail = f"{what} to more than {most:,} bytes, too much for what it is packed in; unpack it yourself if you trust it, and read what was in it"
    return "too large", detail


# ---- the files of a zip archive ---------------------------------------------------------------------------------------


def _opened(file: InputFile) -> tuple[zipfile.ZipFile, list[_Member]]:
    if file.content is not None:
        return _members(zipfile.ZipFile(io.BytesIO(file.content)), len(file.content))
    status = file.path.stat()
    return _opened_path(file.path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=1)
def _opened_path(path: Path, size: int, changed: int) -> tuple[zipfile.ZipFile, list[_Member]]:  # size and time are part of the key
    """The archive and its files; kept open, for an archive of 100,000 files is read in many parts."""
    return _members(zipfile.ZipFile(path), size)


def _members(archive: zipfile.ZipFile, size: int) -> tuple[zipfile.ZipFile, list[_Member]]:
    """The files of an archive in order of their names, each with why it may not be read."""
    infos = [info for info in archive.infolist() if not info.is_dir()]
    total = sum(info.file_size for info in infos)
    if total > MOST_TOTAL or total > max(_SMALL * 16, MOST_RATIO * size):
        raise ValueError(f"it unpacks to {total:,} bytes, too much for the {size:,} that it has")
    seen: set[str] = set()
    members = []
    for info, name in zip(infos, _names(infos), strict=True):
        twin = name in seen
        seen.add(name)
        members.append(_Member(info, name, _problem(info, name, twin)))
    return archive, sorted(members, key=lambda member: (member.name, member.info.header_offset))


def _problem(info: zipfile.ZipInfo, name: str, twin: bool) -> tuple[str, str] | None:
    """Why a packed file may not be read: the error and its detail."""
    parts = name.split("/")
    if ".." in parts or name.startswith("/") or (len(name) > 1 and name[1] == ":"):
        return "unsafe name", "its name leads out of the archive; fetch the archive from where you trust it"
    if any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return "skipped", "a hidden file; pack it under a name without a leading full stop to have it read"
    if twin:
        return "doubled name", "another file of this name stands in the archive and is read; pack it under another name"
    if info.create_system == 3 and stat.S_ISLNK(info.external_attr >> 16):
        return "skipped", "a link, which is not followed; pack the file itself"
    if info.flag_bits & _ENCRYPTED:
        return "locked file", "it has a password; unpack the archive with it and read what was in it"
    if info.file_size > MOST_MEMBER or info.file_size > max(_SMALL, MOST_RATIO * info.compress_size):
        return _too_large(min(MOST_MEMBER, max(_SMALL, MOST_RATIO * info.compress_size)), "it unpacks")
    return None


def _names(infos: list[zipfile.ZipInfo]) -> list[str]:
    """The names as their writer saw them: where an archive does not say UTF-8, they are in the code page of some Windows."""
    unmarked = [info.orig_filename.encode("cp437", "replace") for info in infos if not info.flag_bits & _UTF8_NAME]
    encoding = detect(b"\n".join(unmarked).replace(b"\x00", b"")) or "cp437"
    return [
        (info.orig_filename if info.flag_bits & _UTF8_NAME else _decoded_name(info.orig_filename, encoding)).partition("\x00")[0].replace("\\", "/")
        for info in infos
    ]


def _decoded_name(name: str, encoding: str) -> str:
    raw = name.encode("cp437", "replace")
    for candidate in ("utf-8", encoding, "cp437"):
        try:
            return raw.decode(candidate)
        except UnicodeError:
            continue
    return name
