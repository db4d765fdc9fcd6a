"""Runs whose mentions are told, not found: for what happens to mentions after an article's pipeline, whatever the extractors can do."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from jianbao.component import ResolverComponent, make_press_tokenizer
from jianbao.engines import local
from jianbao.folding import fold
from jianbao.mentions import mention_id
from jianbao.records import AgreementValue, DateValue, Event, Evidence, FigureValue, OrganisationValue, Party, RegionValue, Value
from jianbao.run import RunOptions, run
from jianbao.text import Mention, Text
from tests.samples import small_pipeline

KIND = {RegionValue: "region", OrganisationValue: "organisation", AgreementValue: "agreement", DateValue: "date", FigureValue: "figure"}


@dataclass(frozen=True)
class Told:
    """A mention that an article shall have: what is printed and what it is worth."""

    surface: str
    value: Value


def organisation(name: str, region: str | None = None, type_: str = "company") -> Told:
    return Told(name, OrganisationValue(name=fold(name), type=type_, region=region))  # type: ignore[arg-type]


def region(surface: str, code: str, name: str) -> Told:
    return Told(surface, RegionValue(code=code, name=name, level="province"))


def date(surface: str, edtf: str) -> Told:
    return Told(surface, DateValue(edtf=edtf, start=edtf, end=edtf))


def figure(surface: str, amount: str, role: str | None = "investment_total", subject: str | None = "产业园", unit: str = "元") -> Told:
    number = Decimal(amount)
    value = FigureValue(dimension="money", amount=number, low=number, high=number, currency="CNY", unit=unit, role=role, subject=subject)
    return Told(surface, value)


def agreement(title: str) -> Told:
    return Told(f"《{title}》", AgreementValue(agreement_type="framework_agreement", title=fold(title)))


@dataclass(frozen=True)
class Signing:
    """An agreement that an article shall tell of: parties, dates and amounts among its mentions, by their surfaces."""

    title: str | None
    parties: tuple[str, ...] = ()
    date: str | None = None
    amounts: tuple[str, ...] = ()
    status: str = "signed"
    agreement_type: str = "framework_agreement"


@dataclass(frozen=True)
class Article:
    """An article of told mentions, in one sentence after a first line of its own."""

    id: str
    told: Sequence[Told]
    published: str | None = "2018-03-08"
    signings: tuple[Signing, ...] = ()
    more: str = ""

    @property
    def text(self) -> str:
        # Each has words of its own, so that no article repeats another's text.
        return f"本报第{self.id}号讯。{self.more}\n" + "，".join(f"文中第{i}处提到{told.surface}" for i, told in enumerate(self.told)) + "。\n"


@dataclass
class Script:
    """A pipeline's only component: gives each article the mentions that are told of it."""

    articles: dict[str, Article]
    change: Callable[[Text], None] | None = None

    def resolve(self, text: Text) -> None:
        """The mentions of one article."""
        assert text.article is not None
        if self.change:
            self.change(text)
        article = self.articles[text.article.source.partition("#")[2]]
        position = 0
        mentions = []
        for told in article.told:
            start = text.folded.index(fold(told.surface), text.folded.index("处提到", position))
            position = start + len(told.surface)
            mentions.append(Mention(KIND[type(told.value)], start, position, "told", told.value))  # type: ignore[arg-type]
        text.mentions += mentions
        ids = {told.surface: mention_id(text, mention) for told, mention in zip(article.told, mentions, strict=True)}
        for signing in article.signings:
            first, last = text.source_span(0, 1)
            text.events.append(
                Event(
                    agreement_type=signing.agreement_type,  # type: ignore[arg-type]
                    title=signing.title,
                    parties=tuple(Party(record=ids.get(name), name=fold(name)) for name in signing.parties),
                    date=signing.date,
                    amounts=tuple(ids[surface] for surface in signing.amounts),
                    status=signing.status,  # type: ignore[arg-type]
                    evidence=(Evidence(article=text.article.id, start=first, end=last, text=text.source[first:last]),),
                    mentions=tuple(ids[s] for s in (f"《{signing.title}》",) if s in ids),
                )
            )


def scripted_pipeline(script: Script) -> Language:
    """A pipeline of the press tokenizer and the script."""
    nlp = spacy.blank("zh")
    nlp.tokenizer = make_press_tokenizer()(nlp)
    nlp._components = [("script", ResolverComponent(script))]
    return nlp


def run_script(out: Path, articles: Iterable[Article], change: Callable[[Text], None] | None = None) -> Path:
    """The output folder of a run over told articles, which stand in one JSONL file."""
    told = list(articles)
    script = Script({article.id: article for article in told}, change)
    work = out.with_name(f"{out.name}-input")
    work.mkdir(parents=True, exist_ok=True)
    # The run asks its pipeline file which gazetteers name places.
    pipeline = small_pipeline().replace('["regions_macro"]', '["regions_china","regions_taiwan","regions_world"]')
    (work / "small.cfg").write_text(pipeline, encoding="utf-8")
    lines = [json.dumps({"id": a.id, "date": a.published, "text": a.text}, ensure_ascii=False) for a in told]
    (work / "told.jsonl").write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local, "load_pipeline", lambda *_, **__: scripted_pipeline(script))
        run([work / "told.jsonl"], out, RunOptions(str(work / "small.cfg"), workers=1, full=True))
    return out
