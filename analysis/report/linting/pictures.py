"""Pictures: pixels and nothing beside them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from analysis.report.linting.found import Found

_PNG: Final = b"\x89PNG\r\n\x1a\n"
#: What a PNG needs to be shown: size, palette, pixels, transparency, colours and resolution.
_CHUNKS: Final = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"pHYs", b"gAMA", b"sRGB", b"cHRM", b"sBIT", b"bKGD")
)


def of_picture(content: bytes, where: str) -> Iterator[Found]:
    """What a PNG carries beside its pixels. No other kind of picture is Heard's."""
    if not content.startswith(_PNG):
        yield Found("unknown" if not _is_picture(content) else "picture", where)
        return
    place = len(_PNG)
    while place + 8 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, place)
        if kind not in _CHUNKS:
            yield Found("picture", f"{where} ({kind.decode('ascii', 'replace')})")
        place += 12 + length
        if kind == b"IEND":
            break
    if place != len(content):
        yield Found("picture", f"{where} (after its end)")


def _is_picture(content: bytes) -> bool:
    """Whether it is a JPEG, GIF, TIFF, WebP or BMP: any of which may say where it was taken."""
    return content.startswith((b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF", b"BM"))
