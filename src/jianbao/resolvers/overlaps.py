"""Mentions that cross or repeat: which one stays."""

from spacy.language import Language

from jianbao.component import ResolverComponent
from jianbao.mentions import written_order
from jianbao.text import Mention, Text

# Who wins where two spans cross: a title in marks is printed as a unit, a date or figure is read by a grammar that knows its own ends,
# names have the softest edges.
_RANK = {"agreement": 0, "date": 1, "figure": 2, "organisation": 3, "region": 4}
# Kinds that never hold their own kind: 浙江大学 in 浙江大学医学院 is not a mention. A zone holds its place (大连金普新区).
_FLAT = {"organisation", "date", "figure"}
# Kinds that hold nothing: a unit's 台 or 美 is no place.
_CLOSED = {"date", "figure"}


class OverlapResolver:
    """Keeps, of crossing mentions, the one whose kind knows its edges best, and drops what may not stand inside another."""

    def resolve(self, text: Text) -> None:
        """Leaves `text.mentions` in written order with no two crossing and no kind inside itself where it must not be."""
        kept: list[Mention] = []
        seen: set[tuple[str, int, int]] = set()
        ranked = sorted(text.mentions, key=lambda m: (_RANK[m.kind], m.start - m.end, m.start))
        taken: list[list[Mention]] = [[] for _ in range(len(text.folded) // _CELL + 1)]
        for mention in ranked:
            key = (mention.kind, mention.start, mention.end)
            cells = range(mention.start // _CELL, (mention.end - 1) // _CELL + 1)
            if key in seen or any(_excludes(other, mention) for cell in cells for other in taken[cell]):
                continue
            seen.add(key)
            kept.append(mention)
            for cell in cells:
                taken[cell].append(mention)
        text.mentions[:] = sorted(kept, key=written_order)


_CELL = 32  # mentions are compared within cells of this many characters: linear, not quadratic


def _excludes(other: Mention, mention: Mention) -> bool:
    """Whether a kept mention leaves no room for a later one."""
    if other.start >= mention.end or mention.start >= other.end:
        return False
    if other.crosses(mention):
        return True
    if other.covers(mention):
        return other.kind in _CLOSED or (other.kind == mention.kind and other.kind in _FLAT)
    # The later one is the longer: it may enclose the kept one unless it is closed to it.
    return mention.kind in _CLOSED


@Language.factory("jianbao_overlaps")
def make_overlaps(nlp: Language, name: str) -> ResolverComponent:
    """The component that settles crossing mentions."""
    return ResolverComponent(OverlapResolver())
