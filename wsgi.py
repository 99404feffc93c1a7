"""The application for a WSGI server."""

from feedback_app import create_app

application = create_app()
