"""The battery of record pages: what every record type's pages must do. A room's tests declare a case and inherit it.

class TestContactPages(PageBattery):
    case = PageCase(ContactPage, ContactFactory, values={"last_name": "Raman"}, change=("job_title", "Buyer"), …)
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from core.tenancy import workspace_scope
from records.choosing import RecordChoiceField
from records.models import ChangeSet, Record
from records.pages import RecordPage
from tests.conftest import WorkspaceClient
from tests.factories import TagFactory
from tests.reading import filled_form, undo_path
from workspaces.rights import SYSTEM

MOST_STATEMENTS = 14
HTMX = {"HX-Request": "true"}
#: what opens and closes the scope and its savepoints, and what the test itself asks
AROUND = ("SAVEPOINT", "RELEASE", "SET LOCAL", "SELECT coalesce(current_setting(")


@dataclass(frozen=True)
class PageCase:
    """What the battery needs to know of a record type."""

    page: type[RecordPage]
    factory: Callable[..., Record]
    #: a form that can be saved
    values: dict[str, Any]
    #: a field and the text that it is changed to
    change: tuple[str, str]
    #: a field that must not be blank, another one with what is typed into it meanwhile
    required: str
    typed: tuple[str, str]
    #: the fields that refer to another record, with what makes one
    refers: dict[str, Callable[..., Record]] = field(default_factory=dict)
    #: what the page needs beside the record: positions, deals, activities
    furnish: Callable[[Record], Any] = field(default=lambda record: None)


def statements(client: WorkspaceClient, path: str) -> list[str]:
    """The statements that read or write while a page is made."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in queries if not query["sql"].startswith(AROUND)]


def page_text(response) -> str:
    return response.content.decode()


def facts_of(page: str) -> str:
    """The part of a record's page that says how it is now."""
    return page.partition('<section class="facts"')[2].partition("</section>")[0]


class PageBattery:
    """Inherit, and declare `case`."""

    case: ClassVar[PageCase]

    @pytest.fixture
    def record(self, acme, bob) -> Record:
        """One of bob's."""
        record = self.case.factory(workspace=acme, owner=bob)
        with workspace_scope(acme.pk):
            self.case.furnish(record)
        return record

    def name(self, view: str) -> str:
        return f"{self.case.page.model.namespace}:{view}"

    def filled(self, client: WorkspaceClient, record: Record | None = None, **changes: str) -> dict[str, str]:
        """The fields of the form as a browser would send them back, with changes."""
        path = client.url(self.name("edit"), record.pk) if record else client.url(self.name("create"))
        return filled_form(page_text(client.get(path))) | changes

    # --- make ---------------------------------------------------------------------------------------------------------
    def test_a_rep_makes_one_and_owns_it(self, client_of, bob, acme):
        client = client_of(bob)
        answer = client.post_w(self.name("create"), data=self.filled(client) | self.case.values)
        assert answer.status_code == 303, page_text(answer)
        assert client.get(answer.url).status_code == 200
        with workspace_scope(acme.pk):
            record = self.case.page.model.objects.latest("pk")
            assert (record.owner, record.created_by) == (bob, bob)
            assert record.event_links.get().event.kind == "created"

    def test_what_was_typed_stays_beside_the_error(self, client_of, bob, acme):
        client = client_of(bob)
        name, typed = self.case.typed
        data = self.filled(client) | self.case.values | {self.case.required: "", name: typed}
        answer = client.post_w(self.name("create"), data=data)
        assert answer.status_code == 422
        assert typed in page_text(answer)
        assert f'id="id_{self.case.required}_error"' in page_text(answer)

    # --- change -------------------------------------------------------------------------------------------------------
    def test_an_edit_is_saved_shown_and_undone(self, client_of, bob, record):
        client = client_of(bob)
        name, value = self.case.change
        answer = client.post_w(self.name("edit"), record.pk, data=self.filled(client, record, **{name: value}))
        assert answer.status_code == 303, page_text(answer)
        page = page_text(client.get(answer.url))
        assert value in facts_of(page)
        client.post(undo_path(page))
        assert value not in facts_of(page_text(client.get(answer.url)))  # the timeline remembers it

    def test_a_field_of_one_line_takes_no_line_breaks_from_a_forged_form(self, client_of, bob, record, acme):
        client = client_of(bob)
        name, text = self.case.change
        assert isinstance(type(record)._meta.get_field(name), models.CharField)
        client.post_w(self.name("edit"), record.pk, data=self.filled(client, record, **{name: f"{text}\r\nA"}))
        with workspace_scope(acme.pk):
            assert getattr(self.fresh(record), name) == f"{text} A"

    def test_saving_what_was_not_changed_changes_nothing(self, client_of, bob, record, acme):
        client = client_of(bob)
        data = self.filled(client, record)
        with workspace_scope(acme.pk):
            before, changes = self.fresh(record).version, ChangeSet.objects.count()
        assert client.post_w(self.name("edit"), record.pk, data=data).status_code == 303
        with workspace_scope(acme.pk):
            assert (self.fresh(record).version, ChangeSet.objects.count()) == (before, changes)

    def test_an_edit_keeps_what_it_refers_to_in_the_trash(self, client_of, bob, record, acme):
        fields = self.case.page.form_class.base_fields.items()
        chosen = {name for name, field in fields if isinstance(field, RecordChoiceField)}
        assert chosen & {field.name for field in record._meta.concrete_fields} == self.case.refers.keys()
        with workspace_scope(acme.pk):
            others = {name: make() for name, make in self.case.refers.items()}
            record.rows().update(**others)
            for other in others.values():
                other.rows().trash(by=SYSTEM)
        client = client_of(bob)
        name, value = self.case.change
        answer = client.post_w(self.name("edit"), record.pk, data=self.filled(client, record, **{name: value}))
        assert answer.status_code == 303, page_text(answer)
        with workspace_scope(acme.pk):
            fresh = self.fresh(record)
            assert {name: getattr(fresh, name) for name in others} == others
        page = page_text(client.get(answer.url))
        for other in others.values():
            assert other.title in page
            assert client.url(f"{other.namespace}:detail", other.pk) not in page

    def test_two_who_edit_at_once_lose_nothing(self, client_of, bob, mara, record, acme):
        name, value = self.case.change
        bobs, maras = client_of(bob), client_of(mara)
        stale = self.filled(bobs, record, **{name: f"{value}!"})
        maras.post_w(self.name("edit"), record.pk, data=self.filled(maras, record, **{name: value}))

        refused = bobs.post_w(self.name("edit"), record.pk, data=stale)
        assert refused.status_code == 422
        text = page_text(refused)
        assert f'value="{value}!"' in text  # what bob typed
        assert f"<b>{value}</b>" in text  # what mara saved
        assert f'name="take" value="{name}"' in text

        again = filled_form(text)
        taken = bobs.post_w(self.name("edit"), record.pk, data=again | {"take": name})
        assert taken.status_code == 303
        with workspace_scope(acme.pk):
            assert str(getattr(self.fresh(record), name)) == value
        insisted = bobs.post_w(self.name("edit"), record.pk, data=self.filled(bobs, record, **{name: f"{value}!"}))
        assert insisted.status_code == 303
        with workspace_scope(acme.pk):
            assert str(getattr(self.fresh(record), name)) == f"{value}!"

    # --- one fact -----------------------------------------------------------------------------------------------------
    def test_a_fact_is_edited_in_its_place_and_undone(self, client_of, bob, record, acme):
        client = client_of(bob)
        name, value = self.case.change
        path = client.url(self.name("fact"), record.pk, name)
        assert f'href="{path}"' in page_text(client.get_w(self.name("detail"), record.pk))
        form = page_text(client.get(path, headers=HTMX))
        assert form.lstrip().startswith(f'<div class="fact editing" id="fact-{name}">')
        answer = client.post(path, filled_form(form, "in-place") | {name: value}, headers=HTMX)
        assert answer.status_code == 200, page_text(answer)
        text = page_text(answer)
        assert re.search(rf'<div class="fact" id="fact-{name}"><dt>.*?{value}', text)
        assert f'id="edit-{name}" href="{path}"' in text
        assert re.search(rf'id="edit-{name}" [^>]* autofocus>', text)
        assert "<html" not in text
        with workspace_scope(acme.pk):
            assert str(getattr(self.fresh(record), name)) == value
        client.post(undo_path(text))
        with workspace_scope(acme.pk):
            assert str(getattr(self.fresh(record), name)) != value

    def test_one_fact_leaves_all_others_alone(self, client_of, bob, record, acme):
        """What the form of one field does not show, it does not touch."""
        client = client_of(bob)
        name, value = self.case.change
        with workspace_scope(acme.pk):
            before = self.fresh(record)
        path = client.url(self.name("fact"), record.pk, name)
        answer = client.post(path, filled_form(page_text(client.get(path))) | {name: value})
        assert (answer.status_code, answer.url) == (
            303, f"{client.url(self.name('detail'), record.pk)}?pane=details#fact-{name}",
        )  # fmt: skip
        with workspace_scope(acme.pk):
            after = self.fresh(record)
            differ = {
                f.name
                for f in record._meta.concrete_fields
                if f.value_from_object(before) != f.value_from_object(after)
            }
            computed = {field.name for field in record._meta.concrete_fields if field.generated}
            assert differ - computed - {"version", "updated_at"} == {name}

    def test_a_fact_that_somebody_changed_meanwhile_says_who_and_what(self, client_of, bob, mara, record, acme):
        name, value = self.case.change
        bobs, maras = client_of(bob), client_of(mara)
        path = bobs.url(self.name("fact"), record.pk, name)
        stale = filled_form(page_text(bobs.get(path, headers=HTMX)), "in-place") | {name: f"{value}!"}
        maras.post_w(self.name("edit"), record.pk, data=self.filled(maras, record, **{name: value}))
        refused = bobs.post(path, stale, headers=HTMX)
        assert refused.status_code == 409
        text = page_text(refused)
        assert f"Not saved. Mara Lind changed this to “{value}”" in text
        assert f'value="{value}!"' in text
        insisted = bobs.post(path, filled_form(text, "in-place"), headers=HTMX)
        assert insisted.status_code == 200
        with workspace_scope(acme.pk):
            assert str(getattr(self.fresh(record), name)) == f"{value}!"

    def test_what_somebody_changed_elsewhere_does_not_stand_in_a_fact_s_way(self, client_of, bob, record, acme):
        name, value = self.case.change
        client = client_of(bob)
        path = client.url(self.name("fact"), record.pk, name)
        form = filled_form(page_text(client.get(path, headers=HTMX)), "in-place") | {name: value}
        with workspace_scope(acme.pk):
            record.rows().update(external_id="NW-20418")
            assert self.fresh(record).version > int(form["version"])
        assert client.post(path, form, headers=HTMX).status_code == 200
        with workspace_scope(acme.pk):
            fresh = self.fresh(record)
            assert (str(getattr(fresh, name)), fresh.external_id) == (value, "NW-20418")

    def test_a_fact_that_is_nobody_s_to_edit_is_not_found(self, client_of, bob, record):
        for name in ("created_at", "nothing"):
            assert client_of(bob).get_w(self.name("fact"), record.pk, name).status_code == 404

    # --- following ----------------------------------------------------------------------------------------------------
    def test_whoever_sees_it_may_follow_it_and_stop(self, client_of, victor, record, acme):
        client = client_of(victor)
        page = page_text(client.get_w(self.name("detail"), record.pk))
        if self.case.page.model.follower() is None:
            assert 'id="star"' not in page
            return
        assert 'id="star" aria-pressed="false"' in page
        for _again in range(2):
            star = page_text(client.post_w(self.name("follow"), record.pk, headers=HTMX))
        assert 'id="star" aria-pressed="true"' in star
        with workspace_scope(acme.pk):
            assert [follower.member for follower in record.followers.all()] == [victor]
        assert 'id="star" aria-pressed="true"' in page_text(client.get_w(self.name("detail"), record.pk))
        back = re.search(r'class="toast".*?action="([^"]+)"', star)[1]
        assert client.post(back).status_code == 303
        with workspace_scope(acme.pk):
            assert not record.followers.exists()

    def test_who_makes_one_follows_it(self, client_of, bob, acme):
        client = client_of(bob)
        client.post_w(self.name("create"), data=self.filled(client) | self.case.values)
        with workspace_scope(acme.pk):
            made = self.case.page.model.objects.latest("pk")
            if self.case.page.model.follower():
                assert [follower.member for follower in made.followers.all()] == [bob]

    # --- trash --------------------------------------------------------------------------------------------------------
    def test_what_is_deleted_is_gone_until_undo(self, client_of, bob, record):
        client = client_of(bob)
        answer = client.post_w(self.name("trash"), record.pk)
        assert (answer.status_code, answer.url) == (303, client.url(self.name("list")))
        listed = page_text(client.get(answer.url))
        path = client.url(self.name("detail"), record.pk)
        assert client.get(path).status_code == 404
        client.post(undo_path(listed))
        assert client.get(path).status_code == 200

    def test_it_comes_back_from_the_trash(self, client_of, bob, record):
        client = client_of(bob)
        client.post_w(self.name("trash"), record.pk)
        assert client.post_w(self.name("restore"), record.pk).status_code == 303
        assert client.get_w(self.name("detail"), record.pk).status_code == 200

    def test_it_stays_in_the_trash_while_its_external_id_is_in_use_again(self, client_of, bob, record, acme):
        with workspace_scope(acme.pk):
            record.rows().update(external_id="A-1")
            record.rows().trash(by=SYSTEM)
            self.case.factory(external_id="A-1")
        assert client_of(bob).post_w(self.name("restore"), record.pk).status_code == 409
        with workspace_scope(acme.pk):
            assert self.fresh(record).deleted_at

    # --- tags and files -----------------------------------------------------------------------------------------------
    def test_a_tag_is_put_on_and_taken_off(self, client_of, bob, record, acme):
        tag = TagFactory(workspace=acme, name="Key account")
        client = client_of(bob)
        answer = client.post_w(self.name("tags"), record.pk, data={"name": "key account"})
        assert answer.status_code == 303
        assert 'class="tag"' in page_text(client.get(answer.url))
        htmx = client.post_w(self.name("tags"), record.pk, data={"remove": tag.pk}, headers={"HX-Request": "true"})
        assert 'id="rec-tags" hx-swap-oob="true"' in page_text(htmx)
        assert 'class="tag"' not in page_text(htmx)

    def test_only_admins_make_new_tags(self, client_of, bob, alice, record):
        refused = client_of(bob).post_w(self.name("tags"), record.pk, data={"name": "Brand new"})
        assert refused.status_code == 409
        assert client_of(alice).post_w(self.name("tags"), record.pk, data={"name": "Brand new"}).status_code == 303

    def test_a_file_is_kept_downloaded_deleted_and_brought_back(self, client_of, bob, record, acme):
        client = client_of(bob)
        file = SimpleUploadedFile("rollout plan.pdf", b"%PDF-1.7 the plan")
        answer = client.post_w(self.name("files"), record.pk, data={"file": file})
        assert answer.status_code == 303
        assert "rollout plan.pdf" in page_text(client.get(answer.url))
        with workspace_scope(acme.pk):
            kept = record.files.get()
        download = client.get_w(self.name("file"), record.pk, kept.pk)
        assert b"".join(download.streaming_content) == b"%PDF-1.7 the plan"
        assert download["Content-Disposition"].startswith("attachment")
        assert download["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in download["Content-Security-Policy"]
        gone = client.post_w(self.name("file_delete"), record.pk, kept.pk)
        page = page_text(client.get(gone.url))
        assert client.get_w(self.name("file"), record.pk, kept.pk).status_code == 404
        client.post(undo_path(page))
        assert client.get_w(self.name("file"), record.pk, kept.pk).status_code == 200

    def test_a_page_in_disguise_is_no_picture(self, client_of, bob, record):
        file = SimpleUploadedFile("chart.png", b"<!doctype html><script>alert(1)</script>")
        refused = client_of(bob).post_w(self.name("files"), record.pk, data={"file": file})
        assert refused.status_code == 422
        assert "fit its name" in page_text(refused)

    # --- doors --------------------------------------------------------------------------------------------------------
    def test_another_workspace_finds_nothing(self, client_of, charlie, acme, record):
        at_home, knocking = client_of(charlie), client_of(charlie, acme)
        reading = ("detail", "edit", "tags")
        writing = ("edit", "trash", "restore", "tags", "files")
        writing += ("follow", "unfollow") if self.case.page.model.follower() else ()
        for client in (at_home, knocking):
            fact = client.url(self.name("fact"), record.pk, self.case.change[0])
            assert {client.get(fact).status_code, client.post(fact).status_code} == {404}
            assert {client.get_w(self.name(view), record.pk).status_code for view in reading} == {404}
            assert {client.post_w(self.name(view), record.pk).status_code for view in writing} == {404}
        assert knocking.get_w(self.name("pick"), data={"q": "a"}).status_code == 404

    def test_a_viewer_reads_and_changes_nothing(self, client_of, victor, record):
        client = client_of(victor)
        page = client.get_w(self.name("detail"), record.pk)
        assert page.status_code == 200
        assert client.url(self.name("edit"), record.pk) not in page_text(page)
        assert client.url(self.name("trash"), record.pk) not in page_text(page)
        fact = client.url(self.name("fact"), record.pk, self.case.change[0])
        assert fact not in page_text(page)
        assert {client.get(fact).status_code, client.post(fact).status_code} == {403}
        assert client.get_w(self.name("create")).status_code == 403
        for view in ("edit", "trash", "restore", "tags", "files"):
            assert client.post_w(self.name(view), record.pk).status_code == 403, view

    def test_a_rep_deletes_only_its_own(self, client_of, alice, bob, acme):
        others = self.case.factory(workspace=acme, owner=alice)
        assert client_of(bob).post_w(self.name("trash"), others.pk).status_code == 403
        assert client_of(bob).get_w(self.name("detail"), others.pk).status_code == 200

    # --- cost ---------------------------------------------------------------------------------------------------------
    def test_the_page_costs_few_statements(self, client_of, bob, record):
        client = client_of(bob)
        made = statements(client, client.url(self.name("detail"), record.pk))
        assert len(made) <= MOST_STATEMENTS, "\n".join(sql[:150] for sql in made)

    def test_what_is_typed_suggests_records(self, client_of, bob, record):
        with workspace_scope(record.workspace_id):
            key = self.fresh(record).sort_name
        for typed in (key[:1], key[:3].title(), record.title[:4].upper()):
            answer = client_of(bob).get_w(self.name("pick"), data={"q": typed})
            assert f'data-value="{record.pk}"' in page_text(answer), typed
        for nothing in ("qqzzxx", ""):
            assert 'role="option"' not in page_text(client_of(bob).get_w(self.name("pick"), data={"q": nothing}))

    def fresh(self, record: Record) -> Record:
        return type(record).objects.get(pk=record.pk)
