import pytest

from transfers import encodings

LISTS = {
    "Czech": "Jméno;Firma\nJiří Dvořák;Škoda Plzeň\nLukáš Čermák;Žďár nad Sázavou\nŽaneta Němcová;Třebíč\n",
    "Polish": "Imię;Firma\nŁukasz Wójcik;Zakład Łódź\nMałgorzata Dąbrowska;Spółka Gdańsk\nŚwięcicki;Rzeszów\n",
    "Hungarian": "Név;Város\nSzűcs Gergő;Győr\nKovács Ödön;Székesfehérvár\nTóth Béla;Pécs\n",
    "Croatian": "Ime;Grad\nŽeljko Đurić;Šibenik\nMarko Čović;Požega\n",
    "Romanian": "Nume;Oraş\nIon Ţepeş;Timişoara\nMaria Brânză;Bucureşti\n",
    "German": "Name;Ort\nMüller GmbH;München\nGroß & Söhne;Köln\nJürgen Weiß;Düsseldorf\n",
    "French": "Nom;Ville\nHélène Lefèvre;Besançon\nFrançois Côté;Orléans\nThérèse;Nîmes\n",
    "Spanish": "Nombre;Ciudad\nJosé Núñez;Málaga\nMaría Peña;Logroño\nÍñigo;Cádiz\n¿Qué?;2º\n",
    "Portuguese": "Nome;Cidade\nJoão Conceição;São Paulo\nAntônio;Brasília\nInês Leitão;Maceió\n",
    "Swedish": "Namn;Ort\nÅsa Öberg;Malmö\nSjöström;Växjö\n",
    "Danish": "Navn;By\nSøren Ærø;Århus\nBjørn;København\n",
    "Turkish": "Ad;Şehir\nÇağrı Öztürk;İstanbul\nGüneş;Şişli\n",
    "one French name": "id,name\n1,Acme\n2,Café Royal\n3,Bolt\n",
    "one German name": "id,name\n1,Acme\n2,Müller\n3,Bolt\n",
    "one Polish name": "id,name\n1,Acme\n2,Wałęsa\n3,Bolt\n",
    "English with signs": "id,note\n1,it’s “fine” – yes\n2,£5 and €6\n3,Acme®\n",
    "all of the West": "Name\nMüller\nJosé Gómez\nHélène\nLefèvre\nFrançois\nÅsa Öberg\nJoão\n",
    "Central Europe": "Name\nMüller\nDvořák\nHélène\nŠkoda\nČermák\nJiří\nMichał\n",
}
WESTERN = ["German", "French", "Spanish", "Portuguese", "Swedish", "Danish", "English with signs", "all of the West"]
CENTRAL = ["Czech", "Polish", "Hungarian", "Croatian", "Romanian", "German", "one Polish name"]


def detected(tmp_path, content: bytes) -> str:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    return encodings.detect(path)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [(name, encoding) for name in LISTS for encoding in ("utf-8", "utf-8-sig", "utf-16")]
    + [(name, "cp1252") for name in [*WESTERN, "one French name", "one German name"]]
    + [(name, encoding) for name in CENTRAL for encoding in ("cp1250", "iso8859_2")]
    + [("Turkish", "cp1254"), ("French", "mac_roman"), ("Spanish", "mac_roman"), ("Swedish", "mac_roman")]
    + [("English with signs", "utf-16-le"), ("English with signs", "utf-16-be"), ("Czech", "utf-16-le")],
)
def test_a_list_of_names_is_read_as_it_was_written(tmp_path, name, encoding):
    content = LISTS[name].replace("®", "" if encoding == "mac_roman" else "®").encode(encoding)
    assert content.decode(detected(tmp_path, content)) == content.decode(encoding)


def test_another_script_is_left_to_the_general_detector(tmp_path):
    content = "имя;город\nИван Петров;Москва\nСемён Ёлкин;Санкт-Петербург\n".encode("cp1251")
    assert content.decode(detected(tmp_path, content)).startswith("имя;город\nИван Петров")


def test_plain_ascii_is_unicode(tmp_path):
    assert detected(tmp_path, b"name\nAcme\n") == "utf-8-sig"


def test_a_telling_line_far_below_counts(tmp_path):
    content = b"name\n" + b"Acme\n" * 300_000 + "Dvořák Škoda\n".encode("cp1250")
    assert detected(tmp_path, content) == "cp1250"


def test_unicode_with_one_broken_line_is_unicode(tmp_path):
    lines = ["Dvořák\n".encode()] * 20
    lines[12] = "Dvořák\n".encode("cp1250")
    assert detected(tmp_path, b"".join(lines)) == "utf-8-sig"
    assert encodings.line_of_bad_byte(tmp_path / "list.csv", "utf-8") == 13


def test_line_of_bad_byte(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("a\nb\ně\n".encode())
    assert encodings.line_of_bad_byte(path, "utf-8") is None
    path.write_bytes(b"a\nb\n\xc4")
    assert encodings.line_of_bad_byte(path, "utf-8") == 3
    path.write_bytes(b"a\n" * 1_000_000 + b"\x81\n")
    assert encodings.line_of_bad_byte(path, "cp1250") == 1_000_001


def test_choices_offer_a_rare_encoding_only_when_it_is_in_use():
    assert ("big5", "big5") in encodings.choices("big5")
    assert [key for key, _label in encodings.choices("cp1250")] == list(encodings.ENCODINGS)
