"""Every place of a page of HTML where its history or its author may hide, each planted with a secret."""

# ruff: noqa: E501 - markup and sentences of essays are not broken

from pathlib import Path

import pytest

from anonymiser import RefusalCode, Refused, anonymise, probe

SECRET = "Zyxwvut"
SEEN = "The visible essay has these words and no others at all."
STYLE = """
<!-- .gone, p.alsogone {display:none} #veiled {visibility: hidden !important} .pale {color: rgb(254,254,254)}
/* a remark */ div.outer .inner { display : none; } .dark {background:#1f3864; color:#fff}
@media print {.seen {display:none}} @media screen {.offscreen {position:absolute; left:-9999px}}
[data-secret] {display:none} p[title~="gone away"], i[lang="x y"] {display:none} @import url(x); .clear {opacity:0} .mso {mso-hide:all} -->
"""


def make_html(body, head=""):
    return f"<!DOCTYPE html><html><head><style>{STYLE}</style>{head}</head><body><p>{SEEN}</p>{body}</body></html>".encode()


def styled(style, tag="span"):
    return f"<p>Seen <{tag} style='{style}'>{SECRET}</{tag}> words.</p>"


def classed(name):
    return f"<p>Seen <span class='{name}'>{SECRET}</span> words.</p>"


BODIES = {
    "display none": styled("display:none"),
    "display none with weight": styled("Display: NONE !important"),
    "a child of what is hidden": f"<div style='display:none'><p style='display:block'>{SECRET}</p></div>",
    "visibility hidden": styled("visibility:hidden"),
    "the attribute hidden": f"<p hidden>{SECRET}</p>",
    "white text": styled("color:#fff"),
    "white by its name": styled("color: White"),
    "nearly white text": styled("color:rgb(253, 254, 255)"),
    "white with no opacity": styled("color:rgba(0,0,0,0)"),
    "transparent text": styled("color:transparent"),
    "transparent digits": styled("color:#00000000"),
    "white in a font's colour": f"<p><font color='#FFFFFF'>{SECRET}</font></p>",
    "text in the colour behind it": styled("color:#123456;background-color:#123456"),
    "text of one pixel": styled("font-size:1px"),
    "text of no size": styled("font-size:0"),
    "text of a tenth of its size": styled("font-size:.1em"),
    "a font of one point": styled("font: 1pt Arial"),
    "no opacity": styled("opacity:0"),
    "no opacity by a class": classed("clear"),
    "hidden by a class": classed("gone"),
    "hidden by a class of an element": f"<p class='x alsogone'>{SECRET}</p>",
    "hidden by an id": f"<p id='veiled'>{SECRET}</p>",
    "white by a class": classed("pale"),
    "hidden inside a division": f"<div class='outer'><p>Seen <b class='inner'>{SECRET}</b></p></div>",
    "off the page": classed("offscreen"),
    "indented off the page": f"<p style='text-indent:-9999px'>{SECRET}</p>",
    "clipped away": styled("position:absolute;clip:rect(0 0 0 0)"),
    "in a box of no height": f"<div style='height:0;overflow:hidden'>{SECRET}</div>",
    "in a box of no height at most": f"<div style='max-height:0;overflow:hidden'>{SECRET}</div>",
    "filtered away": styled("filter: opacity(0%)"),
    "zoomed away": styled("zoom:0"),
    "filled with nothing": styled("-webkit-text-fill-color:transparent"),
    "hidden behind a remark in its style": styled("display:/* shown */none"),
    "hidden in escaped letters": styled(r"display:n\6fne"),
    "hidden by an attribute": f"<p>Seen <span data-secret='1'>{SECRET}</span></p>",
    "hidden by what an attribute says": f"<p>Seen <i lang='x y'>{SECRET}</i></p>",
    "a dialogue that is closed": f"<dialog>{SECRET}</dialog>",
    "for browsers without plug-ins": f"<noembed>{SECRET}</noembed>",
    "hidden by Word": styled("mso-hide:all"),
    "hidden by Word in a class": classed("mso"),
    "scaled away": styled("display:inline-block;transform:scale(0)"),
    "a deletion": f"<p>Seen <del cite='mailto:{SECRET}' datetime='2024'>{SECRET}</del> words.</p>",
    "a deletion of Word's": f"<p>Seen <span class=msoDel>{SECRET}</span> words.</p>",
    "who inserted": f"<p>Seen <ins cite='mailto:{SECRET}' datetime='2024'>words</ins>.</p>",
    "a remark": f"<!-- {SECRET} --><p>Seen</p>",
    "a remark for one browser": f"<!--[if gte mso 9]><xml><o:Author>{SECRET}</o:Author></xml><![endif]--><p>Seen</p>",
    "properties out of place": f"<xml><o:Author>{SECRET}</o:Author></xml>",
    "a comment of Word's": f"<p>Seen</p><div style='mso-element:comment-list'><div style='mso-element: comment'><p>{SECRET}</p></div></div>",
    "a comment of Google's": f'<p>Seen<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p><div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>{SECRET}</span></p></div>',
    "a field of Word's": "<p>Seen <!--[if supportFields]><span style='mso-element:field-begin'></span> AUTHOR <span style='mso-element:field-separator'></span><![endif]-->"
    f"<span>{SECRET}</span><!--[if supportFields]><span style='mso-element:field-end'></span><![endif]--> words.</p>",
    "a field of LibreOffice's": f"<p>Seen <sdfield type=author>{SECRET}</sdfield> <sdfield type=docinfo subtype=create>{SECRET}</sdfield> words.</p>",
    "a margin of LibreOffice's": f"<div title='header'><p>{SECRET}</p></div>",
    "a script": f"<script>{SECRET}</script>",
    "a style": f"<style>{SECRET} {{}}</style>",
    "a template": f"<template><p>{SECRET}</p></template>",
    "for browsers without scripts": f"<noscript>{SECRET}</noscript>",
    "the target of a link": f"<p><a href='https://{SECRET}.example' title='{SECRET}'>a page</a></p>",
    "an anchor": f"<p><a name='{SECRET}'></a>Words</p>",
    "a linked picture": f"<p><img src='https://{SECRET}.example/a.png' alt='{SECRET}'></p>",
    "a picture's description": f"<p><img src='data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7' width=40 height=40 alt='{SECRET}' title='{SECRET}'></p>",
    "attributes": f"<p id='{SECRET}' class='{SECRET}' data-author='{SECRET}' lang='{SECRET}' onclick='{SECRET}'>Seen</p>",
    "a hidden field": f"<form action='{SECRET}'><input type=hidden value='{SECRET}'><input type=password value='{SECRET}'></form>",
    "a choice not chosen": f"<select><option selected>Seen<option>{SECRET}</select><datalist><option>{SECRET}</datalist>",
    "a frame": f"<iframe src='{SECRET}' srcdoc='{SECRET}'>{SECRET}</iframe>",
    "an object": f"<object data='{SECRET}'>{SECRET}</object><embed src='{SECRET}'>",
    "a byline by its class": f"<p class='author'>{SECRET}</p>",
    "a hidden cell": f"<table><tr><td>a</td><td>b</td><td style='display:none'>{SECRET}</td></tr><tr hidden><td>{SECRET}</td></tr></table>",
    "a hidden note": f'<p>Seen<span style="display:none"><a href="#n" id="r">1</a></span></p><div id="n"><a href="#r">1</a> {SECRET}</div>',
    "a title that is drawn": f"<svg><title>{SECRET}</title><desc>{SECRET}</desc><metadata>{SECRET}</metadata></svg>",
    "notes on an equation": f"<math><semantics><mi>x</mi><annotation>{SECRET}</annotation></semantics></math>",
}  # fmt: skip
HEADS = {
    "the title": f"<title>{SECRET}</title>",
    "the author": f"<meta name='author' content='{SECRET}'>",
    "what made it": f"<meta name=generator content='{SECRET}'><link rel=author href='{SECRET}'>",
    "a base": f"<base href='https://{SECRET}.example'>",
    "data": f"<script type='application/ld+json'>{{'author': '{SECRET}'}}</script>",
}


@pytest.mark.parametrize("channel", [*BODIES, *HEADS])
def test_nothing_hidden_passes(heading, everything_of, words_of, channel):
    source = make_html(BODIES.get(channel, "<p>Seen</p>"), HEADS.get(channel, ""))

    made = anonymise(source, authors=(), heading=heading)

    assert made.report.format == "html"
    assert SECRET.casefold() not in everything_of(made)
    assert SEEN in words_of(made.manuscript)


def test_what_was_left_behind_is_counted(heading):
    report = anonymise(
        make_html("".join(BODIES.values()), "".join(HEADS.values())), authors=(), heading=heading
    ).report

    counted = {removed.what: removed.count for removed in report.removed}
    for what in (
        "Hidden text", "White text", "Text too small to read", "Deleted passages from tracked changes", "Comments",
        "Headers and footers", "Fields filled in from the file’s properties", "Names of bookmarks",
        "The file’s properties: author, company, dates", "Addresses behind links", "Descriptions behind pictures",
        "The line naming the author", "Data of other programs", "Embedded objects, which could not be kept",
    ):  # fmt: skip
        assert counted[what] >= 1, what


SHOWN = {
    "white on dark": styled("color:#fff;background:#1f3864"),
    "white on dark by a class": f"<div class='dark'><p>{SECRET}</p></div>",
    "white in a dark cell": f"<table><tr><td bgcolor='#1f3864'><font color=white>{SECRET}</font></td><td>x</td></tr></table>",
    "white on a picture": styled("color:white;background:url(x.png)"),
    "white in the night": f"<div style='background:#000;color:#eee'><p>{SECRET}</p></div>",
    "an insertion": f"<ins>{SECRET}</ins>",
    "hidden only on paper": classed("seen"),
    "visible in what is hidden": f"<div style='visibility:hidden'>x<span style='visibility:visible'>{SECRET}</span></div>",
    "a rule that is overruled": f"<p class='gone' style='display:block'>{SECRET}</p>",
    "a typed field": f"<input value='{SECRET}'>",
    "a text area": f"<textarea>{SECRET}</textarea>",
    "an unknown element": f"<o:smarttag>{SECRET}</o:smarttag>",
    "without end tags": f"<p>One<p>{SECRET}<table><tr><td>x<td>y",
    "after a remark never ended": f"<p>{SECRET}</p><!-- never ended",
    "a drawn text": f"<svg><text>{SECRET}</text></svg>",
    "an equation": f"<math><mi>{SECRET}</mi></math>",
    "what Word writes for others": f"<![if !vml]><span>{SECRET}</span><![endif]>",
    "a caption": f"<figure><figcaption>{SECRET}</figcaption></figure><table><caption>x</caption><tr><td>a<td>b</table>",
    "details": f"<details><summary>x</summary>{SECRET}</details>",
    "a half seen colour": styled("color:rgba(0,0,0,.6)"),
    "a colour by its name": styled("color:darkslategray"),
    "outdented a little": f"<p style='text-indent:-36pt;margin-left:36pt'>{SECRET}</p>",
}  # fmt: skip


@pytest.mark.parametrize("place", SHOWN)
def test_what_a_reader_sees_is_kept(heading, everything_of, place):
    made = anonymise(make_html(SHOWN[place]), authors=(), heading=heading)

    assert SECRET.casefold() in everything_of(made)


@pytest.mark.parametrize("depth", [200, 5_000])
def test_deep_nesting_ends_in_words_or_a_refusal(depth):
    try:
        words = probe(make_html("<div>" * depth + "deep" + "</div>" * depth)).words
    except Refused as refused:
        assert refused.code is RefusalCode.TOO_COMPLEX  # noqa: PT017 - either end is right
    else:
        assert words == 12


def test_what_libreoffice_hides_does_not_pass(heading, everything_of, words_of):
    source = (Path(__file__).parent / "samples" / "dangers.html").read_bytes()

    made = anonymise(source, authors=(), heading=heading)

    assert SECRET.casefold() not in everything_of(made)
    assert "No secret stands in this sentence." in words_of(made.manuscript)
