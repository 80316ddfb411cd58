"""The part of the battery of lists that does something with many rows."""

from django import forms

from core.tenancy import workspace_scope
from records.pages import PAGES
from tests.battery_pages import page_text
from tests.importing import run_jobs
from tests.list_case import OfList, ids_in
from tests.reading import undo_path


class BulkBattery(OfList):
    def test_an_owner_is_set_for_chosen_rows_and_undone(self, client_of, alice, bob, acme):
        rows = [self.make(acme, owner=alice) for _ in range(3)]
        client = client_of(alice)
        asked = self.post(client, "owner", rows=rows[:2], query="sort=name")
        assert asked.status_code == 200
        assert f'value="{rows[0].pk}"' in page_text(asked)
        done = self.post(client, "owner", rows=rows[:2], query="sort=name", confirmed="1", owner=bob.pk)
        assert (done.status_code, done.url) == (303, f"{client.url(self.name('list'))}?sort=name")
        assert [self.fresh(row).owner for row in rows] == [bob, bob, alice]
        page = page_text(client.get(done.url))
        assert "2 records now belong to Bob Lindqvist." in page
        client.post(undo_path(page))
        assert self.fresh(rows[0]).owner == alice
        with workspace_scope(acme.pk):
            kinds = [[link.event.kind for link in row.event_links.order_by("event")] for row in rows]
        assert [each[-2:] for each in kinds] == [["changed", "undone"]] * 2 + [kinds[2]]
        assert "changed" not in kinds[2]

    def test_a_tag_is_put_on_all_that_match_and_taken_off(self, client_of, alice, bob, acme):
        mine = [self.make(acme, owner=alice) for _ in range(3)]
        other = self.make(acme, owner=bob)
        client = client_of(alice)
        self.post(client, "tag", all="1", query="owner=me", confirmed="1", new="Fair 2026")
        assert [self.tags_of(row) for row in (*mine, other)] == [{"Fair 2026"}] * 3 + [set()]
        with workspace_scope(acme.pk):
            tag = mine[0].tags.get()
        taken = self.post(client, "untag", rows=[mine[0], other], confirmed="1", tag=tag.pk)
        assert "Tag Fair 2026 taken off 1 record." in page_text(client.get(taken.url))
        assert [self.tags_of(row) for row in mine] == [set(), {"Fair 2026"}, {"Fair 2026"}]
        neither = self.post(client, "tag", rows=mine, confirmed="1")
        assert (neither.status_code, "Choose one tag." in page_text(neither)) == (422, True)

    def test_rows_are_deleted_and_come_back(self, client_of, alice, acme):
        rows = [self.make(acme) for _ in range(3)]
        client = client_of(alice)
        done = self.post(client, "delete", all="1", query="")
        page = page_text(client.get(done.url))
        assert "3 records deleted." in page
        assert str(self.case.listing.none_yet) in page
        client.post(undo_path(page))
        assert set(ids_in(self.get(client))) == {row.pk for row in rows}

    def test_a_field_is_set_on_chosen_rows_and_undone(self, client_of, alice, acme):
        rows = [self.make(acme, owner=alice) for _ in range(3)]
        client = client_of(alice)
        asked = page_text(self.post(client, "field", rows=rows[:2]))
        with workspace_scope(acme.pk):
            form = PAGES[rows[0].record_name].form_class(membership=alice)
        name = next(name for name in form.settable() if type(form.fields[name]) is forms.CharField)
        before = getattr(rows[0], name)
        assert f'<option value="{name}"' in asked
        assert "to-" not in asked
        control = self.post(client, "field", rows=rows[:2], confirmed="1", name=name)
        assert (control.status_code, f'name="to-{name}"' in page_text(control)) == (200, True)
        typed = {"confirmed": "1", "name": name, "asked": name, f"to-{name}": "Blue"}
        page = page_text(client.get(self.post(client, "field", rows=rows[:2], **typed).url))
        assert "set on 2 records." in page
        assert [getattr(self.fresh(row), name) for row in rows[:2]] == ["Blue", "Blue"]
        assert getattr(self.fresh(rows[2]), name) != "Blue"
        with workspace_scope(acme.pk):
            [said] = [link.event.data for link in rows[0].event_links.all() if link.event.kind == "changed"]
        assert said == {"fields": [name], "values": {name: [before or None, "Blue"]}}
        client.post(undo_path(page))
        assert getattr(self.fresh(rows[0]), name) == before
        long = self.post(client, "field", rows=rows, **typed | {f"to-{name}": "x" * 5000})
        assert (long.status_code, 'class="err"' in page_text(long)) == (422, True)

    def test_rows_are_followed_and_followed_no_longer(self, client_of, alice, bob, acme):
        if self.case.listing.model.follower() is None:
            assert self.post(client_of(alice), "follow", rows=[self.make(acme)]).status_code == 404
            return
        rows, client = [self.make(acme, owner=bob) for _ in range(3)], client_of(alice)
        for _ in range(2):  # who follows one already follows it once
            page = page_text(client.get(self.post(client, "follow", rows=rows[:2]).url))
            assert "You follow 2 records." in page
        assert set(ids_in(self.get(client, "followers=me"))) == {row.pk for row in rows[:2]}
        assert set(self.followed_after_undo(client, self.post(client, "unfollow", rows=rows))) == {
            row.pk for row in rows[:2]
        }
        self.post(client, "unfollow", rows=rows[:1])
        assert set(self.followed_after_undo(client, self.post(client, "follow", rows=rows))) == {rows[1].pk}
        self.post(client, "unfollow", rows=rows)
        assert ids_in(self.get(client, "followers=me")) == []

    def followed_after_undo(self, client, answer) -> list[int]:
        """What the member follows when the Undo of an answer's toast was pressed."""
        client.post(undo_path(page_text(client.get(answer.url))))
        return ids_in(self.get(client, "followers=me"))

    def test_what_is_too_much_at_once_is_a_job_with_one_undo(self, client_of, alice, bob, acme, monkeypatch):
        monkeypatch.setattr("records.listing.running.AT_ONCE", 3)
        monkeypatch.setattr("records.listing.running.BATCH", 2)
        rows, client = [self.make(acme, owner=alice) for _ in range(5)], client_of(alice)
        asked = self.post(client, "owner", all="1", query="owner=me", confirmed="1", owner=bob.pk)
        assert {self.fresh(row).owner for row in rows} == {alice}, "nothing happens in the request"
        assert "0 of 5" in page_text(client.get(asked.url))
        run_jobs()
        assert {self.fresh(row).owner for row in rows} == {bob}, "though the list shows none of them any longer"
        over = page_text(client.get(asked.url))
        assert 'Records changed</dt><dd class="num">5<' in over
        client.post(undo_path(over))
        assert {self.fresh(row).owner for row in rows} == {alice}

    def test_a_rep_changes_its_own_and_is_told_of_the_rest(self, client_of, alice, bob, acme):
        own, others = self.make(acme, owner=bob), [self.make(acme, owner=alice) for _ in range(2)]
        client = client_of(bob)
        done = self.post(client, "delete", rows=[own, *others])
        page = page_text(client.get(done.url))
        assert "1 record deleted." in page
        assert "Not changed: 2. You may do this only to records of your own." in page
        assert [self.fresh(row).deleted_at is None for row in others] == [True, True]

    def test_only_those_who_may_make_tags_make_them_here(self, client_of, bob, acme):
        own = self.make(acme, owner=bob)
        asked = page_text(self.post(client_of(bob), "tag", rows=[own]))
        assert 'name="tag"' in asked
        assert 'name="new"' not in asked
        assert self.post(client_of(bob), "tag", rows=[own], confirmed="1", new="Sneaky").status_code == 422

    def test_a_viewer_looks_on(self, client_of, victor, acme):
        row = self.make(acme)
        client = client_of(victor)
        page = page_text(self.get(client))
        assert f'id="{row.record_name}-{row.pk}"' in page
        assert 'name="ids"' not in page
        assert self.post(client, "delete", rows=[row]).status_code == 403

    def test_what_is_not_there_is_not_chosen(self, client_of, alice, charlie, acme, elsewhere):
        foreign, row = self.make(elsewhere), self.make(acme)
        client = client_of(alice)
        assert ids_in(self.get(client)) == [row.pk]
        self.post(client, "delete", rows=[foreign])
        assert self.fresh(foreign).deleted_at is None
        assert "Choose some rows first." in page_text(client.get(self.post(client, "delete").url))
        assert client.post_w(self.name("bulk"), data={"action": "delete", "ids": ["x", "9" * 30]}).status_code == 303
        assert self.post(client, "unheard-of", rows=[row]).status_code == 404
        assert client.get_w(self.name("bulk")).status_code == 405

    def test_another_workspace_finds_nothing(self, client_of, charlie, acme):
        knocking = client_of(charlie, acme)
        assert knocking.get_w(self.name("list")).status_code == 404
        assert self.post(knocking, "delete", all="1").status_code == 404
