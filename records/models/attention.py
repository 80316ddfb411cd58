"""What a member wants to be told, and what it follows without a click."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workspaces.models import Membership
from workspaces.tenancy import WorkspaceModel, WorkspaceOneToOneField

#: whose new records of a kind are followed from the start
WHOSE = {
    "none": pgettext_lazy("new records", "None"),
    "team": pgettext_lazy("new records", "Those of my team"),
    "all": pgettext_lazy("new records", "All"),
}
#: when a letter tells of a piece of news
LETTERS = {
    "none": pgettext_lazy("letters", "No e-mail"),
    "now": pgettext_lazy("letters", "At once"),
    "daily": pgettext_lazy("letters", "Daily"),
}
#: what is a question to the reader comes at once, the rest in one letter a day
USUAL = {"mention": "now", "given": "now", "new": "daily", "activity": "daily", "changed": "daily"}


class Attention(WorkspaceModel):
    """One row a member who has chosen something. Not tracked: like language and look it is the reader's own affair."""

    member = WorkspaceOneToOneField(Membership, models.DB_CASCADE, related_name="+")
    #: record type -> key of WHOSE; kind of news -> key of LETTERS
    follows = models.JSONField(default=dict)
    letters = models.JSONField(default=dict)
    hour = models.PositiveSmallIntegerField(
        _("hour of the daily letter"), default=8, validators=[MaxValueValidator(23)]
    )

    objects: ClassVar = models.Manager()

    def __str__(self):
        return str(self.member)

    @classmethod
    def of(cls, member: Membership) -> "Attention":
        """What the member has chosen, else what is usual."""
        return cls.objects.filter(member=member).first() or cls(member=member)

    def letter(self, kind: str) -> str:
        """When the member gets a letter about a kind of news: a key of LETTERS."""
        return self.letters.get(kind, USUAL[kind])

    def stop_letters(self, kinds: list[str]) -> None:
        """No more letters about these kinds of news."""
        self.letters |= dict.fromkeys(kinds, "none")
        self.save()
