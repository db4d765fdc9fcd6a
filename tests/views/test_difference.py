"""What a comparison looks like: tables that nothing steers, Markdown that nothing breaks, JSON that keeps its keys and its digits."""

import json
import re
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from rich.console import Console

from jianbao.attribution import Reason
from jianbao.comparison import Comparison, compare
from jianbao.records import FILES
from jianbao.views import terminal
from jianbao.views.difference import as_json, markdown, reason_text, tables
from tests.revised import Revised
from tests.scripted import Article, figure, organisation, run_script

HOSTILE = [
    "甲|乙公司", "甲`乙`公司", "<script>alert(1)</script>公司", "<!--甲", "</details>公司", "</code>公司", "[甲](http://x.example)", "![甲](y)", "@someone公司",
    "#123", "**甲**_乙_~~丙~~", "甲\\|乙公司", "&lt;甲&amp;", "https://x.example/甲", "www.x.example", "甲\x1b[31m公司", "甲\u202e乙公司", "$x$ :smile:",
]  # fmt: skip
"""Names that Markdown, HTML, a forge or a terminal may take for more than text."""


@pytest.fixture(scope="module")
def report(revised: Revised) -> Comparison:
    return compare(revised.before, revised.both)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """A comparison with an output that has such names, and a sum with a fraction."""
    folder = tmp_path_factory.mktemp("hostile")
    old = run_script(folder / "old|`<b>", [Article("a", [organisation("丙公司")])])
    new = run_script(folder / "new", [Article("a", [organisation("丙公司")]), Article("b", [*map(organisation, HOSTILE), figure("3元", "0.1")])])
    return compare(old, new, limit=0)


def shown(report: Comparison, width: int = 200) -> str:
    console = Console(width=width, force_terminal=False)
    with console.capture() as captured:
        terminal.print_all(console, tables(report))
    return captured.get()


class Page(HTMLParser):
    """The tags of a page, the rows of its tables by how many cells they have, and its code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.cells: list[int] = []
        self.code: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag == "tr":
            self.cells.append(0)
        if tag in ("td", "th"):
            self.cells[-1] += 1
        if tag == "code":
            self.code.append("")

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == "code":
            self.code[-1] += data


def page(report: Comparison) -> Page:
    return Page(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(markdown(report)))


# ---- terminal -----------------------------------------------------------------------------------------------------------


def test_tables_say_what_changed_and_why(report: Comparison) -> None:
    said = " ".join(shown(report).split())
    for words in (
        "lexicon organisations_mainland: entries 2 added, 0 removed, 1 changed; with an effect 2",
        "org:江海远帆 added",
        "value.type: company → finance",
        "organisations_mainland: org:阿里巴巴集团 changed (type)",
        "regions_china: 220000 changed (variants)",
        "follows o:",
        "article removed: closed.txt (a:",
        "planned.txt",
        "text: 39 → 44; mentions +1 figures, -1 figures",
        "articles: 3 changed",
        "counts only",
    ):
        assert words in said
    assert "first_seen" not in said


def test_tables_of_no_difference(revised: Revised) -> None:
    said = shown(compare(revised.before, revised.before))
    assert "no difference" in said
    assert "why" not in said
    assert "renamed" not in said, "columns of what did not happen are left out"


def test_tables_cannot_steer_the_terminal(hostile: Comparison) -> None:
    for width in (40, 200):
        assert not [c for c in shown(hostile, width) if (c < " " and c != "\n") or "\x7f" <= c <= "\x9f"]


def test_tables_say_how_many_are_not_listed(revised: Revised) -> None:
    assert "organisations, mentions: 4 changed, 2 of them listed" in shown(compare(revised.before, revised.both, limit=1))


# ---- Markdown -----------------------------------------------------------------------------------------------------------


def test_markdown_has_a_summary_and_folded_lists(report: Comparison) -> None:
    rendered = page(report)
    assert rendered.tags.count("details") == rendered.tags.count("/details") == rendered.tags.count("summary") == 7
    assert rendered.tags.count("table") == 7 + 2
    assert "value.type: company → finance" in rendered.code
    assert "organisations_mainland: org:江海远帆 added" in rendered.code
    rows = [line for line in markdown(report).splitlines() if line.startswith("| organisations, records |")]
    assert len(rows) == 1


def test_markdown_of_no_difference(revised: Revised) -> None:
    said = markdown(compare(revised.before, revised.before))
    assert "No difference." in said
    assert "<details>" not in said


def test_markdown_cannot_be_broken(hostile: Comparison, report: Comparison) -> None:
    rendered = page(hostile)
    assert set(rendered.tags) - {"br", "/br"} == set(page(report).tags) - {"ul", "/ul", "li", "/li"}, "no tag but those of every report"
    assert rendered.links == []
    widths = {tag: rendered.tags.count(tag) for tag in ("details", "/details", "table", "/table")}
    assert widths["details"] == widths["/details"] == widths["table"] - 2 == widths["/table"] - 2
    assert set(rendered.cells) <= {4, 6, 7, 8, 9, 10, 11, 12}
    names = {code.split("  ")[0] for code in rendered.code}
    for name in HOSTILE:
        expected = re.sub("[\x1b\u202e]", " ", name)
        assert any(fold_marks(expected) == fold_marks(found) for found in names), name
    assert not re.search(r"(?<!&)#\d|@|https?://|www\.", re.sub(r"&#\d+;", "&", markdown(hostile)))


def fold_marks(text: str) -> str:
    """Half-width, as names are folded."""
    return text.translate(str.maketrans("（），", "(),")).strip()


def test_markdown_is_one_line_a_change(hostile: Comparison) -> None:
    lines = markdown(hostile).splitlines()
    assert sum(line.startswith("| added |") for line in lines) == len(hostile.changes.records) + len(hostile.changes.articles)
    assert all(line.endswith("|") for line in lines if line.startswith("|"))


# ---- JSON ---------------------------------------------------------------------------------------------------------------


def test_json_is_the_report(report: Comparison) -> None:
    told = json.loads(as_json(report), parse_float=Decimal)
    assert list(told) == list(Comparison.model_fields)
    assert list(told["changes"]) == ["articles", "mentions", "records", "errors"]
    assert Comparison.model_validate(told) == report
    assert all(list(c) == list(told["counts"][0]) for c in told["counts"])


def test_json_has_the_same_keys_where_nothing_differs(revised: Revised, report: Comparison) -> None:
    empty = json.loads(as_json(compare(revised.before, revised.before)))
    assert list(empty) == list(json.loads(as_json(report)))
    assert empty["different"] is False


def test_json_numbers_are_exact(hostile: Comparison) -> None:
    said = as_json(hostile)
    assert '"amount": 0.1,' in said
    (told,) = (c for c in json.loads(said, parse_float=Decimal)["changes"]["records"] if c["kind"] == "figures")
    assert told["value"]["amount"] == Decimal("0.1")


# ---- reasons ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason(cause="article_edited", article="a:1", source="x.txt"), "article edited: x.txt (a:1)"),
        (Reason(cause="article_edited"), "articles edited"),
        (Reason(cause="lexicon_entry", lexicon="units", entry="jin", happened="removed"), "units: jin removed"),
        (
            Reason(cause="lexicon_entry", lexicon="units", entry="jin", happened="changed", fields=("hans", "factor")),
            "units: jin changed (hans, factor)",
        ),
        (Reason(cause="lexicon_files", names=("fold", "units")), "lexicon files: fold, units"),
        (Reason(cause="packages", names=("python_packages.jieba",)), "packages: jieba"),
        (Reason(cause="code", names=("jianbao",)), "code: jianbao"),
        (Reason(cause="record", record="o:1"), "follows o:1"),
        (Reason(cause="record"), "follow a record"),
        (Reason(cause="same_article"), "another change in the same article"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_reason_text(reason: Reason, words: str) -> None:
    assert reason_text(reason) == words


def test_every_file_that_is_compared_is_one(report: Comparison) -> None:
    assert set(report.kinds) == set(FILES) - {"mentions"}


def test_report_names_the_folders(report: Comparison, revised: Revised) -> None:
    assert (Path(report.old), Path(report.new)) == (revised.before, revised.both)
