"""Lexicons: what an entry may say, how a file is loaded and checked, and the one matcher that finds all surfaces in a text.

A gazetteer (`regions_*.csv`, `organisations_*.csv`) holds names, and a surface may have several owners there. A rule lexicon (`*.yaml`) holds
the words of the grammar; there a surface has one owner. A file with a mistake does not load: the error names file, line and column.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import chain, repeat
from operator import itemgetter
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Protocol
from weakref import WeakValueDictionary

import daachorse
import yaml
from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError

from jianbao.folding import Folding, load_folding
from jianbao.records import AgreementType, Convention, Dimension, Number, OrganisationType, Record, RegionLevel
from jianbao.resources import LexiconFolder, lexicon_directory, lexicon_folder
from jianbao.text import Hit, Text


class LexiconError(ValueError):
    """A lexicon file that cannot be used; the message says file:line:column, what is wrong, and what to do."""


def _split_bar(value: object) -> object:
    """`吉林|吉` as a tuple; an empty cell as none."""
    return tuple(part for part in value.split("|") if part) if isinstance(value, str) else value


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


Surfaces = Annotated[tuple[str, ...], BeforeValidator(_split_bar)]
Optional = BeforeValidator(_none_if_empty)
Validity = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


class Entry(Record):
    """What every entry says of itself.

    Attributes:
        id: Unique in its file.
        hans: The canonical name in Simplified characters.
        hant: The same name in Traditional characters, as printed: 慈溪市, not 慈谿市.
        variants: Other surfaces, in either script, none that folds to `hans` or `hant`.
        source: Where the fact comes from.
    """

    id: str
    hans: str
    hant: str
    en: Annotated[str | None, Optional] = None
    variants: Surfaces = ()
    source: str

    @property
    def surfaces(self) -> tuple[str, ...]:
        """Every surface that means this entry wherever it stands as a word."""
        return (self.hans, self.hant, *self.variants)


class GazetteerEntry(Entry):
    """A name. A guarded surface is also an ordinary word (和平, 长江): it needs evidence from its context."""

    guarded: Surfaces = ()
    valid_from: Annotated[Validity | None, Optional] = None
    valid_to: Annotated[Validity | None, Optional] = None

    def valid_on(self, day: str | None) -> bool:
        """Whether the name was in force on an ISO day; True where the day is unknown and the name is not a former one."""
        if day is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


class RegionEntry(GazetteerEntry):
    """A place with its code (GB/T 2260, ISO 3166-1, or `macro:` `zone:` `town:` `tw:` `city:` and the full simplified name).

    Attributes:
        members: The provinces that a word which counts them means beside a macro-region's name: 京津冀|三地, 长三角|三省一市.
    """

    code: str
    level: RegionLevel
    parent: Annotated[str | None, Optional] = None
    members: Surfaces = ()


class OrganisationEntry(GazetteerEntry):
    """A body, what it is, and the code of its home."""

    type: OrganisationType
    region: Annotated[str | None, Optional] = None


class RuleEntry(Entry):
    """A word of the grammar; each example must be found."""

    examples: tuple[str, ...] = ()


class UnitEntry(RuleEntry):
    """A unit of measure: how many base units it is (tonnes, m2, km, per cent, m3, kW, kW.h, TEU) and its UCUM code.

    Attributes:
        divisor: What `factor` is divided by, where the quotient has no finite decimals: 15 亩 are 10000 m2.
        conventions: Another factor by convention: a Taiwan 斤 is 0.0006 t.
        guarded: Surfaces that are also ordinary words (平, 里): they need evidence from their context.
    """

    dimension: Dimension
    factor: Number
    divisor: Number = Decimal(1)
    conventions: dict[Convention, Number] = Field(default_factory=dict)
    ucum: str
    guarded: tuple[str, ...] = ()


class CurrencyEntry(RuleEntry):
    """A currency by its ISO 4217 code (the id).

    Attributes:
        before: Surfaces that stand before a number, with or without a magnitude (新台币, US$).
        minor: Names of its hundredth (美分).
        shared: Names that other currencies have too (元, 比索): the convention or the countries of the article decide.
        usual: Those of `shared` that mean this entry where nothing decides.
        countries: ISO 3166-1 codes of the places whose mention speaks for this entry.
    """

    before: tuple[str, ...] = ()
    minor: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


class RoleEntry(RuleEntry):
    """A trigger that says what a figure is: 总投资 is investment_total (the id). A `weak` one is a verb (发放): a trigger after the figure wins over it."""

    dimensions: tuple[Dimension, ...] = ()
    weak: bool = False


class AgreementHeadEntry(RuleEntry):
    """A word that ends the name of an agreement or policy document.

    A `weak` one (协议, 方案) needs more than itself; a `titled` one (安排, 宣言) names a document only inside 《》.
    """

    agreement_type: AgreementType
    weak: bool = False
    titled: bool = False


class OrganisationHeadEntry(RuleEntry):
    """A word that ends the name of a body.

    Attributes:
        legal: A legal form (有限公司): ordinary words before it are a name too.
        weak: Also an ordinary word (科技, 中心): it needs a brand or a body directly before it.
        named: A place alone before it makes no name (吉林学校), a place and more does.
        local: A body of state or party, named after its place or the level of its place (市|财政局).
        joins: A part of a body: it closes a name that another body begins (宏泰集团|丽水分公司).
        bare: A local body that may stand without place and level (组织部, 中医院).
        national: A country alone before it makes a name (美国国会); of other heads it makes a kind (美国法院).
        whole: Never a part of another body: two stand side by side (清华大学|北京大学).
        short: A name of two or three characters before it makes a name: a place without its level (衡水|中学, not 衡水市|中学), or a word of characters
            that brands are made of (海山|派出所).
        branch: May be a part of a body, told by its district, number or trade (台糖|善化|糖厂), and a name by itself as well.
        adds: A trade word that a known company's name may take on (阿里巴巴|影业).
        not_before: Characters after it that make another word of it (大学|生).
    """

    type: OrganisationType
    legal: bool = False
    weak: bool = False
    named: bool = False
    local: bool = False
    joins: bool = False
    bare: bool = False
    national: bool = False
    whole: bool = False
    short: bool = False
    branch: bool = False
    adds: bool = False
    not_before: tuple[str, ...] = ()


class TriggerEntry(RuleEntry):
    """A word that licenses a rule; `sense` groups triggers (`sign`, `issue`, `plan`)."""

    sense: str


class StopEntry(RuleEntry):
    """An ordinary phrase in which a name's characters mean something else (平台, 合作社): no mention of `refuses` inside it."""

    refuses: tuple[str, ...]


class DateWordEntry(RuleEntry):
    """A word of calendar expressions.

    Attributes:
        sense: `now` counts from the article's day (昨日), `near` from the nearest earlier date (翌日), `part` is a part of a year or
            month (初 下旬), `season` follows a year (春季), `headed` a bare year (2018世界杯), `future` tells of what is to come (定于),
            `stop` is no date (今日头条).
        unit: What `step` counts.
        step: How many units on: 昨日 is -1 day.
        code: `start` `mid` `end` of a part; the EDTF code of a season.
        not_after: Characters after which the word is another: 目 for 前日 (目前日本).
        not_before: Characters before which it is another: 期 for 上周 (上周期).
    """

    sense: Literal["now", "near", "part", "season", "headed", "future", "stop"]
    unit: Literal["year", "quarter", "month", "week", "weekend", "day"] | None = None
    step: int = 0
    code: str | None = None
    not_after: str = ""
    not_before: str = ""


class PlaceWordEntry(RuleEntry):
    """A word that points at a place (我省), strings places together (中美), or licenses a place of one character (中方, 赴美).

    Attributes:
        sense: Which of these it is; `lexicons/place_words.yaml` explains them.
        codes: The code of each character that is a place, in order.
        letters: The characters that the word licenses before (`tail`) or after it (`lead`).
    """

    sense: Literal["deictic", "context", "frame", "string", "weak_string", "initial", "tail", "lead", "split", "direction", "abroad"]
    codes: tuple[str, ...] = ()
    letters: str = ""


class MergeEntry(Entry):
    """An editor's word on what is one thing: `hans` is an organisation's name or an agreement's title, or the id of a record.

    Attributes:
        kind: What is named.
        same: Other names, titles or ids of it.
        different: Names, titles or ids that are never it, however alike.
    """

    kind: Literal["organisation", "agreement"]
    same: tuple[str, ...] = ()
    different: tuple[str, ...] = ()


class TownsEntry(GazetteerEntry):
    """The towns, townships and subdistricts of one county (the id is its code)."""

    towns: Surfaces


ENTRY_TYPES: dict[str, type[Entry]] = {
    "region": RegionEntry,
    "organisation": OrganisationEntry,
    "unit": UnitEntry,
    "currency": CurrencyEntry,
    "role": RoleEntry,
    "agreement_head": AgreementHeadEntry,
    "organisation_head": OrganisationHeadEntry,
    "trigger": TriggerEntry,
    "stop": StopEntry,
    "place_word": PlaceWordEntry,
    "town": TownsEntry,
    "word": RuleEntry,
    "merge": MergeEntry,
    "date_word": DateWordEntry,
}
"""The entry model of each label. A CSV file's label is the singular of its stem before the first underscore."""


class Lexicon:
    """The entries of one file, folded for matching."""

    def __init__(self, name: str, label: str, entries: Sequence[Any], owners: dict[str, tuple["Owner", ...]], folding: Folding) -> None:
        self.name = name
        self.label = label
        self.entries = tuple(entries)
        self.owners = owners
        """The owners of each folded surface."""
        self._folding = folding

    @cached_property
    def by_id(self) -> dict[str, Any]:
        """Each entry under its id."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def by_surface(self) -> dict[str, Any]:
        """The one entry of each folded surface: for rule lexicons."""
        return {surface: owners[0].entry for surface, owners in self.owners.items()}

    def alternation(self, surfaces: Iterable[str] | None = None) -> str:
        """A regex alternation of folded surfaces, longest first, so that 万平方米 is not cut at 万平."""
        chosen = self.owners if surfaces is None else {self._folding.fold(s) for s in surfaces}
        return "|".join(re.escape(s) for s in sorted(chosen, key=lambda s: (-len(s), s)))


class Owner(NamedTuple):
    """An entry that owns a surface; `guarded` when the surface is also an ordinary word."""

    entry: Any
    guarded: bool


class Matcher:
    """Finds the surfaces of several lexicons in one pass over folded text.

    A surface of one character is left out for gazetteers: 吉 and 浙 are places in an abbreviation string only, which is a rule's business.
    """

    def __init__(self, lexicons: Sequence[Lexicon]) -> None:
        owned: dict[str, dict[str, tuple[Owner, ...]]] = {}
        for lexicon in lexicons:
            gazetteer = issubclass(ENTRY_TYPES[lexicon.label], GazetteerEntry)
            known = owned.setdefault(lexicon.label, {})
            for surface, owners in lexicon.owners.items():
                if len(surface) > 1 or not gazetteer:
                    known[surface] = known[surface] + owners if surface in known else owners
        surfaces = list(dict.fromkeys(chain.from_iterable(owned.values())))
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(surfaces) if surfaces else None
        # For each label the owners of each surface, by its number.
        self._owners = {label: list(map(owned[label].get, surfaces, repeat(()))) for label in sorted(owned)}

    def find(self, text: Text) -> dict[str, list[Hit]]:
        """Every surface in `text.folded` by label, overlapping ones too, by start and then longest first."""
        if self._automaton is None:
            return {label: [] for label in self._owners}
        found = self._automaton.find_overlapping(text.folded)
        found.reverse()  # they come by end, so that of those with one start the longest now leads
        found.sort(key=_start)
        make = tuple.__new__  # what Hit(...) does at a third of its cost
        return {
            label: [make(Hit, (start, end, owners)) for start, end, number in found if (owners := owners_of[number])]
            for label, owners_of in self._owners.items()
        }


_start = itemgetter(0)


class RegionTree:
    """The places of some gazetteers by their codes, and what each of them lies in.

    Attributes:
        entries: The entry of each code; of several names that a code has had the present one.
    """

    def __init__(self, gazetteers: Iterable[Lexicon]) -> None:
        self.entries: dict[str, RegionEntry] = {}
        for gazetteer in gazetteers:
            for entry in gazetteer.entries:
                if entry.code not in self.entries or entry.valid_to is None:
                    self.entries[entry.code] = entry
        self._lineages: dict[str, tuple[str, ...]] = {}

    def lineage(self, code: str) -> tuple[str, ...]:
        """The codes of what a place lies in, nearest first: of 辽源市 220000 and CN."""
        lineage = self._lineages.get(code)
        if lineage is None:
            found: list[str] = []
            entry = self.entries.get(code)
            while entry and entry.parent and entry.parent not in found:
                found.append(entry.parent)
                entry = self.entries.get(entry.parent)
            lineage = self._lineages[code] = tuple(found)
        return lineage


# ---- loading ------------------------------------------------------------------------------------------------------------


def load_lexicon(name: str) -> Lexicon:
    """The checked lexicon of file `name` (its stem, such as `regions_china` or `units`).

    Raises:
        LexiconError: no such file, or a mistake in it (all of them, one a line).
    """
    return _load(lexicon_folder(), name)


def lexicon_names() -> list[str]:
    """The names of all lexicons in the folder in force; the fold table, which is no lexicon, aside."""
    return sorted(path.stem for path in lexicon_directory().iterdir() if path.suffix in (".csv", ".yaml") and path.stem != "fold")


@lru_cache(maxsize=256)
def _load(folder: LexiconFolder, name: str) -> Lexicon:
    folding, path = load_folding(), lexicon_file(folder.path, name)
    if path is None:
        raise LexiconError(f"{folder.path}: no lexicon {name}.csv or {name}.yaml; give a folder that holds it with --lexicons")
    data = path.read_bytes()
    key = (name, path.suffix, hashlib.sha256(data).digest(), id(folding))
    known = _LOADED.get(key)
    if known is None:
        label, rows, places = _read(path, data)
        entries = _validate(path, label, rows, places)
        known = _LOADED[key] = Lexicon(name, label, entries, _owners(path, label, entries, places, folding), folding)
    return known


def lexicon_file(folder: Path, name: str) -> Path | None:
    """The file of the lexicon `name` in a folder; None where there is none."""
    return next((path for suffix in (".csv", ".yaml") if (path := folder / f"{name}{suffix}").is_file()), None)


_LOADED: WeakValueDictionary[tuple[str, str, bytes, int], Lexicon] = WeakValueDictionary()
"""By what a file says: of two folders that are compared most files are the same. A lexicon holds its folding, whose address is no other's while it lives."""


class Places(Protocol):
    """Where the rows of a file and their fields stand."""

    def of(self, row: int, field: str) -> str:
        """`line:column` of a field of a row, counted from 0; of the row where it lacks the field."""


class _CsvPlaces:
    def __init__(self, lines: list[int], header: list[str]) -> None:
        self._lines = lines
        self._columns = {field: column for column, field in enumerate(header, 1)}

    def of(self, row: int, field: str) -> str:
        return f"{self._lines[row]}:{self._columns.get(field, 1)}"


class _YamlPlaces:
    def __init__(self, entries: list[yaml.MappingNode]) -> None:
        self._entries = entries

    def of(self, row: int, field: str) -> str:
        entry = self._entries[row]
        for key, value in entry.value:
            if key.value == field:
                return f"{value.start_mark.line + 1}:{value.start_mark.column + 1}"
        return f"{entry.start_mark.line + 1}:1"


_Rows = tuple[str, list[dict[str, Any]], Places]


def _read(path: Path, data: bytes) -> _Rows:
    """The label of a lexicon file, its rows as they stand, and where."""
    return _read_csv(path, data) if path.suffix == ".csv" else _read_yaml(path, data)


def _read_csv(path: Path, data: bytes) -> _Rows:
    label = {"regions": "region", "organisations": "organisation", "towns": "town"}.get(path.stem.split("_")[0])
    if label is None:
        raise LexiconError(f"{path}: a gazetteer is named regions_*.csv, organisations_*.csv or towns_*.csv")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader, [])
    optional = [name for name, field in ENTRY_TYPES[label].model_fields.items() if name in header and not field.is_required()]
    rows: list[dict[str, Any]] = []
    lines: list[int] = []
    kept: dict[str, str] = {}
    kept_once = kept.setdefault  # sources, parents, and names that are the same in both scripts are kept in memory once
    for cells in reader:
        if len(cells) != len(header):
            if not cells:
                continue
            raise LexiconError(f"{path}:{reader.line_num}:1: {len(header)} columns are needed; check commas and quotation marks")
        lines.append(reader.line_num)
        row = dict(zip(header, map(kept_once, cells, cells), strict=True))
        for field in optional:
            if not row[field]:
                del row[field]
        rows.append(row)
    if label == "region":
        _give_region_ids(rows)
    return label, rows, _CsvPlaces(lines, header)


def _give_region_ids(rows: list[dict[str, Any]]) -> None:
    """A region's id is its code; a former name adds `@` and its end, a second owner of a code (tw:信义区) its parent."""
    counts: dict[str, int] = {}
    for row in rows:
        row["id"] = row.get("code", "") + (f"@{row['valid_to']}" if row.get("valid_to") else "")
        counts[row["id"]] = counts.get(row["id"], 0) + 1
    for row in rows:
        if counts[row["id"]] > 1:
            row["id"] += f"/{row.get('parent', '')}"


_YAML_TEXT = "tag:yaml.org,2002:str"
_YAML_LIST = "tag:yaml.org,2002:seq"
_YAML_MAPPING = "tag:yaml.org,2002:map"


class _Loader(yaml.CSafeLoader):
    """Knows a text by its first character, as nearly all can be known, before it tries the patterns of all that a plain scalar may be."""

    def resolve(self, kind: type[yaml.Node], value: str, implicit: Any) -> str:
        """The tag of a node that states none."""
        if kind is yaml.ScalarNode and value[:1] not in self.yaml_implicit_resolvers:
            return _YAML_TEXT
        return super().resolve(kind, value, implicit)  # type: ignore[no-any-return, no-untyped-call]


def _read_yaml(path: Path, data: bytes) -> _Rows:
    try:
        loader = _Loader(data.decode("utf-8"))
        root = loader.get_single_node()
        pairs = root.value if isinstance(root, yaml.MappingNode) else []
        content = {key.value: value for key, value in pairs if isinstance(key, yaml.ScalarNode)}
        label = loader.construct_object(content["label"], deep=True) if set(content) == {"label", "entries"} and len(pairs) == 2 else None
        if str(label) not in ENTRY_TYPES:
            raise LexiconError(f"{path}:1:1: a rule lexicon has `label:` ({', '.join(ENTRY_TYPES)}) and `entries:`")
        entries = content["entries"]
        if entries.tag != _YAML_LIST or not all(entry.tag == _YAML_MAPPING for entry in entries.value):
            raise LexiconError(f"{path}:1:1: `entries:` is a list of entries with `id`, `hans`, `hant`, `source`")
        rows = [_yaml_row(loader, entry, path) for entry in entries.value]
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise LexiconError(f"{path}{where}: not valid YAML: {getattr(error, 'problem', error)}") from None
    return str(label), rows, _YamlPlaces(entries.value)


def _yaml_row(loader: yaml.CSafeLoader, entry: yaml.MappingNode, path: Path) -> dict[str, Any]:
    """An entry as PyYAML would construct it; texts and lists of texts, which are nearly all there is, without its slow machinery."""
    names: set[str] = set()
    for key, _ in entry.value:
        if key.tag == _YAML_TEXT and key.value in names:  # YAML would keep the last and say nothing
            raise LexiconError(f"{path}:{key.start_mark.line + 1}:{key.start_mark.column + 1}: {key.value}: stands twice in this entry")
        names.add(key.value if key.tag == _YAML_TEXT else "")
    if "" in names:
        return loader.construct_object(entry, deep=True)  # type: ignore[no-any-return]
    row: dict[str, Any] = {}
    for key, value in entry.value:
        if value.tag == _YAML_TEXT:
            row[key.value] = value.value
        elif value.tag == _YAML_LIST and all(item.tag == _YAML_TEXT for item in value.value):
            row[key.value] = [item.value for item in value.value]
        else:
            row[key.value] = loader.construct_object(value, deep=True)
    return row


@lru_cache(maxsize=32)
def _adapter(label: str) -> TypeAdapter[Any]:
    entries: Any = list[ENTRY_TYPES[label]]  # type: ignore[valid-type]  # chosen at run time
    return TypeAdapter(entries)


def _exact(value: Any) -> Any:
    """YAML floats as the decimals that were written: 0.05 is Decimal("0.05")."""
    return Decimal(str(value)) if isinstance(value, float) else value


def _validate(path: Path, label: str, rows: list[dict[str, Any]], places: Places) -> list[Any]:
    for row in rows:
        for field in ("factor", "divisor"):
            if field in row:
                row[field] = _exact(row[field])
        if isinstance(row.get("conventions"), dict):
            row["conventions"] = {convention: _exact(value) for convention, value in row["conventions"].items()}
    try:
        entries: list[Any] = _adapter(label).validate_python(rows)
    except ValidationError as error:
        problems = []
        for problem in error.errors():
            index, *rest = problem["loc"]
            field = str(rest[0]) if rest else ""
            problems.append(f"{path}:{places.of(int(index), field)}: {field}: {problem['msg']}")
        raise LexiconError("\n".join(problems)) from None
    given = set(ENTRY_TYPES[label].model_fields)
    for entry in entries:  # pydantic notes for each which fields were given, more bytes than the fields take: 18 MB that nobody asks for
        object.__setattr__(entry, "__pydantic_fields_set__", given)
    return entries


def _owners(path: Path, label: str, entries: Sequence[Any], places: Places, folding: Folding) -> dict[str, tuple[Owner, ...]]:
    """The owners of each folded surface, once all is checked that one model cannot see: order, unique ids, scripts that agree, redundant or doubly
    owned surfaces.
    """
    problems: list[str] = []

    def say(row: int, field: str, message: str) -> None:
        problems.append(f"{path}:{places.of(row, field)}: {message}")

    model = ENTRY_TYPES[label]
    guards = "guarded" in model.model_fields
    surfaces_of = [(e.hans, e.hant, *e.variants, *e.guarded) if guards else (e.hans, e.hant, *e.variants) for e in entries]
    every = list(dict.fromkeys(chain.from_iterable(surfaces_of)))
    if "" in every or list(map(str.strip, every)) != every or "\n".join(every).splitlines() != every:
        stray = {surface for surface in every if surface.strip() != surface or surface.splitlines() != [surface]}
        for row, surfaces in enumerate(surfaces_of):
            for surface in surfaces:
                if surface in stray:
                    say(row, "variants", f"{surface!r}: take out the white space")
        raise LexiconError("\n".join(problems))  # what follows folds the surfaces, a line each
    folded = folding.fold_all(every)
    same = dict(zip(every, every, strict=True))  # most surfaces are folded as they stand; their text is kept in memory once
    folded = dict(zip(every, map(same.get, folded.values(), folded.values()), strict=True))
    gazetteer = issubclass(model, GazetteerEntry)
    region = label == "region"
    make = tuple.__new__  # what Owner(...) does at a third of its cost
    found: dict[str, tuple[Owner, ...]] = {}
    last = ""
    seen: set[str] = set()
    for row, (entry, surfaces) in enumerate(zip(entries, surfaces_of, strict=True)):
        identity = entry.id
        if identity in seen:
            say(row, "id", f"id {identity} stands twice")
        seen.add(identity)
        order = entry.code if region else identity
        if order < last:
            say(row, "id", f"{order} must stand before {last}: entries are sorted by id")
        else:
            last = order
        hans, hant, *more = [folded[surface] for surface in surfaces]
        if hans != hant:
            say(row, "hant", f"{entry.hant} does not fold to {entry.hans}: {hant} against {hans}")
        free = (make(Owner, (entry, False)),)
        keys = {hans: free}
        if more:
            guarded = len(entry.variants)
            for position, key in enumerate(more):
                if key in keys:
                    say(row, "variants", f"{surfaces[position + 2]} is redundant: it folds to {key}, which the entry has")
                keys[key] = free if position < guarded else (make(Owner, (entry, True)),)
        for key, owner in keys.items():
            first = found.setdefault(key, owner)
            if first is owner:
                continue
            found[key] = first + owner
            if not gazetteer and first[0].entry.id != identity:
                message = f"{key} belongs to both {first[0].entry.id} and {entry.id}; put it in neither and write a rule with a trigger"
                say(row, "variants", message)
    if problems:
        raise LexiconError("\n".join(problems))
    return found


class _SomePlaces:
    """Of some rows of a file, by their numbers."""

    def __init__(self, places: Places, rows: list[int]) -> None:
        self._places = places
        self._rows = rows

    def of(self, row: int, field: str) -> str:
        return self._places.of(self._rows[row], field)


def differing_entries(old: Path, new: Path, name: str) -> Iterator[tuple[str, str, Entry | None, Entry | None]]:
    """The label and id, and the entry as it was and is, of what differs between two folders in the lexicon `name`, by id. The other rows are not validated.

    Raises:
        LexiconError: a mistake in a row that differs, or a file that is no lexicon.
    """
    before, after = _raw_rows(old, name), _raw_rows(new, name)
    was, now = before.entries_unlike(after), after.entries_unlike(before)
    for identity in sorted(was.keys() | now.keys()):
        if was.get(identity) != now.get(identity):
            yield before.label or after.label, identity, was.get(identity), now.get(identity)


@dataclass(frozen=True, slots=True)
class _RawRows:
    """The rows of a file as they stand, by id; none where there is no such file."""

    path: Path
    label: str
    rows: list[dict[str, Any]]
    places: Places

    def entries_unlike(self, other: "_RawRows") -> dict[str, Entry]:
        """The entries of the rows that the other file does not have, by id."""
        theirs = {row.get("id"): row for row in other.rows}
        chosen = [number for number, row in enumerate(self.rows) if theirs.get(row.get("id")) != row]
        entries = _validate(self.path, self.label, [self.rows[number] for number in chosen], _SomePlaces(self.places, chosen)) if chosen else []
        return {entry.id: entry for entry in entries}


def _raw_rows(folder: Path, name: str) -> _RawRows:
    path = lexicon_file(folder, name)
    return _RawRows(path, *_read(path, path.read_bytes())) if path else _RawRows(folder / name, "", [], _CsvPlaces([], []))


def entry_places(path: Path) -> Places:
    """Where the entries of a lexicon file stand, in the order of `Lexicon.entries`: the file is read once more, for those who have a word to say of it."""
    return _read(path, path.read_bytes())[2]
