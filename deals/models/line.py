from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import tracked


@tracked
class DealLine(WorkspaceModel):
    """What a deal is about: so many of something at a price in the deal's currency."""

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
