"""Files as a whole: what can't be read changes nothing, what is read oddly can be read in another way."""

import pytest
from django.core.files.storage import default_storage

from core.tenancy import workspace_scope
from organizations.models import Organization
from records.models import ChangeSet
from tests.importing import Importer, csv_bytes, run_jobs
from transfers import reading
from transfers.models import Import


def stored() -> list[str]:
    """The files in the private store."""
    found = []
    folders = [""]
    while folders:
        folder = folders.pop()
        below, files = default_storage.listdir(folder) if default_storage.exists(folder) else ([], [])
        folders += [f"{folder}/{name}".strip("/") for name in below]
        found += [f"{folder}/{name}" for name in files]
    return found


BAD_FILES = {
    "nothing at all": (b"", "The file is empty."),
    "blank lines": (b"\n \n\n", "The file is empty."),
    "headings alone": (b"Name,Sector\n", "The file has headings and no rows below them."),
    "a spreadsheet": (b"PK\x03\x04" + b"\0" * 200, "This is a spreadsheet or an archive."),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "This is not a text file."),
    "a page": (b"<!doctype html><html></html>", "This is not a text file."),
    "1,000 columns": (csv_bytes([[f"c{n}" for n in range(1000)], ["x"] * 1000]), "at most 200 can be imported"),
    "an open quote": (b'Name,Sector\n"Globex,x\n' + b"Initech,y\n" * 20_000, "never closed"),
}


@pytest.mark.parametrize(("content", "message"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_file_that_cannot_be_read_changes_nothing(importer: Importer, content: bytes, message: str):
    before = stored()
    answer = importer.upload("organization", content)
    assert answer.status_code == 422
    assert message in str(answer.context["form"].errors["file"])
    assert 'aria-invalid="true"' in answer.content.decode()
    assert stored() == before
    with workspace_scope(importer.client.workspace.pk):
        assert not Import.objects.exists()
        assert not ChangeSet.objects.filter(source="import").exists()


def test_a_file_that_is_too_large(importer: Importer, monkeypatch):
    monkeypatch.setattr(reading, "MAX_BYTES", 1024 * 1024)
    before = stored()
    answer = importer.upload("organization", csv_bytes([["Name"], ["x" * 100] * 1]) + b"x,\n" * 400_000)
    assert answer.status_code == 422
    assert "at most 1 MB can be imported" in str(answer.context["form"].errors["file"])
    assert stored() == before


def test_no_file_and_no_kind(importer: Importer):
    answer = importer.client.post_w("transfers:create", data={"record": "planet"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"record", "file"}


def test_delimiter_and_encoding_are_recognised_and_can_be_changed(importer: Importer):
    content = csv_bytes([["Název", "Město"], ["Škoda", "Plzeň"], ["Žďas", "Žďár"]], delimiter=";", encoding="cp1250")
    assert importer.upload("organization", content).status_code == 303
    page = importer.mapping_page().content.decode()
    assert "Semicolon" in page
    assert "Central European (Windows)" in page
    assert "Žďár" in page
    importing = importer.newest
    answer = importer.client.post_w(
        "transfers:dialect", importing.pk, data={"delimiter": ",", "encoding": "cp1252", "header": ""}
    )
    assert answer.status_code == 303
    again = importer.newest
    assert (again.columns, again.rows, again.dialect["encoding"]) == (["Column 1"], 3, "cp1252")
    answer = importer.client.post_w(
        "transfers:dialect", importing.pk, data={"delimiter": ";", "encoding": "utf-8-sig", "header": "on"}
    )
    assert answer.status_code == 422
    assert "is not written in Unicode" in str(answer.context["dialect_form"].errors["encoding"])
    assert importer.newest.columns == ["Column 1"]


def test_dates_that_can_be_read_in_two_ways_have_to_be_decided(importer: Importer):
    content = csv_bytes([["Full name", "Birthday"], ["Priya Raman", "1/2/1980"]])
    importer.upload("contact", content)
    assert importer.mapping_page().context["form"]["date_order"].value() == ""
    answer = importer.map()
    assert answer.status_code == 422
    assert answer.context["form"].errors["date_order"] == ["The dates can be read in two ways: say which."]
    assert importer.newest.state == "draft"
    assert importer.map(date_order="DMY").status_code == 303
    run_jobs()
    assert importer.newest.created == 1


def test_the_preview_marks_what_is_wrong_at_its_cell(importer: Importer):
    importer.upload("organization", csv_bytes([["Name", "Employees"], ["Globex", "ten"], ["", "10"], ["Initech", "1"]]))
    rows = importer.mapping_page().context["rows"]
    assert [row.fate for row in rows] == ["refused", "refused", "new"]
    assert [[cell.problem for cell in row.cells] for row in rows] == [
        ["", "“ten” is not a number."],
        ["It is empty.", ""],
        ["", ""],
    ]
    with workspace_scope(importer.client.workspace.pk):
        assert not Organization.objects.exists()


def test_a_preview_keeps_what_was_chosen(importer: Importer):
    importer.upload("organization", csv_bytes([["Name", "Branch"], ["Globex", "cras"], ["Initech", "cars"]]))
    answer = importer.map(action="preview", column_1="sector", fixes={"Branch": {"cras": "cars"}}, existing="skip")
    assert answer.status_code == 303
    page = importer.mapping_page()
    assert [row.cells[1].text for row in page.context["rows"]] == ["cars", "cars"]
    assert page.context["form"]["existing"].value() == "skip"
    assert importer.newest.state == "draft"


def test_required_columns_and_columns_chosen_twice(importer: Importer):
    importer.upload("organization", csv_bytes([["a", "b"], ["x", "y"]]))
    answer = importer.map(column_0="sector", column_1="sector")
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "No column is chosen for: Name.",
        "More than one column is chosen for: Sector.",
    ]


@pytest.mark.parametrize("columns", [8, 150])
def test_a_wide_file_with_many_values_can_be_sent_and_fixed(importer: Importer, columns: int):
    headings = ["Name", *(f"Tag {n}" for n in range(columns))]
    rows = [[f"Globex {row}", *(f"t{column}.{row}" for column in range(columns))] for row in range(100)]
    importer.upload("organization", csv_bytes([headings, *rows]))
    tags = {f"column_{n + 1}": "tags" for n in range(columns)}
    importer.map(action="check", **tags)
    shown = {list.column: list.values for list in importer.mapping_page().context["value_lists"]}
    assert len(shown) == columns
    assert all(len(values) >= 10 for values in shown.values())
    sent = {column: {value.text: "" for value in values} for column, values in shown.items()}
    assert importer.map(fixes=sent).status_code == 303


def test_a_member_is_chosen_for_an_unknown_one_in_all_rows(importer: Importer):
    rows = [["Globex", "A. Ostrowska"], ["Initech", "A. Ostrowska"]]
    importer.upload("organization", csv_bytes([["Name", "Owner"], *rows]))
    (found,) = (found for found in importer.mapping_page().context["value_lists"] if found.field.name == "owner")
    assert found.problems == 1
    assert ("Alice Ostrowska", "Alice Ostrowska") in found.choices
    importer.map(fixes={"Owner": {"A. Ostrowska": "Alice Ostrowska"}})
    run_jobs()
    with workspace_scope(importer.client.workspace.pk):
        assert Organization.objects.filter(owner__name="Alice Ostrowska").count() == 2


def test_discarding_a_draft_removes_its_file(importer: Importer, django_capture_on_commit_callbacks):
    before = stored()
    importer.upload("organization", csv_bytes([["Name"], ["Globex"]]))
    assert len(stored()) == len(before) + 1
    with django_capture_on_commit_callbacks(execute=True):
        answer = importer.client.post_w("transfers:discard", importer.newest.pk)
    assert answer.status_code == 303
    assert stored() == before


def test_import_again_makes_a_draft_with_the_same_mapping(importer: Importer):
    done = importer.run("organization", csv_bytes([["x"], ["Globex"]]), column_0="name")
    answer = importer.client.post_w("transfers:again", done.pk)
    assert answer.status_code == 303
    again = importer.newest
    assert (again.state, again.mapping, again.created) == ("draft", ["name"], 0)
    importer.map()
    run_jobs()
    assert importer.newest.skipped == 1


def test_progress_and_result(importer: Importer):
    importer.upload("organization", csv_bytes([["Name"], ["Globex"]]))
    importer.map()
    page = importer.result()
    assert "<progress" in page.content.decode()
    assert '<noscript><meta http-equiv="refresh"' in page.content.decode()
    part = importer.client.get_w("transfers:progress", importer.newest.pk, headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<div class="progress"')
    run_jobs()
    over = importer.client.get_w("transfers:progress", importer.newest.pk, headers={"HX-Request": "true"})
    assert over.headers["HX-Refresh"] == "true"
    page = importer.result().content.decode()
    assert "Undo the import" in page
    assert "file.csv" in importer.client.get_w("transfers:list").content.decode()
