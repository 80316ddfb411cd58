"""What is said of a deal in a few words."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.formats import percent
from core.money import Money

from .reason import in_words


class InWords:
    """Of a deal."""

    if TYPE_CHECKING:
        organization: Any
        stage: Any
        reason: Any
        close_reason: str
        probability: int | None

        @property
        def money(self) -> Money | None: ...

        @property
        def is_open(self) -> bool: ...

        @property
        def chance(self) -> int: ...

        def get_status_display(self) -> str: ...

    @property
    def hint(self) -> str:
        with_whom = self.organization.name if self.organization and not self.organization.deleted_at else ""
        value = self.money.format(decimals=0) if self.money else ""
        step = self.stage.name if self.is_open else self.get_status_display()
        return " · ".join(part for part in (with_whom, value, step) if part)

    @property
    def why_ended(self) -> str:
        """The reason of the list and what somebody said besides; "" where nobody said any."""
        return in_words(self.reason, self.close_reason)

    @property
    def win_chance(self) -> str:
        """How likely it is won, in words; empty once it is decided."""
        if not self.is_open:
            return ""
        if self.probability is None:
            return percent(self.chance)
        words = _("%(chance)s, by hand; its stage says %(usual)s")
        return words % {"chance": percent(self.chance), "usual": percent(self.stage.win_chance)}
