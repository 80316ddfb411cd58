"""The forms of the import: the file, and how its columns become fields."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.models.owner_rules import team_in_turn, usual_owner
from transfers import encodings
from transfers.engine import conventions
from transfers.kinds import Date, Integer, Moment, Money
from transfers.models import Import
from transfers.reading import DATE_ORDERS, DELIMITERS, Dialect, FileProblem
from transfers.survey import Survey
from transfers.targets import PREVIEW_AT_ONCE, TARGETS, ImportTarget, offered_to
from workspaces import choices
from workspaces.models import Membership

EXISTING = {
    "update": gettext_lazy("Update what is there"),
    "skip": gettext_lazy("Leave what is there as it is"),
}
NONE = "none"
DECIMALS = {".": gettext_lazy("Point: 1,234.50"), ",": gettext_lazy("Comma: 1.234,50")}


class UploadForm(forms.Form):
    """A file and what its rows are."""

    record = forms.ChoiceField(label=gettext_lazy("What the rows are"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV, at most 50 MB and 200 columns. Any delimiter and encoding."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
        error_messages={"empty": gettext_lazy("The file is empty.")},
    )

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        offered = [(target.record, target.label) for target in offered_to(member)]
        self.fields["record"].choices = offered
        if self.initial.get("record") not in dict(offered):
            self.initial["record"] = next(iter(dict(offered)), "")

    def receive(self) -> Import | None:
        """Take the file in; None when it can't be read, which the form then says beside the file."""
        try:
            return Import.receive(self.cleaned_data["file"], self.cleaned_data["record"], by=self.member)
        except FileProblem as problem:
            self.add_error("file", str(problem))
            return None


class DialectForm(forms.Form):
    """How the file is written, where that was not recognised."""

    delimiter = forms.ChoiceField(label=gettext_lazy("Delimiter"))
    encoding = forms.ChoiceField(label=gettext_lazy("Encoding"))
    header = forms.BooleanField(label=gettext_lazy("The first row holds headings"), required=False)

    def __init__(self, *args: Any, importing: Import, **kwargs: Any) -> None:
        self.importing = importing
        self.now = importing.how_written
        super().__init__(*args, initial=importing.dialect, **kwargs)
        delimiters = DELIMITERS | {self.now.delimiter: DELIMITERS.get(self.now.delimiter, self.now.delimiter)}
        self.fields["delimiter"].choices = list(delimiters.items())
        self.fields["encoding"].choices = encodings.choices(self.now.encoding)

    @property
    def delimiter_label(self) -> str:
        return str(dict(self.fields["delimiter"].choices)[self.now.delimiter])

    @property
    def encoding_label(self) -> str:
        return str(dict(self.fields["encoding"].choices)[self.now.encoding])

    def read_again(self) -> bool:
        """Read the file so; says beside the encoding why that is not possible."""
        chosen = {name: self.cleaned_data[name] for name in ("delimiter", "encoding", "header")}
        try:
            self.importing.read_as(Dialect(**self.importing.dialect | chosen))
        except FileProblem as problem:
            self.add_error("encoding", str(problem))
            return False
        return True


class MappingForm(forms.Form):
    """Which field each column fills, and what is done with the rows. `survey` is a look into the file.

    Unbound it shows what was chosen before, else what the file suggests.
    """

    key = forms.ChoiceField(label=gettext_lazy("Match rows by"))
    existing = forms.ChoiceField(label=gettext_lazy("Records that exist"), choices=EXISTING)
    date_order = forms.ChoiceField(
        label=gettext_lazy("Order of dates"),
        error_messages={"required": gettext_lazy("The dates can be read in two ways: say which.")},
    )
    decimal = forms.ChoiceField(label=gettext_lazy("Mark of the decimals"))
    currency = forms.ChoiceField(label=gettext_lazy("Currency of amounts"))
    owner = forms.ModelChoiceField(
        Membership.objects.none(),
        label=gettext_lazy("Owner of new records without one"),
        required=False,
        empty_label=gettext_lazy("Nobody"),
    )

    def __init__(self, *args: Any, importing: Import, member: Membership, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.importing, self.member, self.survey = importing, member, survey
        self.target_class = TARGETS[importing.record].of(member.workspace)
        importing.mapping = self.target_class.known(importing.mapping)
        self.column_names = [f"column_{place}" for place in range(len(importing.columns))]
        #: is the mapping another one than that whose rules and rows were on the screen?
        self.has_other_columns = False
        #: what was suggested then; who sent it back did not choose it
        self.outdated: dict[str, Any] = {}
        if self.is_bound:
            mapping = self.target_class.known([self.data.get(name, "") for name in self.column_names])
            if mapping != importing.mapping:
                self.has_other_columns, self.outdated = True, self.suggest()
            importing.mapping = mapping
        self.fields |= self.target_class.option_fields(member)
        self._make_columns()
        self._set_choices()
        columns = dict(zip(self.column_names, importing.mapping, strict=True))
        self.initial = self.suggestions | importing.options | columns
        if self.suggestions.get("date_order") and "date_order" in self.fields:
            self.fields["date_order"].help_text = _("Recognised in the file; change it if it is wrong.")
        if self.is_bound:
            self._answer_unasked()

    def _answer_unasked(self) -> None:
        """A question that came up with this very mapping has not been seen yet: what the file suggests answers it."""
        self.data = self.data.copy()
        for name in self.fields.keys() - self.data.keys():
            value = self.initial.get(name)
            self.data[name] = "" if value is None else str(value)

    def _make_columns(self) -> None:
        fields = [("", _("Leave out")), *((field.name, field.label) for field in self.target_class.fields)]
        for name, column in zip(self.column_names, self.importing.columns, strict=True):
            widget = forms.Select(attrs=PREVIEW_AT_ONCE)
            self.fields[name] = forms.ChoiceField(label=column, choices=fields, required=False, widget=widget)

    def _set_choices(self) -> None:
        """Only what matters for the columns that are mapped is asked."""
        kinds = {type(self.target_class.field(name).kind) for name in self.importing.mapping if name}
        keys = [(key, self.target_class.field(key).label) for key in self.target.usable_keys()]
        self.fields["key"].choices = [*keys, (NONE, _("None: every row is new"))]
        self.fields["date_order"].choices = [("", _("Choose")), *DATE_ORDERS.items()]
        self.fields["decimal"].choices = [(NONE, _("As it is written")), *DECIMALS.items()]
        self.fields["currency"].choices = choices.currencies()
        self.fields["owner"].queryset = Membership.objects.active()
        if team := team_in_turn(self.target_class.record, self.member.workspace):
            self.fields["owner"].empty_label = _("Whose turn it is in %(team)s") % {"team": team}
        if not kinds & {Date, Moment}:
            del self.fields["date_order"]
        if not kinds & {Money, Integer}:
            del self.fields["decimal"]
        if Money not in kinds:
            del self.fields["currency"]
        if not any(field.name == "owner" for field in self.target_class.fields):
            del self.fields["owner"]

    @property
    def target(self) -> ImportTarget:
        """The target as the form stands, for looking only."""
        return self.target_class(self.importing, self.member, conventions(self.importing), dry=True)

    @cached_property
    def suggestions(self) -> dict[str, Any]:
        return self.suggest()

    def suggest(self) -> dict[str, Any]:
        """What the file shows, for what nobody has chosen yet."""
        target = self.target
        fixable = {name for name in self.importing.mapping if name and target.field(name).kind.fixable}
        values = {name: list(self.survey.of_field(self.importing.mapping, name)) for name in fixable}
        return {
            "key": next(iter(target.usable_keys()), NONE),
            "existing": "update",
            "date_order": self.survey.date_order(target) or "",
            "decimal": self.survey.decimal_mark(target) or NONE,
            "currency": self.member.workspace.currency,
            "owner": usual_owner(self.target_class.record, self.member),
        } | target.suggested_options(values)

    # --- what the template walks through ----------------------------------------------------------------------------
    @property
    def columns(self) -> list[tuple[Any, list[str]]]:
        """The select of each column of the file, with some of its values."""
        return [(self[name], samples) for name, samples in zip(self.column_names, self.survey.samples, strict=True)]

    @property
    def options(self) -> list[Any]:
        return [self[name] for name in self.fields if name not in self.column_names]

    # --- cleaning ---------------------------------------------------------------------------------------------------
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.keep(cleaned)
        target = self.target
        for problem in target.mapping_problems():
            self.add_error(None, problem)
        for name, problem in target.option_problems().items():
            self.add_error(name, problem)
        return cleaned

    def keep(self, cleaned: dict[str, Any]) -> None:
        """Put what was chosen on the import; what is not valid stays as it was."""
        options = {name: value for name, value in cleaned.items() if name not in self.column_names}
        if "owner" in options:
            options["owner"] = options["owner"].pk if options["owner"] else None
        self.importing.options = {
            name: value for name, value in options.items() if self.outdated.get(name, ...) != value
        }
        self.importing.fixes = self._fixes()

    def _fixes(self) -> dict[str, dict[str, str]]:
        """Values that something else stands for: pairs of the inputs "was-3" and "now-3" of column 3."""
        fixes = {}
        for place, name in enumerate(self.importing.mapping):
            pairs = zip(self.data.getlist(f"was-{place}"), self.data.getlist(f"now-{place}"), strict=False)
            replaced = {was: now.strip() for was, now in pairs if now.strip() and now.strip() != was}
            if name and replaced:
                fixes[str(place)] = replaced
        return fixes
