"""normalise: article -> `Text`, folded and joined over hard wraps, with the exact map back to the article."""

from collections.abc import Iterable, Iterator

from jianbao.joining import find_joins
from jianbao.records import Article
from jianbao.text import Text, make_text


def normalise(articles: Iterable[Article]) -> Iterator[Text]:
    """The `Text` of each article: every folded character knows its place in `article.text`."""
    for article in articles:
        yield make_text(article.text, deleted=find_joins(article.text), article=article)
