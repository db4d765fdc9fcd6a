"""Where the files that ship with jianbao are: lexicons, pipelines, schemas."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

_PACKAGE = Path(__file__).resolve().parent


def _directory(name: str) -> Path:
    """`name` inside an installed wheel, else at the top of the checkout."""
    installed = _PACKAGE / "data" / name
    return installed if installed.is_dir() else _PACKAGE.parent.parent / name


class LexiconFolder(NamedTuple):
    """A folder of lexicons as it is now: what is read of it may be kept as long as `stamp`, a hash of its files' names, sizes and times, stays."""

    path: Path
    stamp: str


def _folder(path: Path) -> LexiconFolder:
    try:
        with os.scandir(path) as entries:
            told = sorted((entry.name, entry.stat().st_size, entry.stat().st_mtime_ns) for entry in entries)
    except OSError:
        told = []  # reading a lexicon says what is wrong
    return LexiconFolder(path, blake2b(repr(told).encode("utf-8", "replace"), digest_size=8).hexdigest())


_SHIPPED_LEXICONS = _directory("lexicons")
_LEXICONS: ContextVar[LexiconFolder | None] = ContextVar("lexicons", default=None)
_shipped = lru_cache(maxsize=1)(_folder)


@contextmanager
def lexicons_from(directory: Path | None) -> Iterator[None]:
    """Within it, lexicons and the fold table are those of `directory`, as it is on entering, instead of the shipped ones."""
    token = _LEXICONS.set(_folder(directory.resolve()) if directory else None)
    try:
        yield
    finally:
        _LEXICONS.reset(token)


def lexicon_folder() -> LexiconFolder:
    """The lexicons in force: the shipped ones, but within `lexicons_from`."""
    return _LEXICONS.get() or _shipped(_SHIPPED_LEXICONS)


def lexicon_directory() -> Path:
    """Where the lexicons in force are."""
    return lexicon_folder().path


def pipeline_directory() -> Path:
    """The shipped pipelines."""
    return _directory("pipelines")


def schema_directory() -> Path:
    """The JSON Schemas of the output files and lexicons."""
    return _directory("schemas")
