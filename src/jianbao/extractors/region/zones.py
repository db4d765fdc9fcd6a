"""Zones and macro-regions: those of the gazetteer, and those that the grammar reads, as in 宁波保税区, 德清市国家地理信息产业园, 长三角走廊."""

import re
from collections.abc import Iterator

from jianbao.extractors.region.gazetteer import Gazetteer
from jianbao.extractors.region.signs import is_licensed
from jianbao.extractors.region.view import Name, Surface, View
from jianbao.extractors.region.zone_starts import ZoneStarts
from jianbao.lexicon import RegionEntry
from jianbao.records import RegionValue
from jianbao.text import Mention

FREE_TRADE = ("自由贸易试验区", "自贸试验区", "自贸区")
# Right after it the name of its part: 钦州港片区, 两江新区片区; not 三个片区.
PART_OF_ZONE = re.compile(r"(?:(?![的和与及各等])[\u4e00-\u9fff]){2,6}?片区")
CITY_ZONE = re.compile(r"(?:市|县|区|省|州|我市|我县|我区|全市|在|位于|、|与|和|及|到|赴|,|。|;|^|\s|“|\()$")
_HOMES = {"taiwan": ("tw:", "710000"), "hongkong": ("81", "440402"), "macau": ("82", "440402")}
_WHITE = re.compile(r"\s+")


class Zones:
    """Finds zones from their last word, and chooses among those that overlap."""

    def __init__(self, places: Gazetteer, starts: ZoneStarts) -> None:
        self._places = places
        self._starts = starts

    def find(self, view: View) -> Iterator[Mention]:
        """Zones of the gazetteer and those that the grammar reads, the longest first and apart; and the towns that they are named after."""
        spans: list[tuple[int, int, Mention]] = []
        towns: list[Mention] = []
        last_end = 0
        for start, end, head in view.triggers["head"]:
            if end <= last_end:
                continue
            last_end = end
            if end in view.ends and view.ends[end].end - view.ends[end].start > 1:
                continue  # 泉港区 is a division
            left = self._starts.find(view, start, end, head, towns)
            if left is not None:
                if (whole := view.starts.get(left)) and whole.end == end:
                    continue  # a name of the gazetteer: 南昌都市圈
                name = _WHITE.sub("", view.folded[left:end])
                value = (
                    RegionValue(code=f"macro:{name}", name=name, level="macro")
                    if head.sense == "macro"
                    else RegionValue(code=f"zone:{name}", name=name, level="zone")
                )
                spans.append((left, end, Mention("region", left, end, rule="region.zone", value=value, lexicon=(head.id,))))
            elif head.sense == "bare" and (bare := _bare_zone(view, start)) is not None:
                word = view.folded[bare:end]
                spans.append((bare, end, Mention("region", bare, end, rule="region.zone", parsed=word, deictic=True, lexicon=(head.id,))))
        for start, end, surface in view.zones:
            if surface.guarded and not (
                is_licensed(view, start, end)
                or view.ends.get(start)
                or _at_home(view, surface)
                or any(e.hans in view.folded for e in surface.entries)
            ):
                continue
            for _, last, place in view.doubtful_at(start):  # 中山|火炬开发区: the zone says which place its first word is
                if view.free(start, last) and any(e.parent in place.codes for e in surface.entries):
                    view.add(Name(start, last, place, "region.guarded", tuple(e for e in place.entries if e.code == surface.entries[0].parent)))
            spans.append((start, end, _known_zone(view, start, end, surface)))
        spans += list(self._branches(view, spans))
        # Longest first; on one span the gazetteer's entry wins over the grammar.
        spans.sort(key=lambda s: (s[0] - s[1], s[0], s[2].rule))
        taken = bytearray(len(view.folded) + 1)
        for start, end, mention in spans:
            if taken.find(1, start, end) < 0:
                taken[start:end] = b"\1" * (end - start)
                yield mention
        for town in towns:
            if all(taken[town.start : town.end]):
                yield town

    def _branches(self, view: View, spans: list[tuple[int, int, Mention]]) -> Iterator[tuple[int, int, Mention]]:
        """A zone's part in a place of its own, which is one name: 中部科学园区|二林|园区, 自由贸易试验区|钦州港片区."""
        for start, middle, _ in spans:
            if view.folded.endswith(FREE_TRADE, start, middle) and view.begins_hit(middle):
                part = PART_OF_ZONE.match(view.folded, middle)
                if part and view.flags[part.end()]:
                    name = _WHITE.sub("", view.folded[start : part.end()])
                    value = RegionValue(code=f"zone:{name}", name=name, level="zone")
                    yield start, part.end(), Mention("region", start, part.end(), rule="region.zone", value=value)
        ends = {end: start for start, end, _ in spans if view.folded[end - 1] in "区园科"}
        if not ends:
            return
        for middle, start in ends.items():
            end, entries = _place_at(view, middle)
            if not entries or not view.folded.startswith("园区", end) or not view.flags[end + 2]:
                continue
            if view.free(middle, end):
                self._places.accept(view, middle, end, entries, "region.guarded")
            name = _WHITE.sub("", view.folded[start : end + 2])
            value = RegionValue(code=f"zone:{name}", name=name, level="zone")
            yield start, end + 2, Mention("region", start, end + 2, rule="region.zone", value=value)


def _place_at(view: View, position: int) -> tuple[int, tuple[RegionEntry, ...]]:
    """Where the place ends that begins at a position, and what it may mean: an accepted name, else the shortest doubtful one."""
    if name := view.starts.get(position):
        return name.end, name.entries
    doubtful = [*view.doubtful_at(position)]
    return (doubtful[-1][1], doubtful[-1][2].entries) if doubtful else (position, ())


def _at_home(view: View, surface: Surface) -> bool:
    """Whether a short name (中科, 南科; 深合区) is one that Taiwan's, Hong Kong's or Macau's papers print of zones at home."""
    home = _HOMES.get(view.convention)
    return home is not None and any((e.parent or "").startswith(home) for e in surface.entries)


def _known_zone(view: View, start: int, end: int, surface: Surface) -> Mention:
    """A zone of the gazetteer: a name that holds its place and kind (苏州高新区) is its own full name, another stands for the entry (光谷)."""
    entries = surface.entries
    ids = tuple(dict.fromkeys(e.id for e in entries))
    name = _WHITE.sub("", view.folded[start:end])
    if start in view.starts and name.endswith(("区", "园", "城", "港", "中心")):
        value = RegionValue(code=f"zone:{name}", name=name, level="zone")
        return Mention("region", start, end, rule="region.known_zone", value=value, lexicon=ids)
    return Mention("region", start, end, rule="region.known_zone", parsed=entries, lexicon=ids)


def _bare_zone(view: View, start: int) -> int | None:
    """Where a zone called by its kind alone begins (县经济开发区), if its context may be that of one known zone."""
    folded = view.folded
    if not view.flags[start]:
        return None
    before = folded[max(0, start - 2) : start]
    if before[-1:] == "县" and not before.endswith(("各县", "市县")) and view.flags[start - 1]:
        return start - 1
    return start if CITY_ZONE.search(before) else None
