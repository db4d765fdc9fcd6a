"""An event while it is read."""

from dataclasses import dataclass, field

from jianbao.records import AgreementStatus, AgreementType, AgreementValue
from jianbao.resolvers.parties import Group
from jianbao.text import Mention


@dataclass(slots=True)
class Draft:
    """What is known of one agreement so far.

    Attributes:
        headline: The sentence is a headline: the words below it tell the same more fully.
        lot: The words tell of several agreements at once (多份合作协议).
        listed: It is one of a list that such words open.
        filled: Another telling has added to it.
        kind: The type that its name says.
        title: Its name where that is a title.
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
    filled: bool = False
    kind: AgreementType = field(init=False)
    title: str | None = field(init=False)

    def __post_init__(self) -> None:
        self._take_name(self.agreement)

    def _take_name(self, agreement: Mention) -> None:
        """Goes by a name; what it says is asked each time that two drafts are compared."""
        value = value_of(agreement)
        self.agreement, self.kind, self.title = agreement, value.agreement_type, value.title

    def fill(self, again: "Draft") -> None:
        """Takes over what another telling of the same agreement adds; the body of an article names it better than its headline."""
        self.filled = True
        self.mentions += again.mentions
        if _named_better(again, self):
            self._take_name(again.agreement)
        if len(again.sides) > len(self.sides) and again.amounts:
            self.amounts = again.amounts  # what is told of more fully has its own sum
        if self.headline and not again.headline and again.agreement.rule != "agreement.head" and len(again.sides) > 1:
            if not self.title:
                self._take_name(again.agreement)
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
    assert type(value) is AgreementValue
    return value


def _named_better(draft: Draft, other: Draft) -> bool:
    """Whether the first one's name says more: a title, where the other is none or a nickname in quotation marks; words of its own beside 协议."""
    title, known = draft.title or "", other.title or ""
    if other.agreement.rule == "agreement.quoted":
        return len(title) > len(known)
    return not known and (bool(title) or (other.agreement.rule == "agreement.head" and draft.agreement.rule != "agreement.head"))


def _known(sides: Group) -> int:
    return sum(side.mention is not None for side in sides)


def _finer(date: str | None, other: str | None) -> str | None:
    """Of 2019-05 and 2019-05-08 the second."""
    return other if date is None or (other is not None and len(other) > len(date) and other.startswith(date)) else date
