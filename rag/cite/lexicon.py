"""Closed word lists in several languages: what carries little, negates or stands for a name."""

from __future__ import annotations

from rag.cite.wordlist import named, words

STOP_WORDS = words(
    """
    whereas whilst nonetheless nevertheless meanwhile likewise similarly instead otherwise once
    unless whether indeed thereby thereafter whenever wherever thereof accordingly wohingegen
    hingegen dagegen allerdings ebenfalls ebenso sodass obwohl obgleich sobald nachdem bevor indem
    sofern falls wobei dennoch trotzdem deshalb deswegen somit zwar sondern tandis alors pendant
    lorsque afin cependant toutefois ainsi donc puis mientras aunque sino además embargo así luego
    tanto porque mentre però quindi inoltre anche enquanto embora também porém terwijl echter
    omdat ook the a an this that these those it its he she him his her hers they them their theirs
    we us our ours you your i me my who whom whose which what when where why how there here is are
    was were be been being am do does did done has have had having will would shall should can
    could may might must of to in on at by for from with as into onto about after before over
    under between among through during within upon per via than then so such and or but if while
    because since until though although both each every all any some more most other another own
    same very too also just only even still yet however therefore thus hence moreover furthermore
    one ones s t re ve ll d m up out off down again it's that's around along across against toward
    towards beside besides together much many few several der die das den dem des ein eine einer
    eines einem einen er sie es ihm ihn ihr ihre ihren ihrem ihrer ihres sein seine seinen seinem
    seiner seines wir uns unser ich mich du man wer was welche welcher welches dieser diese dieses
    diesem diesen jener jene ist sind war waren wird werden wurde wurden worden sei hat haben
    hatte hatten kann konnte können soll sollte muss und oder aber wenn weil da dass ob als wie
    auch nur noch schon so dann denn doch zu zum zur in im an am auf aus bei beim mit nach von vom
    vor für über unter zwischen durch während bis seit um sich sowie je dabei damit dazu davon
    daher jedoch le la les l un une des du de d au aux et ou où mais si que qui quoi dont ce cet
    cette ces il elle ils elles on nous vous leur leurs son sa ses est sont était étaient été être
    a ont avait avaient avoir en dans sur sous par pour avec comme plus aussi se s c y el los las
    uno una unos unas y o u pero que quien cual cuyo este esta estos estas ese esa eso él ella
    ellos ellas su sus lo le se es son era eran fue fueron ser sido ha han había habían en con por
    para del al como más también entre sobre desde hasta cuando donde il gli i uno e ed o ma che
    chi cui questo questa questi queste è era erano sono stato stata essere ha hanno aveva di da
    nel nella nei con su per tra fra del della dei delle dello al alla ai alle anche come più si
    ci os as um uma uns umas do da dos das no na nos nas em com ao à às foi foram seu sua seus
    suas het een en of maar dat die deze dit hij zij ze is zijn was waren werd werden heeft hebben
    had van op met voor door naar uit bij tot om te ook als dan er и в во на с со к ко по из за от
    до у о об что как это этот эта эти он она оно они его её их был была было были а но или же бы
    och att det som en ett är var av för på med till från den de i om han hon og at det som en et
    er var af for på med til fra den de i om han hun w z na do i oraz jest był była było się że
    który która które o od po przez dla في من على إلى عن مع أن إن هذا هذه التي الذي كان كانت و هو
    هي के का की में है हैं से को और ने पर यह था थे थी एक
    """
)

# Words that speak of the source instead of stating something.
FRAME_WORDS = words(
    """
    folgendes folgende folgenden suggests suggest tells told confirms confirmed paragraph besagt
    erklärt berichtet erwähnt zeigt indique explique dice indica explica according document
    documents passage passages text texts source sources file files excerpt excerpts article
    evidence states stated state says said say mentions mentioned mention notes noted note noting
    explains explained describes described indicates indicated shows shown reports reported report
    reads provided given specifically namely example additionally addition furthermore finally
    overall summary fact information based following follows answer question gilt laut dokument
    dokumente dokumenten dokuments text textes quelle quellen datei dateien passage textstelle
    auszug steht zufolge gemäß angaben heißt antwort frage außerdem zudem ferner zusammenfassend
    selon document texte source après documento texto fuente según fonte secondo testo sagt
    sagen dokumenten dokuments textstelle auszug passage extrait mentionne affirme pasaje 文件 文档
    资料 根据 原文 文中
    """
)

PRONOUNS = words(
    """
    he she it they him her them his its their hers theirs this these who which that er sie es
    ihm ihn ihnen ihr ihre ihren ihrem ihrer sein seine seinen seinem seiner dieser diese dieses
    der die das il elle ils elles lui leur leurs son sa ses ce cette él ella ellos ellas su sus
    este esta hij zij ze zijn haar hun он она оно они его её ее их lui lei loro suo sua ele ela
    eles elas seu sua han hon hun
    """
)
# Words by which a sentence leans on the one before it.
TAKING_UP = words(
    """
    he she it they him her them his hers its their theirs himself herself itself themselves this
    these those such former latter both there then er sie es ihm ihn ihnen ihr ihre ihren ihrem
    ihrer ihres sein seine seinen seinem seiner seines dieser diese dieses diesem diesen dies dort
    dabei dazu davon damit dafür il elle ils elles lui leur leurs son sa ses ce cet cette ces cela
    celui celle y él ella ellos ellas su sus este esta estos estas ese esa esto eso hij zij ze zijn
    haar hun deze dit он она оно они его её ее их lei lui loro suo sua suoi questo questa ele ela
    eles elas seu sua seus suas han hon hun
    """
)
# Common nouns that take a name up again: "the company", "the island".
TAKE_UP_NOUNS = words(
    """
    company corporation firm group organization organisation agency committee government city
    town country island state river team club film book series album song school university
    church treaty act law war battle president king queen author director player band magazine
    airport museum unternehmen firma konzern stadt land insel staat fluss verein mannschaft buch
    universität kirche vertrag gesetz krieg präsident könig autor
    """
)

NEGATIONS = words(
    """
    not no never none neither nor without cannot nobody nothing nowhere hardly barely rarely
    seldom scarcely n't nicht kein keine keinen keinem keiner keines nie niemals nimmer keineswegs
    keinesfalls keinerlei mitnichten nirgendwo ohne weder nichts niemand nirgends kaum pas jamais
    aucun aucune aucunement nullement guère sans rien nunca jamás sin ningún ninguna ninguno nada
    nadie tampoco non mai senza nessun nessuno nessuna não sem nenhum nenhuma niet geen nooit
    zonder niets niemand не нет ни без никогда никто ничего inte ingen inget aldrig utan ikke ej
    aldri aldrig uden uten ingen nie bez nigdy ei eikä ilman لا لم لن ليس ليست غير بدون नहीं न मत
    बिना לא אין בלי không chưa
    """
)
# Negation and its opposite by a word: "failed to open" says what "did not open" says.
NEGATING_VERBS = words(
    """
    fail failed fails failing unable refuse refused refuses lack lacks lacked lacking
    """
)
# "False that …", "denied that …": what follows is denied.
DENYING_WORDS = words(
    """
    false untrue incorrect wrong myth denied denies deny denying refuted refutes rejects rejected
    unclear doubtful unlikely disputed doubts doubted falsch unwahr unrichtig mythos bestreitet
    bestritt bestritten bestreiten leugnet geleugnet faux inexact mensonge falso incorrecto
    niega negó mentira
    """
)
NO_NEGATION_BEFORE = words(
    """
    only nur solo solamente seulement soltanto apenas alleen только just merely
    """
)

# Negating characters in scripts without spaces.
NEGATION_CHARS = frozenset("不没沒未無无非勿莫")
EMPTY_CHARS = frozenset(
    "的了是在和与及也都就而之其这那该为于以有被把从到对将等并或个位名年月日"
    "はがをにでとものへやからただてしいるすされ"
)

IRREGULAR = named(
    {
        "lead": "led",
        "begin": "began begun",
        "win": "won",
        "rise": "rose risen",
        "fall": "fell fallen",
        "grow": "grew grown",
        "make": "made",
        "take": "took taken",
        "give": "gave given",
        "write": "wrote written",
        "build": "built",
        "hold": "held",
        "leave": "left",
        "pay": "paid",
        "sell": "sold",
        "spend": "spent",
        "meet": "met",
        "become": "became",
        "come": "came",
        "go": "went gone",
        "child": "children",
        "man": "men",
        "woman": "women",
        "buy": "bought",
        "bite": "bit bitten",
        "blow": "blew blown",
        "bring": "brought",
        "catch": "caught",
        "deal": "dealt",
        "dig": "dug",
        "eat": "ate eaten",
        "feel": "felt",
        "find": "found",
        "flee": "fled",
        "fly": "flew flown",
        "forget": "forgot forgotten",
        "freeze": "froze frozen",
        "get": "got gotten",
        "hear": "heard",
        "hide": "hid hidden",
        "kneel": "knelt",
        "lay": "laid",
        "lend": "lent",
        "lie": "lain",
        "mean": "meant",
        "ride": "rode ridden",
        "ring": "rang rung",
        "say": "said",
        "shake": "shook shaken",
        "shine": "shone",
        "shoot": "shot",
        "show": "shown",
        "shrink": "shrank shrunk",
        "sing": "sang sung",
        "sink": "sank sunk",
        "sit": "sat",
        "sleep": "slept",
        "stand": "stood",
        "steal": "stole stolen",
        "strike": "struck stricken",
        "swear": "swore sworn",
        "sweep": "swept",
        "swim": "swam swum",
        "tear": "tore torn",
        "tell": "told",
        "throw": "threw thrown",
        "understand": "understood",
        "wake": "woke woken",
        "wear": "wore worn",
        "weave": "wove woven",
        "withdraw": "withdrew withdrawn",
        "overcome": "overcame",
        "undergo": "underwent undergone",
        "feed": "fed",
        "breed": "bred",
        "forbid": "forbade forbidden",
        "arise": "arose arisen",
        "swing": "swung",
        "mouse": "mice",
        "tooth": "teeth",
        "goose": "geese",
        "wife": "wives",
        "gehen": "ging gingen gegangen",
        "kommen": "kam kamen gekommen",
        "nehmen": "nahm nahmen genommen nimmt",
        "geben": "gab gaben gegeben gibt",
        "finden": "fand fanden gefunden",
        "stehen": "standen gestanden",
        "schreiben": "schrieb schrieben geschrieben",
        "bleiben": "blieb blieben geblieben",
        "sprechen": "sprach sprachen gesprochen spricht",
        "treffen": "traf trafen getroffen trifft",
        "tragen": "trug trugen getragen trägt",
        "lassen": "ließ ließen gelassen lässt",
        "halten": "hielt hielten gehalten hält",
        "ziehen": "zog zogen gezogen",
        "schließen": "schloss schlossen geschlossen",
        "werfen": "warf warfen geworfen wirft",
        "think": "thought",
        "know": "knew known",
        "send": "sent",
        "lose": "lost",
        "keep": "kept",
        "teach": "taught",
        "seek": "sought",
        "break": "broke broken",
        "choose": "chose chosen",
        "draw": "drew drawn",
        "drive": "drove driven",
        "fight": "fought",
        "speak": "spoke spoken",
        "see": "saw seen",
        "person": "people",
        "foot": "feet",
        "bear": "born bore borne",
        "run": "ran",
    }
)

# Words of rank and address that may come and go before a name.
TITLES = words(
    """
    mr mrs ms dr prof professor sir lady lord dame president king queen prince princess emperor
    pope saint st general colonel captain major secretary minister senator governor chancellor
    judge justice duke count earl bishop herr frau präsident könig königin kaiser papst minister
    kanzler general m mme monsieur madame président roi señor señora presidente rey
    """
)
