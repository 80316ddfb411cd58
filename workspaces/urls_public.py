"""Addresses outside the workspaces, from wherever one is."""

from django.conf import settings
from django.urls import get_script_prefix, reverse, set_script_prefix


def public_reverse(name: str, *args: object, **kwargs: object) -> str:
    """`reverse` with the public URLconf, also while a workspace's prefix is in force."""
    prefix = get_script_prefix()
    set_script_prefix("/")
    try:
        return reverse(name, urlconf=settings.ROOT_URLCONF, args=args, kwargs=kwargs)
    finally:
        set_script_prefix(prefix)
