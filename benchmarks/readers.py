"""Speed of each reader: the same articles of `corpus/` as files of each kind, MB/s of the file and of the text that comes out, one core.

The ratio is to decoding the same text from strict UTF-8: what any reader must do.
"""

import argparse
import csv
import gzip
import io
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
from rich.console import Console
from rich.table import Table

from jianbao.readers import InputFile, RawArticle, ReadOptions, read_file
from jianbao.records import Article
from jianbao.stages.read import list_files, read

CORPUS = Path(__file__).parent.parent / "corpus" / "articles"
PAGE = (
    '<html><head><meta charset="utf-8"><title>{title}</title><meta name="PubDate" content="2018-03-30"></head><body><div class="nav">'
    + '<a href="/">首页</a> <a href="/c">财经</a>' * 20
    + '</div><div class="content">{text}</div><div class="footer">版权所有</div></body></html>'
)


def page_of(text: str) -> bytes:
    """A web page with the text, a paragraph a line."""
    return PAGE.format(title="新闻", text="".join(f"<p>{line}</p>" for line in text.split("\n") if line.strip())).encode()


def word_file_of(text: str) -> bytes:
    """A Word file with the text, a paragraph a line."""
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph("".join(c for c in line if c.isprintable()))
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def archive_of(texts: list[str]) -> bytes:
    """A zip archive with a text file an article."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, text in enumerate(texts):
            archive.writestr(f"{number}.txt", text)
    return packed.getvalue()


def table_of(texts: list[str]) -> bytes:
    """A CSV file with a row an article."""
    written = io.StringIO()
    csv.writer(written).writerows([("id", "text"), *enumerate(texts)])
    return written.getvalue().encode()


def files_of_each_kind(texts: list[str]) -> dict[str, list[tuple[str, bytes]]]:
    """For each kind, names and contents of files that hold the texts."""
    lines = "".join(json.dumps({"id": i, "text": text}, ensure_ascii=False) + "\n" for i, text in enumerate(texts)).encode()
    pdf = next(CORPUS.glob("*.pdf")).read_bytes()
    return {
        ".txt, UTF-8": [("a.txt", text.encode()) for text in texts],
        ".txt, GB18030": [("a.txt", text.encode("gb18030")) for text in texts],
        ".txt, Big5": [("a.txt", text.encode("big5hkscs", "ignore")) for text in texts],
        ".txt, UTF-16": [("a.txt", text.encode("utf-16-le")) for text in texts],
        ".jsonl": [("a.jsonl", lines)],
        ".csv": [("a.csv", table_of(texts))],
        ".zip of .txt": [("a.zip", archive_of(texts))],
        ".jsonl.gz": [("a.jsonl.gz", gzip.compress(lines))],
        ".html": [("a.html", page_of(text)) for text in texts],
        ".docx": [("a.docx", word_file_of(text)) for text in texts],
        ".pdf": [("a.pdf", pdf)] * len(texts),
    }


def seconds_of(work: Callable[[], object]) -> float:
    """Seconds of the best of three runs."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def read_all(files: list[tuple[str, bytes]]) -> int:
    """Bytes of UTF-8 of the texts in files."""
    size = 0
    for name, content in files:
        for found in read_file(InputFile(Path(name), name, content=content, name=name), ReadOptions()):
            assert isinstance(found, RawArticle), found
            size += len(found.text.encode())
    return size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200)
    options = parser.parse_args()
    originals = [a.text for a in read(list_files([CORPUS])[0], ReadOptions()) if isinstance(a, Article)]
    texts = [originals[i % len(originals)] for i in range(options.articles)]
    encoded = [text.encode() for text in texts]
    floor = sum(map(len, encoded)) / seconds_of(lambda: [data.decode() for data in encoded])
    table = Table(show_edge=False)
    for column in ("reader", "MB/s of the file", "MB/s of text", "ms an article", "times decoding UTF-8"):
        table.add_column(column, justify="left" if column == "reader" else "right")
    for kind, files in files_of_each_kind(texts).items():
        text_size = read_all(files)
        spent = seconds_of(lambda files=files: read_all(files))  # type: ignore[misc]
        file_size = sum(len(content) for _, content in files)
        speeds = (f"{file_size / spent / 1e6:.2f}", f"{text_size / spent / 1e6:.2f}", f"{spent / len(texts) * 1000:.2f}")
        table.add_row(kind, *speeds, f"{floor / (text_size / spent):.0f}")
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
