"""Rules on the text of translations: space, punctuation, words and length."""

from __future__ import annotations

import pytest
from check_tools import said

RULES = ("space", "end-mark", "bracket", "quote", "doubled-word", "untranslated", "length")
ASK = "Do you have a fever (over 38 °C)?"
SAY = "The nurse says: “Drink a lot of water, and rest at home.”"


def told(msgid: str, msgstr: str, tag: str = "es") -> list[str]:
    return said(msgid, msgstr, tag, rules=RULES)


@pytest.mark.parametrize(
    ("tag", "msgid", "msgstr"),
    [
        ("es", ASK, "¿Tiene fiebre (más de 38 °C)?"),
        ("fr", ASK, "Avez-vous de la fièvre (plus de 38 °C) ?"),
        ("el", ASK, "Έχετε πυρετό (πάνω από 38 °C);"),
        ("ar", ASK, "هل لديك حمى (أكثر من 38 درجة مئوية)؟"),
        ("fa-AF", ASK, "آیا تب دارید (بیش از ۳۸ درجه)؟"),
        ("ur", ASK, "کیا آپ کو بخار ہے (38 ڈگری سے زیادہ)؟"),
        ("he", ASK, "האם יש לך חום (מעל 38 מעלות)?"),
        ("am", ASK, "ትኩሳት አለዎት (ከ38 °C በላይ)?"),
        ("am", ASK, "ትኩሳት አለዎት (ከ38 °C በላይ)፧"),
        ("ti", ASK, "ረስኒ ኣለኩም ድዩ (ልዕሊ 38 °C)?"),
        ("hy", ASK, "Դուք ջերմություն ունե՞ք (38 °C-ից բարձր)։"),
        ("my", ASK, "သင့်မှာ ဖျားနာမှု ရှိပါသလား (38 °C ကျော်)။"),
        ("th", ASK, "คุณมีไข้ (สูงกว่า 38 °C) หรือไม่"),
        ("lo", ASK, "ທ່ານເປັນໄຂ້ບໍ (ສູງກວ່າ 38 °C)"),
        ("km", ASK, "តើអ្នកមានគ្រុនក្តៅ (លើសពី 38 °C) ទេ?"),
        ("zh-Hans", ASK, "您发烧吗（超过 38 °C）？"),
        ("zh-Hant", ASK, "您有沒有發燒（超過 38 °C）？"),
        ("ja", ASK, "熱はありますか（38 °C以上）。"),
        ("ko", ASK, "열이 있으십니까(38 °C 이상)?"),
        ("hi", ASK, "क्या आपको बुख़ार है (38 °C से ज़्यादा)?"),
        ("vi", ASK, "Quý vị có bị sốt (trên 38 °C) không?"),
        ("ht", ASK, "Èske ou gen lafyèv (plis pase 38 °C)?"),
        ("es", SAY, "La enfermera dice: «Beba mucha agua y descanse en casa»."),
        (
            "de",
            SAY,
            "Die Pflegerin sagt: „Trinken Sie viel Wasser und ruhen Sie sich zu Hause aus.“",
        ),
        ("pl", SAY, "Pielęgniarka mówi: „Proszę pić dużo wody i odpoczywać w domu”."),
        ("sv", SAY, "Sköterskan säger: ”Drick mycket vatten och vila hemma.”"),
        ("ru", SAY, "Медсестра говорит: «Пейте много воды и отдыхайте дома»."),
        ("zh-Hans", SAY, "护士说：“多喝水，在家休息。”"),
        ("zh-Hant", SAY, "護士說：「多喝水，在家休息。」"),
        ("ja", SAY, "看護師は「水をたくさん飲んで、家で休んでください」と言います。"),
        ("ko", SAY, "간호사가 말합니다. “물을 많이 마시고 집에서 쉬세요.”"),
        ("he", SAY, 'האחות מקופ"ח אומרת: "לשתות הרבה מים ולנוח בבית."'),
        ("ar", SAY, "تقول الممرضة: «اشرب الكثير من الماء واسترح في المنزل»."),
        ("hi", SAY, "नर्स कहती हैं: “ख़ूब पानी पिएँ और घर पर आराम करें।”"),
        ("bn", SAY, "নার্স বলেন: “প্রচুর জল পান করুন এবং বাড়িতে বিশ্রাম নিন।”"),
        ("th", SAY, "พยาบาลบอกว่า “ดื่มน้ำเยอะ ๆ และพักผ่อนที่บ้าน”"),
        ("my", SAY, "သူနာပြုက “ရေများများသောက်ပြီး အိမ်မှာ အနားယူပါ” ဟု ပြောသည်။"),
        ("am", SAY, "ነርሷ “ብዙ ውሃ ይጠጡ፣ በቤትም ይረፉ” ትላለች፡፡"),
        ("id", "Many children are healthy.", "Anak anak banyak yang sehat."),
        ("tl", "Wash it slowly.", "Hugasan ito nang dahan dahan."),
        ("sw", "Walk slowly and often.", "Tembea pole pole mara kwa mara."),
        ("ht", "Take very small steps now.", "Fè ti ti pa kounye a."),
        ("fr", "You wash your hands.", "Vous vous lavez les mains."),
        ("de", "The people whom they see.", "Die, die die Leute sehen."),
        ("hu", "This is the one that helps.", "Az az, ami segít."),
        ("vi", "It is always there.", "Nó luôn luôn ở đó."),
        ("es", "1) First a) and b)", "1) Primero a) y b)"),
        ("es", 'A tube of 3/4" and one of 1"', 'Un tubo de 3/4" y otro de 1 pulgada'),
        ("es", "It is good :)", "Está bien :)"),
        ("es", "How the clinic works", "¿Cómo funciona la clínica?"),
        ("es", "Ask whether you can come again.", "Pregunte: ¿puedo volver?"),
        ("es", "Health", "La salud."),
        (
            "es",
            "Centers for Disease Control and Prevention",
            "Centers for Disease Control and Prevention",
        ),
        ("so", "Amoxicillin 250 mg", "Amoxicillin 250 mg"),
        ("ja", "A list of things that you can bring with you.", "お持ちいただける物の一覧"),
        ("en-GB", "Wash your hands with soap and water.", "Wash your hands with soap and water."),
        ("zh-Hans", "  Indented", "  缩进"),
    ],
)
def test_a_good_translation_passes(tag: str, msgid: str, msgstr: str) -> None:
    assert told(msgid, msgstr, tag) == []


def test_space_around_the_translation_is_found() -> None:
    assert told("Wash your hands.", " Lávese las manos.") == [
        "warning space: the translation begins with a space; take it out"
    ]
    assert told("手", "手\u3000", "ja") == [
        "warning space: the translation ends with a space; take it out"
    ]
    assert told("Wash your hands.", "Lávese las manos.\n") == [
        "warning space: the translation ends with a line break; take it out"
    ]


def test_the_indent_of_preformatted_text_is_compared() -> None:
    kinds = ("preformatted text",)
    assert said("  a  b", "    c  d", kinds=kinds, rules=RULES) == [
        (
            "warning space: the first line is indented otherwise than in the source; give it the "
            "same "
            "spaces"
        )
    ]
    assert said("  a  b", "  c  d", kinds=kinds, rules=RULES) == []


@pytest.mark.parametrize(
    ("tag", "msgstr"),
    [
        ("es", "Usted tiene fiebre (más de 38 °C)."),
        ("ar", "لديك حمى (أكثر من 38 درجة مئوية)."),
        ("zh-Hans", "您发烧了（超过 38 °C）。"),
        ("am", "ትኩሳት አለዎት (ከ38 °C በላይ)።"),
        ("so", "Waxaad leedahay qandho (in ka badan 38 °C)."),
    ],
)
def test_a_question_that_asks_no_more_is_found(tag: str, msgstr: str) -> None:
    assert told(ASK, msgstr, tag) == [
        (
            "warning end-mark: the source is a question, the translation has no question mark; "
            "write "
            "the question mark of your language"
        )
    ]


def test_a_statement_that_asks_is_found() -> None:
    assert told("You have a fever.", "¿Tiene fiebre?") == [
        (
            "warning end-mark: the translation is a question, the source is none; take the "
            "question "
            "mark out"
        )
    ]


@pytest.mark.parametrize(
    ("tag", "msgstr"), [("es", "Lávese las manos antes de comer"), ("zh-Hans", "饭前要洗手")]
)
def test_a_sentence_that_lost_its_end_is_found(tag: str, msgstr: str) -> None:
    assert told("Wash your hands before you eat.", msgstr, tag) == [
        (
            "warning end-mark: the source ends with a full stop, the translation with no mark; "
            "write "
            "that of your language"
        )
    ]
    assert told("Wash your hands before these:", msgstr, tag) == [
        (
            "warning end-mark: the source ends with a colon, the translation with no mark; write "
            "that "
            "of your language"
        )
    ]


@pytest.mark.parametrize(
    ("tag", "msgstr", "bracket"),
    [
        ("es", "Tiene fiebre (más de 38 °C.", "("),
        ("es", "Tiene fiebre más de 38 °C).", ")"),
        ("zh-Hans", "您发烧了（超过 38 °C。", "（"),
        ("ja", "「熱があります。", "「"),
        ("ar", "لديك حمى (أكثر من 38 درجة.", "("),
    ],
)
def test_a_bracket_without_its_partner_is_found(tag: str, msgstr: str, bracket: str) -> None:
    assert told("You have a fever (over 38 °C).", msgstr, tag) == [
        (
            f"warning bracket: the bracket {bracket} has no partner; put the other one in, or take "
            "this one out"
        )
    ]


@pytest.mark.parametrize(
    ("tag", "msgstr"),
    [("es", "Dice: «Descanse."), ("de", "Sie sagt: „Ruhen Sie."), ("zh-Hans", "她说：“休息。")],
)
def test_a_quotation_mark_without_its_partner_is_found(tag: str, msgstr: str) -> None:
    assert told("She says: “Rest.”", msgstr, tag) == [
        "warning quote: a quotation mark has no partner; put the other one in, or take this one out"
    ]


@pytest.mark.parametrize(
    ("tag", "msgstr", "word"),
    [
        ("es", "Lávese las las manos.", "las"),
        ("fr", "Lavez-vous les\nles mains.", "les"),
        ("ru", "Мойте руки с с мылом, мойте мойте.", "мойте"),
        ("pt-BR", "Lave as mãos com com sabão.", "com"),
    ],
)
def test_a_doubled_word_is_found(tag: str, msgstr: str, word: str) -> None:
    assert told("Wash your hands.", msgstr, tag) == [
        f"warning doubled-word: the word “{word}” stands twice; delete one"
    ]


def test_a_sentence_that_was_not_translated_is_found() -> None:
    text = "Wash your hands with soap before you eat."
    assert told(text, text) == [
        (
            "warning untranslated: the translation is the same as the source; translate it, or "
            "leave "
            "it empty until someone does"
        )
    ]


@pytest.mark.parametrize("tag", ["es", "zh-Hans", "am", "my", "ar"])
def test_a_translation_of_another_length_is_found(tag: str) -> None:
    text = "Wash your hands with soap before you eat, and after you use the toilet."
    short = {"es": "Lávese.", "zh-Hans": "洗手。", "am": "ይታጠቡ።", "my": "ဆေးပါ။", "ar": "اغسل."}
    assert told(text, short[tag], tag) == [
        (
            "warning length: the translation is far shorter than the source; see whether a part is "
            "missing"
        )
    ]
    assert told(text, short[tag] * 60, tag) == [
        (
            "warning length: the translation is far longer than the source; see whether "
            "something was "
            "added"
        )
    ]
