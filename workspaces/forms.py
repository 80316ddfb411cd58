"""Forms of people and workspaces. Their rules are the verbs'; here is what can be said beside a field."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Func
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import choices
from .models import Membership, Team, User, Workspace
from .rights import NARROWED, RANK, ROLES, SHOWN, Scope


def no_advertisement(name: str) -> None:
    """Names stand in letters to people who have not asked for them: none leads anywhere."""
    if "://" in name or "www." in name.lower():
        raise ValidationError(_("A name holds no web address."))


class SignupForm(forms.Form):
    """What sign-up asks beside e-mail and password; allauth's own form inherits from it."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name", "autofocus": True}),
        validators=[no_advertisement],
    )
    field_order = ("name", "email", "password1")

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth with the new user."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class WorkspaceModelForm(forms.ModelForm):
    """A form that checks unique rules too: they all lead with the workspace, which no form shows."""

    def validate_constraints(self) -> None:
        try:
            exclude = self._get_validation_exclusions() - {"workspace"}  # type: ignore[attr-defined]
            self.instance.validate_constraints(exclude=exclude)
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]


class PlaceFields(forms.Form):
    """Language and time zone, chosen from what there is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("language", settings.LANGUAGES)
        self.choose("time_zone", choices.time_zones)

    def choose(self, name: str, found: list | tuple | Callable[[], list], empty: object = None) -> None:
        """Make a text field a choice; with `empty` it may be left open, shown under that name."""
        field = self.fields[name]
        found = list(found() if callable(found) else found)
        if empty is not None:
            found.insert(0, ("", empty))
        self.fields[name] = forms.ChoiceField(
            label=field.label, choices=found, required=empty is None, help_text=field.help_text, initial=field.initial
        )


#: what nobody has to settle before the workspace is open
LATER = ("trash_days", "trail_days", "won_makes_customer", "won_tag")


class WorkspaceForm(PlaceFields, forms.ModelForm):
    class Meta:
        model = Workspace
        fields = ("name", "language", "country", "currency", "time_zone", *LATER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("country", choices.countries)
        self.choose("currency", choices.currencies)
        self.fields["name"].validators.append(no_advertisement)
        self.fields["name"].widget.attrs["autocomplete"] = "organization"
        if not self.instance.pk:
            for name in LATER:  # nothing lies there yet
                del self.fields[name]
        if not self.is_bound and not self.instance.pk:
            # The browser knows better than its languages; see js/zone.js.
            self.fields["time_zone"].widget.attrs["data-guess-zone"] = ""


class ProfileForm(PlaceFields, forms.ModelForm):
    """A person's own settings; the name is the one of this workspace."""

    member_name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        max_length=120,
        help_text=_("Your colleagues see it."),
        validators=[no_advertisement],
    )
    field_order = ("member_name",)

    class Meta:
        model = User
        fields = ("language", "time_zone", "theme", "single_keys")
        help_texts = {
            "single_keys": _("Keys like N or J act at once, outside of text fields. Ctrl and Cmd keys always do.")
        }

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = dict(settings.LANGUAGES).get(workspace.language, workspace.language)
        as_workspace = _("As the workspace (%(what)s)")
        self.choose("language", settings.LANGUAGES, empty=as_workspace % {"what": language})
        self.choose("time_zone", choices.time_zones, empty=as_workspace % {"what": workspace.time_zone})


class SightForm(forms.Form):
    """Whose records each role sees, kind by kind."""

    WORDS = {"all": _("everything"), "team": _("their team's"), "own": _("their own")}

    def __init__(self, data: Any = None, *, workspace: Workspace) -> None:
        super().__init__(data)
        kinds = {getattr(model, "record_name", ""): model._meta.verbose_name_plural for model in apps.get_models()}
        self.roles = [ROLES[role] for role in NARROWED]
        self.kinds = []
        for kind in SHOWN:
            for role in NARROWED:
                now = workspace.shows(kind, role)
                words = _("What the role “%(role)s” sees of %(kind)s") % {"role": ROLES[role], "kind": kinds[kind]}
                field: Any = forms.ChoiceField(
                    label=ROLES[role], choices=list(self.WORDS.items()), initial=now,
                    widget=forms.Select({"aria-label": words}),
                )  # fmt: skip
                field.label_now = self.WORDS[now]
                self.fields[f"{kind}-{role}"] = field
            self.kinds.append((kinds[kind], [self[f"{kind}-{role}"] for role in NARROWED]))

    @property
    def visibility(self) -> dict[str, dict[str, Scope]]:
        """Kind -> role -> whose records, for `Workspace.show`."""
        return {kind: {role: self.cleaned_data[f"{kind}-{role}"] for role in NARROWED} for kind in SHOWN}


class MemberForm(WorkspaceModelForm):
    """A member as owners and admins see it; offers no role above the own."""

    class Meta:
        model = Membership
        fields = ("name", "email", "role", "team", "region")

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(no_advertisement)
        role, team = cast(forms.ChoiceField, self.fields["role"]), cast(forms.ModelChoiceField, self.fields["team"])
        role.choices = [(name, label) for name, label in ROLES.items() if RANK[name] <= RANK[by.role]]
        team.empty_label = _("No team")


class InviteForm(MemberForm):
    class Meta(MemberForm.Meta):
        fields = ("email", "name", "role", "team", "region")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["name"].required = False
        self.fields["name"].help_text = _("They can change it when they join.")

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        taken = Membership.objects.filter(email__iexact=email).first()
        if taken and taken.user_id:
            raise ValidationError(_("%(name)s has this e-mail already."), params={"name": taken.name})
        if taken:
            message = _("%(name)s is a member with this e-mail, without a sign-in: send the invitation from there.")
            raise ValidationError(message, params={"name": taken.name})
        return email

    def clean_name(self) -> str:
        return self.cleaned_data["name"] or self.data.get(self.add_prefix("email"), "").partition("@")[0]


class TeamForm(WorkspaceModelForm):
    class Meta:
        model = Team
        fields = ("name", "manager")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        manager = cast(forms.ModelChoiceField, self.fields["manager"])
        manager.queryset = Membership.objects.active().order_by(Func("name", function="records_sort_key"), "pk")
        manager.empty_label = _("Nobody")
