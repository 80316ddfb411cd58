"""The real files of demo/data come in by hand, and the product then shows what is known of them."""

import re
from pathlib import Path

from django.conf import settings
from django.db.models import Sum
from playwright.sync_api import Page, expect

from deals.models import Deal, Pipeline
from organizations.models import Organization
from transfers.models import Import
from workspaces.models import Membership

from .steps import press

FILES = Path(settings.BASE_DIR) / "demo" / "data"
#: milliseconds for the worker to start and to write 8,800 deals on a busy machine
LONG = 120_000


def upload(page: Page, kind: str, name: str) -> None:
    """From the list of imports to the mapping of the file."""
    page.get_by_role("link", name="Imports").click()
    page.get_by_role("link", name="Import a file").first.click()
    page.get_by_role("radio", name=kind).check()
    page.get_by_label("File").set_input_files(FILES / name)
    press(page, "Read the file")
    expect(page.get_by_role("heading", level=1, name=f"{kind} from {name}")).to_be_visible()


def start(page: Page, **figures: str) -> None:
    """Start the import; at its end the page says by itself what became of the rows."""
    press(page, "Start import")
    result = page.locator("main .figures")
    result.wait_for(timeout=LONG)
    for name, number in figures.items():
        expect(result.locator("div").filter(has_text=name.capitalize())).to_contain_text(number)


def fix_product(page: Page) -> None:
    """One value, put right once for all rows."""
    values = page.locator("details.values").filter(has_text="product")
    if values.get_attribute("open") is None:  # it is open where the name of a known tag comes close
        values.locator("summary").click()
    page.get_by_label("GTXPro stands for").fill("GTX Pro")
    press(page, "Update preview")
    first_rows = page.get_by_role("region", name="The first rows, as they will be read")
    expect(first_rows.get_by_role("row", name="Z063OYW0")).to_contain_text("GTX Pro")


def test_the_real_files_come_in_and_show_their_figures(open_page, javascript, acme, alice, inside, worker):
    page = open_page(alice, javascript=javascript)
    page.goto("/w/acme/")
    upload(page, "Organizations", "accounts.csv")
    start(page, created="85", refused="0")
    upload(page, "Members", "sales_teams.csv")
    start(page, created="35", refused="0")

    upload(page, "Tags", "products.csv")
    start(page, created="7", refused="0")

    upload(page, "Deals", "sales_pipeline.csv")
    expect(page.get_by_label("Order of dates")).to_have_value("MDY")
    expect(page.get_by_label("Match rows by")).to_have_value("external_id")
    page.get_by_label("Stages of the new pipeline").fill("Prospecting\nEngaging")
    fix_product(page)
    start(page, created="8,800", refused="0")

    page.get_by_role("link", name="Reports").click()
    figures = page.locator("main .figures > div")
    expect(figures.filter(has_text="Deals")).to_contain_text("8,800")
    expect(figures.filter(has_text="Won")).to_contain_text("4,238")
    expect(figures.filter(has_text="Won")).to_contain_text("$10,005,534")
    expect(figures.filter(has_text="Lost")).to_contain_text("2,473")
    rows = page.locator("main tbody tr")
    expect(rows.filter(has_text="Engaging")).to_contain_text("1,589")
    expect(rows.filter(has_text="Prospecting")).to_contain_text("500")
    best = page.get_by_role("region", name="Won by member").locator("tbody tr").first
    expect(best).to_contain_text("Darcel Schlecht")
    expect(best).to_contain_text("$1,153,214")

    with inside():
        assert Organization.objects.count() == 85
        assert Membership.objects.filter(role="rep", user=None).count() == 35
        deals = Deal.objects.filter(pipeline=Pipeline.objects.get(name="Sales pipeline"))
        assert deals.count() == 8_800
        assert deals.filter(status="won").aggregate(won=Sum("value")) == {"won": 1_000_553_400}
        assert deals.filter(organization=None).count() == 1_425
        assert deals.filter(tags__name="GTX Pro").exists()
        assert not deals.filter(tags__name="GTXPro").exists()

    upload(page, "Deals", "sales_pipeline.csv")
    fix_product(page)
    start(page, created="0", updated="0", refused="0")
    expect(page.locator("main .figures div").filter(has_text="Left as they were")).to_contain_text("8,800")
    with inside():
        assert Deal.objects.count() == 8_800


def test_a_file_that_has_no_place_yet_is_discarded_and_leaves_nothing(open_page, javascript, alice, inside):
    page = open_page(alice, javascript=javascript)
    page.goto("/w/acme/")
    upload(page, "Organizations", "products.csv")
    press(page, "Start import")
    expect(page.get_by_text("No column is chosen for: Name.")).to_be_visible()
    press(page, "Discard")
    expect(page.get_by_text("The file was thrown away.")).to_be_visible()
    with inside():
        assert not Import.objects.exists()
        assert not Organization.objects.exists()


def test_a_file_that_is_no_csv_is_refused_beside_its_field(open_page, javascript, alice, inside, tmp_path):
    picture = tmp_path / "logo.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    page = open_page(alice, javascript=javascript)
    page.goto("/w/acme/transfers/new/")
    page.get_by_role("radio", name="People").check()
    page.get_by_label("File").set_input_files(picture)
    press(page, "Read the file")
    expect(page.get_by_label("File")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("File")).to_have_accessible_description(re.compile("This is not a text file."))
    with inside():
        assert not Import.objects.exists()
