from typing import Any, Self

from django.db import IntegrityError, models, transaction
from django.db.models import Max
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from core.one_line import put_on_one_line
from workspaces.changes import describe_change
from workspaces.refusals import NotAllowed, Refusal
from workspaces.rights import Actor
from workspaces.tenancy import WorkspaceModel


class SetUp(WorkspaceModel):
    """What a workspace sets up (pipelines, roles, tags): rows that the verbs `keep` and `remove` write."""

    class Meta:
        abstract = True

    def keep(self, *, by: Actor) -> None:
        """Save it, new or changed.

        Raises:
            NotAllowed: the actor's role may not.
            Refusal: another has taken its name.
        """
        self._check_right(by, "change" if self.pk else "create")
        put_on_one_line(self)
        describe_change(_("%(what)s saved") % {"what": self})
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError as error:
            raise Refusal(self._broken_rule(error)) from error

    def remove(self, *, by: Actor) -> None:
        """Delete it; what it stood on is left without it.

        Raises:
            NotAllowed: the actor's role may not.
            Refusal: it is in use and can't be done without.
        """
        self._check_right(by, "delete")
        # Nobody begins to use it from here on.
        type(self)._default_manager.select_for_update().filter(pk=self.pk).first()
        self.check_unused()
        describe_change(_("%(what)s deleted") % {"what": self})
        self.delete()

    def check_unused(self) -> None:
        """Raises Refusal when something stands on it that can't do without."""

    def _check_right(self, by: Actor, action: str) -> None:
        if by.membership and not by.membership.may(self.record_name, action):
            raise NotAllowed(_("Your role does not allow changes of the set-up."))

    def _broken_rule(self, error: IntegrityError) -> object:
        """What the rule says that the database has found broken; raises the error again for one without words."""
        name = error.__cause__.diag.constraint_name  # type: ignore[union-attr]
        for rule in self._meta.constraints:
            if rule.name == name and rule.violation_error_message:
                return rule.violation_error_message
        raise error


class Ordered(SetUp):
    """What stands in an order among others, by its `position`."""

    position: "models.Field[int, int]"

    class Meta:
        abstract = True

    def siblings(self) -> "models.QuerySet[Self]":
        """All that it stands among, itself included."""
        return type(self)._default_manager.all()

    def to_the_end(self) -> None:
        """Give a new one its place behind the others."""
        last = self.siblings().aggregate(last=Max("position"))["last"]
        self.position = 0 if last is None else last + 1

    @transaction.atomic
    def move(self, steps: int, *, by: Actor) -> None:
        """Move it up (-1) or down (1) among its siblings. Raises NotAllowed."""
        self._check_right(by, "change")
        rows = list(self.siblings().select_for_update(no_key=True).order_by("position", "pk"))
        if self not in rows:  # retired meanwhile
            return
        here = rows.index(self)
        rows.insert(max(0, here + steps), rows.pop(here))
        for place, row in enumerate(rows):
            row.position = place
        describe_change(_("%(what)s moved") % {"what": self})
        manager: Any = type(self)._default_manager
        manager.bulk_update(rows, ["position"])


class Retirable(Ordered):
    """What can be offered no more, and stays where it is in use: its `retired_at` says since when."""

    retired_at: "models.Field[Any, Any]"

    class Meta:
        abstract = True

    def retire(self, *, by: Actor) -> None:
        """Offer it no more; what has it keeps it. Raises NotAllowed."""
        self._check_right(by, "change")
        describe_change(_("%(what)s retired") % {"what": self})
        manager: Any = type(self)._default_manager
        manager.filter(pk=self.pk).update(retired_at=Now())

    def revive(self, *, by: Actor) -> None:
        """Offer it again. Raises what `keep` raises: its name may be another's by now."""
        self.retired_at = None
        self.keep(by=by)
