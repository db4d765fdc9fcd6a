"""Saved web pages: the main text as trafilatura finds it, and what the page says of itself: title, outlet, author, address, date."""

import json
import logging
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jianbao.readers.base import FileError, InputFile, RawArticle, ReadOptions, empty_error, sha256
from jianbao.readers.encoding import decode
from jianbao.readers.grid import Cell, table_lines

# <meta charset="gb2312">, <meta http-equiv=… content="text/html; charset=gb2312">, <?xml … encoding="gb2312"?>
_CHARSET = re.compile(rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""")
_HEAD = 1 << 13  # bytes in which a page names its encoding
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")

# The names under which pages state things: Open Graph, schema.org, Dublin Core, and those of the standard of Chinese government sites.
_DATE_NAMES = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "pubdate", "publishdate", "publish_date",
    "publish-date", "publication_date", "bt:pubdate", "sailthru.date", "parsely-pub-date", "dc.date.issued", "dc.date", "dcterms.created",
    "dcterms.date", "date", "og:release_date", "weibo:article:create_at",
)  # fmt: skip
_OUTLET_NAMES = ("og:site_name", "sitename", "site_name", "application-name")
_AUTHOR_NAMES = ("author", "article:author", "dc.creator", "byl")
# /2018-03/30/, /2018/0330/, t20180330_1234: the day in a page's own address.
_ADDRESS_DAY = re.compile(r"/t?((?:19|20)\d\d)[-/_]?(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?=[/_])")
# 2018-03-30T08:00, 2018年3月30日, 20180330083000; neither 201803 nor a count of seconds.
_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}(?!\d)|(?:19|20)\d{6}(?=\d{6}\b|\b)")
# 题目_海岛经济网, 題目 | 聯合新聞網: the outlet behind the headline in a page's title.
_SITE_IN_TITLE = re.compile(r"[-_|｜—–]\s*([^-_|｜—–\s]{1,12}(?:[网網报報社台刊]|在线|在線|新闻|新聞|日报|日報|周报|週報|杂志|雜誌))\s*$")

SHORTEST_ARTICLE = 60
"""Characters of main text below which trafilatura looks again at the whole page: Chinese says in them what English says in 200."""
LONGEST_CELL = 80
"""A table with a longer cell lays out the page, and is none of figures."""


def read_html(file: InputFile, options: ReadOptions) -> Iterator[RawArticle | FileError]:
    """The article of a web page; an error for a file that is no text, or a page without any."""
    data = file.read_bytes()
    if not data.strip():
        yield empty_error(file.source)
        return
    decoded = decode(file.source, data, options.encoding, declared=_declared(data))
    if isinstance(decoded, FileError):
        yield decoded
        return
    if decoded.damage:
        yield decoded.damage
    tree = _parse(decoded.text)
    if tree is None:
        yield FileError(file.source, "no text", "no element of HTML stands in the file; save the page again")
        return
    about = _about(tree)
    _rewrite_tables(tree)
    text = _main_text(tree)
    if not text:
        detail = "the page shows no text: its text is loaded by a script, or it is a list of links; save it from the browser when it is complete"
        yield FileError(file.source, "no text", detail)
        return
    yield RawArticle(file.source, text, sha256(data), decoded.encoding, source_offset=None, **about)


def _declared(data: bytes) -> str | None:
    match = _CHARSET.search(data, 0, _HEAD)
    return (match[1] or match[2]).decode("ascii", "replace") if match else None


def _parse(page: str) -> Any | None:
    """The page as a tree; None if there is nothing in it."""
    import lxml.etree
    import lxml.html

    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        return lxml.html.document_fromstring(_NOT_XML.sub("", page).encode(), parser=parser)
    except lxml.etree.LxmlError:
        return None


@lru_cache(maxsize=1)
def _settings() -> Any:
    """The settings of trafilatura, with its sizes for Chinese."""
    from trafilatura.settings import use_config

    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is told in errors.jsonl
    settings = use_config()
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(SHORTEST_ARTICLE))
    return settings


def _main_text(tree: Any) -> str:
    """The paragraphs of the article, a line each; of a page in which none is found, all its text."""
    import trafilatura

    found = trafilatura.bare_extraction(tree, config=_settings(), include_comments=False, include_tables=True)
    text: str = getattr(found, "text", None) or trafilatura.html2txt(tree)
    return text.strip()


# ---- what the page says of itself -------------------------------------------------------------------------------------


def _about(tree: Any) -> dict[str, str | None]:
    """Title, outlet, author, address and publication date, where the page states them."""
    import trafilatura

    _settings()
    # The date that trafilatura finds may be any in the text, and none after today: it is not asked for one.
    known = trafilatura.extract_metadata(tree, date_config={"extensive_search": False, "max_date": "2100-12-31"})
    stated = _meta(tree)
    url = known.url or stated.get("url")
    day = next(filter(None, (_DAY.match(value) for value in (_first(stated, _DATE_NAMES), _structured_date(tree)) if value)), None)
    in_address = _ADDRESS_DAY.search(url or "")
    published = day[0] if day else "-".join(in_address.groups()) if in_address else None
    site = _SITE_IN_TITLE.search(tree.findtext(".//title") or "")
    return {
        "title": stated.get("articletitle") or known.title or None,
        "outlet": _first(stated, _OUTLET_NAMES) or (site and site[1]) or known.sitename or None,
        "author": _first(stated, _AUTHOR_NAMES) or known.author or None,
        "url": url or None,
        "published": published,
        "published_by": "meta" if published else None,
    }


def _meta(tree: Any) -> dict[str, str]:
    """The content of each `<meta>` by its name in small letters; the first where a name stands twice."""
    stated: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = _BLANKS.sub(" ", element.get("content") or "").strip()
        if name and content:
            stated.setdefault(name.strip().lower(), content)
    return stated


def _first(stated: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((stated[name] for name in names if name in stated), None)


def _structured_date(tree: Any) -> str | None:
    """`datePublished` of the page's JSON-LD, or of its only `<time pubdate>`."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                found = _date_published(json.loads(script.text or ""))
            except (ValueError, RecursionError):
                continue
            if found:
                return found
    for element in tree.iter("time"):
        if element.get("pubdate") is not None or (element.get("itemprop") or "").lower() == "datepublished":
            return str(element.get("datetime") or "") or None
    return None


def _date_published(value: Any) -> str | None:
    if isinstance(value, dict):
        own = value.get("datePublished")
        return own if isinstance(own, str) else _date_published(value.get("@graph") or value.get("mainEntity"))
    if isinstance(value, list):
        return next(filter(None, map(_date_published, value)), None)
    return None


# ---- tables -----------------------------------------------------------------------------------------------------------


def _rewrite_tables(tree: Any) -> None:
    """Puts a paragraph `header: cell` for each cell where a table of figures stands, and plain blocks where a table lays out the page."""
    import lxml.html

    for table, rows in [(table, _rows_of(table)) for table in tree.iter("table")]:
        if rows is None or table.getparent() is None:
            for element in (table, *table.iter("thead", "tbody", "tfoot", "tr", "td", "th")):
                element.tag = "div"
            continue
        block = lxml.html.Element("div")
        for line in table_lines(rows):
            paragraph = lxml.html.Element("p")
            paragraph.text = line
            block.append(paragraph)
        block.tail = table.tail
        table.getparent().replace(table, block)


def _rows_of(table: Any) -> list[list[Cell]] | None:
    """The rows of a table of figures or facts; None for one that lays out the page, or a list of links."""
    if next(table.iterdescendants("table", "form", "input", "img", "iframe", "h1", "h2", "h3"), None) is not None:
        return None
    rows = []
    linked = total = 0
    for row in table.iter("tr"):
        cells = []
        for element in row.iterchildren("td", "th"):
            text = _BLANKS.sub(" ", element.text_content().replace("\xa0", " ")).strip()
            if len(text) > LONGEST_CELL or len(element.findall(".//p")) > 3:
                return None
            total += len(text)
            linked += sum(len(link.text_content()) for link in element.iter("a"))
            cells.append(Cell(text, element.tag == "th", _span(element, "colspan"), _span(element, "rowspan")))
        rows.append(cells)
    if len(rows) < 2 or max(map(len, rows)) < 2 or linked * 2 > total:
        return None
    return rows


def _span(element: Any, name: str) -> int:
    value = (element.get(name) or "").strip()
    return max(1, int(value)) if value.isdecimal() and len(value) < 5 else 1
