"""Commands that make an output or judge one: `extract`, `evaluate`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from jianbao.evaluation import drops
from jianbao.evaluation import evaluate as evaluate_corpus
from jianbao.output import Corpus
from jianbao.run import RunOptions
from jianbao.run import run as run_extraction
from jianbao.views import terminal

SOME_FAILED = 1
WRONG_USE = 2


def _parse_fields(given: list[str]) -> dict[str, str]:
    fields = {}
    for item in given:
        name, equals, value = item.partition("=")
        if not equals or not name or not value:
            raise typer.BadParameter(f"{item!r}: write it as text=body", param_hint="--field")
        fields[name] = value
    return fields


def extract(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT...", help="Folders, files (txt md html pdf docx jsonl csv zip gz) or patterns.", show_default=False)
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="The output folder; of an earlier output in it only what changed is made anew.")],
    published: Annotated[str | None, typer.Option(metavar="DATE", help="Publication date of articles that carry none, as 2018-03-30.")] = None,
    field: Annotated[list[str] | None, typer.Option(metavar="NAME=FIELD", help="A JSONL or CSV field by another name, as text=body.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Encoding of text files and web pages, where what is detected is wrong.")] = None,
    pipeline: Annotated[str, typer.Option(help="A shipped pipeline or the path of a .cfg file.")] = "press",
    lexicons: Annotated[Path | None, typer.Option(metavar="DIR", help="A folder of lexicons instead of the shipped ones.")] = None,
    workers: Annotated[int, typer.Option(min=0, help="Worker processes; 0 for one a core.")] = 0,
    full: Annotated[bool, typer.Option("--full", help="Work on every article, also where the output has it already.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 if any input failed.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress bar and no summary.")] = False,
) -> None:
    """Extract records from articles.

    Example: `jianbao extract news/ archive.jsonl -o out --published 2018-03-30`
    """
    try:
        options = RunOptions(pipeline, lexicons, published, encoding, _parse_fields(field or []), workers, full)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=quiet) as bar:
        task = bar.add_task("extracting", total=None)
        report = run_extraction(inputs, out, options, lambda done, total: bar.update(task, completed=done, total=total))
    if not quiet and report.worked < report.articles:
        told = f"{report.worked:,} of {report.articles:,} articles were worked on; the others are as {out} had them (--full works on all)"
        Console(stderr=True).print(told, highlight=False, soft_wrap=True)
    if not quiet:
        Console().print(terminal.summary(report.corpus))
    if strict and report.errors:
        raise typer.Exit(SOME_FAILED)


def evaluate(
    gold: Annotated[Path, typer.Argument(help="A folder with gold mentions.jsonl and agreements.jsonl.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="The output folder to score.")] = Path("out"),
    differences: Annotated[bool, typer.Option("--differences", help="Also list every miss, extra and wrong value.")] = False,
    baseline: Annotated[
        Path | None, typer.Option("--not-below", metavar="OUT", help="Exit with 1 if any score is below that of this output.")
    ] = None,
    floor: Annotated[float, typer.Option("--min", min=0, max=1, help="Exit with 1 if the F1 of any kind is below this.")] = 0.0,
) -> None:
    """Score an output against gold, every value field.

    Example: `jianbao evaluate corpus/gold -o out --differences`
    """
    result = evaluate_corpus(Corpus(out), gold)
    table = Table(show_edge=False)
    for column in ("kind", "gold", "found", "P", "R", "F1", "value fields: right of matched"):
        table.add_column(column, justify="left" if column in ("kind", "value fields: right of matched") else "right")
    for kind, score in result.scores.items():
        fields = "  ".join(f"{name} {right / stated:.3f}" for name, (stated, right) in score.fields.items() if stated)
        table.add_row(kind, str(score.gold), str(score.found), *(f"{x:.3f}" for x in (score.precision, score.recall, score.f1)), fields)
    console = Console()
    console.print(table)
    if differences:
        for line in result.differences:
            print(terminal.printable(line))
    low = [f"{kind} below {floor}" for kind, score in result.scores.items() if score.gold and score.f1 < floor]
    if baseline is not None:
        low += drops(evaluate_corpus(Corpus(baseline), gold), result)
    if low:
        Console(stderr=True).print(f"too low: {'; '.join(low)}", style="red", soft_wrap=True)
        raise typer.Exit(SOME_FAILED)


COMMANDS = (extract, evaluate)
