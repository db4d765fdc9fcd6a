"""Lexicons: what an entry may say, how a file is loaded and checked, and the one matcher that finds all surfaces in a text.

A gazetteer (`regions_*.csv`, `organisations_*.csv`) holds names, and a surface may have several owners there. A rule lexicon (`*.yaml`) holds
the words of the grammar; there a surface has one owner. A file with a mistake does not load: the error names file, line and column.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import daachorse
import yaml
from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError

from jianbao.folding import Folding, load_folding
from jianbao.records import AgreementType, Convention, Dimension, Number, OrganisationType, Record, RegionLevel
from jianbao.resources import lexicon_directory
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
    """A place with its code (GB/T 2260, ISO 3166-1, or `macro:` `zone:` `town:` `tw:` `city:` and the full simplified name)."""

    code: str
    level: RegionLevel
    parent: Annotated[str | None, Optional] = None


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

    sense: Literal["deictic", "context", "string", "weak_string", "initial", "tail", "lead", "split", "direction"]
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

    def __init__(self, name: str, label: str, entries: Sequence[Any], folding: Folding) -> None:
        self.name = name
        self.label = label
        self.entries = tuple(entries)
        self._folding = folding

    @cached_property
    def by_id(self) -> dict[str, Any]:
        """Each entry under its id."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def owners(self) -> dict[str, tuple["Owner", ...]]:
        """The owners of each folded surface."""
        found: dict[str, list[Owner]] = {}
        folded = self._folding.fold_all(s for entry in self.entries for s in _all_surfaces(entry))
        for entry in self.entries:
            for surface in dict.fromkeys(folded[s] for s in entry.surfaces):
                found.setdefault(surface, []).append(Owner(entry, False))
            for surface in dict.fromkeys(folded[s] for s in getattr(entry, "guarded", ())):
                found.setdefault(surface, []).append(Owner(entry, True))
        return {surface: tuple(owners) for surface, owners in found.items()}

    @cached_property
    def by_surface(self) -> dict[str, Any]:
        """The one entry of each folded surface: for rule lexicons."""
        return {surface: owners[0].entry for surface, owners in self.owners.items()}

    def alternation(self, surfaces: Iterable[str] | None = None) -> str:
        """A regex alternation of folded surfaces, longest first, so that 万平方米 is not cut at 万平."""
        chosen = self.owners if surfaces is None else {self._folding.fold(s) for s in surfaces}
        return "|".join(re.escape(s) for s in sorted(chosen, key=lambda s: (-len(s), s)))


def _all_surfaces(entry: Any) -> tuple[str, ...]:
    return (*entry.surfaces, *getattr(entry, "guarded", ()))


class Owner(NamedTuple):
    """An entry that owns a surface; `guarded` when the surface is also an ordinary word."""

    entry: Any
    guarded: bool


class Matcher:
    """Finds the surfaces of several lexicons in one pass over folded text.

    A surface of one character is left out for gazetteers: 吉 and 浙 are places in an abbreviation string only, which is a rule's business.
    """

    def __init__(self, lexicons: Sequence[Lexicon]) -> None:
        merged: dict[str, dict[str, list[Owner]]] = {}
        for lexicon in lexicons:
            gazetteer = issubclass(ENTRY_TYPES[lexicon.label], GazetteerEntry)
            for surface, owners in lexicon.owners.items():
                if len(surface) > 1 or not gazetteer:
                    merged.setdefault(surface, {}).setdefault(lexicon.label, []).extend(owners)
        self._labels = [[(label, tuple(owners)) for label, owners in by_label.items()] for by_label in merged.values()]
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(merged)) if merged else None
        self._all = sorted({lexicon.label for lexicon in lexicons})

    def find(self, text: Text) -> dict[str, list[Hit]]:
        """Every surface in `text.folded` by label, overlapping ones too, by start and then longest first."""
        hits: dict[str, list[Hit]] = {label: [] for label in self._all}
        if self._automaton is None:
            return hits
        labels = self._labels
        found = self._automaton.find_overlapping(text.folded)
        found.reverse()  # they come by end, so that of those with one start the longest now leads
        found.sort(key=_start)
        make = tuple.__new__  # what Hit(...) does at a third of its cost
        for start, end, index in found:
            for label, owners in labels[index]:
                hits[label].append(make(Hit, (start, end, owners)))
        return hits


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
    return _load(lexicon_directory(), name)


def lexicon_names() -> list[str]:
    """The names of all lexicons in the folder in force; the fold table, which is no lexicon, aside."""
    return sorted(path.stem for path in lexicon_directory().iterdir() if path.suffix in (".csv", ".yaml") and path.stem != "fold")


@lru_cache(maxsize=256)
def _load(directory: Path, name: str) -> Lexicon:
    folding = load_folding()
    for suffix, read in ((".csv", _read_csv), (".yaml", _read_yaml)):
        path = directory / f"{name}{suffix}"
        if path.is_file():
            label, rows, places = read(path, path.read_bytes())
            entries = _validate(path, label, rows, places)
            _check(path, label, entries, places, folding)
            return Lexicon(name, label, entries, folding)
    raise LexiconError(f"{directory}: no lexicon {name}.csv or {name}.yaml; give a folder that holds it with --lexicons")


class _Place(NamedTuple):
    """Where a row and its fields stand in the file: line and column of each field, or for a CSV the columns of all rows."""

    line: int
    fields: dict[str, tuple[int, int]]
    columns: dict[str, int] = {}  # noqa: RUF012  # never changed

    def of(self, field: str) -> str:
        line, column = self.fields.get(field, (self.line, self.columns.get(field, 1)))
        return f"{line}:{column}"


_Rows = tuple[str, list[dict[str, Any]], list[_Place]]


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
    columns = {field: column for column, field in enumerate(header, 1)}
    rows: list[dict[str, Any]] = []
    places: list[_Place] = []
    for cells in reader:
        if len(cells) != len(header):
            if not cells:
                continue
            raise LexiconError(f"{path}:{reader.line_num}:1: {len(header)} columns are needed; check commas and quotation marks")
        places.append(_Place(reader.line_num, {}, columns))
        rows.append(dict(zip(header, cells, strict=True)))
    if label == "region":
        _give_region_ids(rows)
    return label, rows, places


def _give_region_ids(rows: list[dict[str, Any]]) -> None:
    """A region's id is its code; a former name adds `@` and its end, a second owner of a code (tw:信义区) its parent."""
    counts: dict[str, int] = {}
    for row in rows:
        row["id"] = row.get("code", "") + (f"@{row['valid_to']}" if row.get("valid_to") else "")
        counts[row["id"]] = counts.get(row["id"], 0) + 1
    for row in rows:
        if counts[row["id"]] > 1:
            row["id"] += f"/{row.get('parent', '')}"


def _read_yaml(path: Path, data: bytes) -> _Rows:
    try:
        loader = yaml.CSafeLoader(data.decode("utf-8"))
        root = loader.get_single_node()
        content = loader.construct_document(root) if root else None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise LexiconError(f"{path}{where}: not valid YAML: {getattr(error, 'problem', error)}") from None
    if not isinstance(content, dict) or set(content) != {"label", "entries"} or str(content["label"]) not in ENTRY_TYPES:
        raise LexiconError(f"{path}:1:1: a rule lexicon has `label:` ({', '.join(ENTRY_TYPES)}) and `entries:`")
    if not isinstance(content["entries"], list) or not all(isinstance(e, dict) for e in content["entries"]):
        raise LexiconError(f"{path}:1:1: `entries:` is a list of entries with `id`, `hans`, `hant`, `source`")
    assert root is not None
    places = []
    for node in {key.value: value for key, value in root.value}["entries"].value:
        fields: dict[str, tuple[int, int]] = {}
        for key, value in node.value:
            if key.value in fields:  # YAML would keep the last and say nothing
                raise LexiconError(f"{path}:{key.start_mark.line + 1}:{key.start_mark.column + 1}: {key.value}: stands twice in this entry")
            fields[key.value] = (value.start_mark.line + 1, value.start_mark.column + 1)
        places.append(_Place(node.start_mark.line + 1, fields))
    return content["label"], content["entries"], places


@lru_cache(maxsize=32)
def _adapter(label: str) -> TypeAdapter[Any]:
    entries: Any = list[ENTRY_TYPES[label]]  # type: ignore[valid-type]  # chosen at run time
    return TypeAdapter(entries)


def _exact(value: Any) -> Any:
    """YAML floats as the decimals that were written: 0.05 is Decimal("0.05")."""
    return Decimal(str(value)) if isinstance(value, float) else value


def _validate(path: Path, label: str, rows: list[dict[str, Any]], places: list[_Place]) -> list[Any]:
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
            problems.append(f"{path}:{places[int(index)].of(field)}: {field}: {problem['msg']}")
        raise LexiconError("\n".join(problems)) from None
    return entries


def _check(path: Path, label: str, entries: Sequence[Any], places: Sequence[_Place], folding: Folding) -> None:
    """Everything that one model cannot see: order, unique ids, scripts that agree, redundant or doubly owned surfaces."""
    problems: list[str] = []
    gazetteer = issubclass(ENTRY_TYPES[label], GazetteerEntry)
    owners: dict[str, str] = {}
    last = ""
    seen: set[str] = set()
    surfaces_of = [_all_surfaces(entry) for entry in entries]
    for surfaces, place in zip(surfaces_of, places, strict=True):
        stray = (s for s in surfaces if not s or s != s.strip() or len(s.splitlines()) > 1)
        problems += [f"{path}:{place.of('variants')}: {surface!r}: take out the white space" for surface in stray]
    if problems:
        raise LexiconError("\n".join(problems))  # what follows folds the surfaces, a line each
    folded = folding.fold_all(s for surfaces in surfaces_of for s in surfaces)
    for entry, place, surfaces in zip(entries, places, surfaces_of, strict=True):

        def say(field: str, message: str, place: _Place = place) -> None:
            problems.append(f"{path}:{place.of(field)}: {message}")

        if entry.id in seen:
            say("id", f"id {entry.id} stands twice")
        seen.add(entry.id)
        order = entry.code if label == "region" else entry.id
        if order < last:
            say("id", f"{order} must stand before {last}: entries are sorted by id")
        last = max(last, order)
        hans, hant, *more = [folded[s] for s in surfaces]
        if hans != hant:
            say("hant", f"{entry.hant} does not fold to {entry.hans}: {hant} against {hans}")
        keys = {hans}
        for surface, key in zip(surfaces[2:], more, strict=True):
            if key in keys:
                say("variants", f"{surface} is redundant: it folds to {key}, which the entry has")
            keys.add(key)
        if not gazetteer:
            for key in keys:
                if owners.setdefault(key, entry.id) != entry.id:
                    say("variants", f"{key} belongs to both {owners[key]} and {entry.id}; put it in neither and write a rule with a trigger")
    if problems:
        raise LexiconError("\n".join(problems))
