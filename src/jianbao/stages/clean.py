"""clean: what an article says of itself, which of its text is furniture, and the articles of a page that holds several."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from jianbao.cleaning.boilerplate import boilerplate_of
from jianbao.cleaning.bylines import Lead, is_taiwan_byline, lead_of
from jianbao.cleaning.convention import convention_of
from jianbao.cleaning.datelines import DateLine, date_lines, partial_day, path_day, path_month
from jianbao.cleaning.lines import Line, lines_of
from jianbao.cleaning.metadata import author_of, outlet_of, title_of, url_of
from jianbao.cleaning.pages import article_starts
from jianbao.cleaning.script import script_of
from jianbao.folding import load_folding
from jianbao.records import Article, make_id

_TOLD = ("meta", "field")
"""How a publication day is known that no sign in the text outweighs."""
_HEAD = 10


def clean(articles: Iterable[Article]) -> Iterator[Article]:
    """Each article with what it says of itself and its furniture flagged; a page that holds several as the articles that tile it.

    Texts stay as they are: each character of a page belongs to exactly one of its articles.
    """
    folding = load_folding()
    for page in articles:
        folded = folding.fold_article(page.text)
        lines = lines_of(folded)
        starts = [] if page.title is not None or "#" in page.source else article_starts(lines)
        if not starts:
            yield _described(page, folded, lines, None)
            continue
        first: Article | None = None
        for part in _parts(page, starts):
            folded = folding.fold_article(part.text)
            described = _described(part, folded, lines_of(folded), first)
            first = first or described
            yield described


def _parts(page: Article, starts: list[int]) -> list[Article]:
    """The articles of a page, each with its own id and offset."""
    edges = [0, *starts, len(page.text)]
    base = page.source_offset
    parts = []
    for start, end in pairwise(edges):
        update: dict[str, object] = {"text": page.text[start:end]}
        if start:
            update |= {"id": make_id("a", page.source, (base or 0) + start), "source_offset": None if base is None else base + start}
        parts.append(page.model_copy(update=update))
    return parts


def _described(article: Article, folded: str, lines: list[Line], page: Article | None) -> Article:
    """The article with its metadata, convention and furniture.

    Args:
        article: An article as read.
        folded: Its text folded.
        lines: Its lines.
        page: The first article of its page, which gives what this one does not say.
    """
    source = article.text
    dates = date_lines(lines)
    published, published_by = _published(article, lines, dates, page)
    flags = boilerplate_of(folded, lines, dates)
    lead, lead_line = _lead(lines)
    outlet = article.outlet or outlet_of(source, lines, flags, lead, lead_line) or (page.outlet if page else None)
    return article.model_copy(
        update={
            "title": article.title or title_of(source, lines, flags),
            "outlet": outlet,
            "author": article.author or author_of(source, lines, flags),
            "url": article.url or url_of(source, lines) or (page.url if page else None),
            "published": published,
            "published_by": published_by,
            "script": script_of(source),
            "convention": convention_of(
                folded, outlet, taiwan_byline=(lead is not None and lead.taiwan) or any(is_taiwan_byline(line.text) for line in lines[:_HEAD])
            ),
            "boilerplate": flags,
        }
    )


def _lead(lines: list[Line]) -> tuple[Lead | None, Line | None]:
    """The byline at the head of an article, and its line."""
    for line in lines[:_HEAD]:
        if lead := lead_of(line.text):
            return lead, line
    return None, None


def _published(article: Article, lines: list[Line], dates: list[DateLine], page: Article | None) -> tuple[str | None, str | None]:
    """The publication day and how it was found: as told, else by date line, file name, folder, page, or as given for all."""
    if article.published and article.published_by in _TOLD:
        return article.published, article.published_by
    if dates:
        return dates[0].day, "date_line"
    if page and page.published and page.published_by != "given":
        return page.published, page.published_by
    record = "#" in article.source  # the name of a dump says when it was dumped
    if not record and (found := path_day(article.source)):
        return found
    partial = partial_day(lines, None if record else path_month(article.source), article.published)
    if partial:
        dates.append(partial)
        return partial.day, "date_line"
    return article.published, article.published_by
