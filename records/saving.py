"""What the views of forms share: a refusal of the domain stands in the form."""

from collections.abc import Callable

from django import forms

from .forms import RecordForm
from .models import Refusal


def saved[T](form: forms.BaseForm, save: Callable[[], T]) -> T | None:
    """What `save` made of a form; None when it was not sent, or says itself why it can't be saved."""
    if not form.is_valid():
        return None
    try:
        return save()
    except Refusal as refusal:
        if isinstance(form, RecordForm):
            form.refuse(refusal)
        else:
            form.add_error(None, str(refusal))
    return None
