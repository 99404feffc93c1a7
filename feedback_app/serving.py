"""The server: Granian, a few processes that each serve with a few threads."""

from __future__ import annotations

from typing import Any, Final

#: Threads in each process. Python runs one at a time; the others wait for the disk.
THREADS: Final = 8

_LOGGING: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "feedback_app.logs.JsonFormatter"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", "formatter": "json"}
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"_granian": {"handlers": ["stderr"], "level": "INFO", "propagate": False}},
}


def run(host: str, port: int, workers: int, *, quiet: bool = False) -> None:
    """Serve ``wsgi:application`` until told to stop. Requests are not logged: their times and addresses are nobody's.

    Args:
        quiet: say only what goes wrong.
    """
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    server: Any = Server(
        "wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backlog=1024,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=15,
        log_access=False,
        log_level=LogLevels.error if quiet else LogLevels.info,
        log_dictconfig=_LOGGING,
    )
    server.serve()
