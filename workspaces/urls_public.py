"""Addresses outside the workspaces, from wherever one is; and those inside one, from outside."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse, set_script_prefix, set_urlconf

if TYPE_CHECKING:
    from .models import Workspace


def public_reverse(name: str, *args: object, **kwargs: object) -> str:
    """`reverse` with the public URLconf, also while a workspace's prefix is in force."""
    prefix = get_script_prefix()
    set_script_prefix("/")
    try:
        return reverse(name, urlconf=settings.ROOT_URLCONF, args=args, kwargs=kwargs)
    finally:
        set_script_prefix(prefix)


@contextmanager
def at_home(workspace: "Workspace") -> Iterator[None]:
    """Addresses are those of the workspace's pages, as in a request for one: for the links in what a job writes."""
    prefix, urlconf = get_script_prefix(), get_urlconf()
    set_script_prefix(workspace.get_absolute_url())
    set_urlconf(settings.WORKSPACE_URLCONF)
    try:
        yield
    finally:
        set_script_prefix(prefix)
        set_urlconf(urlconf)
