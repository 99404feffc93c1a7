"""The one blueprint of the staff pages."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

#: What a page returns: a document, a document with its status, or a response.
Page = str | tuple[str, int] | Response

staff = Blueprint("staff", __name__, url_prefix="/staff")
