"""Short names and aliases of organisations within one article: 中诚信国际, once its full name has been given, is known wherever it stands.

An alias is printed (下称“中诚信国际”), or derived from a full name (长光卫星技术有限公司, later 长光卫星), or a short name that one place made sure
(荣化董事长). Local bodies get the name of the article's home: 市工信局 in a paper of 辽源 is 辽源市工业和信息化局.
"""

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

import daachorse
from spacy.language import Language

from jianbao.component import ResolverComponent
from jianbao.lexicon import Lexicon, load_lexicon
from jianbao.mentions import written_order
from jianbao.records import OrganisationType, OrganisationValue, RegionValue
from jianbao.segmenter import WordSegmenter, load_segmenter
from jianbao.text import Mention, Text

_QUOTED_NAME = re.compile(r"[“\"‘]([^“”\"‘’,。;]{2,14})[”\"’]")
# 长光卫星技术有限公司(长光卫星): a bracket with nothing but a short form of the name
_BRACKETED = re.compile(r" ?\(([\u4e00-\u9fffA-Za-z]{2,8})\)")
# 哥本哈根基础建设基金(CIP): a bracket with nothing but an acronym. Not (HK), (LED).
_ACRONYM = re.compile(r" ?\(([A-Z]{3,8})\)")
_NO_ACRONYM = frozenset(("CEO", "CFO", "COO", "CTO", "IPO", "PPP", "ESG", "USA", "LED", "APP", "MOU", "FDI", "GDP"))
# What a party of a contract is called, and kinds: no names.
_NO_ALIAS = re.compile(
    r"(?:本|该|贵|上市|目标|标的|合资|控股|子|母|总|分|项目|发行)?(?:公司|集团|企业|银行|法院|大学|学校|中心|基金|协会|委员会|单位|机构)|[甲乙丙丁]方|被告人?|原告|[买卖双]方|[受转出]让[方人]|[出承]租[方人]|[委受]托[方人]|[借贷]款[人方]|担保[人方]|保证人|质权人|债[权务]人|出资方|[承发]包[人方]|供[应货]商|[采购需供]方|投资[人方]|认购[人方]|发行人|申请人|协议|合同|办法|规定|.{0,4}(?:协议|合同|规划|办法|方案|意见|条例|报告|通知|项目|工程|计划)"
)
# Legal forms and kinds at the end of a full name.
_FORM = re.compile(
    r"(?:\([\u4e00-\u9fff]{2,6}\))?(?:股份有限公司|有限责任公司|控股有限公司|集团有限公司|集团股份有限公司|科技有限公司|有限公司|股份公司|集团公司|总公司|公司|集团|\(集团\))+\Z"
)
_FORM_ENDS = ("公司", "集团", "集团)")
# What a name before a stock code may lose later on: 冠华国际(00539), later 冠华.
_CODED_FORM = re.compile(r"(?:国际|集团|控股|股份)+\Z")
_CODE = re.compile(r"\(\d{4,6}[).,-]")
_BRACKET_IN_NAME = re.compile(r"\([^()]{2,8}\)")
_DERIVED_FROM = frozenset(("organisation.head", "organisation.quoted", "organisation.gazetteer"))
_SHORTENED = _DERIVED_FROM | {"organisation.stock_code"}
_ACRONYM_OF = _DERIVED_FROM | {"organisation.association", "organisation.branch", "organisation.local"}
# Rules whose short names are certain by their context alone: they are looked for in the whole article.
_CONTEXT_RULES = frozenset(
    (
        "organisation.list",
        "organisation.stock_code",
        "organisation.company_context",
        "organisation.stake",
        "organisation.role",
        "organisation.gazetteer",
        "organisation.title",
        "organisation.source_line",
    )
)
_LEVELS = {
    "省": "province",
    "自治区": "province",
    "市": "prefecture",
    "州": "prefecture",
    "盟": "prefecture",
    "县": "county",
    "区": "county",
    "旗": "county",
}
_LOCAL_BODY = re.compile(r"(自治区|省|市|州|盟|县|区|旗)?(.+)")
# From this many surfaces times characters on, one pass of an automaton made for it beats looking for each.
_MANY = 500_000
_OUTSIDE = frozenset(("710000", "810000", "820000"))  # where the mainland's short forms are none
_COVERING = frozenset(("organisation", "date", "figure"))
_DIVISIONS = ("province", "prefecture", "county")


class AliasResolver:
    """Makes the short names of an article's organisations known wherever they stand in it, and names its local bodies in full."""

    def __init__(self, short_forms: Lexicon, context: Lexicon, segmenter: WordSegmenter) -> None:
        self._pos = segmenter.pos
        self._cut = segmenter.cut
        # Papers name the same few bodies again and again: each name is taken apart once.
        self._is_name = lru_cache(maxsize=1 << 16)(self._judge_name)
        self._short_forms = lru_cache(maxsize=1 << 16)(self._forms_of)
        # (以下简称“甲”), (下称:甲、乙), (英文名,简称甲)
        introducers = context.alternation(surface for surface, entry in context.by_surface.items() if entry.sense == "alias")
        self._introduces = re.compile(rf" ?\((?:[^()]{{0,20}}[,;])?(?:{introducers})为?[::]? ?([^()]{{2,40}})")
        self._full: dict[str, str] = {}
        for entry in short_forms.entries:
            self._full.update(dict.fromkeys(entry.variants, entry.hans))

    def resolve(self, text: Text) -> None:
        """Adds mentions of known short names; fills names and regions of those that are there."""
        organisations = [m for m in text.mentions if m.kind == "organisation" and isinstance(m.value, OrganisationValue)]
        if not organisations:
            return
        regions = [m for m in text.mentions if m.kind == "region"]
        self._fill_regions(organisations, regions)
        known = self._introduced(text, organisations)
        coded = {text.folded[m.start : m.end] for m in organisations if m.rule == "organisation.stock_code"}
        for surface, value in self._certain(text, organisations):
            known.setdefault(surface, (value, "organisation.repeated"))
        for surface, value in self._derived(text, organisations, regions):
            known.setdefault(surface, (value, "organisation.short_form"))
        for mention in self._repeated(text, organisations, known, coded):
            insort(text.mentions, mention, key=written_order)
        self._name_local_bodies(text, organisations, regions)

    # ---- regions ------------------------------------------------------------------------------------------------------

    def _fill_regions(self, organisations: Iterable[Mention], regions: Iterable[Mention]) -> None:
        """An organisation's region is the resolved place that its name holds first.

        Args:
            regions: In written order, as the rules before leave them.
        """
        places = [m for m in regions if not m.deictic and isinstance(m.value, RegionValue)]
        starts = [place.start for place in places]
        number = len(starts)
        for organisation in organisations if places else ():
            index, end = bisect_left(starts, organisation.start), organisation.end
            if index == number or starts[index] >= end or organisation.rule == "organisation.gazetteer":
                continue
            value = organisation.value
            if not isinstance(value, OrganisationValue):
                continue
            inside = [p for p in places[index : bisect_left(starts, end, index)] if p.end <= end]
            codes = [p.value.code for p in inside if isinstance(p.value, RegionValue) and p.value.code and p.value.level != "macro"]
            if codes and codes[0] != value.region:
                organisation.value = _changed(value, region=_narrowest(inside) or codes[0])

    # ---- short names --------------------------------------------------------------------------------------------------

    def _introduced(self, text: Text, organisations: Iterable[Mention]) -> dict[str, tuple[OrganisationValue, str]]:
        """Aliases that the text introduces in a bracket after the full name."""
        folded = text.folded
        known: dict[str, tuple[OrganisationValue, str]] = {}
        for mention in organisations:
            end = mention.end
            if folded[end : end + 1] not in ("(", " ") or not folded.startswith(("(", " ("), end):
                continue
            value = mention.value
            if not isinstance(value, OrganisationValue):
                continue
            introduced = self._introduces.match(folded, mention.end)
            if introduced is not None:
                names = _QUOTED_NAME.findall(introduced[0]) or re.split(r"[、或]", re.split(r"[,;。“” ]", introduced[1])[0])
                for name in names:
                    if len(name) >= 2 and not _NO_ALIAS.fullmatch(name):
                        known.setdefault(name, (value, "organisation.alias"))
                continue
            acronym = _ACRONYM.match(folded, mention.end)
            if acronym is not None and mention.rule in _ACRONYM_OF and acronym[1] not in _NO_ACRONYM:
                known.setdefault(acronym[1], (value, "organisation.alias"))
                continue
            bracketed = _BRACKETED.match(folded, mention.end)
            full = folded[mention.start : mention.end]
            if (
                bracketed is not None
                and len(bracketed[1]) < len(full)
                and _is_subsequence(bracketed[1], full)
                and self._is_made_up(self._cut(bracketed[1]))
            ):
                known.setdefault(bracketed[1], (value, "organisation.alias"))
        return known

    def _certain(self, text: Text, organisations: Iterable[Mention]) -> Iterator[tuple[str, OrganisationValue]]:
        """Short names that their context made certain somewhere in the article."""
        for mention in organisations:
            if mention.rule not in _CONTEXT_RULES or not 2 <= mention.end - mention.start <= 12 or not isinstance(mention.value, OrganisationValue):
                continue
            surface = text.folded[mention.start : mention.end]
            if (
                self._is_name(surface)
                or (mention.rule == "organisation.list" and len(surface) > 3)
                or (mention.rule == "organisation.stock_code" and len(surface) > 2 and len(self._cut(surface)) > 1)  # 博士|蛙
            ):
                yield surface, mention.value

    def _derived(self, text: Text, organisations: Iterable[Mention], regions: Sequence[Mention]) -> Iterator[tuple[str, OrganisationValue]]:
        """Short forms of companies' full names."""
        folded = text.folded
        seen: set[str] = set()
        places: dict[int, int] | None = None  # where the longest place ends that begins at a position
        for mention in organisations:
            if mention.rule not in _SHORTENED:
                continue
            surface = folded[mention.start : mention.end]
            value = mention.value
            if surface in seen or not isinstance(value, OrganisationValue) or value.type not in ("company", "finance"):
                continue
            if folded[mention.end : mention.end + 1] == "(" and _CODE.match(folded, mention.end):
                seen.add(surface)
                core = _CODED_FORM.sub("", surface)
                if 2 <= len(core) < len(surface) and not self._pos(core) and self._is_name(core):
                    yield core, value
            core = _core_of(surface)
            if core == surface:
                continue
            seen.add(surface)
            if places is None:
                places = {region.start: region.end for region in reversed(regions)}  # of those that begin together the longest comes first
            place_end = _end_of_places(places, mention.start, mention.start + len(core))
            for form in self._short_forms(surface, core, place_end - mention.start):
                yield form, value

    def _forms_of(self, surface: str, core: str, place_end: int) -> tuple[str, ...]:
        """The short forms of a full name: without the legal form, without its place (which ends at `place_end`), the made-up word with one trade word."""
        place, rest = surface[:place_end], _BRACKET_IN_NAME.sub("", core[place_end:])
        words = self._cut(rest)
        run = 0
        while run < len(words) and len(words[run]) == 1:
            run += 1
        forms = [core]
        if run >= 2:
            brand = "".join(words[:run])
            forms += [brand + "".join(words[run : run + n]) for n in (2, 1)] + [brand, place + brand]
        elif words and run == 0 and self._pos(words[0]).startswith("nz"):
            forms += [words[0] + "".join(words[1:2]), place + words[0]]
        return tuple([form for form in forms if 2 <= len(form) < len(surface) and self._is_name(form)])

    def _judge_name(self, surface: str) -> bool:
        """Whether a short name is no word of its own: 律兴, 长光卫星; not 和平 or 发展."""
        words = self._cut(surface)
        if len(words) > 1:
            return self._is_made_up(words)
        pos = self._pos(surface)
        return not pos or pos.startswith(("nz", "nt", "nrt")) or surface.isascii()

    def _is_made_up(self, words: Sequence[str]) -> bool:
        """Whether words hold a run of single characters, Latin letters or a proper name."""
        singles = 0
        for word in words:
            singles += len(word) == 1
            if singles == 2 or word.isascii() or not (pos := self._pos(word)) or pos.startswith(("nz", "nrt", "nt")):
                return True
        return False

    def _repeated(
        self, text: Text, organisations: Iterable[Mention], known: dict[str, tuple[OrganisationValue, str]], coded: Collection[str]
    ) -> list[Mention]:
        """New mentions of the known short names at word boundaries, longest first, where no mention stands in the way.

        A printed alias, or a name that had a stock code (`coded`), takes the place of shorter names read inside it.
        """
        if not known:
            return []
        folded, boundaries = text.folded, text.boundaries
        added: list[Mention] = []
        ends = {m.start: m.end for m in organisations}
        # What else is needed only where a short name stands by itself, which is seldom.
        taken: _Taken | None = None
        others: _Others | None = None
        for surface, places in _occurrences(folded, sorted(known, key=lambda s: (-len(s), s))):
            value, rule = known[surface]
            size, last = len(surface), 0
            stronger = rule == "organisation.alias" or surface in coded
            for start in places:
                end = start + size
                if start < last or not boundaries[start] or not boundaries[end] or ends.get(start, 0) >= end:
                    continue
                if taken is None:
                    taken = _Taken(text)
                free = taken.is_free(start, end)
                if (free or stronger) and not _continues(folded, start, end):
                    if not free:
                        for mention in taken.take_back(start, end):
                            ends.pop(mention.start, None)
                        free = taken.is_free(start, end)
                    if free:
                        others = _Others(text.mentions) if others is None else others
                        if not others.crossed_by(start, end):
                            added.append(Mention("organisation", start, end, rule, value))
                            taken.take(start, end)
                            last = end
        if taken is not None:
            taken.settle()
        aliases = {surface: value for surface, (value, rule) in known.items() if rule == "organisation.alias"}
        if aliases:
            for mention in text.mentions:
                if mention.kind == "organisation" and (full := aliases.get(folded[mention.start : mention.end])) is not None:
                    mention.value = full
        return added

    # ---- local bodies -------------------------------------------------------------------------------------------------

    def _name_local_bodies(self, text: Text, organisations: Iterable[Mention], regions: Iterable[Mention]) -> None:
        """市工信局 under the name of the article's home of that level, and short forms of named bodies in full."""
        homeless: list[tuple[Mention, OrganisationValue]] = []
        for mention in organisations:
            value = mention.value
            if mention.rule != "organisation.local" or not isinstance(value, OrganisationValue):
                continue
            region = value.region
            if region is None:
                homeless.append((mention, value))
            elif region[:1].isdigit() and region not in _OUTSIDE:  # 阿肯色州农业厅 is what it is called
                mention.value = _changed(value, name=self._in_full(text.folded[mention.start : mention.end]))
        if not homeless:
            return
        homes = self._homes(text, regions)
        by_end = {m.end: m.value for m in regions if m.deictic and isinstance(m.value, RegionValue)}
        for mention, value in homeless:
            surface = text.folded[mention.start : mention.end]
            match = _LOCAL_BODY.fullmatch(surface)
            if match is None:
                continue
            body = self._full.get(match[2], match[2])
            home = by_end.get(mention.start) or (homes.get(_LEVELS[match[1]]) if match[1] else homes.get("home"))
            if home is None or home.code is None:
                continue
            if surface[:2] in ("市委", "省委", "县委", "区委", "州委"):
                body = surface[len(match[1]) :]
            mention.value = _changed(value, name=home.name + body, region=home.code)

    def _in_full(self, surface: str) -> str:
        """The full form of a named local body: 辽源市|工信局 -> 辽源市工业和信息化局."""
        for length in range(min(8, len(surface) - 2), 1, -1):
            full = self._full.get(surface[-length:])
            if full is not None and surface[-length - 1 : -length] in "省市县区州旗盟":
                return surface[:-length] + full
        return surface

    def _homes(self, text: Text, regions: Iterable[Mention]) -> dict[str, RegionValue]:
        """The division of each level that the article is at home in: what 我市 means there, else the one named most, if clearly so."""
        homes: dict[str, RegionValue] = {}
        counts: dict[str, Counter[str]] = {level: Counter() for level in _DIVISIONS}
        values: dict[str, RegionValue] = {}
        for mention in regions:
            value = mention.value
            if not isinstance(value, RegionValue) or (division := value.level) not in _DIVISIONS or (code := value.code) is None:
                continue
            values.setdefault(code, value)
            if mention.deictic:
                if text.folded[mention.start] in "我本全":
                    homes.setdefault(division, value)
            else:
                counts[division][code] += 1
        for level, counter in counts.items():
            ranked = counter.most_common()
            if level not in homes and ranked and ranked[0][1] >= 2 and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]):
                homes[level] = values[ranked[0][0]]
        if "prefecture" not in homes and "county" in homes and homes["county"].name.endswith("市"):
            homes["prefecture"] = homes["county"]
        for level in ("prefecture", "province", "county"):
            if level in homes:
                homes.setdefault("home", homes[level])
        return homes


@lru_cache(maxsize=1 << 16)
def _new(name: str, type_: OrganisationType, region: str | None, unresolved: bool) -> OrganisationValue:
    return OrganisationValue.of_fields({"name": name, "type": type_, "region": region, "unresolved": unresolved})


def _changed(value: OrganisationValue, *, name: str | None = None, region: str | None = None) -> OrganisationValue:
    """A value with another name or region."""
    return _new(name or value.name, value.type, region or value.region, value.unresolved)


def _end_of_places(places: Mapping[int, int], start: int, end: int) -> int:
    """Where the chain of places ends that begins at `start` and stays before `end`: 通化市|东昌区."""
    while start < end and (stop := places.get(start, end + 1)) <= end:
        start = stop
    return start


@lru_cache(maxsize=1 << 16)
def _core_of(surface: str) -> str:
    """A full name without its legal form: 长光卫星技术 of 长光卫星技术有限公司."""
    return _FORM.sub("", surface) if surface.endswith(_FORM_ENDS) else surface


def _occurrences(folded: str, surfaces: list[str]) -> Iterator[tuple[str, Iterable[int]]]:
    """Each surface with the places where it stands, overlapping ones too."""
    if len(surfaces) * len(folded) < _MANY:
        yield from ((surface, _each(folded, surface)) for surface in surfaces)
        return
    places: list[list[int]] = [[] for _ in surfaces]
    for start, _, index in daachorse.CharwiseDoubleArrayAhoCorasick(surfaces).find_overlapping(folded):
        places[index].append(start)
    yield from zip(surfaces, places, strict=True)


def _each(folded: str, surface: str) -> list[int]:
    places: list[int] = []
    start = folded.find(surface)
    while start >= 0:
        places.append(start)
        start = folded.find(surface, start + 1)
    return places


_SPANS = 48  # nearly all mentions are shorter
_ONES = [bytearray(b"\x01" * size) for size in range(_SPANS)]  # made once: bytes would be copied to a bytearray for each mention


class _Taken:
    """Where organisations, dates and figures stand in an article, while shorter organisations are taken back."""

    def __init__(self, text: Text) -> None:
        self._mentions = text.mentions
        covered = self._covered = bytearray(len(text.folded) + 1)  # 1: inside one
        for mention in text.mentions:
            if mention.kind in _COVERING:
                start, end = mention.start, mention.end
                covered[start:end] = _ONES[end - start] if end - start < _SPANS else bytearray(b"\x01" * (end - start))
        self._starts: dict[int, list[Mention]] | None = None  # made when something is taken back, which is seldom
        self._gone: set[int] = set()

    def is_free(self, start: int, end: int) -> bool:
        return self._covered.find(1, start, end) < 0

    def take(self, start: int, end: int) -> None:
        self._covered[start:end] = b"\x01" * (end - start)

    def take_back(self, start: int, end: int) -> list[Mention]:
        """Those shorter than a printed alias that were read inside it, which are none from now on: another firm's 恒瑞 in 恒瑞特."""
        if self._starts is None:
            self._starts = {}
            for mention in self._mentions:
                if mention.kind == "organisation":
                    self._starts.setdefault(mention.start, []).append(mention)
        inside = [m for position in range(start, end) for m in self._starts.get(position, ()) if m.end <= end and m.end - m.start < end - start]
        taken = [mention for mention in inside if id(mention) not in self._gone]
        for mention in taken:
            self._gone.add(id(mention))
            self._covered[mention.start : mention.end] = bytes(mention.end - mention.start)
        return taken

    def settle(self) -> None:
        """Drops what was taken back."""
        if self._gone:
            self._mentions[:] = [mention for mention in self._mentions if id(mention) not in self._gone]


class _Others:
    """The spans of an article's places and agreements, which organisations may hold or stand in, but not cut."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._spans = [(m.start, m.end) for m in mentions if m.kind not in _COVERING]
        self._reach = list(accumulate((end for _, end in self._spans), max))  # how far one of those up to each goes

    def crossed_by(self, start: int, end: int) -> bool:
        """Whether a span would cut one of them: an edge of it stands inside that one while the other does not."""
        for position in (start, end):
            index = bisect_left(self._spans, (position, 0)) - 1
            while index >= 0 and self._reach[index] > position:
                first, last = self._spans[index]
                if last > position and not (first <= start and end <= last):
                    return True
                index -= 1
        return False


def _narrowest(places: Iterable[Mention]) -> str | None:
    """The code of the smallest division in a chain of places (通化市东昌区: 东昌区); of places apart, the first."""
    chain: list[Mention] = []
    for place in places:
        if chain and place.start != chain[-1].end:
            break
        chain.append(place)
    values = [p.value for p in chain if isinstance(p.value, RegionValue) and p.value.code]
    return values[-1].code if values else None


def _is_subsequence(short: str, full: str) -> bool:
    """Whether the characters of a short form stand in the full name in their order."""
    rest = iter(full)
    return all(character in rest for character in short)


def _continues(folded: str, start: int, end: int) -> bool:
    """Whether Latin letters or digits go on beyond the span."""
    before, after = folded[start - 1 : start], folded[end : end + 1]
    first, last = folded[start], folded[end - 1]
    return (first.isascii() and before.isascii() and before.isalnum()) or (last.isascii() and after.isascii() and after.isalnum())


@Language.factory(
    "jianbao_aliases", default_config={"short_forms": "organisation_short_forms", "context": "organisation_context", "segmenter": "rjieba"}
)
def make_aliases(nlp: Language, name: str, short_forms: str, context: str, segmenter: str) -> ResolverComponent:
    """The component that makes short names known."""
    return ResolverComponent(AliasResolver(load_lexicon(short_forms), load_lexicon(context), load_segmenter(segmenter)))
