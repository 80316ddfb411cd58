"""`{% load records %}`: what record pages show."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from core.templatetags.ui import avatar, icon
from records.models import Record
from records.pages.page import PAGES
from records.pages.values import email_text, web_name
from records.panels import ShownPanel
from records.search import reason

register = template.Library()


register.filter("email_text", email_text)
register.filter("reason", reason)
register.filter("web_name", web_name)


@register.filter
def kind_name(record: Record) -> str:
    """What a record is, among those of other kinds: "person"."""
    return str(record._meta.verbose_name)


@register.simple_tag
def face(record: Record) -> SafeString:
    """What stands before a record among those of other kinds: its icon, or its initials, square as on its page."""
    square = record.record_name in PAGES and PAGES[record.record_name].square
    return icon(record.icon) if record.icon else avatar(record, size="xs sq" if square else "xs")


@register.simple_tag
def record_url(record: Record, name: str, *args: int | str) -> str:
    """`{% record_url record "edit" %}`: the address of a page below the record's own, whatever its type."""
    return record.url_of(name, *args)


@register.simple_tag(takes_context=True)
def panel_body(context: Context, shown: ShownPanel) -> SafeString:
    """What a panel shows, by its own template with its own context on top of the page's."""
    assert context.template  # noqa: S101 - it is being rendered
    template = context.template.engine.get_template(shown.panel.template)
    with context.push(**shown.context):
        return template.render(context)
