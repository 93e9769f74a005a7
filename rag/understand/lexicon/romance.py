"""French, Spanish, Italian and Portuguese."""

from __future__ import annotations

from rag.understand.lexicon.language import language

FRENCH = language(
    "fr",
    questions="""qui que quoi quand où pourquoi comment combien quel quelle quels quelles lequel
        laquelle lesquels lesquelles qu""",
    prepositions="""dans en sur sous par pour avec de d du des à au aux entre pendant depuis
        jusqu vers chez contre sans selon avant après""",
    glue="""est sont était étaient été être ai as a ont avait avaient avoir sera serait peut
        peuvent doit doivent fait faire et ou mais si car donc ne n pas plus aussi encore très y
        se s je j me m moi mon ma mes tu te t ton ta nous notre nos vous votre vos on ce c que est
        il a y-a t même""",
    pronouns="""il elle ils elles lui leur leurs son sa ses celui celle ceux celles ci cela ça
        cet cette ces l la le les y en alors""",
    articles="le la les l un une des du",
    openers="et; mais; ou; et puis; et alors; et aussi; puis; alors",
    about="""et pour; et en ce qui concerne; qu en est il de; qu en est il du; qu en est il des;
        qu en est il pour; et qu en est il de; que dire de; et au sujet de; et à propos de;
        pareil pour; et concernant""",
    more="autre autres détails détail explique expliquer davantage précise exemple exemples encore",
    courtesy="merci ok bonjour oui bien salut",
    ordinals="premier première; deuxième second seconde; troisième; quatrième; cinquième",
    others="autre",
    no_antecedent="""il y a; y a; il possible; est il; a t il; sont ils; sont elles; est elle; a t
        elle; ont ils; ont elles; la plus; le plus; les plus; il faut; faut il; t il; t elle; en
        quelle; en quel; il de; ce document; ces documents; ce fichier;
        ces fichiers; ce dossier""",
)

SPANISH = language(
    "es",
    questions="""quién quiénes qué cuándo dónde cómo cuánto cuánta cuántos cuántas cuál cuáles por
        adónde""",
    prepositions="en de del con para por a al sobre entre desde hasta sin según hacia ante bajo",
    glue="""es son era eran fue fueron ser sido está están estaba ha han había habían haber hay
        puede pueden debe deben hace hacer y e o u pero si no ni también más muy ya yo me mi mis
        tú te tu tus nosotros nos nuestro nuestra usted ustedes se que tiene tenía tan""",
    pronouns="""él ella ellos ellas lo los las le les su sus suyo suya este esta estos estas ese
        esa esos esas eso esto aquel aquella ahí allí entonces""",
    articles="el la los las un una unos unas",
    openers="y; e; pero; o; y luego; y también; y entonces; entonces; también",
    about="""y qué hay de; qué hay de; y qué pasa con; qué pasa con; y para; y sobre; lo mismo para;
        y en cuanto a; qué tal; y con""",
    more="""más detalles detalle explica explicar otro otra otros otras ejemplo ejemplos razón""",
    courtesy="gracias ok hola sí bien vale",
    alone="quién quiénes cuándo dónde cómo cuánto cuánta adónde",
    ordinals="primero primera primer; segundo segunda; tercero tercera tercer; cuarto cuarta;"
    " quinto quinta",
    others="otro otra",
    no_antecedent="los que; las que; lo que; el que; la que; de los; de las; en los; en las; a los;"
    " los más; las más; lo más",
)

ITALIAN = language(
    "it",
    questions="""chi che cosa quando dove perché come quanto quanta quanti quante quale quali qual
        cos dov""",
    prepositions="""in nel nella nei nelle nell di del della dei delle dello dell d da dal dalla con
        su sul sulla per tra fra a al alla ai alle all senza secondo""",
    glue="""è e era erano sono sei stato stata stati state essere ha hanno aveva avevano avere può
        possono deve devono fa fare c ci si ed o ma se non anche più molto già io mi mio mia tu ti
        tuo noi nostro voi vi vostro""",
    pronouns="""lui lei esso essa essi loro suo sua suoi sue lo li gli questo questa questi queste
        quello quella quelli quelle ne allora lì là""",
    articles="il lo la i gli le un uno una l",
    openers="e; ed; ma; o; e poi; e anche; allora; poi; anche",
    about="""e per; che ne dici di; e riguardo a; e per quanto riguarda; che mi dici di""",
    more="altro altri dettagli dettaglio spiega spiegare ancora esempio esempi motivo",
    courtesy="grazie ok ciao sì bene",
    alone="chi quando dove come quanto perché dov",
    ordinals="primo prima; secondo seconda; terzo terza; quarto quarta; quinto quinta",
    others="altro altra",
    no_antecedent="gli altri; lo stesso; quello che; quelli che",
)

PORTUGUESE = language(
    "pt",
    questions="""quem que quê quando onde como quanto quanta quantos quantas qual quais porquê
        porque aonde""",
    prepositions="""em no na nos nas de do da dos das com para por pelo pela a ao à aos às sobre
        entre desde até sem num numa segundo""",
    glue="""é são era eram foi foram ser sido está estão estava há tem têm tinha tinham ter pode
        podem deve devem faz fazer e ou mas se não também mais muito já eu me meu minha tu te teu
        nós nosso nossa você vocês houve""",
    pronouns="""ele ela eles elas dele dela deles delas seu sua seus suas lhe lhes este esta estes
        estas esse essa isso isto aquele aquela então lá ali nele nela""",
    articles="o a os as um uma uns umas",
    openers="e; mas; ou; e depois; e também; então; também",
    about="e quanto a; e quanto ao; e quanto à; e para; e sobre; e que tal; que tal; e no caso de",
    more="mais detalhes detalhe explica explique explicar outro outra exemplo exemplos motivo",
    courtesy="obrigado obrigada ok olá sim bem",
    alone="quem quando onde como quanto quanta aonde",
    ordinals="primeiro primeira; segundo segunda; terceiro terceira; quarto quarta; quinto quinta",
    others="outro outra",
)
