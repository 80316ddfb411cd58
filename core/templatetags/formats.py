"""`{% load formats %}`: values as people write them, in the active language and time zone. Nothing in, nothing out."""

import datetime as dt
from decimal import Decimal

from django import template
from django.utils import timezone

from core import formats, past, phones
from core.money import Money, format_rate, short_money

register = template.Library()


@register.filter
def money(value: Money | None) -> str:
    """`{{ deal.money|money }}`."""
    return value.format() if isinstance(value, Money) else ""


@register.filter
def money_short(value: Money | None) -> str:
    """Like `money`, its decimals only where it has some, as in lists."""
    return short_money(value.minor, value.currency) if isinstance(value, Money) else ""


@register.filter
def when(value: dt.datetime | None) -> str:
    """A moment beside its event: "Yesterday 16:20"."""
    return formats.when(value, timezone.now(), timezone.get_current_timezone()) if value else ""


@register.filter
def full_when(value: dt.datetime | None) -> str:
    """The same moment in full, for its `title`."""
    return formats.full_when(value, timezone.get_current_timezone()) if value else ""


@register.filter
def iso(value: dt.date | dt.datetime | None) -> str:
    """For machines: `<time datetime="{{ event.at|iso }}" title="{{ event.at|full_when }}">`."""
    return value.isoformat() if value else ""


@register.filter
def local_input(value: dt.datetime | None) -> str:
    """The moment as a `datetime-local` field takes it, in the reader's zone, to the second."""
    return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M:%S") if value else ""


@register.filter
def short_date(value: dt.date | dt.datetime | None) -> str:
    """A day: "12 Nov", with the year when it is another one."""
    if not value:
        return ""
    day = timezone.localdate(value) if isinstance(value, dt.datetime) else value
    return formats.short_date(day, timezone.localdate())


@register.filter
def due_state(value: dt.date | dt.datetime | None) -> formats.Due | None:
    """`{% with due=task.due_at|due_state %}`: its `state` is late, today or planned, its `text` the words."""
    return formats.due_state(value, past.now(), timezone.get_current_timezone()) if value else None


@register.filter
def due_state_brief(value: dt.date | dt.datetime | None) -> formats.Due | None:
    """Like `due_state` without the time of day, as on cards."""
    return formats.due_state(value, timezone.now(), timezone.get_current_timezone(), brief=True) if value else None


@register.filter
def phone(value: str | None, region: str = "") -> str:
    """`{{ phone.number|phone:workspace.region }}`"""
    return phones.local(value, region or None) if value else ""


@register.filter
def number(value: int | float | Decimal | None) -> str:
    return formats.number(value) if isinstance(value, int | float | Decimal) else ""


@register.filter
def percent(value: int | float | Decimal | None) -> str:
    """Percentage points, such as a win chance of 40."""
    return formats.percent(value) if isinstance(value, int | float | Decimal) else ""


@register.filter
def rate(value: Decimal) -> str:
    """An exchange rate with all its decimals."""
    return format_rate(value)
