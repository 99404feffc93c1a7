"""Pages that are compressed once and sent many times, each copy with something new in it.

Compressing a survey's page took more of the server's time than anything else in sending it. A gzip stream may hold blocks
that are stored as they are: what is new in a copy goes into those, and everything else was compressed when the page was made.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Sequence
from typing import Final

from flask import Response, request

#: Under this name a page leaves in its request's environment what makes another copy of it.
COPY: Final = "heard.copy"
_GZIP: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
#: How far back deflate looks.
_WINDOW_BYTES: Final = 32_768
#: As long as a stored block may be.
_MOST_BYTES: Final = 65_535


class PackedPage:
    """A page with gaps.

    Args:
        page: the page as HTML.
        gap: what stands in it where each copy gets something of the same length; empty where all copies are alike.
    """

    def __init__(self, page: str, gap: str = "") -> None:
        self._parts = tuple(part.encode() for part in (page.split(gap) if gap else [page]))
        self._gap_bytes = len(gap.encode())
        assert self._gap_bytes <= _MOST_BYTES
        self._packed = _packed(self._parts, self._gap_bytes)

    def response(self, new: Callable[[], str] = str) -> Response:
        """A copy with its gaps filled, compressed where the phone can read that.

        Args:
            new: makes what fills the gaps of a copy, as many bytes as the gap.
        """
        packs = request.accept_encodings.quality("gzip") > 0
        make = self.gzip if packs else self.plain

        def copy() -> bytes:
            return make(new().encode())

        request.environ[COPY] = copy
        response = Response(copy(), mimetype="text/html")
        response.headers["Vary"] = "Accept-Encoding"
        if packs:
            response.headers["Content-Encoding"] = "gzip"
        return response

    def plain(self, filling: bytes = b"") -> bytes:
        """The copy as it is read."""
        return filling.join(self._parts)

    def gzip(self, filling: bytes = b"") -> bytes:
        """The copy as a gzip stream."""
        assert len(filling) == self._gap_bytes
        stored = struct.pack("<BHH", 0, len(filling), len(filling) ^ 0xFFFF) + filling
        plain = self.plain(filling)
        end = struct.pack("<II", zlib.crc32(plain), len(plain) & 0xFFFFFFFF)
        return b"".join((_GZIP, stored.join(self._packed), end))


def _packed(parts: Sequence[bytes], gap_bytes: int) -> tuple[bytes, ...]:
    """The parts as raw deflate blocks, each ending at a whole byte; later parts refer back to earlier ones.

    What stands in a gap is not known yet, so a zero byte, which no page holds, stands for it: nothing refers to it.
    """
    packed, before = [], b""
    for number, part in enumerate(parts, 1):
        packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zdict=before[-_WINDOW_BYTES:])
        end = zlib.Z_FINISH if number == len(parts) else zlib.Z_SYNC_FLUSH
        packed.append(packer.compress(part) + packer.flush(end))
        before += part + b"\0" * gap_bytes
    return tuple(packed)
