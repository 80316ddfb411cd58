"""The door of a workspace: everything below /w/<slug>/ runs inside the scope of that workspace, or answers 404."""

import zoneinfo

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

from core.redirects import asked_on
from core.statements import Statement
from core.tenancy import set_local, workspace_scope

from .changes import change_meta
from .models import Membership
from .views.public import not_found

PREFIX = "/w/"
MEMBERSHIP = Statement(
    lambda user, slug: (
        Membership.objects.select_related("workspace")
        .filter(user_id=user, is_active=True, workspace__slug=slug)
        .order_by()
    ),
    user=int,
    slug=str,
)


class WorkspaceMiddleware:
    """Open the workspace's scope around the whole answer, lazily rendered templates included.

    Sets `request.workspace` and `request.membership` (both None on public pages), and moves the script prefix below
    /w/<slug>/, so that `{% url %}` needs no workspace. ATOMIC_REQUESTS is the savepoint inside the scope's transaction
    that takes back what a raising view wrote.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.workspace = request.membership = None
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        slug, _, rest = request.path_info[len(PREFIX) :].partition("/")
        if not request.user.is_authenticated:
            return self.to_sign_in(request)
        with transaction.atomic():
            set_local(user_id=request.user.pk)
            membership = self.membership_of(request.user, slug)
            if membership is None:
                set_local(user_id=None)
                return in_words_of_reader(request, lambda request: not_found(request, Http404()))
            return self.answer(request, membership, slug, rest)

    @staticmethod
    def to_sign_in(request):
        """Sign-in, and from there back to the page. htmx is told to leave the page: sign-in is no part of it."""
        if not request.htmx:
            return redirect_to_login(request.get_full_path(), reverse(settings.LOGIN_URL))
        page = asked_on(request) or "/"
        return HttpResponseClientRedirect(redirect_to_login(page, reverse(settings.LOGIN_URL)).url)

    @staticmethod
    def membership_of(user, slug: str) -> Membership | None:
        return next(iter(MEMBERSHIP(user=user.pk, slug=slug)), None)

    def answer(self, request, membership: Membership, slug: str, rest: str):
        request.membership, request.workspace = membership, membership.workspace
        membership.user = request.user
        request.urlconf = settings.WORKSPACE_URLCONF
        request.path_info = f"/{rest}"
        prefix = get_script_prefix()
        set_script_prefix(f"{PREFIX}{slug}/")
        try:
            # Without the user from here on: it would show this person's memberships elsewhere among the members.
            meta = self.change_meta(request)
            workspace_id: int = membership.workspace_id  # type: ignore[assignment]
            with workspace_scope(workspace_id, to_the_end=True, user_id=None, change_set=None, change_meta=meta):
                response = self.get_response(request)
                if hasattr(response, "render") and not response.is_rendered:
                    response.render()
        finally:
            set_script_prefix(prefix)
        patch_vary_headers(response, ["HX-Request"])
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    @staticmethod
    def change_meta(request) -> str:
        """Who, where and how, for the change set that the database opens at the first change of this request."""
        source = "admin" if request.path_info.startswith("/admin/") else "web"
        address = get_adapter().get_client_ip(request)
        return change_meta(request.membership.actor, source, address=address, path=request.path_info)


class PreferencesMiddleware:
    """Language and time zone of the reader around the answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return in_words_of_reader(request, self.get_response)


def in_words_of_reader(request, answer):
    """The answer in language and time zone of the person, else of the workspace, else as the browser asks for."""
    user, workspace = request.user, request.workspace
    language = (
        getattr(user, "language", "")
        or (workspace and workspace.language)
        or translation.get_language_from_request(request)
    )
    zone = getattr(user, "time_zone", "") or (workspace and workspace.time_zone) or settings.TIME_ZONE
    # The thread's next request begins without them, whatever answers it.
    with translation.override(language), timezone.override(zoneinfo.ZoneInfo(zone)):
        request.LANGUAGE_CODE = translation.get_language()
        response = answer(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response
