"""All that each withheld count can be: as every possible set of answers says, and why a narrow one is no failure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.audit.auditing import audit
from analysis.audit.exemptions import Exemption
from analysis.audit.outcome import Audit, Ranged
from analysis.period import Period
from surveys.schema import Condition, Survey
from tests.analysis.audit.data import NOTHING, OUT, about, group, output, yes_no
from tests.analysis.audit.releases import MONTHS, QUARTERS, YEAR, Publisher, World, worlds
from tests.analysis.audit.test_judging import Q1, Q2, Q3, Q4, ending
from tests.analysis.audit.test_judging import YEAR as WHOLE
from tests.analysis.audit.test_two_sides import said, splitting
from tests.analysis.published import question, survey

#: What each withheld count is, in one possible set of answers.
Counts = Mapping[str, int]
#: Makes a release, and tells every withheld count of it.
Made = Callable[[], dict[str, Ranged]]


def percent(count: int, base: int) -> int:
    """A whole percentage, a half rounded up."""
    return (200 * count + base) // (2 * base)


def ranged(*files: bytes, of: Survey | None = None, sensitive: bool = False) -> dict[str, Ranged]:
    """Every withheld count by its figure, without the survey's name."""
    given = [(f"{number}.json", file) for number, file in enumerate(files)]
    found = audit(given, [of or about(sensitive=sensitive)], with_ranges=True)
    return by_figure(found)


def by_figure(found: Audit) -> dict[str, Ranged]:
    return {
        one.figure.partition(", ")[2].removeprefix("April 2022 to March 2023, "): one for one in found.ranges
    }


def narrowest(every: Iterable[Counts]) -> dict[str, tuple[int, int]]:
    """From the least to the most that each count is in any possible set of answers."""
    answers = list(every)
    return {
        name: (min(one[name] for one in answers), max(one[name] for one in answers)) for name in answers[0]
    }


def assert_as_narrow(found: Mapping[str, Ranged], every: Iterable[Counts]) -> None:
    assert {name: (one.least, one.most) for name, one in found.items()} == narrowest(every)
    assert all(one.is_proven for one in found.values())


def test_two_options_beside_a_percentage() -> None:
    found = ranged(output(*WHOLE, group(30, safe=yes_no(28, 2, "75%", OUT, OUT))))

    def every() -> Iterator[Counts]:
        for yes, no in product(range(29), repeat=2):
            if yes + no <= 28 and percent(yes, 28) == 75:
                yield {"safe, no": no, "safe, not_sure": 28 - yes - no}

    assert_as_narrow(found, every())
    assert (found["safe, no"].values, found["safe, no"].is_narrow) == (8, False)


def test_bands_of_a_base_that_is_shown() -> None:
    bands = ("more than 9 in 10", OUT, "fewer than 1 in 10")
    found = ranged(output(*WHOLE, group(60, safe=yes_no(60, 0, *bands))))

    def every() -> Iterator[Counts]:
        for yes, no in product(range(61), repeat=2):
            not_sure = 60 - yes - no
            if not_sure >= 0 and yes * 10 > 9 * 60 and not_sure * 10 < 60:
                yield {"safe, yes": yes, "safe, no": no, "safe, not_sure": not_sure}

    assert_as_narrow(found, every())


def test_a_question_of_which_only_a_percentage_is_shown() -> None:
    """One in three of how many? Somebody who knows that fourteen responded can tell which numbers it may be of."""
    found = ranged(output(*WHOLE, group(14, safe=yes_no(None, None, "33%", OUT, OUT))))

    def every() -> Iterator[Counts]:
        for yes, no, not_sure, skipped in product(range(15), repeat=4):
            base = yes + no + not_sure
            if base + skipped <= 14 and base and percent(yes, base) == 33:
                yield {
                    "safe, answered": base,
                    "safe, skipped": skipped,
                    "safe, no": no,
                    "safe, not_sure": not_sure,
                }

    assert_as_narrow(found, every())


def test_a_group_beside_one_of_which_an_answer_is_shown() -> None:
    everyone = group(40, safe=yes_no(38, 2, "53%", "34%", "13%"), ending=ending(40, "65%", "35%"))
    planned = group(26, safe=yes_no(25, 1, OUT, OUT, "16%"))
    found = ranged(output(*WHOLE, everyone, {"planned": planned, "sudden": group(None, safe=NOTHING)}))

    def every() -> Iterator[Counts]:
        for yes, no in product(range(26), repeat=2):
            not_sure = 25 - yes - no
            if not_sure >= 0 and percent(not_sure, 25) == 16 and yes <= 20 and no <= 13:
                yield {
                    "ending planned, safe, yes": yes,
                    "ending planned, safe, no": no,
                    "ending sudden, responses": 14,
                    "ending sudden, safe, answered": 13,
                    "ending sudden, safe, skipped": 1,
                    "ending sudden, safe, yes": 20 - yes,
                    "ending sudden, safe, no": 13 - no,
                    "ending sudden, safe, not_sure": 5 - not_sure,
                }

    assert_as_narrow(found, every())


def test_a_quarter_that_is_withheld_in_a_year_of_which_another_is_shown() -> None:
    found = ranged(
        output(*WHOLE, group(40, safe=yes_no(40, 0, "63%", "25%", "13%"))),
        output(*Q1, group(20, safe=yes_no(20, 0, "60%", OUT, OUT))),
        output(*Q2, group(None, safe=NOTHING)),
    )
    first, second = "April 2022 to June 2022, ", "July 2022 to September 2022, "

    def every() -> Iterator[Counts]:
        for unsure in range(6):
            no = 8 - unsure
            for answers in product(range(13 + 1), range(10 - no + 1), range(5 - unsure + 1)):
                yield {
                    f"{first}safe, no": no,
                    f"{first}safe, not_sure": unsure,
                    f"{second}responses": sum(answers),
                    f"{second}safe, answered": sum(answers),
                    f"{second}safe, skipped": 0,
                    **{
                        f"{second}safe, {o}": n
                        for o, n in zip(("yes", "no", "not_sure"), answers, strict=True)
                    },
                }

    assert_as_narrow(found, every())


def test_a_count_without_a_bound_has_no_number_of_values() -> None:
    found = ranged(output(*WHOLE, group(None, safe=NOTHING)))
    assert {(one.least, one.most, one.values, one.is_narrow) for one in found.values()} == {
        (0, None, None, False)
    }


def test_one_that_fails_is_excused_by_nothing() -> None:
    one = ranged(output(*WHOLE, group(50, safe=yes_no(50, 0, "80%", "14%", OUT))), sensitive=True)
    assert [(r.least, r.most, r.is_narrow, r.fails, r.exemption) for r in one.values()] == [
        (3, 3, True, True, None)
    ]


NOBODY = group(None, safe=NOTHING)
HALVES = ("50%", "50%", "0%")
EVERYONE = group(60, safe=yes_no(60, 0, "50%", "47%", "3%"), ending=ending(60, "50%", "50%"))


def quarters() -> dict[str, Ranged]:
    """Three quarters and their year: the fourth is withheld, and of thirty."""
    return ranged(
        output(*WHOLE, group(60, safe=yes_no(60, 0, *HALVES))),
        *(output(*quarter, group(10, safe=yes_no(10, 0, *HALVES))) for quarter in (Q1, Q2, Q3)),
        output(*Q4, NOBODY),
    )


def groups(planned: dict[str, object]) -> dict[str, Ranged]:
    return ranged(output(*WHOLE, EVERYONE, {"planned": planned, "sudden": NOBODY}))


def month_left() -> dict[str, Ranged]:
    """Of the twenty in February and March one was not sure."""
    unsure = ("25%", "25%", "50%")
    return ranged(
        output(*Q2, group(20, safe=yes_no(20, 0, *unsure))),
        output("2022-07", "2022-12", group(40, safe=yes_no(40, 0, *unsure))),
        output("2022-10", "2023-03", group(60, safe=yes_no(60, 0, "33%", "32%", "35%"))),
        output("2023-01", "2023-01", group(20, safe=yes_no(20, 0, *unsure))),
        output("2023-02", "2023-02", NOBODY),
    )


def on_a_condition() -> dict[str, Ranged]:
    """One of forty said "no", and those alone were asked why."""
    asked = survey(question("safe"), question("why", show_if=Condition("safe", ("no",))), key="tried")
    return ranged(output(*WHOLE, group(40, safe=yes_no(40, 0, "98%", "3%", "0%"), why=NOTHING)), of=asked)


def two_sides() -> dict[str, Ranged]:
    """Where they lived by how it ended, and how it ended by where they lived."""
    asked = survey(
        splitting("place", "home", "kin"), splitting("ending", "planned", "sudden", "other"), key="split"
    )
    home = {("home", "other"): 2, ("home", "planned"): 17, ("home", ""): 6}
    rest = {("kin", "planned"): 9, ("kin", ""): 1, ("", "planned"): 4, ("", "other"): 1, ("", ""): 5}
    publisher = Publisher(World(asked, said(home | rest)))
    for by in ("place", "ending"):
        publisher.data(YEAR, by)
    return by_figure(audit(publisher.files, [asked], with_ranges=True))


SHOWN = group(30, safe=yes_no(30, 0, "50%", "47%", "3%"))
IN_PART = group(30, safe=yes_no(30, 0, OUT, OUT, "3%"))
FOURTH = "January 2023 to March 2023, "
#: What excuses a figure, and all that it can be.
EXCUSED: list[tuple[Exemption, Made, str, tuple[int, int]]] = [
    (Exemption.SHOWN, lambda: groups(NOBODY), "ending sudden, responses", (30, 30)),
    (Exemption.EVERYONE, lambda: groups(NOBODY), "ending sudden, safe, skipped", (0, 0)),
    (Exemption.WIDER, lambda: groups(SHOWN), "ending sudden, safe, skipped", (0, 0)),
    (Exemption.OTHER_ANSWER, lambda: groups(IN_PART), "ending sudden, safe, not_sure", (1, 1)),
    (Exemption.BASE, quarters, f"{FOURTH}safe, answered", (30, 30)),
    (Exemption.NOBODY, quarters, f"{FOURTH}safe, skipped", (0, 0)),
    (Exemption.BETWEEN, quarters, f"{FOURTH}safe, not_sure", (0, 0)),
    (Exemption.RARE, month_left, "February 2023, safe, not_sure", (0, 1)),
    (Exemption.ASKED, on_a_condition, "why, answered", (0, 1)),
    (Exemption.OTHER_SIDE, two_sides, "ending other, place, skipped", (0, 1)),
]


@pytest.mark.parametrize(("exemption", "made", "figure", "range_"), EXCUSED, ids=[e[0].name for e in EXCUSED])
def test_a_narrow_range_that_is_no_failure_names_what_excuses_it(
    exemption: Exemption, made: Made, figure: str, range_: tuple[int, int]
) -> None:
    one = made()[figure]
    assert (one.exemption, (one.least, one.most), one.is_narrow, one.fails) == (
        exemption,
        range_,
        True,
        False,
    )


def test_every_exemption_is_tried() -> None:
    assert {exemption for exemption, *_ in EXCUSED} == set(Exemption)


def test_ranges_are_worked_out_only_where_they_are_asked_for() -> None:
    file = output(*WHOLE, group(30, safe=yes_no(28, 2, "75%", OUT, OUT)))
    assert audit([("year.json", file)], [about()]).ranges == ()


@pytest.mark.slow
@settings(max_examples=12, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    worlds(months=MONTHS[::3]),
    st.lists(st.tuples(st.sampled_from([YEAR, *QUARTERS]), st.integers(0, 3)), min_size=1, max_size=6),
    st.booleans(),
)
def test_whatever_is_narrow_fails_or_is_excused(
    world: World, asked: list[tuple[Period, int]], keeps_ledger: bool
) -> None:
    """Where the ledger is forgotten, some releases fail."""
    publisher = Publisher(world, keeps_ledger=keeps_ledger)
    splits = (None, *world.breakdowns)
    for period, number in asked:
        publisher.data(period, splits[number % len(splits)])
    found = audit(publisher.files, [world.survey], with_ranges=True)
    assert [one for one in found.ranges if one.is_narrow != (one.fails or one.exemption is not None)] == []
    withheld = {one.figure for one in found.failures if one.rule == "withheld" and one.is_published}
    assert withheld <= {one.figure for one in found.ranges if one.fails}
