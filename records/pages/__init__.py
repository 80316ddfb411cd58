"""The record machine: a room declares a `RecordPage`, and `page_urls(ContactPage)` gives its addresses.

detail, create, edit, one field (`fact`), trash, restore, tags, files, followers, panels, and the suggestions of
pickers (`pick`).
"""

from . import actions  # noqa: F401 - registers
from .facts import Fact, FactLine
from .lines import Addresses, Dates, line_asides
from .page import PAGES, Crumb, RecordPage, crumb_of
from .urls import page_urls

__all__ = [
    "PAGES",
    "Addresses",
    "Crumb",
    "Dates",
    "Fact",
    "FactLine",
    "RecordPage",
    "crumb_of",
    "line_asides",
    "page_urls",
]
