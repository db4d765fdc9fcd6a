"""Pages made from a text, cleaned: what the tests of cleaning share."""

from jianbao.records import Article, make_id
from jianbao.stages.clean import clean


def page_of(text: str, source: str = "a.txt", **fields: object) -> Article:
    """An article as a reader gives it."""
    return Article(id=make_id("a", source, 0), source=source, sha256="0" * 64, text=text, **fields)  # type: ignore[arg-type]


def cleaned(text: str, source: str = "a.txt", **fields: object) -> list[Article]:
    """The articles of a page."""
    return list(clean([page_of(text, source, **fields)]))
