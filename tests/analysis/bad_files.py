"""Good files, and the same with one thing in them that no reader sees."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from analysis.report import write
from tests.analysis.reports import report_input

#: Something done to a good file.
Change = Callable[[bytes], bytes]

RELATION = '<Relationship Id="rId99" Type="http://example.org/x" Target="{target}"{more}/></Relationships>'


@cache
def good(kind: str) -> bytes:
    """A report, or the figures as data."""
    if kind == "csv":
        return b"group,question,option,percent,shown,base,skipped\n" + b"".join(
            f",carers_listen,{option},{n},{n}%,191,3\n".encode()
            for option, n in (("yes", 93), ("no", 4), ("not_sure", 3))
        )
    if kind == "json":
        return (
            b'{"survey": "wellbeing", "questions": [{"key": "a", "base": 191, "options": [{"key": "yes", "percent": 93, "shown":'
            b' "93%"}, {"key": "no", "percent": 4, "shown": "4%"}, {"key": "not_sure", "percent": 3, "shown": "3%"}]},'
            b' {"key": "b", "base": 12, "options": []}, {"key": "c", "base": null, "options": []}]}'
        )
    if kind == "pdf":
        return pdf()
    return write(report_input(), kind)


def packed(parts: Mapping[str, bytes], **of_archive: bytes) -> bytes:
    """An archive of parts, with no time."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, held in parts.items():
            part = ZipInfo(name)
            part.compress_type = ZIP_DEFLATED
            archive.writestr(part, held)
        archive.comment = of_archive.get("comment", b"")
    return out.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of an archive."""
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def part(name: str, held: bytes = b"<x/>") -> Change:
    """One part more."""
    return lambda content: packed({**parts_of(content), name: held})


def edit(name: str, before: str, after: str) -> Change:
    """Something else in a part; what was there has to be there once at least."""

    def change(content: bytes) -> bytes:
        parts = parts_of(content)
        assert before.encode() in parts[name], (name, before)
        return packed({**parts, name: parts[name].replace(before.encode(), after.encode(), 1)})

    return change


def relation(name: str, target: str, more: str = ' TargetMode="External"') -> Change:
    """One relation more."""
    return edit(name, "</Relationships>", RELATION.format(target=target, more=more))


def text(before: str, after: str) -> Change:
    """Something else in a file of text."""

    def change(content: bytes) -> bytes:
        assert before.encode() in content
        return content.replace(before.encode(), after.encode(), 1)

    return change


def chunk(kind: bytes, held: bytes) -> bytes:
    """A part of a PNG."""
    return struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))


def picture(change: Callable[[bytes], bytes]) -> Change:
    """Another first picture in a Word document."""
    return lambda content: packed(
        {
            name: change(held) if name == "word/media/image1.png" else held
            for name, held in parts_of(content).items()
        }
    )


def pdf(lines: tuple[str, ...] = ("93% said so",), mode: int = 0) -> bytes:
    """A PDF with a page of lines."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    shown = "".join(f"({line}) Tj 0 -20 Td " for line in lines)
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf {mode} Tr 72 720 Td {shown}ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def in_pdf(act: Callable[[PdfWriter], object]) -> Change:
    """Something done to a PDF."""

    def change(content: bytes) -> bytes:
        writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
        act(writer)
        return _written(writer)

    return change


def annotation(subtype: str, **entries: object) -> Callable[[PdfWriter], object]:
    """A mark on the first page."""

    def act(writer: PdfWriter) -> object:
        box = ArrayObject(map(FloatObject, (0, 0, 9, 9)))
        made = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/Rect"): box})
        made[NameObject("/Subtype")] = NameObject(subtype)
        for key, value in entries.items():
            made[NameObject(f"/{key}")] = value
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(made)])
        return made

    return act


def action(kind: str, key: str, value: str) -> DictionaryObject:
    """What an annotation does."""
    return DictionaryObject({NameObject("/S"): NameObject(kind), NameObject(key): TextStringObject(value)})


def in_root(key: str, value: object) -> Callable[[PdfWriter], object]:
    """An entry of a PDF's catalogue."""

    def act(writer: PdfWriter) -> object:
        writer._root_object[NameObject(key)] = value
        return value

    return act


def xmp(packet: str) -> Callable[[PdfWriter], object]:
    """Metadata of a PDF as XML."""

    def act(writer: PdfWriter) -> object:
        stream: StreamObject = DecodedStreamObject()
        stream.set_data(packet.encode())
        return in_root("/Metadata", writer._add_object(stream))(writer)

    return act
