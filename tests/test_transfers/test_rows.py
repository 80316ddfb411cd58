"""Rows that are taken, changed, left and refused, each for its own reason."""

import csv
import datetime as dt
import io

import pytest

from contacts.models import Contact
from core.tenancy import workspace_scope
from deals.models import Deal, Stage
from organizations.models import Organization
from records.models import Stale
from tests.factories import ContactFactory, DealFactory, MembershipFactory, OrganizationFactory
from tests.importing import Importer, csv_bytes
from workspaces.models import Membership, Team

DEAL_COLUMNS = ["Deal id", "Name", "Owner", "Organization", "Stage", "Close date", "Value", "Tags"]


def deals(*rows: list[str]) -> bytes:
    return csv_bytes([DEAL_COLUMNS, *rows])


def pipeline_of(stages: list[Stage]) -> dict[str, str]:
    return {"pipeline": str(stages[0].pipeline_id), "date_order": "MDY"}


# --- refused ----------------------------------------------------------------------------------------------------------


def test_each_bad_row_is_refused_singly(importer: Importer, stages):
    MembershipFactory(name="Two Names")
    MembershipFactory(name="two names")
    OrganizationFactory(name="Globex")
    done = importer.run(
        "deal",
        deals(
            ["A1", "Good", "Alice Ostrowska", "Globex", "First", "", "10", ""],
            ["A2", "Bad date", "", "", "First", "13/31/2017", "10", ""],
            ["A3", "Bad owner", "Nobody Knows", "", "First", "", "10", ""],
            ["A4", "Unclear owner", "Two Names", "", "First", "", "10", ""],
            ["A5", "Bad stage", "", "", "Third", "", "10", ""],
            ["A6", "Bad value", "", "", "First", "", "ten", ""],
            ["A7", "Negative", "", "", "First", "", "-10", ""],
            ["A1", "Same id", "", "", "First", "", "10", ""],
            ["A9", "Unknown company", "", "Initech", "First", "", "10", ""],
            ["A10", "x" * 201, "", "", "First", "", "10", ""],
            ["A11", "Too short"],
            ["A12", "Too long", "", "", "First", "", "10", "", "more"],
            ["", "", "", "", "First", "", "", ""],
        ),
        **pipeline_of(stages),
        missing="refuse",
    )
    assert (done.created, done.refused, done.last_row) == (1, 12, 13)
    assert importer.refusals() == {
        3: "Close date: “13/31/2017” is not a date in the order month, day, year.",
        4: "Owner: There is no member called “Nobody Knows”.",
        5: "Owner: Several members are called “Two Names”.",
        6: "Stage or status: The pipeline has no stage called “Third”.",
        7: "Value: “ten” is not a number.",
        8: "Value: An amount can't be negative.",
        9: "External id: It is the same as on line 2.",
        10: "Organization: “Initech” was not found.",
        11: "Name: The text has 201 characters; at most 200 fit.",
        12: "The row has 2 cells, the headings 8.",
        13: "The row has 9 cells, the headings 8.",
        14: "Name: It is empty.",
    }
    assert Deal.objects.get().name == "Good"


def test_refused_rows_come_back_as_a_file(importer: Importer):
    importer.run("organization", csv_bytes([["Name", "Employees"], ["=1+1", "many"], ["Acme", "10"], ["-2", "x", "y"]]))
    answer = importer.client.get_w("transfers:refused", importer.newest.pk)
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == [
        ["Name", "Employees", "Line", "Reason"],
        ["'=1+1", "many", "2", "Employees: “many” is not a number."],
        ["-2", "x | y", "4", "The row has 3 cells, the headings 2."],
    ]
    page = importer.result().content.decode()
    assert "Employees: “many” is not a number." in page


def test_refused_rows_are_parted_as_the_file_was(importer: Importer):
    rows = [["Name", "Employees"], ["Globex; Brno", "many"]]
    importer.run("organization", csv_bytes(rows, delimiter=";"))
    answer = importer.client.get_w("transfers:refused", importer.newest.pk)
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[:2] == ["Name;Employees;Line;Reason", '"Globex; Brno";many;2;Employees: “many” is not a number.']


def test_formulas_are_text(importer: Importer):
    done = importer.run(
        "organization", csv_bytes([["Name", "Sector"], ['=HYPERLINK("x")', "+1 & more"], ["'=2", "@x"]])
    )
    with workspace_scope(done.workspace_id):
        names = dict(Organization.objects.values_list("name", "sector"))
    assert names == {'=HYPERLINK("x")': "+1 & more", "=2": "@x"}


def test_who_may_not_make_tags_uses_those_that_are_there(mara, client_of, stages):
    from records.models import Tag

    Tag.objects.create(name="Known")
    importer = Importer(client_of(mara))
    rows = [["1", "One", "", "", "First", "", "", "known"], ["2", "Two", "", "", "First", "", "", "known, new"]]
    done = importer.run("deal", deals(*rows), **pipeline_of(stages))
    assert (done.created, done.refused) == (1, 1)
    assert importer.refusals() == {3: "Tags: There is no tag “new”, and your role may not make one."}


# --- updated and left -------------------------------------------------------------------------------------------------


def test_update_by_key_leaves_what_the_file_does_not_say(importer: Importer, stages, alice):
    OrganizationFactory(name="Škoda Auto", sector="cars", employees=5, external_id="S")
    OrganizationFactory(name="Same", sector="x")
    content = csv_bytes([["Name", "Sector", "Employees"], ["SKODA AUTO", "", "7"], ["New", "y", ""], ["Same", "x", ""]])
    done = importer.run("organization", content, key="name")
    assert (done.created, done.updated, done.skipped, done.refused) == (1, 1, 1, 0)
    skoda = Organization.objects.get(external_id="S")
    assert (skoda.name, skoda.sector, skoda.employees, skoda.version) == ("SKODA AUTO", "cars", 7, 2)


def test_existing_records_may_be_left(importer: Importer, in_acme):
    OrganizationFactory(name="Globex", sector="old")
    done = importer.run(
        "organization", csv_bytes([["Name", "Sector"], ["Globex", "new"], ["Initech", "new"]]), existing="skip"
    )
    assert (done.created, done.updated, done.skipped) == (1, 0, 1)
    assert Organization.objects.get(name="Globex").sector == "old"


def test_without_a_key_every_row_is_new(importer: Importer, in_acme):
    OrganizationFactory(name="Globex")
    done = importer.run("organization", csv_bytes([["Name"], ["Globex"], ["Globex"]]), key="none")
    assert done.created == 2
    assert Organization.objects.filter(name="Globex").count() == 3


def test_a_row_that_fits_several_records_is_refused(importer: Importer, in_acme):
    OrganizationFactory(name="Globex")
    OrganizationFactory(name="globex")
    done = importer.run("organization", csv_bytes([["Name"], ["Globex"]]))
    assert (done.created, done.updated, done.refused) == (0, 0, 1)
    assert "not clear which one" in importer.refusals()[2]


def test_an_external_id_that_another_record_has_is_refused(importer: Importer, in_acme):
    OrganizationFactory(name="Globex", external_id="7")
    done = importer.run("organization", csv_bytes([["Name", "Id"], ["Initech", "7"], ["Globex", ""]]), key="name")
    assert (done.created, done.skipped) == (0, 1)
    assert importer.refusals() == {2: "External id: Another record has it."}


def test_records_in_the_trash_are_not_met(importer: Importer, in_acme, alice):
    OrganizationFactory(name="Globex", external_id="7").trash(by=alice.actor)
    done = importer.run("organization", csv_bytes([["Name", "Id"], ["Globex", "7"]]))
    assert done.created == 1
    assert Organization.objects.present().count() == 1


# --- deals ------------------------------------------------------------------------------------------------------------


def test_existing_deals_go_through_their_verbs(importer: Importer, stages, alice):
    first, second = stages
    moved = DealFactory(stage=first, external_id="1", currency="USD")
    won = DealFactory(stage=first, external_id="2", currency="USD")
    won.rows().win(by=alice.actor)
    lost = DealFactory(stage=second, external_id="3", currency="USD")
    lost.rows().lose(by=alice.actor)
    rows = [
        ["1", "Moved", "", "", "Second", "2/1/2018", "5", ""],
        ["2", "Reopened", "", "", "Second", "", "", ""],
        ["3", "Refused", "", "", "Won", "", "", ""],
        ["4", "New and lost", "", "", "closed lost", "3/4/2018", "", ""],
        ["5", "New and won to come", "", "", "Won", "3/4/2999", "", ""],
    ]
    done = importer.run("deal", deals(*rows), **pipeline_of(stages))
    assert (done.created, done.updated, done.refused) == (1, 2, 2)
    assert importer.refusals() == {
        4: "Stage or status: The deal is closed already.",
        6: "Close date: A deal is not closed in the future.",
    }
    moved.refresh_from_db()
    assert (moved.stage, moved.name, moved.expected_close, moved.value) == (second, "Moved", dt.date(2018, 2, 1), 500)
    won.refresh_from_db()
    assert (won.stage, won.status, won.closed_on) == (second, "open", None)
    assert won.stage_changes.count() == 3
    new = Deal.objects.get(external_id="4")
    assert (new.status, new.closed_on, new.stage) == ("lost", dt.date(2018, 3, 4), second)
    lost.refresh_from_db()
    assert lost.status == "lost"


def test_new_deals_go_below_those_of_their_stage(importer: Importer, stages):
    there = DealFactory(stage=stages[0], currency="USD")
    importer.run(
        "deal", deals(*[[str(n), f"Deal {n}", "", "", "First", "", "", ""] for n in range(3)]), **pipeline_of(stages)
    )
    assert list(Deal.objects.order_by("rank").values_list("name", flat=True)) == [
        there.name,
        "Deal 0",
        "Deal 1",
        "Deal 2",
    ]


def test_a_deal_without_a_name_gets_one_and_one_that_has_one_keeps_it(importer: Importer, stages):
    there = DealFactory(name="Fleet", stage=stages[0], external_id="1", currency="USD")
    OrganizationFactory(name="Globex")
    rows = [["1", "", "", "Globex", "", "", "", "GTX"], ["2", "", "", "Globex", "", "", "", "GTX"], ["3"] + [""] * 7]
    importer.run("deal", deals(*rows), **pipeline_of(stages))
    names = dict(Deal.objects.values_list("external_id", "name"))
    assert names == {"1": there.name, "2": "GTX, Globex", "3": "3"}


def test_a_status_column_alone_uses_first_and_last_stage(importer: Importer, stages):
    content = csv_bytes([["Name", "Status"], ["A", "Open"], ["B", "Won"], ["C", ""]])
    importer.run("deal", content, pipeline=str(stages[0].pipeline_id))
    found = dict(Deal.objects.values_list("name", "stage__name"))
    assert found == {"A": "First", "B": "Second", "C": "First"}


# --- organizations and people -----------------------------------------------------------------------------------------


def test_a_parent_may_come_later_and_must_not_make_a_circle(importer: Importer, in_acme):
    rows = [
        ["Child", "Mother"],
        ["Mother", "Grand"],
        ["Grand", "Child"],
        ["Lost", "Nobody"],
        ["Self", "Self"],
        ["", "Child"],
    ]
    done = importer.run("organization", csv_bytes([["Name", "Parent organization"], *rows]))
    assert (done.created, done.refused) == (5, 1)
    parents = dict(Organization.objects.values_list("name", "parent__name"))
    assert parents == {"Child": "Mother", "Mother": "Grand", "Grand": None, "Lost": None, "Self": None}
    taken = dict(done.refusals.filter(taken=True).values_list("line", "reason"))
    assert set(taken) == {4, 5, 6}
    assert taken[5] == "Parent organization: “Nobody” was not found."


PEOPLE = ["Full name", "E-mail", "Phone", "Mobile", "Company", "Job title", "Birthday", "Tags"]


def test_people_with_addresses_positions_and_new_organizations(importer: Importer, in_acme):
    OrganizationFactory(name="Globex")
    content = csv_bytes(
        [
            PEOPLE,
            [
                "Priya Raman",
                "priya@globex.example",
                "(202) 555-0110",
                "+420 602 123 456",
                "GLOBEX",
                "Buyer",
                "3/31/1980",
                "vip; new",
            ],
            ["Novák, Jan", "jan@initech.example", "", "", "Initech", "", "", ""],
            ["Cher", "", "", "", "initech", "", "", "vip"],
        ]
    )
    done = importer.run("contact", content)
    assert (done.created, done.refused) == (3, 0)
    priya = Contact.objects.get(last_name="Raman")
    assert (priya.first_name, priya.email, priya.phone, priya.birthday) == (
        "Priya", "priya@globex.example", "+12025550110", dt.date(1980, 3, 31),
    )  # fmt: skip
    assert list(priya.phones.values_list("kind", "number", "is_primary")) == [
        ("work", "+12025550110", True),
        ("mobile", "+420602123456", False),
    ]
    assert priya.positions.get().organization.name == "Globex"
    assert priya.positions.get().job_title == "Buyer"
    assert set(priya.tags.values_list("name", flat=True)) == {"vip", "new"}
    assert priya.version == 1
    assert Organization.objects.count() == 2
    assert Organization.objects.get(name="Initech").positions.count() == 2
    assert Contact.objects.get(last_name="Cher").first_name == ""


def test_people_are_met_by_email_and_keep_their_addresses(importer: Importer, in_acme, alice):
    there = Contact.create(
        by=alice.actor,
        first_name="Priya",
        last_name="Raman",
        emails=[{"kind": "work", "address": "Priya@Globex.example"}],
    )
    content = csv_bytes(
        [
            ["First name", "Last name", "E-mail", "Private e-mail", "Phone", "LinkedIn"],
            ["P.", "Raman", "priya@globex.example", "p@x.example", "202 555 0110", "http://linkedin.com/in/p"],
        ]
    )
    done = importer.run("contact", content, key="email")
    assert (done.created, done.updated) == (0, 1)
    there.refresh_from_db()
    assert (there.first_name, there.email, there.phone) == ("P.", "Priya@Globex.example", "+12025550110")
    assert there.linkedin == "https://linkedin.com/in/p"
    assert list(there.emails.values_list("address", "is_primary")) == [
        ("Priya@Globex.example", True),
        ("p@x.example", False),
    ]
    again = importer.run("contact", content, key="email")
    assert (again.updated, again.skipped) == (0, 1)


def test_who_edits_a_person_notices_the_lines_that_an_import_added(importer: Importer, in_acme, alice):
    work = {"kind": "work", "address": "priya@globex.example"}
    person = Contact.create(by=alice.actor, last_name="Raman", emails=[work])
    rows = [["Last name", "E-mail", "Private e-mail"], ["Raman", "priya@globex.example", "p@x.example"]]
    importer.run("contact", csv_bytes(rows), key="email")
    with pytest.raises(Stale):
        person.edit(by=alice.actor, seen=person.version, emails=[])
    assert person.emails.count() == 2


def test_people_are_met_by_name(importer: Importer, in_acme):
    ContactFactory(first_name="Zoë", last_name="Čapek")
    done = importer.run("contact", csv_bytes([["Name", "Job title"], ["Zoe Capek", "Boss"]]), key="name")
    assert (done.created, done.updated) == (0, 1)
    assert Contact.objects.get().job_title == "Boss"


# --- members ----------------------------------------------------------------------------------------------------------


def test_members_are_not_raised_above_the_importer(acme, client_of):
    from tests.conftest import member

    importer = Importer(client_of(member(acme, "Adam Kvapil", "admin")))
    done = importer.run(
        "member", csv_bytes([["Name", "Role", "Manager"], ["Eve", "Owner", ""], ["Rick", "Rep", "Eve Boss"]])
    )
    assert (done.created, done.refused) == (1, 1)
    assert importer.refusals() == {2: "This is above your own role."}


def test_a_file_gives_no_rights_to_who_signs_in_by_a_name(importer: Importer, alice, victor, mara):
    """Anybody may call himself what he likes."""
    with workspace_scope(victor.workspace_id):
        Membership.objects.filter(pk=victor.pk).update(name="Rick")
        Membership.objects.create(name=mara.name, role="rep")
    rows = [["Name", "Manager", "Role"], ["Eve", "Rick", ""], ["Rick", "", "Manager"], ["Tom", mara.name, ""]]
    done = importer.run("member", csv_bytes(rows))
    assert (done.created, done.updated, done.refused) == (0, 0, 3)
    assert importer.refusals() == {
        2: "Rick signs in already: change the role on the members' page.",
        3: "Rick signs in already: change the role on the members' page.",
        4: f"Several members are called “{mara.name}”.",
    }
    with workspace_scope(victor.workspace_id):
        assert Membership.objects.get(pk=victor.pk).role == "viewer"


def test_a_refused_member_leaves_no_manager_and_no_team_behind(acme, client_of):
    from tests.conftest import member

    importer = Importer(client_of(member(acme, "Adam Kvapil", "admin")))
    done = importer.run("member", csv_bytes([["Name", "Role", "Manager"], ["Eve", "Owner", "Eve Boss"]]))
    assert (done.created, done.refused) == (0, 1)
    with workspace_scope(acme.pk):
        assert not Membership.objects.filter(name="Eve Boss").exists()
        assert not Team.objects.exists()


def test_missing_organizations_are_made_for_rows_that_come_in_only(importer: Importer, stages):
    rows = [
        ["1", "Fleet", "", "Globex", "First", "", "1", ""],
        ["2", "Fleet", "Nobody Known", "Initech", "First", "", "1", ""],
    ]
    done = importer.run("deal", deals(*rows), missing="create", **pipeline_of(stages))
    assert (done.created, done.refused) == (1, 1)
    assert list(Organization.objects.values_list("name", flat=True)) == ["Globex"]


def test_nul_characters_are_left_out_of_what_comes_in_and_of_what_is_refused(importer: Importer, stages):
    rows = [["1", "Fl\0eet", "", "", "First", "", "1", ""], ["2", "Fleet", "No\0body", "", "First", "", "1", ""]]
    more = [[f"{n}", "Rollout", "", "", "First", "", "1", ""] for n in range(3, 100)]  # else it is no text at all
    done = importer.run("deal", deals(*rows, *more), **pipeline_of(stages))
    assert (done.state, done.created, done.refused) == ("done", 98, 1)
    assert Deal.objects.get(external_id="1").name == "Fleet"
    assert done.refusals.get().cells[2] == "Nobody"
