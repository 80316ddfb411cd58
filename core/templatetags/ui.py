"""Template tags for the look: icons, avatars, small bars. Registered as builtins, so no `{% load %}` is needed."""

import unicodedata
from functools import cache

import heroicons
from django import template
from django.conf import settings
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from core.text import marked

register = template.Library()

#: icons that heroicons lacks, drawn on its grid of 24 with its stroke
OWN_ICONS = {
    "circle-dashed": (
        '<svg fill="none" viewBox="0 0 24 24" stroke-width="1.5" stroke="currentColor"{}>'
        '<circle cx="12" cy="12" r="9" stroke-dasharray="4.2 3.35"/></svg>'
    ),
    "mark": (
        '<svg viewBox="0 0 24 24"{}><rect x="2" y="3" width="6" height="18" rx="2"/>'
        '<rect x="9.5" y="3" width="6" height="12" rx="2"/><rect x="17" y="3" width="5" height="7" rx="2"/></svg>'
    ),
}


@cache
def _svg(name: str, style: str, size: int, css: str) -> SafeString:
    """The drawing, once a process. Raises `heroicons.IconDoesNotExist` for an unknown name."""
    attributes = f' class="{css}" width="{size}" height="{size}" aria-hidden="true"'
    if name in OWN_ICONS:
        return mark_safe(OWN_ICONS[name].format(attributes))
    drawing = heroicons._render_icon(style, name, None, {}).replace(' aria-hidden="true" data-slot="icon"', "")
    return mark_safe(drawing.replace("<svg", f"<svg{attributes}", 1).replace("\n", ""))


@register.simple_tag
def icon(name: str, *, style: str = "outline", size: int = 16, label: str = "", **attrs: str) -> SafeString:
    """An inline SVG, silent beside a text; with `label` it speaks, for icons that stand alone.

    `class` adds CSS classes. Raises `heroicons.IconDoesNotExist` for an unknown name.
    """
    svg = _svg(name, style, size, f"icon {attrs['class']}" if attrs else "icon")
    return format_html('{}<span class="vh">{}</span>', svg, label) if label else svg


@register.simple_tag
def icon_symbols(*names: str) -> SafeString:
    """Define icons once for a page that shows them hundreds of times through `{% icon_use %}`."""
    symbols = []
    for name in names:
        drawing = _svg(name, "outline", 16, "icon")
        body = drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")].strip()
        symbols.append(f'<symbol id="i-{name}" viewBox="0 0 24 24">{body}</symbol>')
    return mark_safe(f'<svg hidden aria-hidden="true">{"".join(symbols)}</svg>')


@register.simple_tag
@cache
def icon_use(name: str) -> SafeString:
    """Show an icon that `{% icon_symbols %}` defined on this page."""
    return mark_safe(
        '<svg class="icon" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.5"'
        f' aria-hidden="true"><use href="#i-{name}"/></svg>'
    )


@register.filter
def mark(text: object, words: list[str]) -> SafeString:
    """A text with `<mark>` around the folded words that are looked for."""
    pieces = ((conditional_escape(piece), found) for piece, found in marked(str(text), words))
    return mark_safe("".join(f"<mark>{piece}</mark>" if found else piece for piece, found in pieces))


@register.filter
def initials(name: str) -> str:
    """Two letters for an avatar: of the first and last word, or the first two of a single word."""
    words = [letters for word in str(name).split() if (letters := _letters(word))]
    if len(words) < 2:
        return "".join(words)[:2] or "?"
    return words[0][0] + words[-1][0]


def _letters(word: str) -> str:
    # Composed first, so that a decomposed "É" keeps its accent; upper() of "ß" is two letters, of which one is enough.
    return "".join(c.upper()[0] for c in unicodedata.normalize("NFC", word) if c.isalnum())


@register.filter
def hue(id: int | None) -> int:
    """A colour (1 to 7, see tokens.css) that stays with a record; 0, grey, for nobody."""
    return 1 + id % 7 if id else 0


@register.simple_tag
def avatar(of: object = None, *, name: str = "", id: int | None = None, size: str = "", label: str = "") -> SafeString:
    """The initials of a person in a colour of their own.

    `of` is anything with a pk and a string; lists that hold plain values pass `name` and `id`. With `label` ("Owner")
    it speaks; without one it is decoration beside the name. `size`: xs, sm, lg, and sq for organizations.
    """
    if of is not None:
        # People without their titles: "Dr Priya Raman" is PR wherever she stands.
        name, id = getattr(of, "name", "") or str(of), of.pk  # type: ignore[attr-defined]
    name, css = conditional_escape(name), f"avatar {size}".rstrip()
    letters = conditional_escape(initials(name))
    if not label:
        return mark_safe(f'<span class="{css}" data-hue="{hue(id)}" aria-hidden="true">{letters}</span>')
    return mark_safe(
        f'<span class="{css}" data-hue="{hue(id)}" title="{name}"><span class="vh">{conditional_escape(label)} {name}'
        f'</span><span aria-hidden="true">{letters}</span></span>'
    )


@register.simple_tag
def bar(value: float, total: float) -> SafeString:
    """How much of `total` a value is, as a small bar; the number stands beside it as text."""
    share = min(max(float(value) / float(total), 0), 1) * 100 if total else 0
    return mark_safe(
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{share:.1f}" height="8"/></svg>'
    )


@register.simple_tag
def steps(done: int, total: int, label: str) -> SafeString:
    """The way through a pipeline: `done` of `total` stages, spoken as `label`."""
    marks = '<i class="on"></i>' * done + "<i></i>" * max(total - done, 0)
    return format_html('<p class="steps" role="img" aria-label="{}">{}</p>', label, mark_safe(marks))


@register.filter
def undo_path(message: object) -> str:
    """Where a message's Undo or Redo button posts to: `messages.success(…, extra_tags="undo:/path/")`, or `redo:`."""
    tags = getattr(message, "extra_tags", "") or ""
    return next((tag[5:] for tag in tags.split() if tag.startswith(("undo:", "redo:"))), "")


@register.filter
def language_name(code: str) -> str:
    """What a language calls itself."""
    return dict(settings.LANGUAGES).get(code, code)


@register.filter
def is_redo(message: object) -> bool:
    """Is what a message's button takes back an undo itself?"""
    return "redo:" in (getattr(message, "extra_tags", "") or "")
