//! The words and signs of all units, folded.

use super::units::{Currency as C, Measure as M, Unit};

pub(super) const TABLE: &[(Unit, &str)] = &[
    (Unit::Money(C::DollarSign), "$"),
    (
        Unit::Money(C::Dollar),
        "dollar dollars dolar dolares usd us$ ca$ cad a$ aud buck bucks dollari dollaro доллар доллара долларов ドル 美元 美金 달러 دولار دولارات",
    ),
    (
        Unit::Money(C::Peso),
        "peso pesos mxn ars cop clp mx$ ₱ php песо 比索 ペソ 페소",
    ),
    (
        Unit::Money(C::Euro),
        "€ eur euro euros ευρω ευρω евро ユーロ 欧元 유로 يورو यूरो avro eurolik euron euri eurito euritos eurinho balles pavos",
    ),
    (
        Unit::Money(C::Pound),
        "£ gbp quid sterling фунтов фунта 英镑 ポンド 파운드",
    ),
    (
        Unit::Pounds,
        "pound pounds pounder libra libras pfund livre livres pond",
    ),
    (Unit::Money(C::Real), "r$ brl real reais"),
    (Unit::Money(C::Rupiah), "rp idr rupiah рупии 印尼盾 ルピア 루피아"),
    (Unit::Money(C::Rupee), "₹ rs inr rupee rupees रुपये रुपए"),
    (
        Unit::Money(C::YenOrYuan),
        "¥ jpy yen 円 엔 日元 人民币 위안 иен юанеи cny rmb yuan 元 块 块钱",
    ),
    (
        Unit::Money(C::Franc),
        "chf franken franc francs sfr франк франка франков 法郎 フラン 프랑",
    ),
    (Unit::Money(C::Krone), "kr sek nok dkk kronen kroner kronor"),
    (Unit::Money(C::Zloty), "zl pln zloty zlotych злотых"),
    (
        Unit::Money(C::Lira),
        "₺ tl try lira liras лир лира лиры 里拉 リラ 리라 ليره ليرات",
    ),
    (Unit::Money(C::Ruble), "₽ руб рублеи рубля рубль rub рублей"),
    (Unit::Money(C::Won), "₩ krw won 원"),
    (Unit::Money(C::Baht), "฿ thb baht บาท бат батов 泰铢 バーツ 바트"),
    (Unit::Money(C::Dong), "₫ vnd dong"),
    (Unit::Money(C::Hryvnia), "₴ uah грн гривень"),
    (Unit::Money(C::Ringgit), "myr ringgit"),
    (
        Unit::Money(C::Dirham),
        "aed dirham dirhams درهم дирхам дирхамов дирхама 迪拉姆 ディルハム",
    ),
    (
        Unit::Cents,
        "cent cents centavo centavos centimo centimos centime centimes centesimi pence penny",
    ),
    (Unit::Percent, "% percent prozent procent persen pct процентов процента"),
    (
        Unit::Measure(M::Seconds, 1),
        "second seconds sekunden segundos secondes secondi seconden detik sec secs sekunde segundo seconde seconda secondo sek saniye секунд 秒 초",
    ),
    (
        Unit::Measure(M::Minutes, 1),
        "minute minutes min mins minuten minuto minutos minuti minuut minutig minutige minutigen minutiger minutiges menit minutito minutitos minutinho minutinhos minuutje minuutjes minutchen minutino minutini gehminute gehminuten fahrminuten autominuten fussminuten laufminuten loopminuten wandelminuten fietsminuten mnt dakika dakikalik dakikada хвилин минуту минут минуты 分 分钟 分間 분 دقيقه",
    ),
    (
        Unit::Measure(M::Minutes, 60),
        "hour hours hr hrs stunde stunden jam 小时 時間 시간 ساعه ساعات saat घंटे घंटा ghanta ghante ghanton stundig stundige stundigen stundiger stundiges std stdn stundchen horita horitas saatlik 小時 鐘頭 години годин",
    ),
    (
        Unit::Measure(M::Days, 1),
        "day days tag tage tagen werktag werktage werktagen arbeitstage arbeitstagen dia dias jour jours giorno giorni dag dagen werkdag werkdagen hari workdays день дня днеи дней 天 日 日間 일 ايام दिन วัน kalendertage kalendertagen dgn giornata giornate tagig tagige tagigen tagiger tagiges gg gun gunu gunluk дні днів kalenderdagen werkdgn wd",
    ),
    (
        Unit::Measure(M::Days, 7),
        "week weeks woche wochen semana semanas semaine semaines settimana settimane weken minggu pekan неделя недели недель 周 週間 주 wk wks wo wchn sett sem wkn mgg hafta haftalik semanita semaninha weekje weekjes wekelijks wekelijkse wochig wochige wochigen wochiger wochiges неделю 星期 週",
    ),
    (
        Unit::Measure(M::Nights, 1),
        "night nights nacht nachte nachten noche noches noite noites nuit nuits notte notti malam",
    ),
    (
        Unit::Measure(M::Months, 1),
        "month months monat monate monaten mes meses mois mese mesi maand maanden bulan месяц месяца месяцев 个月 ヶ月 か月 mth mths monatig monatige monatigen monatiger mo mos mnd mndn bln ay aylik 個月 개월 달 달간 місяців",
    ),
    (
        Unit::Measure(M::Months, 12),
        "year years yr yrs jahr jahre jahren ano anos an ans annee annees anno anni jaar jaren tahun год года лет 年 年間 thn jahrig jahrige jahrigen jahriger 歳 岁 歲 th jr jrs jhr yil yillik anitos aninhos 년",
    ),
    (Unit::Measure(M::Millimetres, 1), "mm"),
    (
        Unit::Measure(M::Millimetres, 10),
        "cm centimetre centimetres centimeter centimeters zentimeter centimetros centimetri santim сантиметров 厘米 公分 センチ 센티",
    ),
    (
        Unit::Measure(M::Millimetres, 1_000),
        "m metre metres meter meters metros metri metro metrelik metrede 米 公尺 メートル 미터 метров метра مترا متر",
    ),
    (
        Unit::Measure(M::Millimetres, 1_000_000),
        "km kilometre kilometres kilometer kilometers kilometros quilometros chilometri kms quilometro kilometro chilometro kilometrow км километров 公里 キロメートル 킬로미터",
    ),
    (
        Unit::Measure(M::Inches, 1),
        "inch inches zoll pulgadas polegadas pouces pollici",
    ),
    (Unit::Measure(M::Feet, 1), "ft feet foot"),
    (Unit::Measure(M::Miles, 1), "mile miles"),
    (
        Unit::Measure(M::Grams, 1),
        "g gr gram grams gramm gramos gramas grammes grammi gramo grama gramme grammo грамм 克 グラム 그램",
    ),
    (
        Unit::Measure(M::Grams, 1_000),
        "kg quilo quilos quilograma quilogramas kilo kilos kilogram kilograms chili chilo kilito kilogramm кг 公斤 千克 キロ 킬로",
    ),
    (Unit::Measure(M::Ounces, 1), "oz ounce ounces"),
    (Unit::Measure(M::Ounces, 16), "lb lbs"),
    (
        Unit::Measure(M::Millilitres, 1),
        "ml millilitre millilitres milliliter mililitro mililitros millilitro millilitri",
    ),
    (
        Unit::Measure(M::Millilitres, 10),
        "cl centilitre centilitres centiliter zentiliter centilitro centilitros centilitri",
    ),
    (
        Unit::Measure(M::Millilitres, 1_000),
        "l liter liters litre litres litro litros litri lt ltr литров 升 リットル 리터",
    ),
    (
        Unit::Measure(M::Degrees, 1),
        "° degree degrees grad grados graus degres gradi graden derajat grado degre derece 度 도 градусов",
    ),
    (Unit::Measure(M::SquareMetres, 1), "qm sqm m2"),
    (
        Unit::Measure(M::Minutes, 15),
        "viertelstunde viertelstunden viertelstundchen kwartier kwartiertje",
    ),
    (
        Unit::Measure(M::Minutes, 30),
        "halfuur halfuurtje mezzora mezzoretta halbestunde",
    ),
    (Unit::Measure(M::Minutes, 45), "dreiviertelstunde dreiviertelstunden"),
    (Unit::Measure(M::Days, 14), "fortnight fortnights"),
    (Unit::Clock { hours: false }, "uhr o'clock oclock baje बजे 点 點 時 시"),
    (
        Unit::Clock { hours: true },
        "h hs u hora horas heure heures ora ore uur uren час часа часов uurtje uurtjes horinha horinhas oretta",
    ),
];
