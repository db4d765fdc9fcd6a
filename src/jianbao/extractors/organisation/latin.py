"""Companies abroad by their Latin names: what a legal form ends (KAZE OPTICS CO., LTD.), and what a company's kind stands before (聯營公司Harbour Trams North)."""

import re

from jianbao.extractors.organisation.view import Candidate, View

# A run of Latin words: letters, digits and the marks of names. Its first character makes a quick refusal.
_RUN = re.compile(r"[A-Z](?<![A-Za-z][A-Z])(?:[A-Za-z0-9&.'-]|, ?(?=[A-Z])| (?=[A-Za-z0-9&(])|\([A-Za-z][A-Za-z ]{1,14}\)(?= )){3,80}")
# Legal forms at the end of a name. Not co-working, Inca.
_LEGAL = re.compile(
    r"(?:^|(?<=[ ,]))(?:(?:CO|Co|PTE|Pte|PTY|Pty)\.?,? ?(?:LTD|Ltd|LIMITED|Limited)\.?|L(?:TD|td)\.?|LIMITED|Limited|I(?:NC|nc)\.?|C(?:ORP|orp)\.?|CORPORATION|Corporation|"
    r"LLC|LLP|PLC|plc|G(?:mbH|MBH)|[SN]\.?A\.?|[NB]\.?V\.?|AG)(?![A-Za-z])"
)
# A word of a name: begins with a capital or a digit, or stands between such.
_WORD = re.compile(r"[A-Z0-9&(]|(?:of|and|de|du|for|the|in|von|van)\Z")
_CAPITALS = re.compile(r"(?:[A-Z][A-Za-z0-9&.'-]*|&)(?: (?:[A-Z][A-Za-z0-9&.'-]*|&))*")
# What a company is called right before its name. Not 公司LOGO, 集团CEO.
_KIND = re.compile(r"(?:(?:子|母|孙|合资|联营|附属|关联|全资|控股|参股|合营)公司|财团|旗下公司)\Z")
_LONGEST_NAME = 8  # words before a legal form
_SHORTEST_NAME = 3  # characters after a company's kind


class Latin:
    """Finds names in Latin letters that no gazetteer has."""

    def find(self, view: View) -> None:
        """Adds what a legal form or a company's kind shows to be a company."""
        folded = view.folded
        for run in _RUN.finditer(folded):
            start, end = run.span()
            named = start
            for legal in _LEGAL.finditer(folded, start, end):
                if (begin := _begin(folded, named, legal.start())) < legal.start():
                    self._add(view, begin, legal.end())
                named = legal.end()
            if named == start and _KIND.search(folded, max(0, start - 4), start):
                name = _CAPITALS.match(folded, start, end)
                if name is not None and name.end() - start >= _SHORTEST_NAME:
                    self._add(view, start, name.end())

    @staticmethod
    def _add(view: View, start: int, end: int) -> None:
        if end not in view.bodies:
            view.add(Candidate(start, end, "company", "organisation.latin"))


def _begin(folded: str, floor: int, position: int) -> int:
    """Where the words of a name begin that ends before its legal form; `position` where there are none."""
    words = 0
    begin = end = position
    while words < _LONGEST_NAME:
        last = len(folded[floor:end].rstrip(" ,")) + floor
        first = max(folded.rfind(" ", floor, last), folded.rfind(",", floor, last)) + 1
        first = max(first, floor)
        if last <= floor or not _WORD.match(folded, first, last):
            break
        end = first
        if folded[first].isupper() or folded[first].isdigit():
            begin = first
        words += 1
        if first and folded[first - 1] == "," and words:
            break
    return begin
