"""The application for a WSGI server."""

from feedback_app import create_app, logs

logs.configure()
application = create_app()
