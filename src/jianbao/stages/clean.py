"""clean: what an article says of itself: script, convention, title, publication date; and which of its lines are furniture."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np
import opencc

from jianbao.folding import fold
from jianbao.lexicon import Matcher, load_lexicon
from jianbao.records import Article, Convention, Script
from jianbao.stages.read import parse_day
from jianbao.text import make_text

# A page's own time stamp: a full date with a time, or after 发布时间. A date inside a sentence says nothing of the page.
_STAMP = re.compile(
    r"(?:(?:发布|发表|更新|刊登)?(?:时间|日期)[:\s]{0,3})?(?P<day>(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2})日?\s{0,3}(?=\d{1,2}:\d\d)"
    r"|(?:发布|发表|更新|刊登)(?:时间|日期)[:\s]{0,3}(?P<labelled>(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2})"
)
_HEAD = 600  # a time stamp stands in the first so many characters
_TITLE_LENGTH = 60
_SENTENCE_END = "。！？!?；;…，,"

# Lines that belong to the page, not to the article, by what they begin with or hold. On folded text.
_FURNITURE = (
    ("navigation", re.compile(r"^\s*(?:您?(?:当前|现在)(?:的)?位置|首页\s*[>|]|.{0,12}>.{0,20}>.*$|上一[篇页条]|下一[篇页条]|返回(?:首页|列表|顶部))")),
    ("share", re.compile(r"^\s*(?:分享(?:到|至)?[::\s]*|扫一扫|微信扫|字号|\[?大 ?中 ?小\]?|打印本页|收藏本文|点赞|评论\(|.{0,6}facebook\s*$)", re.IGNORECASE)),
    ("copyright", re.compile(r"^\s*(?:凡注有|版权|copyright|©|\(c\)|未经.{0,12}(?:许可|授权)|免责|本网站?所有)|all rights reserved", re.IGNORECASE)),
    ("editor", re.compile(r"^\s*[\[\(【]?(?:责任?编辑?|责编|编辑|校对|审核|监制|值班|来源|稿源|标签|关键词|关键字)\s*[::]")),
    ("related", re.compile(r"^\s*[■◆●▲]?\s*(?:相关(?:新闻|阅读|报道|文章|链接)|猜你喜欢|延伸阅读|推荐阅读|热门(?:新闻|文章|推荐)|更多(?:新闻|精彩)|你可能(?:也)?(?:感兴趣|喜欢))")),
)
# After such a line the rest of the page is a list of links.
_OPENS_LIST = {"related"}

STRONG_WEIGHT = 2
"""How much more a currency or an organ of government tells than a turn of phrase."""


@lru_cache(maxsize=1)
def _script_flags() -> np.ndarray:
    """For each code point: 1 if Traditional only, 2 if Simplified only, else 0."""
    han = [chr(p) for p in range(0x3400, 0xA000)]
    joined = "\n".join(han)
    flags = np.zeros(0x110000, dtype=np.uint8)
    simplified = opencc.OpenCC("t2s").convert(joined).split("\n")
    traditional = opencc.OpenCC("s2t").convert(joined).split("\n")
    for character, hans, hant in zip(han, simplified, traditional, strict=True):
        if hans != character:
            flags[ord(character)] = 1
        elif hant != character:
            flags[ord(character)] = 2
    return flags


def script_of(text: str) -> Script:
    """`hant` or `hans` when nine of ten telling characters are; else `mixed`."""
    points = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    counts = np.bincount(_script_flags()[points], minlength=3)
    hant, hans = int(counts[1]), int(counts[2])
    if hant == hans == 0:
        return "mixed"
    share = hant / (hant + hans)
    return "hant" if share > 0.9 else "hans" if share < 0.1 else "mixed"


@lru_cache(maxsize=4)
def _outlets() -> dict[str, str]:
    """The home code of each outlet in the gazetteer, by folded name."""
    return {
        surface: owner.entry.region or ""
        for surface, owners in load_lexicon("organisations_knowledge").owners.items()
        for owner in owners
        if owner.entry.type == "media"
    }


@lru_cache(maxsize=4)
def _convention_matcher() -> Matcher:
    return Matcher([load_lexicon("conventions")])


_HOME_CONVENTION: dict[str, Convention] = {"810000": "hongkong", "820000": "macau", "710000": "taiwan"}


def convention_of(folded: str, outlet: str | None) -> Convention:
    """Whose usage an article follows: its outlet's home, else what its currencies, organs and turns of phrase say; mainland when in doubt."""
    if outlet:
        name = fold(outlet)
        known = sorted((surface for surface in _outlets() if surface in name), key=lambda s: (-len(s), s))
        if known:
            return _HOME_CONVENTION.get(_outlets()[known[0]], "mainland")
    scores: dict[str, int] = {"hongkong": 0, "macau": 0, "taiwan": 0}
    # Each word counts once: an article about 港元 bonds repeats the word and says nothing new by it.
    hits = _convention_matcher().find(make_text(folded))["trigger"]
    for sense in {folded[hit.start : hit.end]: hit.owners[0].entry.sense for hit in hits}.values():
        place, _, weak = sense.partition("_")
        scores[place] += 1 if weak else STRONG_WEIGHT
    best = max(scores, key=lambda place: (scores[place], place))
    others = sum(scores.values()) - scores[best]
    if scores[best] < 3 or scores[best] <= 2 * others:
        return "mainland"
    return next(c for c in _HOME_CONVENTION.values() if c == best)


def boilerplate_of(source: str, folded: str) -> Iterator[tuple[int, int, str]]:
    """The lines that belong to the page: start, end and reason."""
    position, in_list = 0, False
    for line in folded.split("\n"):
        end = position + len(line)
        reason = next((name for name, pattern in _FURNITURE if pattern.search(line)), None)
        if reason is None and in_list and line.strip():
            reason = "related" if len(line) < 40 and line.rstrip()[-1:] not in "。!?" else None
        if reason and source[position:end].strip():
            in_list = in_list or reason in _OPENS_LIST
            yield position, end, reason
        elif line.strip():
            in_list = False
        position = end + 1


def _title_of(text: str) -> str | None:
    """The first line, if it is short and no sentence: a headline."""
    first = next((line.strip() for line in text.split("\n") if line.strip()), "")
    first = first.lstrip("#").strip()
    return first if first and len(first) <= _TITLE_LENGTH and first[-1] not in _SENTENCE_END else None


def _published_of(folded: str) -> str | None:
    match = _STAMP.search(folded, 0, _HEAD)
    return parse_day(match["day"] or match["labelled"]) if match else None


def clean(articles: Iterable[Article]) -> Iterator[Article]:
    """Each article with its script, convention, title, publication date and boilerplate; its text unchanged."""
    for article in articles:
        folded = fold(article.text)
        update: dict[str, object] = {
            "script": script_of(article.text),
            "convention": convention_of(folded, article.outlet),
            "boilerplate": tuple(boilerplate_of(article.text, folded)),
            "title": article.title or _title_of(article.text),
        }
        if article.published is None or article.published_by == "given":
            found = _published_of(folded)
            if found:
                update |= {"published": found, "published_by": "date_line"}
        yield article.model_copy(update=update)
