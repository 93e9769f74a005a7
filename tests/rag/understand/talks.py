"""Conversations by hand: what a follow-up has to be searched for with, and without."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Talk:
    """A question and what was said before it."""

    history: tuple[tuple[str, str], ...]  # (question, answer), oldest first
    question: str
    must: tuple[str, ...] = ()  # stand in the completed question, in any case
    must_not: tuple[str, ...] = ()
    unchanged: bool = False  # it needs nothing from the history


def _after(
    question: str,
    answer: str,
    follow_up: str,
    must: str = "",
    must_not: str = "",
    *,
    unchanged: bool = False,
) -> Talk:
    split = [tuple(w for w in words.split("|") if w) for words in (must, must_not)]
    return Talk(((question, answer),), follow_up, split[0], split[1], unchanged)


_LEASE = ("When does the Harbour Street lease end?", "It ends on 31 March 2027.")
_REVENUE = ("What was Apple's revenue in 2022?", "Apple's revenue was 394 billion dollars.")
_FOUNDER = ("Who founded the Meridian Institute?", "Ada Krone founded it in 1931.")

TALKS: tuple[Talk, ...] = (
    # --- English: another time
    _after(*_REVENUE, "and in 2023?", "2023|revenue|Apple", "2022"),
    _after(*_REVENUE, "What about 2021?", "2021|revenue|Apple", "2022"),
    _after(*_REVENUE, "And the year before?", "2021|revenue|Apple", "2022"),
    _after(
        "How many people did Meridian employ in March 2020?",
        "It employed 210 people.",
        "and in June 2021?",
        "June 2021|people|Meridian|employ",
        "March|2020",
    ),
    # --- another name of the same role
    _after(
        "What is the population of France?", "67 million.", "What about Germany?",
        "Germany|population", "France",
    ),
    _after(*_REVENUE, "How about Microsoft?", "Microsoft|revenue|2022", "Apple"),
    _after(
        "Does the policy cover water damage?", "Yes, up to 5,000 euros.", "And fire damage?",
        "fire damage|policy|cover", "water",
    ),
    _after(
        "What does the contract say about pets?", "Pets are allowed.", "and about parking?",
        "parking|contract",
    ),
    # --- why, how, when: nothing of its own
    _after(
        "Was the merger with Nordwind approved?", "No, the board rejected it.", "Why?",
        "why|merger|Nordwind|approved",
    ),
    _after(
        "Was the merger with Nordwind approved?", "No, the board rejected it.", "Why not?",
        "why|merger|Nordwind",
    ),
    _after(*_LEASE, "How much is it?", "Harbour Street|lease"),
    _after(*_LEASE, "Who signed it?", "signed|Harbour Street|lease"),
    _after(*_LEASE, "who else?", "Harbour Street|lease"),
    _after(*_LEASE, "Tell me more", "Harbour Street|lease"),
    _after(*_LEASE, "And then?", "Harbour Street|lease"),
    # --- pronouns
    _after(*_FOUNDER, "When was she born?", "born|Ada Krone"),
    _after(*_FOUNDER, "Where is it located?", "located|Meridian Institute"),
    _after(*_FOUNDER, "What else did she found?", "Ada Krone|found"),
    _after(
        "Which companies supply the turbines?",
        "Nordwind and Helios supply the turbines.",
        "Where are they based?",
        "based|turbines|Nordwind|Helios",
    ),
    _after(
        "Which contract was concluded in 2019?",
        "The Bergmann contract was concluded in 2019.",
        "Who signed it?",
        "signed|Bergmann|contract",
    ),
    _after(
        "What is the deductible of the Allianz policy?", "It is 500 euros.",
        "Does that include theft?", "theft|Allianz|policy",
    ),
    _after(
        "Who is the director of the Oslo branch?", "Ingrid Solheim.", "What is her salary?",
        "salary|Ingrid Solheim",
    ),
    _after(
        "Which two treaties ended the Ruhland conflict?",
        "The Treaty of Aldern and the Treaty of Beck ended it.",
        "And the second one?",
        "second|Beck|Ruhland",
    ),
    _after(
        "What are the three phases of the Helios project?",
        "1. Survey\n2. Construction\n3. Handover",
        "How long does the first one last?",
        "Survey|Helios",
    ),
    _after(
        "Which supplier is cheaper, Nordwind or Helios?", "Nordwind is cheaper.",
        "And the other one?", "Helios|supplier",
    ),
    # --- through several turns
    Talk(
        (_REVENUE, ("and in 2023?", "It was 383 billion dollars.")),
        "and Microsoft's?",
        ("Microsoft", "revenue", "2023"),
        ("2022",),
    ),
    Talk(
        (_LEASE, ("Who signed it?", "Jonas Weber signed it.")),
        "When?",
        ("signed", "lease"),
    ),
    Talk(
        (_REVENUE, ("Thanks!", "")),
        "and in 2024?",
        ("2024", "revenue", "Apple"),
        ("2022",),
    ),
    # --- German
    _after(
        "Wie hoch war der Umsatz von Siemens im Jahr 2022?", "72 Milliarden Euro.", "und 2023?",
        "2023|Umsatz|Siemens", "2022",
    ),
    _after(
        "Wann endet der Mietvertrag für die Hafenstraße?", "Am 31. März 2027.",
        "Und wer hat ihn unterschrieben?", "unterschrieben|Mietvertrag|Hafenstraße",
    ),
    _after(
        "Wie viele Einwohner hat Frankreich?", "67 Millionen.", "Was ist mit Deutschland?",
        "Deutschland|Einwohner", "Frankreich",
    ),
    _after(
        "Wurde die Fusion mit Nordwind genehmigt?", "Nein.", "Warum nicht?",
        "warum|Fusion|Nordwind|genehmigt",
    ),
    _after(
        "Wer gründete das Institut Meridian?", "Ada Krone gründete es 1931.",
        "Wann wurde sie geboren?", "geboren|Ada Krone",
    ),
    _after(
        "Welche Frist gilt für die Kündigung?", "Drei Monate.", "Gibt es davon Ausnahmen?",
        "Ausnahmen|Frist|Kündigung",
    ),
    _after(
        "Wie hoch ist die Kaution?", "Drei Monatsmieten.", "Und wo wird sie angelegt?",
        "angelegt|Kaution",
    ),
    # --- French
    _after(
        "Quel était le chiffre d'affaires de Renault en 2022 ?", "46 milliards d'euros.",
        "et en 2023 ?", "2023|chiffre|Renault", "2022",
    ),
    _after(
        "Quelle est la population de la France ?", "67 millions.", "Et pour l'Allemagne ?",
        "Allemagne|population", "France",
    ),
    _after(
        "Quand se termine le bail de la rue du Port ?", "Le 31 mars 2027.", "Qui l'a signé ?",
        "signé|bail|Port",
    ),
    _after("La fusion avec Nordwind a-t-elle été approuvée ?", "Non.", "Pourquoi ?",
           "pourquoi|fusion|Nordwind"),
    # --- Spanish, Italian, Portuguese, Dutch
    _after(
        "¿Cuáles fueron los ingresos de Repsol en 2022?", "75 mil millones.", "¿Y en 2023?",
        "2023|ingresos|Repsol", "2022",
    ),
    _after(
        "¿Cuándo termina el contrato de alquiler?", "El 31 de marzo.", "¿Quién lo firmó?",
        "firmó|contrato|alquiler",
    ),
    _after("¿Se aprobó la fusión con Nordwind?", "No.", "¿Por qué?", "fusión|Nordwind"),
    _after(
        "Quali erano i ricavi di Eni nel 2022?", "132 miliardi.", "e nel 2023?",
        "2023|ricavi|Eni", "2022",
    ),
    _after("Chi ha fondato l'istituto Meridian?", "Ada Krone.", "Quando è nata?", "nata|Ada Krone"),
    _after(
        "Qual foi a receita da Petrobras em 2022?", "124 mil milhões.", "E em 2023?",
        "2023|receita|Petrobras", "2022",
    ),
    _after(
        "Wat was de omzet van Philips in 2022?", "17,8 miljard.", "en in 2023?",
        "2023|omzet|Philips", "2022",
    ),
    _after("Wanneer eindigt het huurcontract?", "In 2027.", "Wie heeft het getekend?",
           "getekend|huurcontract"),
    # --- further afield
    _after(
        "苹果公司2022年的收入是多少？", "3940亿美元。", "那2023年呢？", "2023|苹果|收入", "2022"
    ),
    _after("租约什么时候到期？", "2027年3月31日。", "是谁签的？", "签|租约"),
    _after(
        "アップルの2022年の売上高は？", "3940億ドルです。", "2023年は？",
        "2023|アップル|売上高", "2022",
    ),
    _after("Каков был доход Газпрома в 2022 году?", "11,7 трлн рублей.", "А в 2023 году?",
           "2023|доход|Газпром", "2022"),
    _after("Jaki był przychód Orlenu w 2022 roku?", "278 mld zł.", "A w 2023?",
           "2023|przychód|Orlen", "2022"),
    _after("Vad var Volvos omsättning 2022?", "473 miljarder.", "och 2023?",
           "2023|omsättning|Volvo", "2022"),
    _after("Hvornår udløber lejekontrakten?", "I 2027.", "Hvem har underskrevet den?",
           "underskrevet|lejekontrakten"),
    _after("Apple'ın 2022 geliri ne kadardı?", "394 milyar dolar.", "peki ya 2023?",
           "2023|Apple|geliri", "2022"),
    # --- nothing to complete
    _after(*_REVENUE, "What is the notice period of the Harbour Street lease?", unchanged=True),
    _after(*_LEASE, "Which suppliers deliver the turbines for the Helios project?", unchanged=True),
    _after(*_FOUNDER, "How long does it take to renew a passport?", unchanged=True),
    _after(*_LEASE, "And what was Apple's revenue in the third quarter of 2023?",
           must="Apple|revenue|2023", must_not="Harbour|lease"),
    _after(*_FOUNDER, "Is it possible to terminate the insurance policy early?", unchanged=True),
    _after(*_REVENUE, "Wer ist der Präsident von TUMAS?", unchanged=True),
    _after(*_REVENUE, "notice period lease", unchanged=True),
    _after(*_LEASE, "When did Rollo's followers begin to marry their neighbours?", unchanged=True),
)  # fmt: skip

# Written after the rules, which were not changed for them before they were first run.
LATER: tuple[Talk, ...] = (
    _after("How many vacation days does the handbook grant?", "28 days.", "And how many sick days?",
           "sick days|handbook"),
    _after("Who is liable for frost damage?", "The tenant is liable.", "What about flood damage?",
           "flood damage|liable", "frost"),
    _after("What did the board decide on 3 May 2024?", "It approved the budget.",
           "and on 7 June 2024?", "7 June 2024|board|decide", "May"),
    _after("When was the Aldern bridge built?", "In 1911.", "How long is it?",
           "long|Aldern|bridge"),
    _after("Who wrote the Ruhland report?", "Marta Finch wrote it.", "What else has she written?",
           "Marta Finch|written"),
    _after("What are the fees of the Nordbank account?", "4.90 euros a month.",
           "Can they be waived?", "waived|Nordbank|fees"),
    _after("What was Toyota's margin in 2020?", "8 percent.", "Same question for Honda",
           "Honda|margin|2020", "Toyota"),
    _after("What was Toyota's margin in 2020?", "8 percent.", "And the following year?",
           "2021|margin|Toyota", "2020"),
    _after("Which countries signed the Aldern accord?", "Norway, Iceland and Malta signed it.",
           "When did the third one sign?", "Malta|sign|Aldern"),
    _after("What is the warranty period of the Helios inverter?", "Ten years.",
           "Why so long?", "warranty|Helios"),
    _after("Where was the conference held?", "It was held in Lisbon.",
           "How many people attended it?", "attended|conference"),
    _after("What is the interest rate of the loan?", "3.2 percent.", "Is it fixed?",
           "fixed|interest|loan"),
    _after("Wie viele Mitarbeiter hatte Bosch 2019?", "400.000.", "Und im Jahr 2021?",
           "2021|Mitarbeiter|Bosch", "2019"),
    _after("Wer leitet die Abteilung Einkauf?", "Frau Lindner leitet sie.",
           "Seit wann arbeitet sie dort?", "Lindner|Abteilung|Einkauf"),
    _after("Welche Schäden deckt die Police?", "Feuer und Diebstahl.", "Und Wasserschäden?",
           "Wasserschäden|Police"),
    _after("Quel est le loyer de l'appartement ?", "900 euros.", "Et les charges ?",
           "charges|appartement"),
    _after("Qui dirige l'usine de Lyon ?", "Claire Morel.", "Depuis quand ?", "usine|Lyon"),
    _after("¿Cuál es el plazo de preaviso?", "Tres meses.", "¿Y en caso de venta?",
           "venta|plazo|preaviso"),
    _after("¿Quién redactó el informe Solana?", "Lucía Prat.", "¿Dónde trabaja ella?",
           "Lucía Prat|trabaja"),
    _after("Qual è il canone di affitto?", "900 euro.", "E il deposito?",
           "deposito|canone|affitto"),
    _after("Hoe hoog is de huur van het kantoor?", "1200 euro.", "En de borg?",
           "borg|huur|kantoor"),
    _after("Кто подписал договор аренды?", "Иван Петров.", "Когда он его подписал?",
           "подписал|договор|аренды"),
    _after("合同的租金是多少？", "每月五千元。", "押金呢？", "押金|合同"),
    _after("契約の更新料はいくらですか？", "一か月分です。", "敷金は？", "敷金|契約"),
    _after("What is the rent of the Harbour Street flat?", "900 euros.",
           "What is the emergency number of the caretaker?", unchanged=True),
    _after("Who signed the Aldern accord?", "Norway.", "Which bank financed the Lisbon plant?",
           unchanged=True),
)  # fmt: skip

ALL = (*TALKS, *LATER)
