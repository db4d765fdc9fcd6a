"""Fingerprints: what made an output, so that a later run can tell whether anything changed."""

import hashlib
from importlib.metadata import version
from pathlib import Path

from jianbao.lexicon import Lexicon

DECIDING_PACKAGES = ("jieba", "opencc", "rjieba", "spacy")
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


def lexicon_fingerprints(lexicons: list[Lexicon]) -> dict[str, str]:
    """The fingerprint of each lexicon, by name."""
    return {lexicon.name: lexicon.fingerprint for lexicon in sorted(lexicons, key=lambda lexicon: lexicon.name)}
