"""Every door obeys one rule: lists, pages, search, board, panels, timelines, exports, history and trash."""

import re
from random import Random

import pytest
from django.http import QueryDict

from core.tenancy import workspace_scope
from records.listing import LISTINGS
from records.pages import PAGES
from records.search import matching_ids, search
from tests.factories import UserFactory
from tests.sight import MODELS, World, everywhere, fresh, furnished, mixed, name_of, staff
from workspaces.models import Membership, Workspace


def made(workspace: Workspace, setting, seed: int) -> tuple[World, dict[str, Membership]]:
    people, teams = staff(workspace)
    for one in people.values():
        if one.user_id is None:
            one.user = UserFactory()
            one.save(update_fields=["user"])
    return furnished(workspace, people.values(), teams, setting, Random(seed)), people


def names_in(response) -> set[str]:
    return set(re.findall(r"(?:Org|Per|Dea|Act)zz\d+q", response.content.decode()))


# --- what a member finds ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", range(6))
def test_querysets_search_and_lists_show_what_a_plain_reading_of_the_rule_shows(in_acme, seed):
    world, people = made(in_acme, mixed(Random(seed + 100)), seed)
    for one in people.values():
        member = fresh(one)
        for kind in ("organization", "contact", "deal", "activity"):
            model, expected = LISTINGS[kind].model, world.seen(member, kind)
            assert set(model.objects.visible_to(member).values_list("pk", flat=True)) == expected, (one.name, kind)
            assert {row.pk for row in model.objects.all() if row.allows("view", member)} == expected, (one.name, kind)
            assert set(LISTINGS[kind].matching(member, QueryDict()).values_list("pk", flat=True)) == expected
            found = matching_ids(kind, f"{kind[:3]}zz".replace("con", "per"), None, member)
            assert set(found) == expected, (one.name, kind)
        for row in world.everything:
            found = [record for kind in search(name_of(row), member) for record in kind.records]
            assert {name_of(record) for record in found} & world.secrets(member) == set()
            assert (row in found) == world.sees(member, row)


@pytest.mark.parametrize(
    ("who", "scope"),
    [("manager", "team"), ("other manager", "own"), ("rep", "own"), ("other rep", "team"), ("viewer", "all"),
     ("admin", "own")],
)
def test_no_page_says_the_name_of_what_its_reader_does_not_see(acme, client_of, who, scope):
    with workspace_scope(acme.pk):
        world, people = made(acme, everywhere(scope), 7)
        member = fresh(people[who])
        secrets = world.secrets(member)
        visible = [row for rows in world.rows.values() for row in rows if world.sees(member, row)]
        visible = Random(5).sample(visible, min(len(visible), 24))
        hidden = [row for row in world.everything if not world.sees(member, row)]
    client = client_of(member)
    assert secrets or who == "admin"
    for path in addresses(client, world, member, visible):
        asked = set(re.findall(r"[A-Z][a-z]{2}zz\d+q", path))  # what one looks for is said back
        answer = client.get(path, follow=True)
        assert answer.status_code == 200, path
        assert (names_in(answer) - asked) & secrets == set(), path
    for row in hidden:
        for name in ("detail", "edit", "history", "visibility"):
            status = client.get_w(f"{row.namespace}:{name}", row.pk).status_code
            assert status == 404 or (status == 403 and not member.may(row.record_name, "change")), (name, row)


def addresses(client, world: World, member: Membership, visible: list) -> list[str]:
    """Where the names of records may stand: lists with all columns, board, Today, search, log, trash, pickers, and the
    pages of what the member sees."""
    names = ["today", "reports:overview", "deals:board", "workspaces:visibility"]
    found = [client.url(name) for name in names]
    found += [client.url("history:log")] if member.may("history", "view") else []
    found += [client.url("trash:kind", kind) for kind in MODELS if member.may("trash", "view")]
    for kind, page in PAGES.items():
        path, pick = client.url(f"{page.model.namespace}:list"), client.url(f"{page.model.namespace}:pick")
        ids = {int(pk) for pk in re.findall(rf'<tr id="{kind}-(\d+)"', client.get(path).content.decode())}
        assert ids == world.seen(member, kind)
        columns = ",".join(column.name for column in LISTINGS[kind].columns[1:])
        found += [f"{path}?columns={columns}", f"{pick}?q={kind[:3].replace('con', 'per')}zz"]
    found += [f"{client.url('search')}?q={name}" for name in sorted(world.secrets(member))[:8]]
    for row in visible:
        found += [client.url(f"{row.namespace}:{name}", row.pk) for name in ("detail", "history", "visibility")]
        if world.may(member, row, "change"):
            found.append(client.url(f"{row.namespace}:edit", row.pk))
    return found
