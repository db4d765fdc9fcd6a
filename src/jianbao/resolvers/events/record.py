"""From a draft to the event that is written."""

from jianbao.mentions import article_id, mention_id
from jianbao.records import Event, Evidence, Party
from jianbao.resolvers.events.drafts import Draft
from jianbao.resolvers.parties import Side
from jianbao.text import Text

EVIDENCE_LENGTH = 120


def event_of(text: Text, draft: Draft) -> Event:
    """The event, with as much of its sentence as proves it."""
    start, end = draft.sentence
    first = max(start, min(draft.agreement.end, end) - EVIDENCE_LENGTH) if end - start > EVIDENCE_LENGTH else start
    last = min(end, first + EVIDENCE_LENGTH)
    a, b = text.source_span(first, last)
    sides: dict[str, Side] = {}
    for side in draft.sides:
        sides.setdefault(side.name, side)
    role = "issuer" if draft.kind == "policy_document" else None
    return Event.of_fields(
        {
            "agreement_type": draft.kind,
            "title": draft.title,
            "parties": tuple([_party(text, side, role) for side in sides.values()]),
            "date": draft.date,
            "place": draft.place,
            "amounts": tuple([mention_id(text, m) for m in draft.amounts]),
            "duration": draft.duration,
            "subject": draft.subject,
            "status": draft.status,
            "evidence": (Evidence.of_fields({"article": article_id(text), "start": a, "end": b, "text": text.source[a:b]}),),
            "mentions": tuple(dict.fromkeys([mention_id(text, m) for m in draft.mentions])),
        }
    )


def _party(text: Text, side: Side, role: str | None) -> Party:
    known = side.mention if side.known else None
    return Party.of_fields(
        {
            "record": mention_id(text, known) if known else None,
            "name": side.name,
            "role": role,
            "unresolved": known is None or bool(known.value and known.value.unresolved),
        }
    )
