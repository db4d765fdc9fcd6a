"""Agreements across articles: which tellings are of one agreement, and the one record that they make."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Any

from rapidfuzz.distance import Levenshtein

from jianbao.dedupe.blocking import blocks, pairs, plain_name
from jianbao.dedupe.cluster import Clusters
from jianbao.dedupe.compare import (
    FORCED,
    NEAR_TITLE,
    PARTIES_AMOUNT,
    PARTIES_DATE,
    PARTIES_NEAR_DATE,
    PARTIES_TOLD,
    SOME_PARTIES,
    TITLE,
    Level,
)
from jianbao.dedupe.keys import SLOT_LIMIT, identity_of
from jianbao.dedupe.names import agreement_name, record_name
from jianbao.dedupe.organisations import Verdicts
from jianbao.lexicon import Lexicon
from jianbao.records import AgreementType

_TOLD_DAYS = 10  # undated reports of one signing appear within so many days
_AMOUNT_DAYS = 60
_OWN_TITLE = 8  # a shorter title (《规划》) is that of many documents
_MOST_PARTIES = 8
_LARGEST_BLOCK = 40  # agreements of a larger block are compared with those of the days around theirs
_FUNCTION_WORDS = re.compile(r"[的和与及暨、关于]")
# A character that tells siblings apart: 十三五/十四五, 第二批, 东/西区.
_TELLING = re.compile(r"[0-9一二三四五六七八九十百甲乙丙丁东西南北上下前后新旧省市县区州]")
# Kinds that one paper calls this and another that; a contract, a memorandum, a letter of intent are told apart.
_LOOSE: frozenset[AgreementType] = frozenset(("framework_agreement", "cooperation_agreement", "other_agreement"))


@dataclass(slots=True)
class AgreementFacts:
    """What an agreement is compared by.

    Attributes:
        parties: Record ids, or names where a party has none.
        sums: What its sums are worth.
        told: The publication day of the first article that tells of it.
        articles: Those that do; an article tells of two agreements where it tells of them apart.
        plain_title: The title without marks.
        day, told_day: `date`, where it is a day, and `told` as day numbers.
    """

    number: int
    type: AgreementType
    title: str | None
    parties: frozenset[str]
    date: str | None
    sums: frozenset[str]
    told: str | None
    articles: set[int] | frozenset[int] = frozenset()
    plain_title: str = field(init=False)
    day: int | None = field(init=False)
    told_day: int | None = field(init=False)

    def __post_init__(self) -> None:
        self.plain_title = plain_name(self.title or "")
        self.day, self.told_day = _day(self.date), _day(self.told)


@lru_cache(maxsize=1 << 14)
def _day(edtf: str | None) -> int | None:
    try:
        return date.fromisoformat(edtf).toordinal() if edtf else None
    except ValueError:
        return None


def _days_apart(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else abs(a - b)


def dates_agree(a: str | None, b: str | None) -> bool:
    """Whether two EDTF dates may be one day: one unknown, or one a part of the other (2019-04, 2019-04-28, XXXX-04-28)."""
    if not a or not b or a == b:
        return True
    left, right = a.split("-"), b.split("-")
    return all("X" in x or "X" in y or x == y for x, y in zip(left, right, strict=False))


def _types_agree(a: AgreementType, b: AgreementType) -> bool:
    return a == b or (a in _LOOSE and b in _LOOSE) or ("other_agreement" in (a, b) and "policy_document" not in (a, b))


def _titles_near(a: str, b: str) -> bool:
    """Whether two plain titles are one but for a function word, a mark or a misprint that tells nothing apart."""
    left, right = _FUNCTION_WORDS.sub("", a), _FUNCTION_WORDS.sub("", b)
    if left == right:
        return True
    if min(len(left), len(right)) < _OWN_TITLE:
        return False
    if Levenshtein.distance(left, right, score_cutoff=1) > 1:
        return False
    at = next((i for i, (x, y) in enumerate(zip(left, right, strict=False)) if x != y), min(len(left), len(right)))
    return not _TELLING.search(left[at : at + 1] + right[at : at + 1])


def _title_within(a: str, b: str) -> bool:
    """Whether the longer title only puts a place, an issuer or a date before the shorter: 吉林省|乡村振兴促进条例."""
    shorter, longer = sorted((a, b), key=len)
    return len(shorter) >= _OWN_TITLE and longer.endswith(shorter)


def compare_agreements(a: AgreementFacts, b: AgreementFacts) -> Level | None:
    """Why two tellings are of one agreement, or None."""
    if a.type != b.type and not _types_agree(a.type, b.type):
        return None
    titled = a.title and b.title
    # Most pairs end here: the cheapest tests come first.
    if (a.parties.isdisjoint(b.parties) and (not titled or (a.parties and b.parties))) or (not titled and a.type == "policy_document"):
        return None  # a document without its title is anybody's
    near = _days_apart(a.day, b.day)
    if not titled and a.parties != b.parties:  # they have some in common
        within = a.parties < b.parties or b.parties < a.parties
        return SOME_PARTIES if within and near == 0 and not a.sums.isdisjoint(b.sums) else None
    agree = dates_agree(a.date, b.date)
    if not agree and (near is None or near > 1):
        return None
    if titled:
        return _compare_titles(a.plain_title, b.plain_title, a, b) if agree else None
    if len(a.parties) < 2:
        return None
    if near == 0:
        return PARTIES_DATE
    told = _days_apart(a.told_day, b.told_day)
    if agree and not a.sums.isdisjoint(b.sums) and (told is None or told <= _AMOUNT_DAYS):
        return PARTIES_AMOUNT
    if near == 1 and not _sums_differ(a, b):
        return PARTIES_NEAR_DATE
    if agree and told is not None and told <= _TOLD_DAYS and not _sums_differ(a, b):
        return PARTIES_TOLD
    return None


def _compare_titles(left: str, right: str, a: AgreementFacts, b: AgreementFacts) -> Level | None:
    near_parties = not a.parties.isdisjoint(b.parties)
    if left == right:
        return TITLE if len(left) >= _OWN_TITLE or near_parties else None
    if _titles_near(left, right):
        return NEAR_TITLE
    return NEAR_TITLE if near_parties and _title_within(left, right) else None


def _sums_differ(a: AgreementFacts, b: AgreementFacts) -> bool:
    return bool(a.sums and b.sums) and not a.sums & b.sums


def agreement_blocks(facts: AgreementFacts) -> Iterator[Hashable]:
    """Blocking keys: the head and the tail of a title, each two of the parties."""
    if facts.title:
        title = _FUNCTION_WORDS.sub("", facts.plain_title)
        yield "title head", title[:4]
        yield "title tail", title[-8:]
    for pair in combinations(sorted(facts.parties)[:_MOST_PARTIES], 2):
        yield "parties", *pair
    if facts.date and facts.sums:
        for party in sorted(facts.parties)[:_MOST_PARTIES]:
            yield "party and day", party, facts.date


def cluster_agreements(told: Sequence[AgreementFacts], merges: Lexicon | None = None) -> Clusters:
    """The agreements that are one. Those that share no block need not be given; the order changes nothing."""
    verdicts = Verdicts(merges, "agreement")
    settled = bool(verdicts)
    facts = sorted(told, key=lambda f: (f.date or "", f.told or "", f.number))
    by_number = {f.number: f for f in facts}

    def level_of(a: AgreementFacts, b: AgreementFacts) -> Level | None:
        if a.day is not None and b.day is not None and abs(a.day - b.day) > 1 and not settled:
            return None
        if not a.articles.isdisjoint(b.articles):
            return None
        if settled:
            left, right = (a.plain_title, identity_of("agreement", a.number)), (b.plain_title, identity_of("agreement", b.number))
            if verdicts.forbid(left, right):
                return None
            group = verdicts.group(*left)
            if group is not None and group == verdicts.group(*right):
                return FORCED
        return compare_agreements(a, b)

    levels: dict[tuple[int, int], Level] = {}
    for block in blocks((key, f) for f in facts for key in _blocks_of(f, verdicts)):
        for a, b in pairs(block, _LARGEST_BLOCK):
            if (a.number, b.number) not in levels and (level := level_of(a, b)) is not None:
                levels[a.number, b.number] = level

    def differ(p: int, q: int) -> bool:
        return (p, q) not in levels and (q, p) not in levels and level_of(by_number[p], by_number[q]) is None

    clusters = Clusters()
    clusters.join_all(levels, differ)
    return clusters


def _blocks_of(facts: AgreementFacts, verdicts: Verdicts) -> Iterator[Hashable]:
    yield from agreement_blocks(facts)
    group = verdicts.group(facts.plain_title, identity_of("agreement", facts.number)) if verdicts else None
    if group is not None:
        yield "merge", group


# ---- the record ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Telling:
    """An agreement as one article tells it.

    Attributes:
        event: The fields of the event and what is compared (`sightings.py`), parties and sums named by record ids.
        story: The article that this one reprints, or itself.
    """

    number: int
    event: dict[str, Any]
    article: str
    published: str | None
    story: int


def agreement_record(told: Sequence[Telling]) -> dict[str, Any]:
    """The fields of one record from all that tell of it, earliest first; `also_ids` and `merged_because` are left to who joined them.

    Each slot comes from who fills it best; what articles disagree on stands side by side.
    """
    events = [t.event for t in told]
    title = max((e["title"] for e in events if e["title"]), key=lambda t: (len(t), t), default=None)
    parties = _best_parties(events)
    kind = _type_of(events)
    hans = agreement_name(title, [p["name"] for p in parties], kind)
    articles = list(dict.fromkeys(t.article for t in told))
    dated = [t.published for t in told if t.published]
    mentions = list(dict.fromkeys(m for e in events for m in e["mentions"]))
    stories = len({t.story for t in told})
    evidence: dict[tuple[str, int], dict[str, Any]] = {}
    for event in events:
        for words in event["evidence"]:
            if len(evidence) < SLOT_LIMIT:
                evidence.setdefault((words["article"], words["start"]), words)
    return {
        "id": identity_of("agreement", told[0].number),
        "also_ids": [],
        "name": record_name(hans, None, ()),
        "aliases": sorted({e["title"] for e in events if e["title"] and e["title"] != title})[:SLOT_LIMIT],
        "mention_count": len(mentions),
        "article_count": len(articles),
        "independent_reports": stories,
        "reprints": len(articles) - stories,
        "examples": mentions[:SLOT_LIMIT],
        "first_seen": min(dated, default=None),
        "last_seen": max(dated, default=None),
        "merged_because": [],
        "agreement_type": kind,
        "title": title,
        "parties": parties,
        "date": _best(events, "date", lambda day: ("X" not in day, len(day.split("/")[0]))),
        "place": _best(events, "place"),
        "amounts": _amounts(events),
        "duration": _best(events, "duration"),
        "subject": _best(events, "subject", len),
        "status": _status(events),
        "conflicts": _conflicts(told),
        "evidence": [evidence[key] for key in sorted(evidence)],
    }


def _best(events: Sequence[Mapping[str, Any]], slot: str, rank: Callable[[str], Any] = lambda value: 0) -> str | None:
    """What most articles say of those values that say most."""
    counts = Counter(e[slot] for e in events if e[slot])
    return max(counts, key=lambda value: (rank(value), counts[value], value), default=None)


def _type_of(events: Sequence[Mapping[str, Any]]) -> AgreementType:
    """The commonest type; 协议 alone says less than any other."""
    found = _best(events, "agreement_type", lambda kind: kind != "other_agreement")
    return found or "other_agreement"  # type: ignore[return-value]  # as the events have it


def _best_parties(events: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The parties of the telling that names most, each by the fullest name that any article prints of it."""
    fullest = max(events, key=lambda e: (len(e["parties"]), -sum(p["unresolved"] for p in e["parties"]), sum(len(p["name"]) for p in e["parties"])))
    names: dict[str, str] = {}
    for event in events:
        for party, identity in zip(event["parties"], event["identities"], strict=True):
            names[identity] = max(names.get(identity, ""), party["name"], key=lambda n: (len(n), n))
    return [{**p, "name": names[identity]} for p, identity in zip(fullest["parties"], fullest["identities"], strict=True)]


def _amounts(events: Sequence[Mapping[str, Any]]) -> list[str]:
    """One figure for each sum, the agreement's own sum first."""
    by_worth: dict[str, str] = {}
    for event in events:
        for figure, worth in zip(event["amounts"], event["sums"], strict=True):
            by_worth.setdefault(worth, figure)
    return list(by_worth.values())[:SLOT_LIMIT]


_ORDER_OF_STATUS = ("planned", "signed", "issued", "in_force", "terminated")


def _status(events: Sequence[Mapping[str, Any]]) -> str:
    """How far the agreement has come by its last telling; a signing told is not undone by a plan told later."""
    known = [e["status"] for e in events if e["status"] != "denied"]
    return max(known, key=_ORDER_OF_STATUS.index, default="denied")


def _conflicts(told: Sequence[Telling]) -> list[dict[str, Any]]:
    """Slots on which articles disagree: first sums that differ, dates of which neither is a part of the other, denial against signing."""
    found: list[dict[str, Any]] = []
    readers: dict[str, Callable[[Mapping[str, Any]], str | None]] = {
        "amounts": lambda e: e["sums"][0] if e["sums"] else None,
        "date": lambda e: e["date"],
        "status": lambda e: e["status"],
    }
    for slot, read in readers.items():
        by_value: dict[str, list[str]] = defaultdict(list)
        for telling in told:
            value = read(telling.event)
            if value:
                by_value[value].append(telling.article)
        values = sorted(by_value)
        if slot == "date":
            disagree = any(not dates_agree(a, b) for a, b in combinations(values[:SLOT_LIMIT], 2))
        else:
            disagree = len(values) > 1 and (slot != "status" or "denied" in values)
        if disagree:
            found += [{"field": slot, "value": v, "articles": sorted(set(by_value[v]))[:SLOT_LIMIT]} for v in values[:SLOT_LIMIT]]
    return found
