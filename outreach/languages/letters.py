"""Which letters a language is written with: blocks of Unicode, and letters that give one away.

Python knows no script of a character. The blocks below, from Unicode's `Blocks.txt`, are as good:
a block has the letters of one script. Punctuation and digits of a block are shared and never count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from outreach.model import Language

LATIN = (
    "A-Za-z\u00aa\u00ba\u00c0-\u02af\u1d00-\u1dbf\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff"
    "\uab30-\uab6f\ufb00-\ufb06\uff21-\uff5a"
)
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_HANGUL = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7fb\uffa1-\uffdc"
_BOPOMOFO = "\u3105-\u312f\u31a0-\u31bf"

BLOCKS: Mapping[str, tuple[str, str]] = {
    "Latn": ("Latin", LATIN),
    "Grek": ("Greek", "\u0370-\u03ff\u1f00-\u1fff"),
    "Cyrl": ("Cyrillic", "\u0400-\u052f\u1c80-\u1c8f\ua640-\ua69f"),
    "Armn": ("Armenian", "\u0531-\u058f\ufb13-\ufb17"),
    "Hebr": ("Hebrew", "\u0591-\u05f4\ufb1d-\ufb4f"),
    "Arab": (
        "Arabic",
        "\u0610-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    ),
    "Syrc": ("Syriac", "\u0710-\u074f\u0860-\u086f"),
    "Thaa": ("Thaana", "\u0780-\u07bf"),
    "Nkoo": ("N’Ko", "\u07ca-\u07ff"),
    "Deva": ("Devanagari", "\u0900-\u097f\ua8e0-\ua8ff"),
    "Beng": ("Bengali", "\u0980-\u09ff"),
    "Guru": ("Gurmukhi", "\u0a00-\u0a7f"),
    "Gujr": ("Gujarati", "\u0a80-\u0aff"),
    "Orya": ("Odia", "\u0b00-\u0b7f"),
    "Taml": ("Tamil", "\u0b80-\u0bff"),
    "Telu": ("Telugu", "\u0c00-\u0c7f"),
    "Knda": ("Kannada", "\u0c80-\u0cff"),
    "Mlym": ("Malayalam", "\u0d00-\u0d7f"),
    "Sinh": ("Sinhala", "\u0d80-\u0dff"),
    "Thai": ("Thai", "\u0e00-\u0e7f"),
    "Laoo": ("Lao", "\u0e80-\u0eff"),
    "Tibt": ("Tibetan", "\u0f00-\u0fff"),
    "Mymr": ("Myanmar", "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"),
    "Geor": ("Georgian", "\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f"),
    "Hang": ("Korean", _HANGUL),
    "Ethi": ("Ethiopic", "\u1200-\u135f\u1380-\u139f\u2d80-\u2dde\uab01-\uab2e"),
    "Cher": ("Cherokee", "\u13a0-\u13ff\uab70-\uabbf"),
    "Cans": ("Canadian syllabic", "\u1401-\u167f"),
    "Khmr": ("Khmer", "\u1780-\u17dd"),
    "Mong": ("Mongolian", "\u1820-\u18aa"),
    "Tfng": ("Tifinagh", "\u2d30-\u2d7f"),
    "Hrkt": ("Japanese", _KANA),
    "Bopo": ("Bopomofo", _BOPOMOFO),
    "Hani": ("Chinese", _HAN),
    "Yiii": ("Yi", "\ua000-\ua48c"),
    "Rohg": ("Rohingya", "\U00010d00-\U00010d2f"),
    "Adlm": ("Adlam", "\U0001e900-\U0001e94f"),
    "Olck": ("Ol Chiki", "\u1c5a-\u1c7d"),
}
"""By ISO 15924 code: its name in a sentence, and its letters as in a regular expression."""

_PARTS: Mapping[str, tuple[str, ...]] = {
    "Hans": ("Hani", "Bopo"),
    "Hant": ("Hani", "Bopo"),
    "Hani": ("Hani", "Bopo"),
    "Jpan": ("Hrkt", "Hani"),
    "Hrkt": ("Hrkt", "Hani"),
    "Kore": ("Hang", "Hani"),
    "Aran": ("Arab",),
}
_ALSO: Mapping[str, tuple[str, ...]] = {
    "az": ("Latn", "Cyrl", "Arab"),
    "bs": ("Latn", "Cyrl"),
    "ff": ("Latn", "Adlm", "Arab"),
    "ha": ("Latn", "Arab"),
    "kab": ("Latn", "Tfng"),
    "kk": ("Cyrl", "Latn", "Arab"),
    "ks": ("Arab", "Deva"),
    "ku": ("Latn", "Arab"),
    "kmr": ("Latn", "Arab", "Cyrl"),
    "mn": ("Cyrl", "Mong"),
    "ms": ("Latn", "Arab"),
    "pa": ("Guru", "Arab"),
    "rhg": ("Latn", "Rohg", "Arab"),
    "sd": ("Arab", "Deva"),
    "tg": ("Cyrl", "Arab"),
    "tk": ("Latn", "Cyrl"),
    "tt": ("Cyrl", "Latn"),
    "ug": ("Arab", "Cyrl", "Latn"),
    "uz": ("Latn", "Cyrl", "Arab"),
    "wo": ("Latn", "Arab"),
    "zgh": ("Tfng", "Latn", "Arab"),
}
"""Languages with several scripts, of which the tag names none."""


def scripts_of(language: Language) -> tuple[str, ...]:
    """The scripts of a language, as keys of `BLOCKS`; empty when its script is none of them."""
    return _scripts(language.tag, language.script)


@lru_cache(maxsize=512)  # asked several times for each message
def _scripts(tag: str, script: str) -> tuple[str, ...]:
    base, *rest = tag.split("-")
    several = () if any(len(part) == 4 for part in rest) else _ALSO.get(base, ())
    parts = several or _PARTS.get(script, (script,))
    return parts if all(part in BLOCKS for part in parts) else ()


@cache
def own_letters(scripts: tuple[str, ...]) -> re.Pattern[str]:
    """Finds each letter of these scripts."""
    return re.compile(f"[{''.join(BLOCKS[script][1] for script in scripts)}]")


@cache
def foreign_letters(scripts: tuple[str, ...]) -> re.Pattern[str]:
    """Finds each run of letters of other scripts than these, Latin ones left out."""
    others = (letters for code, (_, letters) in BLOCKS.items() if code not in (*scripts, "Latn"))
    return re.compile(f"[{''.join(others)}]+")


def name_of(letter: str) -> str:
    """The script of a letter in a sentence: `Cyrillic`; empty for one of no known script."""
    return next((name for name, found in _named() if found.match(letter)), "")


def codes_in(text: str) -> tuple[str, ...]:
    """The ISO 15924 codes of the scripts that have letters in a text."""
    return tuple(code for code in BLOCKS if own_letters((code,)).search(text))


@cache
def _named() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(f"[{letters}]")) for name, letters in BLOCKS.values())


# Common characters, each traditional one below the simplified one that stands for it. Only those of
# which neither stands in good texts of the other kind: 后, 里, 台, 面, 只, 干, 几, 云, 于, 与, 万,
# 吃, 啟 and 踪 are left out, as are 著, 乾, 於, 後, 瞭 and 徵.
SIMPLIFIED_ONLY = (
    "个们这说国学会来时为对发过还进现长头动种点电话语请医药疗护诊该应开关门问间没见观视觉让认识记许设"
    "证评试诉译词调谁谈读课谢议讨训讲论访详误诚谨计订购贵费资质贴贡财责败账货贫贷赔车转轮软轻载较输辑"
    "边达运远连选适递遗迁违迟针钱铁银错键锁镜难项顺预领题颜额风飞饭饮饼馆马驱验鱼鸟鸡麦龙齐岁岛师带帮"
    "库异张弹强归录虑态总战户执扩扫报择拥损换据断旧显晓术权条极构枪标栏树样桥检欢毕气汉决沟测济满灭灯"
    "灵炼热爱独猫环疮疯痒盐监盘离积称稳穷竞笔签简类纪约级纯纸线组细终绍经结给络统继续维绿编缓网罗罚义"
    "习职联聪肤肾肿胶脑脉脚脸舰节苏荐营虽虫蚁补装规亲谓严临举么乐书买亚产亿仅从仓仪价众优伤传伦倾储兰"
    "兴养内写军农净减凭击创删别剂剧劝办务励劳势区华协单卖厅压厌县双变叶号叹吗听启员响哑团园围图圆场坏"
    "块坚坛垫墙声处备够夺奖妇妈娱婴孙宝实宠审宽宾寻导将尔尘层属届币庆废弃径忆怀恶惊惯愿戏抢抚担拟拣挡"
    "挤摄敌数无暂杂杀杨梦楼欧残毁汇泪洁浓润涨渐湿滚滞滥潜灾炉状狮玛瘫确码础祸禅窃筛篮粮紧纠绝绪绳缘缩"
    "脱艺蓝荣萝虾蛮衬览触誉讯诗谅赛赢趋跃辅辆辞辩邮邻郑释鉴铃链销镇闭闻阅队阳阴阶际陆险随隐雾静顾顿频"
    "颗饿骗骂鲜"
)
"""Characters that show that a text is in simplified Chinese."""
TRADITIONAL_ONLY = (
    "個們這說國學會來時為對發過還進現長頭動種點電話語請醫藥療護診該應開關門問間沒見觀視覺讓認識記許設"
    "證評試訴譯詞調誰談讀課謝議討訓講論訪詳誤誠謹計訂購貴費資質貼貢財責敗賬貨貧貸賠車轉輪軟輕載較輸輯"
    "邊達運遠連選適遞遺遷違遲針錢鐵銀錯鍵鎖鏡難項順預領題顏額風飛飯飲餅館馬驅驗魚鳥雞麥龍齊歲島師帶幫"
    "庫異張彈強歸錄慮態總戰戶執擴掃報擇擁損換據斷舊顯曉術權條極構槍標欄樹樣橋檢歡畢氣漢決溝測濟滿滅燈"
    "靈煉熱愛獨貓環瘡瘋癢鹽監盤離積稱穩窮競筆簽簡類紀約級純紙線組細終紹經結給絡統繼續維綠編緩網羅罰義"
    "習職聯聰膚腎腫膠腦脈腳臉艦節蘇薦營雖蟲蟻補裝規親謂嚴臨舉麼樂書買亞產億僅從倉儀價眾優傷傳倫傾儲蘭"
    "興養內寫軍農淨減憑擊創刪別劑劇勸辦務勵勞勢區華協單賣廳壓厭縣雙變葉號嘆嗎聽啟員響啞團園圍圖圓場壞"
    "塊堅壇墊牆聲處備夠奪獎婦媽娛嬰孫寶實寵審寬賓尋導將爾塵層屬屆幣慶廢棄徑憶懷惡驚慣願戲搶撫擔擬揀擋"
    "擠攝敵數無暫雜殺楊夢樓歐殘毀匯淚潔濃潤漲漸濕滾滯濫潛災爐狀獅瑪癱確碼礎禍禪竊篩籃糧緊糾絕緒繩緣縮"
    "脫藝藍榮蘿蝦蠻襯覽觸譽訊詩諒賽贏趨躍輔輛辭辯郵鄰鄭釋鑒鈴鏈銷鎮閉聞閱隊陽陰階際陸險隨隱霧靜顧頓頻"
    "顆餓騙罵鮮"
)
"""Characters that show that a text is in traditional Chinese."""

ALIEN_LETTERS: Mapping[str, tuple[str, str]] = {
    "be": ("иИщЩъЪїЇєЄ", "Russian or Ukrainian"),
    "bg": ("ыЫэЭёЁіІїЇєЄґҐўЎ", "Russian or Ukrainian"),
    "mk": ("йЙщЩъЪыЫьЬэЭёЁюЮяЯіІїЇєЄђЂћЋ", "another language’s"),
    "ru": ("іІїЇєЄґҐўЎ", "Ukrainian or Belarusian"),
    "sr": ("йЙщЩъЪыЫьЬэЭёЁюЮяЯіІїЇєЄґҐ", "another language’s"),
    "uk": ("ыЫэЭъЪёЁўЎ", "Russian or Belarusian"),
}
"""By language: Cyrillic letters that it does not have, and whose they are."""

TWIN_LETTERS: Mapping[str, Mapping[str, str]] = {
    "ar": {"ی": "ي", "ک": "ك"},
    "ckb": {"ي": "ی", "ك": "ک"},
    "fa": {"ي": "ی", "ك": "ک"},
    "ps": {"ك": "ک"},
    "ur": {"ي": "ی", "ك": "ک"},
}
"""By language: letters that look like one of its own and are not found when searched for."""
