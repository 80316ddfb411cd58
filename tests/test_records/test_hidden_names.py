"""What is hidden has no name anywhere: not in hints, searches, histories, or on what a visible record refers to."""

import pytest

from contacts.models import Position
from core.tenancy import workspace_scope
from deals.models import DealContact
from organizations.models import Organization
from records.duplicates import FINDERS
from records.history.hiding import MOST_NAMED, hidden_among
from records.models import ChangeSet, NotAllowed, change_set
from records.search import matching_ids, search
from tests.battery_pages import page_text
from tests.factories import ContactFactory, DealFactory, OrganizationFactory, PositionFactory
from tests.sight import everywhere, fresh
from workspaces.models import Membership, Workspace
from workspaces.urls_public import at_home

pytestmark = pytest.mark.django_db

SECRET = "Zqxorg Holding"


@pytest.fixture
def hidden(acme: Workspace, alice: Membership) -> Organization:
    """An organization that alice keeps to herself."""
    with workspace_scope(acme.pk):
        organization = OrganizationFactory(name=SECRET, owner=alice)
        organization.guard(by=alice.actor, is_private=True, members=[])
    return organization


@pytest.fixture
def zoe(acme, alice, bob, hidden):
    """A person of bob's who works there."""
    with workspace_scope(acme.pk):
        zoe = ContactFactory(owner=bob, first_name="Zoe", last_name="Visible")
        PositionFactory(contact=zoe, organization=hidden, job_title="Baker")
    return zoe


# --- merge ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("is_private", [True, False])
def test_a_merge_says_nothing_of_who_sees_a_master_that_is_not_ones_own(acme, alice, mara, is_private):
    with workspace_scope(acme.pk):
        mara = fresh(mara)
        master, other = OrganizationFactory(owner=alice), OrganizationFactory(owner=mara)
        other.guard(by=mara.actor, is_private=is_private, members=[alice])
        with pytest.raises(NotAllowed, match="say who sees it"):
            master.merge([other], by=fresh(mara).actor)
        assert not Organization.objects.get(pk=master.pk).is_private
        assert Organization.objects.get(pk=other.pk).deleted_at is None


def test_open_records_merge_into_a_master_of_somebody_else(acme, alice, mara):
    with workspace_scope(acme.pk):
        master, other = OrganizationFactory(owner=alice), OrganizationFactory(owner=mara)
        master.merge([other], by=fresh(mara).actor)
        assert Organization.objects.get(pk=other.pk).deleted_at


# --- a person on a deal -----------------------------------------------------------------------------------------------
def test_a_hidden_person_on_a_visible_deal_has_no_page_there(client_of, acme, alice, bob):
    with workspace_scope(acme.pk):
        person = ContactFactory(owner=alice)
        deal = DealFactory(owner=bob)
        link = DealContact.objects.create(deal=deal, contact=person)
    assert client_of(bob).get_w("deals:person", deal.pk, link.pk).status_code == 200
    with workspace_scope(acme.pk):
        person.guard(by=alice.actor, is_private=True, members=[])
    assert client_of(bob).get_w("deals:person", deal.pk, link.pk).status_code == 404
    assert client_of(bob).post_w("deals:person", deal.pk, link.pk, data={"remove": ""}).status_code == 404
    with workspace_scope(acme.pk):
        assert DealContact.objects.filter(pk=link.pk).exists()


# --- history ----------------------------------------------------------------------------------------------------------
def joined(acme, bob, alice) -> tuple:
    """Bob's person joined alice's organization before that became private."""
    from tests.test_records.test_history_pages import change_of

    with workspace_scope(acme.pk):
        organization, person = OrganizationFactory(name=SECRET, owner=alice), ContactFactory(owner=bob)
    change_set = change_of(bob, lambda: Position.start(person, organization, by=bob.actor))
    change_of(alice, lambda: organization.guard(by=alice.actor, is_private=True, members=[]))
    return person, change_set


def test_a_history_names_nothing_hidden_in_what_was_done(client_of, acme, alice, bob):
    person, _change_set = joined(acme, bob, alice)
    for member, sees in ((alice, True), (bob, False)):
        words = page_text(client_of(member).get_w("contacts:history", person.pk))
        assert (SECRET in words) == sees, words[words.find(SECRET) - 300 :][:400]


def test_the_log_neither_names_nor_finds_what_is_hidden(client_of, acme, alice, mara, bob):
    _person, change_set = joined(acme, bob, alice)

    def found(member, **params):
        return [entry.change_set for entry in client_of(member).get_w("records:log", **params).context["log"].entries]

    path = client_of(alice).url("records:log")
    for member, sees in ((alice, True), (mara, False)):
        client = client_of(member)
        assert (SECRET in page_text(client.get(path))) is sees
        entries = client.get(path, {"q": "Zqxorg"}).context["log"].entries
        assert (change_set.pk in [entry.change_set.pk for entry in entries]) is sees
        assert (SECRET in page_text(client.get_w("records:change", change_set.pk))) is sees


def test_a_label_names_nothing_hidden_on_the_pages_of_another_record(client_of, acme, alice, mara, bob):
    """Two deals changed together: what was done is called after the one that mara does not see."""
    from tests.test_records.test_history_pages import change_of

    with workspace_scope(acme.pk):
        secret, other = DealFactory(name="Zqxdeal", owner=alice), DealFactory(name="Orchard", owner=bob)
        secret.guard(by=alice.actor, is_private=True, members=[])

    def both():
        secret.edit(by=alice.actor, value=70)  # what is said first it is called after
        other.edit(by=alice.actor, value=70)

    done = change_of(alice, both)
    with workspace_scope(acme.pk):
        undone = done.undo(by=alice.actor).change_set_id
    for member, sees in ((alice, True), (mara, False)):
        client = client_of(member)
        for path in (
            client.url("deals:detail", other.pk),
            client.url("deals:history", other.pk),
            client.url("records:log"),
            client.url("records:change", done.pk),
            client.url("records:change", undone),
        ):
            answer = client.get(path)
            assert ("Zqxdeal" in page_text(answer)) == sees, path
    page = page_text(client_of(mara).get_w("deals:detail", other.pk))
    assert "A change was undone" in page
    assert "Redone: Of" not in page


def test_a_label_is_hidden_however_much_was_changed_besides(acme, alice, mara):
    from tests.test_records.test_history_pages import change_of

    with workspace_scope(acme.pk):
        secret = OrganizationFactory(name=SECRET, owner=alice, is_private=True)
        deals = [DealFactory(owner=alice) for _each in range(MOST_NAMED + 1)]

    def many():
        for deal in deals:
            deal.edit(by=alice.actor, organization=secret)
        secret.edit(by=alice.actor, sector="Retail")

    done = change_of(alice, many)
    few = change_of(alice, lambda: deals[0].edit(by=alice.actor, value=9))
    with workspace_scope(acme.pk), at_home(acme):
        assert hidden_among([done.pk, few.pk], fresh(mara)) == {done.pk}
        assert hidden_among([done.pk, few.pk], fresh(alice)) == set()


# --- search -----------------------------------------------------------------------------------------------------------
def finds(member, text: str, limit: int | None = 20) -> set:
    """All that a member finds by a text, in the palette and in the lists."""
    member = fresh(member)
    found = {record for kind in search(text, member, limit=limit or 20) for record in kind.records}
    for kind in ("deal", "contact", "organization"):
        assert set(matching_ids(kind, text, limit, member)) == {one.pk for one in found if one.record_name == kind}
    return found


@pytest.fixture
def lease(acme, bob, hidden):
    """A deal of bob's with the hidden organization."""
    with workspace_scope(acme.pk):
        return DealFactory(owner=bob, name="Orchard lease", organization=hidden)


@pytest.mark.parametrize("text", ["Zqxorg", "zqxorg holding", "zqx", "Zqxrog", "baker zqxorg"])
def test_nothing_is_found_by_a_name_that_is_hidden(acme, alice, bob, hidden, zoe, lease, text):
    with workspace_scope(acme.pk):
        assert finds(bob, text) == finds(bob, text, 1) == finds(bob, text, None) == set()
        assert zoe in finds(alice, text)
        assert finds(bob, "orchard") == {lease}
        assert finds(bob, "zoe visible") == {zoe}


def test_a_name_is_found_by_again_when_it_is_open_and_after_an_undo_not(acme, alice, bob, hidden, lease):
    with workspace_scope(acme.pk):
        with change_set("Opened", by=alice.actor, source="web"):
            hidden.guard(by=alice.actor, is_private=False, members=[])
            opened = ChangeSet.current()
        assert finds(bob, "zqxorg") == {hidden, lease}
        opened.undo(by=alice.actor)
        assert finds(bob, "zqxorg") == set()
        hidden.guard(by=alice.actor, is_private=True, members=[bob])
        assert finds(bob, "zqxorg") == {hidden, lease}


def test_a_narrowed_role_finds_nothing_by_names_out_of_its_reach(acme, alice, bob, mara):
    with workspace_scope(acme.pk):
        theirs, own = OrganizationFactory(name="Zqyorg", owner=mara), OrganizationFactory(name="Zqyorgs", owner=bob)
        person = ContactFactory(last_name="Zqperson", owner=mara)
        deal = DealFactory(owner=bob, name="Orchard lease", organization=theirs)
        DealContact.objects.create(deal=deal, contact=person)
        mine = DealFactory(owner=bob, name="Zqyorg renewal", organization=theirs)
        assert finds(bob, "zqyorg") == {theirs, own, deal, mine}
        Workspace.objects.filter(pk=acme.pk).update(visibility=everywhere("own"))
        assert finds(bob, "zqyorg") == {own, mine}
        assert finds(bob, "zqyorg lease") == finds(bob, "zqperson") == set()
        assert finds(mara, "zqyorg") == {theirs}
        assert finds(alice, "zqyorg lease") == {deal}


def test_what_only_a_hidden_name_has_found_leaves_room_for_others_and_for_typing_errors(acme, bob, hidden):
    with workspace_scope(acme.pk):
        for _each in range(5):
            DealFactory(owner=bob, name="Orchard", organization=hidden)
        alike = DealFactory(owner=bob, name="Zqxorx")
        assert finds(bob, "zqxorg", 2) == {alike}
        exact = DealFactory(owner=bob, name="Later zqxorg")
        assert finds(bob, "zqxorg", 2) == {exact}


# --- hints ------------------------------------------------------------------------------------------------------------
def test_what_tells_records_apart_names_nothing_hidden(acme, alice, bob, zoe):
    from contacts.models import Contact
    from records.choosing import called, hinted, meant
    from ties.choosing import AnyRecordField

    with workspace_scope(acme.pk):
        for member, sees in ((fresh(alice), True), (fresh(bob), False)):
            rows = Contact.objects.visible_to(member)
            field = AnyRecordField()
            field.widget.membership = member
            for found in (
                hinted(called(rows, "Zoe Visible")),
                meant(rows, "Zoe Vis"),
                meant(rows, "v"),
                field.called("Zoe Visible"),
            ):
                assert [SECRET in record.hint for record in found] == [sees]


def test_duplicates_name_no_hidden_organization(acme, alice, bob, hidden, zoe):
    with workspace_scope(acme.pk):
        twin = ContactFactory(owner=bob, first_name="Zoe", last_name="Visibel")
        PositionFactory(contact=twin, organization=hidden)
        for each in (zoe, twin):
            each.emails.create(address="zoe@nw.example")
        finder = FINDERS["contact"]
        for member, sees in ((fresh(alice), True), (fresh(bob), False)):
            [pair] = finder.pairs(member).pairs
            [alike] = finder.like_record(zoe, member)
            told = [*pair.reasons, pair.one.hint, pair.other.hint, *alike.reasons, alike.record.hint]
            assert any(SECRET in words for words in told) is sees
