"""What do the figures mean? One plain sentence for each, as the officers read it at the meeting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from judging.agreement import Agreement
from judging.confidence import WithoutJudge
from judging.ids import EntryId, JudgeId
from judging.ranking import Ranking

_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure as printed, what it is, and what it means."""

    figure: str
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Names:
    """What entries and judges are called on the page: noms de plume and judge aliases; else their ids."""

    entries: Mapping[EntryId, str] = field(default_factory=dict)
    judges: Mapping[JudgeId, str] = field(default_factory=dict)

    def entry(self, entry: EntryId) -> str:
        return self.entries.get(entry, entry)

    def judge(self, judge: JudgeId) -> str:
        return self.judges.get(judge, judge)

    def several(self, entries: Sequence[EntryId]) -> str:
        names = [self.entry(entry) for entry in entries]
        return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def headline(ranking: Ranking, names: Names) -> str:
    """Say who leads and how safely."""
    if len(ranking.leaders) > 1:
        return f"{names.several(ranking.leaders)} stand level in first place"
    safety = _words_for(
        ranking.entries[0].p_best,
        (0.9, "and the lead is safe"),
        (0.7, "and the lead is fairly safe"),
        (0.5, "but the lead is not safe"),
        (0.0, "but the race is open"),
    )
    return f"{names.entry(ranking.leaders[0])} leads, {safety}"


def lead_sentence(ranking: Ranking, names: Names) -> str:
    """Say how often the first would win if the marks were drawn again."""
    first = ranking.entries[0]
    return (
        "If the marks were drawn again with the spread these judges showed, "
        f"{names.entry(first.entry)} would come first {in_100(first.p_best, 'times ')}."
    )


def in_100(chance: float, times: str = "") -> str:
    """Write a probability as a count in a hundred, never as nought or certainty."""
    count = round(_HUNDRED * chance)
    if count < 1:
        return f"less than {'once' if times else '1'} in 100"
    if count == 1 and times:
        return "once in 100"
    return f"more than 99 {times}in 100" if count >= _HUNDRED else f"{count} {times}in 100"


def statements(
    ranking: Ranking,
    agreement: Agreement,
    without: Sequence[WithoutJudge],
    change: float | None,
    names: Names,
) -> tuple[Statement, ...]:
    """State every statistic that can be had; `change` is the chance that one more reading moves the first."""
    found = (
        _order(agreement.kendall_w),
        _marks(agreement, len(ranking.judges)),
        _alpha(agreement.alpha.interval),
        _severity(ranking, names),
        _without_one(ranking, without, names),
        _one_more(change),
    )
    return tuple(statement for statement in found if statement)


def _order(w: float | None) -> Statement | None:
    if w is None:
        return None
    same = _words_for(
        w,
        (0.8, "in almost the same order"),
        (0.6, "in much the same order"),
        (0.4, "in a somewhat similar order"),
        (0.0, "in quite different orders"),
    )
    return Statement(
        _figure(w),
        "Order (Kendall’s W)",
        f"The judges put the essays {same}. Nought would be chance, one the same list from every judge.",
    )


def _marks(agreement: Agreement, judges: int) -> Statement | None:
    one, panel = agreement.icc.agreement_1, agreement.icc.agreement_k
    if one is None or panel is None:
        return None
    return Statement(
        _figure(one),
        "Marks (one judge, ICC)",
        f"One judge alone would be {_guide(one)}. "
        f"The {judges} together are {_guide(panel)}, at {_figure(panel)}.",
    )


def _guide(icc: float) -> str:
    """Name a reliability (T. K. Koo & M. Y. Li, Journal of Chiropractic Medicine 15 (2016) 155-163)."""
    return _words_for(
        icc,
        (0.9, "an excellent guide"),
        (0.75, "a good guide"),
        (0.5, "a fair guide"),
        (-1.0, "a poor guide"),
    )


def _alpha(alpha: float | None) -> Statement | None:
    if alpha is None:
        return None
    relied = _words_for(
        alpha,
        (0.8, "The marks may be relied on as they stand."),
        (0.667, "The marks support a tentative conclusion."),
        (0.0, "The marks alone are not to be relied on: talk before deciding."),
        (-1.0, "The judges differ more than chance would make them: talk before deciding."),
    )
    return Statement(
        _figure(alpha),
        "Marks (Krippendorff’s alpha)",
        f"{relied} One would be the same marks.",
    )


def _severity(ranking: Ranking, names: Names) -> Statement:
    by_effect = sorted(ranking.judges, key=lambda judge: judge.effect)
    hardest, kindest = by_effect[0], by_effect[-1]
    apart = kindest.effect - hardest.effect
    if apart < 0.05:  # noqa: PLR2004 - what would be printed as 0.0
        return Statement("0.0", "Severity, points", "All judges mark at the same level.")
    taken_out = (
        "It moves no essay: every judge has read them all."
        if ranking.is_complete
        else "The additive model takes the difference out."
    )
    return Statement(
        f"{apart:.1f}",
        "Severity, points",
        f"{names.judge(hardest.judge)} marks hardest, {names.judge(kindest.judge)} most kindly. {taken_out}",
    )


def _without_one(ranking: Ranking, without: Sequence[WithoutJudge], names: Names) -> Statement | None:
    ranked = [each for each in without if each.leaders]
    if not ranked:
        return None
    first = names.several(ranking.leaders)
    still = "come" if len(ranking.leaders) > 1 else "comes"
    changed = [each for each in ranked if each.leaders != tuple(sorted(ranking.leaders))]
    sentence = f"Leave out any one of them and {first} still {still} first."
    if changed:
        others = "; ".join(
            f"without {names.judge(each.judge)}, {names.several(each.leaders)}" for each in changed[:3]
        )
        more = f"; and {len(changed) - 3} more" if len(changed) > 3 else ""  # noqa: PLR2004 - three are shown
        sentence = f"The first place hangs on single judges: {others} would come first{more}."
    return Statement(f"{len(ranked) - len(changed)} of {len(ranked)}", "Without one judge", sentence)


def _one_more(change: float | None) -> Statement | None:
    if change is None:
        return None
    advice = _words_for(
        change,
        (0.3, "It would be worth asking for one."),
        (0.1, "It might be worth asking for one."),
        (0.0, "It would hardly be worth asking for one."),
    )
    return Statement(
        in_100(change),
        "One more reading",
        f"The marks of one more judge would put another essay first {in_100(change, 'times ')}. {advice}",
    )


def _words_for(value: float, *steps: tuple[float, str]) -> str:
    """Find the words of the first step that the value reaches, else the last one's."""
    return next((words for least, words in steps if value >= least), steps[-1][1])


def _figure(coefficient: float) -> str:
    """Write to two places; adding nought makes -0.00 plain."""
    return f"{round(coefficient, 2) + 0.0:.2f}"
