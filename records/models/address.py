"""Where an organization or a person is: addresses for bills, for goods, for visits."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import postal
from records.fields import SortKey
from workspaces.tenancy import ExclusionRule

from .line import PrimaryLine

ADDRESS_KINDS = {
    "billing": pgettext_lazy("kind of address", "Billing"),
    "shipping": pgettext_lazy("kind of address", "Shipping"),
    "visiting": pgettext_lazy("kind of address", "Visiting"),
}


class Address(PrimaryLine):
    """An address, by the parts that its country has. Record types declare their own: `record = WorkspaceForeignKey(…)`.

    Of each kind one is the primary one.
    """

    CONTENT = ("kind", "street", "city_area", "city", "region", "postcode", "country", "is_primary")
    same_when = ("record", "kind", "street", "city_key", "postcode", "country")
    part_of = "record"

    kind = models.CharField(_("kind"), max_length=10, choices=ADDRESS_KINDS, default="billing")
    street = models.CharField(_("street"), max_length=300, blank=True)
    #: a neighbourhood or a suburb, where addresses name it
    city_area = models.CharField(_("district"), max_length=120, blank=True)
    city = models.CharField(pgettext_lazy("part of an address", "city"), max_length=120, blank=True)
    #: a state or province, by its code where the country has codes
    region = models.CharField(_("region"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    #: ISO 3166
    country = models.CharField(_("country"), max_length=2)
    city_key = SortKey("city")

    class Meta:
        abstract = True
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering: ClassVar = ("-is_primary", "id")
        indexes: ClassVar = [
            models.Index(fields=["workspace", "city_key"], name="%(class)s_city"),
            models.Index(fields=["workspace", "country"], name="%(class)s_country"),
        ]
        constraints: ClassVar = [
            ExclusionRule(name="%(class)s_primary", columns=["workspace_id", "record_id", "kind"], where="is_primary")
        ]

    def __str__(self):
        return ", ".join([*postal.formatted(self.parts), self.country])

    @property
    def parts(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in (*postal.THEIRS, "country")}

    def group(self) -> Any:
        return self.kind


def country_of(addresses: Iterable[Mapping[str, Any]]) -> str:
    """The country of the first address for bills, else of any; "" without addresses."""
    found = sorted(addresses, key=lambda address: address["kind"] != "billing")
    return found[0]["country"] if found else ""
