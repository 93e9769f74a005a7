"""Months and days told from today, in several languages."""

from __future__ import annotations

# January first, parted by semicolons; also what months are shortened to.
MONTHS = """
    january jan januar jänner januari janvier enero gennaio janeiro января январь январе styczeń
    stycznia styczniu leden ledna lednu tammikuu január ocak januára;
    february feb februar februari février febrero febbraio fevereiro февраля февраль феврале luty
    lutego lutym únor února únoru helmikuu február şubat;
    march mar märz maart mars marzo março marts марта март марте marzec marca marcu březen března
    březnu maaliskuu március mart;
    april apr avril abril aprile апреля апрель апреле kwiecień kwietnia kwietniu duben dubna dubnu
    huhtikuu április nisan;
    may mai mei mayo maggio maio maj мая май мае maja maju květen května květnu toukokuu május
    mayıs;
    june jun juni juin junio giugno junho июня июнь июне czerwiec czerwca czerwcu červen června
    červnu kesäkuu június haziran;
    july jul juli juillet julio luglio julho июля июль июле lipiec lipca lipcu červenec července
    červenci heinäkuu július temmuz;
    august aug augustus août agosto augusti августа август августе sierpień sierpnia sierpniu srpen
    srpna srpnu elokuu augusztus ağustos;
    september sep sept septembre septiembre settembre setembro сентября сентябрь сентябре wrzesień
    września wrześniu září syyskuu szeptember eylül;
    october oct oktober okt octobre octubre ottobre outubro октября октябрь октябре październik
    października październiku říjen října říjnu lokakuu október ekim;
    november nov novembre noviembre novembro ноября ноябрь ноябре listopad listopada listopadzie
    listopadu marraskuu kasım;
    december dec dezember dez décembre diciembre dicembre dezembro desember декабря декабрь декабре
    grudzień grudnia grudniu prosinec prosince prosinci joulukuu aralık
"""
# What may stand between a day, a month and a year.
LINKS = "of de del di du do da des"
QUARTERS = """
    first quarter; erstes quartal; ersten quartal; premier trimestre; primer trimestre; primo
    trimestre; primeiro trimestre; eerste kwartaal; första kvartalet |
    second quarter; zweites quartal; zweiten quartal; deuxième trimestre; segundo trimestre; secondo
    trimestre; tweede kwartaal; andra kvartalet |
    third quarter; drittes quartal; dritten quartal; troisième trimestre; tercer trimestre; terzo
    trimestre; terceiro trimestre; derde kwartaal; tredje kvartalet |
    fourth quarter; viertes quartal; vierten quartal; quatrième trimestre; cuarto trimestre; quarto
    trimestre; vierde kwartaal; fjärde kvartalet
"""
# Spans told from today.
TODAY = "today; heute; aujourd'hui; hoy; oggi; hoje; vandaag; idag; i dag; сегодня; dzisiaj"
YESTERDAY = "yesterday; gestern; hier; ayer; ieri; ontem; gisteren; igår; i går; вчера; wczoraj"
THIS_WEEK = (
    "this week; diese woche; dieser woche; cette semaine; esta semana; questa settimana; deze week;"
    " denna vecka; denne uge; этой недели; tego tygodnia; w tym tygodniu"
)
LAST_WEEK = (
    "last week; the past week; letzte woche; letzter woche; der letzten woche; vergangener woche;"
    " la semaine dernière; semaine dernière; la semana pasada; semana pasada;"
    " la settimana scorsa; settimana scorsa; a semana passada; semana passada; vorige week;"
    " afgelopen week; förra veckan; sidste uge; прошлой недели; прошлой неделе; zeszłego tygodnia"
)
THIS_MONTH = (
    "this month; diesen monat; diesem monat; ce mois ci; ce mois; este mes; questo mese; este mês;"
    " deze maand; denna månad; denne måned; этого месяца; tego miesiąca"
)
LAST_MONTH = (
    "last month; the past month; letzten monat; letztem monat; vergangenen monat; le mois dernier;"
    " mois dernier; el mes pasado; mes pasado; il mese scorso; mese scorso; o mês passado;"
    " mês passado; vorige maand; afgelopen maand; förra månaden; sidste måned; прошлого месяца;"
    " zeszłego miesiąca"
)
THIS_YEAR = (
    "this year; dieses jahr; diesem jahr; cette année; este año; quest'anno; este ano; dit jaar;"
    " i år; этого года; tego roku"
)
LAST_YEAR = (
    "last year; the past year; letztes jahr; letzten jahr; letztem jahr; vergangenen jahr;"
    " l'année dernière; l'an dernier; el año pasado; año pasado; l'anno scorso; anno scorso;"
    " o ano passado; ano passado; vorig jaar; afgelopen jaar; förra året; sidste år;"
    " прошлого года; прошлом году; zeszłego roku"
)
# "the last 30 days": the words before the number, and the units after it.
LAST_SEVERAL = (
    "last past letzten letzte vergangenen derniers dernières últimos últimas ultimi ultime"
    " afgelopen laatste senaste sidste последние ostatnich"
)
DAYS = "days day tage tagen jours jour días dias giorni dagen dagar dage дней dni"
WEEKS = "weeks week wochen semaines semanas settimane weken veckor uger недель tygodni"
MONTHS_LONG = "months month monate monaten mois meses mesi maanden månader måneder месяцев miesięcy"
YEARS = "years year jahre jahren ans années años anos anni jaar år лет lat"
# Times that hang on one named before.
YEAR_BEFORE = (
    "year before; previous year; prior year; year earlier; jahr davor; jahr zuvor; vorjahr;"
    " année précédente; año anterior; anno precedente; ano anterior; jaar daarvoor; året innan;"
    " året før; предыдущем году; poprzednim roku; 前年; 前一年"
)
YEAR_AFTER = (
    "year after; following year; next year; year later; jahr danach; jahr darauf; folgejahr;"
    " année suivante; año siguiente; anno successivo; ano seguinte; jaar daarna; året efter;"
    " året etter; следующем году; następnym roku; 翌年; 第二年"
)
MONTH_BEFORE_OR_AFTER = (
    "month before; previous month; month after; following month; monat davor; vormonat;"
    " monat danach; mois précédent; mois suivant; mes anterior; mes siguiente; quarter before;"
    " previous quarter; following quarter; vorquartal"
)
