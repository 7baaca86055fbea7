"""What the control words of RTF mean that need no more than a table."""

CHARACTERS = {
    b"tab": "\t", b"line": "\n", b"lbr": "\n", b"page": "\n", b"column": "\n", b"emdash": "—", b"endash": "–",
    b"emspace": "\u2003", b"enspace": "\u2002", b"qmspace": "\u2005", b"bullet": "•", b"lquote": "‘",
    b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"zwj": "\u200d", b"zwnj": "\u200c",
    b"ltrmark": "\u200e", b"rtlmark": "\u200f", b"zwbo": "\u200b", b"zwnbo": "\u2060",
}  # fmt: skip
SYMBOLS = {
    b"~": "\u00a0", b"_": "\N{NON-BREAKING HYPHEN}", b"-": "\u00ad", b"{": "{", b"}": "}", b"\\": "\\", b"\t": "\t",
}  # fmt: skip

# Groups whose text nobody sees: by the word that opens them, what the report calls them; "" goes uncounted.
LEFT = {
    b"header": "header", b"headerl": "header", b"headerr": "header", b"headerf": "header",
    b"footer": "footer", b"footerl": "footer", b"footerr": "footer", b"footerf": "footer",
    b"annotation": "comment", b"atnauthor": "person", b"atnid": "", b"revtbl": "person", b"protusertbl": "person",
    b"bkmkstart": "bookmark", b"bkmkend": "", b"docvar": "document variable", b"userprops": "property",
    b"template": "path of a template", b"rsidtbl": "revision id", b"datastore": "custom XML",
    b"xmlnstbl": "custom XML", b"objdata": "embedded file", b"objclass": "", b"objname": "", b"filetbl": "",
    b"generator": "settings of a computer", b"fontemb": "embedded font", b"fontfile": "embedded font",
    b"nonshppict": "", b"shprslt": "", b"nonesttables": "", b"pntxta": "", b"pntxtb": "", b"tc": "", b"tcn": "",
    b"xe": "", b"rxe": "", b"txe": "", b"private": "", b"background": "", b"mmathPict": "", b"pgdsctbl": "",
    b"listtable": "", b"listoverridetable": "", b"ftnsep": "", b"ftnsepc": "", b"ftncn": "", b"aftnsep": "",
    b"aftnsepc": "", b"aftncn": "", b"falt": "", b"panose": "", b"formfield": "", b"datafield": "",
    b"passwordhash": "", b"listname": "", b"xmlname": "", b"blipuid": "", b"bliptag": "", b"picprop": "",
    b"hlinkbase": "settings of a computer", b"nextfile": "settings of a computer",
}  # fmt: skip
# Groups inside whose text nothing shows by itself, but groups in them may.
FRAMES = frozenset((b"shpinst", b"shp", b"object", b"field", b"upr", b"shpgrp", b"sp", b"do"))
# Groups marked as one that an old program may leave out, whose text a reader sees all the same.
SHOWN = frozenset((b"shppict", b"nesttableprops", b"result", b"ud", b"moMathPara"))

PROPERTIES = frozenset((
    b"title", b"subject", b"author", b"manager", b"company", b"operator", b"category", b"keywords", b"comment",
    b"doccomm", b"creatim", b"revtim", b"printim", b"buptim",
))  # fmt: skip
