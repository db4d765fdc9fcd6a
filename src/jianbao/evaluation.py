"""Scores an output against gold: spans exactly, every value field on the spans that match, agreements slot by slot.

A gold folder holds `mentions.jsonl` (`source kind start end text value`, offsets in the text of the source, whole even where it is a page of
several articles) and `agreements.jsonl` (`source
agreement_type title parties date amounts status subject`, where parties are names and amounts `{currency, amount}`). Only the articles whose
`source` the gold names are scored, and of a value only the fields that the gold states.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from rapidfuzz.fuzz import ratio

from jianbao.folding import fold
from jianbao.output import Corpus
from jianbao.records import KINDS

ALIKE = 85
"""rapidfuzz ratio of two party names that are taken for one."""


class GoldError(ValueError):
    """A gold file that cannot be used; the message says file, line and what is wrong."""


@dataclass(slots=True)
class Score:
    """Counts of one kind.

    Attributes:
        fields: For each value field the number of matched spans on which the gold states it, and on how many it is right.
    """

    gold: int = 0
    found: int = 0
    right: int = 0
    fields: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    @property
    def precision(self) -> float:
        """Right among found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Right among gold."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 0.0


@dataclass(slots=True)
class Evaluation:
    """Scores by kind (`events` are the agreements as a whole), and every difference as a line."""

    scores: dict[str, Score]
    differences: list[str]


def drops(before: Evaluation, after: Evaluation) -> list[str]:
    """What `after` scores lower than `before`: the F1 of a kind, or how many of a value field's matched spans are right."""
    lower = []
    for kind, now in after.scores.items():
        was = before.scores[kind]
        pairs = [("F1", was.f1, now.f1)]
        for name, (stated, right) in now.fields.items():
            stated_before, right_before = was.fields.get(name, (0, 0))
            if stated and stated_before:
                pairs.append((name, right_before / stated_before, right / stated))
        lower += [f"{kind} {name} {new:.4f}, before {old:.4f}" for name, old, new in pairs if new < old]
    return lower


_MENTION = {"source", "kind", "start", "end", "text", "value"}
_EVENT = {"source", "agreement_type", "title", "parties", "date", "amounts", "status"}


def _rows(path: Path, needed: set[str], sources: Container[str]) -> Iterator[dict[str, Any]]:
    """The rows of a gold file, each with the fields needed and about an article that the output has."""
    if not path.is_file():
        raise GoldError(f"{path}: missing; a gold folder holds mentions.jsonl and agreements.jsonl")
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                row = json.loads(line, parse_float=Decimal)
            except ValueError as error:
                raise GoldError(f"{path}:{number}: not JSON: {error}") from None
            missing = sorted(needed - set(row)) if isinstance(row, dict) else sorted(needed)
            if missing:
                raise GoldError(f"{path}:{number}: no {', '.join(missing)}")
            if row["source"] not in sources:
                raise GoldError(f"{path}:{number}: no article {row['source']} in the output")
            yield row


def evaluate(corpus: Corpus, gold: Path) -> Evaluation:
    """The scores of `corpus` against the gold folder.

    Raises:
        GoldError: a gold file is missing or broken, or names an article that the output lacks, or a span that is not in it.
    """
    texts: dict[str, str] = {}
    begins: dict[str, int] = {}  # where each article stands in its file: the articles of a page tile it, in this order
    for row in corpus.articles.rows():
        texts.setdefault(row["source"], "")
        begins[row["id"]] = len(texts[row["source"]])
        texts[row["source"]] += row["text"]
    scores: dict[str, Score] = {kind: Score() for kind in (*KINDS, "events")}
    differences: list[str] = []
    wanted: dict[tuple[str, str, int, int], dict[str, Any]] = {}
    path = gold / "mentions.jsonl"
    for number, row in enumerate(_rows(path, _MENTION, texts), 1):
        if row["kind"] not in KINDS:
            raise GoldError(f"{path}:{number}: no kind {row['kind']!r}; kinds are {', '.join(KINDS)}")
        if texts[row["source"]][row["start"] : row["end"]] != row["text"]:
            raise GoldError(f"{path}:{number}: {row['start']}-{row['end']} of {row['source']} is not {row['text']!r}")
        wanted[row["source"], row["kind"], row["start"], row["end"]] = row
        scores[row["kind"]].gold += 1
    sources = {key[0] for key in wanted}
    found = {_key(r, begins[r["article"]]): r for r in corpus.mentions.rows() if r["source"] in sources and _counts(r)}
    for key, row in found.items():
        score = scores[key[1]]
        score.found += 1
        if key not in wanted:
            differences.append(_place(key, texts) + "extra")
            continue
        score.right += 1
        for name, value in wanted[key]["value"].items():
            score.fields[name][0] += 1
            if _same(value, row["value"].get(name)):
                score.fields[name][1] += 1
            else:
                differences.append(_place(key, texts) + f"{name} is {row['value'].get(name)}, gold {value}")
    differences += [_place(key, texts) + "missed" for key in wanted if key not in found]
    _evaluate_events(corpus, gold / "agreements.jsonl", sources, scores["events"], differences)
    return Evaluation(scores, sorted(differences))


def _key(row: dict[str, Any], begin: int) -> tuple[str, str, int, int]:
    """A mention's source, kind and place in its file; `begin` is where its article stands there."""
    return row["source"], row["kind"], row["start"] + begin, row["end"] + begin


def _counts(row: dict[str, Any]) -> bool:
    """Whether gold has an opinion on such a mention: unresolved ones and foreign cities are not annotated."""
    return not row["value"]["unresolved"] and not str(row["value"].get("code", "")).startswith("city:")


def _place(key: tuple[str, str, int, int], texts: dict[str, str]) -> str:
    source, kind, start, end = key
    return f"{source}:{start}-{end} {kind} {texts[source][start:end]!r}: "


def _same(gold: Any, found: Any) -> bool:
    if isinstance(gold, int | Decimal) and isinstance(found, int | Decimal):
        return Decimal(gold) == Decimal(found)
    if isinstance(gold, str) and isinstance(found, str):
        return fold(gold) == fold(found)
    if isinstance(gold, list) and isinstance(found, list):
        return sorted(map(str, gold)) == sorted(map(str, found))  # the codes of 两市 have no order
    return bool(gold == found)


# ---- agreements ---------------------------------------------------------------------------------------------------------

_SLOTS = ("agreement_type", "title", "parties", "date", "amounts", "status", "subject")


def _alike(a: str, b: str) -> bool:
    a, b = fold(a), fold(b)
    return a == b or (min(len(a), len(b)) >= 2 and (a.endswith(b) or b.endswith(a))) or ratio(a, b) >= ALIKE


def _paired(gold: Iterable[str], found: Iterable[str]) -> int:
    rest, n = list(found), 0
    for name in gold:
        match = next((other for other in rest if _alike(name, other)), None)
        if match is not None:
            rest.remove(match)
            n += 1
    return n


def _amounts(rows: Iterable[dict[str, Any]]) -> Counter[tuple[str | None, Decimal]]:
    return Counter((r["currency"], Decimal(r["amount"])) for r in rows if r["amount"] is not None)


def _evaluate_events(corpus: Corpus, path: Path, sources: set[str], score: Score, differences: list[str]) -> None:
    """Pairs each gold event with the record of its article that is most like it, and scores its slots."""
    figures = {row["id"]: row for row in corpus.figures.rows()}
    source_of = {row["id"]: row["source"] for row in corpus.articles.rows()}
    by_source: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in corpus.agreements.rows():
        for source in sorted({source_of[e["article"]] for e in row["evidence"]} & sources):
            by_source[source].append(
                {
                    **row,
                    "parties": [p["name"] for p in row["parties"]],
                    "amounts": [figures[a] for a in row["amounts"] if a in figures],
                }
            )
    gold_rows = list(_rows(path, _EVENT, set(source_of.values())))
    score.gold = len(gold_rows)
    score.found = sum(map(len, by_source.values()))
    pairs = []
    for i, gold in enumerate(gold_rows):
        for j, found in enumerate(by_source[gold["source"]]):
            titled = bool(gold["title"] and found["title"] and _alike(gold["title"], found["title"]))
            hits = _paired(gold["parties"], found["parties"])
            if titled or (hits and gold["agreement_type"] == found["agreement_type"]):
                likeness = 3 * titled + 2 * hits + (gold["agreement_type"] == found["agreement_type"])
                pairs.append((-likeness, i, gold["source"], j))
    used: set[object] = set()
    for _, i, source, j in sorted(pairs):
        if i in used or (source, j) in used:
            continue
        used |= {i, (source, j)}
        gold, found = gold_rows[i], by_source[source][j]
        right = {
            "parties": _paired(gold["parties"], found["parties"]) == len(gold["parties"]) == len(found["parties"]),
            # A record also holds the sum in another currency, and what another article says it is.
            "amounts": not _amounts(gold["amounts"]) - _amounts(found["amounts"]) and bool(gold["amounts"]) == bool(found["amounts"]),
            **{slot: _same(gold.get(slot), found.get(slot)) for slot in _SLOTS if slot not in ("parties", "amounts")},
        }
        for slot in _SLOTS:
            score.fields[slot][0] += 1
            score.fields[slot][1] += right[slot]
            if not right[slot]:
                differences.append(f"{source} event {gold['title'] or gold['parties']}: {slot} is {found.get(slot)}, gold {gold.get(slot)}")
        score.right += all(right[slot] for slot in ("agreement_type", "parties", "date", "amounts"))
    differences += [f"{g['source']} event {g['title'] or g['parties']}: missed" for i, g in enumerate(gold_rows) if i not in used]
    for source, rows in by_source.items():
        differences += [f"{source} event {r['title'] or r['parties']}: extra" for j, r in enumerate(rows) if (source, j) not in used]
