"""The board: the open deals of a pipeline in the columns of its stages, filtered like their list."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from django.db.models import Case, Count, Exists, OuterRef, Q, Sum, Value, When
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from core import past
from core.formats import percent
from core.money import format_money
from core.numbers import number
from core.statements import Statement
from core.templatetags.ui import icon_symbols
from records.custom.columns import OfField
from records.listing import NextStep
from records.listing.page import ListPage
from workspaces.models import Membership
from workspaces.requests import WorkspaceRequest

from .cards import CARDS, MENU, NEXT_STEP, RANK, Card, Reader, Writer
from .comparison import Comparison, compare
from .listing import DealListing, DealStep
from .models import Deal, DealPulse, DealQuerySet, Pipeline, Stage, Stir
from .models.stir import SNAPSHOT
from .numbers import Numbers

#: what the list filters by and the board does not: it says which column one looks at, and holds open deals only
OWN = frozenset({"pipeline", "stage", "status", "closed_on", "close_reason"})
#: owners whose faces stand beside the filters
FACES = 7

PIPELINES = Statement(lambda: Pipeline.objects.all())
#: with what a transaction sees at that moment: cards are read after their columns
STAGES = Statement(lambda pipeline: Stage.objects.filter(pipeline=pipeline).annotate(seen=SNAPSHOT), pipeline=int)


class BoardListing(DealListing, registered=False):
    """The list of deals as far as the board shares it: filters, text, words."""

    columns: ClassVar[Any] = tuple(column for column in DealListing.columns if column.name not in OWN)
    #: conditions go from the list to the board and back
    asked = (*DealListing.columns, *DealListing.asked)
    none_yet = _("No open deals here yet.")


class Face(NamedTuple):
    """An owner to filter by; `url` is the board with or without that filter."""

    member: Membership
    url: str
    is_on: bool


@dataclass
class Column:
    """A stage with what is in it; amounts in minor units by currency."""

    stage: Stage
    count: int = 0
    late: int = 0
    minor: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    cards: list[Card] = field(default_factory=list)

    @property
    def weighted(self) -> dict[str, int]:
        """The amounts times the chance to win them."""
        return {currency: minor * self.stage.win_chance // 100 for currency, minor in self.minor.items()}

    @property
    def chance(self) -> str:
        return percent(self.stage.win_chance)


class Board(ListPage):
    """What one reader sees of a board: `{{ list.columns_shown }}`, worked out when the template asks for it."""

    def __init__(self, request: WorkspaceRequest, params: QueryDict | None = None):
        params = (request.GET if params is None else params).copy()
        params.pop("v", None)
        super().__init__(BoardListing, request, params)
        self.cards_order = NEXT_STEP if params.get("sort") == NextStep.kind else RANK
        self.written_ids: list[int] = []

    @property
    def path(self) -> str:
        return reverse("deals:board")

    @property
    def builder_url(self) -> str:
        return reverse("deals:board_where")

    # --- pipeline and columns -----------------------------------------------------------------------------------------
    @cached_property
    def pipelines(self) -> list[Pipeline]:
        return PIPELINES()

    @cached_property
    def pipeline(self) -> Pipeline | None:
        """The one that the address names, else the first; one that is not there is not found."""
        if not self.params.get("pipeline"):
            return self.pipelines[0] if self.pipelines else None
        wanted = {number(pk) for pk in self.params.getlist("pipeline")}
        found = next((pipeline for pipeline in self.pipelines if pipeline.pk in wanted), None)
        if found is None:
            raise Http404
        return found

    @cached_property
    def pipeline_links(self) -> list[tuple[Pipeline, str]]:
        links = [self.address.link(["stage"], pipeline=str(pipeline.pk)) for pipeline in self.pipelines]
        return list(zip(self.pipelines, links, strict=True))

    @property
    def title(self) -> str:
        return str(self.pipeline or super().title)

    @cached_property
    def stages(self) -> list[Any]:
        """Its stages, each with what this transaction `seen`."""
        return STAGES(pipeline=self.pipeline.pk) if self.pipeline else []

    @cached_property
    def current(self) -> Stage | None:
        """The stage that a phone shows."""
        wanted = {number(pk) for pk in self.params.getlist("stage")}
        return next((stage for stage in self.stages if stage.pk in wanted), self.stages[0] if self.stages else None)

    @cached_property
    def tabs(self) -> list[tuple[Column, str, bool]]:
        """(column, its address, is it shown) for the phone."""
        return [
            (column, self.address.link(stage=str(column.stage.pk)), column.stage == self.current)
            for column in self.columns_shown
        ]

    @cached_property
    def open_rows(self) -> DealQuerySet:
        rows: Any = self.matching
        return rows.filter(status="open")

    @cached_property
    def columns_shown(self) -> list[Column]:
        """The columns with their figures; one statement for all."""
        columns = {stage.pk: Column(stage) for stage in self.stages}
        rows = self.open_rows.filter(stage__in=list(columns)).order_by().values_list("stage_id", "currency")
        figures = rows.annotate(n=Count("pk"), sum=Sum("value"), late=self._late) if columns else ()
        for stage_id, currency, count, minor, overdue in figures:
            column = columns[stage_id]
            column.count, column.late = column.count + count, column.late + overdue
            if minor is not None:
                column.minor[currency] += int(minor)
        return list(columns.values())

    @property
    def _late(self) -> Any:
        """How many are late, which nobody asks of the past: there it would have to be worked out deal by deal."""
        if past.moment():
            return Value(0)
        return Count(
            "pk", filter=Q(pk__in=DealPulse.objects.filter(next_activity_at__lt=self.look.now).values("record"))
        )

    # --- figures ------------------------------------------------------------------------------------------------------
    @property
    def deals(self) -> int:
        return sum(column.count for column in self.columns_shown)

    @property
    def overdue(self) -> int:
        return sum(column.late for column in self.columns_shown)

    @property
    def open(self) -> str:
        return self.amounts(column.minor for column in self.columns_shown)

    @property
    def weighted(self) -> str:
        return self.amounts(column.weighted for column in self.columns_shown)

    def amounts(self, parts: Iterable[Mapping[str, int]]) -> str:
        """What parts add up to, currency by currency, the largest first: "£1,200 + $300"."""
        total: dict[str, int] = defaultdict(int)
        for part in parts:
            for currency, minor in part.items():
                total[currency] += minor
        if not total and self.pipeline:
            total[self.pipeline.currency] = 0
        ordered = sorted(total.items(), key=lambda amount: -amount[1])
        return " + ".join(format_money(minor, currency, self.look.language, 0) for currency, minor in ordered)

    @property
    def heads(self) -> list[tuple[Column, str, str]]:
        """(column, what is in it, the same weighted)."""
        return [(c, self.amounts([c.minor]), self.amounts([c.weighted])) for c in self.columns_shown]

    # --- cards --------------------------------------------------------------------------------------------------------
    @cached_property
    def reader(self) -> Reader:
        return Reader(self.open_rows, self.stages, self.cards_order, self.membership, self.further)

    @cached_property
    def further(self) -> list[Any]:
        """The columns of custom fields that cards show."""
        return [column for column in self.listing.columns if isinstance(column, OfField) and column.of.on_card]

    @cached_property
    def writer(self) -> Writer:
        note = self.comparison.note if self.comparison else None
        return Writer(self.look, self.cards_order, note, self.further)

    @cached_property
    def lists(self) -> list[tuple[Column, str, str, SafeString]]:
        """(column, what is in it, the same weighted, its cards)."""
        by_stage: dict[int, list[Card]] = defaultdict(list)
        for card in self.reader.first() if self.stages else ():
            by_stage[card.stage_id].append(card)
        after = self.params.get("after")
        if after and self.current:
            by_stage[self.current.pk] = self.reader.behind(self.current, after)
        return [(*head, self.written(head[0].stage, by_stage[head[0].stage.pk])) for head in self.heads]

    def more(self) -> SafeString:
        """The cards of the current stage behind a place."""
        if self.current is None:
            raise Http404
        return self.written(self.current, self.reader.behind(self.current, self.params.get("after", "")))

    def written(self, stage: Stage, cards: list[Card]) -> SafeString:
        """Some cards of a stage, and the link to those behind them. It has a place as well, right behind the last card:
        a blank comes before all that the key of another can go on with."""
        html = "".join(map(self.writer.html, cards[:CARDS]))
        self.written_ids += [card.pk for card in cards[:CARDS]]
        if len(cards) > CARDS:
            last = cards[CARDS - 1]
            link = self.address.link(stage=str(stage.pk), after=self.cards_order.cursor(last))
            url = f"{self.path}{link}".replace("&", "&amp;")
            html += (
                f'<li class="rest" data-order="{self.cards_order.key(last)} "><a class="btn" href="{url}"'
                f' hx-get="{url}" hx-trigger="intersect once" hx-target="closest li" hx-swap="outerHTML">'
                f"{_('Show more')}</a></li>"
            )
        return mark_safe(html)

    def changed(self, ids: list[int]) -> tuple[dict[int, SafeString], list[str]]:
        """What became of some deals: the cards of those that stand on the board by stage, and the ids of the others."""
        found = self.reader.these(ids) if self.stages else []
        cards: dict[int, str] = defaultdict(str)
        for card in found:
            cards[card.stage_id] += self.writer.html(card)
        gone = set(ids) - {card.pk for card in found}
        return {pk: mark_safe(html) for pk, html in cards.items()}, [f"deal-{pk}" for pk in sorted(gone)]

    @property
    def symbols(self) -> SafeString:
        return icon_symbols(MENU, *DealStep.MARKS.values())

    @property
    def shown_ids(self) -> list[int]:
        """Ids of the cards that were written so far, but for those that came only to be up to date; and of the deals
        that a comparison named, where it was worked out."""
        compared: Comparison | None = vars(self).get("comparison")
        return list(dict.fromkeys([*self.written_ids, *(compared.named_ids if compared else ())]))

    # --- then and now -------------------------------------------------------------------------------------------------
    @property
    def compare_url(self) -> str:
        """The board of a moment with what became of its deals, or without; "" on that of now."""
        if not past.moment() or not self.pipeline:
            return ""
        return self.address.link(["compare"]) if self.is_compared else self.address.link(compare="now")

    @property
    def is_compared(self) -> bool:
        return bool(past.moment() and self.params.get("compare"))

    @cached_property
    def comparison(self) -> Comparison | None:
        if not self.is_compared or not self.pipeline:
            return None
        rows = self.open_rows.filter(pipeline=self.pipeline)
        return compare(rows, lambda: Board(self.request).open_rows.filter(pipeline=self.pipeline), self.pipeline)

    @cached_property
    def numbers(self) -> Numbers | None:
        """How its deals have gone, where somebody asks for it."""
        return Numbers.asked(self)

    # --- ways ---------------------------------------------------------------------------------------------------------
    @cached_property
    def faces(self) -> list[Face]:
        """Some owners to filter by: those that are chosen, then who sells here: oneself, one's team, others."""
        me = self.membership
        chosen = {me.pk if value == "me" else number(value) for value in self.params.getlist("owner")}
        # Who sold there then would cost the past more than its cards.
        of_owner = Deal.objects.open().visible_to(me).filter(pipeline=self.pipeline, owner=OuterRef("pk"))
        sells = Q() if past.moment() else Exists(of_owner)
        near = Case(
            *(When(condition, then=Value(place)) for place, condition in enumerate(
                [Q(pk__in=chosen), Q(sells, pk=me.pk), Q(sells, team__isnull=False, team=me.team_id), Q(sells)]
            )),
            default=Value(9),
        )  # fmt: skip
        members = Membership.objects.filter(is_active=True).exclude(role="viewer").order_by(near, "name", "pk")[:FACES]
        faces = [
            Face(
                one,
                self.address.link(["owner"]) if one.pk in chosen else self.address.link(owner=str(one.pk)),
                one.pk in chosen,
            )
            for one in sorted(members, key=lambda one: one.name)
        ]
        return faces if len(faces) > 1 else []

    @property
    def is_by_step(self) -> bool:
        return self.cards_order is NEXT_STEP

    @property
    def by_rank_url(self) -> str:
        return self.address.link(["sort"])

    @property
    def by_step_url(self) -> str:
        return self.address.link(sort=NextStep.kind)

    @property
    def live_url(self) -> str:
        """Where the page asks what has happened since its columns were read; "" for nothing to follow."""
        return self.live_url_since(Stir.word(self.stages[0].seen)) if self.stages and not past.moment() else ""

    def live_url_since(self, word: str) -> str:
        return f"{self.path}{self.address.link(v=word)}"
