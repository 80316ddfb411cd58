from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from records.handover.forms import takers
from records.news.sources import followed_types
from workspaces.changes import log_change
from workspaces.models import Workspace
from workspaces.rights import Actor


class OwnersForm(forms.Form):
    """A rule for each record type."""

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        choices = [("creator", _("Whoever makes it")), ("nobody", _("Nobody, until somebody claims it")), *takers()]
        for name, model in followed_types().items():
            rule = workspace.owner_rules.get(name, "creator")
            label = capfirst(str(model._meta.verbose_name_plural))
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, initial=rule)

    def save(self, *, by: Actor) -> None:
        self.workspace.change(by=by, owner_rules=self.cleaned_data)
        log_change(_("Rules for the owners of new records changed"))
