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

        from . import deal_panels, mapping, panels  # noqa: F401 - register
        from .jobs import settle_later
        from .models.starting import start
        from .past import shown_in_past
        from .rates import settling  # noqa: F401 - registers
        from .rates.urls import RATES_TOPIC
        from .setting import telling  # noqa: F401 - tells
        from .setting.reason_urls import REASONS_TOPIC
        from .setting.urls import PIPELINES_TOPIC

        SETTINGS[-1:-1] = [PIPELINES_TOPIC, REASONS_TOPIC, RATES_TOPIC]
        STARTERS.append(start)
        CURRENCY_CHANGED.append(settle_later)
        shown_in_past()
        name_event(
            "stage_changed",
            or_past_rules(_("Stage changed from %(from)s to %(to)s")),
            deed=_("%(who)s moved this deal to %(to)s at %(time)s."),
        )
        name_event(
            "won",
            or_past_rules(pgettext_lazy("deal", "Won")),
            icon="trophy",
            deed=_("%(who)s won this deal at %(time)s."),
        )
        name_event(
            "lost",
            with_reason(pgettext_lazy("deal", "Lost")),
            icon="x-circle",
            deed=_("%(who)s closed this deal as lost at %(time)s."),
        )
        name_event(
            "abandoned",
            with_reason(pgettext_lazy("deal", "Abandoned")),
            icon="x-circle",
            deed=_("%(who)s abandoned this deal at %(time)s."),
        )
        name_event(
            "reopened",
            _("Opened again"),
            icon="arrow-uturn-left",
            deed=_("%(who)s opened this deal again at %(time)s."),
        )


def with_reason(words):
    """The words, with the reason behind them if one was given."""
    return lambda data, model: f"{words}: {data['reason']}" if data.get("reason") else str(words)


def or_past_rules(words):
    """The words, with the reason for which somebody let the deal past the rules of its stage."""
    from .models.rules import past_the_rules

    return lambda data, model: past_the_rules(str(words) % data, data.get("because", ""))
