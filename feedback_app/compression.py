"""Compression, for phones with little data.

Young people's pages only; static files are prepared compressed. A staff page holds secrets (a form's token) beside what was
asked for, and the length of such a page, compressed, could give them away (BREACH).
"""

from __future__ import annotations

from flask import Flask, Response, request
from flask_compress import Compress


def init_app(app: Flask) -> None:
    """Compress what may be compressed, where the phone says that it can read it."""
    app.config.update(
        COMPRESS_REGISTER=False,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_ALGORITHM_STREAMING=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
    )
    compress = Compress(app)

    @app.after_request
    def shrink(response: Response) -> Response:
        if request.blueprint == "young_people":
            shrunk: Response = compress.after_request(response)
            return shrunk
        return response
