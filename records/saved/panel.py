"""The groups of a record, on its page. The panel is loaded by its own address, so that the page costs no more."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from records.models import Group, Record
from records.models.group import link_of
from records.panels import Panel, register
from records.search import searched_models
from workspaces.requests import WorkspaceRequest

from .counts import address_of


def groups_of(request: WorkspaceRequest, record: Record) -> dict[str, Any]:
    """The groups that the record is in, as far as the reader sees them, and those that it can be put into."""
    seen = list(Group.objects.visible_to(request.membership).filter(kind=record.record_name))
    inside = set(link_of(type(record)).objects.filter(record=record.pk).values_list("group", flat=True))
    may_change = record.allows("change", request.membership)
    open_to_me = {group.pk for group in seen if may_change and group.allows("change", request.membership)}
    return {
        "groups": [(group, address_of(group), group.pk in open_to_me) for group in seen if group.pk in inside],
        "others": [group for group in seen if group.pk in open_to_me - inside],
        "count": len([group for group in seen if group.pk in inside]),
    }


def new_group(request: WorkspaceRequest, record: Record) -> str:
    may = request.membership.may("group", "create")
    return reverse("saved:create_group", args=[record.record_name]) if may else ""


for name, model in searched_models().items():
    if link_of(model):
        register(
            name,
            Panel(
                "groups",
                _("Groups"),
                "records/saved/panel.html",
                groups_of,
                order=70,
                lazy=True,
                add=new_group,
                add_label=_("New group"),
                add_in_dialog=True,
                in_past=False,
            ),
        )
