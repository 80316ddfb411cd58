"""The forms of deals: the deal, how it was closed, and its people."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, ClassVar, cast

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.models import Contact, Role
from core.forms import DateInput
from core.numbers import number
from organizations.models import Organization
from records.choosing import RecordChoiceField
from records.forms import AmountField, RecordForm
from records.models import Refusal
from workspaces.choices import currencies
from workspaces.models import Membership
from workspaces.rights import Actor

from .models import CloseReason, Deal, DealCompetitor, DealContact, Person, Rival, Stage
from .ways import ask_why, may_pass_rules

#: what the form calls a field of deals otherwise
CALLED = {"contacts": "contact"}


class DealForm(RecordForm):
    """A deal. A new one may get its first person along the way; others are added on its page."""

    stage = forms.ModelChoiceField(Stage.objects.none(), label=_("Stage"), empty_label=None)
    value = AmountField(label=_("Value"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=currencies)
    organization = RecordChoiceField(Organization, label=_("Organization"), required=False)
    contact = RecordChoiceField(Contact, label=_("Primary contact"), required=False)

    groups = (
        (_("Deal"), ("name", "stage", "because", ("value", "currency"), ("expected_close", "forecast"), "probability")),
        (_("With whom"), ("organization", "contact")),
        (_("More"), (("source", "owner"),)),
    )
    amounts = {"value": "currency"}
    beside = ("because",)

    class Meta:
        model = Deal
        fields = (
            "name",
            "stage",
            "value",
            "currency",
            "expected_close",
            "forecast",
            "probability",
            "organization",
            "source",
            "owner",
        )
        help_texts = {"probability": _("In percent; empty for that of its stage.")}
        widgets = {"expected_close": DateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.record and self.is_bound and "because" in self.data and self.membership.may("deal", "override"):
            ask_why(self)

    def refuse(self, refusal: Refusal) -> None:
        refusal.about = CALLED.get(refusal.about, refusal.about)
        super().refuse(refusal)
        if refusal.passable and self.membership.may("deal", "override"):
            ask_why(self)

    def take_many(self) -> None:
        if "stage" in self.fields and may_pass_rules(self.membership):
            ask_why(self)

    def prepare_fields(self) -> None:
        super().prepare_fields()
        stages = Stage.objects.open_to(self.membership, kept=self.record and self.record.pipeline_id)
        self.fields["stage"].queryset = stages
        self.fields["stage"].choices = by_pipeline(stages)
        if self.is_bound and "forecast" not in self.data:  # who makes a deal in a few words says nothing of it
            del self.fields["forecast"]
        weighs = self.record.allows("weigh", self.membership) if self.record else self.membership.may("deal", "weigh")
        if not weighs:
            del self.fields["probability"]
        if self.record and self.record.adds_up:
            for name in ("value", "currency"):
                self.fields[name].disabled = True
            self.initial["value"] = self.amount_text("value")
            self.fields["value"].help_text = _("The sum of its lines.")
        elif self.record and self.record.status == "won":
            words = _("The deal was won on %(day)s; what was won then changes with it.")
            self.fields["value"].help_text = words % {"day": date_format(self.record.closed_on)}
        if self.record:
            # Who else is on an old deal is seen and changed on its page.
            del self.fields["contact"]
            self.fields["stage"].disabled = self.record.status != "open"
            return
        wanted = number(str(self.initial.get("stage", "")))
        first = next((stage for stage in stages if stage.pk == wanted), stages.first())
        self.initial["stage"] = first and first.pk
        self.initial.setdefault("currency", first.pipeline.currency if first else self.membership.workspace.currency)
        self.follow_the_contact()

    def follow_the_contact(self) -> None:
        """A deal that is begun on the page of a person is with that person's organization, unless said otherwise."""
        pk = number(str(self.initial.get("contact", "")))
        if pk and "organization" not in self.initial:
            here = self.fields["organization"].queryset.filter(positions__contact=pk)
            self.initial["organization"] = here.order_by("-positions__is_primary", "positions__pk").first()

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for name, reason in Deal.faults(self.record, **values).items():
            if name not in self.errors:
                self.add_error(name, reason)
        return values

    def values(self) -> dict[str, Any]:
        values = super().values()
        contact = values.pop("contact", None)
        return values | {"people": [Person(contact, is_primary=True)]} if contact else values


class ClosingForm(forms.Form):
    """How a deal ended."""

    template_name = "deals/closing_fields.html"

    ENDS: ClassVar = {
        "won": pgettext_lazy("deal", "Won"),
        "lost": pgettext_lazy("deal", "Lost"),
        "abandoned": pgettext_lazy("deal", "Abandoned"),
    }

    status = forms.ChoiceField(label=_("How it ended"), choices=ENDS, widget=forms.RadioSelect)
    words = forms.CharField(label=_("Reason in words"), max_length=200, required=False)
    closed_on = forms.DateField(label=_("Closed on"), widget=DateInput, required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: what must be done before the deal is won, each with the address where that is done
        self.musts: list[tuple[str, str]] = []
        self.offer(CloseReason.objects.offered())
        if self.initial.get("status"):  # it is said already: Enter closes the deal, with a reason or without
            first = self.fields.get(f"{self.initial['status']}_reason") or self.fields["words"]
            first.widget.attrs["autofocus"] = True

    def offer(self, reasons: QuerySet[CloseReason]) -> None:
        """A list of reasons for each end that has any. The style sheet shows the one of the end that is chosen."""
        for end in self.ENDS:
            if any(reason.status == end for reason in reasons):
                self.fields[f"{end}_reason"] = forms.ModelChoiceField(
                    reasons.filter(status=end), label=_("Reason"), required=False, empty_label="–"
                )
        self.order_fields(["status", *(f"{end}_reason" for end in self.ENDS)])

    @property
    def status_label(self) -> str:
        """How it ended, in words; of a form that is valid."""
        return str(self.ENDS[self.cleaned_data["status"]])

    def clean_closed_on(self) -> Any:
        day = self.cleaned_data["closed_on"]
        for reason in Deal.faults(closed_on=day).values():
            raise forms.ValidationError(reason)
        return day

    def refuse(self, reason: str, *, now: int) -> None:
        """Say why nothing was done, and carry the version that is there `now`: who sends it again has read that."""
        self.add_error(None, reason)
        data: Any = self.data.copy()  # type: ignore[attr-defined] # a bound form holds a QueryDict
        data["version"] = str(now)
        self.data = data

    def close(self, deal: Deal, *, by: Actor) -> None:
        """Raises what the verbs raise: NotAllowed, Stale, Refusal."""
        said = self.cleaned_data
        close = {"won": deal.win, "lost": deal.lose, "abandoned": deal.abandon}[said["status"]]
        how = {"reason": said.get(f"{said['status']}_reason"), "on": said["closed_on"], "seen": said["version"]}
        close(said["words"], by=by, because=said.get("because", ""), **how)


class PersonForm(forms.Form):
    """A person on a deal: a new one, or what an old one (`link`) is there."""

    contact = RecordChoiceField(Contact, label=_("Person"))
    role = forms.ModelChoiceField(Role.objects.none(), label=_("Role"), required=False)
    is_primary = forms.BooleanField(label=_("Primary contact"), required=False)

    def __init__(
        self, *args: Any, deal: Deal, membership: Membership, link: DealContact | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.deal, self.link = deal, link
        cast(forms.ModelChoiceField, self.fields["role"]).queryset = Role.objects.all()
        if link:
            del self.fields["contact"]
            self.initial = {"role": link.role_id, "is_primary": link.is_primary}
        else:
            cast(RecordChoiceField, self.fields["contact"]).limit(Contact.objects.visible_to(membership))

    def clean_contact(self) -> Contact:
        contact = self.cleaned_data["contact"]
        if self.deal.contact_links.filter(contact=contact).exists():
            raise forms.ValidationError(_("This person is on the deal already."))
        return contact

    def save(self, *, by: Actor) -> Person:
        """Raises what `Deal.add_person` raises."""
        contact = self.link.contact if self.link else self.cleaned_data["contact"]
        person = Person(contact, self.cleaned_data["role"], self.cleaned_data["is_primary"])
        self.deal.add_person(person, by=by)
        return person


class RivalForm(forms.Form):
    """A competitor on a deal: a new one, or what is said about an old one (`link`)."""

    organization = RecordChoiceField(Organization, label=_("Organization"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(
        self, *args: Any, deal: Deal, membership: Membership, link: DealCompetitor | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.deal, self.link = deal, link
        if link:
            del self.fields["organization"]
            self.initial = {"note": link.note}
        else:
            cast(RecordChoiceField, self.fields["organization"]).limit(Organization.objects.visible_to(membership))

    def clean_organization(self) -> Organization:
        organization = self.cleaned_data["organization"]
        if self.deal.competitor_links.filter(organization=organization).exists():
            raise forms.ValidationError(_("This organization is a competitor on the deal already."))
        return organization

    def save(self, *, by: Actor) -> Rival:
        """Raises what `Deal.add_rival` raises."""
        organization = self.link.organization if self.link else self.cleaned_data["organization"]
        rival = Rival(organization, self.cleaned_data["note"])
        self.deal.add_rival(rival, by=by)
        return rival


def by_pipeline(stages: Iterable[Stage]) -> list[tuple[str, list[tuple[int, str]]]] | list[tuple[int, str]]:
    """Choices of stages, below the names of their pipelines where there are several."""
    groups = groupby(stages, key=lambda stage: stage.pipeline)
    found = [(pipeline.name, [(stage.pk, stage.name) for stage in group]) for pipeline, group in groups]
    return found if len(found) > 1 else [choice for _name, choices in found for choice in choices]
