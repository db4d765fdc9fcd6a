"""What differs between two outputs: as tables for the terminal, as Markdown for a pull request, as JSON for a program."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import orjson
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as Styled

from jianbao.attribution import FieldChange, Reason
from jianbao.comparison import COUNT_FIELDS, ArticleChange, Comparison, Counts, MentionChange, RecordChange
from jianbao.records import exact_number
from jianbao.views.terminal import printable

_LONGEST = 100
_COLOURS = {"added": "green", "removed": "red"}
_ALWAYS = ("old", "new", "added", "removed", "changed")
_IF_ANY = ("renamed", "merged", "split", "regrouped", "counts_only", "with_articles")
_CAUSES = {
    "article_added": "articles added",
    "article_removed": "articles removed",
    "article_edited": "articles edited",
    "record": "follow a record",
    "same_article": "another change in the same article",
    "unknown": "not known: lexicons, pipeline, packages and options are the same",
}


class Section(NamedTuple):
    """A list of changes: what and how many they are, and a row for each that is told: way, what, change, reason."""

    heading: str
    rows: Sequence[tuple[str, str, str, str]]


def as_json(report: Comparison) -> str:
    """The report as one JSON object, keys in the order of its model, every number exact."""
    return orjson.dumps(report.model_dump(), default=exact_number, option=orjson.OPT_INDENT_2).decode()


# ---- words for both tables ----------------------------------------------------------------------------------------------


def _shown(value: Any) -> str:
    """A value in a few words: 总投资 of 30000000, a party by its name, nothing as `null`."""
    if isinstance(value, dict):
        text = str(value["name"]) if "name" in value else ", ".join(f"{k}={_shown(v)}" for k, v in value.items() if v not in (None, [], False))
    elif isinstance(value, list | tuple):
        text = "[" + ", ".join(map(_shown, value)) + "]"
    elif isinstance(value, Decimal):
        text = format(value, "f")
    else:
        text = {None: "null", True: "true", False: "false"}[value] if value is None or isinstance(value, bool) else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _fields(changes: Iterable[FieldChange], *known: str) -> str:
    """What changed, but for what the counts in the summary say and what is `known` already."""
    told = (change for change in changes if change.field not in COUNT_FIELDS and change.field not in known)
    return "; ".join(f"{change.field}: {_shown(change.old)} → {_shown(change.new)}" for change in told)


def reason_text(reason: Reason) -> str:
    """A reason in words: `organisations_mainland: org:甲公司 changed (type)`."""
    if reason.cause == "lexicon_entry":
        fields = f" ({', '.join(reason.fields)})" if reason.fields else ""
        return f"{reason.lexicon}: {reason.entry} {reason.happened}{fields}"
    if reason.cause == "record":
        return f"follows {reason.record}" if reason.record else _CAUSES["record"]
    if reason.article is not None:
        return f"{reason.cause.replace('_', ' ')}: {reason.source} ({reason.article})"
    names = ", ".join(name.partition(".")[2] or name for name in reason.names)
    return _CAUSES.get(reason.cause) or f"{reason.cause.replace('_', ' ')}: {names}"


def _mention_row(change: MentionChange) -> tuple[str, str, str, str]:
    what = f"{change.text}  {change.source}:{change.start}-{change.end}"
    return change.change, what, _fields(change.fields) or f"{_shown(change.value)} by {change.rule}", reason_text(change.reason)


def _record_row(change: RecordChange) -> tuple[str, str, str, str]:
    if change.change in ("added", "removed"):
        told = _shown(change.value)
    elif change.change == "changed":
        told = _fields(change.fields)
    else:
        ids = f"{' + '.join(change.old)} → {' + '.join(change.new)}"
        told = "; ".join(filter(None, (ids, _fields(change.fields, "also_ids"))))
    return change.change, f"{change.name}  {change.id}", told, reason_text(change.reason)


def _article_row(change: ArticleChange) -> tuple[str, str, str, str]:
    signs = (("+", change.mentions_added), ("-", change.mentions_removed))
    mentions = ", ".join(f"{sign}{number} {kind}" for sign, numbers in signs for kind, number in numbers.items())
    told = "; ".join(filter(None, (_fields(change.fields, "sha256"), f"mentions {mentions}" if mentions else "")))
    reason = "" if change.reason.article == change.id else reason_text(change.reason)
    return "edited" if change.change == "changed" else change.change, f"{change.source}  {change.id}", told, reason


def _rows(report: Comparison, counts: Counts) -> list[tuple[str, str, str, str]]:
    """The listed changes of what is counted in a line of the summary."""
    changes = report.changes
    if counts.of == "records":
        return [_record_row(change) for change in changes.records if change.kind == counts.kind]
    if counts.of == "mentions":
        return [_mention_row(change) for change in changes.mentions if f"{change.kind}s" == counts.kind]
    if counts.of == "articles":
        return [_article_row(change) for change in changes.articles]
    errors = ((change.change, change.error) for change in changes.errors)
    return [(way, error.source, f"{error.stage}: {error.error}: {error.detail}", "") for way, error in errors]


def sections(report: Comparison) -> Iterator[Section]:
    """The listed changes, in the order of the summary; what has none is left out."""
    for counts in report.counts:
        if counts.listable:
            rows = _rows(report, counts)
            more = "" if len(rows) == counts.listable else f", {len(rows)} of them listed"
            yield Section(f"{_name(counts)}: {counts.listable} changed{more}", rows)


def _name(counts: Counts) -> str:
    return f"{counts.kind}, {counts.of}" if counts.kind else counts.of


def _columns(report: Comparison) -> list[str]:
    """The columns of the summary: those of rare changes only where there are any."""
    return [*_ALWAYS, *(column for column in _IF_ANY if any(getattr(counts, column) for counts in report.counts))]


def _counted(report: Comparison) -> Iterator[tuple[str, ...]]:
    """The rows of the summary: what is counted, and a number for each column."""
    for counts in report.counts:
        yield (_name(counts), *(str(getattr(counts, column)) for column in _columns(report)))


def _caused(report: Comparison) -> Iterator[tuple[str, ...]]:
    for count in report.causes:
        yield reason_text(count.reason), str(count.articles), str(count.mentions), str(count.records)


def _made(report: Comparison) -> Iterator[str]:
    """What made the outputs and differs: settings as they are, lexicons by what was changed in them."""
    for change in report.settings:
        if not change.field.startswith("lexicon_fingerprints."):
            yield f"{change.field}: {_shown(change.old)} → {_shown(change.new)}"
    for lexicon in report.lexicons:
        if lexicon.added is None:
            yield f"lexicon {lexicon.lexicon}: differs"
        else:
            entries = f"{lexicon.added} added, {lexicon.removed} removed, {lexicon.changed} changed"
            yield f"lexicon {lexicon.lexicon}: entries {entries}; with an effect {lexicon.with_effect}"


# ---- terminal -----------------------------------------------------------------------------------------------------------


def tables(report: Comparison) -> Iterator[RenderableType]:
    """The report for the terminal: what made the outputs, counts, causes, and the changes kind by kind."""
    for line in _made(report):
        yield Styled(printable(line), style="dim")
    yield Styled(printable(f"{report.old} → {report.new}"), style="bold")
    summary = Table(show_edge=False)
    for column in ("", *_columns(report)):
        summary.add_column(column.replace("_", " "), overflow="fold", justify="right" if column else "left")
    for row in _counted(report):
        summary.add_row(row[0], *(Styled(number, style="dim" if number == "0" else "") for number in row[1:]))
    yield summary
    if not report.different:
        yield Styled("\nno difference")
        return
    causes = Table(show_edge=False)
    for column in ("cause", "articles", "mentions", "records"):
        causes.add_column(column, overflow="fold", justify="left" if column == "cause" else "right")
    for row in _caused(report):
        causes.add_row(*(Styled(printable(cell)) for cell in row))
    yield Styled("")
    yield causes
    for section in sections(report):
        table = Table(show_edge=False)
        for column in ("", "what", "change", "why"):
            table.add_column(column, overflow="fold")
        for way, *cells in section.rows:
            table.add_row(Styled(way, style=_COLOURS.get(way, "yellow")), *(Styled(printable(cell)) for cell in cells))
        yield Styled(f"\n{section.heading}", style="bold")
        yield table


# ---- Markdown -----------------------------------------------------------------------------------------------------------

# Whatever Markdown, HTML or a forge may read as more than text. As a character reference it stands for itself and nothing else.
_MARKUP = re.compile(r"[!\"#$&'*:;<=>?@\[\\\]^_`{|}~]|(?<=www)\.")
# Marks that turn the direction of what follows, and the line ends that are no control characters.
_UNSEEN = re.compile("[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def _safe(text: str) -> str:
    """Foreign text as one line of code: an article's `|`, `<script>` or `@name` cannot break a table, inject HTML or call anyone."""
    plain = _UNSEEN.sub(" ", printable(text)).encode("utf-8", "replace").decode().strip()
    return f"<code>{_MARKUP.sub(lambda mark: f'&#{ord(mark[0])};', plain)}</code>" if plain else ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def markdown(report: Comparison) -> str:
    """The report as Markdown for a pull request: a summary table, and the listed changes folded away."""
    lines = [f"### {_safe(report.old)} → {_safe(report.new)}", ""]
    if not report.different:
        lines += ["No difference.", ""]
    lines += [f"- {_safe(line)}" for line in _made(report)]
    columns = [column.replace("_", " ") for column in _columns(report)]
    lines += ["", _row(("", *columns)), _row(("---", *("---:" for _ in columns)))]
    lines += [_row(row) for row in _counted(report)]
    causes = list(_caused(report))
    if causes:
        lines += ["", _row(("cause", "articles", "mentions", "records")), _row(("---", "---:", "---:", "---:"))]
        lines += [_row((_safe(cause), *numbers)) for cause, *numbers in causes]
    for section in sections(report):
        lines += ["", f"<details><summary>{section.heading}</summary>", "", _row(("", "what", "change", "why")), _row(["---"] * 4)]
        lines += [_row((way, *map(_safe, cells))) for way, *cells in section.rows]
        lines += ["", "</details>"]
    return "\n".join(lines) + "\n"
