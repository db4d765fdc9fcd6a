"""Parties: who signs or issues, read from the words before a verb, as in 甲公司日前与乙市政府在京就…|签署.

The words between the start of a clause and its verb are cut at commas and at 与 和 、; what says when, where, how and about what is taken off, and
what is left is a party: a body that was found, a person of one (市长张三: the body), or, where 与…签署 leaves no doubt that somebody is named,
the words themselves.

`reader.py` puts the rooms together for one article. `signers` and `issuers` are what the resolver asks. They read `chains` of parties joined by connectors
and the `heads` of clauses; a party that the clause leaves out is found by `subjects` (with the `antecedents` of 公司, 该行) and by `both` (双方). `persons` are taken out again. All stand on
`party`, which reads one, on the ranks by which `officers` show their body, on the `names` under which the article knows a body, on what is `trim`med off, on the `shapes` of unknown names and on the `view`.
"""

from jianbao.resolvers.parties.bodies import in_order, outermost
from jianbao.resolvers.parties.reader import PartyReader
from jianbao.resolvers.parties.sides import Group, Side, alike, first_group
from jianbao.resolvers.parties.signers import IN_TALKS
from jianbao.resolvers.parties.words import Words, before_apposition

__all__ = ["IN_TALKS", "Group", "PartyReader", "Side", "Words", "alike", "before_apposition", "first_group", "in_order", "outermost"]
