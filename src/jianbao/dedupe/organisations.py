"""Organisations across articles: which names are one body. Never 吉林大学 and 吉林农业大学, a branch and its company, two cities' 中心医院."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from jianbao.dedupe.blocking import (
    SHORTEST_NAME,
    blocks,
    has_legal_form,
    is_branch,
    name_stem,
    pairs,
    plain_name,
)
from jianbao.dedupe.cluster import Clusters
from jianbao.dedupe.compare import FORCED, FULL_FORM, LEGAL_FORM, MISPRINT, PLACE, SAME_NAME, SHORT_NAME, Level
from jianbao.folding import fold
from jianbao.lexicon import Lexicon, MergeEntry, OrganisationEntry, Owner, RegionTree
from jianbao.records import OrganisationType, RegionLevel

# What follows a short name in a full one and makes another body of it: 华泰汽车|金融有限公司.
_ANOTHER_LINE = re.compile(
    r"(?:金融|投资|创投|资本|资产|租赁|基金|财务|证券|期货|保险|信托|担保|典当|银行|小额|物业|置业|地产|房地产|置地|物流|销售|贸易|国际|进出口|研究|学院|"
    r"培训|工会|商会|医院|酒店|旅游|文化|传媒|影业|体育|环保|能源|电力|工程|建设|建筑|服务|咨询|控股|集团|股份|上海|北京|香港|深圳|广州|中国|亚洲|海外|第?[一二三四五六七八九十])"
)
_PARTY_PREFIX = re.compile(r"^(?:中国共产党|中共)(?=.)")
_PARTY_COMMITTEE = re.compile(r"(?<=[省市州县区盟旗])委员会$")
_SHORT_COMMITTEE = re.compile(r"(?<![省市州县区盟旗团党工常政法])委$")
_GOVERNMENT = re.compile(r"(?<=[省市州县区盟旗])政府")
_FUNCTION_WORDS = re.compile(r"[和与及]")
_UNIT_BEFORE_BRANCH = re.compile(r"(?<=[\u4e00-\u9fff]{2})[省市](?=分行|支行|分公司|分会|分局)")
_RUN_BRANCHES = ("分行", "支行", "分公司", "支公司", "营业部")
_RUN_BEFORE_BRANCH = re.compile(rf"^.{{2,8}}?(?:股份有限公司|有限公司)?.{{2,10}}(?:{'|'.join(_RUN_BRANCHES)})$")
_OWN_PRESS = ("71", "81", "82")
_LONGEST_PLACE = 6
_LEVELS = "省市州县区盟旗"
_DIVISIONS: frozenset[RegionLevel] = frozenset(("province", "prefecture", "county"))
# A place and a kind alone name a body by its place: take the place away and nothing is left of it.
_BARE = frozenset(("大学", "医院", "银行", "学校", "中学", "小学", "公司", "集团", "法院", "政府", "学院", "日报", "晚报", "商会", "协会"))
_TRADING: frozenset[OrganisationType] = frozenset(("company", "finance"))
_LONGEST_SHORT_WORD = 9
_LEAST_WITHOUT_PLACE = 4
_LEAST_MISPRINT = 5
MATCHER_LEXICONS = ("organisation_short_forms", "confusables", "merges")
"""The rule lexicons that say what is compared and merged."""

_NATIONWIDE = 8
"""A full company name of so many characters is one company's in the whole country, whatever place an article gives it."""


class Body(NamedTuple):
    """An organisation as one content key names it.

    Attributes:
        known: The id of its gazetteer entry.
        first: The earliest publication day of an article that names it so; `9999` where none is known.
    """

    number: int
    name: str
    type: OrganisationType
    region: str | None
    known: str | None = None
    first: str = "9999"


class _Profile(NamedTuple):
    """The forms of a name that are compared.

    Attributes:
        plain: Without marks.
        normal: With its short words written out.
        stem: `normal` without the legal form.
        place: The place that the stem begins with, as far as it is that of its region.
        full: A company's full name, or a body that is no company.
    """

    body: Body
    plain: str
    normal: str
    stem: str
    place: str
    branch: bool
    full: bool

    @property
    def core(self) -> str:
        """The stem without its place."""
        return self.stem[len(self.place) :]

    @property
    def nationwide(self) -> bool:
        return has_legal_form(self.plain) and len(self.plain) >= _NATIONWIDE and not self.branch


_Forms = tuple[str, str, str, str, bool, bool]
"""What a profile says of a name, whosever it is."""


class Gazetteers:
    """The entries that records are compared with and named after, as the lexicons have them by their folded surfaces: only what is met is looked up."""

    def __init__(self, lexicons: Iterable[Lexicon]) -> None:
        self.lexicons = {lexicon.name: lexicon for lexicon in lexicons}
        places, bodies = ([one for one in self.lexicons.values() if one.label == label] for label in ("region", "organisation"))
        self.regions = RegionTree(places).entries
        self._places = [lexicon.owners for lexicon in places]
        self._bodies = [lexicon.owners for lexicon in bodies]
        # A mention names a known body as the entry does, with its full-width brackets.
        self._as_written = {entry.hans for lexicon in bodies for entry in lexicon.entries if entry.hans not in lexicon.owners}

    def is_division(self, surface: str) -> bool:
        """Whether a folded surface is that of a province, prefecture or county."""
        owners = _owners(self._places, surface)
        return any(place.level in _DIVISIONS and self.regions[place.code] is place for place in owners)

    def folded_place(self, surface: str) -> str:
        """What a place's surface folds to: most stand in the lexicons as folding leaves them."""
        return surface if any(surface in owners for owners in self._places) else fold(surface)

    def organisation(self, name: str) -> OrganisationEntry | None:
        """The entry whose name this is, folded or as the entry has it."""
        named = self._named(name)
        return next((entry for entry in reversed(named) if name in (entry.hans, self.folded_name(entry))), None) if named else None

    def folded_name(self, entry: OrganisationEntry) -> str:
        """What the name of an entry folds to."""
        return fold(entry.hans) if entry.hans in self._as_written else entry.hans

    def trading(self, surface: str) -> OrganisationEntry | None:
        """The firm that a folded surface means."""
        return next((entry for entry in reversed(_owners(self._bodies, surface)) if entry.type in _TRADING), None)

    def body(self, number: int, name: str, kind: OrganisationType, region: str | None, first: str = "9999") -> "Body":
        """An organisation, known where an entry bears its name."""
        owners = self._named(name)
        return Body(number, name, kind, region, owners[0].id if owners else None, first)

    def _named(self, name: str) -> list[OrganisationEntry]:
        if name in self._as_written:
            return [entry for entry in _owners(self._bodies, fold(name)) if entry.hans == name]
        return _owners(self._bodies, name)


def _owners(lexicons: Iterable[Mapping[str, tuple[Owner, ...]]], surface: str) -> list[Any]:
    """The entries, of all lexicons in order, that a folded surface means wherever it stands."""
    several = [owners[surface] for owners in lexicons if surface in owners]
    return [owner.entry for owners in several for owner in owners if not owner.guarded] if several else []


class Places:
    """What comparison asks of the gazetteers of places."""

    def __init__(self, gazetteers: Gazetteers) -> None:
        self._regions = gazetteers.regions
        self._folded = gazetteers.folded_place
        self._is_division = lru_cache(maxsize=1 << 14)(gazetteers.is_division)
        self.chain = lru_cache(maxsize=1 << 14)(self._chain)

    def _chain(self, code: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """A place and all that enclose it, narrowest first, each with its surfaces, longest first."""
        found: list[tuple[str, tuple[str, ...]]] = []
        for _ in range(6):
            entry = self._regions.get(code)
            if entry is None:
                if ":" in code:
                    found.append((code, (code.split(":")[1],)))
                break
            surfaces = {self._folded(s) for s in (entry.hans, *entry.variants) if len(s) > 1}
            found.append((code, tuple(sorted(surfaces, key=lambda s: (-len(s), s)))))
            if entry.parent is None or (entry.parent == "CN" and code[:2] in _OWN_PRESS):
                break  # 经济日报 of Peking and of Taipei are two
            code = entry.parent
        return tuple(found)

    def guess(self, stem: str) -> str:
        """The longest name of a division that a name of unknown place begins with."""
        return next((stem[:length] for length in range(min(_LONGEST_PLACE, len(stem) - 1), 1, -1) if self._is_division(stem[:length])), "")

    def agree(self, a: str | None, b: str | None) -> bool:
        """Whether two codes may be one place: equal, one unknown, or one inside the other."""
        if a is None or b is None or a == b:
            return True
        return any(a == code for code, _ in self.chain(b)) or any(b == code for code, _ in self.chain(a))

    def beginning(self, stem: str, code: str | None) -> str:
        """The places, of those that enclose `code`, that a name begins with, if the last of them is `code` itself: 吉林省|长春市|朝阳区."""
        if code is None:
            return ""
        position, last = 0, ""
        for place, surfaces in reversed(self.chain(code)):
            if stem.startswith(surfaces, position):
                surface = next(s for s in surfaces if stem.startswith(s, position))
                position, last = position + len(surface), place
        return stem[:position] if last == code and position < len(stem) else ""


class Verdicts:
    """What editors say in lexicons/merges.yaml of things, each a plain name and an id."""

    def __init__(self, lexicon: Lexicon | None, kind: str) -> None:
        self._same: dict[str, str] = {}
        self._different: set[tuple[str, str]] = set()
        entries: tuple[MergeEntry, ...] = lexicon.entries if lexicon else ()
        for entry in entries:
            if entry.kind == kind:
                name = _name_or_id(entry.hans)
                for other in (name, *map(_name_or_id, entry.same)):
                    self._same[other] = name
        for entry in entries:
            if entry.kind == kind:
                name = _name_or_id(entry.hans)
                for other in map(_name_or_id, entry.different):
                    self._different |= {(name, other), (other, name)}
        self._apart = {name for pair in self._different for name in pair}
        self._told_apart = lru_cache(maxsize=1 << 16)(self._names_of)

    def __bool__(self) -> bool:
        return bool(self._same)

    def group(self, plain: str, identity: str) -> str | None:
        """The name that an entry says this one means, where one does."""
        return self._same.get(identity, self._same.get(plain))

    def forbid(self, a: tuple[str, str], b: tuple[str, str]) -> bool:
        """Whether an entry keeps two things apart."""
        if not self._different or not (left := self._told_apart(a)):
            return False
        return any((x, y) in self._different for x in left for y in self._told_apart(b))

    def _names_of(self, thing: tuple[str, str]) -> frozenset[str]:
        """What entries that keep things apart call one of them."""
        names = {g for key in thing for g in (key, self._same.get(key, key))}
        return frozenset(name for name in names if name in self._apart)


def _name_or_id(name: str) -> str:
    return name if name[1:2] == ":" else plain_name(fold(name))


class _Shapes(dict[int, int]):
    """The character that stands for all of one shape, by code points; what has no like stands for itself, which is noted: not to find a key is slow."""

    def __missing__(self, point: int) -> int:
        self[point] = point
        return point


class OrganisationMatcher:
    """Finds the organisations that are one body under several names."""

    def __init__(self, gazetteers: Gazetteers) -> None:
        short_forms, confusables, merges = (gazetteers.lexicons.get(name) for name in MATCHER_LEXICONS)
        self._places = Places(gazetteers)
        self._verdicts = Verdicts(merges, "organisation")
        self._full_words: dict[str, str] = {}
        for entry in short_forms.entries if short_forms else ():
            for surface in (entry.hans, *entry.variants):
                self._full_words |= {surface: entry.hans, _FUNCTION_WORDS.sub("", surface): _FUNCTION_WORDS.sub("", entry.hans)}
        lengths: dict[str, set[int]] = defaultdict(set)
        for surface in self._full_words:
            if 2 <= len(surface) <= _LONGEST_SHORT_WORD:
                lengths[surface[-2:]].add(len(surface))
        self._short_lengths = {end: sorted(several, reverse=True) for end, several in lengths.items()}
        self._firm = gazetteers.trading
        self._confused: dict[str, set[str]] = defaultdict(set)
        alike: dict[str, set[str]] = {}  # what each character is taken for, and what that is taken for
        for entry in confusables.entries if confusables else ():
            several = set(entry.hans).union(*(alike.get(character, ()) for character in entry.hans))
            alike |= dict.fromkeys(several, several)
            for character in entry.hans:
                self._confused[character] |= set(entry.hans)
        self._shapes = _Shapes({ord(character): ord(min(several)) for character, several in alike.items()})
        self._foreseen: dict[tuple[str, OrganisationType, str | None], _Forms] = {}

    # ---- forms of a name ------------------------------------------------------------------------------------------------

    def _normal(self, plain: str, kind: OrganisationType, region: str | None) -> str:
        name = plain
        if kind == "party":
            name = _PARTY_COMMITTEE.sub("委", _PARTY_PREFIX.sub("", name))
        if kind == "government" and region is not None and region.isdigit() and region[:2] not in ("71", "81", "82"):
            name = _GOVERNMENT.sub("人民政府", name)
        if kind == "government":
            name = _FUNCTION_WORDS.sub("", name)  # 发展改革委, 发展和改革委
        name = name.replace("管委会", "管理委员会")
        for length in self._short_lengths.get(name[-2:], ()):
            full = self._full_words.get(name[-length:]) if length <= len(name) else None
            if full is not None and (length == len(name) or name[-length - 1] in _LEVELS or kind == "government"):
                name = name[:-length] + full
                break
        else:
            if kind in ("government", "other", "association"):
                name = _SHORT_COMMITTEE.sub("委员会", name)
        if name.endswith(_RUN_BRANCHES) and _RUN_BEFORE_BRANCH.match(name):
            for length in range(min(12, len(name) - 3), 1, -1):
                firm = self._firm(name[:length])
                if firm is not None:
                    rest = re.sub(r"^(?:股份有限公司|有限公司)", "", name[length:])
                    return name_stem(plain_name(firm.hans)) + _UNIT_BEFORE_BRANCH.sub("", rest)
            name = _UNIT_BEFORE_BRANCH.sub("", re.sub(r"(?:股份有限公司|有限公司)(?=.{2,10}(?:分行|支行|分公司|支公司|营业部)$)", "", name))
        return name

    def foresee(self, name: str, kind: OrganisationType, region: str | None) -> None:
        """Works out the forms of a name that will be compared."""
        self._foreseen[name, kind, region] = self._forms(name, kind, region)

    def _forms(self, name: str, kind: OrganisationType, region: str | None) -> _Forms:
        plain = plain_name(name)
        normal = self._normal(plain, kind, region)
        company = kind in _TRADING
        stem = name_stem(normal) if company or kind == "media" else normal
        return plain, normal, stem, self._places.beginning(stem, region), is_branch(plain), not company or has_legal_form(plain)

    def _profile(self, body: Body) -> _Profile:
        forms = self._foreseen.get((body.name, body.type, body.region)) or self._forms(body.name, body.type, body.region)
        return _Profile(body, *forms)

    # ---- levels ---------------------------------------------------------------------------------------------------------

    def _apart(self, a: _Profile, b: _Profile) -> bool:
        """Whether two names are known to mean two bodies, whatever else speaks for one."""
        if a.branch != b.branch or (a.body.known and b.body.known and a.body.known != b.body.known):
            return True
        if self._verdicts.forbid((a.plain, f"o:{a.body.number:016x}"), (b.plain, f"o:{b.body.number:016x}")):
            return True
        return not self._places.agree(a.body.region, b.body.region) and not (a.nationwide and b.nationwide and a.plain == b.plain)

    def _level(self, a: _Profile, b: _Profile) -> Level | None:
        """Why two names mean one body by what they say, or None. What only the whole corpus can tell (a unique short name) is another's business."""
        if self._apart(a, b):
            return None
        if a.plain == b.plain:
            return SAME_NAME
        if a.normal == b.normal:
            return FULL_FORM
        if a.stem == b.stem and len(a.stem) >= 2 and _TRADING & {a.body.type, b.body.type}:
            return LEGAL_FORM
        if a.body.region is not None and a.body.region == b.body.region and self._same_without_place(a, b):
            return PLACE
        if self._misprinted(a, b):
            return MISPRINT
        return None

    @staticmethod
    def _same_without_place(a: _Profile, b: _Profile) -> bool:
        if a.place and b.place:
            return a.core == b.core  # 吉林省长春市朝阳区人民法院, 朝阳区人民法院: each names the place itself
        longer, shorter = (a, b) if a.place else (b, a)
        return bool(longer.place) and longer.core == shorter.stem and len(shorter.stem) > 2 and shorter.stem not in _BARE

    def _misprinted(self, a: _Profile, b: _Profile) -> bool:
        if len(a.plain) != len(b.plain) or len(a.plain) < _LEAST_MISPRINT or a.plain == b.plain:
            return False
        differing = [(x, y) for x, y in zip(a.plain, b.plain, strict=True) if x != y]
        return len(differing) == 1 and differing[0][1] in self._confused.get(differing[0][0], ())

    # ---- the corpus -----------------------------------------------------------------------------------------------------

    def cluster(self, bodies: Iterable[Body]) -> Clusters:
        """The bodies that are one. The order of `bodies` changes nothing."""
        profiles = sorted((self._profile(body) for body in bodies), key=lambda p: (p.body.name, p.body.region or "", p.body.number))
        self._foreseen.clear()
        by_number = {p.body.number: p for p in profiles}
        levels: dict[tuple[int, int], Level] = {}
        self._force(profiles, levels)
        self._equal_forms(profiles, levels)
        clusters = Clusters()

        def differ(x: int, y: int) -> bool:
            if (x, y) in levels or (y, x) in levels:
                return False
            a, b = by_number[x], by_number[y]
            if self._apart(a, b):
                return True
            if self._level(a, b) is not None:
                return False
            short, full = (a, b) if len(a.stem) <= len(b.stem) else (b, a)
            return (short.full and full.full) or not _is_subsequence(short.core or short.stem, full.stem)

        clusters.join_all(levels, differ)
        companies = [p for p in profiles if p.body.type in _TRADING and not p.branch]
        for find in (self._without_place, self._short_names):  # the only name of its kind: counted in clusters, so after what is certain
            hanging = {pair: level for pair, level in find(companies, clusters).items() if pair not in levels}
            levels |= hanging
            clusters.join_all(hanging, differ)
        return clusters

    def _force(self, profiles: Sequence[_Profile], levels: dict[tuple[int, int], Level]) -> None:
        named = ((group, p) for p in profiles if (group := self._verdicts.group(p.plain, f"o:{p.body.number:016x}")) is not None)
        for block in blocks(named if self._verdicts else ()):
            for other in block[1:]:
                levels[block[0].body.number, other.body.number] = FORCED

    def _equal_forms(self, profiles: Sequence[_Profile], levels: dict[tuple[int, int], Level]) -> None:
        by_form = (
            blocks((p.normal, p) for p in profiles),
            blocks((p.stem, p) for p in profiles if p.stem != p.normal or p.body.type in _TRADING or p.body.type == "media"),
            blocks((p.plain, p) for p in profiles if p.plain != p.normal),
            blocks(((p.core, p.body.region), p) for p in profiles if p.body.region is not None),
        )
        for block in chain.from_iterable(by_form):
            strangers = _of_no_place(block, self._places)
            for a, b in pairs(block):
                if b.body.number in strangers.get(a.body.number, ()) or a.body.number in strangers.get(b.body.number, ()):
                    continue  # 中心医院 of no place and those of two cities: whose it is nobody can tell
                pair = a.body.number, b.body.number
                if pair not in levels and (level := self._level(a, b)) is not None:
                    levels[pair] = level
        self._misprints(profiles, levels)

    def _misprints(self, profiles: Sequence[_Profile], levels: dict[tuple[int, int], Level]) -> None:
        """Pairs that differ in one character, found among the names that are one where characters of one shape are taken for one."""
        long = ((p.plain.translate(self._shapes), p) for p in profiles if len(p.plain) >= _LEAST_MISPRINT)
        for block in blocks(long if self._shapes else ()):
            for a, b in pairs(block):
                if self._misprinted(a, b) and (level := self._level(a, b)) is not None:
                    levels.setdefault((a.body.number, b.body.number), level)

    def _without_place(self, companies: Sequence[_Profile], clusters: Clusters) -> dict[tuple[int, int], Level]:
        """A company's name of no place, and the only company whose name is that after a place: 海螺水泥, 安徽海螺水泥股份有限公司."""
        by_core: dict[str, list[_Profile]] = defaultdict(list)
        for p in companies:
            if p.place and len(p.core) >= _LEAST_WITHOUT_PLACE:
                by_core[p.core].append(p)
        found = {}
        for p in companies:
            if not p.place and p.stem in by_core:
                moment = _moment(p, by_core[p.stem])
                rivals = [q for q in by_core[p.stem] if q.body.first <= moment]
                full = [q for q in rivals if not self._apart(p, q)]
                if full and len({clusters.find(q.body.number) for q in rivals}) == 1:
                    found[full[0].body.number, p.body.number] = PLACE
        return found

    def _short_names(self, companies: Sequence[_Profile], clusters: Clusters) -> dict[tuple[int, int], Level]:
        """A company's short name, and the only company whose name began with it, its place aside, when both were known."""
        shorts: dict[str, list[_Profile]] = defaultdict(list)
        for p in companies:
            if p.plain == p.stem and not p.body.known and len(p.stem) >= _LEAST_WITHOUT_PLACE:
                shorts[p.stem].append(p)
        by_head: dict[str, list[str]] = defaultdict(list)
        for short in shorts:
            by_head[short[:SHORTEST_NAME]].append(short)
        full_of: dict[str, list[_Profile]] = defaultdict(list)
        for p in companies:
            for start in self._own_starts(p, by_head):
                for short in by_head.get(p.stem[start : start + SHORTEST_NAME], ()):
                    if p.stem.startswith(short, start) and p.stem != short:
                        full_of[short].append(p)
        found = {}
        for short in sorted(full_of):
            for p in shorts[short]:
                moment = _moment(p, full_of[short])
                fulls = [q for q in full_of[short] if q.body.first <= moment]
                if len({clusters.find(q.body.number) for q in fulls}) > 1 or any(self._another_line(q, short) for q in fulls):
                    continue
                if not self._apart(fulls[0], p) and clusters.find(p.body.number) != clusters.find(fulls[0].body.number):
                    found[fulls[0].body.number, p.body.number] = SHORT_NAME
        return found

    def _own_starts(self, p: _Profile, heads: Mapping[str, object]) -> list[int]:
        """Where in a stem a company's own name may begin: at its start, and after its place, which is guessed only where one of `heads` may follow it."""
        if p.place or any(p.stem[start : start + SHORTEST_NAME] in heads for start in range(2, _LONGEST_PLACE + 1)):
            return sorted({0, len(p.place or self._places.guess(p.stem))})
        return [0]

    @staticmethod
    def _another_line(full: _Profile, short: str) -> bool:
        rest = full.stem[full.stem.index(short) + len(short) :]
        return bool(_ANOTHER_LINE.match(rest)) or "集团" in rest[:-2]  # 中国移动|通信集团吉林


def _moment(p: _Profile, others: Sequence[_Profile]) -> str:
    """The day on which a name and the first of others were both known.

    What it means is settled by what was known then: a name that comes later makes nobody's record another one.
    """
    return max(p.body.first, min(q.body.first for q in others))


def _of_no_place(block: Sequence[_Profile], places: Places) -> dict[int, set[int]]:
    """Of equal names those whose place is unknown, or encloses others, each with the names that it must not be joined to.

    Where two that differ were known by the time, whose it is nobody can tell, and it is joined to none; one that differs from those known is no other's.
    """
    if all(p.nationwide for p in block) or len({p.body.region for p in block}) < 3:
        return {}
    here: dict[str, list[_Profile]] = defaultdict(list)
    for p in block:
        if p.body.region is not None:
            here[p.body.region].append(p)
    found: dict[int, set[int]] = {}
    for p in block:
        inside = [region for region in here if region != p.body.region and places.agree(p.body.region, region)]
        if not inside:
            continue
        moment = _moment(p, [q for region in inside for q in here[region]])
        known = sorted(region for region in inside if any(q.body.first <= moment for q in here[region]))
        if any(not places.agree(x, y) for i, x in enumerate(known) for y in known[i + 1 :]):
            found[p.body.number] = {q.body.number for q in block}
        else:
            later = (region for region in inside if not all(places.agree(region, other) for other in known))
            found[p.body.number] = {q.body.number for region in later for q in here[region]}
    return found


def _is_subsequence(short: str, full: str) -> bool:
    rest = iter(full)
    return all(character in rest for character in short)
