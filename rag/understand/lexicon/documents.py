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

# File types as people call them; "word" and "text" only before a word for documents.
TYPES: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (key_set("pdf pdfs"), frozenset({"pdf"})),
    (key_set("word docx"), frozenset({"docx", "doc"})),
    (
        key_set("excel spreadsheet spreadsheets tabellenblätter xlsx"),
        frozenset({"xlsx", "xls", "ods", "csv"}),
    ),
    (
        key_set("powerpoint presentations slides präsentationen présentations presentaciones pptx"),
        frozenset({"pptx", "ppt", "odp"}),
    ),
    (
        key_set("email emails mail mails courriels correos e-mails"),
        frozenset({"eml", "msg", "mbox"}),
    ),
    (key_set("markdown md"), frozenset({"md", "markdown"})),
    (key_set("text txt"), frozenset({"txt", "text"})),
    (key_set("html webpages webseiten"), frozenset({"html", "htm", "xhtml"})),
    (key_set("csv"), frozenset({"csv"})),
    (key_set("epub ebooks ebook"), frozenset({"epub"})),
)
# By themselves enough, in the plural or after "the".
TYPE_NOUNS = key_set(
    """pdf pdfs spreadsheet spreadsheets presentations slides email emails mails courriels correos
    präsentationen présentations presentaciones webpages webseiten ebooks"""
)
PLURAL_ONLY = key_set("pdfs emails spreadsheets presentations webpages mails")
PAGED_TYPES = frozenset({"pdf"})

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
)
PAGE_TO = r"[-–—]|to|through|bis|und|and|à|au|et|a|al|y|e|até|tot|en|till|til|do|по|–"
PAGE_AFTER = "页|頁|ページ|쪽|페이지"
FIRST_PAGE = (
    "on the first page|auf der ersten seite|sur la première page|à la première page"
    "|en la primera página|nella prima pagina|na primeira página|op de eerste pagina"
)
