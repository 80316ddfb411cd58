"""What may be uploaded: kinds by their ending, never what a browser or a shell would run."""

from pathlib import PurePath

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE

#: ending -> content type that it is served as
KINDS = {
    "pdf": "application/pdf",
    "txt": "text/plain",
    "md": "text/plain",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "rtf": "application/rtf",
    "json": "application/json",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "eml": "message/rfc822",
    "ics": "text/calendar",
    "vcf": "text/vcard",
    "zip": "application/zip",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "heic": "image/heic",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
}

#: how files begin that must begin so
SIGNATURES = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    **dict.fromkeys(("zip", "docx", "xlsx", "pptx", "odt", "ods", "odp"), (b"PK\x03\x04", b"PK\x05\x06")),
    **dict.fromkeys(("doc", "xls", "ppt"), (b"\xd0\xcf\x11\xe0", b"{\\rtf", b"PK\x03\x04")),
}

#: programs, whatever their ending says: Windows, Linux, macOS, scripts
PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xfe\xed\xfa", b"#!")
#: what a browser would run if it took the file for a page
ACTIVE_TEXT = (b"<!doctype html", b"<html", b"<script", b"<svg", b"<?php", b"<iframe", b"javascript:")
#: these are text that may well speak of HTML; they are never shown, only downloaded
PLAIN_TEXT = {"md", "json", "eml", "csv", "tsv"}
HEAD = 1024


def ending(name: str) -> str:
    """The ending of a file's name, in lower case and without its dot."""
    return PurePath(name).suffix.lower().removeprefix(".")


def content_type(name: str) -> str:
    return KINDS.get(ending(name), "application/octet-stream")


class UploadForm(forms.Form):
    """One file, small enough and of a kind that may be kept."""

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("This file is empty."),
            "max_length": _("The name of this file is too long."),
        },
        widget=forms.FileInput({"accept": ",".join(f".{kind}" for kind in KINDS)}),
    )

    #: what it looks like while it is empty
    kept_by = ""

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        kind = ending(file.name)
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file is larger than 20 MB."), "large")
        if kind not in KINDS:
            raise forms.ValidationError(
                _("Files of the kind “%(kind)s” can't be kept here. Pack it into a zip."), "kind", {"kind": kind or "?"}
            )
        head = file.read(HEAD)
        file.seek(0)
        if head.startswith(PROGRAMS) or (kind in SIGNATURES and not head.startswith(SIGNATURES[kind])):
            raise forms.ValidationError(_("What this file holds doesn't fit its name."), "content")
        if kind not in PLAIN_TEXT and any(mark in head.lower() for mark in ACTIVE_TEXT):
            raise forms.ValidationError(_("This file holds code that a browser would run."), "active")
        return file
