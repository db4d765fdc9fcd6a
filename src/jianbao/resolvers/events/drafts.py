"""An event while it is read."""

from dataclasses import dataclass, field

from jianbao.records import AgreementStatus, AgreementValue
from jianbao.resolvers.parties import Group
from jianbao.text import Mention


@dataclass(slots=True)
class Draft:
    """What is known of one agreement so far."""

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


def value_of(mention: Mention) -> AgreementValue:
    """What an agreement's name says."""
    value = mention.value
    assert isinstance(value, AgreementValue)
    return value
