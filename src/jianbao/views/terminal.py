"""What people look at in the terminal: the summary of a run, records as tables, an article with its mentions in colour."""

import re
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from itertools import islice
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text as Styled

from jianbao.output import ArticleView, Corpus
from jianbao.records import RECORDS, Article

COLOURS = {"region": "green", "organisation": "cyan", "agreement": "magenta", "date": "yellow", "figure": "bright_red"}
"""The colour of each kind."""

MOST_FREQUENT = 5
MOST_LINES = 1000
"""Agreements and errors in a summary; who has more of them reads them elsewhere."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def printable(text: object) -> str:
    """A value as one terminal-safe line: control characters of an article must not steer the terminal."""
    return _CONTROL.sub(" ", "" if text is None else str(text)).replace("\n", " ")


def summary(corpus: Corpus) -> RenderableType:
    """What a run found: counts, the most frequent regions and organisations, every agreement in a line, errors; of more than `MOST_LINES` the first."""
    known = corpus.manifest.counts
    counts = Table(title="简报", title_justify="left", show_edge=False)
    for column in ("kind", "mentions", "records"):
        counts.add_column(column, justify="left" if column == "kind" else "right")
    for stem in RECORDS:
        counts.add_row(stem, str(known.get(f"{stem.removesuffix('s')}_mentions", 0)), str(known.get(stem, 0)))
    counts.add_section()
    counts.add_row("articles", "", str(known.get("articles", 0)))
    counts.add_row("errors", "", str(known.get("errors", 0)))
    parts: list[RenderableType] = [counts]
    for stem in ("regions", "organisations"):
        rows = nsmallest(MOST_FREQUENT, corpus.table(stem).rows(), key=lambda r: (-r["mention_count"], r["id"]))
        parts.append(Styled(f"\nMost frequent {stem}: " + ", ".join(f"{printable(r['name']['hans'])} {r['mention_count']}" for r in rows)))
    agreements = [agreement_line(row) for row in nsmallest(MOST_LINES, corpus.agreements.rows(), key=reading_order)]
    parts.append(Styled("\nAgreements" + ("" if agreements else ": none")))
    parts += [*agreements, *_more(known.get("agreements", 0), "jianbao records agreements")]
    errors = [
        Styled(f"  {printable(e['source'])}: {printable(e['error'])}: {printable(e['detail'])}") for e in islice(corpus.errors.rows(), MOST_LINES)
    ]
    if errors:
        parts.append(Styled("\nErrors", style="bold red"))
        parts += [*errors, *_more(known.get("errors", 0), str(corpus.errors.path))]
    return Group(*parts)


def _more(number: int, where: str) -> Iterator[Styled]:
    """What is said in place of lines beyond the first `MOST_LINES`."""
    if number > MOST_LINES:
        yield Styled(f"  … and {number - MOST_LINES:,} more: {where}")


def reading_order(agreement: dict[str, Any]) -> tuple[str, str]:
    """Agreements go by when they were first reported."""
    return agreement["first_seen"] or "9999", agreement["id"]


def agreement_line(row: dict[str, Any]) -> Styled:
    """One agreement: date, status, title or type, parties."""
    line = Styled("  ", no_wrap=True, overflow="ellipsis")
    line.append(f"{printable(row['date'] or '----')} ", style=COLOURS["date"])
    line.append(f"{row['status']} ", style="dim")
    line.append(printable(row["title"] or row["agreement_type"]), style=COLOURS["agreement"])
    if row["parties"]:
        line.append(" : " + " / ".join(printable(p["name"]) for p in row["parties"]), style=COLOURS["organisation"])
    return line


_COLUMNS = {
    "regions": ("code", "level", "mention_count", "article_count"),
    "organisations": ("type", "region", "mention_count", "article_count"),
    "dates": ("edtf", "start", "end", "mention_count"),
    "figures": ("dimension", "amount", "low", "high", "currency", "per", "role", "subject"),
}


def records_table(stem: str, rows: Iterable[dict[str, Any]]) -> Table:
    """Records of one kind as a table, a line each."""
    table = Table(show_edge=False)
    for column in ("id", "name", *_COLUMNS[stem]):
        table.add_column(column, overflow="fold")
    for row in rows:
        cells = [row["id"], row["name"]["hans"], *(_cell(row[column]) for column in _COLUMNS[stem])]
        table.add_row(*(Styled(printable(cell)) for cell in cells))
    return table


def agreements_table(rows: Iterable[dict[str, Any]], figures: dict[str, dict[str, Any]]) -> Table:
    """Agreements as a table, a line each: when, what, who, for how much.

    Args:
        rows: Agreement records.
        figures: The figure records that `amounts` name, by id.
    """
    table = Table(show_edge=False)
    for column in ("date", "status", "type", "title", "parties", "amount", "id"):
        table.add_column(column, overflow="fold", justify="right" if column == "amount" else "left")
    for row in rows:
        sums = ", ".join(amount_text(figures[a]) if a in figures else a for a in row["amounts"])
        parties = " / ".join(p["name"] + (" ?" if p["unresolved"] else "") for p in row["parties"])
        cells = (row["date"], row["status"], row["agreement_type"], row["title"], parties, sums, row["id"])
        table.add_row(*(Styled(printable(cell)) for cell in cells))
    return table


def amount_text(figure: dict[str, Any]) -> str:
    """A figure record in words that sort and compare: `CNY 160,000,000`, `USD ≥ 8,000,000`, `CNY 10,000 - 20,000`."""
    unit = figure["currency"] or figure["unit"]
    amount, low, high = (None if figure[key] is None else f"{figure[key]:,}" for key in ("amount", "low", "high"))
    if amount is None:
        return f"{unit} {low} - {high}"
    sign = {"min": "≥ ", "max": "≤ ", "approx": "~ "}.get(figure["modifier"] or "", "")
    return f"{unit} {sign}{amount}" + (f" / {figure['per']}" if figure["per"] else "")


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return " / ".join(str(v["name"]) if isinstance(v, dict) and "name" in v else str(v) for v in value)
    return "" if value is None else str(value)


def article_text(view: ArticleView) -> Iterator[RenderableType]:
    """An article with its mentions in colour, nested ones underlined, and then its mentions as a list."""
    article = view.article
    head = [("title", article.title), ("outlet", article.outlet), ("published", article.published), ("script", article.script)]
    yield Styled(f"{article.id}  {printable(article.source)}", style="bold")
    yield Styled("  ".join(f"{key}: {printable(value)}" for key, value in head if value), style="dim")
    # A styled text keeps its length only if control characters are replaced one for one.
    body = Styled(_CONTROL.sub(" ", article.text))
    for start, end, _ in article.boilerplate:
        body.stylize("dim", start, end)
    for mention in view.mentions:
        style = COLOURS[mention.kind] + (" underline" if mention.inside else "") + (" italic" if mention.deictic else "")
        body.stylize(style, mention.start, mention.end)
    yield body
    table = Table(show_edge=False)
    for column in ("start", "end", "kind", "text", "value", "rule"):
        table.add_column(column, overflow="fold")
    for mention in view.mentions:
        value = {k: v for k, v in mention.value.model_dump().items() if v not in (None, (), False)}
        shown = " ".join(f"{k}={v}" for k, v in value.items())
        colour = COLOURS[mention.kind]
        table.add_row(
            str(mention.start), str(mention.end), Styled(mention.kind, style=colour), printable(mention.text), printable(shown), mention.rule
        )
    yield table


def inspected(article: Article, folded: str | None, joins: int) -> Iterator[RenderableType]:
    """What was read of an article: its metadata, its text with furniture dimmed and named at the margin, and the folded text.

    Args:
        article: An article as cleaned.
        folded: Its text as the rules see it; None to leave it out.
        joins: How many hard wraps were joined in it.
    """
    where = "" if article.source_offset is None else f"  from character {article.source_offset} to {article.source_offset + len(article.text)}"
    yield Styled(f"{article.id}  {printable(article.source)}{where}", style="bold")
    date = f"{article.published} ({article.published_by})" if article.published else None
    fields = (
        ("title", article.title),
        ("outlet", article.outlet),
        ("author", article.author),
        ("url", article.url),
        ("published", date),
        ("script", article.script),
        ("convention", article.convention),
        ("encoding", article.encoding),
        ("characters", len(article.text)),
        ("flagged", len(article.boilerplate)),
        ("joined wraps", joins),
    )
    for name, value in fields:
        yield Styled(f"{name:>14}: {'-' if value is None else printable(value)}", style="" if value is not None else "dim")
    yield from _margined(article)
    if folded is not None:
        yield Styled("folded", style="bold")
        yield Styled(_CONTROL.sub(" ", folded))


_MARGIN = 13


def _margined(article: Article) -> Iterator[Styled]:
    """Each line of an article with, at its margin, why it or a part of it is furniture; such parts are dimmed."""
    position, index = 0, 0
    flags = article.boilerplate
    for line in article.text.split("\n"):
        end = position + len(line)
        while index < len(flags) and flags[index][1] <= position:
            index += 1
        last = index
        while last < len(flags) and flags[last][0] < end:
            last += 1
        here = flags[index:last]
        shown = Styled(f"{here[0][2] if here else '':>{_MARGIN}} ", style="cyan")
        body = Styled(_CONTROL.sub(" ", line))
        for start, stop, _ in here:
            body.stylize("dim", max(start - position, 0), min(stop, end) - position)
        yield shown.append_text(body)
        position = end + 1


def print_all(console: Console, parts: Iterable[RenderableType]) -> None:
    """Prints parts one after the other."""
    for part in parts:
        console.print(part)
