"""A target whose rows become organizations or people: customer status, language, addresses and days to remember."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from core import postal
from core.text import fold
from records.models import ADDRESS_KINDS, CUSTOMER_STATUSES, Party, Source
from transfers import parsing
from transfers.batches import Batch
from transfers.kinds import Choice, Date, Kind, Text
from transfers.parsing import CellProblem
from transfers.record_target import RecordTarget
from transfers.staging import insert_rows
from transfers.targets import Field
from workspaces.choices import Choices, countries, languages


@dataclass(frozen=True)
class Named(Kind):
    """One of the many that the world has, by its code or by its name in English or the reader's language."""

    choices: Any
    fixable: bool = True

    def known(self) -> dict[str, str]:
        with override("en"):
            english: Choices = self.choices()
        named = {fold(name): code for code, name in [*english, *self.choices()]}
        return named | {fold(code): code for code, _name in english}

    def read(self, cell, how):
        text = parsing.text(cell, 100)
        if text and fold(text) not in (known := self.known()):
            raise CellProblem(_("“%(name)s” was not found.") % {"name": text})
        return known[fold(text)] if text else None

    def show(self, value, how):
        return dict(self.choices())[value]


STATUS = Field(
    "customer_status",
    gettext_lazy("Customer status"),
    Choice(CUSTOMER_STATUSES),
    "customer_status",
    "lifecycle stage, lead status, customer type",
)
LANGUAGE = Field("language", gettext_lazy("Language"), Named(languages), "language", "locale, spoken language")
ANNIVERSARY = Field("anniversary", gettext_lazy("Anniversary"), Date(), aliases="founding day, wedding anniversary")
#: parts of an address: their names, kinds and, for those of the first kind, further headings
PARTS: dict[str, tuple[Any, Kind, str]] = {
    "street": (postal.STREET, Text(300, multiline=True), "street, street address, address, address line 1"),
    "city": (postal.CITY, Text(120), "city, town"),
    "region": (gettext_lazy("Region"), Text(120), "state, province, region, county"),
    "postcode": (gettext_lazy("Postcode"), Text(20), "postcode, postal code, zip, zip code"),
    "country": (gettext_lazy("Country"), Named(countries), "country"),
}
USUAL = next(iter(ADDRESS_KINDS))
ADDRESS = tuple(
    Field(
        f"{kind}_{part}",
        format_lazy("{kind}: {part}", kind=label, part=name),
        how,
        aliases=f"{kind} address {part}, {others if kind == USUAL else ''}",
    )
    for kind, label in ADDRESS_KINDS.items()
    for part, (name, how, others) in PARTS.items()
)
PARTY = (STATUS, LANGUAGE, *ADDRESS, ANNIVERSARY)
#: when an address, and when a day, is there already
SAME_ADDRESS = (
    "old.record_id = new.record_id AND old.kind = new.kind AND old.street = new.street AND old.postcode = new.postcode"
    ' AND old.city_key = public.records_sort_key(new.city) COLLATE "C"'
)
SAME_DATE = "old.record_id = new.record_id AND old.name = new.name AND old.day = new.day"


class PartyTarget(RecordTarget):
    """Rows that become parties; the fields are `PARTY`, beside the target's own."""

    model: ClassVar[type[Party]]

    # --- addresses --------------------------------------------------------------------------------------------------
    def complete(self, batch: Batch) -> None:
        super().complete(batch)
        found: list[list[dict[str, str]]] = [[] for _row in range(len(batch))]
        for kind in ADDRESS_KINDS:
            if any(f"{kind}_{part}" in self.mapped for part in PARTS):
                self.read_addresses(batch, kind, found)
        batch.derived["addresses"] = found

    def read_addresses(self, batch: Batch, kind: str, found: list[list[dict[str, str]]]) -> None:
        """Add the addresses of a kind to those of each row; what their country does not know refuses the row."""
        for row, values in enumerate(zip(*(batch.column(f"{kind}_{part}") for part in PARTS), strict=True)):
            if not any(values):
                continue
            given = dict(zip(PARTS, values, strict=True))
            address = postal.tidied(given | {"country": given["country"] or self.how.region})
            for part, reason in postal.faults(address).items():
                batch.refuse(row, reason, f"{kind}_{part}")
            found[row].append(address | {"kind": kind})

    # --- writing ----------------------------------------------------------------------------------------------------
    def columns(self, batch: Batch) -> dict[str, list[Any]]:
        """New ones begin with the customer status of their source, unless the file says another."""
        columns = super().columns(batch)
        if "source" in self.mapped:
            first = dict(Source.objects.exclude(customer_status="").values_list("pk", "customer_status"))
            statuses, sources = batch.column("customer_status"), batch.column("source")
            columns["customer_status"] = [
                said or (None if row in batch.matched else first.get(sources[row])) for row, said in enumerate(statuses)
            ]
        return columns

    def write_parts(self, batch: Batch, rows: list[int], new: list[int]) -> set[int]:
        changed = super().write_parts(batch, rows, new)
        parts = self.write_addresses(batch, rows) | self.write_dates(batch, rows)
        self.touch(parts, batch, new)
        return changed | parts

    def write_addresses(self, batch: Batch, rows: list[int]) -> set[int]:
        """Add the addresses that a record lacks; none is taken away."""
        addresses = batch.derived["addresses"]
        given = [(batch.ids[row], address) for row in rows for address in addresses[row]]
        if not given:
            return set()
        model: Any = self.model.line_set("addresses").model
        known = [batch.ids[row] for row in rows if row in batch.matched]
        primary = set(model.objects.filter(record__in=known, is_primary=True).values_list("record_id", "kind"))
        names = ("kind", "country", *postal.THEIRS)
        columns: dict[str, list[Any]] = {name: [address[name] for _pk, address in given] for name in names}
        columns["record"] = [pk for pk, _address in given]
        columns["is_primary"] = [(pk, address["kind"]) not in primary for pk, address in given]
        return set(insert_rows(model, columns, unless=SAME_ADDRESS if known else "", returning="record"))

    def write_dates(self, batch: Batch, rows: list[int]) -> set[int]:
        days = batch.column("anniversary")
        given = [row for row in rows if days[row]]
        if not given:
            return set()
        model: Any = self.model.line_set("dates").model
        columns = {"record": [batch.ids[row] for row in given], "day": [days[row] for row in given]}
        there = SAME_DATE if batch.matched else ""
        names = {"name": [_("Anniversary")] * len(given)}
        return set(insert_rows(model, columns | names, unless=there, returning="record"))
