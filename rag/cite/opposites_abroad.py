"""Words of other languages that exclude each other, written like the English ones."""

from __future__ import annotations

GERMAN = """
    stieg steigen gestiegen steigt anstieg zunahme zugenommen wuchs wachsen gewachsen wachstum
        erhöht erhöhte erhöhung höher vergrößert verbessert |
        sank sinken gesunken sinkt rückgang abnahme abgenommen fiel fallen gefallen gesenkt
        senkte verringert verringerte reduziert reduzierte geschrumpft niedriger gesunkene
        verkleinert verschlechtert ;
    vor vorher zuvor früher bevor | nach nachher danach später nachdem ;
    mehr größer höher länger älter über stärker | weniger kleiner niedriger kürzer jünger unter
        schwächer geringer ;
    größte größten höchste höchsten längste längsten meisten älteste maximal mindestens |
        kleinste kleinsten niedrigste niedrigsten kürzeste wenigsten jüngste minimal höchstens ;
    erste ersten erster erstes anfangs zuerst | letzte letzten letzter letztes zuletzt schließlich ;
    gewann gewinnen gewonnen sieg siegte gewinn gewinne | verlor verlieren verloren niederlage
        verlust verluste ;
    begann beginnen begonnen beginnt anfang startete eröffnet eröffnete öffnet öffnete geöffnet
        offen | endete enden beendet beendete endet ende schloss schließt geschlossen ;
    erlaubt erlaubte erlauben gestattet zugelassen darf dürfen | verboten verbietet verbot
        untersagt untersagte verhindert ;
    angenommen akzeptierte akzeptiert zugestimmt stimmte genehmigt | abgelehnt lehnte ablehnung
        verweigert verworfen ;
    immer stets ständig oft häufig meist meistens üblicherweise gewöhnlich |
        nie niemals selten manchmal gelegentlich ;
    alle allen alles jeder jede jedes jeden sämtliche beide | keine kein keiner keines nichts
        einige manche niemand wenige ;
    viele vielen viel zahlreiche zahlreichen | wenige wenigen wenig kaum ;
    nördlich norden nord nördliche nördlichen | südlich süden süd südliche südlichen ;
    östlich osten ost östliche östlichen | westlich westen west westliche westlichen ;
    links linke linken | rechts rechte rechten ;
    mann männer männlich männliche junge vater sohn bruder könig |
        frau frauen weiblich weibliche mädchen mutter tochter schwester königin ;
    positiv positive positiven | negativ negative negativen ;
    kaufte kaufen gekauft erwarb erworben kauf | verkaufte verkaufen verkauft veräußert verkauf ;
    importiert importe import einfuhr | exportiert exporte export ausfuhr ;
    groß große großen großer großes | klein kleine kleinen kleiner kleines gering geringe ;
    hoch hohe hohen hoher hohes | niedrig niedrige niedrigen tief tiefe ;
    lang lange langen langer | kurz kurze kurzen kurzer ;
    alt alte alten alter altes | neu neue neuen neuer neues jung junge jungen ;
    früh frühe frühen | spät späte späten ;
    schnell schnelle rasch | langsam langsame allmählich ;
    stark starke starken | schwach schwache schwachen ;
    schwer schwere schweren | leicht leichte leichten ;
    warm heiß warme | kalt kühl kalte ;
    reich reiche reichen | arm arme armen ;
    gut gute guten besser beste | schlecht schlechte schlechten schlechter schlimmste ;
    richtig wahr korrekt | falsch unwahr ;
    öffentlich öffentliche öffentlichen | privat private privaten geheim geheime ;
    innerhalb innere inneren innen intern | außerhalb äußere äußeren außen extern ;
    oben obere oberen oberhalb | unten untere unteren unterhalb ;
    mit | ohne ;
    für | gegen ;
    tot gestorben starb tod | lebendig lebt überlebte geboren geburt ;
    gebaut baute errichtet | zerstört zerstörte abgerissen ;
    erfolg erfolgreich gelang | misserfolg erfolglos scheiterte gescheitert misslang ;
    unterstützt unterstützte unterstützen befürwortet | bekämpft bekämpfte ablehnt widersetzte ;
    freund freunde verbündete | feind feinde gegner ;
    kam ankam ankunft betrat | ging abreise verließ verlassen ;
    muss müssen musste mussten | darf dürfen kann können ;
    freiwillig | verpflichtend obligatorisch gezwungen ;
    ähnlich gleich gleichen | unterschiedlich verschieden anders ;
    bekannt berühmt | unbekannt ;
    voll ganz vollständig völlig | leer teilweise ;
    nah nahe | fern weit entfernt ;
    städtisch | ländlich ;
    mehrheit | minderheit ;
    einschließlich inklusive | ausschließlich exklusive ausgenommen ;
    häufiger | seltener ;
    krieg | frieden ;
    tag | nacht ;
    sommer | winter
"""
FRENCH = """
    augmenté augmente augmenter augmentation hausse croissance croît accru monte élevé progressé |
        diminué diminue diminuer diminution baisse baissé chute réduit réduction recul reculé ;
    avant auparavant | après ensuite ;
    plus supérieur davantage | moins inférieur ;
    premier première premiers | dernier dernière derniers ;
    gagné gagne gagner victoire remporté | perdu perd perdre défaite ;
    commence commencé début débuté ouvre ouvert ouvrir | finit fini fin terminé termine ferme fermé
        fermer achevé ;
    permet permis autorisé autorise | interdit interdire empêche défendu ;
    accepté accepte approuvé | refusé refuse rejeté ;
    toujours souvent généralement | jamais rarement parfois ;
    tous toutes tout chaque | aucun aucune certains quelques rien ;
    nombreux nombreuses beaucoup plusieurs | peu rares ;
    nord septentrional | sud méridional ;
    est oriental orientale | ouest occidental occidentale ;
    gauche | droite ;
    homme hommes père fils frère roi garçon | femme femmes mère fille soeur sœur reine ;
    acheté achète achat acquis | vendu vend vente ;
    importe importé importation | exporte exporté exportation ;
    grand grande grands grandes | petit petite petits petites ;
    haut haute hauts | bas basse ;
    long longue | court courte bref ;
    vieux vieille ancien ancienne | nouveau nouvelle jeune récent ;
    rapide rapidement | lent lentement ;
    fort forte | faible ;
    chaud chaude | froid froide ;
    riche riches | pauvre pauvres ;
    bon bonne meilleur meilleure | mauvais mauvaise pire ;
    vrai vraie correct | faux fausse incorrect ;
    public publique publics | privé privée secret ;
    avec | sans ;
    pour | contre ;
    positif positive | négatif négative ;
    intérieur interne | extérieur externe ;
    mort morte décédé | vivant né naissance ;
    construit bâti | détruit démoli ;
    arrivé arrive arrivée entré | parti part départ sorti quitté ;
    réussi succès | échoué échec ;
    soutient soutenu soutien | oppose opposé opposition ;
    doit doivent obligatoire | peut peuvent facultatif ;
    ami amis allié | ennemi ennemis ;
    même semblable | différent autre ;
    guerre | paix ;
    jour | nuit ;
    été | hiver ;
    majorité | minorité ;
    bénéfice bénéfices gain | perte pertes
"""
SPANISH = """
    aumentó aumentar aumentado aumento subió subir creció crecer crecimiento incremento incrementó |
        disminuyó disminuir disminución bajó bajar cayó caer redujo reducido reducción descenso
        descendió ;
    antes anterior previamente | después posterior luego posteriormente ;
    más mayor superior | menos menor inferior ;
    primero primera primer primeros | último última últimos ;
    ganó ganar ganado victoria | perdió perder perdido derrota ;
    comenzó comenzar empezó inicio inició abrió abierto abre | terminó terminar acabó fin finalizó
        cerró cerrado cierra ;
    permite permitió permitido permitir autoriza | prohíbe prohibió prohibido impide impidió ;
    aceptó aceptado aprobó aprobado | rechazó rechazado ;
    siempre frecuentemente generalmente menudo | nunca jamás raramente veces ;
    todos todas todo cada | ningún ninguno ninguna algunos algunas nada ;
    muchos muchas numerosos varios | pocos pocas ;
    norte septentrional | sur meridional ;
    este oriental | oeste occidental ;
    izquierda izquierdo | derecha derecho ;
    hombre hombres padre hijo hermano rey niño | mujer mujeres madre hija hermana reina niña ;
    compró comprado compra adquirió | vendió vendido venta ;
    importó importación | exportó exportación ;
    grande grandes gran | pequeño pequeña pequeños ;
    alto alta altos | bajo baja bajos ;
    largo larga | corto corta breve ;
    viejo vieja antiguo antigua | nuevo nueva joven reciente ;
    rápido rápidamente | lento lentamente ;
    fuerte fuertes | débil débiles ;
    caliente cálido | frío fría ;
    rico rica | pobre pobres ;
    bueno buena mejor | malo mala peor ;
    verdadero correcto | falso incorrecto ;
    público pública | privado privada secreto ;
    con | sin ;
    favor | contra ;
    positivo positiva | negativo negativa ;
    interior interno | exterior externo ;
    murió muerto muerte | vivo nació nacimiento ;
    construyó construido | destruyó destruido ;
    llegó llegada entró | salió salida partió ;
    éxito logró | fracaso fracasó ;
    apoyó apoya apoyo | opuso oposición ;
    debe deben obligatorio | puede pueden opcional ;
    amigo amigos aliado | enemigo enemigos ;
    mismo igual | diferente distinto ;
    guerra | paz ;
    día | noche ;
    verano | invierno ;
    mayoría | minoría ;
    beneficio ganancia | pérdida
"""
CHINESE_AND_JAPANESE = """
    增加 增长 上升 上涨 提高 | 减少 下降 下跌 降低 ;
    之前 以前 | 之后 以后 ;
    最大 最高 最多 | 最小 最低 最少 ;
    大于 高于 多于 超过 | 小于 低于 少于 不足 ;
    开始 | 结束 ;
    允许 | 禁止 ;
    胜利 获胜 | 失败 ;
    北部 | 南部 ;
    东部 | 西部 ;
    增加 上昇 | 減少 低下 下落 ;
    以上 | 以下 ;
    以前 | 以後
"""
