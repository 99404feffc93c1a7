"""Headers of every answer: nothing from another host, nothing inline, nothing kept by a cache that should not be."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
#: Two years, as browsers' preload lists ask.
STRICT_TRANSPORT_SECURITY: Final = "max-age=63072000; includeSubDomains"


def init_app(app: Flask, *, is_production: bool) -> None:
    """Set the headers on every answer of an application."""

    @app.after_request
    def set_headers(response: Response) -> Response:
        response.headers.extend(HEADERS)
        if is_production:
            response.headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT_SECURITY)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
