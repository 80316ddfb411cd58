"""The fields that a workspace adds to its records, in groups, with choices."""

from collections.abc import Iterable
from typing import ClassVar, NamedTuple, Self

from django.db import IntegrityError, models, transaction
from django.db.models import Count, F, Q
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import formats
from workspaces.models import Ordered, Retirable, SetUp
from workspaces.refusals import Refusal
from workspaces.rights import Actor
from workspaces.tenancy import ExclusionRule, WorkspaceForeignKey
from workspaces.tracking import tracked

KINDS = {
    "text": _("Text"),
    "long_text": _("Long text"),
    "number": _("Number"),
    "money": _("Amount of money"),
    "date": _("Date"),
    "yes_no": _("Yes or no"),
    "choice": _("Choice"),
    "choices": _("Several choices"),
    "link": _("Link"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "member": _("Member"),
    "record": _("Record"),
}
WITH_CHOICES = frozenset({"choice", "choices"})
#: from which kind to which the values can go over
LOSSLESS = frozenset(
    {("text", "long_text"), ("long_text", "text"), ("choice", "choices"), ("choices", "choice")}
    | {(one, other) for one in ("link", "email", "phone") for other in ("text", "long_text")}
)
#: characters of a text of one line
SHORT = 255
#: limits of a workspace: fields of a record type, choices of a field
MOST_FIELDS, MOST_CHOICES = 200, 200
LONGEST_NAME = 60
PREFIX = "custom_"


class Placed(Ordered):
    """What stands in an order among those of one record type."""

    record_name = "custom_field"

    #: of which record type: "contact"
    record = models.CharField(max_length=20, editable=False)
    position = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def siblings(self) -> "models.QuerySet[Self]":
        """All that it stands among, itself included."""
        return type(self)._default_manager.filter(record=self.record)


@tracked
class CustomGroup(Placed):
    """A heading below which fields stand, in forms and on pages."""

    name = models.CharField(_("name"), max_length=LONGEST_NAME)

    class Meta:
        verbose_name = _("group of fields")
        verbose_name_plural = _("groups of fields")
        ordering = ("position", "pk")
        constraints: ClassVar = [
            ExclusionRule(
                name="records_customgroup_name",
                columns=["workspace_id", "record", "lower(name)"],
                where="name <> ''",
                violation_error_message=_("A group of this name exists."),
            )
        ]

    def __str__(self):
        return self.name


@tracked
class CustomField(Placed, Retirable):
    """One field that a workspace adds to a record type. Its values lie in the record type's own table of values."""

    kind = models.CharField(_("kind"), max_length=12, choices=KINDS)
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    group = WorkspaceForeignKey(
        CustomGroup, models.DB_SET_NULL, null=True, blank=True, related_name="fields", verbose_name=_("group")
    )
    help_text = models.CharField(
        _("help"), max_length=200, blank=True, help_text=_("Stands below the field where it is filled in.")
    )
    required = models.BooleanField(_("required"), default=False)
    #: as somebody would type it
    default = models.CharField(
        _("default"), max_length=255, blank=True, help_text=_("What a new record begins with, as one would type it.")
    )
    in_list = models.BooleanField(_("shown in the list"), default=False)
    in_form = models.BooleanField(_("shown in the form"), default=True)
    on_card = models.BooleanField(_("shown on the cards of the board"), default=False)
    #: of a record: of which type
    target = models.CharField(_("leads to"), max_length=20, blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("custom field")
        verbose_name_plural = _("custom fields")
        ordering = ("position", "pk")
        constraints: ClassVar = [
            ExclusionRule(
                name="records_customfield_name",
                columns=["workspace_id", "record", "lower(name)"],
                where="retired_at IS NULL",
                violation_error_message=_("A field of this name exists."),
            )
        ]

    def __str__(self):
        return self.name

    def siblings(self) -> "models.QuerySet[Self]":
        return super().siblings().filter(group=self.group_id, retired_at=None)

    @property
    def places(self) -> str:
        """Where it is shown, in words."""
        shown = {"in_list": _("List"), "in_form": _("Form"), "on_card": _("Board")}
        return ", ".join(str(word) for name, word in shown.items() if getattr(self, name))

    @property
    def key(self) -> str:
        """What forms, verbs, lists and addresses call it."""
        return f"{PREFIX}{self.pk}"

    @property
    def offered(self) -> "list[CustomChoice]":
        """The choices that may be taken, in order."""
        return [choice for choice in self.choices.all() if choice.retired_at is None]

    def keep(self, *, by: Actor) -> None:
        """Raises Refusal too where the record type has as many fields as it may have."""
        if self._state.adding:
            if CustomField.objects.filter(record=self.record, retired_at=None).count() >= MOST_FIELDS:
                raise Refusal(gettext("There are %(most)d fields already; retire one first.") % {"most": MOST_FIELDS})
            self.to_the_end()
        super().keep(by=by)

    # --- choices and kind ---------------------------------------------------------------------------------------------
    def values(self) -> "models.QuerySet":
        """What records have in it."""
        from records.custom.targets import model_of

        return model_of(self.record).custom_value().objects.filter(field=self)

    @transaction.atomic
    def keep_with(self, choices: "Iterable[ChoiceLine]", *, by: Actor) -> None:
        """Save it with its choices, in this order.

        Raises NotAllowed, and Refusal where a name is taken, a choice that is to go is in use, or the kind can't change
        without losing values.
        """
        if self.pk:
            self._change_kind(CustomField.objects.select_for_update().get(pk=self.pk))
        self.keep(by=by)
        if self.kind in WITH_CHOICES:
            self._set_choices([line for line in choices if line.name or line.pk])

    def _set_choices(self, lines: "list[ChoiceLine]") -> None:
        if len(lines) > MOST_CHOICES:
            raise Refusal(gettext("A field has at most %(most)d choices.") % {"most": MOST_CHOICES})
        there = {choice.pk: choice for choice in CustomChoice.objects.filter(field=self)}
        for line in lines:
            if line.state == "removed" and line.pk in there:
                there[line.pk].remove_unused()
        for place, line in enumerate(line for line in lines if line.state != "removed"):
            choice = (line.pk and there.get(line.pk)) or CustomChoice(field=self)
            if line.state == "offered":
                choice.retired_at = None
            elif choice.retired_at is None:
                choice.retired_at = timezone.now()
            choice.name, choice.position = line.name or choice.name, place
            choice.save_named()

    def _change_kind(self, before: "CustomField") -> None:
        """Give the values the form of another kind. Raises Refusal, with the reason, where one would be lost."""
        if (before.kind, before.target) == (self.kind, self.target) or not self.values().exists():
            return
        change = before.kind, self.kind
        words = {"name": before.name, "from": KINDS[before.kind], "to": KINDS[self.kind]}
        if before.kind == self.kind or change not in LOSSLESS:
            text = gettext("“%(name)s” holds values, which can't change from “%(from)s” to “%(to)s” without loss.")
            raise Refusal(text % words)
        long = Q(length__gt=SHORT) | Q(text__contains="\n")
        if self.kind == "text" and self.values().annotate(length=Length("text")).filter(long).exists():
            raise Refusal(gettext("“%(name)s” holds texts that are longer than a line.") % words)
        if self.kind == "choice" and self.values().values("record").annotate(n=Count("pk")).filter(n__gt=1).exists():
            raise Refusal(gettext("Some records have several choices of “%(name)s”.") % words)
        if self.kind in WITH_CHOICES:
            self.values().update(slot=F("choice_id") if self.kind == "choices" else 0)

    def check_unused(self) -> None:
        if self.values().exists():
            text = gettext("“%(name)s” holds values. Retire it in place of deleting it: they are kept.")
            raise Refusal(text % {"name": self.name})


class ChoiceLine(NamedTuple):
    """A choice as somebody wants it; `state` is "offered", "retired" or "removed"."""

    pk: int | None
    name: str
    state: str = "offered"


@tracked
class CustomChoice(SetUp):
    """One of the values that a field of choices offers. A retired one is kept where it was taken."""

    record_name = "custom_field"
    part_of = "field"

    field = WorkspaceForeignKey(CustomField, models.DB_CASCADE, related_name="choices")
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ("position", "pk")
        constraints: ClassVar = [
            ExclusionRule(
                name="records_customchoice_name",
                columns=["workspace_id", "field_id", "lower(name)"],
                where="name <> ''",
                violation_error_message=_("A choice of this name exists."),
            )
        ]

    def __str__(self):
        return self.name

    def remove_unused(self) -> None:
        """Raises Refusal where a record has it."""
        if count := self.field.values().filter(choice=self).count():
            text = gettext("“%(name)s” is in use (%(count)s). Retire it in place of removing it.")
            raise Refusal(text % {"name": self.name, "count": formats.number(count)})
        self.delete()

    def save_named(self) -> None:
        """Raises Refusal where another choice of the field has its name."""
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError as error:
            raise Refusal(self._broken_rule(error)) from error
