"""Form fields of the composer: several files, several people."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from records.uploads import KINDS, UploadForm

MOST_FILES = 10


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files to keep, each as small and of such a kind as the files of a record; refused ones are named."""

    default_error_messages = {"many": _("At most %(most)d files at once.")}

    def __init__(self, **kwargs: Any) -> None:
        accepted = ",".join(f".{kind}" for kind in KINDS)
        super().__init__(widget=FilesInput({"accept": accepted}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = [file for file in data or () if file]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(self.error_messages["many"], "many", {"most": MOST_FILES})
        faults = []
        for file in files:
            form = UploadForm(files=MultiValueDict({"file": [file]}))
            faults += [f"{file.name}: {reason}" for reason in form.errors.get("file", ())]
        if faults:
            raise forms.ValidationError([*faults, _("Choose the files again: a form can't keep them.")])
        return files


class PeopleField(forms.ModelMultipleChoiceField):
    """Some out of a few people, with a box to tick for each."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(None, widget=forms.CheckboxSelectMultiple, required=False, **kwargs)
        self.offered: list[Any] = []

    def offer(self, people: QuerySet) -> None:
        """These may be ticked; asked for once, for the boxes and for what is ticked."""
        self.offered = list(people)
        self.queryset = people.model._default_manager.none()
        self.choices = [(person.pk, str(person)) for person in self.offered]

    def clean(self, value: Any) -> list[Any]:  # type: ignore[override]
        known = {str(person.pk): person for person in self.offered}
        if unknown := [pk for pk in value or () if str(pk) not in known]:
            raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": unknown[0]})
        return [known[str(pk)] for pk in value or ()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return {str(pk) for pk in initial or ()} != {str(pk) for pk in data or ()}


def minutes_field() -> forms.IntegerField:
    return forms.IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=24 * 60)


def next_steps_field() -> forms.CharField:
    lines = forms.Textarea({"rows": 1})
    return forms.CharField(label=_("Next steps"), required=False, max_length=2_000, widget=lines)
