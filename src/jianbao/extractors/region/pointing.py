"""Words that point at a place: 我省, 全国, 两市."""

import re
from collections.abc import Iterator

from jianbao.extractors.region.view import View
from jianbao.text import Mention

# 两国关系 and 两国政府 are words of the dictionary; so are 三国演义 and 两地分居, which point at nothing.
OF_BOTH = re.compile(r"政府|关系|人民|领导人|元首|外长|边境|合作|贸易|交流|友谊|友好")


def find_pointing(view: View) -> Iterator[Mention]:
    """我省, 全国, 两市: not inside other words (保全|市场, 我|国家)."""
    flags = view.flags
    last = 0
    for start, end, _ in view.triggers["deictic"]:
        if start < last or not (flags[start] or view.folded.endswith("两岸", 0, start)) or not view.free(start, end):
            continue  # but 两岸|三地 is one word of the dictionary
        counted = view.folded[start] in "两三四五"
        if not flags[end] and not (_splits_at(view, end) if counted else view.begins_word(start, end)):
            continue
        last = end
        yield Mention("region", start, end, "region.deictic", parsed=view.folded[start:end], deictic=True)


def _splits_at(view: View, end: int) -> bool:
    """Whether the word over `end` begins with what points, and goes on with what the places have: 两国|关系, 两县区|政府."""
    return OF_BOTH.match(view.folded, end) is not None
