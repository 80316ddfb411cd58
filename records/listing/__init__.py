"""The list machine: a room declares columns and gets page, filters, sorting, paging, selection and bulk actions."""

from . import periods
from .bulk import MERGEABLE, STANDARD, ActionForm, BulkAction
from .columns import Choice, Column, Email, Name, Phone, Text, YesNo
from .filters import ColumnFilter, LinkedFilter, LinkedRecordFilter
from .listing import LISTINGS, Listing, QuickView
from .look import Look
from .parties import Direction, address_columns
from .quantities import Day, Moment, Money, Number
from .related import Followers, LastActivity, NextStep, Owner, RecordLink, Related, Source, Tags
from .urls import list_urls

__all__ = [
    "LISTINGS",
    "MERGEABLE",
    "STANDARD",
    "ActionForm",
    "BulkAction",
    "Choice",
    "Column",
    "ColumnFilter",
    "Day",
    "Direction",
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
    "address_columns",
    "list_urls",
    "periods",
]
