"""Word documents and spreadsheets are archives: what is in one beside its parts, and parts that Heard does not write."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, Final

from lxml import etree

from analysis.report.linting.found import Found
from analysis.report.linting.text import holds_path

_LOCAL_BYTES: Final = 30
_END_BYTES: Final = 22
#: More than any report unpacks to.
_MOST_BYTES: Final = 256 * 1024 * 1024

#: Parts by how their names begin or end, and what they are. What is neither here nor known to the format is ``unknown``.
_TELLING: Final = (
    ("customxml/", "custom_xml"),
    ("docprops/custom.xml", "custom_property"),
    ("printersettings", "printer"),
    ("vbaproject", "macro"),
    ("activex", "macro"),
    ("pivotcache", "pivot_cache"),
    ("pivottable", "pivot_cache"),
    ("comments", "comment"),
    ("threadedcomment", "comment"),
    ("persons/", "name"),
    ("people.xml", "name"),
    ("embeddings/", "embedded"),
    ("externallinks/", "external"),
    ("connections.xml", "external"),
    ("querytables/", "external"),
    ("revisions/", "tracked_change"),
    ("thumbnail", "leftover"),
    ("calcchain", "formula"),
)


def parts_of(content: bytes) -> tuple[dict[str, bytes], list[Found]]:
    """The parts of an archive by name, and what is wrong with the archive itself; no parts where it cannot be opened."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MOST_BYTES:
                return {}, [Found("unreadable", "the file")]
            found = list(_of_archive(archive, content))
            return {info.filename: archive.read(info) for info in archive.infolist()}, found
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        struct.error,
        EOFError,
    ):
        return {}, [Found("unreadable", "the file")]


def _of_archive(archive: zipfile.ZipFile, content: bytes) -> Iterator[Found]:
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    if archive.comment:
        yield Found("archive", "a note on the archive")
    if len({info.filename.casefold() for info in infos}) < len(infos):
        yield Found("archive", "a part that is there twice")
    for info in infos:
        name = info.filename
        if info.comment or info.extra:
            yield Found("archive", f"a note on {name}")
        if info.date_time[3:] != (0, 0, 0):
            yield Found("time", f"when {name} was put into the archive")
        if (
            name.startswith("/")
            or "\\" in name
            or ".." in name.split("/")
            or ":" in name
            or name.endswith("/")
        ):
            yield Found("path", "the name of a part")
    if not _is_filled(infos, content, archive.start_dir):
        yield Found("archive", "bytes between or around its parts")


def _is_filled(infos: list[zipfile.ZipInfo], content: bytes, directory: int) -> bool:
    """Whether the parts, the directory and its end are all that there is."""
    place = 0
    for info in infos:
        name_bytes, extra_bytes = struct.unpack_from("<HH", content, info.header_offset + 26)
        if info.header_offset != place or extra_bytes or info.flag_bits & 0x8:
            return False
        place += _LOCAL_BYTES + name_bytes + info.compress_size
    entries = sum(46 + len(info.filename.encode()) + len(info.extra) + len(info.comment) for info in infos)
    return place == directory and directory + entries + _END_BYTES == len(content)


def of_names(names: Mapping[str, bytes], is_known: Any) -> Iterator[Found]:
    """Parts that are not known, by what they are.

    Args:
        is_known: says of a part's name whether it is one that this format has.
    """
    for name in names:
        if not is_known(name):
            lower = name.casefold()
            yield Found(next((rule for sign, rule in _TELLING if sign in lower), "unknown"), name)


def xml_of(content: bytes) -> Any | None:
    """A part as a tree; None where it is not XML, or brings declarations of its own."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        return None
    try:
        return etree.fromstring(
            content, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=False)
        )
    except etree.XMLSyntaxError:
        return None


def name_in(element: Any) -> str:
    """An element's name without its namespace; empty for comments and instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its name without its namespace."""
    return next((str(v) for k, v in element.attrib.items() if etree.QName(k).localname == name), None)


#: Attributes that repeat what is shown, for whoever does not see it.
_SHOWN: Final = frozenset(("descr", "title", "name", "val", "alt"))


def of_any_part(name: str, root: Any) -> Iterator[Found]:
    """What no part of any document may hold: comments in the XML, places on a computer, ways out of the file."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            yield Found("comment", f"{name}, in the XML")
            continue
        local = name_in(element)
        for key, value in element.attrib.items():
            attribute_name = etree.QName(key).localname
            if attribute_name not in _SHOWN and holds_path(str(value)):
                yield Found("path", f"{name}, {local}")
        if local == "absPath":
            yield Found("path", f"{name}, {local}")
    if name.endswith(".rels"):
        yield from _of_relations(name, root)


def _of_relations(name: str, root: Any) -> Iterator[Found]:
    for relation in root:
        target, kind = str(relation.get("Target", "")), str(relation.get("Type", ""))
        if relation.get("TargetMode", "Internal") != "Internal" or ":" in target or target.startswith("//"):
            yield Found("external", f"{name}, a {kind.rpartition('/')[2] or 'relation'}")


def of_properties(parts: Mapping[str, bytes], shown: str) -> Iterator[Found]:
    """Names and times among a document's properties: only names that are shown, and days."""
    for part in ("docProps/core.xml", "docProps/app.xml"):
        root = xml_of(parts[part]) if part in parts else None
        for element in root.iter() if root is not None else ():
            yield from _of_property(part, element, shown)


_NAMES: Final = frozenset(("creator", "lastModifiedBy", "Company", "Manager", "contributor", "publisher"))
_DAYS: Final = frozenset(("created", "modified", "lastPrinted"))
_FREE: Final = frozenset(("keywords", "description", "category", "contentStatus", "identifier", "version"))
_FREE_APP: Final = frozenset(("Template", "HyperlinkBase", "TotalTime"))


def _of_property(part: str, element: Any, shown: str) -> Iterator[Found]:
    name, value = name_in(element), (element.text or "").strip()
    if not value:
        return
    if name in _NAMES and value != "Heard" and not is_said(value, shown):
        yield Found("name", f"{part}, {name}")
    if name in _DAYS and not value.endswith("T00:00:00Z"):
        yield Found("time", f"{part}, {name}")
    if name in _FREE or (name in _FREE_APP and value != "0"):
        yield Found("leftover", f"{part}, {name}")
    if holds_path(value) and not is_said(value, shown):
        yield Found("path", f"{part}, {name}")


def is_said(value: str, shown: str) -> bool:
    """Whether a text stands in what is shown, whatever is between its letters, and however Excel's underscores are written."""
    return _letters(value) in _letters(shown)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.replace("_x005F_", "_"))
