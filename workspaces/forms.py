from django import forms


class SignupForm(forms.Form):
    """What sign-up asks beside e-mail and password."""

    def signup(self, request, user):
        """Called by allauth with the new user."""
