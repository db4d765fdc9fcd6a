"""Whole names: what the other rules have found in two pieces, or with a country too many."""

import re
from dataclasses import replace

from jianbao.extractors.organisation.view import Candidate, View
from jianbao.extractors.organisation.words import Words
from jianbao.records import OrganisationType

_NAMED = frozenset(("organisation.gazetteer", "organisation.local", "organisation.branch"))
# What governs by itself: 总统府|行政院 are two.
_HIGHEST = ("行政院", "立法院", "司法院", "监察院", "考试院", "总统府", "国务院", "立法会", "行政会议", "最高法院", "政府")
_SCHOOLS = ("大学", "中学", "小学", "高中", "学校", "大", "一中", "科学院")
_LEVELS = frozenset("省市县区州乡镇村")
_COUNTRY_LEVELS = frozenset(("country", "macro"))
_ABROAD = frozenset(("810000", "820000", "710000"))
_COMPANIES: frozenset[OrganisationType] = frozenset(("company", "finance"))
# 新西兰|渔业、林业与港口部, 塞舌尔共和国|渔业、海洋经济和港口管理部: the fields of a ministry abroad. Not 中国商务部、美国商务部.
_MINISTRY = re.compile(
    r"(?:(?:联邦|人民|民主|伊斯兰)*共和国|王国|联邦)?(?P<fields>(?:(?![部署局院委])[\u4e00-\u9fff]){2,10}(?:[、和与及](?:(?![部署局院委])[\u4e00-\u9fff]){2,10}){1,3})[部署](?!门)"
)
# 台湾大学|工程科学及海洋工程学系: a faculty of several fields.
_FACULTY = re.compile(
    r"(?P<fields>(?:(?![部署局院委系])[\u4e00-\u9fff]){2,8}(?:[、和与及暨](?:(?![部署局院委系])[\u4e00-\u9fff]){2,8}?){1,2})(?:学系|研究所|学院|研究院|研究中心)"
)
# The last field before its 部: without one no country needs a look.
_LAST_FIELD = re.compile(r"[、和与及](?:(?![部署局院委])[\u4e00-\u9fff]){2,10}\Z")
_LONGEST_FIELD = 11  # characters of it and its mark
_PARTS_FIELDS = re.compile("[、和与及]")
_NO_FIELDS = frozenset(("企业", "公司", "客商", "代表", "媒体", "政府"))
_SHORTEST_REST = 4  # characters of a company's name without its country, so that one may look for it elsewhere in the text
_AROUND = 4000  # characters around a name in which one looks for it without its country
# 财团法人|某某基金会, 财团法人中华民国|某某中心, 中华民国|全国某某总会: what stands before a name in registers and belongs to it.
_REGISTERED = re.compile(r"(?:(?:医疗|学校)?财团法人|社团法人)(?:中华民国|台湾省?)?\Z|中华民国\Z")
_LONGEST_REGISTERED = 10
_ENDS_REGISTERED = frozenset("人国省湾")
_OF_FIELDS = frozenset(("char", "noun", "trade", "brand"))


class Wholes:
    """Joins a department to its body, takes in the fields of a ministry abroad and the name before a central organ, and parts a company from its country."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def join(self, view: View) -> None:
        """Adds the bodies that two found ones make (農業部|畜產試驗所, 华中科技大学|同济医学院), and ministries abroad of several fields."""
        self._find_ministries(view)
        by_end: dict[int, Candidate] = {}
        for found in view.found:
            holds = (found.type == "government" and found.rule in _NAMED) or found.type == "academic"
            if holds and (found.end not in by_end or found.start < by_end[found.end].start):
                by_end[found.end] = found
        for end, body in by_end.items():
            faculty = _FACULTY.match(view.folded, end) if body.type == "academic" else None
            if faculty is not None and self._are_fields(view, *faculty.span("fields")):
                view.add(Candidate(body.start, faculty.end(), "academic", "organisation.branch", body.lexicon, None, body.region, weight=1))
        for part in [part for part in view.found if part.start in by_end and part.type in ("government", "academic")]:
            body = by_end[part.start]
            if body.type == "academic":
                joined = part.type == "academic" and not view.folded.endswith(_SCHOOLS, part.start, part.end)
            else:
                at_home = view.home != "CN" and body.region == view.home
                joined = at_home and part.rule == "organisation.gazetteer" and part.lexicon != body.lexicon and not self._is_own(view, part)
            if joined:
                lexicon = (*body.lexicon, *part.lexicon)
                view.add(Candidate(body.start, part.end, body.type, "organisation.branch", lexicon, None, body.region, weight=1))

    @staticmethod
    def _is_own(view: View, part: Candidate) -> bool:
        """Whether a body right after another is none of its parts: it governs by itself, or begins with a place or its level."""
        folded, start = view.folded, part.start
        placed = any(first == start for end in range(start + 1, part.end) for first, _ in view.place_ends.get(end, ()))
        return placed or folded[start] in _LEVELS or folded[part.end - 1] == "部" or folded.startswith(_HIGHEST, start)

    def _find_ministries(self, view: View) -> None:
        """Adds ministries abroad whose fields marks part: 新西兰|渔业、林业和港口部."""
        folded = view.folded
        if not _ends_ministry(view, "部") and not _ends_ministry(view, "署"):
            return
        for place_end, places in view.place_ends.items():
            start, entry = places[0]
            if entry.level != "country" or entry.code == "CN":
                continue
            match = _MINISTRY.match(folded, place_end)
            if match is None or not self._are_fields(view, *match.span("fields")):
                continue
            if not _is_apart(view, match.end()):
                continue
            view.add(Candidate(start, match.end(), "government", "organisation.local", ("部",), None, entry.code, weight=1))

    def _are_fields(self, view: View, start: int, end: int) -> bool:
        """Whether the words between two positions say what a ministry is for: no place, no edge."""
        folded, boundaries = view.folded, view.boundaries
        if not boundaries[start] or not view.place_ends.keys().isdisjoint(range(start + 1, end + 1)):
            return False
        while start < end:
            following = boundaries.find(1, start + 1, end)
            word = folded[start : following if following >= 0 else end]
            if word in _NO_FIELDS and _PARTS_FIELDS.match(folded, start + len(word)):
                return False  # 赞比亚|企业|与水务部
            if (
                not _PARTS_FIELDS.fullmatch(word)
                and self._words.kind(word) not in _OF_FIELDS
                and not self._words.pos(word).startswith(("n", "v", "l"))
            ):
                return False
            start += len(word)
        return True

    def begin(self, view: View, chosen: list[Candidate]) -> list[Candidate]:
        """The chosen bodies from where their names begin.

        A company begins after its country where the text or the gazetteer names it without (美国|微软公司), another body with what registers put before it
        (财团法人|某某基金会).
        """
        folded = view.folded
        whole: list[Candidate] = []
        for candidate in chosen:
            if candidate.type != "company" and candidate.start and folded[candidate.start - 1] in _ENDS_REGISTERED:
                candidate = _as_registered(folded, candidate)
            if candidate.rule == "organisation.head" and candidate.type in _COMPANIES:
                candidate = _without_country(view, candidate)
            whole.append(candidate)
        return whole


def _is_apart(view: View, end: int) -> bool:
    """Whether a ministry's name may end at `end`: a word ends there, or its minister's title begins."""
    return bool(view.boundaries[end]) or view.folded.startswith(("长", "部长"), end)


def _ends_ministry(view: View, office: str) -> bool:
    """Whether somewhere in the text a field after a mark stands before such an office: a quick refusal of most texts."""
    folded = view.folded
    position = folded.find(office)
    while position >= 0:
        if _is_apart(view, position + 1) and _LAST_FIELD.search(folded, max(0, position - _LONGEST_FIELD), position):
            return True
        position = folded.find(office, position + 1)
    return False


def _as_registered(folded: str, candidate: Candidate) -> Candidate:
    found = _REGISTERED.search(folded, max(0, candidate.start - _LONGEST_REGISTERED), candidate.start)
    return candidate if found is None else replace(candidate, start=found.start(), name=None)


def _without_country(view: View, candidate: Candidate) -> Candidate:
    folded, start, end = view.folded, candidate.start, candidate.end
    for place_end in range(start + 2, min(start + 6, end - 1)):
        if place_end not in view.place_ends or view.place_ends[place_end][0][0] != start:
            continue
        entry = view.place_ends[place_end][0][1]
        if entry.code == "CN" or not (entry.level in _COUNTRY_LEVELS or entry.code in _ABROAD):
            return candidate
        rest = folded[place_end:end]
        around = folded[max(0, start - _AROUND) : end + _AROUND]
        by_itself = len(rest) >= _SHORTEST_REST and around.count(rest) > around.count(folded[start:end])
        known = by_itself or any(
            c.start == place_end and c.end == end and c.region == entry.code and c.rule == "organisation.gazetteer" and c.type in _COMPANIES
            for c in view.found
        )
        if known:
            return replace(candidate, start=place_end)
        return candidate
    return candidate
