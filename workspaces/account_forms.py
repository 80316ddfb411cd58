"""allauth's forms in our words: an address is called "E-mail" here as on every other page."""

from typing import Any

from allauth.account import forms
from django.utils.translation import gettext_lazy as _


class SaysEmail:
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"email", "login"} & self.fields.keys():
            self.fields[name].label = _("E-mail")


class LoginForm(SaysEmail, forms.LoginForm):
    pass


class SignupForm(SaysEmail, forms.SignupForm):
    pass


class AddEmailForm(SaysEmail, forms.AddEmailForm):
    pass


class ResetPasswordForm(SaysEmail, forms.ResetPasswordForm):
    pass
