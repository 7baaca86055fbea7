"""Every place of an OpenDocument text where its history or its author may hide, each planted with a secret."""

# ruff: noqa: E501 - XML and sentences of essays are not broken

import base64
import io
import zipfile
from pathlib import Path

import pytest

from anonymiser import RefusalCode, Refused, anonymise, probe
from anonymiser.labels import describe_removed

SECRET = "Zyxwvut"
SEEN = "The visible essay has these words and no others at all."
WORDS = f"<text:p>{SEEN}</text:p>"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        **{name: f"{_ODF}{name}:1.0" for name in ("office", "text", "table", "style", "form", "meta", "presentation")},
        "draw": f"{_ODF}drawing:1.0", "fo": f"{_ODF}xsl-fo-compatible:1.0", "svg": f"{_ODF}svg-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink", "dc": "http://purl.org/dc/elements/1.1/",
        "math": "http://www.w3.org/1998/Math/MathML", "officeooo": "http://openoffice.org/2009/office",
        "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
        "script": f"{_ODF}script:1.0",
    }.items()
)  # fmt: skip
STYLES = """
<style:style style:name="Hidden" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Heir" style:family="text" style:parent-style-name="Hidden"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="White" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>
<style:style style:name="Pale" style:family="text"><style:text-properties fo:color="#fefefe"/></style:style>
<style:style style:name="Clear" style:family="text"><style:text-properties fo:color="#000000" loext:opacity="0%"/></style:style>
<style:style style:name="Squeezed" style:family="text"><style:text-properties style:text-scale="1%"/></style:style>
<style:style style:name="Tiny" style:family="text"><style:text-properties fo:font-size="1pt"/></style:style>
<style:style style:name="Small" style:family="text"><style:text-properties fo:font-size="8%"/></style:style>
<style:style style:name="Specks" style:family="text"><style:text-properties style:text-position="super 1%"/></style:style>
<style:style style:name="Alike" style:family="text"><style:text-properties fo:color="#1f3864" fo:background-color="#1f3864"/></style:style>
<style:style style:name="Light" style:family="text"><style:text-properties fo:color="#ffffff" fo:background-color="#1f3864"/></style:style>
<style:style style:name="HiddenP" style:family="paragraph"><style:text-properties text:display="none"/></style:style>
<style:style style:name="HiddenP2" style:family="paragraph" style:parent-style-name="HiddenP"/>
<style:style style:name="WhiteP" style:family="paragraph"><style:text-properties fo:color="#FFFFFF"/></style:style>
<style:style style:name="Author" style:family="paragraph"/>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Author"/>
<style:style style:name="HiddenS" style:family="section"><style:section-properties text:display="none"/></style:style>
<style:style style:name="Dark" style:family="table-cell"><style:table-cell-properties fo:background-color="#1f3864"/></style:style>
"""


def make_odt(
    body, *, parts=None, styles=STYLES, common="", mimetype="application/vnd.oasis.opendocument.text"
):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        package.writestr(
            "content.xml",
            f"<office:document-content {NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        styles_part = f"<office:document-styles {{ns}}>{common}</office:document-styles>"
        for name, content in ({"styles.xml": styles_part} | (parts or {})).items():
            package.writestr(
                name, content.replace("{ns}", NAMESPACES) if isinstance(content, str) else content
            )
    return out.getvalue()


def span(style):
    return f'{WORDS}<text:p>Seen <text:span text:style-name="{style}">{SECRET}</text:span> words.</text:p>'


def field(name, attributes=""):
    return f"{WORDS}<text:p>Seen <text:{name} {attributes}>{SECRET}</text:{name}> words.</text:p>"


PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
BODIES = {
    "hidden text": span("Hidden"),
    "hidden by inheritance": span("Heir"),
    "white text": span("White"),
    "nearly white text": span("Pale"),
    "text without opacity": span("Clear"),
    "tiny text": span("Tiny"),
    "text squeezed to nothing": span("Squeezed"),
    "text of a few per cent": span("Small"),
    "a superscript of one per cent": span("Specks"),
    "text in the colour behind it": span("Alike"),
    "a hidden paragraph's style": f'{WORDS}<text:p text:style-name="HiddenP">{SECRET}</text:p>',
    "a hidden paragraph's heir": f'{WORDS}<text:p text:style-name="HiddenP2">{SECRET}</text:p>',
    "a white heading": f'{WORDS}<text:h text:style-name="WhiteP" text:outline-level="1">{SECRET}</text:h>',
    "a byline by its style": f'{WORDS}<text:p text:style-name="P1">{SECRET}</text:p>',
    "a hidden paragraph's field": f'{WORDS}<text:p><text:hidden-paragraph text:condition="ooow:1" text:is-hidden="true"/>{SECRET}</text:p>',
    "a hidden text's field": field("hidden-text", f'text:string-value="{SECRET}" text:is-hidden="true"'),
    "a hidden section": f'{WORDS}<text:section text:name="x" text:display="none"><text:p>{SECRET}</text:p></text:section>',
    "a section hidden on a condition": f'{WORDS}<text:section text:display="condition" text:condition="ooow:1" text:is-hidden="true"><text:p>{SECRET}</text:p></text:section>',
    "a section hidden by its style": f'{WORDS}<text:section text:style-name="HiddenS"><text:p>{SECRET}</text:p></text:section>',
    "the name of a section": f'<text:section text:name="{SECRET}" xlink:href="{SECRET}">{WORDS}</text:section>',
    "a deletion": f'<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>{SECRET}</dc:creator></office:change-info>'
    f'<text:p>{SECRET}</text:p></text:deletion></text:changed-region></text:tracked-changes>{WORDS}<text:p>Seen <text:change text:change-id="c1"/>words.</text:p>',
    "who inserted": f'<text:tracked-changes><text:changed-region text:id="c1"><text:insertion><office:change-info><dc:creator>{SECRET}</dc:creator></office:change-info></text:insertion>'
    f'</text:changed-region></text:tracked-changes>{WORDS}<text:p><text:change-start text:change-id="c1"/>Inserted words.<text:change-end text:change-id="c1"/></text:p>',
    "a comment": f'{WORDS}<text:p>Seen<office:annotation office:name="1"><dc:creator>{SECRET}</dc:creator><text:p>{SECRET}</text:p></office:annotation> words.</text:p>',
    "an answer to a comment": f"{WORDS}<text:p>Seen<loext:annotation><text:p>{SECRET}</text:p></loext:annotation> words.</text:p>",
    "the target of a link": f'{WORDS}<text:p><text:a xlink:href="https://{SECRET}.example" office:title="{SECRET}">a page</text:a></text:p>',
    "a bookmark": f'{WORDS}<text:p><text:bookmark text:name="{SECRET}"/>Words <text:reference-mark text:name="{SECRET}"/>here.</text:p>',
    "field author-name": field("author-name", 'text:fixed="true"'),
    "field author-initials": field("author-initials"),
    "field initial-creator": field("initial-creator"),
    "field creator": field("creator"),
    "field printed-by": field("printed-by"),
    "field sender-lastname": field("sender-lastname"),
    "field sender-company": field("sender-company"),
    "field sender-email": field("sender-email"),
    "field file-name": field("file-name", 'text:display="full"'),
    "field template-name": field("template-name"),
    "field user-defined": field("user-defined", f'text:name="{SECRET}"'),
    "field description": field("description"),
    "field keywords": field("keywords"),
    "field modification-date": field("modification-date"),
    "field database-display": field("database-display", f'text:column-name="{SECRET}"'),
    "a variable that doesn't show": field("variable-set", 'text:name="x" text:display="none"'),
    "a script": f"{WORDS}<text:p>Seen <text:script script:language='x'>{SECRET}</text:script>words.</text:p>",
    "declarations of fields": f'<text:user-field-decls><text:user-field-decl text:name="{SECRET}" office:string-value="{SECRET}"/></text:user-field-decls>{WORDS}',
    "marks of an index": f'{WORDS}<text:p>Seen <text:alphabetical-index-mark text:string-value="{SECRET}"/>words.</text:p>',
    "the source of an index": f"{WORDS}<text:table-of-content><text:table-of-content-source><text:index-title-template>{SECRET}</text:index-title-template></text:table-of-content-source>"
    "<text:index-body><text:p>Contents of it</text:p></text:index-body></text:table-of-content>",
    "alternative text": f'{WORDS}<text:p><draw:frame draw:name="{SECRET}" svg:width="2cm" svg:height="2cm"><draw:image xlink:href="Pictures/a.png"/><svg:title>{SECRET}</svg:title><svg:desc>{SECRET}</svg:desc></draw:frame></text:p>',
    "a linked picture": f'{WORDS}<text:p><draw:frame><draw:image xlink:href="https://{SECRET}.example/a.png"/></draw:frame></text:p>',
    "a watermark": f'{WORDS}<text:p><draw:custom-shape draw:name="PowerPlusWaterMarkObject1"><text:p>{SECRET}</text:p></draw:custom-shape></text:p>',
    "an embedded object": f'{WORDS}<text:p><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></text:p>',
    "a password's field": f'<office:forms><form:form><form:password xml:id="c1" form:current-value="{SECRET}"/></form:form></office:forms>{WORDS}<text:p><draw:control draw:control="c1"/></text:p>',
    "the name of a control": f'<office:forms><form:form form:name="{SECRET}"><form:text xml:id="c1" form:name="{SECRET}" form:current-value="typed"/></form:form></office:forms>{WORDS}<text:p><draw:control draw:control="c1"/></text:p>',
    "the name of a content control": f'{WORDS}<text:p><loext:content-control loext:alias="{SECRET}" loext:tag="{SECRET}">Seen words</loext:content-control></text:p>',
    "a hidden row": f'{WORDS}<table:table table:name="{SECRET}"><table:table-row table:visibility="collapse"><table:table-cell><text:p>{SECRET}</text:p></table:table-cell></table:table-row></table:table>',
    "a covered cell": f'{WORDS}<table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Seen</text:p></table:table-cell><table:covered-table-cell><text:p>{SECRET}</text:p></table:covered-table-cell></table:table-row></table:table>',
    "a hidden note": f'{WORDS}<text:p>Seen<text:span text:style-name="Hidden"><text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>{SECRET}</text:p></text:note-body></text:note></text:span> words.</text:p>',
    "a remark of XML": f"{WORDS}<!-- {SECRET} --><?x {SECRET}?>",
    "a script's part": f"<office:scripts><office:script script:language='x'>{SECRET}</office:script></office:scripts>{WORDS}",
}  # fmt: skip

PARTS = {
    "properties": ("meta.xml", f'<office:document-meta {{ns}}><office:meta><meta:initial-creator>{SECRET}</meta:initial-creator><dc:creator>{SECRET}</dc:creator><meta:user-defined meta:name="{SECRET}">{SECRET}</meta:user-defined></office:meta></office:document-meta>'),
    "settings": ("settings.xml", f"<office:document-settings {{ns}}>{SECRET}</office:document-settings>"),
    "a thumbnail": ("Thumbnails/thumbnail.png", SECRET),
    "a macro": ("Basic/Standard/Module1.xml", f"<x>{SECRET}</x>"),
    "a signature": ("META-INF/documentsignatures.xml", f"<x>{SECRET}</x>"),
    "an embedded file": ("Object 1/content.xml", f"<office:document-content {{ns}}><office:body><office:spreadsheet>{SECRET}</office:spreadsheet></office:body></office:document-content>"),
    "the names of an embedded chart": ("Object 1/content.xml", f"<office:document-content {{ns}}><office:body><office:chart>{SECRET}</office:chart></office:body></office:document-content>"),
    "a replacement of an object": ("ObjectReplacements/Object 1", SECRET),
    "a configuration": ("Configurations2/accelerator/current.xml", f"<x>{SECRET}</x>"),
    "a font": ("Fonts/font1.ttf", SECRET),
    "a broken part": ("meta.xml", f"<office:document-meta {{ns}}><office:meta>{SECRET}"),
}  # fmt: skip
MARGINS = (
    '<office:master-styles><style:master-page style:name="Standard">'
    f"<style:header><text:p>{SECRET}</text:p></style:header><style:footer><text:p>{SECRET}</text:p></style:footer>"
    f"<style:header-first><text:p>{SECRET}</text:p></style:header-first></style:master-page></office:master-styles>"
)


@pytest.mark.parametrize("channel", BODIES)
def test_nothing_hidden_in_the_body_passes(heading, everything_of, words_of, channel):
    source = make_odt(BODIES[channel], parts={"Pictures/a.png": PIXEL, "Object 1/content.xml": "<x/>"})

    made = anonymise(source, authors=(), heading=heading)

    assert SECRET.casefold() not in everything_of(made)
    assert SEEN in words_of(made.manuscript)


@pytest.mark.parametrize("channel", PARTS)
def test_no_other_part_passes(heading, everything_of, channel):
    source = make_odt(BODIES["an embedded object"], parts=dict([PARTS[channel]]))

    made = anonymise(source, authors=(), heading=heading)

    assert SECRET.casefold() not in everything_of(made)


def test_margins_and_flat_files_do_not_pass(heading, everything_of):
    flat = (
        f'<?xml version="1.0"?><office:document {NAMESPACES} office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:meta><dc:creator>{SECRET}</dc:creator></office:meta><office:automatic-styles>{STYLES}"
        f"</office:automatic-styles>{MARGINS}<office:body><office:text>{''.join(BODIES.values())}</office:text>"
        "</office:body></office:document>"
    )
    for source in (make_odt(WORDS, common=MARGINS), flat.encode()):
        made = anonymise(source, authors=(), heading=heading)

        assert made.report.format == "odt"
        assert SECRET.casefold() not in everything_of(made)
        assert (*describe_removed("header", "headers"), 3) in {
            (r.what, r.where, r.count) for r in made.report.removed
        }


def test_what_was_left_behind_is_counted(heading):
    source = make_odt(
        "".join(BODIES.values()), parts={**dict(PARTS.values()), "Pictures/a.png": PIXEL}, common=MARGINS
    )

    report = anonymise(source, authors=(), heading=heading).report

    counted = {removed.what: removed.count for removed in report.removed}
    for what in (
        "Hidden text", "White text", "Text too small to read", "Deleted passages from tracked changes", "Comments",
        "Headers and footers", "Fields filled in from the file’s properties", "Names of bookmarks", "Watermarks",
        "The preview picture", "Hidden variables", "Descriptions behind pictures", "The line naming the author",
        "Digital signatures", "Macros (small programs)", "Addresses behind links",
    ):  # fmt: skip
        assert counted[what] >= 1, what


SHOWN = {
    "white on dark": span("Light"),
    "white in a dark cell": f'<table:table><table:table-row><table:table-cell table:style-name="Dark"><text:p><text:span text:style-name="White">{SECRET}</text:span></text:p></table:table-cell></table:table-row></table:table>',
    "an insertion": f'<text:p><text:change-start text:change-id="c1"/>{SECRET}<text:change-end text:change-id="c1"/></text:p>',
    "a text box": f"<text:p><draw:frame><draw:text-box><text:p>{SECRET}</text:p></draw:text-box></draw:frame></text:p>",
    "a shape": f"<text:p><draw:g><draw:custom-shape><text:p>{SECRET}</text:p></draw:custom-shape></draw:g></text:p>",
    "a section that shows": f'<text:section text:display="condition" text:is-hidden="false"><text:p>{SECRET}</text:p></text:section>',
    "a typed field": f'<office:forms><form:form><form:text xml:id="c1" form:current-value="{SECRET}"/></form:form></office:forms><text:p><draw:control draw:control="c1"/></text:p>',
    "a fixed date": f'<text:p><text:date text:fixed="true">{SECRET}</text:date></text:p>',
    "an unknown element": f'<text:p><x:y xmlns:x="urn:x">{SECRET}</x:y></text:p>',
    "a content control": f"<text:p><loext:content-control>{SECRET}</loext:content-control></text:p>",
    "a formula": f"<text:p><draw:frame><draw:object><math:math><math:mi>{SECRET}</math:mi></math:math></draw:object></draw:frame></text:p>",
    "ruby": f"<text:p><text:ruby><text:ruby-base>x</text:ruby-base><text:ruby-text>{SECRET}</text:ruby-text></text:ruby></text:p>",
}  # fmt: skip


@pytest.mark.parametrize("place", SHOWN)
def test_what_a_reader_sees_is_kept(heading, everything_of, place):
    made = anonymise(make_odt(WORDS + SHOWN[place]), authors=(), heading=heading)

    assert SECRET.casefold() in everything_of(made)


def test_an_encrypted_document_is_refused_as_such():
    manifest = "<manifest:manifest xmlns:manifest='x'><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"

    with pytest.raises(Refused) as refused:
        probe(make_odt(WORDS, parts={"META-INF/manifest.xml": manifest}))

    assert refused.value.code is RefusalCode.ENCRYPTED


@pytest.mark.parametrize("kind", ["spreadsheet", "presentation", "graphics"])
def test_other_open_documents_are_refused_as_such(kind):
    with pytest.raises(Refused) as refused:
        probe(make_odt(WORDS, mimetype=f"application/vnd.oasis.opendocument.{kind}"))

    assert refused.value.code is RefusalCode.UNSUPPORTED_FORMAT


def test_any_document_type_declaration_is_refused():
    flat = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><office:document {NAMESPACES} office:mimetype="application/vnd.oasis.opendocument.text"/>'

    with pytest.raises(Refused) as refused:
        probe(make_odt(WORDS, parts={"styles.xml": flat}))

    assert refused.value.code is RefusalCode.UNSAFE


def test_what_libreoffice_hides_does_not_pass(heading, everything_of, words_of):
    source = (Path(__file__).parent / "samples" / "dangers.odt").read_bytes()

    made = anonymise(source, authors=(), heading=heading)

    assert SECRET.casefold() not in everything_of(made)
    assert "No secret stands in this sentence." in words_of(made.manuscript)
