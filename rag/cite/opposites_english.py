"""English words that exclude each other: those of one side of a bar those of the other."""

from __future__ import annotations

ENGLISH = """
    increase increasing raise raised rise rising rose grow grown growth gain climb up higher expand
        expansion surge soar jump boost improve accelerate strengthen widen |
        decrease decreasing reduce reduction lower lowered fall fell fallen falling decline drop
        shrink shrank down contract contraction slump plunge sink sank cut worsen slow slowed
        weaken narrow diminish ;
    before prior earlier precede preceding preceded | after later following follow followed
        afterwards ;
    first earliest initial initially original originally | last latest final finally eventual
        eventually ;
    highest largest biggest greatest most maximum longest tallest oldest best strongest widest
        majority | lowest smallest least minimum shortest fewest youngest newest worst weakest
        narrowest minority ;
    more above over exceed greater larger higher bigger longer taller older beyond exceeding |
        less below under fewer smaller lower shorter younger ;
    better superior | worse inferior ;
    win won winning winner victory victorious defeat defeated beat |
        lose lost loss losing loser surrender ;
    begin began begun beginning start commence open opened opens launch inaugurate |
        end ending finish close closed closes closing stop cease conclude halt terminate
        discontinue abolish shut ;
    continue remain keep persist maintain stay | stop cease end halt leave abandon discontinue ;
    allow allowed permit let enable authorise authorize legalize legalise |
        forbid forbidden forbade prohibit prohibition ban banned prevent disallow bar outlaw
        disable ;
    accept approve adopt agree consent welcome | reject refuse decline deny denied veto
        disapprove oppose turned ;
    include included including comprise | exclude excluded excluding exclude omit omitted except ;
    always invariably constantly regularly often frequently usually commonly typically generally
        mostly | never seldom rarely infrequently hardly sometimes occasionally ;
    all every each everyone everybody everything both entire | no none nobody nothing neither few
        some half ;
    many numerous most several multiple countless | few no none little scarce ;
    much lots plenty | little ;
    north northern northward northwards | south southern southward southwards ;
    east eastern eastward eastwards | west western westward westwards ;
    northeast northeastern | southwest southwestern northwest southeast ;
    left leftmost | right rightmost ;
    male man men boy boys father son brother husband king he him |
        female woman women girl girls mother daughter sister wife queen she her ;
    positive positively | negative negatively ;
    possible able capable can | impossible unable incapable ;
    buy bought acquire acquisition purchase | sell sold sale divest ;
    import imported | export exported ;
    borrow | lend lent ;
    give gave given | receive take took taken ;
    profit profitable gain gains surplus | loss losses deficit unprofitable ;
    asset assets | liability liabilities ;
    income revenue revenues earnings | expense expenses cost costs ;
    credit | debit ;
    debtor | creditor ;
    succeed success successful successfully | fail failure failed unsuccessful unsuccessfully ;
    support supported supporter favour favor endorse back backed advocate |
        oppose opposition opposed opponent criticise criticize reject resist ;
    attack attacked assault | defend defence defense defended ;
    arrive arrival came come enter entered join joined |
        depart departure leave left exit exited quit withdraw withdrew ;
    friend friendly ally allied | enemy enemies hostile foe ;
    high highly tall | low short ;
    large big great major huge vast enormous giant substantial significant |
        small little minor tiny slight minimal insignificant negligible ;
    long lengthy | short brief ;
    old ancient elderly former previous | new modern young recent current ;
    early | late ;
    fast quick quickly rapid rapidly swift | slow slowly gradual gradually ;
    strong powerful robust | weak feeble ;
    heavy heavily | light lightly ;
    hot warm | cold cool ;
    wet humid moist | dry arid ;
    bright light | dark dim ;
    rich wealthy affluent | poor impoverished ;
    good beneficial | bad evil harmful ;
    true correct accurate genuine | false incorrect inaccurate wrong fake ;
    safe safely secure | dangerous dangerously unsafe risky ;
    easy easily simple simply | hard difficult complex complicated ;
    cheap inexpensive affordable | expensive costly dear ;
    public publicly | private privately secret ;
    legal lawful legally legitimate | illegal unlawful illegally ;
    guilty convict convicted | innocent acquit acquitted ;
    common widespread frequent usual normal ordinary | rare uncommon infrequent unusual scarce
        abnormal ;
    upper top | lower bottom ;
    top | bottom ;
    inner inside internal interior within indoor indoors inward | outer outside external exterior
        outdoor outdoors outward ;
    domestic national native local | foreign international alien global ;
    urban | rural ;
    full fully complete completely total totally entirely wholly | empty partial partially partly
        incomplete ;
    present presence attend | absent absence ;
    dead died die death | alive live living survive survived birth born ;
    permanent permanently | temporary temporarily ;
    voluntary voluntarily optional | compulsory mandatory obligatory forced required ;
    active actively | passive passively inactive ;
    maximum max | minimum min ;
    major | minor ;
    senior superior | junior subordinate ;
    wide broad | narrow ;
    thick | thin ;
    deep | shallow ;
    near nearby close | far distant remote ;
    front forward forwards ahead | back rear backward backwards behind ;
    above over | below under beneath underneath ;
    build built construct construction create created erect |
        destroy destroyed destruction demolish dismantle ;
    appear emerge | disappear vanish ;
    connect join unite merge merger | disconnect separate divide split ;
    hire employ recruit appoint | fire dismiss sack lay ;
    remember recall | forget forgot forgotten ;
    love like admire praise | hate dislike despise criticise criticize ;
    lead led | follow followed ;
    push | pull ;
    ascend ascent | descend descent ;
    question ask | answer reply ;
    confirm affirm admit acknowledge | deny denied refute ;
    encourage promote urge | discourage deter dissuade ;
    hope optimistic optimism | fear despair pessimistic pessimism ;
    peace peaceful | war violent ;
    free freedom liberty | slave slavery captive imprisoned ;
    democracy democratic | dictatorship authoritarian ;
    winter | summer ;
    spring | autumn ;
    day daytime | night nighttime ;
    morning | evening afternoon ;
    yesterday | tomorrow ;
    past | future ;
    ancestor | descendant ;
    teacher | student pupil ;
    parent | child ;
    employer | employee ;
    landlord | tenant ;
    buyer customer | seller vendor ;
    solid | liquid gaseous ;
    acid acidic | alkaline basic ;
    sweet | sour bitter ;
    singular single | plural multiple ;
    same identical similar alike | different distinct opposite ;
    unique | common ;
    known famous | unknown obscure ;
    visible | invisible hidden ;
    natural | artificial synthetic ;
    tight | loose ;
    rough | smooth ;
    sharp | blunt dull ;
    clean pure | dirty impure polluted ;
    sound intact | rotten broken damaged cracked defective faulty ;
    dearest priciest | cheapest ;
    healthy well | sick ill unhealthy ;
    happy glad pleased | unhappy sad ;
    wise clever intelligent | foolish stupid ;
    brave | cowardly ;
    generous | greedy stingy ;
    loud noisy | quiet silent ;
    proud | ashamed ;
    liberal progressive | conservative ;
    absolute | relative ;
    abstract theoretical | concrete practical ;
    objective | subjective ;
    vertical vertically | horizontal horizontally ;
    clockwise | counterclockwise anticlockwise ;
    land | sea ;
    coastal coast | inland ;
    direct directly | indirect indirectly ;
    simultaneous together jointly | separate separately alone individually ;
    must shall | may might can ;
    necessary essential required | unnecessary optional dispensable ;
    only solely exclusively | also ;
    specific specifically particular | general generally ;
    wholesale | retail ;
    come came | go went ;
    native indigenous | foreign ;
    other others another | same ;
    above | below ;
    with | without ;
    for favour favor | against ;
    real actual genuine true | false fake imaginary ;
    guarantee ensure | endanger threaten jeopardise jeopardize ;
    protect protected | harm damage expose endanger ;
    save saved | waste spend spent ;
    add added addition plus | remove removed subtract subtraction minus ;
    multiply | divide ;
    attract | repel ;
    absorb | emit release ;
    freeze frozen | melt thaw boil ;
    flexible | rigid ;
    stable steady | unstable volatile ;
    vacant empty | occupied ;
    ally | enemy ;
    hero | villain ;
    majority | minority ;
    exceed exceeded surpass outperform | lag underperform miss missed trail ;
    upgrade promote | downgrade demote ;
    inflow | outflow ;
    inflation | deflation ;
    boom | recession bust ;
    overestimate overvalue | underestimate undervalue ;
    sooner | later ;
    sunrise dawn | sunset dusk ;
    departure | arrival ;
    omit omitted | mention mentioned ;
    cause causes | cure prevent
"""
