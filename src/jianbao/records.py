"""The records that a run writes: articles, mentions, deduplicated records, errors, the manifest.

Everything that stands in an output file is described here and nowhere else; `schemas/*.json` is generated from these models.
Offsets are code points of `Article.text`, end exclusive. Field order here is key order in the files.
"""

import hashlib
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Literal, Self

import orjson
from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

Kind = Literal["region", "organisation", "agreement", "date", "figure"]
KINDS: tuple[Kind, ...] = ("region", "organisation", "agreement", "date", "figure")
"""In the order in which mentions of one span are written."""

Script = Literal["hans", "hant", "mixed"]
Convention = Literal["mainland", "hongkong", "macau", "taiwan"]
RegionLevel = Literal["country", "province", "prefecture", "county", "town", "zone", "macro", "foreign_city"]
OrganisationType = Literal["government", "party", "company", "academic", "finance", "association", "media", "other"]
AgreementType = Literal[
    "framework_agreement",
    "cooperation_agreement",
    "contract",
    "memorandum",
    "letter_of_intent",
    "other_agreement",
    "policy_document",
]
AgreementStatus = Literal["signed", "planned", "issued", "in_force", "terminated", "denied"]
DateModifier = Literal["start", "mid", "end", "approx"]
FigureModifier = Literal["min", "max", "approx"]
Dimension = Literal["money", "mass", "percent", "area", "length", "count", "energy", "power", "volume", "teu"]

Number = Annotated[Decimal, WithJsonSchema({"type": "number"})]
"""An exact number: whole ones are written as integers, others as plain decimals, never through a float."""


def exact_number(value: object) -> orjson.Fragment:
    """A Decimal as a JSON number, for `orjson`: every digit of it, never an exponent."""
    if isinstance(value, Decimal):
        return _plain_number(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")


@lru_cache(maxsize=1 << 12)
def _plain_number(value: Decimal) -> orjson.Fragment:
    """A figure has its number three times as a rule, and 5% stands in many articles."""
    plain = format(value, "f")  # normalize() would round to 28 digits
    return orjson.Fragment((plain.rstrip("0").rstrip(".") if "." in plain else plain) if value else "0")


class Record(BaseModel):
    """Base of everything here: immutable, and no key that the schema does not know."""

    # Every key is written. Validators are built when a model is first used: most processes use a few of them.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, json_schema_serialization_defaults_required=True)

    @classmethod
    def of_fields(cls, fields: dict[str, Any]) -> Self:
        """A record of all its fields, in order and of the types that the schema says: validating a dozen of them takes ten times as long as this.

        For values that typed code makes by the dozen in every article; what comes from outside is validated.
        """
        record = cls.__new__(cls)
        object.__setattr__(record, "__dict__", fields)
        object.__setattr__(record, "__pydantic_fields_set__", _all_fields(cls))
        object.__setattr__(record, "__pydantic_extra__", None)
        object.__setattr__(record, "__pydantic_private__", None)
        return record


@lru_cache(maxsize=64)
def _all_fields(model: type[BaseModel]) -> set[str]:
    """The names of a model's fields: one set for all its records, which takes more memory than the fields of one."""
    return set(model.model_fields)


def make_id(prefix: str, *parts: object) -> str:
    """`prefix:` and 16 hex digits of a hash of `parts`: the same parts give the same id on any machine."""
    content = "\x1f".join([part if type(part) is str else str(part) for part in parts])
    return f"{prefix}:{hashlib.blake2b(content.encode('utf-8', 'replace'), digest_size=8).hexdigest()}"


# ---- what a mention is worth ------------------------------------------------------------------------------------------


class RegionValue(Record):
    """A place: 吉林省 is `220000`; a deictic pair (两省) has `codes` and no `code`."""

    code: str | None
    codes: tuple[str, ...] | None = None
    name: str
    level: RegionLevel | None
    alternatives: tuple[str, ...] = ()
    unresolved: bool = False


class OrganisationValue(Record):
    """A body that can act: its fullest known name (simplified), what it is, and the code of its home."""

    name: str
    type: OrganisationType
    region: str | None = None
    unresolved: bool = False


class AgreementValue(Record):
    """An agreement's or policy document's name; `title` is null for a mere type word such as 合作框架协议."""

    agreement_type: AgreementType
    title: str | None = None
    unresolved: bool = False


class DateValue(Record):
    """A calendar expression as EDTF, with its first and last day in ISO form (null where the year is unknown).

    `anchor` says what a relative or partial expression was resolved against: `published:2018-03-30`, `text:2017`.
    """

    edtf: str
    start: str | None
    end: str | None
    modifier: DateModifier | None = None
    anchor: str | None = None
    unresolved: bool = False


class FigureValue(Record):
    """A quantity in base units: currency units, tonnes, per cent, m2, km.

    A point has `amount`, `low` and `high` equal; a range `low` and `high`; 逾 `amount` and `low`; 不足 `amount` and `high`; 约 `amount` alone.
    """

    dimension: Dimension
    amount: Number | None
    low: Number | None
    high: Number | None
    currency: str | None = None
    unit: str
    per: str | None = None
    modifier: FigureModifier | None = None
    role: str | None = None
    subject: str | None = None
    restates: str | None = None
    unresolved: bool = False


Value = RegionValue | OrganisationValue | AgreementValue | DateValue | FigureValue


# ---- articles and mentions --------------------------------------------------------------------------------------------

Span = tuple[int, int]


class Article(Record):
    """One article with its text as decoded, where all offsets point."""

    id: Annotated[str, Field(pattern=r"^a:[0-9a-f]{16}$")]
    source: str
    source_offset: int | None = 0
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    published: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    published_by: Literal["meta", "date_line", "file_name", "folder", "field", "given"] | None = None
    script: Script = "mixed"
    convention: Convention = "mainland"
    encoding: str | None = None
    sha256: str
    near_duplicate_of: str | None = None
    boilerplate: tuple[tuple[int, int, str], ...] = ()
    text: str


class MentionRecord(Record):
    """A span of an article with its kind and value."""

    id: Annotated[str, Field(pattern=r"^m:[0-9a-f]{16}$")]
    article: str
    source: str
    kind: Kind
    start: int
    end: int
    text: str
    normalised: str
    records: tuple[str, ...] = ()
    value: Value
    rule: str
    lexicon: tuple[str, ...] = ()
    sentence: Span
    inside: str | None = None
    deictic: bool = False
    boilerplate: bool = False


# ---- deduplicated records ---------------------------------------------------------------------------------------------


class Name(Record):
    """A record's name in both scripts; `hant_by` says where the Traditional form comes from."""

    hans: str
    hant: str
    hant_by: Literal["lexicon", "printed", "converted"]
    en: str | None = None


class MergeReason(Record):
    """Why another key was joined to this record: the rule that allowed it and its score (1 for exact rules)."""

    other: str
    rule: str
    score: Number


class DedupedRecord(Record):
    """What every deduplicated record carries besides its kind's own fields."""

    id: str
    also_ids: tuple[str, ...] = ()
    name: Name


class Tally(Record):
    """Where a record was seen; last in every record. `examples` are the first mention ids, `mentions.records` the full link."""

    aliases: tuple[str, ...] = ()
    mention_count: int
    article_count: int
    independent_reports: int
    reprints: int
    examples: tuple[str, ...]
    first_seen: str | None = None
    last_seen: str | None = None
    merged_because: tuple[MergeReason, ...] = ()


class RegionRecord(Tally, DedupedRecord):
    """A place that the articles name."""

    code: str
    level: RegionLevel | None


class OrganisationRecord(Tally, DedupedRecord):
    """A body that the articles name, under one name."""

    type: OrganisationType
    region: str | None


class DateRecord(Tally, DedupedRecord):
    """A date or interval that the articles name."""

    edtf: str
    start: str | None
    end: str | None
    modifier: DateModifier | None


class FigureRecord(Tally, DedupedRecord):
    """A quantity that the articles state."""

    dimension: Dimension
    amount: Number | None
    low: Number | None
    high: Number | None
    currency: str | None
    unit: str
    per: str | None
    modifier: FigureModifier | None
    role: str | None
    subject: str | None


class Party(Record):
    """One side of an agreement. `name` is the fullest form that the article prints, folded."""

    record: str | None = None
    name: str
    role: str | None = None
    unresolved: bool = False


class Evidence(Record):
    """The words of an article that an event was read from."""

    article: str
    start: int
    end: int
    text: str


class Conflict(Record):
    """A field on which articles disagree, with each value and the articles that say it."""

    field: str
    value: str
    articles: tuple[str, ...]


class Event(Record):
    """An agreement as one article tells it: what its agreement record is made from.

    `parties[].record` and `amounts` hold mention ids here and become record ids once the articles are put together; `mentions` are the
    agreement mentions that name it.
    """

    agreement_type: AgreementType
    title: str | None = None
    parties: tuple[Party, ...] = ()
    date: str | None = None
    place: str | None = None
    amounts: tuple[str, ...] = ()
    duration: str | None = None
    subject: str | None = None
    status: AgreementStatus
    evidence: tuple[Evidence, ...]
    mentions: tuple[str, ...] = ()


class AgreementRecord(Tally, DedupedRecord):
    """An agreement as an event: who signed or issued what, when, for how much."""

    agreement_type: AgreementType
    title: str | None
    parties: tuple[Party, ...]
    date: str | None
    place: str | None
    amounts: tuple[str, ...]
    duration: str | None
    subject: str | None
    status: AgreementStatus
    conflicts: tuple[Conflict, ...] = ()
    evidence: tuple[Evidence, ...]


# ---- what went wrong, and what made this output -----------------------------------------------------------------------


class ErrorRecord(Record):
    """An input that could not be used, or only in part. `detail` says where and what to do."""

    source: str
    stage: Literal["read", "clean", "normalise", "segment", "extract", "resolve", "dedupe", "write"]
    error: str
    detail: str


class Manifest(Record):
    """What made an output: no clock time, no path, no host name, no worker count."""

    jianbao: str
    python_packages: dict[str, str]
    pipeline: str
    pipeline_fingerprint: str
    lexicon_fingerprints: dict[str, str]
    options: dict[str, Any]
    counts: dict[str, int]


RECORDS: dict[str, type[DedupedRecord]] = {
    "regions": RegionRecord,
    "organisations": OrganisationRecord,
    "agreements": AgreementRecord,
    "dates": DateRecord,
    "figures": FigureRecord,
}
"""The five record files, by stem."""

FILES: dict[str, type[Record]] = {"articles": Article, "mentions": MentionRecord, **RECORDS, "errors": ErrorRecord}
"""Every JSONL file of an output, by stem, in the order of the data dictionary."""
