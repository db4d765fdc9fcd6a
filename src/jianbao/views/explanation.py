"""Why a mention or record is what it is: its rule, lexicon entries, anchor, alternatives, mentions, and the words that filled each slot."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as Styled

from jianbao.folding import fold
from jianbao.lexicon import LexiconError, lexicon_names, load_lexicon
from jianbao.output import Corpus
from jianbao.records import RECORDS
from jianbao.resources import lexicons_from
from jianbao.run import work_again
from jianbao.views.terminal import COLOURS, amount_text, printable

MOST_MENTIONS = 20
# The lexicons that a kind's rules name entries of, by the beginnings of their names.
_LEXICONS = {
    "region": ("regions_", "towns_", "place_", "zone_"),
    "organisation": ("organisations_", "organisation_"),
    "agreement": ("agreement_", "agreements_"),
    "date": ("date_",),
    "figure": ("units", "currencies", "roles"),
}


class NotFoundError(ValueError):
    """No mention or record of an output has the id asked for."""


def explanation(corpus: Corpus, wanted: str, lexicons: Path | None = None) -> Iterator[RenderableType]:
    """What an output and the lexicons know of an id: `m:…` a mention, `g:… r:… o:… d:… f:…` a record.

    Args:
        corpus: An output.
        wanted: The id of a mention or record in it.
        lexicons: The folder of lexicons that the run used; the shipped ones by default.

    Raises:
        NotFoundError: nothing in the output has that id.
    """
    for row in corpus.mentions.rows():
        if row["id"] == wanted:
            return _mention(corpus, row, lexicons)
    for stem in RECORDS:
        for row in corpus.table(stem).rows():
            if wanted == row["id"] or wanted in row["also_ids"]:
                return _record(corpus, stem, row, wanted)
    raise NotFoundError(f"{wanted}: no mention or record of {corpus.folder} has this id; `jianbao show ARTICLE` and `jianbao records KIND` list them")


# ---- a mention ----------------------------------------------------------------------------------------------------------


def _mention(corpus: Corpus, row: dict[str, Any], lexicons: Path | None) -> Iterator[RenderableType]:
    yield Styled.assemble((printable(row["text"]), COLOURS[row["kind"]]), f"  {row['kind']}  {row['id']}")
    table = _facts()
    table.add_row("article", f"{row['article']}  {printable(row['source'])}  {row['start']}-{row['end']}")
    if fold(row["text"]) != row["text"] or row["normalised"] != row["text"]:
        table.add_row("read as", printable(row["normalised"]))
    table.add_row("rule", row["rule"])
    for entry in _entries(row["kind"], row["lexicon"], lexicons):
        table.add_row("lexicon", printable(entry))
    value = row["value"]
    for field, shown in value.items():
        if shown not in (None, [], False) and field not in ("alternatives", "anchor"):
            table.add_row(field, printable(_plain(shown)))
    if value.get("anchor"):
        table.add_row("resolved against", printable(value["anchor"]))
    if value.get("alternatives"):
        table.add_row("refused", printable(", ".join(_named(value["alternatives"], lexicons))))
    else:
        for entry in _refused(corpus, row, lexicons):
            table.add_row("refused", printable(entry))
    for name, said in (("deictic", "points at a place named elsewhere"), ("boilerplate", "stands in the page's furniture")):
        if row[name]:
            table.add_row(name, said)
    if row["inside"]:
        table.add_row("inside", row["inside"])
    table.add_row("records", ", ".join(row["records"]) or "none")
    yield table
    text = _article_text(corpus, row["article"])
    if text is not None:
        yield _in_context(text, row["sentence"], [(row["start"], row["end"], row["kind"])])


def _refused(corpus: Corpus, row: dict[str, Any], lexicons: Path | None) -> Iterator[str]:
    """The lexicon entries that were considered for a name and not taken; an output does not keep them, so its article is worked through again."""
    if row["kind"] not in ("organisation", "region"):
        return
    text = work_again(corpus.article(row["article"]).article, lexicons=lexicons)
    for mention in text.mentions:
        if mention.kind == row["kind"] and text.source_span(mention.start, mention.end) == (row["start"], row["end"]):
            yield from _entries(row["kind"], mention.refused, lexicons)


def _entries(kind: str, ids: Iterable[str], lexicons: Path | None) -> Iterator[str]:
    """Each entry that a rule used: its file, id, name and source."""
    with lexicons_from(lexicons):
        names = [name for name in lexicon_names() if name.startswith(_LEXICONS[kind])]
        for wanted in ids:
            found = False
            for name in names:
                try:
                    entry = load_lexicon(name).by_id.get(wanted)
                except LexiconError:
                    continue  # `jianbao lexicon check` says what is wrong with it
                if entry is not None:
                    found = True
                    yield f"{name}: {entry.id}  {entry.hans}  ({entry.source})"
            if not found:
                yield f"{wanted}  (in no lexicon at hand)"


def _named(codes: Iterable[str], lexicons: Path | None) -> Iterator[str]:
    with lexicons_from(lexicons):
        regions = [load_lexicon(name) for name in lexicon_names() if name.startswith("regions_")]
    for code in codes:
        entry = next((e for lexicon in regions for e in lexicon.entries if e.code == code), None)
        yield f"{code} {entry.hans}" if entry else code


# ---- a record ---------------------------------------------------------------------------------------------------------


def _record(corpus: Corpus, stem: str, row: dict[str, Any], wanted: str) -> Iterator[RenderableType]:
    name = row["name"]
    yield Styled.assemble((printable(name["hans"]), COLOURS[stem.removesuffix("s")]), f"  {stem}  {row['id']}")
    table = _facts()
    if wanted != row["id"]:
        table.add_row("asked for", f"{wanted}, now part of {row['id']}")
    table.add_row("hant", f"{printable(name['hant'])} ({name['hant_by']})")
    skipped = {"id", "name", "also_ids", "merged_because", "examples", "evidence", "conflicts", "parties", "amounts"}
    for field, shown in row.items():
        if field not in skipped and shown not in (None, [], False):
            table.add_row(field, printable(_plain(shown)))
    for reason in row["merged_because"]:
        table.add_row("merged", f"{reason['other']} by {reason['rule']}, score {reason['score']}")
    if row["also_ids"]:
        table.add_row("also", ", ".join(row["also_ids"]))
    for conflict in row.get("conflicts", ()):
        table.add_row("conflict", printable(f"{conflict['field']}: {conflict['value']} says {', '.join(conflict['articles'])}"))
    yield table
    if stem == "agreements":
        yield from _slots(corpus, row)
    else:
        yield _mentions_table(m for m in corpus.mentions.rows() if row["id"] in m["records"])


def _mentions_table(mentions: Iterable[dict[str, Any]]) -> Table:
    table = Table(show_edge=False, title="mentions", title_justify="left")
    for column in ("id", "article", "place", "text", "rule"):
        table.add_column(column, overflow="fold")
    count = 0
    for m in mentions:
        count += 1
        if count <= MOST_MENTIONS:
            table.add_row(m["id"], printable(m["source"]), f"{m['start']}-{m['end']}", printable(m["text"]), m["rule"])
    if count > MOST_MENTIONS:
        table.caption = f"and {count - MOST_MENTIONS} more"
    return table


def _slots(corpus: Corpus, row: dict[str, Any]) -> Iterator[RenderableType]:
    """Which words filled which slot of an agreement, and the sentences with them in colour."""
    spans = [(e["article"], e["start"], e["end"]) for e in row["evidence"]]
    articles = {article for article, _, _ in spans}
    mentions = [m for m in corpus.mentions.rows() if m["article"] in articles]
    near = [m for m in mentions if any(m["article"] == a and start <= m["start"] and m["end"] <= end for a, start, end in spans)]
    figures = {f["id"]: f for f in corpus.figures.rows() if f["id"] in row["amounts"]}
    used: dict[str, dict[str, Any]] = {}
    table = Table(show_edge=False, title="slots", title_justify="left")
    for column in ("slot", "value", "words", "mention"):
        table.add_column(column, overflow="fold")

    def add(slot: str, value: str, found: list[dict[str, Any]]) -> None:
        used.update({m["id"]: m for m in found})
        words = " / ".join(dict.fromkeys(printable(m["text"]) for m in found))
        table.add_row(slot, printable(value), words or "-", " ".join(m["id"] for m in found[:4]))

    add("agreement", row["title"] or row["agreement_type"], [m for m in mentions if m["kind"] == "agreement" and row["id"] in m["records"]])
    for party in row["parties"]:
        name = party["name"] + (" (unresolved)" if party["unresolved"] else "")
        add(party["role"] or "party", name, _told(near, mentions, lambda m, r=party["record"]: r is not None and r in m["records"]))
    if row["date"]:
        add("date", row["date"], _told(near, mentions, lambda m: m["kind"] == "date" and m["value"]["edtf"] == row["date"]))
    for amount in row["amounts"]:
        value = amount_text(figures[amount]) if amount in figures else amount
        add("amount", value, _told(near, mentions, lambda m, a=amount: a in m["records"]))
    for slot in ("place", "duration", "subject", "status"):
        if row[slot]:
            table.add_row(slot, printable(row[slot]), "", "")
    yield table
    for evidence in row["evidence"]:
        text = _article_text(corpus, evidence["article"])
        if text is not None:
            marks = [(m["start"], m["end"], m["kind"]) for m in used.values() if m["article"] == evidence["article"]]
            yield Styled(f"\n{evidence['article']}  {evidence['start']}-{evidence['end']}", style="dim")
            yield _in_context(text, (evidence["start"], evidence["end"]), marks)


def _told(near: list[dict[str, Any]], mentions: list[dict[str, Any]], test: Any) -> list[dict[str, Any]]:
    """The mentions that pass in the sentences of the evidence, else the first in the articles."""
    return [m for m in near if test(m)] or [m for m in mentions if test(m)][:1]


# ---- shared -------------------------------------------------------------------------------------------------------------


def _facts() -> Table:
    table = Table(show_edge=False, show_header=False, box=None)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    return table


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _article_text(corpus: Corpus, article: str) -> str | None:
    return next((a["text"] for a in corpus.articles.rows() if a["id"] == article), None)


def _in_context(text: str, sentence: tuple[int, int] | list[int], marks: Iterable[tuple[int, int, str]]) -> Styled:
    start, end = sentence
    shown = Styled(printable(text[start:end]))
    for first, last, kind in marks:
        if start <= first and last <= end:
            shown.stylize(f"{COLOURS[kind]} bold", first - start, last - start)
    return shown
