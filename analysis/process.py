"""The analysis process: answers one request after another, so that processes that serve pages stay small.

Whoever started it writes requests to its standard input and reads answers from its standard output. Both are pickles,
each after its length as 8 bytes, big end first: ``(name, args, kwargs)`` in, ``("ok", value)`` or ``("error", sentence)``
out, and before it, where it takes long, any number of ``("progress", share)``. It ends when its input does. Pickles are safe here: the pipe has no other end than the process that started this one.
"""

from __future__ import annotations

import importlib
import os
import pickle
import struct
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from typing import Any, BinaryIO, Final

#: What can be asked for, and where it lives. Imported when first asked for: only reports need matplotlib.
REQUESTS: Final[Mapping[str, tuple[str, str]]] = {
    "release": ("analysis.releasing.release", "release"),
    "again": ("analysis.releasing.release", "again"),
    "tones": ("analysis.words.tone", "tones"),
    "report": ("analysis.report", "write"),
    "audit": ("analysis.audit.auditing", "audit"),
    "are_worrying": ("analysis.words.concern", "are_worrying"),
    "words_check": ("analysis.words.checking", "check"),
}

#: Those that say how much is done: they take ``progress``, which is to be told the share, from 0 to 1.
_LONG: Final = frozenset({"audit"})

_LENGTH: Final = struct.Struct(">Q")


def send(pipe: BinaryIO, message: object) -> None:
    """Write one message.

    Raises:
        OSError: nobody reads any more.
    """
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(body)) + body)
    pipe.flush()


def receive(pipe: BinaryIO) -> Any:
    """Read one message.

    Raises:
        EOFError: nobody writes any more.
    """
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    body = pipe.read(length)
    if len(body) < length:
        raise EOFError
    return pickle.loads(body)  # noqa: S301  # written by the process at the other end of the pipe, see above


def answer(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[str, object]:
    """The answer to one request. Whatever goes wrong becomes a sentence; what was in it is not logged."""
    try:
        module, function = REQUESTS[name]
        return "ok", getattr(importlib.import_module(module), function)(*args, **kwargs)
    except Exception as error:  # noqa: BLE001  # one bad request must not end the process
        if _is_for_reader(error):
            return "error", str(error)
        _log_without_values(error)
        return "error", "the figures could not be worked out; the log of the server says where it stopped"


def _is_for_reader(error: Exception) -> bool:
    """Whether a message was written for the person who asked: our own errors derive straight from ValueError."""
    return isinstance(error, ValueError) and type(error).__module__.partition(".")[0] == "analysis"


def _log_without_values(error: Exception) -> None:
    """Where it stopped, without the message: that may hold what a young person wrote."""
    places = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{place.name}:{place.lineno}" for place in reversed(places[-6:]))
    sys.stderr.write(f"analysis: {type(error).__name__} in {where}\n")


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the input ends."""
    while True:
        try:
            name, args, kwargs = receive(requests)
        except EOFError:
            return
        if name in _LONG:
            kwargs = {**kwargs, "progress": lambda share: send(answers, ("progress", share))}
        given = answer(name, args, kwargs)
        try:
            send(answers, given)
        except OSError:
            return


def _end_with(parent: int) -> None:
    """End as soon as whoever started this process has ended: nobody would read the answer."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def main() -> None:
    """Serve over the standard streams; what libraries print goes to the log instead of among the answers."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    serve(sys.stdin.buffer, answers)
