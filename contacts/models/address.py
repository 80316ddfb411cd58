"""The addresses and numbers of a person: several of each, one of each the primary one."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from records.fields import SortKey
from workspaces.tenancy import ExclusionRule, WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import tracked

EMAIL_KINDS = {"work": pgettext_lazy("kind of address", "Work"), "private": _("Private"), "other": _("Other")}
PHONE_KINDS = {
    "mobile": _("Mobile"),
    "work": pgettext_lazy("kind of address", "Work"),
    "private": _("Private"),
    "whatsapp": _("WhatsApp"),
    "other": _("Other"),
}

#: what a form or an import gives: {"kind": "work", "address": …, "is_primary": True}, with the "id" of a row that stays
Line = Mapping[str, Any]


def one_primary(name: str) -> ExclusionRule:
    return ExclusionRule(name=name, columns=["workspace_id", "contact_id"], where="is_primary")


def primary_place(lines: Sequence[Line]) -> int:
    """Which of the lines is the primary one: the marked one, else the first."""
    return next((place for place, line in enumerate(lines) if line.get("is_primary")), 0)


def primary_of(lines: Sequence[Line], value: str) -> str:
    """The `value` of the primary line, "" without lines."""
    return lines[primary_place(lines)][value] if lines else ""


class LineQuerySet(models.QuerySet[Any]):
    """The lines of one person, as `contact.emails` gives them."""

    def add(self, contact: models.Model, lines: Sequence[Line]) -> None:
        """Give a new person these lines."""
        first = primary_place(lines)
        rows = (self.model(contact=contact, is_primary=place == first) for place in range(len(lines)))
        self.bulk_create(row.fill(line) for row, line in zip(rows, lines, strict=True))

    def become(self, contact: models.Model, lines: Sequence[Line]) -> bool:
        """Make the person's lines these: change, add and remove; returns whether anything differs from before.

        New lines come in without the mark and one statement moves
        it, so that the rule of one primary holds and the copy on the person is written once.
        """
        before = {row.pk: row for row in self.filter(contact=contact).select_for_update(no_key=True)}
        known = {pk: row.content for pk, row in before.items()}
        rows = [(before.get(line.get("id")) or self.model(contact=contact)).fill(line) for line in lines]
        new = [row for row in rows if row.pk is None]
        self.bulk_create(new)
        known |= {row.pk: row.content for row in new}
        for place, row in enumerate(rows):
            row.is_primary = place == primary_place(lines)
        gone = {pk: row for pk, row in before.items() if row not in rows}
        for row in gone.values():
            row.is_primary = False
        changed = [row for row in [*rows, *gone.values()] if row.content != known[row.pk]]
        self.bulk_update(changed, self.model.CONTENT)
        if gone:
            self.filter(pk__in=gone).delete()
        return bool(new or changed or gone)


class ContactLine(WorkspaceModel):
    """A line of a person's card: its kind, its value, and whether it is the primary one."""

    #: kind, value, mark
    CONTENT: ClassVar[tuple[str, str, str]]
    #: the fields that make two lines one when their people are merged
    same_when: ClassVar[tuple[str, str]]
    edited_with_it = True

    part_of = "contact"

    is_primary = models.BooleanField(_("primary"), default=False)

    objects: ClassVar = LineQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering: ClassVar = ("-is_primary", "id")

    @property
    def content(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.CONTENT)

    def fill(self, line: Line) -> Self:
        """Take kind and value from a line; the mark of the primary one is the set's business."""
        for name in self.CONTENT[:2]:
            setattr(self, name, line.get(name, getattr(self, name)))
        return self


@tracked
class ContactEmail(ContactLine):
    """One address of a person; without case and accents in `address_key`, for comparison."""

    CONTENT = ("kind", "address", "is_primary")
    same_when = ("contact", "address_key")

    contact = WorkspaceForeignKey("contacts.Contact", models.DB_CASCADE, related_name="emails")
    kind = models.CharField(_("kind"), max_length=10, choices=EMAIL_KINDS, default="work")
    address = models.EmailField(_("e-mail"))
    address_key = SortKey("address")

    class Meta(ContactLine.Meta):
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        indexes: ClassVar = [models.Index(fields=["workspace", "address_key"], name="contact_email_key")]
        constraints: ClassVar = [one_primary("contact_email_primary")]

    def __str__(self):
        return self.address


@tracked
class ContactPhone(ContactLine):
    """One number of a person, stored in E.164."""

    CONTENT = ("kind", "number", "is_primary")
    same_when = ("contact", "number")

    contact = WorkspaceForeignKey("contacts.Contact", models.DB_CASCADE, related_name="phones")
    kind = models.CharField(_("kind"), max_length=10, choices=PHONE_KINDS, default="mobile")
    number = models.CharField(_("phone"), max_length=20)

    class Meta(ContactLine.Meta):
        verbose_name = _("phone")
        verbose_name_plural = _("phones")
        indexes: ClassVar = [models.Index(fields=["workspace", "number"], name="contact_phone_number")]
        constraints: ClassVar = [one_primary("contact_phone_primary")]

    def __str__(self):
        return self.number
