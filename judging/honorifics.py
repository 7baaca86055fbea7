"""Words around a name that are no part of it: titles, degrees; and particles, part of what follows."""

_TITLES_TEXT = """
mr mrs ms miss mx dr doctor prof professor sir dame lord lady rev revd reverend fr father sister brother hon
the rt herr frau madame monsieur doc docteur dott dottssa ing mag pan pani assoc emeritus em med
"""

_DEGREES_TEXT = """
phd dphil mphil mbbs mbbch mbchb bmbch bmbs bchir mbbchir mrcp mrcgp mrcpsych mrcs mrcog frcp frcgp frcpsych
frcs frcog frcpch facp fracgp frcpe frcpi mricgp bsc msc bmedsci mmedsci meded mmeded obe cbe mbe kbe dbe
drcog dch dgm dipmed llb llm mba mph edd psyd dclinpsych dclinpsy cpsychol drmed rgn rmn srn cct frsa fba
jnr snr jr sr esq ii iii junior senior
"""

_CAPITAL_DEGREES_TEXT = "ma ba bs bm md do dm bch ms rn jp qc kc mp fca"

_PARTICLES_TEXT = """
van von der den de del della di da dos das du la le les los zu zum zur ter ten te af av al el bin bint ibn
st y
"""

TITLES = frozenset(_TITLES_TEXT.split())
DEGREES = frozenset(_DEGREES_TEXT.split())
PARTICLES = frozenset(_PARTICLES_TEXT.split())

# These are names too (Yo-Yo Ma, Do): degrees only where written in capitals.
CAPITAL_DEGREES = frozenset(_CAPITAL_DEGREES_TEXT.split())

# Titles and particles that are whole names elsewhere: Pan and Du in China, Le and La in Vietnam; y may be an initial.
NAMES_TOO = frozenset({"pan", "hon", "em", "ing", "mag", "doc", "le", "la", "du", "y"})
