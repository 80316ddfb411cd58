"""What an activity can be: its kinds, how calls go and end, and what none of them can be."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .years import fault_of

KINDS = {"note": _("Note"), "call": _("Call"), "meeting": _("Meeting"), "task": _("Task")}
ICONS = {"note": "pencil-square", "call": "phone", "meeting": "user-group", "task": "check-circle"}
DIRECTIONS = {"out": pgettext_lazy("call", "Outgoing"), "in": pgettext_lazy("call", "Incoming")}
DIRECTION_ICONS = {"out": "phone-arrow-up-right", "in": "phone-arrow-down-left"}
CALLS = {"out": _("Outgoing call"), "in": _("Incoming call")}
OUTCOMES = {
    "connected": _("Connected"),
    "no_answer": _("No answer"),
    "busy": _("Busy"),
    "voicemail": _("Left a message"),
    "wrong_number": _("Wrong number"),
}
#: how far ahead of ours the clock of somebody else may be
CLOCKS_DIFFER = dt.timedelta(minutes=5)


def subject_of(kind: str, body: str) -> str:
    """A subject for what was written without one: its first line, else its kind."""
    first_line = body.strip().partition("\n")[0].strip()
    return Truncator(first_line).chars(80) if first_line else str(KINDS[kind])


def faults(
    kind: str,
    subject: str = "",
    body: str = "",
    direction: str = "",
    outcome: str = "",
    occurred_at: dt.datetime | None = None,
    due_at: dt.datetime | None = None,
    done_at: dt.datetime | None = None,
    **_others: Any,
) -> dict[str, str]:
    """Field -> reason, for what no activity can be."""
    found = {}
    if kind not in KINDS:
        found["kind"] = gettext("“%(kind)s” is not a kind of activity.") % {"kind": kind}
    if kind == "note" and not (subject.strip() or body.strip()):
        found["body"] = gettext("A note needs a text.")
    if kind == "task" and not subject.strip():
        found["subject"] = gettext("A task needs a subject.")
    if kind == "note" and done_at is None:
        found["occurred_at"] = gettext("Notes are not planned. Plan a task instead.")
    if direction and (kind != "call" or direction not in DIRECTIONS):
        found["direction"] = gettext("“%(direction)s” is not the direction of a call.") % {"direction": direction}
    if outcome and (kind != "call" or outcome not in OUTCOMES):
        found["outcome"] = gettext("“%(outcome)s” is not an outcome of a call.") % {"outcome": outcome}
    if done_at and done_at > timezone.now() + CLOCKS_DIFFER:
        found["occurred_at"] = gettext("What is done did not happen in the future.")
    if reason := fault_of(occurred_at, due_at, done_at):
        found["occurred_at"] = reason
    return found
