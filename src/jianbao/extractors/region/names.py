"""Names that stand for themselves: those of the gazetteers which are nothing else, longest first from the left."""

from jianbao.extractors.region.edges import BEFORE_TELLING, BEGINS_FORMAL, TELLING, Edges
from jianbao.extractors.region.gazetteer import CITY, Gazetteer
from jianbao.extractors.region.signs import SURNAMES
from jianbao.extractors.region.view import TAKEN, Name, Surface, View


class SureNames:
    """Accepts the unguarded names of the gazetteers, and keeps the others aside for the rules that ask for more."""

    def __init__(self, places: Gazetteer, edges: Edges) -> None:
        self._places = places
        self._edges = edges

    def find(self, view: View) -> None:
        """Accepts names; the view then has the known zones, the names that need evidence, and what is named beyond doubt."""
        folded, flags, padded = view.folded, view.flags, view.padded
        known, learn = self._places.surfaces, self._places.learn
        starts, ends, covered = view.starts, view.ends, view.covered  # what view.add fills, without a call a name
        accepted: dict[Surface, None] = {}
        persons: set[str] = set()
        position = 0
        for start, end, owners in view.hits:
            if start < position:
                continue
            key = folded[start:end]
            surface = known.get(key) or learn(key, owners)
            if not flags[start] and (surface.zone or not self._edges.starts_inside(view, start, end, surface, position)):
                continue
            following = padded[end]
            if following in BEGINS_FORMAL and surface.country and (formal := self._edges.formal_end(view, end)) > end:
                end, following = formal, padded[formal]
            # Beside most names nothing asks for a closer look.
            clear = surface.plain and flags[end] and following not in TELLING and padded[start - 1] not in BEFORE_TELLING
            if not clear and not self._edges.ends_name(view, start, end, surface):
                if end - start == 2 and padded[start - 1] in SURNAMES and self._edges.in_person(view, start, end, surface):
                    persons.add(folded[start - 1 : end])
                continue
            if (
                start == position
                and surface.level == "county"
                and (state := ends.get(start))
                and state.surface.country
                and "CN" not in state.surface.codes
            ):
                continue  # 老挝|万荣县: abroad
            if surface.set_aside or (surface.quarter and view.convention == "taiwan"):
                (view.zones if surface.zone else view.doubtful).append((start, end, surface))
                continue
            if following in CITY and not surface.suffixed and flags[end] and flags[end + 1] and surface.level in ("county", "prefecture"):
                end += 1  # 德清市: a county under a suffix that is not its own
            starts[start] = ends[end] = Name(start, end, surface, "region.name", surface.entries)
            covered[start:end] = TAKEN[end - start]
            accepted[surface] = None
            position = end
        for person in persons:  # 市长宫宜兴 … 宫宜兴
            self._take_back(view, person)
        for surface in accepted:
            view.named |= surface.sure_codes
            if surface.full:
                view.named_full |= surface.sure_codes

    def _take_back(self, view: View, person: str) -> None:
        """Takes back what stands in a person's name wherever it is repeated."""
        position = view.folded.find(person)
        while position >= 0:
            name = view.starts.get(position + 1)
            if name and name.end == position + len(person):
                view.remove(name)
            position = view.folded.find(person, position + len(person))
