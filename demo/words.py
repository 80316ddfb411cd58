"""The words that the demo's people, deals and activities are made of, in two languages. All of them are made up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    #: first names, each group with the last names that go with it
    names: tuple[tuple[list[str], list[str]], ...]
    #: job title -> the place of its role among those that every workspace starts with
    jobs: dict[str, int]
    #: what is sold
    deals: tuple[str, ...]
    #: kind -> (subject, notes)
    past: dict[str, tuple[tuple[str, str], ...]]
    planned: dict[str, tuple[str, ...]]
    tags: tuple[str, ...]
    lost: tuple[str, ...]
    #: of a stage: what must be done there, and what is offered
    must: str
    offered: str
    #: national numbers of mobiles that nobody has, `{}` is filled with digits
    mobile: str
    domain: str
    #: of organizations: street, city, region, postcode
    addresses: tuple[tuple[str, str, str, str], ...]
    anniversary: str


ENGLISH = Words(
    names=(
        (
            "Priya Colm Beth Jun Ines Tom Nora Omar Grace Liam Zoe Marcus Elena Ruth Victor Hana".split(),
            "Raman Daly Amari Sato Prado Okafor Lindqvist Haddad Walsh Byrne Keller Ortiz Novak Stone Kim".split(),
        ),
    ),
    jobs={
        "Head of Operations": 0,
        "Finance Lead": 2,
        "IT Manager": 1,
        "Purchasing Manager": 3,
        "Managing Director": 0,
        "Service Coordinator": 4,
    },
    deals=("Rollout", "Annual plan", "Pilot, two sites", "Replacement", "Support tier 2", "Expansion", "Data package"),
    past={
        "note": (
            (
                "Pricing background",
                "They compare us with their supplier; the yearly total decides, not the unit price.",
            ),
            (
                "How they buy",
                "Two signatures above $25,000. Finance wants hardware as a separate line.",
            ),
        ),
        "call": (
            (
                "Introductory call",
                "Walked through the rollout plan. Wants two sites in the first phase, the others in spring.",
            ),
            ("Checked the numbers", "Confirmed the head count. The tracker add-on stays optional."),
        ),
        "meeting": (
            ("Demo with operations and finance", "Five attendees. Main question was exporting data to their payroll."),
            ("Site visit", "Saw the warehouse. Network is fine, power is not: an electrician comes first."),
        ),
    },
    planned={
        "task": ("Send the revised scope", "Prepare the quote", "Ask for a reference", "Check the contract draft"),
        "call": ("Call about the head count", "Follow up on the quote"),
        "meeting": ("Demo for the new manager", "Kick-off meeting"),
    },
    tags=("key account", "partner", "newsletter", "trade fair"),
    lost=("Chose a competitor", "No budget this year", "Project stopped"),
    must="Check the credit of the customer",
    offered="Send two references",
    mobile="312 555 01{:02d}",
    domain="example.com",
    addresses=(
        ("2200 Harbor Blvd", "Baltimore", "MD", "21230"),
        ("415 Wharf Street", "Portland", "OR", "97209"),
        ("88 Canal Street", "Buffalo", "NY", "14202"),
        ("1701 Dock Avenue", "Tampa", "FL", "33605"),
        ("540 Pier Road", "Oakland", "CA", "94607"),
        ("12 Lakeside Plaza", "Chicago", "IL", "60611"),
    ),
    anniversary="Founding day",
)

CZECH = Words(
    names=(
        (
            "Jana Lucie Šárka Žaneta Eliška Hana".split(),
            "Nováková Černá Kučerová Urbanová Šťastná Dvořáková".split(),
        ),
        (
            "Petr Čeněk Ondřej Řehoř Tomáš Vít".split(),
            "Svoboda Dvořák Procházka Říha Šťastný Zelenka".split(),
        ),
    ),
    jobs={
        "Vedoucí provozu": 0,
        "Finanční ředitelka": 2,
        "Správce IT": 1,
        "Vedoucí nákupu": 3,
    },
    deals=("Dodávka linky", "Roční servis", "Rozšíření provozu", "Výměna stroje", "Zkušební provoz"),
    past={
        "note": (("Jak nakupují", "Nad 500 000 Kč podepisují dva. Rozhoduje cena za pět let včetně servisu."),),
        "call": (("První hovor", "Prošli jsme plán. První etapa budou dvě haly, zbytek na jaře."),),
        "meeting": (
            ("Prohlídka výroby", "Viděli jsme obě haly. Připojení k síti je v pořádku, chybí přívod vzduchu."),
        ),
    },
    planned={
        "task": ("Poslat upravenou nabídku", "Připravit podklady pro servis"),
        "call": ("Zavolat kvůli termínu",),
        "meeting": ("Předvedení stroje",),
    },
    tags=("klíčový zákazník", "veletrh"),
    lost=("Vybrali jiného dodavatele", "Letos bez rozpočtu"),
    must="Prověřit platební morálku zákazníka",
    offered="Poslat dvě reference",
    mobile="601 000 1{:02d}",
    domain="example.cz",
    addresses=(
        ("Vodičkova 36", "Praha", "", "110 00"),
        ("Masarykova 12", "Brno", "", "602 00"),
        ("Americká 4", "Plzeň", "", "301 00"),
        ("Nádražní 88", "Ostrava", "", "702 00"),
    ),
    anniversary="Výročí založení",
)

CZECH_MEMBERS = (("Lucie Černá", "manager"), ("Petr Dvořák", "rep"), ("Eliška Urbanová", "rep"))

CZECH_ORGANIZATIONS = (
    ("Vltavské strojírny", "strojírenství", "Praha", 420),
    ("Řemeslná pila Šumava", "dřevo", "Klatovy", 38),
    ("Beskydské sklo", "sklo", "Ostrava", 150),
    ("Žatecký chmel", "potraviny", "Žatec", 64),
    ("Čedičové stavby", "stavebnictví", "Brno", 210),
    ("Úslava Textil", "textil", "Plzeň", 95),
    ("Krkonošské mlékárny", "potraviny", "Trutnov", 180),
    ("Ostrá Mechanika", "strojírenství", "Liberec", 55),
)
