"""Catalogues are read as translators leave them, and nothing in one can break a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Message
from flask import Flask

from feedback_app.catalogues import Catalogues, LanguageError
from feedback_app.languages import LANGUAGES, OTHERS, Language
from feedback_app.translating import updating
from feedback_app.translating.catalogue import FOLDER, TEMPLATE, is_review, path_of, read_catalogue
from surveys.catalogue import Catalogue as Surveys
from tests.support.pages import PageChecker
from tests.support.translations import language, marked, translate
from tests.surveys.examples import read

POLISH = language("pl")
PAGES = ("/", "/help", "/privacy", "/accessibility", "/stopped", "/s/any/thanks", "/nowhere")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Catalogues as they are before anybody has translated anything."""
    made = tmp_path_factory.mktemp("fresh")
    updating.update(made)
    return made


def write(folder: Path, text: str, header: str = '"Content-Type: text/plain; charset=utf-8\\n"') -> Path:
    path = path_of(POLISH, folder)
    path.parent.mkdir(parents=True)
    path.write_text(f'msgid ""\nmsgstr ""\n{header}\n\n{text}', encoding="utf-8")
    return path


@pytest.mark.parametrize("each", OTHERS, ids=lambda each: each.tag)
def test_nothing_is_broken_in_a_translation_that_comes_with_heard(each: Language) -> None:
    assert read_catalogue(path_of(each), each).problems == ()


@pytest.mark.parametrize("each", OTHERS, ids=lambda each: each.tag)
def test_no_page_breaks_in_a_language_that_comes_with_heard(page: PageChecker, each: Language) -> None:
    for address in PAGES:
        page.get(f"{address}?lang={each.tag}", 404 if address == "/nowhere" else 200)


def test_a_translation_is_shown(tmp_path: Path) -> None:
    path = write(tmp_path, 'msgid "Start"\nmsgstr "Rozpocznij"\n')
    assert read_catalogue(path, POLISH).translations.gettext("Start") == "Rozpocznij"


def test_what_is_not_translated_stays_english(tmp_path: Path) -> None:
    path = write(tmp_path, 'msgid "Start"\nmsgstr ""\n')
    assert read_catalogue(path, POLISH).translations.gettext("Start") == "Start"


def test_a_fuzzy_translation_is_never_shown(tmp_path: Path) -> None:
    catalogue = read_catalogue(write(tmp_path, '#, fuzzy\nmsgid "Start"\nmsgstr "Stop"\n'), POLISH)
    assert catalogue.translations.gettext("Start") == "Start"
    assert catalogue.entries["Start"].is_fuzzy


def test_a_broken_translation_is_not_shown_and_is_named_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, 'msgid "Call %(number)s"\nmsgstr "Zadzwoń"\n')
    catalogue = read_catalogue(path, POLISH)
    assert catalogue.translations.gettext("Call %(number)s") == "Call %(number)s"
    assert catalogue.problems == (f"{path}:5: the translation of “Call %(number)s” lacks %(number)s",)


def test_a_translation_with_some_plural_forms_is_not_shown(tmp_path: Path) -> None:
    header = '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"'
    path = write(tmp_path, 'msgid "one"\nmsgid_plural "two"\nmsgstr[0] "jeden"\nmsgstr[1] ""\n', header)
    catalogue = read_catalogue(path, POLISH)
    assert "lacks some of its plural forms" in catalogue.problems[0]
    assert catalogue.translations.ngettext("one", "two", 1) == "one"


@pytest.mark.parametrize(
    ("text", "header", "line"),
    [
        ('msgid "Start"\nmsgstr "x"\nrubbish\n', '"Language: pl\\n"', 7),
        ("", '"Plural-Forms: nplurals=2; plural=(n + 5);\\n"', 1),
        ("", '"Plural-Forms: nplurals=2; plural=(import os);\\n"', 1),
        ("", '"Content-Type: text/plain; charset=klingon\\n"', 1),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_breaks_nothing(
    tmp_path: Path, text: str, header: str, line: int
) -> None:
    path = write(tmp_path, text, header)
    catalogue = read_catalogue(path, POLISH)
    assert catalogue.problems[0].startswith(f"{path}:{line}: ")
    assert catalogue.translations.gettext("Start") == "Start"


def test_bytes_that_are_no_text_break_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, "")
    path.write_bytes(b'msgid ""\nmsgstr ""\n\nmsgid "Start"\nmsgstr "\xff\xfe"\n')
    assert len(read_catalogue(path, POLISH).problems) == 1


def test_a_language_without_a_file_is_english(tmp_path: Path) -> None:
    catalogue = read_catalogue(path_of(POLISH, tmp_path), POLISH)
    assert (catalogue.translations.gettext("Start"), catalogue.problems) == ("Start", ())


@pytest.mark.parametrize(
    "comment", ["reviewed: AB 2026-11-20", "Reviewed: ZŚ 2026-01-01", " reviewed: A 2026-11-20 "]
)
def test_a_review_has_initials_and_a_day(comment: str) -> None:
    assert is_review(comment)


@pytest.mark.parametrize(
    "comment", ["reviewed", "reviewed: AB", "reviewed: 2026-11-20", "not reviewed: AB 2026-11-20"]
)
def test_any_other_comment_is_no_review(comment: str) -> None:
    assert not is_review(comment)


def test_a_language_is_offered_by_itself_when_the_last_text_is_reviewed(
    tmp_path: Path, catalogue: Surveys
) -> None:
    def all_but_one(message: Message) -> None:
        if message.id == "Start":
            message.user_comments = []

    translate(tmp_path / "nearly", "pl", reviewed=True, change=all_but_one)
    translate(tmp_path / "wholly", "pl", reviewed=True)
    survey = catalogue.get("wellbeing")
    assert POLISH not in Catalogues(tmp_path / "nearly").offered(survey)
    assert POLISH in Catalogues(tmp_path / "wholly").offered(survey)


def test_a_language_that_lacks_a_text_cannot_be_turned_on(tmp_path: Path, catalogue: Surveys) -> None:
    def all_but_two(message: Message) -> None:
        if message.id in ("Start", "How are things?"):
            message.string = ""

    translate(tmp_path, "pl", change=all_but_two)
    known = Catalogues(tmp_path)
    with pytest.raises(
        LanguageError, match="Wellbeing cannot be offered in Polish yet: 2 texts are not translated"
    ):
        known.to_turn_on(["pl"], catalogue.get("wellbeing"))
    with pytest.raises(LanguageError, match="1 text is not translated"):
        known.to_turn_on(["pl"], catalogue.get("iro_review"))


def test_a_language_that_there_is_not_cannot_be_turned_on(tmp_path: Path, catalogue: Surveys) -> None:
    translate(tmp_path, "pl")
    with pytest.raises(LanguageError, match="There is no language 'tlh'; there are en, ar"):
        Catalogues(tmp_path).to_turn_on(["tlh"], catalogue.get("wellbeing"))


def test_languages_to_turn_on_come_once_each_and_without_english(tmp_path: Path, catalogue: Surveys) -> None:
    translate(tmp_path, "pl")
    translate(tmp_path, "fa-AF")
    turned_on = Catalogues(tmp_path).to_turn_on(["pl", "en", "fa-AF", "PL"], catalogue.get("wellbeing"))
    assert turned_on == ("fa_AF", "pl")


def test_a_council_s_survey_brings_its_own_translations(tmp_path: Path) -> None:
    translate(tmp_path, "pl", reviewed=True)
    texts = {"Hello": "Cześć", "About this.": "O tym.", "Text?": "Tekst?"}
    lacking = read(translations={"pl": {"Hello": "Cześć"}})
    whole = read(translations={"pl": texts})
    known = Catalogues(tmp_path)
    assert known.coverage(POLISH, lacking).missing == 2
    whole_coverage = Catalogues(tmp_path).coverage(POLISH, whole)
    assert whole_coverage.is_whole
    assert not whole_coverage.is_reviewed
    reviewed = read(translations={"pl": {**texts, "reviewed": "AB 2026-11-20"}})
    assert Catalogues(tmp_path).coverage(POLISH, reviewed).is_reviewed


def test_a_percentage_is_a_hundred_only_where_nothing_is_missing(tmp_path: Path) -> None:
    def all_but_one(message: Message) -> None:
        if message.id == "Start":
            message.string = ""

    translate(tmp_path, "pl", change=all_but_one)
    assert Catalogues(tmp_path).whole(POLISH).translated_percent == 99


def test_updating_keeps_translations_and_marks_what_has_changed(tmp_path: Path) -> None:
    old = "Ready to send it now?"
    (tmp_path / TEMPLATE).write_bytes(
        (FOLDER / TEMPLATE).read_bytes().replace(b"Ready to send?", old.encode())
    )
    path = translate(tmp_path, "pl", reviewed=True)
    updating.update(tmp_path)
    entries = read_catalogue(path, POLISH).entries
    assert entries["Start"].is_reviewed
    assert entries["Ready to send?"].is_fuzzy
    assert old not in entries
    fuzzy = path.read_text(encoding="utf-8").split('msgid "Ready to send?"')[0].split("\n\n")[-1]
    assert "reviewed:" not in fuzzy
    assert updating.update(tmp_path) == ()


def test_updating_twice_changes_nothing(tmp_path: Path) -> None:
    assert len(updating.update(tmp_path)) == len(LANGUAGES)
    assert updating.update(tmp_path) == ()


@pytest.mark.parametrize("each", OTHERS, ids=lambda each: each.tag)
def test_a_new_catalogue_has_the_plural_forms_of_its_language(fresh: Path, each: Language) -> None:
    path = path_of(each, fresh)
    assert f'"Plural-Forms: {each.plurals}\\n"' in path.read_text(encoding="utf-8")
    assert read_catalogue(path, each).problems == ()


def test_a_page_shows_english_where_a_translation_is_broken(app: Flask, tmp_path: Path) -> None:
    def break_one(message: Message) -> None:
        if message.id == "Your privacy":
            message.string = "%(nothing)s"

    translate(tmp_path, "pl", change=break_one)
    app.extensions["heard_catalogues"] = Catalogues(tmp_path)
    page = PageChecker(app.test_client()).get("/help?lang=pl")
    assert "Your privacy" in page.text
    assert marked("pl", "Accessibility") in page.text
