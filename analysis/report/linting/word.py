"""Word documents: what they carry beyond what they show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from analysis.report.linting import archives, charts, pictures, text
from analysis.report.linting.archives import attribute, name_in
from analysis.report.linting.found import Found

_KNOWN: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:core|app)\.xml|word/_rels/\w+\.xml\.rels"
    r"|word/(?:document|styles|settings|webSettings|fontTable|numbering|(?:header|footer)\d+|theme/theme\d+)\.xml"
    r"|word/media/image\d+\.png|word/charts/chart\d+\.xml"
)
#: Elements of which none may be there, and what each is.
_NEVER: Final[Mapping[str, str]] = {
    **dict.fromkeys(("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "delText"), "tracked_change"),
    **dict.fromkeys(
        ("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange"),
        "tracked_change",
    ),
    **dict.fromkeys(("numberingChange", "trackRevisions", "rsids"), "tracked_change"),
    **dict.fromkeys(("commentReference", "commentRangeStart", "commentRangeEnd", "annotationRef"), "comment"),
    **dict.fromkeys(("vanish", "webHidden", "specVanish"), "hidden"),
    **dict.fromkeys(("object", "OLEObject", "altChunk", "control"), "embedded"),
    **dict.fromkeys(("dataBinding", "customXml", "sdt", "smartTag"), "custom_xml"),
    **dict.fromkeys(("attachedTemplate", "mailMerge", "hyperlink", "subDoc", "hlinkClick"), "external"),
    **dict.fromkeys(("docVars", "docVar", "docId"), "custom_property"),
    "writeProtection": "name",
}
#: Fields that say where in the document one is; every other is worked out from somewhere.
_FIELDS: Final = re.compile(r"\s*(?:PAGE|NUMPAGES|SEQ (?:Table|Figure) \\\* ARABIC)\s*")
#: Text this small, in half points, is there so as not to be seen.
_UNSEEN_HALF_POINTS: Final = 4
_OFF: Final = ("0", "false", "off")


def of_word(content: bytes, known: text.Answers) -> Iterator[Found]:
    """Everything that a .docx file carries and does not show."""
    parts, found = archives.parts_of(content)
    yield from found
    yield from archives.of_names(parts, lambda name: _KNOWN.fullmatch(name) is not None)
    trees = {}
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            trees[name] = archives.xml_of(part)
            if trees[name] is None:
                yield Found("unreadable", name)
        elif name.startswith("word/media/"):
            yield from pictures.of_picture(part, name)
    body = [root for name, root in trees.items() if root is not None and _is_shown(name)]
    shown = "\n".join(line for root in body for line in _lines(root))
    for name, root in trees.items():
        if root is not None:
            yield from archives.of_any_part(name, root)
            yield from _of_part(name, root, shown)
    yield from archives.of_properties(parts, shown)
    yield from text.of_lines(shown, known, "the text")
    instead = "\n".join(words for root in body for words in _words_instead(root))
    yield from text.of_words_instead(instead, shown, known, "words in the place of pictures and tables")
    for number, table in enumerate((t for root in body for t in root.iter() if name_in(t) == "tbl"), 1):
        rows = _rows(table)
        yield from text.of_table(rows[0] if rows else (), rows[1:], known, f"table {number}")


def _is_shown(name: str) -> bool:
    return re.fullmatch(r"word/(?:document|(?:header|footer)\d+)\.xml", name) is not None


def _lines(root: Any) -> Iterator[str]:
    for element in root.iter():
        if name_in(element) == "p":
            yield "".join(
                (run.text or "") if name_in(run) == "t" else "\n"
                for run in element.iter()
                if name_in(run) in ("t", "br", "tab")
            )


def _words_instead(root: Any) -> Iterator[str]:
    for element in root.iter():
        if name_in(element) in ("tblCaption", "tblDescription"):
            yield attribute(element, "val") or ""
        for name in ("descr", "title", "alt"):
            yield attribute(element, name) or ""


def _rows(table: Any) -> list[list[str]]:
    rows = [row for row in table if name_in(row) == "tr"]
    return [["".join(_lines(cell)) for cell in row if name_in(cell) == "tc"] for row in rows]


def _of_part(name: str, root: Any, shown: str) -> Iterator[Found]:
    if name.startswith("word/charts/"):
        yield from charts.of_chart(name, root, shown)
        return
    is_style = name.endswith(("styles.xml", "theme1.xml"))
    for element in root.iter():
        local = name_in(element)
        rule = _NEVER.get(local)
        if rule and attribute(element, "val") not in _OFF and not (is_style and local == "hyperlink"):
            # A theme names the colour of links; nothing has it.
            if not name.startswith("word/theme/"):
                yield Found(rule, f"{name}, {local}")
        elif local in ("instrText", "fldSimple"):
            if not _FIELDS.fullmatch(
                (element.text if local == "instrText" else attribute(element, "instr")) or ""
            ):
                yield Found("formula", f"{name}, {local}")
        elif _is_unseen(element, local):
            yield Found("hidden", f"{name}, {local}")
        if any(str(key).rpartition("}")[2].startswith("rsid") for key in element.attrib):
            yield Found("tracked_change", f"{name}, {local}")


def _is_unseen(element: Any, local: str) -> bool:
    value = attribute(element, "val") or ""
    if local == "color":
        return value.upper() == "FFFFFF"
    return (
        local == "sz"
        and name_in(element.getparent()) == "rPr"
        and value.isdigit()
        and int(value) <= _UNSEEN_HALF_POINTS
    )
