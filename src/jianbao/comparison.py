"""What differs between two outputs: articles, mentions, records and errors that were added, removed or changed, and why.

Both outputs are walked side by side in the order of their files, an article or a record at a time, and lines that are the same bytes are never
parsed: memory and time grow with the differences, not with the corpus.
"""

import json
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, Generic, Literal, TypeVar

from jianbao.attribution import SAME_ARTICLE, Attribution, FieldChange, InArticle, Reason, field_changes
from jianbao.dedupe.keys import PREFIXES
from jianbao.output import Corpus, NotAnOutputError, json_row
from jianbao.records import KINDS, RECORDS, DedupedRecord, ErrorRecord, Kind, Record, Tally

T = TypeVar("T")

MOST_LISTED = 20
COMPARED = ("articles", *RECORDS, "errors")
"""What a comparison tells of, in this order; mentions stand with the records of their kind."""

COUNT_FIELDS = {"mention_count", "article_count", "independent_reports", "reprints", "examples", "first_seen", "last_seen", "evidence"}
"""The fields that say where and how often a record was seen. A record that differs in nothing else is the same record, seen otherwise."""

# What a record cannot outlive: a place is its code, a date its days. Of these another id is another thing.
_KEYED_BY_VALUE = ("r:", "d:")
_ID = slice(7, 25)  # {"id":"m:0123456789abcdef"
_ARTICLE = slice(38, 56)  # ,"article":"a:0123456789abcdef"
_STEMS: dict[str, str] = {kind[:3]: f"{kind}s" for kind in KINDS}
_LETTERS: dict[str, str] = {f"{kind}s": f"{letter}:" for kind, letter in PREFIXES.items()}
_TOLD = ("id", "article", "source", "kind", "start", "end", "text", "value", "rule", "lexicon", "records")
# What records of all kinds have, and what only says where an agreement is told.
_COMMON = {*DedupedRecord.model_fields, *Tally.model_fields, "conflicts", "evidence"}

Change = Literal["added", "removed", "changed", "renamed", "merged", "split", "regrouped"]
CHANGES: tuple[Change, ...] = ("added", "removed", "changed", "renamed", "merged", "split", "regrouped")


class Counts(Record):
    """How much of one file differs.

    Attributes:
        of: What is counted.
        kind: The record file whose kind it is; null for articles and errors.
        old: How many there were.
        new: How many there are.
        renamed: Records under another id; `merged` several in one; `split` one in several; `regrouped` several in several others.
        counts_only: Records that were only seen elsewhere, or more or less often.
        with_articles: Of the mentions added and removed, those of articles that were added, removed or edited. They are not listed one by one.
    """

    of: Literal["articles", "mentions", "records", "errors"]
    kind: str | None
    old: int = 0
    new: int = 0
    added: int = 0
    removed: int = 0
    changed: int = 0
    renamed: int = 0
    merged: int = 0
    split: int = 0
    regrouped: int = 0
    counts_only: int = 0
    with_articles: int = 0

    @property
    def listable(self) -> int:
        """How many changes there are to list."""
        return sum(int(getattr(self, change)) for change in CHANGES) - self.with_articles

    @property
    def different(self) -> bool:
        """Whether anything differs."""
        return self.listable + self.with_articles + self.counts_only > 0


class CauseCount(Record):
    """How many changes have a cause in common: one lexicon entry, one setting, or any articles that were added."""

    reason: Reason
    articles: int
    mentions: int
    records: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.articles + self.mentions + self.records


class LexiconCounts(Record):
    """How many entries of a lexicon were changed, and how many of these explain a change; null where only fingerprints are known."""

    lexicon: str
    added: int | None
    removed: int | None
    changed: int | None
    with_effect: int | None


class ArticleChange(Record):
    """An article that was added, removed or edited, and how many mentions of each kind came and went with it.

    Of `text` and `boilerplate`, `fields` says the lengths.
    """

    change: Change
    id: str
    source: str
    fields: tuple[FieldChange, ...]
    mentions_added: dict[str, int]
    mentions_removed: dict[str, int]
    reason: Reason


class MentionChange(Record):
    """A mention of an article whose text is the same in both outputs; place, value and rule are the newer ones where it has any."""

    change: Change
    id: str
    article: str
    source: str
    kind: Kind
    start: int
    end: int
    text: str
    value: dict[str, Any]
    rule: str
    lexicon: tuple[str, ...]
    records: tuple[str, ...]
    fields: tuple[FieldChange, ...]
    reason: Reason


class RecordChange(Record):
    """A record that was added or removed, differs, or has another id.

    Attributes:
        value: What its kind alone has of it: a place's code and level.
        old: Its ids in the older output, `new` those in the newer one.
        fields: What differs between those of `old` and `new` that have most in common.
    """

    change: Change
    kind: str
    id: str
    name: str
    value: dict[str, Any]
    old: tuple[str, ...]
    new: tuple[str, ...]
    fields: tuple[FieldChange, ...]
    reason: Reason


class ErrorChange(Record):
    """An error that is new, or gone."""

    change: Change
    error: ErrorRecord


class Changes(Record):
    """The changes that are listed: of each kind and each way of changing at most so many as were asked for."""

    articles: tuple[ArticleChange, ...]
    mentions: tuple[MentionChange, ...]
    records: tuple[RecordChange, ...]
    errors: tuple[ErrorChange, ...]


class Comparison(Record):
    """What differs between two outputs.

    Attributes:
        different: Whether any article, mention, record or error differs. Settings alone are no difference.
        settings: The fields of the manifests that differ: versions, fingerprints, options.
        counts: Everything that was compared, whether or not it differs.
        causes: What the changes come from, most changes first; of lexicon entries at most `limit`.
    """

    old: str
    new: str
    kinds: tuple[str, ...]
    limit: int
    different: bool
    settings: tuple[FieldChange, ...]
    lexicons: tuple[LexiconCounts, ...]
    counts: tuple[Counts, ...]
    causes: tuple[CauseCount, ...]
    changes: Changes


def compare(old: str | Path, new: str | Path, kinds: Iterable[str] = (), limit: int = MOST_LISTED) -> Comparison:
    """What differs between the outputs in two folders.

    Args:
        kinds: What to tell of, names of `COMPARED`; all where none is given.
        limit: How many changes to list of each kind and each way of changing; 0 for all. Counts are always of all.

    Raises:
        NotAnOutputError: a folder holds no output, or a broken one.
    """
    corpora = []
    for folder in (old, new):
        try:
            corpora.append(Corpus(folder))
        except NotAnOutputError as error:
            raise NotAnOutputError(f"{error}; name the folders that `jianbao extract … -o` wrote, the older one first") from None
    chosen = set(kinds)
    return _Comparer(corpora[0], corpora[1], tuple(c for c in COMPARED if not chosen or c in chosen), limit).comparison()


# ---- walking two files side by side -------------------------------------------------------------------------------------


def _merged(old: Iterable[bytes], new: Iterable[bytes], key: Callable[[bytes], Any]) -> Iterator[tuple[bytes | None, bytes | None]]:
    """The lines of two files that are sorted by `key`, those of one key together; lines that are the same bytes are told apart from none."""
    olds, news = iter(old), iter(new)
    one, other = next(olds, None), next(news, None)
    while one is not None or other is not None:
        if one == other:
            left = right = True
        elif one is None or other is None:
            left, right = one is not None, other is not None
        else:
            first, second = key(one), key(other)
            left, right = first <= second, second <= first
        yield one if left else None, other if right else None
        if left:
            one = next(olds, None)
        if right:
            other = next(news, None)


def _article_key(line: bytes) -> tuple[str, int, str]:
    row = json_row(line)
    return row["source"], row["source_offset"] or 0, row["id"]


def _error_key(line: bytes) -> tuple[str, ...]:
    row = json_row(line)
    return row["source"], row["stage"], row["error"], row["detail"]


class _Blocks:
    """The lines of `mentions.jsonl`, an article at a time, in the order of the articles."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._path = path
        self._groups = groupby(file, key=lambda line: line[_ARTICLE])
        self._next: tuple[bytes, list[bytes]] | None = None
        self._advance()

    def _advance(self) -> None:
        group = next(self._groups, None)
        self._next = (group[0], list(group[1])) if group else None

    def of(self, article: bytes) -> list[bytes]:
        """The lines of the mentions of an article, which must be asked for in order."""
        if self._next is None or self._next[0] != article:
            return []
        lines = self._next[1]
        self._advance()
        return lines

    def close(self) -> None:
        """Raises NotAnOutputError if mentions are left that belong to no article."""
        if self._next is not None:
            raise NotAnOutputError(f"{self._path}: a mention out of order; extract again with `jianbao extract`")


def _stem(line: bytes) -> str:
    """The record file of a mention's kind."""
    at = line.find(b'"kind":"', 56) + 8  # in a string its quotation marks would be escaped
    return _STEMS[line[at : at + 3].decode()]


def _records(line: bytes) -> list[str]:
    """The ids of a mention's records."""
    at = line.find(b'"records":[', 56) + 11
    return line[at : line.index(b"]", at)].decode().replace('"', "").split(",") if line[at : at + 1] != b"]" else []


class _Listed(Generic[T]):
    """Of each group the items of the smallest ranks, at most `limit`; others are never made."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._groups: dict[Any, list[tuple[Any, T]]] = defaultdict(list)
        self._worst: dict[Any, Any] = {}

    def add(self, group: Any, rank: Any, make: Callable[[], T]) -> None:
        """Adds what `make` gives if it may be among those listed; ranks are distinct."""
        if group in self._worst and rank > self._worst[group]:
            return
        items = self._groups[group]
        items.append((rank, make()))
        if self._limit and len(items) >= 2 * self._limit:
            items.sort(key=lambda item: item[0])
            del items[self._limit :]
            self._worst[group] = items[-1][0]

    def items(self) -> tuple[T, ...]:
        """Those listed, by group and rank."""
        listed: list[T] = []
        for _, items in sorted(self._groups.items(), key=lambda group: group[0]):
            items.sort(key=lambda item: item[0])
            listed += [item for _, item in items[: self._limit or None]]
        return tuple(listed)


# ---- records: which are one ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Side:
    """The lines of one record file that the other output does not have as they are: where each stands, and the ids that it took in."""

    path: Path
    count: int = 0
    at: dict[str, int] = field(default_factory=dict)
    also: dict[str, list[str]] = field(default_factory=dict)

    def add(self, line: bytes, position: int) -> str:
        """Notes a line by its id."""
        identity = line[_ID].decode(errors="replace")
        self.at[identity] = position
        if line[26:40] != b',"also_ids":[]':
            self.also[identity] = json_row(line)["also_ids"]
        return identity

    def rows(self, ids: Iterable[str], file: BinaryIO) -> list[dict[str, Any]]:
        """The records with these ids."""
        rows = []
        for identity in ids:
            file.seek(self.at[identity])
            rows.append(json_row(file.readline()))
        return rows


class _RecordFile:
    """One record file of both outputs: the records that differ, and which of the older are which of the newer."""

    def __init__(self, stem: str, old: Path, new: Path) -> None:
        self.stem = stem
        self.old, self.new = _Side(old), _Side(new)
        positions = [0, 0]
        with old.open("rb") as olds, new.open("rb") as news:
            for one, other in _merged(olds, news, lambda line: line[_ID]):
                for index, (side, line) in enumerate(((self.old, one), (self.new, other))):
                    if line is not None:
                        side.count += 1
                        if one != other:
                            side.add(line, positions[index])
                        positions[index] += len(line)
        self._edges: set[tuple[str, str]] = set()
        for new_id, ids in self.new.also.items():
            self._edges.update((one, new_id) for one in ids if one in self.old.at)
        for old_id, ids in self.old.also.items():
            self._edges.update((old_id, one) for one in ids if one in self.new.at)

    def touches(self, identity: str) -> bool:
        """Whether a record differs, by an id that it has in either output."""
        return identity in self.old.at or identity in self.new.at

    def link(self, old: str, new: str) -> None:
        """Takes two records for one if neither output has both: mentions of the one became mentions of the other, such as when its key changed."""
        if old in self.old.at and new in self.new.at and old not in self.new.at and new not in self.old.at:
            self._edges.add((old, new))

    def groups(self) -> Iterator[tuple[list[str], list[str]]]:
        """The ids of each thing in the older and in the newer output, in order of the first id."""
        news_of: dict[str, list[str]] = defaultdict(list)
        olds_of: dict[str, list[str]] = defaultdict(list)
        for old, new in sorted(self._edges):
            if old != new:
                news_of[old].append(new)
                olds_of[new].append(old)
        for identity in set(news_of) | set(olds_of):
            if identity in self.old.at and identity in self.new.at:
                news_of[identity].append(identity)
                olds_of[identity].append(identity)
        done_old: set[str] = set()
        done_new: set[str] = set()
        for identity in sorted(self.old.at.keys() | self.new.at.keys()):
            if identity in done_old or identity in done_new:
                continue  # an id of a group that was told
            olds = {identity} & self.old.at.keys()
            news = {identity} & self.new.at.keys()
            waiting = [*((one, True) for one in olds), *((one, False) for one in news)]
            while waiting:
                one, is_old = waiting.pop()
                for other in (news_of if is_old else olds_of).get(one, ()):
                    known = news if is_old else olds
                    if other not in known:
                        known.add(other)
                        waiting.append((other, not is_old))
            done_old |= olds
            done_new |= news
            yield sorted(olds), sorted(news)


def _way(olds: list[str], news: list[str]) -> Change:
    """How the records of a group changed."""
    if not olds:
        return "added"
    if not news:
        return "removed"
    if len(olds) > 1:
        return "merged" if len(news) == 1 else "regrouped"
    if len(news) > 1:
        return "split"
    return "changed" if olds == news else "renamed"


def _weight(row: dict[str, Any]) -> tuple[int, str]:
    """Records with most mentions first."""
    return -row["mention_count"], row["id"]


def _closest(olds: list[dict[str, Any]], news: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The two records of a group to compare: those of one id, else those with most mentions."""
    by_id = {row["id"]: row for row in olds}
    same = sorted((row for row in news if row["id"] in by_id), key=_weight)
    return (by_id[same[0]["id"]], same[0]) if same else (min(olds, key=_weight), min(news, key=_weight))


# ---- the comparison -----------------------------------------------------------------------------------------------------


class _Comparer:
    """One comparison in the making: first which records differ, then the articles with their mentions, then the records and why."""

    def __init__(self, old: Corpus, new: Corpus, kinds: tuple[str, ...], limit: int) -> None:
        self._old, self._new, self._kinds, self._limit = old, new, kinds, limit
        self._attribution = Attribution(old, new)
        self._files = {stem: _RecordFile(stem, old.table(stem).path, new.table(stem).path) for stem in RECORDS if stem in kinds}
        self._by_letter = {_LETTERS[stem]: file for stem, file in self._files.items()}
        self._tallies: dict[tuple[str, str | None], Counter[str]] = defaultdict(Counter)
        self._causes: dict[Reason, Counter[str]] = defaultdict(Counter)
        self._articles: _Listed[ArticleChange] = _Listed(limit)
        self._mentions: _Listed[MentionChange] = _Listed(limit)
        self._records: _Listed[RecordChange] = _Listed(limit)
        self._errors: _Listed[ErrorChange] = _Listed(limit)
        self._touched: dict[str, Reason] = {}
        self._article_reasons: dict[str, Reason] = {}
        self._place = 0  # how many changes of articles and mentions there were: their order

    def comparison(self) -> Comparison:
        """What differs."""
        self._walk_articles()
        for file in self._files.values():
            self._compare_records(file)
        if "errors" in self._kinds:
            self._compare_errors()
        counts = tuple(self._counts())
        return Comparison(
            old=str(self._old.folder),
            new=str(self._new.folder),
            kinds=self._kinds,
            limit=self._limit,
            different=any(row.different for row in counts),
            settings=self._attribution.settings,
            lexicons=tuple(self._lexicon_counts()),
            counts=counts,
            causes=tuple(self._cause_counts()),
            changes=Changes(
                articles=self._articles.items(), mentions=self._mentions.items(), records=self._records.items(), errors=self._errors.items()
            ),
        )

    def _counts(self) -> Iterator[Counts]:
        for kind in self._kinds:
            if kind in RECORDS:
                yield Counts(of="records", kind=kind, **self._tallies["records", kind])
                yield Counts(of="mentions", kind=kind, **self._tallies["mentions", kind])
            else:
                yield Counts.model_validate({"of": kind, "kind": None, **self._tallies[kind, None]})

    def _cause_counts(self) -> list[CauseCount]:
        counts = [CauseCount(reason=r, articles=n["articles"], mentions=n["mentions"], records=n["records"]) for r, n in self._causes.items()]
        counts.sort(key=lambda c: (-c.total, c.reason.cause, c.reason.lexicon or "", c.reason.entry or "", c.reason.names))
        entries = [count.reason for count in counts if count.reason.cause == "lexicon_entry"]
        left_out = set(entries[self._limit :]) if self._limit else set()
        return [count for count in counts if count.reason not in left_out]

    def _lexicon_counts(self) -> Iterator[LexiconCounts]:
        entries = self._attribution.entries
        effects = {(reason.lexicon, reason.entry) for reason in self._causes}
        for name in self._attribution.lexicon_files:
            if entries is None or name == "fold":
                yield LexiconCounts(lexicon=name, added=None, removed=None, changed=None, with_effect=None)
                continue
            own = [changed.reason for changed in entries if changed.entry.lexicon == name]
            happened = Counter(reason.happened for reason in own)
            yield LexiconCounts(
                lexicon=name,
                added=happened["added"],
                removed=happened["removed"],
                changed=happened["changed"],
                with_effect=sum((reason.lexicon, reason.entry) in effects for reason in own),
            )

    def _count_cause(self, of: str, reason: Reason) -> None:
        # Articles and records that are causes are many, and the changes list them: only how many changes they made is told.
        general = reason if reason.article is None and reason.record is None else Reason(cause=reason.cause)
        self._causes[general][of] += 1

    # ---- articles and their mentions ------------------------------------------------------------------------------------

    def _walk_articles(self) -> None:
        paths = [corpus.table("mentions").path for corpus in (self._old, self._new)]
        with paths[0].open("rb") as one, paths[1].open("rb") as other:
            olds, news = _Blocks(one, paths[0]), _Blocks(other, paths[1])
            for old, new in self._article_pairs():
                old_lines = olds.of(old[_ID]) if old is not None else []
                new_lines = news.of(new[_ID]) if new is not None else []
                self._compare_article(old, new, old_lines, new_lines)
            olds.close()
            news.close()

    def _article_pairs(self) -> Iterator[tuple[bytes | None, bytes | None]]:
        with self._old.table("articles").path.open("rb") as olds, self._new.table("articles").path.open("rb") as news:
            yield from _merged(olds, news, _article_key)

    @cached_property
    def _statuses(self) -> dict[str, Reason]:
        """The articles that were added, removed or edited in their text, by id."""
        found = {}
        for old, new in self._article_pairs():
            if old is None and new is not None:
                found[new[_ID].decode()] = _article_reason("article_added", json_row(new))
            elif new is None and old is not None:
                found[old[_ID].decode()] = _article_reason("article_removed", json_row(old))
            elif old != new and old is not None and new is not None and json_row(old)["text"] != json_row(new)["text"]:
                found[new[_ID].decode()] = _article_reason("article_edited", json_row(new))
        return found

    def _tally_articles(self, **numbers: int) -> None:
        if "articles" in self._kinds:
            self._tallies["articles", None].update(numbers)

    def _compare_article(self, old: bytes | None, new: bytes | None, old_lines: list[bytes], new_lines: list[bytes]) -> None:
        same = old_lines == new_lines
        by_stem = Counter(map(_stem, old_lines))
        for side, numbers in (("old", by_stem), ("new", by_stem if same else Counter(map(_stem, new_lines)))):
            for stem, number in numbers.items():
                self._tallies["mentions", stem][side] += number
        if old is not None and new is not None:
            self._tally_articles(old=1, new=1)
            if old == new:
                if not same:
                    self._compare_mentions(new, old_lines, new_lines, None)
                return
            self._compare_edited(old, new, old_lines, new_lines)
        elif new is not None:
            row = json_row(new)
            self._tally_articles(new=1, added=1)
            self._tell_article("added", row, (), [], new_lines, _article_reason("article_added", row))
        elif old is not None:
            row = json_row(old)
            self._tally_articles(old=1, removed=1)
            self._tell_article("removed", row, (), old_lines, [], _article_reason("article_removed", row))

    def _compare_edited(self, old: bytes, new: bytes, old_lines: list[bytes], new_lines: list[bytes]) -> None:
        one, other = json_row(old), json_row(new)
        fields = tuple(_brief(change) for change in field_changes(one, other))
        self._tally_articles(changed=1)
        if one["text"] != other["text"]:
            gone, come = self._moved(old_lines, new_lines, _article_reason("article_edited", other))
            self._tell_article("changed", other, fields, gone, come, _article_reason("article_edited", other))
            return
        reason = self._metadata_reason(one, other, new, {change.field for change in fields})
        self._tell_article("changed", other, fields, [], [], reason)
        if old_lines != new_lines:
            self._compare_mentions(new, old_lines, new_lines, reason)

    def _metadata_reason(self, old: dict[str, Any], new: dict[str, Any], line: bytes, fields: set[str]) -> Reason:
        """Why what is known of an article changed while its text did not."""
        if fields == {"near_duplicate_of"}:
            for other in (new["near_duplicate_of"], old["near_duplicate_of"]):
                if other in self._statuses:
                    return self._statuses[other]
            return self._attribution.last
        if "sha256" in fields or not self._attribution.settings:
            return _article_reason("article_edited", new)
        return self._attribution.in_article(line).standing or self._attribution.general or _article_reason("article_edited", new)

    def _tell_article(
        self, change: Change, row: dict[str, Any], fields: tuple[FieldChange, ...], gone: list[bytes], come: list[bytes], reason: Reason
    ) -> None:
        """Counts an article's change and the mentions that went and came with it."""
        numbers = [Counter(map(_stem, lines)) for lines in (gone, come)]
        for counter, lines, way in ((numbers[0], gone, "removed"), (numbers[1], come, "added")):
            for stem, number in counter.items():
                self._tallies["mentions", stem].update({way: number, "with_articles": number})
                if stem in self._files:
                    self._causes[Reason(cause=reason.cause)]["mentions"] += number
            for line in lines:
                self._touch(_records(line), reason)
        if change != "changed" or gone or come:
            self._article_reasons[row["id"]] = reason
        if "articles" not in self._kinds:
            return
        self._count_cause("articles", reason)
        self._place += 1
        self._articles.add(
            CHANGES.index(change),
            self._place,
            lambda: ArticleChange(
                change=change,
                id=row["id"],
                source=row["source"],
                fields=fields,
                mentions_added=_by_kind(numbers[1]),
                mentions_removed=_by_kind(numbers[0]),
                reason=reason,
            ),
        )

    def _moved(self, old_lines: list[bytes], new_lines: list[bytes], reason: Reason) -> tuple[list[bytes], list[bytes]]:
        """The mentions that went and came in an article whose text was edited: one that says the same at another place is neither."""
        common = set(old_lines) & set(new_lines)
        waiting: dict[tuple[str, str, str], deque[bytes]] = defaultdict(deque)
        for line in old_lines:
            if line not in common:
                waiting[_said(line)].append(line)
        come = []
        for line in new_lines:
            if line in common:
                continue
            same = waiting.get(_said(line))
            if not same:
                come.append(line)
                continue
            before, after = _records(same.popleft()), _records(line)
            if before != after:
                self._touch([*before, *after], reason)
                self._link(before, after)
        left = {line for lines in waiting.values() for line in lines}
        return [line for line in old_lines if line in left], come

    def _compare_mentions(self, article: bytes, old_lines: list[bytes], new_lines: list[bytes], edited: Reason | None) -> None:
        """Compares the mentions of an article whose text is the same, by span and kind.

        Args:
            article: The newer line of the article.
            edited: Why what is known of the article changed, if it did.
        """
        common = set(old_lines) & set(new_lines)
        olds = {line[_ID]: line for line in old_lines if line not in common and _stem(line) in self._files}
        news = {line[_ID]: line for line in new_lines if line not in common and _stem(line) in self._files}
        pairs = []
        for identity in {**olds, **news}:
            one, other = (json_row(side[identity]) if identity in side else None for side in (olds, news))
            pairs.append((one, other, tuple(field_changes(one, other)) if one and other else ()))
        pairs.sort(key=lambda pair: _span_order(pair[1] or pair[0] or {}))
        place = self._attribution.in_article(article)
        for one, other, fields in pairs:
            row = other or one or {}
            before, after = (one or {}).get("records", []), (other or {}).get("records", [])
            if one and other and all(change.field == "records" for change in fields):
                # It says the same: only what it was put together with has another id.
                reason = Reason(cause="record", record=next((i for i in [*after, *before] if i not in before or i not in after), None))
                self._link(before, after)
            else:
                reason = self._mention_reason(one, other, place, edited, alone=len(pairs) == 1)
                self._touch([*before, *after], reason)
                self._article_reasons.setdefault(row["article"], reason)
                if one and other:
                    self._link(before, after)
            self._tell_mention("changed" if one and other else "added" if other else "removed", row, fields, reason)

    def _mention_reason(
        self, old: dict[str, Any] | None, new: dict[str, Any] | None, place: InArticle, edited: Reason | None, *, alone: bool
    ) -> Reason:
        """Why a mention came, went or says something else, in an article whose text is the same."""
        row = new or old or {}
        ids = [*(new or {}).get("lexicon", ()), *(old or {}).get("lexicon", ())]
        return (
            self._attribution.named(row["kind"], ids)
            or place.overlapping(row["start"], row["end"])
            or edited
            or place.standing
            or self._attribution.general
            or (self._attribution.last if alone else SAME_ARTICLE)
        )

    def _tell_mention(self, change: Change, row: dict[str, Any], fields: tuple[FieldChange, ...], reason: Reason) -> None:
        stem = f"{row['kind']}s"
        self._tallies["mentions", stem][change] += 1
        self._count_cause("mentions", reason)
        self._place += 1
        self._mentions.add(
            (COMPARED.index(stem), CHANGES.index(change)),
            (reason.cause == "record", self._place),  # what changed by itself comes before what only follows
            lambda: MentionChange.model_validate(
                {"change": change, "fields": fields, "reason": reason, **{name: row[name] for name in _TOLD}},
            ),
        )

    def _touch(self, ids: Iterable[str], reason: Reason) -> None:
        """Notes why the records of a mention may differ."""
        for identity in ids:
            file = self._by_letter.get(identity[:2])
            if file is not None and file.touches(identity):
                known = self._touched.get(identity)
                if known is None or reason.rank < known.rank:
                    self._touched[identity] = reason

    def _link(self, before: list[str], after: list[str]) -> None:
        """Takes the records of one mention before and after for one, where it has one of each."""
        if len(before) == len(after) == 1 and not before[0].startswith(_KEYED_BY_VALUE):
            file = self._by_letter.get(before[0][:2])
            if file is not None:
                file.link(before[0], after[0])

    # ---- records and errors ---------------------------------------------------------------------------------------------

    def _compare_records(self, file: _RecordFile) -> None:
        tally = self._tallies["records", file.stem]
        tally.update(old=file.old.count, new=file.new.count)
        with file.old.path.open("rb") as one, file.new.path.open("rb") as other:
            for old_ids, new_ids in file.groups():
                change = _way(old_ids, new_ids)
                olds, news = file.old.rows(old_ids, one), file.new.rows(new_ids, other)
                fields: tuple[FieldChange, ...] = ()
                if olds and news:
                    fields = tuple(field_changes(*_closest(olds, news), leave_out=("id",)))
                    if change == "changed" and all(f.field in COUNT_FIELDS for f in fields):
                        tally["counts_only"] += 1
                        continue
                tally[change] += 1
                self._tell_record(file.stem, change, olds, news, fields)

    def _tell_record(
        self, stem: str, change: Change, olds: list[dict[str, Any]], news: list[dict[str, Any]], fields: tuple[FieldChange, ...]
    ) -> None:
        reason = self._record_reason(change, olds, news, {f.field for f in fields} - COUNT_FIELDS)
        self._count_cause("records", reason)
        row = min(news or olds, key=_weight)
        self._records.add(
            (COMPARED.index(stem), CHANGES.index(change)),
            (reason.cause == "record", _weight(row)),
            lambda: RecordChange(
                change=change,
                kind=stem,
                id=row["id"],
                name=row["name"]["hans"],
                value={name: row[name] for name in RECORDS[stem].model_fields if name not in _COMMON},
                old=tuple(r["id"] for r in olds),
                new=tuple(r["id"] for r in news),
                fields=fields,
                reason=reason,
            ),
        )

    def _record_reason(self, change: Change, olds: list[dict[str, Any]], news: list[dict[str, Any]], fields: set[str]) -> Reason:
        """Why a record came, went or differs: what its mentions say, its articles, the entry that has its name, the settings."""
        rows = [*news, *olds]
        names = [name for row in rows for name in (row.get("code"), row["id"], row["name"]["hans"], row["name"]["hant"]) if name]
        if change in ("merged", "split", "regrouped") and (reason := self._attribution.of_record(names, ("merge",))):
            return reason
        if fields and all(name.startswith("name.") for name in fields) and (reason := self._attribution.of_record(names)):
            return reason
        if change == "changed" and fields <= {"parties", "amounts"} and (reason := self._follows(olds[0], news[0])):
            return reason
        touched = [self._touched[row["id"]] for row in rows if row["id"] in self._touched]
        if not touched:
            evidence = [e["article"] for row in rows for e in row.get("evidence", ())]
            touched = [self._article_reasons[article] for article in evidence if article in self._article_reasons]
        if touched:
            return min(touched, key=lambda reason: reason.rank)
        return self._attribution.of_record(names) or self._attribution.last

    def _follows(self, old: dict[str, Any], new: dict[str, Any]) -> Reason | None:
        """An agreement whose parties and sums are the same under other ids follows the records of these."""
        bare = [[{**party, "record": party["record"] is None} for party in row["parties"]] for row in (old, new)]
        if bare[0] != bare[1] or len(old["amounts"]) != len(new["amounts"]):
            return None
        ids = [{*row["amounts"], *(party["record"] for party in row["parties"])} for row in (old, new)]
        return next((Reason(cause="record", record=identity) for identity in sorted(ids[1] - ids[0])), None)

    def _compare_errors(self) -> None:
        tally = self._tallies["errors", None]
        with self._old.errors.path.open("rb") as olds, self._new.errors.path.open("rb") as news:
            for place, (old, new) in enumerate(_merged(olds, news, _error_key)):
                tally.update(old=old is not None, new=new is not None)
                line = old if new is None else new
                if line is not None and (old is None or new is None):
                    change: Change = "removed" if new is None else "added"
                    tally[change] += 1
                    self._errors.add(CHANGES.index(change), place, partial(_error_change, change, line))


def _error_change(change: Change, line: bytes) -> ErrorChange:
    return ErrorChange(change=change, error=ErrorRecord.model_validate(json_row(line)))


def _article_reason(cause: Literal["article_added", "article_removed", "article_edited"], row: dict[str, Any]) -> Reason:
    return Reason(cause=cause, article=row["id"], source=row["source"])


def _brief(change: FieldChange) -> FieldChange:
    """The change of an article's field; of a long one its lengths."""
    if change.field not in ("text", "boilerplate"):
        return change
    return FieldChange(field=change.field, old=len(change.old), new=len(change.new))


def _by_kind(numbers: Counter[str]) -> dict[str, int]:
    return {stem: numbers[stem] for stem in RECORDS if numbers[stem]}


def _said(line: bytes) -> tuple[str, str, str]:
    """What a mention says, wherever it stands: kind, normalised surface, value. Which mention it restates is a place too."""
    row = json_row(line)
    value = {name: (said is not None if name == "restates" else said) for name, said in row["value"].items()}
    return row["kind"], row["normalised"], json.dumps(value, default=str, sort_keys=True)


def _span_order(row: dict[str, Any]) -> tuple[int, int, int]:
    return row["start"], -row["end"], KINDS.index(row["kind"])
