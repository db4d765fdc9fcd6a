"""What holds of every pattern in the sources."""

import re
from pathlib import Path

import pytest

import jianbao

SOURCES = Path(jianbao.__file__).parent
# (…)*+, (…){1,3}+, and {PIECE}?+ where a piece that is put in may be a group.
_POSSESSIVE_GROUP = re.compile(r"(?:(?<!\\)\)(?:[?*+]|\{+\d*,?\d*\}+)|\}[?*+])\+")


@pytest.mark.parametrize("path", sorted(SOURCES.rglob("*.py")), ids=lambda path: path.relative_to(SOURCES).as_posix())
def test_no_group_is_possessive(path: Path) -> None:
    """Python before 3.11.5 matches too much, or for ever, where a group has a possessive quantifier (its issues 100061, 106052); (?>(…)*) says the same."""
    wrong = [line for line in path.read_text(encoding="utf-8").splitlines() if _POSSESSIVE_GROUP.search(line)]
    assert not wrong


@pytest.mark.parametrize("pattern", [r"(?:a)?+", r"(a|b)*+", r"(?:ab){0,3}+", r"(?:ab){{1,3}}+", r"{PIECE}?+", r"\d+(?:,\d{3})*+"])
def test_a_possessive_group_is_seen(pattern: str) -> None:
    assert _POSSESSIVE_GROUP.search(pattern)


@pytest.mark.parametrize("pattern", [r"\d++", r"[a-z]{1,90}+", r"[a-z]{{1,90}}+", r"\)++", r"(?>(?:a)?)", r"(?:a)+", r"[\s:/]*+"])
def test_a_possessive_set_is_not(pattern: str) -> None:
    assert not _POSSESSIVE_GROUP.search(pattern)
