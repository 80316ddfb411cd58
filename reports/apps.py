from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")

    def ready(self):
        from deals.listing import DealListing
        from records.saved.counts import PAGES_OF_LISTS

        DealListing.beside.append((_("Forecast"), "chart-bar-square", "reports:forecast"))
        PAGES_OF_LISTS["forecast"] = "reports:forecast"
