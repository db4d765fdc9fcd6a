"""What of a page is furniture: menus, share bars, editors' lines, copyright, lists of further reading, captions, bylines, left-over markup.

Whole lines as a rule, parts of lines where a page has lost its line ends. Flagging must not hide the text of an article, so a line that reads as
running text is never taken whole; which words mark furniture is said in `lexicons/boilerplate.yaml`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

import daachorse

from jianbao.cleaning.bylines import BYLINE_BEGINS, TAIL_ENDS, is_byline, lead_of, tail_of
from jianbao.cleaning.convention import names_outlet
from jianbao.cleaning.datelines import DateLine
from jianbao.cleaning.lines import SHORT, Line
from jianbao.lexicon import Lexicon, load_lexicon

Flag = tuple[int, int, str]
"""Start, end and reason of a piece of furniture."""

_LONGEST = 200  # furniture lines are shorter
_LISTED = 45  # so are the links of a list
_FOOT = 12  # a notice in full sentences stands in the last lines

_DECORATIVE = "[(【〔■□◆◇●○▲►▶★☆※·•>》|#*-—–"
_DECORATION = rf"[{re.escape(_DECORATIVE)}\s]*"
_HAN = "\u3400-\u9fff"

# - 3 -, 第3页 共5页, 02版, A12: alone on their line.
_PAGE_NUMBER = re.compile(
    r"[-—–]\s?\d{1,4}\s?[-—–]|第\s?\d{1,4}\s?[页版](?:[,/ ]{0,2}共\s?\d{1,4}\s?[页版])?"
    r"|[A-Z]?\d{1,3}\s?版|[A-Z]\d{1,3}|\d{1,3}/\d{1,3}|page\s?\d{1,4}(?: of \d{1,4})?",
    re.IGNORECASE,
)
# 网易首页 > 财经频道 > 正文; two arrows, or one and a word of menus.
_BREADCRUMB = re.compile(r"[^>›»。]{1,24}(?:\s?[>›»]{1,2}\s?[^>›»。]{1,40}){1,8}[>›»]?")
_MENU_MARKS = "|>›»·,、/[]()【】〔〕:"
_PARTING = frozenset(_MENU_MARKS).union(filter(str.isspace, map(chr, range(0x3001))))  # no blank is above U+3000
_MENU_SPLIT = re.compile(rf"[{re.escape(_MENU_MARKS)}\s]+")
_BAR_HINT = re.compile(r"[\s|>›»·,、/\[\]()【】:A-Za-z]|广告|推广|业配")
_COUNT = re.compile(r"\d{1,7}")

# (新华社记者 甲 摄), 记者潘羿菁／攝影, (资料图片), 新华社发, 图/本报记者 甲: at the end of a short line.
_CREDITED = re.compile(
    rf"(?:[ \u3000/(][{_HAN}· ]{{2,6}}摄影?|/摄影?|[图圖](?:片)?[/:][^,。]{{2,20}}|记者[{_HAN} ]{{2,8}}摄影?"
    r"|\((?:资料|网络|效果|视频|网页)(?:图片?|照片?|截图)\)|供图"
    r"|\((?:[^()]{0,16}(?:提供|供图|资料照片?|翻摄[^()]*|摄|发)|图片?(?:来源|源自|由|取自|为)[^()]*)\)"
    r"|新华社发(?:\([^()]*\))?|资料照片?|资料图片?|图源[:/]?[^,。]{1,16})[)\]】〕。]?$"
)
_CREDIT_END = 24  # its words stand so near to the line's end
_UNDECORATED = re.compile(rf"^{_DECORATION}")
_LINE_MARKS = ("|", ">", "»", "›", "记者")
_TELLING = frozenset(f"第{BYLINE_BEGINS}")  # 第3页, 文:X
_MARKED = "■▲△◀►▶▼▽↑↓←→"
_SUBHEAD = 10  # 「■ 人才合作」 is a headline, a caption tells more
# 榮化董事長李謀偉 記者潘羿菁／攝影: before the text, where the line end is lost.
_GLUED_CREDIT = re.compile(rf"[^,。;!?\n]{{0,40}}?记者[{_HAN}]{{2,4}}/摄影?")
_INNER_CREDIT = re.compile(
    r"\((?:(?:图|照片|资料照)(?:[:/][^()\n。]{1,30}|[^()\n。]{0,24}(?:摄|提供|翻摄[^()\n]{0,20}|资料照片?))"
    r"|[^()\n。,]{0,12}记者[^()\n。,]{2,8}摄|资料图片?|资料照片?|网络图片)\)"
)

# &nbsp; and other entities, tags, Markdown images, the address of a Markdown link, a bare address.
_MARKUP = re.compile(
    r"&(?:nbsp;?|(?:ensp|emsp|amp|quot|lt|gt|ldquo|rdquo|middot|hellip|mdash|copy|#\d{1,6}|#x[0-9a-fA-F]{1,5});)(?:\s?&nbsp;?)*"
    r"|</?(?:p|br|div|span|strong|b|i|u|em|a|img|table|tbody|tr|td|th|font|center|script|style|h[1-6]|ul|ol|li|section|figure|figcaption)(?:\s[^<>\n]{0,400})?/?>"
    r"|!\[[^\[\]\n]{0,200}\]\([^()\s]{1,2000}(?:\s\"[^\"\n]{0,200}\")?\)"
    r"|\]\((?:https?:|/|#|mailto:|\./)(?:[^()\s]|\([^()\s]{0,200}\)){0,2000}(?:\s\"[^\"\n]{0,200}\")?\)"
    r"|(?:https?://|www\.)[!-'*+\--~]{3,2000}"
)
# 》自營商進出明細 &nbsp  》外資持股增減排行: a run of links at a line's end, each with a mark that closes nothing.
_LINK_RUN = re.compile(
    r"(?:(?<=[\s;])|^|(?<=nbsp))》[^《》。,;!?()\n]{2,20}(?:\s{0,6}(?:&nbsp;?\s{0,4})?》[^《》。,;!?()\n]{2,20}){0,12}$", re.MULTILINE
)


_LOOSE = re.compile(r"》(?<=[ \u3000\n\xa0p;].)", re.DOTALL)


class _Words:
    """The words of `boilerplate.yaml`, compiled by how they tell."""

    def __init__(self, lexicon: Lexicon) -> None:
        surfaces: dict[str, list[str]] = {}
        for surface, owners in lexicon.owners.items():
            surfaces.setdefault(owners[0].entry.sense, []).append(surface)

        def some(sense: str) -> str:
            return lexicon.alternation(surfaces.get(sense, ["\x00"]))

        self.menu = frozenset(s.lower() for s in surfaces.get("navigation/word", ()))
        self.share = frozenset(s.lower() for s in (*surfaces.get("share/word", ()), *surfaces.get("share/alone", ())))
        self.alone = frozenset(surfaces.get("share/alone", ()))
        self.advert = frozenset(s.lower() for s in surfaces.get("advert/word", ()))
        self.opens = re.compile(
            rf"{_DECORATION}(?:"
            rf"(?P<navigation>(?:{some('navigation/opens')})\s?(?:[\])】〕:>》|,(]|\s|$))"
            rf"|(?P<share>(?:{some('share/opens')})\s?(?:[\])】:|,(]|\s|[大小\d]|$))"
            rf"|(?P<editor>(?:{some('editor/label')})\s{{0,2}}(?:[:|]|/(?={_HAN_CLASS})))"
            rf"|(?P<copyright>(?:{some('copyright/opens')}))"
            rf"|(?P<caption>(?:{some('caption/opens')})(?:[:]|\s|(?<=图为)))"
            r")",
            re.IGNORECASE,
        )
        self.heading = re.compile(
            rf"{_DECORATION}(?:(?P<related>(?:{some('related/heading')})(?:[:\s>》/|\-—–\])】〕》]*|\s?\(.{{1,12}}\))|(?:{some('related/heading')})\s?[:|]\s?\S.{{0,80}})"
            rf"|(?P<copyright>(?:{some('copyright/heading')})[:\s\])】]*))$",
            re.IGNORECASE,
        )
        # What a line must begin with, in capitals or not and decoration aside, before a pattern is worth trying.
        self.starts = frozenset(
            start
            for sense, several in surfaces.items()
            if sense.endswith(("/opens", "/label", "/heading"))
            for surface in several
            for start in (surface[:2].lower(), surface[:2].upper(), surface[:2].capitalize(), surface[:2].capitalize().swapcase())
        )
        self.side_by_side = self.share | self.menu | self.advert
        telling = dict.fromkeys(sorted(self.side_by_side), "")
        telling |= {s.lower(): sense.partition("/")[0] for sense in ("copyright/inside", "advert/inside") for s in surfaces.get(sense, ())}
        self._reasons = list(telling.values())
        self._finder = daachorse.CharwiseDoubleArrayAhoCorasick(list(telling)) if telling else None
        services = lexicon.alternation([s for s in surfaces.get("share/word", ()) if len(s) > 2 or s in ("微信", "微博")])
        self.bar = re.compile(
            rf"(?:分享|转发|推文)(?:到|至)?[:\s]{{0,12}}(?:{services})(?![a-z])(?:[\s|、,/]{{1,12}}(?:{services})(?![a-z]))*", re.IGNORECASE
        )

    def find(self, lines: Mapping[int, str]) -> tuple[dict[int, str], set[int]]:
        """Of lines by their index: the reason of those inside which a word stands that marks them, and those of which a word of menus, share bars or
        adverts is a part, so that no other need be taken apart.
        """
        inside: dict[int, str] = {}
        barred: set[int] = set()
        if self._finder is None or not lines:
            return inside, barred
        lowered = [text.lower() for text in lines.values()]  # each apart: İ becomes two characters
        whole = "\n".join(["", *lowered, ""])
        found: list[tuple[int, str]] = []
        for start, end, number in self._finder.find_overlapping(whole):
            reason = self._reasons[number]
            if reason or (whole[start - 1] in _PARTING and whole[end] in _PARTING):
                found.append((start, reason))
        if not found:
            return inside, barred
        starts = list(accumulate((len(text) + 1 for text in lowered), initial=1))
        indices = list(lines)
        for start, reason in found:
            index = indices[bisect_right(starts, start) - 1]
            if reason:
                inside[index] = reason
            else:
                barred.add(index)
        return inside, barred


_HAN_CLASS = f"[{_HAN}]"


@lru_cache(maxsize=4)
def _words(lexicon: Lexicon) -> _Words:
    return _Words(lexicon)


def boilerplate_of(folded: str, lines: Sequence[Line], dates: Sequence[DateLine]) -> tuple[Flag, ...]:
    """The furniture of a page, in order and apart.

    Args:
        folded: The folded text of the page.
        lines: Its lines.
        dates: The lines that say when it was published.
    """
    words = _words(load_lexicon("boilerplate"))
    flags: list[Flag] = [(d.start, d.end, "date_line") for d in dates]
    flags += _line_flags(folded, lines, words)
    flags += _part_flags(folded, lines, words)
    return _apart(flags)


def _apart(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """The flags in order, none over another: of two that overlap the longer stays whole and the other keeps what is left of it."""
    chosen: list[Flag] = []
    for start, end, reason in sorted(flags, key=lambda f: (f[0], -f[1])):
        if chosen and start < chosen[-1][1]:
            start = chosen[-1][1]
        if start < end:
            chosen.append((start, end, reason))
    return tuple(chosen)


# ---- whole lines, and the bylines that begin and end paragraphs ---------------------------------------------------------


def _line_flags(folded: str, lines: Sequence[Line], words: _Words) -> Iterator[Flag]:
    foot = len(lines) - _FOOT
    bodies: set[int] = set()
    sought: dict[int, str] = {}
    for index, line in enumerate(lines):
        text = line.text
        if len(text) <= _LONGEST:
            if _reads_as_text(line):
                bodies.add(index)
                if index < foot:
                    continue
            sought[index] = text
    inside, barred = words.find(sought)
    marked = barred.union(inside, _marked(folded, lines))
    under: str | None = None  # the heading whose list or notice goes on
    before: str | None = None  # the reason of the line before
    caption_end = -1
    for index, line in enumerate(lines):
        if index < caption_end:
            yield line.start, line.end, "caption"
            continue
        if under is None and index not in marked and _is_plain(line.text, words):
            before = None
            continue
        if under and not _belongs(line, under):
            under = None
        reason: str | None = None
        if len(line.text) <= _LONGEST:
            first = index == 0 and len(lines) > 1
            reason = _reason_of(line, words, before, inside.get(index), body=index in bodies, first=first, foot=index >= foot, barred=index in barred)
        if reason is None and under:
            reason = under
        if reason is None and line.text[0] in _MARKED:
            caption_end = _caption_end(lines, index)
            reason = "caption" if caption_end > index else None
        if reason in ("related", "copyright") and words.heading.match(line.text):
            under = reason
        before = reason
        if reason:
            yield line.start, line.end, reason
            continue
        lead = lead_of(line.text)
        if lead:
            yield line.start + lead.start, line.start + lead.end, "byline"
        tail = tail_of(line.text)
        if tail is not None:
            reason = "byline" if "编" not in line.text[tail:] else "editor"
            yield line.start + tail, line.end, reason


def _marked(folded: str, lines: Sequence[Line]) -> Iterator[int]:
    """The indices of the lines that hold a bar of a menu or a reporter."""
    for mark in _LINE_MARKS:
        if mark in folded:  # most pages have none
            yield from (i for i, line in enumerate(lines) if mark in line.text)


def _is_plain(text: str, words: _Words) -> bool:
    """Whether a line that no mark and no word inside it tell begins and ends as lines of the text do: most are, and need no closer look."""
    return (
        "\u3400" <= text[0] <= "\u9fff"
        and text[0] not in _TELLING
        and text[:2] not in words.starts
        and text[-1] not in TAIL_ENDS
        and (len(text) > 2 * SHORT or not _may_be_credited(text))
        and lead_of(text) is None
    )


def _belongs(line: Line, heading: str) -> bool:
    """Whether a line still belongs to the heading above: a link of a list, or a paragraph of a notice that no empty line parts from it."""
    if heading == "copyright":
        return not line.after_blank
    return len(line.text) < _LISTED and not line.is_body and not line.is_sentence and not lead_of(line.text) and not is_byline(line.text)


def _reads_as_text(line: Line) -> bool:
    """Whether a line has a full stop inside it, or is long and ends as a sentence does."""
    text = line.text
    return "。" in text[:-1] or (len(text) > SHORT and line.is_sentence)


def _reason_of(line: Line, words: _Words, before: str | None, inside: str | None, *, body: bool, first: bool, foot: bool, barred: bool) -> str | None:
    """Why a whole line is furniture; of running text only a notice at the foot of the page and a caption are.

    Args:
        line: A line of at most _LONGEST characters.
        words: The words that tell.
        before: The reason of the line before.
        inside: The reason that a word inside the line is.
        body: Whether it reads as text.
        first: Whether it is the first of several.
        foot: Whether it is one of the last.
        barred: Whether a part of it is a word of a menu, share bar or advert.
    """
    text = line.text
    length = len(text)
    begins = text[:2] in words.starts or (text[0] in _DECORATIVE and _UNDECORATED.sub("", text[:16])[:2] in words.starts)
    if length < SHORT * 2 and not body:
        if (text[0] < "\u3000" or text[0] == "第" or not text[0].isalpha()) and _PAGE_NUMBER.fullmatch(text):
            return "page_number"
        if before == "share" and _COUNT.fullmatch(text):
            return "share"
        if (barred or "|" in text or ">" in text or "»" in text or "›" in text) and (reason := _reason_of_bar(text, words, before)):
            return reason
        if text in words.alone:
            return "share"
        if before is None and first and text in words.menu:
            return "navigation"  # the section that a page stands in
        if begins and (heading := words.heading.match(text)):
            return heading.lastgroup
    opened = words.opens.match(text) if begins else None
    if opened:
        reason = opened.lastgroup
        if (reason == "copyright" and foot) or (reason == "caption" and length <= 2 * SHORT) or not (body or line.is_sentence):
            return reason
    if inside and (not body or (inside == "copyright" and foot)):
        return inside
    if length <= 2 * SHORT:
        if not body and is_byline(text):
            return "byline"
        if _may_be_credited(text) and _CREDITED.search(text, max(0, length - SHORT)):
            return "caption"
    return None


def _may_be_credited(text: str) -> bool:
    """Whether _CREDITED is worth trying: it is slow, and 资 and 供 stand in lines of all kinds."""
    end = text[-_CREDIT_END:]
    if "摄" in end or "图" in end or "社发" in end:
        return True
    if "资" not in end and "供" not in end:
        return False
    bare = text.rstrip(")]】〕。")
    return bare.endswith(("照", "片")) or ")" in text[len(bare) :]


def _reason_of_bar(text: str, words: _Words, before: str | None) -> str | None:
    """Menus, breadcrumbs and share bars: lines of words that stand side by side."""
    if (">" in text or "»" in text or "›" in text) and _BREADCRUMB.fullmatch(text):
        parts = [p for p in _MENU_SPLIT.split(text) if p]
        if text.count(">") + text.count("»") + text.count("›") > 1 or any(p in words.menu or p.endswith(("首页", "频道")) for p in parts):
            return "navigation"
    if len(text) > 3 and before != "share" and not _BAR_HINT.search(text):
        return None
    tokens = [t for t in _MENU_SPLIT.split(text.lower()) if t]
    bars = text.count("|")
    if not tokens or len(tokens) > 40 or (bars < 2 and words.side_by_side.isdisjoint(tokens)):
        return None
    shared = menu = counts = 0
    for token in tokens:
        shared += token in words.share
        menu += token in words.menu
        counts += _COUNT.fullmatch(token) is not None
    several = len(tokens) > 1
    if shared and shared + (counts if several else 0) == len(tokens) and (several or before == "share" or text.isascii()):
        return "share"
    if not several and tokens[0] in words.advert:
        return "advert"
    if len(tokens) > 2 and menu * 3 >= len(tokens) * 2:
        return "navigation"
    # 聯合新聞網|產經|產業綜合, 某网简介|广告服务|联系我们|招聘信息: short words between bars; a row of a table begins with one or has numbers.
    if bars < 2 or text[0] == "|" or not all(len(token) <= 12 and not token.isdigit() for token in tokens):
        return None
    return "navigation" if bars > 3 or menu or names_outlet(tokens[0]) else None


def _caption_end(lines: Sequence[Line], index: int) -> int:
    """The index after the last line of a caption that a mark opens (■甲市代表在香港簽約後合影); `index` where the mark opens something else."""
    line = lines[index]
    neighbours = [lines[i] for i in (index - 1, index + 1) if 0 <= i < len(lines)]
    if any(other.text[0] == line.text[0] for other in neighbours):
        return index  # items of a list
    end = index + 1
    while end < len(lines) and not lines[end].after_blank and end - index < 5:
        end += 1
    text = "".join(other.text for other in lines[index:end])
    if end - index == 5 or len(text) > 2 * SHORT or len(text) < _SUBHEAD + 1 or "。" in text[:-1] or line.text[0] != text[0]:
        return index
    return end


# ---- parts of lines -----------------------------------------------------------------------------------------------------


def _part_flags(folded: str, lines: Sequence[Line], words: _Words) -> Iterator[Flag]:
    if "&" in folded or "<" in folded or "](" in folded or "http" in folded or "www." in folded:
        for match in _MARKUP.finditer(folded):
            yield *match.span(), "markup"
    if _LOOSE.search(folded):
        for match in _LINK_RUN.finditer(folded):
            yield *match.span(), "related"
    if "分享" in folded or "转发" in folded or "推文" in folded:
        for match in words.bar.finditer(folded):
            yield *match.span(), "share"
    if "摄" in folded or "(图" in folded or "(资料" in folded or "(照片" in folded:
        for match in _INNER_CREDIT.finditer(folded):
            yield *match.span(), "caption"
        if "/摄" in folded:
            for line in lines:
                if "/摄" in line.text and (credit := _GLUED_CREDIT.match(line.text, 0, 80)):
                    yield line.start, line.start + credit.end(), "caption"
