"""Fingerprints: what made an output, so that a later run can tell whether anything changed."""

import hashlib
from importlib.metadata import version
from pathlib import Path

DECIDING_PACKAGES = ("charset-normalizer", "jieba", "lxml", "opencc", "pypdfium2", "python-docx", "rensa", "rjieba", "spacy", "trafilatura")
"""The packages whose version may change an output."""


def fingerprint(data: bytes) -> str:
    """16 hex digits of a hash of `data`."""
    return hashlib.sha256(data).hexdigest()[:16]


def package_versions() -> dict[str, str]:
    """The versions of the packages that decide the output."""
    return {name: version(name) for name in DECIDING_PACKAGES}


def pipeline_fingerprint(path: Path) -> str:
    """The fingerprint of a pipeline file."""
    return fingerprint(path.read_bytes())


def lexicon_fingerprints(directory: Path) -> dict[str, str]:
    """The fingerprint of each lexicon and of the fold table, by name."""
    files = sorted(path for path in directory.iterdir() if path.suffix in (".csv", ".yaml"))
    return {path.stem: fingerprint(path.read_bytes()) for path in files}
