import io
import json
import tracemalloc
import zipfile
from dataclasses import asdict
from pathlib import Path

import pytest

from transfers import reading
from transfers.reading import Dialect, columns, count, date_order, decimal_mark, rows, sniff

DEMO = Path(__file__).parents[2] / "demo" / "data"


@pytest.fixture
def file(tmp_path):
    """`file("a;b\\n1;2")` writes an upload and returns its path."""

    def write(content: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / "upload.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


def cells(path: Path, dialect: Dialect | None = None) -> list[list[str]]:
    return [row for _line, row in rows(path, dialect or sniff(path))]


# --- the files of the demo ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "size", "width"),
    [("accounts.csv", 85, 7), ("products.csv", 7, 3), ("sales_teams.csv", 35, 3), ("sales_pipeline.csv", 8800, 8)],
)
def test_the_files_of_the_demo(name, size, width):
    dialect = sniff(DEMO / name)
    assert dialect == Dialect("utf-8-sig", ",", '"', header=True, skip=0)
    assert count(DEMO / name, dialect) == size
    assert len(columns(DEMO / name, dialect)) == width
    assert {len(row) for row in cells(DEMO / name)} == {width}


def test_the_pipeline_of_the_demo():
    path = DEMO / "sales_pipeline.csv"
    dialect = sniff(path)
    names = columns(path, dialect)
    assert names == [
        "opportunity_id",
        "sales_agent",
        "product",
        "account",
        "deal_stage",
        "engage_date",
        "close_date",
        "close_value",
    ]
    table = dict(zip(names, zip(*cells(path, dialect), strict=True), strict=True))
    assert sum(not account for account in table["account"]) == 1425
    assert date_order(table["engage_date"]) == date_order(table["close_date"]) == "MDY"
    assert decimal_mark(table["close_value"]) is None
    assert next(rows(path, dialect))[0] == 2


def test_the_revenue_of_the_demo_has_decimal_points():
    assert decimal_mark(row[3] for row in cells(DEMO / "accounts.csv")) == "."


# --- dialects -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(file, delimiter, line_end):
    path = file(line_end.join(delimiter.join(row) for row in (["name", "town"], ["Acme", "Prague"], ["Bolt", "Brno"])))
    assert sniff(path).delimiter == delimiter
    assert columns(path, sniff(path)) == ["name", "town"]
    assert cells(path) == [["Acme", "Prague"], ["Bolt", "Brno"]]


def test_commas_inside_the_cells_of_a_semicolon_file(file):
    path = file("name;street;price\nAcme, Inc.;1, Long St, Prague;1,50\nBolt, Ltd;2, Short St, Brno;2,50\n")
    assert cells(path)[0] == ["Acme, Inc.", "1, Long St, Prague", "1,50"]


def test_one_column(file):
    path = file("email\njane@acme.com\njoe@acme.com\n")
    assert columns(path, sniff(path)) == ["email"]
    assert cells(path) == [["jane@acme.com"], ["joe@acme.com"]]


def test_quotes_delimiters_and_line_ends_inside_cells(file):
    path = file('name,note\n"Acme, ""the"" Corp","first\nsecond"\n\n"Bolt","x"\n')
    assert list(rows(path, sniff(path))) == [(2, ['Acme, "the" Corp', "first\nsecond"]), (5, ["Bolt", "x"])]


def test_single_quotes(file):
    path = file("'name';'note'\n'Acme; Corp';'x'\n'Bolt';'y'\n")
    assert sniff(path).quote == "'"
    assert cells(path) == [["Acme; Corp", "x"], ["Bolt", "y"]]


def test_an_apostrophe_is_no_quote(file):
    path = file("name,note\n'T Hooft,it's\nO'Brien,x\n")
    assert sniff(path).quote == '"'
    assert cells(path) == [["'T Hooft", "it's"], ["O'Brien", "x"]]


def test_the_declaration_of_a_spreadsheet(file):
    path = file("sep=;\r\nname;price, net\r\nAcme;1,5\r\n")
    dialect = sniff(path)
    assert (dialect.delimiter, dialect.skip) == (";", 1)
    assert columns(path, dialect) == ["name", "price, net"]
    assert list(rows(path, dialect)) == [(3, ["Acme", "1,5"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_encodings(file, encoding):
    path = file('"Jméno";Město\nDvořák;Plzeň\nČermák;Třebíč\n', encoding)
    assert columns(path, sniff(path)) == ["Jméno", "Město"]
    assert cells(path) == [["Dvořák", "Plzeň"], ["Čermák", "Třebíč"]]


def test_a_dialect_survives_json(file):
    dialect = sniff(file("a;b\nc;d\n"))
    assert Dialect(**json.loads(json.dumps(asdict(dialect)))) == dialect


# --- headings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "header"),
    [
        ("name,town\nAcme,Prague\n", True),
        ("region,2016,2017\nNorth,5,6\n", True),
        ("name,,town\nAcme,x,Prague\n", True),
        ("name,town\nAcme,Prague\nname,town\nBolt,Brno\n", True),
        ("Acme,1100.04\nBolt,251.41\n", False),
        ("Acme,$5\nBolt,$6\n", False),
        ("Acme,2016-10-20\nBolt,2016-10-21\n", False),
        ("Jane,jane@acme.com\nJoe,joe@acme.com\n", False),
        ("Jane,Prague\nJoe,Brno\nJim,Prague\n", False),
        pytest.param("name," + "@" * 100_000 + "\nAcme,x\n", True, id="signs of an address"),
        pytest.param("name," + "a@b." * 25_000 + "\nAcme,x\n", True, id="addresses without end"),
    ],
)
def test_headings_are_told_from_values(file, content, header):
    assert sniff(file(content)).header is header


def test_a_file_without_headings(file):
    path = file("Acme,1100.04\nBolt,251.41\n")
    assert columns(path, sniff(path)) == ["Column 1", "Column 2"]
    assert list(rows(path, sniff(path))) == [(1, ["Acme", "1100.04"]), (2, ["Bolt", "251.41"])]


def test_empty_and_repeated_headings_get_names(file):
    path = file("email,, Email ,email 2,Column 2,first\u00a0 name,\nx,y,z,u,v,w,t\n")
    assert columns(path, sniff(path)) == [
        "email",
        "Column 2",
        "Email 2",
        "email 2 2",
        "Column 2 2",
        "first name",
        "Column 7",
    ]


def test_blank_rows_are_left_out_and_lines_still_counted(file):
    path = file("\n\nname,town\n,\nAcme,Prague\n  ,\n\nBolt,Brno\n\n")
    assert columns(path, sniff(path)) == ["name", "town"]
    assert list(rows(path, sniff(path))) == [(5, ["Acme", "Prague"]), (8, ["Bolt", "Brno"])]
    assert count(path, sniff(path)) == 2


def test_rows_of_other_widths_come_as_they_are(file):
    path = file("a,b,c\n1,2,3\n1,2\n1,2,3,4\n")
    assert cells(path) == [["1", "2", "3"], ["1", "2"], ["1", "2", "3", "4"]]


# --- files that cannot be read --------------------------------------------------------------------------------------


def workbook() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "problem", "reason"),
    [
        (b"", reading.EmptyFile, "is empty"),
        (b"\xef\xbb\xbf", reading.EmptyFile, "is empty"),
        (b"\xff\xfe", reading.EmptyFile, "is empty"),
        (b" \n\r\n\t\n", reading.EmptyFile, "is empty"),
        (b",,\n,,\n", reading.EmptyFile, "is empty"),
        (b"sep=;\n", reading.EmptyFile, "is empty"),
        (b"name,town\n", reading.EmptyFile, "no rows below"),
        (workbook(), reading.NotText, "Save it as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, reading.NotText, "Save it as CSV"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20, reading.NotText, "not a text file"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, reading.NotText, "not a text file"),
        (b"name,town\n\0\0\0\0\n", reading.NotText, "not a text file"),
        (b"<!DOCTYPE html><table><tr><td>x</td></tr></table>", reading.NotText, "not a text file"),
        (b'<?xml version="1.0"?><Workbook/>', reading.NotText, "not a text file"),
        (
            b",".join(b"c%d" % n for n in range(1000)) + b"\n" + b"1," * 999 + b"1\n",
            reading.TooManyColumns,
            "1000 columns",
        ),
    ],
)
def test_what_cannot_be_imported_is_said_clearly(file, content, problem, reason):
    with pytest.raises(problem, match=reason) as raised:
        sniff(file(content))
    assert isinstance(raised.value, reading.FileProblem)


def test_two_hundred_columns_are_not_too_many(file):
    path = file(",".join(f"c{n}" for n in range(200)) + "\n" + "x," * 199 + "x\n")
    assert len(columns(path, sniff(path))) == 200


def test_a_file_over_the_limit(file):
    path = file("name\n")
    with path.open("r+b") as content:
        content.truncate(reading.MAX_BYTES + 1)
    with pytest.raises(reading.TooBig, match="51 MB; at most 50 MB"):
        sniff(path)


def test_a_wrong_encoding_names_its_line(file):
    path = file("name\nAcme\n" + "Dvořák\n" * 30 + "Škoda\n", "cp1250")
    with pytest.raises(reading.WrongEncoding, match="Line 3 is not written in Unicode"):
        columns(path, Dialect("utf-8-sig"))
    broken = file(b"name\n" + "Dvořák\n".encode() * 9000 + b"\xc4\n" + "Dvořák\n".encode())
    dialect = sniff(broken)
    assert columns(broken, dialect) == ["name"]
    with pytest.raises(reading.WrongEncoding, match="Line 9002"):
        count(broken, dialect)


def test_a_quote_that_is_opened_deep_in_the_file(file):
    path = file("name,note\n" + "Acme,x\n" * 30_000 + 'Bolt,"' + "y,z\n" * 50_000)
    with pytest.raises(reading.BrokenQuotes, match="line 30002"):
        count(path, sniff(path))
    path = file('name,note\nAcme,"' + "x" * 200_000)
    with pytest.raises(reading.BrokenQuotes, match="line 2"):
        count(path, sniff(path))


def test_a_big_file_is_not_held_in_memory(file):
    path = file("name,town\n" + "Acme Corporation,Prague\n" * 100_000)
    dialect = sniff(path)
    tracemalloc.start()
    try:
        assert count(path, dialect) == 100_000
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


# --- dates and decimals ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["3/1/2017", "10/20/2016"], "MDY"),
        (["3/1/2017", "20/10/2016"], "DMY"),
        (["2016-10-20", "2017-03-01T10:00:00Z"], "YMD"),
        (["99-10-20"], "YMD"),
        (["3. 1. 2017", "4.1.2017"], "DMY"),
        (["3.13.2017"], "MDY"),
        (["13/1/2017 10:00", "", "n/a"], "DMY"),
        (["2016-10-20", "10/20/2016"], "MDY"),
        (["3/1/2017", "4/2/2017"], None),
        (["3/1/2017", "2017-03-01"], None),
        (["13/1/2017", "1/13/2017"], None),
        (["20 Oct 2016", "soon"], None),
        ([], None),
    ],
)
def test_date_order(values, order):
    assert date_order(values) == order


@pytest.mark.parametrize(
    ("values", "mark"),
    [
        (["1100.04", "2,822"], "."),
        (["1.100,04", "2.822"], ","),
        (["$ 1,234.50", "-"], "."),
        (["1 234,5 Kč"], ","),
        (["1,234,567"], "."),
        (["1,234", "5"], None),
        (["1.5", "1,5"], None),
        (["", "n/a"], None),
    ],
)
def test_decimal_mark(values, mark):
    assert decimal_mark(values) == mark
