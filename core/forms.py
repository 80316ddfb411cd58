"""How forms look: the renderer behind settings.FORM_RENDERER and the widgets that Django lacks."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.urls import reverse


class Renderer(TemplatesSetting):
    """Our templates in place of Django's: label, control, hint, error. Needs "django.forms" in INSTALLED_APPS."""

    form_template_name = "django/forms/div.html"
    field_template_name = "django/forms/field.html"


class DateInput(forms.DateInput):
    """The browser's own date picker; it wants ISO dates whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """The browser's own picker of date and time, to the minute."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class MoneyInput(forms.TextInput):
    """An amount as people type it, with its currency beside it."""

    template_name = "core/widgets/money.html"

    def __init__(self, currency: str = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off"} | (attrs or {}))
        self.currency = currency

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["currency"] = self.currency
        return context


class Typed(str):
    """What somebody typed into a combobox without choosing from its list."""


class Combobox(forms.Widget):
    """A text field that suggests records while one types; without JavaScript the name is looked up on saving.

    `url_name` answers `?q=` with `<li role="option" data-value="7">Name</li>` for each suggestion.
    """

    template_name = "core/widgets/combobox.html"
    choices: Any = ()

    def __init__(self, url_name: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.url_name = url_name

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        typed = isinstance(value, Typed)
        chosen = None if typed or value in (None, "") else self.choices.queryset.filter(pk=value).first()
        label = str(chosen) if chosen else ""
        context["widget"] |= {
            "url": reverse(self.url_name),
            "text": value if typed else label,
            "shown": label,
            "pk": chosen.pk if chosen else "",
        }
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        text = data.get(f"{name}_text")
        if text is None or (text and text == data.get(f"{name}_shown")):
            return data.get(name)
        return Typed(text.strip())

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}_text" not in data
