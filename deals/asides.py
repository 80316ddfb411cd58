"""What the page of a deal shows beside its columns, as SQL for the page's one statement; and what it makes of that."""

import datetime as dt
from typing import Any, NamedTuple

from django.utils import timezone

from core import past
from core.money import Money
from organizations.models import Organization
from records.models import seen_ids
from workspaces.models import Membership

from .models import Stage

#: stage -> seconds that the deal lay open in it, those since it came to where it is left out
STAYED = """
    SELECT coalesce(json_object_agg(stage.id, stage.seconds), '{}')
      FROM (SELECT from_stage_id AS id, extract(epoch FROM sum(stayed))::bigint AS seconds FROM deals_stagechange
             WHERE workspace_id = %(workspace)s AND deal_id = %(record)s AND from_status = 'open'
               AND from_stage_id IS NOT NULL GROUP BY from_stage_id) AS stage"""

#: the days that it was expected to close on and was not, each with the later one that took its place. What was undone
#: is none, nor is an undo: of all undos that lead back to a step the last says whether it stands, namely where it undid
#: an undo
SLIPS = """
    WITH RECURSIVE step AS (
        SELECT version.*, made.actor, made.undoes_id
          FROM (SELECT pgh_id AS id, pgh_created_at AS at, change_set_id, expected_close AS day,
                       lag(expected_close) OVER (ORDER BY pgh_id) AS before
                  FROM deals_dealversion WHERE workspace_id = %(workspace)s AND pgh_obj_id = %(record)s) AS version
          LEFT JOIN records_changeset AS made
            ON made.workspace_id = %(workspace)s AND made.id = version.change_set_id
         WHERE day IS DISTINCT FROM before
    ), undo (id, change_set_id, count) AS (
        SELECT id, change_set_id, 0 FROM step WHERE undoes_id IS NULL
         UNION SELECT undo.id, step.change_set_id, undo.count + 1
                 FROM undo JOIN step ON step.undoes_id = undo.change_set_id
    )
    SELECT coalesce(json_agg(json_build_object('was', was, 'now', day, 'who', actor, 'at', at) ORDER BY id), '[]')
      FROM (SELECT step.*, lag(day) OVER (ORDER BY id) AS was
              FROM step
              JOIN (SELECT DISTINCT ON (id) id, count FROM undo ORDER BY id, change_set_id DESC) AS last USING (id)
             WHERE mod(last.count, 2) = 0 AND day IS NOT NULL) AS slip
     WHERE day > was"""

LINES = """
    SELECT coalesce(json_agg(json_build_object(
               'name', name, 'quantity', quantity::text, 'price', price, 'discount', discount::text,
               'minor', round(quantity * price * (100 - discount) / 100)::bigint) ORDER BY position, id), '[]')
      FROM deals_dealline WHERE workspace_id = %(workspace)s AND deal_id = %(record)s"""

RIVALS = """
    SELECT coalesce(json_agg(json_build_object('link', link.id, 'id', rival.id, 'name', rival.name, 'note', link.note)
                             ORDER BY rival.sort_name, rival.id), '[]')
      FROM deals_dealcompetitor AS link JOIN organizations_organization AS rival
        ON rival.workspace_id = link.workspace_id AND rival.id = link.organization_id
     WHERE link.workspace_id = %(workspace)s AND link.deal_id = %(record)s AND rival.deleted_at IS NULL"""

NEXT = """
    SELECT next_activity_at FROM deals_dealpulse WHERE workspace_id = %(workspace)s AND record_id = %(record)s"""

ASIDES = {
    "stayed_list": STAYED,
    "slip_list": SLIPS,
    "line_list": LINES,
    "rival_list": RIVALS,
    "next_activity_at": NEXT,
}
DAY = 86_400


class Step(NamedTuple):
    """A stage on the way of a deal; `place` is what it is to the deal: "past", "skipped", "now" or "ahead"."""

    stage: Stage
    place: str
    days: int


def steps(deal: Any) -> list[Step]:
    """The stages of its pipeline, with the whole days that the deal has been in each, all its stays together."""
    stayed = {int(pk): seconds for pk, seconds in deal.stayed_list.items()}
    if deal.is_open:
        here = (past.now() - deal.stage_since).total_seconds()
        stayed[deal.stage_id] = stayed.get(deal.stage_id, 0) + here
    stages = list(deal.pipeline.stages.all())
    now = next((place for place, stage in enumerate(stages) if stage.pk == deal.stage_id), 0)

    def place_of(place: int) -> str:
        if place < now:
            return "past" if stages[place].pk in stayed else "skipped"
        return "ahead" if place > now else "now"

    return [Step(stage, place_of(place), int(stayed.get(stage.pk, 0) // DAY)) for place, stage in enumerate(stages)]


class Slip(NamedTuple):
    """A day of closing that was put off; `who` is "" where nobody knows."""

    was: dt.date
    now: dt.date
    who: str
    on: dt.date

    @property
    def days(self) -> int:
        return (self.now - self.was).days


def slips(deal: Any) -> list[Slip]:
    """How often the expected close was put off, by whom and until when; of a past moment nothing is said."""
    if past.moment():
        return []
    day = dt.date.fromisoformat

    def day_of(moment: str) -> dt.date:
        return timezone.localdate(dt.datetime.fromisoformat(moment))

    return [Slip(day(slip["was"]), day(slip["now"]), slip["who"] or "", day_of(slip["at"])) for slip in deal.slip_list]


class ShownLine(NamedTuple):
    """A line as the page of its deal shows it."""

    name: str
    quantity: str
    price: Money
    discount: str
    total: Money


def shown_lines(deal: Any) -> list[ShownLine]:
    def money(minor: int) -> Money:
        return Money(minor, deal.currency)

    return [
        ShownLine(one["name"], plain(one["quantity"]), money(one["price"]), plain(one["discount"]), money(one["minor"]))
        for one in deal.line_list
    ]


def plain(number: Any) -> str:
    """A decimal without the zeros behind it: "2.5", and "" for none at all."""
    text = str(number)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "" if text == "0" else text


def seen_rivals(deal: Any, membership: Membership) -> list[dict[str, Any]]:
    """The competitors on a deal, as far as the member sees them."""
    seen = seen_ids(Organization, {one["id"] for one in deal.rival_list}, membership)
    return [one for one in deal.rival_list if one["id"] in seen]
