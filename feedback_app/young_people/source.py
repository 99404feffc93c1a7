"""Where a request came from: asked for one thing alone, the limits on wrong codes, and kept nowhere."""

from __future__ import annotations

from flask import request

from feedback_app.context import heard


def source_of_request() -> str:
    """Which of some thousand groups of addresses a request belongs to, for an hour at most: see ``Guesses.source``."""
    parts = heard()
    return parts.store.guesses.source(_address(parts.config.proxies))


def _address(proxies: int) -> str:
    """The address that the outermost trusted proxy saw; without proxies, the connection's own. Empty where none is told.

    ``request.remote_addr`` stays what it is, so that nothing else ever comes to know an address.
    """
    if not proxies:
        return request.remote_addr or ""
    told = request.headers.get("X-Forwarded-For", "").split(",")
    return told[-proxies].strip() if len(told) >= proxies else ""
