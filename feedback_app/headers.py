"""Headers of every answer: nothing from another host, nothing inline, nothing kept by a cache that should not be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, Response

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
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
    fixed = [*HEADERS.items()]
    if is_production:
        fixed.append(("Strict-Transport-Security", STRICT_TRANSPORT_SECURITY))
    app.wsgi_app = _WithHeaders(app.wsgi_app, fixed)  # type: ignore[method-assign]

    @app.after_request
    def keep_nothing(response: Response) -> Response:
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class _WithHeaders:
    """What is the same on every answer, whatever part of the application gives it."""

    def __init__(self, app: WSGIApplication, fixed: list[tuple[str, str]]) -> None:
        self._app, self._fixed = app, fixed

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Callable[[bytes], object]:
            return start_response(status, [*headers, *self._fixed], *exc_info)

        return self._app(environ, start)
