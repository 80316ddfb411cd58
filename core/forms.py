"""How forms look: the renderer behind settings.FORM_RENDERER and the widgets that Django lacks."""

import datetime as dt
from collections.abc import Mapping
from html import escape
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from . import formats, yearly


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


class TimeInput(forms.TimeInput):
    """The browser's own picker of a time of day, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class LongSelect(forms.Select):
    """A choice out of hundreds, written in one go: Django's own renders a template for each option."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = "".join(
            f'<option value="{escape(str(key))}"{" selected" * (str(key) == chosen)}>{escape(str(label))}</option>'
            for key, label in self.choices
        )
        return mark_safe(
            f"<select{flatatt(self.build_attrs(self.attrs, {**(attrs or {}), 'name': name}))}>{options}</select>"
        )


class YearlyInput(forms.Widget):
    """Day, month and, where it is known, the year. An ISO date under the plain name is read as well."""

    template_name = "core/widgets/yearly.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        day, month, year = self.parts(value)
        given = context["widget"]["attrs"]
        notes = {"invalid": given.get("aria-invalid"), "described_by": given.get("aria-describedby")}
        context["widget"] |= {"day": day, "month": month, "year": year, "months": formats.months()} | notes
        return context

    @staticmethod
    def parts(value: Any) -> tuple[Any, Any, Any]:
        if isinstance(value, str):
            try:
                value = dt.date.fromisoformat(value)
            except ValueError:
                return value, "", ""
        if isinstance(value, dt.date):
            return value.day, value.month, "" if yearly.is_yearless(value) else value.year
        return value or ("", "", "")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        if name in data:
            return data[name]
        return tuple((data.get(f"{name}-{part}") or "").strip() for part in ("day", "month", "year"))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}-day" not in data


class YearlyField(forms.Field):
    """A day of each year: a date, with `yearly.UNKNOWN_YEAR` where the year is left empty."""

    widget = YearlyInput

    def clean(self, value: Any) -> dt.date | None:
        if not value or (isinstance(value, tuple) and not any(value)):
            if self.required:
                raise ValidationError(self.error_messages["required"], "required")
            return None
        try:
            if isinstance(value, str):
                return dt.date.fromisoformat(value)
            day, month, year = value
            return dt.date(int(year) if year else yearly.UNKNOWN_YEAR, int(month), int(day))
        except ValueError:
            raise ValidationError(_("There is no such day."), "day") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.clean(data) != initial
        except ValidationError:
            return True


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
