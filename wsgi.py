"""The application for a WSGI server."""

import ctypes
import gc
import platform
from typing import Final

from feedback_app import create_app, logs
from feedback_app.store.daily import Daily

#: A page makes a few thousand objects, nearly all of which go with it. Looking for circles among them every 700 objects, as
#: Python does, was a twentieth of the server's time.
_OBJECTS_BEFORE_LOOKING: Final = 20_000

#: What glibc is told about memory (mallopt(3)). It would give each of a few threads a heap of its own, none of which shrinks: 10 MB of
#: 120. And once it has freed something large it would keep as much for the next: checking a password takes 19 MB, and after
#: eight at once a process stayed 100 MB larger.
_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8
_MEMORY: Final = ((_M_ARENA_MAX, 2), (_M_MMAP_THRESHOLD, 1 << 20), (_M_TRIM_THRESHOLD, 1 << 20))

if platform.libc_ver()[0] == "glibc":
    for name, value in _MEMORY:
        ctypes.CDLL(None).mallopt(name, value)
logs.configure()
application = create_app()
Daily(application.extensions["heard"].store).start()
gc.collect()
gc.freeze()
gc.set_threshold(_OBJECTS_BEFORE_LOOKING)
