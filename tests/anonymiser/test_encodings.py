"""Essays in the encodings of half a century, with nothing in them that says which."""

# ruff: noqa: E501 - sentences of essays are not broken

import pytest

from anonymiser.read.decode import decode

ESSAYS = {
    "English": "“I don’t know,” she said – and the surgery’s café was closed… It cost £5. The naïve doctor’s résumé. ",
    "plain English": 'The group met on Tuesdays. It was her café, and "nobody" minded that it cost £5 a head. ',
    "French": "Le médecin n’était pas là, et la réunion commença à l’heure; où étaient les élèves? Ça, dit-elle, l’été… ",
    "German": "Die Ärztin hörte zu, während der Patient über seine Ängste sprach; es war schön, daß jemand zuhörte. ",
    "Spanish": "El médico escuchó al niño; ¿qué le pasó? ¡Qué extraño! La sesión terminó mañana según él. ",
    "Polish": "Lekarz słuchał pacjentki, która mówiła o swoim życiu i o tym, że nikt jej nie rozumie; źródło było głębokie. ",
    "Czech": "Lékařka naslouchala pacientovi, který mluvil o svém životě. Příliš žluťoučký kůň úpěl ďábelské ódy. ",
    "Hungarian": "Az orvos meghallgatta a beteget, aki az életéről beszélt, és őszintén örültek. Árvíztűrő tükörfúrógép. ",
    "Turkish": "Doktor hastayı dinledi; grup her salı akşamı toplanıyordu. Işık, çığ, güneş, şöyle böyle, değil mi? ",
    "Russian": "Группа собиралась по вторникам вечером, и никто не говорил о медицине. Врач слушал «больного» и молчал. ",
    "Greek": "Ο γιατρός άκουσε τον ασθενή που μιλούσε για τη ζωή του και την ομάδα που συναντιόταν κάθε Τρίτη. ",
    "Hebrew": "הרופא הקשיב למטופל שדיבר על חייו והקבוצה נפגשה בכל יום שלישי בערב ואיש לא דיבר על רפואה. ",
    "Arabic": "استمع الطبيب إلى المريض الذي تحدث عن حياته وكانت المجموعة تجتمع كل ثلاثاء مساء. ",
    "Japanese": "グループは火曜日の夜に集まり、最初の三十分は誰も医学について話さなかった。医師は患者の話を聞いていた。 ",
    "Chinese": "小组在星期二晚上开会，前半个小时没有人谈论医学。医生静静地听着病人讲述自己的生活。 ",
    "traditional Chinese": "小組在星期二晚上開會，前半個小時沒有人談論醫學。醫生靜靜地聽著病人講述自己的生活。 ",
    "Korean": "그룹은 화요일 저녁에 모였고 처음 삼십 분 동안 아무도 의학에 대해 이야기하지 않았다. 의사는 말을 들었다. ",
}
ENCODINGS = {
    "English": ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp1252", "mac-roman"],
    "plain English": ["cp1252", "mac-roman", "cp850", "cp437", "latin-1"],
    "French": ["cp1252", "mac-roman", "iso8859-15", "utf-16-le"],
    "German": ["cp1252", "mac-roman", "cp850", "cp437", "latin-1"],
    "Spanish": ["cp1252", "mac-roman", "cp850", "cp437"],
    "Polish": ["cp1250", "iso8859-2", "cp852"], "Czech": ["cp1250", "iso8859-2", "cp852"], "Hungarian": ["cp1250", "iso8859-2"],
    "Turkish": ["cp1254"], "Russian": ["cp1251", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5", "utf-16-le", "utf-16-be"],
    "Greek": ["cp1253", "iso8859-7", "utf-16-le"], "Hebrew": ["cp1255", "utf-16-le"], "Arabic": ["cp1256", "utf-16-le"],
    "Japanese": ["shift_jis", "euc-jp", "iso2022_jp", "utf-16-le", "utf-16-be"],
    "Chinese": ["gb18030", "gb2312", "utf-16-le"], "traditional Chinese": ["big5", "utf-16-be"],
    "Korean": ["euc-kr", "utf-16-le"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "encoding"), [(each, name) for each, names in ENCODINGS.items() for name in names]
)
@pytest.mark.parametrize("times", [1, 8])
def test_an_essay_is_read_in_its_encoding(language, encoding, times):
    # What the encoding lacks, its author could not have typed.
    source = (ESSAYS[language] * times).encode(encoding, "ignore")
    whole = ESSAYS[language] * times if encoding.startswith("utf") else source.decode(encoding)

    assert decode(source) == whole


@pytest.mark.parametrize("declared", ["windows-1251", "cp1251", "no-such-encoding"])
def test_what_a_page_declares_is_believed_where_it_makes_sense(declared):
    words = "Привет. "

    expected = words if "1251" in declared else decode(words.encode("cp1251"))
    assert decode(words.encode("cp1251"), declared) == expected
    assert decode(words.encode(), "") == words


def test_a_few_bytes_of_another_encoding_do_not_spoil_a_text():
    text = "Café, naïve, façade, Zoë, über, señor, éclair, voilà, déjà, élan, crème, brûlée. " * 3

    assert decode(text.encode() + "It cost £5".encode("cp1252")) == text + "It cost £5"
