"""Structured logs, one JSON object a line, which hold nothing about who answered.

No address, user agent, query, code, receipt or answer is ever logged. Requests to young people's pages are not logged one by
one at all: a line with a time would say when somebody answered. Their failures are, without the words of the error,
since those could repeat what was typed.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from typing import Any

from flask import Flask, Response, g, request

LOGGER = logging.getLogger("heard")


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON; of an exception its type and where it was raised, not its words."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line: dict[str, Any] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
        return json.dumps(line, ensure_ascii=False)


def configure(level: int = logging.INFO) -> None:
    """Send every logger of the process to standard error as JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(handlers=[handler], level=level, force=True)


def init_app(app: Flask) -> None:
    """Log requests of staff pages, by endpoint; and failures of every page."""

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def log(response: Response) -> Response:
        endpoint = request.endpoint or "unknown"
        is_failure = response.status_code >= 500
        if is_failure or request.path.startswith("/staff"):
            milliseconds = round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000)
            fields = {"endpoint": endpoint, "status": response.status_code, "milliseconds": milliseconds}
            LOGGER.log(logging.ERROR if is_failure else logging.INFO, "request", extra={"fields": fields})
        return response

    def log_exception(exc_info: Any) -> None:
        LOGGER.error(
            "failed", exc_info=exc_info, extra={"fields": {"endpoint": request.endpoint or "unknown"}}
        )

    app.log_exception = log_exception  # type: ignore[method-assign]
