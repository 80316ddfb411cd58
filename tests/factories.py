"""Rows for tests. A factory threads one workspace through all that it makes and never makes one by accident:
`ContactFactory(workspace=acme)`, or without it inside the open scope of a workspace.
"""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from activities.models import Activity, ActivityLink
from contacts.models import Contact, ContactAddress, ContactDate, ContactEmail, Position, Role
from core.tenancy import current_workspace_id, workspace_scope
from deals.models import Deal, Pipeline, Stage
from organizations.models import Organization, OrganizationAddress, OrganizationDate
from records.models import Distinct, Source, Tag
from reports.models import Goal
from workspaces.models import Membership, Team, User, Workspace


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Faker("name")
    email = factory.Sequence(lambda n: f"person{n}@example.com")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(password="a long test password", **kwargs)


class WorkspaceFactory(DjangoModelFactory):
    class Meta:
        model = Workspace

    name = factory.Sequence(lambda n: f"Workspace {n}")
    user = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.start(kwargs.pop("name"), user=kwargs.pop("user"), **kwargs)


class InWorkspace(DjangoModelFactory):
    """Makes the row, and whatever it refers to, inside the scope of its workspace."""

    class Meta:
        abstract = True

    class Params:
        workspace = None

    @classmethod
    def _generate(cls, strategy, params):
        workspace = params.pop("workspace", None)
        workspace_id = workspace.pk if workspace else current_workspace_id()
        if workspace_id is None:
            raise ValueError(f"{cls.__name__} needs workspace=… or the open scope of one")
        with workspace_scope(workspace_id):
            return super()._generate(strategy, params)


class MembershipFactory(InWorkspace):
    class Meta:
        model = Membership

    name = factory.Faker("name")
    role = "rep"


class TeamFactory(InWorkspace):
    class Meta:
        model = Team

    name = factory.Sequence(lambda n: f"Team {n}")


class TagFactory(InWorkspace):
    class Meta:
        model = Tag

    name = factory.Sequence(lambda n: f"tag {n}")


class SourceFactory(InWorkspace):
    class Meta:
        model = Source

    name = factory.Sequence(lambda n: f"Source {n}")


class OrganizationFactory(InWorkspace):
    class Meta:
        model = Organization

    name = factory.Sequence(lambda n: f"Organization {n}")


class ContactFactory(InWorkspace):
    class Meta:
        model = Contact

    first_name = factory.Faker("first_name")
    last_name = factory.Faker("last_name")


class ContactEmailFactory(InWorkspace):
    class Meta:
        model = ContactEmail

    contact = factory.SubFactory(ContactFactory)
    address = factory.Sequence(lambda n: f"contact{n}@example.com")
    is_primary = True


class ContactAddressFactory(InWorkspace):
    class Meta:
        model = ContactAddress

    record = factory.SubFactory(ContactFactory)
    country = "US"


class ContactDateFactory(InWorkspace):
    class Meta:
        model = ContactDate

    record = factory.SubFactory(ContactFactory)
    name = "Wedding anniversary"
    day = dt.date(2012, 6, 23)


class OrganizationAddressFactory(InWorkspace):
    class Meta:
        model = OrganizationAddress

    record = factory.SubFactory(OrganizationFactory)
    country = "US"


class OrganizationDateFactory(InWorkspace):
    class Meta:
        model = OrganizationDate

    record = factory.SubFactory(OrganizationFactory)
    name = "Founding day"
    day = dt.date(1996, 3, 14)


class RoleFactory(InWorkspace):
    class Meta:
        model = Role

    name = factory.Sequence(lambda n: f"Role {n}")


class PositionFactory(InWorkspace):
    class Meta:
        model = Position

    contact = factory.SubFactory(ContactFactory)
    organization = factory.SubFactory(OrganizationFactory)


class PipelineFactory(InWorkspace):
    class Meta:
        model = Pipeline

    name = factory.Sequence(lambda n: f"Pipeline {n}")
    currency = "EUR"


class StageFactory(InWorkspace):
    class Meta:
        model = Stage

    pipeline = factory.SubFactory(PipelineFactory)
    name = factory.Sequence(lambda n: f"Stage {n}")
    position = factory.Sequence(lambda n: n % 30_000)


class DealFactory(InWorkspace):
    class Meta:
        model = Deal

    name = factory.Sequence(lambda n: f"Deal {n}")
    stage = factory.SubFactory(StageFactory)
    pipeline = factory.SelfAttribute("stage.pipeline")
    currency = factory.SelfAttribute("pipeline.currency")
    value = 100_000
    status = "open"
    closed_on = factory.LazyAttribute(lambda deal: None if deal.status == "open" else timezone.localdate())


class ActivityFactory(InWorkspace):
    class Meta:
        model = Activity

    kind = "task"
    subject = factory.Sequence(lambda n: f"Activity {n}")
    occurred_at = factory.LazyFunction(timezone.now)
    done_at = factory.LazyAttribute(lambda activity: activity.occurred_at if activity.kind == "note" else None)


class ActivityLinkFactory(InWorkspace):
    class Meta:
        model = ActivityLink

    activity = factory.SubFactory(ActivityFactory)
    occurred_at = factory.SelfAttribute("activity.occurred_at")


class DistinctFactory(InWorkspace):
    class Meta:
        model = Distinct

    table = "contacts_contact"
    one = 1
    other = factory.Sequence(lambda n: n + 2)


class GoalFactory(InWorkspace):
    class Meta:
        model = Goal

    month = factory.LazyFunction(lambda: timezone.localdate().replace(day=1))
    amount = 100_000
    currency = "USD"


FACTORIES = {made._meta.model: made for made in InWorkspace.__subclasses__()}
