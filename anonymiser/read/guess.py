"""Which old code page a text is written in, told from how well each reading of its bytes reads as a language."""

import codecs
import re
import unicodedata
from itertools import islice

# The likelier first: a later one must read better, not as well.
_SINGLE = (
    "cp1252", "mac-roman", "cp850", "cp437", "cp1250", "cp1255", "cp1251", "koi8-r", "cp1253", "cp1254", "iso8859-2",
    "iso8859-15", "cp852", "cp866", "mac-cyrillic", "iso8859-5", "iso8859-7", "cp1256", "cp1257",
)  # fmt: skip
_DOUBLE = ("cp932", "gb18030", "big5", "cp949", "euc_jp")
# The letters beyond English of each language: what is right fits one of them.
_ALPHABETS = tuple(map(frozenset, (
    "éèêëàâîïôûùüÿçœæ", "äöüß", "áéíóúñüªº", "ãõáéíóúâêôàç", "àèéìòùí", "åäöæøéü", "áéíóúýðþæö", "ąćęłńóśźż",
    "áčďéěíňóřšťúůýžľĺŕôä", "áéíóöőúüű", "ăâîșțşţ", "čćđšž", "çğıöşüâî", "āčēģīķļņšūž", "ąčęėįšųūž",
    "àèéíïòóúüç", "éèêëàâïîôöüçñœæáíóåøäúß", "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "абвгдежзийклмнопрстуфхцчшщьюяіїєґў'", "абвгдежзиклмнопрстуфхцчшђјљњћџ", "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
    "אבגדהוזחטיךכלםמןנסעףפץצקרשת", "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگ",
)))  # fmt: skip
_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "這個們來為國說時會對過發後裡著於學"
)
_FINAL = "ךםןףץ"  # how these letters of Hebrew are written at the end of a word
_OPENING = "“‘„«‹(["
_MARKS = "“”‘’„«»‹›–—…•£€§©®°½¼¾¿¡†‡·\u00a0„"
_WORD = re.compile(r"[^\W\d_]*[^\x00-\x7f]+(?:[^\W\d_]|[^\x00-\x7f])*")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_LONGEST_SAMPLE = 60_000  # bytes
_MOST_WORDS = 2_000
_BETTER = 0.03
_LEAST = 0.35


def guess_code_page(source: bytes) -> str:
    """Return the name of the code page in which these bytes read best."""
    sample = _sample(source)
    best, highest = "cp1252", _LEAST
    for name in (*_SINGLE, *_DOUBLE):
        try:
            # What is cut off at the end of the sample is no error.
            text = codecs.getincrementaldecoder(name)().decode(sample)
        except UnicodeDecodeError:
            if name in _DOUBLE:
                continue
            text = sample.decode(name, "replace")
        score = (_score_double if name in _DOUBLE else _score_single)(text, name)
        if score > highest + _BETTER:
            best, highest = name, score
    return best


def _sample(source: bytes) -> bytes:
    """Return bytes from the line on where the first beyond ASCII stands."""
    first = _BEYOND_ASCII.search(source)
    start = source.rfind(b"\n", 0, first.start()) + 1 if first else 0
    start = max(start, first.start() - _LONGEST_SAMPLE // 2) if first else 0
    return source[start : start + _LONGEST_SAMPLE]


def _score_single(text: str, _: str) -> float:
    """Return 1 where every letter fits one alphabet and every mark its place, less the more don't."""
    letters: list[str] = []
    score = 0.0
    counted = 0
    for match in islice(_WORD.finditer(text), _MOST_WORDS):
        word = match[0]
        mixed = _mixes(word)
        for at, character in enumerate(word):
            if character <= "\x7f":
                continue
            counted += 1
            before = word[at - 1] if at else text[match.start() - 1 : match.start()]
            after = word[at + 1] if at + 1 < len(word) else text[match.end() : match.end() + 1]
            if character in _MARKS:
                score += 0.9 if _stands_well(character, before, after) else -0.5
            elif not character.isalpha() or mixed or _jars(character, before, after):
                score -= 0.5
            else:
                letters.append(character.lower())
    if not counted:
        return 0.0
    fitting = max(sum(letter in alphabet for letter in letters) for alphabet in _ALPHABETS)
    told = (score + fitting - 0.5 * (len(letters) - fitting)) / counted
    return told if _can_be_spoken(letters) else told / 2


def _can_be_spoken(letters: list[str]) -> bool:
    """Whether a text in Cyrillic has vowels: other alphabets look like one without."""
    cyrillic = [letter for letter in letters if "\u0400" <= letter <= "\u04ff"]
    return sum(letter in "оеаиуія" for letter in cyrillic) * 5 >= len(cyrillic)


def _mixes(word: str) -> bool:
    """Whether a word mixes scripts or cases, or is of accented letters alone, as no language is written."""
    letters = [letter for letter in word if letter.isalpha()]
    latin = sum(letter < "\u0250" for letter in letters)
    plain = sum(letter <= "\x7f" for letter in letters)
    if word[0].islower() and any(letter.isupper() for letter in letters):
        return True
    return 0 < latin < len(letters) or (latin > 3 and not plain)  # noqa: PLR2004 - été is a word, and noël


def _jars(letter: str, before: str, after: str) -> bool:
    """Whether a letter stands where none would: a capital within a word, a final letter, one beside a digit."""
    if before.isdigit() or after.isdigit() or (letter in _FINAL and "א" <= after <= "ת"):
        return True
    return letter.isupper() and (before.islower() or (after.islower() and before.isupper()))


def _stands_well(mark: str, before: str, after: str) -> bool:
    if mark in _OPENING:
        return not before.isalnum() and not after.isspace()
    if mark in "’–—·\u00a0•…":
        return True
    if mark in "”»›":
        return not after.isalnum()
    return not (before.isalpha() and after.isalpha())


def _score_double(text: str, name: str) -> float:
    characters = [character for character in text if character > "\x7f"][: _MOST_WORDS * 4]
    if not characters:
        return 0.0
    score = sum(_worth(character, name) for character in characters) / len(characters)
    kana = sum("\u3040" <= character <= "\u30ff" for character in characters) / len(characters)
    if name in {"cp932", "euc_jp"}:
        return score if kana > 0.1 else score * 0.5  # noqa: PLR2004 - no Japanese without
    if name in {"gb18030", "big5"}:
        common = sum(character in _COMMON for character in characters) / len(characters)
        return score if common > 0.04 else score * 0.7  # noqa: PLR2004 - the fifty commonest make a quarter
    return score


def _worth(character: str, name: str) -> float:  # noqa: PLR0911 - one way out per kind
    if character in "，。、；：？！「」『』（）《》〈〉…—“”‘’・ー　":
        return 1.0
    if "\u3040" <= character <= "\u30ff":
        return 1.0 if name in {"cp932", "euc_jp"} else 0.1
    if "\uac00" <= character <= "\ud7a3":
        return 1.0 if name == "cp949" and _leads(character, "euc_kr", 0xB0, 0xC8) else 0.0
    if unicodedata.name(character, "").startswith("CJK UNIFIED"):
        if name == "gb18030":
            return 1.0 if _leads(character, "gb2312", 0xB0, 0xD7) else 0.2
        if name == "big5":
            return 1.0 if _leads(character, "big5", 0xA4, 0xC6) else 0.2
        return 0.3 if name == "cp949" else 0.9 if _leads(character, "euc_jp", 0xB0, 0xCF) else 0.2
    return 0.0 if character.isalpha() or "\uff61" <= character <= "\uff9f" else 0.3


def _leads(character: str, codec: str, first: int, last: int) -> bool:
    """Whether a character is among the common ones of a set, by the byte that leads it there."""
    try:
        return first <= character.encode(codec)[0] <= last
    except UnicodeEncodeError:
        return False
