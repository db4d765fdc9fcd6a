"""Mentions that cross or repeat: which one stays."""

from operator import attrgetter

from spacy.language import Language

from jianbao.component import ResolverComponent
from jianbao.mentions import written_order
from jianbao.text import Mention, Text

# Who wins where two spans cross: a title in marks is printed as a unit, a date or figure is read by a grammar that knows its own ends,
# names have the softest edges. A place that is pointed at wins over a body's name (两县区|政府: no 区政府); what holds it all the same stays (全国|人大).
_RANK = {"agreement": 0, "date": 1, "figure": 2, "deictic": 3, "organisation": 4, "region": 5}
# Kinds that never hold their own kind: 浙江大学 in 浙江大学医学院 is not a mention. A zone holds its place (大连金普新区).
_FLAT = {"organisation", "date", "figure"}
# Kinds that hold nothing: a unit's 台 or 美 is no place.
_CLOSED = {"date", "figure"}


class OverlapResolver:
    """Keeps, of crossing mentions, the one whose kind knows its edges best, and drops what may not stand inside another."""

    def resolve(self, text: Text) -> None:
        """Leaves `text.mentions` in written order with no two crossing and no kind inside itself where it must not be."""
        kept: list[Mention] = []
        touching: list[Mention] = []  # mentions of which each overlaps one before it
        reach = 0
        for mention in sorted(text.mentions, key=_start):
            if mention.start < reach:
                if not touching:
                    touching.append(kept.pop())
                touching.append(mention)
                reach = max(reach, mention.end)
                continue
            if touching:
                kept += _settled(touching)
                touching = []
            kept.append(mention)  # most stand alone
            reach = mention.end
        kept += _settled(touching)
        text.mentions[:] = kept


_CELL = 32  # mentions are compared within cells of this many characters: linear, not quadratic
_start = attrgetter("start")


def _settled(touching: list[Mention]) -> list[Mention]:
    """Those that stay of some mentions that overlap, in written order."""
    if len(touching) == 2:
        outer, inner = touching
        if outer.start == inner.start and outer.end < inner.end:
            outer, inner = inner, outer
        shorter = outer.start < inner.start or inner.end < outer.end
        if outer.kind == "organisation" and inner.kind == "region" and shorter and inner.end <= outer.end:
            return [outer, inner]  # by far the most: a place in a body's name
    kept: list[Mention] = []
    taken: dict[int, list[Mention]] = {}
    for mention in sorted(touching, key=_rank):
        cells = range(mention.start // _CELL, (mention.end - 1) // _CELL + 1)
        if not any(_excludes(other, mention) for cell in cells for other in taken.get(cell, ())):
            kept.append(mention)
            for cell in cells:
                taken.setdefault(cell, []).append(mention)
    kept.sort(key=written_order)
    return kept


def _rank(mention: Mention) -> tuple[int, int, int]:
    rank = _RANK["deictic" if mention.rule == "region.deictic" else mention.kind]
    return rank, mention.start - mention.end, mention.start


def _excludes(other: Mention, mention: Mention) -> bool:
    """Whether a kept mention leaves no room for a later one."""
    if other.start >= mention.end or mention.start >= other.end:
        return False
    if other.start <= mention.start and mention.end <= other.end:
        if other.kind != mention.kind:
            same = other.start == mention.start and other.end == mention.end
            return other.kind in _CLOSED or (
                same and mention.rule == "region.guarded" and other.kind == "organisation"
            )  # 泰山 the company, not the town
        return other.kind in _FLAT or (other.start == mention.start and other.end == mention.end)
    # The later one is the longer: it may enclose the kept one unless it is closed to it. Else they cross.
    return mention.kind in _CLOSED or not (mention.start <= other.start and other.end <= mention.end)


@Language.factory("jianbao_overlaps")
def make_overlaps(nlp: Language, name: str) -> ResolverComponent:
    """The component that settles crossing mentions."""
    return ResolverComponent(OverlapResolver())
