"""English, German, Dutch, Swedish, Danish and Norwegian."""

from __future__ import annotations

from rag.understand.lexicon.language import language

ENGLISH = language(
    "en",
    questions="who whom whose what when where why how which",
    prepositions="""in on at by for from with of to into onto about after before over under between
        among through during within upon per via since until till against as than without""",
    glue="""is are was were be been being am do does did done has have had having will would shall
        should can could may might must not no so and or but if while because although though both
        each all any some very too also just only even still yet s t re ve ll d m i me my mine you
        your yours we us our ours many much old long far often same again there's exactly called
        really actually ever many get got please""",
    pronouns="""it its he him his she her hers they them their theirs this that these those there
        one ones then such thereof therefor thereby afterwards""",
    articles="the a an",
    openers="and; but; or; also; and also; and then; but then; then; so; ok and; okay and",
    about="""what about; how about; and what about; and how about; and about; and for; what of;
        same for; the same for; and the same for; same question for; now for; vs; versus; compared
        to; compared with; does the same apply to; does that apply to; does this apply to; is it the
        same for; is that the same for""",
    more="""else anything something specific more details detail explain elaborate continue further
        tell describe again example examples sure reason reasons other sum summarize summarise
        meaning mean""",
    courtesy="thanks thank ok okay great hello hi please yes good cool sorry perfect",
    ordinals="first 1st; second 2nd; third 3rd; fourth 4th; fifth 5th",
    others="other",
    no_antecedent="""it take; it takes; it possible; it mean; t there; it necessary; it legal; it
        allowed
        to; it true; it important; it known; it like to; it cost to; is there; are there; was
        there; were there; did there; does there; will there; how many there; there a; there any;
        it better; it okay to; it that; it safe; there been; there be; there exist; this
        document; these
        documents; this file; these files; this folder; this library; my documents""",
)

GERMAN = language(
    "de",
    questions="""wer wen wem wessen was wann wo wohin woher warum weshalb wieso wie welche welcher
        welches welchen welchem wofür womit wodurch woran worauf worin wovon wozu weswegen""",
    prepositions="""in im an am auf aus bei beim mit nach von vom vor für über unter zwischen durch
        während bis seit um zu zum zur gegen ohne wegen laut pro als ab trotz""",
    glue="""ist sind war waren wird werden wurde wurden worden sei sein bin hat haben hatte hatten
        kann können konnte konnten soll sollen sollte muss müssen musste mussten darf dürfen
        durfte mag möchte will wollen und oder aber wenn weil da dass ob auch nur noch schon so
        dann denn doch nicht kein keine keinen mal bitte ich mich mir mein meine du dich dir dein
        wir uns unser unsere ihr euch man es gibt gab geben viel viele vielen hoch lange lang alt
        oft groß weit eigentlich genau sich mehr""",
    pronouns="""er ihn ihm sie ihnen ihre ihren ihrem ihrer ihres seine seinen seinem seiner seines
        dieser diese dieses diesen diesem jener jene jenes davon dafür damit dazu daran darauf
        darin darüber dabei dadurch daraus dagegen dort dorthin damals das deren dessen dieselbe""",
    articles="der die das den dem des ein eine einer eines einem einen",
    openers="und; aber; oder; und dann; und auch; auch; also; dann",
    about="""was ist mit; und was ist mit; wie ist es mit; wie sieht es mit; und wie sieht es mit;
        wie sieht es bei; und für; und bei; und mit; wie steht es um; und wie steht es um;
        das gleiche für; dasselbe für; wie wäre es mit; und was ist; gilt das
        auch für; gilt das gleiche für; gilt dasselbe für; verglichen mit; im vergleich zu""",
    more="""sonst mehr weitere weiteres weiter genauer details einzelheiten erkläre erklären
        erzähle beispiel beispiele nochmal grund gründe noch zusammen sicher aus""",
    courtesy="danke ok okay gut super hallo bitte ja prima",
    ordinals="""erste ersten erster erstes; zweite zweiten zweiter zweites; dritte dritten dritter
        drittes; vierte vierten vierter viertes; fünfte fünften fünfter fünftes""",
    others="andere anderen anderer anderes",
    participle=r"^\p{Ll}",
    no_antecedent="""das für; das erste; das beste; das größte; sie bitte; sie mir; können sie;
        was das; wie das; dass sie; dieses dokument;
        diese dokumente; diesen dokumenten; diesem dokument; diese datei; diese dateien; diesen
        dateien;
        dieser ordner; diesem ordner""",
)

DUTCH = language(
    "nl",
    questions="wie wat wanneer waar waarom hoe welke welk waarvoor waarmee waarvan waarheen",
    prepositions="in op aan bij met naar van voor over onder tussen door tijdens tot sinds uit om",
    glue="""is zijn was waren wordt worden werd werden geworden ben heeft hebben had hadden kan
        kunnen kon moet moeten mag zal zou en of maar als omdat dat ook nog al zo dan niet geen ik
        mij mijn je jij jouw wij we ons onze men er veel hoeveel lang oud hoog te""",
    pronouns="""hij hem zij ze hen hun haar het deze die dit dat daar daarvan daarvoor daarmee
        daarover toen ervan ervoor""",
    articles="de het een",
    openers="en; maar; of; ook; en dan; en ook; dan",
    about="en hoe zit het met; hoe zit het met; en wat met; wat dacht je van; en voor; en bij",
    more="meer details nog verder uitleggen voorbeeld voorbeelden anders vertel",
    courtesy="bedankt dank ok oke hallo goed ja",
    participle=r"^(?:ge|be|ver|ont|her)\p{Ll}+(?:[dt]|en)$",
    ordinals="eerste; tweede; derde; vierde; vijfde",
    others="andere ander",
)

SWEDISH = language(
    "sv",
    questions="vem vad när var varför hur vilken vilket vilka vems vart",
    prepositions="i på av för med till från om under över mellan vid efter före sedan",
    glue="""är var blev blir bli har hade kan kunde ska skulle måste får och eller men om att som
        också inte ingen jag mig min du din vi oss vår man många mycket länge gammal stor hög
        finns fanns gör gjorde""",
    pronouns="han honom hans hon henne hennes den det de dem deras detta denna dessa där då dess",
    articles="en ett",
    openers="och; men; eller; och sedan; också",
    about="hur är det med; och hur är det med; vad gäller; och för; vad sägs om",
    more="mer mera detaljer förklara annars exempel fler",
    courtesy="tack ok okej hej ja bra",
    ordinals="första förste; andra andre; tredje; fjärde; femte",
)

DANISH = language(
    "da",
    questions="hvem hvad hvornår hvor hvorfor hvordan hvilken hvilket hvilke hvis hva når hvorhen",
    prepositions="i på af av for med til fra om under over mellem mellom ved efter etter før siden",
    glue="""er var blev ble bliver blir har havde hadde kan kunne skal skulle må og eller men at
        som også ikke ingen jeg mig meg min du din vi os oss vores vår man mange meget mye længe
        gammel stor høj findes finnes gør gjorde""",
    pronouns="han ham hans hun hende henne hendes hennes den det de dem deres dette denne disse"
    " da dens dets",
    articles="en et",
    openers="og; men; eller; og så; også",
    about="hvad med; og hvad med; hva med; og hva med; og for; hvordan med",
    more="mere mer detaljer forklar ellers eksempel flere",
    courtesy="tak takk ok hej hei ja",
    ordinals="første; anden andet andre; tredje; fjerde; femte",
)
