from django import template

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
