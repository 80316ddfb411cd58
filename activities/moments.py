"""When what is planned comes up, by the reader's clock."""

import datetime as dt

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import ngettext, pgettext_lazy

#: when a task that is planned by the day comes up; one of today
MORNING, EVENING = dt.time(9), dt.time(17)
FOLLOW_UPS = (1, 2, 3, 7, 14, 30)


def waits() -> list[tuple[int, str]]:
    """In how many days one may want to follow up."""
    return [(days, ngettext("%(count)d day", "%(count)d days", days) % {"count": days}) for days in FOLLOW_UPS]


def in_days(days: int) -> dt.datetime:
    """The morning of the day that many days ahead."""
    day = timezone.localdate() + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, MORNING))


def after(days: int | None) -> dt.datetime:
    """When something comes up that is to be done so many days from now; today where nobody says."""
    return in_days(days) if days else today()


def today() -> dt.datetime:
    """Before the day ends."""
    evening = timezone.make_aware(dt.datetime.combine(timezone.localdate(), EVENING))
    return max(evening, today_in(hours=2))


def named_days() -> dict[Promise, dt.datetime]:
    """Days with a name, and when what is planned for them comes up."""
    return {
        pgettext_lazy("due", "Today"): today(),
        pgettext_lazy("due", "Tomorrow"): in_days(1),
        pgettext_lazy("due", "Next week"): in_days(7 - timezone.localdate().weekday()),
    }


def as_typed(moment: dt.datetime) -> str:
    """A moment as a field of date and time writes it."""
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def today_in(*, hours: int) -> dt.datetime:
    """The full hour when that many have begun; late at night the last minute, since it is today that is meant."""
    now = timezone.localtime().replace(second=0, microsecond=0)
    return min((now + dt.timedelta(hours=hours)).replace(minute=0), now.replace(hour=23, minute=59))


def on_day(day: dt.date, like: dt.datetime) -> dt.datetime:
    """That day at the hour of `like`."""
    return timezone.make_aware(dt.datetime.combine(day, timezone.localtime(like).time()))


def later(due: dt.datetime, days: int) -> dt.datetime:
    """That many days after it is due, or after today where that is past; at its hour."""
    return on_day(max(timezone.localdate(due), timezone.localdate()) + dt.timedelta(days=days), due)
