"""read: paths -> articles as decoded. Every input ends as an article or as an error."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from glob import glob, has_magic
from pathlib import Path

import orjson

from jianbao.readers import READERS, FileError, InputFile, RawArticle, ReadOptions, no_reader, parts, read_file
from jianbao.records import Article, ErrorRecord, make_id
from jianbao.text import without_surrogates

PART_SIZE = 1 << 18
"""A JSONL or CSV file or an archive longer than this is read in parts, so that several workers share it."""

# 20180330 in one piece, or with marks between: 201811 is a month and no day.
_DAY = re.compile(r"\s*(?:(\d{4})(\d\d)(\d\d)|(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2}))(?!\d)")


class InputError(ValueError):
    """An INPUT that cannot be used at all; the message says which and what to do."""


@dataclass(slots=True)
class _Group:
    """What INPUTs with one base hold: files, what is in the folder and cannot be read, and what is left out, with the reason."""

    files: dict[Path, None] = field(default_factory=dict)
    unreadable: dict[Path, str] = field(default_factory=dict)
    hidden: dict[Path, str] = field(default_factory=dict)


def list_files(inputs: Iterable[str | Path], out: Path | None = None) -> tuple[list[InputFile], list[ErrorRecord]]:
    """The files of the INPUTs in order of their source names, and what was passed over.

    An INPUT is a file, a folder (read through; hidden files are left out and listed) or a glob pattern. A file that several INPUTs name is read once.

    Args:
        inputs: Folders, files and patterns.
        out: The output folder, whose files are no input even where it lies in an INPUT.

    Raises:
        InputError: an INPUT does not exist, or nothing in it can be read.
    """
    given = [str(one) for one in inputs]
    if not given:
        raise InputError("no INPUT: name a folder, a file or a pattern")
    groups: dict[Path, _Group] = {}
    for one in given:
        try:
            _add_input(one, groups, _absolute(out) if out else None)
        except OSError as error:
            raise InputError(f"{one}: {error.strerror}; check that it exists and may be read") from None
    sources: dict[Path, str] = {}
    skipped: dict[Path, ErrorRecord] = {}
    for (base, group), prefix in zip(groups.items(), _prefixes(list(groups)), strict=True):

        def source_of(path: Path, base: Path = base, prefix: str | None = prefix) -> str:
            relative = path.relative_to(base).as_posix() if path != base else ""
            return _as_utf8("/".join(filter(None, (prefix, relative))) or path.name)

        for path in group.files:
            source = source_of(path)
            sources[path] = min(source, sources.get(path, source))
        for path, reason in group.unreadable.items():
            skipped[path] = ErrorRecord(source=source_of(path), stage="read", error="unreadable", detail=reason)
        for path, reason in group.hidden.items():
            skipped[path] = ErrorRecord(source=source_of(path), stage="read", error="skipped", detail=reason)
    files: list[InputFile] = []
    for path, source in sources.items():
        file = InputFile(path, source)
        if file.suffix in READERS:
            files.append(file)
        else:
            skipped[path] = ErrorRecord(source=source, stage="read", error="skipped", detail=_as_utf8(no_reader(file.suffix)))
    if not files:
        raise InputError(f"nothing to read in {', '.join(given)}: no file ends in {', '.join(READERS)}")
    return sorted(files, key=lambda f: f.source), sorted(skipped.values(), key=lambda e: e.source)


def cut(files: Iterable[InputFile], options: ReadOptions) -> Iterator[InputFile]:
    """The files, those that are long and can be read in parts as their parts."""
    for file in files:
        yield from parts(file, options, PART_SIZE)


def _absolute(path: str | Path) -> Path:
    """The path from the root, without `..`; links keep the name that the user sees."""
    return Path(os.path.abspath(path))  # noqa: PTH100  # resolve() would follow links


def _as_utf8(name: str) -> str:
    """A file name that UTF-8 can hold: each byte of another encoding (an archive packed on an old Windows) as a backslash, x and two digits."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _add_input(given: str, groups: dict[Path, _Group], out: Path | None) -> None:
    """Adds the files of one INPUT to the group of its base, which source names are relative to."""
    path = _absolute(given)
    if out and path.is_relative_to(out):
        raise InputError(f"{given}: is the output folder or lies in it, and this run replaces that; name another with -o")
    if path.is_dir():
        group = groups.setdefault(path, _Group())
        _walk(path, group, out)
        if not group.files and not group.unreadable and not group.hidden:
            raise InputError(f"{given}: the folder is empty; put articles into it or name another")
    elif path.exists():
        groups.setdefault(path, _Group()).files[path] = None
    elif has_magic(given):
        group = groups.setdefault(Path(*_before_magic(path.parts)), _Group())
        for one in map(_absolute, sorted(glob(given, recursive=True))):  # noqa: PTH207  # it leaves hidden files out, as a shell does
            if out and one.is_relative_to(out):
                continue
            if one.is_dir():
                _walk(one, group, out)
            else:
                _add_path(one, group)
        if not group.files and not group.unreadable:
            raise InputError(f"{given}: no file fits this pattern")
    else:
        raise InputError(f"{given}: no such file or folder")


def _walk(folder: Path, group: _Group, out: Path | None) -> None:
    """Adds every file under a folder, however deep. Hidden ones are left out and listed, a hidden folder as one."""
    passed_over = {out, *map(out.with_name, beside(out.name))} if out else set()
    folders = [folder]
    while folders:
        here = folders.pop()
        try:
            with os.scandir(here) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            group.unreadable[here] = f"{error.strerror}; check that the folder may be read"
            continue
        for entry in entries:
            path = Path(entry.path)
            if path in passed_over:
                continue
            if entry.name.startswith("."):
                what = "folder" if entry.is_dir(follow_symlinks=False) else "file"
                group.hidden[path] = f"a hidden {what}; name it as an INPUT, or rename it, to have it read"
            elif entry.is_dir(follow_symlinks=False):
                folders.append(path)
            elif entry.is_symlink() and path.is_dir():
                group.unreadable[path] = "links to a folder, which is not followed; name that folder as an INPUT"
            elif entry.is_file(follow_symlinks=False):
                group.files[path] = None
            else:
                _add_path(path, group)


def beside(name: str) -> tuple[str, str, str]:
    """What a run makes beside an output folder of that name while it works: the folder to be swapped in, the one swapped out, and the lock."""
    return f".{name}.partial", f".{name}.old", f".{name}.lock"


def _add_path(path: Path, group: _Group) -> None:
    if path.is_file():
        group.files[path] = None
    else:
        group.unreadable[path] = "is no file that can be read (a broken link, a pipe or a device)"


def _before_magic(parts: tuple[str, ...]) -> list[str]:
    """The parts of a pattern's path before the first with a wildcard."""
    return list(parts[: next(i for i, part in enumerate(parts) if has_magic(part))])


def _prefixes(bases: list[Path]) -> list[str | None]:
    """A name for each INPUT: its own, with as much of its path as tells it from the others; none where there is one INPUT."""
    if len(bases) == 1:
        return [None]
    depth = 1
    while len({base.parts[-depth:] for base in bases}) < len(bases):
        depth += 1
    return ["/".join(base.parts[-depth:]) for base in bases]


def read(files: Iterable[InputFile], options: ReadOptions) -> Iterator[Article | ErrorRecord]:
    """The articles of each file, and an error for each file or record that holds none."""
    for file in files:
        for found in read_file(file, options):
            if not isinstance(found, RawArticle):
                yield _error(found)
            elif file.only is None or without_surrogates(found.source) in file.only:
                yield from _article(found, options)


def _error(found: FileError) -> ErrorRecord:
    return ErrorRecord(source=without_surrogates(found.source), stage="read", error=found.error, detail=without_surrogates(found.detail))


def _article(raw: RawArticle, options: ReadOptions) -> Iterator[Article | ErrorRecord]:
    text = without_surrogates(raw.text)
    source = without_surrogates(raw.source)
    title, outlet, author, url = (value and without_surrogates(value) for value in (raw.title, raw.outlet, raw.author, raw.url))
    if text != raw.text:
        at = next(i for i, (a, b) in enumerate(zip(raw.text, text, strict=True)) if a != b)
        detail = f"character {at} is half of a surrogate pair and became U+FFFD; the offsets stay; fetch the article again"
        yield ErrorRecord(source=source, stage="read", error="lone surrogate", detail=detail)
    elif (source, title, outlet, author, url) != (raw.source, raw.title, raw.outlet, raw.author, raw.url):
        detail = "half of a surrogate pair in its id, title, outlet, author or url became U+FFFD; fetch the article again"
        yield ErrorRecord(source=source, stage="read", error="lone surrogate", detail=detail)
    published = parse_day(raw.published)
    if raw.published and published is None:
        detail = f"{raw.published!r} is no date; write it as 2018-03-30"
        yield ErrorRecord(source=source, stage="read", error="date not understood", detail=detail)
    by = raw.published_by if published else None
    if published is None and options.published:
        published, by = options.published, "given"
    yield Article(
        id=make_id("a", source, raw.source_offset),
        source=source,
        source_offset=raw.source_offset,
        title=title,
        outlet=outlet,
        author=author,
        url=url,
        published=published,
        published_by=by,  # type: ignore[arg-type]  # validated by the model
        encoding=raw.encoding,
        sha256=raw.sha256,
        text=text,
    )


def item_digest(article: Article) -> str:
    """16 hex digits of a hash of every field of an article as read: they are the same where all that a run could make of it is the same."""
    return hashlib.blake2b(orjson.dumps(article.__dict__), digest_size=8).hexdigest()


@lru_cache(maxsize=1 << 10)
def parse_day(value: str | None) -> str | None:
    """An ISO day from the start of `2018-03-30T08:00`, `2018/3/30`, `20180330` or `2018年3月30日`; None for anything else."""
    match = _DAY.match(value or "")
    if not match:
        return None
    try:
        return date(*(int(part) for part in match.groups() if part)).isoformat()
    except ValueError:
        return None
