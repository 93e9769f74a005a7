"""Closed word lists for quantities in several languages: numerals, scales, units and months."""

from __future__ import annotations

from rag.cite.wordlist import named, numbered, words

UNITS = named(
    {
        "percent": "% ％ ‰ percent percentage pct prozent procent procento porcento porciento",
        "point": "pp percentage-points prozentpunkte prozentpunkt",
        "usd": "$ us$ usd dollar dollars dólares dólar dollaro dollari 美元 ドル",
        "eur": "€ eur euro euros 欧元 ユーロ",
        "pound": "£ gbp pound pounds pfund lb lbs livre livres libras sterling 英镑 ポンド",
        "yen": "¥ yen jpy 日元 円",
        "yuan": "yuan rmb cny 人民币 元",
        "rupee": "₹ rupee rupees inr",
        "rouble": "₽ rouble roubles ruble rubles",
        "won": "₩",
        "franc": "franc francs franken chf",
        "mark": "dm reichsmark",
        "cent": "cent cents ¢",
        "krona": "krona kronor krone kroner sek nok dkk",
        "kilometre": (
            "km kilometer kilometers kilometre kilometres kilómetros kilomètres "
            "chilometri 公里 千米 キロメートル"
        ),
        "metre": "m meter meters metre metres metern metros mètres metri 米 メートル",
        "centimetre": "cm centimeter centimeters centimetre centimetres zentimeter",
        "millimetre": "mm millimeter millimeters millimetre millimetres",
        "mile": "mi mile miles meile meilen millas 英里 マイル",
        "foot": "ft foot feet fuß fuss pies pieds 英尺",
        "inch": "inch inches zoll",
        "yard": "yard yards yd",
        "kilogram": "kg kilogram kilograms kilogramm kilo kilos kilogramos 公斤 千克",
        "gram": "g gram grams gramm gramos grammes 克",
        "milligram": "mg milligram milligrams",
        "ton": "ton tons tonne tonnes tonnen toneladas 吨 トン",
        "ounce": "oz ounce ounces",
        "second": "seconds sec secs sekunde sekunden segundos secondes 秒",
        "minute": "minute minutes min mins minuten minutos 分钟",
        "hour": "hour hours hr hrs h stunde stunden horas hora heure heures ore 小时 時間",
        "day": "day days daily tag tage tagen täglich días día jour jours giorni dias 天 日間",
        "week": (
            "week weeks weekly woche wochen wöchentlich semana semanas semaine semaines 周 週間"
        ),
        "month": (
            "month months monthly monat monate monaten monatlich mes meses mois mesi 个月 か月"
        ),
        "year": (
            "year years yearly annual annually jahr jahre jahren jährlich año años ans années "
            "anni anos 年間"
        ),
        "decade": "decade decades jahrzehnt jahrzehnte jahrzehnten década décadas",
        "century": (
            "century centuries jahrhundert jahrhunderts jahrhunderte siglo siglos siècle siècles "
            "secolo 世纪 世紀"
        ),
        "quarter": "quarter quarters quartal quartals trimestre trimestres",
        "degree": "° degree degrees grad grados degrés",
        "celsius": "℃ celsius",
        "fahrenheit": "℉ fahrenheit",
        "litre": "l liter liters litre litres litros 升",
        "gallon": "gallon gallons",
        "barrel": "barrel barrels bbl fass barriles",
        "hectare": "ha hectare hectares hektar",
        "acre": "acre acres",
        "mph": "mph",
        "kmh": "kmh",
        "knot": "knot knots knoten",
        "watt": "w watt watts",
        "kilowatt": "kw kilowatt kilowatts",
        "megawatt": "mw megawatt megawatts",
        "gigawatt": "gw gigawatt gigawatts",
        "kwh": "kwh",
        "volt": "v volt volts",
        "ampere": "amp amps ampere",
        "hertz": "hz hertz",
        "megahertz": "mhz",
        "gigahertz": "ghz",
        "byte": "byte bytes",
        "kilobyte": "kb kilobyte kilobytes",
        "megabyte": "mb megabyte megabytes",
        "gigabyte": "gb gigabyte gigabytes",
        "terabyte": "tb terabyte terabytes",
        "pascal": "pa pascal",
        "bar": "bar",
        "psi": "psi",
        "joule": "joule joules",
        "calorie": "calorie calories kcal",
    }
)

SCALES: dict[str, tuple[float, ...]] = {
    word: (value,)
    for value, listed in {
        1e2: "hundred hundreds hundert cent cientos centos 百",
        1e3: "thousand thousands tausend mil mille mila duizend k тысяч tusen tusind 千",
        1e4: "万 萬",
        1e5: "lakh lakhs",
        1e6: (
            "million millions mio mn mln mm millionen millón millones milioni milhão milhões "
            "miljoen миллион миллионов miljoner"
        ),
        1e7: "crore crores",
        1e8: "亿 億",
        1e9: (
            "billion billions bn bln milliarde milliarden mrd milliard milliards miliardi "
            "miljard миллиард миллиардов"
        ),
        1e12: "trillion trillions tn billionen billón billones 兆",
    }.items()
    for word in listed.casefold().split()
}
SCALE_LETTERS: dict[str, tuple[float, ...]] = {"k": (1e3,), "m": (1e6,), "b": (1e9,), "t": (1e12,)}

_UP_TO_TWENTY = numbered(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen

    eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn
    sechzehn siebzehn achtzehn neunzehn

    uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince

    un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize

    uno due tre quattro cinque sei sette otto nove dieci undici dodici

    um dois/duas três quatro cinco seis sete oito nove dez onze doze

    een twee drie vier vijf zes zeven acht negen tien elf twaalf

    один два/две три/трёх четыре пять шесть семь восемь девять десять
    """
)
_TENS = {
    word: 10 * index
    for line in (
        "twenty thirty forty fifty sixty seventy eighty ninety",
        "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
        "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
        "vingt trente quarante cinquante soixante",
        "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    )
    for index, word in enumerate(line.casefold().split(), 2)
}
NUMERALS = (
    _UP_TO_TWENTY
    | _TENS
    | {"zero": 0, "null": 0, "cero": 0, "zéro": 0, "dozen": 12, "dutzend": 12, "docena": 12}
)
# They count, but mostly they do not: articles, "the other one", "six" and "acht" are kept.
WEAK_NUMERALS = words(
    """
    one un uno um een eins once sei null tien neuf dix tres onze drie
    """
)
GERMAN_ONES = numbered("ein zwei drei vier fünf sechs sieben acht neun")
ORDINALS = numbered(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth

    erste/ersten/erster/erstes zweite/zweiten/zweiter/zweites dritte/dritten/dritter/drittes
    vierte/vierten/vierter fünfte/fünften/fünfter sechste/sechsten/sechster
    siebte/siebten/siebter achte/achten/achter neunte/neunten zehnte/zehnten

    primero/primera/primer segundo/segunda tercero/tercera/tercer cuarto/cuarta quinto/quinta
    sexto/sexta séptimo/séptima octavo/octava noveno/novena décimo/décima

    premier/première deuxième troisième quatrième cinquième sixième septième huitième neuvième
    dixième
    """
)
FRACTIONS = {
    "½": 0.5,
    "¼": 0.25,
    "¾": 0.75,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "⅛": 0.125,
    "⅜": 0.375,
    "⅝": 0.625,
    "⅞": 0.875,
}
FRACTION_WORDS = {
    "half": 0.5,
    "hälfte": 0.5,
    "mitad": 0.5,
    "moitié": 0.5,
    "quarter": 0.25,
    "viertel": 0.25,
}

MONTHS = numbered(
    """
    january february march april may june july august september october november december

    jan feb mar apr may jun jul aug sep oct nov dec

    januar/jänner februar märz april mai juni juli august september oktober november dezember

    enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre
    diciembre

    janvier février mars avril mai juin juillet août septembre octobre novembre décembre

    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre
    dicembre

    janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro

    januari februari maart april mei juni juli augustus september oktober november december

    января февраля марта апреля мая июня июля августа сентября октября ноября декабря

    stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada
    grudnia
    """
) | {"sept": 9, "dez": 12, "okt": 10, "mrz": 3}
# Month names that are also common words: they count next to a day or a year only.
DOUBTFUL_MONTHS = words(
    """
    may mar mars march mai mei dec nov sep jan jun jul marca maja
    """
)

APPROXIMATIONS = words(
    """
    about around roughly approximately approx nearly almost some circa ca c etwa rund ungefähr fast
    knapp zirka gut cerca aproximadamente casi unos alrededor environ presque près quasi ongeveer
    bijna около почти 约 大约 近 約 ほぼ
    """
)
# "More than 5", "at least 5", "over 5"; and the contrary.
LOWER_BOUNDS = words(
    """
    more greater larger higher longer least over above exceeding exceeded minimum mehr über
    mindestens wenigstens oberhalb plus más mínimo superior meer più mais больше 超过 至少
    """
)
UPPER_BOUNDS = words(
    """
    less fewer smaller lower shorter most under below maximum weniger unter höchstens maximal
    unterhalb moins menos máximo inferior minder meno меньше 不足 至多
    """
)
