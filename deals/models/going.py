"""Where a deal goes: to another stage, to its end, and back."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from workspaces.rights import Actor

from .pipeline import Stage
from .place import Place


class Going:
    """Of a deal."""

    if TYPE_CHECKING:
        objects: ClassVar[Any]

        def demand(self, action: str, *, by: Actor) -> None: ...

        def rows(self) -> Any: ...

    def move_to(
        self, stage: Stage, *, by: Actor, at: Place | None = None, seen: int | None = None, because: str = ""
    ) -> None:
        """Put the deal into another stage, or at another place of its own, which has to be named.

        Raises NotAllowed, Stale when it was changed since the version that was `seen`, and Refusal when it is closed or
        a rule stands against it (see `Rules`), unless who may override rules says why (`because`).
        """
        self.demand("change", by=by)
        self.rows().move_to(stage, by=by, at=at, seen=seen, because=because).or_refuse()

    def win(self, words: str = "", *, by: Actor, **how: Any) -> None:
        """Close the deal as won. `how` and what is raised beside NotAllowed and Stale: see `DealQuerySet.win`."""
        self.demand("change", by=by)
        self.rows().win(words, by=by, **how).or_refuse()

    def lose(self, words: str = "", *, by: Actor, **how: Any) -> None:
        """Close the deal as lost. Raises what `win` raises."""
        self.demand("change", by=by)
        self.rows().lose(words, by=by, **how).or_refuse()

    def abandon(self, words: str = "", *, by: Actor, **how: Any) -> None:
        """Close the deal without a decision. Raises what `win` raises."""
        self.demand("change", by=by)
        self.rows().abandon(words, by=by, **how).or_refuse()

    def reopen(self, *, by: Actor) -> None:
        """Take the closed deal back into the run. Raises NotAllowed, and Refusal when it is open."""
        self.demand("change", by=by)
        self.rows().reopen(by=by).or_refuse()

    # --- its place in the column --------------------------------------------------------------------------------------
    @classmethod
    def hold_places(cls, versions: models.QuerySet) -> None:
        """Columns are locked before their cards, see `move_to`."""
        stages = Stage.objects.filter(pk__in=versions.order_by().values("stage")).order_by("pk")
        list(stages.select_for_update(no_key=True).values_list("pk"))

    @classmethod
    def put_back(cls, ids: list[int]) -> None:
        """On top of their stage, like what is opened again: others took their places meanwhile."""
        cls.objects.filter(pk__in=ids)._rise()
