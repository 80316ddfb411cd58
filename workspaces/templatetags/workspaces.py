from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from workspaces.past.middleware import now_path
from workspaces.urls_public import public_reverse

register = template.Library()


@register.simple_tag
def public_url(name: str, *args: object, **kwargs: object) -> str:
    """`{% url %}` for the addresses outside the workspaces (sign-in, switch, theme)."""
    return public_reverse(name, *args, **kwargs)


@register.simple_tag(takes_context=True)
def may(context, record: str, action: str) -> bool:
    """May the member who reads this page do `action` to some rows of `record`?"""
    membership = getattr(context.get("request"), "membership", None)
    return membership is not None and membership.may(record, action)


#: topics of the settings: label, address, the right it needs (none: everybody), the pages below it; rooms above add to
#: them in their `apps.py`
SETTINGS: list[tuple[Any, str, tuple[str, str] | None, tuple[str, ...]]] = [
    (_("Profile"), "workspaces:profile", None, ()),
    (_("Workspace"), "workspaces:settings", ("workspace", "view"), ()),
    (_("Who sees what"), "workspaces:visibility", ("workspace", "view"), ()),
    (_("Members"), "workspaces:members", ("member", "view"), ("invite", "member", "ask", "progress")),
    (_("Teams"), "workspaces:teams", ("team", "view"), ("team", "team_create")),
    (_("Lists and roles"), "admin:index", ("workspace", "admin"), ()),
]


@register.simple_tag(takes_context=True)
def settings_links(context) -> list[dict[str, object]]:
    """The second navigation of the settings, as far as the reader's rights go."""
    request = context["request"]
    here = request.resolver_match.url_name
    return [
        {"label": label, "href": reverse(name), "current": here in (name.partition(":")[2], *below)}
        for label, name, right, below in SETTINGS
        if right is None or request.membership.may(*right)
    ]


@register.filter
def as_it_is_now(path: str) -> str:
    """The address of the same page in the present."""
    return now_path(path)
