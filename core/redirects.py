from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import get_script_prefix
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRefresh
from django_htmx.middleware import HtmxDetails


class SeeOther(HttpResponseRedirect):
    """303: the answer to a POST is found there, by GET (RFC 9110, section 15.4.4)."""

    status_code = 303


def back(request: HttpRequest, default: str | None = None) -> HttpResponse:
    """To the page the reader was on (`next` of the form, else the referer, if it is ours), else to `default` or the
    start of the workspace. After a POST the answer is 303; htmx loads the page anew."""
    if request.headers.get("HX-Request"):
        return HttpResponseClientRefresh()
    return SeeOther(came_from(request) or default or get_script_prefix())


def asked_on(request: HttpRequest) -> str:
    """Path and query of the page on which htmx asks; "" where it does not, on a page elsewhere, or says no address."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    try:
        return htmx.current_url_abs_path or ""
    except ValueError:
        return ""


def came_from(request: HttpRequest) -> str:
    """The page the reader was on; "" where it is unknown or not ours."""
    for target in (request.POST.get("next"), request.GET.get("next"), request.headers.get("Referer")):
        if target and url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
            return target
    return ""
