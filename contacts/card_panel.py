"""The ways to take a person along: a panel with the card and its code, a button for WhatsApp, an action for many."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.formats import number
from records.listing import BulkAction
from records.models import Refusal
from records.panels import Action, Panel, register, register_action
from workspaces.requests import WorkspaceRequest

from .card_views import MOST_CARDS
from .models import Contact


def whatsapp(request: WorkspaceRequest, contact: Contact) -> str:
    """The chat with the person, where one of its numbers is for that."""
    numbers: list[dict[str, Any]] = getattr(contact, "phone_list", [])
    found = next((line["value"] for line in numbers if line["kind"] == "whatsapp"), "")
    return f"https://wa.me/{found.removeprefix('+')}" if found else ""


def card_file(request: WorkspaceRequest, contact: Contact) -> str:
    return contact.url_of("card")


class Cards(BulkAction):
    """Goes on to a file with the vCards of the chosen people."""

    name = "cards"
    label = gettext_lazy("Download vCards")
    icon = "identification"
    needs = "export"

    def leads_to(self, selection: Any) -> str:
        ids = list(selection.rows().order_by("pk").values_list("pk", flat=True)[: MOST_CARDS + 1])
        if len(ids) > MOST_CARDS:
            raise Refusal(_("Choose at most %(most)s people for one file.") % {"most": number(MOST_CARDS)})
        return f"{reverse('contacts:cards')}?{urlencode([('ids', pk) for pk in ids])}"


register("contact", Panel("card", gettext_lazy("Contact card"), "contacts/card.html", order=95, in_past=False))
register_action("contact", Action(gettext_lazy("WhatsApp"), "chat-bubble-left-right", whatsapp, order=22, outside=True))
register_action(
    "contact", Action(gettext_lazy("Download vCard"), "arrow-down-tray", card_file, order=64, place="elsewhere")
)
