"""Whatever words go in, the same come out: on the page and in the manuscript."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anonymiser import Heading, Refused, anonymise, dump_manuscript, load_manuscript, retypeset
from anonymiser.detect.fold import fold
from anonymiser.manuscript import Emphasis, Manuscript, Paragraph, Role, Run, walk_paragraphs
from anonymiser.redact import renumber_notes
from anonymiser.typeset import typeset
from anonymiser.typeset.drawable import make_drawable
from anonymiser.verify import verify_reading_copy

HEADING = Heading("1", "Larkspur")
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

drawn = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60)
runs = st.builds(Run, drawn, st.frozensets(st.sampled_from(list(Emphasis)), max_size=2))
paragraphs = st.builds(
    Paragraph,
    st.sampled_from(list(Role)),
    st.lists(runs, min_size=1, max_size=4).map(tuple),
    st.integers(0, 3),
    st.sampled_from(["", "1.", "(a)", "•", "1.2.3.4.5.6"]),
)
manuscripts = st.builds(
    lambda blocks, statement: Manuscript(tuple(blocks), statement=tuple(statement)),
    st.lists(paragraphs, min_size=1, max_size=12),
    st.lists(paragraphs, max_size=2),
)


@QUICK
@given(manuscripts)
def test_every_manuscript_can_be_set_and_verified(manuscript):
    drawable, _ = make_drawable(manuscript)

    pdf = typeset(drawable, HEADING).pdf

    assert verify_reading_copy(pdf, manuscript=drawable, heading=HEADING) == []


@QUICK
@given(manuscripts)
def test_every_manuscript_can_be_stored_and_set_again(manuscript):
    stored = dump_manuscript(manuscript)

    assert load_manuscript(stored) == manuscript
    assert renumber_notes(manuscript) == manuscript
    assert retypeset(manuscript, decisions=(), heading=HEADING).report.pages >= 1


@QUICK
@given(
    st.text(
        st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_categories=("Cc", "Cf")), max_size=400
    )
)
def test_plain_words_come_out_as_they_went_in(text):
    source = f"Essay. {text.replace('%', '')}"
    try:
        made = anonymise(source.encode(), authors=(), heading=HEADING)
    except Refused:
        return
    if made.report.format == "txt":
        out = " ".join(paragraph.text for paragraph in walk_paragraphs(made.manuscript))
        assert out.split() == source.split()


@QUICK
@given(st.text(max_size=80))
def test_folding_maps_every_word_back_into_the_text(text):
    folded = fold(text)

    for token in folded.tokens():
        assert 0 <= token.start < token.end <= len(text)
