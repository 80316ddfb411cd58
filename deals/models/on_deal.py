"""Who is on a deal beside its organization: people in their roles, and competitors."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext

from contacts.models import Contact
from organizations.models import Organization
from records.models import Refusal
from workspaces.rights import Actor

from .parts import Person, Rival


class OnDeal:
    """Of a deal."""

    if TYPE_CHECKING:
        contact_links: Any
        competitor_links: Any

        def rows(self) -> Any: ...

        def edit(self, *, by: Actor, **values: Any) -> list[str]: ...

    def people(self) -> list[Person]:
        """Who is on the deal, the primary contact first."""
        links = self.contact_links.select_related("contact", "role")
        return [Person(link.contact, link.role, link.is_primary) for link in links]

    @transaction.atomic
    def add_person(self, person: Person, *, by: Actor) -> None:
        """Put a person on the deal, or change what it is there; a new primary contact takes the place of the old one.

        Raises what `edit` raises.
        """
        self.rows().locked()  # before its people are read: who changes them at the same time waits
        others = [other for other in self.people() if other.contact != person.contact]
        if person.is_primary:
            others = [Person(other.contact, other.role) for other in others]
        self.edit(by=by, people=[*others, person])

    @transaction.atomic
    def remove_person(self, contact: Contact, *, by: Actor) -> None:
        """Take a person off the deal. Raises what `edit` raises."""
        self.rows().locked()
        self.edit(by=by, people=[person for person in self.people() if person.contact != contact])

    def set_people(self, people: Iterable[Person]) -> bool:
        """Make these the people of the deal; tells whether anything changed. The first is primary when nobody is.

        Raises Refusal for a new person who is in the trash; one who is on the deal may stay there.
        """
        wanted = list(people)
        if wanted and not any(person.is_primary for person in wanted):
            wanted[0] = Person(wanted[0].contact, wanted[0].role, is_primary=True)
        links = {link.contact_id: link for link in self.contact_links.all()}
        before = {(link.contact_id, link.role_id, link.is_primary) for link in links.values()}
        if before == {(person.contact.pk, person.role and person.role.pk, person.is_primary) for person in wanted}:
            return False
        if any(person.contact.deleted_at for person in wanted if person.contact.pk not in links):
            raise Refusal(gettext("The person is in the trash."))
        # Those who leave and the old primary make room first: there is only one primary at any time.
        self.contact_links.exclude(contact__in=[person.contact for person in wanted]).delete()
        primary = [person.contact for person in wanted if person.is_primary]
        self.contact_links.filter(is_primary=True).exclude(contact__in=primary).update(is_primary=False)
        rows = [links.get(one.contact.pk) or self.contact_links.model(deal=self, contact=one.contact) for one in wanted]
        for row, person in zip(rows, wanted, strict=True):
            row.role, row.is_primary = person.role, person.is_primary
        write_links(self.contact_links, rows, ["role", "is_primary"])
        return True

    # --- competitors ------------------------------------------------------------------------------------------------
    def rivals(self) -> list[Rival]:
        """The competitors on the deal."""
        return [Rival(link.organization, link.note) for link in self.competitor_links.select_related("organization")]

    @transaction.atomic
    def add_rival(self, rival: Rival, *, by: Actor) -> None:
        """Name a competitor, or change the note about one. Raises what `edit` raises."""
        self.rows().locked()  # before they are read: who changes them at the same time waits
        others = [other for other in self.rivals() if other.organization != rival.organization]
        self.edit(by=by, rivals=[*others, rival])

    @transaction.atomic
    def remove_rival(self, organization: Organization, *, by: Actor) -> None:
        """Take a competitor off the deal. Raises what `edit` raises."""
        self.rows().locked()
        self.edit(by=by, rivals=[rival for rival in self.rivals() if rival.organization != organization])

    def set_rivals(self, rivals: Iterable[Rival]) -> bool:
        """Make these the competitors on the deal; tells whether anything changed. Raises Refusal for a new one that is
        in the trash."""
        wanted = {rival.organization.pk: rival for rival in rivals}
        links = {link.organization_id: link for link in self.competitor_links.all()}
        if {pk: link.note for pk, link in links.items()} == {pk: rival.note for pk, rival in wanted.items()}:
            return False
        if any(rival.organization.deleted_at for pk, rival in wanted.items() if pk not in links):
            raise Refusal(gettext("The organization is in the trash."))
        self.competitor_links.exclude(organization__in=wanted).delete()
        rows = []
        for pk, rival in wanted.items():
            link = links.get(pk) or self.competitor_links.model(deal=self, organization=rival.organization)
            link.note = rival.note
            rows.append(link)
        write_links(self.competitor_links, rows, ["note"])
        return True


def write_links(links: Any, rows: list[Any], fields: list[str]) -> None:
    """Write the new ones among the rows, and these fields of the others: a statement each. What stays as it is makes no
    version."""
    new = [row for row in rows if row.pk is None]
    links.bulk_update([row for row in rows if row.pk is not None], fields)
    links.bulk_create(new)
