"""The command that shows what was read: `inspect`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from jianbao.readers import ReadOptions
from jianbao.records import ErrorRecord
from jianbao.resources import lexicons_from
from jianbao.stages.clean import clean
from jianbao.stages.normalise import normalise
from jianbao.stages.read import cut, list_files, read
from jianbao.views import terminal

SOME_FAILED = 1


def inspect(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files, folders or patterns.", show_default=False)],
    published: Annotated[str | None, typer.Option(metavar="DATE", help="Publication date of articles that carry none, as 2018-03-30.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Encoding of text files, where detection is wrong.")] = None,
    lexicons: Annotated[Path | None, typer.Option(metavar="DIR", help="A folder of lexicons instead of the shipped ones.")] = None,
    folded: Annotated[bool, typer.Option("--folded/--no-folded", help="Also show the text as the rules see it.")] = True,
) -> None:
    """Show what was read: metadata, the articles of a page, flagged lines, the folded text.

    Exit code 1 when any of it could not be read.

    Example: `jianbao inspect news/2018-03-30.html page.txt`
    """
    options = ReadOptions(encoding, published)
    found, skipped = list_files(files)
    console = Console(soft_wrap=True)
    errors = [error for error in skipped if error.error != "skipped"]
    with lexicons_from(lexicons):
        for item in read(cut(found, options), options):
            if isinstance(item, ErrorRecord):
                errors.append(item)
                continue
            for article in clean([item]):
                text = next(normalise([article])) if folded else None
                terminal.print_all(console, terminal.inspected(article, text.folded if text else None, len(text.joins) if text else 0))
    for error in errors:
        Console(stderr=True).print(f"{error.source}: {error.error}: {error.detail}", style="red", markup=False, highlight=False, soft_wrap=True)
    if errors:
        raise typer.Exit(SOME_FAILED)


COMMANDS = (inspect,)
