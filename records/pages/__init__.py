"""The record machine: a room declares a `RecordPage`, and `page_urls(ContactPage)` gives its addresses.

detail, create, edit, one field (`fact`), trash, restore, tags, files, followers, panels, and the suggestions of
pickers (`pick`).
"""

from . import actions  # noqa: F401 - registers
from .facts import Fact, FactLine
from .page import PAGES, Crumb, RecordPage, crumb_of
from .urls import page_urls

__all__ = ["PAGES", "Crumb", "Fact", "FactLine", "RecordPage", "crumb_of", "page_urls"]
