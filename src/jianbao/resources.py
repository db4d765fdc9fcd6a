"""Where the files that ship with jianbao are: lexicons, pipelines, schemas."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _directory(name: str) -> Path:
    """`name` inside an installed wheel, else at the top of the checkout."""
    installed = _PACKAGE / "data" / name
    return installed if installed.is_dir() else _PACKAGE.parent.parent / name


_SHIPPED_LEXICONS = _directory("lexicons")
_LEXICONS: ContextVar[Path] = ContextVar("lexicons", default=_SHIPPED_LEXICONS)


@contextmanager
def lexicons_from(directory: Path | None) -> Iterator[None]:
    """Within it, lexicons and the fold table are those of `directory` instead of the shipped ones."""
    token = _LEXICONS.set(directory.resolve() if directory else _SHIPPED_LEXICONS)
    try:
        yield
    finally:
        _LEXICONS.reset(token)


def lexicon_directory() -> Path:
    """The lexicons in force: the shipped ones, but within `lexicons_from`."""
    return _LEXICONS.get()


def pipeline_directory() -> Path:
    """The shipped pipelines."""
    return _directory("pipelines")


def schema_directory() -> Path:
    """The JSON Schemas of the output files and lexicons."""
    return _directory("schemas")
