"""The words whose full stop does not end a sentence, and the words that begin one."""

from __future__ import annotations

from rag.cite.wordlist import words

# Never the end of a sentence: something always follows them. In lower case, inner stops kept.
ALWAYS_GO_ON = words(
    """
    mr mrs ms dr prof rev fr hon gen col maj capt cmdr lt sgt cpl gov sen rep amb st ste mt
    messrs mme mlle e.g i.e eg ie cf viz vs v approx fig figs eq eqs sec secs ch chap vol vols
    pp pg para ed eds trans resp z.b z.t d.h u.a s.o s.u v.a o.g bzw ca vgl evtl ggf sog inkl
    exkl zzgl abzgl nr abs abb tab kap hrsg geb hl hr fr frl dipl ing str tel bd bde mio mrd max
    min jh p.ej ej sr sra srta dra ud uds pag num aprox art lic av chap env ex cie dir sig sigg
    dott avv pag es bijv dhr mevr mw drs blz t.o.v т.е т.д напр см рис табл jan feb febr mär apr
    jun jul aug sept sep okt oct nov dec dez op cit ibid
    """
)

# Abbreviations that may also close a sentence: the next word decides.
MAY_END = words(
    """
    inc ltd corp co cos llc plc bros jr esq etc al usw usf u.s u.s.a u.k u.n e.u d.c a.m p.m a.d
    b.c b.c.e c.e ph.d m.d b.a m.a b.sc m.sc dept univ assn est no nos ave blvd rd hwy ft lb lbs
    oz hrs mins secs sq u.dgl o.ä n.chr v.chr chr gmbh ag kg ee.uu cía s.a s.l s.r.l etc n.v b.v
    г гг р.х др
    """
)

# Words that, capitalised after a doubtful full stop, speak for a new sentence.
SENTENCE_OPENERS = words(
    """
    the a an this that these those it its he she they we you i his her their our in on at by for
    from with of to as if when while after before since because although though however but and
    or so thus therefore moreover furthermore also there here what who where why how which each
    both some many most all no not one two another such then once until during under over
    between among according despite der die das ein eine einer eines dem den des er sie es wir
    ihr ich in im am an auf bei mit nach von vor zu zum zur aus durch für gegen ohne um unter
    über wenn als weil da obwohl aber und oder doch dies diese dieser dieses seine ihre jedoch
    auch nur so dann danach dabei dadurch damit während seit bis el la los las un una unos unas
    en con por para de del al este esta estos estas ese esa su sus se no pero y cuando como si
    aunque sin desde hasta sobre también le les des du un une il elle ils elles nous vous ce cet
    cette ces son sa ses dans sur avec pour par en au aux mais et ou quand comme si depuis après
    avant pendant il lo gli uno questo questa questi nel nella con per di da che o os as um uma
    uns umas no na nos nas de het een hij zij wij deze dit dat
    """
)

# What a numeral with a full stop belongs to where it is an ordinal, as in "am 3. Oktober".
BEFORE_AN_ORDINAL = words(
    """
    am im der dem den des das die vom zum zur beim seit bis ab ins ans und jeder jeden jedes
    jedem sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer ein eine einen einem einer
    den het de mit auf
    """
)
AFTER_AN_ORDINAL = words(
    """
    januar jänner februar märz april mai juni juli august september oktober november dezember
    jahrhundert jahrhunderts jahrtausend platz rang mal auflage klasse stock etage tag woche
    monat quartal jahr geburtstag spieltag runde januar januari februari maart mei juni juli
    augustus oktober desember december ledna února března dubna května června července srpna
    září října listopadu prosince stycznia lutego marca kwietnia maja czerwca lipca sierpnia
    września października listopada grudnia század évforduló
    """
)
