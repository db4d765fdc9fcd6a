"""From a draft to the event that is written."""

from jianbao.mentions import article_id, mention_id
from jianbao.records import Event, Evidence, Party
from jianbao.resolvers.events.drafts import Draft, value_of
from jianbao.resolvers.parties import Side
from jianbao.text import Text

EVIDENCE_LENGTH = 120


def event_of(text: Text, draft: Draft) -> Event:
    """The event, with as much of its sentence as proves it."""
    value = value_of(draft.agreement)
    start, end = draft.sentence
    first = max(start, min(draft.agreement.end, end) - EVIDENCE_LENGTH) if end - start > EVIDENCE_LENGTH else start
    last = min(end, first + EVIDENCE_LENGTH)
    a, b = text.source_span(first, last)
    sides: dict[str, Side] = {}
    for side in draft.sides:
        sides.setdefault(side.name, side)
    return Event(
        agreement_type=value.agreement_type,
        title=value.title,
        parties=tuple(
            Party(
                record=mention_id(text, s.mention) if s.known and s.mention else None,
                name=s.name,
                role="issuer" if value.agreement_type == "policy_document" else None,
                unresolved=not s.known or s.mention is None or bool(s.mention.value and s.mention.value.unresolved),
            )
            for s in sides.values()
        ),
        date=draft.date,
        place=draft.place,
        amounts=tuple(mention_id(text, m) for m in draft.amounts),
        duration=draft.duration,
        subject=draft.subject,
        status=draft.status,
        evidence=(Evidence(article=article_id(text), start=a, end=b, text=text.source[a:b]),),
        mentions=tuple(dict.fromkeys(mention_id(text, m) for m in draft.mentions)),
    )
