"""The application for a WSGI server."""

import gc
from typing import Final

from feedback_app import create_app, logs
from feedback_app.store.daily import Daily

#: A page makes a few thousand objects, nearly all of which go with it. Looking for circles among them every 700 objects, as
#: Python does, was a twentieth of the server's time.
_OBJECTS_BEFORE_LOOKING: Final = 20_000

logs.configure()
application = create_app()
Daily(application.extensions["heard"].store).start()
gc.collect()
gc.freeze()
gc.set_threshold(_OBJECTS_BEFORE_LOOKING)
