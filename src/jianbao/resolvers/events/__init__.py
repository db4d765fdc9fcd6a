"""Agreements as events: who signed or issued what with whom, when, for how much, read from the sentence that tells it.

`resolver.py` goes through the agreements of an article. `signings` reads those that are signed, `policies` the documents that are issued, both from their
`verbs` and in `lists`; an `article` drafts each with its `dates`, `places` and `sums`. What is `told` twice is one agreement, and a `record` is made of each at the end.
"""

from jianbao.resolvers.events.resolver import EventResolver, make_events

__all__ = ["EventResolver", "make_events"]
