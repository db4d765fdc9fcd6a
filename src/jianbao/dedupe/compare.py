"""Comparison levels: the strongest test that a candidate pair passes, by name, and what forbids a pair."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from jianbao.dedupe.blocking import is_branch, name_stem, plain_name

# A character that tells siblings apart: 第一/第二中学, 东/西区, 甲/乙.
_TELLING = re.compile(r"[0-9一二三四五六七八九十百甲乙丙丁东西南北中上下左右前后新老大小总分支]")


@dataclass(frozen=True, slots=True)
class Level:
    """A test that a pair passed, and how sure it makes us (1 is certain)."""

    rule: str
    score: Decimal


SHORT_NAME = Level("organisation.short_name", Decimal("0.9"))
"""A short name and the only full name of the corpus that begins with it."""


def compare_organisations(a: str, b: str, *, a_region: str | None, b_region: str | None) -> Level | None:
    """Why two names mean one body, or None: never 吉林大学 and 吉林农业大学, never a branch and its company."""
    if is_branch(a) != is_branch(b) or (a_region and b_region and a_region != b_region):
        return None
    left, right = plain_name(a), plain_name(b)
    if left == right:
        return Level("organisation.marks", Decimal(1))
    if name_stem(a) == name_stem(b) and len(name_stem(a)) >= 3:
        return Level("organisation.legal_form", Decimal("0.97"))
    if len(left) == len(right) >= 8 and Levenshtein.distance(left, right, score_cutoff=1) == 1:
        i = next(i for i, (x, y) in enumerate(zip(left, right, strict=True)) if x != y)
        if not _TELLING.match(left[i]) and not _TELLING.match(right[i]) and a_region == b_region:
            return Level("organisation.misprint", Decimal(str(round(ratio(left, right) / 100, 3))))
    return None


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """What an agreement is compared by: keys of its parties, and the day of the article that tells of it."""

    agreement_type: str
    title: str | None
    parties: frozenset[str]
    date: str | None
    amounts: frozenset[str]
    told: str | None


TITLE_RATIO = 90  # rapidfuzz ratio of two titles that are one: a misprint or a dropped mark
TELLING_DAYS = 10  # reports of one signing appear within so many days


def dates_agree(a: str | None, b: str | None) -> bool:
    """Whether two EDTF dates may be the same day: one unknown, or one the start of the other (2019-04, 2019-04-28)."""
    if not a or not b:
        return True
    a, b = a.replace("XXXX-", ""), b.replace("XXXX-", "")
    return a.startswith(b) or b.startswith(a) or a.endswith(b) or b.endswith(a)


def compare_agreements(a: AgreementFacts, b: AgreementFacts) -> Level | None:
    """Why two events are one agreement, or None."""
    if not dates_agree(a.date, b.date) or a.agreement_type != b.agreement_type:
        return None
    if a.title and b.title:
        similarity = ratio(plain_name(a.title), plain_name(b.title))
        near_parties = not a.parties or not b.parties or bool(a.parties & b.parties)
        if similarity >= TITLE_RATIO and len(a.title) >= 4 and near_parties:
            return Level("agreement.title", Decimal(str(round(similarity / 100, 3))))
        return None
    if len(a.parties) >= 2 and a.parties == b.parties:
        if a.date and b.date:
            return Level("agreement.parties_date", Decimal("0.98"))
        if a.amounts & b.amounts:
            return Level("agreement.parties_amount", Decimal("0.97"))
        if a.told and b.told and _days_apart(a.told, b.told) <= TELLING_DAYS:
            return Level("agreement.parties", Decimal("0.9"))
    return None


def _days_apart(a: str, b: str) -> int:
    return abs((date.fromisoformat(a) - date.fromisoformat(b)).days)
