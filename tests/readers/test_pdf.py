"""PDF: the text layer of its pages, or why there is none."""

import pytest

from tests.readers.files import ARTICLE, make_pdf, one_article, one_error


def test_pdf_gives_the_text_of_its_pages() -> None:
    lines = [ARTICLE[i : i + 20].strip() for i in range(0, len(ARTICLE), 20)]
    article = one_article("a.pdf", make_pdf([lines, ["第二页在此"]], title="吉浙签约"))
    assert article.text == "\n".join([*lines, "第二页在此"])
    assert (article.title, article.source_offset, article.encoding) == ("吉浙签约", None, None)


@pytest.mark.parametrize("title", ["", "Microsoft Word - 稿件.doc", "无标题", "3版.indd"])
def test_pdf_title_that_only_names_a_file_is_none(title: str) -> None:
    assert one_article("a.pdf", make_pdf([["吉浙签约"]], title=title)).title is None


def test_pdf_without_a_text_layer_is_reported() -> None:
    error = one_error("a.pdf", make_pdf([[], []]))
    assert error.error == "no text layer"
    assert "none of its 2 pages" in error.detail
    assert "OCR" in error.detail


def test_pdf_whose_glyphs_have_no_characters_is_reported() -> None:
    assert one_error("a.pdf", make_pdf([["\ue123\ue124\ue125"]])).error == "no text layer"


def test_pdf_behind_a_password_is_reported() -> None:
    error = one_error("a.pdf", make_pdf([["吉浙签约"]], locked=True))
    assert error.error == "locked file"
    assert "without a password" in error.detail


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n", b"not a pdf", make_pdf([["吉浙签约"]])[:80]])
def test_pdf_that_is_broken_is_reported(data: bytes) -> None:
    error = one_error("a.pdf", data)
    assert error.error == "broken file"
    assert "fetch it again" in error.detail
