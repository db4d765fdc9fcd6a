"""What a change of lexicons would touch: a table to read, and one JSON object."""

from typing import Any

from rich.table import Table
from rich.text import Text as Styled

from jianbao.curation.impact import ImpactReport
from jianbao.views.terminal import printable


def entries_table(report: ImpactReport) -> Table:
    """The changed entries, those that touch most articles first."""
    table = Table(show_edge=False)
    for column in ("articles", "lexicon", "entry", "name", "what changed"):
        table.add_column(column, overflow="fold", justify="right" if column == "articles" else "left")
    for number in sorted(range(len(report.changes)), key=lambda n: (-report.counts[n], n)):
        change = report.changes[number]
        named = change.new or change.old
        what = change.what if not change.fields else f"{change.what}: {', '.join(change.fields)}"
        cells = (str(report.counts[number]), change.lexicon, change.id, named.hans if named else "", what)
        table.add_row(*(Styled(printable(cell)) for cell in cells))
    return table


def articles_table(report: ImpactReport, limit: int) -> Table:
    """The articles that would be worked on again, at most `limit` of them."""
    table = Table(show_edge=False)
    for column in ("article", "source", "touched by"):
        table.add_column(column, overflow="fold")
    for article in report.articles[:limit]:
        by = " ".join(report.changes[number].id for number in article.changes) or (report.everything or "another article of its page")
        table.add_row(*(Styled(printable(cell)) for cell in (article.id, article.source, by)))
    return table


def impact_summary(report: ImpactReport) -> str:
    """One line: `3 of 40,000 articles (0.01 %) would be worked on again, for 10 changed entries`."""
    entries = f"{len(report.changes):,} changed {'entry' if len(report.changes) == 1 else 'entries'}"
    why = f": {report.everything}" if report.everything else f", for {entries}"
    return f"{len(report.articles):,} of {report.total:,} articles ({report.share:.2%}) would be worked on again{why}"


def impact_json(report: ImpactReport) -> dict[str, Any]:
    """The whole report."""
    return {
        "total": report.total,
        "touched": len(report.articles),
        "everything": report.everything,
        "entries": [
            {"lexicon": change.lexicon, "id": change.id, "what": change.what, "fields": change.fields, "articles": count}
            for change, count in zip(report.changes, report.counts, strict=True)
        ],
        "articles": [
            {"id": article.id, "source": article.source, "entries": [f"{report.changes[n].lexicon}:{report.changes[n].id}" for n in article.changes]}
            for article in report.articles
        ],
    }
