"""The words by which people speak of documents, folders, file types and pages."""

from __future__ import annotations

from rag.understand.words import key_set, phrases

# Any document: such a word alone names none.
ANY_DOCUMENT = key_set(
    """document documents doc docs file files text texts article articles paper papers report
    reports book books source sources attachment attachments record records material materials
    dokument dokumente dokumenten datei dateien artikel artikels bericht berichte berichten
    unterlagen
    quelle quellen buch schrift anhang fichier fichiers rapport rapports livre texte textes
    documentos
    documento archivo archivos fichero ficheros informe informes libro texto textos artículo
    documenti file relazione relazioni rapporto testo articolo libro arquivo arquivos ficheiro
    ficheiros relatório relatórios livro documenten bestand bestanden verslag verslagen rapporten
    boek tekst artikelen dokumentet dokumenten fil filer filen rapporten rapporter artikeln artiklen
    документ документа документе документы документах файл файле файлы файлах отчёт отчет отчёте
    отчете отчёты статья статье dokumenty dokumentach plik pliku pliki plikach raport raporcie
    soubor souboru soubory zpráva zprávě asiakirja tiedosto raportti dokumentum fájl jelentés belge
    dosya rapor study studies survey surveys review reviews essay summary abstract speech address
    studie studien rede étude études discours estudio estudios discurso studio estudo studien"""
)
# A kind of document: "the lease" names one where only one file is called so.
KIND_OF_DOCUMENT = key_set(
    """lease leases contract contracts agreement agreements policy policies invoice invoices letter
    letters email emails minutes manual manuals handbook budget testament bylaws statutes resume cv
    certificate offer proposal proposals memo memos memorandum transcript filing filings prospectus
    syllabus thesis dissertation questionnaire receipt receipts warranty deed protocol presentation
    slides spreadsheet newsletter brochure leaflet catalogue catalog guide guideline guidelines
    specification specifications spec specs whitepaper note notes plan plans statement statements
    agenda checklist checklists faq readme appendix annex questionnaire form forms
    application quote quotation estimate tender schedule log diary journal factsheet datasheet
    handout worksheet workbook constitution charter
    vertrag verträge vertrages vertrags vereinbarung rechnung rechnungen brief briefe protokoll
    protokolle handbuch anleitung haushalt satzung lebenslauf zeugnis angebot vorschlag gutachten
    police urkunde präsentation tabelle broschüre leitfaden richtlinie richtlinien notiz notizen
    vermerk prospekt quittung bescheid antrag anlage mietvertrag arbeitsvertrag kaufvertrag
    jahresbericht geschäftsbericht
    bail contrat contrats accord facture factures lettre lettres procès manuel règlement statuts
    offre devis mémoire présentation notice guide attestation convention avenant
    contrato contratos acuerdo factura facturas carta cartas acta manual presupuesto estatutos
    oferta propuesta póliza presentación guía certificado arrendamiento
    contratto contratti accordo fattura fatture lettera lettere verbale manuale preventivo statuto
    offerta proposta polizza presentazione guida certificato
    acordo fatura faturas ata orçamento estatuto proposta apólice apresentação guia certidão
    contract contracten overeenkomst factuur facturen brief brieven notulen handleiding begroting
    statuten offerte polis presentatie huurcontract
    avtal avtalet kontrakt kontraktet faktura fakturan brev brevet protokollet budgeten lejekontrakt
    lejekontrakten hyresavtal hyresavtalet aftale aftalen
    договор договоре договора контракт контракте счёт письмо письме протокол протоколе устав
    руководство umowa umowie umowy faktura fakturze list protokół statut smlouva smlouvě faktura
    sopimus lasku kirje szerződés számla levél sözleşme fatura mektup"""
)
# Compounds that end so are kinds of documents too: Mietvertrag, Jahresbericht, huurcontract.
KIND_ENDINGS = (
    "vertrag", "vertrags", "vertrages", "bericht", "berichts", "protokoll", "rechnung", "handbuch",
    "schreiben", "police", "ordnung", "satzung", "gutachten", "anleitung", "richtlinie", "zeugnis",
    "contract", "overeenkomst", "verslag", "avtal", "avtalet", "kontrakt", "kontrakten", "rapport",
    "rapporten", "sopimus",
)  # fmt: skip
PLURALS = key_set(
    """berichte dokumente briefe verträge protokolle angebote vermerke artikel fatture lettere
    offerte polizze guide dokumentach plikach отчетах отчётах документах файлах письмах"""
)


def is_document(key: str) -> bool:
    """Whether a folded word is one for documents: report, lease, Mietvertrag."""
    return key in KIND_OF_DOCUMENT or key in ANY_DOCUMENT or key.endswith(KIND_ENDINGS)


# What leads to a document that is meant as the source.
LEADS = phrases(
    """in; inside; within; from; according to; as per; per; under; based on; im; aus; laut; gemäß;
    nach; dans; selon; d'après; conformément à; en; según; de acuerdo con; conforme a; nel; nella;
    nell; nei; nelle; secondo; in base a; no; na; em; segundo; de acordo com; conforme; volgens;
    uit; i; enligt; från; ifølge; fra; w; według; z; v; podle; в; согласно; по; из; mukaan"""
)
SAYS = key_set(
    """say says said state states mention mentions specify specifies require requires contain
    contains cover covers provide provides tell tells sagt steht besagt regelt enthält nennt
    vorsieht dit prévoit indique mentionne contient stipule dice indica menciona contiene establece
    prevede contiene stabilisce diz menciona contém prevê zegt vermeldt bevat staat säger siger"""
)
DETERMINERS = key_set(
    """the my our your this that these those his her their its der die das den dem des mein meine
    meinem meiner meinen unser unsere unserem unserer unseren dieser diese dieses diesem diesen le
    la les l mon ma mes notre nos ce cet cette ces el los las mi mis nuestro nuestra este esta il lo
    i gli mio mia nostro nostra questo questa o os as meu minha nosso nossa de het mijn ons onze
    deze
    dit min mitt mina vår vårt mit mine vores all every each only alle allen allem nur tous toutes
    todos todas tutti tutte"""
)
# Joins more of a name to it: the contract with Nordwind, the lease for Harbour Street.
# What may stand before a kind without telling which of the files is meant.
QUALIFIERS = key_set(
    """signed attached current new old original final latest last same enclosed above mentioned
    whole entire full complete actual existing unterschriebenen unterzeichneten beigefügten
    aktuellen neuen alten ursprünglichen ganzen gesamten geltenden signé actuel nouveau firmado
    actual nuevo firmato attuale nuovo assinado atual novo getekende huidige nieuwe"""
)
JOINS_NAME = key_set(
    """with for from of to mit für von vom an zu zum zur avec pour de du con para di per met
    voor van"""
)
FOLDER = key_set(
    """folder folders directory subfolder ordner ordners verzeichnis dossier répertoire carpeta
    directorio cartella directory pasta diretório map mappen mapp mappe katalog folderze папка папке
    složka složce kansio mappa klasör"""
)
NAMED = key_set("called named genannt namens nommé llamada llamado chiamata chamada genaamd")

# File types as people call them; those not among `TYPE_NOUNS` only before a word for documents.
_SHEETS = frozenset(["xlsx", "xlsm", "xlsb", "xls", "xltx", "xltm", "ods", "ots", "csv", "tsv"])
_SLIDES = frozenset(
    ["pptx", "pptm", "ppsx", "ppsm", "potx", "potm", "ppt", "pps", "pot", "odp", "otp", "fodp"]
)
TYPES: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (key_set("pdf pdfs"), frozenset({"pdf"})),
    (key_set("word docx doc docm"), frozenset(["docx", "docm", "dotx", "dotm", "doc", "dot"])),
    (
        key_set(
            """excel spreadsheet spreadsheets workbook workbooks tabellenblätter exceltabelle
            exceltabellen arbeitsmappe arbeitsmappen tabellenkalkulation tableur tableurs rekenblad
            rekenbladen kalkylblad kalkylbladet regneark regnearket arkusz arkuszu arkuszach
            laskentataulukko xlsx xls"""
        ),
        _SHEETS,
    ),
    (
        key_set(
            """powerpoint presentation presentations slides slideshow slideshows präsentation
            präsentationen folien foliensatz présentation présentations diaporama diapositives
            presentación presentaciones diapositivas presentazione presentazioni diapositive
            apresentação apresentações presentatie presentaties presentationen presentationer
            præsentation præsentationen presentasjon presentasjonen prezentacja prezentacji
            prezentacjach prezentace prezentaci презентация презентации презентациях esitys
            esityksessä prezentáció sunum pptx ppt"""
        ),
        _SLIDES,
    ),
    (key_set("opendocument odt"), frozenset(["odt", "ott", "fodt"])),
    (key_set("rtf"), frozenset({"rtf"})),
    (
        key_set("email emails mail mails courriels correos e-mails"),
        frozenset(["eml", "emlx", "msg", "mbox", "mbx"]),
    ),
    (key_set("markdown md"), frozenset({"md", "markdown"})),
    (key_set("text txt"), frozenset({"txt", "text"})),
    (key_set("html webpages webseiten"), frozenset({"html", "htm", "xhtml"})),
    (key_set("csv"), frozenset({"csv"})),
    (key_set("json"), frozenset({"json", "jsonl", "ndjson"})),
    (key_set("xml"), frozenset({"xml"})),
    (key_set("epub ebooks ebook"), frozenset({"epub"})),
    (key_set("jupyter ipynb"), frozenset({"ipynb"})),
    (key_set("subtitle subtitles srt vtt"), frozenset(["srt", "vtt", "ass", "ssa", "sbv"])),
)
# What leads to a source and holds the article, or needs none: nella presentazione.
LEADS_WITH_ARTICLE = key_set(
    """im nel nella nell nei nelle no na laut gemäß volgens enligt ifølge według согласно в w podle
    selon según conforme"""
)
# By themselves enough, in the plural or after "the".
TYPE_NOUNS = key_set(
    """pdf pdfs spreadsheet spreadsheets workbook workbooks exceltabelle exceltabellen arbeitsmappe
    arbeitsmappen tableur tableurs rekenblad rekenbladen kalkylblad kalkylbladet regneark regnearket
    arkuszu arkuszach presentation presentations slides slideshow slideshows präsentation
    präsentationen folien foliensatz présentation présentations diaporama diapositives presentación
    presentaciones diapositivas presentazione presentazioni apresentação apresentações presentatie
    presentaties presentationen presentationer præsentationen presentasjonen prezentacji
    prezentacjach prezentaci презентации презентациях esityksessä email emails mails courriels
    correos webpages webseiten ebooks"""
)
# Plurals, and words of languages without articles.
WITHOUT_ARTICLE = key_set(
    """prezentacji prezentaci презентации esityksessä pdfs emails spreadsheets workbooks
    exceltabellen arbeitsmappen tableurs presentations slideshows präsentationen présentations
    presentaciones presentazioni apresentações presentaties
    presentationer prezentacjach презентациях webpages mails"""
)
# What is done as well as what is kept in a file: "the presentation of the results".
ALSO_AN_ACT = key_set(
    """presentation präsentation présentation presentación presentazione apresentação presentatie
    presentationen præsentationen presentasjonen prezentacji prezentaci презентации"""
)
OF = key_set("of von der des du de des della del do da van av af")
PAGED_TYPES = frozenset({"pdf", "odg"}) | _SLIDES

SINCE = phrases(
    """since; newer than; later than; seit; ab; depuis; à partir de; desde; a partir de; dal; dalla;
    sinds; vanaf; sedan; från och med; siden; с; od; від"""
)
AFTER = phrases("after; nach; après; después de; dopo; depois de; na; efter; после; po")
UNTIL = phrases(
    """until; till; up to; older than; bis; bis zum; jusqu'en; jusqu'à; hasta; fino al; fino a; até;
    tot; t o m; indtil; до; do"""
)
BEFORE = phrases("before; vor; avant; antes de; prima del; prima di; voor; före; før; перед; przed")
OF_TIME = phrases(
    """from; dated; of; aus; aus dem; vom; von; de; du; del; di; dal; van; uit; från; fra; za; z;
        из;
    от; за; за"""
)
BETWEEN = phrases("between; zwischen; entre; tra; fra; tussen; mellan; mellem; между; między")
UP_TO = key_set("and to until und bis et à au y a e al en tot och till og til и по i do")
# Between a word for documents and a time: "files that were changed since May".
CHANGED = key_set(
    """modified changed edited added created saved updated received written that which were was are
    is have been i we geändert bearbeitet erstellt gespeichert hinzugefügt die der das wurden wurde
    sind modifiés modifié ajoutés créés qui ont été modificados creados que fueron modificati creati
    modificados gewijzigd ändrade ændret"""
)
ONLY = key_set("only just nur seulement solo soltanto apenas alleen bara kun")

PAGE = (
    "pages|page|pp?\\.|pgs?|seiten?|S\\.|páginas?|pagine|pagina|blz|bladzijden?|sidan|sidor|sida|siden|sider"
    "|stron(?:ie|a|y)|stran(?:ě|a|y)|str|страниц[аеы]|стр|стор|sivuilla|sivulla|sivu|sayfada|sayfa"
    "|oldal|صفحة|الصفحة|עמוד|पृष्ठ|หน้า|페이지|trang|halaman"
    "|slides?|folien?|diapositives?|diapos?|diapositivas?|diapositivos?|dia's|lysbilder?|lysbildet"
    "|slajd(?:zie|y|u)?|snímk[uy]|snímek|слайд(?:е|а|ы|ах)?|slayt(?:ta)?|שקופית|شريحة|الشريحة"
    "|슬라이드|スライド|幻灯片|投影片"
)
PAGE_TO = r"[-–—]|to|through|bis|und|and|à|au|et|a|al|y|e|até|tot|en|till|til|do|по|–"
PAGE_AFTER = "页|頁|ページ|쪽|페이지|(?:张|張)(?:幻灯片|投影片)|枚目のスライド"
FIRST_PAGE = (
    "on the first page|auf der ersten seite|sur la première page|à la première page"
    "|en la primera página|nella prima pagina|na primeira página|op de eerste pagina"
)
