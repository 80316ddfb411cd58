from typing import Any

from contacts.models import Contact
from deals.models import Deal
from organizations.models import Organization
from records.models import Record, Sight
from records.models.sight import EVERYTHING, Reach, Why

ABOUT: tuple[type[Record], ...] = (Contact, Organization, Deal)


class ActivitySight(Sight):
    """A member sees its own activities and those of which it sees all that they are about; what is about nothing it
    sees by its owner, like the kind of record that is shown the least."""

    is_by_row = True

    def reach(self) -> Reach:
        return Reach()

    def condition(self, alias: str) -> str:
        text = super().condition(alias)
        if self.scope == "none" or self.keeps_all:
            return text
        sights = {model: model.sight(self.membership).condition("other") for model in ABOUT}
        if set(sights.values()) == {EVERYTHING}:
            return text
        hidden = " OR ".join(
            f"link.{model.record_name}_id IS NOT NULL AND NOT EXISTS ("
            f"SELECT FROM public.{model._meta.db_table} AS other"
            f" WHERE other.workspace_id = link.workspace_id AND other.id = link.{model.record_name}_id AND {sql})"
            for model, sql in sights.items()
            if sql != EVERYTHING
        )
        links = f"SELECT FROM public.activities_activitylink AS link WHERE link.workspace_id = {alias}.workspace_id"
        about = f"{links} AND link.activity_id = {alias}.id"
        seen = f"NOT EXISTS ({about} AND ({hidden})) AND ({text} OR EXISTS ({about}))"
        return f"({alias}.owner_id = {self.membership.pk} OR {seen})"

    def record_now(self, record: Any) -> Any:
        return next(iter(self.model._default_manager.raw(
            "SELECT id, owner_id FROM public.activities_activity WHERE id = %s", [record.pk]
        )), None)  # fmt: skip

    def why_now(self, record: Any) -> Why:
        """What is about several records is seen by all of them; none of them is named as the reason."""
        if record.owner_id == self.membership.pk:
            return "owner"
        if self.is_whole:
            return "keeper" if self.keeps_all else "all"
        return "all" if self.is_shown(record) else ""

    def is_shown(self, record: Any) -> bool:
        known = record.__dict__.setdefault("_shown", {})
        if self.membership.pk not in known:
            sql = f"SELECT id FROM public.activities_activity AS row WHERE id = %s AND {self.condition('row')}"
            known[self.membership.pk] = bool(list(self.model._default_manager.raw(sql, [record.pk])))
        return known[self.membership.pk]
