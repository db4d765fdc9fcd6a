"""Names of records: in both scripts, and for dates and agreements, which no lexicon names."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from jianbao.folding import fold, opencc_conversion
from jianbao.lexicon import OrganisationEntry, RegionEntry
from jianbao.records import AgreementType

_POINT = re.compile(r"(?P<year>[0-9X]{4})(?:-(?P<part>[0-9X]{2}))?(?:-(?P<day>\d\d))?$")
_PARTS = {
    "21": "春季", "22": "夏季", "23": "秋季", "24": "冬季",
    "33": "第一季度", "34": "第二季度", "35": "第三季度", "36": "第四季度",
    "40": "上半年", "41": "下半年",
}  # fmt: skip
_MODIFIERS = {
    "year": {"start": "初", "mid": "中", "end": "底", "approx": "前后"},
    "month": {"start": "上旬", "mid": "中旬", "end": "下旬", "approx": "前后"},
}

AGREEMENT_NAMES: dict[AgreementType, str] = {
    "framework_agreement": "框架协议",
    "cooperation_agreement": "合作协议",
    "contract": "合同",
    "memorandum": "备忘录",
    "letter_of_intent": "意向书",
    "other_agreement": "协议",
    "policy_document": "文件",
}
"""What an agreement without a title is called after its parties."""


@lru_cache(maxsize=1)
def load_conversion() -> Callable[[str], str]:
    """Simplified to Traditional characters: made when the first name needs it, if not before, for its tables take a while to read."""
    return lru_cache(maxsize=1 << 14)(opencc_conversion("s2t"))


def agreement_name(title: str | None, parties: Iterable[str], kind: AgreementType) -> str:
    """What an agreement is called: its title, else its parties and what it is: 吉林省、浙江省框架协议."""
    return title or "、".join(parties) + AGREEMENT_NAMES[kind]


def date_name(edtf: str, modifier: str | None) -> str:
    """A date as print names it, whatever words its articles used (昨日): 2018年3月7日, 2018年底, 2019年第二季度, 1980年代, 2016年—2020年."""
    name = "—".join(_point_name(point) for point in edtf.split("/"))
    if modifier is None:
        return name
    unit = "month" if name.endswith("月") else "year"
    return name + _MODIFIERS[unit].get(modifier, "")


def _point_name(point: str) -> str:
    match = _POINT.match(point)
    if match is None:
        return point
    year, part, day = match["year"], match["part"], match["day"]
    if year == "XXXX":
        name = ""
    elif year.endswith("XX"):
        name = f"{int(year[:2]) + 1}世纪"
    elif year.endswith("X"):
        name = f"{year[:3]}0年代"
    else:
        name = f"{int(year)}年"
    if part is None or "X" in part:
        return name + (f"{int(day)}日" if day else "")
    return name + (_PARTS.get(part) or f"{int(part)}月") + (f"{int(day)}日" if day else "")


def record_name(hans: str, entry: RegionEntry | OrganisationEntry | None, printed: Sequence[str]) -> dict[str, Any]:
    """The name in both scripts: from the lexicon, else as Traditional articles print it most, else converted.

    Args:
        printed: Traditional surfaces, most frequent first.
    """
    if entry:
        return {"hans": hans, "hant": entry.hant, "hant_by": "lexicon", "en": entry.en}
    for surface in printed:
        if fold(surface) == hans:
            return {"hans": hans, "hant": surface, "hant_by": "printed", "en": None}
    return {"hans": hans, "hant": load_conversion()(hans), "hant_by": "converted", "en": None}
