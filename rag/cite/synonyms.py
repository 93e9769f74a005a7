"""Words that say the same, in four languages; those of one line may stand for each other."""

from __future__ import annotations

from collections import defaultdict

from rag.cite.words import stem

_ENGLISH = """
    big large great huge vast sizeable sizable substantial enormous considerable
    small little tiny minor slight
    start begin commence launch initiate beginning onset
    end finish conclude terminate stop cease close completion
    buy purchase acquire acquisition
    sell sale
    build construct erect construction
    make produce create manufacture production creation
    create establish found form set founding establishment formation foundation
    help assist aid support assistance
    show demonstrate display indicate reveal exhibit prove
    get receive obtain gain acquire
    give provide supply offer grant
    need require requirement necessary demand
    use used uses using utilize utilise employ apply usage application
    keep retain preserve maintain hold
    change alter modify shift alteration modification
    grow increase rise expand growth expansion climb raise
    fall decline decrease drop decreased reduction reduce lower
    improve enhance better improvement
    choose select pick elect choice selection
    call name term dub designate known
    say state tell remark declare note mention claim assert
    think believe consider regard opinion
    argue contend maintain argument
    explain describe depict portray explanation description
    ask request inquire question
    answer reply respond response
    find discover detect discovery
    look seem appear appearance
    see observe witness view notice
    die death perish
    live reside dwell inhabit
    leave depart exit departure
    arrive come reach arrival
    move relocate shift transfer
    send dispatch transmit ship
    bring carry transport convey
    put place locate situate position
    win victory triumph gain secure
    lose loss defeat
    beat defeat overcome conquer
    attack assault raid
    fight battle combat
    kill slay murder
    destroy demolish ruin destruction
    damage harm injure injury
    protect guard defend shield protection
    allow permit enable let permission
    forbid prohibit ban bar
    stop halt prevent
    cause lead trigger result produce bring
    include contain comprise encompass
    join unite merge combine link connect
    divide split separate partition
    lead head direct guide run leader
    rule govern reign
    manage administer run operate
    work labour labor job task
    own possess hold ownership
    pay spend payment
    cost price expense
    earn receive
    study investigate examine research analyse analyze analysis investigation
    teach instruct train educate
    learn study
    write author compose pen
    publish release issue publication
    speak talk
    agree accord consent agreement
    refuse decline reject
    accept approve adopt acceptance approval
    try attempt seek endeavour endeavor
    happen occur arise occurrence
    continue persist proceed
    become became turned
    remain stay
    return come
    fail failure
    succeed success
    differ vary difference
    measure gauge measurement
    test trial check examine
    treat handle deal treatment
    develop evolve development
    design plan
    invent devise invention
    discuss debate talk discussion
    announce declare proclaim announcement
    propose suggest proposal suggestion
    order command instruct
    appoint name nominate appointment
    hire employ recruit
    visit tour
    collect gather assemble
    estimate reckon gauge
    count number amount total
    reach attain achieve accomplish achievement
    important significant major key crucial vital essential
    main chief principal primary central leading major
    different distinct separate diverse varied various
    similar alike comparable like
    same identical equal
    many numerous several countless
    all every each
    often frequently commonly regularly
    usually typically generally normally mostly
    sometimes occasionally
    rarely seldom
    quick fast rapid swift quickly rapidly
    slow gradual slowly gradually
    new novel fresh recent
    old ancient aged
    early initial first
    last final
    rich wealthy affluent prosperous
    poor impoverished needy
    famous renowned noted celebrated known eminent
    strong powerful mighty robust
    weak feeble frail
    hard difficult tough
    easy simple
    whole entire complete full total
    right correct
    wrong incorrect
    clear evident obvious plain
    common widespread frequent
    rare scarce uncommon
    strange odd unusual peculiar
    dangerous hazardous risky
    safe secure
    near close nearby
    far distant
    enough sufficient adequate
    almost nearly
    about approximately roughly around
    also additionally
    now currently presently today
    then subsequently afterwards later
    again anew
    together jointly
    only solely merely
    especially particularly notably
    largely mainly mostly chiefly primarily predominantly
    completely entirely fully totally
    probably likely
    suddenly abruptly
    finally eventually ultimately lastly
    originally initially
    people persons individuals folk
    person individual human
    man gentleman
    child kid youngster
    student pupil learner
    teacher instructor
    doctor physician
    worker employee staff labourer laborer
    boss chief head
    leader head chief
    king monarch sovereign
    soldier trooper
    army military troops forces
    enemy foe
    lawyer attorney solicitor
    author writer
    scientist researcher scholar
    company firm corporation business enterprise
    country nation state land
    city town municipality
    area region zone district territory
    place location site spot
    house home dwelling residence
    building structure edifice
    road street
    car automobile vehicle
    ship vessel boat
    plane aircraft airplane aeroplane
    film movie picture
    book volume
    world globe earth
    war conflict
    law statute act legislation
    rule regulation
    job position post
    money cash funds
    goods products merchandise
    shop store
    customer client
    part portion section piece share
    group band
    kind type sort
    way method manner approach
    idea concept notion
    goal aim objective purpose target
    reason cause
    result outcome consequence effect
    problem issue difficulty
    chance opportunity
    power might strength
    ability capacity capability
    population inhabitants residents
    illness disease sickness
    drug medicine medication
    food nourishment
    picture image
    song tune
    prize award
    fight struggle
    meeting gathering assembly
    trip journey voyage
    border boundary frontier
    error mistake fault
    yearly annual annually
    daily everyday
    monthly month
    able capable
    because since as
    although though despite
    during throughout
    however nevertheless
    demand request
    attempt effort
    stage phase
    origin source
    member participant
    wage salary pay
    tax levy
    loan credit
    revenue sales turnover
    profit earnings
    danger risk threat
    view opinion
    role function
    level degree extent
    trend tendency
    feature characteristic trait
    born birth
    married wed marriage
    buried interred
    located situated
    equipped fitted
    contribute add
    represent constitute
    exceed surpass
    remove eliminate delete
    ensure guarantee
    tall high height
    long length
    wide width broad
    deep depth
    heavy weight weigh
"""
_GERMAN = """
    groß umfangreich gewaltig riesig beträchtlich erheblich
    klein gering
    beginnen anfangen starten begann startete beginn anfang begonnen
    enden aufhören endete ende beendet abgeschlossen
    kaufen erwerben kaufte erwarb erworben gekauft kauf
    verkaufen veräußern verkauft veräußert
    bauen errichten gebaut errichtet erbaut baute errichtete erbauen
    machen herstellen produzieren hergestellt produziert
    gründen gegründet gründung gründete
    helfen unterstützen hilfe unterstützung
    zeigen belegen zeigt belegt verdeutlicht
    bekommen erhalten erhielt bekam
    geben liefern gibt liefert
    brauchen benötigen benötigt erforderlich nötig
    nutzen verwenden benutzen verwendet benutzt genutzt einsetzen eingesetzt
    ändern verändern geändert verändert
    wachsen zunehmen steigen stieg wuchs anstieg zunahme
    sinken abnehmen fallen sank fiel rückgang abnahme
    nennen bezeichnen genannt bezeichnet heißen
    sagen erklären sagte erklärte äußerte
    glauben meinen
    finden entdecken gefunden entdeckt
    sterben verstarb starb gestorben tod
    leben wohnen lebte wohnte
    kommen ankommen
    entstehen sich bilden entstand bildete
    führen leiten führte leitete leitung
    erlauben gestatten erlaubt gestattet
    verbieten untersagen verboten untersagt
    verursachen auslösen verursacht ausgelöst
    enthalten umfassen enthält umfasst beinhaltet
    wichtig bedeutend bedeutsam wesentlich zentral
    verschieden unterschiedlich verschiedene unterschiedliche
    viele zahlreiche
    oft häufig
    schnell rasch
    jetzt gegenwärtig heute derzeit
    ungefähr etwa rund circa
    besonders vor allem insbesondere
    hauptsächlich überwiegend vorwiegend meisten mehrzahl mehrheit
    ganz vollständig völlig
    menschen personen leute
    schüler studenten
    arzt mediziner
    firma unternehmen betrieb konzern
    land staat
    gebiet region gegend
    ort stelle
    haus gebäude
    auto wagen
    teil abschnitt
    art weise
    ziel zweck
    grund ursache
    ergebnis resultat
    problem schwierigkeit
    fähigkeit vermögen
    bevölkerung einwohner
    krankheit erkrankung
    beispiel exempel
    jährlich jahr
    auch ebenfalls
    jedoch allerdings aber hingegen
    weil da denn
    forscher wissenschaftler
"""
_FRENCH = """
    grand important vaste
    commencer débuter début commencé
    finir terminer achever terminé fini achevé
    acheter acquérir acheté acquis
    construire bâtir édifier construit bâti
    montrer démontrer indiquer
    utiliser employer utilisé employé
    créer fonder établir créé fondé établi
    recevoir obtenir reçu obtenu
    nombreux multiples plusieurs
    souvent fréquemment
    ville cité
    pays nation état
    entreprise société compagnie
    mourir décéder mort décédé
    augmenter croître augmentation hausse
    diminuer baisser diminution baisse
    principal majeur
    environ approximativement
    habitants population
"""
_SPANISH = """
    grande enorme importante
    comenzar empezar iniciar comenzó empezó inició
    terminar acabar finalizar terminó acabó
    comprar adquirir compró adquirió
    construir edificar construyó construido levantó
    mostrar demostrar indicar
    usar utilizar emplear
    crear fundar establecer creó fundó estableció
    recibir obtener recibió obtuvo
    muchos numerosos
    frecuentemente menudo
    ciudad urbe
    país nación estado
    empresa compañía sociedad
    morir fallecer murió falleció
    aumentar crecer aumento
    disminuir bajar descenso
    principal mayor
    aproximadamente cerca alrededor
    habitantes población
"""


def _alternatives() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for table in (_ENGLISH, _GERMAN, _FRENCH, _SPANISH):
        for line in table.casefold().splitlines():
            stems = {stem(word) for word in line.split()}
            for known in stems:
                found[known] |= stems - {known}
    return {known: frozenset(others) for known, others in found.items()}


_ALTERNATIVES = _alternatives()
_LISTED = frozenset(
    word for table in (_ENGLISH, _GERMAN, _FRENCH, _SPANISH) for word in table.casefold().split()
)


def other_words_for(known: str) -> frozenset[str]:
    """The stems of words that may say what a word with the stem `known` says."""
    return _ALTERNATIVES.get(known, frozenset())


def is_listed(word: str) -> bool:
    """Whether a word, in lower case, or its singular is one of those listed here."""
    return (
        word in _LISTED or word.removesuffix("s") in _LISTED or word.removesuffix("es") in _LISTED
    )
