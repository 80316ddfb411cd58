from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core.statements import Statement

from .models import User

YEAR = 365 * 24 * 60 * 60
BY_ID = Statement(lambda id: User.objects.filter(pk=id), id=int)


class Backend(AuthenticationBackend):
    """Sign-in by e-mail. Who comes with a request is read by a statement that is compiled once."""

    def get_user(self, user_id: int) -> User | None:
        user = next(iter(BY_ID(id=user_id)), None)
        return user if self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    """How allauth's accounts behave in Rapport."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A letter's links lead to the address of the site, whatever host and port the request named."""
        asked = self.request.build_absolute_uri("/")
        links = {
            name: f"{settings.SITE_URL}/{value.removeprefix(asked)}"
            for name, value in context.items()
            if isinstance(value, str) and value.startswith(asked)
        }
        super().send_mail(template_prefix, email, context | links)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures count for an e-mail from one address: nobody locks a person out from elsewhere."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{self.get_client_ip(request)}"

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """A new browser gets the look that its person has chosen elsewhere."""
        response = super().post_login(request, user, **kwargs)
        if user.theme != "system":
            set_choice(response, "theme", user.theme)
        return response


def set_choice(response: HttpResponse, name: str, value: str) -> None:
    """Keep a choice of the reader's (theme, language) in this browser."""
    response.set_cookie(name, value, max_age=YEAR, secure=settings.HTTPS, samesite="Lax")
