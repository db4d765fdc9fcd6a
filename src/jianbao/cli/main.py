"""The `jianbao` command. Each command parses its options, calls a run or a view, and prints."""

import sys
from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from typing import Annotated, Any

import typer
from rich.console import Console

from jianbao.cli import difference, explanation, extraction, inspection, lexicons, reading
from jianbao.evaluation import GoldError
from jianbao.folding import FoldError
from jianbao.lexicon import LexiconError
from jianbao.output import NotAnOutputError
from jianbao.pipeline import PipelineError
from jianbao.stages.read import InputError
from jianbao.stages.write import OutputError
from jianbao.views.export import ExportError

WRONG_USE = 2
_EXPECTED = (ExportError, FoldError, GoldError, InputError, LexiconError, NotAnOutputError, OutputError, PipelineError)

app = typer.Typer(
    name="jianbao",
    help="Chinese press articles, Traditional and Simplified, into typed, deduplicated, traceable records.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _reported(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with every expected mistake as one message on stderr and exit code 2."""

    @wraps(command)
    def run_command(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except _EXPECTED as error:
            Console(stderr=True).print(f"jianbao: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
            raise typer.Exit(WRONG_USE) from None
        except BrokenPipeError:
            raise  # jianbao records … | head
        except OSError as error:  # a full disk, a folder that may not be written
            where = f"{error.filename}: " if error.filename else ""
            Console(stderr=True).print(f"jianbao: {where}{error.strerror}", style="red", markup=False, highlight=False, soft_wrap=True)
            raise typer.Exit(WRONG_USE) from None

    return run_command


for _command in (*extraction.COMMANDS, *inspection.COMMANDS, *reading.COMMANDS, *explanation.COMMANDS, *difference.COMMANDS):
    app.command(_command.__name__.rstrip("_"))(_reported(_command))

_lexicon = typer.Typer(name="lexicon", help="Check lexicons, find what is missing in them.", no_args_is_help=True)
for _editing in lexicons.COMMANDS:
    _lexicon.command(_editing.__name__)(_reported(_editing))
app.add_typer(_lexicon)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"jianbao {version('jianbao')}")
        raise typer.Exit


@app.callback()
def _options(
    show_version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and stop.")] = False,
) -> None:
    """The options of the program itself."""


def run() -> None:
    """The entry point of the `jianbao` command."""
    try:
        app()
    except BrokenPipeError:  # jianbao records … | head
        sys.stderr.close()
        sys.exit(0)
