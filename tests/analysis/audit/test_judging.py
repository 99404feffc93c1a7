"""What an outsider can work out, in releases written by hand."""

from __future__ import annotations

import pytest

from analysis.audit.facts import AuditError
from tests.analysis.audit.data import NOTHING, bare, group, output, tried, yes_no

YEAR = ("2022-04", "2023-03")
Q1, Q2, Q3, Q4 = (
    ("2022-04", "2022-06"),
    ("2022-07", "2022-09"),
    ("2022-10", "2022-12"),
    ("2023-01", "2023-03"),
)


def ending(base: int, planned: str, sudden: str) -> tuple[int, int, dict[str, str]]:
    return base, 0, {"planned": planned, "sudden": sudden}


def test_a_release_that_withholds_nothing_lays_nothing_bare() -> None:
    found = tried(output(*YEAR, group(100, safe=yes_no(98, 2, "50%", "48%", "2%"))))
    assert found.has_passed
    assert (found.files[0].shown, found.files[0].withheld) == (6, 0)


def test_the_only_option_that_is_withheld_is_the_base_minus_the_rest() -> None:
    found = tried(output(*YEAR, group(50, safe=yes_no(50, 0, "80%", "14%", "withheld"))), sensitive=True)
    assert bare(found) == [("safe, not_sure", 3, 3)]


def test_two_options_withheld_hide_each_other() -> None:
    found = tried(output(*YEAR, group(50, safe=yes_no(50, 0, "80%", "withheld", "withheld"))), sensitive=True)
    assert found.has_passed


def test_two_options_that_share_three_people_are_small_whoever_they_are() -> None:
    """Nobody, one, two or three of them: four values, and none of them certain."""
    some = tried(output(*YEAR, group(50, safe=yes_no(50, 0, "94%", "withheld", "withheld"))), sensitive=True)
    none = tried(output(*YEAR, group(50, safe=yes_no(50, 0, "98%", "withheld", "withheld"))), sensitive=True)
    assert some.has_passed
    assert bare(none) == [("safe, no", 0, 1), ("safe, not_sure", 0, 1)]


def test_a_band_that_the_base_gives_back_is_laid_bare() -> None:
    found = tried(
        output(*YEAR, group(20, safe=yes_no(20, 0, "more than 9 in 10", "0%", "withheld"))), sensitive=True
    )
    assert ("safe, yes", 19, 20) in bare(found)


def test_a_base_under_ten_that_is_shown_fails() -> None:
    found = tried(output(*YEAR, group(30, safe=yes_no(7, 2, "57%", "43%", "0%"))))
    assert bare(found)[0] == ("safe, answered", 7, 7)


def test_a_small_number_of_a_sensitive_question_that_is_shown_fails() -> None:
    shown = output(*YEAR, group(100, safe=yes_no(100, 0, "90%", "7%", "3%")))
    assert bare(tried(shown, sensitive=True)) == [("safe, not_sure", 3, 3)]
    assert tried(shown).has_passed


def test_everyone_minus_the_group_shown_is_the_group_withheld() -> None:
    everyone = group(40, safe=yes_no(40, 0, "50%", "45%", "5%"), ending=ending(40, "70%", "30%"))
    shown = group(28, safe=yes_no(28, 0, "50%", "43%", "7%"))
    found = tried(output(*YEAR, everyone, {"planned": shown, "sudden": group(None, safe=NOTHING)}))
    assert ("ending sudden, safe, yes", 6, 6) in bare(found)
    assert ("ending sudden, safe, no", 6, 6) in bare(found)


def test_no_group_shown_leaves_all_of_them_hidden() -> None:
    everyone = group(40, safe=yes_no(40, 0, "50%", "45%", "5%"), ending=ending(40, "70%", "30%"))
    nobody = group(None, safe=NOTHING)
    assert tried(output(*YEAR, everyone, {"planned": nobody, "sudden": nobody})).has_passed


def test_the_year_minus_three_quarters_is_the_fourth() -> None:
    answers = ("50%", "50%", "0%")
    files = [
        output(*YEAR, group(36, safe=yes_no(36, 0, *answers))),
        *(output(*quarter, group(10, safe=yes_no(10, 0, *answers))) for quarter in (Q1, Q2, Q3)),
    ]
    found = tried(*files)
    assert [(one.figure, one.least, one.most, one.is_published) for one in found.failures][:2] == [
        ("tried, January 2023 to March 2023, responses", 6, 6, False),
        ("tried, January 2023 to March 2023, safe, yes", 3, 3, False),
    ]
    assert set(found.failures[0].files) == {"0.json", "1.json", "2.json", "3.json"}


def test_a_quarter_withheld_is_laid_bare_by_the_others_though_it_is_large() -> None:
    answers = ("50%", "50%", "0%")
    files = [
        output(*YEAR, group(60, safe=yes_no(60, 0, *answers))),
        *(output(*quarter, group(10, safe=yes_no(10, 0, *answers))) for quarter in (Q1, Q2, Q3)),
        output(*Q4, group(None, safe=NOTHING)),
    ]
    assert ("tried, January 2023 to March 2023, safe, yes", 15, 15) in bare(tried(*files))


def test_an_earlier_release_and_a_later_one_are_taken_together() -> None:
    """Nine months, then the year: what came between is three months of four."""
    nine = output("2022-04", "2022-12", group(40, safe=yes_no(40, 0, "50%", "50%", "0%")))
    year = output(*YEAR, group(44, safe=yes_no(44, 0, "50%", "50%", "0%")))
    assert tried(nine).has_passed
    assert tried(year).has_passed
    found = tried(nine, year)
    assert ("tried, January 2023 to March 2023, responses", 4, 4) in bare(found)


def test_bands_of_quarters_are_narrowed_by_the_exact_year() -> None:
    """Sixteen said no all year, and fewer than a quarter in each quarter of twenty: four in each."""
    band = ("more than three quarters", "fewer than a quarter", "fewer than a quarter")
    quarters = [output(*quarter, group(20, safe=yes_no(20, 0, *band))) for quarter in (Q1, Q2, Q3, Q4)]
    year = output(*YEAR, group(80, safe=yes_no(80, 0, "80%", "20%", "0%")))
    assert tried(*quarters, sensitive=True).has_passed
    assert tried(year, sensitive=True).has_passed
    found = bare(tried(*quarters, year, sensitive=True))
    assert ("tried, April 2022 to June 2022, safe, no", 4, 4) in found


def test_what_nobody_said_is_said_by_nobody_in_any_group() -> None:
    everyone = group(60, safe=yes_no(60, 0, "50%", "50%", "0%"), ending=ending(60, "50%", "50%"))
    nobody = group(None, safe=NOTHING)
    assert tried(output(*YEAR, everyone, {"planned": nobody, "sudden": nobody})).has_passed


def test_nobody_is_found_in_a_group_of_nobody() -> None:
    everyone = group(60, safe=yes_no(60, 0, "50%", "50%", "0%"), ending=ending(60, "100%", "0%"))
    planned = group(60, safe=yes_no(60, 0, "50%", "50%", "0%"))
    assert tried(
        output(*YEAR, everyone, {"planned": planned, "sudden": group(None, safe=NOTHING)})
    ).has_passed


def test_a_withheld_option_that_nobody_can_have_chosen_is_laid_bare() -> None:
    """Two options withheld beside exact ones that already add up to the base."""
    found = tried(
        output(*YEAR, group(50, safe=yes_no(50, 0, "100%", "withheld", "withheld"))), sensitive=True
    )
    assert bare(found) == [("safe, no", 0, 0), ("safe, not_sure", 0, 0)]


def test_a_group_of_three_is_no_secret_where_its_option_is_shown_but_its_answers_are() -> None:
    everyone = group(33, safe=yes_no(33, 0, "61%", "33%", "6%"), ending=ending(33, "91%", "9%"))
    nobody = group(None, safe=NOTHING)
    planned = group(30, safe=yes_no(30, 0, "63%", "33%", "3%"))
    hidden = output(*YEAR, everyone, {"planned": nobody, "sudden": nobody})
    shown = output(*YEAR, everyone, {"planned": planned, "sudden": nobody})
    assert tried(hidden).has_passed
    assert ("ending sudden, safe, yes", 1, 1) in bare(tried(shown))


def test_months_of_which_one_is_left_out_of_its_quarter() -> None:
    answers = ("50%", "50%", "0%")
    files = [
        output(*Q1, group(38, safe=yes_no(38, 0, *answers))),
        output("2022-04", "2022-04", group(20, safe=yes_no(20, 0, *answers))),
        output("2022-06", "2022-06", group(10, safe=yes_no(10, 0, *answers))),
    ]
    assert ("tried, May 2022, responses", 8, 8) in bare(tried(*files))


def test_what_is_left_of_a_time_that_is_itself_left_is_told_of_it_as_a_whole() -> None:
    """Of the twenty in February and March one was not sure, as October to March without its quarter and January tells; so at most one of February's."""
    unsure = ("25%", "25%", "50%")
    found = tried(
        output("2022-07", "2022-09", group(20, safe=yes_no(20, 0, *unsure))),
        output("2022-07", "2022-12", group(40, safe=yes_no(40, 0, *unsure))),
        output("2022-10", "2023-03", group(60, safe=yes_no(60, 0, "33%", "32%", "35%"))),
        output("2023-01", "2023-01", group(20, safe=yes_no(20, 0, *unsure))),
        output("2023-02", "2023-02", group(None, safe=NOTHING)),
    )
    assert found.has_passed


def test_two_files_that_cannot_both_be_true_are_named() -> None:
    one = output(*YEAR, group(60, safe=yes_no(60, 0, "50%", "50%", "0%")))
    other = output(*YEAR, group(60, safe=yes_no(60, 0, "52%", "48%", "0%")))
    third = output(*Q1, group(20, safe=yes_no(20, 0, "50%", "50%", "0%")))
    with pytest.raises(AuditError, match=r"^0\.json and 2\.json contradict each other about tried$"):
        tried(one, third, other)


def test_a_file_that_cannot_be_true_by_itself_is_named() -> None:
    with pytest.raises(AuditError, match=r"^0\.json: its figures of tried cannot all be true$"):
        tried(output(*YEAR, group(60, safe=yes_no(60, 0, "50%", "51%", "10%"))))
