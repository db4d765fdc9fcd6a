"""Word files: paragraphs and tables in their order."""

import io

import docx
import pytest
from docx.oxml import parse_xml

from jianbao.readers import RawArticle
from tests.readers.files import ARTICLE, make_docx, make_zip, one_article, one_error

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def with_body(*elements: str) -> bytes:
    """A Word file with these elements as its body."""
    document = docx.Document()
    for element in elements:
        document.element.body.insert(-1, parse_xml(element.replace(">", f" {W}>", 1)))
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_docx_gives_paragraphs_and_properties() -> None:
    article = one_article("a.docx", make_docx(ARTICLE.splitlines(), title="吉浙签约", author="王小明"))
    assert article.text == ARTICLE.strip()
    assert (article.title, article.author, article.source_offset, article.encoding) == ("吉浙签约", "王小明", None, None)
    assert article.published is None


def test_docx_table_keeps_its_labels() -> None:
    article = one_article("a.docx", make_docx(["首批项目："], [["项目", "总投资", "占地"], ["冷库", "3.5亿元", "20亩"]]))
    assert article.text == "首批项目：\n\n项目: 冷库\n总投资: 3.5亿元\n占地: 20亩"


@pytest.mark.parametrize(
    ("element", "text"),
    [
        (
            "<w:p><w:r><w:t>吉林</w:t></w:r><w:ins><w:r><w:t>浙江</w:t></w:r></w:ins><w:del><w:r><w:delText>上海</w:delText></w:r></w:del></w:p>",
            "吉林浙江",
        ),
        ("<w:p><w:moveFrom><w:r><w:t>上海</w:t></w:r></w:moveFrom><w:hyperlink><w:r><w:t>吉林</w:t></w:r></w:hyperlink></w:p>", "吉林"),
        ("<w:p><w:r><w:t>吉林</w:t><w:br/><w:t>浙江</w:t><w:tab/><w:t>3亿</w:t></w:r></w:p>", "吉林\n浙江\t3亿"),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>吉林</w:t></w:r></w:p></w:sdtContent></w:sdt>", "吉林"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>吉林</w:t></w:r></w:p>", "吉林"),
        (
            "<w:p><w:r><w:t>吉林</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>图框</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>",
            "吉林\n图框",
        ),
    ],
    ids=["tracked", "moved", "breaks", "control", "field", "text box"],
)
def test_docx_reads_what_the_page_shows(element: str, text: str) -> None:
    assert one_article("a.docx", with_body(element)).text == text


def test_docx_merged_cells_stand_for_all_their_rows() -> None:
    def cell(text: str, merge: str = "") -> str:
        return f"<w:tc><w:tcPr>{merge}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    rows = [
        cell("市") + cell("项目") + cell("投资"),
        cell("甲市", '<w:vMerge w:val="restart"/>') + cell("冷库") + cell("3亿元"),
        cell("", "<w:vMerge/>") + cell("码头") + cell("5亿元"),
    ]
    article = one_article("a.docx", with_body("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"))
    assert article.text.split("\n") == ["市: 甲市", "项目: 冷库", "投资: 3亿元", "市: 甲市", "项目: 码头", "投资: 5亿元"]


def test_docx_without_text_is_reported() -> None:
    assert one_error("a.docx", make_docx([" "])).error == "no text"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"{\\rtf1 text}", make_zip({"word/document.xml": b"<x>"}), make_docx(["甲"])[:300]])
def test_docx_that_is_broken_is_reported(data: bytes) -> None:
    error = one_error("a.docx", data)
    assert error.error == "broken file"
    assert "save it again" in error.detail


def test_docx_that_is_an_old_or_locked_file_is_reported() -> None:
    assert one_error("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)).error == "not a Word file"


def test_docx_paragraph_of_many_runs_is_read_in_one_go() -> None:
    runs = "".join(f"<w:r><w:t>第{i}段</w:t></w:r>" for i in range(5000))
    article = one_article("a.docx", with_body(f"<w:p>{runs}</w:p>"))
    assert isinstance(article, RawArticle)
    assert article.text.endswith("第4999段")
