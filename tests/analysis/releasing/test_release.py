from __future__ import annotations

import pytest

from analysis.findings import FindingsError, QuestionFinding, SurveyFindings
from analysis.period import Period
from analysis.settings import Rules
from surveys.schema import Option, QuestionType
from tests.analysis.alone import Tally, findings
from tests.analysis.published import expected, published, question, survey, surveys, tallies

YEAR = Period.year("2022-23")
MONTH = Period.between("2022-12", "2022-12")


def of(found: SurveyFindings, key: str) -> QuestionFinding:
    return next(q for q in found.everyone.questions if q.key == key)


def shown(question_found: QuestionFinding) -> dict[str, str]:
    return {option.value: option.shown for option in question_found.options}


def answers(key: str = "safe", **counts: int) -> list[dict[str, str]]:
    return [{key: option} for option, count in counts.items() for _ in range(count)]


@pytest.mark.parametrize("key", ["iro_review", "wellbeing"])
def test_every_published_percentage_comes_out_exactly(key: str) -> None:
    found = findings(surveys()[key], published(key), YEAR)
    assert found.everyone.responses == expected(key).children
    for question_key, percents in expected(key).percent.items():
        by_value = {o.value: o.percent for o in of(found, question_key).options}
        assert {value: by_value[value] for value in percents} == percents
        assert of(found, question_key).base == expected(key).children


def test_a_published_headline_is_a_sentence() -> None:
    found = findings(surveys()["wellbeing"], published("wellbeing"), YEAR)
    assert of(found, "carers_listen").sentence == "93% said that carers_listen is so"
    assert of(found, "trusted_adult").positive_percent == 97


def test_a_question_that_eight_answered_is_withheld_with_its_base_and_skips() -> None:
    why = of(findings(surveys()["iro_review"], published("iro_review"), YEAR), "talked_before_why")
    assert (why.base, why.skipped, set(shown(why).values())) == (None, None, {"withheld"})
    assert why.why == "fewer than 10 answered"


@pytest.mark.parametrize("count", range(1, 10))
def test_fewer_than_ten_responses_show_nothing(count: int) -> None:
    found = findings(survey(question("safe")), tallies(answers(yes=count)), YEAR)
    assert (found.everyone.responses, found.everyone.responses_shown) == (None, "fewer than 10")
    assert of(found, "safe").base is None
    assert of(found, "safe").sentence is None


def test_no_responses_look_like_nine() -> None:
    nine = findings(survey(question("safe")), tallies(answers(yes=9)), YEAR)
    assert findings(survey(question("safe")), [], YEAR) == nine


def test_the_tenth_response_shows_all_ten() -> None:
    found = findings(survey(question("safe")), tallies(answers(yes=9, no=1)), YEAR)
    assert found.everyone.responses == 10
    assert shown(of(found, "safe")) == {"yes": "90%", "no": "10%", "not_sure": "0%"}


def test_skips_and_prefer_not_to_say_stand_beside_the_base_and_not_in_it() -> None:
    rows = [*answers(yes=9, no=3), {"safe": ""}, {"safe": "prefer_not_to_say"}]
    safe = of(findings(survey(question("safe")), tallies(rows), YEAR), "safe")
    assert (safe.base, safe.skipped, safe.positive_shown) == (12, 2, "75%")


def test_not_sure_is_an_answer() -> None:
    safe = of(findings(survey(question("safe")), tallies(answers(yes=10, not_sure=10)), YEAR), "safe")
    assert (safe.base, safe.positive_percent) == (20, 50)


def test_several_options_may_be_chosen_and_sum_to_more_than_100() -> None:
    options = (Option("talking", "Talking"), Option("music", "Music"))
    helps = question("helps", type=QuestionType.MANY, options=options, headline=None, positive=())
    rows = [{"helps": ["talking", "music"]}] * 9 + [{"helps": ["music"]}] * 3
    found = of(findings(survey(helps), tallies(rows), YEAR), "helps")
    assert (found.base, shown(found)) == (12, {"talking": "75%", "music": "100%"})


def test_a_small_number_on_a_sensitive_question_is_withheld_with_the_next_smallest() -> None:
    options = tuple(Option(value, value) for value in ("great", "good", "bad", "awful"))
    feeling = question(
        "feeling", type=QuestionType.ONE, options=options, sensitive=True, positive=("great", "good")
    )
    rows = answers("feeling", great=40, good=30, bad=12, awful=2)
    found = of(findings(survey(feeling), tallies(rows), YEAR), "feeling")
    assert shown(found) == {"great": "48%", "good": "36%", "bad": "withheld", "awful": "withheld"}
    assert found.sentence == "83% said that feeling is so"


def test_a_headline_that_would_part_what_is_withheld_is_a_band_or_nothing() -> None:
    options = tuple(Option(value, value) for value in ("great", "good", "bad", "awful"))
    feeling = question(
        "feeling", type=QuestionType.ONE, options=options, sensitive=True, positive=("great", "awful")
    )
    rows = answers("feeling", great=70, good=10, bad=12, awful=2)
    found = of(findings(survey(feeling), tallies(rows), YEAR), "feeling")
    assert shown(found)["great"] == "74%"
    assert (found.positive_percent, found.positive_shown) == (None, "more than two thirds")


def test_nearly_everyone_on_a_sensitive_question_is_a_band() -> None:
    found = of(
        findings(survey(question("safe", sensitive=True)), tallies(answers(yes=188, no=3)), YEAR), "safe"
    )
    assert shown(found) == {"yes": "more than 9 in 10", "no": "withheld", "not_sure": "withheld"}
    assert found.sentence == "More than 9 in 10 said that safe is so"
    assert found.base == 191


def test_a_sensitive_question_in_a_month_is_shown_in_bands() -> None:
    found = of(
        findings(
            survey(question("safe", sensitive=True)), tallies(answers(yes=60, no=15, not_sure=5)), MONTH
        ),
        "safe",
    )
    assert shown(found) == {
        "yes": "between a half and three quarters",
        "no": "between 1 in 10 and a quarter",
        "not_sure": "fewer than 1 in 10",
    }
    assert found.positive_percent is None


def test_an_option_of_an_older_version_keeps_its_place_in_the_split() -> None:
    found = of(findings(survey(question("safe")), tallies(answers(yes=10, mostly_yes=10)), YEAR), "safe")
    assert shown(found) == {"yes": "50%", "no": "0%", "not_sure": "0%", "mostly_yes": "50%"}


@pytest.mark.parametrize("spoilt", [Tally("", "safe", "no", 1), Tally("", "safe", "skipped", 30)])
def test_tallies_that_do_not_add_up_show_nothing(spoilt: Tally) -> None:
    with pytest.raises(FindingsError, match="heard recount"):
        findings(survey(question("safe")), [*tallies(answers(yes=20)), spoilt], YEAR)


def test_a_stricter_council_withholds_more() -> None:
    found = findings(survey(question("safe")), tallies(answers(yes=19)), YEAR, rules=Rules(minimum_base=20))
    assert found.everyone.responses_shown == "fewer than 20"


ENDING = question(
    "ending",
    type=QuestionType.ONE,
    breakdown=True,
    options=(Option("planned", "Planned"), Option("sudden", "Sudden"), Option("not_sure", "Not sure")),
    headline=None,
    positive=(),
)


def by_ending(
    sensitive: bool = False, period: Period = YEAR, **groups: tuple[int, int]
) -> tuple[dict[str, str], dict[str, str]]:
    """Responses shown, and "yes" shown, by group; ``(yes, no)`` a group, ``none`` is those who skipped the breakdown."""
    rows = [
        {"ending": "" if group == "none" else group, "safe": value}
        for group, (yes, no) in groups.items()
        for value in ["yes"] * yes + ["no"] * no
    ]
    asked = survey(ENDING, question("safe", sensitive=sensitive))
    found = findings(asked, tallies(rows, by="ending"), period, "ending")
    return (
        {g.group: g.responses_shown for g in found.groups},
        {g.group: g.questions[0].options[0].shown for g in found.groups},
    )


def test_groups_of_ten_are_shown_beside_each_other() -> None:
    sizes, yes = by_ending(planned=(20, 10), sudden=(5, 15), not_sure=(10, 10))
    assert sizes == {"planned": "30", "sudden": "20", "not_sure": "20"}
    assert yes == {"planned": "67%", "sudden": "25%", "not_sure": "50%"}


def test_one_group_withheld_withholds_a_second() -> None:
    sizes, yes = by_ending(planned=(20, 10), sudden=(5, 15), not_sure=(4, 5))
    assert sizes == {"planned": "30", "sudden": "withheld", "not_sure": "withheld"}
    assert yes == {"planned": "67%", "sudden": "withheld", "not_sure": "withheld"}


def test_those_in_no_group_are_protected_like_a_group() -> None:
    sizes, _ = by_ending(planned=(20, 10), sudden=(5, 15), not_sure=(10, 5), none=(3, 0))
    assert sizes == {"planned": "30", "sudden": "20", "not_sure": "withheld"}


def test_two_small_groups_of_ten_together_need_no_third() -> None:
    sizes, _ = by_ending(planned=(20, 10), sudden=(5, 1), not_sure=(4, 0))
    assert sizes == {"planned": "30", "sudden": "withheld", "not_sure": "withheld"}


def test_a_sensitive_question_shows_no_group_from_which_a_small_number_follows() -> None:
    _, yes = by_ending(sensitive=True, planned=(20, 10), sudden=(18, 2), not_sure=(10, 10))
    assert yes == {"planned": "67%", "sudden": "withheld", "not_sure": "withheld"}


def test_a_sensitive_question_is_not_split_in_a_quarter() -> None:
    _, yes = by_ending(sensitive=True, period=MONTH, planned=(20, 10), sudden=(10, 10), not_sure=(10, 10))
    assert set(yes.values()) == {"withheld"}


def test_what_splits_is_not_a_question_of_its_own_groups() -> None:
    rows = [{"ending": "planned", "safe": "yes"}] * 12
    found = findings(survey(ENDING, question("safe")), tallies(rows, by="ending"), YEAR, "ending")
    assert [q.key for q in found.groups[0].questions] == ["safe"]


@pytest.mark.parametrize("by", ["safe", "nonsense", "*"])
def test_only_a_declared_breakdown_splits(by: str) -> None:
    with pytest.raises(FindingsError, match="it can be split by ending, how, round"):
        findings(survey(ENDING, question("safe")), [], YEAR, by)


def test_how_it_was_answered_splits_every_survey() -> None:
    rows = [{"how": "self", "safe": "yes"}] * 12 + [{"how": "conversation", "safe": "no"}] * 15
    counted = [t for t in tallies(rows, by="how") if t.question != "how"]
    found = findings(survey(question("safe")), counted, YEAR, "how")
    assert [(g.text, g.responses_shown) for g in found.groups] == [
        ("On their own", "12"),
        ("In a conversation", "15"),
        ("Brought in from a file", "withheld"),
    ]


def test_a_sensitive_question_is_exact_once_its_year_has_ended_and_not_while_it_grows() -> None:
    asked = survey(question("safe", sensitive=True))
    counted = tallies(answers(yes=40, no=20))
    growing = of(findings(asked, counted, YEAR, this_month="2023-03"), "safe")
    ended = of(findings(asked, counted, YEAR, this_month="2023-04"), "safe")
    assert [o.percent for o in growing.options if o.value != "not_sure"] == [None, None]
    assert growing.why == "sensitive questions have exact figures only for whole years that have ended"
    assert [o.percent for o in ended.options if o.value != "not_sure"] == [67, 33]
