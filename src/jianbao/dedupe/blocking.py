"""Blocking keys: only keys that share one are compared."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

# Marks inside names that printers set or leave out: 甲（惠州）有限公司, 甲·乙.
_MARKS = re.compile(r"[()\[\]{}《》“”‘’\"'·.\-—\s]")
_BRANCH = re.compile(r"(?:分公司|分行|支行|分校|分院|分局|分会|办事处|代表处|营业部|分社|分中心|分部)$")
_LEGAL_FORM = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|公司)$")

LARGEST_BLOCK = 200
"""A block larger than this says nothing (股份有限公司) and is passed over."""


def plain_name(name: str) -> str:
    """A name without the marks that printers set or leave out."""
    return _MARKS.sub("", name)


def name_stem(name: str) -> str:
    """A company's name without its legal form: 长光卫星技术有限公司 and 长光卫星技术公司 share 长光卫星技术."""
    return _LEGAL_FORM.sub("", plain_name(name))


def is_branch(name: str) -> bool:
    """Whether a name is that of a branch: never one with its company."""
    return bool(_BRANCH.search(name))


def organisation_blocks(name: str) -> Iterator[str]:
    """Blocking keys of an organisation's name: its stem, and the halves that survive one misprinted character."""
    stem = name_stem(name)
    yield f"stem:{stem}"
    plain = plain_name(name)
    if len(plain) >= 8:
        half = len(plain) // 2
        yield f"head:{len(plain)}:{plain[:half]}"
        yield f"tail:{len(plain)}:{plain[half:]}"


SHORTEST_NAME = 4
"""A short name of fewer characters (宏达, 三一) may begin many full ones."""


def beginnings(name: str, places: Sequence[str]) -> Iterator[str]:
    """What may be the short name of a company: the beginnings of its stem, with and without the place it begins with. Never the whole stem, which is
    another level's business, and never a branch's company."""
    if is_branch(name):
        return
    stem = name_stem(name)
    place = next((p for p in places if stem.startswith(p)), "")
    for start in sorted({0, len(place)}):
        for end in range(start + SHORTEST_NAME, len(stem) + (start > 0)):
            yield stem[start:end]


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
