"""Russian, Ukrainian, Polish, Czech, Finnish, Hungarian, Turkish, Korean, Arabic and Hebrew."""

from __future__ import annotations

from rag.understand.lexicon.language import language

RUSSIAN = language(
    "ru",
    questions="кто кого кому кем что чего чему чем когда где куда откуда почему зачем как какой"
    " какая какое какие каков какова каково сколько чей который которая хто що коли де чому як"
    " який яка яке які скільки чий",
    prepositions="в во на с со к ко по из за от до у о об для при про через между без під від з із"
    " до після після ніж",
    glue="был была было были есть будет будут быть и или но а же ли бы не нет это так ещё также"
    " очень уже я мне мой моя ты мы нас наш вы вас ваш году год был є був була було були та або"
    " але чи не це року рік",
    pronouns="он его ему им она её ей оно они их ими этот эта этого этой эти этим тот та там тогда"
    " этом нём ней них він його йому вона її вони їх цей ця ці там тоді",
    openers="а; и; но; а также; і; й; та; але; а ще",
    about="а как насчет; а как насчёт; как насчет; как насчёт; а что насчёт; а что с; а у; а для;"
    " а щодо; як щодо; а як щодо",
    more="ещё подробнее объясни пример примеры детали больше ще докладніше поясни приклад",
    courtesy="спасибо привет да хорошо пожалуйста дякую так",
    ordinals="первый первая первое перший перша; второй вторая второе другий друга; третий третья"
    " третій третя",
    others="другой другая другое інший інша",
)

POLISH = language(
    "pl",
    questions="kto kogo komu kim co czego kiedy gdzie dokąd skąd dlaczego czemu jak jaki jaka jakie"
    " ile który która które czyj",
    prepositions="w we na z ze do od po za przez przed przy dla o u między bez pod nad",
    glue="jest są był była było były będzie być i oraz lub albo ale a czy nie się to także już"
    " bardzo ja mnie mój moja ty my nas nasz wy roku rok został została zostało",
    pronouns="on jego jemu go nim ona jej ją ono oni one ich im nich ten ta tego tej te tam wtedy"
    " tym",
    openers="a; i; ale; oraz; a także; i co",
    about="a co z; co z; a jak z; a dla; a w przypadku",
    more="więcej szczegóły wyjaśnij przykład jeszcze inne",
    courtesy="dziękuję dzięki cześć tak dobrze",
    alone="kto kiedy gdzie skąd dokąd dlaczego",
    ordinals="pierwszy pierwsza pierwsze; drugi druga drugie; trzeci trzecia trzecie",
    others="inny inna drugi",
)

CZECH = language(
    "cs",
    questions="""kdo koho co čeho kdy kde kam odkud proč jak jaký jaká jaké kolik který které čí""",
    prepositions="v ve na z ze do od po za přes před při pro o u mezi bez pod nad s se k",
    glue="je jsou byl byla bylo byli bude být a i nebo ale či ne se si to také už velmi já mě můj"
    " ty my nás náš vy roce rok",
    pronouns="on jeho jemu ho něm ona její ji ono oni jejich jim nich ten ta toho té tam tehdy tom",
    openers="a; i; ale; nebo; a také; a co",
    about="a co; co; a jak; a pro",
    more="více podrobnosti vysvětli příklad ještě",
    courtesy="díky děkuji ahoj ano dobře",
    alone="kdo kdy kde kam odkud proč",
    ordinals="první; druhý druhá druhé; třetí",
)

FINNISH = language(
    "fi",
    questions="kuka ketä kenen mikä mitä milloin missä mihin mistä miksi miten kuinka mikä mitkä",
    prepositions="ennen jälkeen aikana kanssa ilman",
    glue="on ovat oli olivat ollut olla ja tai mutta että myös ei ole vielä jo hyvin minä minun"
    " sinä me te vuonna vuosi paljon",
    pronouns="hän hänen hänet he heidän se sen sitä sille siitä siinä ne niiden tämä tämän nämä"
    " siellä silloin",
    openers="ja; entä; mutta; tai; entäpä",
    about="entä; entäpä; mitä; ja entä",
    more="lisää tarkemmin selitä esimerkki muuta",
    courtesy="kiitos moi hei kyllä joo",
    ordinals="ensimmäinen; toinen; kolmas",
    others="toinen",
)

HUNGARIAN = language(
    "hu",
    questions="ki kit kinek mi mit mikor hol hová honnan miért hogyan hogy mennyi hány melyik",
    prepositions="után előtt alatt között nélkül szerint",
    glue="van vannak volt voltak lesz lenni és vagy de hogy is nem még már nagyon én engem te mi"
    " ti évben év ban ben a",
    pronouns="ő őt neki ők azt az ez ezt annak azok ezek ott akkor abban ebben",
    articles="a az egy",
    openers="és; de; vagy; és aztán",
    about="és mi a helyzet; mi a helyzet; és mi van; mi van",
    more="többet részletek magyarázd példa még",
    courtesy="köszönöm szia igen jó",
    ordinals="első; második; harmadik",
    others="másik",
)

TURKISH = language(
    "tr",
    questions="kim kimi kimin ne neyi nezaman nerede nereye nereden neden niçin niye nasıl kaç"
    " hangi kadar kadardı",
    prepositions="için ile gibi göre sonra önce kadar",
    glue="dır dir idi ve veya ya da de ama mi mı mu mü değil var yok çok daha ben beni biz siz"
    " yılında yıl zaman",
    pronouns="o onu onun ona onlar onları onların bu bunu bunun şu orada burada",
    openers="ve; peki; peki ya; ya; ama; veya; peki ya da",
    about="peki ya; ya; ne dersin; peki",
    more="daha ayrıntı açıkla örnek başka",
    courtesy="teşekkürler merhaba evet tamam",
    alone="nerede nereye nereden niçin niye",
    ordinals="birinci ilk; ikinci; üçüncü",
    others="diğer diğeri öteki",
)

KOREAN = language(
    "ko",
    questions="누구 누가 무엇 뭐 언제 어디 어디서 왜 어떻게 얼마 얼마나 몇 어느 어떤",
    prepositions="",
    glue="있나요 인가요 입니까 이 그럼 또",
    pronouns="그 그는 그녀 그녀는 그것 그것은 그들 그들은 이것 이것은 거기 거기서 그때",
    openers="그리고; 그럼; 그러면; 그렇다면; 하지만; 또",
    more="더 자세히 설명",
    courtesy="감사합니다 고마워 네",
    ordinals="첫번째 첫; 두번째 두; 세번째 세",
)

ARABIC = language(
    "ar",
    questions="من ما ماذا متى أين لماذا كيف كم أي هل لمن",
    prepositions="في على إلى عن مع ب ل بعد قبل بين خلال منذ حتى",
    glue="هو هي كان كانت كانوا يكون و أو لكن لا لم لن قد أن إن التي الذي عام سنة",
    pronouns="هذا هذه ذلك تلك هؤلاء هناك فيه فيها له لها لهم عنه عنها منه منها به بها",
    openers="و; لكن; أو; ثم; وفي",
    about="وماذا عن; ماذا عن; وبالنسبة ل; وعن",
    more="أكثر المزيد اشرح مثال تفاصيل",
    courtesy="شكرا نعم مرحبا",
)

HEBREW = language(
    "he",
    questions="מי מה מתי איפה היכן למה מדוע איך כמה איזה איזו אילו",
    prepositions="ב ל מ על עם אל של בין אחרי לפני עד",
    glue="הוא היה הייתה היו יש אין לא גם או אבל את כי ש שנת בשנת",
    pronouns="היא הם הן אותו אותה אותם שלו שלה שלהם זה זו זאת אלה שם אז",
    openers="ו; אבל; או; ומה; ואז",
    about="ומה לגבי; מה לגבי; ומה עם; מה עם; ובנוגע ל",
    more="עוד פרטים הסבר דוגמה",
    courtesy="תודה כן שלום",
)

HINDI = language(
    "hi",
    questions="कौन किसने किसे किसका क्या कब कहाँ क्यों कैसे कितना कितने कितनी कौनसा किस",
    prepositions="में से को का के की पर तक लिए बाद पहले",
    glue="है हैं था थे थी हो और या लेकिन नहीं भी एक ने हुआ हुई हुए तो साल वर्ष",
    pronouns="""वह वे उसने उसे उसका उसकी उसके उन्होंने उनका उनकी उनके यह ये इसे इसका इसकी वहाँ तब इसने""",
    openers="और; लेकिन; या; तो",
    about="और; के बारे में क्या",
    more="और अधिक विस्तार उदाहरण समझाओ",
    courtesy="धन्यवाद हाँ नमस्ते",
)
