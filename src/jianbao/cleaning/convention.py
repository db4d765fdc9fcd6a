"""Whose usage an article follows (mainland, Hong Kong, Macau, Taiwan): what its bare 元, 噸 and 兆 mean. Never from script.

The outlet decides, then a dateline that only one press prints, then words; where these do not agree clearly, the article is taken for a mainland one.
"""

import re
from functools import lru_cache
from typing import NamedTuple

import daachorse

from jianbao.folding import fold
from jianbao.lexicon import Lexicon, load_lexicon
from jianbao.records import Convention
from jianbao.text import without_surrogates

HOMES: dict[str, Convention] = {"810000": "hongkong", "820000": "macau", "710000": "taiwan"}
_PLACES: tuple[Convention, ...] = ("hongkong", "macau", "taiwan")

_KINDS = ("", "usage", "topic")
_OWN = 2
_TOPICS = 2  # all matters of a place together tell no more than this: mainland papers write of 港股 and 立法院 too
_ENOUGH = 3
_SPOKEN = 2  # so many turns of phrase are a usage

# Words that need their neighbours: 年增8% but not 2018年增长; 陆企 but not 大陆企业; 台股 but not 平台股份; 本港 but not 日本港口.
# Each begins with a character or a set of them, and only then looks back: that is searched for at C speed.
_TURNS: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = (
    ("taiwan", ("陆", "台股", "台厂"), re.compile(r"[陆台](?:(?<=陆)(?<!大陆)[企资客生](?!产)|(?<=台)(?<![平烟后前柜邢]台)[股厂](?!份|权|东))")),
    ("hongkong_usage", ("指,", "指:"), re.compile(r"(?:他|她|报告|公司|人士|发言人|团体|局|署)(?:又|亦|并)?指[,:]")),
    (
        "taiwan",
        ("年增", "年减", "月增", "月减", "季增", "季减"),
        re.compile(r"[年月季](?<![\d〇零一二三四五六七八九十].)[增减](?=[\d率一二三四五六七八九逾近约,。])"),
    ),
    ("hongkong_usage", ("撰文:",), re.compile(r"撰文:")),
    ("hongkong", ("出版:",), re.compile(r"出版:\s?(?:19|20)\d\d-\d\d-\d\d \d\d:\d\d\s+更新:")),
    # 111年度, 112至115年度, 107年5月, but not 第100年度, 2007年5月: years of the Republic; 98年5月 is one of the last century elsewhere.
    (
        "taiwan",
        ("年度", *(f"{year}年" for year in range(100, 120))),
        re.compile(r"1(?<![\d.第].)[01]\d(?:(?:[至到~-]1[01]\d)?年度(?!考核|人物)|年(?:1[0-2]|0?[1-9])月)"),
    ),
    ("taiwan", ("/摄影", "/综合报导"), re.compile(r"记者[\u3400-\u9fff]{2,4}/(?:摄影|综合报导)")),
    ("taiwan_usage", ("季",), re.compile(r"第[一二三四1-4]季(?!度)")),
    ("taiwan_usage", ("昨(", "今(", "前(", "明("), re.compile(r"[昨今前明]\(\d{1,2}\)日")),
    ("hongkong", ("港元)", "港币)"), re.compile(r"\d(?:亿|万)?(?:美元|元)\((?:折合)?约?[\d.]+(?:亿|万|千)*港[元币]\)")),
)
# A mainland paper sets the organs of Taiwan in quotation marks: 台“行政院”.
_QUOTED = re.compile(r"[“‘「『\"]$")
_OUTLET_PLACES: tuple[tuple[str, Convention], ...] = (("台湾", "taiwan"), ("台北", "taiwan"), ("香港", "hongkong"), ("澳门", "macau"))
_LONGEST_ARTICLE = 20_000  # what an article is shows in its first pages
_LONGEST_OUTLET = 40
_LONG_NAME = 3


class Outlet(NamedTuple):
    """A paper, agency or site of the gazetteer: the surface found, folded, its name as the entry has it, and the code of its home."""

    surface: str
    name: str
    region: str


@lru_cache(maxsize=4)
def _outlets(lexicon: Lexicon) -> dict[str, Outlet]:
    outlets: dict[str, Outlet] = {}
    for surface, owners in lexicon.owners.items():
        papers = [owner.entry for owner in owners if owner.entry.type == "media"]
        if papers and len(surface) > 1:
            homes = {paper.region for paper in papers}
            # 文汇报 is a paper of Shanghai and one of Hong Kong: the name tells no home.
            outlets[surface] = Outlet(surface, papers[-1].hans, (papers[0].region or "") if len(homes) == 1 else "")
    return outlets


@lru_cache(maxsize=4)
def _word_finder(lexicon: Lexicon) -> tuple[daachorse.CharwiseDoubleArrayAhoCorasick, list[str]]:
    """Finds the longest of the words of conventions at each place; the sense of each, or the number of the turn of phrase that it hints at."""
    senses = {surface: owners[0].entry.sense for surface, owners in lexicon.owners.items()}
    for number, (_, hints, _) in enumerate(_TURNS):
        for hint in hints:
            senses.setdefault(hint, str(number))
    return daachorse.CharwiseDoubleArrayAhoCorasick(list(senses), daachorse.MATCH_KIND_LEFTMOST_LONGEST), list(senses.values())


@lru_cache(maxsize=4)
def _outlet_finder(lexicon: Lexicon) -> tuple[daachorse.CharwiseDoubleArrayAhoCorasick, list[Outlet]]:
    outlets = _outlets(lexicon)
    return daachorse.CharwiseDoubleArrayAhoCorasick(list(outlets)), list(outlets.values())


def known_outlet(name: str) -> Outlet | None:
    """The longest outlet of the gazetteer that `name` holds: 第一财经日报(上海) is 第一财经日报; None where it holds none.

    Two characters are a name only at its beginning: the 财经 of 某某财经 is a trade.
    """
    finder, outlets = _outlet_finder(load_lexicon("organisations_knowledge"))
    held = finder.find_overlapping(without_surrogates(fold(name[:_LONGEST_OUTLET])))
    found = [outlets[index] for start, end, index in held if start == 0 or end - start >= _LONG_NAME]
    return max(found, key=lambda outlet: (len(outlet.surface), outlet.surface), default=None)


def names_outlet(text: str) -> bool:
    """Whether a folded text is the name of an outlet and nothing else."""
    return text in _outlets(load_lexicon("organisations_knowledge"))


def outlet_convention(outlet: str) -> Convention | None:
    """The convention of an outlet's home; None for an unknown outlet and for one that is at home abroad."""
    known = known_outlet(outlet)
    if known and known.region in HOMES:
        return HOMES[known.region]
    if known and known.region[:1].isdigit():
        return "mainland"
    name = fold(outlet)
    return next((convention for place, convention in _OUTLET_PLACES if name.startswith(place)), None)


def convention_of(folded: str, outlet: str | None, *, taiwan_byline: bool = False) -> Convention:
    """Whose usage an article follows: its outlet's home, else its byline's, else its words'; mainland when in doubt."""
    decided = outlet_convention(outlet) if outlet else None
    if decided == "mainland" and not taiwan_byline:
        return decided
    own, usage, topics = _count(folded[:_LONGEST_ARTICLE])
    if taiwan_byline and (decided is None or own["taiwan"]):
        return "taiwan"  # also where the outlet has a namesake on the mainland (經濟日報)
    if decided:
        # A spread about 我省 in a Hong Kong paper comes from that province: it has none of the paper's own words.
        return "mainland" if own["mainland"] and not own[decided] and usage[decided] < _SPOKEN else decided
    # Macau papers write as Hong Kong's do: the words of both speak for it where its own are there.
    if own["macau"] >= own["hongkong"] and own["macau"]:
        usage["macau"] += usage["hongkong"]
        own["hongkong"] = usage["hongkong"] = 0
        topics["hongkong"] = min(topics["hongkong"], 1)
    scores = {place: _OWN * own[place] + usage[place] + min(topics[place], _TOPICS) for place in (*_PLACES, "mainland")}
    best = max(_PLACES, key=lambda place: (scores[place], place))
    others = sum(scores[place] for place in _PLACES if place != best)
    spoken = own[best] or usage[best] >= _SPOKEN  # topics alone tell nothing
    if scores[best] < _ENOUGH or not spoken or scores[best] <= 2 * others or scores[best] <= scores["mainland"]:
        return "mainland"
    return best


def _count(folded: str) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """How many different words of each convention an article has: its own, usual ones, and matters of the place."""
    counts: dict[str, dict[str, int]] = {kind: dict.fromkeys((*_PLACES, "mainland"), 0) for kind in _KINDS}
    # Each word counts once: an article about 港元 bonds repeats the word and says nothing new by it.
    seen: dict[str, str] = {}
    hinted: set[int] = set()
    finder, senses = _word_finder(load_lexicon("conventions"))
    for start, end, index in finder.find(folded):
        sense = senses[index]
        if sense.isdigit():
            hinted.add(int(sense))
            continue
        if start and folded[start - 1 : start + 2] == "日本港":
            continue
        if sense.startswith("taiwan") and _QUOTED.search(folded, max(0, start - 1), start):
            continue
        seen[folded[start:end]] = sense
    for number in sorted(hinted):
        sense, _, pattern = _TURNS[number]
        if match := pattern.search(folded):
            seen[match[0]] = sense
    for sense in seen.values():
        place, _, kind = sense.partition("_")
        counts[kind][place] += 1
    return counts[""], counts["usage"], counts["topic"]
