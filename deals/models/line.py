from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.money import LARGEST, Money
from records.models import RecordLine
from workspaces.tenancy import WorkspaceForeignKey
from workspaces.tracking import tracked


def worth(quantity: Decimal, price: int, discount: Decimal) -> int:
    """What a line adds to the value of its deal, in minor units; rounded as PostgreSQL rounds it in `deals_add_up`."""
    return int((quantity * price * (100 - discount) / 100).quantize(Decimal(1), ROUND_HALF_UP))


@tracked
class DealLine(RecordLine):
    """What a deal is about: so many of something at a price in the deal's currency.

    A deal with lines is worth their sum, whoever writes it: a trigger keeps its `value` and `adds_up`.
    """

    CONTENT = ("position", "name", "quantity", "price", "discount")
    part_of = "deal"

    deal = WorkspaceForeignKey("deals.Deal", models.DB_CASCADE, related_name="lines", db_index=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_("what"), max_length=200)
    quantity = models.DecimalField(
        _("quantity"), max_digits=12, decimal_places=3, default=1, validators=[MinValueValidator(Decimal("0.001"))]
    )
    #: minor units of the deal's currency
    price = models.BigIntegerField(_("price"), default=0)
    #: percent
    discount = models.DecimalField(
        _("discount"),
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("In percent."),
    )

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ("position", "id")
        indexes: ClassVar = [models.Index(fields=["workspace", "deal"], name="deals_dealline_deal")]
        constraints: ClassVar = [
            models.CheckConstraint(name="deals_dealline_quantity", condition=Q(quantity__gt=0)),
            models.CheckConstraint(name="deals_dealline_price", condition=Q(price__gte=0)),
            models.CheckConstraint(name="deals_dealline_discount", condition=Q(discount__gte=0, discount__lte=100)),
        ]

    def __str__(self):
        return self.name

    @property
    def minor(self) -> int:
        """What it adds to the value, in minor units."""
        return worth(self.quantity, self.price, self.discount)

    def in_money(self, currency: str) -> dict[str, Money]:
        """Its price and its sum, in the currency of its deal."""
        return {"price": Money(self.price, currency), "sum": Money(self.minor, currency)}


def line_fault(lines: Iterable[Mapping[str, Any]]) -> str:
    """What no deal can have as its lines; "" where they are right."""
    if any(line["quantity"] <= 0 or line["price"] < 0 or not 0 <= line["discount"] <= 100 for line in lines):
        return gettext("A quantity is above 0, a price is not negative, a discount is between 0 and 100 percent.")
    if sum(worth(line["quantity"], line["price"], line["discount"]) for line in lines) > LARGEST:
        return too_much()
    return ""


def too_much() -> str:
    return gettext("The lines add up to more than an amount can be.")
