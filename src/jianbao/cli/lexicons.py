"""Commands for lexicon editors: `lexicon check`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from jianbao.folding import FoldError, load_folding
from jianbao.lexicon import LexiconError, lexicon_names, load_lexicon
from jianbao.resources import lexicons_from

MISTAKES_FOUND = 1

app = typer.Typer(name="lexicon", help="Check lexicons.", no_args_is_help=True)


@app.callback()
def _lexicon() -> None:
    """Commands for lexicon editors."""


@app.command()
def check(
    lexicons: Annotated[Path | None, typer.Option(metavar="DIR", help="A folder of lexicons instead of the shipped ones.")] = None,
) -> None:
    """Load every lexicon and list its mistakes as file:line:column.

    Example: `jianbao lexicon check --lexicons my-lexicons`
    """
    if lexicons is not None and not lexicons.is_dir():
        raise typer.BadParameter(f"{lexicons}: no such folder", param_hint="--lexicons")
    console = Console(stderr=True)
    mistakes = 0
    with lexicons_from(lexicons):
        try:
            load_folding()
        except FoldError as error:  # without it no lexicon can be checked
            console.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
            raise typer.Exit(MISTAKES_FOUND) from None
        entries = 0
        names = lexicon_names()
        for name in names:
            try:
                entries += len(load_lexicon(name).entries)
            except LexiconError as error:
                mistakes += 1
                console.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
    if mistakes:
        raise typer.Exit(MISTAKES_FOUND)
    print(f"{len(names)} lexicons, {entries} entries: no mistakes")
