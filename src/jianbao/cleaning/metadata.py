"""Title, outlet, author and address of an article, where its file does not say them: from headline, source line, masthead, byline, copyright."""

import re
from collections.abc import Mapping, Sequence

from jianbao.cleaning.boilerplate import Flag
from jianbao.cleaning.bylines import Lead, authors_of, is_byline, lead_of, tail_of
from jianbao.cleaning.convention import known_outlet, names_outlet
from jianbao.cleaning.lines import Line
from jianbao.cleaning.pages import headline_start

_TITLE = 60
_HEAD = 14
_FOOT = 14
_NOT_ABOVE_TITLE = ("navigation", "share", "date_line", "byline", "caption", "page_number", "editor", "advert", "markup", "copyright")

_HEADING = re.compile(r"#{1,6}\s+(?P<title>\S.*?)\s*#*$")
_LABELLED_TITLE = re.compile(r"(?:标题|题目|主题)\s?:\s*(?P<title>\S.*)$")
# 某市召开座谈会_某某在线, 某市召开座谈会 - 人民网: the title of a saved page names its site.
_SITE = re.compile(r"\s?(?:[_|]|\s[-—–]\s)\s?(?P<site>[^_|]{2,24})$")

# 来源:浙江发布, 稿源 甲报; not 资料来源, 图片来源.
_SOURCE = re.compile(
    r"(?<![资图视数片料频据电])(?:来源|稿源|文章来源|信息来源|新闻来源|稿件来源|转载自|转自|出处|媒体)\s?[:|]\s*[-—《“\"(]{0,2}"
    r"(?P<name>[^\s|,。;:《》“”\"()\[\]【】〔〕]{2,24}(?: ?[A-Za-z]+)?)"
)
# What a line must hold before those two patterns are worth trying; they read every character of it several times.
_SOURCE_HINTS = ("源", "自", "出处", "媒体")
_COPYRIGHT_HINTS = ("copyr", "版权所有", "©", "(c)", "保留所有权利", "著作权", "all r")
_NO_OUTLET = re.compile(r"本[网站报刊]|原创|网络|互联网|综合|转载|未知|不详|其他|作者|编辑|时间|日期|责任|点击|http")
_MEDIUM = re.compile(
    r"(?:日报|晚报|时报|早报|晨报|商报|都市报|快报|周报|周刊|新报|导报|[\u3400-\u9fff]报|网|新闻|电视台|电台|广播|通讯社|新闻社|在线|传媒|卫视|杂志|融媒|融媒体中心|发布|观察|财经)$"
)
_TOKEN = re.compile(r"[^\s|·,:()〔〕\[\]【】《》/-]+")
_COPYRIGHT = re.compile(r"copyright|版权所有|©|\(c\)|保留所有权利|著作权|all rights? reserved", re.IGNORECASE)
_PARTS = re.compile(
    r"[\s|·,、:()©《》\"“”]+|copyright|版权所有|all rights? reserved|保留[所一][有切]权利|(?:19|20)\d\d(?:\s?[-—–~]\s?(?:19|20)\d\d)?|by\b|\(c\)",
    re.IGNORECASE,
)
_MASTHEAD_IN_BRACKET = re.compile(r"[〔【\[](?P<name>[\u3400-\u9fffA-Za-z]{2,10}?)(?:专讯|报讯|讯|消息|综合报道|报道|综合报导|报导)[〕】\]]")
_OWN_NEWS = re.compile(r"^(?P<name>[\u3400-\u9fff]{2,8})讯")
_AGENCY = re.compile(r"^[(〔【]?(?:据)?(?P<name>[\u3400-\u9fffA-Za-z]{2,10})")
_REPORTER_OF = re.compile(r"(?P<name>[\u3400-\u9fffA-Za-z]{2,12})(?:特约|见习|驻[\u3400-\u9fff]{2,6})?记者")
_URL = re.compile(r"(?:(?:原文)?(?:链接|网址|地址)|url|来源网址)?\s?[:|]?\s*(?P<url>https?://[!-~]+)$", re.IGNORECASE)
_LIST_OF_NAMES = 6


def title_of(source: str, lines: Sequence[Line], flags: Sequence[Flag]) -> str | None:
    """The headline as printed: a Markdown heading, the line after 标题, or the first short line that is no furniture and no sentence."""
    flagged = {start: (end, reason) for start, end, reason in flags}
    # Boxes may stand above the headline of a printed page; the byline below it shows which line is the headline.
    signed = next((i for i, line in enumerate(lines[:_HEAD]) if lead_of(line.text) or is_byline(line.text)), 0)
    first = headline_start(lines, signed, 0)
    for line in [*lines[first:signed], *lines[:_HEAD]]:
        if heading := _HEADING.match(line.text):
            return _printed(source, line, heading, "title")
        if line.is_body:
            return None
        if labelled := _LABELLED_TITLE.match(line.text):
            return _printed(source, line, labelled, "title")
        end, reason = flagged.get(line.start, (0, ""))
        if reason in _NOT_ABOVE_TITLE and end >= line.end:
            continue
        if len(line.text) > _TITLE or (line.is_sentence and not line.text.endswith(("!", "?", "”", "」"))) or line.text[-1] in ",;:、":
            return None
        if lead_of(line.text) or names_outlet(line.text):
            continue
        title = source[line.start : line.end]
        site = _SITE.search(line.text)
        if site and (known_outlet(site["site"]) or _MEDIUM.search(site["site"])):
            title = title[: site.start()].rstrip()
        return title or None
    return None


def _printed(source: str, line: Line, match: re.Match[str], group: str) -> str | None:
    start, end = match.span(group)
    return source[line.start + start : line.start + end].strip() or None


def outlet_of(source: str, lines: Sequence[Line], flags: Sequence[Flag], lead: Lead | None, lead_line: Line | None) -> str | None:
    """The paper, agency or site that published an article, as printed: from 来源, the masthead, the byline, the copyright line, the breadcrumb."""
    edges = [*lines[:_HEAD], *(lines[max(_HEAD, len(lines) - _FOOT) :])]
    for line in edges:
        text = line.text
        if (
            (":" in text or "|" in text)
            and len(text) <= 200
            and "。" not in text[:-1]
            and _hinted(text, _SOURCE_HINTS)
            and (match := _SOURCE.search(text))
        ):
            name = match["name"]
            if not _NO_OUTLET.match(name):
                return _slice(source, line, match.span("name"))
    reasons = {start: reason for start, _, reason in flags}
    return (
        (_outlet_signed(source, lines[:_HEAD], edges, reasons, lead, lead_line) if flags else None)
        or next((source[line.start : line.end] for line in lines[:2] if names_outlet(line.text)), None)
        or _outlet_of_copyright(source, lines[-_FOOT:])
        or (_outlet_of_menu(source, lines[:_HEAD], reasons) if flags else None)
    )


def _outlet_signed(
    source: str, head: Sequence[Line], edges: Sequence[Line], reasons: Mapping[int, str], lead: Lead | None, lead_line: Line | None
) -> str | None:
    """The outlet that a date line or a byline names."""
    for line in head:
        if reasons.get(line.start) == "date_line" and (found := _medium_in(source, line)):
            return found
    if lead and lead_line and (found := _outlet_of_lead(source, lead, lead_line)):
        return found
    for line in edges:
        if reasons.get(line.start) == "byline" and is_byline(line.text) and (match := _REPORTER_OF.search(line.text)) and known_outlet(match["name"]):
            return _slice(source, line, match.span("name"))
        tail = tail_of(line.text)
        if tail is not None and (match := _REPORTER_OF.search(line.text, tail)) and known_outlet(match["name"]):
            return _slice(source, line, match.span("name"))
    return None


def _outlet_of_copyright(source: str, foot: Sequence[Line]) -> str | None:
    short = [line for line in reversed(foot) if len(line.text) <= 200]
    for line in short if _hinted("\n".join([line.text for line in short]).lower(), _COPYRIGHT_HINTS) else ():
        if not _COPYRIGHT.search(line.text):
            continue
        if found := _medium_in(source, line, _PARTS):
            return found
    return None


def _outlet_of_menu(source: str, head: Sequence[Line], reasons: Mapping[int, str]) -> str | None:
    for line in head:
        if reasons.get(line.start) == "navigation" and (found := _medium_in(source, line, first_only=True)):
            return found
    return None


def _hinted(text: str, hints: tuple[str, ...]) -> bool:
    for hint in hints:  # noqa: SIM110  # any() would cost as much as the pattern
        if hint in text:
            return True
    return False


def _slice(source: str, line: Line, span: tuple[int, int]) -> str:
    return source[line.start + span[0] : line.start + span[1]].strip()


def _medium_in(source: str, line: Line, separator: re.Pattern[str] | None = None, *, first_only: bool = False) -> str | None:
    """The first part of a line that names a medium: known to the gazetteer, or with the name of one (…日报, …在线)."""
    spans = [m.span() for m in _TOKEN.finditer(line.text)]
    if separator:
        edges = [0, *(edge for m in separator.finditer(line.text) for edge in m.span()), len(line.text)]
        spans = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
    for start, end in spans[: 2 if first_only else 12]:
        start += len(line.text[start:end]) - len(line.text[start:end].lstrip("0123456789"))  # 00:12經濟日報
        token = line.text[start:end].removesuffix("首页").removesuffix("版权").partition("记者")[0]
        if not 2 <= len(token) <= 20 or _NO_OUTLET.match(token):
            continue
        known = known_outlet(token)
        if (known and len(known.surface) >= len(token) - 3) or (_MEDIUM.search(token) and len(token) > 2):
            return _slice(source, line, (start, start + len(token)))
    return None


def _outlet_of_lead(source: str, lead: Lead, line: Line) -> str | None:
    surface = line.text[lead.start : lead.end]
    for pattern in (_MASTHEAD_IN_BRACKET, _OWN_NEWS, _REPORTER_OF, _AGENCY):
        match = pattern.search(surface)
        if not match or match["name"].startswith("本"):
            continue
        name = match["name"]
        known = known_outlet(name)
        if known is None or (pattern is _AGENCY and not name.startswith(known.surface)):
            continue
        start = lead.start + match.start("name") + name.find(known.surface)
        return _slice(source, line, (start, start + len(known.surface)))
    return None


def author_of(source: str, lines: Sequence[Line], flags: Sequence[Flag]) -> str | None:
    """The names in an article's byline, joined by 、: 覃雨桐、莫家兴."""
    if not flags:
        return None  # a byline is one
    reasons = {start: (end, reason) for start, end, reason in flags}
    for line in lines[:_HEAD]:
        end, reason = reasons.get(line.start, (0, ""))
        signed = line.text[: end - line.start] if reason in ("byline", "date_line", "editor") else ""
        if not signed and (lead := lead_of(line.text)):
            signed = line.text[lead.start : lead.end]
        if signed and (names := authors_of(signed)):
            return "、".join(_as_printed(source, line, names))
    for line in reversed(lines[-_FOOT:]):
        tail = tail_of(line.text)
        if tail is not None and "编" not in line.text[tail:] and (names := authors_of(line.text[tail:])):
            return "、".join(_as_printed(source, line, names))
    return None


def _as_printed(source: str, line: Line, names: Sequence[str]) -> list[str]:
    """The names in the script of the article."""
    printed = []
    for name in names[:_LIST_OF_NAMES]:
        at = line.text.find(name)
        printed.append(source[line.start + at : line.start + at + len(name)] if at >= 0 else name)
    return printed


def url_of(source: str, lines: Sequence[Line]) -> str | None:
    """The address that a line of its own gives."""
    for line in [*lines[:_HEAD], *lines[max(_HEAD, len(lines) - _FOOT) :]]:
        if ("http" in line.text) and len(line.text) < 500 and (match := _URL.match(line.text)):
            return _slice(source, line, match.span("url"))
    return None
