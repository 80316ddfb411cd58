"""What a member wants to be told, on one page of the settings."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core import formats
from records.models import Attention
from records.models.attention import LETTERS, WHOSE
from records.models.notice import NEWS

from .sources import followed_types


def hours() -> list[tuple[int, str]]:
    """The hours of a day as the reader writes them."""
    midnight = timezone.now().replace(hour=0, minute=0)
    return [(hour, formats.clock(midnight.replace(hour=hour), dt.UTC)) for hour in range(24)]


class AttentionForm(forms.Form):
    """One choice a kind of news and one a record type."""

    hour = forms.TypedChoiceField(coerce=int, label=_("Daily letters are sent at"))

    def __init__(self, *args: Any, attention: Attention, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.attention = attention
        for kind, label in NEWS.items():
            name = f"letters_{kind}"
            self.fields[name] = forms.ChoiceField(label=label, choices=LETTERS, initial=attention.letter(kind))
        for name, model in followed_types().items():
            initial = attention.follows.get(name, "none")
            plural = capfirst(str(model._meta.verbose_name_plural))
            self.fields[f"follows_{name}"] = forms.ChoiceField(label=plural, choices=WHOSE, initial=initial)
        hour: Any = self.fields["hour"]
        hour.choices, hour.initial = hours(), attention.hour

    def beginning(self, prefix: str) -> Iterator[forms.BoundField]:
        return (self[name] for name in self.fields if name.startswith(prefix))

    @property
    def letters(self) -> Iterator[forms.BoundField]:
        return self.beginning("letters_")

    @property
    def follows(self) -> Iterator[forms.BoundField]:
        return self.beginning("follows_")

    def save(self) -> None:
        values = self.cleaned_data
        self.attention.hour = values["hour"]
        self.attention.letters = {kind: values[f"letters_{kind}"] for kind in NEWS}
        chosen = {name: values[f"follows_{name}"] for name in followed_types()}
        self.attention.follows = {name: whose for name, whose in chosen.items() if whose != "none"}
        self.attention.save()
