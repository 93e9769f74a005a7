"""Closed word lists in several languages: units, labels, and what stands in and by names."""

from __future__ import annotations

from rag.cite.wordlist import words

# The noun that names what is asked for, and the sort of span that answers it.
# What a field's label says of the sort of its value, whatever the question's words.
LABEL_WORDS = {
    "person": words("name signed by contact unterschrift gezeichnet nom nombre"),
    "organisation": words("name firma company"),
    "place": words("location place ort lieu lugar where city site"),
    "date": words("date datum fecha when year jahr dated"),
    "time": words("time uhrzeit heure hora"),
    "duration": words("duration dauer durée duración term period"),
    "money": words("price preis prix precio cost amount total betrag montant importe"),
    "count": words("number anzahl nombre número total no"),
    "quantity": words(""),
    "code": words("number no nr nummer id code numéro número reference ref"),
    "name": words("name title titel nom titre nombre título"),
    "mail": words("email mail e"),
    "phone": words("phone telephone tel telefon fax mobile"),
    "address_on_the_web": words("website web url homepage"),
}  # fmt: skip

MONEY_UNITS = words("usd eur pound yen yuan rupee rouble won cent franc mark krona")
TIME_UNITS = words("second minute hour day week month year decade century")
LENGTH_UNITS = words("kilometre metre centimetre millimetre mile foot inch yard")
WEIGHT_UNITS = words("kilogram gram milligram ton ounce pound")
SPEED_UNITS = words("mph kmh knot")
AGE_UNITS = words("year month")

# What stands next to the names of each sort, and in them.
BEFORE_PLACES = words(
    """
    in at near from to into through outside within across around inside toward towards off
    located based situated im in bei nach aus zu à au aux en dans vers depuis près en a desde
    hacia cerca
    """
)
PLACE_WORDS = words(
    """
    city town county province state island islands river lake sea ocean mountain mountains
    valley street avenue road square park bay cape coast desert forest peninsula republic
    kingdom empire airport harbor harbour port hill hills beach isle north south east west
    northern southern eastern western central stadt straße platz insel fluss see meer berg
    gebirge ville rue avenue place île fleuve lac mer mont ciudad calle plaza isla río lago
    mar monte
    """
)
ORGANISATION_WORDS = words(
    """
    inc corp corporation company co ltd llc plc gmbh ag se kg ohg sa sarl spa bv nv university
    college institute school bank group holdings agency authority department ministry
    committee council commission court union association society foundation club fc party
    team army navy force forces church museum hospital laboratory laboratories network
    broadcasting records studios press bureau office service services airlines airways
    universität hochschule institut schule ministerium amt verein verband partei société
    université banque ministère universidad banco ministerio
    """
)
NO_PERSON_WORDS = words(
    """
    act law treaty war battle revolution convention agreement constitution amendment crisis
    conference prize award festival century dynasty peace plan project program programme
    theorem language edict gesetz vertrag krieg schlacht traité guerre loi bataille tratado
    guerra ley batalla section article table figure chapter part
    """
)
DEMONYM_ENDINGS = ("ish", "ese", "ian", "ans", "ians", "ench", "ois", "isch", "ische", "ischen")
NAME_LINKS = words(
    """
    of the de la le du des del di da dos do von van der den zu zum zur al el bin ibn ben y e
    d l for
    """
)
BY = words("by von durch par por")
FROM = words("from von aus depuis desde since ab seit")
BEGINNINGS = words(
    """
    born begin began begins start started starts founded birth geboren geburt begann beginnt
    gegründet né née naissance commencé début nació nacido empezó comenzó
    """
)
ENDINGS = words(
    """
    die died end ended ends death expire expires starb gestorben sterben endete endet ende tod
    mort mourut décédé fin murió falleció terminó
    """
)
