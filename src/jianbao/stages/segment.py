"""segment: the words and sentences of a `Text`. No word and no sentence runs across a line end."""

from collections.abc import Iterable, Iterator

from jianbao.text import Segmenter, Text


def segment(texts: Iterable[Text], segmenter: Segmenter) -> Iterator[Text]:
    """Each text with its words (jieba's, over the folded text) and sentence ends."""
    for text in texts:
        text.segmenter = segmenter
        _ = text.boundaries, text.sentences
        yield text
