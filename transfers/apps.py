from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class TransfersConfig(AppConfig):
    name = "transfers"
    verbose_name = _("Transfers")

    def ready(self) -> None:
        """Rooms say in their `imports.py` what a file can fill; lists learn where they are exported."""
        from records.listing.page import ListPage

        ListPage.export_name = "transfers:export"
        autodiscover_modules("imports")
