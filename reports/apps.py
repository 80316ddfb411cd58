from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")

    def ready(self):
        from deals.listing import DealListing
        from records.listing import Layout

        DealListing.layouts.append(Layout("forecast", _("Forecast"), "chart-bar-square", "reports:forecast"))
