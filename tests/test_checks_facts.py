"""Rules on numbers, dates, prices, addresses and telephone numbers."""

from __future__ import annotations

import pytest
from check_tools import said

RULES = ("number", "date", "price", "url", "email", "phone")


def told(msgid: str, msgstr: str, tag: str = "es") -> list[str]:
    return said(msgid, msgstr, tag, rules=RULES)


CALL = "Call (206) 555-0142 or write to help@clinic.org by March 5, 2026."
DOSE = "Give 2.5 mL twice a day for 10 days."
COST = "The visit costs $1,250.50, and 15% of people pay nothing."
MANY = "About 10,000 people came between 3 p.m. and 5:30 p.m."


@pytest.mark.parametrize(
    ("tag", "msgid", "msgstr"),
    [
        (
            "es",
            CALL,
            "Llame al (206) 555-0142 o escriba a help@clinic.org antes del 5 de marzo de 2026.",
        ),
        ("fr", CALL, "Appelez le 206-555-0142 ou écrivez à help@clinic.org avant le 5 mars 2026."),
        (
            "de",
            CALL,
            "Rufen Sie bis zum 05.03.2026 206 555 0142 an oder schreiben Sie an help@clinic.org.",
        ),
        ("zh-Hans", CALL, "请在2026年3月5日前致电 (206) 555-0142 或写信至 help@clinic.org。"),
        ("zh-Hant", CALL, "請於2026年三月五日前致電（206）555-0142，或寫信至 help@clinic.org。"),
        (
            "ja",
            CALL,
            "2026年3月5日までに (206) 555-0142 に電話するか、help@clinic.org にご連絡ください。",
        ),
        (
            "ja",
            CALL,
            "令和8年3月5日までに (206) 555-0142 または help@clinic.org へご連絡ください。",
        ),
        (
            "ko",
            CALL,
            "2026년 3월 5일까지 (206) 555-0142로 전화하거나 help@clinic.org로 연락하십시오.",
        ),
        (
            "vi",
            CALL,
            "Hãy gọi (206) 555-0142 hoặc viết thư đến help@clinic.org trước ngày 5 tháng 3, 2026.",
        ),
        ("ar", CALL, "اتصل بالرقم ‎(206) 555-0142‎ أو اكتب إلى help@clinic.org قبل ٥ مارس ٢٠٢٦."),
        ("ar", CALL, "اتصل على ٢٠٦-٥٥٥-٠١٤٢ أو اكتب إلى help@clinic.org قبل 5 آذار 2026."),
        (
            "fa-AF",
            CALL,
            "تا ۱۴ حوت ۱۴۰۴ به (206) 555-0142 زنگ بزنید یا به help@clinic.org بنویسید.",
        ),
        (
            "ps",
            CALL,
            (
                "تر ۲۰۲۶ کال د مارچ تر ۵مې پورې (206) 555-0142 ته زنګ ووهئ یا help@clinic.org ته "
                "ولیکئ."
            ),
        ),
        ("ur", CALL, "5 مارچ 2026 تک (206) 555-0142 پر کال کریں یا help@clinic.org پر لکھیں۔"),
        ("he", CALL, "התקשרו ל-(206) 555-0142 או כתבו אל help@clinic.org עד 5 במרץ 2026."),
        ("am", CALL, "እስከ መጋቢት 5 ቀን 2026 ድረስ ወደ (206) 555-0142 ይደውሉ ወይም ወደ help@clinic.org ይጻፉ።"),
        (
            "am",
            CALL,
            "እስከ የካቲት 26 ቀን 2018 ዓ.ም. ድረስ ወደ (206) 555-0142 ይደውሉ ወይም ወደ help@clinic.org ይጻፉ።",
        ),
        ("ti", CALL, "ክሳብ 5 መጋቢት 2026 ናብ (206) 555-0142 ደውሉ ወይ ናብ help@clinic.org ጽሓፉ።"),
        ("my", CALL, "၂၀၂၆ ခုနှစ် မတ်လ ၅ ရက်မတိုင်မီ (၂၀၆) ၅၅၅-၀၁၄၂ သို့ ခေါ်ပါ၊ help@clinic.org သို့ ရေးပါ။"),
        ("th", CALL, "โทร (206) 555-0142 หรือเขียนถึง help@clinic.org ภายในวันที่ 5 มีนาคม 2569"),
        ("km", CALL, "សូមទូរស័ព្ទទៅ (206) 555-0142 ឬសរសេរទៅ help@clinic.org មុនថ្ងៃទី ៥ ខែមីនា ឆ្នាំ ២០២៦។"),
        ("lo", CALL, "ໂທຫາ (206) 555-0142 ຫຼື ຂຽນຫາ help@clinic.org ກ່ອນວັນທີ 5 ມີນາ 2026"),
        ("hi", CALL, "५ मार्च २०२६ तक (206) 555-0142 पर फ़ोन करें या help@clinic.org पर लिखें।"),
        ("bn", CALL, "৫ মার্চ ২০২৬-এর মধ্যে (২০৬) ৫৫৫-০১৪২ নম্বরে ফোন করুন বা help@clinic.org-এ লিখুন।"),
        ("ne", CALL, "२०८२ फागुन २१ सम्म (206) 555-0142 मा फोन गर्नुहोस् वा help@clinic.org मा लेख्नुहोस्।"),
        (
            "ta",
            CALL,
            "2026 மார்ச் 5-க்குள் (206) 555-0142 என்ற எண்ணை அழையுங்கள் அல்லது help@clinic.org-க்கு எழுதுங்கள்.",
        ),
        ("so", CALL, "Wac (206) 555-0142 ama u qor help@clinic.org ka hor Maarso 5, 2026."),
        (
            "sw",
            CALL,
            "Piga simu (206) 555-0142 au andika help@clinic.org kabla ya tarehe 5 Machi 2026.",
        ),
        ("ht", CALL, "Rele (206) 555-0142 oswa ekri help@clinic.org anvan 5 mas 2026."),
        (
            "tl",
            CALL,
            "Tumawag sa (206) 555-0142 o sumulat sa help@clinic.org bago mag-Marso 5, 2026.",
        ),
        ("hy", CALL, "Զանգահարեք (206) 555-0142 կամ գրեք help@clinic.org մինչև 2026 թ. մարտի 5-ը։"),
        (
            "ru",
            CALL,
            (
                "Позвоните по телефону +1 206 555-01-42 или напишите на help@clinic.org до 5 марта "
                "2026 г."
            ),
        ),
        ("es", DOSE, "Dé 2,5 ml dos veces al día durante 10 días."),
        ("es", DOSE, "Dé 2.5 ml 2 veces al día durante diez días."),
        ("ar", DOSE, "أعطِ ٢٫٥ مل مرتين يوميًا لمدة ١٠ أيام."),
        ("hi", DOSE, "दिन में दो बार २.५ मि.ली. दस दिन तक दें।"),
        ("zh-Hans", DOSE, "每天两次，每次2.5毫升，共十天。"),
        ("my", DOSE, "တစ်နေ့ ၂ ကြိမ် ၂.၅ mL ကို ၁၀ ရက် ပေးပါ။"),
        ("es", COST, "La visita cuesta $1,250.50 y el 15 % de las personas no paga nada."),
        ("es", COST, "La visita cuesta 1.250,50 dólares y el 15 % de las personas no paga nada."),
        ("fr", COST, "La visite coûte 1 250,50 $ et 15 % des gens ne paient rien."),
        ("de", COST, "Der Besuch kostet 1.250,50 US-Dollar; 15 % der Menschen zahlen nichts."),
        ("ar", COST, "تكلفة الزيارة ١٬٢٥٠٫٥٠ دولار، و١٥٪ من الناس لا يدفعون شيئًا."),
        ("hi", COST, "मुलाक़ात का ख़र्च $1,250.50 है, और 15% लोग कुछ नहीं देते।"),
        ("ja", COST, "受診料は1,250.50米ドルで、15％の人は無料です。"),
        ("zh-Hans", MANY, "下午3点至5点30分之间，约有1万人前来。"),
        ("ko", MANY, "오후 3시에서 5시 30분 사이에 약 1만 명이 왔습니다."),
        ("fr", MANY, "Environ 10 000 personnes sont venues entre 15 h et 17 h 30."),
        ("ru", MANY, "Около 10 тыс. человек пришли с 15:00 до 17:30."),
        ("sw", MANY, "Watu wapatao 10,000 walikuja kati ya saa 9 na saa 11:30 jioni."),
        ("am", MANY, "ከቀኑ 9 ሰዓት እስከ 11:30 ድረስ ወደ 10,000 ሰዎች መጡ።"),
        ("hi", "It costs $1,500,000.", "इसकी क़ीमत $15,00,000 है।"),
        ("hi", "About 200,000 people", "लगभग 2 लाख लोग"),
        ("es", "about $421 to $451 billion", "entre 421 000 y 451 000 millones de dólares"),
        ("zh-Hans", "about $421 to $451 billion", "约4210亿至4510亿美元"),
        ("es", "In the 21st century", "En el siglo XXI"),
        ("es", "About 1/2 of the children", "Alrededor de ½ de los niños"),
        ("es", "Twenty-four people in two rooms", "24 personas en 2 salas"),
        ("ja", "The 1st and the 3rd visit", "第一回と第三回の受診"),
        ("es", "Python 3.11.2 and COVID-19", "Python 3.11.2 y la COVID-19"),
        ("es", "See <https://www.cdc.gov/flu/>.", "Vea <https://www.cdc.gov/flu/>."),
        (
            "es",
            "See https://www.cdc.gov/flu/.",
            "Vea https://www.cdc.gov/spanish/flu/ o https://www.cdc.gov/es/flu.",
        ),
        ("es", "See https://en.wikipedia.org/wiki/X.", "Vea https://es.wikipedia.org/wiki/X."),
        ("zh-Hans", "See https://www.cdc.gov/flu.", "见https://www.cdc.gov/flu。"),
        ("ko", "See https://www.cdc.gov/flu for more.", "https://www.cdc.gov/flu에서 더 보세요."),
        ("es", "Call 1-800-QUIT-NOW.", "Llame al 1-800-784-8669."),
        ("es", "Call +1 (206) 555-0142.", "Llame al (206) 555-0142."),
        ("es", "Write to me@example.org.", "Escriba a yo@ejemplo.org."),
        ("es", "Use `5` of them.", "Use `5` de ellos."),
    ],
)
def test_a_good_translation_of_facts_passes(tag: str, msgid: str, msgstr: str) -> None:
    assert told(msgid, msgstr, tag) == []


@pytest.mark.parametrize(
    ("tag", "msgid", "msgstr", "text"),
    [
        ("es", DOSE, "Dé 25 ml dos veces al día durante 10 días.", "2.5|25"),
        ("es", DOSE, "Dé 2,5 ml dos veces al día durante 100 días.", "10|100"),
        ("ar", DOSE, "أعطِ ٢٥ مل مرتين يوميًا لمدة ١٠ أيام.", "2.5|25"),
        ("my", DOSE, "တစ်နေ့ ၂ ကြိမ် ၃.၅ mL ကို ၁၀ ရက် ပေးပါ။", "2.5|3.5"),
        ("so", "Drink 8 glasses of water.", "Cab 9 koob oo biyo ah.", "8|9"),
        ("zh-Hans", "Call 911 at once.", "请立即拨打 119。", "911|119"),
        ("vi", "Room 214, floor 2", "Phòng 241, tầng 2", "214|241"),
        ("fr", "About 10,000 people", "Environ 1 000 personnes", "10,000|1 000"),
    ],
)
def test_a_changed_number_is_found(tag: str, msgid: str, msgstr: str, text: str) -> None:
    old, new = text.split("|")
    assert told(msgid, msgstr, tag) == [
        (
            f"warning number: the source has {old}, the translation {new}; take the numbers of the "
            "source"
        )
    ]


def test_a_missing_number_is_found_unless_it_may_be_a_word() -> None:
    assert told("Give 37 mg now.", "Dé ahora.") == [
        "warning number: the number 37 of the source is missing; put it in"
    ]
    assert told("Keep it at 38.5 °C for 45 minutes.", "Manténgalo así.") == [
        "warning number: the numbers 38.5, 45 of the source are missing; put them in"
    ]
    assert told("Wait 7 days.", "Espere siete días.") == []


def test_a_number_that_the_source_does_not_have_is_found() -> None:
    assert told("Give it now.", "Dé 37 mg ahora.") == [
        "warning number: 37 is not in the source; take the numbers of the source"
    ]


@pytest.mark.parametrize(
    ("tag", "msgid", "msgstr", "text"),
    [
        ("es", "Come on March 5, 2026.", "Venga el 5 de mayo de 2026.", "March 5, 2026|mayo"),
        ("zh-Hans", "Come on March 5, 2026.", "请于2026年5月5日来。", "March 5, 2026|5月"),
        ("vi", "Come on 5 March.", "Hãy đến ngày 5 tháng 4.", "5 March|tháng 4"),
        ("de", "Come on March 5, 2026.", "Kommen Sie am 05.06.2026.", "March 5, 2026|05.06.2026"),
    ],
)
def test_another_month_is_found(tag: str, msgid: str, msgstr: str, text: str) -> None:
    old, new = text.split("|")
    wanted = f"the source has {old}, the translation {new}; take the date of the source"
    assert f"warning date: {wanted}" in told(msgid, msgstr, tag)


@pytest.mark.parametrize(
    ("tag", "msgid", "msgstr"),
    [
        ("es", "It may take 3 days.", "Puede tardar 3 días; la mayonesa, no."),
        ("es", "On Sept. 3, 2026", "El 3 de setiembre de 2026"),
        ("pt-BR", "On Sep 3, 2026", "Em 3/9/2026"),
        ("ar", "On March 5, 2026", "في 5 آذار 2026"),
        ("ru", "In March 2026", "В марте 2026 года"),
        ("fa", "On July 5", "در ۵ جولای، هوای مه‌آلود"),
    ],
)
def test_the_same_month_passes_in_any_form(tag: str, msgid: str, msgstr: str) -> None:
    assert told(msgid, msgstr, tag) == []


def test_a_price_in_another_currency_is_found() -> None:
    assert told("It costs $5.", "Cuesta 5 €.") == [
        (
            "warning price: the source has a price in $, the translation in €; keep the money of "
            "the "
            "source"
        )
    ]
    assert told("It costs $5.", "Cuesta 5 USD.") == []
    assert said("It costs $5.", "Cuesta 5 $ (unos 4,60 €).", rules=("price",)) == []


def test_a_telephone_number_that_differs_is_found() -> None:
    assert told("Call (206) 555-0142.", "Llame al (206) 555-0124.") == [
        (
            "error phone: the telephone number (206) 555-0124 is (206) 555-0142 in the source; "
            "take "
            "that of the source"
        )
    ]
    assert told("Call 206-555-0142.", "اتصل على ٢٠٦-٥٥٥-٠١٤٣", "ar")[:1] == [
        (
            "error phone: the telephone number 206-555-0143 is 206-555-0142 in the source; take "
            "that "
            "of the source"
        )
    ]


def test_a_telephone_number_that_is_missing_or_another_is_found() -> None:
    assert told("Call 206-555-0142.", "Llame por teléfono.") == [
        "error phone: the telephone number 206-555-0142 of the source is missing; put it in"
    ]
    assert told("Call 206-555-0142.", "Llame al 800-344-9876.")[:1] == [
        (
            "warning phone: the telephone number 206-555-0142 of the source is missing, and "
            "there is "
            "800-344-9876; take that of the source, unless you changed it on purpose"
        )
    ]


def test_a_mail_address_that_differs_is_found() -> None:
    assert told("Write to help@clinic.org.", "Escriba a ayuda@clinica.org.") == [
        (
            "warning email: the mail address help@clinic.org of the source is missing, and there "
            "is "
            "ayuda@clinica.org; take that of the source, unless you changed it on purpose"
        )
    ]
    assert told("Write to help@clinic.org.", "Escriba a help@clinc.org.") == [
        (
            "error email: the mail address help@clinc.org is help@clinic.org in the source; take "
            "that "
            "of the source"
        )
    ]
    assert told("Write to help@clinic.org.", "请写信至 help＠clinic.org。", "zh-Hans") == [
        "error email: the mail address help@clinic.org of the source is missing; put it in"
    ]


def test_an_address_that_differs_is_found() -> None:
    assert told("See https://www.cdc.gov/flu.", "Vea https://www.cdc.gov/flue.") == [
        (
            "error url: the address https://www.cdc.gov/flue is https://www.cdc.gov/flu in the "
            "source; take that of the source"
        )
    ]
    assert told("See https://www.cdc.gov/flu.", "Vea la página.") == [
        "error url: the address https://www.cdc.gov/flu of the source is missing; put it in"
    ]
    assert told("See https://www.cdc.gov/flu.", "Vea https://www.who.int/gripe.") == [
        (
            "warning url: the address https://www.cdc.gov/flu of the source is missing, and "
            "there is "
            "https://www.who.int/gripe; take that of the source, unless you changed it on purpose"
        )
    ]


def test_a_comment_silences_a_rule() -> None:
    ignore = ("outreach: ignore number",)
    assert said("Give 37 mg.", "Dé.", rules=RULES, comments=ignore) == []


def test_the_beginning_of_an_address_alone_is_none() -> None:
    assert (
        said("Write it with https:// first.", "Escríbalo con https primero.", rules=["url"]) == []
    )
