"""The words by which a whole text is told from a part of it and from its subject."""

from __future__ import annotations

import regex

from rag.understand.words import key_set

# Stand for a text that was chosen, or talked of.
POINTING = key_set(
    """this that it these those everything all both they them here hier diese dieser dieses diesen
    das es alles beide beiden dies darin drin ceci cela ça tout ce ces ceux eux il elle ils
    elles les deux esto eso todo todos ambos ello lo él ella questo questi tutto entrambi esso
    isto isso tudo dit dat alles allebei det detta dette allt alt это этом этого всё все него
    ним нем нём нього цей це ce to tym tego wszystko tom tohle tämä tässä tämän ez ezt ebben bu
    bunu هذا هذه זה זאת"""
)
# Texts that are no document of an office, and what is compared of them.
TEXTS = key_set(
    """buches dokuments dokumentes berichtes textes romans aufsatzes essay essays aufsatz
    договорами контрактами документами отчётами отчетами novel novels story stories tale poem
    poems play script narrative book booklet series work works case ruling judgment judgement
    decision bill act law directive regulation treaty conversation meeting discussion lecture
    talk interview chat thread dataset pdf pdfs folder library collection roman romans
    geschichte erzählung gedicht stück werk urteil beschluss gesetz vortrag gespräch sitzung
    ordner verordnung bericht nouvelle conte poème pièce oeuvre œuvre récit loi jugement arrêt
    décret réunion dossier novela novelas cuento historia relato poema obra ley sentencia
    carpeta reunión romanzo racconto storia opera legge sentenza romance conto lei roman verhaal
    gedicht wet vonnis boken boka bok bogen rapporten roman berättelse dokumentet artikkelen
    книга книге книги книгу книгой роман романе романа рассказ рассказе повесть повести текст
    тексте текста закон законе договор статья статье статьи статью статей отчет отчете отчета
    отчеты отчетов документ документы документов договоры договоров документі документ документа
    книзі звіт звіті стаття статті книги dokument dokumentu dokumenty dokumentów raport raportu
    raporty raportów książka książce książki tekst tekstu umowy artykuł artykułu zprávu zpráva
    zprávy kniha knize dokumentu text textu smlouvy asiakirja asiakirjan raportti raportin kirja
    kirjan teksti teksti sopimus sopimuksen dokumentum dokumentumot jelentés jelentést könyv
    könyvet könyvnek szöveg belge belgeyi belgenin rapor raporu raporun kitap kitabı metin metni
    sözleşme sözleşmeyi المستند الوثيقة التقرير الكتاب النص المقال العقد الملف المقالة الرواية
    الوثيقتين التقريرين العقدين המסמך הדוח הספר הטקסט המאמר החוזה הקובץ המסמכים"""
)
VERSIONS = key_set(
    """версиями редакциями version versions edition editions draft drafts revision revisions
    release releases one ones year years amendment predecessor successor two three others other
    previous old new latest original fassung fassungen ausgabe ausgaben entwurf entwürfe
    entwürfen auflage vorjahr vorgänger neue alte neuen alten versionen édition éditions
    brouillon versions révision ancien ancienne nouvelle nouveau année versión versiones edición
    ediciones borrador borradores anterior año nueva versione versioni edizione edizioni bozza
    anno versão versões edição edições rascunho ano versie versies uitgave concept jaar
    versionen utgåva versionerna utgave udgave версия версии версий редакция редакции редакций
    версию wersja wersje wersji wersjami verze verzi versio versiot versiota verzió verziók
    sürüm sürümü النسخة النسختين الإصدار גרסה הגרסאות הגרסה"""
)
# Of what a text says, more than one place holds.
ARGUMENT = key_set(
    """argument arguments argumentation reasoning thesis thrust plot story storyline narrative
    theme themes message moral structure logic idea ideas findings conclusion conclusions
    takeaways position approach methodology strategy context background content contents
    significance essence gist points implications results risks development case main key
    overall gedankengang argumentation these thesen handlung aufbau inhalt botschaft kernaussage
    logik hintergrund ergebnisse schlussfolgerungen zusammenhänge bedeutung risiken strategie
    argumentaire thèse thèses intrigue raisonnement structure contenu conclusions conclusion
    portée enjeux stratégie logique résultats tesis trama argumento argumentos argumentación
    razonamiento estructura contenido conclusiones estrategia resultados mensaje tesi
    argomentazione trama ragionamento struttura contenuto conclusioni messaggio tese enredo
    argumentação raciocínio estrutura conteúdo conclusões mensagem betoog redenering stelling
    inhoud strekking opbouw handling budskap innehåll innhold indhold сюжет аргумент аргументы
    аргументацию идею идеи содержание структуру выводы смысл суть fabułę treść tezę argumentację
    wnioski děj obsah argumenty závěry juonen sisältö sisällön cselekmény tartalmat الحجة الفكرة
    המחבר הטיעון"""
)
AUTHORS = key_set(
    """author authors writer writers narrator autor autorin autoren verfasser erzähler auteur
    auteurs narrateur autores narrador autore autori autora schrijver författaren forfatteren
    автор автора авторы autorzy autora"""
)
# Matters of detail, whatever is done with them.
DETAILS = key_set(
    """term terms word words phrase expression definition meaning abbreviation acronym clause
    clauses provision provisions formula equation figure rule rules requirement requirements
    right rights deadline deadlines fee fees footnote footnotes line lines quote quotation
    passage passages begriff begriffs begriffe wort ausdruck definition bedeutung abkürzung
    formel klausel klauseln regelung regelungen bestimmung bestimmungen fußnote stelle frist
    fristen rechte pflichten terme mot expression définition sigle abréviation formule
    disposition dispositions clause note passage délai droits término palabra expresión
    definición sigla fórmula cláusula cláusulas disposición disposiciones plazo derechos pasaje
    termine parola definizione clausola disposizioni termo palavra definição cláusula
    disposições begrip woord definitie clausule bepaling bepalingen термин слово определение
    пункт положение termin słowo pojęcie definicję pojem slovo المصطلح مصطلح البند المادة המונח
    סעיף הסעיף"""
)
PARTS = key_set(
    """section sections subsection chapter chapters paragraph paragraphs page pages table figure
    appendix annex footnote sentence subparagraph recital scene verse stanza row column slide
    abschnitt abschnitte abschnitts kapitel kapitels absatz paragraf paragraph seite seiten
    tabelle abbildung anhang ziffer folie szene chapitre chapitres alinéa paragraphe page
    tableau annexe partie diapositive scène capítulo capítulos apartado sección párrafo página
    tabla anexo escena capitolo paragrafo sezione pagina tabella allegato comma capítulo seção
    secção parágrafo tabela hoofdstuk paragraaf alinea bladzijde tabel bijlage kapitlet avsnitt
    avsnittet stycke sidan afsnit avsnittet kapittel kapittelet раздел раздела разделе глава
    главу главы главе параграф страницу страницы странице таблицу абзац rozdział rozdziału
    rozdziale strona stronę stronie tabela paragraf kapitola kapitolu kapitoly stránka stránku
    luku luvun kappale sivu fejezet fejezetet oldal bölüm bölümü sayfa الفصل فصل القسم الصفحة
    الفقرة פרק הפרק עמוד פסקה"""
)
QUOTED = regex.compile(
    r"[“„«\"]\s?([^“”„«»\"\n]{1,120}?)\s?[”“»\"]"
    r"|(?<![\p{L}\p{N}])['‘‚]([^'‘’\n]{1,80})['’](?![\p{L}\p{N}])"
)
FILE_NAME = regex.compile(
    r"[^\s,;:?!“”\"]+\.(?:pdf|docx?|odt|rtf|txt|md|html?|epub|pptx?|xlsx?|csv|eml|msg|tex|json|xml)"
    r"(?![\p{L}\p{N}])",
    regex.IGNORECASE,
)
COUNTING = regex.compile(r"(?:how (?:many|much|often)|wie ?(?:viele?|oft)|combien|cuant[oa]s?)\b")
# What a text says of one matter stands in some of its passages.
SAYS_ABOUT = regex.compile(
    r"\b(?:what|how|was|wie|que?|cio che|wat|что)\b.*"
    r"\b(?:says?|said|states?|mentions?|provides?|tells?|writes?|sagt|steht|schreibt|regelt|dit|"
    r"disent|dice|diz|zegt)\b.*"
    r"\b(?:about|on|regarding|uber|zu|zum|zur|sur|sobre|a propos|su|over)\b"
    r"|\b(?:uber|zu|zum|zur|sur|sobre) .*\b(?:sagt|steht|dit|dice|schreibt)\b"
)
TOPIC = regex.compile(
    r"\b(?:about|on|regarding|concerning|against|uber|bezuglich|hinsichtlich|gegen|sur|"
    r"concernant|contre|a propos|sobre|acerca|contra|riguardo|su|sul|sulla|over|om|о|"
    r"об|про|против|dotycząc\w+)\b"
)
EACH_PART = regex.compile(
    r"\b(\w+) (?:by|fur|par|por|per|za|after) \1\b"
    r"|\b(?:each|every|all|alle|jede[snmr]?|chaque|tou(?:te)?s|tod[oa]s|cada|ogni|tutti|elke?)\b"
)
# What stands before these is asked for, what stands behind them is what it is of.
PREPOSITIONS = key_set(
    """to like as so because of in from for on about at under within between among against
    regarding described made given presented that which who as into behind when if during after
    before over using across throughout by whether why von vom im aus für zum zur bei über nach
    zwischen dans du des de d pour sur par entre en del para por sobre nel nella nello nell dei
    della delle dello di da dal tra fra per do das na no em van voor uit tussen av om af på
    mellan mellem mellom из в во о об по для от на между w z o dla między v ve ze mezi na que
    qui welche welches faced facing hinsichtlich bezüglich"""
)
OF = key_set(
    """of in from behind des der dieses dieser von vom im aus de du d dans del della dell dello nel
    nella do da dos das no na van uit av i af в из w z v ze"""
)
JOINTS = key_set(
    """and with to vs versus against or und mit oder et avec y e con ed com met och med og и с со i
    oraz ve z ja és و"""
)
FLUFF = key_set(
    """zusammen dois dwa dwie te tych tymi obie oba esses essas estes estas s whole entire full
    complete following attached main overall just only please again briefly ganze ganzen gesamte
    gesamten entier entière entero entera completo completa intero intera mir me us uns moi nous
    more detail simply is are was were has have been does do eigentlich the both two three beide
    beiden deux dos due duas twee zwei drei различные"""
)
# What else is to be done with what was compared.
AND_THEN = regex.compile(
    r" (?:and|und|et|y) (?:then )?(?:list|show|tell|highlight|explain|give|point|say|note|identify|"
    r"find|what|which|how|where|liste|zeige?|nenne|sag|indique|dis|montre|dime|indica|muestra)\b.*"
)
