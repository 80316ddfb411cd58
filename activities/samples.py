"""Ready pipelines that a new workspace can start with, in its own language, with a few deals to try things on."""

import datetime as dt
from typing import Any, NamedTuple

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from contacts.models import Contact, Position
from core.money import parse_amount
from deals.models import Deal, Person, Pipeline, Stage
from deals.models.starting import FIRST_STEPS, IDLE_DAYS, Step
from organizations.models import Organization
from records.models import Refusal, describe_change
from workspaces.models import Workspace
from workspaces.rights import Actor

from .models import Activity
from .moments import in_days, today_in

#: the external ids of what is a sample begin so
MARK = "sample-"
HUES = (7, 2, 6, 5, 3, 4)
CHANCES = (10, 25, 45, 65, 90)


class Sample(NamedTuple):
    """A pipeline: its name, its stages with their win chances, and what its deals are called."""

    name: Promise
    stages: tuple[Step, ...]
    deals: tuple[Promise, ...]


def steps(*names: Promise) -> tuple[Step, ...]:
    return tuple(Step(name, *rest) for name, *rest in zip(names, CHANCES, HUES, strict=False))


SAMPLES = {
    "sales": Sample(
        gettext_lazy("Sales"),
        FIRST_STEPS,
        (gettext_lazy("Annual plan"), gettext_lazy("Pilot, two sites"), gettext_lazy("Replacement of the old system")),
    ),
    "services": Sample(
        gettext_lazy("Projects and services"),
        steps(
            gettext_lazy("Enquiry"),
            gettext_lazy("First meeting"),
            gettext_lazy("Scope agreed"),
            gettext_lazy("Offer sent"),
            gettext_lazy("Contract"),
        ),
        (gettext_lazy("New website"), gettext_lazy("Yearly maintenance"), gettext_lazy("Workshop for the team")),
    ),
    "property": Sample(
        gettext_lazy("Real estate"),
        steps(
            gettext_lazy("New lead"),
            gettext_lazy("Viewing planned"),
            gettext_lazy("Viewed"),
            gettext_lazy("Bid made"),
            gettext_lazy("At the notary"),
        ),
        (gettext_lazy("Flat at the park"), gettext_lazy("Office, second floor"), gettext_lazy("House with a garden")),
    ),
    "partners": Sample(
        gettext_lazy("Partnerships"),
        steps(
            gettext_lazy("Identified"),
            gettext_lazy("In contact"),
            gettext_lazy("Terms discussed"),
            gettext_lazy("Trial"),
            pgettext_lazy("stage of a partnership", "Agreement"),
        ),
        (gettext_lazy("Reseller for the north"), gettext_lazy("Joint webinar"), gettext_lazy("Exchange of referrals")),
    ),
}
#: made up, with numbers and addresses that nobody has
ORGANIZATIONS = ("Northwind Bakery", "Alder & Finch", "Lumen Optics")
PEOPLE = (("Priya", "Raman"), ("Tomas", "Okafor"), ("Elena", "Lindqvist"))
VALUES = ("4800", "12500", "7200")
#: stage, days until the next step (None: none is planned)
PLACES = ((0, 0), (1, 2), (2, None))


class SampleForm(forms.Form):
    """Which pipeline, and whether deals come with it."""

    sample = forms.ChoiceField(
        label=gettext_lazy("Pipeline"), choices=[(key, sample.name) for key, sample in SAMPLES.items()]
    )
    with_deals = forms.BooleanField(
        label=gettext_lazy("With three sample deals, their people and next steps"), required=False, initial=True
    )

    def save(self, *, by: Actor, workspace: Workspace) -> Pipeline:
        """Add it. Raises what `add_sample` raises."""
        key, with_deals = self.cleaned_data["sample"], self.cleaned_data["with_deals"]
        return add_sample(key, by=by, workspace=workspace, with_deals=with_deals)


@transaction.atomic
def add_sample(key: str, *, by: Actor, workspace: Workspace, with_deals: bool = True) -> Pipeline:
    """Add a ready pipeline in the language of the workspace. One of its name that holds no deals is taken as it is,
    since a new workspace has one already.

    Raises:
        NotAllowed: the actor may not set up pipelines.
        Refusal: there is nothing to add.
    """
    sample = SAMPLES[key]
    with override(workspace.language):
        name = str(sample.name)
        describe_change(_("Sample pipeline “%(name)s”") % {"name": name})
        pipeline = Pipeline.objects.filter(name=name).first()
        if pipeline and (not with_deals or pipeline.deals.exists() or not pipeline.stages.exists()):
            raise Refusal(_("The pipeline “%(name)s” is there already.") % {"name": name})
        pipeline = pipeline or add_pipeline(sample, by=by, workspace=workspace)
        if with_deals:
            add_deals(key, pipeline, by=by)
    return pipeline


def add_pipeline(sample: Sample, *, by: Actor, workspace: Workspace) -> Pipeline:
    place = Pipeline.objects.count()
    pipeline = Pipeline(name=str(sample.name), currency=workspace.currency, position=place)
    pipeline.keep(by=by)
    for position, step in enumerate(sample.stages):
        values: dict[str, Any] = {"win_chance": step.win_chance, "hue": step.hue, "idle_days": IDLE_DAYS}
        Stage(pipeline=pipeline, name=str(step.name), position=position, **values).keep(by=by)
    return pipeline


def add_deals(key: str, pipeline: Pipeline, *, by: Actor) -> None:
    """Three deals, each with an organization and a person there; two have a next step."""
    stages = list(pipeline.stages.all())
    for number, name in enumerate(SAMPLES[key].deals):
        external_id = f"{MARK}{key}-{number + 1}"
        first, last = PEOPLE[number]
        organization = Organization.create(by=by, name=ORGANIZATIONS[number], external_id=external_id)
        contact = Contact.create(
            by=by, first_name=first, last_name=last, external_id=external_id,
            emails=[{"kind": "work", "address": f"{first}.{last}@example.com".lower()}],
        )  # fmt: skip
        Position.start(contact, organization, by=by, is_primary=True)
        place, days = PLACES[number]
        deal = Deal.create(
            by=by, stage=stages[min(place, len(stages) - 1)], name=str(name), organization=organization,
            value=parse_amount(VALUES[number], pipeline.currency), people=[Person(contact, is_primary=True)],
            expected_close=timezone.localdate() + dt.timedelta(days=14 + 10 * number), external_id=external_id,
        )  # fmt: skip
        about = [deal, contact]
        Activity.log("note", by=by, body=_("A sample: change it, move it, delete it."), about=about)
        if days is not None:
            subject = _("Call %(name)s") % {"name": contact.name}
            Activity.plan("call", by=by, subject=subject, due_at=planned(days), about=about)


def planned(days: int) -> dt.datetime:
    """The morning of that day; of today the next full hour, so that it is not late at once."""
    return in_days(days) if days else today_in(hours=1)
