"""An event while it is read."""

from dataclasses import dataclass, field

from jianbao.records import AgreementStatus, AgreementValue
from jianbao.resolvers.parties import Group
from jianbao.text import Mention


@dataclass(slots=True)
class Draft:
    """What is known of one agreement so far.

    Attributes:
        headline: The sentence is a headline: the words below it tell the same more fully.
        lot: The words tell of several agreements at once (多份合作协议).
        listed: It is one of a list that such words open.
    """

    agreement: Mention
    sides: Group
    status: AgreementStatus
    sentence: tuple[int, int]
    date: str | None = None
    place: str | None = None
    amounts: tuple[Mention, ...] = ()
    duration: str | None = None
    subject: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    headline: bool = False
    lot: bool = False
    listed: bool = False

    def fill(self, again: "Draft") -> None:
        """Takes over what another telling of the same agreement adds; the body of an article names it better than its headline."""
        self.mentions += again.mentions
        if _named_better(again.agreement, self.agreement):
            self.agreement = again.agreement
        if len(again.sides) > len(self.sides) and again.amounts:
            self.amounts = again.amounts  # what is told of more fully has its own sum
        if self.headline and not again.headline and again.agreement.rule != "agreement.head" and len(again.sides) > 1:
            if not value_of(self.agreement).title:
                self.agreement = again.agreement
            if len(again.sides) >= len(self.sides):
                self.sides = again.sides
            self.headline = False
        elif len(again.sides) > len(self.sides) or (len(again.sides) == len(self.sides) and _known(again.sides) > _known(self.sides)):
            self.sides = again.sides
        if self.status == "planned" and again.status in ("signed", "issued"):
            self.status, self.date = again.status, again.date or self.date
        elif again.status != "planned" or self.status == "planned":  # the day by which it is to be signed is not that of the signing
            self.date = _finer(self.date, again.date)
        self.place = self.place or again.place
        self.amounts = self.amounts or again.amounts
        self.duration = self.duration or again.duration
        self.subject = self.subject or again.subject


def value_of(mention: Mention) -> AgreementValue:
    """What an agreement's name says."""
    value = mention.value
    assert isinstance(value, AgreementValue)
    return value


def _named_better(mention: Mention, other: Mention) -> bool:
    """Whether the first name says more: a title, where the other is none or a nickname in quotation marks; words of its own beside 协议."""
    title, known = value_of(mention).title or "", value_of(other).title or ""
    if other.rule == "agreement.quoted":
        return len(title) > len(known)
    return not known and (bool(title) or (other.rule == "agreement.head" and mention.rule != "agreement.head"))


def _known(sides: Group) -> int:
    return sum(side.mention is not None for side in sides)


def _finer(date: str | None, other: str | None) -> str | None:
    """Of 2019-05 and 2019-05-08 the second."""
    return other if date is None or (other is not None and len(other) > len(date) and other.startswith(date)) else date
