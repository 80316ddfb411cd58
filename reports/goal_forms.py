"""The form for the goals of one in a year: an amount a month."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import formats
from core.forms import MoneyInput
from core.money import Money, exponent, format_money, parse_amount
from records.listing.periods import months_from
from workspaces.rights import Actor

from .models import Goal, Whose

#: that have goals
YEARS = range(2000, 2101)
EACH = "each"


class GoalsForm(forms.Form):
    """A field for each month, and one for what all empty ones are to be."""

    def __init__(self, *args: Any, whose: Whose, year: int, currency: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.whose, self.currency, self.months = whose, currency, months_from(dt.date(year, 1, 1), 12)
        self.there = {goal.month: goal for goal in Goal.objects.of(whose).filter(month__in=self.months)}
        names = dict(formats.months())
        self.fields[EACH] = self._amount(_("Each month without an amount"), None)
        for month in self.months:
            self.fields[name_of(month)] = self._amount(names[month.month].capitalize(), self.there.get(month))

    def _amount(self, label: Any, goal: Goal | None) -> forms.CharField:
        """What was set in a currency that the workspace has no more stands beside the field, and stays while that is
        empty."""
        field = forms.CharField(label=label, required=False, max_length=40, widget=MoneyInput(self.currency))
        if goal and goal.currency == self.currency:
            amount = Money(goal.amount, goal.currency).amount
            field.initial = f"{amount:f}".removesuffix(f".{0:0{exponent(goal.currency)}}")
        elif goal:
            field.help_text = _("%(amount)s until now.") % {"amount": format_money(goal.amount, goal.currency)}
        return field

    @property
    def month_fields(self) -> list[forms.BoundField]:
        return [self[name_of(month)] for month in self.months]

    def clean(self) -> dict[str, Any]:
        """The amounts in minor units; None for an empty field."""
        values = {}
        for name, text in list(self.cleaned_data.items()):
            try:
                values[name] = parse_amount(text, self.currency) if text.strip() else None
                if (values[name] or 0) < 0:
                    raise ValueError(_("A goal is an amount that is not negative."))
            except ValueError as error:
                self.add_error(name, str(error))
        return values

    def save(self, *, by: Actor) -> int:
        """Raises what `Goal.set_year` raises."""
        amounts = {month: self.cleaned_data[name_of(month)] for month in self.months}
        each = self.cleaned_data[EACH]
        wanted = {month: each if amount is None else amount for month, amount in amounts.items()}
        kept = {month for month, goal in self.there.items() if wanted[month] is None and goal.currency != self.currency}
        return Goal.set_year(
            self.whose, {month: wanted[month] for month in self.months if month not in kept}, self.currency, by=by
        )


def name_of(month: dt.date) -> str:
    return f"month_{month.month}"
