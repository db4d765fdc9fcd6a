"""What makes two mentions the same thing without any doubt: their content key."""

from decimal import Decimal

from jianbao.records import (
    DateValue,
    Event,
    FigureValue,
    OrganisationValue,
    RegionValue,
    Value,
)


def content_keys(value: Value, rule: str, article: str) -> tuple[str, ...]:
    """The keys of the records that a mention belongs to: one as a rule, two for 两省, none where it is unresolved.

    An agreement's mention belongs to the events that name it, which only the event knows: none here.
    """
    if value.unresolved:
        return ()
    if isinstance(value, RegionValue):
        return tuple(f"region|{code}" for code in value.codes or (value.code,) if code)
    if isinstance(value, DateValue):
        return (f"date|{value.edtf}|{value.modifier or ''}",)
    if isinstance(value, OrganisationValue):
        # A local body whose place nobody could tell (市委) is the body of this article's city, not of every city.
        home = article if rule.startswith("organisation.local") and value.region is None else ""
        return (f"organisation|{value.name}|{home}",)
    return (_figure_key(value, article),) if isinstance(value, FigureValue) else ()


def _figure_key(value: FigureValue, article: str) -> str:
    """The same fact only on exact keys; without role and subject a figure is the article's own."""
    known = value.role is not None and value.subject is not None
    parts = (
        value.dimension,
        value.amount,
        value.low,
        value.high,
        value.currency or "",
        value.per or "",
        value.modifier or "",
        value.role or "",
        value.subject or "",
        "" if known else article,
    )
    return "figure|" + "|".join(format(p.normalize(), "f") if isinstance(p, Decimal) else str(p) for p in parts)


def event_key(event: Event, parties: tuple[str, ...]) -> str:
    """The content key of an agreement: its type, title, the parties' keys and its date."""
    return "|".join(("agreement", event.agreement_type, event.title or "", *sorted(parties), event.date or ""))
