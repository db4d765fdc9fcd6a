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
from jianbao.comparison import CHANGES, ArticleChange, Comparison, Counts, MentionChange, RecordChange
from jianbao.records import RECORDS, exact_number
from jianbao.views.terminal import printable

_LONGEST = 100
_COLOURS = {"added": "green", "removed": "red"}
_COLUMNS = ("old", "new", *CHANGES, "counts_only")
_CAUSES = {
    "article_added": "articles added",
    "article_removed": "articles removed",
    "article_edited": "articles edited",
    "record": "follow a record",
    "same_article": "another change in the same article",
    "unknown": "not known: lexicons, pipeline, packages and options are the same",
}


class Section(NamedTuple):
    """A list of changes: its title, how many there are in all, and a row for each that is told: way, what, change, reason."""

    title: str
    total: int
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


def _fields(changes: Iterable[FieldChange]) -> str:
    return "; ".join(f"{change.field}: {_shown(change.old)} → {_shown(change.new)}" for change in changes)


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
    told = _fields(change.fields)
    if change.change not in ("added", "removed", "changed"):
        told = f"{' + '.join(change.old)} → {' + '.join(change.new)}" + (f"; {told}" if told else "")
    return change.change, f"{change.name}  {change.id}", told, reason_text(change.reason)


def _article_row(change: ArticleChange) -> tuple[str, str, str, str]:
    signs = (("+", change.mentions_added), ("-", change.mentions_removed))
    mentions = ", ".join(f"{sign}{number} {kind}" for sign, numbers in signs for kind, number in numbers.items())
    told = "; ".join(filter(None, (_fields(change.fields), f"mentions {mentions}" if mentions else "")))
    return "edited" if change.change == "changed" else change.change, f"{change.source}  {change.id}", told, reason_text(change.reason)


def _number(counts: Counts) -> int:
    return sum(getattr(counts, change) for change in CHANGES)


def sections(report: Comparison) -> Iterator[Section]:
    """The listed changes, of what is compared in its order; what has none is left out."""
    totals = {(counts.of, counts.kind): _number(counts) for counts in report.counts}
    for kind in report.kinds:
        if kind in RECORDS:
            yield Section(f"{kind}: records", totals["records", kind], [_record_row(c) for c in report.changes.records if c.kind == kind])
            yield Section(f"{kind}: mentions", totals["mentions", kind], [_mention_row(c) for c in report.changes.mentions if f"{c.kind}s" == kind])
        elif kind == "articles":
            yield Section("articles", totals["articles", None], [_article_row(c) for c in report.changes.articles])
        else:
            rows = [(c.change, c.error.source, f"{c.error.stage}: {c.error.error}: {c.error.detail}", "") for c in report.changes.errors]
            yield Section("errors", totals["errors", None], rows)


def _heading(section: Section) -> str:
    listed = "" if len(section.rows) == section.total else f", {len(section.rows)} of them listed"
    return f"{section.title}, {section.total} changed{listed}"


def _counted(report: Comparison) -> Iterator[tuple[str, ...]]:
    """The rows of the summary: what is counted, and a number for each column."""
    for counts in report.counts:
        name = f"{counts.kind} {counts.of}" if counts.kind else counts.of
        yield (name, *(str(getattr(counts, column)) for column in _COLUMNS))


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
            entries = f"{lexicon.added} entries added, {lexicon.removed} removed, {lexicon.changed} changed"
            yield f"lexicon {lexicon.lexicon}: {entries}; {lexicon.with_effect} of them explain a change"


# ---- terminal -----------------------------------------------------------------------------------------------------------


def tables(report: Comparison) -> Iterator[RenderableType]:
    """The report for the terminal: what made the outputs, counts, causes, and the changes kind by kind."""
    for line in _made(report):
        yield Styled(printable(line), style="dim")
    summary = Table(show_edge=False, title=printable(f"{report.old} → {report.new}"), title_justify="left")
    for column in ("", *_COLUMNS):
        summary.add_column(column.replace("_", " "), justify="right" if column else "left")
    for row in _counted(report):
        summary.add_row(row[0], *(Styled(number, style="dim" if number == "0" else "") for number in row[1:]))
    yield summary
    if not report.different:
        yield Styled("\nno difference")
        return
    causes = Table(show_edge=False, title="\nchanges by cause", title_justify="left")
    for column in ("cause", "articles", "mentions", "records"):
        causes.add_column(column, overflow="fold", justify="left" if column == "cause" else "right")
    for row in _caused(report):
        causes.add_row(*(Styled(printable(cell)) for cell in row))
    if causes.row_count:
        yield causes
    for section in sections(report):
        if not section.total:
            continue
        table = Table(show_edge=False, title=f"\n{_heading(section)}", title_justify="left")
        for column in ("", "what", "change", "why"):
            table.add_column(column, overflow="fold")
        for way, *cells in section.rows:
            table.add_row(Styled(way, style=_COLOURS.get(way, "yellow")), *(Styled(printable(cell)) for cell in cells))
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
    lines += ["", _row(("", *(column.replace("_", " ") for column in _COLUMNS))), _row(("---", *("---:" for _ in _COLUMNS)))]
    lines += [_row(row) for row in _counted(report)]
    causes = list(_caused(report))
    if causes:
        lines += ["", _row(("cause", "articles", "mentions", "records")), _row(("---", "---:", "---:", "---:"))]
        lines += [_row((_safe(cause), *numbers)) for cause, *numbers in causes]
    for section in sections(report):
        if section.total:
            lines += ["", f"<details><summary>{_heading(section)}</summary>", "", _row(("", "what", "change", "why")), _row(["---"] * 4)]
            lines += [_row((way, *map(_safe, cells))) for way, *cells in section.rows]
            lines += ["", "</details>"]
    return "\n".join(lines) + "\n"
