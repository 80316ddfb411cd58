"""The record machine: a room declares a `RecordPage`, and `page_urls(ContactPage)` gives its addresses.

detail, create, edit, trash, restore, tags, files, panels, and the suggestions of pickers (`pick`).
"""

from .facts import Fact, FactRow
from .page import PAGES, Crumb, RecordPage, crumb_of
from .urls import page_urls

__all__ = ["PAGES", "Crumb", "Fact", "FactRow", "RecordPage", "crumb_of", "page_urls"]
