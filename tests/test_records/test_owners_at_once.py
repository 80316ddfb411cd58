"""Two people at the same moment, with real commits: turns are fair, and of two claims one wins."""

import threading

import pytest
from django.db import connection

from contacts.models import Contact
from core.tenancy import workspace_scope
from records.models import Refusal
from tests.factories import ContactFactory, MembershipFactory, TeamFactory
from workspaces.models import Membership, Workspace

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(member: Membership, *works) -> list[object]:
    """What each of the works gives, or raises, when all begin at the same moment on connections of their own."""
    start, results = threading.Barrier(len(works)), [None] * len(works)

    def run(place: int) -> None:
        try:
            with workspace_scope(member.workspace_id):
                start.wait(timeout=30)
                results[place] = works[place]()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[place]) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def test_turns_are_fair_when_many_make_records_at_once(acme, alice):
    with workspace_scope(acme.pk):
        team = TeamFactory(name="North")
        members = [MembershipFactory(name=name, team=team) for name in ("Ida", "Jan", "Kim")]
        Workspace.objects.filter(pk=acme.pk).update(owner_rules={"contact": f"team {team.pk}"})
        alice = Membership.objects.select_related("workspace").get(pk=alice.pk)

    def make() -> object:
        return Contact.create(by=alice.actor, last_name="Raman").owner_id

    drawn = [pk for _round in range(4) for pk in at_once(alice, make, make, make)]
    assert sorted(drawn) == sorted([member.pk for member in members] * 4)


def test_of_two_who_claim_at_once_one_wins_and_the_other_is_told(acme, alice, bob):
    contact = ContactFactory(workspace=acme)

    def claim(member: Membership):
        return lambda: Contact.objects.get(pk=contact.pk).claim(by=member.actor)

    results = at_once(alice, claim(alice), claim(bob))
    refused = [result for result in results if result is not None]
    assert len(refused) == 1
    assert isinstance(refused[0], Refusal)
    with workspace_scope(acme.pk):
        owner = Contact.objects.get().owner
    assert str(refused[0]) == f"{owner.name} took it a moment ago."
    assert owner == (alice if results[0] is None else bob)
