"""A Word document as a package: what the library's template and its way of packing bring along is left out."""

from __future__ import annotations

from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

#: What the library's template brings along that no reader sees: a picture of itself, sources of citations, styles twice.
_UNSEEN_PARTS: Final = ("/thumbnail", "/customXml", "/stylesWithEffects")
#: Marks of the sessions in which somebody once edited the template.
_EDITING_MARKS: Final = (qn("w:rsids"), "{http://schemas.microsoft.com/office/word/2010/wordml}docId")
_APPLICATION: Final = (
    b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Heard</Application></Properties>"
)


def strip(document: WordDocument) -> None:
    """Take out what the template carries and does not show."""
    main = document.part
    for relations in (main.package.rels, main.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(_UNSEEN_PARTS):
                del relations[key]
            elif relation.reltype.endswith("/extended-properties"):
                relation.target_part._blob = _APPLICATION  # noqa: SLF001  # python-docx does not write it
    for root in (document.element, document.settings.element, document.styles.element):
        for element in list(root.iter(*_EDITING_MARKS)):
            element.getparent().remove(element)
        for element in root.iter():
            for name in [name for name in element.attrib if "}rsid" in name]:
                del element.attrib[name]


def packed(content: bytes) -> bytes:
    """The same archive, without the second at which each of its parts was put into it."""
    packed_again = BytesIO()
    with ZipFile(BytesIO(content)) as made, ZipFile(packed_again, "w", ZIP_DEFLATED) as archive:
        for name in made.namelist():
            part = ZipInfo(name)
            part.compress_type = ZIP_DEFLATED
            archive.writestr(part, made.read(name))
    return packed_again.getvalue()
