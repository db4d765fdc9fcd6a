"""Short names in Latin letters that an article gives in brackets to what it has named: 投资协定(BIA), and BIA from then on."""

import re
from collections.abc import Iterator, Sequence

from jianbao.text import Mention, Text

# An alias in brackets directly after a name: 投资协定(BIA), (下称《框架协议》).
_ALIAS = re.compile(r"\((?:(?:以下)?(?:简称|下称)?(?:为)?[:]?[“《]?)(?P<latin>[A-Z][A-Za-z]{1,7})[”》]?\)")


def find_aliases(text: Text, found: Sequence[Mention]) -> Iterator[Mention]:
    """Latin short names given in brackets after a name, there and wherever they stand again."""
    taken = {(m.start, m.end) for m in found}
    for mention in found:
        match = _ALIAS.match(text.folded, mention.end)
        if match is None or match.span("latin") in taken:
            continue
        for again in re.finditer(rf"(?<![A-Za-z]){re.escape(match['latin'])}(?![A-Za-z])", text.folded):
            if again.span() not in taken:
                taken.add(again.span())
                yield text.mention("agreement", *again.span(), rule="agreement.alias", value=mention.value, lexicon=mention.lexicon)
