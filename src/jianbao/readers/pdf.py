"""PDF files with a text layer. A scan without one is reported: what a picture says is not guessed."""

import re
from collections.abc import Iterator
from typing import Any

from jianbao.readers.base import FileError, InputFile, RawArticle, ReadOptions, sha256

# What pdfium writes for a hyphen at a line end and for a glyph without a character; and other control characters.
_NOISE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_UNREADABLE = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")  # glyphs whose characters the file does not tell
_UNTITLED = re.compile(r"(?i)untitled|无标题|無標題|microsoft word|\.(?:docx?|indd|qxd|pdf|fh\w*)$|^\W*$")

_OCR = "it holds pictures of pages; run OCR over it (such as ocrmypdf -l chi_sim+chi_tra) and read the result"


def read_pdf(file: InputFile, options: ReadOptions) -> Iterator[RawArticle | FileError]:
    """The article of a PDF file, its pages one after the other; an error for one that is broken, locked or has no text layer."""
    import pypdfium2  # 0.1 s

    data = file.read_bytes()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        cure = "save it without a password" if locked else "fetch it again, or open it and save it anew"
        yield FileError(file.source, "locked file" if locked else "broken file", f"it cannot be opened as a PDF ({error}); {cure}")
        return
    try:
        pages = []
        for number in range(len(document)):
            try:
                page = document[number]
                pages.append(page.get_textpage().get_text_bounded())
            except pypdfium2.PdfiumError as error:
                detail = f"page {number + 1} cannot be read ({error}); the other pages are used; open the file and save it anew"
                yield FileError(file.source, "broken page", detail)
        title, author = _property(document, "Title"), _property(document, "Author")
    finally:
        document.close()
    text = _NOISE.sub("", "\n".join(pages).replace("\r\n", "\n").replace("\r", "\n")).strip()
    characters = len("".join(text.split()))
    if not characters:
        yield FileError(file.source, "no text layer", f"none of its {len(pages)} pages has text; {_OCR}")
    elif len(_UNREADABLE.findall(text)) * 2 > characters:
        yield FileError(file.source, "no text layer", f"its text layer does not say which characters its glyphs are; {_OCR}")
    else:
        yield RawArticle(file.source, text, sha256(data), encoding=None, source_offset=None, title=title, author=author)


def _property(document: Any, key: str) -> str | None:
    """A property that says something: not the name of the file that the PDF was made from."""
    try:
        value = str(document.get_metadata_value(key))
    except UnicodeDecodeError:
        return None
    return None if _UNTITLED.search(value) else value.strip()
