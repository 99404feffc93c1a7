"""Static files, prepared in memory: each is read and compressed once, so that no request opens one.

Their addresses carry a digest of their content: phones keep them for a year, and fetch them anew when they change.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import brotli
from flask import Flask, Response, abort, request

from feedback_app.scripts import put_together

FOLDER: Final = Path(__file__).with_name("static")
#: Scripts that are made of modules, and the module that each begins with.
PUT_TOGETHER: Final = MappingProxyType(
    {
        "survey.js": "survey/main.js",
        "talk.js": "survey/talk.js",
        "visit.js": "survey/app.js",
        "worker.js": "survey/worker.js",
    }
)
_KINDS: Final = MappingProxyType(
    {
        ".css": "text/css",
        ".js": "text/javascript",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".webmanifest": "application/manifest+json",
    }
)
_NO_STYLE: Final = re.compile(rb"/\*.*?\*/\n?|^\s+", re.MULTILINE | re.DOTALL)
_YEAR_SECONDS: Final = 31_536_000


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it is sent.

    Attributes:
        kind: its media type.
        version: changes with its content.
        bodies: its bytes by content encoding, the best first; ``identity`` is as they are.
    """

    kind: str
    version: str
    bodies: Mapping[str, bytes]

    def response(self) -> Response:
        """The file in the best encoding that the phone can read; nothing where the phone has it already."""
        encoding = next(
            (each for each in self.bodies if request.accept_encodings.quality(each) > 0), "identity"
        )
        response = Response(self.bodies[encoding], mimetype=self.kind)
        if encoding != "identity":
            response.content_encoding = encoding
        response.vary.add("Accept-Encoding")
        response.set_etag(f"{self.version}-{encoding}")
        response.headers["Cache-Control"] = "no-cache"
        if request.args.get("v") == self.version:
            response.headers["Cache-Control"] = f"public, max-age={_YEAR_SECONDS}, immutable"
        response.make_conditional(request)
        return response


def init_app(app: Flask) -> None:
    """Serve the files at ``/static/``, and give every ``url_for("static", …)`` a ``v`` that changes with the file.

    Raises:
        ScriptError: the modules of a script cannot be put together.
    """
    files = prepared()

    def send(filename: str) -> Response:
        return files[filename].response() if filename in files else abort(404)

    app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=send)

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and (file := files.get(values.get("filename", ""))):
            values["v"] = file.version


@cache
def prepared(folder: Path = FOLDER) -> Mapping[str, StaticFile]:
    """Every file under a folder, and the scripts put together from modules in it, by name; made once in a process.

    Raises:
        ScriptError: the modules of a script cannot be put together.
    """
    found = {
        path.relative_to(folder).as_posix(): _prepare(path.suffix, _content(path))
        for path in sorted(folder.rglob("*"))
        if path.suffix in _KINDS
    }
    for name, main in PUT_TOGETHER.items():
        if main in found:
            found[name] = _prepare(".js", put_together(folder / main).encode())
    return MappingProxyType(found)


def _content(path: Path) -> bytes:
    """What is sent of a file: of a style sheet neither comments nor indents, a ninth of what a phone pays for it."""
    content = path.read_bytes()
    return _NO_STYLE.sub(b"", content) if path.suffix == ".css" else content


def _prepare(suffix: str, content: bytes) -> StaticFile:
    bodies = {"identity": content}
    if suffix != ".png":
        packed = {"br": brotli.compress(content, quality=11), "gzip": gzip.compress(content, 9, mtime=0)}
        bodies = {**{name: body for name, body in packed.items() if len(body) < len(content)}, **bodies}
    return StaticFile(_KINDS[suffix], hashlib.sha256(content).hexdigest()[:12], MappingProxyType(bodies))
