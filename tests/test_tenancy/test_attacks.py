"""What a member of another workspace tries, with raw SQL under the application's own role.

The setting is fixed to the attacker's workspace: the policies guard against mistakes and against queries that forget
the workspace, not against code that is free to choose the setting.
"""

import pytest
from django.apps import apps
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.db.models import DateField, DateTimeField, Field, Model
from django.utils import timezone
from psycopg.errors import ForeignKeyViolation, InsufficientPrivilege

from activities.models import ActivityLink, Draft, Pin
from contacts.models import Contact
from core.tenancy import workspace_scope
from organizations.models import Organization
from tests.factories import (
    FACTORIES,
    ActivityLinkFactory,
    ContactEmailFactory,
    ContactFactory,
    DealFactory,
    OrganizationFactory,
    PositionFactory,
    TagFactory,
)
from ties.models import Tie
from workspaces.models import Membership, Workspace
from workspaces.tenancy import CompositeForeignKey, WorkspaceForeignKey

pytestmark = pytest.mark.django_db


def run(sql: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


@pytest.fixture
def acme_rows(acme, alice):
    """Something of acme's in every room."""
    contact = ContactFactory(workspace=acme, owner=alice)
    deal = DealFactory(workspace=acme, owner=alice)
    ContactEmailFactory(workspace=acme, contact=contact)
    PositionFactory(workspace=acme, contact=contact)
    ActivityLinkFactory(workspace=acme, contact=contact)
    TagFactory(workspace=acme)
    return {"contact": contact, "deal": deal}


@pytest.fixture
def as_charlie(acme_rows, charlie, elsewhere):
    """The scope that charlie's requests run in."""
    with workspace_scope(elsewhere.pk, user_id=charlie.user_id):
        yield elsewhere


#: keys of which a row has one alone, in groups; samples have the first of each
EITHER = {model: [("contact", "organization", "deal")] for model in (ActivityLink, Pin, Draft)} | {
    Tie: [("one_contact", "one_organization", "one_deal"), ("other_organization", "other_contact", "other_deal")]
}


def one_of_everything() -> dict[type[Model], Model]:
    """A row of each table of a workspace, in the scope that is open; those without a factory are made of samples."""
    rows: dict[type[Model], Model] = {}
    for model in tenant_models():
        if model is not Workspace and not hasattr(model, "pgh_tracked_model"):
            one_of(model, rows)
    return rows


def one_of(model: type[Model], rows: dict[type[Model], Model]) -> Model:
    if model not in rows:
        needed = {
            field.name: one_of(field.related_model, rows)
            for field in keys(model)
            if not field.null or any(field.name == group[0] for group in EITHER.get(model, ()))
        }
        rows[model] = FACTORIES[model](**needed) if model in FACTORIES else sample(model, needed)
    return rows[model]


def keys(model: type[Model]) -> list[WorkspaceForeignKey]:
    return [field for field in model._meta.local_fields if isinstance(field, WorkspaceForeignKey)]


def sample(model: type[Model], needed: dict[str, Model]) -> Model:
    """The row that came with what it refers to, or one with a value wherever there must be one."""
    fields = [f for f in model._meta.local_fields if not f.is_relation and not f.primary_key and not f.generated]
    wanted = [f for f in fields if not (f.null or f.has_default() or f.has_db_default())]
    values = {field.name: value_for(field) for field in wanted}
    return model.objects.filter(**needed).first() or model.objects.create(**values, **needed)


def value_for(field: Field) -> object:
    if isinstance(field, DateField):
        return timezone.now() if isinstance(field, DateTimeField) else timezone.localdate()
    return "1"


def tenant_models():
    return [m for m in apps.get_models() if m is Workspace or any(f.name == "workspace" for f in m._meta.local_fields)]


def test_reading_finds_nothing_of_acme_in_any_table(as_charlie, acme):
    for model in tenant_models():
        table, column = model._meta.db_table, "id" if model is Workspace else "workspace_id"
        assert run(f"SELECT FROM {table} WHERE {column} = %s", acme.pk) == 0, table
        assert run(f"SELECT FROM {table} WHERE {column} <> %s", as_charlie.pk) == 0, table


def test_without_a_scope_no_table_shows_or_takes_anything(acme_rows):
    for model in tenant_models():
        assert run(f"SELECT FROM {model._meta.db_table}") == 0, model
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        run("INSERT INTO records_tag (workspace_id, name, hue) VALUES (1, 'x', 0)")


def test_changing_and_deleting_touch_no_foreign_row(as_charlie, acme_rows):
    contact = acme_rows["contact"]
    assert run("UPDATE contacts_contact SET last_name = 'stolen' WHERE id = %s", contact.pk) == 0
    assert run("DELETE FROM contacts_contact WHERE id = %s", contact.pk) == 0
    assert run("UPDATE contacts_contact SET workspace_id = %s WHERE id = %s", as_charlie.pk, contact.pk) == 0


def test_inserting_into_another_workspace_is_refused(as_charlie, acme):
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Organization.objects.create(workspace_id=acme.pk, name="planted")


def test_moving_an_own_row_into_another_workspace_is_refused(as_charlie, acme):
    own = OrganizationFactory(workspace=as_charlie)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        run("UPDATE organizations_organization SET workspace_id = %s WHERE id = %s", acme.pk, own.pk)


def test_linking_an_own_row_to_a_foreign_one_is_refused_for_every_key_of_every_model(as_charlie, acme):
    """For each key: an own row, its key set to the id of a row that exists in acme."""
    with workspace_scope(acme.pk):
        foreign = one_of_everything()
    for model, row in one_of_everything().items():
        for key in keys(model):
            others = next((group for group in EITHER.get(model, ()) if key.name in group), ())
            values = dict.fromkeys(others) | {key.name: foreign[key.related_model].pk}
            own = model._base_manager.filter(pk=row.pk)
            with pytest.raises(DatabaseError) as refused, transaction.atomic():
                own.update(**values)
            # What the application may not change at all it cannot link elsewhere either.
            assert isinstance(refused.value.__cause__, ForeignKeyViolation | InsufficientPrivilege), key


def test_every_key_is_composite_so_that_the_attack_above_holds_for_all():
    for model in tenant_models():
        if hasattr(model, "pgh_tracked_model"):
            continue
        composite = {rule.field for rule in model._meta.constraints if isinstance(rule, CompositeForeignKey)}
        for field in model._meta.local_fields:
            if field.is_relation and field.name not in ("workspace", "user"):
                assert field.name in composite, f"{model._meta.label}.{field.name}"


def test_history_of_another_workspace_is_out_of_reach(as_charlie, acme_rows):
    assert run("SELECT FROM contacts_contactversion WHERE pgh_obj_id = %s", acme_rows["contact"].pk) == 0
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        run("UPDATE contacts_contactversion SET last_name = 'x'")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        run("DELETE FROM contacts_contactversion")


def test_rules_of_the_database_cannot_be_switched_off(as_charlie):
    for statement in (
        "ALTER TABLE contacts_contact DISABLE ROW LEVEL SECURITY",
        "DROP POLICY contacts_contact_rls ON contacts_contact",
        "SET LOCAL row_security = off; SELECT FROM contacts_contact",
        "TRUNCATE contacts_contact",
        "SET ROLE crm",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            run(statement)


@pytest.mark.parametrize("type_name", ["text", "record", "jsonb"])
def test_a_type_of_the_callers_own_runs_nothing_as_the_owner(as_charlie, type_name):
    """pg_temp is searched first for types; a domain's check is code, and would be the owner's in a definer."""
    run("CREATE TEMP TABLE runs (role text)")
    run(
        "CREATE FUNCTION pg_temp.evil(anyelement) RETURNS boolean LANGUAGE plpgsql AS $$"
        " BEGIN INSERT INTO pg_temp.runs VALUES (current_user); RETURN true; END $$"
    )
    base = "jsonb" if type_name == "jsonb" else "text"
    run(f"CREATE DOMAIN pg_temp.{type_name} AS pg_catalog.{base} CHECK (pg_temp.evil(VALUE))")
    for helper in (
        "records_search_hits(1, 'contact', 'raman', ARRAY['part'], 10, NULL, '{}', '{}', NULL, NULL)",
        "records_search_fold('raman')",
        "records_search_readings('raman', 'part')",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            run(f"SELECT public.{helper}")
    run("SELECT public.records_sort_key('Raman')")
    run("SELECT * FROM public.records_search_ids(ARRAY['contact'], 'raman novak', 10)")
    run("SELECT public.workspaces_slug_taken('acme'), public.workspaces_find_invitation('none')")
    contact = ContactFactory(workspace=as_charlie)
    run("UPDATE public.contacts_contact SET last_name = 'Raman' WHERE id = %s", contact.pk)
    run("DELETE FROM public.contacts_contact WHERE id = %s", contact.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT role::pg_catalog.text FROM pg_temp.runs")
        assert set(cursor.fetchall()) <= {("crm_app",)}


def test_a_user_sees_own_memberships_everywhere_and_nobody_elses(acme, charlie, alice):
    with workspace_scope(charlie.workspace_id, user_id=alice.user_id):
        own = set(Membership.objects.filter(user_id=alice.user_id).values_list("workspace_id", flat=True))
        assert own == {acme.pk}
        assert set(Workspace.objects.values_list("pk", flat=True)) == {acme.pk, charlie.workspace_id}


def test_a_join_carries_the_workspace(in_acme):
    sql = str(Contact.objects.select_related("owner").query)
    assert '"workspaces_membership"."workspace_id" = ("contacts_contact"."workspace_id")' in sql
