"""The list machine: a room declares columns and gets page, filters, sorting, paging, selection and bulk actions."""

from . import periods
from .bulk import ActionForm, BulkAction, add_action
from .column import Column
from .columns import Choice, Email, Name, Phone, Text, YesNo
from .filters import ColumnFilter, LinkedFilter, LinkedRecordFilter
from .groups import Groups
from .listing import LISTINGS, NOBODYS, Layout, Listing, QuickView
from .look import Look
from .parties import Dates, Direction, Language, SoonFilter, Web, address_columns
from .pulse import LastActivity, NextStep
from .quantities import Day, Moment, Money, Number
from .related import Followers, Owner, RecordLink, Related, Source, Tags
from .relations import Ready, Relation, relate
from .setting import MERGEABLE, STANDARD
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
    "Dates",
    "Day",
    "Direction",
    "Email",
    "Followers",
    "Groups",
    "Language",
    "LastActivity",
    "Layout",
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
    "Ready",
    "RecordLink",
    "Related",
    "Relation",
    "SoonFilter",
    "Source",
    "Tags",
    "Text",
    "Web",
    "YesNo",
    "add_action",
    "address_columns",
    "list_urls",
    "periods",
    "relate",
]
