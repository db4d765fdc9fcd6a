"""Views for the terminal: what they say, and nothing in an article that steers the terminal."""

from pathlib import Path

import pytest
from rich.console import Console, RenderableType
from rich.text import Text as Styled

from jianbao.output import ArticleView, Corpus
from jianbao.records import RECORDS
from jianbao.views import terminal
from tests.samples import rows
from tests.scripted import Article, Signing, agreement, figure, organisation, region, run_script

TABLES = [stem for stem in RECORDS if stem != "agreements"]  # these have a table of their own
ESCAPES = "\x1b[2J\x1b]0;甲\x07\x9b31m\x00"


def shown(*parts: RenderableType, width: int = 200) -> str:
    console = Console(width=width, force_terminal=False)
    with console.capture() as captured:
        terminal.print_all(console, parts)
    return captured.get()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    told = [organisation("甲[red]公司[/red]"), region("吉林", "220000", "吉林省"), figure("3000万元", "30000000"), agreement("甲乙合作框架协议")]
    article = Article("a", told, signings=(Signing("甲乙合作框架协议", ("甲[red]公司[/red]",), "2018-03-07", ("3000万元",)),), more=ESCAPES)
    return Corpus(run_script(tmp_path_factory.mktemp("hostile") / "out", [article]))


@pytest.mark.parametrize("text", [ESCAPES, "甲\x85乙", "甲\r乙", "甲\n乙", "\x0b\x0c"])
def test_printable_takes_control_characters_out(text: str) -> None:
    assert not [c for c in terminal.printable(text) if c < " " or "\x7f" <= c <= "\x9f"]
    assert len(terminal.printable(text)) == len(text)


def test_printable_of_nothing_is_empty() -> None:
    assert terminal.printable(None) == ""
    assert terminal.printable(3) == "3"


def test_summary_tells_counts_names_agreements_and_errors(output: Path) -> None:
    said = shown(terminal.summary(Corpus(output)))
    for stem in RECORDS:
        kind = sum(m["kind"] == stem.removesuffix("s") for m in rows(output, "mentions"))
        (line,) = (line for line in said.splitlines() if line.split() and line.split()[0] == stem)
        assert [int(n) for n in line.replace("│", " ").split()[1:]] == [kind, len(rows(output, stem))]
    assert "战略合作框架协议" in said
    assert "浙江省" in said


def test_summary_says_what_more_there_is(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus(output)
    whole = shown(terminal.summary(corpus))
    monkeypatch.setattr(terminal, "MOST_LINES", 2)
    said = shown(terminal.summary(corpus))
    assert f"and {len(corpus.agreements) - 2} more: jianbao records agreements" in said
    assert "more:" not in whole
    assert said.split("Agreements")[1].splitlines()[:3] == whole.split("Agreements")[1].splitlines()[:3]


def test_summary_of_an_empty_output_says_so(tmp_path: Path) -> None:
    said = shown(terminal.summary(Corpus(run_script(tmp_path / "out", [Article("a", [])]))))
    assert "Agreements: none" in said
    assert "Errors" not in said


def test_summary_lists_errors(tmp_path: Path) -> None:
    def fail(text: object) -> None:
        raise ValueError(f"甲{ESCAPES}乙")

    said = shown(terminal.summary(Corpus(run_script(tmp_path / "out", [Article("a", [])], fail))))
    assert "told.jsonl#a" in said
    assert "\x1b" not in said


def test_article_text_marks_mentions_where_they_stand(hostile: Corpus) -> None:
    view = hostile.article("a")
    bodies = [part for part in terminal.article_text(view) if isinstance(part, Styled) and len(part.plain) == len(view.text)]
    (body,) = bodies
    for mention in view.mentions:
        assert any((s.start, s.end) == (mention.start, mention.end) and terminal.COLOURS[mention.kind] in str(s.style) for s in body.spans)
        assert body.plain[mention.start : mention.end] == mention.text


def test_article_text_says_every_mention_and_value(hostile: Corpus) -> None:
    said = shown(*terminal.article_text(hostile.article("a")))
    for words in ("told.jsonl#a", "2018-03-08", "code=220000", "amount=30000000", "甲[red]公司[/red]"):
        assert words in said
    assert not set(said) & set("\x1b\x07\x9b\x00")


@pytest.mark.parametrize("stem", TABLES)
def test_records_table_has_a_line_for_each_record(output: Path, stem: str) -> None:
    said = shown(terminal.records_table(stem, rows(output, stem)), width=400)
    for row in rows(output, stem):
        assert str(row["id"]) in said


def test_records_table_shows_text_as_it_is(hostile: Corpus) -> None:
    for stem in TABLES:
        said = shown(terminal.records_table(stem, hostile.table(stem).rows()), width=400)
        assert "\x1b" not in said
    assert "甲[red]公司[/red]" in shown(terminal.records_table("organisations", hostile.organisations.rows()))


def test_agreements_table_tells_who_agreed_what_for_how_much(hostile: Corpus) -> None:
    figures = {str(row["id"]): row for row in hostile.figures.rows()}
    said = shown(terminal.agreements_table(hostile.agreements.rows(), figures))
    for words in ("2018-03-07", "甲乙合作框架协议", "甲[red]公司[/red]", "30,000,000"):
        assert words in said


def test_agreements_are_told_in_reading_order(output: Path) -> None:
    days = [row["first_seen"] or "9999" for row in sorted(rows(output, "agreements"), key=terminal.reading_order)]
    assert days == sorted(days)


def test_article_view_gives_its_text(hostile: Corpus) -> None:
    assert isinstance(hostile.article("a"), ArticleView)
    assert hostile.article("a").text == next(iter(hostile.articles)).text
