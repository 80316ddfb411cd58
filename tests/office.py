"""A workspace in which something of everything stands, and the addresses that lead to it."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.apps import apps
from django.core.files.base import ContentFile
from django.http import QueryDict
from django.utils import timezone

from activities.models import Activity, Draft, Pin
from contacts.models import Contact, ContactFile, Position, Role
from core.tenancy import workspace_scope
from deals.models import Deal, DealCompetitor, Person, Rival, Stage, StageTask
from deals.models.settling import put_rates
from organizations.models import Organization
from records.erasing import erase
from records.jobs import tell_news
from records.models import (
    BulkRun,
    ChangeSet,
    ChoiceLine,
    CustomField,
    CustomGroup,
    Group,
    HandOver,
    Notice,
    Record,
    SavedView,
    Source,
    Undoing,
    change_set,
)
from records.news.links import Link
from records.pages import PAGES
from records.panels import PANELS
from reports.models import Goal, Whose
from ties.models import Tie, TieType
from transfers.models import Export, Import
from workspaces.models import Membership, Rate, RateLine, Team
from workspaces.rights import SYSTEM, Actor

from .addresses import Address
from .conftest import WorkspaceClient
from .factories import TagFactory, TeamFactory, UserFactory
from .importing import Importer, csv_bytes, run_jobs
from .selling import selling_of

FIELD_PAGES = ("field", "field_place", "field_retirement", "field_revival")
#: below the workspace's address: what a page shows besides its plain self
QUERIES = {
    "today": ["?who=team"],
    "overview": [],
    "search": ["?q=north", "?q=nobody"],
    "news:list": ["?only=unread", "?only=given"],
    "organizations:detail": ["?pane=related"],
    "contacts:list": ["?job_title=head&sort=-email", "?panel=filters", "?panel=view", "?q=nobody", "?where=x"],
    "contacts:where": ["?query=panel%3Dwhere&w-n=1&w-0-column=has:deals", "?w-n=1&w-0-column=owner&do=apply"],
    "contacts:detail": [
        "?pane=details",
        "?pane=related",
        "?compose=call",
        "?compose=meeting",
        "?only=change",
        "?find=prices",
    ],
    "contacts:merge": ["?ids={contact}&ids={colleague}", "?ids={contact}", "?ids={contact}&other_text=nobody"],
    "organizations:merge": ["?ids={organization}"],
    "organizations:panel": ["?past=1", "?group=1"],
    "contacts:position_create": ["?contact={contact}", "?organization={organization}"],
    "rates:create": ["?currency=EUR&day=2026-03-01", "?currency=x&day=x"],
    "rates:currency": ["?before=2026-02-01", "?before=x"],
    "deals:board": [
        *("?owner=me&q=fleet", "?q=nobody", "?panel=filters", "?sort=next_step", "?by=owner&sort=-value"),
        *("?by=month&lanes=owner", "?by=forecast&folded=best", "?lanes=owner"),
    ],
    "deals:column": ["?by=month", "?by=owner&lanes=owner"],
    "deals:quick": ["?by=month"],
    "contacts:history": ["?field=job_title", "?from=2020-01-01T00:00", "?from=then"],
    "contacts:readers": ["?way=exported", "?member={contact}&before=then"],
    "records:log": ["?q=nobody", "?since=then"],
    "records:erasures": ["?q=alvarez"],
    "deals:pipeline": ["?ids={deal}", "?all=1&query=status%3Dwon", "?ids={deal}&pipeline=x"],
    "deals:list": ["?status=won&columns=value,closed_on,tags"],
    "deals:detail": ["?pane=related", "?compose=task"],
    "activities:list": ["?panel=filters"],
    "reports:forecast": ["?by=owner", "?panel=filters", "?q=nobody&month=2020-01"],
    "reports:goals": ["?year=2020"],
}


@dataclass
class Office:
    """What the walks through all pages visit. Everything that has an owner is bob's."""

    organization: Organization
    contact: Contact
    colleague: Contact
    deal: Deal
    #: what stands in the addresses, by room or by name: parameter -> values
    values: Mapping[str, Mapping[str, Sequence[object]]]

    def paths(self, address: Address) -> Iterator[str]:
        """The paths of an address, for every record that it stands for here; the admin's redirects have no name."""
        room, _colon, name = address.name.partition(":")
        if room.endswith("admin") and not name:
            return
        values = self.values.get(room, {}) | self.values.get(address.name, {})
        if room.endswith("admin") and "object_id" in address.parameters:
            label, model_name, _page = name.split("_")
            values |= {"object_id": self.first_of(label, model_name)}
        missing = set(address.parameters) - set(values)
        assert not missing, f"say in {__name__} what stands for {missing} in {address}"
        before = "/w/acme" if address.urlconf == "crm.workspace_urls" else ""
        yield from (before + path for path in address.filled(values))

    def first_of(self, label: str, model_name: str) -> list[object]:
        """The id of a row, for its pages in the admin; no row, no pages."""
        with workspace_scope(self.contact.workspace_id):
            return list(apps.get_model(label, model_name)._default_manager.values_list("pk", flat=True)[:1])

    def variants(self, address: Address) -> list[str]:
        """Queries that show an address in another state."""
        ids = {"contact": self.contact.pk, "organization": self.organization.pk, "colleague": self.colleague.pk}
        ids["deal"] = self.deal.pk
        return [query.format(**ids) for query in QUERIES.get(address.name, [])]


def furnish(alice: Membership, bob: Membership, client: WorkspaceClient) -> Office:
    """Fill acme: records are bob's; members, teams and transfers are alice's, whose browser is `client`."""
    with workspace_scope(bob.workspace_id, user_id=bob.user_id):
        organization, contact, colleague = people_of(bob.actor)
        deal, won, task = work_of(bob.actor, organization, contact, colleague)
        values = values_of(deal, won) | values_of(organization) | values_of(contact)
        draft = draft_of(bob, deal)
        values |= values_of(task) | {
            "contacts:distinct": {"one": [contact.pk], "other": [colleague.pk]},
            "organizations:distinct": {"one": [organization.pk], "other": [organization.parent_id]},
            "contacts:position": {"pk": [contact.positions.get().pk]},
            "contacts:position_end": {"pk": [contact.positions.get().pk]},
            "contacts:position_move": {"pk": [contact.positions.get().pk]},
            "contacts:position_roles": {"pk": [contact.positions.get().pk]},
            "contacts:past_position_removal": {"pk": [contact.past_positions.get().pk]},
            "contacts:colleague_create": {"pk": [organization.pk]},
            "organizations:panel": {"panel": ["people", "children", "timeline"]},
            "ties": {"kind": ["organization"], "pk": [organization.pk]},
            "ties:removal": {"tie": [Tie.of(organization).get().pk]},
            "deals:stage": {"pk": [deal.pk]},
            "deals:column": {"pk": [deal.pk]},
            "deals:place": {"pk": [deal.pk], "after": [0], "before": [0]},
            "deals:closing": {"pk": [deal.pk]},
            "deals:rival": {"pk": [deal.pk], "link": [rival_of(deal, organization).pk]},
            "deals:person": {"pk": [deal.pk], "link": [deal.contact_links.first().pk]},
            "activities:stage_task": {"pk": [deal.pk], "task": [deal.stage.tasks.get().pk]},
            "today:completion": {"pk": [task.pk, Activity.objects.open().filter(kind="call").get().pk]},
            "today:due": {"pk": [task.pk]},
            "today:plan": {"kind": ["activity"], "pk": [task.pk]},
            **saved_of(alice, contact),
            "activities:compose": {"kind": ["contact"], "pk": [contact.pk]},
            "activities:draft": {"kind": ["contact"], "pk": [contact.pk]},
            "activities:draft_discard": {"pk": [draft.pk]},
            "activities:draft_restore": {"pk": [draft.pk]},
        }
        values |= history_of_all(alice, bob.actor)
    values |= transfers_of(client) | accounts_of(bob)
    with workspace_scope(alice.workspace_id, user_id=alice.user_id):
        values |= news_of(alice, bob, contact, deal)
        values |= goals_of(bob, alice.actor)
        return Office(organization, contact, colleague, deal, values | settings_of(alice))


def rival_of(deal: Deal, organization: Organization) -> DealCompetitor:
    """A competitor on the deal, of which its page and that of the organization tell."""
    deal.add_rival(Rival(organization, "Cheaper"), by=SYSTEM)
    return deal.competitor_links.get()


def history_of_all(alice: Membership, by: Actor) -> dict[str, Mapping[str, Sequence[object]]]:
    """A change with a conflict, a large undo that is over, something in the trash, somebody who was erased."""
    made = []
    contact, gone = (Contact.create(first_name="Ines", last_name=name, by=by) for name in ("Alvarez", "Prado"))
    for title in ("Buyer", "Head of purchasing"):
        with change_set("", by=by, source="web"):
            contact.edit(job_title=title, by=by)
            made.append(ChangeSet.current_id())
    with change_set("", by=by, source="web"):
        contact.trash(by=by)
        made.append(ChangeSet.current_id())
    runs = [
        BulkRun.objects.create(
            record="contact", action="owner", state=state, total=9, place=4, done=3, error="Given up.", member=alice,
            refused={"You may do this only to records of your own.": 1}, change_set_id=made[0], query="owner=me",
        )
        for state in ("done", "failed", "stopped", "running")
    ]  # fmt: skip
    over = [
        Undoing.objects.create(change_set_id=made[0], state=state, error="Given up.", skipped={"changed since": 2})
        for state in ("done", "failed", "waiting")
    ]
    with change_set("", by=alice.actor, source="web"):
        erasure = erase("contact", gone.pk, by=alice.actor)
    return {
        "records": {"pk": made},
        "records:bulk_run": {"pk": [run.pk for run in runs]},
        "records:bulk_stop": {"pk": [runs[-1].pk]},
        "records:unmark": {"token": ["forgotten"]},
        "records:undoing": {"pk": [undoing.pk for undoing in over]},
        "records:erasure": {"pk": [erasure.pk]},
        "records:erasing": {"kind": ["contact"], "pk": [contact.pk]},
        "trash": {"kind": ["contact", "deal"]},
    }


def goals_of(bob: Membership, by: Actor) -> dict[str, Mapping[str, Sequence[object]]]:
    """What bob, his team and all are to win this month."""
    team, month = Team.objects.first() or TeamFactory(), timezone.localdate().replace(day=1)
    for whose in (Whose(), Whose(member=bob), Whose(team=team)):
        Goal.set_year(whose, {month: 10_000_00}, "USD", by=by)
    ids = {"of_all": [], "of_member": [bob.pk], "of_team": [team.pk]}
    return {f"reports:goals_{name}": {"year": [month.year], "pk": pks} for name, pks in ids.items()}


def values_of(*records: Record) -> dict[str, Mapping[str, Sequence[object]]]:
    """What stands in the addresses of a record's room."""
    record = records[0]
    files = [file.pk for file in record.files.all()]
    panels = list(PANELS[record.record_name])[-2:]  # each opens on the same page
    facts = [fact.name for fact in PAGES[record.record_name].facts if fact.edits][:2]
    in_addresses = {"pk": [record.pk for record in records], "panel": panels, "fact": facts, "file": files}
    return {record.namespace: in_addresses}


def people_of(by: Actor) -> tuple[Organization, Contact, Contact]:
    holding = Organization.create(by=by, name="Northwind Holding")
    organization = Organization.create(
        by=by, name="Northwind Freight", sector="Haulage", location="Leeds", employees=210, parent=holding,
        revenue=1_250_000_00, currency="USD", website="https://northwind.example", phone="+442079460018",
        customer_status="prospect", relation="partner", segment="Mid-market", language="en",
        addresses=[{"kind": "billing", "street": "10 Wharf Road", "city": "Leeds", "country": "GB"}],
        dates=[{"name": "Founding day", "day": dt.date(1996, 3, 14), "remind_before": 7}],
    )  # fmt: skip
    contact = Contact.create(
        by=by, title_prefix="Dr", first_name="Priya", last_name="Raman", source=Source.objects.first(),
        emails=[{"kind": "work", "address": "priya@northwind.example"}],
        phones=[{"kind": "mobile", "number": "+16465550142"}, {"kind": "whatsapp", "number": "+16465550143"}],
        linkedin="https://www.linkedin.com/in/priya-raman", birthday=dt.date(1984, 2, 29),
        channel="whatsapp", hours_from=dt.time(9), hours_to=dt.time(12), interests="Sailing", customer_status="lead",
    )  # fmt: skip
    Position.start(
        contact, organization, by=by, job_title="Head of Operations", roles=[Role.objects.first()], is_primary=True
    )
    Position.start(contact, holding, by=by, job_title="Trainee").end(by=by)
    Tie.add(TieType.objects.get(name="former employee of"), contact, holding, by=by)
    Tie.add(TieType.objects.get(name="partner of"), holding, organization, by=by)
    colleague = Contact.create(by=by, first_name="Colm", last_name="Daly", job_title="Finance lead")
    Position.start(colleague, organization, by=by)
    contact.rows().tag(TagFactory(name="Customer"), by=by)
    upload = ContentFile(b"%PDF-1.7", name="rollout plan.pdf")
    ContactFile.add(contact, upload, by=by, content_type="application/pdf")
    return organization, contact, colleague


def work_of(by: Actor, organization: Organization, contact: Contact, colleague: Contact) -> tuple[Deal, Deal, Activity]:
    """Deals, and what was said and planned about them: done, late and soon."""
    first, second = Stage.objects.in_order()[:2]
    StageTask.objects.create(stage=second, name="Agree the scope", due_days=2)
    now, people = timezone.now(), [Person(contact, is_primary=True), Person(colleague)]
    deal = Deal.create(
        by=by, name="Fleet renewal", stage=second, value=24_500_00, organization=organization, people=people,
        expected_close=timezone.localdate() + dt.timedelta(days=20),
    )  # fmt: skip
    won = Deal.create(by=by, name="Pilot with 5 vans", stage=first, value=3_900_00, organization=organization)
    won.win(by=by)
    text = "Pricing **background**:\n- see https://northwind.example/prices\n- @Mara knows"
    note = Activity.log("note", by=by, body=text, about=[contact])
    Pin.put(note, contact, by=by)
    Activity.log("call", by=by, body="She asks for terms.", direction="in", outcome="connected", minutes=12,
                 next_steps="Send the terms", about=[deal],
                 occurred_at=now - dt.timedelta(days=9))  # fmt: skip
    Activity.log("meeting", by=by, subject="Kick-off", minutes=40, about=[contact, deal],
                 occurred_at=now - dt.timedelta(days=70))  # fmt: skip
    Activity.plan("call", by=by, subject="Ask for the order", due_at=now - dt.timedelta(days=2), about=[deal])
    Activity.plan(
        "meeting", by=by, subject="Review", location="Leeds", due_at=now + dt.timedelta(days=6), about=[contact]
    )
    soon = now + dt.timedelta(minutes=5)
    task = Activity.plan("task", by=by, subject="Send revised scope", due_at=soon, about=[contact, deal])
    return deal, won, task


def saved_of(alice: Membership, contact: Contact) -> dict[str, Mapping[str, Sequence[object]]]:
    """A segment that opens first, and a group with a person in it."""
    view = SavedView.make("contact", "Mine", query="owner=me", is_segment=True, audience="workspace", by=alice.actor)
    group = Group.make("contact", "Trade fair", by=alice.actor)
    group.take_in(contact.rows(), by=alice.actor)
    of_group = {"pk": [group.pk]}
    return {
        "saved": {"pk": [view.pk], "kind": ["contact"]},
        "saved:group": of_group,
        "saved:group_place": of_group,
        "saved:group_delete": of_group,
        "saved:groups_of": {"kind": ["contact"], "pk": [contact.pk]},
    }


def draft_of(bob: Membership, deal: Deal) -> Draft:
    """What bob has begun to write about the deal."""
    Draft.keep(bob, deal, "call", QueryDict("kind=call&body=They+ask+for"), begun=timezone.now())
    return Draft.objects.of(bob, deal).get()


def news_of(
    alice: Membership, bob: Membership, contact: Contact, deal: Deal
) -> dict[str, Mapping[str, Sequence[object]]]:
    """What alice is told of, read and unread; the links of her letters; what bob hands over."""
    for record in (contact, deal):
        record.follow(by=alice.actor)
    with change_set("", by=bob.actor, source="web"):
        contact.edit(job_title="Head of Operations", by=bob.actor)
        deal.edit(value=25_000_00, by=bob.actor)
        Activity.log("note", by=bob.actor, body="@Alice Ostrowska, she **likes** it.", about=[contact])
        tell_news(workspace_id=alice.workspace_id, change_set_id=ChangeSet.current_id())
    notices = Notice.objects.of(alice)
    notices.filter(pk=notices[0].pk).mark(read=True)
    over = [
        HandOver.objects.create(leaver=bob, to={"deal": f"member {alice.pk}"}, member=alice, state=state, **told)
        for state, told in (("done", {"done": {"deal": 1200}}), ("failed", {"error": "Given up."}), ("waiting", {}))
    ]
    links = [Link.unfollow(alice, contact), Link.stop(alice, ["changed"])]
    return {
        "news": {"pk": [notice.pk for notice in notices]},
        "letters:unfollow": {"token": [*(link.url.rstrip("/").rpartition("/")[2] for link in links if link)]},
        "hand_over:ask": {"pk": [bob.pk]},
        "hand_over:progress": {"pk": [one.pk for one in over]},
    }


def settings_of(alice: Membership) -> dict[str, Mapping[str, Sequence[object]]]:
    team = Team(name="North", manager=alice)
    team.keep(by=alice.actor)
    agent = Membership.add("Anna Agent", by=alice.actor, email="anna@acme.example", team=team)
    gone = Membership.add("Greg Gone", by=alice.actor)
    gone.deactivate(by=alice.actor)
    invitation = Membership.invite("ida@acme.example", by=alice.actor, name="Ida Invited")
    run_jobs()  # the letter's own link is void after this one
    token = invitation.new_link().rstrip("/").rpartition("/")[2]
    field = field_of(alice.actor)
    return {
        **selling_of(alice.actor, team),
        "fields:fields": {"kind": ["contact", "organization"]},
        "fields:field_create": {"kind": ["deal"]},
        **{f"fields:{name}": {"pk": [field.pk]} for name in FIELD_PAGES},
        **{f"fields:{name}": {"pk": [field.group_id]} for name in ("group", "group_place", "group_removal")},
        **{f"rates:{name}": {"pk": rates_of(alice.actor)} for name in ("rate", "removal")},
        **{f"rates:{name}": {"code": ["EUR", "GBP"]} for name in ("currency", "settling")},
        "workspaces:member": {"pk": [alice.pk, agent.pk, gone.pk, invitation.membership_id]},
        "workspaces:invitation": {"pk": [agent.pk], "token": [token, "spent"]},
        "workspaces:withdrawal": {"pk": [invitation.membership_id]},
        "workspaces:deactivation": {"pk": [agent.pk]},
        "workspaces:reactivation": {"pk": [gone.pk]},
        "workspaces:team": {"pk": [team.pk]},
        "workspaces:team_delete": {"pk": [team.pk]},
        "workspace_admin": {"app_label": ["workspaces"]},
        "admin": {"app_label": ["workspaces"]},
    }


def rates_of(by: Actor) -> list[int]:
    put_rates([RateLine("EUR", dt.date(2026, month, 1), Decimal("1.1")) for month in (1, 2)], by=by)
    return list(Rate.objects.values_list("pk", flat=True))


def field_of(by: Actor) -> CustomField:
    """A custom field of people, in a group, with choices, and one that was retired."""
    group = CustomGroup(record="contact", name="Membership")
    group.keep(by=by)
    field = CustomField(record="contact", kind="choices", name="Level", group=group, help_text="As on the card.")
    field.keep_with([ChoiceLine(None, "Gold"), ChoiceLine(None, "Silver", "retired")], by=by)
    old = CustomField(record="contact", kind="money", name="Fee")
    old.keep(by=by)
    old.retire(by=by)
    return field


def transfers_of(client: WorkspaceClient) -> dict[str, Mapping[str, Sequence[object]]]:
    """An import and an export in each of their states."""
    importer = Importer(client)
    rows = [["Name", "Website", "Sector"], ["Harbour Co", "https://harbour.example", "Ships"], ["", "", "Nobody's"]]
    done = importer.run("organization", csv_bytes(rows))
    drafts = {}
    for state in ("draft", "waiting", "failed"):
        importer.upload("organization", csv_bytes(rows))
        drafts[state] = importer.newest
    told = {"failed": {"last_row": 1, "error": "An error stopped it."}}
    asker = client.membership
    with workspace_scope(asker.workspace_id, user_id=asker.user_id):
        for state, importing in drafts.items():
            Import.objects.filter(pk=importing.pk).update(state=state, **told.get(state, {}))
        exported = Export.ask("contact", by=asker, name="people.csv")
        stopped, waiting = (
            Export.objects.create(record="contact", name=f"{state}.csv", state=state, created_by=asker)
            for state in ("failed", "waiting")
        )
    run_jobs()
    draft, failed = {"pk": [drafts["draft"].pk]}, {"pk": [drafts["failed"].pk]}
    return {
        "transfers:mapping": draft,
        "transfers:dialect": draft,
        "transfers:discard": draft,
        "transfers:progress": {"pk": [done.pk, drafts["waiting"].pk, drafts["failed"].pk]},
        "transfers:resume": failed,
        "transfers:refused": {"pk": [done.pk]},
        "transfers:again": {"pk": [done.pk]},
        "transfers:export_progress": {"pk": [exported.pk, stopped.pk, waiting.pk]},
        "transfers:export_file": {"pk": [exported.pk]},
    }


def accounts_of(member: Membership) -> dict[str, Mapping[str, Sequence[object]]]:
    """The links of letters."""
    stranger = UserFactory(email="new@acme.example")
    address = EmailAddress.objects.create(user=stranger, email=stranger.email, primary=True)
    return {
        "account_confirm_email": {"key": [EmailConfirmationHMAC(address).key, "too-old"]},
        "account_reset_password_from_key": {
            "uidb36": [user_pk_to_url_str(member.user)],
            "key": [default_token_generator.make_token(member.user), "too-old"],
        },
    }
