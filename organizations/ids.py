"""Numbers by which states know companies: for taxes, and in registers. Which rule holds is a matter of the country."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Literal, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum import get_cc_module
from stdnum.exceptions import InvalidChecksum, InvalidComponent, ValidationError

from workspaces.choices import country_name

Kind = Literal["tax_id", "registration_id"]
#: the fields of an organization that hold one
KINDS: tuple[Kind, ...] = ("tax_id", "registration_id")


@dataclass(frozen=True)
class Rule:
    """An id as people of its country call it, and the module of python-stdnum that knows it."""

    name: Any
    module: str

    @property
    def check(self) -> Any:
        return import_module(f"stdnum.{self.module}").validate


VAT = gettext_lazy("VAT number")
CNPJ, CPF = Rule("CNPJ", "br.cnpj"), Rule("CPF", "br.cpf")
CUIT = Rule("CUIT", "ar.cuit")
#: country -> its ids, the usual one first; elsewhere in the European Union it is the VAT number alone
RULES: dict[Kind, dict[str, Sequence[Rule]]] = {
    "tax_id": {
        "AR": [CUIT],
        "AU": [Rule("ABN", "au.abn")],
        "BR": [CNPJ, CPF],
        "CA": [Rule("BN", "ca.bn")],
        "CH": [Rule("MWST", "ch.vat"), Rule("UID", "ch.uid")],
        "CL": [Rule("RUT", "cl.rut")],
        "CO": [Rule("NIT", "co.nit")],
        "CZ": [Rule("DIČ", "cz.dic")],
        "DE": [Rule("USt-IdNr.", "de.vat"), Rule("Steuernummer", "de.stnr")],
        "ES": [Rule("NIF", "es.nif")],
        "FR": [Rule("TVA", "fr.tva"), Rule("SIREN", "fr.siren")],
        "GB": [Rule("VAT number", "gb.vat"), Rule("UTR", "gb.utr")],
        "IT": [Rule("partita IVA", "it.iva"), Rule("codice fiscale", "it.codicefiscale")],
        "MX": [Rule("RFC", "mx.rfc")],
        "NO": [Rule("MVA", "no.mva")],
        "PL": [Rule("NIP", "pl.nip")],
        "PT": [Rule("NIF", "pt.nif")],
        "SK": [Rule("IČ DPH", "sk.dph")],
        "US": [Rule("EIN", "us.ein")],
        "UY": [Rule("RUT", "uy.rut")],
    },
    "registration_id": {
        "AR": [CUIT],
        "AU": [Rule("ACN", "au.acn"), Rule("ABN", "au.abn")],
        "BR": [CNPJ],
        "CH": [Rule("UID", "ch.uid")],
        "CZ": [Rule("IČO", "cz.dic")],
        "DE": [Rule("Handelsregisternummer", "de.handelsregisternummer")],
        "ES": [Rule("CIF", "es.cif")],
        "FR": [Rule("SIREN", "fr.siren"), Rule("SIRET", "fr.siret")],
        "IT": [Rule("codice fiscale", "it.codicefiscale"), Rule("partita IVA", "it.iva")],
        "NO": [Rule("orgnr.", "no.orgnr")],
        "PL": [Rule("REGON", "pl.regon")],
        "SE": [Rule("orgnr.", "se.orgnr")],
        "SK": [Rule("IČO", "cz.dic")],
    },
}
#: of the European Union: country -> prefix of its VAT numbers, where that is another one
EU_PREFIX = {"GR": "EL"}
EU = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())


class Verdict(NamedTuple):
    """What a check found: `fault` is why the id can't be right, `doubt` says that it has no form of the country's."""

    fault: str = ""
    doubt: str = ""


FINE = Verdict()


@cache
def rules(kind: Kind, country: str) -> Sequence[Rule]:
    """The rules that may know an id in a country; none where nobody knows its ids."""
    known = RULES[kind].get(country, ())
    if known or kind != "tax_id" or country not in EU:
        return known
    module: Any = get_cc_module(country.lower(), "vat")
    return [Rule(VAT, module.__name__.removeprefix("stdnum."))]


def _fitting(kind: Kind, text: str, country: str) -> Sequence[Rule]:
    """The rules of the country; a VAT number with the letters of another country of the Union goes by that one's."""
    prefix = text[:2].upper()
    foreign = next((code for code in EU if EU_PREFIX.get(code, code) == prefix), "")
    elsewhere = kind == "tax_id" and foreign and foreign != country and text[2:].strip()[:2].strip(" .-")
    return [*rules(kind, country), Rule(VAT, "eu.vat")] if elsewhere else rules(kind, country)


def verdict(kind: Kind, text: str, country: str) -> Verdict:
    """Is this an id of the country? A form that is its own with wrong check digits is a fault, any other form a doubt.

    A VAT number of another country of the European Union, with its prefix, is as good as one of the country's own.
    """
    text = text.strip()
    if not text:
        return FINE
    found, wrong = _fitting(kind, text, country), ""
    for rule in found:
        try:
            rule.check(text)
        except InvalidChecksum:
            wrong = wrong or _("This %(name)s is wrong: its check digits don't fit.") % {"name": rule.name}
        except InvalidComponent:
            wrong = wrong or _("This %(name)s is wrong: no such number is given out.") % {"name": rule.name}
        except ValidationError:
            continue
        else:
            return FINE
    if wrong or not found:
        return Verdict(fault=wrong)
    names = f"{country_name(country)}: {', '.join(str(rule.name) for rule in found)}"
    return Verdict(
        doubt=_("“%(text)s” is not written like an id of this country (%(names)s).") % {"text": text, "names": names}
    )
