"""Addresses of static files carry a digest of their content: kept by phones for a year, fetched anew when they change."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from flask import Flask


def init_app(app: Flask) -> None:
    """Give every ``url_for("static", …)`` a ``v`` that changes with the file."""
    digests: dict[str, tuple[float, str]] = {}

    def digest(filename: str) -> str | None:
        file = Path(app.static_folder or "") / filename
        if not file.is_file():
            return None
        changed = file.stat().st_mtime
        if digests.get(filename, (0.0, ""))[0] != changed:
            digests[filename] = (changed, hashlib.sha256(file.read_bytes()).hexdigest()[:12])
        return digests[filename][1]

    @app.url_defaults
    def add_digest(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values and (found := digest(values["filename"])):
            values["v"] = found
