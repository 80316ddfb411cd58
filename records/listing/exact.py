"""Filters by texts that are exactly so."""

from typing import Any

from django import forms
from django.db import models
from django.db.models import Func, Q, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .filters import ColumnFilter


class LinesField(forms.CharField):
    """Some texts, each in a line of its own."""

    widget = forms.Textarea(attrs={"rows": 2})
    MOST = 100

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > self.MOST:
            raise forms.ValidationError(_("At most %(count)s lines.") % {"count": self.MOST})
        return found


class ExactFilter(ColumnFilter):
    """Texts that are one of some; with `folded`, `path` is the text's stored key and case and accents don't count."""

    field_class = LinesField
    asks = (gettext_lazy("is exactly"), gettext_lazy("is not exactly"))

    def __init__(self, path: str, *, folded: bool, **field: Any):
        super().__init__(path, max_length=2000, help_text=gettext_lazy("Several, each in its own line."), **field)
        self.folded = folded

    def condition(self, value: list[str]) -> Q:
        if not self.folded:
            return Q(**{f"{self.path}__in": value})
        keys = [Func(Value(one), function="records_sort_key", output_field=models.TextField()) for one in value]
        return Q(**{f"{self.path}__in": keys})

    def words(self, value: list[str]) -> str:
        return ", ".join(_("“%(text)s”") % {"text": one} for one in value)
