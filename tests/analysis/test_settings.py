from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from analysis.settings import Rules, RulesError, read_rules


def test_no_settings_are_the_defaults() -> None:
    assert read_rules(None) == read_rules({}) == Rules()


def test_a_council_may_be_stricter(tmp_path: Path) -> None:
    file = tmp_path / "disclosure.toml"
    file.write_text("minimum_base = 20\n", encoding="utf-8")
    assert read_rules(file) == Rules(minimum_base=20)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"minimum_bas": 20}, "minimum_bas is not a disclosure setting"),
        ({"minimum_base": 9}, "minimum_base is 9, which is laxer than the least allowed, 10"),
        ({"small_count": 0}, "laxer"),
        ({"minimum_base": "20"}, "must be a whole number"),
        ({"minimum_base": 20.0}, "must be a whole number"),
        ({"minimum_hidden_options": True}, "must be a whole number"),
        ({"disclosure": {"minimum_base": 20}}, "disclosure is not a disclosure setting"),
    ],
)
def test_what_cannot_be_understood_or_is_laxer_is_refused(given: dict[str, object], sentence: str) -> None:
    with pytest.raises(RulesError, match=sentence):
        read_rules(given)


def test_laxer_rules_cannot_be_made_in_code_either() -> None:
    with pytest.raises(RulesError):
        Rules(minimum_base=5)


@pytest.mark.parametrize("content", [b"minimum_base = ", b"\xff\xfe\x00"])
def test_a_file_that_is_not_toml_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "disclosure.toml"
    file.write_bytes(content)
    with pytest.raises(RulesError, match=r"disclosure\.toml"):
        read_rules(file)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="cannot be read"):
        read_rules(tmp_path / "none.toml")


def test_every_threshold_is_in_the_deployment_guide() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "deploying.md").read_text(encoding="utf-8")
    assert [field.name for field in fields(Rules) if f"`{field.name}`" not in guide] == []
    assert all(f"`{field.default}`" in guide for field in fields(Rules))
