"""Files of each kind, made in memory for tests, and what a reader makes of them."""

import io
import zipfile
from pathlib import Path

import docx

from jianbao.readers import FileError, InputFile, RawArticle, ReadOptions, read_file

ARTICLE = (
    "吉林省人民政府与浙江省人民政府3月7日在长春签署《全面战略合作框架协议》，双方将投资18.6亿元共建产业园区。\n"
    "园区占地1200亩，预计2020年投产，年产值可达35亿元，新增就业岗位4600个。\n"
)


def read_bytes(name: str, data: bytes, options: ReadOptions | None = None) -> list[RawArticle | FileError]:
    """What is found in a file of that name and content."""
    return list(read_file(InputFile(Path(name), name, content=data, name=name), options or ReadOptions()))


def one_article(name: str, data: bytes, options: ReadOptions | None = None) -> RawArticle:
    """The only thing found in a file, an article."""
    (found,) = read_bytes(name, data, options)
    assert isinstance(found, RawArticle), found
    return found


def one_error(name: str, data: bytes, options: ReadOptions | None = None) -> FileError:
    """The only thing found in a file, an error."""
    (found,) = read_bytes(name, data, options)
    assert isinstance(found, FileError), found
    return found


def make_zip(members: dict[str, bytes]) -> bytes:
    """A zip archive with these files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def make_docx(paragraphs: list[str], rows: list[list[str]] | None = None, title: str = "", author: str = "") -> bytes:
    """A Word file with paragraphs and, behind them, a table."""
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = title, author
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    for row in rows or []:
        table = document.tables[0] if document.tables else document.add_table(0, len(row))
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def make_pdf(pages: list[list[str]], title: str = "", locked: bool = False) -> bytes:
    """A PDF with the lines of each page as text, in the standard font for Simplified Chinese, which needs no font file."""
    font = 3 + 2 * len(pages)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % (3 + 2 * i) for i in range(len(pages))), len(pages)),
        font: b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [%d 0 R] >>" % (font + 1),
        font
        + 1: b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>"
        b" /DW 1000 /FontDescriptor %d 0 R >>" % (font + 2),
        font + 2: b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120"
        b" /CapHeight 880 /StemV 93 >>",
        font + 3: b"<< /Title <FEFF%s> >>" % title.encode("utf-16-be").hex().encode(),
    }
    for i, lines in enumerate(pages):
        drawn = b"".join(b"1 0 0 1 40 %d Tm <%s> Tj " % (540 - 20 * n, line.encode("utf-16-be").hex().encode()) for n, line in enumerate(lines))
        stream = b"BT /F 11 Tf " + drawn + b"ET"
        objects[3 + 2 * i] = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents %d 0 R /Resources << /Font << /F %d 0 R >> >> >>" % (
            4 + 2 * i,
            font,
        )
        objects[4 + 2 * i] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)
    made = b"%PDF-1.4\n"
    places = {}
    for number in sorted(objects):
        places[number] = len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(objects))
    lock = b" /Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<00> <00>]" % (b"11" * 32, b"22" * 32) if locked else b""
    return made + b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, font + 3, lock, start)
