"""What a won deal makes of its organization and its primary contact, and the settings that switch it off."""

import pytest

from contacts.models import Contact
from core.tenancy import workspace_scope
from deals.models import Deal, Person
from organizations.models import Organization
from records.jobs import tell_news
from records.models import ChangeSet, Tag, change_set
from tests.battery_pages import page_text
from tests.factories import ContactFactory, DealFactory, OrganizationFactory, SourceFactory
from tests.reading import filled_form, undo_path
from workspaces.models import Workspace

pytestmark = pytest.mark.django_db

CUSTOMER, NOBODY = ("customer", ["Active customer"]), ("", [])


def of(record) -> tuple[str, list[str]]:
    """Customer status and tags."""
    fresh = type(record).objects.get(pk=record.pk)
    return fresh.customer_status, [link.tag.name for link in fresh.tag_links.select_related("tag")]


@pytest.fixture
def buyers(acme, bob) -> tuple[Organization, Contact, Contact, Deal]:
    """An organization with its primary contact, another person, and their open deal."""
    with workspace_scope(acme.pk):
        freight, priya, colm = OrganizationFactory(), ContactFactory(), ContactFactory()
        deal = DealFactory(owner=bob, organization=freight)
        deal.set_people([Person(priya, is_primary=True), Person(colm)])
        return freight, priya, colm, deal


def test_winning_makes_customers_with_the_tag_and_one_undo_takes_all_back(acme, bob, buyers):
    freight, priya, colm, deal = buyers
    with workspace_scope(acme.pk):
        with change_set("won", by=bob.actor):
            deal.win(by=bob.actor)
            won = ChangeSet.current()
        assert (of(freight), of(priya), of(colm)) == (CUSTOMER, CUSTOMER, NOBODY)
        with change_set("undo", by=bob.actor):
            won.undo(by=bob.actor)
        assert (of(freight), of(priya)) == (NOBODY, NOBODY)
        assert Deal.objects.get().status == "open"


def test_the_undo_of_a_first_win_speaks_of_no_row_that_stayed(client_of, acme, bob, buyers):
    """The tag that the win made stays, since a rep makes and takes no tags; nobody who undoes a win asks for it."""
    deal, client = buyers[-1], client_of(bob)
    with workspace_scope(acme.pk):
        assert not Tag.objects.exists()
    client.post_w("deals:closing", deal.pk, data={"status": "won"})
    page = page_text(client.get_w("deals:detail", deal.pk))
    with workspace_scope(acme.pk):
        won = ChangeSet.objects.latest("pk")
    assert "stay" not in page_text(client.get_w("records:undo", won.pk)).partition("<main")[2].partition("</main")[0]
    undone = page_text(client.get(client.post(undo_path(page)).url))
    assert "Undone" in undone
    assert "stayed as it is" not in undone
    with workspace_scope(acme.pk):
        assert Tag.objects.get().name == "Active customer"
        assert of(buyers[0]) == NOBODY


def test_the_timelines_tell_who_became_a_customer(client_of, acme, bob, buyers):
    freight, priya, colm, deal = buyers
    with workspace_scope(acme.pk):
        Contact.objects.filter(pk=priya.pk).update(customer_status="prospect")
        deal.win(by=bob.actor)
        deal.reopen(by=bob.actor)
        deal.win(by=bob.actor)
    client = client_of(bob)
    for record, told in (
        (freight, "Customer status set to Customer"),
        (priya, "Customer status changed from Prospect to Customer"),
    ):
        assert page_text(client.get_w(f"{record.namespace}:detail", record.pk)).count(told) == 1
    assert "Customer status" not in page_text(client.get_w("contacts:detail", colm.pk)).partition('id="timeline"')[2]


def test_the_win_of_a_private_deal_names_it_nowhere_on_what_it_made_a_customer(client_of, acme, alice, bob, buyers):
    """Neither the win nor its undo, whose label says for which reason the deal went past a rule."""
    freight, deal = buyers[0], buyers[-1]
    with workspace_scope(acme.pk):
        deal.edit(by=alice.actor, owner=alice, name="Zebrafish", value=None)
        deal.stage.required = ["value"]
        deal.stage.save()
        deal.guard(by=alice.actor, is_private=True, members=[])
        freight.follow(by=bob.actor)
    alices, client = client_of(alice), client_of(bob)
    alices.post_w("deals:closing", deal.pk, data={"status": "won", "words": "Quokka", "because": "Wombat"})
    pages = (
        ("organizations:detail", freight.pk),
        ("organizations:history", freight.pk),
        ("news:list",),
        ("records:log",),
    )
    for undoes in (False, True):
        with workspace_scope(acme.pk):
            change = ChangeSet.objects.latest("pk")
        assert bool(change.undoes_id) == undoes
        tell_news(workspace_id=acme.pk, change_set_id=change.pk)
        said = "".join(page_text(client.get_w(*page)) for page in pages)
        assert "Customer" in said
        assert not [word for word in ("Zebrafish", "Quokka", "Wombat") if word in said]
        if not undoes:
            alices.post_w("records:undo", change.pk)
    assert "Wombat" in page_text(alices.get_w("organizations:detail", freight.pk)), "who sees the deal is told"


def test_losing_makes_nobody_a_customer_and_opening_again_leaves_who_is_one(acme, bob, buyers):
    freight, _priya, _colm, deal = buyers
    with workspace_scope(acme.pk):
        deal.lose(by=bob.actor)
        assert of(freight) == NOBODY
        deal.reopen(by=bob.actor)
        deal.win(by=bob.actor)
        deal.reopen(by=bob.actor)
        assert of(freight) == CUSTOMER


def test_who_was_a_customer_once_is_one_again_and_keeps_its_tags_once(acme, bob, buyers):
    freight, _priya, _colm, deal = buyers
    with workspace_scope(acme.pk):
        Organization.objects.update(customer_status="former")
        DealFactory(owner=bob, organization=freight).win(by=bob.actor)
        deal.win(by=bob.actor)
        assert of(freight) == CUSTOMER


@pytest.mark.parametrize(
    ("rules", "made"),
    [
        ({"won_makes_customer": False}, ("", ["Active customer"])),
        ({"won_tag": ""}, ("customer", [])),
        ({"won_makes_customer": False, "won_tag": ""}, NOBODY),
        ({"won_tag": "Stammkunde"}, ("customer", ["Stammkunde"])),
    ],
)
def test_each_rule_is_switched_off_in_the_settings(client_of, alice, acme, bob, buyers, rules, made):
    freight, _priya, _colm, deal = buyers
    client = client_of(alice)
    data = filled_form(page_text(client.get_w("workspaces:settings"))) | {k: v for k, v in rules.items() if v}
    for name, rule in rules.items():
        if rule is False:
            data.pop(name)
        elif rule == "":
            data[name] = ""
    assert client.post_w("workspaces:settings", data=data).status_code == 303
    with workspace_scope(acme.pk):
        deal.win(by=bob.actor)
        assert of(freight) == made


def test_a_rep_who_may_make_no_tags_wins_all_the_same(client_of, acme, bob, buyers):
    freight, _priya, _colm, deal = buyers
    assert client_of(bob).post_w("deals:closing", deal.pk, data={"status": "won"}).status_code == 303
    with workspace_scope(acme.pk):
        assert of(freight) == CUSTOMER


def test_many_are_won_in_as_many_statements_as_one(acme, bob, django_assert_max_num_queries):
    with workspace_scope(acme.pk):
        for _ in range(30):
            DealFactory(owner=bob, organization=OrganizationFactory())
        with django_assert_max_num_queries(22):
            Deal.objects.all().win(by=bob.actor)
        assert Organization.objects.filter(customer_status="customer").count() == 30


def test_a_new_workspace_has_both_rules_in_its_language(alice):
    czech = Workspace.start("Vltava", user=alice.user, language="cs")
    with workspace_scope(czech.pk):
        assert Workspace.objects.get().won_makes_customer
        assert Workspace.objects.get().won_tag


def test_the_status_stands_in_the_head_and_in_the_list(client_of, bob, acme):
    freight = OrganizationFactory(workspace=acme, customer_status="prospect")
    OrganizationFactory(workspace=acme, name="Somebody else")
    client = client_of(bob)
    head = (
        page_text(client.get_w("organizations:detail", freight.pk))
        .partition('id="rec-who"')[2]
        .partition('id="rec-actions"')[0]
    )
    assert ">Prospect</span>" in head
    listed = page_text(client.get(f"{client.url('organizations:list')}?customer_status=prospect"))
    assert freight.name in listed
    assert "Somebody else" not in listed


def test_the_source_says_what_new_ones_begin_as(client_of, bob, alice, acme):
    fair = SourceFactory(workspace=acme, name="Fair", direction="outbound", customer_status="lead")
    with workspace_scope(acme.pk):
        assert Contact.create(by=bob.actor, last_name="Raman", source=fair).customer_status == "lead"
        known = Contact.create(by=bob.actor, last_name="Daly", source=fair, customer_status="former")
        assert known.customer_status == "former"
    client = client_of(bob)
    outbound = page_text(client.get(f"{client.url('contacts:list')}?direction=outbound&columns=direction"))
    assert "Raman" in outbound
    assert "Outbound" in outbound
    inbound = page_text(client.get(f"{client.url('contacts:list')}?direction=inbound"))
    assert "Raman" not in inbound
