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

#: glibc would give each of a few threads a heap of its own, none of which shrinks: 10 MB of 120. Python runs one at a time.
_M_ARENA_MAX: Final = -8
_HEAPS: Final = 2

if platform.libc_ver()[0] == "glibc":
    ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _HEAPS)
logs.configure()
application = create_app()
Daily(application.extensions["heard"].store).start()
gc.collect()
gc.freeze()
gc.set_threshold(_OBJECTS_BEFORE_LOOKING)
