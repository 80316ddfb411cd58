"""The cast: alice owns acme, bob is a rep there, mara manages, victor may only view; charlie is elsewhere."""

import gc
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from core.tenancy import workspace_scope
from records.trail import noting
from workspaces.models import Membership, Workspace

from .factories import MembershipFactory, UserFactory, WorkspaceFactory

#: the files whose tests take longest, a minute and more some of them
LONG = ("test_every_page.py", "test_adding_a_record.py", "test_undo_properties.py", "test_merge_properties.py",
        "test_demo_run.py", "test_importing.py", "test_offers.py", "test_visibility.py")  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first; the short ones that follow let all processes end together."""
    items.sort(key=lambda item: item.path.name not in LONG)


def pytest_collection_finish() -> None:
    """All modules are loaded, and stay: the collector of garbage need not walk through them in every test."""
    gc.collect()
    gc.freeze()


def current_settings() -> tuple[str, ...]:
    """What is in force of the tenancy's settings: workspace, user, change set."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('app.workspace_id', true), ''),"
            " coalesce(current_setting('app.user_id', true), ''),"
            " coalesce(current_setting('app.change_set', true), '')"
        )
        return cursor.fetchone()


@pytest.fixture(autouse=True)
def plain_static_files(settings) -> None:
    """Pages link the files as they are: hashed names need a collectstatic, which tests have not run."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """Everybody of the cast has a password, and hardly a test asks for it: the product's own hash takes its time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


@pytest.fixture(autouse=True)
def trail(monkeypatch) -> Iterator[Callable[[], None]]:
    """The read trail waits in the process: no thread writes it, for it would not see what a test has not committed.
    Call it to write what was noted so far.
    """
    monkeypatch.setattr(noting.BUFFER, "start", lambda: None)
    buffer = noting.BUFFER
    noting.LATELY.noted.clear()
    yield buffer.flush
    buffer.waiting.clear()


class WorkspaceClient(Client):
    """A signed-in browser of one member. Each request must leave the tenancy's settings as it found them."""

    def __init__(self, membership: Membership, workspace: Workspace, **kwargs):
        super().__init__(**kwargs)
        self.membership, self.workspace = membership, workspace
        self.force_login(membership.user)

    def url(self, name: str, *args: object) -> str:
        """Path of a page of this workspace: `client.url("contacts:detail", 7)`."""
        return f"/w/{self.workspace.slug}" + reverse(name, urlconf="crm.workspace_urls", args=args)

    def get_w(self, name: str, *args: object, **kwargs):
        return self.get(self.url(name, *args), **kwargs)

    def post_w(self, name: str, *args: object, data: dict | None = None, **kwargs):
        return self.post(self.url(name, *args), data or {}, **kwargs)

    def request(self, **request):
        workspace, user, made_by_factories = current_settings()
        response = super().request(**request)
        clean = {(workspace, user, ""), (workspace, user, made_by_factories)}
        assert current_settings() in clean, "the request left a workspace's setting in force"
        return response


@pytest.fixture
def acme(db) -> Workspace:
    alice = UserFactory(name="Alice Ostrowska", email="alice@acme.example")
    return WorkspaceFactory(name="Acme", user=alice, currency="USD", country="US")


@pytest.fixture
def elsewhere(db) -> Workspace:
    charlie = UserFactory(name="Charlie Novák", email="charlie@elsewhere.example")
    return WorkspaceFactory(name="Elsewhere", user=charlie, currency="CZK", country="CZ")


def member(workspace: Workspace, name: str, role: str) -> Membership:
    user = UserFactory(name=name, email=f"{name.split()[0].lower()}@{workspace.slug}.example")
    membership = MembershipFactory(workspace=workspace, user=user, name=name, email=user.email, role=role)
    membership.workspace = workspace
    return membership


def owner_of(workspace: Workspace) -> Membership:
    with workspace_scope(workspace.pk):
        return Membership.objects.select_related("user", "workspace").get(role="owner")


@pytest.fixture
def alice(acme: Workspace) -> Membership:
    return owner_of(acme)


@pytest.fixture
def bob(acme: Workspace) -> Membership:
    return member(acme, "Bob Lindqvist", "rep")


@pytest.fixture
def mara(acme: Workspace) -> Membership:
    return member(acme, "Mara Lind", "manager")


@pytest.fixture
def victor(acme: Workspace) -> Membership:
    return member(acme, "Victor Prado", "viewer")


@pytest.fixture
def charlie(elsewhere: Workspace) -> Membership:
    return owner_of(elsewhere)


@pytest.fixture
def client_of() -> Callable[..., WorkspaceClient]:
    """`client_of(bob)` is bob's browser in his workspace; `client_of(charlie, acme)` has charlie knock at acme."""

    def open_browser(membership: Membership, workspace: Workspace | None = None, **kwargs) -> WorkspaceClient:
        with workspace_scope(membership.workspace_id, user_id=membership.user_id):
            home = membership.workspace
        return WorkspaceClient(membership, workspace or home, **kwargs)

    return open_browser


@pytest.fixture
def in_acme(acme: Workspace) -> Iterator[Workspace]:
    """The open scope of acme, for tests below the web."""
    with workspace_scope(acme.pk):
        yield acme


@pytest.fixture
def office(alice: Membership, bob: Membership, client_of):
    """Acme with something of everything; the records are bob's."""
    from .office import furnish  # which needs what stands above

    return furnish(alice, bob, client_of(alice))
