"""Branches: a part of a body told by its district, number or trade, as in 台電彰化區營業處, 健保署南區業務組 or 財政部促參司."""

import re

from jianbao.extractors.organisation.view import Candidate, View
from jianbao.extractors.organisation.words import CONJUNCTIONS, Head, Words
from jianbao.records import OrganisationType

_LONGEST_DISTRICT = 10  # characters between a body and what its part is
# Which part it is: 第三|區管理處, 第四|河川分署.
_ORDINAL = re.compile(r"第?[一二三四五六七八九十]{1,3}")
# Where it is: 南區, 北部, 南部|地區.
_COMPASS = re.compile(r"[东南西北中]{1,2}[部区]?")
_DEPARTMENTS = frozenset("司署")  # of one character: 財政部|促參|司
_LONGEST_TRADE = 8  # characters that say what such a department is for
_MISSIONS = frozenset(("办事处", "代表处"))
_OF_DISTRICTS = frozenset(("char", "brand", "noun", "trade", "level", "starter", "hidden"))


class Branches:
    """Names that a body begins and the word for its part ends, with a district between them."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def build(self, view: View, start: int, end: int, surface: str, head: Head) -> Candidate | None:
        """The body, its district and the part: 台電|彰化區|營業處, 民進黨|高雄市|黨部, 台北市議會|國民黨|團.

        None where no body stands close before `start`, or a word between them is of no district.
        """
        if len(surface) == 1 and (surface not in _DEPARTMENTS or view.folded[start - 1] == surface):
            return None  # 财政部条法司|司长
        department = head.id in _DEPARTMENTS
        # 國民黨|團: the party's last character is the first of its group in a parliament.
        last = start + 1 if surface == "党团" else start
        floor = max(0, start - (_LONGEST_TRADE if department else _LONGEST_DISTRICT))
        if view.ends.isdisjoint(range(floor, last + 1)):
            return None
        for base_end in range(last, floor - 1, -1):
            base = view.bodies.get(base_end) or view.guarded.get(base_end)
            if base is None or base.start >= start or base.end - base.start < 2:
                continue
            type_ = _type_of_part(base, head)
            if type_ is None or (department and (base.type != "government" or start - base_end < 2)):
                continue
            if base_end < start and not self._is_district(view, base_end, start, asks=head.weak and not department):
                continue
            if base_end == start and head.weak and head.type != "party":
                continue
            holder = view.bodies.get(base.start) if head.type == "party" else None
            if holder is not None and holder.type in ("government", "party"):
                base = holder  # 國民黨|立院|黨團
            return Candidate(base.start, end, type_, "organisation.branch", (*base.lexicon, head.id), None, base.region, weight=1)
        return None

    def _is_district(self, view: View, first: int, last: int, *, asks: bool) -> bool:
        """Whether the words between two positions say where a part of a body is, which one, or what for; a head that `asks` for it needs one of the first two."""
        folded = view.folded
        placed = False
        position = last
        while position > first:
            place = next((begin for begin, _ in view.place_ends.get(position, ()) if begin >= first), view.doubtful_places.get(position, -1))
            if place >= first:
                position, placed = place, True
                continue
            begin = max(first, view.word_before(position))
            word = folded[begin:position]
            if _ORDINAL.fullmatch(word) or _COMPASS.fullmatch(word):
                placed = True
            elif word in CONJUNCTIONS and first < begin and position < last and not asks:
                pass  # 海關|版權及商標|調查科
            elif word != "地区" and self._words.kind(word) not in _OF_DISTRICTS:
                return False
            position = begin
        return placed or not asks


def _type_of_part(base: Candidate, head: Head) -> OrganisationType | None:
    """The type of a part of a body; None where a body of its type has no such part."""
    if head.type == "party":
        return "party" if base.type in ("party", "government") else None
    if head.id in _MISSIONS and base.type in ("government", "association", "other"):
        return base.type  # 联合国|日内瓦|办事处
    if head.type in ("company", "finance"):
        return ("finance" if head.type == "finance" else base.type) if base.type in ("company", "finance") else None
    if head.type == "government":
        return base.type if base.type in ("government", "company") else None
    return None
