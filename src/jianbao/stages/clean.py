"""clean: what an article says of itself, which of its text is furniture, and the articles of a page that holds several."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from jianbao.cleaning.boilerplate import Flag, boilerplate_of
from jianbao.cleaning.bylines import Lead, is_taiwan_byline, lead_of
from jianbao.cleaning.convention import convention_of
from jianbao.cleaning.datelines import DateLine, date_lines, partial_day, path_day, path_month
from jianbao.cleaning.lines import Line, lines_of
from jianbao.cleaning.metadata import author_of, outlet_of, title_of, url_of
from jianbao.cleaning.pages import article_starts
from jianbao.cleaning.script import script_of
from jianbao.folding import Folding, load_folding
from jianbao.records import Article, make_id
from jianbao.stages.waves import waves

_TOLD = ("meta", "field")
"""How a publication day is known that no sign in the text outweighs."""
_HEAD = 10


@dataclass(slots=True, eq=False)
class _Part:
    """An article of a page, and what is known of it so far."""

    article: Article
    folded: str
    lines: list[Line]
    page: "_Part | None" = None
    """The first article of its page, which gives what this one does not say."""
    dates: list[DateLine] = field(default_factory=list)
    flags: tuple[Flag, ...] = ()
    lead: Lead | None = None
    update: dict[str, Any] = field(default_factory=dict)
    """What the article becomes, by the names of its fields."""

    def of_page(self, name: str) -> Any:
        """What the first article of the page has in a field."""
        return self.page.update[name] if self.page else None


def clean(articles: Iterable[Article]) -> Iterator[Article]:
    """Each article with what it says of itself and its furniture flagged; a page that holds several as the articles that tile it.

    Texts stay as they are: each character of a page belongs to exactly one of its articles.
    """
    for wave in waves(articles, lambda article: len(article.text)):
        for found in clean_pages(wave):
            yield from found


def clean_pages(pages: Sequence[Article]) -> list[list[Article]]:
    """The articles of each page, found out about step by step, all of them in each (see `stages.waves`)."""
    folding = load_folding()
    by_page: list[list[_Part]] = []
    for page in pages:
        first = _Part(page, folded := folding.fold_article(page.text), lines_of(folded))
        starts = [] if page.title is not None or "#" in page.source else article_starts(first.lines)
        by_page.append(_parts(page, starts, folding) if starts else [first])
    parts = [part for several in by_page for part in several]
    for step in _STEPS:
        for part in parts:
            step(part)
    return [[part.article.model_copy(update=part.update) for part in several] for several in by_page]


def _parts(page: Article, starts: list[int], folding: Folding) -> list[_Part]:
    """The articles of a page, each with its own id and offset."""
    edges = [0, *starts, len(page.text)]
    base = page.source_offset
    parts: list[_Part] = []
    for start, end in pairwise(edges):
        update: dict[str, object] = {"text": page.text[start:end]}
        if start:
            update |= {"id": make_id("a", page.source, (base or 0) + start), "source_offset": None if base is None else base + start}
        article = page.model_copy(update=update)
        parts.append(_Part(article, folded := folding.fold_article(article.text), lines_of(folded), parts[0] if parts else None))
    return parts


def _find_day(part: _Part) -> None:
    part.dates = date_lines(part.lines)
    part.update["published"], part.update["published_by"] = _published(part)


def _find_furniture(part: _Part) -> None:
    part.flags = part.update["boilerplate"] = boilerplate_of(part.folded, part.lines, part.dates)


def _find_outlet(part: _Part) -> None:
    article, lines = part.article, part.lines
    byline = next(((lead, line) for line in lines[:_HEAD] if (lead := lead_of(line.text))), (None, None))
    part.lead = byline[0]
    part.update["outlet"] = article.outlet or outlet_of(article.text, lines, part.flags, *byline) or part.of_page("outlet")


def _find_title(part: _Part) -> None:
    part.update["title"] = part.article.title or title_of(part.article.text, part.lines, part.flags)


def _find_author(part: _Part) -> None:
    part.update["author"] = part.article.author or author_of(part.article.text, part.lines, part.flags)


def _find_url(part: _Part) -> None:
    part.update["url"] = part.article.url or url_of(part.article.text, part.lines) or part.of_page("url")


def _find_convention(part: _Part) -> None:
    part.update["script"] = script_of(part.article.text)
    taiwan = (part.lead is not None and part.lead.taiwan) or any(is_taiwan_byline(line.text) for line in part.lines[:_HEAD])
    part.update["convention"] = convention_of(part.folded, part.update["outlet"], taiwan_byline=taiwan)


# In order: furniture is told by the date lines, and what the article says of itself stands outside it.
_STEPS: tuple[Callable[[_Part], None], ...] = (
    _find_day, _find_furniture, _find_outlet, _find_title, _find_author, _find_url, _find_convention
)  # fmt: skip


def _published(part: _Part) -> tuple[str | None, str | None]:
    """The publication day and how it was found: as told, else by date line, file name, folder, page, or as given for all."""
    article, dates = part.article, part.dates
    if article.published and article.published_by in _TOLD:
        return article.published, article.published_by
    if dates:
        return dates[0].day, "date_line"
    if part.of_page("published") and part.of_page("published_by") != "given":
        return part.of_page("published"), part.of_page("published_by")
    record = "#" in article.source  # the name of a dump says when it was dumped
    if not record and (found := path_day(article.source)):
        return found
    partial = partial_day(part.lines, None if record else path_month(article.source), article.published)
    if partial:
        dates.append(partial)
        return partial.day, "date_line"
    return article.published, article.published_by
