"""The pages of merging and of duplicates, from who may open them to the address that leads on."""

import pytest
from django.db import connection
from django.urls import reverse

from contacts.models import Contact, Position
from core.tenancy import workspace_scope
from records.duplicates import FINDERS
from records.models import ChangeSet, Distinct, Merged, change_set
from tests.battery_pages import page_text, statements
from tests.factories import ContactEmailFactory, ContactFactory, DealFactory, OrganizationFactory, PositionFactory
from tests.importing import Importer, csv_bytes
from tests.reading import filled_form, undo_path
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(acme, bob) -> Contact:
    return ContactFactory(workspace=acme, owner=bob, first_name="Priya", last_name="Raman", job_title="Buyer")


@pytest.fixture
def twin(acme, bob, priya) -> Contact:
    """Like priya: a shared address, and a near name at the same organization."""
    northwind = OrganizationFactory(workspace=acme, name="Northwind")
    twin = ContactFactory(workspace=acme, owner=bob, first_name="Priya", last_name="Ramen")
    for contact in (priya, twin):
        ContactEmailFactory(workspace=acme, contact=contact, address="priya@nw.example")
        PositionFactory(workspace=acme, contact=contact, organization=northwind)
    return twin


def compared(client, *records, name: str = "contacts:merge") -> str:
    return client.url(name) + "?" + "&".join(f"ids={record.pk}" for record in records)


def merge(client, *records, **changes: object):
    data = filled_form(page_text(client.get(compared(client, *records))), "merge")
    return client.post_w("contacts:merge", data=data | {"ids": [r.pk for r in records]} | changes)


# --- the screen -------------------------------------------------------------------------------------------------------
def test_two_people_become_one_and_two_again(client_of, bob, priya, twin, acme):
    client = client_of(bob)
    page = page_text(client.get(compared(client, priya, twin)))
    assert "Merge 2 people" in page
    assert "Ramen" in page
    answer = merge(client, priya, twin, master=priya.pk, **{"take-last_name": twin.pk})
    assert (answer.status_code, answer.url) == (303, client.url("contacts:detail", priya.pk))
    merged = page_text(client.get(answer.url))
    assert "Priya Ramen" in merged
    assert "Merged with Priya Ramen" in merged
    old = client.get_w("contacts:detail", twin.pk)
    assert (old.status_code, old.url) == (302, client.url("contacts:detail", priya.pk))
    assert client.get_w("contacts:edit", twin.pk).url == client.url("contacts:edit", priya.pk)
    client.post(undo_path(merged))
    assert "Priya Ramen" in page_text(client.get_w("contacts:detail", twin.pk))
    assert "Priya Raman" in page_text(client.get_w("contacts:detail", priya.pk))


def test_the_values_follow_the_record_that_is_kept(client_of, bob, priya, twin):
    client = client_of(bob)
    for kept, other in ((priya, twin), (twin, priya)):
        page = page_text(client.get(f"{compared(client, priya, twin)}&master={kept.pk}"))
        picked = filled_form(page, "merge")
        assert (picked["master"], picked["take-last_name"]) == (str(kept.pk), str(kept.pk))
        assert picked["take-job_title"] == str(priya.pk), "twin has none"
        assert f'href="?ids={priya.pk}&amp;ids={twin.pk}&amp;master={other.pk}"' in page


def test_a_merge_is_told_with_names_and_the_page_of_its_undo_says_what_stands_against_it(
    client_of, alice, priya, twin, acme
):
    client = client_of(alice)
    merge(client, priya, twin, master=priya.pk, **{"take-last_name": twin.pk})
    with workspace_scope(acme.pk):
        change_set = Merged.objects.get().versions.get().change_set_id
    told = page_text(client.get_w("records:change", change_set))
    assert "Merge added: Priya Ramen, Priya Ramen" in told
    before = page_text(client.get_w("records:undo", change_set))
    assert '<tr><th scope="row">Merges</th>' in before
    assert "Priya Ramen and Priya Ramen become records of their own again." in before
    with workspace_scope(acme.pk):
        priya.refresh_from_db()
        priya.edit(last_name="Rahman", by=alice.actor)
    stopped = page_text(client.get_w("records:undo", change_set))
    assert "Nothing was undone. A merge is undone whole or not at all: changed since." in stopped
    assert 'name="pick"' not in stopped
    assert f'action="{client.url("records:undo", change_set)}"' not in stopped
    picked = {"pick": [f"contacts_contact.last_name.{priya.pk}"]}
    assert client.post_w("records:undo", change_set, data=picked).status_code == 409
    with workspace_scope(acme.pk):
        assert Merged.objects.exists()


def test_a_merged_record_lies_in_the_trash_and_leaves_it_by_undo_alone(client_of, alice, priya, twin, acme):
    client = client_of(alice)
    merge(client, priya, twin, master=priya.pk)
    lies = page_text(client.get_w("trash:kind", "contact"))
    assert "Priya Ramen" in lies
    with workspace_scope(acme.pk):
        change = Merged.objects.get().versions.get().change_set_id
    assert f'href="{client.url("records:change", change)}"' in lies
    assert f'name="ids" value="{twin.pk}"' not in lies
    answer = client.post_w("trash:restore", "contact", data={"ids": [twin.pk]}, follow=True)
    assert "It was merged into another record. Undo the merge to get both back." in page_text(answer)
    assert client.get_w("contacts:detail", twin.pk).status_code == 302


def test_the_trash_leads_to_the_latest_merge_and_only_who_may_see_it(client_of, alice, bob, priya, twin, acme):
    client = client_of(alice)
    merge(client, priya, twin, master=priya.pk)
    for _time in range(2):
        with workspace_scope(acme.pk):
            latest = ChangeSet.objects.latest("pk")
        client.post_w("records:undo", latest.pk)
    with workspace_scope(acme.pk):
        redone = ChangeSet.objects.latest("pk")
    assert f'href="{client.url("records:change", redone.pk)}"' in page_text(client.get_w("trash:kind", "contact"))
    others = page_text(client_of(bob).get_w("trash:kind", "contact"))
    assert '<span class="tag">Merged</span>' in others
    assert client.url("records:change", redone.pk) not in others


def test_an_old_address_leads_through_later_merges_and_only_to_what_stands(client_of, bob, priya, twin, acme):
    client = client_of(bob)
    third = ContactFactory(workspace=acme, owner=bob, last_name="Third")
    merge(client, priya, twin, master=priya.pk)
    merge(client, priya, third, master=third.pk)
    assert client.get_w("contacts:detail", twin.pk).url == client.url("contacts:detail", third.pk)
    client.post_w("contacts:trash", third.pk)
    assert client.get_w("contacts:detail", twin.pk).status_code == 404


def test_an_old_address_is_followed_with_all_that_it_asks_for(client_of, bob, priya, twin, acme):
    client = client_of(bob)
    merge(client, priya, twin, master=priya.pk)
    old, new = client.url("contacts:detail", twin.pk), client.url("contacts:detail", priya.pk)
    assert client.get(f"{old}?list=q%3DRa%26sort%3Dname").url == f"{new}?list=q%3DRa%26sort%3Dname"
    head = client.head(old)
    assert (head.status_code, head.url) == (302, new)


@pytest.mark.parametrize(("days", "words"), [(1, "For 1 day undo gives"), (45, "For 45 days undo gives")])
def test_the_screen_says_for_how_long_a_merge_can_be_undone(client_of, bob, priya, twin, acme, days, words):
    with workspace_scope(acme.pk):
        Workspace.objects.update(trash_days=days)
    client = client_of(bob)
    assert words in page_text(client.get(compared(client, priya, twin)))


def test_what_was_merged_into_a_record_is_found_by_an_index(acme):
    with workspace_scope(acme.pk), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT record_id FROM records_merged"
            f" WHERE workspace_id = {acme.pk} AND record_table = 'contacts_contact' AND master_id = 7"
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "records_merged_master" in plan


def test_what_was_changed_meanwhile_is_looked_at_again(client_of, bob, mara, priya, twin, acme):
    client = client_of(bob)
    data = filled_form(page_text(client.get(compared(client, priya, twin))), "merge")
    with workspace_scope(acme.pk), change_set(by=mara.actor, source="web"):
        twin.edit(by=mara.actor, job_title="COO")
    refused = client.post_w("contacts:merge", data=data | {"ids": [priya.pk, twin.pk], "take-last_name": twin.pk})
    assert refused.status_code == 409
    text = page_text(refused)
    assert "Not merged. “Priya Ramen” is another one by now: Mara Lind changed this record at" in text
    assert filled_form(text, "merge")["take-last_name"] == str(twin.pk)
    again = client.post_w("contacts:merge", data=filled_form(text, "merge") | {"ids": [priya.pk, twin.pk]})
    assert again.status_code == 303


def test_a_rep_keeps_the_record_that_is_not_its_to_delete(client_of, bob, alice, priya, acme):
    others = ContactFactory(workspace=acme, owner=alice, last_name="Ramen")
    page = page_text(client_of(bob).get(compared(client_of(bob), priya, others)))
    assert f'name="master" value="{priya.pk}" disabled' in page
    foreign = ContactFactory.create_batch(2, workspace=acme, owner=alice)
    refused = client_of(bob).get(compared(client_of(bob), *foreign))
    assert refused.status_code == 403
    assert "moves all but one of the records to the trash" in page_text(refused)


def test_others_find_nothing_and_viewers_change_nothing(client_of, charlie, victor, acme, priya, twin):
    at_home = client_of(charlie)
    assert at_home.get(compared(at_home, priya, twin)).status_code == 404
    assert at_home.post_w("contacts:merge", data={"ids": [priya.pk, twin.pk]}).status_code == 404
    assert at_home.post_w("contacts:distinct", priya.pk, twin.pk).status_code == 404
    knocking = client_of(charlie, acme)
    assert knocking.get_w("contacts:duplicates").status_code == 404
    viewer = client_of(victor)
    for answer in (
        viewer.get(compared(viewer, priya, twin)),
        viewer.post_w("contacts:merge", data={"ids": [priya.pk, twin.pk]}),
        viewer.get_w("contacts:duplicates"),
        viewer.post_w("contacts:distinct", priya.pk, twin.pk),
        viewer.post_w("contacts:alike", data={"last_name": "Raman"}),
    ):
        assert answer.status_code == 403


def test_rows_that_were_ticked_are_compared(client_of, bob, priya, twin, acme):
    client = client_of(bob)
    answer = client.post_w("contacts:bulk", data={"action": "merge", "ids": [priya.pk, twin.pk]})
    assert (answer.status_code, answer.url) == (303, compared(client, priya, twin))
    alone = client.post_w("contacts:bulk", data={"action": "merge", "ids": [priya.pk]})
    assert alone.status_code == 409
    assert "Choose two to ten records" in page_text(alone)


def test_deals_and_organizations_are_merged_alike(client_of, alice, acme):
    client = client_of(alice)
    for name, records in (
        ("deals", DealFactory.create_batch(2, workspace=acme)),
        ("organizations", OrganizationFactory.create_batch(3, workspace=acme)),
    ):
        page = page_text(client.get(compared(client, *records, name=f"{name}:merge")))
        data = filled_form(page, "merge") | {"ids": [record.pk for record in records]}
        assert client.post_w(f"{name}:merge", data=data).status_code == 303
        with workspace_scope(acme.pk):
            assert type(records[0]).objects.present().count() == 1


def test_the_page_of_one_record_offers_what_is_like_it_and_any_other(client_of, bob, priya, twin, acme):
    client = client_of(bob)
    page = page_text(client.get(compared(client, priya)))
    assert "Same e-mail: priya@nw.example" in page
    assert "Similar name at Northwind" in page
    other = ContactFactory(workspace=acme, first_name="Colm", last_name="Daly")
    found = client.get(compared(client, priya) + "&other_text=Colm+Daly")
    assert found.url == compared(client, priya, other)
    assert client.get(compared(client, priya) + "&other_text=Nobody").status_code == 422
    assert compared(client, priya) in page_text(client.get_w("contacts:detail", priya.pk))


# --- duplicates -------------------------------------------------------------------------------------------------------
def test_pairs_are_listed_with_their_reasons_the_likeliest_first(client_of, bob, priya, twin, acme):
    lone, namesake = ContactFactory.create_batch(2, workspace=acme, first_name="Colm", last_name="Daly")
    text = page_text(client_of(bob).get_w("contacts:duplicates"))
    assert text.index(f'id="pair-{priya.pk}-{twin.pk}"') < text.index(f'id="pair-{lone.pk}-{namesake.pk}"')
    assert "Same e-mail: priya@nw.example" in text
    assert "Similar name at Northwind" in text
    assert "Same name" in text


def test_what_is_no_duplicate_is_remembered_until_undone(client_of, bob, priya, twin, acme):
    client = client_of(bob)
    pair = f'id="pair-{priya.pk}-{twin.pk}"'
    answer = client.post_w("contacts:distinct", twin.pk, priya.pk)
    listed = page_text(client.get(answer.url))
    assert pair not in listed
    assert "Same e-mail" not in page_text(client.get(compared(client, priya)))
    with workspace_scope(acme.pk):
        assert Distinct.objects.values_list("one", "other").get() == (priya.pk, twin.pk)
    client.post(undo_path(listed))
    assert pair in page_text(client.get_w("contacts:duplicates"))
    htmx = client.post_w("contacts:distinct", priya.pk, twin.pk, headers={"HX-Request": "true"})
    assert 'id="toasts" hx-swap-oob' in page_text(htmx)


def test_organizations_are_found_by_website_tax_id_and_name(client_of, bob, acme):
    def organization(name: str, website: str = "", **values):
        return OrganizationFactory(workspace=acme, name=name, website=website, **values)

    plain = organization("Northwind Freight", "https://www.northwind.example/about")
    limited = organization("NORTHWIND FREIGHT Ltd.")
    domain = organization("Something else", "http://northwind.example")
    near = organization("Northwind Freights")
    taxed = [organization(name, tax_id=tax) for name, tax in (("Alfa", "IT 0123-4567.890"), ("Beta", "it01234567890"))]
    organization("Northwind Leeds", "https://northwind.example", parent=plain)
    text = page_text(client_of(bob).get_w("organizations:duplicates"))
    for other in (limited, domain, near):
        assert f'id="pair-{plain.pk}-{other.pk}"' in text
    assert f'id="pair-{taxed[0].pk}-{taxed[1].pk}"' in text
    assert "Same tax id: it01234567890" in text
    assert text.count("Same website: northwind.example") == 2  # none of a company and its own branch


def test_a_switchboard_makes_nobody_a_duplicate(client_of, bob, acme):
    for contact in ContactFactory.create_batch(11, workspace=acme):
        ContactEmailFactory(workspace=acme, contact=contact, address="info@nw.example")
    assert "Same e-mail" not in page_text(client_of(bob).get_w("contacts:duplicates"))


def test_pages_of_pairs_follow_each_other(client_of, bob, acme, monkeypatch):
    monkeypatch.setattr("records.duplicates.finder.PAGE_SIZE", 2)
    for n in range(5):
        for contact in ContactFactory.create_batch(2, workspace=acme, first_name="", last_name=f"Twin{n}"):
            ContactEmailFactory(workspace=acme, contact=contact, address=f"twin{n}@nw.example")
    client, seen, path = client_of(bob), [], reverse("contacts:duplicates", urlconf="crm.workspace_urls")
    query = ""
    for _page in range(3):
        text = page_text(client.get(f"/w/acme{path}{query}"))
        seen += [part.partition('"')[0] for part in text.split('id="pair-')[1:]]
        query = text.partition('rel="next" href="')[2].partition('"')[0]
    assert query == ""
    assert len(seen) == len(set(seen)) == 5


def test_a_place_that_was_tampered_with_is_the_first_page(client_of, bob, priya, twin):
    client = client_of(bob)
    path = client.url("contacts:duplicates")
    assert f"pair-{priya.pk}-{twin.pk}" in page_text(client.get(f"{path}?after=nonsense&change_set=x"))


# --- while one types --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"emails-0-address": "PRIYA@nw.example"}, "Same e-mail: priya@nw.example"),
        ({"first_name": "Pria", "last_name": "Raman", "organization_text": "Northwind"}, "Similar name at Northwind"),
        ({"first_name": "Raman", "last_name": "Priya", "organization_text": "Northwind"}, "Similar name at Northwind"),
    ],
)
def test_who_is_there_already_is_shown_while_one_types(client_of, bob, priya, twin, typed, reason):
    client = client_of(bob)
    data = filled_form(page_text(client.get_w("contacts:create"))) | typed
    hint = client.post_w("contacts:alike", data=data)
    assert hint.status_code == 200
    assert reason in page_text(hint)
    assert client.url("contacts:detail", priya.pk) in page_text(hint)


def test_what_is_hidden_or_deleted_takes_no_place_among_what_is_shown(bob, alice, acme, monkeypatch):
    with workspace_scope(acme.pk):
        hidden = ContactFactory.create_batch(10, owner=alice)
        deleted = ContactFactory.create_batch(10, owner=bob)
        shown = ContactFactory(owner=bob)
        for contact in (*hidden, *deleted, shown):
            ContactEmailFactory(contact=contact, address="info@nw.example")
        Contact.objects.filter(pk__in=[contact.pk for contact in deleted]).trash(by=alice.actor)
        monkeypatch.setattr(Membership, "reachable_owner_ids", lambda self, scope: [bob.pk])
        found = FINDERS["contact"].like({"emails": [{"address": "info@nw.example"}]}, bob)
        assert [each.record for each in found] == [shown]


def test_what_is_no_duplicate_takes_no_place_among_those_that_may_be(bob, acme):
    with workspace_scope(acme.pk):
        one, *others = ContactFactory.create_batch(5, owner=bob)
        for contact in (one, *others):
            ContactEmailFactory(contact=contact, address="info@nw.example")
        for other in others[:3]:
            Distinct.say(one, other, by=bob.actor)
        assert [each.record for each in FINDERS["contact"].like_record(one, bob)] == others[3:]


def test_nothing_is_shown_for_what_nobody_is_like(client_of, bob, priya, twin):
    client = client_of(bob)
    data = filled_form(page_text(client.get_w("contacts:create"))) | {"first_name": "Tom", "last_name": "Okafor"}
    assert "<li>" not in page_text(client.post_w("contacts:alike", data=data))


def test_saving_asks_once_and_not_about_what_was_shown(client_of, bob, priya, twin, acme):
    client = client_of(bob)
    data = filled_form(page_text(client.get_w("contacts:create")))
    data |= {"last_name": "Twin", "emails-0-address": "priya@nw.example"}
    asked = client.post_w("contacts:create", data=data)
    assert asked.status_code == 422
    assert "Save anyway" in page_text(asked)
    assert client.post_w("contacts:create", data=data | {"anyway": "1"}).status_code == 303
    with workspace_scope(acme.pk):
        shown = list(Contact.objects.filter(emails__address="priya@nw.example").values_list("pk", flat=True))
    assert client.post_w("contacts:create", data=data | {"alike": shown}).status_code == 303


def test_an_organization_is_found_while_one_types(client_of, bob, acme):
    known = OrganizationFactory(workspace=acme, name="Müller GmbH", website="https://mueller.example")
    client = client_of(bob)
    data = filled_form(page_text(client.get_w("organizations:create")))
    for typed in ({"name": "Muller"}, {"website": "https://www.mueller.example/de"}, {"name": "Mullers & Co"}):
        hint = page_text(client.post_w("organizations:alike", data=data | typed))
        assert (client.url("organizations:detail", known.pk) in hint) == (typed.get("name") != "Mullers & Co")


def test_an_import_says_what_may_be_there_already(client_of, mara, acme, priya, twin):
    client = client_of(mara)
    importer = Importer(client)
    rows = [["Name", "E-mail", "External id"], ["Priya R", "priya@nw.example", "A-1"], ["Tom Okafor", "", "A-2"]]
    importer.upload("contact", csv_bytes(rows))
    assert "May be there already:" in page_text(client.get_w("transfers:mapping", importer.newest.pk))
    done = importer.run("contact", csv_bytes(rows), key="external_id")
    result = page_text(client.get_w("transfers:progress", done.pk))
    assert "1 new record looks like one that is there." in result
    address = f"{client.url('contacts:duplicates')}?change_set={done.change_set_id}"
    assert address in result
    text = page_text(client.get(address))
    assert f'id="pair-{priya.pk}-{twin.pk}"' not in text
    assert text.count("Same e-mail: priya@nw.example") == 2


def test_the_pages_cost_few_statements(client_of, bob, priya, twin, acme):
    client = client_of(bob)
    assert len(statements(client, client.url("contacts:duplicates"))) <= 7
    assert len(statements(client, compared(client, priya, twin))) <= 7
    assert len(statements(client, compared(client, priya))) <= 12


def test_only_what_one_may_see_is_found(client_of, bob, alice, acme, priya, twin, monkeypatch):
    """No role is kept from seeing people today; the finder asks all the same."""
    monkeypatch.setattr(Membership, "reachable_owner_ids", lambda self, scope: [alice.pk])
    with workspace_scope(acme.pk):
        finder = FINDERS["contact"]
        assert finder.pairs(bob).pairs == []
        assert finder.like({"emails": [{"address": "priya@nw.example"}]}, bob) == []
        assert Position.objects.count() == 2
