"""The command that compares two outputs: `diff`."""

from enum import Enum, StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from jianbao.comparison import COMPARED, MOST_LISTED, compare
from jianbao.views import difference, terminal

DIFFERENT = 1
ComparedKind = Enum("ComparedKind", {name: name for name in COMPARED}, type=str)  # type: ignore[misc]  # made from the files


class DiffFormat(StrEnum):
    """What `diff` can print."""

    table = "table"
    json = "json"
    markdown = "markdown"


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The older output folder.", show_default=False)],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The newer output folder.", show_default=False)],
    format_: Annotated[
        DiffFormat, typer.Option("--format", help="table: for the terminal; json: one object; markdown: for a pull request.")
    ] = DiffFormat.table,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 if anything differs.")] = False,
    kind: Annotated[list[ComparedKind] | None, typer.Option(help="Only these, mentions and records of a kind together; all by default.")] = None,
    limit: Annotated[int, typer.Option(min=0, help="List at most so many changes of a kind and a way; 0 for all. All are counted.")] = MOST_LISTED,
) -> None:
    """Say what changed between two outputs, and which article, lexicon entry or setting is the reason.

    Exit code with `--exit-code`: 1 if an article, mention, record or error differs, 0 if none does.

    Examples: `jianbao diff out.before out`,
    `jianbao diff out.before out --format markdown --exit-code > summary.md`,
    `jianbao diff out.before out --kind organisations --limit 0`
    """
    report = compare(old, new, [k.value for k in kind or ()], limit)
    if format_ is DiffFormat.table:
        terminal.print_all(Console(), difference.tables(report))
    else:
        typer.echo(difference.as_json(report) if format_ is DiffFormat.json else difference.markdown(report), nl=format_ is DiffFormat.json)
    if exit_code and report.different:
        raise typer.Exit(DIFFERENT)


COMMANDS = (diff,)
