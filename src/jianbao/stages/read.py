"""read: paths -> articles as decoded. Every input ends as an article or as an error."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from glob import has_magic
from pathlib import Path

from jianbao.readers import READERS, FileError, InputFile, RawArticle, ReadOptions
from jianbao.records import Article, ErrorRecord, make_id
from jianbao.text import without_surrogates

PART_SIZE = 1 << 20
"""A JSONL file longer than this is read in parts, so that several workers share it."""

_DAY = re.compile(r"\s*(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})(?!\d)")


class InputError(ValueError):
    """An INPUT that cannot be used at all; the message says which and what to do."""


def list_files(inputs: Iterable[str | Path]) -> tuple[list[InputFile], list[ErrorRecord]]:
    """The files of the INPUTs in order of their source names, and what was passed over.

    An INPUT is a file, a folder (read through, hidden files left out) or a glob pattern.

    Raises:
        InputError: an INPUT does not exist, or nothing in it can be read.
    """
    groups = [_group(str(given)) for given in inputs]
    if not groups:
        raise InputError("no INPUT: name a folder, a file or a pattern")
    names = _prefixes([base for base, _ in groups])
    files: list[InputFile] = []
    skipped: list[ErrorRecord] = []
    for (base, paths), prefix in zip(groups, names, strict=True):
        for path in paths:
            relative = path.relative_to(base).as_posix() if path != base else path.name
            source = relative if len(groups) == 1 else (f"{prefix}/{relative}" if path != base else prefix)
            if path.suffix.lower() in READERS:
                files += _parts(path, source)
            else:
                detail = f"no reader for {path.suffix or 'a file without ending'}; known endings: {', '.join(READERS)}"
                skipped.append(ErrorRecord(source=source, stage="read", error="skipped", detail=detail))
    if not files:
        raise InputError(f"nothing to read in {', '.join(map(str, inputs))}: no file ends in {', '.join(READERS)}")
    return sorted(files, key=lambda f: (f.source, f.start)), sorted(skipped, key=lambda e: e.source)


def _group(given: str) -> tuple[Path, list[Path]]:
    """The base that source names are relative to, and the files of one INPUT."""
    path = Path(given)
    if path.is_dir():
        found = [p for p in sorted(path.rglob("*")) if p.is_file() and not any(part.startswith(".") for part in p.relative_to(path).parts)]
        if not found:
            raise InputError(f"{given}: the folder is empty; put articles into it or name another")
        return path, found
    if path.exists():
        return path, [path]
    if has_magic(given):
        fixed = Path(*_before_magic(path.parts))
        found = [p for p in sorted(fixed.glob("/".join(path.parts[len(fixed.parts) :]))) if p.is_file()]
        if found:
            return fixed, found
        raise InputError(f"{given}: no file fits this pattern")
    raise InputError(f"{given}: no such file or folder")


def _before_magic(parts: tuple[str, ...]) -> list[str]:
    kept: list[str] = []
    for part in parts[:-1]:
        if has_magic(part):
            break
        kept.append(part)
    return kept or ["."] if not parts[0].startswith("/") else kept


def _prefixes(bases: list[Path]) -> list[str]:
    """A name for each INPUT: its own, with as much of its path as tells it from the others."""
    resolved = [base.resolve() for base in bases]
    depth = 1
    while True:
        names = ["/".join(base.parts[-depth:]) for base in resolved]
        if len(set(names)) == len(names) or depth > max(len(base.parts) for base in resolved):
            return names
        depth += 1


def _parts(path: Path, source: str) -> list[InputFile]:
    """A JSONL file cut at line ends into parts of about PART_SIZE; any other file whole."""
    if path.suffix.lower() not in (".jsonl", ".ndjson") or path.stat().st_size <= PART_SIZE:
        return [InputFile(path, source)]
    parts: list[InputFile] = []
    start, line, position, first = 0, 1, 0, 1
    with path.open("rb") as file:
        for row in file:
            position += len(row)
            line += 1
            if position - start >= PART_SIZE:
                parts.append(InputFile(path, source, start, position, first))
                start, first = position, line
    if position > start:
        parts.append(InputFile(path, source, start, position, first))
    return parts


def read(files: Iterable[InputFile], options: ReadOptions) -> Iterator[Article | ErrorRecord]:
    """The articles of each file, and an error for each file or record that holds none."""
    for file in files:
        try:
            for found in READERS[file.path.suffix.lower()](file, options):
                yield from _article(found, options) if isinstance(found, RawArticle) else [_error(found)]
        except OSError as error:
            detail = f"{error.strerror or error}; check that the file exists and may be read"
            yield ErrorRecord(source=file.source, stage="read", error="unreadable", detail=detail)
        except LookupError:
            detail = f"there is no encoding {options.encoding!r}; use a name such as utf-8, gb18030, big5 or big5hkscs"
            yield ErrorRecord(source=file.source, stage="read", error="unknown encoding", detail=detail)


def _error(found: FileError) -> ErrorRecord:
    return ErrorRecord(source=found.source, stage="read", error=found.error, detail=found.detail)


def _article(raw: RawArticle, options: ReadOptions) -> Iterator[Article | ErrorRecord]:
    text = without_surrogates(raw.text)
    if text != raw.text:
        at = next(i for i, (a, b) in enumerate(zip(raw.text, text, strict=True)) if a != b)
        detail = f"character {at} is half of a surrogate pair and became U+FFFD; the offsets stay; fetch the article again"
        yield ErrorRecord(source=raw.source, stage="read", error="lone surrogate", detail=detail)
    published = parse_day(raw.published)
    if raw.published and published is None:
        detail = f"{raw.published!r} is no date; write it as 2018-03-30"
        yield ErrorRecord(source=raw.source, stage="read", error="date not understood", detail=detail)
    by = raw.published_by if published else None
    if published is None and options.published:
        published, by = options.published, "given"
    yield Article(
        id=make_id("a", raw.source, raw.source_offset),
        source=raw.source,
        source_offset=raw.source_offset,
        title=raw.title,
        outlet=raw.outlet,
        author=raw.author,
        url=raw.url,
        published=published,
        published_by=by,  # type: ignore[arg-type]  # validated by the model
        encoding=raw.encoding,
        sha256=raw.sha256,
        text=text,
    )


def parse_day(value: str | None) -> str | None:
    """An ISO day from the start of `2018-03-30T08:00`, `2018/3/30`, `20180330` or `2018年3月30日`; None for anything else."""
    match = _DAY.match(value or "")
    if not match:
        return None
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return None
