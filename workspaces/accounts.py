from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .models import User

YEAR = 365 * 24 * 60 * 60


class AccountAdapter(DefaultAccountAdapter):
    """How allauth's accounts behave in Rapport."""

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """A new browser gets the look that its person has chosen elsewhere."""
        response = super().post_login(request, user, **kwargs)
        if user.theme != "system":
            set_choice(response, "theme", user.theme)
        return response


def set_choice(response: HttpResponse, name: str, value: str) -> None:
    """Keep a choice of the reader's (theme, language) in this browser."""
    response.set_cookie(name, value, max_age=YEAR, secure=settings.HTTPS, samesite="Lax")
