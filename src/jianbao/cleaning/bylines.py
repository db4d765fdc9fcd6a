"""Bylines and wire datelines: 本报讯(记者 覃雨桐), 新华社北京3月5日电, 〔記者許廷瑜／綜合報導〕, 【明報專訊】, 本报记者 王茵 摄影报道.

All patterns read folded text: half-width brackets, colons and strokes, Simplified characters.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from jianbao.lexicon import load_lexicon

_HAN = "\u3400-\u9fff"
# 王茵, 欧阳慧贤, 阿不都·热合曼, and 王 茵 with the blank that makes two characters as wide as three.
_NAME = rf"(?:[{_HAN}]{{1,6}}·[{_HAN}]{{1,6}}|[{_HAN}][ \u3000]{{1,2}}[{_HAN}](?![{_HAN}])|[{_HAN}]{{2,4}})"
_ROLE = "(?:记者|通讯员|特派员|评论员|实习生|特约撰稿人|撰稿人|作者|摄影师|编译|实习记者|见习记者)"
_WRITES = "(?:报导|报道|专访|电|讯|消息|特稿|专电|编译|整理|直击|采访)"

# At the start of a paragraph; the text goes on behind it.
_PAPER = r"本(?:报|网|刊|台|社)"
_PEOPLE = rf"\((?:[{_HAN}]{{0,10}}{_ROLE}|文/|文:)[^()\n]{{1,80}}\)"
_LEADS = re.compile(
    # 本报讯, 本报讯(记者 X), 本报福州5月21日讯(记者 X), 本报北京3月5日电 记者X报道:
    rf"(?P<paper>{_PAPER}(?:综合|独家|最新)?(?:讯|消息)(?=[\s(:,]|(?:{_ROLE}))(?:\s*+{_PEOPLE}|:)?"
    rf"|{_PAPER}[{_HAN}]{{0,8}}?(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日(?:专|综合)?(?:讯|电)(?:\s*+{_PEOPLE})?)"
    # 新华社北京3月5日电(记者 X), 中新网香港3月5日电, 人民网长春5月27日电; 据新华社电
    rf"|(?P<wire>据?[{_HAN}A-Za-z]{{2,14}}?(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日(?:专|综合|体育|日|早|午|晚)?(?:讯|电|消息)(?=[\s(:,])(?:\s*+{_PEOPLE})?"
    rf")"
    # 据新华社电 is a byline; 据新华社报道, is a phrase of the text.
    rf"|(?P<quoted>据(?:新华社|中新社|新华网|央视)(?:电|消息)(?=[\s:]))"
    # 〔記者許廷瑜／綜合報導〕 (中央社記者王小明台北3日電) 【明報專訊】 【本報消息】 [香港商報訊] 〔財經頻道／綜合報導〕
    rf"|(?P<bracket>[〔【\[(][^〔〕【】\[\]()\n。,]{{1,50}}{_WRITES}[〕】\])]:?)"
    # 香港文匯報訊(記者 X 報道), 大公報訊 記者X報道
    rf"|(?P<own>[{_HAN}]{{2,8}}讯\s?(?:{_PEOPLE}|记者[{_HAN}、 ]{{2,16}}报道:?))"
    # 記者陳大明／台北報導, without brackets; 記者陳大明台北報導
    rf"|(?P<bare>(?:[{_HAN}]{{2,6}})?记者[{_HAN}、 ]{{2,20}}?(?:/[{_HAN}]{{2,6}}|[{_HAN}]{{2}})(?:综合)?报导(?=[\s:]|$))"
)
# …17歐洲議員出席〔記者呂伊萱／綜合報導〕: behind a headline whose line end is lost.
_GLUED = re.compile(rf"[〔【][^〔〕【】\[\]()\n。,]{{0,30}}记者[^〔〕【】\[\]()\n。,]{{1,40}}{_WRITES}[〕】]")
_RUNNING = re.compile("[。,;]")
_TAIWAN = re.compile(r"/[^/]{1,8}报导|记者.{2,14}报导|中央社|[台][北中南湾][\d一二三四五六七八九十廿]{1,3}日电")
_EDITOR = re.compile(r"\s(?:责任)?编辑[:/].{1,12}$")  # 作者:甲 编辑:乙
_TAIWAN_INNER = re.compile(rf"记者[{_HAN}、 ]{{2,24}}/[{_HAN}]{{2,6}}报导")
_WIRE_DAY = re.compile(r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日\S{0,2}?[电讯]")

# A whole line: 本报记者 王茵 摄影报道; ■记者 X; 文:X; 撰文: X; 作者/X; 记者 甲 通讯员 乙 文/图
_CREDIT = r"(?:摄影报道|文/图|图/文|文图|图文|文并摄|综合报道|综合报导|报道|报导|整理|采写|编译|摄影|文|专稿)"
_WHOLE = re.compile(
    rf"(?:[■□◆◇●○▲△★☆►▶]\s?)?(?:"
    rf"(?:{_PAPER}|[{_HAN}]{{2,10}})?(?:特约|见习|实习|首席|驻[{_HAN}]{{2,6}}|融媒体?|全媒体?)?{_ROLE}[\s:/]*{_NAME}(?>(?:[、,\s/和]{{1,3}}{_NAME}|\s*{_ROLE}[\s:/]*{_NAME})*)"
    rf"(?:\s*/?\s*{_CREDIT})?(?:\s*[{_HAN}]{{2,8}}报[道导])?"
    rf"|(?:文/图|图/文|文图|文|撰文|作者|采写|文字|整理|采访|编译|撰稿)\s?[:/|]\s?{_NAME}(?>(?:[、,\s/和]{{1,3}}(?:图[:/])?{_NAME})*)(?:\s*\S{{1,12}})?"
    rf"|{_PAPER}\S{{0,6}}记者)"
)
BYLINE_BEGINS = "文图撰作采整编通特■□◆●"
"""What a line that is a byline begins with where it names no 记者."""
_NOT_A_NAME = re.compile(r"编辑|获悉|了解|发现|看到|采访|走进|来到|注意|梳理|从|在|问|说|手记|观察|会|调查|日前|近日|昨|今")

# At the end of a paragraph: (记者 魏承) (本报记者 甲 通讯员 乙) (编辑:X)1120503
_TAIL = re.compile(
    rf"[(〔【\[](?:[{_HAN}]{{0,8}}{_ROLE}|文|作者|撰文|翻译|译)[\s:/][^()〔〕【】\[\]\n。]{{1,50}}[)〕】\]]$"
    r"|[(\[](?:责任编辑|责编|编辑|核稿|实习编辑|译者|编译|编审)[\s:/][^()\[\]\n。]{1,40}[)\]]\s?\d{0,8}$|\(完\)$"
)
TAIL_ENDS = ")〕】]0123456789"
"""The last character of a line that ends in a byline."""
_AUTHORS = re.compile(
    rf"(?:记者|通讯员|特派员|评论员|实习生|撰稿人|作者|撰文|采写|(?<![\u3400-\u9fff])文(?:/图|图)?)[\s:/|]*+(?P<names>{_NAME}(?>(?:[、,和\s]{{1,3}}(?!{_ROLE}|文/|摄|图|驻|编|责){_NAME})*))"
)
_GLUED_PLACE = re.compile(
    rf"(?P<name>[{_HAN}]{{3}}(?=[{_HAN}]{{2,4}}\d)|[{_HAN}]{{2}})(?:[{_HAN}]{{2,4}})(?:\d{{1,2}}月)?\d{{1,2}}日(?:专)?电|(?P<short>[{_HAN}]{{3}})[{_HAN}]{{2}}(?:综合)?报导"
)
_PIECE = re.compile(rf"{_NAME}")
_GAZETTEERS = ("regions_china", "regions_taiwan", "regions_world", "regions_cities")
_DATE_AFTER = re.compile(r"\s*(?:19|20)\d\d")
_BLANKS = re.compile(r"[ \u3000]")
_TRIM = re.compile(rf"(?:摄影?|报[道导]|{_ROLE}|整理|(?<=...)[文图])$")


class Lead(NamedTuple):
    """A byline at the start of a paragraph: its place in the line, its kind, and whether only a Taiwan paper prints it so.

    `start` is 0 but where a page has lost the line end between headline and byline.
    """

    start: int
    end: int
    kind: str
    taiwan: bool


@lru_cache(maxsize=1024)
def lead_of(text: str) -> Lead | None:
    """The byline that begins a line: the first 12 characters of 〔記者許廷瑜／綜合報導〕澳洲鋰礦商…; None where there is none."""
    if text[0] not in _LEAD_CHARACTERS:
        head = text[:120]
        if "讯" not in head and "电" not in head and "报" not in head:
            return None
        if "记者" not in head and "日" not in head and "讯" not in head:
            return None  # a dateline has its day, a byline its reporter
    match = _LEADS.match(text)
    if match is None:
        match = _GLUED.search(text, 0, 140) if "记者" in text[:120] else None
        if match is None or _RUNNING.search(text, 0, match.start()):
            return None
        return Lead(*match.span(), "glued", bool(_TAIWAN.search(match[0])))
    kind = match.lastgroup or ""
    surface = match[0]
    if kind == "bracket" and not re.search("记者|本报|频道|新闻|中心|专讯|报讯|社|网|综合|特派|通讯员|报道组|[报港]消息", surface):
        return None  # (见图讯) is no byline
    return Lead(0, len(surface.rstrip()), kind, bool(_TAIWAN.search(surface)))


_LEAD_CHARACTERS = "本据〔【[("


def is_taiwan_byline(text: str) -> bool:
    """Whether a line holds a byline that only a Taiwan paper prints: 記者林政鋒／高雄報導."""
    return "报导" in text[:120] and _TAIWAN_INNER.search(text, 0, 120) is not None


def wire_day(surface: str) -> tuple[int | None, int | None, int] | None:
    """Year, month and day of a wire dateline as far as it says them: 新华社北京3月5日电 is (None, 3, 5), (…台北3日電) (None, None, 3)."""
    match = _WIRE_DAY.search(surface)
    return (int(match["year"]) if match["year"] else None, int(match["month"]) if match["month"] else None, int(match["day"])) if match else None


def is_byline(text: str) -> bool:
    """Whether a line is a byline and nothing else: 本报记者 王茵 摄影报道."""
    if len(text) > 60 or not ("记者" in text or text[0] in BYLINE_BEGINS):
        return False
    text = _EDITOR.sub("", text)
    return _WHOLE.fullmatch(text) is not None and not _NOT_A_NAME.search(text)


def tail_of(text: str) -> int | None:
    """Where the byline that ends a paragraph begins: before (记者 魏承); None where there is none."""
    if text[-1] not in TAIL_ENDS:
        return None
    match = _TAIL.search(text, max(0, len(text) - 80))
    return match.start() if match else None


def authors_of(byline: str) -> list[str]:
    """The names in a folded byline, in order: 本报讯(记者 覃雨桐 通讯员 莫家兴) gives 覃雨桐 and 莫家兴."""
    names: list[str] = []
    for match in _AUTHORS.finditer(byline):
        glued = _GLUED_PLACE.match(byline, match.start("names"))
        if glued:
            names.append(glued["short"] or glued["name"])
            continue
        dated = _DATE_AFTER.match(byline, match.end("names")) is not None
        for piece in _PIECE.finditer(match["names"]):
            name = _TRIM.sub("", _BLANKS.sub("", piece[0]))
            if dated and piece.start() and piece.end() == len(match["names"]) and _is_place(name):
                continue  # 记者魏承 银川 2019-03-07: where, not who
            if len(name) > 1 and not _NOT_A_NAME.search(name):
                names.append(name)
    return list(dict.fromkeys(names))


def _is_place(name: str) -> bool:
    return any(name in load_lexicon(gazetteer).owners for gazetteer in _GAZETTEERS)
