"""Commands for lexicon editors: `lexicon check`, `lexicon impact`, `lexicon suggest`, `lexicon sort`."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from jianbao.curation.impact import impact as impact_of
from jianbao.curation.sorting import sort_gazetteer
from jianbao.curation.suggest import COLUMNS, SuggestedKind
from jianbao.curation.suggest import suggest as suggest_entries
from jianbao.views.impact import articles_table, entries_table, impact_json, impact_summary
from jianbao.views.suggestions import suggestions_table, write_suggestions

if TYPE_CHECKING:
    from jianbao.curation.check import Report

MISTAKES_FOUND = 1

Lexicons = Annotated[
    Path | None, typer.Option("--lexicons", metavar="DIR", exists=True, file_okay=False, help="A folder of lexicons instead of the shipped ones.")
]


class CheckFormat(StrEnum):
    """How findings are printed."""

    text = "text"
    json = "json"


class SuggestFormat(StrEnum):
    """How suggestions are printed."""

    table = "table"
    csv = "csv"


class ImpactFormat(StrEnum):
    """How an impact is printed."""

    table = "table"
    json = "json"


class Kinds(StrEnum):
    """What is suggested."""

    organisation = "organisation"
    zone = "zone"
    all = "all"


def check(
    lexicons: Lexicons = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 on warnings too.")] = False,
    format_: Annotated[CheckFormat, typer.Option("--format", help="A line each, or JSON lines.")] = CheckFormat.text,
) -> None:
    """List the mistakes in lexicons, as file:line:column, with their cures.

    Example: `jianbao lexicon check --lexicons my-lexicons --strict`
    """
    from jianbao.curation.check import check_lexicons  # the extractors and spaCy come with it, which no other command here needs

    with Console(stderr=True).status("checking"):
        report = check_lexicons(lexicons)
    for finding in report.findings:
        print(json.dumps(finding.row(), ensure_ascii=False) if format_ is CheckFormat.json else finding)
    _tell(_summary(report))
    if report.errors or (strict and report.warnings):
        raise typer.Exit(MISTAKES_FOUND)


def _summary(report: "Report") -> str:
    counts = f"{report.lexicons} lexicons, {report.entries} entries: "
    found = [_count(n, what) for n, what in ((report.errors, "error"), (report.warnings, "warning")) if n]
    unseen = "" if report.whole else "; examples and what the files say of one another are checked once every file loads"
    return counts + (", ".join(found) or "no mistakes") + unseen


def suggest(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The output folder to read.")],
    least: Annotated[int, typer.Option("--least", min=1, help="Independent reports that must name it.")] = 3,
    kind: Annotated[Kinds, typer.Option("--kind", help="Bodies, zones, or both.")] = Kinds.all,
    format_: Annotated[SuggestFormat, typer.Option("--format", help="A table to read, or rows for the gazetteers.")] = SuggestFormat.table,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", dir_okay=False, help="Write the CSV rows into this file.")] = None,
    lexicons: Lexicons = None,
) -> None:
    """Suggest gazetteer rows for what many articles name and no lexicon has, most frequent first.

    Example: `jianbao lexicon suggest out --least 5 --format csv --to suggested.csv`
    """
    kinds: tuple[SuggestedKind, ...] = tuple(one for one in COLUMNS if kind.value in (one, "all"))
    with Console(stderr=True).status("reading"):
        found = suggest_entries(out, least=least, kinds=kinds, lexicons=lexicons)
    if to is not None:
        with to.open("w", encoding="utf-8-sig", newline="") as file:  # the mark makes Excel read the characters
            write_suggestions(found, file)
        print(to)
    elif format_ is SuggestFormat.csv:
        write_suggestions(found, sys.stdout)
    else:
        Console().print(suggestions_table(found))
    counts = (_count(sum(s.kind == one for s in found), one) for one in kinds)
    _tell(f"{' and '.join(counts)} in at least {least} independent reports")


def impact(
    old: Annotated[Path, typer.Argument(metavar="OLD", exists=True, file_okay=False, help="The folder of lexicons as they were.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", exists=True, file_okay=False, help="The folder of lexicons as they would be.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The output folder whose articles are meant.")],
    format_: Annotated[ImpactFormat, typer.Option("--format", help="Tables to read, or one JSON object with every article.")] = ImpactFormat.table,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Articles listed in the table.")] = 20,
) -> None:
    """Tell which articles of an output a change of lexicons would have worked on again, before running.

    Example: `jianbao lexicon impact lexicons my-lexicons out`
    """
    report = impact_of(old, new, out)
    if format_ is ImpactFormat.json:
        print(json.dumps(impact_json(report), ensure_ascii=False))
    else:
        Console().print(entries_table(report), articles_table(report, limit), sep="\n\n")
    _tell(impact_summary(report))


def sort(files: Annotated[list[Path], typer.Argument(metavar="FILE...", exists=True, dir_okay=False, help="Gazetteers (*.csv).")]) -> None:
    """Sort the rows of gazetteers as loading demands: by id, character by character.

    Example: `jianbao lexicon sort my-lexicons/organisations_mainland.csv`
    """
    for path in files:
        _tell(f"{path}: {'sorted' if sort_gazetteer(path) else 'in order already'}")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + "s" * (number != 1)


def _tell(summary: str) -> None:
    Console(stderr=True).print(summary, markup=False, highlight=False, soft_wrap=True)


COMMANDS = (check, impact, suggest, sort)
