"""The lines of a page, as every part of cleaning sees them."""

from typing import NamedTuple

# Line ends other than \n; \r\n is one line end, as the \r is stripped.
_OTHER_ENDS = {ord(c): "\n" for c in "\u2028\u2029\x85\x0b\x0c"}
_END = ".。!?;"
_CLOSERS = '”’"」』)》】]'

SHORT = 60
"""A headline, a caption or a byline is shorter than this; most paragraphs are longer."""


class Line(NamedTuple):
    """A line that holds something: where its text begins and ends, the folded text, and whether an empty line stands before it."""

    start: int
    end: int
    text: str
    after_blank: bool

    @property
    def is_sentence(self) -> bool:
        """Whether it ends as a sentence does, quotation marks aside."""
        return self.text.rstrip(_CLOSERS)[-1:] in _END

    @property
    def is_body(self) -> bool:
        """Whether it reads as running text: a full stop inside or at the end, or too long for anything else."""
        return len(self.text) > 2 * SHORT or "。" in self.text or (len(self.text) > SHORT and "," in self.text)


def lines_of(folded: str) -> list[Line]:
    """The lines of a folded text that hold something, in order."""
    if "\r" in folded and "\r\n" not in folded:
        folded = folded.replace("\r", "\n")
    if not folded.isascii():
        for other in ("\u2028", "\u2029", "\x85", "\x0b", "\x0c"):
            if other in folded:
                folded = folded.translate(_OTHER_ENDS)
                break
    lines: list[Line] = []
    position, blank = 0, True
    for whole in folded.split("\n"):
        if not whole:
            blank = True
            position += 1
            continue
        text = whole.strip()
        if text:
            start = position + (0 if whole[0] == text[0] else len(whole) - len(whole.lstrip()))
            lines.append(Line(start, start + len(text), text, blank))
        blank = not text
        position += len(whole) + 1
    return lines
