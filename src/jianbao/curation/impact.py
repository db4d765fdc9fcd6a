"""impact: which articles of an output a change of lexicons would have worked on again, told before anything runs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jianbao.dedupe.database import NAME, DatabaseError, known_articles, known_texts
from jianbao.output import Corpus, NotAnOutputError
from jianbao.revision import EntryChange, Impact, entry_changes
from jianbao.stages.write import STATE
from jianbao.state import changes_everything


@dataclass(frozen=True, slots=True)
class TouchedArticle:
    """An article that a run would work on again.

    Attributes:
        id: As in `articles.jsonl`.
        source: What it was read from.
        changes: The numbers of the changed entries that touch it; none where another article of its page is touched, or everything is.
    """

    id: str
    source: str
    changes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ImpactReport:
    """What a change of lexicons would do.

    Attributes:
        changes: The entries that differ.
        counts: For each of them, how many articles it touches.
        articles: Those that a run would work on again, by source.
        total: How many articles the output has.
        everything: Why all of them are worked on again, whatever the entries; None where they are not.
    """

    changes: list[EntryChange]
    counts: list[int]
    articles: list[TouchedArticle]
    total: int
    everything: str | None

    @property
    def share(self) -> float:
        """The part of the output's articles that a run would work on again."""
        return len(self.articles) / self.total if self.total else 0.0


def impact(old: Path, new: Path, out: Path) -> ImpactReport:
    """What a change from the lexicons in `old` to those in `new` would do to the output in `out`.

    Raises:
        NotAnOutputError: `out` is no output, or has no state to look in.
        LexiconError, FoldError: an entry that differs, or a gazetteer of places, has a mistake.
    """
    Corpus(out)  # says what is missing
    state = out / STATE / NAME
    changes = entry_changes(old, new)
    everything = changes_everything(old, new)
    try:
        articles = known_articles(state)
        touched = dict(_touched(changes, old, new, state)) if changes else {}
    except (DatabaseError, OSError):
        raise NotAnOutputError(f"{out}: its state ({STATE}/{NAME}) is missing or cannot be read; run `jianbao extract` on it once more") from None
    sources = {article.source for article in articles if article.article in touched}
    again = [
        TouchedArticle(f"a:{article.article:016x}", article.source, touched.get(article.article, ()))
        for article in articles
        if everything or article.source in sources
    ]
    counts = Counter(number for numbers in touched.values() for number in numbers)
    again.sort(key=lambda article: (article.source, article.id))
    return ImpactReport(changes, [counts[number] for number in range(len(changes))], again, len(articles), everything)


def _touched(changes: list[EntryChange], old: Path, new: Path, state: Path) -> Iterator[tuple[int, tuple[int, ...]]]:
    touching = Impact(changes, old, new)
    for article, _, text in known_texts(state):
        if numbers := touching.touching(text):
            yield article, tuple(numbers)
