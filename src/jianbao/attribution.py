"""Why one output differs from another: the article, the lexicon entry or the setting that changed, the most specific that holds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

import daachorse

from jianbao.folding import FoldError, load_folding
from jianbao.joining import find_joins
from jianbao.lexicon import Entry, LexiconError
from jianbao.output import Corpus, json_row
from jianbao.records import Record
from jianbao.resources import lexicons_from
from jianbao.revision import EntryChange, Impact, entry_changes
from jianbao.stages.write import STATE
from jianbao.state import LEXICONS
from jianbao.text import make_text

Cause = Literal[
    "article_added",
    "article_removed",
    "article_edited",
    "lexicon_entry",
    "lexicon_files",
    "pipeline",
    "code",
    "packages",
    "options",
    "same_article",
    "record",
    "unknown",
]
"""From the outside inwards: what went in, what made the output, and what only follows another change."""


class FieldChange(Record):
    """A field, by its dotted name (`value.code`), before and after; null where it was not there."""

    field: str
    old: Any
    new: Any


class Reason(Record):
    """Why something changed. Which fields are filled depends on `cause`.

    Attributes:
        article: The article that was added, removed or edited, and its `source`.
        lexicon: The file of a changed entry; `entry` is its id, `happened` what was done to it, `fields` which fields differ.
        names: The settings or lexicon files that differ.
        record: The record that a consequence follows: its id in the newer output where it has one.
    """

    cause: Cause
    article: str | None = None
    source: str | None = None
    lexicon: str | None = None
    entry: str | None = None
    happened: Literal["added", "removed", "changed"] | None = None
    fields: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    record: str | None = None

    @property
    def rank(self) -> int:
        """Which of several reasons says most of a record: the smallest. An entry says more than one of the articles that it changed."""
        return _RANKS[self.cause]


_RANKS: dict[Cause, int] = {
    "lexicon_entry": 0,
    "article_added": 1,
    "article_removed": 1,
    "article_edited": 1,
    "code": 2,
    "packages": 2,
    "pipeline": 2,
    "options": 2,
    "lexicon_files": 3,
    "same_article": 4,
    "record": 5,
    "unknown": 6,
}
UNKNOWN = Reason(cause="unknown")
SAME_ARTICLE = Reason(cause="same_article")


def field_changes(old: dict[str, Any], new: dict[str, Any], leave_out: Sequence[str] = (), prefix: str = "") -> list[FieldChange]:
    """The fields that differ, objects field by field: `value.type` from `company` to `finance`."""
    changes: list[FieldChange] = []
    for name in dict.fromkeys([*old, *new]):
        one, other = old.get(name), new.get(name)
        if one == other or name in leave_out:
            continue
        if isinstance(one, dict) and isinstance(other, dict):
            changes += field_changes(one, other, prefix=f"{prefix}{name}.")
        else:
            changes.append(FieldChange(field=prefix + name, old=one, new=other))
    return changes


# ---- what was changed ---------------------------------------------------------------------------------------------------

_CAUSES: dict[str, Cause] = {
    "pipeline": "pipeline",
    "pipeline_fingerprint": "pipeline",
    "python_packages": "packages",
    "options": "options",
    "lexicon_fingerprints": "lexicon_files",
}
"""What a field of the manifest is a fingerprint of; any other is one of the code."""

# Other surfaces of an entry than `hans`, `hant` and `variants`, whatever its model calls them.
_MORE_SURFACES = ("guarded", "towns", "before", "minor", "shared", "same", "different")
# What may change in an entry without a mention's seeing it.
_NO_MATTER = {"hant", "en", "source", "examples"}
# The labels of the lexicons whose entries a kind's mentions name, the likeliest first where an id stands in several.
_LABELS = {
    "region": ("region", "place_word"),
    "organisation": ("organisation", "organisation_head"),
    "agreement": ("agreement_head", "word"),
    "date": ("date_word",),
    "figure": ("unit", "currency", "role"),
}


class Changed(NamedTuple):
    """A changed entry and the reason that it is."""

    entry: EntryChange
    reason: Reason

    @property
    def order(self) -> tuple[str, str]:
        """By lexicon and id."""
        return self.entry.lexicon, self.entry.id


class Found(NamedTuple):
    """A surface of a changed entry in an article; the place is the article's."""

    start: int
    end: int
    changed: Changed


class Attribution:
    """What was changed between two outputs besides their articles, and which of it explains a change."""

    def __init__(self, old: Corpus, new: Corpus) -> None:
        before, after = (json_row((corpus.folder / "manifest.json").read_bytes()) for corpus in (old, new))
        self.settings = tuple(field_changes(before, after, leave_out=("counts",)))
        self.lexicon_files = tuple(change.field.partition(".")[2] for change in self.settings if change.field.startswith("lexicon_fingerprints."))
        self._old_lexicons, self._lexicons = old.folder / STATE / LEXICONS, new.folder / STATE / LEXICONS
        entries = _entries(self._old_lexicons, self._lexicons) if self.lexicon_files else []
        self.entries = None if entries is None else tuple(Changed(entry, _entry_reason(entry)) for entry in entries)
        """The changed entries; None where the outputs do not keep their lexicons."""
        self._seen = [changed for changed in self.entries or () if not changed.entry.fields or not _NO_MATTER.issuperset(changed.entry.fields)]
        self._by_id: dict[str, list[Changed]] = {}
        for changed in self._seen:
            if changed.entry.label != "town":  # the id of a county's towns is the county's own
                self._by_id.setdefault(changed.entry.id, []).append(changed)

    @property
    def has_entries(self) -> bool:
        """Whether any changed entry is known that a text may hold."""
        return bool(self._seen)

    @cached_property
    def general(self) -> Reason | None:
        """The setting that may have changed anything anywhere: fold table, code, packages, pipeline, options, lexicons of which no more is known."""
        if "fold" in self.lexicon_files:
            return Reason(cause="lexicon_files", names=("fold",))
        causes: tuple[Cause, ...] = ("code", "packages", "pipeline", "options")
        for cause in causes:
            names = tuple(change.field for change in self.settings if _CAUSES.get(change.field.partition(".")[0], "code") == cause)
            if names:
                return Reason(cause=cause, names=names)
        return Reason(cause="lexicon_files", names=self.lexicon_files) if self.entries is None else None

    @property
    def last(self) -> Reason:
        """What is left to say where nothing explains a change."""
        if self.general is None and self.lexicon_files:
            return Reason(cause="lexicon_files", names=self.lexicon_files)
        return self.general or UNKNOWN

    @cached_property
    def _surfaces(self) -> dict[str, list[Changed]]:
        """The changed entries of each folded surface that a text may hold."""
        return self._folded(self._seen, _surfaces)

    @cached_property
    def _names(self) -> dict[str, list[Changed]]:
        """The changed entries of each folded name, code or id that a record may have."""
        return self._folded(self.entries or (), _names)

    def _folded(self, entries: Iterable[Changed], said: Callable[[Entry], Iterator[str]]) -> dict[str, list[Changed]]:
        found: dict[str, list[Changed]] = {}
        with self._folding():
            fold = load_folding().fold
            for changed in entries:
                sides = [side for side in (changed.entry.old, changed.entry.new) if side is not None]
                for surface in dict.fromkeys(fold(s) for side in sides for s in said(side)):
                    found.setdefault(surface, []).append(changed)
        return found

    @cached_property
    def _matcher(self) -> daachorse.CharwiseDoubleArrayAhoCorasick | None:
        return daachorse.CharwiseDoubleArrayAhoCorasick(list(self._surfaces)) if self._surfaces else None

    def _folding(self) -> AbstractContextManager[None]:
        """Within it, text is folded as the newer output folded it."""
        return lexicons_from(self._lexicons if (self._lexicons / "fold.yaml").is_file() else None)

    # ---- which of it explains a change ----------------------------------------------------------------------------------

    def named(self, kind: str, ids: Iterable[str]) -> Reason | None:
        """The changed entry among those that a mention names."""
        labels = _LABELS[kind]
        candidates = [changed for identity in ids for changed in self._by_id.get(identity, ())]
        return min(candidates, key=lambda c: (c.entry.label not in labels, c.order)).reason if candidates else None

    def in_article(self, line: bytes) -> "InArticle":
        """What of the changed entries stands in an article, given its line."""
        return InArticle(self, line)

    def surfaces_in(self, source: str) -> list[Found]:
        """Where a text has surfaces of changed entries."""
        if self._matcher is None:
            return []
        owners = list(self._surfaces.values())
        with self._folding():
            text = make_text(source, deleted=find_joins(source))
        hits = self._matcher.find_overlapping(text.folded.encode("utf-8", "replace").decode())
        return [Found(*text.source_span(start, end), changed) for start, end, index in hits for changed in owners[index]]

    def touching(self, source: str) -> Reason | None:
        """The first changed entry that may touch an article without a surface of its own in it: 辽源市 for its 西安区."""
        if self._impact is None:
            return None
        with self._folding():
            numbers = self._impact.touching(load_folding().fold(source))
        return self._seen[numbers[0]].reason if numbers else None

    @cached_property
    def _impact(self) -> Impact | None:
        return Impact([changed.entry for changed in self._seen], self._old_lexicons, self._lexicons) if self._seen else None

    def of_record(self, names: Iterable[str], labels: Sequence[str] = ()) -> Reason | None:
        """The changed entry that has one of a record's names, codes or ids, the first name first."""
        if not self._names:
            return None
        with self._folding():
            fold = load_folding().fold
            for name in names:
                candidates = [c for c in self._names.get(fold(name), ()) if not labels or c.entry.label in labels]
                if candidates:
                    return min(candidates, key=lambda c: c.order).reason
        return None


class InArticle:
    """What of the changed entries stands in one article; read when it is asked for."""

    def __init__(self, attribution: Attribution, line: bytes) -> None:
        self._attribution = attribution
        self._line = line

    @cached_property
    def _row(self) -> dict[str, Any]:
        return json_row(self._line)

    @cached_property
    def _found(self) -> list[Found]:
        return self._attribution.surfaces_in(self._row["text"]) if self._attribution.has_entries else []

    def overlapping(self, start: int, end: int) -> Reason | None:
        """The changed entry that has most characters in common with a span."""
        common = ((min(found.end, end) - max(found.start, start), found.changed) for found in self._found)
        return _longest(hit for hit in common if hit[0] > 0)

    @cached_property
    def standing(self) -> Reason | None:
        """The changed entry with the longest surface of more than a character in the article, else one that may touch it all the same."""
        if not self._attribution.has_entries:
            return None
        longest = _longest((found.end - found.start, found.changed) for found in self._found if found.end - found.start > 1)
        read = (self._row[name] or "" for name in ("text", "title", "outlet", "author", "url", "source"))
        return longest or self._attribution.touching("\n".join(read))


def _longest(hits: Iterable[tuple[int, Changed]]) -> Reason | None:
    best = min(hits, key=lambda hit: (-hit[0], hit[1].order), default=None)
    return best[1].reason if best else None


def _entries(old: Path, new: Path) -> list[EntryChange] | None:
    """The changed entries; None where a folder is missing, or does not load with the lexicon models of today."""
    if not (old.is_dir() and new.is_dir()):
        return None
    try:
        return entry_changes(old, new)
    except (LexiconError, FoldError):
        return None


def _entry_reason(change: EntryChange) -> Reason:
    happened: Literal["added", "removed", "changed"] = "added" if change.old is None else "removed" if change.new is None else "changed"
    return Reason(cause="lexicon_entry", lexicon=change.lexicon, entry=change.id, happened=happened, fields=change.fields)


def _surfaces(entry: Entry) -> Iterator[str]:
    """What a text may hold of an entry."""
    yield from entry.surfaces
    for field in _MORE_SURFACES:
        yield from getattr(entry, field, ())


def _names(entry: Entry) -> Iterator[str]:
    """What a record may have of an entry: its name, the code of a place, the id that `merges.yaml` names."""
    yield from _surfaces(entry)
    yield getattr(entry, "code", entry.id)
