"""Where the files that ship with jianbao are: lexicons, pipelines, schemas."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _directory(name: str) -> Path:
    """`name` inside an installed wheel, else at the top of the checkout."""
    installed = _PACKAGE / "data" / name
    return installed if installed.is_dir() else _PACKAGE.parent.parent / name


def lexicon_directory() -> Path:
    """The shipped lexicons."""
    return _directory("lexicons")


def pipeline_directory() -> Path:
    """The shipped pipelines."""
    return _directory("pipelines")


def schema_directory() -> Path:
    """The JSON Schemas of the output files and lexicons."""
    return _directory("schemas")
