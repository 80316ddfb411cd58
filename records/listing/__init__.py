"""The list machine: a room declares columns and gets page, filters, sorting, paging, selection and bulk actions."""

from . import periods
from .bulk import MERGEABLE, STANDARD, ActionForm, BulkAction
from .columns import Choice, Column, Email, Name, Phone, Text, YesNo
from .filters import ColumnFilter, LinkedFilter, LinkedRecordFilter
from .listing import LISTINGS, NOBODYS, Listing, QuickView
from .look import Look
from .quantities import Day, Moment, Money, Number
from .related import Followers, LastActivity, NextStep, Owner, RecordLink, Related, Source, Tags
from .urls import list_urls

__all__ = [
    "LISTINGS",
    "MERGEABLE",
    "NOBODYS",
    "STANDARD",
    "ActionForm",
    "BulkAction",
    "Choice",
    "Column",
    "ColumnFilter",
    "Day",
    "Email",
    "Followers",
    "LastActivity",
    "LinkedFilter",
    "LinkedRecordFilter",
    "Listing",
    "Look",
    "Moment",
    "Money",
    "Name",
    "NextStep",
    "Number",
    "Owner",
    "Phone",
    "QuickView",
    "RecordLink",
    "Related",
    "Source",
    "Tags",
    "Text",
    "YesNo",
    "list_urls",
    "periods",
]
