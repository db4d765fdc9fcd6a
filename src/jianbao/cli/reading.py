"""Commands that read an output: `records`, `show`, `export`, `schema`."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from enum import Enum, StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console

from jianbao.output import Corpus
from jianbao.records import FILES, RECORDS
from jianbao.schema import schema_files, schemas
from jianbao.stages.work import json_line
from jianbao.views import terminal
from jianbao.views.export import export_csv, export_xlsx

Out = Annotated[Path, typer.Option("-o", "--out", help="The output folder to read.")]
RecordKind = Enum("RecordKind", {stem: stem for stem in RECORDS}, type=str)  # type: ignore[misc]  # made from the files
FileKind = Enum("FileKind", {stem: stem for stem in FILES}, type=str)  # type: ignore[misc]


class Format(StrEnum):
    """What `export` can write."""

    csv = "csv"
    xlsx = "xlsx"


_OPERATORS: dict[str, Callable[[Any, str], bool]] = {
    "!=": lambda value, wanted: _order(value, wanted) != 0,
    ">=": lambda value, wanted: value is not None and _order(value, wanted) >= 0,
    "<=": lambda value, wanted: value is not None and _order(value, wanted) <= 0,
    "=": lambda value, wanted: _order(value, wanted) == 0,
    "~": lambda value, wanted: wanted in _text(value),
}
_TEST = re.compile(r"\s*(?P<field>[\w.]+)\s*(?P<sign>!=|>=|<=|=|~)\s*(?P<wanted>.*?)\s*", re.DOTALL)


def _text(value: Any) -> str:
    """A value as the file has it, a string without its quotation marks; nothing as no text."""
    if value is None or isinstance(value, str):
        return value or ""
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False, default=str)


def _order(value: Any, wanted: str) -> int:
    """-1, 0 or 1: numbers by their amount, everything else as text."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        with suppress(InvalidOperation):
            number = Decimal(wanted)
            return (value > number) - (value < number)
    text = _text(value)
    return (text > wanted) - (text < wanted)


def _condition(given: str, stem: str) -> Callable[[dict[str, Any]], bool]:
    """A test from `type=company`, `mention_count>=3`, `name~吉林` or `name.hans=吉林省`."""
    match = _TEST.fullmatch(given)
    if match is None:
        raise typer.BadParameter(f"{given!r}: write it as FIELD=VALUE, with = != >= <= or ~ (holds)", param_hint="--where")
    keys, test, wanted = match["field"].split("."), _OPERATORS[match["sign"]], match["wanted"]
    if keys[0] not in RECORDS[stem].model_fields:
        known = ", ".join(RECORDS[stem].model_fields)
        raise typer.BadParameter(f"{stem} have no field {keys[0]!r}; fields are {known}", param_hint="--where")
    return lambda row: test(_field(row, keys), wanted)


def _field(row: dict[str, Any], keys: list[str]) -> Any:
    value: Any = row
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def records(
    kind: Annotated[RecordKind, typer.Argument(help="Which records.")],
    out: Out = Path("out"),
    where: Annotated[list[str] | None, typer.Option(metavar="TEST", help="type=company, name~吉林, mention_count>=3; several must all hold.")] = None,
    limit: Annotated[int, typer.Option(min=0, help="At most so many; 0 for all.")] = 0,
    as_json: Annotated[bool, typer.Option("--jsonl", help="JSON lines instead of a table.")] = False,
) -> None:
    """List the records of one kind, as a table or as JSON lines.

    Example: `jianbao records organisations --where type=company --where mention_count>=3`
    """
    stem = kind.value
    tests = [_condition(given, stem) for given in where or ()]
    table = Corpus(out).table(stem)
    rows: Iterator[dict[str, Any]] = (row for row in table.rows() if all(test(row) for test in tests))
    if as_json:
        for row in islice(rows, limit or None):
            typer.echo(json_line(table.model.model_validate(row)).decode(), nl=False)
        return
    if stem == "agreements":
        told = sorted(rows, key=terminal.reading_order)[: limit or None]
        wanted = {amount for row in told for amount in row["amounts"]}
        figures = {row["id"]: row for row in Corpus(out).figures.rows() if row["id"] in wanted}
        Console().print(terminal.agreements_table(told, figures))
        return
    Console().print(terminal.records_table(stem, islice(rows, limit or None)))


def show(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="An article's id, its source, or the end of its source.")],
    out: Out = Path("out"),
) -> None:
    """Show an article with its mentions in colour, and their values.

    Example: `jianbao show 2018-03-30_zhejiang.txt`
    """
    try:
        view = Corpus(out).article(article)
    except KeyError as error:
        raise typer.BadParameter(str(error.args[0]), param_hint="ARTICLE") from None
    terminal.print_all(Console(), terminal.article_text(view))


def export(
    format_: Annotated[Format, typer.Option("--format", help="csv: a file a kind; xlsx: one workbook, a sheet a kind.")] = Format.csv,
    out: Out = Path("out"),
    to: Annotated[Path | None, typer.Option(help="Folder (csv) or file (xlsx) to write; beside the output by default.")] = None,
    kind: Annotated[list[FileKind] | None, typer.Option(help="Only these files; all by default.")] = None,
) -> None:
    """Export an output for a spreadsheet. Cells never hold formulas.

    Example: `jianbao export --format xlsx --to report.xlsx --kind agreements --kind figures`
    """
    corpus = Corpus(out)
    out = out.resolve()
    stems = [k.value for k in kind] if kind else list(FILES)
    if format_ is Format.csv:
        written = export_csv(corpus, to or out.with_name(f"{out.name}-csv"), stems)
    else:
        written = export_xlsx(corpus, to or out.with_name(f"{out.name}.xlsx"), stems)
    for path in written:
        print(path)


def schema(
    name: Annotated[str | None, typer.Argument(help="Only the schema of this file, such as mentions.")] = None,
    to: Annotated[Path | None, typer.Option(help="Write every schema as a file into this folder.")] = None,
) -> None:
    """Print the JSON Schema of the output files and lexicon entries.

    Example: `jianbao schema mentions`
    """
    if to is not None:
        to.mkdir(parents=True, exist_ok=True)
        for file, text in schema_files().items():
            (to / file).write_text(text, encoding="utf-8")
        return
    known = schemas()
    if name is not None and name not in known:
        raise typer.BadParameter(f"{name!r}; schemas are {', '.join(known)}", param_hint="NAME")
    chosen: Any = known[name] if name else known
    print(orjson.dumps(chosen, option=orjson.OPT_INDENT_2).decode())


COMMANDS = (records, show, export, schema)
