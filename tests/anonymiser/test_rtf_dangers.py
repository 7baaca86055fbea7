"""Every place of an RTF file where its history or its author may hide, each planted with a secret."""

# ruff: noqa: E501 - control words and sentences of essays are not broken

from pathlib import Path

import pytest

from anonymiser import RefusalCode, Refused, anonymise, probe

SECRET = "Zyxwvut"
SEEN = "The visible essay has these words and no others at all."
HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil\fcharset2 Symbol;}}"
    r"{\colortbl;\red0\green0\blue0;\red255\green255\blue255;\red254\green254\blue250;\red31\green56\blue100;}"
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0\b heading 1;}{\s7\v Secret;}{\s8\cf2 Pale;}{\s9 Author;}{\*\cs10\v Veiled;}}"
)


def make_rtf(body, head=HEAD):
    return f"{head}\\pard\\plain {SEEN}\\par {body}\\par}}".encode("latin-1")


def run(words):
    return rf"\pard\plain Seen {{{words} {SECRET}}} words."


def field(instruction):
    return rf"\pard Seen {{\field{{\*\fldinst {{ {instruction} }}}}{{\fldrslt {{{SECRET}}}}}}} words."


HEX = SECRET.encode().hex()
BODIES = {
    "hidden text": run(r"\v"),
    "white text": run(r"\cf2"),
    "nearly white text": run(r"\cf3"),
    "text in the colour behind it": run(r"\cf4\highlight4"),
    "tiny text": run(r"\fs2"),
    "text squeezed to nothing": run(r"\charscalex1"),
    "text of no size": run(r"\fs0"),
    "white in a cell of a table within a table": rf"\pard\intbl\itap2 {{\cf2 {SECRET}}}\nestcell b\nestcell{{\*\nesttableprops\trowd\cellx2000\clcbpat4\cellx4000\nestrow}}{{\nonesttables\par}}\pard\intbl x\cell\trowd\cellx4000\row\pard",
    "hidden by a paragraph's style": rf"\pard\plain\s7 {SECRET}",
    "white by a paragraph's style": rf"\pard\plain\s8 {SECRET}",
    "hidden by a run's style": run(r"\cs10"),
    "a byline by its style": rf"\pard\plain\s9 {SECRET}",
    "a deletion": run(r"\deleted\revauthdel1\revdttmdel1"),
    "moved away": run(r"\mvf\mvauth1"),
    "an annotation": rf"Seen{{\*\atnid X}}{{\*\atnauthor {SECRET}}}\chatn{{\*\annotation{{\*\atndate 1}}\pard\plain {SECRET}}} words.",
    "the range of an annotation": rf"{{\*\atrfstart {SECRET}}}Seen{{\*\atrfend {SECRET}}} words.",
    "who is known to the file": rf"{{\*\revtbl{{Unknown;}}{{{SECRET};}}}}Seen words.",
    "the properties": rf"{{\info{{\title {SECRET}}}{{\author {SECRET}}}{{\operator {SECRET}}}{{\*\company {SECRET}}}{{\doccomm {SECRET}}}}}Seen words.",
    "properties of the user": rf"{{\*\userprops{{\propname {SECRET}}}\proptype30{{\staticval {SECRET}}}}}Seen words.",
    "a header": rf"{{\header\pard\plain {{\b {SECRET}}}\par}}{{\headerf {SECRET}}}Seen words.",
    "a footer": rf"{{\footer\pard\plain {SECRET}\par}}{{\footerr {SECRET}}}Seen words.",
    "a bookmark": rf"{{\*\bkmkstart {SECRET}}}Seen words{{\*\bkmkend {SECRET}}}.",
    "field AUTHOR": field("AUTHOR"),
    "field USERNAME": field("USERNAME"),
    "field FILENAME": field(r"FILENAME \\p"),
    "field DOCPROPERTY": field("DOCPROPERTY Company"),
    "field LASTSAVEDBY": field("LASTSAVEDBY"),
    "the instruction of a field": rf"{{\field{{\*\fldinst ADDIN ZOTERO_ITEM {SECRET}}}{{\fldrslt (Balint 1957)}}}}",
    "the target of a link": rf'{{\field{{\*\fldinst{{HYPERLINK "https://{SECRET}.example"}}}}{{\fldrslt a page}}}}',
    "an unknown group": rf"Seen{{\*\whatever {SECRET}}} words.",
    "a group in an unknown group": rf"Seen{{\*\whatever {{\fldrslt {SECRET}}}{{\listtext {SECRET}}}{{\shptxt {SECRET}}}}} words.",
    "an unknown group that looks like formatting": rf"Seen{{\*\b {SECRET}}} words.",
    "the generator": rf"{{\*\generator {SECRET};}}Seen words.",
    "a variable": rf"{{\*\docvar {{name}}{{{SECRET}}}}}Seen words.",
    "a template's path": rf"{{\*\template C:\\Users\\{SECRET}\\Normal.dot}}Seen words.",
    "where links are based": rf"{{\*\hlinkbase {SECRET}}}Seen words.",
    "an embedded object": rf"{{\object\objemb{{\*\objclass {SECRET}}}{{\*\objdata {HEX}}}{{\result Seen}}}} words.",
    "the data store": rf"{{\*\datastore {HEX}{SECRET}}}Seen words.",
    "a theme": rf"{{\*\themedata {SECRET}}}Seen words.",
    "files it links to": rf"{{\filetbl{{\file\fid1 {SECRET}}}}}Seen words.",
    "an entry of an index": rf"Seen{{\xe {SECRET}}}{{\tc {SECRET}}} words.",
    "the description of a picture": rf"{{\shp{{\*\shpinst{{\sp{{\sn wzDescription}}{{\sv {SECRET}}}}}{{\sp{{\sn wzName}}{{\sv {SECRET}}}}}{{\shptxt Seen\par}}}}}} words.",
    "a watermark": rf"{{\shp{{\*\shpinst{{\sp{{\sn gtextUNICODE}}{{\sv {SECRET}}}}}}}}}Seen words.",
    "a hidden shape": rf"{{\shp{{\*\shpinst{{\sp{{\sn fHidden}}{{\sv 1}}}}{{\shptxt {SECRET}\par}}}}}}Seen words.",
    "what stands in for a shape": rf"{{\shp{{\*\shpinst}}{{\shprslt {SECRET}}}}}Seen words.",
    "a form's data": rf"{{\field{{\*\fldinst FORMTEXT{{\*\formfield{{\*\ffname {SECRET}}}{{\*\ffdeftext {SECRET}}}}}}}{{\fldrslt typed}}}}",
    "a hidden note": rf"Seen{{\v {{\super\chftn}}{{\footnote {SECRET}}}}} words.",
    "a deleted note": rf"Seen{{\deleted{{\footnote {SECRET}}}}} words.",
    "a hidden word in a note": rf"Seen{{\footnote Words of a note {{\v {SECRET}}}}} words.",
    "what comes after the end": rf"Seen words.\par}}{SECRET}{{{SECRET}",
    "a revision id's table": rf"{{\*\rsidtbl \rsid1 {SECRET}}}Seen words.",
    "the style sheet": rf"{{\stylesheet{{\s33 {SECRET};}}}}Seen words.",
    "the fonts": rf"{{\fonttbl{{\f9 {SECRET};}}{{\f8{{\*\falt {SECRET}}}{{\*\panose 02}}x;}}}}Seen words.",
    "the lists": rf"{{\*\listtable{{\list{{\listlevel{{\leveltext {SECRET};}}}}{{\listname {SECRET};}}}}}}Seen words.",
    "an alternative in ASCII": rf"{{\upr{{{SECRET}}}{{\*\ud{{Seen}}}}}} words.",
    "binary data": rf"{{\*\blob\bin{len(SECRET)} {SECRET}}}Seen words.",
    "an equation's fallback": rf"{{\mmath{{\*\moMath{{\mr Seen}}}}{{\mmathPict {SECRET}}}}} words.",
}  # fmt: skip


@pytest.mark.parametrize("channel", BODIES)
def test_nothing_hidden_passes(heading, everything_of, words_of, channel):
    made = anonymise(make_rtf(BODIES[channel]), authors=(), heading=heading)

    kept = everything_of(made)
    assert made.report.format == "rtf"
    assert SECRET.casefold() not in kept
    assert HEX not in kept
    assert SEEN in words_of(made.manuscript)


def test_what_was_left_behind_is_counted(heading):
    last = "what comes after the end"
    source = make_rtf(r"\par ".join(body for channel, body in BODIES.items() if channel != last))

    report = anonymise(source, authors=(), heading=heading).report

    counted = {removed.what: removed.count for removed in report.removed}
    for what in (
        "Hidden text", "White text", "Text too small to read", "Deleted passages from tracked changes", "Comments",
        "Headers and footers", "Fields filled in from the file’s properties", "Names of bookmarks", "Watermarks",
        "The file’s properties: author, company, dates", "Instructions behind fields", "Hidden variables",
        "Descriptions behind pictures", "The line naming the author", "The path of a template", "Embedded files",
        "Names of commentators", "Addresses behind links", "Data of other programs",
    ):  # fmt: skip
        assert counted[what] >= 1, what


SHOWN = {
    "white on dark": run(r"\cf2\highlight4"),
    "white in a shaded paragraph": rf"\pard\cbpat4{{\cf2 {SECRET}}}\par\pard",
    "white in a shaded cell": rf"\trowd\clcbpat4\cellx4000\pard\intbl{{\cf2 {SECRET}}}\cell\row\pard",
    "white in a shaded cell of a table within a table": rf"\pard\intbl\itap2 a\nestcell{{\cf2 {SECRET}}}\nestcell{{\*\nesttableprops\trowd\cellx2000\clcbpat4\cellx4000\nestrow}}{{\nonesttables\par}}\pard\intbl x\cell\trowd\cellx4000\row\pard",
    "an insertion": run(r"\revised\revauth1"),
    "moved here": run(r"\mvt"),
    "a link's text": rf'{{\field{{\*\fldinst HYPERLINK "x"}}{{\fldrslt {SECRET}}}}}',
    "a text box": rf"{{\shp{{\*\shpinst{{\shptxt {SECRET}\par}}}}{{\shprslt x}}}}",
    "an old text box": rf"{{\*\do\dobxpage\dptxbx{{\dptxbxtext {SECRET}\par}}}}",
    "a note": rf"Seen{{\super\chftn}}{{\footnote\pard\plain \chftn {SECRET}}}",
    "a note that old programs may skip": rf"Seen{{\super\chftn}}{{\*\footnote\chftn {SECRET}}}",
    "an equation": rf"{{\mmath{{\*\moMath{{\mr {SECRET}}}}}}}",
    "an object's result": rf"{{\object{{\result {SECRET}}}}}",
    "a nested cell": rf"\pard\intbl\itap2 {SECRET}\nestcell{{\*\nesttableprops\trowd\cellx2000\nestrow}}{{\nonesttables\par}}\pard\intbl x\cell\trowd\cellx4000\row\pard",
    "its Unicode form": rf"{{\upr{{x}}{{\*\ud{{{SECRET}}}}}}}",
    "text in a hidden run that is unhidden": rf"{{\v x{{\v0 {SECRET}}}}}",
}  # fmt: skip


@pytest.mark.parametrize("place", SHOWN)
def test_what_a_reader_sees_is_kept(heading, everything_of, place):
    made = anonymise(make_rtf(SHOWN[place]), authors=(), heading=heading)

    assert SECRET.casefold() in everything_of(made)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.99])
def test_a_file_cut_off_is_truncated(share):
    whole = make_rtf("words " * 500)

    with pytest.raises(Refused) as refused:
        probe(whole[: int(len(whole) * share)])

    assert refused.value.code is RefusalCode.TRUNCATED


def test_deep_nesting_is_refused():
    with pytest.raises(Refused) as refused:
        probe(make_rtf("{" * 50_000 + "words" + "}" * 50_000))

    assert refused.value.code is RefusalCode.TOO_COMPLEX


def test_what_libreoffice_hides_does_not_pass(heading, everything_of, words_of):
    source = (Path(__file__).parent / "samples" / "dangers.rtf").read_bytes()

    made = anonymise(source, authors=(), heading=heading)

    assert SECRET.casefold() not in everything_of(made)
    assert "No secret stands in this sentence." in words_of(made.manuscript)
