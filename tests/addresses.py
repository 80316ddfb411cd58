"""Every address of the product, read from the URLconfs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern

#: no row has this id: what a reader may do with a row is no question of doors
SAMPLES = {"int": "987654321", "str": "x", "slug": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000000"}


@dataclass(frozen=True)
class Address:
    """One pattern of a URLconf."""

    name: str
    path: str
    view: object
    urlconf: str
    parameters: tuple[str, ...]

    @property
    def door(self):
        return getattr(self.view, "door", None)

    @property
    def site(self):
        """The admin site whose gate stands before the view."""
        model_admin = getattr(self.view, "model_admin", None)
        return getattr(self.view, "admin_site", None) or (model_admin and model_admin.admin_site)

    def __str__(self):
        return self.name or self.path

    def filled(self, values: Mapping[str, Sequence[object]]) -> Iterator[str]:
        """The paths that it stands for when each of its parameters takes each of the values given for it."""
        for chosen in product(*(values[parameter] for parameter in self.parameters)):
            yield reverse(self.name, self.urlconf, kwargs=dict(zip(self.parameters, chosen, strict=True)))


def addresses(urlconf: str) -> list[Address]:
    def walk(patterns, namespace: str, before: str, above: tuple[str, ...]) -> Iterator[Address]:
        for pattern in patterns:
            path = before + sample_of(pattern.pattern)
            parameters = above + parameters_of(pattern.pattern)
            if isinstance(pattern, URLResolver):
                below = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from walk(pattern.url_patterns, below, path, parameters)
            elif isinstance(pattern, URLPattern):
                yield Address(namespace + (pattern.name or ""), path, pattern.callback, urlconf, parameters)

    return list(walk(get_resolver(urlconf).url_patterns, "", "", ()))


def parameters_of(pattern) -> tuple[str, ...]:
    """What a path must be told to become one, by name."""
    return tuple(pattern.regex.groupindex) if isinstance(pattern, RegexPattern) else tuple(pattern.converters)


def sample_of(pattern) -> str:
    """A path that the pattern matches: its converters filled with samples; of the regular expressions, a known few."""
    route = str(pattern)
    for name, converter in pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        for written in (f"<{kind}:{name}>", f"<{name}>"):
            route = route.replace(written, SAMPLES[kind])
    if isinstance(pattern, RegexPattern):  # the admin's app list and its last resort
        return "workspaces/" if "app_label" in route else "nowhere"
    return route


PUBLIC = addresses(settings.ROOT_URLCONF)
INSIDE = addresses(settings.WORKSPACE_URLCONF)
