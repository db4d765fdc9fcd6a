"""Names that stand for themselves: those of the gazetteers which are nothing else, longest first from the left."""

from jianbao.extractors.region.edges import BEFORE_TELLING, TELLING, Edges
from jianbao.extractors.region.gazetteer import CITY, Gazetteer
from jianbao.extractors.region.view import Name, View


class SureNames:
    """Accepts the unguarded names of the gazetteers, and keeps the others aside for the rules that ask for more."""

    def __init__(self, places: Gazetteer, edges: Edges) -> None:
        self._places = places
        self._edges = edges

    def find(self, view: View) -> None:
        """Accepts names; the view then has the known zones, the names that need evidence, and what is named beyond doubt."""
        folded, flags = view.folded, view.flags
        zones, doubtful = view.zones, view.doubtful
        position = 0
        known = self._places.surfaces
        starts, ends, covered = view.starts, view.ends, view.covered  # what view.add fills, without a call a name
        for start, end, owners in view.hits:
            if start < position:
                continue
            key = folded[start:end]
            surface = known.get(key) or self._places.learn(key, owners)
            if surface.zone:
                if flags[start] and self._edges.ends_name(view, start, end, surface):
                    zones.append((start, end, surface))
                continue
            if not (flags[start] or self._edges.starts_inside(view, start, end, surface, position)):
                continue
            # Beside most names nothing asks for a closer look.
            clear = surface.plain and flags[end] and folded[end : end + 1] not in TELLING and folded[start - 1 : start] not in BEFORE_TELLING
            if not clear and not self._edges.ends_name(view, start, end, surface):
                continue
            if surface.guarded:
                doubtful.append((start, end, surface))
                continue
            if (
                not surface.suffixed
                and folded[end : end + 1] in CITY
                and flags[end]
                and flags[end + 1]
                and surface.entries[0].level in ("county", "prefecture")
            ):
                end += 1  # 德清市: a county under a suffix that is not its own
            starts[start] = ends[end] = Name(start, end, surface, "region.name", surface.entries)
            covered[start:end] = b"\1" * (end - start)
            position = end
        for name in starts.values():
            if len(name.surface.codes) <= 2:
                view.named |= name.surface.codes
