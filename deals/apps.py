from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DealsConfig(AppConfig):
    name = "deals"
    verbose_name = _("Deals")

    def ready(self):
        from records.wording import name_event
        from workspaces.models.workspace import CURRENCY_CHANGED, STARTERS
        from workspaces.templatetags.workspaces import SETTINGS

        from . import panels  # noqa: F401 - registers
        from .jobs import settle_later
        from .models import Pipeline
        from .past import shown_in_past
        from .rates.urls import RATES_TOPIC

        STARTERS.append(Pipeline.start)
        SETTINGS.insert(-1, RATES_TOPIC)
        CURRENCY_CHANGED.append(settle_later)
        shown_in_past()
        name_event("stage_changed", _("Stage changed from %(from)s to %(to)s"), icon="arrow-path")
        name_event("won", pgettext_lazy("deal", "Won"), icon="trophy")
        name_event("lost", with_reason(pgettext_lazy("deal", "Lost")), icon="x-circle")
        name_event("abandoned", with_reason(pgettext_lazy("deal", "Abandoned")), icon="x-circle")
        name_event("reopened", _("Opened again"), icon="arrow-uturn-left")


def with_reason(words):
    """The words, with the reason behind them if one was given."""
    return lambda data, model: f"{words}: {data['reason']}" if data.get("reason") else str(words)
