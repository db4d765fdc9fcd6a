"""Blocking keys: only keys that share one are compared."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

# Marks inside names that printers set or leave out: 甲（惠州）有限公司, 甲·乙.
_MARKS = re.compile(r"[()\[\]{}《》“”‘’\"'·.\-—\s]")
_LEGAL_FORM = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|公司)$")

LARGEST_BLOCK = 200
"""A block larger than this says nothing (股份有限公司) and is passed over."""


def plain_name(name: str) -> str:
    """A name without the marks that printers set or leave out."""
    return _MARKS.sub("", name)


def name_stem(name: str) -> str:
    """A company's name without its legal form: 长光卫星技术有限公司 and 长光卫星技术公司 share 长光卫星技术."""
    return _LEGAL_FORM.sub("", plain_name(name))


def organisation_blocks(name: str) -> Iterator[str]:
    """Blocking keys of an organisation's name: its stem, and the halves that survive one misprinted character."""
    stem = name_stem(name)
    yield f"stem:{stem}"
    plain = plain_name(name)
    if len(plain) >= 8:
        half = len(plain) // 2
        yield f"head:{len(plain)}:{plain[:half]}"
        yield f"tail:{len(plain)}:{plain[half:]}"


def candidate_pairs(items: Iterable[str], blocks: Callable[[str], Iterable[str]]) -> list[tuple[str, str]]:
    """The pairs of items that share a block, each once, in order."""
    by_block: dict[str, list[str]] = defaultdict(list)
    for item in items:
        for block in dict.fromkeys(blocks(item)):
            by_block[block].append(item)
    pairs = {
        (min(a, b), max(a, b))
        for members in by_block.values()
        if len(members) <= LARGEST_BLOCK
        for i, a in enumerate(members)
        for b in members[i + 1 :]
        if a != b
    }
    return sorted(pairs)
