"""What the resolver knows of an article, and the draft of an agreement that is read from it."""

import re
from collections.abc import Sequence
from functools import cached_property

from jianbao.records import AgreementStatus, Kind
from jianbao.resolvers.events.agreements import Agreements
from jianbao.resolvers.events.dates import Dates
from jianbao.resolvers.events.drafts import Draft
from jianbao.resolvers.events.places import Places
from jianbao.resolvers.events.sums import Sums
from jianbao.resolvers.parties import Group, PartyReader, Words
from jianbao.text import Mention, Text

_DURATION = re.compile(
    r"(?:为期|有效期(?:限)?为?|期限为?|合同期为?|租期为?|合作期限?为?|一签|历时|长达|(?<=[了的签定订约,])|(?<=签署)|(?=[0-9一二两三四五六七八九十]{1,3}年期))"
    r"(?P<time>[0-9一二两三四五六七八九十]{1,3}(?:\.5)?(?:个)?(?:年半?|月))(?![0-9月度底初末内来前间产至])"
)
_ABOUT = re.compile(
    r"就(?!此)(?P<what>(?:(?![与和同])[\u4e00-\u9fffA-Za-z0-9“”]){2,30}?)(?:等(?:事项|方面|领域|内容|合作)?|事宜|方面|项目合作|达成一致|一事)?(?:正式|共同|联合|成功|再|又)?(?:签|达成|订立|缔结|达致)"
)
_CLOSES = frozenset("。!?;:,)”…")
_LOT = re.compile(r"(?:多|数|若干|一批|一系列|系列|一揽子|[2-9二两三四五六七八九十]|[1-9][0-9]+)[余多]?[份项个批]?(?:重要|相关|战略)?$")
_TRADE_WORDS = re.compile(
    r"(?:长期|年度|战略|全面|框架|合作|对口|友好|意向|谅解|双边|中长期|补充|正式|购销|采购|供货|供应|销售|收购|买卖|订购|订单|契作|投资|开发|车辆采购|委托)*"
    r"(?:协议书?|协定|合同书?|合约|契约书?|备忘录|意向书|议定书|条约)$"
)


class Article:
    """The mentions of an article as agreements, and their parties, dates, places and sums."""

    def __init__(self, text: Text, words: Words, meeting: re.Pattern[str]) -> None:
        self.text = text
        self._words, self._meeting = words, meeting
        self.agreements = Agreements(text, self.of_kind("agreement"))

    def of_kind(self, kind: Kind) -> list[Mention]:
        """The mentions of a kind, in order."""
        return [m for m in self.text.mentions if m.kind == kind]

    # Some articles name an agreement and tell nothing of it: what the mentions are is asked when it is told of.

    @cached_property
    def parties(self) -> PartyReader:
        """Reads who signs and who issues."""
        return PartyReader(self.text, self._words)

    @cached_property
    def dates(self) -> Dates:
        """Reads when it was."""
        return Dates(self.text, self.of_kind("date"), self.agreements, self._meeting)

    @cached_property
    def places(self) -> Places:
        """Reads where it was."""
        return Places(self.text, self.of_kind("region"))

    @cached_property
    def sums(self) -> Sums:
        """Reads for how much it was."""
        return Sums(self.text, self.of_kind("figure"), self.of_kind("organisation"), self.agreements)

    def drafts(
        self, agreement: Mention, groups: Sequence[Group], status: AgreementStatus, start: int, end: int, verb: int, *, done_here: bool = True
    ) -> list[Draft]:
        """An agreement of each group of parties with what the words between `start` and `end` tell of it; `verb` is where its verb begins.

        What is only named (not `done_here`) has no date or place of the sentence.
        """
        if not groups:
            return []
        text, folded = self.text, self.text.folded
        sentence = text.sentence_span(agreement.start)
        about = _ABOUT.search(folded, start, agreement.start)
        subject = about["what"] if about else _subject_words(folded[agreement.start : agreement.end], agreement)
        duration = _duration(folded, max(start, verb - 4), min(end, agreement.end + 40))
        amounts = self.sums.of(start, verb, agreement, sentence)
        dates: list[str | None] = [None] * len(groups)
        place: str | None = None
        if done_here:
            dates = self.dates.of(sentence, start, verb, agreement, groups, planned=status == "planned")
            place = self.places.of(start, verb)
        headline, lot = _is_headline(folded, *sentence), _is_lot(folded, start, agreement)
        return [
            Draft(agreement, sides, status, sentence, date, place, amounts, duration, subject, [agreement], headline, lot)
            for sides, date in zip(groups, dates, strict=True)
        ]

    def draft(self, agreement: Mention, sides: Group, status: AgreementStatus, start: int, end: int, verb: int) -> Draft:
        """An agreement of one group of parties."""
        return self.drafts(agreement, [sides], status, start, end, verb)[0]

    def document(self, agreement: Mention, issuer: Group, status: AgreementStatus, start: int) -> Draft:
        """A document that is issued: it has no duration or subject, and when, where and for how much its verb tells otherwise than a signing's."""
        folded, sentence = self.text.folded, self.text.sentence_span(agreement.start)
        return Draft(
            agreement,
            issuer,
            status,
            sentence,
            mentions=[agreement],
            headline=_is_headline(folded, *sentence),
            lot=_is_lot(folded, start, agreement),
        )


def _duration(folded: str, start: int, end: int) -> str | None:
    """For how long: 为期|三年."""
    if folded.find("年", start, end) < 0 and folded.find("月", start, end) < 0:
        return None
    found = _DURATION.search(folded, start, end)
    return found["time"] if found else None


def _is_lot(folded: str, start: int, agreement: Mention) -> bool:
    """Whether several agreements are told of at once: 多份|合作协议."""
    return _LOT.search(folded, max(start, agreement.start - 12), agreement.start) is not None


def _is_headline(folded: str, start: int, end: int) -> bool:
    """Whether a sentence is a line without a full stop."""
    while end > start and folded[end - 1].isspace():
        end -= 1
    return end > start and folded[end - 1] not in _CLOSES


def _subject_words(name: str, agreement: Mention) -> str | None:
    """What a compound name is about: 羊绒加工项目 of 羊绒加工项目合作协议, 羊肉制品 of 羊肉制品采购合同."""
    if agreement.rule != "agreement.compound":
        return None
    words = _TRADE_WORDS.sub("", name)
    return words if len(words) >= 2 else None
