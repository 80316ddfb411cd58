"""What history does not keep of records because it only gains: the events that had happened by then."""

from workspaces.past import MOMENT, stand_in

from .models import EventLink


def shown_in_past() -> None:
    for links in EventLink.__subclasses__():
        table = links._meta.db_table
        stand_in(table, f"SELECT * FROM public.{table} WHERE occurred_at <= {MOMENT}")
