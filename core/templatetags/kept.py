"""`{% kept %}`: parts of a page that are the same for many requests, rendered once a process."""

from collections.abc import Hashable
from typing import Any

from django import template
from django.template import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core import past

register = template.Library()

#: how many parts are kept, some kilobytes each; then all are rendered anew
MOST = 500
#: around the name of a live value in a part as it is kept; no text from a form or the database contains it
MARK = "\0"

_kept: dict[tuple[Hashable, ...], list[str]] = {}


@register.simple_tag(takes_context=True)
def kept(context: Context, template_name: str, **values: Any) -> SafeString:
    """Include a template that sees nothing but the values, and keep what it makes.

    A value with `kept_by` is what the part is drawn from: where that is equal, in the same language, so is the part.
    The others are put in at each request; the template may print them as texts and do nothing else with them. The
    navigation around a page took a fifth of the page's time before it was kept.
    """
    assert context.template  # noqa: S101 - it is being rendered
    engine = context.template.engine
    sources = {name: value for name, value in values.items() if hasattr(value, "kept_by")}
    key = (template_name, get_language(), *(source.kept_by for source in sources.values()))
    parts = _kept.get(key)
    if parts is None:
        marks = {name: f"{MARK}{name}{MARK}" for name in values.keys() - sources.keys()}
        html = engine.get_template(template_name).render(context.new(sources | marks))
        parts = html.split(MARK)  # texts and names of live values by turns
        if not engine.debug and not past.moment():  # each moment has addresses of its own
            if len(_kept) >= MOST:
                _kept.clear()
            _kept[key] = parts
    live = {name: str(conditional_escape(values[name])) for name in set(parts[1::2])}
    return mark_safe("".join(live[part] if place % 2 else part for place, part in enumerate(parts)))
