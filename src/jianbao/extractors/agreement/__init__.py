"""Agreements and policy documents: the words that name one, as in 《…框架协议》, 战略合作协议, 供货合同, CEPA.

A name is printed in marks (《》, “”), told as a plan is (核定第六期…方案, “十三五”规划), known (CEPA), or a head such as 协议 with its subject before it. Whether it is
also an event, with parties and a date, is for the resolver to say.

`extractor.py` puts the rooms in their order; each leaves alone what the `spans` of the earlier ones cover. `titles` and `quoted` read what stands in marks, `plans`,
`known` and `compounds` what does not, `aliases` the short names that are given to any of these. What a name ends in is known to `heads`, where it begins to `edges` and
`words`, what signs it to `signing`.
"""

from jianbao.extractors.agreement.extractor import AgreementExtractor, make_agreements

__all__ = ["AgreementExtractor", "make_agreements"]
