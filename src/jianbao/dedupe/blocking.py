"""Blocking keys: only names that share one are compared."""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import TypeVar

T = TypeVar("T")

# Marks inside names that printers set or leave out: 甲（惠州）有限公司, 甲·乙.
_MARKS = re.compile(r"[()\[\]{}《》〈〉“”‘’\"'·.,:;、\-—_/\s]")
_BRANCHES = (
    "分公司", "分行", "支行", "分校", "分院", "分局", "分会", "分所", "分店", "办事处", "代表处", "营业部", "营业厅", "分社", "分中心", "分部", "分厂", "支公司",
    "支队", "分站", "记者站", "工作站",
)  # fmt: skip
_LEGAL_FORMS = ("股份有限公司", "有限责任公司", "有限公司", "股份公司", "总公司", "公司")  # longest first

LARGEST_BLOCK = 200
"""Of a larger block (names without anything of their own) each member is compared with the next ones only."""

SHORTEST_NAME = 4
"""A short name of fewer characters (宏达, 三一) may begin many full ones."""


def plain_name(name: str) -> str:
    """A name without the marks that printers set or leave out, letters in one case."""
    return (name if name.isalnum() else _MARKS.sub("", name)).casefold()


def name_stem(plain: str) -> str:
    """A company's plain name without its legal form: 长光卫星技术有限公司 and 长光卫星技术公司 share 长光卫星技术."""
    return next((plain.removesuffix(form) for form in _LEGAL_FORMS if plain.endswith(form)), plain) if plain.endswith("公司") else plain


def has_legal_form(plain: str) -> bool:
    """Whether a company's name is given in full."""
    return plain.endswith(("有限公司", "责任公司", "股份公司"))


def is_branch(plain: str) -> bool:
    """Whether a name is that of a branch: never one with its company."""
    return plain.endswith(_BRANCHES)


def blocks(items: Iterable[tuple[Hashable, T]]) -> Iterator[list[T]]:
    """The members of each block of several, from pairs of block and member."""
    alone: dict[Hashable, T] = {}  # the first of each block: most have no other
    found: dict[Hashable, list[T]] = {}
    for block, item in items:
        first = alone.setdefault(block, item)
        if first is not item:
            found.setdefault(block, [first]).append(item)
    return iter(found.values())


def pairs(block: Sequence[T], most: int = LARGEST_BLOCK) -> Iterator[tuple[T, T]]:
    """The pairs of a block; of one of more than `most` members, those that stand near one another."""
    if len(block) <= most:
        yield from combinations(block, 2)
        return
    for i, item in enumerate(block):
        for other in block[i + 1 : i + 1 + most // 4]:
            yield item, other
