"""Young people's pages: welcome and survey as one document, thanks, help, leave, privacy, accessibility.

They set no cookie, touch no session and ask no other host for anything.
"""

from __future__ import annotations

from flask import Flask

from feedback_app.context import heard
from feedback_app.help_lines import HelpLine, read_help_lines
from feedback_app.notices import Teller
from feedback_app.young_people import contact
from feedback_app.young_people.recent import RecentAnswers
from feedback_app.young_people.views import blueprint


def init_app(app: Flask) -> None:
    """Add the pages to an application whose parts are attached.

    Raises:
        HelpLinesError: the council's own list of help lines has a problem.
    """
    with app.app_context():
        config, store = heard().config, heard().store
    lines = read_help_lines(config.help_lines)

    @app.context_processor
    def for_every_page() -> dict[str, str | int | tuple[HelpLine, ...]]:
        return {
            "council": config.council_on_pages,
            "contact": config.contact,
            "help_lines": tuple(line.translated() for line in lines),
            "leave_to": config.leave_to,
            "procedure": config.procedure,
            "reading_days": config.deadlines.reading_days,
            "retention_months": str(config.deadlines.periods.response_months),
        }

    app.extensions[contact.TELLER] = Teller(config, store)
    app.register_blueprint(blueprint)
    app.wsgi_app = RecentAnswers(app.wsgi_app, store)  # type: ignore[method-assign]
