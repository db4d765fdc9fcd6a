"""Words that point at a place: 我省, 全国, 两市."""

from collections.abc import Iterator

from jianbao.extractors.region.view import View
from jianbao.text import Mention


def find_pointing(view: View) -> Iterator[Mention]:
    """我省, 全国, 两市: not inside other words (保全|市场, 我|国家)."""
    flags = view.flags
    last = 0
    for start, end, _ in view.triggers["deictic"]:
        if start < last or not flags[start] or not view.free(start, end):
            continue
        counted = view.folded[start] in "两三四五"
        if not flags[end] and not (_splits_at(view, end) if counted else view.begins_word(start, end)):
            continue
        last = end
        yield Mention("region", start, end, "region.deictic", parsed=view.folded[start:end], deictic=True)


def _splits_at(view: View, end: int) -> bool:
    """Whether the word over `end` is a government's short of its place, which belongs to the word before it (两县区|政府), or one with it (两国|政府)."""
    return view.folded.startswith("政府", end) and bool(view.flags[end - 1] or (view.flags[end + 2] and view.word_before(end) == end - 2))
