"""The command that traces a value: `explain`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from jianbao.output import Corpus
from jianbao.views import terminal
from jianbao.views.explanation import NotFoundError, explanation


def explain(
    wanted: Annotated[str, typer.Argument(metavar="ID", help="The id of a mention (m:…) or record (g: r: o: d: f:…).")],
    out: Annotated[Path, typer.Option("-o", "--out", help="The output folder to read.")] = Path("out"),
    lexicons: Annotated[Path | None, typer.Option(metavar="DIR", help="The lexicons of the run, where they were not the shipped ones.")] = None,
) -> None:
    """Say why a mention or record is what it is: rule, lexicon entries, anchor, what was refused, which words filled which slot.

    Example: `jianbao explain g:0df2f26e545e31d0`
    """
    if lexicons is not None and not lexicons.is_dir():
        raise typer.BadParameter(f"{lexicons}: no such folder", param_hint="--lexicons")
    try:
        parts = explanation(Corpus(out), wanted, lexicons)
    except NotFoundError as error:
        raise typer.BadParameter(str(error), param_hint="ID") from None
    terminal.print_all(Console(), parts)


COMMANDS = (explain,)
