"""Cards of people: a file to take along, a QR code to scan. Both are readings that the trail knows."""

import segno
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from core.numbers import number
from records.pages import PAGES
from records.trail import note_exported, opens
from workspaces.doors import needs
from workspaces.requests import WorkspaceRequest

from .cards import card, cards, qr_svg, with_cards
from .models import Contact

#: as many people go into one file
MOST_CARDS = 200


@require_GET
@needs("contact", "view")
def card_file(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """The vCard of a person."""
    contact = find(request, pk)
    opens(request, Contact, pk)
    return answer(card(contact), slugify(contact.name) or "contact")


@require_GET
@needs("contact", "view")
def card_qr(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """The QR code of a person's card: for htmx the code alone, else on a page of its own."""
    page, contact = PAGES["contact"], find(request, pk)
    opens(request, Contact, pk)
    try:
        svg = qr_svg(card(contact))
    except segno.DataOverflowError:
        svg = SafeString()
    context = {"record": contact, "crumbs": page.crumbs(page.find(request, pk)), "svg": svg}
    return render(request, f"contacts/qr.html{'#code' * bool(request.htmx)}", context)


@require_GET
@needs("contact", "export")
def card_files(request: WorkspaceRequest) -> HttpResponse:
    """The vCards of the chosen people, `?ids=`, in one file; of those that the member may see."""
    ids = [number(text) for text in request.GET.getlist("ids")[:MOST_CARDS]]
    found = Contact.objects.visible_to(request.membership).filter(pk__in=ids).order_by("sort_name", "pk")
    people = list(with_cards(found, request.membership))
    note_exported(request, Contact, [contact.pk for contact in people])
    return answer(cards(people), "contacts")


def find(request: WorkspaceRequest, pk: int) -> Contact:
    """A person whom the member may see, with what the card says; 404 for any other."""
    PAGES["contact"].find(request, pk)
    return with_cards(Contact.objects.filter(pk=pk), request.membership).get()


def answer(text: str, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}.vcf"'
    return HttpResponse(text, "text/vcard; charset=utf-8", headers={"Content-Disposition": disposition})
