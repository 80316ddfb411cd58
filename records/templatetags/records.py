"""`{% load records %}`: what record pages show."""

from urllib.parse import urlsplit

from django import template
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from records.models import Record
from records.panels import ShownPanel

register = template.Library()


@register.filter
def web_name(address: str) -> str:
    """An address as people say it: "northwind.example/about", of a LinkedIn profile "in/priya-raman"."""
    parts = urlsplit(address)
    host, path = parts.netloc.removeprefix("www."), parts.path.strip("/")
    if host == "linkedin.com" or host.endswith(".linkedin.com"):
        return path or host
    return f"{host}/{path}" if path else host


@register.filter
def email_text(address: str) -> SafeString:
    """An e-mail address that breaks, where it has to, before its @."""
    user, at, domain = address.rpartition("@")
    return format_html("{}<wbr>{}{}", user, at, domain)


@register.simple_tag
def record_url(record: Record, name: str, *args: int | str) -> str:
    """`{% record_url record "edit" %}`: the address of a page below the record's own, whatever its type."""
    return record.url_of(name, *args)


@register.simple_tag
def merge_url(record: Record) -> str:
    """Where the record's duplicates are found and merged with it, "" for a type without such a page."""
    try:
        return f"{reverse(f'{record.namespace}:merge')}?ids={record.pk}"
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def panel_body(context: Context, shown: ShownPanel) -> SafeString:
    """What a panel shows, by its own template with its own context on top of the page's."""
    assert context.template  # noqa: S101 - it is being rendered
    template = context.template.engine.get_template(shown.panel.template)
    with context.push(**shown.context):
        return template.render(context)
