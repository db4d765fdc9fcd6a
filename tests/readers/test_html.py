"""Web pages: the article without the page around it, and what the page says of itself."""

import pytest

from tests.readers.files import ARTICLE, one_article, one_error, read_bytes

PARAGRAPHS = (
    "".join(f"<p>{line}</p>" for line in ARTICLE.splitlines()) + "<p>吉林省省长表示，两省将把协议的每一项落到实处，年内启动首批八个项目。</p>"
)


def page(body: str = "", head: str = "", charset: str = "utf-8") -> bytes:
    """A page with navigation before the article and a footer behind it."""
    around = '<div class="nav"><a href="/">首页</a> <a href="/b">财经</a> <a href="/c">体育</a></div><div class="content">'
    html = f'<html><head><meta charset="{charset}">{head}</head><body>{around}<h1>吉浙签约</h1>{body or PARAGRAPHS}</div>'
    html += '<div class="footer">版权所有 未经许可不得转载</div></body></html>'
    return html.encode("gb18030" if charset == "gb2312" else charset)


def test_html_gives_the_main_text_without_an_offset() -> None:
    article = one_article("a.html", page())
    assert ARTICLE.splitlines()[0] in article.text.split("\n")
    assert "首页" not in article.text
    assert "版权所有" not in article.text
    assert article.source_offset is None


@pytest.mark.parametrize("name", ["a.htm", "b.HTML", "c.xhtml"])
def test_html_is_read_by_any_of_its_endings(name: str) -> None:
    assert "吉林省人民政府" in one_article(name, page()).text


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "utf-8"])
def test_html_honours_its_charset(charset: str) -> None:
    article = one_article("a.html", page(charset=charset))
    assert article.encoding == ("utf-8" if charset == "utf-8" else "gb18030")
    assert ARTICLE.splitlines()[0] in article.text


def test_html_in_big5_is_read_by_its_http_equiv() -> None:
    head = '<meta http-equiv="Content-Type" content="text/html; charset=big5"><title>臺中港簽約</title>'
    html = f"<html><head>{head}</head><body><div><p>（記者林志明／臺中報導）臺中港與基隆港簽署合作意向書，投資新台幣12億元。</p></div></body></html>"
    article = one_article("a.html", html.encode("big5"))
    assert (article.encoding, article.title) == ("big5hkscs", "臺中港簽約")
    assert "／臺中報導）" in article.text


def test_html_that_lies_about_its_charset_is_read_by_its_bytes() -> None:
    data = page().replace(b'charset="utf-8"', b'charset="gb2312"')
    assert one_article("a.html", data).encoding == "utf-8"


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta name="PubDate" content="2018-03-30 21:35">', "2018-03-30"),
        ('<meta property="article:published_time" content="2018-03-30T21:35:54+08:00">', "2018-03-30"),
        ('<meta itemprop="datePublished" content="20180330213554">', "20180330"),
        ('<meta name="publishdate" content="2018年3月30日">', "2018年3月30"),
        ('<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2018-03-30T08:00:00Z"}]}</script>', "2018-03-30"),
        ('<link rel="canonical" href="https://www.bao.example/jj/201803/t20180330_417.html">', "2018-03-30"),
        ('<meta property="og:url" content="https://www.bao.example/2018-03/30/content_9.htm">', "2018-03-30"),
        ('<meta name="PubDate" content="last spring">', None),
        ('<meta name="revised" content="2018-03-30">', None),
        ('<script type="application/ld+json">{"datePublished": [</script>', None),
        ('<link rel="canonical" href="https://www.bao.example/a/2018033012345.html">', None),
    ],
)
def test_html_tells_its_publication_date(head: str, published: str | None) -> None:
    article = one_article("a.html", page(head=head))
    assert (article.published, article.published_by) == (published, "meta" if published else None)


def test_html_tells_title_outlet_author_and_address() -> None:
    head = (
        '<title>吉浙签约_东北亚商报网</title><meta name="author" content="王小明"><meta name="SiteName" content="东北亚商报">'
        '<meta property="og:url" content="https://www.bao.example/1.html">'
    )
    article = one_article("a.html", page(head=head))
    assert (article.title, article.outlet, article.author, article.url) == ("吉浙签约", "东北亚商报", "王小明", "https://www.bao.example/1.html")


@pytest.mark.parametrize(
    ("title", "outlet"),
    [("吉浙签约_东北亚商报网", "东北亚商报网"), ("吉浙簽約 | 聯合早報", "聯合早報"), ("吉浙签约", None), ("南京-上海高铁开通", None)],
)
def test_html_finds_the_outlet_in_the_title(title: str, outlet: str | None) -> None:
    assert one_article("a.html", page(head=f"<title>{title}</title>")).outlet == outlet


def test_html_table_of_figures_keeps_its_labels() -> None:
    table = "<table><tr><th>项目</th><th>总投资</th></tr><tr><td>冷库</td><td>3.5亿元</td></tr><tr><td>码头</td><td>8000 万元</td></tr></table>"
    text = one_article("a.html", page(PARAGRAPHS + table + "<p>以上项目年内动工，由两省发展改革部门共同推进。</p>")).text
    assert "项目: 冷库\n总投资: 3.5亿元\n项目: 码头\n总投资: 8000 万元\n以上项目" in text


def test_html_table_that_lays_out_the_page_is_no_table_of_figures() -> None:
    cell = "<br>".join(f"　　{line}" for line in ARTICLE.splitlines())
    html = (
        "<html><head><meta charset=utf-8></head><body><table><tr><td><a href=/>首页</a></td><td><a href=/b>财经</a></td></tr></table>"
        f"<table><tr><td><table><tr><td><a href=1>热点一</a></td></tr></table></td><td>{cell}</td></tr></table></body></html>"
    )
    lines = one_article("a.html", html.encode()).text.split("\n")
    assert [line.strip() for line in lines if "省" in line or "园区" in line] == ARTICLE.splitlines()


@pytest.mark.parametrize("body", ["<script>var a = 1</script>", "", "<img src=a.png>"])
def test_html_without_text_is_reported(body: str) -> None:
    error = one_error("a.html", f"<html><head><title>x</title></head><body>{body}</body></html>".encode())
    assert error.error == "no text"
    assert "save it" in error.detail


def test_html_of_no_bytes_is_an_empty_file() -> None:
    assert one_error("a.html", b" \n").error == "empty file"


def test_html_with_a_bad_byte_is_used_and_reported() -> None:
    error, article = read_bytes("a.html", page().replace("吉林省人民政府".encode(), "吉林省人民政府".encode() + b"\xff"))
    assert error.error == "damaged text"
    assert "吉林省人民政府\ufffd与浙江省" in article.text
