"""What became of one row, as pages tell it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .reading import Change
from .telling import whole_key

NOTHING = "–"


@dataclass(frozen=True)
class Line:
    """One field's story: "Stage", "Demo booked", "Proposal", "3 days in stage"."""

    name: str
    label: str
    was: str
    now: str
    aside: str = ""

    @property
    def was_empty(self) -> bool:
        return self.was == NOTHING


@dataclass
class Story:
    """What became of one row: `sign` is "+", "-" or "~"; `what` names the row, `lines` are its fields, `restorable` the
    names of those whose old value can be given back."""

    change: Change
    sign: str
    label: str
    what: str
    whole: str
    url: str
    lines: list[Line] = field(default_factory=list)
    restorable: set[str] = field(default_factory=set)

    @property
    def is_own(self) -> bool:
        """Is it told of the record itself, and not of a part?"""
        return not (whole_key(self.change.model) or self.change.model.between)

    @property
    def is_one_line(self) -> bool:
        """Does its one line say it all?"""
        return self.sign == "~" and len(self.lines) == 1 and (self.is_own or not self.what)

    @property
    def sentence(self) -> str:
        names = {"label": self.label, "what": self.what}
        if self.sign == "+":
            return _("%(label)s added: %(what)s") % names if self.what else _("%(label)s added") % names
        if self.sign == "-":
            return _("%(label)s removed: %(what)s") % names if self.what else _("%(label)s removed") % names
        return _("%(label)s %(what)s") % names
