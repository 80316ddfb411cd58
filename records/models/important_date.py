"""Days that come again each year: anniversaries, name days, and whatever day somebody wants to be reminded of."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.yearly import day_in_words
from records.fields import DayKey

from .line import RecordLine

#: further ahead nobody is reminded
MOST_DAYS = 60


class ReminderDays(models.PositiveSmallIntegerField):
    """How many days before a day its owner is reminded of it; empty for never."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("verbose_name", _("remind days before"))
        kwargs.setdefault("validators", [MaxValueValidator(MOST_DAYS)])
        super().__init__(*args, **{"null": True, "blank": True} | kwargs)


class ImportantDate(RecordLine):
    """A day of each year; each record type declares its own: `record = WorkspaceForeignKey(…)`."""

    CONTENT = ("name", "day", "remind_before")
    same_when = ("record", "name", "day")
    part_of = "record"

    name = models.CharField(_("name"), max_length=80)
    #: when it was first; with the year `core.yearly.UNKNOWN_YEAR` where nobody knows that
    day = models.DateField(_("day"))
    remind_before = ReminderDays()
    day_key = DayKey("day")

    class Meta:
        abstract = True
        verbose_name = _("date")
        verbose_name_plural = _("dates")
        ordering: ClassVar = ("id",)
        indexes: ClassVar = [models.Index(fields=["workspace", "day_key"], name="%(class)s_day")]

    def __str__(self):
        return f"{self.name}: {day_in_words(self.day)}"
