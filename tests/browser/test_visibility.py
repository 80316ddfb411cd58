"""An admin narrows what reps see; a private deal vanishes for a colleague and comes back when it is named."""

from playwright.sync_api import expect

from deals.models import Deal, Stage
from tests.factories import DealFactory, MembershipFactory
from workspaces.models import Workspace

from .steps import axe_violations


def test_reps_see_their_own_and_whom_they_are_named_beside(open_page, acme, alice, bob, mara, inside, javascript):
    with inside():
        stage = Stage.objects.in_order().first()
        other = MembershipFactory(name="Rob Nunez")
        secret = DealFactory(name="Harbour lease", owner=mara, stage=stage, pipeline=stage.pipeline)
        DealFactory(name="Pilot vans", owner=bob, stage=stage, pipeline=stage.pipeline)
        DealFactory(name="Foreign fleet", owner=other, stage=stage, pipeline=stage.pipeline)
    boss = open_page(alice, javascript=javascript)
    boss.goto("/w/acme/settings/visibility/")
    boss.get_by_label("What the role “Rep” sees of deals").select_option("own")
    assert not javascript or axe_violations(boss) == []
    boss.get_by_role("main").get_by_role("button", name="Save").click()
    expect(boss.get_by_label("What the role “Rep” sees of deals")).to_have_value("own")
    with inside():
        assert Workspace.objects.get(pk=acme.pk).visibility["deal"] == {"rep": "own"}

    rep = open_page(bob, javascript=javascript)
    for path in ("/w/acme/deals/", "/w/acme/deals/board/", "/w/acme/search/?q=lease"):
        rep.goto(path)
        expect(rep.get_by_role("main")).not_to_contain_text("Harbour lease")
        expect(rep.get_by_role("main")).not_to_contain_text("Foreign fleet")
    rep.goto("/w/acme/deals/")
    expect(rep.get_by_role("main")).to_contain_text("Pilot vans")

    manager = open_page(mara, javascript=javascript)
    manager.goto(f"/w/acme/deals/{secret.pk}/?pane=related")
    manager.get_by_role("link", name="Change who sees this").click()
    manager.get_by_label("Private").check()
    manager.get_by_label("Bob Lindqvist").check()
    assert not javascript or axe_violations(manager) == []
    manager.get_by_role("button", name="Save").last.click()
    expect(manager.locator("#panel-visibility")).to_contain_text("Bob Lindqvist")
    with inside():
        assert Deal.objects.get(pk=secret.pk).is_private
        assert list(secret.viewers.values_list("member_id", flat=True)) == [bob.pk]

    rep.goto(f"/w/acme/deals/{secret.pk}/?pane=related")
    rep.get_by_role("link", name="Why do I see this?").click()
    expect(rep.get_by_text("You see it because you are named on it.")).to_be_visible()
